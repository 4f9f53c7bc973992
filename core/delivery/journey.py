"""Where the cells are, hour by hour: the target and everywhere else, summing to all that were given."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from core.delivery import kinetics, prior
from core.delivery.constants import DEFAULT, DRAWS, FIRST_HOURS, LEVEL, REFERENCE_HOURS, Constants
from core.delivery.estimate import Posterior, case_of, estimate
from core.delivery.normal import Array, points
from core.delivery.parameters import Parameters
from core.delivery.placement import Accuracy
from core.delivery.question import Question, checked
from core.pack.pack import Pack
from core.results import Journey, Share

PLACES = ("target", "lung", "liver", "spleen", "elsewhere", "leak", "lost")
"""`leak`: beside the target, where a needle went astray or fluid ran back; `lost`: dead, or out of the body."""


def journey(pack: Pack, question: Question, hours: Sequence[float], constants: Constants = DEFAULT) -> Journey:
    """Shares of the given cells by place at each hour, medians summing to 1; one readout throughout.

    Unless the question names one, label is followed up to 24 hours and living cells when any hour is later.
    Errors: InputError as for an estimate.
    """
    if question.readout is None:
        question = msgspec.structs.replace(
            question, readout="living" if max(hours, default=0.0) > FIRST_HOURS else "label"
        )
    shares = []
    for hour in hours:
        posterior = estimate(pack, msgspec.structs.replace(question, hours=float(hour)), constants)
        shares.append(_summary(_places(pack, posterior)))
    return Journey(hours=tuple(float(hour) for hour in hours), shares=tuple(shares))


def _places(pack: Pack, posterior: Posterior) -> dict[str, Array]:
    """Shares (draws,) by place: the target as estimated, the rest as the model divides it."""
    question = checked(pack, posterior.question)
    case = case_of(question, posterior.pair.dropped)
    family = pack.routes[question.route].family
    if prior.is_vascular(pack, case):
        pools, pool, _ = prior.vascular_pools(pack, case, question.hours)
        places = _of_body(pools, pool)
    elif family == "csf":
        places = _from_fluid(pack, case, question.hours)
    else:
        places = _local(pack, case, posterior.accuracy, question.hours)
    target = posterior.share
    others = {name: np.clip(share, 0.0, None) for name, share in places.items() if name != "target"}
    # Before anything has moved the model holds all in the target: what the estimate says is not there is elsewhere.
    rest = sum(others.values())
    others["elsewhere"] = np.where(rest > 0.0, others.get("elsewhere", 0.0), 1.0)
    scale = (1.0 - target) / np.where(rest > 0.0, rest, 1.0)
    return {"target": target} | {name: share * scale for name, share in others.items()}


def _of_body(pools: Array, pool: int) -> dict[str, Array]:
    named = {"lung": kinetics.LUNG, "liver": 1, "spleen": 2}
    elsewhere = pools[:, :-1].sum(axis=-1) - pools[:, pool]
    places = {"target": pools[:, pool], "lost": pools[:, -1]}
    for name, index in named.items():
        if index != pool:
            places[name] = pools[:, index]
            elsewhere = elsewhere - pools[:, index]
    return places | {"elsewhere": elsewhere}


def _released(pack: Pack, case: prior.Case, hours: float) -> dict[str, Array]:
    """Where cells that entered veins are, on the whole, at `hours`: their first distribution held on."""
    by_vein = msgspec.structs.replace(case, route="iv", procedure=None)
    pools, pool, _ = prior.vascular_pools(pack, by_vein, hours)
    places = _of_body(pools, pool)
    # What blood brings back into the target is part of the target's own estimate, and too little to tell apart.
    places["elsewhere"] = places["elsewhere"] + places.pop("target")
    return places


def _from_fluid(pack: Pack, case: prior.Case, hours: float) -> dict[str, Array]:
    pools, _ = prior.csf_pools(pack, case, hours)
    tissue = pack.targets[case.target].tissue
    near, far = ("cord", "brain") if case.route == "intrathecal" else ("brain", "cord")
    index = {near: (2,), far: (3,), "space": (0, 1)}.get(tissue, ())
    mine = sum((pools[:, k] for k in index), np.zeros(DRAWS))
    fluid = pools[:, :4].sum(axis=-1) - mine
    veins = _released(pack, case, hours)
    places = {name: share * pools[:, 4] for name, share in veins.items()}
    places["elsewhere"] = places["elsewhere"] + fluid
    places["lost"] = places["lost"] + pools[:, 5]
    return places | {"target": mine}


def _local(pack: Pack, case: prior.Case, placed: Accuracy | None, hours: float) -> dict[str, Array]:
    parameters = Parameters(pack, prior.setting_of(pack, case))
    kept = parameters.draw("retention", prior.retention_scopes(pack, case))
    to_veins = parameters.draw("to_veins", (pack.targets[case.target].tissue,))
    viable = parameters.draw("viability") if case.readout == "living" else np.ones(DRAWS)
    in_place = np.ones(DRAWS) if placed is None else placed.draws
    split = kinetics.local_split(in_place, kept, viable, to_veins)
    there, washed, _ = prior.depot(pack, case, max(0.0, hours - REFERENCE_HOURS))
    in_tissue = split.target + split.track
    veins = split.veins + in_tissue * washed
    places = {name: share * veins for name, share in _released(pack, case, hours).items()}
    places["lost"] = places["lost"] + split.dead + in_tissue * np.maximum(1.0 - washed - there, 0.0)
    return places | {"target": split.target * there, "leak": split.track * there}


def _summary(places: dict[str, Array]) -> tuple[Share, ...]:
    """Median and interval by place; the medians are brought to a sum of 1, the target's first of all."""
    levels = [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2]
    table = {name: points(places[name], levels) for name in PLACES if name in places}
    target = float(table["target"][1])
    rest = sum(float(row[1]) for name, row in table.items() if name != "target")
    scale = (1.0 - target) / rest if rest > 0 else 0.0
    return tuple(
        Share(
            place=name,
            median=float(row[1]) * (1.0 if name == "target" else scale),
            low=float(row[0]),
            high=float(row[2]),
        )
        for name, row in table.items()
    )
