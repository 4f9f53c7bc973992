"""Building: every fault of the sources is found, each with its line; the same sources give the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.pack.build import build, encode, problems_in
from core.pack.problems import PackProblemsError
from core.pack.read import BUILTIN, RESOURCES

EVIDENCE, TEXTS = RESOURCES / "evidence", RESOURCES / "texts"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sources that a test may break."""
    shutil.copytree(EVIDENCE, tmp_path / "evidence")
    shutil.copytree(TEXTS, tmp_path / "texts")
    return tmp_path


def found(copy: Path) -> list[str]:
    return [str(problem) for problem in problems_in(copy / "evidence", copy / "texts")]


def test_our_sources_are_sound() -> None:
    assert found(RESOURCES) == []


def test_the_built_pack_is_that_of_the_sources() -> None:
    assert encode(build(EVIDENCE, TEXTS)) == BUILTIN.read_bytes(), "run `python main.py evidence build`"


def test_the_same_sources_give_the_same_bytes(copy: Path) -> None:
    assert encode(build(copy / "evidence", copy / "texts")) == encode(build(EVIDENCE, TEXTS))


MEASUREMENT = """
[[measurement]]
id = "test-row"
study = "{study}"
route = "{route}"
target = "{target}"
species = "human"
cells = "bm_msc"
readout = "label"
method = "PET"
denominator = "injected_activity"
value = {value}
time_h = 1.0
where = "abstract"
{more}
"""
GOOD = {"study": "{study}", "route": "iv", "target": "lung", "value": "0.5", "more": ""}

FAULTS = {
    "a missing study": ({"study": "nobody-1999"}, "there is no study “nobody-1999”"),
    "an unknown route": ({"route": "by_post"}, "there is no route “by_post”"),
    "an unknown target": ({"target": "soul"}, "there is no target “soul”"),
    "a fraction above 1": ({"value": "1.5"}, "a fraction cannot be above 1"),
    "a fraction below 0": ({"value": "-0.5"}, "not below 0"),
    "a wrong type": ({"value": '"much"'}, "expected `float"),
    "not a number": ({"value": "nan"}, "must be a number"),
    "an unknown field": ({"more": "flavour = 3"}, "there is no such field"),
    "an interval that does not hold": ({"more": 'spread = "range"\nlow = 0.6\nhigh = 0.9'}, "does not hold"),
    "a bound with a value": ({"more": 'bound = "upper"\nhigh = 0.6'}, "a bound has no value"),
    "a spread without its size": ({"more": 'spread = "sd"'}, "has no size"),
}


@pytest.mark.parametrize(("change", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_file_line_entry_and_remedy(copy: Path, change: dict[str, str], message: str) -> None:
    study = build(EVIDENCE, TEXTS).studies[0].id
    fields = {**GOOD, "study": study, **change}
    (copy / "evidence" / "extra.toml").write_text(MEASUREMENT.format(**fields), encoding="utf-8")
    [problem] = found(copy)
    assert problem.startswith("extra.toml:")
    assert "measurement test-row" in problem
    assert message in problem
    line = int(problem.split(":")[1])
    assert 2 <= line <= 16


def test_a_duplicate_id(copy: Path) -> None:
    (copy / "evidence" / "extra.toml").write_text('[[species]]\nid = "human"\n', encoding="utf-8")
    [problem] = found(copy)
    assert "“human” was given twice" in problem


def test_bad_utf8_names_the_line(copy: Path) -> None:
    (copy / "evidence" / "extra.toml").write_bytes(b'[[species]]\nid = "caf\xe9"\n')
    [problem] = found(copy)
    assert problem == "extra.toml:2: this is not UTF-8 text. Save the file as UTF-8."


def test_a_line_that_is_not_toml(copy: Path) -> None:
    (copy / "evidence" / "extra.toml").write_text("[[species]]\nid = \n", encoding="utf-8")
    [problem] = found(copy)
    assert problem.startswith("extra.toml:2:")


def test_an_unknown_table(copy: Path) -> None:
    (copy / "evidence" / "extra.toml").write_text('[[unicorn]]\nid = "u"\n', encoding="utf-8")
    [problem] = found(copy)
    assert "this is no table of the evidence" in problem


def test_a_text_missing_in_one_language(copy: Path) -> None:
    for path in (copy / "texts" / "es").rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if "[target.knee_joint]" in text:
            path.write_text(text.replace("[target.knee_joint]", "[target.rodilla]"), encoding="utf-8")
    problems = found(copy)
    assert any("target.knee_joint.name: this text is missing" in p for p in problems)
    assert any("target.rodilla.name: this text has no English twin" in p for p in problems)


def test_twenty_faults_are_told_in_one_run(copy: Path) -> None:
    rows = []
    for number in range(20):
        study = f"nobody-{number}"
        rows.append(MEASUREMENT.format(**{**GOOD, "study": study}).replace("test-row", f"row-{number}"))
    (copy / "evidence" / "extra.toml").write_text("".join(rows), encoding="utf-8")
    problems = found(copy)
    assert len(problems) == 20
    assert len({problem.split(":")[1] for problem in problems}) == 20


def test_twenty_faults_of_twenty_kinds_are_told_in_one_run_each_with_its_line(copy: Path) -> None:
    faulty = Path(__file__).with_name("twenty_faults.toml").read_text(encoding="utf-8")
    (copy / "evidence" / "zz.toml").write_text(faulty, encoding="utf-8")
    told = {number: line.partition("#! ")[2] for number, line in enumerate(faulty.splitlines(), 1) if "#! " in line}
    assert len(told) == len(set(told.values())) == 20
    problems = {int(problem.split(":")[1]): problem for problem in found(copy)}
    assert problems.keys() == told.keys()
    for line, problem in problems.items():
        assert problem.startswith(f"zz.toml:{line}: ")
        assert told[line] in problem
    assert len(found(copy)) == 20


def test_a_build_of_faulty_sources_is_refused(copy: Path) -> None:
    (copy / "evidence" / "extra.toml").write_text("[[species]]\nid = 3\n", encoding="utf-8")
    with pytest.raises(PackProblemsError, match=r"extra\.toml, line 2"):
        build(copy / "evidence", copy / "texts")
