"""The model's prior for every kind of route, and where the cells are that are not in the target."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from core.delivery import prior
from core.delivery.certainty import certainty
from core.delivery.estimate import estimate
from core.delivery.journey import PLACES, journey
from core.delivery.prior import Case
from core.delivery.question import Question
from core.errors import InputError
from core.pack.pack import Pack


def share(pack: Pack, route: str, target: str, **more: object) -> np.ndarray:
    fields = {"cells": "bm_msc", "species": "human", "readout": "label"} | more
    return prior.share(pack, Case(route, target, **fields)).share  # type: ignore[arg-type]


def test_pools_of_the_body_hold_every_cell(pack: Pack) -> None:
    for target in ("knee_joint", "lung", "liver", "pancreas", "brain", "spleen", "bone_marrow"):
        for route in ("iv", "left_ventricular", "intra_arterial", "portal_vein", "hepatic_artery"):
            for readout in ("label", "living"):
                case = Case(route, target, "bm_msc", "human", readout)
                for hours in (0.0, 1.0, 30.0, 720.0):
                    pools, _, _ = prior.vascular_pools(pack, case, hours)
                    assert np.abs(pools.sum(axis=-1) - 1).max() < 1e-9
                    assert pools.min() > -1e-9


def test_fluid_pools_hold_every_cell(pack: Pack) -> None:
    for route in ("intrathecal", "intracerebroventricular"):
        for hours in (0.0, 1.0, 24.0, 720.0):
            pools, _ = prior.csf_pools(pack, Case(route, "brain", "bm_msc", "human", "living"), hours)
            assert np.abs(pools.sum(axis=-1) - 1).max() < 1e-9
            assert pools.min() > -1e-9


def test_lumps_change_nothing(pack: Pack) -> None:
    """The pooled organs of the prior give what every organ by itself gives."""
    from core.delivery import kinetics

    flows, _ = prior.flow_set(pack, "human")
    names = list(flows.shares)
    capture = {"liver_arterial": 0.1, "spleen": 0.8, "brain": 0.05, "red_marrow": 0.2}
    apart = kinetics.Circulation(
        np.array([flows.shares[n] for n in names]) / sum(flows.shares.values()),
        np.array([capture.get(n, 0.3) for n in names]),
        np.asarray(0.5),
        np.array([n in flows.portal for n in names]),
        names.index("liver_arterial"),
    )
    lumps = dict.fromkeys(prior.LUMPS, 0.0)
    for n in names:
        lumps[prior._LUMP_OF.get(n, "tissue")] += flows.shares[n] / sum(flows.shares.values())
    together = kinetics.Circulation(
        np.array(list(lumps.values())),
        np.array([{"liver": 0.1, "spleen": 0.8, "brain": 0.05, "marrow": 0.2}.get(n, 0.3) for n in lumps]),
        np.asarray(0.5),
        np.array([n in prior._PORTAL for n in lumps]),
        0,
    )
    a, b = kinetics.flight(apart).vein, kinetics.flight(together).vein
    assert a[0] == pytest.approx(b[0], abs=1e-12)
    for organ, lump in (("spleen", "spleen"), ("liver_arterial", "liver"), ("red_marrow", "marrow")):
        assert a[1 + names.index(organ)] == pytest.approx(b[1 + list(lumps).index(lump)], abs=1e-12)


def test_large_cells_stay_in_the_lungs_and_small_ones_go_to_liver_and_spleen(pack: Pack) -> None:
    assert np.median(share(pack, "iv", "lung")) > 3 * np.median(share(pack, "iv", "lung", cells="bm_mnc"))
    assert np.median(share(pack, "iv", "liver", cells="bm_mnc")) > 0.2
    assert np.median(share(pack, "iv", "spleen", cells="bm_mnc")) > 5 * np.median(share(pack, "iv", "spleen"))


def test_the_artery_of_an_organ_beats_the_aorta_beats_the_vein(pack: Pack) -> None:
    for target, artery in (("myocardium", "intracoronary"), ("kidney", "renal_artery"), ("brain", "intra_arterial")):
        own, aorta, vein = (share(pack, route, target) for route in (artery, "left_ventricular", "iv"))
        assert np.median(own) > np.median(aorta)
        assert (aorta >= vein - 1e-12).all()


def test_ventricle_for_the_brain_and_lumbar_puncture_for_the_cord(pack: Pack) -> None:
    assert np.median(share(pack, "intracerebroventricular", "brain")) > np.median(share(pack, "intrathecal", "brain"))
    assert np.median(share(pack, "intrathecal", "spinal_cord")) > np.median(
        share(pack, "intracerebroventricular", "spinal_cord")
    )


def test_a_borrowed_body_is_less_sure(pack: Pack) -> None:
    own, borrowed = (
        np.std(np.log(share(pack, "left_ventricular", "kidney", species=species))) for species in ("human", "sheep")
    )
    assert borrowed > own


def test_constants_fall_back_wider(pack: Pack) -> None:
    case = Case("intra_arterial", "skeletal_muscle", "bm_msc", "human", "label")
    whole = prior.share(pack, case).share
    fallen = prior.share(pack, msgspec.structs.replace(case, dropped=frozenset({"toma-2009"}))).share
    assert np.std(np.log(fallen / (1 - fallen))) > np.std(np.log(whole / (1 - whole)))


@pytest.mark.parametrize(
    ("route", "target"),
    [
        ("iv", "knee_joint"), ("iv", "lung"), ("iv", "liver"), ("intra_articular", "knee_joint"),
        ("intracoronary", "myocardium"), ("intrathecal", "spinal_cord"), ("intracerebroventricular", "brain"),
        ("hepatic_artery", "liver"), ("intratracheal", "lung"), ("intraperitoneal", "liver"),
        ("iv", "intervertebral_disc"), ("topical", "skin_wound"),
    ],
)  # fmt: skip
def test_a_journey_sums_to_all_cells_and_agrees_with_the_estimate(pack: Pack, route: str, target: str) -> None:
    for hours in ((0, 1, 6, 24), (1, 48, 720)):
        found = journey(pack, Question(route, target), hours)
        assert found.hours == tuple(float(h) for h in hours)
        readout = "living" if max(hours) > 24 else "label"
        for hour, places in zip(found.hours, found.shares, strict=True):
            assert {place.place for place in places} <= set(PLACES)
            assert sum(place.median for place in places) == pytest.approx(1.0, abs=1e-9)
            assert all(place.low <= place.high for place in places)
            expected = estimate(pack, Question(route, target, hours=hour, readout=readout))
            [there] = [place for place in places if place.place == "target"]
            assert there.median == pytest.approx(expected.median, rel=0.02, abs=1e-8)


@pytest.mark.parametrize("route", ["intrathecal", "intracerebroventricular"])
@pytest.mark.parametrize("cells", ["bm_msc", "pb_mnc", "npc"])
def test_a_journey_sums_to_all_cells_before_anything_moved(pack: Pack, route: str, cells: str) -> None:
    """At hour 0 the model holds all in the fluid, while the estimate does not: the rest is somewhere all the same."""
    found = journey(pack, Question(route, "cerebrospinal_fluid", cells=cells), (0, 1))
    for places in found.shares:
        assert sum(place.median for place in places) == pytest.approx(1.0, abs=1e-9)


def test_leak_belongs_to_needles_only(pack: Pack) -> None:
    def places(route: str, target: str) -> set[str]:
        return {place.place for place in journey(pack, Question(route, target), [1]).shares[0]}

    assert "leak" in places("intra_articular", "knee_joint")
    assert "leak" not in places("iv", "knee_joint")
    assert "lung" not in places("iv", "lung")


def test_a_journey_of_impossible_hours_is_refused(pack: Pack) -> None:
    with pytest.raises(InputError):
        journey(pack, Question("iv", "lung"), [1, 1000])


def test_certainty_never_reaches_past_its_evidence(pack: Pack) -> None:
    for target in pack.targets:
        for procedure in pack.procedures_of(target):
            posterior = estimate(pack, Question(procedure.route, target, procedure.guidance, procedure=procedure.id))
            found = certainty(posterior)
            effects = posterior.pair.gathered.effects
            people = [e for e in effects if e.species == "human"]
            if posterior.pair.pooled is None:
                assert (found.level, found.reasons[0] in ("model", "needle", "bound")) == ("very_low", True)
            elif not people:
                assert found.level in ("low", "very_low")
                assert "animals" in found.reasons
            if found.level == "high":
                assert not found.reasons


def test_certainty_of_known_cases(pack: Pack) -> None:
    def of(route: str, target: str, **more: object) -> tuple[str, tuple[str, ...]]:
        found = certainty(estimate(pack, Question(route, target, **more)))  # type: ignore[arg-type]
        return found.level, found.reasons

    assert of("intra_articular", "knee_joint", guidance="ultrasound") == ("very_low", ("needle",))
    assert of("iv", "knee_joint") == ("very_low", ("model",))
    assert of("intracoronary", "myocardium", cells="bm_mnc")[0] == "moderate"
    level, reasons = of("iv", "brain")
    assert level == "very_low"
    assert {"animals", "wide"} <= set(reasons)
