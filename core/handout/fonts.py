"""The faces of the handout: Source Sans 3, embedded as subsets so that paper looks the same everywhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from core.files import read_bytes
from core.handout.lines import BOLD, REGULAR
from core.handout.tagged import Face, register

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"


@cache
def faces() -> tuple[Face, Face]:
    """The regular and the semibold face, read and registered once. Raises ReadError."""
    regular = Face(REGULAR, read_bytes(FOLDER / "SourceSans3-Regular.ttf"))
    bold = Face(BOLD, read_bytes(FOLDER / "SourceSans3-SemiBold.ttf"))
    register(regular, bold)
    return regular, bold


def lacks(text: str) -> str:
    """The characters of a text that one of the faces has no glyph for."""
    return "".join(dict.fromkeys("".join(face.lacks(text) for face in faces())))
