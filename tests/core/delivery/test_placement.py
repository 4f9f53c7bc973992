"""Placement: hits of needles as binomial evidence, reviews or primaries, and what is borrowed."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import msgspec
import numpy as np
import pytest

from core.delivery import draws
from core.delivery.placement import Accuracy, accuracy, kind_of
from core.pack.pack import Pack
from core.pack.types import Placement


def make(**more: Any) -> Placement:
    fields: dict[str, Any] = {
        "id": "made-up", "study": "berkoff-2012", "route": "intra_articular", "target": "knee_joint",
        "guidance": "ultrasound", "model": "patients", "where": "nowhere",
    }  # fmt: skip
    return msgspec.convert(fields | more, Placement)


def placed(pack: Pack, *rows: Placement, guidance: str = "ultrasound", target: str = "knee_joint") -> Accuracy:
    found = accuracy(
        Pack(msgspec.structs.replace(pack.whole, placements=rows)), "intra_articular", target, guidance, frozenset()
    )
    assert found is not None
    return found


def test_many_needles_settle_it(pack: Pack) -> None:
    few = placed(pack, make(hits=8, n_injections=10))
    many = placed(pack, *(make(id=f"m{k}", study=f"s{k}", hits=320, n_injections=400) for k in range(8)))
    assert many.median == pytest.approx(0.8, abs=0.02)
    assert np.std(many.draws) < np.std(few.draws)
    assert (few.measured, many.measured) == (True, True)


def test_all_of_n_stays_below_one_and_grows_with_n(pack: Pack) -> None:
    medians = [placed(pack, make(hits=n, n_injections=n)).median for n in (5, 20, 100)]
    assert medians == sorted(medians)
    assert all(m < 1 for m in medians)
    low = np.quantile(placed(pack, make(hits=20, n_injections=20)).draws, 0.05)
    assert 0.7 < low < 0.95


def test_none_of_n_stays_above_zero(pack: Pack) -> None:
    found = placed(pack, make(hits=0, n_injections=20))
    assert 0 < found.median < 0.5


def test_needles_in_few_people_count_for_less(pack: Pack) -> None:
    apart = placed(pack, make(hits=54, n_injections=60, n_subjects=60))
    together = placed(pack, make(hits=54, n_injections=60, n_subjects=6))
    assert np.std(together.draws) > np.std(apart.draws)


def test_reviews_or_primaries_never_both(pack: Pack) -> None:
    review = make(id="review", value=0.95, model="review")
    primary = make(id="primary", study="jackson-2002", hits=2, n_injections=20)
    both = placed(pack, review, primary)
    assert both.studies == ("berkoff-2012",)
    assert both.median == pytest.approx(placed(pack, review).median)


def test_a_clinics_own_needles_count_beside_a_review(pack: Pack) -> None:
    review = make(model="review", hits=90, n_injections=100)
    own = make(id="own-audit", study="own-2026", hits=30, n_injections=60)
    alone, beside = placed(pack, review), placed(pack, review, own)
    assert beside.median < alone.median - 0.05
    assert beside.studies == ("berkoff-2012", "own-2026")
    assert beside.needles == 160


def test_what_is_not_for_pooling_stays_out(pack: Pack) -> None:
    found = placed(pack, make(hits=1, n_injections=50, pool=False))
    assert not found.measured
    assert found.median > 0.7


def test_people_count_before_cadavers(pack: Pack) -> None:
    cadaver = make(id="cadaver", study="curtiss-2011", hits=20, n_injections=20, model="cadaver")
    people = make(id="people", hits=30, n_injections=60)
    assert placed(pack, cadaver, people).studies == ("berkoff-2012",)


def test_another_joint_is_borrowed_and_widened(pack: Pack) -> None:
    own = make(hits=45, n_injections=50)
    other = make(hits=45, n_injections=50, target="hip_joint")
    direct, borrowed = placed(pack, own), placed(pack, other)
    assert not borrowed.measured
    assert borrowed.needles == 0
    assert np.subtract(*np.quantile(borrowed.draws, [0.95, 0.05])) > np.subtract(
        *np.quantile(direct.draws, [0.95, 0.05])
    )


def test_no_needle_no_placement(pack: Pack) -> None:
    for route, target in (("iv", "knee_joint"), ("intracoronary", "myocardium"), ("intracerebroventricular", "brain")):
        assert accuracy(pack, route, target, "none", frozenset()) is None


def test_a_lumbar_needle_is_in_the_fluid_or_not(pack: Pack) -> None:
    for target in ("cerebrospinal_fluid", "brain", "spinal_cord"):
        placed = accuracy(pack, "intrathecal", target, "none", frozenset())
        assert placed is not None
        assert placed.measured
        assert 0.6 < placed.median < 0.95


def test_two_guidances_share_the_hand_but_not_the_image(pack: Pack) -> None:
    seen, xray = (
        accuracy(pack, "intra_articular", "knee_joint", guidance, frozenset())
        for guidance in ("ultrasound", "fluoroscopy")
    )
    assert seen is not None
    assert xray is not None
    assert 0.3 < np.corrcoef(np.argsort(np.argsort(seen.draws)), np.argsort(np.argsort(xray.draws)))[0, 1] < 0.7


def test_guided_needles_are_seldom_behind_blind_ones(pack: Pack) -> None:
    guided, blind = (
        accuracy(pack, "intra_articular", "knee_joint", guidance, frozenset()) for guidance in ("ultrasound", "none")
    )
    assert guided is not None
    assert blind is not None
    assert (guided.draws > blind.draws).mean() > 0.85
    assert guided.draws.shape == (512,)


def test_a_study_left_out_is_out(pack: Pack) -> None:
    without = accuracy(pack, "intra_articular", "knee_joint", "ultrasound", frozenset({"berkoff-2012"}))
    assert without is not None
    assert "berkoff-2012" not in without.studies


def test_kinds_of_guidance() -> None:
    assert [kind_of(g) for g in ("none", "ultrasound", "arthroscopy")] == ["unguided", "guided", "open"]


def test_every_placement_of_the_pack_gives_an_accuracy(pack: Pack) -> None:
    for p in pack.file.placements:
        found = accuracy(pack, p.route, p.target, p.guidance, frozenset())
        if found is not None:
            assert ((found.draws > 0) & (found.draws < 1)).all()


def test_draws_are_even_in_each_dimension_and_nearly_independent() -> None:
    table = np.array([draws.standard(name) for name in draws.DIMENSIONS])
    assert len(draws.GENERATOR) >= len(draws.DIMENSIONS)
    even = np.array([NormalDist().inv_cdf((point + 0.5) / 512) for point in range(512)])
    assert np.allclose(np.sort(table, axis=1), even)
    ranks = np.argsort(np.argsort(table, axis=1), axis=1)
    correlation = np.corrcoef(ranks) - np.eye(len(table))
    assert np.abs(correlation).max() < 0.14


@pytest.mark.parametrize(
    ("shape", "band"),
    [("logitnormal", (0.3, 0.02, 0.9)), ("lognormal", (1.0, 0.25, 4.0)), ("beta", (0.95, 0.85, 0.99))],
)
def test_bands_are_met(shape: str, band: tuple[float, float, float]) -> None:
    from core.pack.types import Prior

    drawn = draws.of_band(shape, Prior(median=band[0], low=band[1], high=band[2]), "flow")
    found = np.quantile(drawn, [0.5, 0.05, 0.95])
    assert found == pytest.approx(band, rel=0.02)
