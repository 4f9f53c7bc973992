"""Values on fixed scales, weights, harms: what is known counts, what is not known never helps."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.consult import CRITERIA
from core.pack import types as t
from core.ranking import criteria
from tests.core.ranking import world


def burden(procedure: t.Procedure, sites: int = 1, **changes: object) -> dict[str, criteria.Value]:
    return criteria.burden(world.pack(**changes), procedure, "knee", "bm_msc", sites)


def of(name: str) -> t.Procedure:
    return next(one for one in world.PROCEDURES if one.id == name)


def test_the_scale_of_the_delivered_fraction_runs_from_the_lowest_to_the_highest_median() -> None:
    scale = criteria.DeliveredScale.of([1e-4, 0.5, 0.9])
    assert scale.value(1e-4) == pytest.approx(0)
    assert scale.value(0.9) == pytest.approx(1)
    middle = 1 / (1 + pow(2.718281828459045, -(criteria.logit(1e-4) + criteria.logit(0.9)) / 2))
    assert scale.value(middle) == pytest.approx(0.5)


def test_the_scale_is_never_shorter_than_a_hundredfold() -> None:
    scale = criteria.DeliveredScale.of([0.5, 0.6])
    assert scale.span == pytest.approx(4.6)
    assert scale.value(0.6) == pytest.approx(1)


def test_below_one_of_a_million_all_is_one() -> None:
    scale = criteria.DeliveredScale.of([1e-9, 0.9])
    assert scale.bottom == pytest.approx(criteria.logit(1e-6))
    assert scale.value(1e-9) == scale.value(1e-6) == pytest.approx(0)


def test_a_target_without_procedures_has_no_scale() -> None:
    with pytest.raises(ValueError, match="no scale"):
        criteria.DeliveredScale.of([])


@pytest.mark.parametrize(("preset", "points"), [("delivery_first", 80), ("balanced", 60), ("least_burden", 20)])
def test_presets(preset: str, points: float) -> None:
    weights = criteria.preset_weights(preset)
    assert tuple(weights) == CRITERIA
    assert weights["delivered"] == points
    assert sum(weights.values()) == pytest.approx(100)
    assert weights["harm"] == weights["invasiveness"] == pytest.approx(1.5 * weights["imaging"])


def test_free_weights_are_shares_of_a_hundred() -> None:
    own = world.consult(preset="own", weights={"delivered": 3.0, "harm": 1.0})
    assert criteria.weights_of(own) == {
        "delivered": 75.0, "imaging": 0.0, "operator": 0.0, "invasiveness": 0.0, "harm": 25.0
    }  # fmt: skip


def test_values_by_hand() -> None:
    found = burden(of("artery"))
    # 30 to 90 of 240 minutes (0.75 on average), contrast given, 5 of 10 mSv.
    assert found["imaging"].point == pytest.approx(0.4 * 0.75 + 0.3 * 0 + 0.3 * 0.5)
    assert found["imaging"].low == pytest.approx(0.4 * 0.625 + 0.3 * 0.0)
    assert found["imaging"].high == pytest.approx(0.4 * 0.875 + 0.3 * 0.8)
    assert found["operator"].point == pytest.approx(1 - 4 / 6)
    assert found["invasiveness"].point == pytest.approx(0.6 * (1 - 4 / 6) + 0.4 * 0.5)


def test_a_needle_is_done_at_every_site_and_a_drip_once() -> None:
    assert burden(of("vein"), sites=2) == burden(of("vein"))
    one, two = burden(of("joint_fluoroscopy")), burden(of("joint_fluoroscopy"), sites=2)
    pieces = {piece.name: piece.value for piece in two["imaging"].pieces}
    assert pieces["time"] == pytest.approx(1 - 40 / 240)
    assert pieces["radiation"] == pytest.approx(1 - 0.2 / 10)
    assert two["harm"].point < one["harm"].point
    assert two["invasiveness"] == one["invasiveness"]


def test_harm_by_hand() -> None:
    found = criteria.serious_harm(world.pack(), of("joint_ultrasound"), "knee", "bm_msc")
    assert found is not None
    assert (found.event, found.numerator, found.denominator) == ("joint_infection", 2, 2000)
    centre, low, high = found.rate()
    assert low < 2 / 2000 < centre < high
    assert high == pytest.approx(0.00302, abs=2e-5)


def test_no_event_in_few_is_not_safety() -> None:
    def value(denominator: int) -> float:
        harm = msgspec.structs.replace(world.HARMS[1], denominator=denominator)
        return burden(of("vein"), harms=(harm,))["harm"].point

    assert value(20) < value(300) < value(30_000)


def test_what_the_cells_do_is_not_harm_of_the_procedure() -> None:
    product = msgspec.structs.replace(world.HARMS[0], cause="product", numerator=1900)
    assert criteria.serious_harm(world.pack(harms=(product,)), of("joint_ultrasound"), "knee", "bm_msc") is None


def test_what_is_mild_or_hits_only_other_cells_is_not_serious_harm() -> None:
    mild = msgspec.structs.replace(world.HARMS[0], id="h5", event="soreness", severity="mild", numerator=900)
    other = msgspec.structs.replace(world.HARMS[0], id="h6", event="clump", cells=("bm_mnc",), numerator=900)
    found = criteria.serious_harm(world.pack(harms=(*world.HARMS, mild, other)), of("joint_landmark"), "knee", "bm_msc")
    assert found is not None
    assert found.harms == ("h_joint",)


def test_the_same_event_of_two_studies_is_counted_together() -> None:
    more = msgspec.structs.replace(world.HARMS[0], id="h2", numerator=0, denominator=2000)
    found = criteria.serious_harm(world.pack(harms=(*world.HARMS, more)), of("joint_landmark"), "knee", "bm_msc")
    assert found is not None
    assert (found.numerator, found.denominator) == (2, 4000)


@pytest.mark.parametrize(
    ("selector", "named"),
    [("any", {"iv", "joint", "artery"}), ("any_needle", {"joint"}), ("any_catheter", {"artery"}), ("joint", {"joint"})],
)
def test_words_for_many_routes(selector: str, named: set[str]) -> None:
    assert {route.id for route in world.FILE.routes if selector in criteria.selectors(route)} == named


MISSING = {
    "minutes": None, "contrast": "unknown", "radiation_none": False, "radiation_msv": None, "invasiveness": None,
    "operator_skill": None, "anaesthesia": "unknown",
}  # fmt: skip


@given(
    st.builds(
        t.Procedure,
        id=st.just("p"),
        route=st.just("joint"),
        guidance=st.just("none"),
        targets=st.just(("knee",)),
        invasiveness=st.integers(0, 6),
        operator_skill=st.integers(0, 6),
        anaesthesia=st.sampled_from(["none", "topical", "local", "sedation", "regional", "general"]),
        contrast=st.sampled_from(["none", "optional", "iodinated"]),
        radiation_msv=st.tuples(*[st.floats(0, 30)] * 3).map(lambda x: (sorted(x)[1], sorted(x)[0], sorted(x)[2])),
        minutes=st.tuples(st.floats(0, 300), st.floats(0, 300)).map(lambda x: (min(x), max(x))),
    ),
    st.sampled_from(sorted(MISSING)),
    st.integers(1, 3),
)
def test_not_knowing_never_improves_a_score(procedure: t.Procedure, field: str, sites: int) -> None:
    without = msgspec.structs.replace(procedure, **{field: MISSING[field]})
    known, unknown = burden(procedure, sites), burden(without, sites)
    for criterion in CRITERIA[1:]:
        assert unknown[criterion].point <= known[criterion].point + 1e-12
        assert -0.25 <= unknown[criterion].low <= unknown[criterion].point <= unknown[criterion].high <= 1 + 1e-12
    if MISSING[field] is not False:
        touched = [one for one in CRITERIA[1:] if unknown[one].missing]
        assert len(touched) == 1
        width = unknown[touched[0]].high - unknown[touched[0]].low
        assert width >= 0.15 - 1e-12


def test_without_a_count_of_harm_the_score_is_that_of_the_far_end() -> None:
    found = burden(of("artery"))["harm"]
    assert found.missing == ("serious",)
    assert (found.point, found.low, found.high) == (0.0, -0.25, 0.25)
