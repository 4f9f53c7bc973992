"""Every error that CellRoute raises on purpose, in one tree.

    CellRouteError          message: a clear sentence for the clinician; detail: for the log
    ├── InputError          what was asked for cannot be answered: a bad number, a contradiction
    │   └── UnknownIdError  an id that the pack does not hold, with the closest that it does
    ├── PackError           the evidence is broken: file, entry, field, problem, remedy
    ├── FileError           path, problem, remedy
    │   ├── ReadError       a file cannot be read, or is not what it should be
    │   └── SaveError       a file cannot be saved; what stood there before is untouched
    ├── RenderError         a handout, a note or a picture cannot be drawn
    └── VersionError        this Python and these libraries must not run together

`str(error)` is the sentence. Programs show it as it is, the window in its language where it knows the sentence
(`ui/problems.py`); `detail` goes to the log only.
Nothing here is raised for a mistake in the code itself: those reach the crash report as they are.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Self

#: Characters of a sentence; what was given may be of any length, and is then cut in the middle.
LONGEST = 1000


class CellRouteError(Exception):
    """An error with one clear sentence for the clinician (`message`) and more for the log (`detail`).

    `template` and `values`: the sentence before its fields were filled in, where a window may say it in its own words.
    """

    template = ""
    values: Mapping[str, object] = MappingProxyType({})

    @classmethod
    def told(cls, template: str, detail: str = "", **values: object) -> Self:
        """The error whose sentence is the template with these values in its fields."""
        error = cls(template.format(**values), detail)
        error.template, error.values = template, values
        return error

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message, detail)
        self.message = message if len(message) <= LONGEST else shortened(message, LONGEST)
        self.detail = detail

    def __str__(self) -> str:
        return self.message


class InputError(CellRouteError):
    """What was asked for cannot be answered as it stands."""


class UnknownIdError(InputError):
    """An id that the pack does not hold."""

    def __init__(self, kind: str, given: str, known: Iterable[str] = ()) -> None:
        """`kind` is the word for the user ("condition"); `known` are the ids that would have been right."""
        self.kind = kind
        self.given = given
        self.known = tuple(known)
        self.suggestions = closest(given, self.known)
        super().__init__(f"There is no {kind} “{shortened(given)}”{self._hint()}")
        self.args = (kind, given, self.known)

    def _hint(self) -> str:
        if self.suggestions:
            return f"; did you mean {' or '.join(self.suggestions)}?"
        if not self.known:
            return "."
        if len(self.known) <= 15:
            return f"; there are {', '.join(self.known)}."
        return f"; there are {len(self.known)}, such as {' and '.join(self.known[:2])}."


class PackError(CellRouteError):
    """The evidence is broken at one place that a person can find and mend."""

    def __init__(self, file: str | Path, entry: str, field: str, problem: str, remedy: str, detail: str = "") -> None:
        """`file` as the user knows it; `entry` and `field` may be empty; `remedy` says what to do."""
        self.file = str(file)
        self.entry = entry
        self.field = field
        self.problem = problem
        self.remedy = remedy
        place = shortened(self.file, 160)
        if entry:
            place += f", entry “{shortened(entry)}”"
        if field:
            place += f", field “{shortened(field)}”"
        super().__init__(f"{place}: {_sentence(problem)} {_sentence(remedy)}".rstrip(), detail)
        self.args = (self.file, entry, field, problem, remedy, detail)


class FileError(CellRouteError):
    """A file stands in the way."""

    action = "use"

    def __init__(self, path: str | Path, problem: str, remedy: str, detail: str = "") -> None:
        self.path = Path(path)
        self.problem = problem
        self.remedy = remedy
        self.named = shortened(printable(str(path)), 160)
        said = f"Cannot {self.action} “{self.named}”: {_sentence(problem)} {_sentence(remedy)}"
        super().__init__(said.rstrip(), detail)
        self.args = (self.path, problem, remedy, detail)

    @classmethod
    def of(cls, path: str | Path, cause: OSError | ValueError) -> Self:
        """The error for what the operating system said."""
        problem, remedy = _explained(cause)
        return cls(path, problem, remedy, f"{type(cause).__name__}: {cause}")


class ReadError(FileError):
    """A file cannot be read, or is not what it should be."""

    action = "read"


class SaveError(FileError):
    """A file cannot be saved; what stood there before is untouched."""

    action = "save"


class RenderError(CellRouteError):
    """A handout, a note or a picture cannot be drawn."""


class VersionError(CellRouteError):
    """This Python and these libraries must not run together."""


def closest(given: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The ids most like the given one, nearest first; none when nothing is near."""
    from difflib import get_close_matches  # late: only a mistake needs it

    wanted = given.strip().lower().replace("-", "_").replace(" ", "_")[:80]
    by_form = {name.lower(): name for name in known}
    near = get_close_matches(wanted, by_form, n=limit, cutoff=0.6)
    words = [word for word in wanted.split("_") if len(word) >= 3]
    near += [form for form in by_form if form not in near and any(word in form for word in words)]
    return tuple(by_form[form] for form in near[:limit])


def shortened(text: str, length: int = 60) -> str:
    """The text on one line and never longer than `length`, cut in the middle."""
    flat = " ".join(printable(text).split())
    if len(flat) <= length:
        return flat
    half = (length - 1) // 2
    return f"{flat[:half]}…{flat[-half:]}"


def printable(text: str) -> str:
    """The text with control characters, lone surrogates and direction marks replaced by a visible mark."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)


def _sentence(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    return text if text[-1] in ".?!" else text + "."


def _explained(cause: OSError | ValueError) -> tuple[str, str]:
    """What an operating system's error means and what to do about it."""
    import errno  # late, with `os` already loaded it costs nothing

    if not isinstance(cause, OSError):
        return "the name holds a character that no file name may hold", "Choose another name"
    said = {
        errno.ENOSPC: ("the disk is full", "Free some space or choose another disk"),
        errno.EDQUOT: ("your share of the disk is used up", "Free some space or choose another folder"),
        errno.EACCES: (
            "you may not do that there, or another program holds the file open",
            "Close the file elsewhere or choose another folder",
        ),
        errno.EPERM: ("you may not do that there", "Choose another folder"),
        errno.EROFS: ("that disk can only be read", "Choose another disk"),
        errno.ENOENT: ("there is no such file or folder", "Check the name"),
        errno.ENOTDIR: ("a part of the path is a file, not a folder", "Check the path"),
        errno.EISDIR: ("that is a folder, not a file", "Give the name of a file"),
        errno.ENXIO: ("that is a device or a pipe, not a file", "Give the name of a file"),
        errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name"),
        errno.ELOOP: ("the link points to itself", "Choose the file itself"),
        errno.EFBIG: ("it is larger than a file may be there", "Choose another disk"),
        errno.EIO: ("the disk reports an error", "Try another disk, and have this one checked"),
        errno.EBUSY: ("another program holds the file", "Close it there and try again"),
    }
    known = said.get(cause.errno or 0)
    if known:
        return known
    return (cause.strerror or "the operating system refused").lower(), "Try again or choose another place"
