"""Flight and hold: where circulating cells stop, and what becomes of those that were held.

A stay in the blood ends within minutes, so the *flight* is solved in closed form: lung capture, then the organs by
their share of cardiac output, round after round. Held cells stay for hours to days, so the *hold* is a linear system
`dx/dt = K x` solved by a matrix exponential. Every function takes any number of leading axes (parameter draws).

Structure after the physiologically based models of Wang et al. 2016 (doi 10.1038/srep22293); the algebra is ours.
"""

from __future__ import annotations

from math import ceil, factorial, log2

import msgspec
import numpy as np
import numpy.typing as npt

from core.delivery.normal import Array

LUNG = 0
"""Index of the lung in every pool vector; the organs follow in the order of the circulation."""

TAYLOR_ORDER = 18
"""Degree of the Taylor polynomial: with a scaled 1-norm of at most 1 the remainder is below 1/19! = 8e-18."""

_COEFFICIENTS = [1.0 / factorial(k) for k in range(TAYLOR_ORDER + 1)]


class Circulation(msgspec.Struct, frozen=True):
    """A body as cells see it: shares of cardiac output and the capture per pass of each bed.

    `share`: (..., n) shares of cardiac output, summing to 1 over the organs. `capture`: (..., n) fraction of the
    arriving cells that one pass holds. `lung_capture`: (...) the same for the lung. `portal`: (n,) true where the
    organ drains into the liver. `liver`: index of the liver, whose own share is that of the hepatic artery, or None.
    """

    share: Array
    capture: Array
    lung_capture: Array
    portal: npt.NDArray[np.bool_]
    liver: int | None

    @property
    def captured_per_round(self) -> Array:
        """Fraction c (..., n) of the cells leaving the heart that each organ holds in one round."""
        caught = self.share * self.capture
        if self.liver is not None:
            drained = np.where(self.portal, self.share * (1.0 - self.capture), 0.0).sum(axis=-1)
            inflow = self.share[..., self.liver] + drained
            caught = caught.copy()
            caught[..., self.liver] = inflow * self.capture[..., self.liver]
        return np.asarray(caught, dtype=np.float64)


class Flight(msgspec.Struct, frozen=True):
    """Where one cell stops first, by where it starts; each (..., 1 + n), the lung first, summing to 1."""

    vein: Array
    artery: Array
    portal: Array


def flight(body: Circulation) -> Flight:
    """First distribution of cells that start in a vein, in the aorta or in the portal vein (closed form).

    With C = sum of c, R = 1 - C and P = 1 - lung capture, every further round is scaled by P R, hence z = 1 - P R.
    """
    caught = body.captured_per_round
    lung = np.asarray(body.lung_capture, dtype=np.float64)
    passage = 1.0 - lung
    returned = np.clip(1.0 - caught.sum(axis=-1), 0.0, 1.0)
    rounds = 1.0 - passage * returned
    # Nothing captures anywhere only if both the lung and all organs let everything pass; the cells then circulate for
    # ever and the question has no answer.
    if np.any(rounds <= 0.0):
        raise ValueError("No organ captures cells: their first distribution is undefined")
    vein = np.concatenate([(lung / rounds)[..., None], (passage / rounds)[..., None] * caught], axis=-1)
    artery = np.concatenate([(lung * returned / rounds)[..., None], caught / rounds[..., None]], axis=-1)
    if body.liver is None:
        return Flight(vein, artery, vein)
    liver_capture = body.capture[..., body.liver]
    portal = (1.0 - liver_capture)[..., None] * vein
    portal[..., 1 + body.liver] += liver_capture
    return Flight(vein, artery, portal)


def selective(
    body: Circulation, paths: Flight, organ: int, enters: Array | float, first_contact: Array | float
) -> Array:
    """First distribution (..., 1 + n) of cells given into the artery of one organ.

    `enters`: share of the injectate that flows into the bed; the rest starts in the aorta. `first_contact`:
    capture by a bed that meets cells which have not been through the lung. What the bed lets pass drains on, by the
    portal vein where the organ is portal.
    """
    enters = np.asarray(enters, dtype=np.float64)
    first_contact = np.asarray(first_contact, dtype=np.float64)
    drain = paths.portal if body.portal[organ] else paths.vein
    onward = (enters * (1.0 - first_contact))[..., None] * drain
    start = np.array(onward + (1.0 - enters)[..., None] * paths.artery, dtype=np.float64)
    start[..., 1 + organ] += enters * first_contact
    return start


def hold_matrix(release: Array, loss: Array, spread: Array) -> Array:
    """Generator K (..., n + 1, n + 1) of the hold phase; the last pool collects what is lost.

    `release` and `loss`: (..., n) rates per hour. `spread`: (..., n, n), where column j says where the cells
    that pool j releases stop next and sums to 1. Columns of K sum to 0, so no cell appears or disappears.
    """
    n = release.shape[-1]
    shape = np.broadcast_shapes(release.shape[:-1], loss.shape[:-1], spread.shape[:-2])
    matrix = np.zeros((*shape, n + 1, n + 1))
    matrix[..., :n, :n] = spread * release[..., None, :]
    diagonal = np.arange(n)
    matrix[..., diagonal, diagonal] -= release + loss
    matrix[..., n, :n] = loss
    return matrix


def body_spread(body: Circulation, paths: Flight) -> Array:
    """Where cells released by the lung and by each organ stop next: (..., 1 + n, 1 + n), one column per source."""
    n = body.portal.size + 1
    spread = np.repeat(paths.vein[..., :, None], n, axis=-1)
    spread[..., :, LUNG] = paths.artery
    for organ in np.flatnonzero(body.portal):
        spread[..., :, 1 + organ] = paths.portal
    return spread


def expm(matrix: Array) -> Array:
    """Matrix exponential (..., m, m) by scaling and squaring with a Taylor polynomial of degree 18.

    The polynomial is evaluated in seven products (Paterson and Stockmeyer 1973): powers up to the sixth, then Horner.
    """
    size = matrix.shape[-1]
    norm = float(np.abs(matrix).sum(axis=-2).max(initial=0.0))
    if not np.isfinite(norm):
        raise ValueError("The matrix holds figures that are not finite")
    squarings = max(0, ceil(log2(norm))) if norm > 0.0 else 0
    scaled = matrix / 2.0**squarings
    powers = [np.broadcast_to(np.eye(size), matrix.shape), scaled]
    for _ in range(5):
        powers.append(powers[-1] @ scaled)
    c = _COEFFICIENTS
    result = c[18] * powers[6] + sum(c[12 + k] * powers[k] for k in range(6))
    result = powers[6] @ result + sum(c[6 + k] * powers[k] for k in range(6))
    result = powers[6] @ result + sum(c[k] * powers[k] for k in range(6))
    for _ in range(squarings):
        result = result @ result
    return np.asarray(result, dtype=np.float64)


def propagate(matrix: Array, start: Array, hours: float) -> Array:
    """Pools (..., n + 1) after `hours`, the lost last, from first pools `start` (..., n)."""
    if not 0.0 <= hours < float("inf"):
        raise ValueError(f"Hours must be 0 or more, not {hours}")
    first = np.concatenate([start, np.zeros((*start.shape[:-1], 1))], axis=-1)
    if hours == 0.0:
        return first
    return np.asarray((expm(matrix * hours) @ first[..., None])[..., 0], dtype=np.float64)


class LocalSplit(msgspec.Struct, frozen=True):
    """What a local injection leaves behind at once, each (...), summing to 1.

    `target`: alive and in place. `track`: misplaced or leaked into neighbouring tissue. `veins`: leaked into
    veins. `dead`: killed by the needle.
    """

    target: Array
    track: Array
    veins: Array
    dead: Array


def local_split(placement: Array, retention: Array, viable: Array, to_veins: Array) -> LocalSplit:
    """Split a local injection by placement accuracy, immediate retention, viability and the share of leak to veins."""
    leak = placement * (1.0 - retention)
    return LocalSplit(
        target=np.asarray(placement * retention * viable),
        track=np.asarray(((1.0 - placement) + leak * (1.0 - to_veins)) * viable),
        veins=np.asarray(leak * to_veins * viable),
        dead=np.asarray(1.0 - viable) + np.zeros_like(placement * retention),
    )
