"""What a switch of the clinic does to machines that bring others and to people that come with machines."""

from __future__ import annotations

import pytest

from core.consult import make_consult
from ui.choices.clinic import asked_of_clinic, switched


def test_a_catheter_laboratory_brings_fluoroscopy(window, pack) -> None:
    for has in ((), ("cath_lab",)):
        window.store.set(make_consult(pack, "acute_myocardial_infarction", has=has))
        assert window.choose.clinic.chips["fluoroscopy"].isChecked() is bool(has)


def test_without_fluoroscopy_nothing_stays_that_would_bring_it(pack) -> None:
    left = switched(pack, {"cath_lab", "angiography", "fluoroscopy", "ultrasound"}, "fluoroscopy", on=False)
    assert not left & {"cath_lab", "angiography", "fluoroscopy"}
    assert "ultrasound" in left


def test_people_come_and_go_with_their_machines(pack) -> None:
    with_one = switched(pack, set(), "ultrasound", on=True)
    assert {"ultrasound", "trained_injector"} <= with_one
    assert "trained_injector" not in switched(pack, with_one, "ultrasound", on=False)


@pytest.mark.parametrize("target", ["knee_joint", "myocardium", "brain", "liver", "intervertebral_disc"])
def test_a_clinic_is_asked_only_for_machines_and_rooms_that_matter(pack, target: str) -> None:
    asked = asked_of_clinic(pack, target)
    needed = {need.id for one in pack.procedures_of(target) for need in one.needs}
    needed |= {id for one in pack.procedures_of(target) for id in pack.guidances[one.guidance].needs}
    people = {id for id in needed if id in pack.capabilities and pack.capabilities[id].comes_with}
    brought = {id for one in people for id in pack.capabilities[one].comes_with}
    assert asked
    assert set(asked) <= needed | brought
    assert not {id for id in asked if pack.capabilities[id].plain or pack.capabilities[id].kind == "operator"}


def test_with_everything_asked_for_switched_on_nothing_is_referred(pack) -> None:
    from core.recommend import recommend

    has: set[str] = set()
    for id in asked_of_clinic(pack, "myocardium"):
        has = switched(pack, has, id, on=True)
    found = recommend(pack, make_consult(pack, "acute_myocardial_infarction", has=sorted(has)))
    assert not [one.procedure for one in found.options if one.status == "refer"]
