"""What is written when the program fails: which program, which kind of error, where in the code. Never contents.

An error's own words may hold what somebody typed or the name of a file, and local variables hold everything; neither
enters a report or the log. A user can read a report before passing it on.
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core import __version__
from core.errors import SaveError
from core.files import append_line, log_handle, make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

ROOT = Path(__file__).resolve().parents[1]
LOG, FAULTS = "cellroute.log", "faults.log"
LOG_LIMIT = 256 * 1024
_MOST_FRAMES, _MOST_ERRORS = 60, 8


def report(error: BaseException, evidence: str = "") -> str:
    """A report that may be shown to anybody. `evidence`: version of the pack in force."""
    return "\n".join([*_particulars(evidence), "", *_errors(error), ""])


class LogHandler(logging.Handler):
    """Writes where, when and how bad, to a file that never grows large.

    Of our own loggers the fixed part of the message too, without what was filled in; of an error its kind and place.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(logging.INFO)
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Add a line."""
        ours = record.name.partition(".")[0] in ("core", "ui", "cellroute")
        text = record.msg if ours and isinstance(record.msg, str) else ""
        when = datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds")
        lines = [f"{when} {record.levelname} {record.name}:{record.lineno} {text}".rstrip()]
        if record.exc_info and record.exc_info[1] is not None:
            lines += _errors(record.exc_info[1])
        append_line(self._path, "\n".join(lines), LOG_LIMIT)


def forbid_memory_dump() -> None:
    """Ask the system not to write this program's memory, and so a patient's name, to the disk when it crashes.

    A limit of one byte also stops a dump that is piped to another program (core(5), "Piping core dumps").
    """
    if sys.platform == "win32":
        return  # Windows keeps dumps only where an administrator turned them on
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (1 if hard == resource.RLIM_INFINITY or hard > 0 else 0, hard))


def start_log(data: Path) -> LogHandler | None:
    """Begin to log into a data folder, crashes of the libraries included; null where the folder cannot be written."""
    try:
        folder = make_folder(data / "log")
        handler = LogHandler(folder / LOG)
        handle = log_handle(folder / FAULTS)
    except SaveError:
        return None
    logging.getLogger().addHandler(handler)
    faulthandler.enable(handle, all_threads=True)
    return handler


def watch(show: Callable[[str], None], evidence: Callable[[], str]) -> None:
    """Send every error that nobody caught to the log, and its report to `show`; one at a time."""
    showing = threading.Lock()

    def caught(error: BaseException) -> None:
        if isinstance(error, KeyboardInterrupt):
            return
        logging.getLogger("cellroute").error("an error that nobody caught", exc_info=error)
        if showing.acquire(blocking=False):
            try:
                show(report(error, evidence()))
            finally:
                showing.release()

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        caught(error)

    def thread_hook(given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            caught(given.exc_value)

    sys.excepthook = hook
    threading.excepthook = thread_hook


def _particulars(evidence: str) -> Iterator[str]:
    yield f"CellRoute {__version__}" + (f", evidence {evidence}" if evidence else "")
    yield f"Python {platform.python_version()}, {platform.system()} {platform.release()}, {platform.machine()}"
    for module in ("PySide6", "numpy", "reportlab", "msgspec"):
        if module in sys.modules:
            yield f"{module} {getattr(sys.modules[module], '__version__', 'unknown')}"


def _errors(error: BaseException) -> list[str]:
    """The kinds of the error and of what led to it, each with its way through the code."""
    lines: list[str] = []
    present: BaseException | None = error
    for number in range(_MOST_ERRORS):
        if present is None:
            break
        lines.append(f"{'' if number == 0 else 'after '}{type(present).__module__}.{type(present).__qualname__}")
        lines += _frames(present.__traceback__)
        present = present.__cause__ or (None if present.__suppress_context__ else present.__context__)
    return lines


def _frames(trace: TracebackType | None) -> list[str]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"  {_place(code.co_filename)}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    if len(found) > _MOST_FRAMES:
        half = _MOST_FRAMES // 2
        found[half:-half] = [f"  ... {len(found) - _MOST_FRAMES} more"]
    return found


def _place(name: str) -> str:
    """A code file as seen from the program: folders above it may name a person."""
    path = Path(name)
    if "site-packages" in path.parts:
        return Path(*path.parts[path.parts.index("site-packages") + 1 :]).as_posix()
    if path.is_relative_to(ROOT):
        return path.relative_to(ROOT).as_posix()
    return path.name
