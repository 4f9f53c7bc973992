"""Tables of consults for the tests of a batch."""

import csv
import random
from pathlib import Path

from core.pack.pack import Pack
from tests.running import Result, run

KNEE = {"condition": "knee_osteoarthritis"}
IV = {"condition": "knee_osteoarthritis", "route": "iv", "dose": "1e7"}


def a_table(pack: Pack, count: int, seed: int = 1) -> list[dict[str, str]]:
    """Consults of every sort, the same for the same seed."""
    pick = random.Random(seed)
    conditions, factors, things = list(pack.conditions), list(pack.factors)[:6], list(pack.capabilities)
    return [
        {
            "condition": pick.choice(conditions[:5]),
            "dose": str(pick.randint(1, 900) * 100_000),
            "has": pick.choice(["", "none", ",".join(pick.sample(things, 3))]),
            "patient": ",".join(f"{one}={pick.choice(['yes', 'no'])}" for one in pick.sample(factors, 2)),
            "weights": pick.choice(["", "delivered=50,harm=20"]),
            "preset": "",
            "sites": pick.choice(["", "1", "2"]),
        }
        for _ in range(count)
    ]


def written(path: Path, rows: list[dict[str, str]], separator: str = ",") -> Path:
    """The rows as a table."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names, delimiter=separator)
        table.writeheader()
        table.writerows(rows)
    return path


def batch(source: Path, target: Path, *more: str) -> Result:
    """What `rank --batch` leaves."""
    return run("rank", "--batch", str(source), "--out", str(target), *more)
