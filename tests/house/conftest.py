"""Reading our own source, for the tests of the house."""

import ast
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests import ROOT
from tests.sources import shipped

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def sources() -> dict[str, ast.Module]:
    """Every module that is shipped, by its path in the checkout ("core/files/save.py"), parsed."""
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_bytes(), str(path)) for path in shipped()}


@pytest.fixture(scope="session")
def run_python() -> Run:
    """Run a child Python in the checkout; extra environment as keywords."""

    def run(*args: str, timeout: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
        import os

        return subprocess.run(
            [sys.executable, *args],
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return run
