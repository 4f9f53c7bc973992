"""The command line: each module takes parsed arguments and writes to a stream; none imports Qt."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from core.places import data_folder

if TYPE_CHECKING:
    from argparse import Namespace

#: Subcommand -> its module here; a module is imported only when its command runs.
_MODULES = {
    "list": "lists",
    "rank": "rank",
    "estimate": "estimate",
    "handout": "handout",
    "evidence": "evidence",
    "calibrate": "calibrate",
    "verify": "verify",
    "selfcheck": "selfcheck",
}


def run(arguments: Namespace, out: TextIO) -> int:
    """Runs the subcommand that the arguments name and returns its exit code. Errors: CellRouteError."""
    if arguments.data is None:
        arguments.data = data_folder()
    module = import_module(f"core.commands.{_MODULES[arguments.command]}")
    code: int = module.run(arguments, out)
    return code
