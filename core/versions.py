"""Which Python and which Qt binding must not meet."""

import re

from core.errors import VersionError

_REFERENCE_THIEF = (6, 12)  # PySide6 from here on takes a reference from None with each void call
_IMMORTAL_NONE = (3, 12)  # Python from here on does not count references to None


def check_binding(pyside_version: str, python_version: tuple[int, ...]) -> None:
    """Raise VersionError when this pair would end the program in the middle of a consult.

    PySide6 6.12.0 under Python 3.11 aborts after about 5 000 calls that return nothing; with 6.11.3, or
    with Python 3.12, it does not (measured; `tests/house/test_binding.py` watches).
    """
    numbers = tuple(int(part) for part in re.findall(r"\d+", pyside_version)[:2])
    if numbers >= _REFERENCE_THIEF and python_version[:2] < _IMMORTAL_NONE:
        running = ".".join(str(part) for part in python_version[:2])
        raise VersionError(
            f"PySide6 {pyside_version} ends the program at random under Python {running}. "
            "Start CellRoute with run.py, which brings the right one, or install PySide6-Essentials 6.11.3.",
            f"PySide6 {pyside_version}, Python {python_version}",
        )
