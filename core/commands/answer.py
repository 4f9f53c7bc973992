"""`answer`: what follows from one consult, for a window that is still being made (`core.ahead`). Nobody types it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import msgspec

from core import consult_file
from core.consult import Consult
from core.errors import CellRouteError, InputError
from core.pack.read import load_or_fall_back
from core.recommend import recommend

if TYPE_CHECKING:
    from pathlib import Path


def run(file: Path, data: Path, asked: BinaryIO, out: BinaryIO) -> int:
    """Reads a consult and writes the evidence's digest, a line end and the Recommendation, both records as JSON.

    `file`: the consult's file, answered before anybody asks; the window, which knows its own language, mostly asks just
    that. Where nobody asks there is no answer. `data`: the folder whose evidence is in force. Errors: InputError for
    what is no consult or not of this evidence.
    """
    pack, _ = load_or_fall_back(data)
    try:
        expected = consult_file.load(file, pack)
        answer = msgspec.json.encode(recommend(pack, expected))
    except CellRouteError:  # the window finds the same, and says it
        expected, answer = None, b""
    if not (given := asked.read()):
        return 0
    try:
        consult = msgspec.json.decode(given, type=Consult)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"What is to be answered is no consult ({error}). Use “rank” to ask by hand.") from error
    if consult != expected:
        answer = msgspec.json.encode(recommend(pack, consult))
    out.write(pack.sha256.encode() + b"\n" + answer)
    return 0
