"""The one function on the shipped evidence: known orders, verdicts, every consult there is, the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import Any

import msgspec
import pytest

from core.consult import Consult, make_consult
from core.pack.pack import Pack
from core.ranking.criteria import preset_weights
from core.recommend import prepare, preview, rank, recommend
from core.report import encode, report
from core.results import Option, Recommendation
from tests import ROOT

JOINTS = ("knee_osteoarthritis", "hip_osteoarthritis", "shoulder_osteoarthritis")
HEART = ("acute_myocardial_infarction", "chronic_ischaemic_heart_failure", "dilated_cardiomyopathy")
LUNG = ("ards", "copd")


def about(pack: Pack, condition: str, **given: Any) -> Recommendation:
    return recommend(pack, make_consult(pack, condition, **given))


def by_route(found: Recommendation, *routes: str) -> list[Option]:
    return [option for option in found.options if option.route in routes]


def medians(options: list[Option]) -> list[float]:
    return [option.delivered.median for option in options]


def ranks(options: list[Option]) -> list[int]:
    return [option.rank for option in options if option.rank is not None]


@pytest.mark.parametrize("condition", JOINTS)
def test_joint_guided_before_landmark_before_vein(pack: Pack, condition: str) -> None:
    found = about(pack, condition)
    joint = by_route(found, "intra_articular")
    guided = [one for one in joint if one.guidance in ("ultrasound", "fluoroscopy")]
    blind = [one for one in joint if one.guidance not in ("ultrasound", "fluoroscopy", "ct", "mri")]
    vein = by_route(found, "iv")
    assert guided
    assert blind
    assert found.first in {one.procedure for one in guided}
    assert max(ranks(guided)) < min(ranks(blind))
    assert min(medians(guided)) > max(medians(blind)) > max(medians(vein))
    assert found.options[[one.status for one in found.options].count("suitable") - 1].route == "iv"


@pytest.mark.parametrize("condition", HEART)
def test_heart_into_the_muscle_before_its_artery_before_vein(pack: Pack, condition: str) -> None:
    found = about(pack, condition)
    muscle = by_route(found, "transendocardial", "transepicardial")
    artery = by_route(found, "intracoronary")
    vein = by_route(found, "iv")
    assert max(ranks(muscle)) < min(ranks(artery)) < min(ranks(vein))
    assert min(medians(muscle)) > max(medians(artery)) > max(medians(vein))


@pytest.mark.parametrize("condition", LUNG)
def test_lung_by_vein_is_no_failure_of_delivery(pack: Pack, condition: str) -> None:
    found = about(pack, condition, asked="iv")
    (vein,) = by_route(found, "iv")
    assert found.verdict == "ranked"
    assert vein.status == "suitable"
    assert vein.rank is not None
    assert vein.delivered.median > 0.2
    assert vein.delivered.basis != "modelled"
    assert next(part.value for part in vein.parts if part.criterion == "delivered") > 0.5
    assert "caught in the small vessels of the lung" in vein.reasons[0]
    assert "after 24 h" in vein.reasons[0]
    assert not any("pass the lungs" in one for one in vein.against)


def test_without_imaging_what_is_guided_is_referred(pack: Pack) -> None:
    found = about(pack, "knee_osteoarthritis", has=())
    for option in by_route(found, "intra_articular"):
        assert option.status == ("suitable" if option.guidance == "none" else "refer")
        assert (option.rank is None) == (option.guidance != "none")
    assert found.verdict == "ranked"
    assert found.first == "intra_articular_none"


def test_a_plain_room_cannot_reach_a_disc(pack: Pack) -> None:
    found = about(pack, "lumbar_disc_degeneration", asked="iv", has=())
    assert found.verdict == "nothing_reaches"
    assert found.first is None
    (vein,) = by_route(found, "iv")
    assert (vein.rank, vein.status) == (None, "suitable")
    assert vein.delivered.below
    assert vein.equivalent_dose is not None
    assert vein.equivalent_dose.cells is None
    assert vein.equivalent_dose.reason
    assert "fewer than 1" in found.headline
    assert "Refer, wait, or no cell treatment" in found.headline
    assert {one.status for one in by_route(found, "intradiscal")} == {"refer"}


def test_where_arrival_does_not_decide_nothing_is_ranked_by_it(pack: Pack) -> None:
    found = about(pack, "graft_versus_host_disease", asked="iv")
    assert found.verdict == "delivery_does_not_decide"
    assert all(option.rank is None for option in found.options)
    assert all("delivered" not in {part.criterion for part in option.parts} for option in found.options)
    assert "does not decide" in found.headline


@pytest.mark.parametrize("preset", ["balanced", "least_burden"])
@pytest.mark.parametrize("condition", ["knee_osteoarthritis", "acute_myocardial_infarction", "ischaemic_stroke"])
def test_where_burden_outweighs_cells_it_is_said_by_what(pack: Pack, condition: str, preset: str) -> None:
    found = about(pack, condition, preset=preset)
    assert found.first is not None
    first = found.option(found.first)
    for option in found.options:
        if option.rank is not None and option.delivered.median > 1.2 * first.delivered.median:
            assert any("outweighs" in one for one in option.explanation), option.procedure


CONSULTS = [
    ("knee_osteoarthritis", "intra_articular"),
    ("lateral_epicondylitis", "intratendinous"),
    ("lumbar_disc_degeneration", "intradiscal"),
    ("osteonecrosis_femoral_head", "intraosseous"),
    ("acute_myocardial_infarction", "transendocardial"),
    ("ischaemic_stroke", "intraparenchymal"),
    ("spinal_cord_injury", "intraparenchymal"),
    ("liver_cirrhosis", "portal_vein"),
    ("critical_limb_ischaemia", "intramuscular"),
    ("chronic_kidney_disease", "renal_artery"),
]


@pytest.mark.parametrize(("condition", "route"), CONSULTS)
def test_ten_consults_across_the_body(pack: Pack, condition: str, route: str) -> None:
    found = about(pack, condition, asked="iv")
    assert found.verdict == "ranked"
    assert found.first is not None
    assert found.option(found.first).route == route
    assert found.asked_comparison is not None
    assert found.asked_comparison.ratio > 1
    assert found.asked_comparison.for_asked


def test_every_condition_target_and_route_has_an_answer(pack: Pack) -> None:
    for condition in pack.conditions.values():
        for target in condition.targets:
            routes = sorted({one.route for one in pack.procedures_of(target)})
            for route in (None, *routes):
                found = about(pack, condition.id, target=target, asked=route)
                assert len(found.options) == len(pack.procedures_of(target))
                assert (found.first is None) == (found.verdict != "ranked")
                assert (found.asked is None) == (route is None)
                assert found.headline
                for option in found.options:
                    assert option.reasons
                    assert option.against
                    delivered = option.delivered
                    assert 1e-9 <= delivered.low <= delivered.median <= delivered.high <= 1 - 1e-6
                    assert option.rank is None or option.status == "suitable"
                    assert option.name
                    assert option.score is not None
                    assert 0 <= option.score <= 1 + 1e-9


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_condition_speaks_every_language(pack: Pack, language: str) -> None:
    for condition in pack.conditions:
        consult = make_consult(pack, condition, asked=None, language=language)
        found = recommend(pack, consult)
        assert found.headline
        assert "{" not in found.headline


@pytest.mark.parametrize("factor", ["lv_thrombus", "mechanical_aortic_valve"])
def test_what_closes_a_way_into_the_heart(pack: Pack, factor: str) -> None:
    before = about(pack, "chronic_ischaemic_heart_failure")
    after = about(pack, "chronic_ischaemic_heart_failure", patient={factor: "yes"})
    for option in by_route(after, "transendocardial"):
        assert option.status == "not_for_this_patient"
        assert option.reasons[0].startswith("Not for this patient")
        assert factor in before.option(option.procedure).not_asked
    assert by_route(after, "iv")[0].status == "suitable"
    assert factor not in after.open_questions


def test_raised_pressure_in_the_skull_closes_the_puncture(pack: Pack) -> None:
    found = about(pack, "als", patient={"raised_intracranial_pressure": "yes"})
    assert {one.status for one in by_route(found, "intrathecal")} == {"not_for_this_patient"}


def test_a_slider_and_a_new_consult_agree(pack: Pack) -> None:
    consult = make_consult(pack, "acute_myocardial_infarction", asked="iv")
    moved = rank(prepare(pack, consult), preset_weights("balanced"))
    fresh = recommend(pack, msgspec.structs.replace(consult, preset="balanced"))
    assert msgspec.structs.replace(moved, consult=fresh.consult) == fresh


def test_a_preview_has_the_places_of_the_whole(pack: Pack) -> None:
    prepared = prepare(pack, make_consult(pack, "acute_myocardial_infarction", asked="iv"))
    before = rank(prepared, preset_weights("delivery_first"))
    seen = preview(prepared, before, preset_weights("least_burden"))
    whole = rank(prepared, preset_weights("least_burden"))
    assert before.first != whole.first
    assert (seen.first, seen.headline, seen.subline, seen.weights) == (
        whole.first, whole.headline, whole.subline, whole.weights
    )  # fmt: skip
    moving = ("rank", "score", "parts", "firmness", "firmness_text", "rank_probability", "winning_index", "tied_with")
    for one, other in zip(seen.options, whole.options, strict=True):
        assert one.procedure == other.procedure
        assert [getattr(one, name) for name in moving] == [getattr(other, name) for name in moving]


def test_own_weights_are_the_preset_when_they_are_the_same(pack: Pack) -> None:
    own = about(pack, "knee_osteoarthritis", weights={k: 3 * v for k, v in preset_weights("balanced").items()})
    preset = about(pack, "knee_osteoarthritis", preset="balanced")
    assert [one.procedure for one in own.options] == [one.procedure for one in preset.options]
    assert own.weights == pytest.approx(preset.weights)


def digest(pack: Pack, consult: Consult) -> str:
    return hashlib.sha256(encode(report(pack, recommend(pack, consult))).encode()).hexdigest()


def test_the_same_consult_gives_the_same_bytes(pack: Pack) -> None:
    consult = make_consult(pack, "ischaemic_stroke", asked="iv", patient={"pregnancy": "no"})
    here = digest(pack, consult)
    assert digest(pack, consult) == here
    code = (
        "from core.pack.read import load_builtin; from core.consult import make_consult;"
        "from core.recommend import recommend; from core.report import encode, report; import hashlib;"
        "p = load_builtin();"
        "c = make_consult(p, 'ischaemic_stroke', asked='iv', patient={'pregnancy': 'no'});"
        "print(hashlib.sha256(encode(report(p, recommend(p, c))).encode()).hexdigest())"
    )
    for seed, threads in (("0", "1"), ("1", "2")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "TZ": "Asia/Tokyo"}
        found = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        assert found.stdout.strip() == here


def test_counts_of_other_cells_are_never_of_high_certainty(pack: Pack) -> None:
    """Marrow's mixed cells were counted in the heart, cultured ones were not: both by the rules of the method page."""
    cultured = recommend(pack, make_consult(pack, "acute_myocardial_infarction")).option("intracoronary_fluoroscopy")
    assert cultured.certainty.level == "low"
    assert cultured.certainty.reasons == ("other_cells",)
