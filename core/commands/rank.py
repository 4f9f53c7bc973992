"""`rank`: every way of getting cells to a target, ordered, with why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from core.commands.days import said_when_old
from core.consult_written import COLUMNS, consult_of
from core.errors import InputError
from core.numbers import cells_of_million
from core.pack.read import load_current
from core.recommend import recommend
from core.report import encode, report

if TYPE_CHECKING:
    from argparse import Namespace

    from core.results import Option, Recommendation


def run(arguments: Namespace, out: TextIO) -> int:
    """Writes the recommendation as text, or as one JSON object. Errors: InputError."""
    if arguments.batch is not None:
        from core.commands import batch  # late: one consult needs no other process

        _refuse_options_beside_batch(arguments)
        return batch.run(arguments, out)
    for name in ("out", "draws", "jobs"):
        if getattr(arguments, name) is not None:
            raise InputError(f"--{name} goes with --batch, which was not given. Leave it out, or name a table.")
    if arguments.condition is None:
        raise InputError("Name the condition with --condition, or a table of consults with --batch.")
    pack = load_current(arguments.data)
    recommendation = recommend(pack, consult_of(pack, vars(arguments), arguments.language))
    if arguments.json:
        out.write(encode(report(pack, recommendation)))
        sys.stderr.write(said_when_old(pack))
        return 0
    out.write(_text(recommendation) + said_when_old(pack))
    return 0


def _refuse_options_beside_batch(arguments: Namespace) -> None:
    given = [name for name in COLUMNS if getattr(arguments, name) is not None]
    if given:
        raise InputError(f"With --batch the consults stand in the table. Make --{given[0]} a column of it.")
    if arguments.json:
        raise InputError("With --batch the name of --out chooses the form. Leave --json out; name a .jsonl file.")
    if arguments.language != "en":
        raise InputError("The answers of --batch are ids and figures in every language. Leave --language out.")


def _text(r: Recommendation) -> str:
    lines = [r.headline, r.subline, *r.doubts, "", "     cells of a million (90 % range)"]
    for option in r.options:
        lines += _option(option)
    lines += ["", r.benefit, r.not_benefit, *r.approval.lines, f"Evidence {r.pack_version} of {r.pack_date}."]
    return "\n".join(lines) + "\n"


def _option(option: Option) -> list[str]:
    place = f"{option.rank:>2}." if option.rank is not None else "  -"
    d = option.delivered
    below = "fewer than " if d.below and d.median * 1e6 >= 1 else ""
    cells = f"{below}{cells_of_million(d.median)} ({cells_of_million(d.low)} to {cells_of_million(d.high)})"
    status = "" if option.status == "suitable" else f" [{option.status.replace('_', ' ')}]"
    asked = " (asked)" if option.asked else ""
    lines = [f"{place} {option.name}{asked}{status}: {cells}; {d.basis}; {option.firmness_text}".rstrip("; ")]
    lines += [f"      {sentence}" for sentence in option.reasons]
    return lines
