"""The answer to the consult that the program is opened with, worked out in a process of its own.

Making the window and answering take about as long as each other, and in one process each waits for the other: Python
has one lock. The other process is this program again (`core.commands.answer`). Only time hangs on it: whatever goes
wrong there, the window answers by itself.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from core.system import cores

if TYPE_CHECKING:
    from core.consult import Consult
    from core.pack.pack import Pack
    from core.results import Recommendation

PATIENCE = 5
"""Seconds from the question until the other process is given up: longer than answering takes on a slow laptop."""


class Ahead:
    """A process that answers the consult of a file at once, and tells its answer when it is asked for it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._asked: Consult | None = None

    @classmethod
    def begin(cls, consult: str | Path, data: Path) -> Ahead | None:
        """One on a consult file and the evidence in force in a folder; null where it would gain or can do nothing."""
        if cores() < 2:
            return None
        program = [sys.executable]
        if not getattr(sys, "frozen", False):
            program.append(str(Path(__file__).resolve().parents[1] / "main.py"))
        try:
            return cls(
                subprocess.Popen(
                    [*program, "answer", str(consult), str(data)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            )
        except OSError:
            return None

    def ask(self, consult: Consult | None) -> None:
        """Ask for the answer to a consult, or say that there is none; does not wait for it."""
        if consult is None:
            self.end()
            return
        import msgspec

        pipe, self._process.stdin = self._process.stdin, None
        assert pipe is not None
        try:
            with pipe:
                pipe.write(msgspec.json.encode(consult))
        except OSError:  # it has ended, which `answer` will see
            return
        self._asked = consult

    def answer(self, pack: Pack, consult: Consult) -> Recommendation | None:
        """Wait for its answer, once; null where there is none to this consult and from this evidence."""
        if consult != self._asked:
            self.end()
            return None
        import msgspec

        from core.results import Recommendation

        try:
            told, _ = self._process.communicate(timeout=PATIENCE)
            digest, _, answer = told.partition(b"\n")
            if digest != pack.sha256.encode():
                return None
            return msgspec.json.decode(answer, type=Recommendation)
        except (OSError, subprocess.TimeoutExpired, msgspec.DecodeError):
            return None
        finally:
            self.end()

    def end(self) -> None:
        """Let the process go, whatever it is doing."""
        self._process.kill()
        with self._process:
            pass
