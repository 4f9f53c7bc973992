"""Lines of text: runs broken to a width, measured and counted. Lengths are points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics

from core.handout.runs import Run, Runs

REGULAR, BOLD = "CellRoute", "CellRoute-Bold"  # names of the registered faces
INK, ACCENT, RULE, GROUND = (HexColor(value) for value in ("#16202a", "#1c4a78", "#8da2b8", "#edf2f7"))
ASCENT = 0.75  # of the type size: from the baseline to the top of the tallest letters of Source Sans 3
_ROUNDING = 0.01  # points
_MARK = re.compile(r"\[\d+\]")  # the number of a source: never alone on a line
_SHORT_LAST = 0.18  # of the width: a last line below this is looked at
_NARROWER = (0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.78, 0.74, 0.7, 0.66, 0.62, 0.58, 0.54)
_JOINTS = " \u00a0-/\u2010"  # where a word may be broken first
_LEAST_PART = 3  # letters of a broken word that stand together at its end


class Style(msgspec.Struct, frozen=True):
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
def break_lines(words: Runs, style: Style, width: float, indent: float = 0.0) -> tuple[Runs, ...]:
    """Break runs into lines no wider than `width`; a line that is gone on with keeps its space at the end.

    A newline ends a line. A word wider than the line is broken where it must be. `indent`: what of the first line is
    taken already.
    """
    lines: list[list[Run]] = [[]]
    used = indent
    for word, bare, wide in _measured(words, style.bold, style.size):
        if word[0].text == "\n":
            lines.append([])
            used = 0.0
        elif used + bare <= width + _ROUNDING:
            lines[-1] += word
            used += wide
        elif bare <= width + _ROUNDING:
            if lines[-1] or (indent and len(lines) == 1):
                lines.append([])
            lines[-1] += word
            used = wide
        else:
            for part in _fitting(word, style.size, width):
                if lines[-1] or (indent and len(lines) == 1):
                    lines.append([])
                lines[-1].append(part)
                used = width_of(part.text, part.bold, style.size)
    return tuple(_joined(line) for line in lines)


def even_lines(words: Runs, style: Style, width: float, least: float = 0.8) -> tuple[Runs, ...]:
    """As `break_lines`, in as many lines, without a word or two alone on the last one where that can be had.

    The text is set in down to `least` of the width.
    """
    best = break_lines(words, style, width)
    count, last = len(best), _last(best, style)
    for share in _NARROWER:
        if count < 2 or last >= _SHORT_LAST * width or share < least:
            break
        if count_lines(words, style, share * width) > count:
            break
        tried = break_lines(words, style, share * width)
        if _last(tried, style) > last:
            best, last = tried, _last(tried, style)
    return best


def _last(lines: tuple[Runs, ...], style: Style) -> float:
    """Width of the last line in points."""
    return line_width(lines[-1], style)


def line_width(words: Runs, style: Style) -> float:
    """Width of words set on one line, in points."""
    return sum(width_of(run.text, run.bold or style.bold, style.size) for run in words)


def longest_word(words: Runs, style: Style) -> float:
    """Width of the longest word in points: a column no narrower breaks none."""
    return max((bare for _, bare, _ in _measured(words, style.bold, style.size)), default=0.0)


def count_lines(words: Runs, style: Style, width: float, indent: float = 0.0) -> int:
    """How many lines `break_lines` makes, several times as fast: a layout that is tried needs no more."""
    return _count(words, style.bold, style.size, width, indent)


@lru_cache(maxsize=40_000)
def _count(words: Runs, bold: bool, size: float, width: float, indent: float) -> int:
    count, used, empty = 1, indent, indent == 0.0
    for word, bare, wide in _measured(words, bold, size):
        if word[0].text == "\n":
            count, used, empty = count + 1, 0.0, True
        elif used + bare <= width + _ROUNDING:
            used, empty = used + wide, False
        elif bare <= width + _ROUNDING:
            count, used, empty = count + (not empty), wide, False
        else:
            parts = _fitting(word, size, width)
            count += len(parts) - empty
            used, empty = width_of(parts[-1].text, parts[-1].bold, size), False
    return count


@lru_cache(maxsize=4_000)
def _measured(words: Runs, bold: bool, size: float) -> tuple[tuple[Runs, float, float], ...]:
    """The words with their widths without and with the space after them; runs that touch are one word."""
    made: list[tuple[Runs, float, float]] = []
    open_end = False
    for piece in _pieces(words, bold):
        bare = width_of(piece.text.rstrip(" "), piece.bold, size)
        wide = width_of(piece.text, piece.bold, size)
        if open_end and piece.text != "\n":
            word, _, before = made[-1]
            made[-1] = ((*word, piece), before + bare, before + wide)
        else:
            made.append(((piece,), bare, wide))
        open_end = piece.text[-1] not in " \n"
    return tuple(made)


def _pieces(words: Runs, bold: bool) -> Iterable[Run]:
    """Words with the space after them; newlines on their own."""
    for run in words:
        for number, line in enumerate(run.text.split("\n")):
            if number:
                yield Run("\n")
            start = 0
            while start < len(line):
                end = _end_of_word(line, start)
                yield Run(line[start:end], run.bold or bold, run.address)
                start = end


def _end_of_word(line: str, start: int) -> int:
    """Where the word that begins at `start` ends, with its spaces and with a source's number after it."""
    end = _after_spaces(line, start)
    return _after_spaces(line, end) if _MARK.match(line, end) and line[start] != "[" else end


def _after_spaces(line: str, start: int) -> int:
    end = line.find(" ", start)
    while end > 0 and line[end - 1].isdigit() and line[end + 1 : end + 2].isdigit():  # a telephone number
        end = line.find(" ", end + 1)
    if end < 0:
        return len(line)
    while end < len(line) and line[end] == " ":
        end += 1
    return end


def _fitting(word: Runs, size: float, width: float) -> list[Run]:
    """A word in parts that each fit a line: at a space, hyphen or slash in it, else never a letter or two alone."""
    parts: list[Run] = []
    for piece in word:
        rest = piece.text
        while width_of(rest.rstrip(" "), piece.bold, size) > width:
            end = 1
            while width_of(rest[: end + 1], piece.bold, size) <= width:
                end += 1
            joint = max(rest.rfind(sign, 1, end) for sign in _JOINTS) + 1
            end = joint if joint > 1 else max(1, min(end, len(rest.rstrip(" ")) - _LEAST_PART))
            while end < len(rest) and rest[end] == " ":
                end += 1
            parts.append(piece._replace(text=rest[:end]))
            rest = rest[end:]
        if rest:
            parts.append(piece._replace(text=rest))
    return parts


def _joined(line: Iterable[Run]) -> Runs:
    """Neighbouring runs that look the same as one."""
    made: list[Run] = []
    for run in line:
        if made and made[-1][1:] == run[1:]:
            made[-1] = made[-1]._replace(text=made[-1].text + run.text)
        else:
            made.append(run)
    return tuple(made)
