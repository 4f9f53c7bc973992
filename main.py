"""Starts the window, or runs a subcommand without importing Qt."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

_PATHS = ("--consult", "--config", "--data")
_QUITS = ("--quit-after-paint", "--quit-when-complete")
#: Exit code of a command whose input was wrong; 1 is for a check that found something, 130 for Ctrl+C.
BAD_INPUT = 2


def main(arguments: list[str]) -> int:
    """Runs what the arguments say; returns the exit code. Errors go to stderr as one sentence."""
    from core.errors import CellRouteError

    _speak_utf8()
    try:
        if (plain := _plain_start(arguments)) is not None:
            return _open(plain)
        if arguments[0] == "answer" and len(arguments) == 3:  # the window's own, which no help names
            return _answer(Path(arguments[1]), Path(arguments[2]))
        from core.commands.parser import make_parser

        parsed = make_parser().parse_args(arguments)
        if parsed.version:
            from core.commands import about

            return about.run(sys.stdout)
        if parsed.command is not None:
            from core.commands import run

            return run(parsed, sys.stdout)
        return _open(parsed)
    except CellRouteError as error:
        sys.stderr.write(f"{error}\n")
        return BAD_INPUT
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def _plain_start(arguments: list[str]) -> SimpleNamespace | None:
    """The options of an ordinary start, read without the parser of all commands; null: that one has to look."""
    options: dict[str, Any] = {}
    rest = iter(arguments)
    for name in rest:
        value: Any = True
        if name in _PATHS:
            value = next(rest, "")
            if not value or value.startswith("-"):
                return None
            value = Path(value)
        elif name not in _QUITS:
            return None
        option = name[2:].replace("-", "_")
        if option in options:
            return None
        options[option] = value
    return SimpleNamespace(**options)


def _open(options: Any) -> int:
    from core.errors import CellRouteError
    from core.system import obstacle

    if lacking := obstacle(sys.platform, os.environ):
        raise CellRouteError(lacking)
    _get_ready()
    if (consult := getattr(options, "consult", None)) is not None:
        from core.ahead import Ahead
        from core.places import data_folder

        options.ahead = Ahead.begin(consult, getattr(options, "data", None) or data_folder())
    from ui.app import run as open_window

    return open_window(options)


def _answer(file: Path, data: Path) -> int:
    if sys.stdin is None or sys.stdout is None:  # a program without a console on Windows, started by hand
        return BAD_INPUT
    _get_ready()
    from core.commands import answer

    return answer.run(file, data, sys.stdin.buffer, sys.stdout.buffer)


def _get_ready() -> None:
    # All that a start makes stays; `ui.app` turns the search for garbage on again after the first paint.
    gc.disable()
    # Nothing here is large enough for several threads; each would hold memory and delay the first ranking.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


if __name__ == "__main__":
    # A bundle starts itself anew for each process of a batch; the import is only worth it then.
    if getattr(sys, "frozen", False) and any("multiprocessing" in one for one in sys.argv[1:]):
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main(sys.argv[1:]))
