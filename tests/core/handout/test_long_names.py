"""No text is refused for its length: what no column can hold stands without columns, whole."""

import pytest
from msgspec.structs import replace

from core.handout.draw import render
from core.handout.preview import page_count
from core.handout.sources import short_name
from core.pack.types import Study
from tests.core.handout.looking import failures_of, text_of
from tests.core.handout.sample import sample_handout


@pytest.mark.parametrize("size", ["normal", "large"])
@pytest.mark.parametrize("long_form", [False, True])
@pytest.mark.parametrize("name", ["word " * 60, "x" * 300, "word " * 400, "y" * 2000])
def test_a_long_name_is_printed_whole(size: str, long_form: bool, name: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    made = sample_handout(size=size, long_form=long_form)
    columns = tuple(replace(column, name=name) if column.key != "none" else column for column in made.columns)
    ways = tuple(replace(way, name=name) for way in made.ways)
    pdf = render(replace(made, columns=columns, ways=ways))
    found = text_of(pdf)
    assert found.count(name[0]) >= name.count(name[0]) * (len(columns) - 1)
    assert made.rows[1].label.split()[0] in found
    assert page_count(pdf) < 60
    assert failures_of(pdf, tmp_path) == ""


def test_a_name_that_no_column_holds_is_set_without_columns() -> None:
    """The table is given up, and with it no option's row."""
    made = sample_handout()
    columns = tuple(replace(column, name="word " * 400) for column in made.columns)
    found = text_of(render(replace(made, columns=columns)))
    for row in made.rows:
        assert row.label.split()[0] in found


@pytest.mark.parametrize(
    ("study", "name"),
    [
        (
            Study(id="a", read="abstract", authors="Toupet K, et al", journal="Arthritis Rheum", year=2013),
            "Toupet 2013",
        ),
        (
            Study(id="b", read="abstract", title="A title", journal="Stem Cell Res 12(3):545", year=2021),
            "A title, Stem Cell Res 2021",
        ),
        (
            Study(id="c", read="abstract", title="Bone marrow biopsy morbidity", year=2003),
            "Bone marrow biopsy morbidity 2003",
        ),
        (Study(id="some-id", read="abstract", url="https://example.org/a/b", year=2018), "example.org 2018"),
        (Study(id="some-id", read="abstract", year=2018), "2018"),
    ],
)
def test_a_study_without_authors_is_named_by_title_and_journal_and_never_by_its_id(study: Study, name: str) -> None:
    assert short_name(study) == name
