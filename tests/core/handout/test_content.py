"""What the handout says, from a recommendation made by hand: columns, harms, numbers, verdicts, words."""

import re

import pytest
from msgspec import to_builtins
from msgspec.structs import replace
from msgspec.structs import replace as changed

from core.consult import Consult
from core.errors import InputError, PackError
from core.handout.content import handout
from core.handout.draw import render
from core.handout.evidence import count_of
from core.handout.harms import arrays, weighed
from core.handout.model import Handout, HandoutOptions
from core.handout.plain import cell_text, plain_text
from core.handout.review import digest_of
from core.handout.runs import said
from core.handout.say import Say, two_figures
from core.numbers import grouped
from core.results import Caution, Certainty, Recommendation, StudyUse
from tests.core.handout.sample import delivered, sample_handout, sample_pack, sample_recommendation


def _row(made: Handout, key: str) -> list[str]:
    row = next(row for row in made.rows if row.key == key)
    return [cell_text(cell) for cell in row.cells]


def _with(
    first: dict[str, object] | None = None, asked: dict[str, object] | None = None, **fields: object
) -> Recommendation:
    """The sample's recommendation with fields of its first and of its asked option changed."""
    found = sample_recommendation()
    options = (changed(found.options[0], **(first or {})), changed(found.options[1], **(asked or {})))
    return changed(found, options=options, **fields)


def _made(found: Recommendation, **options: object) -> Handout:
    return handout(sample_pack(), found, HandoutOptions(**options))  # type: ignore[arg-type]


def test_no_cell_treatment_comes_first_then_the_picked_then_the_asked() -> None:
    made = sample_handout()
    assert [column.key for column in made.columns] == ["none", "intra_articular_ultrasound", "iv_none"]
    assert said(made.columns[2].marks[0]) == "(the way you asked about)"


def test_the_clinician_picks() -> None:
    made = sample_handout(picked=("iv_none",))
    assert [column.key for column in made.columns] == ["none", "iv_none"]
    with pytest.raises(InputError, match="none of the procedures"):
        sample_handout(picked=("intradiscal_ct",))


def test_without_an_asked_route_nothing_says_you_asked() -> None:
    found = changed(
        sample_recommendation(), asked=None, consult=Consult(condition="knee", target="knee_joint", jurisdiction="us")
    )
    text = plain_text(_made(found))
    assert "asked" not in text
    assert "vein" not in text


def test_every_row_answers_for_every_column() -> None:
    made = sample_handout()
    keys = [row.key for row in made.rows]
    assert keys == ["what", "help", "harm", "harm_each", "cells", "still", "day", "sure"]
    for row in made.rows:
        for number in range(len(made.columns)):
            assert cell_text(row.cell(number)).strip()


def test_one_denominator_in_a_row() -> None:
    made = sample_handout()
    cells = next(row for row in made.rows if row.key == "cells").cells
    assert [cell.figure for cell in cells] == ["", "860\u202f000 of a million", "100 of a million"]
    near = _made(_with(asked={"delivered": delivered(0.03, 0.01, 0.1)}))
    cells = next(row for row in near.rows if row.key == "cells").cells
    assert [cell.figure for cell in cells] == ["", "86 of 100", "3 of 100"]


def test_dots_are_of_a_hundred_and_said_in_words() -> None:
    cells = next(row for row in sample_handout().rows if row.key == "cells").cells
    assert cells[0].dots is None
    assert cells[1].dots is not None
    assert cells[1].dots.filled == 86
    assert "86 of the 100 dots are filled" in cells[1].dots.alt
    assert cells[2].dots is not None
    assert cells[2].dots.filled == 0
    assert "fewer than 1 of 100" in cells[2].dots.alt


def test_nearly_all_is_never_printed_as_all() -> None:
    made = _made(
        _with(first={"delivered": delivered(0.999, 0.9, 0.9999)}, asked={"delivered": delivered(0.03, 0.01, 0.1)})
    )
    assert _row(made, "cells")[1].startswith("99 of 100, likely 90 to 99")
    assert count_of(0.999, 1_000_000) == 990_000
    assert count_of(1.0, 100) == 100


def test_a_bound_is_printed_as_one() -> None:
    made = _made(_with(asked={"delivered": delivered(1e-7, 1e-9, 1e-6, below=True)}))
    assert _row(made, "cells")[2].startswith("Fewer than 1 of a million.")
    assert "likely" not in _row(made, "cells")[2]


def test_later_counts_name_time_and_species() -> None:
    still = _row(sample_handout(), "still")
    assert "15 of 100 after 4 weeks, in mice" in still[1]
    assert still[2] == "Nobody has measured this, as far as we found."


def test_what_was_measured_in_another_way_is_not_called_unmeasured() -> None:
    other = {
        "id": "m2",
        "study": "toupet2013",
        "route": "iv",
        "target": "knee_joint",
        "species": "mouse",
        "cells": "ad_msc",
    }
    other |= {
        "readout": "label",
        "method": "light",
        "denominator": "initial_signal",
        "value": 0.4,
        "time_h": 72.0,
        "where": "x",
    }
    file = sample_pack().file
    pack = sample_pack(measurements=[to_builtins(one) for one in file.measurements] + [other])
    made = handout(pack, sample_recommendation(), HandoutOptions())
    assert _row(made, "still")[2] == "Measured, but not as a share of the cells given."


def test_model_needle_and_counts_are_told_apart() -> None:
    sure = _row(sample_handout(), "sure")
    assert sure[1].startswith("The needle was checked in people. How many cells stay is a guess.")
    assert sure[2].startswith("A guess from a model, not a count.")
    counted = delivered(
        0.02, 0.01, 0.04, basis="both", studies=(StudyUse(id="toupet2013", role="pooled", species="mouse"),)
    )
    made = _made(_with(asked={"delivered": counted, "certainty": Certainty(level="low", reasons=())}))
    assert _row(made, "sure")[2] == "Cells were counted in mice. The number may be far off."


def test_harms_of_every_way_stand_once_and_none_is_lost() -> None:
    made = sample_handout()
    both, each = _row(made, "harm"), _row(made, "harm_each")
    hip = "Getting the cells: Cells are taken from your hip bone first. How often is not known: pain at the hip bone."
    assert both == ["Side effects of pain pills.", hip]
    assert each[0] == "No cells are given."
    counted = "Among 2\u202f372 people treated at joints and backs, 13 had a serious problem, maybe from it (maker's or"
    assert counted in each[1]
    assert "An infected joint: none of 30 people. It could still be up to 10 of 100." in each[1]
    assert "More often with cells: fever." in each[2]
    assert "Not ruled out: blood clots." in each[2]
    assert "Seen in single cases: death." in each[2]
    everything = " ".join(both + each)
    for event in ("pain at the hip bone", "a sore joint for days", "fever", "blood clots", "death"):
        assert event in everything


def test_no_ratio_and_no_rate_of_cases_reaches_the_patient() -> None:
    text = plain_text(sample_handout())
    assert not re.search(r"2\.48|4\.86|1\.1\b|\b3 (people|cases)", text)


def test_no_known_harm_is_said_as_such() -> None:
    made = handout(sample_pack(harms=[]), sample_recommendation(), HandoutOptions())
    assert _row(made, "harm")[1].endswith("We found no count of the harms.")
    alone = handout(sample_pack(harms=[]), changed(sample_recommendation(), asked=None), HandoutOptions())
    assert _row(alone, "harm")[1].endswith("We found no count of the harms.")


def test_what_has_a_figure_is_not_also_unknown() -> None:
    harms = [
        changed(sample_pack().harms["h3"], id="h9", kind="unknown", cause="procedure", ratio=None, low=None, high=None)
    ]
    assert [harm.id for harm in weighed([sample_pack().harms["h3"], *harms])] == ["h3"]
    assert [harm.id for harm in weighed(harms)] == ["h9"]


def test_arrays_have_one_denominator_and_both_sides() -> None:
    pack = sample_pack()
    (array,) = arrays(Say(pack, "en"), list(pack.file.harms))
    assert (array.filled, array.total, array.people) == (5, 1000, True)
    assert "about 5 of 1\u202f000; the other 995 did not have it" in said(array.caption)


@pytest.mark.parametrize(
    ("certainty", "shown", "words"),
    [
        ("high", True, "Trials show that it helps some people."),
        ("moderate", True, "It probably helps some people."),
        ("low", True, "It may help some people."),
        ("very_low", True, "We do not know if it helps."),
        ("high", False, "Not shown to help yet."),
    ],
)
def test_the_verb_of_a_benefit_follows_its_certainty(certainty: str, shown: bool, words: str) -> None:
    record = {"id": "b1", "condition": "knee", "finding": "x", "study": "toupet2013"}
    pack = sample_pack(benefits=[record | {"certainty": certainty, "shown": shown}])
    made = handout(pack, sample_recommendation(), HandoutOptions())
    assert _row(made, "help")[1].startswith(words)


def test_without_a_trial_there_is_no_proof() -> None:
    made = handout(sample_pack(benefits=[]), sample_recommendation(), HandoutOptions())
    assert _row(made, "help")[1:] == ["Not shown to help yet. We found no proof."] * 2


def test_where_to_report_harm_is_linked_only_to_plain_https() -> None:
    for address, linked in (
        ("https://example.org/report", True),
        ("http://example.org", False),
        ("javascript:x", False),
    ):
        pack = sample_pack(jurisdictions=[{"id": "us", "authority": "FDA", "report_url": address}])
        made = handout(pack, sample_recommendation(), HandoutOptions())
        links = [run.address for part in made.help.paragraphs for run in part if run.address]
        assert links == ([address] if linked else [])
        assert ("/URI" in render(made).decode("latin-1")) == linked


def test_nothing_reaches_is_said_and_fills_no_column() -> None:
    made = _made(changed(sample_recommendation(), verdict="nothing_reaches", first=None))
    assert [column.key for column in made.columns] == ["none", "iv_none"]
    assert made.nothing is not None
    assert "can be used here now" in said(made.nothing.paragraphs[0])


def test_what_was_never_tried_in_people_never_stands_on_the_sheet() -> None:
    found = _with(asked={"status": "not_tried_in_people"})
    made = _made(found)
    assert [column.key for column in made.columns] == ["none", "intra_articular_ultrasound"]
    assert made.nothing is not None
    assert "nobody has tried" in said(made.nothing.paragraphs[0])
    with pytest.raises(InputError, match="never tried in people"):
        _made(found, picked=("iv_none",))


def test_with_no_way_at_all_the_sheet_still_stands() -> None:
    found = changed(_with(asked={"status": "not_tried_in_people"}), verdict="nothing_reaches", first=None)
    made = _made(found)
    assert [column.key for column in made.columns] == ["none"]
    assert [row.key for row in made.rows] == ["what", "help", "harm"]
    assert plain_text(made)


def test_a_way_that_is_closed_or_elsewhere_says_so() -> None:
    caution = Caution(factor="clot", text="x", severity="absolute")
    closed = _made(_with(asked={"status": "not_for_this_patient", "cautions": (caution,)}))
    assert [said(mark) for mark in closed.columns[2].marks][1].startswith("Not for you now:")
    elsewhere = _made(_with(asked={"status": "refer"}))
    assert said(elsewhere.columns[2].marks[1]) == "Not done here. You would go to another clinic."


def test_where_delivery_does_not_decide_the_sheet_says_so() -> None:
    found = changed(sample_recommendation(), verdict="delivery_does_not_decide", first=None)
    assert "may work from far away" in plain_text(_made(found))


def test_an_emergency_is_not_for_the_first_hours() -> None:
    condition = {"id": "knee", "system": "joints", "icd10": ["M17"], "targets": ["knee_joint"], "emergency": True}
    pack = sample_pack({"condition.knee.relative": "If you decide for someone else, ask us."}, conditions=[condition])
    made = handout(pack, sample_recommendation(), HandoutOptions())
    assert said(made.warnings[0]) == (
        "This sheet is not for the first hours. In an emergency, call for help now. "
        "If you decide for someone else, ask us."
    )


def test_after_its_expiry_the_sheet_says_so() -> None:
    assert sample_handout(date="2027-11-24").warnings == ()
    late = sample_handout(date="2027-11-25")
    assert "until 24 Nov 2027" in said(late.warnings[0])
    assert said(late.approved.paragraphs[1]) == "Not checked since Nov 2026. Ask again."


def test_the_date_is_given_never_the_clock() -> None:
    assert sample_handout().date == "24 Nov 2026"
    assert sample_handout(date="2027-02-03").date == "3 Feb 2027"


def test_unreviewed_spanish_says_so_and_brings_its_twin() -> None:
    made = sample_handout(language="es")
    assert "intérprete" in made.banner
    assert made.twin is not None
    assert made.twin.language == "en"
    assert made.twin.rows[0].cells[1] == sample_handout().rows[0].cells[1]
    assert sample_handout().banner == ""


def _signed() -> dict[str, str]:
    """The sign-off of the Spanish sample as it is."""
    digest = digest_of(sample_pack(), "es")
    return {"language": "es", "name": "A", "role": "B", "date": "2026-11-24", "digest": digest}


def test_spanish_signed_off_exactly_as_it_is_stands_alone() -> None:
    made = handout(sample_pack(signoffs=[_signed()]), sample_recommendation(), HandoutOptions(language="es"))
    assert made.banner == ""
    assert made.twin is None


def test_a_changed_text_loses_its_signoff() -> None:
    pack = sample_pack({"route.iv.what": "Otra cosa."}, signoffs=[_signed()])
    made = handout(pack, sample_recommendation(), HandoutOptions(language="es"))
    assert made.twin is not None


def test_numbers_part_alike_in_both_languages_and_the_window() -> None:
    assert "2\u202f372 people" in plain_text(sample_handout())
    assert Say(sample_pack(), "en").number(1234567) == grouped(1234567) == "1\u202f234\u202f567"
    assert "2\u202f372 personas" in plain_text(replace(sample_handout(language="es"), twin=None))
    assert Say(sample_pack(), "es").number(1234567) == "1\u202f234\u202f567"


@pytest.mark.parametrize(
    ("value", "rounded"), [(0.4, 0), (0.6, 1), (9.4, 9), (86.4, 86), (99.6, 100), (12345, 12000), (995, 1000)]
)
def test_two_figures(value: float, rounded: int) -> None:
    assert two_figures(value) == rounded


def test_every_study_that_is_cited_is_listed() -> None:
    made = sample_handout()
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", plain_text(made).split("WHERE THE NUMBERS")[0])}
    assert cited <= {source.number for source in made.sources}
    assert [source.number for source in made.sources] == list(range(1, len(made.sources) + 1))
    assert all(source.address.startswith("https://") for source in made.sources)


def test_a_missing_text_is_named() -> None:
    pack = sample_pack()
    del pack.file.texts["en"]["route.iv.what"]
    with pytest.raises(PackError, match=re.escape("route.iv.what")):
        handout(pack, sample_recommendation(), HandoutOptions())


def test_typed_text_that_is_too_long_is_refused() -> None:
    for field, length in (("patient", 81), ("clinician", 81), ("note", 2001), ("letterhead", 121)):
        with pytest.raises(InputError, match="Shorten"):
            sample_handout(**{field: "x" * length})


def test_own_questions_follow_the_fixed_ones() -> None:
    items = [said(item) for item in sample_handout(questions=("<b>Why?</b>", " ", "And\nthen?")).questions.items]
    assert items[-2:] == ["<b>Why?</b>", "And then?"]


def test_no_typed_line_is_left_out_unsaid() -> None:
    assert len(sample_handout(letterhead="a\n\nb\nc\n").clinic) == 3
    with pytest.raises(InputError, match="letterhead has 4 lines"):
        sample_handout(letterhead="a\nb\nc\nd")
    with pytest.raises(InputError, match="questions has 6 lines"):
        sample_handout(questions=("a?", "b?", "c?", "d?", "e?", "f?"))


def test_a_way_that_another_clinic_has_and_that_brings_more_cells_is_told_of() -> None:
    told = "Another clinic may have a way that brings more cells"
    assert told not in plain_text(sample_handout(picked=("iv_none",)))
    away = _made(_with(first={"status": "refer"}), picked=("iv_none",))
    assert told in plain_text(away)
    shown = _made(_with(first={"status": "refer"}), picked=("intra_articular_ultrasound",))
    assert told not in plain_text(shown)  # its column says so
    less = _made(_with(first={"status": "refer", "delivered": delivered(1e-6, 1e-7, 1e-5)}), picked=("iv_none",))
    assert told not in plain_text(less)


def test_what_is_true_of_the_patient_and_asks_for_care_stands_under_the_name_of_the_way() -> None:
    warned = Caution(factor="warfarin", text="", severity="relative")
    made = _made(_with(first={"cautions": (warned, warned)}))
    assert [said(mark) for mark in made.columns[1].marks] == ["Needs extra care: warfarin"]
    known = _with(first={"cautions": (warned,)}, implied={"warfarin": "yes"})
    assert not _made(known).columns[1].marks  # the sheet is about it
    noted = _with(first={"cautions": (changed(warned, severity="note"),)})
    assert not _made(noted).columns[1].marks
