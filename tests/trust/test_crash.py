"""When it fails all the same: what is written says where, and nothing of what somebody typed."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import crash
from core.consult import make_consult
from core.errors import SaveError
from core.files import save_bytes
from core.pack.pack import Pack
from core.pack.read import RESOURCES

CANARY = "Zyxwvu Quellinger"


def raised() -> BaseException:
    """An error of the code whose words, locals, cause and notes hold a name."""
    try:
        name = CANARY
        try:
            save_bytes(f"/no/such/{name}.pdf", b"")
        except SaveError as cause:
            error = KeyError(name)
            error.add_note(name)
            raise error from cause
    except KeyError as error:
        return error


def test_a_report_says_which_program_and_where_but_no_contents(pack: Pack) -> None:
    text = crash.report(raised(), pack.version)
    assert CANARY not in text
    for said in ("CellRoute 0.", f"evidence {pack.version}", "Python 3.", "builtins.KeyError", "core.errors.SaveError"):
        assert said in text
    assert "core/files/save.py:" in text
    assert "in save_bytes" in text
    assert str(RESOURCES.parent) not in text


def test_a_long_stack_and_a_long_chain_stay_readable() -> None:
    def deeper(number: int) -> None:
        if number == 0:
            raise RuntimeError
        deeper(number - 1)

    with pytest.raises(RuntimeError) as caught:
        deeper(500)
    error: BaseException = caught.value
    for _ in range(50):
        outer = ValueError()
        outer.__cause__ = error
        error = outer
    assert len(crash.report(caught.value).splitlines()) < 75
    assert len(crash.report(error).splitlines()) < 75


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    handler = crash.start_log(tmp_path)
    assert handler is not None
    yield tmp_path / "log" / crash.LOG
    logging.getLogger().removeHandler(handler)
    crash.faulthandler.disable()


def test_the_log_holds_no_contents(log: Path) -> None:
    logger = logging.getLogger("core.test")
    logger.setLevel(logging.INFO)
    logger.info("saved to %s", CANARY)
    logging.getLogger("a.library").setLevel(logging.INFO)
    logging.getLogger("a.library").info("opened " + CANARY)  # noqa: G003
    logger.info("failed", exc_info=raised())
    text = log.read_text(encoding="utf-8")
    assert CANARY not in text
    assert "saved to %s" in text
    assert "INFO a.library:" in text
    assert "builtins.KeyError" in text
    assert log.stat().st_mode & 0o777 == 0o600


def test_the_log_is_rotated(log: Path) -> None:
    logger = logging.getLogger("core.test")
    logger.setLevel(logging.INFO)
    for _ in range(9000):
        logger.info("a line of no great interest that fills the file")
    names = sorted(path.name for path in log.parent.iterdir())
    assert names == sorted([crash.LOG, crash.LOG + ".old", crash.FAULTS])
    assert sum(path.stat().st_size for path in log.parent.iterdir()) < 2.2 * crash.LOG_LIMIT


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file", encoding="utf-8")
    assert crash.start_log(tmp_path) is None


def test_nobody_catches_an_error_but_the_report_does(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crash.watch(shown.append, lambda: "2026.11")
    # The log's own warning is what is tested here; it must not reach the guard of all tests.
    logging.getLogger("cellroute").propagate = False
    logging.getLogger("cellroute").addHandler(crash.LogHandler(log))
    error = raised()
    sys.excepthook(type(error), error, error.__traceback__)
    worker = threading.Thread(target=lambda: 1 // 0)
    worker.start()
    worker.join()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    logging.getLogger("cellroute").propagate = True
    logging.getLogger("cellroute").handlers.clear()
    assert [text.splitlines()[-2].startswith("  ") for text in shown] == [True, True]
    assert "ZeroDivisionError" in shown[1]
    assert "an error that nobody caught" in log.read_text(encoding="utf-8")


def test_an_abort_of_a_library_leaves_its_place(tmp_path: Path) -> None:
    child = f"""
import os
from pathlib import Path
from core import crash
crash.start_log(Path({str(tmp_path)!r}))
def deep(name):
    os.abort()
deep({CANARY!r})
"""
    done = subprocess.run([sys.executable, "-c", child], check=False, capture_output=True)
    assert done.returncode < 0
    text = (tmp_path / "log" / crash.FAULTS).read_text(encoding="utf-8")
    assert "in deep" in text
    assert CANARY not in text


def test_the_report_names_no_consult(pack: Pack) -> None:
    consult = make_consult(pack, "ards", dose=1.234567e7)
    try:
        raise ValueError(consult)
    except ValueError as error:
        text = crash.report(error)
    assert "ards" not in text
    assert "1234567" not in text
