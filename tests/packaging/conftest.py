"""The scripts of packaging/, which is no package, as modules."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests import ROOT, running


def script(name: str) -> ModuleType:
    """A script of packaging/ by its name; as when it is started, what lies beside it is found."""
    if str(ROOT / "packaging") not in sys.path:
        sys.path.append(str(ROOT / "packaging"))
    return running.script(f"packaging/{name}.py")


@pytest.fixture(name="script", scope="session")
def scripts() -> Callable[[str], ModuleType]:
    """Gives a script of packaging/ by its name."""
    return script


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """packaging/package.py, which builds below a folder of its own."""
    module = script("package")
    monkeypatch.setattr(module, "BUILD", tmp_path / "build")
    return module


@pytest.fixture(scope="session")
def proof() -> ModuleType:
    """packaging/package_test.py."""
    return script("package_test")


@pytest.fixture(scope="session")
def icons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drawn icons."""
    folder = tmp_path_factory.mktemp("icons")
    script("icons").draw(folder)
    return folder
