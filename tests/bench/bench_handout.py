"""How long one handout takes, beside a bare reportlab page of as much text without tags, tables or pictures.

The limits in milliseconds are of processor time, the least of several rounds: one thread draws, so that is what one
waits for where nothing else runs, and other work on the machine hardly changes it. Ratios are of medians by the clock.
"""

import resource
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from reportlab.pdfgen.canvas import Canvas

from core.consult import make_consult
from core.handout import fonts
from core.handout.content import handout
from core.handout.draw import render
from core.handout.lines import REGULAR, Style, break_lines
from core.handout.model import HandoutOptions
from core.handout.plain import plain_text
from core.handout.runs import plain, said
from core.handout.styles import PAPERS
from core.pack.pack import Pack
from core.pack.read import load_builtin
from core.recommend import recommend
from core.results import Recommendation
from tests.bench.bench_start import run

WARM_MS, COLD_MS = 60, 200
_ROUNDS = 9
FILLED = HandoutOptions(letterhead="Riverside Joint Clinic", clinician="Dr Ana Pérez")
SPANISH = HandoutOptions(letterhead="Riverside Joint Clinic", clinician="Dr Ana Pérez", language="es")
COLD = """
import sys, msgspec
from pathlib import Path
from core.handout.content import handout
from core.handout.draw import render
from core.handout.model import HandoutOptions
from core.pack.read import load_builtin
from core.results import Recommendation
found = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Recommendation)
made = render(handout(load_builtin(), found, HandoutOptions()))
assert made.startswith(b"%PDF")
"""
BARE_COLD = """
import sys
from io import BytesIO
from pathlib import Path
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
for name in ("Regular", "SemiBold"):
    pdfmetrics.registerFont(TTFont(name, f"resources/fonts/SourceSans3-{name}.ttf"))
file = BytesIO()
canvas = Canvas(file, pageCompression=1)
lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
for start in range(0, len(lines), 46):
    text = canvas.beginText(40, 800)
    text.setFont("Regular", 12.5, 16.25)
    for line in lines[start : start + 46]:
        text.textLine(line)
    canvas.drawText(text)
    canvas.showPage()
canvas.save()
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_builtin()


@pytest.fixture(scope="module")
def found(pack: Pack) -> Recommendation:
    """Three options, much harm to tell: knee arthritis, the vein asked about."""
    return recommend(pack, make_consult(pack, "knee_osteoarthritis", asked="iv", jurisdiction="us"))


@pytest.fixture(scope="module")
def lines(pack: Pack, found: Recommendation) -> list[str]:
    """The text of the handout in lines."""
    fonts.faces()
    paragraphs = plain_text(handout(pack, found, FILLED)).split("\n")
    return [said(line) for text in paragraphs for line in break_lines(plain(text), Style(12.5, 16.25), 515)]


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


def limit(benchmark: Any, milliseconds: float, work: Callable[[], object], whose: int = resource.RUSAGE_SELF) -> None:
    """Where times are taken, the least processor time of the work, here or in a process it starts, keeps a limit."""
    if not benchmark.enabled:
        return
    taken = []
    for _ in range(_ROUNDS):
        before = _processor(whose)
        work()
        taken.append(_processor(whose) - before)
    benchmark.extra_info["processor_ms"] = round(min(taken) * 1e3, 1)
    assert min(taken) * 1e3 <= milliseconds


def _processor(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def test_bare_reportlab(benchmark: Any, lines: list[str]) -> None:
    benchmark(bare_page, lines)


def test_handout_drawn(benchmark: Any, pack: Pack, found: Recommendation) -> None:
    made = handout(pack, found, FILLED)
    render(made)
    benchmark.extra_info.update(beside="bare_reportlab", at_most=12)
    benchmark(render, made)
    limit(benchmark, WARM_MS, lambda: render(made))


def test_handout_filled_and_drawn(benchmark: Any, pack: Pack, found: Recommendation) -> None:
    benchmark.extra_info.update(beside="bare_reportlab", at_most=14)
    benchmark(lambda: render(handout(pack, found, FILLED)))
    limit(benchmark, WARM_MS, lambda: render(handout(pack, found, FILLED)))


def test_handout_with_its_twin(benchmark: Any, pack: Pack, found: Recommendation) -> None:
    """Two handouts in one file: Spanish and English."""
    benchmark.extra_info.update(beside="bare_reportlab", at_most=28)
    benchmark(lambda: render(handout(pack, found, SPANISH)))
    limit(benchmark, 2 * WARM_MS, lambda: render(handout(pack, found, SPANISH)))


def test_bare_reportlab_cold(benchmark: Any, lines: list[str], tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    benchmark.pedantic(run, args=("-c", BARE_COLD, str(file)), rounds=_ROUNDS, warmup_rounds=1)


def test_handout_cold(benchmark: Any, found: Recommendation, tmp_path: Path) -> None:
    """A fresh process from its start to the bytes of the file: imports, evidence, faces, words, layout, ink."""
    file = tmp_path / "found.json"
    file.write_bytes(msgspec.json.encode(found))
    benchmark.extra_info.update(beside="bare_reportlab_cold", at_most=2.2)
    benchmark.pedantic(run, args=("-c", COLD, str(file)), rounds=_ROUNDS, warmup_rounds=1)
    limit(benchmark, COLD_MS, lambda: run("-c", COLD, str(file)), resource.RUSAGE_CHILDREN)
