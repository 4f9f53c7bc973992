"""The facts that the project starts from hold, from the evidence, with their studies."""

from __future__ import annotations

from typing import Any

import pytest

from core.consult import make_consult
from core.delivery.estimate import estimate
from core.delivery.question import Question
from core.pack.pack import Pack
from core.recommend import recommend
from core.results import Option, Recommendation


def ranked(pack: Pack, condition: str, **choices: Any) -> Recommendation:
    return recommend(pack, make_consult(pack, condition, **choices))


def options(r: Recommendation, route: str, guidance: str | None = None) -> list[Option]:
    return [o for o in r.options if o.route == route and guidance in (None, o.guidance)]


def best_rank(found: list[Option]) -> int:
    return min(o.rank for o in found if o.rank is not None)


def most(found: list[Option]) -> float:
    return max(o.delivered.median for o in found)


def test_knee_guided_first_then_landmark_vein_last(pack: Pack) -> None:
    r = ranked(pack, "knee_osteoarthritis")
    first = r.options[0]
    assert (first.route, first.guidance in ("ultrasound", "fluoroscopy")) == ("intra_articular", True)
    guided = options(r, "intra_articular", "ultrasound")
    landmark = options(r, "intra_articular", "none")
    vein = options(r, "iv")
    assert best_rank(guided) < best_rank(landmark) < best_rank(vein)
    assert most(guided) > most(landmark) > most(vein)
    assert vein[0].rank == max(o.rank for o in r.options if o.rank is not None)


@pytest.mark.parametrize(
    "condition", ["acute_myocardial_infarction", "chronic_ischaemic_heart_failure", "dilated_cardiomyopathy"]
)
def test_heart_muscle_above_coronary_above_vein(pack: Pack, condition: str) -> None:
    r = ranked(pack, condition, target="myocardium")
    into = options(r, "transendocardial") + options(r, "transepicardial")
    coronary, vein = options(r, "intracoronary"), options(r, "iv")
    assert most(into) > most(coronary) > most(vein)
    if any(o.rank for o in into):
        assert best_rank(into) < best_rank(coronary) < best_rank(vein)


@pytest.mark.parametrize("condition", ["copd", "ards"])
def test_lung_by_vein_is_no_failure(pack: Pack, condition: str) -> None:
    r = ranked(pack, condition)
    [vein] = options(r, "iv")
    assert vein.status == "suitable"
    assert vein.delivered.median > 0.2
    assert vein.delivered.basis != "modelled"
    arrival = next(part for part in vein.parts if part.criterion == "delivered")
    assert arrival.value > 0.5
    assert vein.rank is not None


def test_brain_by_vein_shows_five_of_a_million(pack: Pack) -> None:
    measurement = pack.measurements["harting-2009-iv-brain-48h"]
    assert measurement.value == pytest.approx(5e-6)
    assert pack.studies[measurement.study].read == "secondary"
    posterior = estimate(pack, Question("iv", "brain")).delivered()
    assert measurement.study in {study.id for study in posterior.studies}


def test_past_the_lungs(pack: Pack) -> None:
    passed = pack.measurements["harting-2009-iv-passed-lungs"]
    assert (passed.kind, passed.low, passed.high) == ("passed_lungs", 0.015, 0.037)


def test_disc_in_a_plain_room_reaches_nothing(pack: Pack) -> None:
    r = ranked(pack, "lumbar_disc_degeneration", has=())
    assert r.verdict == "nothing_reaches"
    assert all(option.rank is None for option in r.options)
    [vein] = options(r, "iv")
    assert vein.delivered.below
    assert vein.equivalent_dose is None or vein.equivalent_dose.cells is None


def test_immune_conditions_are_not_ranked_by_arrival(pack: Pack) -> None:
    r = ranked(pack, "graft_versus_host_disease")
    assert r.verdict == "delivery_does_not_decide"
    assert all(option.rank is None for option in r.options)


def test_every_consult_of_the_pack_gives_a_recommendation(pack: Pack) -> None:
    for condition in pack.file.conditions:
        for target in condition.targets:
            for route in [None, *dict.fromkeys(p.route for p in pack.procedures_of(target))]:
                r = ranked(pack, condition.id, target=target, asked=route)
                assert r.headline
                assert len(r.options) == len(pack.procedures_of(target))
                for option in r.options:
                    assert 1e-9 <= option.delivered.low <= option.delivered.median <= option.delivered.high
                    assert option.delivered.high <= 1 - 1e-6
                    assert option.reasons
