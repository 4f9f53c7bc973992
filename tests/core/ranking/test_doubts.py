"""Answers that cannot well be true together are told."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from core.consult import make_consult
from core.note import note
from core.pack.pack import Pack
from core.ranking.doubts import NEVER_WITH, SELDOM_BOTH
from core.recommend import recommend
from core.results import Recommendation


def asked(pack: Pack, condition: str, patient: dict[str, Any], **fields: Any) -> Recommendation:
    return recommend(pack, make_consult(pack, condition, patient=patient, **fields))


@pytest.mark.parametrize(
    ("condition", "patient", "fields", "said"),
    [
        # Kept from the consult before, say, where it was asked about a knee.
        ("acute_myocardial_infarction", {"recent_infarct": "no"}, {}, "is answered no, though"),
        ("erectile_dysfunction", {"pregnancy": "yes"}, {}, "which cannot be with erectile dysfunction"),
        ("copd", {"anticoagulated_warfarin": "yes", "anticoagulated_doac": "yes"}, {}, "both answered yes"),
        ("glaucoma", {"both_eyes_same_day": "yes"}, {"sites": 1}, "the dose goes to one place"),
    ],
)
def test_a_contradiction_is_a_sentence(
    condition: str, patient: dict[str, Any], fields: dict[str, Any], said: str, pack: Pack
) -> None:
    found = asked(pack, condition, patient, **fields)
    assert len(found.doubts) == 1
    assert said in found.doubts[0]
    assert found.doubts[0] in note(pack, found, pack.date)
    spanish = asked(pack, condition, patient, language="es", **fields)
    assert len(spanish.doubts) == 1
    assert spanish.doubts != found.doubts


@pytest.mark.parametrize(
    ("condition", "patient", "fields"),
    [
        ("acute_myocardial_infarction", {}, {}),
        ("acute_myocardial_infarction", {"recent_infarct": "yes", "lv_thrombus": "no"}, {}),
        ("erectile_dysfunction", {"pregnancy": "no"}, {}),
        ("knee_osteoarthritis", {"pregnancy": "yes", "recent_infarct": "no"}, {}),
        ("copd", {"anticoagulated_warfarin": "yes", "anticoagulated_doac": "no"}, {}),
        ("copd", {"anticoagulated_warfarin": "yes", "anticoagulated_heparin": "yes"}, {}),  # bridging
        ("glaucoma", {"both_eyes_same_day": "yes"}, {"sites": 2}),
        ("glaucoma", {"both_eyes_same_day": "no"}, {"sites": 1}),
    ],
)
def test_what_can_be_true_is_not_doubted(
    condition: str, patient: dict[str, Any], fields: dict[str, Any], pack: Pack
) -> None:
    assert asked(pack, condition, patient, **fields).doubts == ()


def test_every_factor_that_a_condition_brings_along_is_doubted_when_denied(pack: Pack) -> None:
    """The pack's own knowledge, all of it."""
    pairs = [(c.id, one.factor) for c in pack.file.conditions for one in c.implies if one.value == "yes"]
    assert len(pairs) > 10
    for condition, factor in pairs:
        assert len(asked(pack, condition, {factor: "no"}).doubts) == 1, (condition, factor)


def test_where_patient_factors_are_left_out_nothing_is_doubted(pack: Pack) -> None:
    places = tuple(msgspec.structs.replace(one, factors_shown=False) for one in pack.file.jurisdictions)
    silent = Pack(msgspec.structs.replace(pack.whole, jurisdictions=places))
    answers = ("acute_myocardial_infarction", {"recent_infarct": "no"})
    at = places[0].id
    assert len(asked(pack, *answers, jurisdiction=at).doubts) == 1
    assert asked(silent, *answers, jurisdiction=at).doubts == ()


def test_the_pairs_are_those_of_the_pack(pack: Pack) -> None:
    assert {one for pair in SELDOM_BOTH for one in pair} <= set(pack.factors)
    assert {condition for condition, _ in NEVER_WITH} <= set(pack.conditions)
    assert {factor for _, factor in NEVER_WITH} <= set(pack.factors)
