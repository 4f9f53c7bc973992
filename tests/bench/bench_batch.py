"""Many consults: how many a second one core answers, at a thousand draws, all different from each other."""

import random
import time
from typing import Any

import pytest

from core.batch import Many
from core.pack.pack import Pack

A_SECOND = 500
ROUND = 200


@pytest.mark.benchmark(timer=time.process_time)  # of one core, whatever else the machine does
def test_200_consults(benchmark: Any, pack: Pack) -> None:
    """200 consults about a dozen conditions, no two with the same dose, clinic and patient; estimates warm."""
    pick = random.Random(1)
    conditions, factors, things = list(pack.conditions)[:12], list(pack.factors)[:8], list(pack.capabilities)
    many = Many(pack, 1_000)
    for condition in conditions:
        many.answer({"condition": condition})

    def a_row() -> dict[str, str]:
        return {
            "condition": pick.choice(conditions),
            "dose": str(pick.randint(1, 10**6) * 1_000),
            "has": ",".join(pick.sample(things, 4)),
            "patient": ",".join(f"{one}={pick.choice(['yes', 'no'])}" for one in pick.sample(factors, 3)),
            "weights": f"delivered={pick.randint(20, 80)},harm={pick.randint(1, 20)}",
        }

    def rows() -> tuple[tuple[list[dict[str, str]]], dict[str, Any]]:
        return ([a_row() for _ in range(ROUND)],), {}

    found = benchmark.pedantic(lambda table: [many.answer(row) for row in table], setup=rows, rounds=10)
    assert not any(one.error for one in found)
    benchmark.extra_info["within"] = ROUND / A_SECOND
