"""What every test shares: no screen, no network, no home but an empty one of its own."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from core.pack.pack import Pack

#: Tests that need Linux: a screen that can be made, its buses, strace, unshare or /proc.
OF_LINUX = [
    *("core/test_system_linux.py", "ui/test_real_hands.py", "ui/test_screen_reader.py"),
    *("trust/test_offline.py", "trust/test_private.py", "trust/test_durable.py", "trust/test_monkey.py"),
    "trust/test_memory.py",
]
#: Tests that need root on Linux, who alone may mount.
OF_ROOT = ["trust/test_full_disk.py"]
#: Tests that need links, modes, pipes and signals that Windows has not.
OF_POSIX = [
    *("bench/bench_handout.py", "core/pack/test_installed.py", "core/pack/test_installed_hostile.py"),
    *("core/test_files.py", "house/test_run.py", "trust", "ui/test_leftovers.py"),
]
collect_ignore = [
    *(() if sys.platform == "linux" else OF_LINUX),
    *(() if sys.platform == "linux" and os.geteuid() == 0 else OF_ROOT),
    *(OF_POSIX if os.name == "nt" else ()),
]


def _no_network(event: str, args: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        raise RuntimeError(f"a test reached for the network: {event} {args[1:]}")


sys.addaudithook(_no_network)


@pytest.fixture(scope="session")
def pack() -> "Pack":
    """The evidence that CellRoute is shipped with."""
    from core.pack.read import load_builtin

    return load_builtin()


@pytest.fixture(scope="session")
def screen() -> Iterator[dict[str, str]]:
    """The environment of a program that has a screen: on Linux a virtual one of its own, elsewhere the system's."""
    if sys.platform != "linux":
        yield {"QT_QPA_PLATFORM": ""}
        return
    xvfb = shutil.which("Xvfb")
    assert xvfb, "Xvfb is missing; `python3 run.py test` brings it or says how"
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with open(reading, encoding="ascii") as display:
        number = display.readline().strip()
    assert number, "Xvfb did not start"
    yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    server.terminate()
    server.wait()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home: what one test leaves behind never meets another test, or the user."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for name, place in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_CACHE_HOME": ".cache",
        "XDG_STATE_HOME": ".local/state",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
    }.items():
        monkeypatch.setenv(name, str(folder / place))
    return folder


@pytest.fixture(autouse=True)
def no_logged_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log is a failure, as a Python warning and a Qt warning are."""
    yield
    logged = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not logged, [record.getMessage() for record in logged]
