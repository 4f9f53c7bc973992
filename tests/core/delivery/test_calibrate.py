"""Calibration on the shipped evidence: what is promised, and that it would notice if it were not so."""

from __future__ import annotations

import json
import math
from functools import cache

import pytest

from core.delivery import calibrate as c
from core.delivery.constants import DEFAULT
from core.pack.pack import Pack
from tests.core.delivery import method_tables as tables


@cache
def result(pack: Pack) -> c.Calibration:
    return c.calibrate(pack)


def test_ninety_percent_intervals_hold_what_they_promise(pack: Pack) -> None:
    overall = result(pack).overall
    low, high = c.TARGET_COVERAGE
    assert overall.n >= 30
    assert low <= overall.coverage_90 <= high
    assert 0.35 <= overall.coverage_50 <= 0.65
    assert overall.median_error <= c.TARGET_ERROR


def test_every_pooled_study_is_predicted_once_without_itself(pack: Pack) -> None:
    predictions = result(pack).predictions
    keys = [(p.study, p.route, p.target, p.hours) for p in predictions]
    assert len(keys) == len(set(keys))
    assert {"hofmann-2005", "gholamrezanezhad-2011", "detante-2009", "harting-2009"} <= {p.study for p in predictions}
    for p in predictions:
        assert 0 <= p.position <= 1
        assert p.low < p.predicted < p.high
        assert math.isfinite(p.log_score)


def test_every_prediction_is_in_one_group_of_each_kind(pack: Pack) -> None:
    found = result(pack)
    for rows in (found.by_family, found.by_species, found.by_support, found.by_time):
        assert sum(row.n for row in rows) == found.overall.n
    assert sum(found.chosen.values()) == found.overall.n


def test_overconfident_constants_are_noticed(pack: Pack) -> None:
    sure = c.calibrate(pack, DEFAULT.scaled(0.1, 0.1), refit=False)
    assert sure.overall.coverage_90 < result(pack).overall.coverage_90


def test_shipped_constants_are_those_the_evidence_prefers(pack: Pack) -> None:
    def score(between: float, indirect: float) -> float:
        found = c.calibrate(pack, DEFAULT.scaled(between, indirect), refit=False)
        return sum(p.log_score for p in found.predictions)

    # Half a unit of log score is a likelihood 1.6 times as high: less than that prefers nothing.
    here = score(1.0, 1.0)
    for factors in ((0.5, 0.5), (2.0, 2.0), (0.5, 2.0), (2.0, 0.5)):
        assert score(*factors) < here + 0.5


def test_the_table_can_be_read_and_saved(pack: Pack) -> None:
    found = result(pack)
    text = c.as_text(found)
    for word in ("by route family", "by species", "Farthest", "median"):
        assert word in text
    assert found.worst[0].study in text
    again = json.loads(json.dumps(c.as_data(found)))
    assert again["overall"]["n"] == found.overall.n
    assert len(again["predictions"]) == found.overall.n


def test_the_farthest_predictions_come_first(pack: Pack) -> None:
    worst = [abs(p.log10_error) for p in result(pack).worst]
    assert worst == sorted(worst, reverse=True)
    assert worst[0] == pytest.approx(max(abs(p.log10_error) for p in result(pack).predictions))


def test_the_method_page_tells_the_constants_and_the_calibration_in_force(pack: Pack) -> None:
    text = tables.METHOD.read_text(encoding="utf-8")
    remedy = "run python tests/core/delivery/method_tables.py"
    assert tables.between(text, "constants") == tables.constants(pack), remedy
    said = tables.between(text, "calibration").splitlines()[2].split(" | ")
    overall = result(pack).overall
    assert int(said[1]) == pytest.approx(overall.n, rel=0.1), remedy
    assert float(said[3].split()[0]) == pytest.approx(100 * overall.coverage_90, abs=4), remedy
