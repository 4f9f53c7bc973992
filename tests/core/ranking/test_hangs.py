"""What the first place hangs on: what is said to change it does change it."""

from __future__ import annotations

import pytest

from core.ranking.criteria import weights_of
from core.recommend import rank
from tests.core.ranking import world
from tests.core.ranking.world import concluded


def test_what_would_change_the_first_place_does_change_it() -> None:
    prepared = world.prepared()
    found = rank(prepared, weights_of(prepared.consult))
    assert found.sensitivity is not None
    assert found.sensitivity.weights
    for change in found.sensitivity.weights:
        rest = {name: share for name, share in found.weights.items() if name != change.criterion}
        step = 0.01 if change.needed > change.now else -0.01
        for beyond, first in ((change.needed - step, found.first), (change.needed + step, change.then_first)):
            moved = {name: share * (100 - beyond) / sum(rest.values()) for name, share in rest.items()}
            assert rank(prepared, moved | {change.criterion: beyond}).first == first
    assert found.sensitivity.mixture is not None
    assert sum(found.sensitivity.mixture.weights.values()) == pytest.approx(100)


def test_a_capability_that_changes_the_first_place_does_change_it() -> None:
    for has in ((), ("ultrasound",)):
        found = concluded(world.consult(has=has))
        assert found.sensitivity is not None
        for capability, then in found.sensitivity.capabilities:
            # One that is there would go, another one would come.
            changed = concluded(world.consult(has=tuple({*has} ^ {capability})))
            assert changed.first == then
    plain = concluded(world.consult(has=()))
    assert plain.sensitivity is not None
    assert dict(plain.sensitivity.capabilities)["ultrasound"] == "joint_ultrasound"
    assert plain.option("joint_ultrasound").explanation[0].endswith("it would come at place 1.")


def test_the_tornado_flips_where_the_estimate_can() -> None:
    found = concluded(came=world.arrivals(spread=2.0))
    assert found.sensitivity is not None
    bars = {one.what: one for one in found.sensitivity.tornado}
    assert bars["delivered:joint_ultrasound"].flips
    assert bars["delivered:joint_ultrasound"].low < 0 < bars["delivered:joint_ultrasound"].high
    for end, factor in (("low", 0.5), ("high", 2.0)):
        weights = found.weights | {"imaging": found.weights["imaging"] * factor}
        moved = rank(world.prepared(came=world.arrivals(spread=2.0)), weights)
        scores = [one.score or 0.0 for one in moved.options]
        assert getattr(bars["weight:imaging"], end) == pytest.approx(100 * (scores[0] - scores[1]))
    widths = [abs(one.high - one.low) for one in found.sensitivity.tornado]
    assert widths == sorted(widths, reverse=True)


def test_better_evidence_is_worth_most_where_the_choice_hangs_on_it() -> None:
    came = world.arrivals()
    came["joint_landmark"] = world.arrival(0.68, 5.0, own=3)
    found = concluded(came=came)
    assert found.sensitivity is not None
    worth = dict(found.sensitivity.value_of_evidence)
    assert max(worth, key=worth.__getitem__) == "joint_landmark"
    assert worth["vein"] == 0
