"""From printed figures to effects: standard errors, distances, bounds, merging, carrying back."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np
import pytest

from core.delivery import measured
from core.delivery.constants import DEFAULT
from core.delivery.measured import extra_sd, gather, standard_error, why_not
from core.delivery.normal import expit, logit
from core.delivery.question import Question, checked
from core.pack.pack import Pack
from core.pack.types import Measurement

PAIR = ("intracoronary", "myocardium")


def make(**more: Any) -> Measurement:
    fields: dict[str, Any] = {
        "id": "made-up", "study": "hofmann-2005", "route": PAIR[0], "target": PAIR[1], "species": "human",
        "cells": "bm_msc", "readout": "label", "method": "counting", "denominator": "injected_activity",
        "value": 0.1, "time_h": 1.0, "where": "nowhere",
    }  # fmt: skip
    return msgspec.convert(fields | more, Measurement)


def with_rows(pack: Pack, *rows: Measurement) -> Pack:
    """A pack whose measurements are these alone."""
    return Pack(msgspec.structs.replace(pack.whole, measurements=rows))


def asked(pack: Pack, **more: Any) -> Question:
    return checked(pack, Question(*PAIR, **more))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"spread": "sd", "size": 0.02, "n": 4}, 0.01 / 0.1 / 0.9),
        ({"spread": "sem", "size": 0.02, "n": 4}, 0.02 / 0.1 / 0.9),
        ({"spread": "ci95", "low": 0.05, "high": 0.2}, float(logit(0.2) - logit(0.05)) / 3.92),
        ({"spread": "range", "low": 0.05, "high": 0.2, "n": 4}, float(logit(0.2) - logit(0.05)) / 2.059 / 2),
        ({"spread": "iqr", "low": 0.05, "high": 0.2, "n": 9}, float(logit(0.2) - logit(0.05)) / 1.349 / 3),
        ({"spread": "none"}, DEFAULT.unstated),
        ({"spread": "unspecified", "size": 0.005, "n": 5}, 1.5 * 0.05 / 0.9),
        ({"spread": "unspecified", "size": 0.05, "n": 4}, 1.5 * 0.25 / 0.9),
    ],
)
def test_standard_error_of_each_printed_spread(fields: dict[str, Any], expected: float) -> None:
    assert standard_error(make(**fields), DEFAULT) == pytest.approx(expected, rel=0.04)


def test_expected_ranges_are_those_of_normal_samples() -> None:
    from core.delivery.normal import cdf

    x = np.linspace(-9, 9, 20001)
    below = cdf(x)
    for n, expected in measured.RANGE_SDS.items():
        inside = 1 - below**n - (1 - below) ** n
        assert float(inside.sum() * (x[1] - x[0])) == pytest.approx(expected, abs=1e-3)


def test_spread_larger_than_its_value_stays_finite() -> None:
    error = standard_error(make(value=0.008, spread="sd", size=0.0106, n=5), DEFAULT)
    assert 0.4 < error < 0.8
    assert standard_error(make(value=0.014, spread="range", low=0.0, high=0.028, n=4), DEFAULT) < 2.5


def test_no_study_is_surer_than_the_floor() -> None:
    assert standard_error(make(spread="sem", size=1e-6, n=100), DEFAULT) == measured.SMALLEST_ERROR


def test_distances_add_as_variances(pack: Pack) -> None:
    question = asked(pack, condition="acute_myocardial_infarction")
    direct = make(condition="acute_myocardial_infarction")
    assert extra_sd(pack, question, direct, DEFAULT) == 0.0
    rat = make(condition="acute_myocardial_infarction", species="rat")
    assert extra_sd(pack, question, rat, DEFAULT) == pytest.approx(DEFAULT.small_animal)
    pig = make(species="pig", cells="ad_msc", denominator="whole_body")
    expected = math.sqrt(DEFAULT.large_animal**2 + DEFAULT.condition**2 + DEFAULT.cells**2 + DEFAULT.denominator**2)
    assert extra_sd(pack, question, pig, DEFAULT) == pytest.approx(expected)
    other_size = make(condition="acute_myocardial_infarction", cells="bm_mnc")
    assert extra_sd(pack, question, other_size, DEFAULT) == pytest.approx(DEFAULT.group)


def test_label_does_not_silently_stand_for_living_cells(pack: Pack) -> None:
    label, cells = make(), make(readout="cells")
    living = asked(pack, readout="living")
    assert extra_sd(pack, living, label, DEFAULT) > extra_sd(pack, living, cells, DEFAULT)
    by_vein = checked(pack, Question("iv", "brain"))
    assert extra_sd(pack, by_vein, make(route="iv", target="brain"), DEFAULT) >= DEFAULT.label_by_vein


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"excluded": "given with heparin"}, "heparin"),
        ({"kind": "passed_lungs"}, "passes the lungs"),
        ({"species": None}, "species"),
        ({"cells": "particles"}, "particles"),
        ({"denominator": "arrested_cells"}, "not a share"),
        ({"time_h": None}, "time"),
        ({"value": None, "bound": "non_detection"}, "no limit"),
        ({"value": 0.0}, "zero"),
        ({"time_h": 48.0}, "later than one day"),
        ({"time_h": 96.0, "readout": "cells"}, "later than one day"),
        ({"time_h": 48.0, "readout": "cells", "denominator": "initial_signal"}, "at first"),
    ],
)
def test_what_is_only_shown_says_why(pack: Pack, fields: dict[str, Any], said: str) -> None:
    row = make(**fields)
    assert said in (why_not(pack, asked(pack), row) or "")
    gathered = gather(with_rows(pack, row), asked(pack), DEFAULT)
    assert not gathered.effects
    assert gathered.shown[0].study == row.study


def test_bounds_and_limits_of_detection_are_censored(pack: Pack) -> None:
    for fields, side, limit in (
        ({"value": None, "bound": "upper", "high": 0.01}, -1.0, 0.01),
        ({"value": None, "bound": "lower", "low": 0.6}, 1.0, 0.6),
        ({"value": None, "bound": "non_detection", "high": 0.001}, -1.0, 0.001),
    ):
        [effect] = gather(with_rows(pack, make(**fields)), asked(pack), DEFAULT).effects
        assert (effect.role, effect.side) == ("bound", side)
        assert effect.y == pytest.approx(float(logit(limit)))
        value, low, high = measured.interval(effect)
        assert value is None
        assert (low if side > 0 else high) == pytest.approx(limit)


def test_arms_and_times_of_one_study_are_one_effect(pack: Pack) -> None:
    rows = [
        make(id="a", value=0.1, spread="sd", size=0.02, n=4), make(id="b", value=0.2, spread="sd", size=0.04, n=4),
        make(id="later", value=0.01, time_h=20.0),
    ]  # fmt: skip
    [effect] = gather(with_rows(pack, *rows), asked(pack), DEFAULT).effects
    assert effect.measurements == ("a", "b")
    assert effect.y == pytest.approx(float(logit(0.1) + logit(0.2)) / 2)
    assert effect.n == 8
    one = gather(with_rows(pack, rows[0]), asked(pack), DEFAULT).effects[0]
    assert effect.own > one.own


def test_the_nearest_arm_counts(pack: Pack) -> None:
    rows = [make(id="rat", species="rat", value=0.5), make(id="man", value=0.1)]
    [effect] = gather(with_rows(pack, *rows), asked(pack), DEFAULT).effects
    assert effect.measurements == ("man",)


def test_a_value_counts_before_a_bound_of_the_same_study(pack: Pack) -> None:
    rows = [make(id="bound", value=None, bound="upper", high=0.2), make(id="value")]
    [effect] = gather(with_rows(pack, *rows), asked(pack), DEFAULT).effects
    assert effect.measurements == ("value",)


def test_whole_cells_of_the_third_day_are_carried_back(pack: Pack) -> None:
    row = make(readout="cells", time_h=48.0, value=0.001, denominator="injected_cells")
    [effect] = gather(with_rows(pack, row), asked(pack), DEFAULT).effects
    assert effect.role == "carried_back"
    # Cells leave the heart and die on the way, so more were there at first; how many is not known for sure.
    assert float(expit(effect.y)) > 0.002
    assert effect.own > DEFAULT.unstated
    assert effect.reported == pytest.approx(0.001)
    assert measured.interval(effect)[0] == pytest.approx(0.001)


def test_a_later_question_takes_the_figure_nearest_to_its_hour(pack: Pack) -> None:
    rows = [
        make(id=f"h{hours}", readout="cells", time_h=float(hours), value=value)
        for hours, value in ((1, 0.1), (48, 0.02), (168, 0.01), (900, 0.001))
    ]
    question = asked(pack, hours=170)
    [effect] = gather(with_rows(pack, *rows), question, DEFAULT).effects
    assert effect.measurements == ("h168",)
    assert effect.role == "pooled"
    label = make(id="label", time_h=168.0, value=0.01)
    [carried] = gather(with_rows(pack, label), question, DEFAULT).effects
    assert carried.role == "carried_back"
    assert carried.y < effect.y


def test_left_out_means_gone(pack: Pack) -> None:
    gathered = gather(with_rows(pack, make()), asked(pack, without=frozenset({"hofmann-2005"})), DEFAULT)
    assert not gathered.effects
    assert not gathered.shown


def test_effects_of_the_shipped_evidence_are_finite(pack: Pack) -> None:
    for route, target in {(m.route, m.target) for m in pack.file.measurements if m.route}:
        for hours in (1.0, 300.0):
            question = checked(pack, Question(route, target, hours=hours))
            for effect in gather(pack, question, DEFAULT).effects:
                assert np.isfinite([effect.y, effect.own, effect.extra]).all()
                assert effect.own >= measured.SMALLEST_ERROR
