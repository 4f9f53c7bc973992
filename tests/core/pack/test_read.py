"""Reading a built pack: what is broken is told in one sentence that names file, entry, field and remedy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.errors import CellRouteError, PackError, ReadError
from core.pack import read
from core.pack.read import BUILTIN, load, load_builtin

Edit = Callable[[dict[str, Any]], object]

BROKEN: dict[str, tuple[Edit, tuple[str, ...]]] = {
    "a missing study": (
        lambda p: p["measurements"][0].update(study="nobody-1999"),
        ("measurement", "study", "there is no study “nobody-1999”", "Add the study"),
    ),
    "a fraction above 1": (
        lambda p: p["placements"][0].update(value=1.2),
        ("placements", "value", "a fraction cannot be above 1", "Give a number from 0 to 1"),
    ),
    "an unknown route": (
        lambda p: p["procedures"][0].update(route="by_post"),
        ("procedure", "route", "there is no route “by_post”"),
    ),
    "a duplicate id": (lambda p: p["targets"].append(p["targets"][0]), ("target", "id", "was given twice")),
    "a wrong type": (lambda p: p["targets"][3].update(paired="yes"), ("targets", "paired", "expected `bool`")),
    "an unknown field": (lambda p: p["studies"][0].update(colour="red"), ("studies", "colour", "no such field")),
    "a field too few": (lambda p: p["studies"][2].pop("read"), ("studies", "read", "this field is missing")),
    "no version": (lambda p: p.pop("version"), ("version", "this field is missing")),
    "another scheme": (lambda p: p.update(scheme=9), ("scheme",)),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "evidence.json"


@pytest.mark.parametrize(("edit", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_pack(path: Path, edit: Edit, words: tuple[str, ...]) -> None:
    pack = json.loads(BUILTIN.read_bytes())
    edit(pack)
    path.write_text(json.dumps(pack), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load(path)
    sentence = str(caught.value)
    assert "evidence.json" in sentence
    for word in words:
        assert word in sentence


FILES: dict[str, bytes] = {
    "empty": b"",
    "cut short": BUILTIN.read_bytes()[:-5000],
    "bad UTF-8": BUILTIN.read_bytes().replace(b"lung", b"l\xffng", 1),
    "junk": b"\x00\x01PK" * 1000,
    "an array": b"[]",
    "nested": b"[" * 200_000,
    "NUL bytes": b"\x00" * 4096,
    "not a number": BUILTIN.read_bytes().replace(b'"value":0.', b'"value":NaN0.', 1),
    "a field twice": BUILTIN.read_bytes().replace(b'"version":', b'"version":"1","version":', 1),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES.keys())
def test_what_is_no_pack(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(PackError) as caught:
        load(path)
    assert "evidence.json" in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_hundred_megabytes_of_junk(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(ReadError, match="larger than"):
        load(path)


def test_a_file_that_is_not_there(path: Path) -> None:
    with pytest.raises(ReadError):
        load(path)


def test_our_own_pack_loads() -> None:
    assert load(BUILTIN).version == load_builtin().version


def test_a_changed_builtin_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(BUILTIN.read_bytes().replace(b"lung", b"lun9", 1))
    path.with_suffix(".sha256").write_bytes(BUILTIN.with_suffix(".sha256").read_bytes())
    monkeypatch.setattr(read, "BUILTIN", path)
    with pytest.raises(CellRouteError, match="not the one that the program came with"):
        load_builtin()


def test_texts_are_filled_in() -> None:
    pack = load_builtin()
    with pytest.raises(PackError, match="this text is missing"):
        pack.text("en", "no.such.key")
    with pytest.raises(CellRouteError, match="language"):
        pack.text("xx", "target.lung.name")
