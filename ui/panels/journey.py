"""Where a million cells go, for the procedure that is looked at and the asked one beside it, at a time to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import say, theme
from ui.widgets.basic import Slider, label
from ui.widgets.flow import Band, FlowPicture

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Journey, Option, Recommendation
    from ui.store import Store
    from ui.words import Words


SMALL = 0.02  # places with less than this share of the cells are drawn as one


class JourneyPage(QWidget):
    """Two flow pictures and one slider of time."""

    def __init__(self, pack: Pack, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack, self._store, self._words = pack, store, words
        self._now: tuple[Recommendation, tuple[Option, ...]] | None = None
        self._journeys: dict[str, Journey | None] = {}
        self._hours: tuple[float, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        heads = (self.tr("place"), say.unit(words.figures), self.tr("90 % range"))
        others = self.tr("the rest")
        self.pictures = [FlowPicture(self.tr("Where the cells go"), heads, others, words.figures) for _ in range(2)]
        line = QHBoxLayout()
        line.setSpacing(18)
        for picture in self.pictures:
            line.addWidget(picture, 1)
        column.addLayout(line, 1)
        self.time = Slider(self.tr("Time after delivery"), 0, 0)
        self.time.valueChanged.connect(lambda _v: self._draw())
        self.time_said = label("", "small")
        self.time_line = QWidget()
        times = QHBoxLayout(self.time_line)
        times.setContentsMargins(0, 0, 0, 0)
        times.addWidget(label(self.tr("Time after delivery"), "small"))
        times.addWidget(self.time, 1)
        times.addWidget(self.time_said)
        self.time_said.setMinimumWidth(theme.px(52))
        self.time_said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(self.time_line)
        self.time_line.hide()

    def show_recommendation(self, recommendation: Recommendation, selected: str) -> None:
        """Show the procedure that is looked at and the asked one."""
        options = tuple(option for option in say.asked_or_first(recommendation, selected) if option is not None)
        self._now = (recommendation, options)
        self._journeys = {}
        self._draw()
        consult = recommendation.consult
        wanted = [option.procedure for option in options]
        self._store.worker.start(
            "journey",
            lambda: {procedure: self._store.engine.journey(consult, procedure) for procedure in wanted},
            self._receive,
            self._store.fail,
        )

    def _receive(self, found: object) -> None:
        assert isinstance(found, dict)
        self._journeys = found
        hours = next((journey.hours for journey in found.values() if journey is not None), ())
        self._hours = tuple(hours)
        self.time_line.setVisible(len(self._hours) > 1)
        if self._hours and self.time.maximum() != len(self._hours) - 1:
            self.time.blockSignals(True)
            self.time.setRange(0, len(self._hours) - 1)
            self.time.setPageStep(1)
            nearest = min(range(len(self._hours)), key=lambda k: abs(self._hours[k] - 1.0))
            self.time.setValue(nearest)
            self.time.blockSignals(False)
        self._draw()

    def _draw(self) -> None:
        if self._now is None:
            return
        recommendation, options = self._now
        if self._hours:
            hours = self._hours[min(self.time.value(), len(self._hours) - 1)]
            self.time_said.setText(self.say_time(hours))
        for picture, option in zip(self.pictures, (*options, None, None), strict=False):
            picture.setVisible(option is not None)
            if option is None:
                continue
            name = self.tr("{name} (asked)").format(name=option.name) if option.asked else option.name
            picture.show_bands(
                self.tr("{name}: 1 000 000 cells").format(name=name),
                name,
                self._bands(recommendation, option),
                hollow=say.hollow(option.delivered),
            )

    def say_time(self, hours: float) -> str:
        """A time after delivery in words."""
        if hours < 1:
            return self.tr("{minutes} min").format(minutes=round(hours * 60))
        if hours < 48:
            return self.tr("{hours} h").format(hours=f"{hours:g}")
        return self.tr("{days} days").format(days=f"{hours / 24:.0f}")

    def _bands(self, recommendation: Recommendation, option: Option) -> tuple[Band, ...]:
        target = self._words.name("target", recommendation.consult.target)
        journey = self._journeys.get(option.procedure)
        if journey is None:
            share, figures = option.delivered.median, self._words.figures
            elsewhere = self._words.first("say.journey_elsewhere", fallback=self.tr("elsewhere, or lost"))
            shown = say.figure(figures, option.delivered), True, say.span(figures, option.delivered)
            return Band(target, share, *shown), Band(elsewhere, 1 - share, figures.short(1 - share))
        place = min(self.time.value(), len(journey.hours) - 1)
        names = {
            "target": target,
            "lung": self.tr("held in the lung"),
            "liver": self.tr("liver"),
            "spleen": self.tr("spleen"),
            "elsewhere": self.tr("elsewhere"),
            "leak": self.tr("beside the target"),
            "lost": self.tr("dead or cleared"),
        }
        small = [share for share in journey.shares[place] if share.place != "target" and share.median < SMALL]
        bands = [
            Band(
                names.get(share.place, share.place.replace("_", " ")),
                share.median,
                self._words.figures.short(share.median, below=share.place == "target" and option.delivered.below),
                share.place == "target",
                self._words.figures.span(share.low, share.high),
            )
            for share in journey.shares[place]
            if share not in small
        ]
        total = sum(share.median for share in small)
        if total * 1e6 >= 1:
            listed = ", ".join(names.get(share.place, share.place) for share in small if share.median * 1e6 >= 1)
            short = self.tr("the rest") if "," in listed else ""
            bands.append(Band(listed, total, self._words.figures.short(total), short=short))
        bands.sort(key=lambda band: (not band.target, -band.share) if band.share > 0.02 else (band.target, -band.share))
        return tuple(bands)
