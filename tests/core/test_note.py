"""The text for the chart: what was shown, with numbers, from which pack, and what was not asked."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from core.consult import make_consult
from core.note import note
from core.numbers import GROUP
from core.pack.pack import Pack
from core.recommend import recommend
from tests.forbidden import FORBIDDEN


def written(pack: Pack, condition: str = "knee_osteoarthritis", **given: Any) -> str:
    return note(pack, recommend(pack, make_consult(pack, condition, **given)))


def test_the_note_states_options_numbers_and_pack(pack: Pack) -> None:
    text = written(pack, asked="iv")
    found = recommend(pack, make_consult(pack, "knee_osteoarthritis", asked="iv"))
    for option in found.options:
        assert option.name in text
    assert f"1{GROUP}000{GROUP}000 cells" in text
    assert pack.version in text
    assert pack.date in text
    assert "No cell treatment is an option too." in text
    assert "can be done here" in text
    assert "cell count: " in text
    assert "Asked about: " in text


def test_approval_and_benefit_come_before_the_first_number(pack: Pack) -> None:
    text = written(pack, asked="iv")
    finding = text.split("Finding\n", 1)[1]
    approval = re.match(r"No approval|Approved", finding)
    assert approval
    assert approval.end() < finding.index("about")
    assert "is not a benefit" in text


def test_what_was_not_asked_is_named(pack: Pack) -> None:
    before = written(pack)
    assert "Not asked of this patient: " in before
    name = pack.name("factor", "joint_infection")
    assert name in before.split("Not asked of this patient: ")[1].split("\n")[0]
    after = written(pack, patient={"joint_infection": "no"})
    assert f"{name}, no" in after
    assert name not in after.split("Not asked of this patient: ")[1].split("\n")[0]


def test_when_all_was_asked_it_says_so(pack: Pack) -> None:
    everything = dict.fromkeys(pack.factors, "no")
    text = written(pack, patient=everything)
    assert "Not asked of this patient" not in text
    assert "Every factor that could move one of them was asked." in text


def test_nobody_asked_and_the_note_does_not_say_so(pack: Pack) -> None:
    assert "Asked about" not in written(pack)


@pytest.mark.parametrize(
    ("has", "line"),
    [
        (None, "This clinic: everything was taken to be there."),
        ((), "This clinic: a plain room."),
        (("ultrasound",), "This clinic has: "),
    ],
)
def test_the_clinic_is_stated(pack: Pack, has: tuple[str, ...] | None, line: str) -> None:
    assert line in written(pack, has=has)


def test_what_was_assumed_is_marked(pack: Pack) -> None:
    assert "(assumed)" in written(pack)
    assert "(assumed)" not in written(pack, cells="bm_msc", dose=2e7)
    assert "20 million in all, 2 sites" in written(pack, cells="bm_msc", dose=2e7, sites=2)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_note_promises_or_holds_a_loose_end(pack: Pack, language: str) -> None:
    for condition in pack.conditions:
        text = written(pack, condition, language=language)
        assert not FORBIDDEN[language].search(text)
        assert "{" not in text
        assert not any(line != line.rstrip() for line in text.splitlines())
        assert text.endswith("\n")


def test_the_first_and_the_one_asked_about_are_explained(pack: Pack) -> None:
    found = recommend(pack, make_consult(pack, "knee_osteoarthritis", asked="iv"))
    text = note(pack, found)
    ranked = [option for option in found.options if option.status == "suitable"]
    told = [option.procedure for option in ranked if f"\n   {option.explanation[0]}\n" in text]
    assert told == [found.first, found.asked]
    assert len(ranked) > len(told)


def test_what_the_condition_implies_is_named(pack: Pack) -> None:
    implied = "Set by the condition itself: "
    found = recommend(pack, make_consult(pack, "acute_myocardial_infarction"))
    assert set(found.implied.values()) == {"yes", "ask"}
    names = [pack.name("factor", one) for one, value in found.implied.items() if value == "yes"]
    assert f"{implied}{'; '.join(names)}.\n" in note(pack, found)
    assert implied not in written(pack)


def test_the_evidence_is_out_of_date_the_day_after_its_last(pack: Pack) -> None:
    found = recommend(pack, make_consult(pack, "knee_osteoarthritis"))
    after = (dt.date.fromisoformat(pack.expires) + dt.timedelta(days=1)).isoformat()
    assert "OUT OF DATE" not in note(pack, found, pack.expires)
    assert "OUT OF DATE" in note(pack, found, after)


def test_a_language_that_nobody_reviewed_says_so(pack: Pack) -> None:
    assert pack.say("es", "note_unreviewed") in written(pack, language="es")
    assert pack.say("en", "note_unreviewed") not in written(pack)


def test_a_procedure_below_the_line_has_its_reason(pack: Pack) -> None:
    text = written(pack, has=())
    line = next(one for one in text.splitlines() if "needs referral" in one)
    after = text.splitlines()[text.splitlines().index(line) + 1]
    assert "refer" in after
