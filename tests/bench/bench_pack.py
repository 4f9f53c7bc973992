"""How long the evidence takes to load at once, ten and a hundred times its size; searching as you type; building it."""

import hashlib
import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from core.pack import types as t
from core.pack.build import build, encode
from core.pack.pack import Pack
from core.pack.read import RESOURCES, decode
from ui.search import Entry, Index, entry

# Time of one core, whatever else the machine does.
pytestmark = pytest.mark.benchmark(timer=time.process_time)
HUNDREDFOLD, KEYSTROKE = 1.0, 0.016  # seconds


def larger(file: t.PackFile, times: int) -> t.PackFile:
    """The same evidence with every record so many times, each under an id of its own."""
    changes = {}
    for name, _ in t.TABLES.values():
        records = getattr(file, name)
        copies = [replace(one, id=f"{one.id[:70]}.{number}") for number in range(1, times) for one in records]
        changes[name] = (*records, *copies)
    return replace(file, **changes)


def load(data: bytes) -> Pack:
    """What happens to a pack's bytes at the start: hash, decode and validate, look-ups."""
    pack = Pack(decode(data, "pack.json"), hashlib.sha256(data).hexdigest())
    assert pack.studies
    assert pack.conditions
    assert pack.procedures
    return pack


@pytest.mark.parametrize("times", [1, 10, 100])
def test_pack_load(benchmark: Any, pack: Pack, times: int) -> None:
    data = encode(larger(pack.whole, times))
    benchmark.extra_info.update(beside="pack_load[1]")
    found = benchmark.pedantic(lambda: load(data), rounds=3 if times == 100 else 10, warmup_rounds=1)
    assert len(found.studies) == times * len(pack.studies)
    if times == 100:
        benchmark.extra_info["within"] = HUNDREDFOLD


@pytest.mark.parametrize("typed", ["k", "knee ost", "miocardial", "M17"])
def test_search_as_you_type_100(benchmark: Any, pack: Pack, typed: str) -> None:
    """The type-ahead over a hundred times the conditions, a fault in the typing included."""
    entries: list[Entry] = [
        entry("condition", f"{one.id}.{number}", one.id.replace("_", " "), (f"{one.id} {number}",), one.icd10)
        for number in range(100)
        for one in pack.file.conditions
    ]
    index = Index(entries)
    hits = benchmark.pedantic(lambda: index.find(typed), rounds=5, warmup_rounds=1)
    assert hits
    benchmark.extra_info["within"] = KEYSTROKE


def test_search_as_you_type(benchmark: Any, pack: Pack) -> None:
    entries = [entry("condition", one.id, one.id.replace("_", " "), (), one.icd10) for one in pack.file.conditions]
    index = Index(entries)
    assert benchmark(lambda: index.find("miocardial"))


def test_evidence_build(benchmark: Any) -> None:
    """Every source read, checked against the others, and joined."""
    sources: tuple[Path, Path] = (RESOURCES / "evidence", RESOURCES / "texts")
    assert benchmark.pedantic(lambda: build(*sources), rounds=3).studies
