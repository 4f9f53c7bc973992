"""Lines of text: runs broken to a width, measured and counted. Lengths are points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import msgspec

from core.handout.lab import Color, HexColor, pdfmetrics
from core.handout.runs import Run, Runs

REGULAR, BOLD = "CellRoute", "CellRoute-Bold"  # names of the registered faces
INK, ACCENT, RULE, GROUND = (HexColor(value) for value in ("#16202a", "#1c4a78", "#8da2b8", "#edf2f7"))
ASCENT = 0.75  # of the type size: from the baseline to the top of the tallest letters of Source Sans 3
_ROUNDING = 0.01  # points
_THOUSANDTH = 0.001
# Up to the next word; a telephone number is one. Not possessive: Python 3.11.2, that of Debian 12, never ends on that.
_TOGETHER = r"[^ ]*(?:(?<=\d) (?=\d)[^ ]*)* *"
#: A word with the space after it, and with the number of a source that comes next, which never stands alone on a line.
_WORD = re.compile(rf"\[{_TOGETHER}|{_TOGETHER}(?:\[\d+\]{_TOGETHER})?")
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


def width_of(text: str, bold: bool, size: float) -> float:
    """Width of a text in points."""
    return _THOUSANDTH * size * _width(text, bold)


@lru_cache(maxsize=20_000)
def _width(text: str, bold: bool) -> float:
    """Width of a text in thousandths of the type size: a whole number, so that sums do not depend on their order."""
    return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, 1000))


@lru_cache(maxsize=4_000)
def break_lines(words: Runs, style: Style, width: float, indent: float = 0.0) -> tuple[Runs, ...]:
    """Break runs into lines no wider than `width`; a line that is gone on with keeps its space at the end.

    A newline ends a line. A word wider than the line is broken where it must be. `indent`: what of the first line is
    taken already.
    """
    unit = _THOUSANDTH * style.size
    room = (width + _ROUNDING) / unit
    made: list[Runs] = []
    for line in _measured(words, style.bold):
        if line.longest > room:
            made += _broken(line, style.size, width, indent)
        else:
            ends = _ends(line, room, room - indent / unit)
            made += [_cut(line.runs, line.at[first], line.at[end]) for first, end in pairwise((0, *ends))]
        indent = 0.0
    return tuple(made)


def even_lines(words: Runs, style: Style, width: float, least: float = 0.8, indent: float = 0.0) -> tuple[Runs, ...]:
    """As `break_lines`, in as many lines, without a word or two alone on the last one where that can be had.

    The text is set in down to `least` of the width.
    """
    best = break_lines(words, style, width, indent)
    count, last = len(best), _last(best, style)
    for share in _NARROWER:
        if count < 2 or last >= _SHORT_LAST * width or share < least:
            break
        if count_lines(words, style, share * width, indent) > count:
            break
        tried = break_lines(words, style, share * width, indent)
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
    return _THOUSANDTH * style.size * max(line.longest for line in _measured(words, style.bold))


def count_lines(words: Runs, style: Style, width: float, indent: float = 0.0) -> int:
    """How many lines `break_lines` makes, several times as fast: a layout that is tried needs no more."""
    return _count(words, style.bold, style.size, width, indent)


@lru_cache(maxsize=40_000)
def _count(words: Runs, bold: bool, size: float, width: float, indent: float) -> int:
    unit = _THOUSANDTH * size
    room, count = (width + _ROUNDING) / unit, 0
    for line in _measured(words, bold):
        fits = line.longest <= room
        count += len(_ends(line, room, room - indent / unit) if fits else _broken(line, size, width, indent))
        indent = 0.0
    return count


class _Line(NamedTuple):
    """A text without newlines and its words, each with the space after it; widths are thousandths of the type size."""

    runs: Runs
    at: list[int]  # how many letters stand before each word, and altogether
    before: list[float]  # the width of these
    until: list[float]  # the width up to the space after each word
    longest: float


@lru_cache(maxsize=4_000)
def _measured(words: Runs, bold: bool) -> tuple[_Line, ...]:
    """The lines that newlines end; runs in them that look the same are one."""
    lines: list[list[Run]] = [[]]
    for run in words:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            lines[-1].append(Run(text, run.bold or bold, run.address))
    return tuple(_words_of(_joined(line)) for line in lines)


def _words_of(runs: Runs) -> _Line:
    """The words of a line; runs that touch are one word."""
    at, before, until = [0], [0.0], list[float]()
    inside = False
    for run in runs:
        space = _width(" ", run.bold)
        for word in filter(None, _WORD.findall(run.text)):
            bare = word.rstrip(" ")
            end = before[-1] + _width(bare, run.bold)
            after, used = at[-1] + len(word), end + (len(word) - len(bare)) * space
            if inside:
                at[-1], before[-1], until[-1] = after, used, end
            else:
                at.append(after)
                before.append(used)
                until.append(end)
            inside = bare == word
    longest = max((end - start for start, end in zip(before, until, strict=False)), default=0.0)
    return _Line(runs, at, before, until, longest)


def _ends(line: _Line, room: float, first: float) -> list[int]:
    """How many words stand before the end of each line: in the first one there is another room than in the rest."""
    ends = [bisect_right(line.until, first)]
    while ends[-1] < len(line.until):
        ends.append(bisect_right(line.until, line.before[ends[-1]] + room, ends[-1]))
    return ends


def _cut(runs: Runs, first: int, end: int) -> Runs:
    """The letters from one place to another."""
    made: list[Run] = []
    for run in runs:
        text = run.text[max(first, 0) : max(end, 0)]
        if text:
            made.append(Run(text, run.bold, run.address))
        first, end = first - len(run.text), end - len(run.text)
    return tuple(made)


def _broken(line: _Line, size: float, width: float, indent: float) -> list[Runs]:
    """The lines of a text in which a word is wider than a line."""
    lines: list[list[Run]] = [[]]
    used = indent
    for number, (first, end) in enumerate(pairwise(line.at)):
        word = _cut(line.runs, first, end)
        bare = _THOUSANDTH * size * (line.until[number] - line.before[number])
        wide = _THOUSANDTH * size * (line.before[number + 1] - line.before[number])
        if used + bare <= width + _ROUNDING:
            lines[-1] += word
            used += wide
            continue
        for part in [word] if bare <= width + _ROUNDING else [(part,) for part in _fitting(word, size, width)]:
            if lines[-1] or (indent and len(lines) == 1):
                lines.append([])
            lines[-1] += part
            used = sum(width_of(run.text, run.bold, size) for run in part)
    return [_joined(line) for line in lines]


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
