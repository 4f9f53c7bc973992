"""The faces are registered once for all tests of the handout."""

import pytest

from core.handout import fonts


@pytest.fixture(scope="session", autouse=True)
def _faces() -> None:
    fonts.faces()
