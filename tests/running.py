"""Commands and scripts run in this process, as a user starts them."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import main as program
from tests import ROOT


class Result(NamedTuple):
    """What a command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The object that `--json` prints."""
        return json.loads(self.out)


def run(*arguments: str) -> Result:
    """Run a command with streams of its own."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = program.main(list(arguments))
        except SystemExit as leave:
            code = int(leave.code or 0)
    return Result(code, out.getvalue(), err.getvalue())


def script(path: str) -> ModuleType:
    """A script of the checkout that lies in no package ("packaging/icons.py"), as a module."""
    spec = spec_from_file_location(f"script_{Path(path).stem}", ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def bound_by_modes() -> list[str]:
    """What a command begins with so that what may only be read stays so, even where root runs the tests."""
    return ["setpriv", "--bounding-set=-dac_override"] if os.name == "posix" and os.getuid() == 0 else []
