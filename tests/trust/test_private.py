"""Nothing that identifies a patient is written anywhere but into the PDF that somebody saves."""

from __future__ import annotations

import random
import re
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.consult import make_consult
from core.handout.content import handout
from core.handout.draw import render
from core.handout.model import HandoutOptions
from core.pack.pack import Pack
from core.recommend import recommend
from tests import ROOT
from tests.core.pack import signing
from tests.trust.session import BORN, NAME, NO_PACK, NOTE, PACK, WORDS
from tests.trust.watched import Run, hits, pdf_text, python, tree, watch

SESSION = str(Path(__file__).with_name("session.py"))
MOST_SHARED = ("/memfd:", "/dev/shm/", "/dev/dri/", "anon_inode")


@dataclass
class Places:
    """The folders of one user, all of them empty at first."""

    base: Path

    def __post_init__(self) -> None:
        for name in ("home", "config", "data", "out", "tmp"):
            (self.base / name).mkdir()

    @property
    def environment(self) -> dict[str, str]:
        home = self.base / "home"
        return {
            "HOME": str(home), "TMPDIR": str(self.base / "tmp"), "XDG_RUNTIME_DIR": str(self.base / "tmp"),
            "XDG_CONFIG_HOME": str(home / ".config"), "XDG_DATA_HOME": str(home / ".local/share"),
            "XDG_CACHE_HOME": str(home / ".cache"), "XDG_STATE_HOME": str(home / ".local/state"),
        }  # fmt: skip

    def session(self, turns: int) -> list[str]:
        folders = [str(self.base / name) for name in ("config", "data", "out")]
        return python(SESSION, *folders, str(turns))

    def lay_out_evidence(self, pack: Pack) -> None:
        """A signed file that a sitting brings in, and the key that signed it."""
        private = Ed25519PrivateKey.generate()
        signing.trust(self.base / "data", private)
        signing.Signer(self.base / "data", private, pack).signed(f"out/{PACK}", version="2027.02")

    def left(self) -> dict[Path, bytes]:
        """Every file that is left, without the trace of the run itself."""
        return {path: data for path, data in tree(self.base).items() if path.name != "trace"}


def where_found(written: dict[str, bytearray]) -> dict[str, list[str]]:
    """Where something that identifies the patient was written to, but for the saved PDFs."""
    found = {place: hits(bytes(data), WORDS) for place, data in written.items() if not place.endswith(".pdf")}
    return {place: words for place, words in found.items() if words}


# -- the search itself


def test_the_search_sees_a_name_in_whatever_form(pack: Pack) -> None:
    plain = f"said {NAME}".encode()
    for data in (
        plain, plain.upper(), f"said {NAME}".encode("utf-16-le"), b"x" + zlib.compress(plain), b"Zyxwvu%20Quellinger",
        f"stream\n{zlib.compress(plain).decode('latin-1')}\nendstream".encode("latin-1"),
    ):  # fmt: skip
        assert hits(data, WORDS) == ["Quellinger"]
    assert hits(b"nothing of note", WORDS) == []
    options = HandoutOptions(patient=f"{NAME} {BORN}", note=NOTE, date="2026-11-24")
    pdf = render(handout(pack, recommend(pack, make_consult(pack, "ards")), options))
    assert hits(b"before" + pdf + b"after", WORDS) == list(WORDS)


def test_the_watch_sees_a_program_that_leaks(tmp_path: Path) -> None:
    """Under another name in the end, through a file without a name, and in a file that is gone again."""
    child = f"""
import os, sys, tempfile, zlib
sys.path.insert(0, {str(ROOT)!r})
from core import files
name = {NAME!r}.encode()
files.save_bytes({str(tmp_path / "settings.json")!r}, name)
with tempfile.NamedTemporaryFile(dir={str(tmp_path)!r}, suffix=".gone") as gone:
    gone.write(zlib.compress(name))
sys.stderr.write({BORN!r})
"""
    run = watch(python("-c", child), tmp_path / "trace")
    assert run.code == 0, run.err
    found = where_found(run.written)
    assert found[str(tmp_path / "settings.json")] == ["Quellinger"]
    assert any(place.endswith(".gone") for place in found)
    assert [BORN] in found.values()


# -- the command line


@pytest.mark.parametrize(
    "words",
    [
        ["rank", "--condition", NAME],
        ["rank", "--condition", "ards", "--target", NAME, "--patient", BORN],
        ["rank", "--condition", "ards", "--dose", BORN],
        ["estimate", "--route", NOTE, "--target", NAME],
        ["evidence", "show", NAME],
        ["evidence", "verify", f"{NAME}.pack"],
        ["handout", "--condition", "knee_osteoarthritis", "--route", "iv", "--output", f"{NAME} {BORN}.pdf"],
        ["handout", "--condition", "ards", "--output", f"no such folder/{NAME}.pdf"],
        ["list", NAME],
        ["selfcheck"],
    ],
    ids=" ".join,
)
def test_a_command_keeps_nothing_of_what_it_was_given(words: list[str], tmp_path: Path) -> None:
    """What a command answers goes to the terminal alone; it leaves no file but the one that was asked for."""
    places = Places(tmp_path)
    words = [str(tmp_path / "out" / word) if word.endswith(".pdf") else word for word in words]
    run = watch(python("main.py", *words), tmp_path / "trace", **places.environment)
    assert run.code in (0, 1, 2), run.err
    run.written = {place: data for place, data in run.written.items() if not place.startswith("pipe:")}
    assert where_found(run.written) == {}
    assert [path for path in places.left() if path.suffix != ".pdf"] == []
    for pdf in places.left().values():
        assert not hits(pdf, WORDS)


# -- the window


@pytest.fixture(scope="module")
def sitting(tmp_path_factory: pytest.TempPathFactory, screen: dict[str, str], pack: Pack) -> tuple[Places, Run]:
    """One sitting in the real window, on a real (virtual) screen, watched from the first byte to the last."""
    places = Places(tmp_path_factory.mktemp("sitting"))
    places.lay_out_evidence(pack)
    return places, watch(places.session(1), places.base / "trace", **places.environment, **screen)


def test_the_sitting_did_what_it_should(sitting: tuple[Places, Run]) -> None:
    places, run = sitting
    assert run.code == 0, run.err[-3000:]
    assert "ended" in run.out
    [pdf] = [data for path, data in places.left().items() if path.suffix == ".pdf"]
    text = " ".join(pdf_text(pdf).split())
    assert all(word in text for word in WORDS)
    assert [path for path in places.left() if path.suffix == ".cellroute"]


def test_the_sitting_brought_evidence_in_went_back_and_was_refused(sitting: tuple[Places, Run], pack: Pack) -> None:
    places, run = sitting
    assert re.findall(r"in force (\S+)|(refused)", run.out) == [("2027.02", ""), (pack.version, ""), ("", "refused")]
    assert (places.base / "out" / NO_PACK).exists()
    kept = {path.name for path in (places.base / "data" / "packs").iterdir()}
    assert len(kept) == 3
    assert {"in-force.json", "lock"} < kept


def test_nothing_that_was_typed_was_written_but_into_the_pdf(sitting: tuple[Places, Run]) -> None:
    """Every byte to every file, pipe and socket: the screen's own (titles, clipboard) and the error stream too."""
    _, run = sitting
    assert len(run.written) > 3
    assert where_found(run.written) == {}


def test_nothing_that_was_typed_is_left_but_in_the_pdf(sitting: tuple[Places, Run]) -> None:
    places, _ = sitting
    assert where_found({str(path): bytearray(data) for path, data in places.left().items()}) == {}
    named = [
        path for path in places.left() if "Quellinger" in str(path) and not path.is_relative_to(places.base / "out")
    ]
    assert named == []


def test_the_pdf_says_nothing_but_on_its_pages(sitting: tuple[Places, Run]) -> None:
    import pypdfium2

    places, _ = sitting
    [pdf] = [data for path, data in places.left().items() if path.suffix == ".pdf"]
    document = pypdfium2.PdfDocument(pdf)
    particulars = str(document.get_metadata_dict())
    document.close()
    assert not hits(particulars.encode(), WORDS)


def test_no_file_is_written_behind_the_back_of_the_watch(sitting: tuple[Places, Run]) -> None:
    """Memory that is shared with a file would be written without a call; only the screen's own is."""
    _, run = sitting
    assert [name for name in run.shared if not name.startswith(MOST_SHARED)] == []


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_leaves_nothing_that_was_typed_but_in_the_pdf(seed: int, tmp_path: Path) -> None:
    """The unfinished neighbour of an export may hold it; a system that knows nameless files leaves none."""
    places = Places(tmp_path)
    after = random.Random(seed).uniform(1.5, 7.0)
    command = ["timeout", "-s", "KILL", f"{after:.2f}", *places.session(1)]
    environment = {**places.environment, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, env=environment, capture_output=True, check=False, cwd=ROOT)
    left = {
        str(path): bytearray(data)
        for path, data in places.left().items()
        if not (path.name.startswith(".cellroute-") and path.is_relative_to(places.base / "out"))
    }
    assert where_found(left) == {}


def test_the_words_of_the_sitting_are_in_no_source(root_files: list[Path]) -> None:
    """A name that stands in the program itself would be found for no reason."""
    assert not [path for path in root_files if hits(path.read_bytes(), WORDS)]


@pytest.fixture
def root_files() -> list[Path]:
    return [path for room in ("core", "ui", "resources") for path in (ROOT / room).rglob("*.*") if path.is_file()]
