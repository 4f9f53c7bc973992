"""Pooling: against brute-force integration, and properties that hold for any set of studies."""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery import normal, pooling
from core.errors import InputError

PRIOR = pooling.Prior(-3.0, 1.5, 0.7)
LEVELS = np.array([0.05, 0.25, 0.5, 0.75, 0.95])

figures = st.floats(-9.0, 4.0)
errors = st.floats(0.05, 1.5)
studies = st.lists(st.tuples(figures, errors), min_size=1, max_size=6)


def evidence(rows: list[tuple[float, float]], sides: list[float] | None = None) -> pooling.Evidence:
    return pooling.Evidence.of([y for y, _ in rows], [se for _, se in rows], sides)


@cache
def lattice(size: int = 120_000) -> np.ndarray:
    """Even points of three dimensions (the generalised golden ratio) as standard normals."""
    step = np.array([0.819172513396, 0.671043606703, 0.549700477901])
    even = (np.arange(1, size + 1)[:, None] * step) % 1.0
    return np.array([[NormalDist().inv_cdf(u) for u in column] for column in even.T])


def brute_force(rows: list[tuple[float, float]], sides: list[float], prior: pooling.Prior) -> dict[str, np.ndarray]:
    """Quantiles of mu and of a new group by weighted sampling of the prior on an even lattice of three dimensions."""
    z = lattice()
    mu = prior.mean + prior.sd * z[0]
    tau = np.abs(prior.tau_scale * z[1])
    weight = np.ones(mu.shape)
    for (y, se), side in zip(rows, sides, strict=True):
        spread = np.sqrt(se**2 + tau**2)
        off = (y - mu) / spread
        if side == 0:
            weight *= np.exp(-0.5 * off * off) / spread
        else:
            weight *= np.array([0.5 * math.erfc(side * v / math.sqrt(2)) for v in off])
    new = mu + tau * z[2]

    def weighted(values: np.ndarray) -> np.ndarray:
        order = np.argsort(values)
        mass = np.cumsum(weight[order])
        return np.interp(LEVELS * mass[-1], mass, values[order])

    return {"mu": weighted(mu), "new": weighted(new)}


@pytest.mark.parametrize(
    ("rows", "sides"),
    [
        ([(-3.0, 0.2), (-4.0, 0.4)], [0, 0]),
        ([(-3.0, 0.2), (-4.5, 0.3)], [0, -1]),
        ([(-2.0, 0.3)], [-1]),
        ([(-1.0, 0.3), (-3.5, 0.5), (-2.0, 0.4)], [1, 0, -1]),
    ],
)
def test_bounds_agree_with_brute_force(rows: list[tuple[float, float]], sides: list[float]) -> None:
    ours = pooling.pool(evidence(rows, sides), PRIOR)
    theirs = brute_force(rows, sides, PRIOR)
    assert ours.mu_quantile(LEVELS) == pytest.approx(theirs["mu"], abs=0.04)
    assert ours.new_quantile(LEVELS) == pytest.approx(theirs["new"], abs=0.04)


def test_a_vacuous_bound_changes_nothing() -> None:
    rows = [(-3.0, 0.2), (-4.0, 0.4)]
    without = pooling.pool(evidence(rows), PRIOR)
    bounded = pooling.pool(evidence([*rows, (60.0, 0.1)], [0, 0, -1]), PRIOR)
    assert bounded.mu_quantile(LEVELS) == pytest.approx(without.mu_quantile(LEVELS), abs=1e-3)
    assert bounded.new_quantile(LEVELS) == pytest.approx(without.new_quantile(LEVELS), abs=1e-3)
    assert bounded.study_weight == pytest.approx([*without.study_weight, 0.0], abs=1e-6)


def test_everyday_grid_is_fine_enough() -> None:
    for rows in ([(-3.0, 0.05), (-2.2, 0.05), (-4.1, 0.05)], [(-1.0, 0.06)], [(-9.0, 0.3), (-2.0, 0.1)]):
        coarse = pooling.pool(evidence(rows), PRIOR)
        fine = pooling.pool(evidence(rows), PRIOR, nodes=4001)
        assert coarse.mu_quantile(LEVELS) == pytest.approx(fine.mu_quantile(LEVELS), abs=1e-3)
        assert coarse.new_quantile(LEVELS) == pytest.approx(fine.new_quantile(LEVELS), abs=1e-3)


def test_no_evidence_gives_back_the_prior() -> None:
    empty = pooling.pool(evidence([]), PRIOR)
    assert empty.mu_mean == pytest.approx(PRIOR.mean, abs=1e-9)
    assert empty.mu_sd == pytest.approx(PRIOR.sd, rel=1e-9)
    assert empty.new_sd == pytest.approx(math.hypot(PRIOR.sd, PRIOR.tau_scale), rel=1e-3)


@settings(max_examples=60, deadline=None)
@given(studies, st.randoms())
def test_order_of_studies_does_not_matter(rows: list[tuple[float, float]], random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    a, b = pooling.pool(evidence(rows), PRIOR), pooling.pool(evidence(shuffled), PRIOR)
    assert a.mu_quantile(LEVELS) == pytest.approx(b.mu_quantile(LEVELS), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(studies)
def test_quantiles_rise_and_a_new_group_is_never_surer(rows: list[tuple[float, float]]) -> None:
    pooled = pooling.pool(evidence(rows), PRIOR)
    mu, new = pooled.mu_quantile(LEVELS), pooled.new_quantile(LEVELS)
    assert (np.diff(mu) > 0).all()
    assert (np.diff(new) > 0).all()
    assert pooled.new_sd >= pooled.mu_sd
    assert pooled.study_weight.sum() == pytest.approx(1.0, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(studies, st.floats(-5, 5))
def test_shifting_everything_shifts_the_answer(rows: list[tuple[float, float]], shift: float) -> None:
    here = pooling.pool(evidence(rows), PRIOR)
    there = pooling.pool(
        evidence([(y + shift, se) for y, se in rows]),
        pooling.Prior(PRIOR.mean + shift, PRIOR.sd, PRIOR.tau_scale),
    )
    assert there.new_quantile(LEVELS) - shift == pytest.approx(here.new_quantile(LEVELS), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(studies, figures, st.sampled_from([-1.0, 1.0]))
def test_a_bound_moves_the_mean_to_its_side(rows: list[tuple[float, float]], bound: float, side: float) -> None:
    without = pooling.pool(evidence(rows), PRIOR)
    with_bound = pooling.pool(evidence([*rows, (bound, 0.3)], [*[0.0] * len(rows), side]), PRIOR)
    assert side * (with_bound.mu_mean - without.mu_mean) > -2e-3
    assert with_bound.study_weight[-1] == 0.0


@settings(max_examples=60, deadline=None)
@given(studies)
def test_a_share_of_new_groups_lies_below_each_quantile(rows: list[tuple[float, float]]) -> None:
    pooled = pooling.pool(evidence(rows), PRIOR)
    assert isinstance(pooled, pooling.Mixture)
    spread = np.hypot(pooled.sd, pooled.tau_grid)
    for level, value in zip(LEVELS, pooled.new_quantile(LEVELS), strict=True):
        below = pooled.weight @ normal.cdf((value - pooled.mean) / spread)
        assert below == pytest.approx(level, abs=2e-3)


@pytest.mark.parametrize("prior", [(0, 0, 1), (0, 1, 0), (float("nan"), 1, 1), (0, float("inf"), 1), (0, 1, -1)])
def test_a_prior_without_spread_is_refused(prior: tuple[float, float, float]) -> None:
    with pytest.raises(InputError):
        pooling.pool(evidence([(0.0, 1.0)]), pooling.Prior(*prior))


@pytest.mark.parametrize("row", [(float("inf"), 1.0), (0.0, 0.0), (0.0, float("nan")), (1e9, 1.0), (0.0, 1e-300)])
def test_impossible_figures_are_refused(row: tuple[float, float]) -> None:
    with pytest.raises(InputError):
        evidence([row])


def test_distant_tails_stay_finite() -> None:
    x = np.array([-300.0, -38.0, -8.0, 0.0, 8.0])
    assert np.isfinite(normal.log_cdf(x)).all()
    assert normal.log_cdf(x)[0] == pytest.approx(-0.5 * 300**2 - math.log(300 * math.sqrt(2 * math.pi)), rel=1e-6)
    assert normal.cdf(np.array([-1.959963984540054]))[0] == pytest.approx(0.025, abs=1e-15)


@given(st.floats(-40, 40))
def test_fractions_are_held_inside_their_limits(x: float) -> None:
    assert normal.SMALLEST <= float(normal.expit(x)) <= normal.LARGEST
