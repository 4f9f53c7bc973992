"""A Handout drawn as a tagged PDF: `render` gives the bytes of the file, the same for the same handout.

Normal size aims at one sheet of two sides. What does not fit moves to the long form in a fixed order (`plan`); type
size and the lines on benefit, harm, approval and help never give way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from io import BytesIO

from core.handout import fonts
from core.handout.clean import check_glyphs, clean_logo
from core.handout.compose import Composer
from core.handout.flow import draw_lines
from core.handout.lab import ImageReader
from core.handout.lines import ACCENT, REGULAR, RULE, break_lines, line_width, width_of
from core.handout.model import Handout
from core.handout.pages import Frame, Placed, draw_page
from core.handout.plain import every_text
from core.handout.plan import Planner
from core.handout.runs import Runs, plain, said
from core.handout.styles import FOOT, MARGIN, MM, PAPERS, TOP, TYPES
from core.handout.tagged import TaggedCanvas

LANGUAGE_TAGS = {"en": "en-GB", "es": "es"}


def render(handout: Handout) -> bytes:
    """The PDF of a handout and of its twin.

    Raises RenderError for characters without a glyph, InputError for a bad logo.
    """
    fonts.faces()
    parts = [handout, *([handout.twin] if handout.twin else [])]
    check_glyphs((text for part in parts for text in every_text(part)), fonts.lacks)
    sheets = [_Sheet(part) for part in parts]
    plans = [sheet.plan() for sheet in sheets]
    total = sum(map(len, plans))
    file = BytesIO()
    canvas = TaggedCanvas(
        file,
        title=handout.title,
        language=LANGUAGE_TAGS.get(handout.language, handout.language),
        font=REGULAR,
        pagesize=PAPERS[handout.paper],
        creator="CellRoute",
    )
    number = 0
    for sheet, plan in zip(sheets, plans, strict=True):
        with canvas.element("Part", language=LANGUAGE_TAGS.get(sheet.handout.language, "")) as part:
            pass
        for index, page in enumerate(plan):
            number += 1
            if number > 1:
                canvas.showPage()
            with canvas.element(part):
                sheet.draw(canvas, page, index, last=index == len(plan) - 1, number=number, total=total)
    canvas.save()
    return file.getvalue()


class _Sheet:
    """One language's sides: planned, then drawn."""

    def __init__(self, handout: Handout) -> None:
        self.handout = handout
        self.type = TYPES[handout.size]
        self.wide, self.high = PAPERS[handout.paper]
        self.width = self.wide - 2 * MARGIN
        self.logo = clean_logo(handout.logo) if handout.logo else None
        self.first = self._frame(self._head_height())
        self.further = self._frame(self._running_height())

    def plan(self) -> list[list[Placed]]:
        """What stands on each side."""
        return Planner(Composer(self.handout, self.type, self.width), self.first, self.further).plan()

    def _frame(self, head: float) -> Frame:
        foot = FOOT + len(self._foot_lines()) * self.type.foot.leading + 9
        return Frame(MARGIN, foot, self.width, self.high - head - foot)

    def _head_height(self) -> float:
        leading = self.type.head.leading
        _, _, lines = self._head()
        logo = math.ceil((self.logo[2] * MM + 4) / leading) + 1 if self.logo else 0
        return TOP + max(lines, logo) * leading + 8 + self._banner_height()

    def _head(self) -> tuple[list[tuple[int, Runs]], list[tuple[int, Runs]], int]:
        """The lines of the head with their rows, at the left and at the right, and how many rows there are.

        What is at the left goes on below what is at the right where both do not fit beside each other; who earns
        stands last, and needs no row of its own beside the clinician's name.
        """
        handout, size = self.handout, self.type.head.size
        patient = handout.patient or "_" * 24
        right = [plain(f"{handout.for_whom} {patient}   {handout.date_label} {handout.date}")]
        right.append(plain(f"{handout.clinician_label} {handout.clinician or '_' * 24}"))
        right = [line for text in right for line in break_lines(text, self.type.head, 0.7 * self.width)]
        indent = self.logo[1] * MM + 8 if self.logo else 0.0
        left = [
            (line, indent)
            for number, text in enumerate(handout.clinic)
            for line in break_lines(plain(text, number == 0), self.type.head, self.width - indent)
        ]
        placed, row = [], 0
        for line, inset in [*left, (plain(handout.earns), 0.0)]:
            wide = inset + line_width(line, self.type.head) + 2 * size
            while row < len(right) and wide + line_width(right[row], self.type.head) > self.width:
                row += 1
            placed.append((row, line))
            row += 1
        return placed, list(enumerate(right)), max(row, len(right))

    def _running_height(self) -> float:
        return TOP + self.type.head.leading + 9 + self._banner_height()

    def _banner_height(self) -> float:
        return len(self._banner()) * self.type.head.leading + 3 if self.handout.banner else 0.0

    def _banner(self) -> Sequence[Runs]:
        return break_lines(plain(self.handout.banner, True), self.type.head, self.width)

    def draw(
        self, canvas: TaggedCanvas, page: Sequence[Placed], index: int, *, last: bool, number: int, total: int
    ) -> None:
        """One side with its head and foot."""
        if index == 0:
            self._draw_head(canvas)
        else:
            with canvas.artifact():
                self._draw_running_head(canvas)
        draw_page(canvas, page, self.first if index == 0 else self.further)
        if last:
            self._draw_foot(canvas, number, total)
        else:
            with canvas.artifact():
                self._draw_foot(canvas, number, total)

    def _draw_head(self, canvas: TaggedCanvas) -> None:
        handout, style = self.handout, self.type.head
        top = self.high - TOP
        indent = 0.0
        if self.logo:
            data, wide, high = self.logo
            canvas.drawImage(ImageReader(BytesIO(data)), MARGIN, top - high * MM, wide * MM, high * MM)
            indent = wide * MM + 8
        left, right, _ = self._head()
        for row, line in left[:-1]:
            self._line(canvas, line, MARGIN + indent, top - row * style.leading)
        for row, line in right:
            self._line(canvas, line, self._right(said(line)), top - row * style.leading)
        bottom = self.first.top + 8 + self._banner_height()
        self._line(canvas, plain(handout.earns), MARGIN, bottom + style.leading - 1)
        self._rule(canvas, bottom - 2)
        self._draw_banner(canvas, bottom - 6)

    def _right(self, text: str) -> float:
        return self.wide - MARGIN - width_of(text, False, self.type.head.size)

    def _line(self, canvas: TaggedCanvas, text: Runs, x: float, top: float) -> None:
        with canvas.element("P"):
            draw_lines(canvas, [text], self.type.head, x, top)

    def _rule(self, canvas: TaggedCanvas, y: float) -> None:
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1.4)
        canvas.line(MARGIN, y, self.wide - MARGIN, y)

    def _draw_banner(self, canvas: TaggedCanvas, top: float) -> None:
        if self.handout.banner:
            with canvas.element("P"):
                draw_lines(canvas, self._banner(), self.type.head, MARGIN, top)

    def _draw_running_head(self, canvas: TaggedCanvas) -> None:
        style, top = self.type.head, self.high - TOP
        clinic = self.handout.clinic[0] if self.handout.clinic else ""
        title = _shortened(self.handout.title, self.width - width_of(clinic, True, style.size) - 24, style.size)
        self._line(canvas, plain(clinic, True), MARGIN, top)
        self._line(canvas, plain(title), self._right(title), top)
        self._rule(canvas, top - style.leading - 2)
        self._draw_banner(canvas, top - style.leading - 6)

    def _side(self, number: int, total: int) -> str:
        return f"{self.handout.side.format(number=number, total=total)} · {self.handout.grade}"

    def _foot_lines(self) -> Sequence[Runs]:
        style = self.type.foot
        room = self.width - width_of(self._side(8, 8), False, style.size) - 12
        return break_lines(plain(self.handout.footer), style, room)

    def _draw_foot(self, canvas: TaggedCanvas, number: int, total: int) -> None:
        style = self.type.foot
        right = self._side(number, total)
        lines = self._foot_lines()
        top = FOOT + len(lines) * style.leading
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, top + 3, self.wide - MARGIN, top + 3)
        with canvas.element("P"):
            draw_lines(canvas, lines, style, MARGIN, top)
        with canvas.element("P"):
            x = self.wide - MARGIN - width_of(right, False, style.size)
            draw_lines(canvas, [plain(right)], style, x, top)


def _shortened(text: str, width: float, size: float) -> str:
    """A running head cut at a word; the whole title stands on the first side."""
    if width_of(text, False, size) <= width:
        return text
    words = text.split(" ")
    while len(words) > 1 and width_of(" ".join(words) + " …", False, size) > width:
        words.pop()
    return " ".join(words) + " …"
