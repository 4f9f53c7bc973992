"""Our own source, read by tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests import ROOT


def shipped() -> Iterator[Path]:
    """Every module of the program and of what installs it."""
    yield ROOT / "main.py"
    yield ROOT / "run.py"
    for room in ("core", "ui", "packaging"):
        yield from sorted((ROOT / room).rglob("*.py"))


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module that a source imports, at whatever depth, also by name at run time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and called_name(node) in ("import_module", "__import__"):
            yield from (str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))


def called_name(call: ast.Call) -> str:
    """`open` of `open(...)`, `path.open(...)` and `io.open(...)` alike."""
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")
