"""From the measurements of a route and a target to one effect a study, with all that makes it less than direct."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec
import numpy as np

from core.delivery import prior
from core.delivery.constants import CARRIED_HOURS, FIRST_HOURS, LARGE_ANIMALS, LONGEST_HOURS, REFERENCE_HOURS, Constants
from core.delivery.normal import expit, logit, median
from core.delivery.question import Question
from core.pack.pack import Pack
from core.pack.types import Measurement

SMALLEST_ERROR, LARGEST_ERROR = 0.08, 2.5
"""No share is known better than to 8 % of its odds; one known worse than twelvefold hardly counts."""
UNSTATED_N = 4
"""Subjects behind a spread whose number is not told."""
TINY_SPREAD = 0.15
"""An unstated plus-minus smaller than this share of its value on few subjects is read as a standard error."""
HIGHEST_CARRIED = 0.99
"""No carried figure goes above this share, whatever the hold model says."""
UNSTATED_WIDER = 1.5
"""Factor on the error of an unstated plus-minus."""
#: Expected range of n normal values in sds; the tests integrate it anew.
RANGE_SDS = {
    2: 1.128, 3: 1.693, 4: 2.059, 5: 2.326, 6: 2.534, 7: 2.704, 8: 2.847, 9: 2.970, 10: 3.078, 15: 3.472, 20: 3.735,
}  # fmt: skip

Role = Literal["pooled", "bound", "carried_back", "shown"]


class Effect(msgspec.Struct, frozen=True):
    """One study's figure on the logit scale: `y` with its own standard error, and the sd that indirectness adds.

    `side`: 0 a value, -1 an upper bound, +1 a lower bound.
    """

    study: str
    role: Role
    y: float
    own: float
    extra: float
    side: float
    measurements: tuple[str, ...]
    species: str
    cells: str
    readout: str
    n: int
    hours: float
    reported: float
    """The share or bound that the study itself gives, before anything is carried."""

    @property
    def error(self) -> float:
        return float(np.hypot(self.own, self.extra))


class Shown(msgspec.Struct, frozen=True):
    """A study that measured the pair and is not used, with the reason."""

    study: str
    why: str
    measurements: tuple[str, ...]
    value: float | None = None
    species: str | None = None


class Gathered(msgspec.Struct, frozen=True):
    """All studies of a pair: those that count and those that are only shown."""

    effects: tuple[Effect, ...] = ()
    shown: tuple[Shown, ...] = ()


def gather(pack: Pack, question: Question, constants: Constants) -> Gathered:
    """Every study that measured the pair of a (checked) question, each once: used or shown with the reason.

    For a question up to 24 hours these are first measurements, and later whole-cell counts carried back; for a later
    one they are the later measurements, brought to its hour.
    """
    by_study: dict[str, list[Measurement]] = {}
    for measurement in _of_pair(pack, question.route, question.target):
        if measurement.study not in question.without:
            by_study.setdefault(measurement.study, []).append(measurement)
    effects, shown = [], []
    for study, rows in by_study.items():
        usable, reasons = [], []
        for row in rows:
            why = why_not(pack, question, row)
            if why is None:
                usable.append(row)
            else:
                reasons.append(why)
        if usable:
            effects.append(_effect(pack, question, study, usable, constants))
        else:
            value = next((row.value for row in rows if row.value is not None), None)
            shown.append(Shown(study, reasons[0], tuple(row.id for row in rows), value, rows[0].species))
    return Gathered(tuple(effects), tuple(shown))


def _of_pair(pack: Pack, route: str, target: str) -> Iterable[Measurement]:
    return (m for m in pack.file.measurements if m.route == route and m.target == target)


def why_not(pack: Pack, question: Question, m: Measurement) -> str | None:
    """Why a measurement is only shown, or None when it counts."""
    if m.excluded:
        return m.excluded
    if m.kind == "passed_lungs":
        return "tells what passes the lungs, not a share of the target"
    if m.species is None:
        return "the species is not stated"
    group, asked = pack.cells[m.cells].group, pack.cells[question.cells].group
    if group == "particle" and asked != "particle":
        return "particles, not cells"
    if m.denominator in ("arrested_cells", "injected_particles"):
        return "not a share of the cells that were given"
    venous = pack.routes[question.route].family == "venous"
    if venous and group != asked:
        return "cells of another size, which the lungs hold differently"
    if m.species == "pig" and question.species == "human" and question.target == "lung":
        return "pig lungs hold more cells than human lungs"
    if m.time_h is None and m.window_h is None:
        return "the time is not stated"
    if m.bound == "non_detection" and m.high is None:
        return "nothing was seen, and the source gives no limit"
    if m.bound is None and not m.value:
        return "no figure other than zero, and no limit of detection"
    return _why_not_then(question, m)


def _why_not_then(question: Question, m: Measurement) -> str | None:
    """Why the time of a measurement keeps it out."""
    time = _time(m)
    if time > FIRST_HOURS and m.denominator == "initial_signal":
        return "a share of what was there at first: says how long cells stay, not how many arrive"
    if question.retained:
        if time <= FIRST_HOURS:
            return "a first measurement: it counts for what arrives"
        return "measured after more than thirty days" if time > LONGEST_HOURS else None
    if time > CARRIED_HOURS or (time > FIRST_HOURS and m.readout == "label"):
        return "measured later than one day: what stays, not what arrives"
    return None


def _time(m: Measurement) -> float:
    if m.time_h is not None:
        return m.time_h
    return float(np.mean(m.window_h)) if m.window_h else REFERENCE_HOURS


def _effect(pack: Pack, question: Question, study: str, rows: list[Measurement], constants: Constants) -> Effect:
    """Earliest time point of a study, its nearest arms, merged to one effect."""
    values = [row for row in rows if row.bound is None]
    rows = values or rows
    # Of several times the first one counts, or the one nearest to the hour asked for.
    first = min((_time(row) for row in rows), key=lambda t: abs(t - question.hours) if question.retained else t)
    rows = [row for row in rows if first / 1.5 - 0.5 <= _time(row) <= max(1.5 * first, first + 0.5)]
    extras = [extra_sd(pack, question, row, constants) for row in rows]
    nearest = min(extras)
    near = [(row, extra) for row, extra in zip(rows, extras, strict=True) if extra <= nearest + 0.05]
    carried = _needs_carrying(question, near[0][0], first)
    figures = [_figure(row, constants) for row, _ in near]
    shifts = [_carry(pack, question, row) if carried else (0.0, 0.0) for row, _ in near]
    y = np.array([_moved(figure[0], shift[0]) for figure, shift in zip(figures, shifts, strict=True)])
    own = np.array([np.hypot(figure[1], shift[1]) for figure, shift in zip(figures, shifts, strict=True)])
    # Arms of one study share its methods: they do not make it surer, and their scatter makes it less sure.
    scatter = float(np.var(y, ddof=1) / y.size) if y.size > 1 else 0.0
    bounded = near[0][0].bound
    role: Role = "carried_back" if carried else "bound" if bounded else "pooled"
    row = near[0][0]
    return Effect(
        study=study,
        role=role,
        y=float(y.mean()),
        own=float(np.sqrt(np.mean(own**2) + scatter)),
        extra=nearest,
        side=0.0 if bounded is None else 1.0 if bounded == "lower" else -1.0,
        measurements=tuple(r.id for r, _ in near),
        species=row.species or "",
        cells=row.cells,
        readout=row.readout,
        n=sum(r.n or 0 for r, _ in near),
        hours=first,
        reported=_reported([figure[0] for figure in figures]),
    )


def _reported(logits: list[float]) -> float:
    """The share behind one or several logits, free of the noise of going there and back."""
    return float(f"{float(expit(float(np.mean(logits)))):.10g}")


def _needs_carrying(question: Question, m: Measurement, time: float) -> bool:
    """Whether a figure has to be brought to the question's hour: another time, or label where the living are asked."""
    if not question.retained:
        return time > FIRST_HOURS
    other_time = abs(time - question.hours) > 0.25 * question.hours
    return other_time or (m.readout == "label" and question.readout == "living")


def _moved(y: float, log_ratio: float) -> float:
    return float(logit(min(float(expit(y)) * float(np.exp(log_ratio)), HIGHEST_CARRIED)))


def _figure(m: Measurement, constants: Constants) -> tuple[float, float]:
    """Logit and standard error of one arm, or of its bound."""
    if m.bound is not None:
        limit = (m.low if m.bound == "lower" else m.high) if m.bound != "non_detection" else m.high
        return float(logit(limit if limit is not None else (m.value or 0.0))), constants.bound
    value = m.value or 0.0
    return float(logit(value)), standard_error(m, constants)


def standard_error(m: Measurement, constants: Constants) -> float:
    """Standard error of an arm's mean on the logit scale, from whatever spread the source prints."""
    value = min(max(m.value or 0.0, 1e-9), 1 - 1e-6)
    n = m.n or UNSTATED_N
    if m.spread in ("sd", "sem", "unspecified") and m.size:
        relative = m.size / value
        if m.spread == "sd":
            relative /= np.sqrt(n)
        elif m.spread == "unspecified":
            relative *= UNSTATED_WIDER if relative < TINY_SPREAD else UNSTATED_WIDER / np.sqrt(n)
        # The delta method fails where the spread is as large as the value; the lognormal's sd does not.
        error = np.sqrt(np.log1p(relative**2)) / (1.0 - value)
    elif m.spread in ("range", "subgroups", "ci95", "iqr", "source_conflict") and m.high is not None and m.high > 0:
        low = m.low if m.low else min(value, m.high) / 8.0
        width = float(logit(m.high) - logit(low))
        error = {
            "ci95": width / 3.92, "iqr": width / 1.349 / np.sqrt(n), "source_conflict": width / 2.0,
        }.get(m.spread, width / _range_sds(n) / np.sqrt(n))  # fmt: skip
    else:
        error = constants.unstated
    return float(np.clip(error, SMALLEST_ERROR, LARGEST_ERROR))


def _range_sds(n: int) -> float:
    keys = sorted(RANGE_SDS)
    return float(np.interp(max(n, 2), keys, [RANGE_SDS[k] for k in keys]))


def extra_sd(pack: Pack, question: Question, m: Measurement, constants: Constants) -> float:
    """Sd on the logit scale that a measurement's distance from the question adds."""
    parts = [0.0]
    if m.species != question.species:
        parts.append(constants.large_animal if m.species in LARGE_ANIMALS else constants.small_animal)
    if question.condition is not None and m.condition != question.condition:
        parts.append(constants.condition)
    if m.cells != question.cells:
        same = pack.cells[m.cells].group == pack.cells[question.cells].group
        parts.append(constants.cells if same else constants.group)
    if m.denominator in ("initial_signal", "whole_body"):
        parts.append(constants.denominator)
    if m.readout == "label" and question.retained and question.readout == "living":
        parts.append(constants.label_by_vein)  # isotopes leak: after a day they count label, not living cells
    elif m.readout == "label" and not question.retained:
        venous = pack.routes[question.route].family == "venous"
        if venous and question.target != "lung":
            parts.append(constants.label_by_vein)
        elif question.readout == "living":
            parts.append(constants.readout)
    if 6.0 < _time(m) <= FIRST_HOURS and not question.retained:
        parts.append(constants.late)
    return float(np.sqrt(np.sum(np.square(parts))))


def _carry(pack: Pack, question: Question, m: Measurement) -> tuple[float, float]:
    """Logarithm of the factor that brings a later measurement to the question's hour, and its sd.

    The hold model of the study's own species and cells does it. A whole-cell count carried back to the first hour
    regains the cells that died on the way; one carried to a later hour stays a count of the living.
    """
    living = m.readout == "cells" or question.readout == "living"
    readout = "living" if living else "label"
    case = prior.Case(question.route, question.target, m.cells, m.species or question.species, readout)
    measured_as = msgspec.structs.replace(case, readout="living" if m.readout == "cells" else "label")
    wanted = case if question.retained else msgspec.structs.replace(case, label_loss=True)
    hours = question.hours if question.retained else REFERENCE_HOURS
    then, now = prior.share(pack, measured_as, _time(m)).share, prior.share(pack, wanted, hours).share
    shift = np.log(now) - np.log(then)
    return median(shift), float(np.std(shift))


def interval(effect: Effect) -> tuple[float | None, float | None, float | None]:
    """Value and 95 % interval of an effect as shares, or its bound alone, for the forest plot.

    A count that was carried back is shown as the study found it, without an interval.
    """
    if effect.side < 0:
        return None, None, effect.reported
    if effect.side > 0:
        return None, effect.reported, None
    if effect.role == "carried_back":
        return effect.reported, None, None
    reach = 1.96 * effect.own
    return effect.reported, float(expit(effect.y - reach)), float(expit(effect.y + reach))
