"""The sheet says nothing false, whatever was chosen: place, cells, number of sites, way, clock."""

import pytest
from msgspec.structs import replace as changed

from core.consult import make_consult
from core.errors import InputError
from core.handout.content import handout
from core.handout.draw import render
from core.handout.model import Handout, HandoutOptions
from core.handout.plain import plain_text
from core.handout.runs import said
from core.handout.say import Say
from core.handout.ways import way_of
from core.pack.pack import Pack
from core.ranking.harms import OTHER_CONDITIONS
from core.recommend import recommend
from core.results import Approval
from tests.core.handout.sample import delivered, sample_handout, sample_pack, sample_recommendation
from tests.core.handout.test_content import _row, _with

PRODUCT = {
    "id": "cellstuff", "name": "Cellstuff", "cells": "bm_msc", "routes": ["iv"], "conditions": ["knee"],
    "indication": "x", "jurisdiction": "us", "status": "approved", "checked": "2026-11-20", "studies": ["berkoff2012"],
}  # fmt: skip


def _approved(place: str | None, *products: dict[str, str], own: dict[str, str] | None = None) -> list[str]:
    """What the sheet says of approvals in a place, with these products in the pack."""
    places = [{"id": "us", "authority": "FDA"}, {"id": "eu", "authority": "EMA"}]
    places += [{"id": "de", "authority": "PEI", "part_of": "eu"}]
    named = {"jurisdiction.eu.name": "the EU", "jurisdiction.de.name": "Germany", "jurisdiction.de.report": "the PEI"}
    pack = sample_pack(own=named | (own or {}), jurisdictions=places, products=[PRODUCT | one for one in products])
    approval = Approval(jurisdiction=place, found=(), checked="2026-11-20", lines=(), headline="")
    made = handout(pack, _with(approval=approval), HandoutOptions())
    return [said(part) for part in made.approved.paragraphs]


def test_approval_names_place_month_and_for_whom() -> None:
    other = {"conditions": []}
    (none,) = _approved("us", other)
    assert "no approval of a cell product for knee arthritis in the USA (checked Nov 2026)" in none
    (nowhere,) = _approved(None, other)
    assert "no approval of a cell product for knee arthritis in any place" in nowhere
    (some,) = _approved("us", {}, own={"product.cellstuff.whom": "for children"})
    assert "In the USA we found an approval of Cellstuff (for children) for knee arthritis (checked Nov 2026)" in some
    (anywhere,) = _approved(None, {}, own={"product.cellstuff.whom": "for children"})
    assert "an approval of Cellstuff (the USA, for children)" in anywhere
    (both,) = _approved(None, {}, {"id": "cellstuff-eu", "jurisdiction": "eu"})
    assert "an approval of Cellstuff (the USA and the EU)" in both


def test_an_approval_under_conditions_says_so() -> None:
    (some,) = _approved("us", {"status": "conditional"})
    assert "Cellstuff (on condition of more proof)" in some


def test_what_lost_its_approval_is_named() -> None:
    none, before = _approved("us", {"status": "withdrawn"})
    assert "no approval" in none
    assert before == "Cellstuff was approved (the USA) and no longer is."


def test_an_approval_of_the_union_holds_in_its_member_states() -> None:
    assert "In Germany we found an approval of Cellstuff" in _approved("de", {"jurisdiction": "eu"})[0]
    assert "no approval" in _approved("eu", {"jurisdiction": "us"}, {"jurisdiction": "eu", "conditions": []})[0]


def test_a_place_of_which_nothing_is_known_is_not_said_to_have_approved_nothing() -> None:
    (unknown,) = _approved("de", {"jurisdiction": "us"})
    assert unknown.startswith("We hold no record of approvals in Germany. Ask the PEI")
    assert "found" not in unknown


def test_a_day_that_is_none_is_refused_and_one_before_the_facts_is_left_blank() -> None:
    with pytest.raises(InputError, match="no day"):
        sample_handout(date="next week")
    assert sample_handout(date="2026-11-23").date == "23 Nov 2026"
    early = sample_handout(date="1999-01-01")
    assert set(early.date) == {"_"}
    assert early.warnings == ()


def test_what_other_cells_did_is_not_said_of_these() -> None:
    """Trials of one kind of cells are said to be that, and of cells without a trial nothing is said of benefit."""
    benefit = {
        "id": "b",
        "condition": "knee",
        "shown": True,
        "certainty": "low",
        "finding": "x",
        "study": "thompson2020",
    }
    cells = [{"id": one, "group": "large"} for one in ("bm_msc", "ad_msc", "svf", "platelets")]
    own = {f"cells.{one['id']}.getting": "Got." for one in cells} | {"population.trials_of_stromal_cells": "people"}
    harm = {
        "id": "h", "event": "fever", "routes": ["iv"], "cause": "product", "kind": "controlled", "severity": "mild",
        "population": "x", "population_key": "trials_of_stromal_cells", "ratio": 2.0, "low": 1.5, "high": 3.0,
    }  # fmt: skip

    def row(given: str, key: str, **more: object) -> str:
        pack = sample_pack(own=own, cells=cells, benefits=[benefit | more], harms=[harm])
        consult = changed(sample_recommendation().consult, cells=given)
        return _row(handout(pack, _with(consult=consult), HandoutOptions()), key)[-1]

    assert row("bm_msc", "help") == "It may help some people. [1]"
    assert row("bm_msc", "help", cells=["ad_msc"]) == "It may help some people. [1] That trial used other cells."
    assert row("ad_msc", "help", cells=["ad_msc"]) == "It may help some people. [1]"
    assert row("platelets", "help") == "We hold no trial of these cells. Ask what is known."
    assert row("platelets", "help", cells=["platelets"]) == "It may help some people. [1]"
    assert "More often with cells: fever." in row("ad_msc", "harm_each")
    assert "In trials of cells grown in a lab, more often: fever." in row("svf", "harm_each")


def test_several_places_are_counted_together() -> None:
    consult = changed(sample_recommendation().consult, sites=2)
    arrived = delivered(0.01, 0.005, 0.02)
    found = _with(asked={"delivered": arrived}, consult=consult)

    def figure(paired: bool) -> str:
        target = {"id": "knee_joint", "tissue": "joint", "region": "knee", "paired": paired}
        made = handout(sample_pack(targets=[target]), found, HandoutOptions())
        assert "for 2 places. Each number is for all of them together." in said(made.intro[0])
        return next(row for row in made.rows if row.key == "cells").cells[-1].figure

    assert figure(paired=False) == "1 of 100"
    assert figure(paired=True) == "2 of 100"


def test_a_way_is_told_as_it_is(pack: Pack) -> None:
    """Every route to every target it has: no tube where a knife is, no lungs where a tight band is."""
    say = Say(pack, "en")
    told = {}
    for procedure in pack.file.procedures:
        for target in procedure.targets:
            way = way_of(say, "x", pack.routes[procedure.route], pack.targets[target])
            told[procedure.route, target] = said(way.caption)
    assert (
        told["surgical_implant", "knee_cartilage"]
        == "Placed during an operation. They are meant for the knee cartilage."
    )
    assert told["iv", "lung"] == "With a drip into a vein, then through the heart to the lungs."
    assert told["iv", "knee_joint"].endswith("through the heart and the lungs, then with the blood to the knee.")
    assert "lungs" not in told["iv_regional_limb_perfusion", "limb_muscle"]
    for (route, _target), text in told.items():
        assert ("long tube" in text) == ("long tube" in pack.text("en", f"route.{route}.plain")), text


def test_signs_of_harm_fit_the_place_and_x_rays_are_named(pack: Pack) -> None:
    def sheet(condition: str, **more: str) -> Handout:
        found = recommend(pack, make_consult(pack, condition=condition, **more))
        return handout(pack, found, HandoutOptions(date=pack.date))

    assert "pain in the eye" in said(sheet("macular_degeneration").help.paragraphs[0])
    heart = sheet("chronic_ischaemic_heart_failure", asked="transendocardial")
    assert "bleeding where the tube went in" in said(heart.help.paragraphs[0])
    assert "X-rays are used." in _row(heart, "day")[-1]
    assert "X-rays" not in _row(sheet("knee_osteoarthritis", asked="iv"), "day")[-1]


def test_who_wrote_and_who_paid_is_as_the_evidence_says(pack: Pack) -> None:
    ours = handout(pack, recommend(pack, make_consult(pack, condition="copd")), HandoutOptions())
    assert (
        said(ours.made_by[0])
        == "Written by the CellRoute authors. Paid for by nobody: no maker, no clinic. Not yet tested with patients."
    )
    others = sample_pack(made_by="Clinic group", funding="A maker of cells.")
    made = handout(others, sample_recommendation(), HandoutOptions())
    assert said(made.made_by[0]) == "Facts by Clinic group. Money: A maker of cells. Not yet tested with patients."


def test_where_nothing_reaches_no_other_clinic_is_named_that_there_is_not(pack: Pack) -> None:
    def told(condition: str, **more: object) -> str:
        found = recommend(pack, make_consult(pack, condition=condition, **more))
        assert found.verdict == "nothing_reaches"
        made = handout(pack, found, HandoutOptions()).nothing
        assert made is not None
        return said(made.paragraphs[0])

    assert "Another clinic" not in told("peripheral_nerve_injury", asked="iv")
    assert "Another clinic" in told("macular_degeneration", has=())


def test_every_count_names_its_people(pack: Pack) -> None:
    for harm in pack.file.harms:
        if harm.kind == "count":
            assert harm.population_key, harm.id
            for language in ("en", "es"):
                assert pack.has_text(language, f"population.{harm.population_key}"), harm.id


def test_every_approval_says_for_whom_or_how(pack: Pack) -> None:
    for product in pack.file.products:
        if product.conditions and product.status in ("approved", "conditional"):
            for language in ("en", "es"):
                assert pack.has_text(language, f"product.{product.id}.whom"), product.id


def test_a_typed_source_hides_nothing() -> None:
    """A clinic's own study is typed by hand: nothing in it turns, hides, is bold or is a link that is none."""
    title = "A \ue000bold\ue001 \u202ederever\u202c <b>x</b>\u0007 {b} over\ntwo lines"
    studies = [
        {"id": "thompson2020", "read": "abstract", "title": title, "funding": "y\u202e", "url": "https://a.b/\u202ez"},
    ]  # fmt: skip
    made = handout(sample_pack(studies=studies), sample_recommendation(), HandoutOptions(long_form=True))
    (source,) = made.sources
    assert source.full == "A bold derever <b>x</b> {b} over two lines. Summary read. Money: y."
    assert source.address == ""
    assert render(made)


def test_who_is_in_intensive_care_is_not_sent_home_and_a_baby_is_not_taken_for_its_parent(pack: Pack) -> None:
    def sheet(condition: str) -> Handout:
        return handout(pack, recommend(pack, make_consult(pack, condition=condition, asked="iv")), HandoutOptions())

    assert "go home the same day" not in plain_text(sheet("ards"))
    assert "You stay awake" not in _row(sheet("ards"), "day")[-1]
    assert "You go home the same day." in _row(sheet("copd"), "day")[-1]
    assert "“You” means your baby." in said(sheet("bronchopulmonary_dysplasia").intro[0])


def test_a_way_that_was_tried_for_other_diseases_only_says_so(pack: Pack) -> None:
    found = recommend(pack, make_consult(pack, condition="spinal_cord_injury", asked="intrathecal"))
    helped = _row(handout(pack, found, HandoutOptions()), "help")
    cautions = [
        {caution.factor for caution in option.cautions} for option in (found.options[0], found.option(found.asked))
    ]
    assert [OTHER_CONDITIONS in one for one in cautions] == [True, False]
    assert ["only for other diseases" in text for text in helped] == [False, True, False]
