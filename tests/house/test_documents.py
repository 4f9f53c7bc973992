"""The documents: every picture, page, file, test, command and option that they name is there."""

import argparse
import re
from pathlib import Path

import pytest

import core
import run
from core.commands.parser import make_parser
from tests import ROOT

DOCUMENTS = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
    *(ROOT / "tests" / "peers").glob("*.md"),
]
FILE = re.compile(r"(?:[\w.-]+/)+[\w.*-]*|[\w-]+\.(?:py|md|toml|json|lock|in|txt|R)")
#: What a reader makes, a clinic has, or another project calls so.
ELSEWHERE = {
    *("clinic.toml", "makers.toml", "overlay.toml", "FILE.json", "sbom.json", "in-force.json", "multiprocessing.py"),
    *("dx/dt", "keys", "packs", "uv.lock", "pylock.toml", "resources/texts/LANGUAGE", "resources/texts/signoff.toml"),
}
#: Options of uv, pip and pip-audit.
OF_OTHERS = {
    *("--disable-pip", "--generate-hashes", "--no-annotate", "--no-header", "--only-binary", "--python-version"),
    *("--require-hashes", "--universal"),
}

of_each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.relative_to(ROOT).as_posix())


@pytest.fixture(scope="module")
def names() -> set[str]:
    """The name of every file of the checkout that is no product of it."""
    folders = ("core", "docs", "packaging", "resources", "tests", "ui")
    return {one.name for folder in folders for one in (ROOT / folder).rglob("*") if one.is_file()}


@pytest.fixture(scope="module")
def tests_there_are() -> set[str]:
    """The name of every test of the checkout."""
    files = (ROOT / "tests").rglob("*.py")
    return {name for one in files for name in re.findall(r"def (test_\w+)", one.read_text(encoding="utf-8"))}


@of_each_document
def test_every_picture_and_page_that_is_linked_is_there(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    assert not [link for link in links if "://" not in link and not (document.parent / link).exists()]


@of_each_document
def test_every_file_that_is_named_is_there(document: Path, names: set[str]) -> None:
    code = re.findall(r"`([^`\n]+)`", document.read_text(encoding="utf-8"))
    named = {word.strip(".,;:()") for span in code for word in span.split()}
    files = {one.rstrip("/") for one in named if FILE.fullmatch(one)} - ELSEWHERE
    missing = [
        one
        for one in files
        if one not in names
        and not one.startswith(("DATA/", "venv/"))
        and not any(list(place.glob(one)) for place in (ROOT, document.parent))
    ]
    assert not missing


@of_each_document
def test_every_test_that_is_named_exists(document: Path, tests_there_are: set[str]) -> None:
    assert not set(re.findall(r"`(test_\w+)`", document.read_text(encoding="utf-8"))) - tests_there_are


@of_each_document
def test_every_command_and_option_is_known(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    commands, options = understood(make_parser())
    verbs = set(re.findall(r"^    python3 run\.py ([a-z-]+)", run.__doc__ or "", re.MULTILINE))
    options |= set(re.findall(r"--[a-z]+", run.__doc__ or ""))
    assert {"setup", "test", "bench", "package-test"} <= verbs
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]*", text)) <= options | OF_OTHERS
    assert set(re.findall(r"run\.py ([a-z][a-z-]*)", text)) <= verbs | commands
    for command in re.findall(r"main\.py ([a-z]+(?: [a-z]+)?)", text):
        assert command in commands or command.split()[0] in commands - {"evidence"}, command


def understood(parser: argparse.ArgumentParser) -> tuple[set[str], set[str]]:
    """Every command ("evidence", "evidence check") and every option that a parser takes."""
    commands, options = set(), set()
    for action in parser._actions:
        options |= set(action.option_strings)
        for name, below in (action.choices or {}).items() if isinstance(action, argparse._SubParsersAction) else ():
            deeper, more = understood(below)
            commands |= {name, *(f"{name} {one}" for one in deeper)}
            options |= more
    return commands, options


def test_every_hazard_has_a_control_and_a_test() -> None:
    text = (ROOT / "docs" / "RISK.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| H")]
    numbers = [int(re.match(r" ?H(\d+) \(S[123]\)", row[0])[1]) for row in rows]  # type: ignore[index]
    assert numbers == list(range(1, len(rows) + 1))
    assert len(rows) > 25
    for row in rows:
        assert len(row) == 5, row
        assert all(cell.strip() for cell in row), row
        assert "`test_" in row[3], row


def test_the_citation_has_the_version() -> None:
    said = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", said, re.MULTILINE)[1] == core.__version__  # type: ignore[index]
    assert re.search(r"^license: Apache-2.0$", said, re.MULTILINE)


def test_the_guide_names_keys_that_the_window_knows() -> None:
    from ui.commands import COMMANDS

    of_pictures = {"Ctrl+C"}  # a picture, a table and the ranking answer to it where they have the focus
    known = {key for one in COMMANDS for key in one.shortcuts} | of_pictures
    text = (ROOT / "docs" / "USER_GUIDE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:Ctrl\+(?:Shift\+)?[A-Z0-9,]|F\d+)(?!\w)", text))
    assert len(named) > 10
    assert not named - known
