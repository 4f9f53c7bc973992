"""Weighted sums and their ranks beside pymcdm's, on values that both take as they are."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.ranking import sensitivity, smaa

PEERS = json.loads((Path(__file__).parent / "wsm_pymcdm.json").read_text("utf-8"))


def test_every_size_is_there() -> None:
    sizes = {(len(one["values"]), len(one["weights"])) for one in PEERS["sets"]}
    assert sizes == {(2, 2), (3, 5), (5, 3), (8, 5), (12, 5), (12, 6)}
    assert len(PEERS["sets"]) == 24
    assert PEERS["source"].startswith("pymcdm 1.4")


@pytest.mark.parametrize("one", PEERS["sets"], ids=lambda one: f"{len(one['values'])}x{len(one['weights'])}")
def test_weighted_sums_and_ranks(one: dict[str, list]) -> None:
    value, weight = np.array(one["values"]).T, np.array(one["weights"])
    score = sensitivity.scores(value, weight)
    assert score == pytest.approx(one["preferences"], abs=1e-12)
    once = smaa.acceptability(value[:, :, np.newaxis], weight[:, np.newaxis])  # one sample: each has one rank
    assert (1 + once.rank.argmax(axis=1)).tolist() == one["ranks"]
