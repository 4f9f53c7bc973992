"""No connection is ever made: not asked for, not needed, and not possible without anybody noticing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from core.pack.pack import Pack
from tests import ROOT
from tests.trust.test_private import Places
from tests.trust.watched import python, watch

#: Root may leave the network as it is; anybody else needs a user of its own for that.
ALONE = "-n" if os.geteuid() == 0 else "-rn"

COMMANDS = (
    "rank --condition knee_osteoarthritis --route iv --json",
    "handout --condition ards --output {folder}/a.pdf",
    "list studies --json",
    "evidence verify {folder}/none.pack",
    "selfcheck",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_opens_no_socket_at_all(command: str, tmp_path: Path) -> None:
    places = Places(tmp_path)
    words = command.format(folder=tmp_path / "out").split()
    run = watch(python("main.py", *words), tmp_path / "trace", **places.environment)
    assert run.code in (0, 1, 2), run.err
    assert run.sockets == []


def test_a_whole_sitting_talks_to_nothing_but_the_screen(tmp_path: Path, screen: dict[str, str], pack: Pack) -> None:
    places = Places(tmp_path)
    places.lay_out_evidence(pack)
    run = watch(places.session(1), tmp_path / "trace", **places.environment, **screen)
    assert run.code == 0, run.err[-3000:]
    assert "in force 2027.02" in run.out
    assert run.sockets
    assert [one for one in run.sockets if not one.startswith("AF_UNIX")] == []


def test_the_watch_sees_a_socket(tmp_path: Path) -> None:
    for family in ("AF_INET", "AF_INET6"):
        child = f"import socket; socket.socket(socket.{family}, socket.SOCK_DGRAM)"
        run = watch(python("-c", child), tmp_path / "trace")
        assert [one.partition(",")[0] for one in run.sockets] == [family]


@pytest.mark.parametrize("what", ["window", "command"])
def test_it_runs_where_there_is_no_network_at_all(what: str, tmp_path: Path) -> None:
    """In a namespace without any interface, not even the one to itself."""
    unshare = shutil.which("unshare")
    assert unshare, "unshare (util-linux) is missing"
    places = Places(tmp_path)
    window = ["main.py", "--quit-after-paint"]
    command = ["main.py", "rank", "--condition", "copd", "--json"]
    done = subprocess.run(
        [unshare, ALONE, *python(*(window if what == "window" else command))],
        cwd=ROOT,
        env={**places.environment, "QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    inside = subprocess.run(
        [unshare, ALONE, "cat", "/proc/net/dev"], capture_output=True, encoding="utf-8", check=True
    ).stdout.splitlines()[2:]
    assert all(line.split()[0] == "lo:" and line.split()[1] == "0" for line in inside)
