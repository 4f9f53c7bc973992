"""Makes the bundle of this system and what is given away: `python3 run.py package`. Standard library only.

With `--release` it refuses what no release may hold: a key of development, or an address that stands for another.

    dist/cellroute-VERSION-SYSTEM.tar.gz   portable: unpack anywhere and start (.zip on Windows and macOS)
    dist/cellroute_VERSION_ARCH.deb        for Debian and Ubuntu

Two runs on one commit give the same bytes: dates are those of the commit (or SOURCE_DATE_EPOCH), names are sorted,
owners are root, hashing is fixed. packaging/windows and packaging/macos hold what is made there from the same bundle.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))  # a script finds what lies beside it, and run.py above it

from run import packages_of
from third_party import locked

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "packaging"
KEYS = ROOT / "resources" / "keys"
BUILD, DIST = ROOT / "build", ROOT / "dist"
VENV = BUILD / "venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = (ROOT / "requirements.lock", HERE / "build.lock")
BUNDLE = BUILD / "bundle" / "cellroute"
MAC_APP = BUNDLE.parent / "CellRoute.app"

CONTROL = """\
Package: cellroute
Version: {version}
Architecture: {architecture}
Maintainer: The CellRoute maintainers <{address}>
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: libcups2, libwayland-cursor0
Section: science
Priority: optional
Description: which way of giving cells places how many of them in the target
 CellRoute ranks, during a consult, every way of getting cells to a target by
 the share that arrives and by what the procedure requires, shows why, and
 prints a sheet that the patient takes home. It needs no network and stores
 nothing about a patient. How many cells arrive is not how much they help.
"""
UNDATED = 1_767_225_600
"""2026-01-01, for sources that came without their history."""
ADDRESS = "maintainers@cellroute.invalid"


def main() -> None:
    """Everything that can be made on this system."""
    if sys.argv[1:] not in ([], ["--release"]):
        sys.exit("Say nothing, or --release.")
    wrong = no_release(KEYS, ADDRESS)
    if wrong and sys.argv[1:]:
        sys.exit(f"This is no release: {wrong}")
    epoch = when()
    made = bundle(epoch)
    DIST.mkdir(exist_ok=True)
    results = [portable(made, DIST, version(), epoch)]
    if sys.platform == "linux" and shutil.which("dpkg-deb"):
        results.append(debian(made, DIST, version(), epoch))
    sums = DIST / "SHA256SUMS"
    lines = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in results]
    sums.write_text("".join(lines), encoding="utf-8")
    print(f"bundle: {size(made) / 1e6:.0f} MB in {sum(1 for _ in files(made))} files")
    for one in results:
        print(f"{one.relative_to(ROOT)}: {one.stat().st_size / 1e6:.1f} MB")
    if wrong:
        print(f"Made for development, not to be given to clinics: {wrong}")


def no_release(keys: Path, address: str) -> str:
    """Why what is made of this checkout is not for clinics ("": it may be)."""
    held = {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(keys.glob("*.toml"))}
    development = [name for name, key in held.items() if key.get("development")]
    if development:
        return f"{development[0]} is a key of development. Put the makers' key in its place (docs/SECURITY.md, Keys)."
    if not [key for key in held.values() if not key.get("revoked")]:
        return "no key is trusted, so no evidence could ever be brought in (docs/SECURITY.md, Keys)."
    if address.endswith(".invalid"):
        return f"“{address}” reaches nobody. Put the publisher's there (packaging/package.py; docs/SECURITY.md)."
    return ""


def version() -> str:
    """The version, which stands in core/__init__.py and nowhere else that is read."""
    text = (ROOT / "core" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    assert found, "core/__init__.py holds no version"
    return found[1]


def when() -> int:
    """Seconds since 1970 that every file is dated with: SOURCE_DATE_EPOCH, else the commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        said = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    except FileNotFoundError:  # a bare machine has the sources, but no git to ask
        return UNDATED
    return int(said.stdout) if said.returncode == 0 and said.stdout.strip() else UNDATED


def bundle(epoch: int) -> Path:
    """Python, libraries and program in one folder."""
    environment()
    icons = BUILD / "icons"
    settings = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "CELLROUTE_ICONS": str(icons),
        "CELLROUTE_VERSION": version(),
    }
    call([str(PYTHON), str(HERE / "icons.py"), str(icons)], settings)
    work = ["--distpath", str(BUNDLE.parent), "--workpath", str(BUILD / "work"), "--noconfirm", "--clean"]
    call([str(PYTHON), "-m", "PyInstaller", "--log-level", "WARN", *work, str(HERE / "cellroute.spec")], settings)
    lighten(BUNDLE)
    licences(BUNDLE / "licences")
    settle(BUNDLE, epoch)
    if sys.platform == "darwin":  # signed anew by make_dmg.sh
        licences(MAC_APP / "Contents" / "Resources" / "licences")
        settle(MAC_APP, epoch)
    return BUNDLE


def lighten(folder: Path) -> None:
    """Take the debugging symbols out of Python's own libraries, a tenth of the bundle where Python was self-built.

    No other file may be stripped: it breaks numpy's OpenBLAS.
    """
    if sys.platform != "linux":
        return
    inside = folder / "_internal"
    own = [*inside.glob("libpython3*.so*"), *inside.glob("python3*/lib-dynload/*.so")]
    call(["strip", "--strip-debug", "--enable-deterministic-archives", *map(str, sorted(own))])


def environment() -> None:
    """An environment of its own that holds what both locks name, by hash."""
    state = "".join(hashlib.sha256(lock.read_bytes()).hexdigest() + "\n" for lock in LOCKS) + sys.version
    held = VENV / "installed-locks"
    if PYTHON.exists() and held.exists() and held.read_text(encoding="utf-8") == state:
        return
    call([sys.executable, "-m", "venv", "--clear", str(VENV)])
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    for lock in LOCKS:
        call([*pip, "--only-binary", ":all:", "-r", str(lock)])
    held.write_text(state, encoding="utf-8")


def call(command: list[str], settings: dict[str, str] | None = None) -> None:
    """Run a command; leave with its code when it fails."""
    done = subprocess.run(command, check=False, cwd=ROOT, env=settings)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed")


def licences(folder: Path) -> None:
    """Copy our licence and those of everything in the bundle beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", folder / "CellRoute.txt")
    shutil.copy(ROOT / "docs" / "THIRD_PARTY.md", folder)
    wanted = {name.lower().replace("-", "_") for name in locked("requirements.lock")}
    for info in sorted(VENV.rglob("*.dist-info")):
        name = info.name.rpartition("-")[0].lower().replace("-", "_")
        if name not in wanted:
            continue
        for file in sorted(info.rglob("*")):
            if file.is_file() and re.search(r"licen[cs]e|copying|notice|authors", file.name, re.IGNORECASE):
                inside = "-".join(file.relative_to(info).parts).removeprefix("licenses-")
                shutil.copy(file, folder / f"{name}-{inside}")
    python = Path(sys.base_prefix) / "LICENSE.txt"
    if python.exists():
        shutil.copy(python, folder / "Python.txt")


def files(folder: Path) -> list[Path]:
    """Every file and link of a folder, sorted by its name on every system alike."""
    found = [one for one in folder.rglob("*") if one.is_symlink() or one.is_file()]
    return sorted(found, key=lambda one: one.relative_to(folder).as_posix())


def size(folder: Path) -> int:
    """Bytes of a folder."""
    return sum(one.lstat().st_size for one in files(folder))


def settle(folder: Path, epoch: int) -> None:
    """Give every file the date of the commit and permissions that do not depend on who built."""
    for one in [*folder.rglob("*"), folder]:
        if one.is_symlink():
            continue
        if os.name == "posix":
            runs = one.is_dir() or one.stat().st_mode & 0o100
            one.chmod(0o755 if runs else 0o644)
        os.utime(one, (epoch, epoch))


def portable(made: Path, target: Path, number: str, epoch: int) -> Path:
    """The bundle as one file that is unpacked anywhere, also on a stick."""
    machine = platform.machine().lower().replace("amd64", "x86_64")
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    name = f"cellroute-{number}"
    if system == "linux":
        return tar(made, target / f"{name}-{system}-{machine}.tar.gz", name, epoch)
    return zipped(made, target / f"{name}-{system}-{machine}-portable.zip", name, epoch)


def tar(made: Path, target: Path, name: str, epoch: int) -> Path:
    """A .tar.gz whose bytes depend on the content alone."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = epoch
        return entry

    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=epoch) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for one in files(made):
            archive.add(one, f"{name}/{one.relative_to(made).as_posix()}", recursive=False, filter=plain)
    return target


def zipped(made: Path, target: Path, name: str, epoch: int) -> Path:
    """A .zip whose bytes depend on the content alone."""
    date = datetime.fromtimestamp(max(epoch, 315532800), UTC).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for one in files(made):
            entry = zipfile.ZipInfo(f"{name}/{one.relative_to(made).as_posix()}", date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = one.lstat().st_mode << 16
            archive.writestr(entry, os.readlink(one) if one.is_symlink() else one.read_bytes())
    return target


def debian(made: Path, target: Path, number: str, epoch: int) -> Path:
    """The package for Debian and Ubuntu. It has no scripts: nothing runs as root, and nothing stays behind."""
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(made, tree / "usr/lib/cellroute", symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/cellroute").symlink_to("../lib/cellroute/cellroute")
    share = tree / "usr/share"
    place(HERE / "linux/cellroute.desktop", share / "applications/cellroute.desktop")
    place(HERE / "linux/cellroute.xml", share / "mime/packages/cellroute.xml")
    for icon in (BUILD / "icons").glob("*.png"):
        sized = share / f"icons/hicolor/{icon.stem}x{icon.stem}"
        place(icon, sized / "apps/cellroute.png")
        place(icon, sized / "mimetypes/application-x-cellroute-consult.png")
    place(ROOT / "resources/icons/cellroute.svg", share / "icons/hicolor/scalable/apps/cellroute.svg")
    day = datetime.fromtimestamp(epoch, UTC).date().isoformat()
    manual = (
        (HERE / "linux/cellroute.1").read_text(encoding="utf-8").replace("@DATE@", day).replace("@VERSION@", number)
    )
    press(manual.encode(), share / "man/man1/cellroute.1.gz", epoch)
    press((ROOT / "CHANGELOG.md").read_bytes(), share / "doc/cellroute/changelog.gz", epoch)
    (share / "doc/cellroute/copyright").write_text(copyright_text(), encoding="utf-8")
    architecture = output(["dpkg", "--print-architecture"])
    control = CONTROL.format(
        version=number,
        architecture=architecture,
        address=ADDRESS,
        kilobytes=-(-size(tree) // 1024),
        depends=", ".join(dependencies(made)),
    )
    sums = "".join(
        f"{hashlib.md5(one.read_bytes(), usedforsecurity=False).hexdigest()}  {one.relative_to(tree).as_posix()}\n"
        for one in files(tree)
        if not one.is_symlink()
    )
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text(control, encoding="utf-8")
    (tree / "DEBIAN/md5sums").write_text(sums, encoding="utf-8")
    settle(tree, epoch)
    made_file = target / f"cellroute_{number}_{architecture}.deb"
    settings = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
    quiet = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--threads-max=1", "--build"]
    call([*quiet, str(tree), str(made_file)], settings)
    return made_file


def place(source: Path, target: Path) -> None:
    """Copy a file to where its folder may not be yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def press(data: bytes, target: Path, epoch: int) -> None:
    """Write data compressed, without the name and date that gzip would put in."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(data, 9, mtime=epoch))


def dependencies(made: Path) -> list[str]:
    """What the package needs of the system: the one list of them, with how new a C library the bundle asks for."""
    names = [" | ".join(either) for either in packages_of(["window", "bundle"])]
    major, minor = c_library(made)
    return sorted(f"libc6 (>= {major}.{minor})" if name == "libc6" else name for name in names)


def c_library(made: Path) -> tuple[int, int]:
    """The newest version of the C library that a program or library of the bundle names."""
    asked = [(2, 34)]  # what the wheels of Qt are made for
    for one in files(made):
        data = b"" if one.is_symlink() else one.read_bytes()
        if data.startswith(b"\x7fELF"):
            asked += [(int(major), int(minor)) for major, minor in re.findall(rb"\0GLIBC_(\d+)\.(\d+)", data)]
    return max(asked)


def copyright_text() -> str:
    """Under which licences what is in the package stands."""
    return (
        "CellRoute is under the Apache License 2.0; on Debian its text is /usr/share/common-licenses/Apache-2.0.\n"
        "Qt and PySide6 are used under the LGPL 3 (/usr/share/common-licenses/LGPL-3) and may be replaced: their\n"
        "libraries are the separate files in /usr/lib/cellroute/_internal/PySide6.\n"
        "Every licence of what else is in the package lies in /usr/lib/cellroute/licences.\n"
    )


def output(command: list[str]) -> str:
    """What a command says."""
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.strip()


if __name__ == "__main__":
    main()
