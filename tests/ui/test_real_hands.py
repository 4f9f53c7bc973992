"""What a new user is asked to do, done with real keys and clicks in the program as it is started.

`tasks.py` holds the tasks, `real_hands.py` the hands and eyes. How actions are counted: a word or number typed is one;
each key or shortcut, each click, each pull of a slider and each turn of the wheel is one; the answer to the question of
the very first start is counted too. A task fails when the screen, the clipboard or the paper does not say in the end
what was asked for, or when it took more actions than it may.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import ROOT

if TYPE_CHECKING:
    from core.pack.pack import Pack

HERE = Path(__file__).resolve().parent

MOST = {
    "knee_asked_for_iv": 6,
    "heart_attack_without_cath_lab": 12,
    "disc_pain_on_warfarin": 12,
    "spanish_handout": 12,
    "two_routes_to_the_liver": 12,
    "by_keyboard_alone": 120,
    "by_mouse_alone": 40,
}


@pytest.mark.parametrize("task", MOST)
def test_a_new_user_does_it_in_few_actions(screen: dict[str, str], home: Path, tmp_path: Path, task: str) -> None:
    assert do(task, tmp_path, screen) <= MOST[task]


OPENED = {
    "typing_over_what_was_opened": 2,
    "a_dose_that_is_none": 5,
    "another_language_while_working": 8,
    "a_picture_kept": 8,
    "how_good_the_estimates_are": 5,
}


@pytest.mark.parametrize(("task", "actions"), OPENED.items())
def test_with_a_consult_opened_it_takes_so_many_actions(
    screen: dict[str, str], home: Path, tmp_path: Path, pack: Pack, task: str, actions: int
) -> None:
    from core import consult_file
    from core.consult import make_consult

    file = tmp_path / "knee.cellroute"
    consult_file.save(file, make_consult(pack, "knee_osteoarthritis"))
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.json").write_text('{"started": true}')
    assert do(task, tmp_path, screen, "--consult", str(file)) == actions


def do(task: str, folder: Path, screen: dict[str, str], *arguments: str) -> int:
    """Start the program, let the task be done in it; gives the number of actions."""
    done = subprocess.run(
        [sys.executable, str(HERE / "tasks.py"), task, str(folder), *arguments],
        cwd=ROOT, env={**os.environ, **screen, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        capture_output=True, encoding="utf-8", timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    found = re.fullmatch(r"actions (\d+)\n", done.stdout)
    assert found, done.stdout
    return int(found[1])
