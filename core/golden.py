"""Answers written down where the evidence was built, to see that another computer reckons the same."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from core.consult import make_consult
from core.errors import InputError, ReadError
from core.files import read_bytes, save_bytes
from core.recommend import recommend

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Recommendation

FILE = Path(__file__).resolve().parents[1] / "resources" / "golden.json"
#: The same libraries round differently on other processors; a wrong installation is off by far more.
TOLERANCE = 1e-6
#: Condition and the room it is asked in: a joint, the heart, the lungs by a vein, and nothing at hand.
ASKED: tuple[tuple[str, tuple[str, ...] | None], ...] = (
    ("knee_osteoarthritis", None),
    ("acute_myocardial_infarction", None),
    ("ards", None),
    ("lumbar_disc_degeneration", ()),
)


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One procedure of an answer: its rank, and median, low and high of its delivered fraction."""

    procedure: str
    rank: int | None
    delivered: tuple[float, float, float]


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer as it was."""

    condition: str
    verdict: str
    lines: tuple[Line, ...]


class Golden(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers from the pack with this digest."""

    sha256: str
    answers: tuple[Answer, ...]


def answers(pack: Pack) -> Golden:
    """The answers as this computer reckons them."""
    found = tuple(
        _answer(recommend(pack, make_consult(pack, condition, has=has)))
        for condition, has in ASKED
        if condition in pack.conditions
    )
    return Golden(pack.sha256, found)


def write(pack: Pack) -> None:
    """Writes the answers down. Errors: SaveError."""
    save_bytes(FILE, msgspec.json.format(msgspec.json.encode(answers(pack)), indent=1) + b"\n")


def read() -> Golden:
    """The answers that were written down. Errors: ReadError."""
    try:
        return msgspec.json.decode(read_bytes(FILE, 1024 * 1024), type=Golden)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ReadError(FILE, "it is damaged", "Install the program again", str(error)) from error


def compare(pack: Pack, golden: Golden) -> int:
    """How many figures were compared. Errors: InputError naming the first that differs."""
    if golden.sha256 != pack.sha256:
        raise InputError("The answers were written down for other evidence. Build the evidence again.")
    now = answers(pack)
    figures = 0
    for was, here in zip(golden.answers, now.answers, strict=True):
        if (was.condition, was.verdict) != (here.condition, here.verdict):
            raise InputError(f"{was.condition}: the verdict was {was.verdict} and is {here.verdict} here.")
        if [(one.procedure, one.rank) for one in was.lines] != [(one.procedure, one.rank) for one in here.lines]:
            raise InputError(f"{was.condition}: the order is another here.")
        for before, after in zip(was.lines, here.lines, strict=True):
            for old, new in zip(before.delivered, after.delivered, strict=True):
                if not math.isclose(old, new, rel_tol=TOLERANCE):
                    raise InputError(f"{was.condition}, {before.procedure}: {new!r} here, {old!r} where it was built.")
                figures += 1
    return figures


def _answer(found: Recommendation) -> Answer:
    lines = tuple(
        Line(one.procedure, one.rank, (one.delivered.median, one.delivered.low, one.delivered.high))
        for one in found.options
    )
    return Answer(found.consult.condition, found.verdict, lines)
