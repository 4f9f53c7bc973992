"""The order: what must hold for any procedures, the verdicts, ties and firmness."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.consult import CRITERIA
from core.pack import types as t
from core.ranking import order as ordering
from core.ranking.criteria import preset_weights
from core.ranking.order import Order, order
from core.ranking.prepare import Arrival, Prepared
from tests.core.ranking import world

DELIVERY_FIRST = preset_weights("delivery_first")
NAMES = ("alpha", "beta", "gamma", "delta", "epsilon")
ROUTES = ("iv", "joint", "artery")
USES = tuple(t.Use(id=f"use_{route}", route=route, target="knee", level="series") for route in ROUTES)


def before(found: Order, place: int, other: int) -> float:
    """How often one place of the order is before another, equal values counting half."""
    assert found.acceptability is not None
    winning = found.acceptability.winning
    return float(winning[place, other] + (1 - winning[place, other] - winning[other, place]) / 2)


Field = tuple[list[t.Procedure], list[float]]
"""Procedures and, for each, the share of the cells that arrives (median)."""

MEDIANS = st.integers(0, 60).map(lambda step: 1e-6 * 10 ** (step / 10.05))
WEIGHTS = st.fixed_dictionaries({name: st.integers(1, 20).map(float) for name in CRITERIA})


@st.composite
def fields(draw: st.DrawFn) -> Field:
    """Two to five procedures of any burden, some of it unknown, and the share that arrives by each."""
    chosen = [
        t.Procedure(
            id=name,
            route=draw(st.sampled_from(ROUTES)),
            guidance=draw(st.sampled_from(["none", "ultrasound"])),
            targets=("knee",),
            invasiveness=draw(st.none() | st.integers(0, 6)),
            operator_skill=draw(st.none() | st.integers(0, 6)),
            anaesthesia=draw(st.sampled_from(["none", "local", "general", "unknown"])),
            contrast=draw(st.sampled_from(["none", "iodinated", "unknown"])),
            radiation_none=draw(st.booleans()),
            minutes=draw(st.none() | st.just((10.0, 60.0))),
        )
        for name in NAMES[: draw(st.integers(2, 5))]
    ]
    return chosen, [draw(MEDIANS) for _ in chosen]


def ranked(chosen: list[t.Procedure], medians: list[float], weights: dict[str, float]) -> tuple[Prepared, Order]:
    came = {one.id: world.arrival(median, own=len(one.id)) for one, median in zip(chosen, medians, strict=True)}
    prepared = world.prepared(came=came, world=world.pack(procedures=tuple(chosen), uses=USES))
    return prepared, order(prepared, weights)


def places(prepared: Prepared, found: Order) -> dict[str, int]:
    """The place of each procedure by its score, whatever the verdict is."""
    names = [prepared.ground.procedures[column].id for column in found.above]
    return {
        name: 1 + sum(found.score[other] > found.score[one] + 1e-12 for other in found.above)
        for name, one in zip(names, found.above, strict=True)
    }


@given(fields(), WEIGHTS, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_pack_changes_nothing(field: Field, weights: dict[str, float], random: object) -> None:
    chosen, medians = field
    pairs = list(zip(chosen, medians, strict=True))
    prepared, found = ranked(chosen, medians, weights)
    random.shuffle(pairs)  # type: ignore[attr-defined]
    other, again = ranked([one for one, _ in pairs], [median for _, median in pairs], weights)
    assert [one.id for one in prepared.ground.procedures] == [one.id for one in other.ground.procedures]
    assert (found.above, found.rank, found.verdict) == (again.above, again.rank, again.verdict)
    assert (found.score == again.score).all()
    if found.acceptability is not None and again.acceptability is not None:
        assert (found.acceptability.rank == again.acceptability.rank).all()
        assert (found.acceptability.winning == again.acceptability.winning).all()


@given(fields(), WEIGHTS, st.data())
@settings(max_examples=100, deadline=None)
def test_more_cells_never_lower_a_rank(field: Field, weights: dict[str, float], data: st.DataObject) -> None:
    chosen, medians = field
    which = data.draw(st.integers(0, len(chosen) - 1))
    raised = list(medians)
    raised[which] = max(medians[which], data.draw(MEDIANS))
    before = places(*ranked(chosen, medians, weights))
    after = places(*ranked(chosen, raised, weights))
    assert after[chosen[which].id] <= before[chosen[which].id]


@given(fields(), WEIGHTS)
@settings(max_examples=100, deadline=None)
def test_what_is_dominated_is_never_first(field: Field, weights: dict[str, float]) -> None:
    prepared, found = ranked(*field, weights)
    if found.first is None:
        return
    value = prepared.ground.value
    for other in found.above:
        assert not (value[:, other] > value[:, found.first] + 1e-12).all()


@given(fields(), WEIGHTS, st.data())
@settings(max_examples=100, deadline=None)
def test_without_one_that_is_not_first_the_first_stays_first(
    field: Field, weights: dict[str, float], data: st.DataObject
) -> None:
    prepared, found = ranked(*field, weights)
    if found.first is None:
        return
    others = [column for column in found.above if column != found.first]
    gone = data.draw(st.sampled_from(others))
    screened = list(prepared.screened)
    screened[gone] = msgspec.structs.replace(screened[gone], status="refer")
    without = order(msgspec.structs.replace(prepared, screened=tuple(screened)), weights)
    # Nothing at all may become first, when what is left places next to nothing; another one never does.
    assert without.first == (found.first if without.verdict == "ranked" else None)
    assert list(without.above) == [column for column in found.above if column != gone]
    assert (without.score == found.score).all()


@given(fields(), WEIGHTS, st.floats(0.01, 100))
@settings(max_examples=50, deadline=None)
def test_weights_scale_out(field: Field, weights: dict[str, float], scale: float) -> None:
    _, found = ranked(*field, weights)
    _, scaled = ranked(*field, {name: weight * scale for name, weight in weights.items()})
    assert np.allclose(found.score, scaled.score, atol=1e-12)
    assert found.above == scaled.above


@given(fields(), WEIGHTS, st.data())
@settings(max_examples=50, deadline=None)
def test_a_requirement_that_is_met_never_hurts(field: Field, weights: dict[str, float], data: st.DataObject) -> None:
    chosen, medians = field
    which = data.draw(st.integers(0, len(chosen) - 1))
    needing = list(chosen)
    needing[which] = msgspec.structs.replace(chosen[which], needs=(t.Need(id="cath_lab"), t.Need(id="physician")))
    _, free = ranked(chosen, medians, weights)
    _, bound = ranked(needing, medians, weights)
    assert (free.score == bound.score).all()
    assert free.above == bound.above


def test_the_order_of_the_small_world() -> None:
    prepared = world.prepared()
    found = order(prepared, DELIVERY_FIRST)
    names = [prepared.ground.procedures[column].id for column in found.above]
    assert found.verdict == "ranked"
    assert names == ["joint_ultrasound", "joint_fluoroscopy", "joint_landmark", "vein"]
    assert found.rank == (1, 2, 3, 4)
    assert found.firmness[0] in ("clearly_first", "probably_first")
    assert found.firmness[-1] == "clearly_behind"
    assert found.acceptability is not None
    assert np.allclose(found.acceptability.rank.sum(axis=1), 1)


def test_what_is_alike_is_tied_and_shares_its_rank() -> None:
    twin = msgspec.structs.replace(world.PROCEDURES[2], id="joint_ultrasound_again")
    came = world.arrivals()
    came["joint_ultrasound_again"] = came["joint_ultrasound"]
    prepared = world.prepared(came=came, world=world.pack(procedures=(*world.PROCEDURES, twin)))
    found = order(prepared, DELIVERY_FIRST)
    assert found.rank[:3] == (1, 1, 3)
    assert found.firmness[:2] == ("tied", "tied")
    assert found.tied[0] == (1,)
    assert before(found, 0, 1) == pytest.approx(0.5)


@pytest.mark.parametrize(("wide", "firmness"), [(0.02, "clearly_first"), (8.0, "tied")])
def test_wide_intervals_make_a_tie(wide: float, firmness: str) -> None:
    came = {
        name: world.arrival(median, wide, own=index)
        for index, (name, median) in enumerate({"joint_ultrasound": 0.86, "joint_landmark": 0.75}.items())
    }
    found = order(world.prepared(came=came), DELIVERY_FIRST)
    assert found.firmness[0] == firmness


def test_what_is_common_to_two_does_not_part_them() -> None:
    # Both hang on the same passage through the lungs: however uncertain that is, the nearer one stays before.
    shared = world.SHARED * 2.0
    came = {
        name: Arrival(world.delivered(median, 3.0), np.log(median / (1 - median)) + shared)
        for name, median in {"joint_ultrasound": 0.3, "joint_landmark": 0.2}.items()
    }
    assert order(world.prepared(came=came), DELIVERY_FIRST).firmness[0] == "clearly_first"


def test_nothing_is_first_when_what_reaches_fell() -> None:
    prepared = world.prepared(world.consult(patient={"infection": "yes"}))
    found = order(prepared, DELIVERY_FIRST)
    assert found.verdict == "nothing_reaches"
    assert found.first is None
    assert found.rank == ()
    assert set(found.firmness) == {"none"}
    assert [prepared.ground.procedures[column].id for column in found.above] == ["vein"]


@pytest.mark.parametrize(("vein", "verdict"), [(0.0085, "nothing_reaches"), (0.0087, "ranked")])
def test_a_hundredth_is_the_limit(vein: float, verdict: str) -> None:
    came = world.arrivals({**world.MEDIANS, "vein": vein})
    found = order(world.prepared(world.consult(patient={"infection": "yes"}), came), DELIVERY_FIRST)
    assert found.verdict == verdict


def test_nothing_is_first_when_only_the_untried_reaches() -> None:
    uses = (world.USES[0],)
    prepared = world.prepared(world=world.pack(uses=uses))
    assert order(prepared, DELIVERY_FIRST).verdict == "nothing_reaches"
    reaching = ordering.unconstrained(prepared)
    assert reaching is not None
    assert prepared.ground.procedures[reaching].id == "joint_ultrasound"


def test_when_nothing_is_left_nothing_is_first() -> None:
    prepared = world.prepared(world=world.pack(uses=()))
    found = order(prepared, DELIVERY_FIRST)
    assert (found.verdict, found.above) == ("nothing_reaches", ())


def test_where_delivery_does_not_decide_it_has_no_score() -> None:
    prepared = world.prepared(world.consult(condition="secretion"))
    found = order(prepared, DELIVERY_FIRST)
    assert found.verdict == "delivery_does_not_decide"
    assert found.weight[0] == 0
    assert found.weight.sum() == pytest.approx(1)
    assert found.rank == ()
    assert prepared.ground.procedures[found.above[0]].id == "vein"
    assert ordering.shares({name: float(name == "delivered") for name in CRITERIA}, decides=False)[0] == 0


def test_nothing_ranked_has_no_winning_index() -> None:
    found = order(world.prepared(world.consult(condition="secretion")), DELIVERY_FIRST)
    assert found.acceptability is None


def test_the_same_consult_gives_the_same_numbers() -> None:
    one, other = (order(world.prepared(), DELIVERY_FIRST) for _ in range(2))
    assert one.acceptability is not None
    assert other.acceptability is not None
    assert (one.acceptability.rank == other.acceptability.rank).all()
    assert (one.acceptability.winning == other.acceptability.winning).all()


def test_a_slider_that_moves_does_not_shake_the_rest() -> None:
    # A weight that moves by a hair moves the acceptabilities by a hair: the draws are fixed.
    prepared = world.prepared(came=world.arrivals(spread=1.5))
    near = order(prepared, DELIVERY_FIRST | {"imaging": DELIVERY_FIRST["imaging"] + 1e-6})
    here = order(prepared, DELIVERY_FIRST)
    assert near.acceptability is not None
    assert here.acceptability is not None
    assert np.abs(near.acceptability.rank - here.acceptability.rank).max() <= 2e-4


def test_known_orders_of_presets_may_differ_and_then_burden_decides() -> None:
    found = order(world.prepared(), preset_weights("least_burden"))
    assert world.prepared().ground.procedures[found.above[0]].id == "joint_landmark"


def test_what_is_missing_is_drawn_around_where_it_is_scored() -> None:
    unknown = msgspec.structs.replace(world.PROCEDURES[2], minutes=None, radiation_none=False, invasiveness=None)
    prepared = world.prepared(world=world.pack(procedures=(unknown, world.PROCEDURES[1])))
    ground = prepared.ground
    column = [one.id for one in ground.procedures].index("joint_ultrasound")
    assert ground.draws[1:4, column].mean(axis=1) == pytest.approx(ground.value[1:4, column], abs=0.01)
    assert (ground.draws[1:, column].std(axis=1) > 0)[[0, 2]].all()
    known = world.prepared().ground
    assert np.median(known.draws[1:], axis=2) == pytest.approx(known.value[1:], abs=0.01)
    # Harm is one piece with a longer way down than up: both ends are reached, each on its own side.
    assert known.draws[4].min(axis=1) == pytest.approx(known.low[4], abs=1e-3)
    assert known.draws[4].max(axis=1) == pytest.approx(known.high[4], abs=1e-3)


def test_draws_below_one_of_a_million_are_one_and_the_same() -> None:
    came = world.arrivals() | {"vein": world.arrival(2e-6, 6.0)}
    ground = world.prepared(came=came).ground
    column = [one.id for one in ground.procedures].index("vein")
    lowest = ground.scale.value(1e-9)
    assert ground.draws[0, column].min() == pytest.approx(lowest)
    assert (ground.draws[0, column] == ground.draws[0, column].min()).sum() > 1000


def test_the_score_and_the_samples_never_contradict_each_other_firmly() -> None:
    for spread in (0.1, 1.0, 4.0):
        found = order(world.prepared(came=world.arrivals(spread=spread)), DELIVERY_FIRST)
        places = range(len(found.above))
        for place in places:
            for later in places[place + 1 :]:
                assert before(found, place, later) > 0.65 or later in found.tied[place]
