"""Properties of the kinetics that hold for any body, and its extra compartments."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery import kinetics as k

fraction = st.floats(0.001, 0.999)


@st.composite
def bodies(draw: st.DrawFn) -> k.Circulation:
    n = draw(st.integers(2, 8))
    draws = draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    share = rng.gamma(0.7, size=(draws, n)) + 1e-9
    return k.Circulation(
        share=share / share.sum(axis=1, keepdims=True),
        capture=rng.uniform(0.001, 0.999, (draws, n)),
        lung_capture=rng.uniform(0.001, 0.999, draws),
        portal=np.array([False, *(rng.uniform(size=n - 1) < 0.4)]),
        liver=0,
    )


@settings(max_examples=80, deadline=None)
@given(bodies(), fraction, fraction)
def test_every_start_ends_somewhere(body: k.Circulation, enters: float, first: float) -> None:
    paths = k.flight(body)
    starts = [paths.vein, paths.artery, paths.portal]
    starts += [k.selective(body, paths, organ, enters, first) for organ in range(body.portal.size)]
    for start in starts:
        assert (start >= 0).all()
        assert np.abs(start.sum(axis=-1) - 1.0).max() < 1e-9


@settings(max_examples=60, deadline=None)
@given(bodies(), st.floats(0.0, 720.0), st.integers(0, 2**32 - 1))
def test_nothing_is_made_or_vanishes_while_held(body: k.Circulation, hours: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    paths = k.flight(body)
    shape = paths.vein.shape
    release, loss = rng.gamma(0.5, size=shape), rng.gamma(0.1, size=shape)
    spread = k.body_spread(body, paths)
    matrix = k.hold_matrix(release, loss, spread)
    pools = k.propagate(matrix, paths.vein, hours)
    assert (pools > -1e-9).all()
    assert np.abs(pools.sum(axis=-1) - 1.0).max() < 1e-9


@settings(max_examples=60, deadline=None)
@given(bodies())
def test_the_vein_never_puts_more_into_an_organ_than_the_artery(body: k.Circulation) -> None:
    paths = k.flight(body)
    assert (paths.vein[:, 1:] <= paths.artery[:, 1:] + 1e-12).all()


@settings(max_examples=40, deadline=None)
@given(bodies())
def test_draws_are_reckoned_apart(body: k.Circulation) -> None:
    together = k.flight(body).vein
    for index in range(body.share.shape[0]):
        one = k.Circulation(body.share[index], body.capture[index], body.lung_capture[index], body.portal, body.liver)
        assert k.flight(one).vein == pytest.approx(together[index], abs=1e-14)


def test_more_capture_in_the_lung_leaves_less_for_the_organs() -> None:
    lung = np.linspace(0.0, 0.999, 50)
    body = k.Circulation(np.full((50, 2), 0.5), np.full((50, 2), 0.3), lung, np.zeros(2, dtype=bool), None)
    reached = k.flight(body).vein[:, 1]
    assert (np.diff(reached) < 0).all()


def test_exponential_agrees_with_eigenvalues() -> None:
    rng = np.random.default_rng(5)
    symmetric = rng.normal(size=(4, 6, 6))
    symmetric = symmetric + np.swapaxes(symmetric, -1, -2)
    values, vectors = np.linalg.eigh(symmetric)
    exact = (vectors * np.exp(values)[:, None, :]) @ np.swapaxes(vectors, -1, -2)
    assert k.expm(symmetric) == pytest.approx(exact, rel=1e-11, abs=1e-11)
    assert k.expm(np.zeros((3, 3))) == pytest.approx(np.eye(3), abs=0)


@given(fraction, fraction, fraction, fraction)
def test_a_local_injection_is_split_without_remainder(a: float, rho: float, v: float, w: float) -> None:
    split = k.local_split(np.asarray(a), np.asarray(rho), np.asarray(v), np.asarray(w))
    assert split.target + split.track + split.veins + split.dead == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("hours", [-1.0, float("nan"), float("inf")])
def test_impossible_hours_are_refused(hours: float) -> None:
    with pytest.raises(ValueError, match="Hours"):
        k.propagate(np.zeros((3, 3)), np.zeros(2), hours)


def test_a_body_that_catches_nothing_has_no_answer() -> None:
    body = k.Circulation(np.array([1.0]), np.array([0.0]), np.asarray(0.0), np.zeros(1, dtype=bool), None)
    with pytest.raises(ValueError, match="undefined"):
        k.flight(body)
