"""A program that is killed while it saves leaves the old file or the new one, whatever it saves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core import files
from tests.trust.killing import KINDS, STEPS, Kills


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(kind: str, tmp_path: Path) -> None:
    times = 12 if kind in STEPS else 25
    found = Kills(kind, tmp_path, seed=11).many(times)
    assert found.damaged == 0
    assert found.old + found.new == times
    assert min(found.old, found.new) > 0  # or the kills fell where nothing is saved


def test_the_kills_do_find_damage_where_saving_is_plain(tmp_path: Path) -> None:
    assert Kills("plain", tmp_path, seed=11).many(40).damaged > 0


def test_a_kill_leaves_no_unfinished_neighbour(tmp_path: Path) -> None:
    """The data has no name until it is complete; only the instant of the exchange may leave one, which is cleared."""
    kills = Kills("handout", tmp_path, seed=3)
    kills.many(25)
    left = [path for path in kills.folder.iterdir() if path.name.startswith(".cellroute-")]
    for path in left:
        os.utime(path, (1, 1))
    assert files.remove_leftovers(kills.folder) == len(left)
    assert not [path for path in kills.folder.iterdir() if path.name.startswith(".")]
