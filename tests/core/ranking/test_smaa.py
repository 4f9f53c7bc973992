"""The acceptability analysis: its figures against R's, and what must hold for any samples."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.errors import InputError
from core.ranking import smaa, verify

PEERS = json.loads((Path(__file__).parents[2] / "peers" / "smaa.json").read_text("utf-8"))
SETS = {one["name"]: one for one in PEERS["sets"]}
QUANTITIES = ("rank_acceptability", "pairwise_winning", "central_weights", "confidence_factor")


@st.composite
def samples(draw: st.DrawFn) -> tuple[smaa.Floats, smaa.Floats]:
    """Partial values on a coarse grid, so that ties happen, and weights that sum to 1."""
    shape = draw(st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(1, 9)))
    grid = st.integers(0, 4).map(lambda step: step / 4)
    partial = draw(arrays(np.float64, shape, elements=grid))
    raw = draw(arrays(np.float64, (shape[0], shape[2]), elements=st.integers(1, 8).map(float)))
    return partial, raw / raw.sum(axis=0)


def naive_ranks(value: smaa.Floats) -> list[list[int]]:
    """Rank by the words of the definition: one more than the number of strictly better ones."""
    return [[1 + sum(float(o) > float(v) for o in value[:, s]) for s, v in enumerate(row)] for row in value]


def test_every_set_gives_every_quantity() -> None:
    compared = {(one.name, one.quantity) for one in verify.verify_smaa(PEERS)}
    assert compared == {(name, quantity) for name in ("four_by_three", "ten_by_six") for quantity in QUANTITIES}


@pytest.mark.parametrize("name", sorted(SETS))
def test_figures_of_r_smaa(name: str) -> None:
    for one in verify.verify_smaa({"sets": [SETS[name]]}):
        assert one.difference <= 1e-9, one
        assert one.agrees


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_a_wrong_figure_is_seen(quantity: str) -> None:
    one = copy.deepcopy(SETS["four_by_three"])
    row = one[quantity][1]
    if isinstance(row, list):
        row[0] += 2e-9
    else:
        one[quantity][1] += 2e-9
    verdicts = {found.quantity: found.agrees for found in verify.verify_smaa({"sets": [one]})}
    assert [wrong for wrong, agrees in verdicts.items() if not agrees] == [quantity]


def test_never_first_is_null_and_a_number_there_disagrees() -> None:
    one = {
        "name": "dominated",
        "partial_values": [[[0.9, 0.8], [0.1, 0.2]]] * 3,
        "weights": [[0.5, 0.5]] * 3,
        "central_weights": [[0.5, 0.5], [None, None]],
        "confidence_factor": [1.0, None],
    }
    assert all(found.agrees for found in verify.verify_smaa({"sets": [one]}))
    one["central_weights"] = [[0.5, 0.5], None]
    assert all(found.agrees for found in verify.verify_smaa({"sets": [one]}))
    one["confidence_factor"] = [1.0, 0.0]
    assert [found.quantity for found in verify.verify_smaa({"sets": [one]}) if not found.agrees] == [
        "confidence_factor"
    ]


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {},
        {"sets": []},
        {"sets": [3]},
        {"sets": [{"name": "x"}]},
        {"sets": [{"partial_values": [[[1, 2]], [[1]]], "weights": [[1, 0], [0, 1]], "rank_acceptability": [[1]]}]},
        {"sets": [{"partial_values": [[[float("nan")]]], "weights": [[1]], "rank_acceptability": [[1]]}]},
        {"sets": [{"partial_values": [[[1.0]]], "weights": [[1, 2]], "rank_acceptability": [[1]]}]},
        {"sets": [{"partial_values": [[[1.0]]], "weights": [[1]], "rank_acceptability": [["one"]]}]},
        {"sets": [{"partial_values": [[[1.0]]], "weights": [[1]], "rank_acceptability": [[1, 0]]}]},
        {"sets": [{"partial_values": [[[1.0]]], "weights": [[1]]}]},
        {"sets": [{"partial_values": [[[1.0]] * 300], "weights": [[1]], "rank_acceptability": [[1]]}]},
        {"sets": [{"partial_values": "deep", "weights": {"a": 1}, "rank_acceptability": [[1]]}]},
    ],
)
def test_what_does_not_fit_is_refused_in_words(broken: object) -> None:
    with pytest.raises(InputError) as refused:
        verify.verify_smaa(broken)
    assert str(refused.value).endswith(".")


def test_forms_are_told_apart() -> None:
    assert verify.is_smaa(PEERS)
    assert not verify.is_smaa({"sets": [{"name": "joint", "studies": []}]})
    assert not verify.is_smaa([1, 2])


@given(samples())
@settings(max_examples=150, deadline=None)
def test_ranks_are_one_more_than_the_number_of_better_ones(drawn: tuple[smaa.Floats, smaa.Floats]) -> None:
    partial, weights = drawn
    value = smaa.values(partial, weights)
    naive = naive_ranks(value)
    result = smaa.acceptability(partial, weights)
    count = value.shape[1]
    for alternative, row in enumerate(naive):
        assert [row.count(rank + 1) / count for rank in range(len(naive))] == result.rank[alternative].tolist()
        for other in range(len(naive)):
            wins = sum(float(a) > float(b) for a, b in zip(value[alternative], value[other], strict=True))
            assert wins / count == result.winning[alternative, other]


@given(samples())
@settings(max_examples=100, deadline=None)
def test_what_always_holds(drawn: tuple[smaa.Floats, smaa.Floats]) -> None:
    partial, weights = drawn
    result = smaa.acceptability(partial, weights)
    assert np.allclose(result.rank.sum(axis=1), 1)
    assert result.rank[:, 0].sum() >= 1 - 1e-12
    assert (result.winning + result.winning.T <= 1 + 1e-12).all()
    assert result.first.any(axis=0).all()
    central = smaa.central_weights(result.first, weights)
    factors = smaa.confidence_factors(partial, central)
    for alternative, weight in enumerate(central):
        assert (weight is None) == (result.rank[alternative, 0] == 0) == (factors[alternative] is None)
        if weight is not None:
            assert weight.sum() == pytest.approx(1)


@given(samples(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_the_order_of_alternatives_changes_nothing(drawn: tuple[smaa.Floats, smaa.Floats], random: object) -> None:
    partial, weights = drawn
    shuffled = list(range(partial.shape[1]))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    straight = smaa.acceptability(partial, weights)
    moved = smaa.acceptability(np.ascontiguousarray(partial[:, shuffled]), weights)
    assert (moved.rank == straight.rank[shuffled]).all()
    assert (moved.winning == straight.winning[np.ix_(shuffled, shuffled)]).all()


def test_samples_beyond_one_block_are_all_counted() -> None:
    generator = np.random.default_rng(5)
    count = 2 * smaa.BLOCK + 17
    partial = generator.random((3, 5, count))
    partial[:, 4] = partial[:, 0]
    weights = smaa.spread_weights(np.array([0.6, 0.3, 0.1]), smaa.swing_draws(3, count, 16.0, 1))
    whole = smaa.acceptability(partial, weights)
    value = smaa.values(partial, weights)
    place = 1 + (value[np.newaxis] > value[:, np.newaxis]).sum(axis=1)
    assert (whole.first == (place == 1)).all()
    assert (whole.winning[0, 4], whole.winning[4, 0]) == (0.0, 0.0)
    for rank in range(5):
        assert (place == rank + 1).mean(axis=1) == pytest.approx(whole.rank[:, rank], abs=1e-15)


def test_nothing_to_rank_is_refused() -> None:
    with pytest.raises(ValueError, match="0 alternatives"):
        smaa.acceptability(np.empty((2, 0, 3)), np.ones((2, 3)))


def test_weights_keep_their_draws_when_one_slider_moves() -> None:
    draws = smaa.swing_draws(4, 500, 16.0, 3)
    before = smaa.spread_weights(np.array([0.5, 0.3, 0.2, 0.0]), draws)
    after = smaa.spread_weights(np.array([0.1, 0.3, 0.2, 0.0]), draws)
    assert np.allclose(before.sum(axis=0), 1)
    assert (before[3] == 0).all()
    # The other two keep their proportion in every single sample: nothing but the moved slider moved.
    assert np.allclose(before[1] / before[2], after[1] / after[2])
    assert (smaa.swing_draws(4, 500, 16.0, 3) == draws).all()
    scaled = smaa.spread_weights(np.array([5.0, 3.0, 2.0, 0.0]), draws)
    assert np.allclose(scaled, before)
