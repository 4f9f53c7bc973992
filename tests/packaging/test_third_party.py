"""The page of licences tells what is installed."""

from collections.abc import Callable
from types import ModuleType

from tests import ROOT


def test_the_page_of_licences_is_up_to_date(script: Callable[[str], ModuleType]) -> None:
    third_party = script("third_party")
    assert third_party.page() == (ROOT / "docs" / "THIRD_PARTY.md").read_text(encoding="utf-8")
    assert set(third_party.PURPOSE) == set(third_party.locked("requirements.lock"))
