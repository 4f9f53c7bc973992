"""How often the needle is where it should be: pooled hits of needles, or a stated prior where nobody counted."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec
import numpy as np

from core.delivery import draws
from core.delivery.normal import Array, expit, logit, median
from core.delivery.parameters import Parameters, Setting
from core.pack.pack import Pack
from core.pack.types import OWN, Placement

UNGUIDED = frozenset({"none", "radiograph_planned"})
OPEN = frozenset({"direct_vision", "arthroscopy", "operating_microscope"})

FLUID = "cerebrospinal_fluid"
COMMON = 0.5
"""Share of the variance of placement (normal scale) that two guidances have in common: judgement, none was paired."""

BETWEEN, BETWEEN_BORROWED = 0.6, 1.0
"""Scale of the half-normal prior of the between-study sd, logit; wider where another target's figures are borrowed."""
BORROWED = 0.25
"""Share of its needles that a figure counts for when it is borrowed from another target of the same tissue."""
MOST_BORROWED = 10.0
"""Needles that a borrowed figure counts for at most: a large series of another joint says little of this one."""
CADAVER = 0.5
"""Share of its needles that a figure from cadavers, animals or phantoms counts for."""
UNSTATED_NEEDLES = {"review": 60.0, "patients": 20.0, "cadaver": 20.0, "animal": 20.0, "phantom": 20.0}
"""Needles that an accuracy without a number stands for."""
_GRID = np.linspace(-8.0, 10.0, 145)
_TAUS = np.linspace(0.0, 1.0, 13) ** 2 * 4.0
"""Nodes of the between-study sd, in units of its scale."""


class Accuracy(msgspec.Struct, frozen=True, eq=False):
    """Chance that the needle is in the target, as draws (draws,) for a new comparable group.

    `measured`: counted for this target under this guidance. `studies`: what it rests on, then or borrowed.
    """

    draws: Array
    measured: bool
    studies: tuple[str, ...]
    needles: int

    @property
    def median(self) -> float:
        return median(self.draws)


def kind_of(guidance: str) -> str:
    """The class of a guidance: unguided, open or guided."""
    if guidance in UNGUIDED:
        return "unguided"
    return "open" if guidance in OPEN else "guided"


@lru_cache(maxsize=512)
def accuracy(pack: Pack, route: str, target: str, guidance: str, without: frozenset[str]) -> Accuracy | None:
    """Placement of a procedure; None where no needle has to be placed.

    Reviews or primary studies are pooled for a target, never both; a clinic's own figures always are.
    """
    the_route = pack.routes[route]
    if the_route.family not in ("local", "csf"):
        return None
    # A needle for the fluid is in the fluid or not, wherever the cells shall go from there.
    aimed_at = FLUID if the_route.family == "csf" else target
    records = [p for p in pack.file.placements if p.pool and p.study not in without and p.guidance == guidance]
    own = _one_kind([p for p in records if p.target == aimed_at and p.route == route])
    if not own and (the_route.family == "csf" or not the_route.needle):
        return None
    tissue = pack.targets[target].tissue
    chosen, share = own, 1.0
    if not own:
        chosen = [p for p in records if p.route == route and pack.targets[p.target].tissue == tissue]
        share = BORROWED
    parameters = Parameters(pack, Setting("any", "any", "any"))
    kind = kind_of(guidance)
    _, band = parameters.find("placement", (f"{kind}:{tissue}", kind))
    hits = [_hits(p, share) for p in chosen]
    scale = BETWEEN if own else BETWEEN_BORROWED
    posterior = _predictive(tuple(hits), (band.median, band.low, band.high), scale, _dimension(guidance))
    needles = sum(p.n_injections or 0 for p in own)
    return Accuracy(posterior, bool(own), tuple(dict.fromkeys(p.study for p in chosen)), needles)


def _one_kind(records: list[Placement]) -> list[Placement]:
    """Reviews where there are any, else primary studies, which a review may hold; a clinic's own it does not."""
    reviewed = any(p.model == "review" for p in records)
    chosen = [p for p in records if not reviewed or p.model == "review" or p.id.startswith(OWN)]
    people = [p for p in chosen if p.model in ("review", "patients")]
    return people or chosen


def _hits(record: Placement, share: float) -> tuple[float, float]:
    """Hits and needles that a record counts for; needles in one person do not count as one each."""
    value = record.hits / record.n_injections if record.hits is not None and record.n_injections else record.value
    value = 0.0 if value is None else value
    needles = float(record.n_injections or 0)
    if needles and record.n_subjects and record.n_subjects < needles:
        needles = (needles * record.n_subjects) ** 0.5
    if not needles and record.spread == "ci95" and record.low is not None and record.high is not None:
        error = (float(logit(min(record.high, 0.999))) - float(logit(max(record.low, 0.001)))) / 3.92
        middle = min(max(value, 0.01), 0.99)
        needles = 1.0 / (max(error, 0.1) ** 2 * middle * (1.0 - middle))
    needles = min(needles or UNSTATED_NEEDLES[record.model], 400.0)
    if record.model in ("cadaver", "animal", "phantom"):
        needles *= CADAVER
    needles = max(needles * share, 1.0)
    if share < 1.0:
        needles = min(needles, MOST_BORROWED)
    return value * needles, needles


@cache
def _kernels(scale: float) -> Array:
    """How groups scatter around their mean: (taus, grid of the group, grid of the mean), columns summing to 1."""
    # Below half a cell of the grid a group is where its mean is.
    taus = np.maximum(_TAUS * scale, (_GRID[1] - _GRID[0]) / 4.0)[:, None]
    apart = np.arange(1 - _GRID.size, _GRID.size) * (_GRID[1] - _GRID[0])
    heights = np.exp(-0.5 * (apart / taus) ** 2)
    # Only the distance counts: each column is a window of one row of heights, and no table of places is needed.
    kernels = np.lib.stride_tricks.sliding_window_view(heights, _GRID.size, axis=1)[:, ::-1]
    return np.asarray(kernels / kernels.sum(axis=1, keepdims=True))


@cache
def _places(dimension: str) -> Array:
    """Where each draw stands among all (draws,), strictly between 0 and 1.

    Part of it is the hand and the patient, the same under every guidance; the rest is the guidance's own.
    """
    z = np.sqrt(COMMON) * draws.standard("placement") + np.sqrt(1.0 - COMMON) * draws.standard(dimension)
    return np.asarray((np.argsort(np.argsort(z, kind="stable"), kind="stable") + 0.5) / z.size)


def _dimension(guidance: str) -> str:
    own = f"placement.{'none' if guidance in UNGUIDED else guidance}"
    return own if own in draws.DIMENSIONS else "placement.other"


@cache
def _predictive(
    hits: tuple[tuple[float, float], ...], band: tuple[float, float, float], scale: float, dimension: str
) -> Array:
    """Draws (draws,) of a new group's accuracy: each study's hits are binomial, its true accuracy logit-normal.

    The likelihood of h hits of n is that of a Beta(h + 1, n - h + 1) in the accuracy, also for n of n.
    """
    median, low, high = (float(logit(x)) for x in band)
    sd = np.where(median > _GRID, median - low, high - median) / 1.645
    prior = np.exp(-0.5 * ((_GRID - median) / sd) ** 2)
    kernels = _kernels(scale)
    log_p, log_q = -np.log1p(np.exp(-_GRID)), -np.log1p(np.exp(_GRID))
    joint = np.exp(-0.5 * _TAUS**2)[:, None] * np.gradient(_TAUS)[:, None] * prior
    for h, n in hits:
        log = h * log_p + (n - h) * log_q
        joint = joint * (np.exp(log - log.max()) @ kernels)
        joint = joint / joint.max()
    new = (kernels @ joint[..., None])[..., 0].sum(axis=0)
    mass = np.cumsum(new)
    mass = (mass - 0.5 * new) / mass[-1]
    return expit(np.interp(_places(dimension), mass, _GRID))
