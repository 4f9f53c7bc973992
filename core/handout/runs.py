"""Text of a handout as data: runs of words in two weights, never markup.

Texts of the pack say which words are bold by the fields `{b}` and `{e}`: private-use characters between which `runs`
makes bold ones. `core.handout.clean` takes those characters out of everything that is typed, so typed text cannot make
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


Runs = tuple[Run, ...]
"""A text: its runs, one after the other."""


def plain(text: str, bold: bool = False) -> Runs:
    """A text of one weight."""
    return (Run(text, bold),)


def runs(text: str) -> Runs:
    """A text with its bold marks as runs."""
    made: list[Run] = []
    for number, part in enumerate(text.split(START)):
        inside, mark, outside = part.partition(END)
        if number == 0:
            inside, outside, mark = "", part.replace(END, ""), ""
        elif not mark:
            inside, outside = part, ""
        if inside:
            made.append(Run(inside, True))
        if outside:
            made.append(Run(outside.replace(END, "")))
    return tuple(made)


def said(text: Runs) -> str:
    """The words without weight."""
    return "".join(run.text for run in text)
