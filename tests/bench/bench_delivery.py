"""How long the estimates take: all procedures of a target, cold and from the cache, and one evidence set pooled."""

from __future__ import annotations

import time
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from core.delivery import estimate as estimating
from core.delivery import placement, pooling, prior
from core.delivery.estimate import estimate_all
from core.delivery.question import Question
from core.pack.pack import Pack

# Time of one core, whatever else the machine does.
pytestmark = pytest.mark.benchmark(timer=time.process_time)
COLD, WARM = 0.060, 0.001  # seconds
CACHED: tuple[ModuleType, ...] = (estimating, prior, placement)


def questions(pack: Pack, target: str) -> list[Question]:
    return [Question(p.route, target, p.guidance, procedure=p.id) for p in pack.procedures_of(target)]


def forget() -> None:
    """Empty every cache of the estimates; what is fixed for all packs (draws, kernels) stays."""
    for module in CACHED:
        for value in vars(module).values():
            if isinstance(value, type(lru_cache(len))) and value.__module__ == module.__name__:
                value.cache_clear()
    prior.share.cache_clear()


@pytest.mark.parametrize("target", ["knee_joint", "myocardium", "brain"])
def test_estimates_cold(benchmark: Any, pack: Pack, target: str) -> None:
    asked = questions(pack, target)
    estimate_all(pack, asked)
    found = benchmark.pedantic(lambda: estimate_all(pack, asked), setup=forget, rounds=15)
    assert len(found) == len(asked)
    benchmark.extra_info["within"] = COLD


def test_estimates_from_the_cache(benchmark: Any, pack: Pack) -> None:
    asked = questions(pack, "myocardium")
    first = estimate_all(pack, asked)
    again = benchmark(lambda: estimate_all(pack, asked))
    assert [a is b for a, b in zip(first, again, strict=True)] == [True] * len(asked)
    benchmark.extra_info["within"] = WARM


@pytest.mark.parametrize("studies", [1, 8, 64])
def test_pooling(benchmark: Any, studies: int) -> None:
    rng = np.random.default_rng(1)
    evidence = pooling.Evidence.of(rng.normal(-3, 1, studies).tolist(), [0.3] * studies)
    pooled = benchmark(lambda: pooling.pool(evidence, pooling.Prior(-3.0, 1.5, 0.7)))
    assert pooled.mu_sd > 0
