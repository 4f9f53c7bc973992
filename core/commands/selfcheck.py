"""`selfcheck`: whether this installation is sound, one line for each part."""

from __future__ import annotations

import os
import secrets
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from core import __version__, golden
from core.clock import today
from core.errors import CellRouteError, InputError
from core.files import make_folder, read_bytes, remove, save_bytes
from core.pack import installed
from core.pack.keys import is_development, trusted_keys
from core.pack.read import BUILTIN, LARGEST, load_builtin, load_current, sound
from core.places import config_folder
from core.versions import check_binding

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    Check = Callable[[Path, Path], str]

#: Library -> the module that it brings.
_LIBRARIES = {
    "PySide6-Essentials": "PySide6",
    **{name: name for name in ("cryptography", "msgspec", "numpy", "pypdfium2", "pyqtgraph", "reportlab")},
}


def run(arguments: Namespace, out: TextIO) -> int:
    """Writes a line for each part, "ok" or "FAILED" and why; returns 1 when one failed."""
    data: Path = arguments.data
    config: Path = arguments.config or config_folder()
    failed = 0
    for name, check in CHECKS.items():
        try:
            said, state = check(config, data), "ok"
        except CellRouteError as error:
            said, state = str(error), "FAILED"
        except Exception as error:  # noqa: BLE001 (whatever is damaged, every part has its line)
            said, state = f"{type(error).__name__}: {error}. Install the program again.", "FAILED"
        failed += state == "FAILED"
        out.write(f"{name:<12} {state:<7} {said}\n")
    out.write("All is well.\n" if not failed else f"{failed} of {len(CHECKS)} failed.\n")
    return 1 if failed else 0


def _program(_config: Path, _data: Path) -> str:
    found = {}
    for library, module in _LIBRARIES.items():
        if find_spec(module) is None:
            raise InputError(f"{library} is missing. Start CellRoute with run.py, or install it again.")
        try:
            found[library] = version(library)
        except PackageNotFoundError:  # a bundle brings the library without its particulars
            found[library] = "as bundled"
    if found["PySide6-Essentials"][0].isdigit():
        check_binding(found["PySide6-Essentials"], sys.version_info[:3])
    libraries = ", ".join(f"{library} {number}" for library, number in found.items())
    made = " (made for development)" if is_development() else ""
    return f"CellRoute {__version__}{made}, Python {sys.version.split()[0]}, {libraries}"


def _evidence(_config: Path, _data: Path) -> str:
    pack = load_builtin()
    sound(read_bytes(BUILTIN, LARGEST), BUILTIN.name)
    return f"version {pack.version} of {pack.date}, {len(pack.studies)} studies, SHA-256 {pack.sha256}"


def _brought_in(_config: Path, data: Path) -> str:
    keys = trusted_keys(data)
    pack = load_current(data)
    choice = installed.read_choice(data)
    which = "the program's own evidence" if choice.file is None else choice.file
    overlay = f", with the figures of {pack.file.own.clinic}" if pack.file.own else ""
    return f"{which} is in force{overlay}; {len(keys)} trusted key{'' if len(keys) == 1 else 's'}"


def _days(_config: Path, data: Path) -> str:
    pack = load_current(data)
    day = today().isoformat()
    if day < pack.date:
        raise InputError(f"This computer's clock says {day}, before the evidence was made ({pack.date}). Set it.")
    if day > pack.expires:
        raise InputError(f"The evidence was to be renewed by {pack.expires}. Bring in newer evidence.")
    return f"to be renewed by {pack.expires}"


def _texts(_config: Path, data: Path) -> str:
    texts = load_current(data).file.texts
    english = set(texts["en"])
    for language, own in texts.items():
        if lost := sorted(english ^ set(own)):
            raise InputError(f"“{lost[0]}” and {len(lost) - 1} more are not in both en and {language}.")
    return f"{len(english)} in {', '.join(sorted(texts))}"


def _fonts(_config: Path, data: Path) -> str:
    from core.handout.fonts import faces, lacks

    texts = load_current(data).file.texts
    letters = {letter for own in texts.values() for text in own.values() for letter in "".join(text)} - {"\n"}
    if missing := lacks("".join(sorted(letters))):
        raise InputError(f"The handout's letters lack {', '.join(f'U+{ord(one):04X}' for one in missing[:8])}.")
    return f"{len(faces())} faces, all {len(letters)} characters of the texts"


def _folders(config: Path, data: Path) -> str:
    for folder in (config, data):
        made = _missing(folder)
        probe = make_folder(folder) / f"selfcheck-{secrets.token_hex(4)}"
        save_bytes(probe, b"CellRoute")
        remove(probe)
        for one in made:
            one.rmdir()
    return f"{config} and {data} can be written"


def _ranking(_config: Path, _data: Path) -> str:
    figures = golden.compare(load_builtin(), golden.read())
    return f"{len(golden.ASKED)} answers with {figures} figures are those of the computer that built it"


def _handout(_config: Path, data: Path) -> str:
    from core.consult import make_consult
    from core.handout.content import handout
    from core.handout.draw import render
    from core.handout.model import HandoutOptions
    from core.handout.preview import page_count
    from core.recommend import recommend

    pack = load_current(data)
    made = recommend(pack, make_consult(pack, golden.ASKED[0][0], asked="iv"))
    pdf = render(handout(pack, made, HandoutOptions(date=today().isoformat())))
    return f"{page_count(pdf)} pages, {len(pdf)} bytes of PDF, saved nowhere"


def _missing(folder: Path) -> list[Path]:
    """The folders that making this one makes, innermost first; they are taken away again."""
    absent = []
    while not os.path.lexists(folder) and folder != folder.parent:
        absent.append(folder)
        folder = folder.parent
    return absent


#: Part -> its check, which says what it found or raises; in the order of the lines.
CHECKS: dict[str, Check] = {
    "program": _program,
    "evidence": _evidence,
    "brought in": _brought_in,
    "dates": _days,
    "texts": _texts,
    "fonts": _fonts,
    "folders": _folders,
    "ranking": _ranking,
    "handout": _handout,
}
