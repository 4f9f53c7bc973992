"""The exact answers about the first place, against plain search."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.ranking import sensitivity
from core.ranking.smaa import Floats

STEP = st.integers(0, 20).map(lambda step: step / 20)


@st.composite
def problems(draw: st.DrawFn) -> tuple[Floats, Floats]:
    shape = draw(st.tuples(st.integers(2, 5), st.integers(2, 5)))
    value = draw(arrays(np.float64, shape, elements=STEP))
    raw = draw(arrays(np.float64, shape[0], elements=st.integers(1, 20).map(float)))
    return value, raw / raw.sum()


def moved(weight: Floats, criterion: int, to: float) -> Floats:
    changed = weight * (1 - to) / (1 - weight[criterion])
    changed[criterion] = to
    return changed


@given(problems())
@settings(max_examples=150, deadline=None)
def test_a_slider_flips_exactly_where_it_is_said_to(problem: tuple[Floats, Floats]) -> None:
    value, weight = problem
    first = sensitivity.leader(sensitivity.scores(value, weight))
    flips = {flip.criterion: flip for flip in sensitivity.weight_flips(value, weight)}
    for criterion, now in enumerate(weight):
        flip = flips.get(criterion)
        reach = 1.0 if flip is None else abs(flip.needed - now)
        for to in np.linspace(0, 1, 101):
            score = sensitivity.scores(value, moved(weight, criterion, float(to)))
            if abs(to - now) < reach - 1e-9:
                assert score[first] >= score.max() - 1e-9
        if flip is not None:
            at = sensitivity.scores(value, moved(weight, criterion, flip.needed))
            assert at[first] == pytest.approx(at[flip.then], abs=1e-9)
            level = abs(flip.needed - now) < 1e-9  # already level: either way may be the one
            sides = (1, -1) if level else (1 if flip.needed > now else -1,)
            beyond = [flip.needed + side * 1e-6 for side in sides if 0 <= flip.needed + side * 1e-6 <= 1]
            after = [sensitivity.scores(value, moved(weight, criterion, to)) for to in beyond]
            assert not beyond or any(score[flip.then] > score[first] for score in after)


def test_a_slider_flips_by_hand() -> None:
    # One wins by 0.8 of the first criterion, the other by 0.4 of the second: level at 1/3 of the weight.
    flips = sensitivity.weight_flips(np.array([[0.9, 0.1], [0.3, 0.7]]), np.array([0.8, 0.2]))
    assert {flip.criterion: (flip.needed, flip.then) for flip in flips} == {
        0: (pytest.approx(1 / 3), 1),
        1: (pytest.approx(2 / 3), 1),
    }


def test_a_dominated_rival_never_flips_it() -> None:
    value = np.array([[0.9, 0.1], [0.7, 0.3]])
    assert sensitivity.weight_flips(value, np.array([0.8, 0.2])) == ()
    assert sensitivity.smallest_mixture(value, np.array([0.8, 0.2])) is None


def test_alone_there_is_nothing_to_flip() -> None:
    value, weight = np.array([[0.9], [0.1]]), np.array([0.8, 0.2])
    assert sensitivity.weight_flips(value, weight) == ()
    assert sensitivity.smallest_mixture(value, weight) is None
    assert sensitivity.shift_to_flip(value, weight, 0, 0) is None
    assert sensitivity.lead(sensitivity.scores(value, weight), 0) == float("inf")
    assert sensitivity.value_of_knowing(np.array([0.5]), 0.8, np.zeros((1, 4))).tolist() == [0]


@given(problems(), st.integers(0, 2**32 - 1))
@settings(max_examples=100, deadline=None)
def test_no_smaller_movement_of_weights_will_do(problem: tuple[Floats, Floats], seed: int) -> None:
    value, weight = problem
    first = sensitivity.leader(sensitivity.scores(value, weight))
    found = sensitivity.smallest_mixture(value, weight)
    if found is not None:
        assert found.weight.sum() == pytest.approx(1)
        assert (found.weight >= -1e-12).all()
        assert np.abs(found.weight - weight).sum() / 2 == pytest.approx(found.moved, abs=1e-9)
        level = sensitivity.scores(value, found.weight)
        assert level[first] == pytest.approx(level[found.then], abs=1e-8)
    generator = np.random.default_rng(seed)
    reach = 1.0 if found is None else found.moved
    for _ in range(60):
        other = generator.dirichlet(np.full(weight.size, 0.5))
        distance = np.abs(other - weight).sum() / 2
        if distance > reach:
            other = weight + (other - weight) * reach * 0.999 / distance
        score = sensitivity.scores(value, other)
        assert score[first] >= score.max() - 1e-9


@given(problems(), st.data())
@settings(max_examples=100, deadline=None)
def test_the_shift_that_flips_is_the_margin(problem: tuple[Floats, Floats], data: st.DataObject) -> None:
    value, weight = problem
    criterion = data.draw(st.integers(0, value.shape[0] - 1))
    one = data.draw(st.integers(0, value.shape[1] - 1))
    found = sensitivity.shift_to_flip(value, weight, criterion, one)
    assert found is not None
    shift, then = found
    first = sensitivity.leader(sensitivity.scores(value, weight))
    assert (shift <= 0) if one == first else (shift >= 0)
    changed = value.copy()
    changed[criterion, one] += shift
    score = sensitivity.scores(changed, weight)
    assert score[first] == pytest.approx(score[then], abs=1e-9)


def test_knowing_what_cannot_change_the_choice_is_worth_nothing() -> None:
    draws = np.array([[-0.1, 0.1], [-0.1, 0.1]])
    assert sensitivity.value_of_knowing(np.array([0.9, 0.1]), 1.0, draws).tolist() == [0, 0]


def test_knowing_by_hand() -> None:
    # The second is 0.1 behind; half of the time it is really 0.3 higher: then choosing it gains 0.2.
    worth = sensitivity.value_of_knowing(np.array([0.6, 0.5]), 1.0, np.array([[0.0, 0.0], [-0.3, 0.3]]))
    assert worth.tolist() == [0, pytest.approx(0.1)]
