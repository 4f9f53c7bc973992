"""Many consults at once: the figures of `rank`, whatever the order and whoever calls."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import msgspec
import pytest

from core.batch import (
    COLUMNS,
    DEFAULT_DRAWS,
    FEWEST_DRAWS,
    KEPT_SAMPLES,
    Many,
    _Recent,
    answers,
)
from core.consult import offered_cells
from core.consult_written import consult_of
from core.errors import InputError
from core.pack.pack import Pack
from core.ranking.prepare import SAMPLES
from core.recommend import recommend
from tests.core.batches import IV, KNEE, a_table
from tests.running import script


def test_the_figures_are_those_of_a_single_consult(pack: Pack) -> None:
    rows = [*a_table(pack, 25), IV, {**IV, "has": "none"}, {"condition": "copd", "route": "iv", "sites": ""}]
    for row, found in zip(rows, answers(rows, draws=SAMPLES), strict=True):
        cells = {name: row.get(name) or None for name in COLUMNS}
        cells["has"] = "" if cells["has"] == "none" else cells["has"]
        single = recommend(pack, consult_of(pack, cells))
        assert (found.verdict, found.first) == (single.verdict, single.first)
        assert [one.procedure for one in found.procedures] == [one.procedure for one in single.options]
        for ours, theirs in zip(found.procedures, single.options, strict=True):
            dose = theirs.equivalent_dose
            assert ours.equivalent_dose == (None if dose is None else pytest.approx(dose.cells, rel=1e-12))
            assert ours.certainty == theirs.certainty.level
            assert ours.rank_probability == theirs.rank_probability
            assert ours.delivered.median == theirs.delivered.median
            for name in ("rank", "status", "asked", "score", "cells_per_million", "cells_delivered", "cells_per_site"):
                assert getattr(ours, name) == getattr(theirs, name), name


def test_fewer_draws_change_probabilities_only_within_their_error(pack: Pack) -> None:
    rows = a_table(pack, 20)
    for few, many in zip(answers(rows, draws=1_000), answers(rows, draws=SAMPLES), strict=True):
        for one, other in zip(few.procedures, many.procedures, strict=True):
            assert one.rank == other.rank
            assert one.delivered == other.delivered
            assert one.rank_probability == pytest.approx(other.rank_probability, abs=0.07)  # 4.4 standard errors


def test_the_order_of_rows_changes_no_answer(pack: Pack) -> None:
    rows = a_table(pack, 40)
    there = answers(rows)
    assert answers(rows[::-1])[::-1] == there
    assert [answers([row])[0] for row in rows] == there


def test_what_is_kept_has_a_bound(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    most = 12
    monkeypatch.setattr("core.batch.KEPT_SAMPLES", most * SAMPLES)
    many = Many(pack, SAMPLES)
    for condition in list(pack.conditions)[: most + 3]:
        many.answer({"condition": condition})
    assert len(many._grounds._held) == most


def test_every_combination_of_the_evidence_is_kept_at_the_usual_draws(pack: Pack) -> None:
    combinations = sum(len(one.targets) for one in pack.conditions.values()) * len(offered_cells(pack))
    assert combinations <= KEPT_SAMPLES // DEFAULT_DRAWS


def test_the_threads_of_a_worker_take_turns_at_what_is_kept(pack: Pack) -> None:
    """Without that a table of things kept loses what another thread is about to take: KeyError, or a crash."""
    both, met = Barrier(2), []

    class Meeting(_Recent[Any]):
        def get(self, key: bytes) -> Any:
            with suppress(BrokenBarrierError):
                met.append(both.wait(0.5))
            return super().get(key)

    many = Many(pack, FEWEST_DRAWS)
    many._clinics = Meeting(8)
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(many.answer, [IV, KNEE]))
    assert not met
    assert found == [many.answer(IV), many.answer(KNEE)]


def test_an_empty_cell_is_an_option_not_given_and_none_is_a_plain_room() -> None:
    everything, plain = answers([KNEE | {"has": ""}, KNEE | {"has": "none"}])
    assert everything.consult is not None
    assert everything.consult.has is None
    assert plain.consult is not None
    assert plain.consult.has == ()
    assert any(one.status == "refer" for one in plain.procedures)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"condition": ""}, "The condition is missing"),
        ({"condition": "knee_arthritis"}, "did you mean knee_osteoarthritis"),
        (KNEE | {"dose": "1,000"}, "could mean two numbers"),
        (KNEE | {"dose": "many"}, "no number for the dose"),
        (KNEE | {"sites": "1.5"}, "whole number"),
        (KNEE | {"patient": "contrast_allergy=perhaps"}, "neither yes nor no"),
        (KNEE | {"route": "intracoronary"}, "does not lead to"),
        (KNEE | {"weigths": "harm=20"}, "no column “weigths”; did you mean weights"),
        (KNEE | {"dose": 0}, "The cell “dose” is of the type int. Give text"),
        (KNEE | {"dose": float("nan")}, "The cell “dose” is of the type float. Give text"),
    ],
)
def test_a_row_that_cannot_be_answered_says_why_and_stops_nothing(row: dict[str, Any], said: str) -> None:
    wrong, right = answers([row, KNEE])
    assert wrong.error is not None
    assert said in wrong.error
    assert wrong.procedures == ()
    assert right.error is None


@pytest.mark.parametrize("draws", [0, FEWEST_DRAWS - 1, SAMPLES + 1])
def test_draws_have_limits(pack: Pack, draws: int) -> None:
    with pytest.raises(InputError, match="draws cannot be used"):
        Many(pack, draws)


def test_the_example_for_a_cluster_maps_the_same_function(pack: Pack) -> None:
    example: Any = script("docs/examples/batch_dask.py")
    rows = [row | {"id": f"case {number}"} for number, row in enumerate(a_table(pack, 12))]
    pieces = [rows[:5], rows[5:5], rows[5:]]
    lines = [json.loads(line) for piece in pieces for line in example.answer_lines(iter(piece))]
    assert [line.pop("id") for line in lines] == [row["id"] for row in rows]
    assert lines == [msgspec.json.decode(msgspec.json.encode(answer)) for answer in answers(rows)]
