"""Other disks and other files in a place of the file system, as long as a test wants them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def mounted(place: Path, *what: str) -> Iterator[Path]:
    """The place with something else on it, by the arguments of Linux's `mount`; root alone may do that."""
    done = subprocess.run(["mount", *what, str(place)], capture_output=True, check=False)
    assert done.returncode == 0, "nothing can be mounted here; run the tests as root"
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A new folder that is a disk of its own; `size` as the options of a tmpfs say it."""
    place.mkdir()
    with mounted(place, "-t", "tmpfs", "-o", size, "tmpfs") as disk:
        yield disk


def fill(disk: Path, leave: int) -> None:
    """Fill a disk but for so many bytes."""
    with (disk / "ballast").open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096) == 4096:
                pass
        except OSError:
            pass
        file.truncate(max(0, file.seek(0, os.SEEK_END) - leave))
