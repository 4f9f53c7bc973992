"""`verify`: our mathematics against figures that another program computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from core.delivery.verify import verify_meta
from core.errors import InputError
from core.files import read_bytes
from core.ranking.verify import is_smaa, verify_smaa

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace, out: TextIO) -> int:
    """Writes ours beside theirs for each set; returns 1 where the largest difference is above the tolerance.

    Errors: ReadError; InputError for a file of neither form.
    """
    try:
        data: Any = msgspec.json.decode(read_bytes(arguments.file))
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"“{arguments.file.name}” is not JSON ({error}). Give a file of reference figures.") from error
    sets = data.get("sets") if isinstance(data, dict) else None
    if not isinstance(sets, list) or not sets or not all(isinstance(one, dict) for one in sets):
        raise InputError(f"“{arguments.file.name}” holds no reference figures: it needs a list “sets” of objects.")
    if is_smaa(data):
        return _smaa(data, out)
    found = verify_meta(data, out)
    largest = max(one.largest for one in found)
    out.write(f"Largest difference of {len(found)} sets: {largest:.2e}\n")
    return 0 if all(one.within for one in found) else 1


def _smaa(data: Any, out: TextIO) -> int:
    found = verify_smaa(data)
    for one in found:
        verdict = "within tolerance" if one.agrees else "ABOVE TOLERANCE"
        out.write(
            f"{one.name}: {one.quantity}, {one.figures} figures: ours {one.ours}, theirs {one.theirs}, "
            f"difference {one.difference:.2e}: {verdict}\n"
        )
    largest = max(one.difference for one in found)
    out.write(f"Largest difference of {len(data['sets'])} sets: {largest:.2e}\n")
    return 0 if all(one.agrees for one in found) else 1
