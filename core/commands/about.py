"""`--version`: which program, which evidence."""

from __future__ import annotations

from typing import TextIO

from core import __version__
from core.pack.read import load_builtin


def run(out: TextIO) -> int:
    """Writes the version of the program and the version, date and expiry of the evidence."""
    pack = load_builtin()
    out.write(f"CellRoute {__version__}, evidence {pack.version} of {pack.date}, to be renewed by {pack.expires}\n")
    return 0
