"""Words that promise what a delivered fraction cannot: none on the screen, on paper or in the chart note.

What people wrote elsewhere (a study's title, a trial's name) stays as they wrote it.
"""

import ast
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from pypdfium2 import PdfDocument

from tests import ROOT
from tests.forbidden import FORBIDDEN

RunPython = Callable[..., CompletedProcess[str]]

QUOTED_FIELDS = {"title", "journal", "authors", "quote", "doi", "url"}
NAMES_OF_VALUES = {"level"}  # fields of a closed list, of which one value is a forbidden word


def test_no_source_says_a_forbidden_word(sources: dict[str, ast.Module]) -> None:
    found = [
        f"{path}:{line}: {text}"
        for path, tree in sources.items()
        for text, line in sentences(tree)
        if FORBIDDEN["en"].search(text)
    ]
    assert not found


def test_no_text_for_people_says_a_forbidden_word() -> None:
    for language, words in FORBIDDEN.items():
        found = [said for said, _, text in texts_in(ROOT / "resources" / "texts" / language) if words.search(text)]
        assert not found


def test_no_evidence_says_a_forbidden_word() -> None:
    found = [
        said
        for said, field, text in texts_in(ROOT / "resources" / "evidence")
        if field not in QUOTED_FIELDS | NAMES_OF_VALUES and FORBIDDEN["en"].search(text)
    ]
    assert not found


CONSULTS = [
    "--condition knee_osteoarthritis --route iv",
    "--condition knee_osteoarthritis --has= --patient contrast_allergy=yes",
    "--condition acute_myocardial_infarction --route intracoronary",
    "--condition lumbar_disc_degeneration --route iv --has=",
    "--condition ards",
]


@pytest.mark.parametrize("consult", CONSULTS)
def test_no_ranking_says_a_forbidden_word(consult: str, run_python: RunPython) -> None:
    done = run_python("main.py", "rank", *consult.split())
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) > 500
    assert not FORBIDDEN["en"].findall(done.stdout)


@pytest.mark.parametrize("consult", CONSULTS)
def test_no_handout_says_a_forbidden_word(consult: str, run_python: RunPython, tmp_path: Path) -> None:
    paper = tmp_path / "handout.pdf"
    done = run_python("main.py", "handout", *consult.split(), "--output", str(paper))
    assert done.returncode == 0, done.stderr
    printed = "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(paper))
    assert len(printed) > 500
    assert not FORBIDDEN["en"].findall(printed)


@pytest.mark.parametrize(
    "source",
    [
        'label.setText("This is the best route")',
        'label.setText(f"{route}: recommended here")',
        'button = "Success"',
        'raise InputError("No optimal procedure was found.")',
    ],
)
def test_the_lint_sees_what_reaches_the_screen(source: str) -> None:
    assert any(FORBIDDEN["en"].search(text) for text, _ in sentences(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        '"""The best of them."""',
        'def first():\n    """The best of them."""',
        'best_id = row["best"]',
        'level = "recommended"',
        'label.setText("The asbestos route has a bestiary")',
    ],
)
def test_the_lint_leaves_names_and_docstrings_alone(source: str) -> None:
    assert not any(FORBIDDEN["en"].search(text) for text, _ in sentences(ast.parse(source)))


def sentences(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The string literals of a source that can be more than a key: with a space or a capital, no docstring."""
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in docstrings:
            continue
        if " " in node.value or node.value != node.value.lower():
            yield node.value, node.lineno


def texts_in(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every text in the TOML files of a folder: all that tells where it is, its field, itself."""
    files = sorted(folder.rglob("*.toml"))
    assert files
    for file in files:
        for keys, text in strings(tomllib.loads(file.read_text(encoding="utf-8"))):
            yield f"{file.relative_to(folder)}: {'.'.join(keys)}: {text}", keys[-1], text


def strings(value: object, keys: tuple[str, ...] = ("",)) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text in a tree of TOML, with the keys that lead to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from strings(child, (*keys, key))
    elif isinstance(value, list):
        for child in value:
            yield from strings(child, keys)
