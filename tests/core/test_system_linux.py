"""What the program asks of Linux itself: a library that is there, a display that opens."""

import os
import subprocess
import sys

import pytest

from core.system import FOLDERS, library_loads
from tests import ROOT


@pytest.mark.parametrize("looked_in", [("/nowhere", *FOLDERS), ()])
def test_a_library_is_found_in_any_folder_or_by_the_loader(
    looked_in: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.system.FOLDERS", looked_in)
    assert library_loads("libc.so.6")


def test_a_real_display_opens_and_an_imagined_one_does_not(screen: dict[str, str]) -> None:
    ask = "import sys\nfrom core.system import display_opens\nsys.exit(0 if display_opens() else 3)"
    for name, code in ((screen["DISPLAY"], 0), (":4711", 3)):
        environment = {**os.environ, "DISPLAY": name}
        assert subprocess.run([sys.executable, "-c", ask], cwd=ROOT, env=environment, check=False).returncode == code
