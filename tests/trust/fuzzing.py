"""Hostile input for everything that reads: whatever the bytes are, the answer is a value or one clear sentence.

`python3 run.py fuzz [CASES] [SEED] [TARGET...]` prints a line for each target and ends with 1 at the first other
exception, with the case that made it.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core import consult_file, journal
from core.consult import make_consult
from core.errors import CellRouteError
from core.handout.clean import clean, clean_logo
from core.numbers import parse_number
from core.pack.build import encode
from core.pack.installed import Choice, read_choice
from core.pack.keys import Key, read_key
from core.pack.overlay import read_overlay
from core.pack.read import decode, load_builtin, sound
from core.pack.signed import check_fit, opened, unseal
from core.places import NAME
from tests.core.pack.signing import sealed

LONGEST_CASE = 5.0  # seconds; on a slow machine under load, far above what any case takes
MOST_MEMORY = 700 * 1024  # kB

#: Bytes that have meaning somewhere.
_TOKENS = (
    b'"', b"{", b"}", b"[", b"]", b",", b":", b"\x00", b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"NaN",
    b"Infinity", b"-1", b"1e400", b"-0", b"99999999999999999999999", b"0.1", b"null", b"true", b'""', b"\\u0000",
    b"\\ud800", b"../", b"..\\", b"/etc/passwd", b"\\\\server\\share", b"%s%n", b"{0.__class__}", b"\n", b"\r",
    b"[" * 5000, b'{"a":' * 3000, b"A" * 20_000, b"'", b"#", b"=", b"[[", b"]]", b"__import__('os')",
    b"!!python/object",
)  # fmt: skip

_BREAKS = (
    "[" * 900,
    "{" * 900,
    "\u202e",
    "\u0000",
    "\ud800",
    "ｆｕｌｌ",
    "1,000",
    "1e999",
    "-5",
    "NaN",
    "../../x",
    "=",
    "a=b=c",
)


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """The seed with a few things done to it; now and then nothing but noise."""
    if chance.random() < 0.03:
        return chance.randbytes(chance.randrange(2000))
    data = bytearray(seed)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        place = chance.randrange(len(data) + 1)
        what = chance.randrange(8)
        if what == 0 and data:
            data[min(place, len(data) - 1)] ^= 1 << chance.randrange(8)
        elif what == 1:
            del data[place : place + chance.choice((1, 2, 10, 1000))]
        elif what == 2:
            data[place:place] = chance.choice(_TOKENS)
        elif what == 3:
            token = chance.choice(_TOKENS)
            data[place : place + len(token)] = token
        elif what == 4:
            del data[place:]
        elif what == 5:
            other = chance.randrange(len(data) + 1)
            data[place:place] = data[other : other + chance.randrange(200)]
        elif what == 6:
            data[place : place + 40] = bytes(min(40, len(data) - place))
        else:
            digits = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
            if digits:
                data[chance.choice(digits)] = chance.randrange(48, 58)
    return bytes(data)


class Fuzz:
    """The targets, each a function of bytes, and good bytes to begin from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pack = load_builtin()
        self.private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        raw = self.private.public_key().public_bytes_raw()
        import base64

        public = base64.b64encode(raw).decode()
        self.key = Key(holder="A", public=public, until="2100-01-01")
        self.small = _small(encode(self.pack.whole))
        self.consult = consult_file.encode(
            make_consult(self.pack, "knee_osteoarthritis", asked="iv", dose=5e7, has=["ultrasound", "ct"])
        )
        self.targets: dict[str, tuple[Callable[[bytes], object], bytes]] = {
            "pack": (lambda data: sound(data, "a.json"), self.small),
            "signed pack": (self._signed, self._sign(self.small)),
            "signed well": (self._signed_well, self.small),
            "consult": (lambda data: consult_file.decode(data, "a", self.pack), self.consult),
            "journal": (lambda data: journal.decode(data, self.pack), journal.encode(self._consult())),
            "overlay": (self._overlay, _OVERLAY),
            "key": (
                self._key,
                f'holder = "A"\npublic = "{public}"\nuntil = "2030-01-01"\n'.encode(),
            ),
            "choice": (self._choice, msgspec.json.encode(Choice(file="evidence-2027.01-0123456789abcdef.pack"))),
            "settings": (self._settings, b'{"theme":"dark","text_size":120,"recent":["a"],"window":[800,600]}'),
            "letterhead": (clean_logo, _picture("PNG")),
            "photograph": (clean_logo, _picture("JPEG")),
            "typed text": (self._typed, "Name Ünïcode 1,5 10 000 <b>&amp;</b> \u202e \u0000".encode()),
            "command line": (self._command, "\x00".join(_COMMAND).encode()),
        }

    def _consult(self) -> object:
        return consult_file.decode(self.consult, "a", self.pack)

    def _sign(self, payload: bytes, header: bytes | None = None) -> bytes:
        import hashlib

        if header is None:
            fields = {
                "version": self.pack.version, "date": self.pack.date, "expires": self.pack.expires,
                "min_program": "0.1.0", "sha256": hashlib.sha256(payload).hexdigest(), "size": len(payload),
            }  # fmt: skip
            header = msgspec.json.encode(fields)
        return sealed(header, payload, self.private)

    def _signed(self, data: bytes) -> object:
        return unseal(data, "a.pack", {self.key.id: self.key})

    def _signed_well(self, data: bytes) -> object:
        """Signed by a trusted key, whatever it is; sometimes the header is what was changed."""
        if len(data) % 3 == 0:
            header = mutated(self._sign(self.small).split(b"\n")[1], random.Random(data[:64]))
            signed = self._sign(self.small, header.replace(b"\n", b" "))
        else:
            signed = self._sign(data)
        found = unseal(signed, "a.pack", {self.key.id: self.key})
        check_fit(found.header, "a.pack", today=None, present="2020.1")
        return opened(found, "a.pack")

    def _overlay(self, data: bytes) -> object:
        return read_overlay(self._file("overlay.toml", data))

    def _key(self, data: bytes) -> object:
        return read_key(self._file("key.toml", data))

    def _choice(self, data: bytes) -> object:
        (self.folder / "packs").mkdir(exist_ok=True)
        self._file("packs/in-force.json", data)
        choice = read_choice(self.folder)
        for name in (choice.file, choice.previous):
            assert name is None or (self.folder / "packs" / name).parent == self.folder / "packs", "a path escaped"
        return choice

    def _settings(self, data: bytes) -> object:
        from ui.settings import SettingsFile

        folder = self.folder / "settings"
        folder.mkdir(exist_ok=True)
        (folder / "settings.json").write_bytes(data)
        found = SettingsFile(folder)
        for kept in folder.iterdir():
            kept.unlink()
        return found

    def _typed(self, data: bytes) -> object:
        text = data.decode("utf-8", "surrogateescape")
        with contextlib.suppress(CellRouteError):
            parse_number(text, "dose")
        return clean(text, 400, lines=True)

    def _command(self, data: bytes) -> object:
        """Words of the command line; what would reckon for long or write somewhere is left out."""
        import main

        chance = random.Random(data)
        words = [word for word in data.decode("utf-8", "surrogateescape").split("\x00") if word][:14]
        if chance.random() < 0.9 and tuple(words) != _COMMAND:
            words = [chance.choice(_STARTS), *(chance.choice((chance.choice(_WORDS), *words[:1])) for _ in range(6))]
        chance.shuffle(words) if chance.random() < 0.1 else None
        if not any(word in _COMMANDS for word in words) or set(words) & {
            "build",
            "install",
            "keygen",
            "diff",
            "--output",
        }:
            return None
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            try:
                code = main.main(words)
            except SystemExit as leave:
                code = leave.code
        assert code in (0, 1, 2), code
        return None if code == 0 else CellRouteError

    def _file(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def run(self, target: str, data: bytes) -> bool:
        """Whether the bytes were taken; other exceptions than ours go on."""
        try:
            return self.targets[target][0](data) is not CellRouteError
        except CellRouteError as error:
            said = str(error)
        assert 10 < len(said) < 1100, f"no sentence: {said[:200]!r}"
        return False


_COMMANDS = ("list", "rank", "estimate", "handout", "evidence", "verify")
_STARTS = ("list", "estimate", "evidence", "rank", "verify")
_WORDS = (
    "conditions", "targets", "routes", "--json", "--condition", "--target", "--route", "iv", "knee_joint", "brain",
    "show", "verify", "sign", "rollback", "--hours", "--dose", "--cells", "bm_msc", "--without", "--species",
    "--guidance", "--has", "--patient", "--sites", "--weights", "delivered=80", "--preset", "--language",
    "es", "--data",
    "/nonexistent", "/dev/null", "/", ".", "--key", "", "-", "--", *_BREAKS,
)  # fmt: skip
_COMMAND = ("estimate", "--route", "iv", "--target", "knee_joint", "--hours", "1", "--json")
_OVERLAY = b"""clinic = "A clinic"
[[note]]
procedure = "intra_articular-ultrasound"
text = { en = "Ours" }
[[need]]
procedure = "intra_articular-ultrasound"
id = "ultrasound"
level = "required"
[[study]]
id = "own-2026"
title = "Counted here"
read = "full_text"
[[placement]]
id = "own-1"
study = "own-2026"
route = "intra_articular"
target = "knee_joint"
guidance = "ultrasound"
hits = 48
n_injections = 50
value = 0.96
model = "patients"
where = "abstract"
"""


def _small(payload: bytes) -> bytes:
    """A few records of each table: small enough for a hundred thousand cases, with all that is checked."""
    pack = msgspec.json.decode(payload)
    for name, value in pack.items():
        if isinstance(value, list):
            pack[name] = value[:3]
    pack["texts"] = {language: dict(list(texts.items())[:30]) for language, texts in pack["texts"].items()}
    small = msgspec.json.encode(pack)
    decode(small, "small")
    return small


def _picture(kind: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.radial_gradient("L").resize((48, 32)).convert("RGB").save(out, kind)
    return out.getvalue()


def main(cases: int, seed: int, only: list[str]) -> int:
    """Spreads the cases over the targets and prints what came of them."""
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        os.environ.update(HOME=place, XDG_DATA_HOME=place, XDG_CONFIG_HOME=place)
        (Path(place) / NAME).mkdir()
        fuzz = Fuzz(Path(place))
        names = only or list(fuzz.targets)
        total = 0
        for name in names:
            share = cases // len(names) + 1
            chance = random.Random(f"{seed} {name}")
            taken, slowest, begun = 0, 0.0, time.perf_counter()
            for number in range(share):
                data = mutated(fuzz.targets[name][1], chance) if number else fuzz.targets[name][1]
                start = time.perf_counter()
                try:
                    taken += fuzz.run(name, data)
                except BaseException:  # noqa: BLE001 (told, with its case)
                    print("".join(traceback.format_exc())[-3000:])
                    print(f"\n{name}, seed {seed}, case {number}: {data[:400]!r}")
                    return 1
                slowest = max(slowest, time.perf_counter() - start)
                if slowest > LONGEST_CASE:
                    print(f"{name}, seed {seed}, case {number} took {slowest:.1f} s: {data[:400]!r}")
                    return 1
            total += share
            spent = time.perf_counter() - begun
            print(
                f"{name:<14} {share:>7} cases, {share - taken:>7} refused with a sentence, {taken:>6} taken, "
                f"{spent:6.1f} s, slowest {slowest * 1000:.0f} ms",
                flush=True,
            )
    memory = _memory()
    print(f"{total} cases, nothing but values and clear errors; at most {memory // 1024} MB of memory (seed {seed})")
    return 0 if memory < MOST_MEMORY else 1


def _memory() -> int:
    """The most memory that was in use, in kB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
