"""What is given away: the same bytes from the same sources, nothing of the builder in it, nothing left behind."""

import gzip
import os
import random
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

import core
from tests import ROOT

EPOCH = 1_790_000_000


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A small bundle."""
    return lay(tmp_path / "bundle", ["cellroute", "_internal/b.so", "_internal/a.so", "_internal/ü/c.txt", "Z", "a"])


def lay(folder: Path, names: list[str]) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"this is {name}", encoding="utf-8")
    (folder / "cellroute").chmod(0o700)
    if os.name == "posix":
        (folder / "_internal" / "link.so").symlink_to("a.so")
    return folder


def test_the_version_stands_in_one_place(package: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert package.version() == core.__version__ == project["version"]
    for name in ("packaging/linux/cellroute.1", "packaging/windows/cellroute.iss", "packaging/cellroute.spec"):
        assert core.__version__ not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["tar", "zipped"])
def test_two_builds_give_the_same_bytes(package: ModuleType, bundle: Path, tmp_path: Path, form: str) -> None:
    names = [one.relative_to(bundle).as_posix() for one in bundle.rglob("*") if one.is_file() and not one.is_symlink()]
    random.Random(1).shuffle(names)
    again = lay(tmp_path / "again", names)  # made in another order, at another time, by somebody with another umask
    for one in again.rglob("*"):
        if not one.is_symlink():
            os.utime(one, (1, 1))
            one.chmod(one.stat().st_mode & 0o700)
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, target in ((bundle, first), (again, second)):
        package.settle(folder, EPOCH)
        getattr(package, form)(folder, target, "cellroute-1", EPOCH)
    assert first.read_bytes() == second.read_bytes()
    (again / "a").write_text("changed", encoding="utf-8")
    getattr(package, form)(again, second, "cellroute-1", EPOCH)
    assert first.read_bytes() != second.read_bytes()


def test_an_archive_names_nobody_and_no_time_but_the_commits(package: ModuleType, bundle: Path, tmp_path: Path) -> None:
    package.settle(bundle, EPOCH)
    made = package.tar(bundle, tmp_path / "a.tar.gz", "cellroute-1", EPOCH)
    with tarfile.open(made) as archive:
        entries = archive.getmembers()
    assert [one.name for one in entries] == sorted(one.name for one in entries)
    assert {(one.uid, one.gid, one.uname, one.gname) for one in entries} == {(0, 0, "root", "root")}
    assert {one.mtime for one in entries} == {EPOCH}
    assert all(one.name.startswith("cellroute-1/") for one in entries)
    if os.name == "posix":
        assert {one.name: one.mode for one in entries}["cellroute-1/cellroute"] == 0o755
        assert {one.name: one.mode for one in entries}["cellroute-1/a"] == 0o644
    with zipfile.ZipFile(package.zipped(bundle, tmp_path / "a.zip", "cellroute-1", EPOCH)) as portable:
        assert {one.date_time for one in portable.infolist()} == {(2026, 9, 21, 14, 13, 20)}


@pytest.fixture
def deb(package: ModuleType, bundle: Path, icons: Path, tmp_path: Path) -> Path:
    """A Debian package of the small bundle."""
    shutil.copytree(icons, package.BUILD / "icons")
    package.settle(bundle, EPOCH)
    target: Path = package.debian(bundle, tmp_path, "1.2.3", EPOCH)
    return target


def said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


class TestDebian:
    """Only where Debian's tools are; elsewhere no such package is made."""

    @pytest.fixture(autouse=True)
    def tools(self) -> None:
        if sys.platform == "linux" and Path("/etc/debian_version").exists():
            assert shutil.which("dpkg-deb")

    def test_the_same_bytes_twice(self, package: ModuleType, bundle: Path, deb: Path, tmp_path: Path) -> None:
        (tmp_path / "again").mkdir()
        again = package.debian(bundle, tmp_path / "again", "1.2.3", EPOCH)
        assert again.read_bytes() == deb.read_bytes()

    def test_nothing_runs_as_root(self, deb: Path, tmp_path: Path) -> None:
        said("dpkg-deb", "--control", str(deb), str(tmp_path / "control"))
        assert sorted(one.name for one in (tmp_path / "control").iterdir()) == ["control", "md5sums"]

    def test_everything_lies_in_usr_and_belongs_to_root(self, deb: Path) -> None:
        for line in said("dpkg-deb", "--contents", str(deb)).splitlines():
            mode, owner, *_, name = line.split(" -> ")[0].split(maxsplit=5)
            assert owner == "root/root"
            assert name in ("./",) or name.startswith("./usr/")
            assert mode[1:] in ("rwxr-xr-x", "rw-r--r--", "rwxrwxrwx")

    def test_the_sums_are_those_of_the_files(self, deb: Path, tmp_path: Path) -> None:
        said("dpkg-deb", "--raw-extract", str(deb), str(tmp_path / "raw"))
        done = subprocess.run(["md5sum", "-c", "--quiet", "DEBIAN/md5sums"], cwd=tmp_path / "raw", check=False)
        assert done.returncode == 0
        summed = (tmp_path / "raw/DEBIAN/md5sums").read_text(encoding="utf-8").count("\n")
        assert summed == sum(1 for one in (tmp_path / "raw/usr").rglob("*") if one.is_file() and not one.is_symlink())

    def test_the_command_leads_to_the_program(self, deb: Path, tmp_path: Path) -> None:
        said("dpkg-deb", "--raw-extract", str(deb), str(tmp_path / "raw"))
        assert (tmp_path / "raw/usr/bin/cellroute").resolve() == tmp_path / "raw/usr/lib/cellroute/cellroute"

    def test_it_declares_what_the_window_needs(self, deb: Path, package: ModuleType) -> None:
        field = {name: said("dpkg-deb", "--field", str(deb), name).strip() for name in ("Version", "Depends")}
        assert field["Version"] == "1.2.3"
        declared = set(field["Depends"].split(", "))
        assert {"libegl1", "libxcb-cursor0", "libc6 (>= 2.34)", "libglib2.0-0 | libglib2.0-0t64"} <= declared
        assert not {"xvfb", "debootstrap"} & declared

    def test_it_declares_the_newest_c_library_that_is_asked_for(self, package: ModuleType, bundle: Path) -> None:
        (bundle / "new.so").write_bytes(b"\x7fELF \0GLIBC_2.4\0GLIBC_2.41\0GLIBC_2.4\0GLIBC_PRIVATE\0")
        (bundle / "text.txt").write_bytes(b"\0GLIBC_2.99\0")
        assert "libc6 (>= 2.41)" in package.dependencies(bundle)

    def test_the_manual_has_version_and_day(self, deb: Path, tmp_path: Path) -> None:
        said("dpkg-deb", "--raw-extract", str(deb), str(tmp_path / "raw"))
        manual = gzip.decompress((tmp_path / "raw/usr/share/man/man1/cellroute.1.gz").read_bytes()).decode()
        assert '"2026-09-21" "CellRoute 1.2.3"' in manual
        assert "@" not in manual


def test_the_date_is_the_one_given_or_the_commits(package: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    assert package.when() == 1_234_567_890
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert package.when() >= package.UNDATED
    monkeypatch.setattr(package, "ROOT", Path("/"))  # sources without their history
    assert package.when() == package.UNDATED
    monkeypatch.undo()
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("PATH", "")  # no git to ask
    assert package.when() == package.UNDATED


def test_icons_of_every_size_and_form(icons: Path, script: Callable[[str], ModuleType]) -> None:
    for size in script("icons").SIZES:
        with Image.open(icons / f"{size}.png") as picture:
            assert picture.size == (size, size)
            assert picture.getpixel((0, 0))[3] == 0  # the corners are clear
            assert len(picture.getcolors(size * size)) > 8
    with Image.open(icons / "cellroute.ico") as windows, Image.open(icons / "cellroute.icns") as mac:
        assert {size for size, _ in windows.info["sizes"]} >= {16, 32, 48, 256}
        assert mac.format == "ICNS"


def test_what_is_for_development_is_no_release(package: ModuleType, tmp_path: Path) -> None:
    """The checkout itself is none; it is once a makers' key and an address are in their places."""
    key = (ROOT / "resources" / "keys" / "development.toml").read_text(encoding="utf-8")
    assert "is a key of development" in package.no_release(ROOT / "resources" / "keys", "who@example.org")
    assert "no key is trusted" in package.no_release(tmp_path, "who@example.org")
    makers = tmp_path / "makers.toml"
    makers.write_text(key.replace("development = true\n", ""), encoding="utf-8")
    assert package.no_release(tmp_path, "who@example.org") == ""
    assert "reaches nobody" in package.no_release(tmp_path, package.ADDRESS)
    makers.write_text(key.replace("development = true\n", 'revoked = "lost"\n'), encoding="utf-8")
    assert "no key is trusted" in package.no_release(tmp_path, "who@example.org")
    makers.write_text(key, encoding="utf-8")
    assert "makers.toml is a key of development" in package.no_release(tmp_path, "who@example.org")


def test_a_release_is_refused_before_anything_is_made() -> None:
    before = sorted((ROOT / "build").glob("*"))
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "package.py"), "--release"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("This is no release: development.toml is a key of development.")
    assert sorted((ROOT / "build").glob("*")) == before
