"""How long a slider's move takes, and the complete recommendation; beside pymcdm and R's smaa where they are there.

The same work: 12 procedures, 5 criteria, 10 000 samples. pymcdm knows no samples, so it is called once for each; R's
smaa is given the same doubles in a file where it is installed. Answers are compared before times.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.consult import make_consult
from core.pack.pack import Pack
from core.ranking import smaa
from core.ranking.criteria import preset_weights
from core.ranking.order import order
from core.ranking.prepare import SAMPLES, Prepared
from core.recommend import prepare, preview, rank
from tests.core.ranking import world

# Time of one core, whatever else the machine does.
pytestmark = pytest.mark.benchmark(timer=time.process_time)
SLIDER, COMPLETE, TENFOLD = 0.008, 0.060, 0.060  # seconds
#: Most of pymcdm's time that the same ranks may take.
OF_PYMCDM = 0.1
WEIGHT = np.array([0.8, 0.04, 0.04, 0.06, 0.06])
R_CODE = """
suppressMessages(library(smaa)); args <- commandArgs(TRUE); n <- as.integer(args[2])
meas <- aperm(array(readBin(args[1], "double", n * 60), c(n, 12, 5)), c(1, 2, 3)); pref <- matrix(0.2, n, 5)
for (i in 1:3) { r <- smaa.ranks(smaa.values(meas, pref)); smaa.ra(r); smaa.cw(r, pref) }
times <- sapply(1:15, function(i) system.time({ r <- smaa.ranks(smaa.values(meas, pref)); smaa.ra(r) })[[3]])
cat(median(times))
"""


def twelve() -> Prepared:
    """A consult with twelve procedures above the line."""
    routes = ("iv", "joint", "artery")
    base = {one.route: one for one in world.PROCEDURES}
    from msgspec.structs import replace

    procedures = tuple(replace(base[routes[n % 3]], id=f"p{n:02}", operator_skill=n % 6) for n in range(12))
    uses = tuple(replace(world.USES[1], id=f"u_{route}", route=route) for route in routes)
    came = {one.id: world.arrival(0.05 * (n + 1), 1.5, own=n) for n, one in enumerate(procedures)}
    return world.prepared(came=came, world=world.pack(procedures=procedures, uses=uses))


def test_slider_12x5x10k(benchmark: Any) -> None:
    prepared = twelve()
    weights = [preset_weights("delivery_first") | {"imaging": 4.0 + step / 10} for step in range(10)]
    moves = iter(range(10**9))
    found = benchmark(lambda: order(prepared, weights[next(moves) % 10]))
    assert found.acceptability is not None
    assert found.acceptability.rank.shape == (12, 12)
    assert prepared.ground.draws.shape == (5, 12, SAMPLES)
    benchmark.extra_info["within"] = SLIDER


def test_preview_12(benchmark: Any) -> None:
    prepared = twelve()
    before = rank(prepared, preset_weights("delivery_first"))
    found = benchmark(lambda: preview(prepared, before, preset_weights("balanced")))
    assert len(found.options) == 12
    benchmark.extra_info["within"] = SLIDER


def test_complete_recommendation_12(benchmark: Any) -> None:
    prepared = twelve()
    found = benchmark(lambda: rank(prepared, preset_weights("delivery_first")))
    assert found.sensitivity is not None
    assert len(found.sensitivity.confidence) == 12
    benchmark.extra_info["within"] = COMPLETE


def test_slider_12x5x100k(benchmark: Any) -> None:
    partial = np.random.default_rng(1).random((5, 12, 100_000))
    draws = smaa.swing_draws(5, 100_000, 16.0, 1)
    found = benchmark(lambda: smaa.acceptability(partial, smaa.spread_weights(WEIGHT, draws)))
    assert found.rank.sum() == pytest.approx(12)
    benchmark.extra_info["within"] = TENFOLD


@pytest.mark.parametrize("condition", ["knee_osteoarthritis", "acute_myocardial_infarction", "ischaemic_stroke"])
def test_complete_recommendation(benchmark: Any, pack: Pack, condition: str) -> None:
    prepared = prepare(pack, make_consult(pack, condition, asked="iv"))
    found = benchmark(lambda: rank(prepared, preset_weights("delivery_first")))
    assert found.verdict == "ranked"
    benchmark.extra_info["within"] = COMPLETE


def test_a_switch_of_the_clinic(benchmark: Any, pack: Pack) -> None:
    consults = [make_consult(pack, "knee_osteoarthritis", has=has) for has in ((), ("ultrasound",))]
    moves = iter(range(10**9))
    benchmark(lambda: order(prepare(pack, consults[next(moves) % 2]), preset_weights("delivery_first")))
    benchmark.extra_info["within"] = COMPLETE


def test_smaa_12x5x10k(benchmark: Any) -> None:
    """How often each procedure has each rank, over all samples at once."""
    partial = twelve().ground.draws
    found = benchmark(lambda: smaa.acceptability(partial, WEIGHT))
    assert found.rank.sum() == pytest.approx(12)
    benchmark.extra_info.update(beside="pymcdm_12x5x10k", at_most=OF_PYMCDM)


def test_pymcdm_12x5x10k(benchmark: Any) -> None:
    """The same ranks by pymcdm's weighted sum, unvalidated and not normalised again, one call for each sample."""
    from pymcdm.methods import WSM

    method, types = WSM(normalization_function=lambda column, cost: column), np.ones(5)
    partial = twelve().ground.draws
    tables = partial.transpose(2, 1, 0).copy()
    calls = SAMPLES if benchmark.enabled else 500

    def ranks() -> Any:
        return np.array([method.rank(method(table, WEIGHT, types, validation=False)) for table in tables[:calls]])

    theirs = benchmark.pedantic(ranks, rounds=3)
    ours = smaa.acceptability(partial[:, :, :calls], WEIGHT).rank
    counted = np.array([[np.mean(theirs[:, way] == place + 1) for place in range(12)] for way in range(12)])
    assert np.abs(counted - ours).max() < 1e-3


def has_r_smaa() -> bool:
    """Whether R and its package smaa are there."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return False
    asked = subprocess.run(
        [rscript, "-e", 'quit(status = !requireNamespace("smaa"))'], capture_output=True, check=False
    )
    return asked.returncode == 0


def test_r_smaa_beside_ours(benchmark: Any, tmp_path: Path) -> None:
    """Ours on the samples that R's smaa is given, with R's own median time as a note (not installed: said so)."""
    partial = twelve().ground.draws
    weight = np.full((5, SAMPLES), 0.2)
    benchmark(lambda: smaa.acceptability(partial, weight))
    if benchmark.stats is None:
        return
    if not has_r_smaa():
        benchmark.extra_info["r_smaa"] = "not installed"
        return
    samples = tmp_path / "samples"
    partial.transpose(0, 1, 2).tofile(samples)
    seconds = float(
        subprocess.run(
            ["Rscript", "-e", R_CODE, str(samples), str(SAMPLES)], capture_output=True, text=True, check=True
        ).stdout
    )
    benchmark.extra_info["r_smaa_seconds"] = seconds
    benchmark.extra_info["r_smaa_ratio"] = seconds / benchmark.stats.stats.median
