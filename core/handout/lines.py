"""Lines of text: runs broken to a width, measured and counted. Lengths are points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics

from core.handout.words import Run, Words

REGULAR, BOLD = "CellRoute", "CellRoute-Bold"  # names of the registered faces
INK, ACCENT, RULE, GROUND = (HexColor(value) for value in ("#16202a", "#1c4a78", "#8da2b8", "#edf2f7"))
ASCENT = 0.75  # of the type size: from the baseline to the top of the tallest letters of Source Sans 3
_ROUNDING = 0.01  # points


@dataclass(frozen=True)
class Style:
    """How text looks: size and leading in points, weight, colour."""

    size: float
    leading: float
    bold: bool = False
    colour: Color = INK


@lru_cache(maxsize=20_000)
def width_of(text: str, bold: bool, size: float) -> float:
    """Width of a text in points."""
    return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size))


@lru_cache(maxsize=4_000)
def break_lines(words: Words, style: Style, width: float) -> tuple[Words, ...]:
    """Break runs into lines no wider than `width`; a line that is gone on with keeps its space at the end.

    A newline ends a line. A word wider than the line is broken where it must be.
    """
    lines: list[list[Run]] = [[]]
    used = 0.0
    for piece, bare, wide in _measured(words, style.bold, style.size):
        if piece.text == "\n":
            lines.append([])
            used = 0.0
        elif used + bare <= width + _ROUNDING:
            lines[-1].append(piece)
            used += wide
        else:
            for part in [piece] if bare <= width + _ROUNDING else _fitting(piece, style.size, width):
                if lines[-1]:
                    lines.append([])
                lines[-1].append(part)
                used = width_of(part.text, part.bold, style.size)
    return tuple(_joined(line) for line in lines)


def count_lines(words: Words, style: Style, width: float) -> int:
    """How many lines `break_lines` makes, several times as fast: a layout that is tried needs no more."""
    return _count(words, style.bold, style.size, width)


@lru_cache(maxsize=40_000)
def _count(words: Words, bold: bool, size: float, width: float) -> int:
    count, used, empty = 1, 0.0, True
    for piece, bare, wide in _measured(words, bold, size):
        if piece.text == "\n":
            count, used, empty = count + 1, 0.0, True
        elif used + bare <= width + _ROUNDING:
            used, empty = used + wide, False
        elif bare <= width + _ROUNDING:
            count, used, empty = count + (not empty), wide, False
        else:
            parts = _fitting(piece, size, width)
            count += len(parts) - empty
            used, empty = width_of(parts[-1].text, piece.bold, size), False
    return count


@lru_cache(maxsize=4_000)
def _measured(words: Words, bold: bool, size: float) -> tuple[tuple[Run, float, float], ...]:
    """The words with their widths without and with the space after them."""
    return tuple(
        (piece, width_of(piece.text.rstrip(" "), piece.bold, size), width_of(piece.text, piece.bold, size))
        for piece in _pieces(words, bold)
    )


def _pieces(words: Words, bold: bool) -> Iterable[Run]:
    """Words with the space after them; newlines on their own."""
    for run in words:
        for number, line in enumerate(run.text.split("\n")):
            if number:
                yield Run("\n")
            start = 0
            while start < len(line):
                end = line.find(" ", start)
                end = len(line) if end < 0 else end + 1
                while end < len(line) and line[end] == " ":
                    end += 1
                yield Run(line[start:end], run.bold or bold, run.address)
                start = end


def _fitting(piece: Run, size: float, width: float) -> list[Run]:
    """A word in parts that each fit a line."""
    parts, current = [], ""
    for letter in piece.text:
        if current and letter != " " and width_of(current + letter, piece.bold, size) > width:
            parts.append(piece._replace(text=current))
            current = ""
        current += letter
    parts.append(piece._replace(text=current))
    return parts


def _joined(line: Iterable[Run]) -> Words:
    """Neighbouring runs that look the same as one."""
    made: list[Run] = []
    for run in line:
        if made and made[-1][1:] == run[1:]:
            made[-1] = made[-1]._replace(text=made[-1].text + run.text)
        else:
            made.append(run)
    return tuple(made)
