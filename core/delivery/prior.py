"""The model's prior: what kinetics and tissue say about a route and a target before any direct measurement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from core.delivery import draws, kinetics
from core.delivery.constants import REFERENCE_HOURS
from core.delivery.draws import Array
from core.delivery.normal import LARGEST, SMALLEST, expit
from core.delivery.parameters import Parameters, Setting
from core.errors import PackError
from core.pack.pack import Pack
from core.pack.types import FlowSet, Procedure, Target

LUMPS = ("liver", "spleen", "gut", "brain", "marrow", "tissue")
"""Organs with the same constants are one pool: exact, since the flight is linear in their shares of flow."""
_LUMP_OF = {
    "liver_arterial": "liver", "liver_total": "liver", "spleen": "spleen", "stomach_oesophagus": "gut", "stomach": "gut",
    "small_intestine": "gut", "large_intestine": "gut", "gut": "gut", "pancreas": "gut", "brain": "brain",
    "red_marrow": "marrow",
}  # fmt: skip
_PORTAL = {"spleen", "gut"}
_NO_RELEASE = {"liver", "spleen", "marrow"}
_CLASS_OF = {"brain": "brain", "cord": "brain", "eye": "brain", "liver": "liver", "lymphoid": "spleen", "marrow": "marrow"}
_WHOLE = {"liver_total": "liver", "spleen": "spleen", "brain": "brain", "red_marrow": "marrow"}
_BED_OF = {
    "intracoronary": "myocardium", "retrograde_coronary_venous": "myocardium", "hepatic_artery": "liver",
    "renal_artery": "kidney",
}  # fmt: skip
CAPTURE_LIMIT = 0.98
BORROWED_CV = 0.6
"""Coefficient of variation of flow shares in a species without a set of its own, for which man's stand."""
PLACES = ("target", "lung", "liver", "spleen", "elsewhere", "leak", "lost")


@dataclass(frozen=True)
class Case:
    """What fixes the model's draws: the pack's ids and the studies whose constants fall back."""

    route: str
    target: str
    cells: str
    species: str
    readout: str
    condition: str | None = None
    dropped: frozenset[str] = frozenset()
    procedure: str | None = None
    label_loss: bool = False
    """Living cells' way through the lungs, but nothing dies: the first distribution that a count is carried back to."""

    @property
    def pack_readout(self) -> str:
        return "cells" if self.readout == "living" else "label"


@dataclass(frozen=True, eq=False)
class Body:
    """A body with its target as draws: where cells stop first and how they move on."""

    circulation: kinetics.Circulation
    paths: kinetics.Flight
    pool: int
    release: Array
    spread: Array
    used: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """Shares in the target with the needle in place, as draws (draws,), and the ids of the parameters behind them."""

    share: Array
    used: tuple[str, ...]


def setting_of(pack: Pack, case: Case) -> Setting:
    return Setting(pack.cells[case.cells].group, case.species, case.pack_readout, case.dropped)


def flow_set(pack: Pack, species: str) -> tuple[FlowSet, float]:
    """The flow shares of a species and their coefficient of variation; man's, spread wider, where it has none.

    Errors: PackError when the pack has no set of man either.
    """
    for wanted in (species, "human"):
        for candidate in pack.file.flow_sets:
            if candidate.species == wanted and candidate.sex in ("man", "any"):
                return candidate, candidate.cv if wanted == species else max(candidate.cv, BORROWED_CV)
    raise PackError("physiology.toml", "flow_set", "", "there is no set of flow shares for man", "Add one")


@lru_cache(maxsize=256)
def body(pack: Pack, target_id: str, setting: Setting, condition: str | None) -> Body:
    """The circulation of a species with one target cut out of its parent organ."""
    target = pack.targets[target_id]
    parameters = Parameters(pack, setting)
    shares, captures, names, pool = _organs(pack, target, parameters, condition)
    circulation = kinetics.Circulation(
        share=shares,
        capture=captures,
        lung_capture=1.0 - parameters.draw("lung_passage"),
        portal=np.array([name in _PORTAL or name == "target:gut" for name in names]),
        liver=names.index("liver"),
    )
    paths = kinetics.flight(circulation)
    held = parameters.draw("release_tissue")
    none = np.zeros(held.shape)
    release = np.stack(
        [parameters.draw("release_lung"), *(none if name.removeprefix("target:") in _NO_RELEASE else held for name in names)],
        axis=-1,
    )
    return Body(circulation, paths, pool, release, kinetics.body_spread(circulation, paths), tuple(parameters.used))


def _organs(
    pack: Pack, target: Target, parameters: Parameters, condition: str | None
) -> tuple[Array, Array, list[str], int]:
    """Shares and captures (draws, n) of the pooled organs, their names, and the target's place among all pools."""
    flows, cv = flow_set(pack, parameters.setting.species)
    width = np.sqrt(np.log1p(cv**2))
    base = dict.fromkeys(LUMPS, 0.0)
    for organ, share in flows.shares.items():
        base[_LUMP_OF.get(organ, "tissue")] += share
    organ = target.flow_of or "all"
    lump = _LUMP_OF.get(organ, "tissue")
    whole = target.tissue != "lung" and target.flow is None and not target.bloodless and organ in _WHOLE
    names = list(LUMPS)
    columns = {name: base[name] * np.exp(width * draws.standard(f"share.{name}")) for name in LUMPS}
    cut = None
    if target.tissue != "lung" and not whole:
        names.append(f"target:{_CLASS_OF.get(target.tissue, 'gut' if lump == 'gut' else 'tissue')}")
        cut = _target_share(target, flows, width)
        columns[lump] = np.maximum(columns[lump] - cut, 0.0)
    total = sum(columns.values())
    rest = 1.0 - cut if cut is not None else np.ones(draws.DRAWS)
    shares = [columns[name] / total * rest for name in LUMPS]
    captures = {
        "liver": parameters.draw("capture_liver"), "spleen": parameters.draw("capture_spleen"),
        "marrow": parameters.draw("capture_marrow"), "brain": parameters.draw("capture_brain"),
        "tissue": parameters.draw("capture_tissue"),
    }  # fmt: skip
    captures["gut"] = captures["tissue"]
    columns_of_capture = [captures[name] for name in LUMPS]
    if cut is not None:
        shares.append(cut)
        columns_of_capture.append(captures[names[-1].removeprefix("target:")])
    pool = kinetics.LUNG if target.tissue == "lung" else 1 + (len(names) - 1 if cut is not None else LUMPS.index(lump))
    if pool != kinetics.LUNG and names[pool - 1].removeprefix("target:") in ("tissue", "brain", "gut"):
        columns_of_capture[pool - 1] = columns_of_capture[pool - 1] * parameters.draw("organ_factor")
    factor = pack.conditions[condition].capture_factor if condition is not None else None
    if factor is not None and pool != kinetics.LUNG:
        columns_of_capture[pool - 1] = columns_of_capture[pool - 1] * draws.of_band("lognormal", factor, "capture_factor")
    capture = np.minimum(np.stack(columns_of_capture, axis=-1), CAPTURE_LIMIT)
    return np.stack(shares, axis=-1), capture, names, pool


def _target_share(target: Target, flows: FlowSet, width: float) -> Array:
    z = draws.standard("flow")
    if target.bloodless:
        high = target.flow_high or SMALLEST
        # The bound is the end of the band: a tenth of it stands in the middle, for nothing says how much less it is.
        return np.exp(draws.split_normal(np.log(high / 10), np.log(high / 100), np.log(high), z))
    if target.flow is not None:
        median, low, high = target.flow
        return np.minimum(np.exp(draws.split_normal(np.log(median), np.log(low), np.log(high), z)), 0.5)
    share = flows.shares.get(target.flow_of or "")
    if share is None:
        # A species whose table lacks the organ: the target's share in general is not known, so the band is wide.
        return np.exp(np.log(1e-3) + 1.5 * z)
    return np.asarray(np.minimum(share * np.exp(width * z), 0.6))


def vascular_start(pack: Pack, case: Case, held: Body, parameters: Parameters) -> Array:
    """First pools (draws, 1 + n) of cells given into a vein, an artery or the portal vein."""
    route, target = pack.routes[case.route], pack.targets[case.target]
    paths, organ = held.paths, held.pool - 1
    if route.family == "venous":
        return paths.vein
    if route.family == "portal":
        liver = held.circulation.liver
        first = parameters.draw("first_contact", ("liver",))
        start = (1.0 - first)[:, None] * paths.vein
        start[:, 1 + (liver or 0)] += first
        return start
    bed = _BED_OF.get(case.route)
    if case.route == "left_ventricular" or target.bloodless:
        return paths.artery
    if bed is not None and bed != target.tissue:
        return paths.vein
    if held.pool == kinetics.LUNG:
        return paths.artery
    first = parameters.draw("first_contact", (case.route, target.tissue))
    return kinetics.selective(held.circulation, paths, organ, _selective(pack, case, parameters, target), first)


def _selective(pack: Pack, case: Case, parameters: Parameters, target: Target) -> Array:
    procedure: Procedure | None = pack.procedures.get(case.procedure or "")
    if procedure is not None and procedure.selective is not None:
        median, low, high = (float(np.log(x) - np.log1p(-x)) for x in procedure.selective)
        return expit(draws.split_normal(median, low, high, draws.standard("selective")))
    return parameters.draw("selective", (target.tissue,))


def is_vascular(pack: Pack, case: Case) -> bool:
    """Whether blood carries the cells; a limb's vein under a cuff does not count, it holds them in place."""
    family = pack.routes[case.route].family
    return family in ("arterial", "portal") or (family == "venous" and case.route == "iv")


@lru_cache(maxsize=512)
def _hold(
    pack: Pack, target: str, setting: Setting, condition: str | None, hours: float, label_loss: bool
) -> tuple[Array, tuple[str, ...]]:
    """What becomes of one cell in each pool after ``hours``: (draws, n + 1, n + 1)."""
    held = body(pack, target, setting, condition)
    parameters = Parameters(pack, replace(setting, readout="label") if label_loss else setting)
    loss = np.repeat(parameters.draw("loss")[:, None], held.release.shape[-1], axis=-1)
    matrix = kinetics.hold_matrix(held.release, loss, held.spread)
    return kinetics.expm(matrix * hours), tuple(parameters.used)


def vascular_pools(pack: Pack, case: Case, hours: float) -> tuple[Array, int, tuple[str, ...]]:
    """All pools (draws, n + 1) at ``hours``, the target's place among them, and the parameters used."""
    setting = setting_of(pack, case)
    held = body(pack, case.target, setting, case.condition)
    parameters = Parameters(pack, setting)
    start = vascular_start(pack, case, held, parameters)
    used = (*held.used, *parameters.used)
    start = np.concatenate([start, np.zeros((*start.shape[:-1], 1))], axis=-1)
    if hours == 0.0:
        return start, held.pool, used
    step, more = _hold(pack, case.target, setting, case.condition, hours, case.label_loss)
    return (step @ start[..., None])[..., 0], held.pool, (*used, *more)


def csf_pools(pack: Pack, case: Case, hours: float) -> tuple[Array, tuple[str, ...]]:
    """Pools (draws, 6) of cells given into the fluid: near fluid, far fluid, near surface, far surface, veins, lost.

    Near is the cord's for a lumbar puncture, the brain's for a ventricle; mixing runs from near to far.
    """
    parameters = Parameters(pack, setting_of(pack, case))
    near, far = ("csf_cord", "csf_brain") if case.route == "intrathecal" else ("csf_brain", "csf_cord")
    mixing, absorbed = parameters.draw("csf_up"), parameters.draw("csf_absorbed")
    to_near, to_far, loss = parameters.draw(near), parameters.draw(far), parameters.draw("loss")
    none = np.zeros(mixing.shape)
    release = np.stack([mixing + absorbed + to_near, absorbed + to_far, none, none, none], axis=-1)
    spread = np.zeros((draws.DRAWS, 5, 5))
    spread[:, 1, 0], spread[:, 2, 0], spread[:, 4, 0] = (rate / release[:, 0] for rate in (mixing, to_near, absorbed))
    spread[:, 3, 1], spread[:, 4, 1] = (rate / release[:, 1] for rate in (to_far, absorbed))
    start = np.zeros((draws.DRAWS, 5))
    start[:, 0] = 1.0
    lost = np.repeat(loss[:, None], 5, axis=-1)
    return kinetics.propagate(kinetics.hold_matrix(release, lost, spread), start, hours), tuple(parameters.used)


def _csf_share(pack: Pack, case: Case, hours: float) -> tuple[Array, tuple[str, ...]]:
    pools, used = csf_pools(pack, case, hours)
    tissue = pack.targets[case.target].tissue
    if tissue == "space":
        return pools[:, 0] + pools[:, 1], used
    lumbar = case.route == "intrathecal"
    if tissue == "cord":
        return pools[:, 2 if lumbar else 3], used
    if tissue == "brain":
        return pools[:, 3 if lumbar else 2], used
    by_vein, _, more = vascular_pools(pack, _by_vein(case), hours)
    pool = body(pack, case.target, setting_of(pack, case), case.condition).pool
    return pools[:, 4] * by_vein[:, pool], (*used, *more)


def _by_vein(case: Case) -> Case:
    return Case("iv", case.target, case.cells, case.species, case.readout, case.condition, case.dropped)


def retention_scopes(pack: Pack, case: Case) -> tuple[str, ...]:
    tissue = pack.targets[case.target].tissue
    return f"{case.route}:{tissue}", case.route, tissue


def washout(pack: Pack, case: Case) -> tuple[Array, Array, tuple[str, ...]]:
    """Rates per hour (draws,) at which a local depot washes out, and at which its cells are lost."""
    parameters = Parameters(pack, setting_of(pack, case))
    rate = parameters.draw("washout", (pack.targets[case.target].tissue,))
    return rate, parameters.draw("loss"), tuple(parameters.used)


@lru_cache(maxsize=1024)
def share(pack: Pack, case: Case, hours: float = REFERENCE_HOURS) -> Model:
    """Share of the given cells in the target at ``hours``, the needle taken as placed (draws,).

    A local share stands for the first hour as a whole: it falls from there. Living cells count those that survive the
    needle. Held between SMALLEST and LARGEST.
    """
    family = pack.routes[case.route].family
    if is_vascular(pack, case):
        pools, pool, used = vascular_pools(pack, case, hours)
        there = pools[:, pool]
    elif family == "csf":
        there, used = _csf_share(pack, case, hours)
    else:
        parameters = Parameters(pack, setting_of(pack, case))
        kept = parameters.draw("retention", retention_scopes(pack, case))
        rate, loss, more = washout(pack, case)
        there = kept * np.exp(-(rate + loss) * max(0.0, hours - REFERENCE_HOURS))
        if case.readout == "living" and not case.label_loss:
            there = there * parameters.draw("viability")
        used = (*parameters.used, *more)
    return Model(np.clip(there, SMALLEST, LARGEST), tuple(dict.fromkeys(used)))


def heterogeneity(pack: Pack, route: str) -> Array:
    """Standard normal draws (draws,) of how a new group departs from the mean, one for each route family."""
    family = pack.routes[route].family
    return draws.standard(f"heterogeneity.{family if family in ('local', 'arterial', 'venous', 'csf') else 'other'}")
