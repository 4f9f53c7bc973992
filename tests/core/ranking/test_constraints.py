"""What stands before any score: tried in people, this patient, this clinic; and what was not asked."""

from __future__ import annotations

import msgspec
import pytest

from core.consult import Consult
from core.pack import types as t
from core.ranking import constraints
from core.ranking.constraints import Screened, available, patient_of
from tests.core.ranking import world


def screened(about: Consult, **changes: object) -> dict[str, Screened]:
    pack = world.pack(**changes)
    there, patient = available(pack, about.has), patient_of(pack, about)
    return {
        one.id: constraints.screen(pack, one, about.target, about.cells, there, patient)
        for one in pack.procedures_of(about.target)
    }


def test_a_full_clinic_and_nothing_known_of_the_patient() -> None:
    found = screened(world.consult())
    assert {name: one.status for name, one in found.items()} == {
        "vein": "suitable",
        "joint_landmark": "suitable",
        "joint_ultrasound": "suitable",
        "joint_fluoroscopy": "suitable",
        "artery": "not_tried_in_people",
    }


def test_a_plain_room_refers_what_it_cannot_guide() -> None:
    found = screened(world.consult(has=()))
    assert {name for name, one in found.items() if one.status == "refer"} == {"joint_ultrasound", "joint_fluoroscopy"}
    assert set(found["joint_ultrasound"].lacking) == {"ultrasound", "trained_injector"}
    assert found["vein"].status == found["joint_landmark"].status == "suitable"


def test_what_a_capability_brings_along() -> None:
    pack = world.pack()
    assert available(pack, ()) == {"physician", "infusion_chair"}
    assert available(pack, ("ultrasound",)) == {"physician", "infusion_chair", "ultrasound", "trained_injector"}
    assert {"fluoroscopy", "trained_injector"} <= available(pack, ("cath_lab",))
    assert available(pack, None) == set(pack.capabilities)


def test_more_capabilities_never_close_anything() -> None:
    names = [one.id for one in world.CAPABILITIES]
    for count in range(len(names)):
        fewer, more = screened(world.consult(has=names[:count])), screened(world.consult(has=names[: count + 1]))
        for name, one in fewer.items():
            if one.status == "suitable":
                assert more[name].status == "suitable"


def test_imaging_in_its_own_name_is_needed_by_definition() -> None:
    pack = world.pack()
    need = {one.id: one for one in constraints.needs_of(pack, pack.procedures["joint_ultrasound"])}["ultrasound"]
    assert (need.basis, need.level) == ("definition", "required")


def test_a_need_given_twice_is_required_when_one_of_them_requires_it() -> None:
    required, advised = (t.Need(id="physician", level=level) for level in ("required", "recommended"))
    for needs in ((required, advised), (advised, required)):
        twice = msgspec.structs.replace(world.PROCEDURES[1], needs=needs)
        assert constraints.needs_of(world.pack(), twice) == (required,)


def test_what_is_only_advised_refers_nobody() -> None:
    advised = msgspec.structs.replace(
        world.PROCEDURES[1], needs=(t.Need(id="ultrasound", level="recommended"), t.Need(id="physician"))
    )
    found = screened(world.consult(has=()), procedures=(world.PROCEDURES[0], advised))["joint_landmark"]
    assert found.status == "suitable"
    assert found.met == {"ultrasound": False, "physician": True}


def test_an_absolute_contraindication_closes() -> None:
    found = screened(world.consult(patient={"infection": "yes"}))
    assert found["joint_ultrasound"].status == "not_for_this_patient"
    assert found["vein"].status == "suitable"


def test_an_unread_source_cautions_and_never_closes() -> None:
    found = screened(world.consult(patient={"shunt": "yes"}))["vein"]
    assert found.status == "suitable"
    assert [(one.contraindication.id, one.closes) for one in found.findings] == [("c_shunt", False)]


def test_what_closes_is_told_before_what_its_unread_source_would_close() -> None:
    unread = msgspec.structs.replace(world.CONTRAINDICATIONS[0], id="c_unread", basis="usual_practice")
    found = screened(
        world.consult(patient={"infection": "yes"}), contraindications=(unread, world.CONTRAINDICATIONS[0])
    )["joint_landmark"]
    assert [one.contraindication.id for one in found.findings] == ["c_infection", "c_unread"]


def test_sources_that_disagree_both_stand() -> None:
    found = screened(world.consult(patient={"warfarin": "yes"}))["joint_landmark"]
    assert [one.contraindication.severity for one in found.findings] == ["relative", "none"]
    assert found.status == "suitable"


def test_contrast_only_where_contrast_is_used() -> None:
    found = screened(world.consult(patient={"contrast_allergy": "yes"}))
    assert {name for name, one in found.items() if one.findings} == {"joint_fluoroscopy", "artery"}


def test_yes_no_and_not_asked_are_three() -> None:
    not_asked = screened(world.consult())["joint_landmark"].not_asked
    assert not_asked == ("infection", "warfarin")  # what could close it comes first; a note is not worth a question
    no = screened(world.consult(patient={"infection": "no"}))["joint_landmark"]
    assert (no.status, no.not_asked, no.findings) == ("suitable", ("warfarin",), ())


def test_what_the_condition_implies_is_set_and_an_answer_goes_before_it() -> None:
    implied = screened(world.consult(condition="abscess"))
    assert implied["joint_landmark"].status == "not_for_this_patient"
    assert implied["joint_landmark"].findings[0].implied
    answered = screened(world.consult(condition="abscess", patient={"infection": "no"}))
    assert answered["joint_landmark"].status == "suitable"
    patient = patient_of(world.pack(), world.consult(condition="abscess"))
    assert patient.implied == {"infection": "yes", "shunt": "ask"}


def test_what_is_implied_by_custom_only_does_not_close() -> None:
    conditions = (
        msgspec.structs.replace(
            world.FILE.conditions[1], implies=(t.Implied(factor="infection", value="yes", basis="usual_practice"),)
        ),
    )
    found = screened(world.consult(condition="abscess"), conditions=conditions)["joint_landmark"]
    assert found.status == "suitable"
    assert [one.closes for one in found.findings] == [False]


def test_what_the_condition_wants_asked_is_asked_first() -> None:
    about = world.consult(condition="abscess", patient={"infection": "no"})
    pack = world.pack()
    questions = constraints.open_questions(screened(about), patient_of(pack, about))
    assert questions[0] == "shunt"
    assert set(questions) == {"shunt", "warfarin", "contrast_allergy"}


def test_what_the_condition_wants_asked_leads_the_questions_of_a_row() -> None:
    graver = msgspec.structs.replace(world.CONTRAINDICATIONS[0], id="c9", factor="cancer", routes=("iv",))
    found = screened(world.consult(condition="abscess"), contraindications=(*world.CONTRAINDICATIONS, graver))["vein"]
    assert found.not_asked == ("shunt", "cancer")


def test_a_question_comes_where_the_row_that_needs_it_most_has_it() -> None:
    rows = {
        name: Screened("suitable", None, (), (), questions)
        for name, questions in {"one": ("shunt", "cancer", "warfarin"), "other": ("warfarin", "infection")}.items()
    }
    nobody = patient_of(world.pack(), world.consult())
    assert constraints.open_questions(rows, nobody) == ("shunt", "warfarin", "cancer", "infection")


def test_a_route_is_tried_for_a_condition_once_anything_on_record_says_so() -> None:
    """A product, a trial or a count in patients has to be of this route and this condition at once."""
    use, other = msgspec.structs.replace(world.USES[1], conditions=()), "abscess"
    bare = {"products": (), "benefits": (), "measurements": ()}

    def tried(condition: str = "arthritis", route: str = "joint", of: t.Use = use, **records: object) -> bool:
        return constraints.tried_for(world.pack(**(bare | records)), of, route, condition)

    assert not tried()
    assert tried(of=msgspec.structs.replace(use, conditions=("arthritis",)))
    trial = msgspec.structs.replace(world.BENEFITS[0], routes=("joint",))
    counted = msgspec.convert(
        {
            "id": "m", "study": "s1", "species": "human", "condition": "arthritis", "route": "joint",
            "target": "knee", "cells": "bm_msc", "readout": "cells", "method": "made up",
            "denominator": "injected_cells", "where": "nowhere",
        },
        t.Measurement,
    )  # fmt: skip
    for records in ({"products": world.PRODUCTS[:1]}, {"benefits": (trial,)}, {"measurements": (counted,)}):
        assert tried(**records), records
        assert not tried(condition=other, **records), records
        assert not tried(route="artery", **records), records
    assert not tried(measurements=(msgspec.structs.replace(counted, species="rat"),))


def test_a_jurisdiction_can_leave_the_patient_out() -> None:
    found = screened(world.consult(jurisdiction="eu", patient={"infection": "yes"}))
    assert found["joint_landmark"].status == "suitable"
    assert not any(one.not_asked or one.findings for one in found.values())
    assert not patient_of(world.pack(), world.consult(jurisdiction="eu")).checked
    assert patient_of(world.pack(), world.consult(jurisdiction="us")).checked


@pytest.mark.parametrize(
    ("changes", "about", "status"),
    [
        ({"uses": ()}, {"has": (), "patient": {"infection": "yes"}}, "not_tried_in_people"),
        ({}, {"has": (), "patient": {"infection": "yes"}}, "not_for_this_patient"),
        ({}, {"has": ()}, "refer"),
        ({}, {}, "suitable"),
    ],
)
def test_the_gravest_reason_gives_the_status(changes: dict[str, object], about: dict[str, object], status: str) -> None:
    assert screened(world.consult(**about), **changes)["joint_ultrasound"].status == status


def test_cells_and_targets_narrow_a_contraindication() -> None:
    narrow = msgspec.structs.replace(world.CONTRAINDICATIONS[0], cells=("bm_mnc",))
    found = screened(world.consult(patient={"infection": "yes"}), contraindications=(narrow,))
    assert found["joint_landmark"].status == "suitable"
    narrow = msgspec.structs.replace(world.CONTRAINDICATIONS[0], targets=("lung",), guidance=())
    found = screened(world.consult(patient={"infection": "yes"}), contraindications=(narrow,))
    assert found["joint_landmark"].status == "suitable"
    narrow = msgspec.structs.replace(world.CONTRAINDICATIONS[0], guidance=("ultrasound",))
    found = screened(world.consult(patient={"infection": "yes"}), contraindications=(narrow,))
    assert found["joint_landmark"].status == "suitable"
    assert found["joint_ultrasound"].status == "not_for_this_patient"
    narrow = msgspec.structs.replace(world.CONTRAINDICATIONS[0], radiation=True)
    found = screened(world.consult(patient={"infection": "yes"}), contraindications=(narrow,))
    assert [name for name, one in found.items() if one.findings] == ["joint_fluoroscopy"]
