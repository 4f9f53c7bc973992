"""Version, date and making of the evidence, what the program is and is not, and how good its estimates are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from core.pack.keys import is_development
from ui import numbers, say, theme
from ui.widgets.basic import Scroll, button, empty, label
from ui.widgets.progress import Progress

if TYPE_CHECKING:
    from core.delivery.calibrate import Calibration, Row
    from core.pack.pack import Pack
    from ui.words import Words
    from ui.worker import Worker


_OURS = (
    QT_TRANSLATE_NOOP("About", "The CellRoute authors"),
    QT_TRANSLATE_NOOP("About", "Paid for by nobody: no maker, no clinic."),
)


class About(QDialog):
    """Read only. The calibration runs when it is asked for, and ends when the dialog is closed."""

    def __init__(self, pack: Pack, words: Words, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack, self._worker = pack, worker
        self.found: Calibration | None = None
        self.setWindowTitle(self.tr("About the evidence"))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        self.scroll = scroll = Scroll()
        scroll.column.setContentsMargins(0, 0, theme.px(10), 0)
        scroll.column.setSpacing(theme.px(7))
        title = self.tr("Evidence pack {version} of {date}").format(version=pack.version, date=say.date(pack.date))
        scroll.column.addWidget(label(title, "title", wrap=True))
        lines = [
            self.tr("Do not use it after {date}.").format(date=say.date(pack.expires)),
            self.tr("Made by: {who}. {funding}").format(
                who=_known(pack.file.made_by), funding=_known(pack.file.funding)
            ),
            self.tr(
                "{studies} studies, {measurements} measurements, {conditions} conditions, {procedures} procedures."
            ).format(
                studies=numbers.grouped(len(pack.studies)),
                measurements=numbers.grouped(len(pack.measurements)),
                conditions=numbers.grouped(len(pack.conditions)),
                procedures=numbers.grouped(len(pack.procedures)),
            ),
            self.tr(
                "CellRoute estimates how many injected cells are in the target. That is not how much a treatment "
                "helps. It supports a decision and makes none. It works without a network and stores nothing about a "
                "patient."
            ),
            self.tr(
                "Filled marks: cells were counted. Hollow and hatched marks: a model, or a measured needle with "
                "assumed staying."
            ),
        ]
        if is_development():
            made = self.tr(
                "This program was made for development, with a key that no release trusts. "
                "It is not for use with patients."
            )
            scroll.column.addWidget(label(made, "warn", wrap=True, select=True))
        for line in lines:
            scroll.column.addWidget(label(line, wrap=True, select=True))
        self._make_calibration(scroll.column)
        digest = self.tr("Digest of the pack: {digest}").format(digest=pack.sha256 or "–")
        scroll.column.addWidget(label(digest, "small", wrap=True, select=True))
        scroll.column.addStretch(1)
        column.addWidget(scroll, 1)
        column.addWidget(button(self.tr("Close"), "", self.accept), 0, Qt.AlignmentFlag.AlignRight)
        room = parent.size() if parent is not None else self.size()
        self.resize(min(theme.px(620), room.width() - 40), min(theme.px(560), room.height() - 40))

    def _make_calibration(self, column: QVBoxLayout) -> None:
        column.addSpacing(theme.px(6))
        column.addWidget(label(self.tr("How good are these estimates?"), "heading"))
        how = self.tr(
            "Each study is left out in turn, and its figure is predicted from all the others. What is counted is how "
            "often the range holds what the study found."
        )
        column.addWidget(label(how, wrap=True))
        self.start_button = button(self.tr("Work it out"), "", self.calibrate)
        self.progress = Progress(self.tr("Cancel"))
        self.progress.cancelled.connect(self._stop)
        column.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.progress)
        self.outcome = QVBoxLayout()
        self.outcome.setSpacing(theme.px(7))
        column.addLayout(self.outcome)
        column.addSpacing(theme.px(6))

    def calibrate(self) -> None:
        """Leave each study out, in the worker."""
        from core.delivery.calibrate import calibrate

        self.start_button.hide()
        self.progress.begin(self.tr("Leaving out one study after the other…"))
        self.progress.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        pack = self._pack
        self._worker.start_long(
            "calibration", lambda step: calibrate(pack, step=step), self._receive, self._fail, self.progress.step
        )

    def done(self, result: int) -> None:
        self._worker.cancel("calibration")
        super().done(result)

    def _stop(self) -> None:
        self._worker.cancel("calibration")
        self.start_button.show()
        self.start_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fail(self, error: Exception) -> None:
        self.progress.end()
        self.start_button.show()
        raise error

    def _receive(self, found: object) -> None:
        from core.delivery.calibrate import TARGET_COVERAGE, TARGET_ERROR, Calibration

        assert isinstance(found, Calibration)
        self.found = found
        self.progress.end()
        empty(self.outcome)
        total = found.overall
        said = self.tr(
            "{n} figures were predicted. {wide} of 100 lie within their 90 % range, {narrow} of 100 within their 50 % "
            "range. Half of them differ from what was predicted by a factor of {fold} or less."
        ).format(
            n=total.n, wide=_hundred(total.coverage_90), narrow=_hundred(total.coverage_50),
            fold=say.decimal(f"{10**total.median_error:.1f}"),
        )  # fmt: skip
        strong = label(said, wrap=True, select=True)
        strong.setFont(theme.semibold(theme.BODY))
        self.outcome.addWidget(strong)
        self.outcome.addWidget(self._table(found))
        aim = self.tr(
            "The aim: {low} to {high} of 100 within the 90 % range, a median error of {error} powers of ten or less."
        ).format(
            low=_hundred(TARGET_COVERAGE[0]), high=_hundred(TARGET_COVERAGE[1]), error=say.decimal(f"{TARGET_ERROR:g}")
        )
        self.outcome.addWidget(label(aim, "muted", wrap=True))
        self.scroll.page.adjustSize()

    def _table(self, found: Calibration) -> QWidget:
        names = {
            "delivered": self.tr("what arrives"),
            "retained": self.tr("what stays"),
            "with other studies": self.tr("with other studies of the same way"),
            "model alone": self.tr("by the model alone"),
        }
        rows: list[tuple[str, Row]] = [(self.tr("all"), found.overall)]
        rows += [(names.get(row.group, row.group), row) for row in (*found.by_time, *found.by_support)]
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(theme.px(18))
        grid.setVerticalSpacing(3)
        heads = (
            "", self.tr("figures"), self.tr("in 90 % range"), self.tr("in 50 % range"),
            self.tr("median error, powers of ten"),
        )  # fmt: skip
        for place, head in enumerate(heads):
            grid.addWidget(label(head, "heading", wrap=place == 4), 0, place, _side(place))
        for at, (name, row) in enumerate(rows, 1):
            texts = (
                name, str(row.n), f"{_hundred(row.coverage_90)} %", f"{_hundred(row.coverage_50)} %",
                say.decimal(f"{row.median_error:.2f}"),
            )  # fmt: skip
            for place, text in enumerate(texts):
                grid.addWidget(label(text), at, place, _side(place))
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(4, theme.px(112))
        return holder


def _known(text: str) -> str:
    """What our own evidence says of its making, in the language of the window; others' words as they are."""
    return QCoreApplication.translate("About", text)


def _hundred(share: float) -> str:
    return f"{100 * share:.0f}"


def _side(place: int) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignBottom
