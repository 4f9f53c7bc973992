"""The scripts of packaging/, which is no package, as modules."""

import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def script(name: str) -> ModuleType:
    """A script of packaging/ by its name; as when it is started, what lies beside it is found."""
    if str(ROOT / "packaging") not in sys.path:
        sys.path.append(str(ROOT / "packaging"))
    spec = spec_from_file_location(f"script_{name}", ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(name="script", scope="session")
def scripts() -> Callable[[str], ModuleType]:
    """Gives a script of packaging/ by its name."""
    return script


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


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
