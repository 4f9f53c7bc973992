"""Proves the packages on a bare machine: `python3 run.py package-test`, on Debian, as root. Standard library only.

A fresh Debian without Python is made with debootstrap (and kept in build/ for the next time). In it, cut off from every
network, the .deb is installed, an ordinary user opens the window, makes a ranking, a batch and a handout, the package
is removed, and every file that was there before is compared. Then the same user starts the portable archive.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD, DIST = ROOT / "build", ROOT / "dist"
SUITE = os.environ.get("CELLROUTE_SUITE") or platform.freedesktop_os_release().get("VERSION_CODENAME", "bookworm")
BARE = BUILD / "bare"
TEMPLATE = BUILD / f"bare-{SUITE}.tar"
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
USER = "clinician"
HOME = "/home/Zoë Ünal"  # a name that programs stumble over
#: What may stay in a home: the user's settings and consults, and what the system's font library keeps for everybody.
MAY_STAY = (".config/cellroute/", ".local/share/cellroute/", ".cache/fontconfig/")
OURS = ("usr/lib/cellroute", "usr/bin/cellroute", "usr/share/applications/cellroute.desktop")
#: What dpkg and apt note down about any package, and what the system writes by itself.
THEIRS = ("var/lib/dpkg/", "var/lib/apt/", "var/log/", "var/cache/", "etc/ld.so.cache", "tmp/", "proc/", "sys/", "dev/")
#: Enough of them that a second process is worth it.
DOSES = range(1, 200)
CONSULTS = "condition,route,dose\n" + "".join(f"copd,iv,{dose}e6\n" for dose in DOSES) + "no_such_thing,,\n"

#: Only printing and Wayland use them, and Qt goes on without them; so the package only recommends them.
RECOMMENDED = {"libcups.so.2", "libwayland-cursor.so.0"}


class Failed(Exception):  # noqa: N818
    """A check that did not hold; the text says which."""


def main() -> int:
    """Run every check in order; 0 when all hold."""
    if os.geteuid() != 0:
        print("package-test makes a system of its own and needs root for that: sudo python3 run.py package-test")
        return 1
    package, archive = newest("cellroute_*.deb"), newest("cellroute-*-linux-*.tar.gz")
    started = time.monotonic()
    try:
        bare_system()
        with mounted(), screen() as display:
            prepare(package, archive)
            for check in (
                no_python,
                no_network,
                installs,
                every_library_is_found,
                every_module_is_there,
                checks_itself,
                ranking,
                many_consults,
                handout,
                lambda: window(display, "cellroute", "window"),
                no_display_is_said,
                lambda: a_missing_library_is_said(display),
                removed,
                lambda: portable(archive, display),
            ):
                step(check)
    except Failed as failed:
        print(f"FAILED: {failed}")
        return 1
    print(f"all held in {time.monotonic() - started:.0f} s; pictures and the handout are in {DIST / 'proof'}")
    return 0


def step(check: Callable[[], str]) -> None:
    """Run one check and say what it saw."""
    began = time.monotonic()
    said = check()
    print(f"{time.monotonic() - began:6.1f} s  {said}", flush=True)


def newest(pattern: str) -> Path:
    """The file that was built last."""
    found = sorted(DIST.glob(pattern), key=lambda one: one.stat().st_mtime)
    if not found:
        sys.exit(f"dist/{pattern} is not there. Build it first: python3 run.py package")
    return found[-1]


# -- the bare system ---------------------------------------------------------------------------------------------


def bare_system() -> None:
    """Unpack a fresh system; make it first where none was kept."""
    if not TEMPLATE.exists():
        folder = BUILD / "bare-new"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        address, parts = mirror()
        host(["debootstrap", "--variant=minbase", f"--components={parts}", SUITE, str(folder), address], quiet=True)
        host(["tar", "-C", str(folder), "-cf", f"{TEMPLATE}.part", "."])
        os.replace(f"{TEMPLATE}.part", TEMPLATE)
        shutil.rmtree(folder)
    if BARE.exists():
        if any(line.split()[1].startswith(str(BARE)) for line in Path("/proc/mounts").read_text().splitlines()):
            raise Failed(f"something is still mounted below {BARE}; unmount it first")
        shutil.rmtree(BARE)
    BARE.mkdir(parents=True)
    host(["tar", "-C", str(BARE), "-xf", str(TEMPLATE)])


def mirror() -> tuple[str, str]:
    """Where this machine gets its system from, and which parts of it the packages may come from."""
    targets = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(ORIGIN) $(CODENAME)", "Created-By: Packages"]
    return source_of(SUITE, host(targets))


def source_of(suite: str, said: str) -> tuple[str, str]:
    """Address and parts of a release, from what apt says of its sources: address, origin and release in each line."""
    for line in said.splitlines():
        address, origin, codename = line.split()[:3]
        if origin not in ("Debian", "Ubuntu") or codename != suite:
            continue
        if address.startswith("mirror+file:"):  # a file that names several, as build machines have
            address = Path(address.removeprefix("mirror+file:")).read_text(encoding="utf-8").split()[0]
        return address, {"Debian": "main", "Ubuntu": "main,universe"}[origin]
    raise Failed(f"apt on this machine knows no source of {suite}")


@contextmanager
def mounted() -> Iterator[None]:
    """The kernel's folders inside the system while it is used."""
    places = [
        ("proc", ["-t", "proc", "proc"]),
        ("dev", ["--rbind", "/dev"]),
        ("tmp/.X11-unix", ["--bind", "/tmp/.X11-unix"]),
    ]
    Path("/tmp/.X11-unix").mkdir(mode=0o1777, exist_ok=True)
    done: list[str] = []
    try:
        for inside, how in places:
            target = BARE / inside
            target.mkdir(parents=True, exist_ok=True)
            host(["mount", *how, str(target)])
            if "--rbind" in how:
                host(["mount", "--make-rslave", str(target)])
            done.append(str(target))
        yield
    finally:
        for target in reversed(done):
            subprocess.run(["umount", "-R", "-l", target], check=False)


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen outside the system, so that nothing of its own libraries is inside."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-ac"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with open(reading, encoding="ascii") as line:
            yield ":" + line.readline().strip()
    finally:
        server.terminate()
        server.wait()


def prepare(package: Path, archive: Path) -> None:
    """Bring in the files, a user, and what the package depends on (downloaded, not yet installed)."""
    for name in ("resolv.conf", "hosts"):
        shutil.copy(f"/etc/{name}", BARE / "etc" / name)
    for file in (package, archive):
        shutil.copy(file, BARE / "opt")
    inside(["useradd", "--create-home", "--home-dir", HOME, USER], network=True)
    (BARE / HOME[1:] / "letter.txt").write_text("mine\n", encoding="utf-8")
    (BARE / HOME[1:] / "consults.csv").write_text(CONSULTS, encoding="utf-8")
    host(["chown", "-R", f"{uid()}:{uid()}", str(BARE / HOME[1:])])
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    inside([*quiet, "update"], network=True)
    install = [*quiet, "install", "-y", "--no-install-recommends"]
    inside([*install, "--download-only", f"/opt/{package.name}"], network=True)
    shutil.rmtree(DIST / "proof", ignore_errors=True)
    (DIST / "proof").mkdir(parents=True)


def uid() -> str:
    """The number of the ordinary user inside."""
    for line in (BARE / "etc/passwd").read_text(encoding="utf-8").splitlines():
        if line.startswith(USER + ":"):
            return line.split(":")[2]
    raise Failed("the user was not made")


def host(command: list[str], quiet: bool = False) -> str:
    """Run a command on this machine; what it says."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise Failed(f"{' '.join(command[:3])} ...: {(done.stderr or done.stdout).strip()[-600:]}")
    return "" if quiet else done.stdout


def call(
    command: list[str], *, user: bool = False, network: bool = False, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command inside the system, without any network unless it is asked for."""
    home = HOME if user else "/root"
    environment = {"PATH": PATH, "HOME": home, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", **more}
    who = [f"--userspec={uid()}:{uid()}"] if user else []
    cut = [] if network else ["unshare", "-n"]
    setting = [f"{name}={value}" for name, value in environment.items()]
    there = ["sh", "-c", 'cd "$HOME" && exec "$@"', "sh", *command]
    line = [*cut, "chroot", *who, str(BARE), "/usr/bin/env", "-i", *setting, *there]
    return subprocess.run(line, capture_output=True, encoding="utf-8", check=False, timeout=900)


def inside(command: list[str], *, user: bool = False, network: bool = False, **more: str) -> str:
    """The same, and it must end well."""
    done = call(command, user=user, network=network, **more)
    said = (done.stderr or done.stdout)[-800:]
    expect(done.returncode == 0, f"{' '.join(command[:4])}: exit {done.returncode}: {said}")
    expect(not user or not done.stderr, f"{' '.join(command[:4])} complained: {said}")
    return done.stdout


def expect(held: object, otherwise: str) -> None:
    """Go on only when something holds."""
    if not held:
        raise Failed(otherwise)


# -- the checks --------------------------------------------------------------------------------------------------


def no_python() -> str:
    """Nothing inside can run a Python program."""
    found = [one for folder in ("usr/bin", "usr/local/bin") for one in (BARE / folder).glob("python*")]
    expect(not found, f"the bare system has {found}")
    return "the system has no Python"


def no_network() -> str:
    """Inside there is not even a loopback that is up."""
    state = inside(["cat", "/proc/net/route"])
    expect(len(state.splitlines()) <= 1, "there is a route to a network")
    return "the system has no network"


def installs() -> str:
    """The package goes in with what it declares, from what was downloaded."""
    package = next((BARE / "opt").glob("*.deb")).name
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "install", "-y", "--no-install-recommends", "--no-download"]
    # First the dependencies alone, so that what remains after removal can be told from what they brought.
    depends = inside(["dpkg-deb", "--field", f"/opt/{package}", "Depends"]).strip()
    names = [one.split("|")[0].split("(")[0].strip() for one in depends.split(",")]
    inside([*quiet, *names])
    global before
    before = snapshot()
    inside(["dpkg", "--install", f"/opt/{package}"])
    for one in OURS:
        expect((BARE / one).exists() or (BARE / one).is_symlink(), f"{one} was not installed")
    count = len(inside(["dpkg-query", "-W"]).splitlines())
    return f"{package} is installed; the whole system has {count} packages"


before: dict[str, tuple[int, int]] = {}


def snapshot() -> dict[str, tuple[int, int]]:
    """Size and time of change of every file that is neither the user's nor the package manager's own."""
    found = {}
    for folder, folders, files in os.walk(BARE):
        place = os.path.relpath(folder, BARE)
        folders[:] = [one for one in folders if not os.path.ismount(os.path.join(folder, one))]
        for name in (*files, *folders):
            path = os.path.normpath(os.path.join(place, name))
            if path.startswith(THEIRS) or path.startswith(HOME[1:]) or path + "/" in THEIRS:
                continue
            state = os.lstat(os.path.join(folder, name))
            found[path] = (0, 0) if name in folders else (state.st_size, int(state.st_mtime))
    return found


def every_library_is_found() -> str:
    """No library in the bundle needs one that is neither in it nor declared."""
    libraries = [one for one in (BARE / "usr/lib/cellroute").rglob("*.so*") if one.is_file()]
    missing = []
    for one in libraries:
        path = "/" + str(one.relative_to(BARE))
        # What the program loads first finds the others through its own paths; alone they look beside themselves.
        said = inside(["ldd", path], LD_LIBRARY_PATH=search_path())
        wanted = {line.split()[0] for line in said.splitlines() if "not found" in line}
        missing += [f"{one.name}: {name}" for name in sorted(wanted - RECOMMENDED)]
    expect(not missing, f"libraries are missing: {missing}")
    return f"all that {len(libraries)} libraries need is there"


def search_path() -> str:
    """The folders of the bundle that hold libraries."""
    folders = {one.parent for one in (BARE / "usr/lib/cellroute").rglob("*.so*")}
    return ":".join("/" + str(one.relative_to(BARE)) for one in sorted(folders))


def every_module_is_there() -> str:
    """What is imported by name, such as a panel when its tab is opened, is in the bundle too."""
    rooms = [one for room in ("core", "ui") for one in (ROOT / room).rglob("*.py")]
    bundle = BARE / "usr/lib/cellroute/_internal"
    missing = [str(one) for one in rooms if not (bundle / one.relative_to(ROOT).with_suffix(".pyc")).exists()]
    expect(not missing, f"modules are missing: {missing}")
    return f"all {len(rooms)} modules are in the bundle"


def checks_itself() -> str:
    """The program's own check of libraries, evidence, folders, ranking and handout."""
    lines = inside(["cellroute", "selfcheck"], user=True).strip().splitlines()
    return f"selfcheck: {lines[-1]}"


def ranking() -> str:
    """A ranking, as text for other programs."""
    told = json.loads(
        inside(["cellroute", "rank", "--condition", "knee_osteoarthritis", "--route", "iv", "--json"], user=True)
    )
    expect(told["verdict"] == "ranked", "the knee is not ranked")
    by_vein = next(one for one in told["procedures"] if one["route"] == "iv")
    first = next(one for one in told["procedures"] if one["rank"] == 1)
    expect(first["delivered"]["median"] > by_vein["delivered"]["median"], "the vein comes first")
    return f"ranked: {first['procedure']} first; by vein {by_vein['cells_per_million']:.0f} cells of a million"


def many_consults() -> str:
    """A batch on two processes of the bundle."""
    command = ["cellroute", "rank", "--batch", "consults.csv", "--out", "results.jsonl", "--jobs", "2"]
    done = call(command, user=True)
    expect(done.returncode == 1, f"the batch with one wrong row ended with {done.returncode}: {done.stderr}")
    lines = (BARE / HOME[1:] / "results.jsonl").read_text(encoding="utf-8").splitlines()
    wrong = [bool(json.loads(one)["error"]) for one in lines]
    expect(wrong == [*[False] * len(DOSES), True], "the batch says something else")
    return f"a batch of {len(lines)} consults, the last of them wrong, gives as many lines"


def handout() -> str:
    """The sheet for the patient."""
    said = inside(
        ["cellroute", "handout", "--condition", "knee_osteoarthritis", "--route", "iv", "--output", "sheet.pdf"],
        user=True,
    )
    data = (BARE / HOME[1:] / "sheet.pdf").read_bytes()
    expect(data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"), "the handout is no PDF")
    shutil.copy(BARE / HOME[1:] / "sheet.pdf", DIST / "proof")
    return f"{said.strip()} ({len(data)} bytes)"


def window(display: str, program: str, name: str) -> str:
    """The window opens on a real screen, paints, and its picture shows a finding."""
    inside([program, "--quit-after-paint"], user=True, DISPLAY=display)
    consult = {
        "kind": "cellroute consult",
        "scheme": 1,
        "consult": {"condition": "knee_osteoarthritis", "target": "knee_joint", "asked": "iv"},
    }
    file = BARE / HOME[1:] / "knie größer.cellroute"
    file.write_text(json.dumps(consult), encoding="utf-8")
    picture = f"{name}.png"
    inside([program, "--consult", file.name, "--screenshot", picture], user=True, DISPLAY=display)
    data = (BARE / HOME[1:] / picture).read_bytes()
    width, height, colours = look(data)
    expect((width, height) == (1366, 768), f"the picture is {width}x{height}")
    expect(colours > 100, f"the window shows {colours} colours, as an empty one does")
    shutil.copy(BARE / HOME[1:] / picture, DIST / "proof")
    return f"the window opens, paints and shows a consult ({colours} colours)"


def look(png: bytes) -> tuple[int, int, int]:
    """Width, height and number of colours of a picture in 8-bit RGB or RGBA."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    expect(depth == 8 and kind in (2, 6), f"the picture is of kind {kind} with {depth} bits")
    data, place = b"", 8
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place : place + 8])
        if name == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += 12 + length
    step_ = {2: 3, 6: 4}[kind]
    flat, line = zlib.decompress(data), bytearray(width * step_)
    colours = set()
    for row in range(height):
        start = row * (width * step_ + 1)
        line = unfiltered(flat[start], flat[start + 1 : start + 1 + width * step_], line, step_)
        if row % 4 == 0:
            colours |= {bytes(line[at : at + 3]) for at in range(0, len(line), step_)}
    return width, height, len(colours)


def unfiltered(kind: int, coded: bytes, above: bytearray, step_: int) -> bytearray:
    """A line of a PNG with its filter undone (ISO/IEC 15948, section 9)."""
    line = bytearray(coded)
    if kind == 2:
        return bytearray((now + up) & 255 for now, up in zip(line, above, strict=True))
    for at in range(len(line)) if kind else ():
        left = line[at - step_] if at >= step_ else 0
        corner = above[at - step_] if at >= step_ else 0
        up = above[at]
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + up) // 2
        else:
            near = left + up - corner
            guess = min((left, up, corner), key=lambda one: abs(near - one))
        line[at] = (line[at] + guess) & 255
    return line


def no_display_is_said() -> str:
    """Without a display there is one sentence and no crash."""
    return one_sentence(call(["cellroute"], user=True), "no display")


def a_missing_library_is_said(display: str) -> str:
    """Where a library that Qt needs is missing, the package is named."""
    library = next((BARE / "usr/lib").rglob("libxcb-cursor.so.0"))
    hidden = library.with_name("hidden")
    library.rename(hidden)
    try:
        return one_sentence(call(["cellroute"], user=True, DISPLAY=display), "apt-get install libxcb-cursor0")
    finally:
        hidden.rename(library)


def one_sentence(done: subprocess.CompletedProcess[str], part: str) -> str:
    """What stands on stderr when it is what should be said."""
    held = done.returncode == 2 and part in done.stderr and done.stderr.count("\n") == 1
    expect(held, f"instead of “{part}” it said, with exit {done.returncode}: {done.stderr[-600:]}")
    return f"said: {done.stderr.strip()}"


def removed() -> str:
    """Gone without a trace, and the user's files are as they were."""
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "purge", "-y"]
    inside([*quiet, "cellroute"])
    after = snapshot()
    left = sorted(set(after) - set(before))
    gone = sorted(set(before) - set(after))
    changed = sorted(one for one in before if one in after and before[one] != after[one])
    expect(not (left or gone or changed), f"left: {left[:9]}, gone: {gone[:9]}, changed: {changed[:9]}")
    expect(leftovers() == set(), f"in the user's home lies {leftovers()}")
    return f"removed; {len(after)} files of the system are as before, the user's files are there"


def leftovers() -> set[str]:
    """What lies in the user's home besides the settings and what the user made or asked for."""
    home = BARE / HOME[1:]
    expect((home / "letter.txt").read_text(encoding="utf-8") == "mine\n", "the user's letter was touched")
    asked = {
        "letter.txt",
        "consults.csv",
        "results.jsonl",
        "sheet.pdf",
        "window.png",
        "portable.png",
        "knie größer.cellroute",
    }
    skeleton = {one.name for one in (BARE / "etc/skel").iterdir()}
    found = {str(one.relative_to(home)) for one in home.rglob("*") if one.is_file()}
    return {one for one in found if one not in asked | skeleton and not one.startswith(MAY_STAY)}


def portable(archive: Path, display: str) -> str:
    """The archive, unpacked in a folder with a difficult name, starts and leaves nothing outside it."""
    folder = f"{HOME}/USB-Stick Größe 1"
    inside(["mkdir", folder], user=True)
    inside(["tar", "-C", folder, "-xzf", f"/opt/{archive.name}"], user=True)
    program = f"{folder}/{next((BARE / folder[1:]).iterdir()).name}/cellroute"
    said = inside([program, "--version"], user=True)
    window(display, program, "portable")
    shutil.rmtree(BARE / folder[1:])
    expect(leftovers() == set(), f"in the user's home lies {leftovers()}")
    return f"the portable archive starts: {said.strip()}"


if __name__ == "__main__":
    sys.exit(main())
