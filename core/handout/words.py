"""Text of a handout as data: runs of words in two weights, never markup.

Texts of the pack say which words are bold by the fields `{b}` and `{e}`: private-use characters between which `words`
makes bold runs. `core.handout.clean` takes those characters out of everything that is typed, so typed text cannot make
anything bold.
"""

from __future__ import annotations

from typing import NamedTuple

START, END = "\ue000", "\ue001"
#: The fields that every text of a handout may use to make words bold.
MARKS = {"b": START, "e": END}


class Run(NamedTuple):
    """A stretch of text in one weight; `address` makes it a link."""

    text: str
    bold: bool = False
    address: str = ""


Words = tuple[Run, ...]


def plain(text: str, bold: bool = False) -> Words:
    """A text of one weight."""
    return (Run(text, bold),)


def words(text: str) -> Words:
    """A text with its bold marks as runs."""
    runs: list[Run] = []
    for number, part in enumerate(text.split(START)):
        inside, mark, outside = part.partition(END)
        if number == 0:
            inside, outside, mark = "", part.replace(END, ""), ""
        elif not mark:
            inside, outside = part, ""
        if inside:
            runs.append(Run(inside, True))
        if outside:
            runs.append(Run(outside.replace(END, "")))
    return tuple(runs)


def said(text: Words) -> str:
    """The words without weight."""
    return "".join(run.text for run in text)
