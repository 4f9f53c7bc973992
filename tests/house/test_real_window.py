"""The program as a user starts it: a real window on a real (virtual) screen, not Qt's offscreen stand-in."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from PySide6.QtGui import QImage

RunPython = Callable[..., CompletedProcess[str]]


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
