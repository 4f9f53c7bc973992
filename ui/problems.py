"""What went wrong, in the window's language: the sentences of core with a translation, any other as core says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from core.errors import FileError

if TYPE_CHECKING:
    from core.errors import CellRouteError

_CONTEXT = "Problems"
SENTENCES = frozenset((
    QT_TRANSLATE_NOOP("Problems", "The text “{text}…” has {count} characters. Shorten it to {most}."),
    QT_TRANSLATE_NOOP("Problems", "The letterhead has {count} lines. Shorten it to {most}."),
    QT_TRANSLATE_NOOP("Problems", "The list of questions has {count} lines. Shorten it to {most}."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The handout's letters lack {named}. Write that word in Latin, Greek or Cyrillic letters.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The handout's letters lack {named} and {more} more. Write that word in Latin, Greek or Cyrillic letters.",
    ),
    QT_TRANSLATE_NOOP("Problems", "The logo is {wide} × {high} dots, too narrow to print. Cut it to a wider shape."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The logo cannot be seen on white paper. Choose the one that is made for a light ground.",
    ),
    QT_TRANSLATE_NOOP("Problems", "The logo has {size} MB. Choose a PNG or JPEG of at most 2 MB."),
    QT_TRANSLATE_NOOP("Problems", "The logo is {wide} × {high} dots. Choose one of at most 12 million dots."),
    QT_TRANSLATE_NOOP("Problems", "The logo is {wide} × {high} dots. Choose one of at least {least} a side."),
    QT_TRANSLATE_NOOP("Problems", "The logo has too many dots. Choose one of at most 12 million dots."),
    QT_TRANSLATE_NOOP("Problems", "The logo is no sound PNG or JPEG picture. Save it again as PNG."),
    QT_TRANSLATE_NOOP("Problems", "The handout does not fit on paper of this size."),
))  # fmt: skip
_FILES = {
    "read": QT_TRANSLATE_NOOP("Problems", "Cannot read “{name}”: {problem}. {remedy}."),
    "save": QT_TRANSLATE_NOOP("Problems", "Cannot save “{name}”: {problem}. {remedy}."),
    "use": QT_TRANSLATE_NOOP("Problems", "Cannot use “{name}”: {problem}. {remedy}."),
}
# What an operating system says, and what the program says of files by itself; and what to do about it.
PARTS = frozenset((
    QT_TRANSLATE_NOOP("Problems", "the name holds a character that no file name may hold"),
    QT_TRANSLATE_NOOP("Problems", "the disk is full"),
    QT_TRANSLATE_NOOP("Problems", "your share of the disk is used up"),
    QT_TRANSLATE_NOOP("Problems", "you may not do that there, or another program holds the file open"),
    QT_TRANSLATE_NOOP("Problems", "you may not do that there"),
    QT_TRANSLATE_NOOP("Problems", "that disk can only be read"),
    QT_TRANSLATE_NOOP("Problems", "there is no such file or folder"),
    QT_TRANSLATE_NOOP("Problems", "a part of the path is a file, not a folder"),
    QT_TRANSLATE_NOOP("Problems", "that is a folder, not a file"),
    QT_TRANSLATE_NOOP("Problems", "that is a device or a pipe, not a file"),
    QT_TRANSLATE_NOOP("Problems", "the name is too long"),
    QT_TRANSLATE_NOOP("Problems", "the link points to itself"),
    QT_TRANSLATE_NOOP("Problems", "it is larger than a file may be there"),
    QT_TRANSLATE_NOOP("Problems", "the disk reports an error"),
    QT_TRANSLATE_NOOP("Problems", "another program holds the file"),
    QT_TRANSLATE_NOOP("Problems", "the operating system refused"),
    QT_TRANSLATE_NOOP("Problems", "it is there already, and nobody was asked about it"),
    QT_TRANSLATE_NOOP("Problems", "the new file is in place, but the disk did not confirm it"),
    QT_TRANSLATE_NOOP("Problems", "a file of that name is there already"),
    QT_TRANSLATE_NOOP("Problems", "that file may only be read"),
    QT_TRANSLATE_NOOP("Problems", "it is damaged"),
    QT_TRANSLATE_NOOP("Problems", "Choose another name"),
    QT_TRANSLATE_NOOP("Problems", "Free some space or choose another disk"),
    QT_TRANSLATE_NOOP("Problems", "Free some space or choose another folder"),
    QT_TRANSLATE_NOOP("Problems", "Close the file elsewhere or choose another folder"),
    QT_TRANSLATE_NOOP("Problems", "Choose another folder"),
    QT_TRANSLATE_NOOP("Problems", "Choose another disk"),
    QT_TRANSLATE_NOOP("Problems", "Check the name"),
    QT_TRANSLATE_NOOP("Problems", "Check the path"),
    QT_TRANSLATE_NOOP("Problems", "Give the name of a file"),
    QT_TRANSLATE_NOOP("Problems", "Choose a shorter name"),
    QT_TRANSLATE_NOOP("Problems", "Choose the file itself"),
    QT_TRANSLATE_NOOP("Problems", "Try another disk, and have this one checked"),
    QT_TRANSLATE_NOOP("Problems", "Close it there and try again"),
    QT_TRANSLATE_NOOP("Problems", "Try again or choose another place"),
    QT_TRANSLATE_NOOP("Problems", "Choose it by its whole name to replace it"),
    QT_TRANSLATE_NOOP("Problems", "Save it again, and have the disk checked"),
    QT_TRANSLATE_NOOP("Problems", "Choose another name or another folder"),
    QT_TRANSLATE_NOOP("Problems", "Check that it is the right file"),
    QT_TRANSLATE_NOOP("Problems", "Install the program again"),
))  # fmt: skip


def problem(error: CellRouteError) -> str:
    """The error's sentence."""
    if isinstance(error, FileError) and {error.problem, error.remedy} <= PARTS:
        parts = {"problem": _tr(error.problem), "remedy": _tr(error.remedy)}
        return _tr(_FILES[error.action]).format(name=error.named, **parts)
    if error.template in SENTENCES:
        return _tr(error.template).format(**error.values)
    return str(error)


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
