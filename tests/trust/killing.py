"""Programs that save without end, killed at random moments; what they leave is the old, the new, or damage."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]

#: What is saved, as a program: it makes two contents, says their digests, and saves them by turns without end.
_BEGIN = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, {root!r})
folder = Path({folder!r})
from core import files
"""
_END = """
print(*(hashlib.sha256(one).hexdigest() for one in contents), flush=True)
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
def save(data):
    day = date.fromisoformat(pack.date)
    installed.install(folder / (data.decode() + ".pack"), folder / "data", pack, today=day, older=True)
""",
}
#: Seconds within which a kill falls; long enough that both contents are saved a few times.
SLOWEST = {"evidence": 0.6}
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

    def __init__(self, kind: str, folder: Path, seed: int) -> None:
        self.kind, self.folder = kind, folder / kind
        self.folder.mkdir(exist_ok=True)
        self._chance = random.Random(seed)
        body = PLAIN if kind == "plain" else KINDS[kind]
        self._child = _BEGIN.format(root=str(ROOT), folder=str(self.folder)) + body + _END
        self._check = self._evidence if kind == "evidence" else self._file
        if kind == "evidence":
            _make_evidence(self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        return

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
            digests = child.stdout.readline().split()
            end = time.perf_counter() + self._chance.uniform(0.0, SLOWEST.get(self.kind, 0.03))
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
        """Which evidence is in force."""
        from core.errors import CellRouteError
        from core.pack.read import load_current

        try:
            version = load_current(self.folder / "data").version
        except CellRouteError:
            return None
        return 1 if version == "2027.02" else 0


def _make_evidence(folder: Path) -> None:
    from core.pack.read import load_builtin
    from tests.core.pack.signing import make_signer

    signer = make_signer(folder, load_builtin())
    for name, version in (("1", "2027.01"), ("2", "2027.02")):
        signer.signed(f"{name}.pack", version=version)


def main(times: int, seed: int) -> int:
    """Spreads the kills over all kinds of saving and prints what they left."""
    import tempfile

    damaged = 0
    with tempfile.TemporaryDirectory() as place:
        for kind in KINDS:
            share = times // len(KINDS) + 1
            with Kills(kind, Path(place), seed) as kills:
                found = kills.many(share)
            damaged += found.damaged
            print(f"{kind:<10} {share:>5} kills: {found.old} left the old, {found.new} the new, {found.damaged} damage")
    print(f"{times} kills, {damaged} damaged (seed {seed})", flush=True)
    return 1 if damaged else 0
