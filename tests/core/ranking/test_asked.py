"""The asked route: what it would take, what speaks for it, and nothing about it where nobody asked."""

from __future__ import annotations

import msgspec
import pytest

from core.pack import types as t
from core.ranking.asked import largest_dose
from tests.core.ranking import world
from tests.core.ranking.world import concluded, said


def test_what_honestly_speaks_for_the_asked_route() -> None:
    found = concluded(world.consult(asked="iv", patient={"warfarin": "yes"})).asked_comparison
    assert found is not None
    assert found.for_asked == (
        "It asks less of patient and clinic: a less specialised operator, less invasive and no ultrasound.",
        "Cells held in the lung may still act by what they secrete; how much that does is not known.",
        "It avoids a caution that “joint, ultrasound” carries: warfarin (threshold: INR 2.0 to 3.0).",
    )
    harder = concluded(world.consult(asked="joint", guidance="fluoroscopy")).asked_comparison
    assert harder is not None
    assert harder.for_asked == ("Nothing that is compared here speaks for it.",)
    itself = concluded(world.consult(asked="joint")).asked_comparison
    assert itself is not None
    assert (itself.asked, itself.ratio, itself.for_asked) == (itself.first, 1.0, ())
    assert itself.sentences == ("The asked route is the first one here.",)
    assert concluded(world.consult(asked="joint")).headline == concluded().headline


def test_an_approval_is_not_taken_for_another_route() -> None:
    found = concluded(world.consult(asked="iv", jurisdiction="kr"))
    assert found.approval.found == ("Kneecell",)
    assert found.asked_comparison is not None
    assert not any("approved by this route" in one for one in found.asked_comparison.for_asked)
    vein = msgspec.structs.replace(world.PRODUCTS[0], routes=("iv",))
    found = concluded(world.consult(asked="iv", jurisdiction="kr"), world=world.pack(products=(vein,)))
    assert found.asked_comparison is not None
    assert "A product is approved by this route in kr: Kneecell." in found.asked_comparison.for_asked


def test_nobody_asked_and_nothing_says_so() -> None:
    found = concluded()
    assert found.asked is None
    assert found.asked_comparison is None
    assert not any(option.asked for option in found.options)
    assert not any("asked" in sentence for sentence in said(found))


def test_the_equivalent_dose_is_what_it_takes() -> None:
    landmark = concluded(world.consult(dose=2e7)).option("joint_landmark").equivalent_dose
    assert landmark is not None
    assert landmark.reference == "joint_ultrasound"
    assert landmark.cells == pytest.approx(2e7 * 0.86 / 0.68)
    assert landmark.low is not None
    assert landmark.high is not None
    assert landmark.low < landmark.cells < landmark.high
    assert landmark.reason is None
    vein = concluded(world.consult(asked="iv"))
    assert vein.asked_comparison is not None
    assert "not achievable: 72 times the largest dose ever given" in vein.asked_comparison.sentences[2]


@pytest.mark.parametrize(
    ("asked", "landmark", "said"),
    [
        ({"guidance": "none"}, 0.68, "“joint, ultrasound” places 1.3 times as many (90"),
        ({"guidance": "none"}, 0.82, "“joint, none” and “joint, ultrasound” place about as many cells."),
        (
            {"guidance": "ultrasound", "preset": "least_burden"},
            0.68,
            "“joint, ultrasound” places 1.3 times as many (90",
        ),
    ],
)
def test_how_many_times_as_many_cells_is_said_of_the_one_that_places_more(
    asked: dict[str, str], landmark: float, said: str
) -> None:
    came = world.arrivals({**world.MEDIANS, "joint_landmark": landmark})
    found = concluded(world.consult(asked="joint", **asked), came=came).asked_comparison
    assert found is not None
    assert found.asked != found.first
    assert len([one for one in found.sentences if one.startswith(said)]) == 1


def test_the_largest_dose_is_that_of_the_route_before_that_of_any() -> None:
    uses = tuple(
        t.Use(id=f"u{number}", route=route, target="any", level="series", largest_dose=dose)
        for number, (route, dose) in enumerate([("iv", 1e8), ("iv", 3e8), ("iv", 2e8), ("joint", 5e7)])
    )
    pack = world.pack(uses=uses)
    assert (largest_dose(pack, "iv"), largest_dose(pack, "joint"), largest_dose(pack, "artery")) == (3e8, 5e7, 3e8)
    assert largest_dose(world.pack(uses=()), "iv") is None


def test_a_dose_per_kilogram_is_read_for_a_person_of_seventy() -> None:
    uses = (
        t.Use(id="u1", route="iv", target="any", level="series", largest_dose=1e7, dose_unit="cells_per_kg"),
        world.USES[1],
    )
    dose = concluded(world=world.pack(uses=uses)).option("vein").equivalent_dose
    assert dose is not None
    assert dose.largest_dose == 7e8


def test_a_dose_beyond_any_given_is_flagged() -> None:
    assert concluded(world.consult(dose=5e8)).option("joint_landmark").dose_beyond
    assert not concluded(world.consult(dose=5e8)).option("vein").dose_beyond


def test_cells_of_both_knees() -> None:
    found = concluded(world.consult(dose=2e7, sites=2))
    needle, drip = found.option("joint_ultrasound"), found.option("vein")
    assert needle.cells_delivered == pytest.approx(2e7 * 0.86)
    assert needle.cells_per_site == pytest.approx(1e7 * 0.86)
    assert drip.cells_per_site == pytest.approx(2e7 * 1.2e-4)
    assert drip.cells_delivered == pytest.approx(2 * 2e7 * 1.2e-4)
