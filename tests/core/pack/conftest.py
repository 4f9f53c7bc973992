"""Who signs, for tests of evidence that is brought in."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.pack.pack import Pack
from tests.core.pack import signing
from tests.core.pack.signing import Signer


@pytest.fixture
def signer(tmp_path: Path, pack: Pack) -> Signer:
    """A data folder and a key that it trusts."""
    return signing.make_signer(tmp_path, pack)
