"""The one command: what it says when something is missing, and that it does nothing when nothing is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import run

DPKG_QUERY = """#!/bin/sh
for name in "$@"; do case " {installed} " in *" $name "*) echo "$name installed";; esac; done
echo "libremoved config-files"
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout that `run` takes for its own."""
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(run, "INSTALLED", tmp_path / ".venv" / "installed-lock")
    monkeypatch.setattr(run, "PACKAGE_LIST", tmp_path / "list.txt")
    monkeypatch.setattr(run, "LOCKS", {kind: tmp_path / f"{kind}.lock" for kind in run.LOCKS})
    for kind, lock in run.LOCKS.items():
        lock.write_text(f"# {kind}\n", encoding="utf-8")
    (tmp_path / "list.txt").write_text(
        "# words\n[window]\nliba\nlibb-0 | libb-0t64  # renamed\nlibremoved\n[test]\nxvfb\n", encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def debian(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with dpkg that holds two of the packages, and a user who is not root."""
    folder = checkout / "bin"
    folder.mkdir()
    (folder / "dpkg-query").write_text(DPKG_QUERY.format(installed="libb-0t64 xvfb"), encoding="utf-8")
    (folder / "dpkg-query").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13, "final", 0))
    assert run.main([]) == 1
    assert "needs Python 3.11 or later" in capsys.readouterr().err


def test_a_word_that_setup_does_not_know_is_not_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["setup", "deb"]) == 1
    assert "`setup` takes nothing, or the word dev." in capsys.readouterr().err


@pytest.mark.parametrize("asked", ["-h", "--help"])
def test_help_begins_with_the_verbs_of_run_itself(
    asked: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "set_up", lambda *_kind, **_window: None)
    monkeypatch.setattr(run, "start", lambda args: print(*args) or 0)
    assert run.main([asked]) == 0
    said = capsys.readouterr().out
    assert said.startswith("The one command.")
    assert said.endswith(f"main.py {asked}\n")


def test_a_user_is_told_which_packages_are_missing(debian: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main([]) == 1
    assert capsys.readouterr().err == (
        "CellRoute cannot start: Debian packages are missing. Install them with: sudo apt-get install liba libremoved\n"
    )


@pytest.mark.parametrize("command", ["list", "rank", "estimate", "handout", "evidence"])
def test_a_command_without_a_window_needs_no_packages(
    command: str, debian: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(run, "libraries", asked.append)
    monkeypatch.setattr(run, "start", lambda args: asked.append(args) or 0)
    assert run.main([command, "--json"]) == 0
    assert asked == ["run", ["main.py", command, "--json"]]


def test_every_part_of_the_package_list_has_entries() -> None:
    assert ["libegl1"] in run.packages_of(["window"])
    assert ["xvfb"] in run.packages_of(["test"])
    assert run.packages_of(["window", "test"]) == [*run.packages_of(["window"]), *run.packages_of(["test"])]


def test_a_python_without_venv_is_told_so(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    assert run.main(["list"]) == 1
    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_a_lock_that_cannot_be_installed_is_told(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    (checkout / "run.lock").write_text("missing==1.0 --hash=sha256:" + 64 * "0" + "\n", encoding="utf-8")
    assert run.main(["list"]) == 1
    said = capfd.readouterr().err
    assert "libraries could not be installed" in said
    assert "Traceback" not in said
    assert not run.INSTALLED.exists()


def test_an_environment_is_made_once_and_again_when_the_lock_changes(checkout: Path) -> None:
    run.libraries("run")
    leftover = run.VENV / "leftover"
    leftover.touch()
    assert subprocess.run([run.PYTHON, "-c", ""], check=True).returncode == 0

    run.libraries("run")  # nothing to do
    run.libraries("dev")  # tools on top
    run.libraries("bench")  # and what we are measured beside
    run.libraries("run")  # which holds all of it
    assert leftover.exists()

    for lock in run.LOCKS.values():
        lock.write_text("# changed\n", encoding="utf-8")
    run.libraries("run")
    assert not leftover.exists()


def test_a_checkout_with_a_file_missing_is_a_sentence(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / "run.lock").unlink()
    assert run.main(["list"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("CellRoute cannot start: No such file or directory (")
    assert "Traceback" not in said
