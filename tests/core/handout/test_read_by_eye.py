"""What a reader stumbled over on paper, each once: it must not come back."""

import re

import pypdfium2
import pytest
from msgspec.structs import replace

from core.consult import make_consult
from core.handout.choice import shown_options
from core.handout.content import handout
from core.handout.draw import _Sheet, render
from core.handout.flow import Beside
from core.handout.lines import Style, break_lines
from core.handout.model import Handout, HandoutOptions
from core.handout.plain import every_text, plain_text
from core.handout.preview import page_count
from core.handout.runs import plain, said
from core.handout.say import Say
from core.handout.sources import Sources
from core.handout.table import Table
from core.pack import types as t
from core.pack.pack import Pack
from core.recommend import recommend
from tests.core.handout.looking import text_of
from tests.core.handout.sample import sample_pack, sample_recommendation
from tests.core.handout.test_content import _row, _with


def _sheet(pack: Pack, condition: str, options: HandoutOptions | None = None, **consult: object) -> Handout:
    found = recommend(pack, make_consult(pack, condition, **consult))  # type: ignore[arg-type]
    return handout(pack, found, options or HandoutOptions())


def _four(pack: Pack, language: str) -> Handout:
    """No cells, two ways straight into the brain, and a vein: four columns."""
    found = recommend(pack, make_consult(pack, "ischaemic_stroke", asked="iv"))
    first = [option.procedure for option in shown_options(found) if not option.asked]
    others = [o.procedure for o in found.options if o.route == "intraparenchymal" and o.procedure not in first]
    return handout(pack, found, HandoutOptions(language=language, picked=(*first, others[0])))


def test_more_cells_later_than_at_first_is_explained() -> None:
    (share,) = [m.value for m in sample_pack().file.measurements]
    for median, told in ((0.1, True), (0.2, False)):
        found = _with(first={"delivered": replace(sample_recommendation().options[0].delivered, median=median)})
        row = _row(handout(sample_pack(), found, HandoutOptions()), "still")[1]
        assert ("may have come there later" in row) == told, (share, row)


def test_harms_that_name_nothing_are_not_listed_as_harms(pack: Pack) -> None:
    told = plain_text(_sheet(pack, "chronic_kidney_disease", asked="iv")) + plain_text(
        _sheet(pack, "knee_osteoarthritis")
    )
    assert "We found no count of other harms." in told
    assert "other harm from this way" not in told
    assert "any unwanted event" not in told


def test_every_trial_is_told_in_plain_words(pack: Pack) -> None:
    for benefit in pack.file.benefits:
        for language in ("en", "es"):
            assert pack.has_text(language, f"benefit.{benefit.id}.plain"), benefit.id


def test_a_sheet_names_its_own_place_only(pack: Pack) -> None:
    stroke, cord = _four(pack, "en"), _sheet(pack, "spinal_cord_injury")
    assert stroke.columns[1].name.startswith("Straight into the brain")
    assert cord.columns[1].name.startswith("Straight into the spinal cord")
    assert "brain or" not in plain_text(stroke)
    for procedure in pack.file.procedures:
        for language in ("en", "es"):
            for field in ("name", "plain", "what"):
                assert "{" not in Say(pack, language).route(procedure.route, field, "x")


@pytest.mark.parametrize(("language", "total"), [("en", "of a million"), ("es", "de un millón")])
def test_a_number_and_what_it_is_of_are_not_parted(pack: Pack, language: str, total: str) -> None:
    made = _sheet(pack, "knee_osteoarthritis", HandoutOptions(language=language), asked="iv")
    document = pypdfium2.PdfDocument(render(replace(made, twin=None)))
    lines = "\n".join(page.get_textpage().get_text_bounded() for page in document).replace("\xa0", " ").splitlines()
    assert any(line.rstrip().endswith(total) for line in lines)
    assert not [line for line in lines if re.fullmatch(r"[\d\s]+(of|of a|de|de un)\s*", line)]
    assert any("1 hour" in line or "1 hora" in line for line in lines)


def test_a_short_range_stays_on_one_line(pack: Pack) -> None:
    made = _sheet(pack, "critical_limb_ischaemia", HandoutOptions(language="es"), asked="intra_arterial")
    document = pypdfium2.PdfDocument(render(replace(made, twin=None)))
    lines = [
        line.replace("\xa0", " ") for page in document for line in page.get_textpage().get_text_bounded().splitlines()
    ]
    assert any(re.search(r"\b24 a 92\b", line) for line in lines)
    assert any(line.strip() == "¿sí o no, y cómo?" for line in lines)


def test_a_telephone_number_stays_on_one_line() -> None:
    for width in range(100, 300, 7):
        lines = [
            said(line) for line in break_lines(plain("Tell us. Phone: 955 010 010. Now."), Style(12.5, 16.25), width)
        ]
        assert any("955 010 010" in line for line in lines), lines


def test_no_word_stands_alone_below_a_heading_that_runs_in(pack: Pack) -> None:
    made = _sheet(pack, "knee_osteoarthritis", HandoutOptions(date=pack.date), asked="iv", jurisdiction="us")
    document = pypdfium2.PdfDocument(render(made))
    lines = [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    assert not [line for line in lines if line.strip() == "years."]


def test_there_is_a_line_for_the_clinician() -> None:
    made = handout(sample_pack(), sample_recommendation(), HandoutOptions())
    assert f"Talked through with: {'_' * 24}" in text_of(render(made))


def test_more_than_two_sides_leave_nothing_out_for_which_there_is_room(pack: Pack) -> None:
    made = replace(_four(pack, "es"), twin=None)
    text = text_of(pdf := render(made))
    assert page_count(pdf) == 3
    assert "[1]-[" not in text
    assert all(said(part).split(". ")[0] in text for part in made.course.paragraphs)


def test_what_is_said_of_several_ways_in_the_same_words_stands_once(pack: Pack) -> None:
    text = text_of(render(_four(pack, "en")))
    assert text.count("16 had headache") == 1
    assert "with an MRI scan; Straight into the brain, with a frame" in text


def test_a_picture_and_its_figure_stay_together(pack: Pack) -> None:
    for made in (_four(pack, "en"), _four(pack, "es").twin, _sheet(pack, "als", HandoutOptions(size="large"))):
        for side in _Sheet(made).plan():
            for table in [placed.block for placed in side if isinstance(placed.block, Table)]:
                cells = [cell for row in table.rows for cell in row.cells]
                assert all(isinstance(block, Beside) for cell in cells for block in cell if hasattr(block, "picture"))
                assert not [block for cell in cells for block in cell if type(block).__name__ == "Picture"]


def test_no_row_of_a_table_stands_alone_under_its_headers(pack: Pack) -> None:
    alone = []
    for number, condition in enumerate(pack.file.conditions):
        options = HandoutOptions(
            language=("en", "es")[number % 2], size="large", paper=("a4", "letter")[number // 2 % 2]
        )
        made = replace(_sheet(pack, condition.id, options), twin=None)
        for side in _Sheet(made).plan()[1:]:
            first = side[0].block
            if isinstance(first, Table) and first.going_on and len(first.rows) == 1:
                alone.append(condition.id)
    assert alone == []


def test_a_sheet_without_cells_does_not_call_one_column_choices(pack: Pack) -> None:
    assert _sheet(pack, "macular_degeneration", has=()).choices == "Care without cells"
    assert _sheet(pack, "knee_osteoarthritis").choices == "The choices, side by side"


def test_a_clinics_own_study_is_marked_in_the_language_of_the_sheet() -> None:
    pack = sample_pack()
    own = t.Study(id="own-audit", read="abstract", title="Audit", authors="Riverside" + t.OWN_MARK, year=2025)
    for language, mark in (
        ("en", "Riverside (this clinic's own) 2025"),
        ("es", "Riverside (propio de esta clínica) 2025"),
    ):
        pack.studies["own-audit"] = own
        sources = Sources(Say(pack, language))
        sources.number("own-audit")
        assert [one.short for one in sources.all()] == [mark]


def test_sure_is_not_said_by_a_word_that_also_means_safe(pack: Pack) -> None:
    """ "Seguro" is both: beside a treatment it would praise it."""
    texts = pack.file.texts["es"]
    for key, text in texts.items():
        if key.startswith("handout.") and isinstance(text, str):
            assert not re.search(r"\b(in)?segur[oa]s?\b", text, re.IGNORECASE), key


def test_no_word_of_a_spanish_sheet_is_english(pack: Pack) -> None:
    made = _sheet(pack, "knee_osteoarthritis", HandoutOptions(language="es"), asked="iv")
    shown = [made.rows, made.columns, made.sure, made.approved, made.help, made.questions, made.matters, made.steps]
    assert not re.search(r"\b(the|with|and|cells|this)\b", " ".join(every_text(tuple(shown))))


def test_a_count_says_within_what_time_it_was_made(pack: Pack) -> None:
    """None of some people in six hours is little: without the time it would be read as much."""
    spans = {harm.within for harm in pack.file.harms if harm.within}
    assert all(re.fullmatch(r"\d+ (h|days|weeks|months|years)", span) for span in spans), spans
    told = plain_text(_sheet(pack, "type_1_diabetes"))
    assert "none of 20 people with diabetes, given cells into an artery, within 3 years. It could still be" in told
    assert ", en 3 años. " in plain_text(_sheet(pack, "type_1_diabetes", HandoutOptions(language="es")))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_plain_text_says_all_that_the_sheet_says(pack: Pack, language: str) -> None:
    """Word for word but the name of rows and headings; drawings and their legends stand on paper only."""
    options = HandoutOptions(
        language=language, letterhead="Clinic\n1 Street", patient="A", clinician="B", note="N1\nN2", questions=("Q?",),
        contact="555 0100", date=pack.date, long_form=True,
    )  # fmt: skip
    for condition, more in (("knee_osteoarthritis", {"asked": "iv"}), ("macular_degeneration", {"has": ()})):
        made = replace(_sheet(pack, condition, options, **more), twin=None)
        text = plain_text(made).casefold()
        on_paper = {said(made.ways_read), made.any_way, made.sources_more, made.side, made.earns}
        on_paper |= {said(array.each) for array in made.arrays} | {source.short for source in made.sources}
        on_paper |= set(every_text(made.sure))  # how sure stands under each option
        if not made.ways:  # and then there is nothing under these headings
            on_paper |= {made.more.title, made.ways_title, made.arrays_title}
        parts = [part for part in every_text(made) if part not in on_paper]
        missing = [part for part in parts if part.casefold().replace("\u00a0", " ") not in text]
        assert missing == []
        assert "[ ]" in text
        assert "\n\n\n" not in text


def test_what_was_counted_in_the_patients_own_disease_is_told(pack: Pack) -> None:
    """Beside the largest count, whose people had another disease."""
    lung = plain_text(_sheet(pack, "ards", asked="iv"))
    assert "none of 40 people with lung failure, given cells, within 6 hours. It could still be up to 8 of 100." in lung
    assert "Among 46 people with sore joints" in lung
    joints = plain_text(_sheet(pack, "rheumatoid_arthritis", asked="iv"))
    assert "Among 46 people with sore joints" in joints
    assert "lung failure" not in joints
    assert "lung failure" not in plain_text(_sheet(pack, "copd", asked="iv"))
