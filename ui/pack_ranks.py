"""The ranks that other evidence would change, worked out one after the other while its preview is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from core import intake
from ui import pack_words as say
from ui import theme
from ui.widgets.basic import Panel, label
from ui.widgets.unfolding import add_lines
from ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.changes import RankChange
    from core.consult import Consult
    from core.intake import Preview
    from ui.worker import Worker

SHOWN = 6  # lines of one kind before the rest is asked for


class RanksToChange(Panel):
    """Tells of the consult that is open first, then of every condition; `failed` hears what could not be worked out."""

    KIND = "evidence-ranks"
    """What its work is called in the worker, for whoever cancels it."""

    def __init__(
        self, preview: Preview, consult: Consult | None, language: str, worker: Worker,
        failed: Callable[[Exception], None], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._preview, self._consult, self._worker, self._failed = preview, consult, worker, failed
        self._words = Words(preview.old, language), Words(preview.new, language)
        open_one = [None] if consult is not None else []
        self._left: list[tuple[str, str] | None] = [*open_one, *preview.pairs] if preview.pairs else []
        self._all = len(self._left)
        self._changes: list[RankChange] = []
        title = self.tr("Ranks that would change (each condition as it usually is, in a clinic with everything)")
        self.said = label("", "", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, max(1, self._all))
        self.bar.setAccessibleName(self.tr("Ranks worked out"))
        self._moved, self._numbers = QVBoxLayout(), QVBoxLayout()
        self.column.addWidget(label(title, "heading"))
        self.column.addWidget(self.said)
        self.column.addWidget(self.bar)
        self.column.addLayout(self._moved)
        self.column.addLayout(self._numbers)

    def begin(self) -> None:
        """Work out the next one, and so on to the last."""
        if not self._left:
            self._end()
            return
        done = self._all - len(self._left)
        self.said.setText(self.tr("Working out {n} of {all}…").format(n=done + 1, all=self._all))
        self.bar.setValue(done)
        preview, pair, consult = self._preview, self._left.pop(0), self._consult
        self._worker.start(
            self.KIND, lambda: intake.rank(preview, pair, consult), lambda change: self._add(pair, change), self._failed
        )

    def _add(self, pair: tuple[str, str] | None, change: RankChange | None) -> None:
        if pair is None:
            said = self.tr("it stays as it is") if change is None else say.rank(change, *self._words)
            shown = label(self.tr("The consult that is open: {what}").format(what=said), wrap=True)
            shown.setFont(theme.semibold())
            self._moved.addWidget(shown)
        elif change is not None:
            self._changes.append(change)
            if change.kind != "cells":
                self._moved.addWidget(label(say.rank(change, *self._words), wrap=True))
        self.begin()

    def _end(self) -> None:
        self.bar.hide()
        if not self._preview.pairs:
            self.said.setText(self.tr("No figure changes, so no rank does."))
            return
        numbers = [one for one in self._changes if one.kind == "cells"]
        moved = len(self._changes) - len(numbers)
        text = self.tr(
            "Of {all} conditions, {moved} would be ranked otherwise; {numbers} keep their order with other numbers."
        )
        self.said.setText(text.format(all=len(self._preview.pairs), moved=moved, numbers=len(numbers)))
        lines = [say.rank(one, *self._words) for one in numbers]
        add_lines(self._numbers, lines, SHOWN, self.tr("Show %n more", "", len(lines) - SHOWN))
