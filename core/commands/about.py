"""`--version`: which program, which evidence."""

from __future__ import annotations

from typing import TextIO

from core import __version__
from core.pack.keys import is_development
from core.pack.read import load_builtin


def run(out: TextIO) -> int:
    """Writes the version of the program, and version, date and expiry of the evidence; says what is no release."""
    pack = load_builtin()
    out.write(f"CellRoute {__version__}, evidence {pack.version} of {pack.date}, to be renewed by {pack.expires}\n")
    if is_development():
        out.write("Made for development, with a key that no release trusts: not for use with patients.\n")
    return 0
