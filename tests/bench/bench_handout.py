"""How long one handout takes, beside a bare reportlab page of as much text without tags, tables or pictures."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from core.handout import fonts
from core.handout.content import handout
from core.handout.draw import render
from core.handout.lines import REGULAR, Style, break_lines
from core.handout.model import HandoutOptions
from core.handout.plain import plain_text
from core.handout.styles import PAPERS
from core.handout.words import plain, said
from tests.core.handout.sample import sample_handout, sample_pack, sample_recommendation

ROOT = Path(__file__).resolve().parents[2]
COLD = """
from core.handout.draw import render
from core.handout.content import handout
from core.handout import fonts
fonts.faces()
"""
BARE_COLD = """
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfbase.ttfonts import TTFont
"""


def bare_page(lines: list[str]) -> bytes:
    """The lines of a handout on plain pages."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=PAPERS["a4"], initialFontName=REGULAR, invariant=1, pageCompression=1)
    for start in range(0, len(lines), 46):
        text = canvas.beginText(40, 800)
        text.setFont(REGULAR, 12.5, 16.25)
        for line in lines[start : start + 46]:
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_bare_reportlab(benchmark: Any) -> None:
    fonts.faces()
    lines = [
        said(line)
        for paragraph in plain_text(sample_handout()).split("\n")
        for line in break_lines(plain(paragraph), Style(12.5, 16.25), 515)
    ]
    benchmark(bare_page, lines)


def test_handout_drawn(benchmark: Any) -> None:
    made = sample_handout(letterhead="Riverside Joint Clinic", clinician="Dr Ana Pérez")
    render(made)
    benchmark.extra_info.update(beside="bare_reportlab", at_most=20)
    benchmark(render, made)


def test_handout_filled_and_drawn(benchmark: Any) -> None:
    pack, found = sample_pack(), sample_recommendation()
    benchmark.extra_info.update(beside="bare_reportlab", at_most=24)
    benchmark(lambda: render(handout(pack, found, HandoutOptions())))


def test_bare_reportlab_cold(benchmark: Any) -> None:
    benchmark.pedantic(run, args=(BARE_COLD,), rounds=7, warmup_rounds=1)


def test_handout_cold(benchmark: Any) -> None:
    benchmark.extra_info.update(beside="bare_reportlab_cold", at_most=3.5)
    benchmark.pedantic(run, args=(COLD,), rounds=7, warmup_rounds=1)


def run(code: str) -> None:
    """A fresh Python that imports what a handout needs."""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
