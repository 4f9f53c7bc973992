"""The program as a user starts it: a real window on a real (virtual) screen, not Qt's offscreen stand-in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from PySide6.QtGui import QImage

RunPython = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """The environment of a program that has a screen."""
    if not sys.platform.startswith("linux"):
        yield {"QT_QPA_PLATFORM": ""}
        return
    xvfb = shutil.which("Xvfb")
    assert xvfb, "Xvfb is missing; `python3 run.py test` brings it or says how"
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
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


def test_the_window_opens_paints_and_goes(screen: dict[str, str], run_python: RunPython) -> None:
    done = run_python("main.py", "--quit-after-paint", **screen)
    assert done.returncode == 0, done.stderr
    assert not done.stderr


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_window_shows_something(theme: str, screen: dict[str, str], run_python: RunPython, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    done = run_python("main.py", "--screenshot", str(picture), "--size", "1366x768", "--theme", theme, **screen)
    assert done.returncode == 0, done.stderr
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1366, 768)
    colours = {image.pixel(x, y) for x in range(0, 1366, 3) for y in range(0, 768, 3)}
    assert len(colours) > 50  # a window that failed to draw is of one or two colours
    assert (image.pixelColor(683, 2).lightness() > 128) is (theme == "light")
