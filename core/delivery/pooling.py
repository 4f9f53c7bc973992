"""Pooling of studies: Bayesian normal-normal random effects with a half-normal prior of the between-study sd.

    y_i ~ N(theta_i, se_i²),  theta_i ~ N(mu, tau²),  mu ~ N(m, s²),  tau ~ half-normal(scale)

The model of R's `bayesmeta` (Röver 2020, doi 10.18637/jss.v093.i06). Given tau everything is normal, so only tau is
integrated, on a grid. A bound is a censored figure: its likelihood is the probability of lying beyond it, and mu is
integrated on a grid as well. Everything is on one scale, here the logit. The classical estimates of R's `metafor`
(Viechtbauer 2010, doi 10.18637/jss.v036.i03) stand beside it for checking.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from core.delivery import normal
from core.delivery.normal import Array
from core.errors import InputError

TAU_SPAN = 8.5
"""The grid of tau ends at this many prior scales: the half-normal has 2e-17 of its mass beyond."""
TAU_NODES = 97
"""Nodes of tau in everyday use; quantiles differ from those of 4001 nodes by less than 1e-4."""
SMALLEST_ERROR, LARGEST_FIGURE = 1e-6, 1e3
"""Beyond these no figure on the logit scale means anything, and squares would leave the range of the machine."""
NEGLIGIBLE = 36.0
"""What is this far below the highest log density has, all nodes together, less than 1e-10 of the weight."""
MU_SPAN, MU_NODES = 8.0, 1024
"""Even grid of mu over this many of its sds, where a bound makes the posterior skew."""


class Prior(msgspec.Struct, frozen=True):
    """Normal prior of the mean and half-normal scale of the between-study sd."""

    mean: float
    sd: float
    tau_scale: float


class Evidence(msgspec.Struct, frozen=True):
    """One figure a study: `y` with standard error `se`.

    `side`: 0 a value; -1 the truth lies below `y` (upper bound); +1 above it (lower bound).
    """

    y: Array
    se: Array
    side: Array = msgspec.field(default_factory=lambda: np.zeros(0))

    @classmethod
    def of(cls, y: Sequence[float], se: Sequence[float], side: Sequence[float] | None = None) -> Evidence:
        """Checked evidence. Errors: InputError for figures that no study can have."""
        values, errors = np.array(y, dtype=np.float64), np.array(se, dtype=np.float64)
        sides = np.zeros(values.shape) if side is None else np.array(side, dtype=np.float64)
        if values.ndim != 1 or values.shape != errors.shape or values.shape != sides.shape:
            raise InputError("Each study needs one figure and one standard error.")
        if not np.isfinite(values).all():
            raise InputError("A study has a figure that is not a finite number.")
        if np.abs(values).max(initial=0.0) > LARGEST_FIGURE:
            raise InputError(f"A study has a figure beyond ±{LARGEST_FIGURE:g} on the pooling scale.")
        if not (np.isfinite(errors).all() and (errors >= SMALLEST_ERROR).all() and (errors <= LARGEST_FIGURE).all()):
            raise InputError(
                f"A study has a standard error that is not between {SMALLEST_ERROR:g} and {LARGEST_FIGURE:g}."
            )
        return cls(values, errors, sides)


class Pooled(msgspec.Struct, frozen=True):
    """What studies and prior together say: quantiles of mu, of tau, and of a new comparable group's mean.

    `tau_grid` and `tau_density` hold the posterior of tau. `study_weight`: the share of each study in mu beside
    the prior's; the values' sum to 1, bounds have none.
    """

    tau_grid: Array
    tau_density: Array
    study_weight: Array

    mu_mean: float
    mu_sd: float
    new_sd: float
    """Sd of the mean of a new comparable group."""

    def mu_quantile(self, p: Array | Sequence[float]) -> Array:
        raise NotImplementedError

    def new_quantile(self, p: Array | Sequence[float]) -> Array:
        """Quantiles of the predictive distribution: the mean of a new comparable group."""
        raise NotImplementedError

    def tau_quantile(self, p: Array | Sequence[float]) -> Array:
        """Quantiles of the between-study sd."""
        return _quantile(self.tau_grid, self.tau_density, p)


class Mixture(Pooled, frozen=True):
    """Posterior from values alone: a normal of mu at each node of tau, with `weight`, `mean`, `sd` (k,)."""

    weight: Array
    mean: Array
    sd: Array

    def mu_quantile(self, p: Array | Sequence[float]) -> Array:
        return mixture_quantile(np.asarray(p, dtype=np.float64), self.weight, self.mean, self.sd)

    def new_quantile(self, p: Array | Sequence[float]) -> Array:
        spread = np.hypot(self.sd, self.tau_grid)
        return mixture_quantile(np.asarray(p, dtype=np.float64), self.weight, self.mean, spread)


class Table(Pooled, frozen=True):
    """Posterior with bounds: densities of mu and of a new group on one even grid (k,)."""

    grid: Array
    mu_density: Array
    new_density: Array

    def mu_quantile(self, p: Array | Sequence[float]) -> Array:
        return _quantile(self.grid, self.mu_density, p)

    def new_quantile(self, p: Array | Sequence[float]) -> Array:
        return _quantile(self.grid, self.new_density, p)


def pool(evidence: Evidence, prior: Prior, nodes: int = TAU_NODES) -> Pooled:
    """Posterior of the mean and of a new group, given values and bounds and the prior.

    Errors: InputError for a prior without spread.
    """
    spreads = (prior.sd, prior.tau_scale)
    if not (all(SMALLEST_ERROR <= s <= LARGEST_FIGURE for s in spreads) and abs(prior.mean) <= LARGEST_FIGURE):
        raise InputError("The prior needs a finite mean and finite spreads above 0.")
    # Squaring the grid puts half of the nodes below a quarter of the span, where small standard errors need them.
    grid = prior.tau_scale * TAU_SPAN * np.linspace(0.0, 1.0, nodes) ** 2
    exact = evidence.side == 0
    y, variance = evidence.y[exact], evidence.se[exact] ** 2 + grid[:, None] ** 2
    precision = 1.0 / variance
    total = precision.sum(axis=1) + prior.sd**-2
    mean = (precision @ y + prior.mean * prior.sd**-2) / total
    sd = total**-0.5
    squares = precision @ (y**2) + prior.mean**2 * prior.sd**-2 - mean**2 * total
    log_density = -0.5 * (np.log(variance).sum(axis=1) + np.log(total) + squares) - 0.5 * (grid / prior.tau_scale) ** 2
    shares = precision / precision.sum(axis=1)[:, None] if y.size else precision
    if not exact.all():
        return _with_bounds(evidence, grid, log_density, mean, sd, shares)
    density = np.exp(log_density - log_density.max())
    weight = _trapezoid(grid, density)
    centre = float(weight @ mean)
    mu_variance = float(weight @ (sd**2 + (mean - centre) ** 2))
    new_sd = float(np.sqrt(mu_variance + weight @ grid**2))
    spread = _of_studies(evidence, weight @ shares)
    return Mixture(grid, density, spread, centre, float(np.sqrt(mu_variance)), new_sd, weight, mean, sd)


def _with_bounds(evidence: Evidence, tau: Array, log_density: Array, mean: Array, sd: Array, shares: Array) -> Table:
    """Each node of tau gets a grid of mu, weighted by the probability of the bounds there."""
    reach = float(np.minimum(sd + tau, 3.0 * (sd + tau).min() + TAU_SPAN).max())
    low, high = float((mean - MU_SPAN * sd).min()) - reach, float((mean + MU_SPAN * sd).max()) + reach
    grid = np.linspace(low, high, MU_NODES)
    z = (grid - mean[:, None]) / sd[:, None]
    log_weight = (log_density - np.log(sd))[:, None] - 0.5 * z * z
    bounded = evidence.side != 0
    bounds = [
        (y, side, np.sqrt(se**2 + tau**2))
        for y, se, side in zip(evidence.y[bounded], evidence.se[bounded], evidence.side[bounded], strict=True)
    ]
    # A bound only takes weight away. So what is far below some point that has lost its share already stays out, and
    # the dear function is called for the rest.
    sample = log_weight[::4, ::8].copy()
    for y, side, spread in bounds:
        sample += normal.log_cdf(side * (grid[::8] - y) / spread[::4, None])
    rows, columns = np.nonzero(log_weight > sample.max() - NEGLIGIBLE)
    counted = log_weight[rows, columns]
    for y, side, spread in bounds:
        counted += normal.log_cdf(side * (grid[columns] - y) / spread[rows])
    density = np.zeros(log_weight.shape)
    density[rows, columns] = np.exp(counted - counted.max())
    tau_density = density.sum(axis=1)
    joint = density * (_trapezoid(tau, tau_density) / np.maximum(tau_density, 1e-300))[:, None]
    mu_density = joint.sum(axis=0)
    # A new group lies tau away from mu: a convolution with a normal at each tau, done at once in the frequencies.
    step = grid[1] - grid[0]
    frequency = 2.0 * np.pi * np.fft.rfftfreq(2 * MU_NODES, step)
    damped = np.fft.rfft(joint, 2 * MU_NODES, axis=1) * np.exp(-0.5 * (tau[:, None] * frequency) ** 2)
    new_density = np.maximum(np.fft.irfft(damped.sum(axis=0), 2 * MU_NODES)[:MU_NODES], 0.0)
    mu_mean, mu_sd = _moments(grid, mu_density)
    return Table(
        tau, tau_density, _of_studies(evidence, joint.sum(axis=1) @ shares / joint.sum()), mu_mean, mu_sd,
        _moments(grid, new_density)[1], grid, mu_density, new_density,
    )  # fmt: skip


def _moments(grid: Array, density: Array) -> tuple[float, float]:
    weight = density / density.sum()
    centre = float(weight @ grid)
    return centre, float(np.sqrt(weight @ (grid - centre) ** 2))


def _cumulated(grid: Array, density: Array) -> Array:
    steps = np.diff(grid)
    return np.concatenate([[0.0], np.cumsum(0.5 * (density[1:] + density[:-1]) * steps)])


def _quantile(grid: Array, density: Array, p: Array | Sequence[float]) -> Array:
    """Where so much of a density on a grid lies below, whatever it sums to."""
    mass = _cumulated(grid, density)
    return np.asarray(np.interp(np.asarray(p, dtype=np.float64) * mass[-1], mass, grid))


def _trapezoid(grid: Array, density: Array) -> Array:
    """Weights of the nodes under the trapezoid rule, summing to 1."""
    steps = np.diff(grid)
    cell = np.zeros(grid.shape)
    cell[:-1] += steps
    cell[1:] += steps
    weight = cell * density
    return np.asarray(weight / weight.sum())


def _of_studies(evidence: Evidence, shares: Array) -> Array:
    weight = np.zeros(evidence.y.shape)
    weight[evidence.side == 0] = shares
    return weight


def mixture_quantile(p: Array, weight: Array, mean: Array, sd: Array) -> Array:
    """Quantiles of a mixture of normals: the distribution function on a grid, then two Newton steps.

    `p`: (m,) strictly between 0 and 1; `weight`, `mean`, `sd`: (k,).
    """
    centre = float(weight @ mean)
    spread = float(np.sqrt(weight @ (sd**2 + (mean - centre) ** 2)))
    grid = np.linspace(centre - 9.0 * spread, centre + 9.0 * spread, 361)
    mass = np.maximum.accumulate(normal.cdf((grid[:, None] - mean) / sd) @ weight)
    found = np.interp(p, mass, grid)
    if p.size > 16:
        return found
    step = grid[1] - grid[0]
    for _ in range(4):
        z = (found[:, None] - mean) / sd
        density = np.exp(-0.5 * z * z) @ (weight / sd) / np.sqrt(2.0 * np.pi)
        change = (normal.cdf(z) @ weight - p) / np.maximum(density, 1e-12)
        found = found - np.clip(change, -step, step)
    return np.asarray(found)


class Classical(msgspec.Struct, frozen=True):
    """A classical random-effects estimate: mean, its standard error, tau², I² in percent, Knapp-Hartung se."""

    mu: float
    se: float
    tau2: float
    i2: float
    knha_se: float


def dersimonian_laird(y: Array, se: Array) -> Classical:
    """Random effects after DerSimonian and Laird 1986 (doi 10.1016/0197-2456(86)90046-2); two studies or more."""
    w = se**-2
    mu = (w @ y) / w.sum()
    excess = w @ (y - mu) ** 2 - (y.size - 1)
    return _classical(y, se, max(0.0, float(excess / (w.sum() - (w @ w) / w.sum()))))


def restricted_likelihood(y: Array, se: Array) -> Classical:
    """Random effects by restricted maximum likelihood (Fisher scoring to 1e-12); two studies or more.

    Errors: InputError where the scoring does not settle, so that no half-finished figure is shown.
    """
    tau2 = max(0.0, float(np.var(y, ddof=1) - np.mean(se**2)))
    for _ in range(10_000):
        w = 1.0 / (se**2 + tau2)
        mu = (w @ y) / w.sum()
        information = w @ w - 2.0 * (w**3).sum() / w.sum() + ((w @ w) / w.sum()) ** 2
        score = (w**2) @ (y - mu) ** 2 - w.sum() + (w @ w) / w.sum()
        change = float(score / information)
        new = max(0.0, tau2 + change)
        if abs(new - tau2) < 1e-12:
            return _classical(y, se, new)
        tau2 = new
    raise InputError("The restricted likelihood of these studies has no stable maximum.")


def _classical(y: Array, se: Array, tau2: float) -> Classical:
    k = y.size
    fixed = se**-2
    typical = (k - 1) * fixed.sum() / (fixed.sum() ** 2 - fixed @ fixed)
    w = 1.0 / (se**2 + tau2)
    mu = float((w @ y) / w.sum())
    error = float(w.sum() ** -0.5)
    hartung = float(np.sqrt((w @ (y - mu) ** 2) / (k - 1)) * error)
    return Classical(mu, error, tau2, float(100.0 * tau2 / (typical + tau2)), hartung)
