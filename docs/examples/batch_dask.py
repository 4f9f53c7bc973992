"""The batch over a cluster: the same pure function, mapped by Dask over pieces of a table.

Dask is no part of CellRoute. In an environment of its own (`python3 -m venv`), from the checkout:

    python -m pip install -r requirements.lock
    python -m pip install "dask[dataframe]"
    PYTHONPATH=. python docs/examples/batch_dask.py 'consults-*.csv' answers/

Each worker needs the checkout on its path. The evidence is decoded once in each process; rows of one condition close
together are quickest, because what they share is kept (see docs/BATCH.md).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec

from core.batch import answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def answer_lines(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """One JSON object for each row, with its id, in the order of the rows: what Dask maps over its partitions."""
    asked = list(rows)
    for row, answer in zip(asked, answers(asked), strict=True):
        yield msgspec.json.encode({"id": row.get("id"), **msgspec.structs.asdict(answer)}).decode()


def main(pattern: str, folder: str) -> None:
    """Answers every table that the pattern names; one file for each partition, its lines parted by line ends."""
    import dask.dataframe as tables

    # Every cell is text, as on the command line: a dose of 1e7 stays what was written.
    rows = tables.read_csv(pattern, dtype=str, keep_default_na=False).to_bag(format="dict")
    rows.map_partitions(answer_lines).to_textfiles(f"{folder}/answers-*.jsonl")


if __name__ == "__main__":
    main(*sys.argv[1:])
