"""What the benchmarks share: one table at the end, ratios first, each to a yardstick measured in the same run.

A benchmark is a test in a `bench_*.py` file with the fixture `benchmark` (pytest-benchmark). Among the tests it runs
once, untimed, so that it cannot rot. It may name its yardstick, another benchmark, and the most it may take of it:

    benchmark.extra_info.update(beside="bare_window", at_most=1.6)

The yardstick is then `test_bare_window`, of any file; the ratio is of medians. One that ran the yardstick itself, just
before each round, gives its `ratio`, the median of pairs. `within=0.016` names the most seconds. A row above its limit
fails the run, when all are measured.
What is no time is given as `extra_info["megabytes"]` and stands in the table in place of the median.
"""

import sys
from typing import Any, NamedTuple

import pytest


class Row(NamedTuple):
    """One line of the table; `median` in seconds, or in megabytes where `memory`."""

    name: str
    median: float
    spread: float
    rounds: int
    beside: str
    ratio: float | None
    at_most: float | None
    memory: bool = False
    within: float | None = None

    @property
    def too_slow(self) -> bool:
        over = self.ratio is not None and self.at_most is not None and self.ratio > self.at_most
        return over or (self.within is not None and self.median > self.within)


def rows(config: pytest.Config) -> list[Row]:
    """What was measured, what has a yardstick first; nothing where benchmarks are off."""
    session: Any = getattr(config, "_benchmarksession", None)
    measured = [one for one in session.benchmarks if one and one.stats] if session else []
    medians = {one.name.removeprefix("test_"): quantity(one) for one in measured}
    found = []
    for one in measured:
        beside = one.extra_info.get("beside", "")
        if beside and beside not in medians:
            raise pytest.UsageError(f"{one.name} is measured beside “{beside}”, which was not run")
        ratio = one.extra_info.get("ratio") or (quantity(one) / medians[beside] if beside else None)
        name = one.name.removeprefix("test_")
        at_most = one.extra_info.get("at_most")
        memory = "megabytes" in one.extra_info
        spread = 0.0 if memory else one.stats.iqr
        within = one.extra_info.get("within")
        found.append(Row(name, quantity(one), spread, one.stats.rounds, beside, ratio, at_most, memory, within))
    return sorted(found, key=lambda row: row.ratio is None)


def quantity(one: Any) -> float:
    """What was measured: seconds, or megabytes."""
    return float(one.extra_info.get("megabytes", one.stats.median))


def table(measured: list[Row]) -> list[str]:
    """The lines of the table."""
    if not measured:
        return []
    width = max(len(row.name) for row in measured)
    lines = [f"{'ratio':>7}  {'limit':>10}  {'benchmark':{width}}  {'median':>10}  {'iqr':>10}  rounds  beside"]
    for row in measured:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}×"
        limit = "" if row.within is None else clock(row.within)
        limit = limit if row.at_most is None else f"{row.at_most:.2f}×"
        mark = "  TOO SLOW" if row.too_slow else ""
        lines.append(
            f"{ratio:>7}  {limit:>10}  {row.name:{width}}  {amount(row.median, row)}  {amount(row.spread, row)}  "
            f"{row.rounds:6}  "
            f"{row.beside}{mark}".rstrip()
        )
    return lines


def amount(value: float, row: Row) -> str:
    """A time or a size in ten columns."""
    return f"{value:7.1f} MB" if row.memory else clock(value)


def clock(seconds: float) -> str:
    """A time in ten columns, in the unit that suits it."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:7.1f} µs"
    if seconds < 1:
        return f"{seconds * 1e3:7.1f} ms"
    return f"{seconds:7.2f} s "


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    lines = table(rows(config))
    if lines:
        python = ".".join(str(part) for part in sys.version_info[:3])
        terminalreporter.section(f"benchmarks, Python {python}")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a ratio above its limit fail the run."""
    if session.exitstatus == pytest.ExitCode.OK and any(row.too_slow for row in rows(session.config)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
