"""What a reader who did not write the program found, each kept from coming back."""

from __future__ import annotations

import os
import time
from pathlib import Path

from core.files import save_bytes


def test_a_whole_copy_that_a_kill_left_is_removed_by_the_next_save(tmp_path: Path) -> None:
    """Writing over a file gives the new one a name beside it for an instant; a kill then leaves it there."""
    left = tmp_path / ".cellroute-0123456789abcdef.part"
    left.write_bytes(b"J. Doe")
    old = time.time() - 3600
    os.utime(left, (old, old))
    save_bytes(tmp_path / "another.pdf", b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["another.pdf"]
