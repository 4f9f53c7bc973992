"""The documents: pictures and links that are there, tests that exist, one version."""

import re
from pathlib import Path

import pytest

import core

DOCUMENTS = ("USER_GUIDE", "INTENDED_USE", "RISK", "PERFORMANCE", "BATCH")


@pytest.fixture(scope="module")
def tests_there_are(root: Path) -> set[str]:
    """The name of every test of the checkout."""
    files = list((root / "tests").rglob("*.py"))
    return {name for one in files for name in re.findall(r"def (test_\w+)", one.read_text(encoding="utf-8"))}


def text(root: Path, name: str) -> str:
    return (root / "docs" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_picture_and_page_that_is_named_is_there(root: Path, name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", text(root, name))
    missing = [link for link in links if "://" not in link and not (root / "docs" / link).exists()]
    assert not missing


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_test_that_is_named_exists(root: Path, name: str, tests_there_are: set[str]) -> None:
    assert not set(re.findall(r"`(test_\w+)`", text(root, name))) - tests_there_are


def test_every_hazard_has_a_control_and_a_test(root: Path) -> None:
    rows = [line.strip("|").split(" | ") for line in text(root, "RISK").splitlines() if line.startswith("| H")]
    numbers = [int(re.match(r" ?H(\d+) \(S[123]\)", row[0])[1]) for row in rows]  # type: ignore[index]
    assert numbers == list(range(1, len(rows) + 1))
    assert len(rows) > 25
    for row in rows:
        assert len(row) == 5, row
        assert all(cell.strip() for cell in row), row
        assert "`test_" in row[3], row


def test_the_citation_has_the_version(root: Path) -> None:
    said = (root / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", said, re.MULTILINE)[1] == core.__version__  # type: ignore[index]
    assert re.search(r"^license: Apache-2.0$", said, re.MULTILINE)


def test_the_guide_names_keys_that_the_window_knows(root: Path) -> None:
    from ui.commands import COMMANDS

    of_pictures = {"Ctrl+C"}  # a picture, a table and the ranking answer to it where they have the focus
    known = {key for one in COMMANDS for key in one.shortcuts} | of_pictures
    named = set(re.findall(r"\b(?:Ctrl\+(?:Shift\+)?[A-Z0-9,]|F\d+)(?!\w)", text(root, "USER_GUIDE")))
    assert len(named) > 10
    assert not named - known
