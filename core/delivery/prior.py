"""The model's prior: what kinetics and tissue say about a route and a target before any direct measurement."""

from __future__ import annotations

from functools import lru_cache

import msgspec
import numpy as np

from core.delivery import draws, kinetics
from core.delivery.constants import DRAWS, REFERENCE_HOURS
from core.delivery.normal import LARGEST, SMALLEST, Array, expit
from core.delivery.parameters import Parameters, Setting
from core.errors import PackError
from core.pack.pack import Pack
from core.pack.types import FlowSet, Procedure, Target

LUMPS = ("liver", "spleen", "gut", "brain", "marrow", "tissue")
"""Organs with the same constants are one pool: exact, since the flight is linear in their shares of flow."""
_LUMP_OF = {
    "liver_arterial": "liver", "liver_total": "liver", "spleen": "spleen", "stomach_oesophagus": "gut",
    "stomach": "gut", "small_intestine": "gut", "large_intestine": "gut", "gut": "gut", "pancreas": "gut",
    "brain": "brain", "red_marrow": "marrow",
}  # fmt: skip
_PORTAL = {"spleen", "gut"}
_NO_RELEASE = {"liver", "spleen", "marrow"}
_CLASS_OF = {
    "brain": "brain", "cord": "brain", "eye": "brain", "liver": "liver", "lymphoid": "spleen", "marrow": "marrow",
}  # fmt: skip
_WHOLE = {"liver_total": "liver", "spleen": "spleen", "brain": "brain", "red_marrow": "marrow"}
_BED_OF = {
    "intracoronary": "myocardium", "retrograde_coronary_venous": "myocardium", "hepatic_artery": "liver",
    "renal_artery": "kidney",
}  # fmt: skip
CAPTURE_LIMIT = 0.98
GUESSED = 3.0
"""Factor by which the band of a target's flow widens on both sides where its source is left out."""
BORROWED_CV = 0.6
"""Coefficient of variation of flow shares in a species without a set of its own, for which man's stand."""


class Case(msgspec.Struct, frozen=True):
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


class Body(msgspec.Struct, frozen=True, eq=False):
    """A body with its target as draws: where cells stop first and how they move on."""

    circulation: kinetics.Circulation
    paths: kinetics.Flight
    pool: int
    release: Array
    spread: Array
    used: tuple[str, ...]


class Model(msgspec.Struct, frozen=True, eq=False):
    """Shares in the target with the needle in place, as draws (draws,), and the ids of the parameters behind them."""

    share: Array
    used: tuple[str, ...]


def setting_of(pack: Pack, case: Case) -> Setting:
    """Which constants apply to a case."""
    return Setting(pack.cells[case.cells].group, case.species, case.pack_readout, case.dropped)


def flow_set(pack: Pack, species: str, dropped: frozenset[str] = frozenset()) -> tuple[FlowSet, float]:
    """The flow shares of a species and their coefficient of variation.

    Man's, spread wider, where it has none; spread wider too where its source is left out, for then it is a guess.

    Errors: PackError when the pack has no set of man either.
    """
    for wanted in (species, "human"):
        for candidate in pack.file.flow_sets:
            if candidate.species == wanted and candidate.sex in ("man", "any"):
                own = wanted == species and not dropped.intersection(candidate.studies)
                return candidate, candidate.cv if own else max(candidate.cv, BORROWED_CV)
    raise PackError("physiology.toml", "flow_set", "", "there is no set of flow shares for man", "Add one")


@lru_cache(maxsize=64)
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
    rates = [none if name.removeprefix("target:") in _NO_RELEASE else held for name in names]
    release = np.stack([parameters.draw("release_lung"), *rates], axis=-1)
    return Body(circulation, paths, pool, release, kinetics.body_spread(circulation, paths), tuple(parameters.used))


def _organs(
    pack: Pack, target: Target, parameters: Parameters, condition: str | None
) -> tuple[Array, Array, list[str], int]:
    """Shares and captures (draws, n) of the pooled organs, their names, and the target's place among all pools."""
    dropped = parameters.setting.dropped
    flows, cv = flow_set(pack, parameters.setting.species, dropped)
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
        cut = _target_share(target, flows, width, target.flow_study in dropped)
        columns[lump] = np.maximum(columns[lump] - cut, 0.0)
    total = sum(columns.values())
    rest = 1.0 - cut if cut is not None else np.ones(DRAWS)
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
        drawn = draws.of_band("lognormal", factor, "capture_factor")
        columns_of_capture[pool - 1] = columns_of_capture[pool - 1] * drawn
    capture = np.minimum(np.stack(columns_of_capture, axis=-1), CAPTURE_LIMIT)
    return np.stack(shares, axis=-1), capture, names, pool


def _target_share(target: Target, flows: FlowSet, width: float, guessed: bool) -> Array:
    z = draws.standard("flow")
    if target.bloodless:
        high = target.flow_high or SMALLEST
        # The bound is the end of the band: a tenth of it stands in the middle, for nothing says how much less it is.
        return np.asarray(np.exp(draws.split_normal(np.log(high / 10), np.log(high / 100), np.log(high), z)))
    if target.flow is not None:
        median, low, high = target.flow
        if guessed:
            low, high = low / GUESSED, high * GUESSED
        return np.asarray(np.minimum(np.exp(draws.split_normal(np.log(median), np.log(low), np.log(high), z)), 0.5))
    share = flows.shares.get(target.flow_of or "")
    if share is None:
        # A species whose table lacks the organ: the target's share in general is not known, so the band is wide.
        return np.asarray(np.exp(np.log(1e-3) + 1.5 * z))
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


@lru_cache(maxsize=48)
def _hold(pack: Pack, target: str, setting: Setting, condition: str | None, hours: float) -> Array:
    """What becomes of one cell in each pool after `hours` if none is lost: (draws, n + 1, n + 1)."""
    held = body(pack, target, setting, condition)
    nothing = np.zeros(held.release.shape)
    return kinetics.expm(kinetics.hold_matrix(held.release, nothing, held.spread) * hours)


class Loss(msgspec.Struct, frozen=True, eq=False):
    """What is lost where cells are held: `settled` share, and what is left (draws,) of settled and other cells."""

    settled: Array
    slow: Array
    fast: Array
    used: tuple[str, ...]


def loss(pack: Pack, case: Case, hours: float) -> Loss:
    """Loss after `hours`: most living cells have a half-life of a day, a few settle and are lost slowly.

    What has settled is neither released nor washed out. Label leaves slowly, settled or not.
    """
    setting = setting_of(pack, case)
    parameters = Parameters(pack, setting)
    settled = parameters.draw("survivors", (pack.targets[case.target].tissue,))
    if case.readout != "living" or case.label_loss:
        label = Parameters(pack, msgspec.structs.replace(setting, readout="label"))
        left = np.exp(-label.draw("loss") * hours)
        return Loss(settled, left, left, (*parameters.used, *label.used))
    fast, slow = (np.exp(-parameters.draw(name) * hours) for name in ("loss", "slow_loss"))
    return Loss(settled, slow, fast, tuple(parameters.used))


def vascular_pools(pack: Pack, case: Case, hours: float) -> tuple[Array, int, tuple[str, ...]]:
    """All pools (draws, n + 1) at `hours`, the target's place among them, and the parameters used."""
    setting = setting_of(pack, case)
    held = body(pack, case.target, setting, case.condition)
    parameters = Parameters(pack, setting)
    start = vascular_start(pack, case, held, parameters)
    used = (*held.used, *parameters.used)
    start = np.concatenate([start, np.zeros((*start.shape[:-1], 1))], axis=-1)
    if hours == 0.0:
        return start, held.pool, used
    lost = loss(pack, case, hours)
    settled = lost.settled[:, None] * start
    settled[:, kinetics.LUNG] = 0.0
    moving = (_hold(pack, case.target, setting, case.condition, hours) @ (start - settled)[..., None])[..., 0]
    pools = moving * lost.fast[:, None] + settled * lost.slow[:, None]
    pools[:, -1] = 1.0 - pools[:, :-1].sum(axis=-1)
    return pools, held.pool, (*used, *lost.used)


def csf_pools(pack: Pack, case: Case, hours: float) -> tuple[Array, tuple[str, ...]]:
    """Pools (draws, 6) of cells given into the fluid: near fluid, far fluid, near surface, far surface, veins, lost.

    Near is the cord's for a lumbar puncture, the brain's for a ventricle; mixing runs from near to far.
    """
    parameters = Parameters(pack, setting_of(pack, case))
    near, far = ("csf_cord", "csf_brain") if case.route == "intrathecal" else ("csf_brain", "csf_cord")
    mixing, absorbed = parameters.draw("csf_up"), parameters.draw("csf_absorbed")
    to_near, to_far = parameters.draw(near), parameters.draw(far)
    none = np.zeros(mixing.shape)
    release = np.stack([mixing + absorbed + to_near, absorbed + to_far, none, none, none], axis=-1)
    spread = np.zeros((DRAWS, 5, 5))
    spread[:, 1, 0], spread[:, 2, 0], spread[:, 4, 0] = (rate / release[:, 0] for rate in (mixing, to_near, absorbed))
    spread[:, 3, 1], spread[:, 4, 1] = (rate / release[:, 1] for rate in (to_far, absorbed))
    start = np.zeros((DRAWS, 5))
    start[:, 0] = 1.0
    pools = kinetics.propagate(kinetics.hold_matrix(release, np.zeros(release.shape), spread), start, hours)
    lost = loss(pack, case, hours)
    left = lost.fast[:, None]
    attached = pools[:, 2:4] * (lost.settled * lost.slow + (1.0 - lost.settled) * lost.fast)[:, None]
    pools = np.concatenate([pools[:, :2] * left, attached, pools[:, 4:5] * left, pools[:, 5:]], axis=-1)
    pools[:, -1] = 1.0 - pools[:, :-1].sum(axis=-1)
    return pools, (*parameters.used, *lost.used)


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
    """Where to look for the retention of a case, the most specific scope first."""
    tissue = pack.targets[case.target].tissue
    return f"{case.route}:{case.target}", f"{case.route}:{tissue}", case.route, tissue


def depot(pack: Pack, case: Case, hours: float) -> tuple[Array, Array, tuple[str, ...]]:
    """A local depot `hours` after its first hour: shares (draws,) still there and washed into veins so far.

    Both count what is alive, or labelled; the parameters used come third.
    """
    parameters = Parameters(pack, setting_of(pack, case))
    stays = np.exp(-parameters.draw("washout", (pack.targets[case.target].tissue,)) * hours)
    lost = loss(pack, case, hours)
    there = (1.0 - lost.settled) * lost.fast * stays + lost.settled * lost.slow
    return there, (1.0 - lost.settled) * (1.0 - stays), (*parameters.used, *lost.used)


@lru_cache(maxsize=1024)
def share(pack: Pack, case: Case, hours: float = REFERENCE_HOURS) -> Model:
    """Share of the given cells in the target at `hours`, the needle taken as placed (draws,).

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
        since = max(0.0, hours - REFERENCE_HOURS)
        left, _, more = depot(pack, case, since)
        there = kept * left
        if case.readout == "living" and not case.label_loss:
            there = there * parameters.draw("viability")
        used = (*parameters.used, *more)
    return Model(np.clip(there, SMALLEST, LARGEST), tuple(dict.fromkeys(used)))


def heterogeneity(pack: Pack, route: str) -> Array:
    """Standard normal draws (draws,) of how a new group departs from the mean, one for each route family."""
    family = pack.routes[route].family
    return draws.standard(f"heterogeneity.{family if family in ('local', 'arterial', 'venous', 'csf') else 'other'}")
