"""One tree of errors, each with a sentence that a clinician can act on."""

import errno
import os
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import (
    CellRouteError,
    InputError,
    PackError,
    ReadError,
    RenderError,
    SaveError,
    UnknownIdError,
    VersionError,
    closest,
    printable,
    shortened,
)

CONDITIONS = (
    "knee_osteoarthritis",
    "hip_osteoarthritis",
    "copd",
    "acute_myocardial_infarction",
    "chronic_ischaemic_heart_failure",
)

ONE_OF_EACH = [
    CellRouteError("It is so.", "because"),
    InputError("It is so."),
    UnknownIdError("condition", "knee", CONDITIONS),
    PackError("studies.toml", "smith2020", "year", "2200 is in the future", "Give the year", "at byte 3"),
    ReadError("a.json", "it is locked", "Close it"),
    SaveError("a.json", "it is locked", "Close it", "EACCES"),
    RenderError("It is so."),
    VersionError("It is so."),
]


@pytest.mark.parametrize("error", ONE_OF_EACH, ids=lambda error: type(error).__name__)
def test_an_error_survives_the_way_between_processes(error: CellRouteError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error) == error.message
    assert copy.__dict__ == error.__dict__


@pytest.mark.parametrize("error", ONE_OF_EACH, ids=lambda error: type(error).__name__)
def test_an_error_is_a_sentence(error: CellRouteError) -> None:
    assert str(error)[-1] in ".?"
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("knee_osteoarthrits", "knee_osteoarthritis"),
        ("Knee-Osteoarthritis", "knee_osteoarthritis"),
        ("knee oa", "knee_osteoarthritis"),
        ("infarct", "acute_myocardial_infarction"),
        ("COPD", "copd"),
        ("heart failure", "chronic_ischaemic_heart_failure"),
    ],
)
def test_what_was_meant_is_suggested(given: str, meant: str) -> None:
    assert closest(given, CONDITIONS)[0] == meant
    assert meant in str(UnknownIdError("condition", given, CONDITIONS))


def test_without_anything_near_the_choices_are_listed() -> None:
    assert str(UnknownIdError("condition", "zzz", CONDITIONS[:3])).endswith(
        "there are knee_osteoarthritis, hip_osteoarthritis, copd."
    )
    assert str(UnknownIdError("study", "zzz", [f"study_{n}" for n in range(300)])).endswith(
        "there are 300, such as study_0 and study_1."
    )
    assert str(UnknownIdError("route", "zzz")) == "There is no route “zzz”."


def test_a_pack_error_says_where_what_and_what_to_do() -> None:
    said = str(PackError("measurements/knee.toml", "smith2020_1", "value", "1.2 is above 1", "Give a share of 0 to 1"))
    assert said == (
        "measurements/knee.toml, entry “smith2020_1”, field “value”: 1.2 is above 1. Give a share of 0 to 1."
    )
    assert str(PackError("evidence.pack", "", "", "it is cut short", "Build it again")) == (
        "evidence.pack: it is cut short. Build it again."
    )


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_refusal_of_the_system_becomes_a_sentence(number: int) -> None:
    said = SaveError.of("handout.pdf", OSError(number, os.strerror(number)))
    assert str(said).startswith("Cannot save “handout.pdf”: ")
    assert said.remedy
    assert "Errno" not in str(said)
    assert "Errno" in said.detail


@given(st.text(), st.integers(min_value=5, max_value=80))
def test_no_name_breaks_a_sentence(text: str, length: int) -> None:
    assert len(shortened(text, length)) <= length
    assert "\n" not in shortened(text)
    assert printable(shortened(text)) == shortened(text)
    assert len(str(UnknownIdError("route", text, CONDITIONS))) < 400
