"""Calibration: each study is left out, predicted from all that remains, and compared with what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from core.delivery import measured, normal
from core.delivery.constants import CARRIED_HOURS, DEFAULT, FIRST_HOURS, LONGEST_HOURS, Constants
from core.delivery.estimate import estimate
from core.delivery.normal import expit
from core.delivery.question import Question, Readout, checked
from core.pack.pack import Pack
from core.pack.types import Measurement

BETWEEN_CHOICES = (0.7, 1.0, 1.4)
INDIRECT_CHOICES = (0.7, 1.0, 1.4)
"""Factors on the between-study scales and on the indirectness sds among which the other studies choose."""
WORST = 10
TARGET_COVERAGE = 0.85, 0.97
TARGET_ERROR = 0.35


@dataclass(frozen=True)
class Prediction:
    """A left-out study's figure and what the rest predicted for it.

    `position`: probability that was given to lower figures. `log10_error`: tenfold steps from the predicted
    median, positive where the study found more. `alone`: the model predicted it with no other study of the pair.
    """

    study: str
    route: str
    target: str
    family: str
    species: str
    cells: str
    hours: float
    found: float
    predicted: float
    low: float
    high: float
    position: float
    log10_error: float
    log_score: float
    alone: bool

    @property
    def inside_50(self) -> bool:
        return 0.25 <= self.position <= 0.75

    @property
    def inside_90(self) -> bool:
        return 0.05 <= self.position <= 0.95


@dataclass(frozen=True)
class Row:
    """Coverage and error of a group of predictions."""

    group: str
    n: int
    coverage_50: float
    coverage_90: float
    median_error: float


@dataclass(frozen=True)
class Calibration:
    """Leave-one-study-out over the whole pack: all predictions, and tables of them."""

    predictions: tuple[Prediction, ...]
    overall: Row
    by_family: tuple[Row, ...]
    by_species: tuple[Row, ...]
    by_support: tuple[Row, ...]
    by_time: tuple[Row, ...]
    worst: tuple[Prediction, ...]
    chosen: dict[str, int]
    """How often the other studies chose a pair of factors on the constants, as "between × indirect"."""


def calibrate(
    pack: Pack,
    constants: Constants = DEFAULT,
    *,
    refit: bool = True,
    step: Callable[[int, int], object] = lambda _place, _all: None,
) -> Calibration:
    """Leave each study of each pair out, predict its figure, and count how often the intervals hold it.

    The question is about man, with the study's own cells; the study's own standard error and what its distance from
    the question adds are added to the prediction. With `refit` the factors on the constants are chosen anew
    without the study that is predicted. Bounds are not scored: they say on which side, not where. `step` is told
    before each prediction how many are made and how many there are; what it raises ends the work.
    """
    choices = [(1.0, 1.0)]
    if refit:
        choices = [(between, indirect) for between in BETWEEN_CHOICES for indirect in INDIRECT_CHOICES]
    cases = list(_cases(pack))
    table: list[list[Prediction]] = []
    for choice in choices:
        table.append([])
        for place, case in enumerate(cases):
            step(len(cases) * (len(table) - 1) + place, len(cases) * len(choices))
            table[-1] += _predictions(pack, case, constants.scaled(*choice))
    scores = np.array([[p.log_score for p in row] for row in table]).reshape(len(choices), -1)
    studies = np.array([p.study for p in table[0]])
    chosen: dict[str, int] = {}
    kept: list[Prediction] = []
    for index, study in enumerate(studies):
        others = scores[:, studies != study].sum(axis=1)
        # Without other studies nothing speaks for another factor than 1.
        best = int(np.argmax(others)) if others.size and np.ptp(others) > 0 else choices.index((1.0, 1.0))
        name = f"{choices[best][0]:g} × {choices[best][1]:g}"
        chosen[name] = chosen.get(name, 0) + 1
        kept.append(table[best][index])
    return Calibration(
        predictions=tuple(kept),
        overall=_row("all", kept),
        by_family=_rows(kept, lambda p: p.family),
        by_species=_rows(kept, lambda p: p.species),
        by_support=_rows(kept, lambda p: "model alone" if p.alone else "with other studies"),
        by_time=_rows(kept, lambda p: "retained" if p.hours > FIRST_HOURS else "delivered"),
        worst=tuple(sorted(kept, key=lambda p: -abs(p.log10_error))[:WORST]),
        chosen=dict(sorted(chosen.items(), key=lambda item: -item[1])),
    )


def _predictions(pack: Pack, case: tuple[str, Question], constants: Constants) -> list[Prediction]:
    """One prediction, or none where the study has only a bound."""
    study, question = case
    effects = [e for e in measured.gather(pack, question, constants).effects if e.study == study]
    return [_predict(pack, question, effects[0], constants)] if effects and effects[0].side == 0 else []


def _cases(pack: Pack) -> Iterable[tuple[str, Question]]:
    """Each study of each pair once for what arrives and once for what stays, with its own cells and readout."""
    first: dict[tuple[str, str, str], Measurement] = {}
    later: dict[tuple[str, str, str], Measurement] = {}
    for m in pack.file.measurements:
        if m.route is None or m.excluded or pack.targets[m.target].bloodless:
            continue
        key = (m.study, m.route, m.target)
        first.setdefault(key, m)
        if m.time_h is not None and FIRST_HOURS < m.time_h <= LONGEST_HOURS:
            earlier = later.setdefault(key, m)
            if m.time_h < (earlier.time_h or LONGEST_HOURS):
                later[key] = m
    for key, m in first.items():
        yield m.study, checked(pack, Question(*key[1:], cells=m.cells))
    for key, m in later.items():
        # A later whole-cell count up to the third day already speaks for what arrived, carried back.
        if m.readout == "label" or (m.time_h or 0.0) > CARRIED_HOURS:
            readout: Readout = "living" if m.readout == "cells" else "label"
            yield m.study, checked(pack, Question(*key[1:], cells=m.cells, hours=m.time_h or 0.0, readout=readout))


def _predict(pack: Pack, base: Question, effect: measured.Effect, constants: Constants) -> Prediction:
    posterior = estimate(pack, msgspec.structs.replace(base, without=frozenset({effect.study})), constants)
    predictive = posterior.pair.logits
    z = (effect.y - predictive) / effect.error
    # The study's own error is added as a normal around each draw; 0.5 and 0.05 of the sum are then its quantiles.
    spread = np.hypot(predictive.std(), effect.error)
    middle = float(np.median(predictive))
    value, predicted = float(expit(effect.y)), float(expit(middle))
    density = np.exp(-0.5 * z * z).mean() / (effect.error * np.sqrt(2 * np.pi))
    return Prediction(
        study=effect.study,
        route=base.route,
        target=base.target,
        family=pack.routes[base.route].family,
        species=effect.species,
        cells=effect.cells,
        hours=base.hours,
        found=value,
        predicted=predicted,
        low=float(expit(middle - 1.645 * spread)),
        high=float(expit(middle + 1.645 * spread)),
        position=float(normal.cdf(z).mean()),
        log10_error=float(np.log10(value / predicted)),
        log_score=float(np.log(max(density, 1e-12))),
        alone=posterior.pair.pooled is None,
    )


def _row(group: str, predictions: Sequence[Prediction]) -> Row:
    if not predictions:
        return Row(group, 0, float("nan"), float("nan"), float("nan"))
    return Row(
        group,
        len(predictions),
        float(np.mean([p.inside_50 for p in predictions])),
        float(np.mean([p.inside_90 for p in predictions])),
        float(np.median([abs(p.log10_error) for p in predictions])),
    )


def _rows(predictions: Sequence[Prediction], key: Callable[[Prediction], str]) -> tuple[Row, ...]:
    groups: dict[str, list[Prediction]] = {}
    for prediction in predictions:
        groups.setdefault(key(prediction), []).append(prediction)
    return tuple(_row(group, groups[group]) for group in sorted(groups))


def as_text(calibration: Calibration) -> str:
    """The tables for a terminal."""
    lines = [f"Leave-one-study-out: {calibration.overall.n} figures predicted without their study", ""]
    lines.append(f"{'group':24}{'figures':>8}{'in 50 %':>9}{'in 90 %':>9}{'median |log10 error|':>22}")
    for title, rows in (
        ("", (calibration.overall,)), ("by route family", calibration.by_family),
        ("by species", calibration.by_species), ("by support", calibration.by_support),
        ("by time", calibration.by_time),
    ):  # fmt: skip
        if title:
            lines.append(title)
        lines += [
            f"  {r.group:22}{r.n:8d}{_percent(r.coverage_50):>9}{_percent(r.coverage_90):>9}{r.median_error:22.2f}"
            for r in rows
        ]
    low, high = (_percent(x) for x in TARGET_COVERAGE)
    lines += [
        "",
        f"Aim: {low} to {high} of the figures inside the 90 % intervals, median error {TARGET_ERROR} or less.",
        "",
        "Farthest from what was predicted",
    ]
    for p in calibration.worst:
        lines.append(
            f"  {p.study:24}{p.route:20}{p.target:18}{p.species:8}found {p.found:8.2g}  predicted {p.predicted:8.2g} "
            f"({p.low:.1g} to {p.high:.1g}){'  model alone' if p.alone else ''}"
        )
    lines += ["", "Factors on the constants chosen without the study (between studies × indirectness):"]
    lines += [f"  {name}: {count} times" for name, count in calibration.chosen.items()]
    return "\n".join(lines) + "\n"


def _percent(x: float) -> str:
    return f"{100 * x:.0f} %" if np.isfinite(x) else "-"


def as_data(calibration: Calibration) -> dict[str, object]:
    """The same as plain data for JSON."""
    from dataclasses import asdict

    data = asdict(calibration)
    data["aim"] = {"coverage_90": list(TARGET_COVERAGE), "median_log10_error": TARGET_ERROR}
    return data
