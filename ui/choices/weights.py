"""What counts how much: three presets, and a slider for each criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.consult import CRITERIA
from ui import theme
from ui.choices.section import Section
from ui.widgets.basic import Slider, beside, button, label
from ui.widgets.joined import Segmented

if TYPE_CHECKING:
    from core.consult import Consult
    from core.results import Recommendation
    from ui.store import Store
    from ui.words import Words


class Weights(Section):
    """The sliders are hidden until somebody wants to weigh by hand."""

    def __init__(self, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What counts"), parent)
        self._store = store
        self.preset = Segmented(self.tr("What counts"), self.tr("Own"))
        self.preset.set_options([
            ("delivery_first", self.tr("Delivery"), self.tr("Delivered cells first: 80 of 100")),
            ("balanced", self.tr("Balanced"), self.tr("Balanced: delivered cells 60 of 100")),
            ("least_burden", self.tr("Least burden"), self.tr("Least burden: delivered cells 20 of 100")),
        ])  # fmt: skip
        self.preset.chosen.connect(lambda id: store.edit(preset=id, weights=None))
        self.column.addWidget(self.preset)
        self.show_button = button(self.tr("Weigh it yourself"), "link", self._toggle)
        self.unit = label(self.tr("points of 100"), "small")
        line = beside(self.show_button, stretch=True)
        line.addWidget(self.unit)
        self.column.addLayout(line)
        self.holder = QWidget()
        column = QVBoxLayout(self.holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self.sliders: dict[str, Slider] = {}
        self.values: dict[str, QLabel] = {}
        for criterion in CRITERIA:
            name = words.first(f"say.criterion_{criterion}", fallback=criterion)
            name = name[:1].upper() + name[1:]
            slider = Slider(self.tr("Weight of {criterion}").format(criterion=name), 0, 100)
            slider.valueChanged.connect(lambda _value, criterion=criterion: self._slide(criterion))
            slider.sliderReleased.connect(store.settle)
            value = label("")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            column.addWidget(label(name, "small", wrap=True))
            column.addLayout(beside(slider, value))
            self.sliders[criterion] = slider
            self.values[criterion] = value
        self.holder.hide()
        self.unit.hide()
        self.column.addWidget(self.holder)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "values"):
            self._fit()

    def _fit(self) -> None:
        """Numbers of one size, so that a moving slider lays nothing out anew."""
        for value in self.values.values():
            metrics = value.fontMetrics()
            value.setFixedSize(max(theme.px(26), metrics.horizontalAdvance("100")), metrics.height())

    def show_consult(self, consult: Consult) -> None:
        """Show preset or weights."""
        self.preset.set_value(None if consult.preset == "own" else consult.preset)
        if consult.weights is not None:
            self._set(consult.weights)

    def show_shares(self, recommendation: Recommendation) -> None:
        """Show the shares of 100 that were used."""
        if self.holder.isHidden():
            return
        if recommendation.consult.weights is None:
            self._set(recommendation.weights)
        for criterion, share in recommendation.weights.items():
            if criterion in self.values:
                self.values[criterion].setText(f"{share:.0f}")

    def _set(self, weights: dict[str, float]) -> None:
        top = max(100.0, *weights.values())
        for criterion, slider in self.sliders.items():
            if not slider.isSliderDown():
                slider.blockSignals(True)
                slider.setValue(round(weights.get(criterion, 0.0) * 100 / top))
                slider.blockSignals(False)

    def _toggle(self) -> None:
        self.holder.setVisible(self.holder.isHidden())
        hidden = self.holder.isHidden()
        self.unit.setVisible(not hidden)
        self.show_button.setText(self.tr("Weigh it yourself") if hidden else self.tr("Hide the weights"))
        if self._store.recommendation is not None:
            self.show_shares(self._store.recommendation)

    def _slide(self, criterion: str) -> None:
        weights = {name: float(slider.value()) for name, slider in self.sliders.items()}
        if any(weights.values()):
            self._store.edit("weights", weights=weights, preset="own")
        else:
            self.sliders[criterion].setValue(1)
