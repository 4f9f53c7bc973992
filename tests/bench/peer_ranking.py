"""Our ranks beside those of pymcdm and R's smaa; only `run.py bench` runs it, which installs pymcdm.

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

from core.ranking import smaa
from core.ranking.prepare import SAMPLES
from tests.bench.bench_ranking import WEIGHT, twelve

# Time of one core, whatever else the machine does.
pytestmark = pytest.mark.benchmark(timer=time.process_time)
#: Most of pymcdm's time that the same ranks may take.
OF_PYMCDM = 0.1
R_CODE = """
suppressMessages(library(smaa)); args <- commandArgs(TRUE); n <- as.integer(args[2])
meas <- aperm(array(readBin(args[1], "double", n * 60), c(n, 12, 5)), c(1, 2, 3)); pref <- matrix(0.2, n, 5)
for (i in 1:3) { r <- smaa.ranks(smaa.values(meas, pref)); smaa.ra(r); smaa.cw(r, pref) }
times <- sapply(1:15, function(i) system.time({ r <- smaa.ranks(smaa.values(meas, pref)); smaa.ra(r) })[[3]])
cat(median(times))
"""


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
