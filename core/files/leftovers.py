"""What a save that was killed may leave behind: what it is called, and how it is removed."""

import os
import time
from pathlib import Path

_PREFIX, _SUFFIX = ".cellroute-", ".part"
_AGE = 60.0  # seconds; a save takes milliseconds, so what is older belongs to no one


def part_of(target: Path) -> Path:
    """A name that nobody else has, beside a file that is to be saved."""
    return target.with_name(f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")


def remove_leftovers(folder: str | Path) -> int:
    """Remove what a save that was killed left behind in a folder, as far as it can; how many there were.

    What a clock that was set back dates in the future is left behind too.
    """
    now = time.time()
    removed = 0
    for entry in _entries(folder):
        if entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX):
            try:
                if abs(now - entry.lstat().st_mtime) > _AGE:
                    entry.unlink()
                    removed += 1
            except OSError:
                continue
    return removed


def _entries(folder: str | Path) -> list[Path]:
    try:
        return list(Path(folder).iterdir())
    except OSError:
        return []
