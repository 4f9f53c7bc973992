"""How long a slider's move takes, and the complete recommendation (peer_ranking.py: beside other programs)."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from core.consult import make_consult
from core.pack.pack import Pack
from core.ranking import smaa
from core.ranking.criteria import preset_weights
from core.ranking.order import order
from core.ranking.prepare import SAMPLES, Prepared
from core.recommend import prepare, preview, rank
from tests.core.ranking import world

# Time of one core, whatever else the machine does.
pytestmark = pytest.mark.benchmark(timer=time.process_time)
SLIDER, COMPLETE, TENFOLD = 0.008, 0.060, 0.060  # seconds
WEIGHT = np.array([0.8, 0.04, 0.04, 0.06, 0.06])


def twelve() -> Prepared:
    """A consult with twelve procedures above the line."""
    routes = ("iv", "joint", "artery")
    base = {one.route: one for one in world.PROCEDURES}
    from msgspec.structs import replace

    procedures = tuple(replace(base[routes[n % 3]], id=f"p{n:02}", operator_skill=n % 6) for n in range(12))
    uses = tuple(replace(world.USES[1], id=f"u_{route}", route=route) for route in routes)
    came = {one.id: world.arrival(0.05 * (n + 1), 1.5, own=n) for n, one in enumerate(procedures)}
    return world.prepared(came=came, world=world.pack(procedures=procedures, uses=uses))


def test_slider_12x5x10k(benchmark: Any) -> None:
    prepared = twelve()
    weights = [preset_weights("delivery_first") | {"imaging": 4.0 + step / 10} for step in range(10)]
    moves = iter(range(10**9))
    found = benchmark(lambda: order(prepared, weights[next(moves) % 10]))
    assert found.acceptability is not None
    assert found.acceptability.rank.shape == (12, 12)
    assert prepared.ground.draws.shape == (5, 12, SAMPLES)
    benchmark.extra_info["within"] = SLIDER


def test_preview_12(benchmark: Any) -> None:
    prepared = twelve()
    before = rank(prepared, preset_weights("delivery_first"))
    found = benchmark(lambda: preview(prepared, before, preset_weights("balanced")))
    assert len(found.options) == 12
    benchmark.extra_info["within"] = SLIDER


def test_complete_recommendation_12(benchmark: Any) -> None:
    prepared = twelve()
    found = benchmark(lambda: rank(prepared, preset_weights("delivery_first")))
    assert found.sensitivity is not None
    assert len(found.sensitivity.confidence) == 12
    benchmark.extra_info["within"] = COMPLETE


def test_slider_12x5x100k(benchmark: Any) -> None:
    partial = np.random.default_rng(1).random((5, 12, 100_000))
    draws = smaa.swing_draws(5, 100_000, 16.0, 1)
    found = benchmark(lambda: smaa.acceptability(partial, smaa.spread_weights(WEIGHT, draws)))
    assert found.rank.sum() == pytest.approx(12)
    benchmark.extra_info["within"] = TENFOLD


@pytest.mark.parametrize("condition", ["knee_osteoarthritis", "acute_myocardial_infarction", "ischaemic_stroke"])
def test_complete_recommendation(benchmark: Any, pack: Pack, condition: str) -> None:
    prepared = prepare(pack, make_consult(pack, condition, asked="iv"))
    found = benchmark(lambda: rank(prepared, preset_weights("delivery_first")))
    assert found.verdict == "ranked"
    benchmark.extra_info["within"] = COMPLETE


def test_a_switch_of_the_clinic(benchmark: Any, pack: Pack) -> None:
    consults = [make_consult(pack, "knee_osteoarthritis", has=has) for has in ((), ("ultrasound",))]
    moves = iter(range(10**9))
    benchmark(lambda: order(prepare(pack, consults[next(moves) % 2]), preset_weights("delivery_first")))
    benchmark.extra_info["within"] = COMPLETE
