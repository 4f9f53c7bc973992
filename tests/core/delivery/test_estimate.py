"""The one estimate on the shipped evidence: what must hold for any pair, and the orders that the field agrees on."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery.constants import DEFAULT
from core.delivery.estimate import Posterior, estimate, estimate_all
from core.delivery.question import Question
from core.delivery.sentence import sentence
from core.errors import InputError
from core.pack.pack import Pack
from core.results import Delivered


def ask(pack: Pack, route: str, target: str, **more: object) -> Posterior:
    return estimate(pack, Question(route, target, **more))  # type: ignore[arg-type]


def roles(delivered: Delivered) -> dict[str, str]:
    return {use.id: use.role for use in delivered.studies}


def test_every_pair_has_an_estimate_with_its_uncertainty(pack: Pack) -> None:
    for target in pack.targets:
        for route in pack.routes:
            found = ask(pack, route, target)
            delivered = found.delivered()
            assert 1e-9 <= delivered.low < delivered.high <= 1 - 1e-6
            assert delivered.low <= delivered.median <= delivered.high
            assert 0 <= delivered.measured_share <= 1
            if delivered.basis == "modelled":
                assert "Modelled, not measured" in sentence(found)
                assert delivered.measured_share == 0


@pytest.mark.parametrize("cells", ["bm_msc", "bm_mnc", "cd34"])
def test_heart_wall_above_coronary_artery_above_vein(pack: Pack, cells: str) -> None:
    into, coronary, vein = (
        ask(pack, route, "myocardium", cells=cells).median for route in ("transendocardial", "intracoronary", "iv")
    )
    assert into > coronary > vein
    assert ask(pack, "transepicardial", "myocardium", cells=cells).median > coronary


def test_guided_needle_above_landmark_above_vein(pack: Pack) -> None:
    guided = ask(pack, "intra_articular", "knee_joint", guidance="ultrasound")
    landmark = ask(pack, "intra_articular", "knee_joint", guidance="none")
    vein = ask(pack, "iv", "knee_joint")
    assert (guided.share >= landmark.share).mean() > 0.85
    assert landmark.median > 1000 * vein.median
    assert 1e-5 < vein.median < 1e-3
    low, high = vein.interval()
    assert high / low > 100
    assert 0.85 < guided.median < 0.97
    assert guided.delivered().placement == pytest.approx(0.958, abs=0.02)


def test_needle_alone_is_no_measurement(pack: Pack) -> None:
    found = ask(pack, "intra_articular", "knee_joint", guidance="ultrasound")
    delivered = found.delivered()
    assert (delivered.basis, delivered.measured_share) == ("modelled", 0.0)
    assert delivered.placement_measured
    assert roles(delivered)["berkoff-2012"] == "placement"
    assert "needle measured, staying assumed" in sentence(found)


def test_brain_by_vein_shows_whole_cells_and_label(pack: Pack) -> None:
    delivered = ask(pack, "iv", "brain").delivered()
    uses = {use.id: use for use in delivered.studies}
    assert uses["harting-2009"].role == "carried_back"
    assert uses["harting-2009"].value == pytest.approx(5e-6, rel=1e-6)
    assert pack.studies["harting-2009"].read == "secondary"
    assert uses["detante-2009"].role == "pooled"
    assert uses["detante-2009"].value == pytest.approx(2.14e-4, rel=0.05)
    assert uses["turtzo-2015"].role in ("bound", "carried_back")
    assert uses["turtzo-2015"].value is None
    assert delivered.low < 5e-6 * 2
    assert delivered.high > 2.14e-4


def test_lung_by_vein_is_high_and_names_what_drives_the_vein(pack: Pack) -> None:
    lung = ask(pack, "iv", "lung")
    assert lung.median > 0.25
    assert "gets through the lungs" in sentence(lung)
    assert "gets through the lungs" not in sentence(ask(pack, "iv", "lung", cells="bm_mnc"))
    assert "gets through the lungs" not in sentence(ask(pack, "intra_articular", "knee_joint"))


def test_lung_passage_spans_counts_and_label(pack: Pack) -> None:
    from core.delivery.parameters import Parameters, Setting

    for readout in ("label", "cells"):
        drawn = Parameters(pack, Setting("large", "human", readout)).draw("lung_passage")
        low, high = np.quantile(drawn, [0.05, 0.95])
        assert low == pytest.approx(0.02, abs=0.002)
        assert high == pytest.approx(0.9, abs=0.01)


def test_disc_by_vein_is_an_upper_bound(pack: Pack) -> None:
    found = ask(pack, "iv", "intervertebral_disc")
    delivered = found.delivered()
    assert delivered.below
    assert delivered.high < 1e-6
    assert "fewer than 1 of a million" in sentence(found)
    assert not ask(pack, "intradiscal", "intervertebral_disc").below


def test_hours_decide_what_is_told(pack: Pack) -> None:
    for hours, kind, readout in ((0, "delivered", "label"), (24, "delivered", "label"), (25, "retained", "living")):
        delivered = ask(pack, "intra_articular", "knee_joint", hours=hours).delivered()
        assert (delivered.kind, delivered.readout, delivered.hours) == (kind, readout, hours)
    assert ask(pack, "iv", "lung", hours=1, readout="living").delivered().readout == "living"
    assert ask(pack, "iv", "lung", hours=100, readout="label").delivered().readout == "label"


@pytest.mark.parametrize("readout", ["label", "living"])
@pytest.mark.parametrize(
    ("route", "target"), [("intra_articular", "hip_joint"), ("iv", "lung"), ("transepicardial", "myocardium")]
)
def test_what_is_local_or_stuck_only_falls(pack: Pack, route: str, target: str, readout: str) -> None:
    medians = [
        float(np.median(ask(pack, route, target, hours=hours, readout=readout).logits))
        for hours in (0, 1, 2, 6, 12, 24)
    ]
    assert (np.diff(medians) <= 1e-12).all()
    assert ask(pack, route, target, hours=720).median < ask(pack, route, target, hours=48).median


def test_a_study_counts_once_and_later_figures_count_later(pack: Pack) -> None:
    early = ask(pack, "intra_articular", "knee_joint", cells="ad_msc").delivered()
    late = ask(pack, "intra_articular", "knee_joint", cells="ad_msc", hours=720).delivered()
    assert roles(early)["toupet-2013"] == "shown"
    assert roles(late)["toupet-2013"] == "pooled"
    assert late.low < 0.15 < late.high
    for delivered in (early, late):
        ids = [use.id for use in delivered.studies]
        assert len(ids) == len(set(ids))


def test_weights_of_pooled_studies_sum_to_one(pack: Pack) -> None:
    pairs = (("intracoronary", "myocardium"), ("iv", "brain"), ("iv", "lung"), ("hepatic_artery", "liver"))
    for route, target in pairs:
        weights = [use.weight for use in ask(pack, route, target).delivered().studies if use.weight is not None]
        assert sum(weights) == pytest.approx(1.0, abs=1e-6)


def test_leaving_each_study_out_works_everywhere(pack: Pack) -> None:
    pairs = {(m.route, m.target, m.cells) for m in pack.file.measurements if m.route is not None}
    for route, target, cells in sorted(pairs):
        whole = ask(pack, route, target, cells=cells)
        for use in whole.studies:
            without = ask(pack, route, target, cells=cells, without=frozenset({use.id}))
            assert use.id not in roles(without.delivered())
            if use.role in ("pooled", "carried_back"):
                assert not np.array_equal(without.logits, whole.logits)


def test_constants_fall_back_when_their_study_is_left_out(pack: Pack) -> None:
    whole = ask(pack, "intra_arterial", "skeletal_muscle")
    constant = next(p for p in pack.file.parameters if p.name == "first_contact" and "toma-2009" in p.studies)
    assert constant.fallback is not None
    without = ask(pack, "intra_arterial", "skeletal_muscle", without=frozenset({"toma-2009"}))
    assert "toma-2009" not in roles(without.delivered())
    low, high = without.interval()
    assert low < whole.interval()[0]
    assert high - low > 0


def test_flow_shares_without_their_source_are_a_guess(pack: Pack) -> None:
    source = next(flows.studies[0] for flows in pack.file.flow_sets if flows.species == "human")
    whole = ask(pack, "left_ventricular", "kidney")
    without = ask(pack, "left_ventricular", "kidney", without=frozenset({source}))
    assert np.std(without.logits) > np.std(whole.logits)


def test_a_pooled_study_is_not_used_a_second_time_in_a_constant(pack: Pack) -> None:
    posterior = ask(pack, "intracoronary", "myocardium", cells="bm_mnc")
    pooled = {use.id for use in posterior.studies if use.role == "pooled"}
    behind = {s for p in posterior.pair.parameters for s in pack.parameters[p].studies}
    assert "hofmann-2005" in pooled
    assert not pooled & behind


def test_measured_share_follows_the_definition(pack: Pack) -> None:
    posterior = ask(pack, "intracoronary", "myocardium")
    assert posterior.pair.pooled is not None
    expected = 1 - (posterior.pair.pooled.mu_sd / posterior.pair.model_sd) ** 2
    assert posterior.measured_share == pytest.approx(expected)
    assert posterior.basis == "measured"


def test_what_was_measured_at_first_says_less_of_later(pack: Pack) -> None:
    shares = [
        ask(pack, "intracoronary", "myocardium", cells="bm_mnc", hours=hours).measured_share for hours in (1, 24, 720)
    ]
    assert shares[0] > shares[1] > shares[2] > 0


def test_small_cells_pass_the_lungs_and_large_ones_never_pool_with_them(pack: Pack) -> None:
    large, small = ask(pack, "iv", "lung", cells="bm_msc"), ask(pack, "iv", "lung", cells="bm_mnc")
    assert small.median < large.median / 3
    assert "gholamrezanezhad-2011" in roles(large.delivered())
    assert roles(small.delivered()).get("gholamrezanezhad-2011") == "shown"


def test_pig_lungs_never_speak_for_human_ones(pack: Pack) -> None:
    uses = {use.id: use for use in ask(pack, "intracoronary", "lung", cells="pb_mnc").delivered().studies}
    assert uses["hou-2005"].role == "shown"
    assert "pig" in (uses["hou-2005"].why or "")
    own = ask(pack, "intracoronary", "lung", cells="pb_mnc", species="pig").delivered()
    assert roles(own)["hou-2005"] == "pooled"


def test_another_species_makes_its_own_studies_direct(pack: Pack) -> None:
    man, rat = ask(pack, "iv", "lung"), ask(pack, "iv", "lung", species="rat")
    extra = {e.study: e.extra for e in man.pair.gathered.effects}
    direct = {e.study: e.extra for e in rat.pair.gathered.effects}
    assert extra["arbab-2012"] > direct["arbab-2012"]
    assert direct["gholamrezanezhad-2011"] > extra["gholamrezanezhad-2011"]


def test_draws_keep_the_same_bodies_in_all_procedures(pack: Pack) -> None:
    knee, hip = estimate_all(pack, [Question("iv", "knee_joint"), Question("iv", "hip_joint")])
    needle = ask(pack, "intra_articular", "knee_joint")
    assert np.corrcoef(knee.logits, hip.logits)[0, 1] > 0.6
    assert abs(np.corrcoef(knee.logits, needle.logits)[0, 1]) < 0.2
    brain = ask(pack, "iv", "brain")
    assert brain.pair.pooled is not None
    assert np.corrcoef(knee.logits, brain.logits)[0, 1] > 0.5


def test_the_same_question_twice_gives_the_same_bytes(pack: Pack) -> None:
    from core.delivery import estimate as module

    question = Question("iv", "brain", hours=48)
    first = estimate(pack, question)
    module._estimate.cache_clear()
    module.pair_of.cache_clear()
    again = estimate(pack, question)
    assert first is not again
    assert first.logits.tobytes() == again.logits.tobytes()
    assert first.delivered() == again.delivered()


@settings(max_examples=40, deadline=None)
@given(hours=st.floats(0, 720), data=st.data())
def test_any_hour_of_any_pair_is_finite_and_held(pack: Pack, hours: float, data: st.DataObject) -> None:
    route = data.draw(st.sampled_from(sorted(pack.routes)))
    target = data.draw(st.sampled_from(sorted(pack.targets)))
    cells = data.draw(st.sampled_from(sorted(pack.cells)))
    species = data.draw(st.sampled_from(sorted(pack.species)))
    posterior = ask(pack, route, target, cells=cells, species=species, hours=hours)
    assert np.isfinite(posterior.logits).all()
    assert (posterior.share >= 1e-9).all()
    assert (posterior.share <= 1 - 1e-6).all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"route": "teleport"}, {"target": "soul"}, {"cells": "marbles"}, {"species": "unicorn"},
        {"guidance": "dowsing"}, {"guidance": "stereotaxy"}, {"condition": "ennui"}, {"procedure": "magic"},
        {"hours": -1}, {"hours": 721}, {"hours": math.nan}, {"hours": math.inf}, {"readout": "x"},
        {"without": frozenset({"nobody-1900"})},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_a_sentence(pack: Pack, wrong: dict[str, object]) -> None:
    question = msgspec.structs.replace(Question("intra_articular", "knee_joint"), **wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError) as error:
        estimate(pack, question)
    assert error.value.message.endswith((".", "?"))


def test_wider_constants_give_wider_intervals(pack: Pack) -> None:
    question = Question("intracoronary", "myocardium")
    low, high = estimate(pack, question, DEFAULT).interval()
    wide_low, wide_high = estimate(pack, question, DEFAULT.scaled(2.0, 2.0)).interval()
    assert wide_low < low
    assert wide_high > high


@pytest.mark.parametrize("cells", ["bm_msc", "bm_mnc", "platelets"])
def test_orders_of_all_targets(pack: Pack, cells: str) -> None:
    """A needle that is seen is never behind a blind one; needle and own artery are never behind a vein."""
    from core.delivery.placement import kind_of

    for target in pack.targets:
        procedures = pack.procedures_of(target)
        medians = [
            ask(pack, p.route, target, guidance=p.guidance, cells=cells, procedure=p.id).median for p in procedures
        ]
        vein = max((m for p, m in zip(procedures, medians, strict=True) if p.route == "iv"), default=0.0)
        for p, m in zip(procedures, medians, strict=True):
            if pack.routes[p.route].family in ("local", "arterial"):
                assert m > vein, (target, p.id)
            blind = [
                other
                for q, other in zip(procedures, medians, strict=True)
                if q.route == p.route and kind_of(q.guidance) == "unguided"
            ]
            if kind_of(p.guidance) != "unguided":
                assert all(m >= other for other in blind), (target, p.id)


@pytest.mark.parametrize(
    ("route", "target"),
    [
        ("iv", "lung"),
        ("iv", "liver"),
        ("iv", "kidney"),
        ("intracoronary", "myocardium"),
        ("intra_articular", "knee_joint"),
        ("intrathecal", "spinal_cord"),
    ],
)
def test_fewer_cells_live_than_are_there(pack: Pack, route: str, target: str) -> None:
    for hours in (0, 0.5, 1, 6, 24, 72, 240, 720):
        living, label = (ask(pack, route, target, hours=hours, readout=one).delivered() for one in ("living", "label"))
        assert living.median <= label.median * (1 + 1e-9), hours
        assert living.high <= label.high * (1 + 1e-9), hours
        if hours >= 1:
            assert living.median < label.median, hours


@pytest.mark.parametrize("readout", ["label", "living"])
@pytest.mark.parametrize(
    ("route", "target"),
    [
        ("intra_articular", "knee_joint"),
        ("intraparenchymal", "brain"),
        ("transendocardial", "myocardium"),
        ("iv", "lung"),
    ],
)
def test_the_first_day_ends_without_a_step_upwards(pack: Pack, route: str, target: str, readout: str) -> None:
    """Other studies count after a day than before; what fell until then does not rise because of that."""
    day, after, later = (ask(pack, route, target, hours=h, readout=readout).median for h in (24, 24.1, 72))
    assert day >= after >= later


def test_a_count_below_one_is_told_without_about(pack: Pack) -> None:
    found = ask(pack, "iv", "lung", hours=720)
    assert found.delivered().high < 1e-6
    said = sentence(found)
    assert said.startswith("Fewer than 1 of a million cells alive in the target 720 hours after delivery; ")
    assert "between fewer than 1" not in said
    assert "whole cells days later" not in said
