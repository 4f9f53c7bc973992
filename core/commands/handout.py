"""`handout`: the sheet that the patient takes home, as PDF or as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from core.clock import today
from core.commands.days import said_when_old
from core.consult_written import consult_of
from core.errors import InputError
from core.files import read_bytes, save_bytes, save_text
from core.handout.content import handout
from core.handout.model import HandoutOptions
from core.pack.read import load_current
from core.recommend import recommend

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace, out: TextIO) -> int:
    """Writes the handout to the file named. Errors: InputError, ReadError, RenderError, SaveError."""
    if arguments.output.suffix.lower() not in (".pdf", ".txt"):
        raise InputError(f"“{arguments.output.name}” is neither .pdf nor .txt. Name the file with one of the two.")
    pack = load_current(arguments.data)
    made = handout(pack, recommend(pack, consult_of(pack, vars(arguments), arguments.language)), _options(arguments))
    if arguments.output.suffix.lower() == ".txt":
        from core.handout.plain import plain_text

        save_text(arguments.output, plain_text(made))
    else:
        from core.handout.draw import render

        save_bytes(arguments.output, render(made))
    out.write(f"{arguments.output.name}: {made.title}\n{said_when_old(pack)}")
    return 0


def _options(arguments: Namespace) -> HandoutOptions:
    return HandoutOptions(
        language=arguments.language,
        paper=arguments.paper,
        size=arguments.size,
        date=today().isoformat(),
        long_form=arguments.long,
        letterhead=arguments.letterhead,
        logo=read_bytes(arguments.logo) if arguments.logo else None,
        contact=arguments.contact,
        picked=(arguments.option,) if arguments.option else (),
    )
