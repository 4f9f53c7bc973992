"""Signed evidence and the self-check on the command line."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from core import golden
from core.commands import selfcheck
from core.errors import InputError
from core.pack import installed
from core.pack.pack import Pack
from core.pack.read import BUILTIN, RESOURCES
from tests.core.pack.test_overlay import GOOD
from tests.running import run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "keys").mkdir(parents=True)
    return folder


@pytest.fixture
def signed(data: Path, tmp_path: Path) -> Callable[..., Path]:
    """Changes the evidence, signs it on the command line with a fresh, trusted key; gives the file."""
    assert run("evidence", "keygen", "--output", str(tmp_path / "key"), "--holder", 'Our "own" clinic').code == 0
    shutil.copy(tmp_path / "key.toml", data / "keys")

    def make(version: str, change: Callable[[Any], object] = lambda _: None) -> Path:
        pack = json.loads(BUILTIN.read_bytes())
        pack |= {"version": version, "expires": "2099-12-31"}
        change(pack)
        source = tmp_path / f"{version}.json"
        source.write_text(json.dumps(pack), encoding="utf-8")
        done = run("evidence", "sign", str(source), "--key", str(tmp_path / "key.pem"))
        assert done.code == 0, done.err
        return source.with_suffix(".pack")

    return make


def test_sign_verify_install_and_roll_back(signed: Callable[..., Path], data: Path, pack: Pack) -> None:
    path = str(signed("2027.05"))
    verified = run("--data", str(data), "evidence", "verify", path)
    assert verified.code == 0, verified.err
    assert 'signed by Our "own" clinic' in verified.out
    brought = run("evidence", "install", path, "--data", str(data))
    assert brought.out.startswith("Evidence 2027.05 of "), brought.err
    assert f"in force instead of {pack.version}." in brought.out
    ranked = run("--data", str(data), "rank", "--condition", "knee_osteoarthritis", "--json")
    assert ranked.json["pack"]["version"] == "2027.05"
    back = run("evidence", "rollback", "--data", str(data))
    assert pack.version in back.out
    assert run("--data", str(data), "rank", "--condition", "ards", "--json").json["pack"]["version"] == pack.version


def test_every_answer_names_the_day_of_its_evidence_and_says_when_that_is_past(
    signed: Callable[..., Path], data: Path, pack: Pack, tmp_path: Path
) -> None:
    def old(held: dict[str, Any]) -> None:
        held.update(date="2020-01-02", expires="2021-01-02")

    # Brought in while it was valid, and kept since.
    installed.install(signed("2020.01", old), data, pack, today=date(2020, 6, 1), older=True)
    told = "This evidence was to be used until 2021-01-02, and today is "
    place = {"version": "2020.01", "date": "2020-01-02", "expires": "2021-01-02"}
    asked = ("--condition", "ards", "--route", "iv")
    ranked = run("--data", str(data), "rank", *asked, "--json")
    assert ranked.json["pack"] == place
    assert ranked.err.startswith(told)
    estimated = run("--data", str(data), "estimate", "--route", "iv", "--target", "lungs", "--json")
    assert estimated.json["median"] > 0
    assert estimated.err.startswith(told)
    for command in (("rank", *asked), ("estimate", "--route", "iv", "--target", "lungs")):
        assert told in run("--data", str(data), *command).out
    sheet = run("--data", str(data), "handout", *asked, "--output", str(tmp_path / "sheet.txt"))
    assert told in sheet.out
    (tmp_path / "in.csv").write_text("condition\nards\nno_such_thing\n", encoding="utf-8")
    for name in ("out.jsonl", "out.csv"):
        batch = run("--data", str(data), "rank", "--batch", str(tmp_path / "in.csv"), "--out", str(tmp_path / name))
        assert batch.code == 1
        assert told in batch.out
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["pack"] for line in lines] == [place, place]
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()))
    assert [[row["evidence"], row["evidence_date"], row["evidence_expires"]] for row in rows] == [[*place.values()]] * 2


def test_evidence_that_is_in_date_is_answered_without_a_word_about_it() -> None:
    ranked = run("rank", "--condition", "ards", "--json")
    assert ranked.err == ""
    assert "was to be used until" not in run("rank", "--condition", "ards").out


def test_a_pack_that_the_program_does_not_trust_is_one_sentence_and_2(
    signed: Callable[..., Path], tmp_path: Path
) -> None:
    path = signed("2027.05")
    done = run("evidence", "verify", str(path))
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "does not trust" in done.err
    assert run("evidence", "verify", str(path), "--trust", str(tmp_path / "key.toml")).code == 0


def test_a_private_key_is_for_its_owner_only_and_never_written_over(tmp_path: Path) -> None:
    make = ("evidence", "keygen", "--output", str(tmp_path / "k"), "--holder", "A")
    assert run(*make).code == 0
    assert (tmp_path / "k.pem").stat().st_mode & 0o777 == 0o600
    before = (tmp_path / "k.pem").read_bytes()
    assert run(*make).code == 2
    assert (tmp_path / "k.pem").read_bytes() == before
    assert b"PRIVATE" not in (tmp_path / "k.toml").read_bytes()


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n", b"\xff"])
def test_what_is_no_key_signs_nothing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "k.pem").write_bytes(content)
    done = run("evidence", "sign", str(BUILTIN), "--key", str(tmp_path / "k.pem"), "--output", str(tmp_path / "a.pack"))
    assert done.code == 2
    assert not (tmp_path / "a.pack").exists()


def test_diff_tells_figures_texts_and_ranks(
    signed: Callable[..., Path], data: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.changes.pairs", lambda old, new: [("knee_osteoarthritis", "knee_joint")])
    gone = {p.id for p in pack.file.procedures if p.route == "intra_articular" and p.guidance == "ultrasound"}

    def change(file: Any) -> None:
        file["texts"]["en"]["target.knee_joint.name"] = "Knee (renamed)"
        file["procedures"] = [one for one in file["procedures"] if one["id"] not in gone]
        for study in file["studies"]:
            study["note"] = "read again" if study is file["studies"][0] else study.get("note")

    path = signed("2027.06", change)
    done = run("evidence", "diff", "current", str(path), "--data", str(data))
    assert done.code == 0, done.err
    assert f"removed  procedure {next(iter(gone))}" in done.out
    assert "-> read again" in done.out
    assert "+ Knee (renamed)" in done.out
    assert "  knee_osteoarthritis, knee_joint\n    - " in done.out
    assert done.out.endswith("1 answer would change\n")
    same = run("evidence", "diff", "current", "current", "--data", str(data))
    assert same.out.count("No ") == 3


def test_diff_tells_what_the_clinics_own_figures_change(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.changes.pairs", lambda old, new: [("knee_osteoarthritis", "knee_joint")])
    own = GOOD.replace("hits = 48", "hits = 20").replace("value = 0.96", "value = 0.4")
    (data / "overlay.toml").write_text(own, encoding="utf-8")
    done = run("evidence", "diff", str(BUILTIN), "current", "--data", str(data))
    assert "added    placement own-knee-us" in done.out, done.err
    assert done.out.endswith("1 answer would change\n")


@pytest.fixture
def fresh_golden(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers of the evidence that these tests run on, also while somebody edits it."""
    monkeypatch.setattr(golden, "FILE", tmp_path / "golden.json")
    golden.write(pack)


@pytest.mark.usefixtures("fresh_golden")
def test_selfcheck_prints_a_line_for_each_part(home: Path) -> None:
    done = run("selfcheck")
    assert done.code == 0, done.out
    lines = done.out.splitlines()
    assert [line.split("  ")[0] for line in lines[:-1]] == list(selfcheck.CHECKS)
    assert all(line[13:15] == "ok" for line in lines[:-1])
    assert not list(home.iterdir())


@pytest.mark.usefixtures("fresh_golden")
def test_selfcheck_needs_no_home_that_is_there(tmp_path: Path) -> None:
    done = run("--config", str(tmp_path / "new" / "c"), "--data", str(tmp_path / "new" / "d"), "selfcheck")
    assert done.code == 0, done.out
    assert not (tmp_path / "new").exists()


def test_selfcheck_fails_on_what_is_wrong(tmp_path: Path, data: Path) -> None:
    (data / "overlay.toml").write_text("benefit = 1", encoding="utf-8")
    (tmp_path / "config").write_text("a file", encoding="utf-8")
    done = run("--config", str(tmp_path / "config"), "--data", str(data), "selfcheck")
    assert done.code == 1
    failed = [line.split("  ")[0] for line in done.out.splitlines() if " FAILED " in line]
    assert {"brought in", "folders"} <= set(failed)


def test_selfcheck_sees_a_changed_pack(root_copy: Path, run_child: Callable[..., CompletedProcess[str]]) -> None:
    pack = root_copy / "resources" / "pack.json"
    pack.write_bytes(pack.read_bytes().replace(b"0.5", b"0.6", 1))
    done = run_child(root_copy, "selfcheck")
    assert done.returncode == 1
    assert "not the one that the program came with" in done.stdout


@pytest.mark.parametrize("damage", [lambda data: data[:2000], lambda data: data[:9000] + b"!" + data[9001:]])
def test_selfcheck_sees_a_damaged_font(
    damage: Callable[[bytes], bytes], root_copy: Path, run_child: Callable[..., CompletedProcess[str]]
) -> None:
    face = root_copy / "resources" / "fonts" / "SourceSans3-Regular.ttf"
    face.write_bytes(damage(face.read_bytes()))
    done = run_child(root_copy, "selfcheck")
    assert done.returncode == 1
    failed = {line.split("  ")[0]: line for line in done.stdout.splitlines() if " FAILED " in line}
    assert {"fonts", "handout"} <= set(failed)
    assert "it is damaged. Install the program again." in failed["fonts"]


def test_golden_answers_that_differ_are_named(pack: Pack) -> None:
    import msgspec

    written = golden.answers(pack)
    assert golden.compare(pack, written) > 20
    first = written.answers[0]
    line = first.lines[0]
    off = msgspec.structs.replace(line, delivered=(line.delivered[0] * 1.001, *line.delivered[1:]))
    wrong = [
        msgspec.structs.replace(first, lines=(off, *first.lines[1:])),
        msgspec.structs.replace(first, lines=first.lines[::-1]),
        msgspec.structs.replace(first, verdict="nothing_reaches"),
    ]
    for answer in wrong:
        with pytest.raises(InputError, match=first.condition):
            golden.compare(pack, msgspec.structs.replace(written, answers=(answer, *written.answers[1:])))
    with pytest.raises(InputError, match="other evidence"):
        golden.compare(pack, msgspec.structs.replace(written, sha256="0" * 64))


@pytest.fixture
def root_copy(tmp_path: Path) -> Path:
    """The program without what it does not need to run."""
    copy = tmp_path / "program"
    root = RESOURCES.parent
    shutil.copytree(root / "core", copy / "core", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(RESOURCES, copy / "resources")
    shutil.copy(root / "main.py", copy)
    return copy


@pytest.fixture
def run_child() -> Callable[..., CompletedProcess[str]]:
    import subprocess
    import sys

    def child(folder: Path, *arguments: str) -> CompletedProcess[str]:
        command = [sys.executable, str(folder / "main.py"), *arguments]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)

    return child


def test_the_answers_that_are_shipped_are_those_of_the_evidence_that_is_shipped(pack: Pack) -> None:
    """After `evidence build`; one that fails means that the evidence was built in another way."""
    assert golden.compare(pack, golden.read()) > 20
