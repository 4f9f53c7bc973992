"""The faces of the handout: Source Sans 3, embedded as subsets so that paper looks the same everywhere."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from core.errors import ReadError
from core.files import read_bytes
from core.handout.lines import BOLD, REGULAR
from core.handout.tagged import Face, register

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"
#: Face file -> SHA-256. A damaged glyph would be another digit on paper.
DIGESTS = {
    "SourceSans3-Regular.ttf": "393fb5b878ceed04aebc34b097e853ae5138c51d0c34b496ce8e2b47e0d0b94a",
    "SourceSans3-SemiBold.ttf": "bd2550fce2d295b0bf20bd8b1b7f1477da834f1066bd850aafdb4787a67a63ca",
}


@cache
def faces() -> tuple[Face, Face]:
    """The regular and the semibold face, read and registered once. Raises ReadError, for a changed file too."""
    regular, bold = (Face(name, whole(file)) for name, file in zip((REGULAR, BOLD), DIGESTS, strict=True))
    register(regular, bold)
    return regular, bold


def whole(file: str) -> bytes:
    """The bytes of a face, which are those that the program came with. Raises ReadError."""
    remedy = "Install the program again"
    try:
        data = read_bytes(FOLDER / file)
    except ReadError as error:
        raise ReadError(error.path, error.problem, remedy, error.detail) from error
    if hashlib.sha256(data).hexdigest() != DIGESTS[file]:
        raise ReadError(FOLDER / file, "it is damaged", remedy)
    return data


def lacks(text: str) -> str:
    """The characters of a text that one of the faces has no glyph for."""
    return "".join(dict.fromkeys("".join(face.lacks(text) for face in faces())))
