"""The sentences: made of the numbers, in both languages, as long against as for, with no word that promises."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from core.numbers import GROUP
from core.pack import types as t
from core.pack.pack import Pack
from core.ranking.words import Voice
from core.results import Certainty
from tests.core.ranking import world
from tests.core.ranking.world import concluded, said
from tests.forbidden import FORBIDDEN

WORLDS: dict[str, dict[str, Any]] = {
    "ranked": {"about": world.consult(asked="iv", sites=2)},
    "plain room": {"about": world.consult(asked="joint", guidance="ultrasound", has=())},
    "nothing": {"about": world.consult(asked="iv", patient={"infection": "yes", "warfarin": "yes", "shunt": "yes"})},
    "none left": {"about": world.consult(patient={"infection": "yes"}), "world": world.pack(uses=(world.USES[1],))},
    "undecided": {"about": world.consult(condition="secretion", asked="iv")},
    "implied": {"about": world.consult(condition="abscess")},
    "untried": {"about": world.consult(), "world": world.pack(uses=())},
    "elsewhere": {"about": world.consult(asked="artery", jurisdiction="eu")},
    "alone": {"about": world.consult(asked="iv"), "came": {"vein": world.arrivals()["vein"]}},
}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", sorted(WORLDS))
def test_everything_is_said_without_a_promise(name: str, language: str) -> None:
    given = dict(WORLDS[name])
    given["about"] = msgspec.structs.replace(given["about"], language=language)
    found = concluded(**given)
    for sentence in said(found):
        assert not FORBIDDEN[language].search(sentence), sentence
        assert "{" not in sentence
        assert "  " not in sentence
    for option in found.options:
        assert option.reasons
        assert len(option.against) >= max(3, len(option.reasons))
        assert len(set(option.reasons)) == len(option.reasons)


@pytest.mark.parametrize("name", sorted(WORLDS))
def test_every_status_has_its_reason_and_only_what_is_ranked_a_rank(name: str) -> None:
    found = concluded(**WORLDS[name])
    ranks = [one.rank for one in found.options]
    if found.verdict == "ranked":
        assert ranks[0] == 1
        assert found.first == found.options[0].procedure
    else:
        assert ranks == [None] * len(ranks)
        assert found.first is None
        assert found.sensitivity is None
    for option in found.options:
        assert (option.rank is not None) == (option.status == "suitable" and found.verdict == "ranked")
        first = option.reasons[0]
        if option.status == "refer":
            assert "refer" in first
        elif option.status == "not_for_this_patient":
            assert first.startswith("Not for this patient")
        elif option.status == "not_tried_in_people":
            assert "never tried in people" in first


def test_approval_and_benefit_stand_before_the_number() -> None:
    found = concluded(world.consult(asked="iv", jurisdiction="us"))
    assert found.headline == (
        "No approval of a cell product for arthritis was found in us, and none is shown to help. "
        f"joint, ultrasound: about 860{GROUP}000 of 1{GROUP}000{GROUP}000 cells reach the knee. iv: about 120."
    )
    assert all(any("not shown to help" in one for one in option.against) for option in found.options)
    without = concluded(world=world.pack(benefits=(), products=()))
    assert without.headline.startswith("No approval of a cell product for arthritis was found in any place that was")
    assert "no trial of benefit is in the evidence pack" in without.headline
    shown = msgspec.structs.replace(world.BENEFITS[0], shown=True, certainty="moderate")
    helped = concluded(world=world.pack(benefits=(shown,), products=()))
    assert "trials in people found a benefit (moderate certainty)" in helped.headline
    assert not any("not shown to help" in one for option in helped.options for one in option.against)


def test_an_approval_counts_in_every_part_of_its_place() -> None:
    parts = (t.Jurisdiction(id="seoul", authority="MFDS", part_of="kr"), *world.FILE.jurisdictions)
    told = {
        place: concluded(world.consult(jurisdiction=place), world=world.pack(jurisdictions=parts)).headline
        for place in ("seoul", "kr", "us")
    }
    for place in ("kr", "seoul"):
        assert told[place].startswith(f"Approved for arthritis in {place}: Kneecell; ")
    assert told["us"].startswith("No approval")


def test_how_sure_a_number_is() -> None:
    came = world.arrivals()
    assert "a model's guess" in concluded(came=came).subline
    needle = msgspec.structs.replace(came["joint_ultrasound"].delivered, placement=0.96, placement_measured=True)
    came["joint_ultrasound"] = world.Arrival(needle, came["joint_ultrasound"].draws)
    found = concluded(came=came)
    assert "needle measured, staying assumed" in found.subline
    assert "The needle is where it should be in 96 of 100 injections." in found.options[0].reasons
    came["joint_ultrasound"] = world.counted(came["joint_ultrasound"], "rat")
    assert "counted in animals, joined with a model" in concluded(came=came).subline
    came["joint_ultrasound"] = world.counted(came["joint_ultrasound"], "human")
    found = concluded(came=came)
    assert "counted in people, joined with a model" in found.subline
    assert not any("counted in people" in one for one in found.options[0].against)


def test_the_certainty_that_is_shown_is_the_estimate_s_own() -> None:
    """There is one set of rules, that of docs/METHOD.md: nothing grades the same count a second time."""
    came = world.arrivals()
    graded = Certainty(level="low", reasons=("other_cells",))
    shown = msgspec.structs.replace(came["joint_ultrasound"].delivered, certainty=graded)
    came["joint_ultrasound"] = world.Arrival(shown, came["joint_ultrasound"].draws)
    found = concluded(came=came)
    assert found.option("joint_ultrasound").certainty == graded
    assert found.option("vein").certainty.reasons == ("model",)


def test_a_bound_is_told_as_one() -> None:
    came = world.arrivals()
    bound = msgspec.structs.replace(came["vein"].delivered, median=2e-9, low=1e-9, high=9e-7, below=True)
    came["vein"] = world.Arrival(bound, came["vein"].draws)
    found = concluded(world.consult(asked="iv"), came=came)
    vein = found.option("vein")
    assert vein.reasons[0] == (
        f"No blood vessel enters the knee: fewer than 1 of 1{GROUP}000{GROUP}000 cells can arrive by this way."
    )
    assert vein.equivalent_dose is not None
    assert vein.equivalent_dose.cells is None
    assert vein.equivalent_dose.reason == "no dose would do: no blood vessel enters the knee"
    assert vein.certainty.level == "very_low"
    assert found.headline.endswith("iv: fewer than 1.")


def test_parts_add_up_to_the_score() -> None:
    for option in concluded().options:
        assert option.score == pytest.approx(sum(part.contribution for part in option.parts))
        assert sum(part.weight for part in option.parts) == pytest.approx(1)
    undecided = concluded(world.consult(condition="secretion")).options[0]
    assert "delivered" not in {part.criterion for part in undecided.parts}


def test_lungs_catch_what_is_given_into_a_vein() -> None:
    came = {"vein": world.arrival(0.6)}
    living = world.delivered(0.06, hours=24.0, kind="retained", readout="living")
    came["vein"] = world.Arrival(came["vein"].delivered, came["vein"].draws, living)
    found = concluded(world.consult(condition="breathless", target="lung", asked="iv"), came=came)
    assert found.verdict == "ranked"
    assert found.options[0].reasons[0].startswith("Cells given into a vein are caught in the small vessels of the lung")
    assert f"after 24 h about 60{GROUP}000 of" in found.options[0].reasons[0]
    assert not any("pass the lungs" in one for one in found.options[0].against)
    assert found.options[0].firmness_text == "the only one"


def test_what_is_level_says_so_and_why_both_are_before_the_rest() -> None:
    twin = msgspec.structs.replace(world.PROCEDURES[2], id="joint_ultrasound_again")
    came = world.arrivals() | {"joint_ultrasound_again": world.arrivals()["joint_ultrasound"]}
    found = concluded(came=came, world=world.pack(procedures=(*world.PROCEDURES, twin)))
    for option in found.options[:2]:
        assert option.rank == 1
        assert option.explanation[0].startswith("Level with “joint, ultrasound”")
        assert option.explanation[1].startswith("First because")
        assert len(option.explanation) == 3
        assert option.firmness_text == "level with “joint, ultrasound”"
    assert "“joint, ultrasound” by" in found.options[2].explanation[0]


def test_what_is_not_known_is_said() -> None:
    unknown = msgspec.structs.replace(world.PROCEDURES[2], minutes=None, anaesthesia="unknown")
    found = concluded(world=world.pack(procedures=(unknown, *world.PROCEDURES[:2])), came={
        name: one for name, one in world.arrivals().items() if name in ("vein", "joint_landmark", "joint_ultrasound")
    })  # fmt: skip
    sentence = found.option("joint_ultrasound").explanation[-1]
    assert sentence.startswith("Not known and therefore scored at the far end of the scale: how long it takes and its")


def test_harm_without_a_rate_is_never_told_as_one() -> None:
    reported = msgspec.structs.replace(
        world.HARMS[1], id="h9", kind="reported", numerator=None, denominator=None, cases=3, seller_interest=True
    )
    harms = concluded(world=world.pack(harms=(*world.HARMS, reported))).option("vein").harms
    assert harms[0] == "clot: none in 300 people, so up to 10 of 1\u202f000 cannot be ruled out"
    assert "clot: reported in 3, how often is not known; counted by those who make or sell it" in harms
    assert any(one.startswith("fever: 2.5 times as often as without cells (1.3 to 4.9)") for one in harms)


def test_use_for_other_conditions_only_is_said_and_closes_nothing() -> None:
    uses = tuple(
        msgspec.structs.replace(one, conditions=("abscess",)) if one.id == "u_joint" else one for one in world.USES
    )
    found = concluded(world=world.pack(uses=uses, products=()))
    [caution] = found.option("joint_landmark").cautions
    assert (caution.factor, caution.severity) == ("other_conditions", "note")
    assert caution.text == "As far as was found, tried in people for other conditions only: abscess"
    assert found.option("joint_landmark").status == "suitable"
    assert found.option("vein").cautions == ()
    same = concluded(world.consult(condition="abscess", patient={"infection": "no"}), world=world.pack(uses=uses))
    assert same.option("joint_landmark").cautions == ()
    many = tuple(msgspec.structs.replace(one, conditions=("abscess",) * 7) for one in uses)
    found = concluded(world=world.pack(uses=many, products=()))
    assert found.option("vein").cautions[0].text.endswith(", and 2 more")


def test_a_trial_or_product_of_the_condition_is_a_use_for_it() -> None:
    uses = tuple(msgspec.structs.replace(one, conditions=("abscess",)) for one in world.USES)
    held = tuple(msgspec.structs.replace(one, routes=("joint",)) for one in world.BENEFITS)
    found = concluded(world=world.pack(uses=uses, benefits=held, products=()))
    assert found.option("joint_landmark").cautions == ()
    assert [one.factor for one in found.option("vein").cautions] == ["other_conditions"]


def test_a_benefit_is_told_with_its_route_and_only_for_it() -> None:
    held = tuple(msgspec.structs.replace(one, routes=("joint",), shown=True) for one in world.BENEFITS)
    found = concluded(world=world.pack(benefits=held))
    assert "found a benefit of cells given joint (very low certainty)" in found.headline
    not_shown = "are not shown to help"
    assert any(not_shown in one for one in found.option("vein").against)
    assert not any(not_shown in one for one in found.option("joint_ultrasound").against)


def test_approvals_share_one_line_about_their_routes() -> None:
    twin = msgspec.structs.replace(world.PRODUCTS[0], id="p9", name="Twin")
    without = msgspec.structs.replace(world.PRODUCTS[0], id="p8", name="Bare", routes=())
    lines = concluded(world=world.pack(products=(*world.PRODUCTS, twin, without))).approval.lines
    assert sum("own route and use" in one for one in lines) == 1
    assert any(one.startswith("Bare, for ") for one in lines)
    assert not any(", ," in one for one in lines)


def test_names_of_people_keep_their_capital_inside_a_sentence(pack: Pack) -> None:
    english, spanish = Voice(pack, "en"), Voice(pack, "es")
    assert english.within("condition", "parkinson_disease") == "Parkinson's disease"
    assert english.within("condition", "crohn_disease") == "Crohn's disease"
    assert english.within("target", "achilles_tendon") == "Achilles tendon"
    assert english.within("condition", "knee_osteoarthritis") == "knee osteoarthritis"
    assert english.within("condition", "covid_pneumonia") == "COVID-19 pneumonia"
    assert spanish.within("condition", "parkinson_disease") == "enfermedad de Parkinson"


def test_a_product_is_told_in_the_language_of_the_consult(pack: Pack) -> None:
    for product in pack.file.products:
        for language in pack.languages():
            assert pack.has_text(language, f"product.{product.id}.indication"), (language, product.id)


def test_cautions_are_never_cut_and_sources_that_disagree_both_stand() -> None:
    option = concluded(world.consult(patient={"warfarin": "yes"})).option("joint_landmark")
    assert option.status == "suitable"
    assert [one.severity for one in option.cautions] == ["relative", "note"]
    assert "INR 2.0 to 3.0" in option.cautions[0].text
    assert option.cautions[0].text.endswith("(SIR)")
    assert "does not stand in the way" in option.cautions[1].text
    assert any(one.startswith("Caution: warfarin") for one in option.against)
    closed = concluded(world.consult(patient={"infection": "yes"})).option("joint_landmark")
    assert [one.severity for one in closed.cautions] == ["absolute"]
    unread = concluded(world.consult(patient={"shunt": "yes"})).option("vein").cautions[0]
    assert unread.severity == "relative"
    assert "source not yet read" in unread.text


@pytest.mark.parametrize(
    ("number", "text"),
    [(860_123, f"860{GROUP}000"), (119.6, "120"), (5.2, "5.2"), (0.04, "0.04"), (3.0, "3"), (1.04, "1"), (0.0, "0")],
)
def test_numbers_have_two_figures(number: float, text: str) -> None:
    assert Voice(world.pack(), "en").number(number) == text


def test_numbers_in_spanish_have_a_comma() -> None:
    assert Voice(world.pack(), "es").number(5.2) == "5,2"


def test_shares_of_a_hundred_are_never_falsely_whole() -> None:
    voice = Voice(world.pack(), "en")
    assert [voice.of_hundred(share) for share in (0.0, 0.001, 0.78, 0.999, 1.0)] == ["0", "1", "78", "99", "100"]


def test_cells_below_one_are_fewer_than_one() -> None:
    voice = Voice(world.pack(), "en")
    assert voice.per_million(4e-7) == "fewer than 1"
    assert voice.per_million(6e-7) == "about 1"
    assert voice.range_per_million(1e-9, 4e-7) == "fewer than 1"
    assert voice.range_per_million(1e-9, 5e-6) == "fewer than 1 to 5"
