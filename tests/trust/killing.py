"""Programs that save without end, killed at random moments; what they leave is the old, the new, or damage."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import ROOT

#: What is saved, as a program: it makes two contents, says their digests, and saves them by turns without end.
_BEGIN = """
import hashlib, sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
folder = Path({folder!r})
from core import files
"""
_END = """
begun = time.perf_counter()
for one in contents:
    save(one)
print(*(hashlib.sha256(one).hexdigest() for one in contents), time.perf_counter() - begun, flush=True)
while True:
    for one in contents:
        save(one)
"""
KINDS: dict[str, str] = {
    "settings": """
path = folder / "settings.json"
contents = (b'{"theme":"dark"}' * 900, b'{"theme":"light"}' * 1200)
def save(data):
    files.save_bytes(path, data, private=True, keep_last=True)
""",
    "consult": """
from core import consult_file
from core.consult import make_consult
from core.pack.read import load_builtin
pack = load_builtin()
path = folder / "a.cellroute"
both = [make_consult(pack, "ards"), make_consult(pack, "knee_osteoarthritis", asked="iv", has=["ultrasound"])]
contents = [consult_file.encode(one) for one in both]
def save(data):
    consult_file.save(path, both[contents.index(data)])
""",
    "handout": """
path = folder / "handout.pdf"
contents = (b"%PDF-1.7 " * 20_000, b"%PDF-1.7 " * 12_000)
def save(data):
    files.save_bytes(path, data)
""",
    "evidence": """
from datetime import date
from core.pack import installed
from core.pack.read import load_builtin
pack = load_builtin()
path = folder / "data" / "packs" / "in-force.json"
contents = [b"1", b"2"]
day = date.fromisoformat(pack.date)
def save(data):
    installed.install(folder / (data.decode() + ".pack"), folder / "data", pack, today=day, older=True)
""",
    "way back": """
from datetime import date
from core.pack import installed
from core.pack.read import load_builtin
pack = load_builtin()
day = date.fromisoformat(pack.date)
if not (folder / "data" / "packs" / "in-force.json").exists():
    for name in ("1.pack", "2.pack"):
        installed.install(folder / name, folder / "data", pack, today=day, older=True)
contents = [b"1", b"2"]
def save(data):
    installed.roll_back(folder / "data")
""",
}
#: Rounds of saving within which a kill falls, and the fewest seconds.
ROUNDS, FEWEST = 1.5, 0.02
PLAIN = """
path = folder / "plain"
contents = (b"old " * 30_000, b"new " * 50_000)
def save(data):
    path.write_bytes(data)
"""


@dataclass
class Found:
    """What was left after the kills."""

    old: int = 0
    new: int = 0
    damaged: int = 0


class Kills:
    """A kind of saving in a folder; `many` kills it as often as told."""

    def __init__(self, kind: str, folder: Path, seed: int, *, nameless: bool = True) -> None:
        """`nameless` off: as on a system where a file cannot be made without a name."""
        self.kind, self.folder = kind, folder / kind
        self.folder.mkdir(parents=True, exist_ok=True)
        self._chance = random.Random(seed)
        body = PLAIN if kind == "plain" else KINDS[kind]
        begin = _BEGIN.format(root=str(ROOT), folder=str(self.folder))
        self._child = begin + ("" if nameless else "files.save._NAMELESS = 0\n") + body + _END
        self._check = self._evidence if kind in ("evidence", "way back") else self._file
        if self._check == self._evidence:
            _make_evidence(self.folder)

    def many(self, times: int) -> Found:
        """Kill `times` times; each time a fresh program goes on from what the last one left."""
        found = Found()
        for _ in range(times):
            digests = self._kill_one()
            which = self._check(digests)
            found.old += which == 0
            found.new += which == 1
            found.damaged += which is None
        return found

    def _kill_one(self) -> list[str]:
        with subprocess.Popen([sys.executable, "-c", self._child], stdout=subprocess.PIPE, encoding="utf-8") as child:
            assert child.stdout is not None
            *digests, seconds = child.stdout.readline().split()
            end = time.perf_counter() + self._chance.uniform(0.0, max(FEWEST, ROUNDS * float(seconds)))
            while time.perf_counter() < end:
                pass
            child.send_signal(signal.SIGKILL)
        assert len(digests) == 2
        return digests

    def _file(self, digests: list[str]) -> int | None:
        """Which of the two contents the file holds; 0 too while nothing was saved yet."""
        import hashlib

        [path] = [one for one in self.folder.iterdir() if one.suffix != ".last" and not one.name.startswith(".")] or [
            None
        ]
        if path is None:
            return 0
        held = hashlib.sha256(path.read_bytes()).hexdigest()
        return digests.index(held) if held in digests else None

    def _evidence(self, _digests: list[str]) -> int | None:
        """Which evidence is in force; damage too is a way back that leads nowhere, or a lock that stays."""
        from core.errors import CellRouteError
        from core.files import hold
        from core.pack.installed import read_choice, shelf
        from core.pack.read import load_builtin

        data = self.folder / "data"
        if not (data / "packs" / "in-force.json").exists():
            return 0
        try:
            choice, held = read_choice(data), shelf(data, load_builtin())
            lock = hold(data / "packs" / "lock")
        except CellRouteError:
            return None
        if held.problem or held.before is None or choice.file is None or lock is None:
            return None
        lock.release()
        return 1 if held.present.pack.version == "2027.02" else 0


#: Every call that changes a disk; a kill between any two of them is one as the second begins.
CALLS = (
    "write", "pwrite64", "link", "linkat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "fsync",
    "fdatasync", "ftruncate", "mkdir", "flock", "fchmod",
)  # fmt: skip
_ONCE = """
import sys
from datetime import date
from pathlib import Path
sys.path.insert(0, {root!r})
from core.pack import installed
from core.pack.read import load_builtin
pack, folder = load_builtin(), Path({folder!r})
day = date.fromisoformat(pack.date)
{step}
"""
_BRING = 'installed.install(folder / "{}.pack", folder / "data", pack, today=day)'
#: What is done before, and the step that is killed.
STEPS = {
    "evidence": ([_BRING.format(1)], _BRING.format(2)),
    "way back": ([_BRING.format(1), _BRING.format(2)], 'installed.roll_back(folder / "data")'),
}


def at_every_call(kind: str, folder: Path) -> Found:
    """Kills one step at each of its calls that change the disk, each time from the same beginning."""
    before, step = STEPS[kind]
    begun, traced = Kills(kind, folder / "begun", seed=0).folder, folder / "trace"
    for one in before:
        _run(_ONCE.format(root=str(ROOT), folder=str(begun), step=one))
    old, found = _version(begun), Found()
    place = folder / "place"
    kills = Kills(kind, place, seed=0)

    def once(*options: str) -> int:
        shutil.rmtree(kills.folder)
        shutil.copytree(begun, kills.folder)
        program = _ONCE.format(root=str(ROOT), folder=str(kills.folder), step=step)
        return _run(program, ["strace", "-f", "-qq", "-o", str(traced), *options])

    assert once(f"-etrace={','.join(CALLS)}") == 0
    new = _version(kills.folder)
    made = re.findall(r"^\d+ +(\w+)\(", traced.read_text(encoding="utf-8"), re.MULTILINE)
    for call, many in Counter(made).items():
        for number in range(1, many + 1):
            assert once(f"-einject={call}:signal=KILL:when={number}") == -signal.SIGKILL
            held = None if kills._check([]) is None else _version(kills.folder)
            found.old += held == old
            found.new += held == new
            found.damaged += held not in (old, new)
    return found


def _version(folder: Path) -> str:
    from core.pack.read import load_current

    return load_current(folder / "data").version


def _run(program: str, before: Sequence[str] = ()) -> int:
    """The exit code of a program; nothing of Python's own is written by it."""
    command = [*before, sys.executable, "-B", "-c", program]
    return subprocess.run(command, capture_output=True, check=False).returncode


def _make_evidence(folder: Path) -> None:
    from core.pack.read import load_builtin
    from tests.core.pack.signing import make_signer

    signer = make_signer(folder, load_builtin())
    for name, version in (("1", "2027.01"), ("2", "2027.02")):
        signer.signed(f"{name}.pack", version=version)


def main(times: int, seed: int, kinds: Sequence[str] = ()) -> int:
    """Spreads the kills over the kinds of saving that are named, or all, and prints what they left."""
    import tempfile

    damaged = 0
    chosen = list(kinds) or list(KINDS)
    with tempfile.TemporaryDirectory() as place:
        for kind in chosen:
            share = -(-times // len(chosen))
            found = Kills(kind, Path(place), seed).many(share)
            damaged += found.damaged
            print(f"{kind:<10} {share:>5} kills: {found.old} left the old, {found.new} the new, {found.damaged} damage")
    print(f"{times} kills, {damaged} damaged (seed {seed})", flush=True)
    return 1 if damaged else 0
