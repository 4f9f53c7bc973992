"""`estimate`: the share of the cells that arrives by one way."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from core.commands.days import said_when_old
from core.consult import checked_dose, known, offered_cell_class
from core.consult_written import ids
from core.delivery.estimate import estimate
from core.delivery.question import Question
from core.delivery.sentence import sentence
from core.numbers import cells_of_million, parse_number
from core.pack.read import load_current
from core.ranking.asked import dose_beyond
from core.report import delivered, encode

if TYPE_CHECKING:
    from argparse import Namespace

    from core.results import Delivered


def run(arguments: Namespace, out: TextIO) -> int:
    """Writes the estimate as text, or as the `delivered` object of `rank --json`. Errors: InputError."""
    pack = load_current(arguments.data)
    dose = None if arguments.dose is None else checked_dose(parse_number(arguments.dose, "dose"))
    route = known("route", arguments.route, pack.routes)
    question = Question(
        route=route,
        target=arguments.target,
        guidance=arguments.guidance,
        cells="bm_msc" if arguments.cells is None else offered_cell_class(pack, arguments.cells),
        species=arguments.species or "human",
        condition=arguments.condition,
        hours=1.0 if arguments.hours is None else parse_number(arguments.hours, "hours", fraction=True),
        readout=arguments.readout,
        without=frozenset(ids(arguments.without or "")),
    )
    posterior = estimate(pack, question)
    result = posterior.delivered()
    beyond = None if dose is None else dose_beyond(pack, route, dose)
    if arguments.json:
        # The share does not depend on the dose; without one the object is the `delivered` of `rank`, field by field.
        out.write(encode(delivered(result) | ({} if beyond is None else {"dose_beyond": beyond})))
        sys.stderr.write(said_when_old(pack))
        return 0
    out.write(_text(result, sentence(posterior)))
    if dose is not None and beyond:
        out.write(pack.say("en", "against_dose", dose=f"{dose:g}") + "\n")
    out.write(said_when_old(pack))
    return 0


def _text(d: Delivered, said: str) -> str:
    band = f"{cells_of_million(d.low)} to {cells_of_million(d.high)}, {100 * d.level:.0f} % range"
    lines = [
        f"{cells_of_million(d.median)} of a million cells ({band}), {d.kind} at {d.hours:g} h",
        f"{'measured and modelled' if d.basis == 'both' else d.basis}, measured share {d.measured_share:.2f}",
        said,
    ]
    lines += [f"  {use.role:<12} {use.id}" + (f": {use.why}" if use.why else "") for use in d.studies]
    return "\n".join(lines) + "\n"
