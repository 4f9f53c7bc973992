"""Every condition and target of the real pack, its languages, papers and sizes in turn: drawn, valid, plain, whole.

With the environment variable CELLROUTE_ALL set, each is drawn in every language, paper and size.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import textstat

from core.handout.draw import render
from core.handout.level import body_text
from core.handout.model import Handout
from core.handout.plain import plain_text
from core.handout.preview import page_count
from core.handout.readability import fernandez_huerta
from core.handout.runs import said
from core.pack.read import load_builtin
from tests.core.handout.looking import failures_of, text_of
from tests.core.handout.matrix import SHAPES, Shape, found_of, handout_of, pairs_of

PACK = load_builtin()
FORBIDDEN = re.compile(r"\b(recommended|best|optimal|success\w*)\b|\b1 in \d", re.IGNORECASE)
PUSHING = re.compile(rf"{FORBIDDEN.pattern}|\b(rare|common|safe)(ly)?\b", re.IGNORECASE)  # of its own words
MOST_SIDES = {"normal": 2, "large": 7}
GRADE, EASE = 8, 65  # school grade at most; index of Fernández Huerta at least: "normal" and plainer


def _shapes(number: int) -> Iterator[Shape]:
    yield from SHAPES if os.environ.get("CELLROUTE_ALL") else [SHAPES[number % len(SHAPES)]]


@pytest.mark.parametrize(("number", "pair"), list(enumerate(pairs_of(PACK))), ids=str)
def test_the_handout_of_every_consult(number: int, pair: tuple[str, str], tmp_path: Path) -> None:
    found = found_of(PACK, *pair, number)
    for shape in _shapes(number):
        language, _, size = shape
        made = handout_of(PACK, found, shape)
        pdf = render(made)
        assert failures_of(pdf, tmp_path) == ""
        assert page_count(pdf) <= MOST_SIDES[size] * (2 if made.twin else 1)
        _whole(made, pdf)
        assert not FORBIDDEN.search(plain_text(made))
        assert not PUSHING.search(body_text(made))
        if language == "en":
            assert textstat.flesch_kincaid_grade(body_text(made)) <= GRADE
            assert textstat.smog_index(body_text(made)) <= GRADE
        else:
            assert fernandez_huerta(body_text(made)) >= EASE


def _whole(made: Handout, pdf: bytes) -> None:
    """Benefit, harm, approval and help are on the paper, word for word."""
    found = _letters(text_of(pdf))
    for column in made.columns:
        assert _letters(column.name) in found
    kept = [row for row in made.rows if row.key in ("help", "harm", "harm_each")]
    sentences = [said(part) for row in kept for cell in row.cells for part in cell.sentences]
    sentences += [said(part) for section in (made.approved, made.help) for part in section.paragraphs]
    for word in {word for sentence in sentences for word in sentence.split()}:  # a sentence may go on on the next side
        assert _letters(word) in found, word


def _letters(text: str) -> str:
    return "".join(text.replace("\ufffe", "-").replace("\u2010", "-").replace("\u202f", "").split())
