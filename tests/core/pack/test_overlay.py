"""A clinic's overlay adds what is its own and marks it; it cannot soften what protects a patient."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.consult import make_consult
from core.delivery.certainty import certainty
from core.delivery.estimate import estimate
from core.delivery.question import Question
from core.errors import PackError
from core.handout.content import handout
from core.handout.model import HandoutOptions
from core.handout.plain import plain_text
from core.note import note
from core.pack.overlay import lay_over, read_overlay
from core.pack.pack import Pack
from core.recommend import recommend

GOOD = """
clinic = "Riverside Joint Clinic"
[contact]
en = "Call us on the number of the front desk."
[[note]]
condition = "knee_osteoarthritis"
text = { en = "Come without a bandage." }
[[study]]
id = "own-audit-2026"
title = "Audit of our own knee injections"
read = "full_text"
[[placement]]
id = "own-knee-us"
study = "own-audit-2026"
route = "intra_articular"
target = "knee_joint"
guidance = "ultrasound"
hits = 48
n_injections = 50
value = 0.96
model = "patients"
where = "our audit, table 1"
[[need]]
procedure = "iv_none"
id = "ultrasound"
level = "recommended"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "overlay.toml"


def laid(pack: Pack, path: Path, text: str) -> Pack:
    path.write_text(text, encoding="utf-8")
    return lay_over(pack, read_overlay(path), path.name)


def test_what_a_clinic_adds_is_there_and_its_own(pack: Pack, path: Path) -> None:
    own = laid(pack, path, GOOD)
    assert own.file.own is not None
    assert own.file.own.clinic == "Riverside Joint Clinic"
    assert "own-knee-us" in own.placements
    assert any(need.id == "ultrasound" for need in own.procedures["iv_none"].needs)
    assert "own-knee-us" not in pack.placements


COUNTED = """
[[measurement]]
id = "own-knee-count"
study = "own-audit-2026"
route = "intra_articular"
target = "knee_joint"
species = "human"
cells = "bm_msc"
readout = "label"
method = "99mTc scintigraphy"
denominator = "injected_activity"
value = 0.85
spread = "sd"
size = 0.02
n = 200
time_h = 1.0
where = "our audit"
"""


def test_its_counts_move_the_estimate_but_raise_no_certainty(pack: Pack, path: Path) -> None:
    own = laid(pack, path, GOOD + COUNTED)
    before, after = (estimate(p, Question("intra_articular", "knee_joint")) for p in (pack, own))
    assert after.median < before.median
    assert after.measured_share > 0
    assert certainty(after).level == certainty(before).level == "very_low"


def test_what_is_its_own_says_so_on_the_note_and_the_sheet(pack: Pack, path: Path) -> None:
    own = laid(pack, path, GOOD)
    found = recommend(own, make_consult(own, "knee_osteoarthritis", asked="iv"))
    assert "This clinic's own note (Riverside Joint Clinic): Come without a bandage." in note(own, found)
    sheet = plain_text(handout(own, found, HandoutOptions()))
    assert "From this clinic (Riverside Joint Clinic): Come without a bandage." in sheet
    assert "Call us on the number of the front desk." in sheet
    assert own.studies["own-audit-2026"].authors == "Riverside Joint Clinic (this clinic's own)"


@pytest.mark.parametrize(
    "table", ["harm", "benefit", "product", "contraindication", "condition", "text", "factor", "parameter", "use"]
)
def test_what_protects_a_patient_is_refused_by_name(pack: Pack, path: Path, table: str) -> None:
    with pytest.raises(PackError, match=f"may not touch “{table}”"):
        laid(pack, path, GOOD + f'\n[[{table}]]\nid = "own-x"\n')


REFUSED = {
    "an id of the pack": (GOOD.replace("own-knee-us", "knee-us"), "begins with “own-”"),
    "an unknown procedure": (GOOD.replace("iv_none", "iv_magic"), "no such procedure"),
    "an unknown study": (GOOD.replace('study = "own-audit-2026"', 'study = "own-none"'), "there is no study"),
    "a raised certainty": (GOOD.replace('clinic = "R', 'certainty = "high"\nclinic = "R'), "may not touch “certainty”"),
    "a fraction above 1": (GOOD.replace("value = 0.96", "value = 1.96"), "cannot be above 1"),
    "the same id twice": (GOOD + GOOD[GOOD.index("[[study]]") : GOOD.index("[[placement]]")], "given twice"),
    "a clinic without a name": ('clinic = " "', "this is no name"),
    "a long name": (f'clinic = "{"R" * 121}"', "this is no name of up to 120 letters"),
    "a name that hides": ('clinic = "Riverside\\u202eClinic"', "can all be seen"),
    "no TOML": ("clinic = ", "not TOML"),
    "a note without end": (GOOD + '\n[[note]]\n[note.text]\nen = "' + "word " * 500 + '"\n', "has 2500 characters"),
    "a book of notes": (GOOD + '\n[[note]]\n[note.text]\nen = "a"\n' * 101, "there are 10[0-9] notes"),
    "softer than the pack": (GOOD.replace('id = "ultrasound"', 'id = "infusion_nurse"'), "may not soften"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_fit_is_refused(pack: Pack, path: Path, text: str, message: str) -> None:
    with pytest.raises(PackError, match=message) as caught:
        laid(pack, path, text)
    assert "overlay.toml" in str(caught.value)
