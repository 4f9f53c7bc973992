"""The page of licences tells what is installed."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType


def test_the_page_of_licences_is_up_to_date(root: Path, script: Callable[[str], ModuleType]) -> None:
    third_party = script("third_party")
    assert third_party.page() == (root / "docs" / "THIRD_PARTY.md").read_text(encoding="utf-8")
    assert set(third_party.PURPOSE) == set(third_party.locked("requirements.lock"))
