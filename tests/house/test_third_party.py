"""The page of licences tells what is installed."""

import importlib.util
from pathlib import Path


def test_the_page_of_licences_is_up_to_date(root: Path) -> None:
    spec = importlib.util.spec_from_file_location("third_party", root / "packaging" / "third_party.py")
    assert spec is not None
    assert spec.loader is not None
    third_party = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(third_party)
    assert third_party.page() == (root / "docs" / "THIRD_PARTY.md").read_text(encoding="utf-8")
    assert set(third_party.PURPOSE) == set(third_party.locked("requirements.lock"))
