"""A file is as it was or as it should be, whatever happens in between."""

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core import files
from core.errors import FileError, ReadError, SaveError

OLD, NEW = b"old " * 30_000, b"new " * 50_000


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    files.save_bytes(tmp_path / "a", NEW)
    assert files.read_bytes(tmp_path / "a") == NEW
    files.save_text(tmp_path / "b", "Δ ≤ 1 %\n")
    assert files.read_text(tmp_path / "b") == "Δ ≤ 1 %\n"
    assert (tmp_path / "b").read_bytes() == "Δ ≤ 1 %\n".encode()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a", "b"]


def test_a_file_of_an_editor_under_windows_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n")
    assert files.read_text(tmp_path / "a") == "one\ntwo\n"


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(OLD)
    target.chmod(0o640)
    link.symlink_to(target)
    files.save_bytes(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert target.stat().st_mode & 0o777 == 0o640
    files.save_bytes(tmp_path / "mine", NEW, private=True)
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("no/such/folder/a", "no such file or folder"),
        (".", "a folder, not a file"),
        ("file/a", "a part of the path is a file"),
        ("n" * 300, "too long"),
        ("a\0b", "no file name may hold"),
    ],
)
@pytest.mark.parametrize("use", [files.read_bytes, lambda path: files.save_bytes(path, NEW)], ids=["read", "save"])
def test_a_path_that_cannot_be_is_a_sentence(
    name: str, says: str, use: Callable[[str], object], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match=says):
        use(f"{tmp_path}/{name}")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError, match="a device or a pipe"):
        files.read_bytes(tmp_path / "pipe")
    with pytest.raises(SaveError, match="a device or a pipe"):
        files.save_bytes(tmp_path / "pipe", NEW)


def test_too_large_is_refused_by_name_of_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 2049)
    assert len(files.read_bytes(tmp_path / "a", limit=2049)) == 2049
    with pytest.raises(ReadError, match="larger than 2 kB"):
        files.read_bytes(tmp_path / "a", limit=2048)


def test_the_line_of_a_byte_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one\ntwo\n\xff\n")
    with pytest.raises(ReadError, match="line 3 "):
        files.read_text(tmp_path / "a")


def test_half_a_character_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="half a character"):
        files.save_text(tmp_path / "a", "\ud83d")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("call", ["open", "fchmod", "fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_the_old_file_stands_when_a_step_fails(
    call: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(OLD)

    def fails(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fails)
    with pytest.raises(SaveError) as raised:
        files.save_bytes(tmp_path / "a", NEW)
    monkeypatch.undo()
    assert os.strerror(number) in raised.value.detail
    assert (tmp_path / "a").read_bytes() == OLD
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_was_not_confirmed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync
    steps = iter([real, None])

    def second_fails(handle: int) -> None:
        if next(steps) is None:
            raise OSError(errno.EIO, "bad disk")
        real(handle)

    monkeypatch.setattr(os, "fsync", second_fails)
    with pytest.raises(SaveError, match="in place, but the disk did not confirm"):
        files.save_bytes(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == NEW


def test_the_old_file_stands_when_the_disk_is_full(tmp_path: Path) -> None:
    """The real thing: the system itself cuts the write after 64 KiB."""
    (tmp_path / "a").write_bytes(OLD)
    child = f"""
from core import files
from core.errors import SaveError
try:
    files.save_bytes({str(tmp_path / "a")!r}, b"new " * 50_000)
except SaveError as error:
    print(error)
"""

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))

    done = subprocess.run(
        [sys.executable, "-c", child], preexec_fn=small_disk, capture_output=True, text=True, check=True
    )
    assert "larger than a file may be there" in done.stdout
    assert (tmp_path / "a").read_bytes() == OLD
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_a_save_under_way_is_no_leftover(tmp_path: Path) -> None:
    (tmp_path / ".cellroute-0011.part").touch()
    (tmp_path / "mine.part").touch()
    assert files.remove_leftovers(tmp_path) == 0
    assert files.remove_leftovers(tmp_path / "no such folder") == 0


def test_folders_are_made_with_those_above(tmp_path: Path) -> None:
    assert files.make_folder(tmp_path / "a" / "b").is_dir()
    assert files.make_folder(tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").touch()
    for folder in ("file", "file/below", "a\0b"):
        with pytest.raises(SaveError):
            files.make_folder(tmp_path / folder)


def test_files_are_listed_by_name_without_the_hidden(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml", ".c.toml", "d.txt", ".toml"):
        (tmp_path / name).touch()
    (tmp_path / "e.toml").mkdir()
    assert [entry.name for entry in files.files_in(tmp_path, ".toml")] == ["a.toml", "b.toml"]
    with pytest.raises(ReadError):
        files.files_in(tmp_path / "none", ".toml")


def test_a_bad_file_is_set_aside_and_never_over_another(tmp_path: Path) -> None:
    for content in (b"1", b"2", b"3"):
        (tmp_path / "a").write_bytes(content)
        files.set_aside(tmp_path / "a")
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {
        "a.bad": b"1",
        "a.bad2": b"2",
        "a.bad3": b"3",
    }
    with pytest.raises(SaveError):
        files.set_aside(tmp_path / "a")
