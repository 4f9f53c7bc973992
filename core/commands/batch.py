"""`rank --batch`: a table of consults in, a table of figures out; streaming, on all cores, resumable.

Answers are written in the order of the consults, each as one line that starts with the number and line of its row, its
id and the key of its question. What is already in the output is skipped when its lines start as those of the input
would, and a line that a kill cut short is done again.
"""

from __future__ import annotations

import csv
import os
import signal
import sys
import time
from collections import OrderedDict, deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from threading import Thread
from typing import TYPE_CHECKING, Self, TextIO

import msgspec

from core import __version__
from core.batch import DEFAULT_DRAWS, many_of
from core.batch_table import KINDS, Row, Writing, rows_of
from core.commands.days import said_when_old
from core.consult_written import COLUMNS, whole
from core.errors import CellRouteError, InputError
from core.files import Growing
from core.system import cores

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

Answers = list[tuple[bytes, bool]]
"""The body of each answer's line, and whether it is an error."""

PIECE = 64
"""Questions that a process is given at once: some 40 ms of work, so that handing over costs next to nothing."""
AHEAD = 4
"""Pieces for each process that are read before the first of them is written."""
REMEMBERED = 4_096
"""Questions whose answers are kept, so that equal consults are reckoned once; a bound on memory."""
MOST_JOBS = 60
"""More processes than Windows can wait for at once."""
_FOR_HELPERS = {
    # Python takes modules of its helpers from the present folder, which may be anybody's, unless it is told.
    "PYTHONSAFEPATH": "1",
    # Every core has a process already; more threads in each would only hold memory.
    "OPENBLAS_NUM_THREADS": "1",
}
EVERY = 1.0
"""Seconds between two words about progress."""


def run(arguments: Namespace, out: TextIO) -> int:
    """Answers every consult of `--batch` into `--out`; 1 where some could not be answered. Errors: CellRouteError."""
    source, target = arguments.batch, arguments.out
    if target is None:
        raise InputError("Name the file for the answers with --out results.csv or --out results.jsonl.")
    if target.suffix.lower() not in KINDS:
        raise InputError(f"“{target.name}” is neither .csv nor .jsonl. Name the file with one of the two.")
    draws = DEFAULT_DRAWS if arguments.draws is None else whole(arguments.draws, "number of draws")
    jobs = min(cores(), MOST_JOBS) if arguments.jobs is None else whole(arguments.jobs, "number of processes")
    if not 1 <= jobs <= MOST_JOBS:
        raise InputError(f"{jobs} processes cannot be started. Give 1 to {MOST_JOBS}.")
    many = many_of(draws, arguments.data)  # wrong draws or a broken pack stop here, before the output is touched
    writing = Writing(target.suffix.lower(), f"{__version__} {many.evidence} {draws}")
    total = sum(1 for _ in rows_of(source))
    if target.exists() and target.samefile(source):
        raise InputError(f"“{target.name}” is the table of consults itself. Name another file with --out.")
    with Growing(target) as file, closing(rows_of(source)) as rows:
        done, failed = already_there(target.name, file, rows, writing)
        helpers = min(jobs, 1 + (total - done) // PIECE)
        with Progress(target.name, total, done) as progress, Crew(helpers, writing, draws, arguments.data) as crew:
            for lines, count, wrong in answered(rows, writing, crew):
                file.add(lines)
                failed += wrong
                progress.add(count)
    out.write(f"{target.name}: {consults(total)}, {failed} of them could not be answered.\n{said_when_old(many.pack)}")
    return 1 if failed else 0


def consults(count: int) -> str:
    """So many consults, in words."""
    return "1 consult" if count == 1 else f"{count} consults"


def already_there(name: str, file: Growing, rows: Iterator[Row], writing: Writing) -> tuple[int, int]:
    """Skip the rows whose answers the output holds; how many those are, and how many of them are errors.

    Errors: InputError where the output holds something else.
    """
    if not file.size:
        if not writing.begins(file.rest):
            raise _other(name, 1)
        file.add(writing.head())
        return 0, 0
    done = failed = 0
    with closing(file.lines()) as lines:
        if writing.head() and next(lines, "").encode() != writing.head():
            raise _other(name, 1)
        for line in lines:
            if not line.endswith("\n"):
                break  # cut by a kill; it is done again
            row = next(rows, None)
            if row is None or not line.encode().startswith(writing.start(row, writing.key(row.question))):
                raise _other(name, done + 1)
            try:
                failed += writing.failed(line)
            except (ValueError, csv.Error, msgspec.MsgspecError) as error:
                raise _other(name, done + 1) from error
            done += 1
    return done, failed


def _other(name: str, number: int) -> InputError:
    return InputError(
        f"“{name}” holds something else from answer {number} on: other consults or ids, evidence or draws. "
        "Name another file with --out, or remove this one."
    )


@dataclass(slots=True)
class Piece:
    """Questions that are answered together."""

    questions: list[tuple[str, ...]] = field(default_factory=list)
    answers: Future[Answers] | None = None


@dataclass(slots=True)
class Slot:
    """The place where the answer to a question is or will be."""

    piece: Piece
    place: int
    key: str


def answered(rows: Iterable[Row], writing: Writing, crew: Crew) -> Iterator[tuple[bytes, int, int]]:
    """Lines in the order of the rows, some at a time, with how many they are and how many of them are errors.

    A question that was asked a short while ago is not asked again.
    """
    known: OrderedDict[tuple[str, ...], Slot] = OrderedDict()
    waiting: deque[tuple[Row, Slot]] = deque()
    piece = Piece()

    def ready(count: int) -> tuple[bytes, int, int]:
        lines, failed = [], 0
        for row, slot in (waiting.popleft() for _ in range(count)):
            body, wrong = crew.answers(slot.piece)[slot.place]
            lines.append(writing.start(row, slot.key) + body)
            failed += wrong
        return b"".join(lines), count, failed

    for row in rows:
        slot = known.get(row.question)
        if slot is not None:
            known.move_to_end(row.question)
        else:
            if piece.answers is not None or len(piece.questions) == PIECE:
                crew.begin(piece)
                piece = Piece()
            slot = known[row.question] = Slot(piece, len(piece.questions), writing.key(row.question))
            piece.questions.append(row.question)
            if len(known) > REMEMBERED:
                known.popitem(last=False)
        waiting.append((row, slot))
        if len(waiting) >= crew.jobs * AHEAD * PIECE:
            yield ready(PIECE)
    crew.begin(piece)
    while waiting:
        yield ready(min(PIECE, len(waiting)))


class Crew:
    """The processes that answer; one of them is no other than this one.

    Ctrl+C ends the other processes at once, and is a KeyboardInterrupt where the next answers are asked for: in the
    middle of handing over work it would leave them waiting for ever.
    """

    def __init__(self, jobs: int, writing: Writing, draws: int, data: Path | None) -> None:
        self.jobs = jobs
        self._common = (writing, draws, data)
        self._pool: ProcessPoolExecutor | None = None
        self._stopped = False

    def __enter__(self) -> Self:
        if self.jobs > 1:
            self._environment = {name: os.environ.get(name) for name in _FOR_HELPERS}
            os.environ.update(_FOR_HELPERS)
            ours = get_context("spawn")
            # Helpers end when this end of the pipe closes, be it by `stop` or because this process ended.
            theirs, self._leash = ours.Pipe(duplex=False)
            self._pool = ProcessPoolExecutor(self.jobs, ours, _be_a_helper, (theirs,))
            self._theirs = theirs
            self._before = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(self, kind: type[BaseException] | None, *ended: object) -> None:
        if self._pool is None:
            return
        if kind is not None:
            self._leash.close()  # nobody waits for what they are at
        self._pool.shutdown(cancel_futures=True)
        # After the first Ctrl+C the program ends; one more would only keep it from ending tidily.
        signal.signal(signal.SIGINT, signal.SIG_IGN if self._stopped else self._before)
        self._leash.close()
        self._theirs.close()
        for name, value in self._environment.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

    def _interrupted(self, *signalled: object) -> None:
        before, self._stopped = self._stopped, True
        if not before:  # an impatient second one may come while the first is being heard
            self._leash.close()

    def begin(self, piece: Piece) -> None:
        """Let the questions of a piece be answered, once. Errors: as `answers`."""
        if piece.answers is not None:
            return
        if self._pool is None:
            piece.answers = Future()
            piece.answers.set_result(answer_piece(piece.questions, *self._common))
            return
        with self._whole(), _without_interrupts():
            piece.answers = self._pool.submit(answer_piece, piece.questions, *self._common)

    def answers(self, piece: Piece) -> Answers:
        """The answers of a piece, waited for.

        Errors: CellRouteError where a process was ended from outside; KeyboardInterrupt after Ctrl+C.
        """
        self.begin(piece)
        assert piece.answers is not None
        with self._whole():
            return piece.answers.result()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Says what it means that a helper is gone."""
        try:
            yield
        except BrokenProcessPool as error:
            if self._stopped:
                raise KeyboardInterrupt from error
            raise CellRouteError(
                "One of the processes that reckon was ended from outside, perhaps for want of memory; "
                "fewer --jobs need less.",
                str(error),
            ) from error


def answer_piece(questions: list[tuple[str, ...]], writing: Writing, draws: int, data: Path | None) -> Answers:
    """The answers to some questions, ready to be written; this is what other processes run."""
    many = many_of(draws, data)
    found = (many.answer(dict(zip(COLUMNS, asked, strict=True))) for asked in questions)
    return [(writing.body(one), one.error is not None) for one in found]


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Keeps Ctrl+C for later; processes begun meanwhile never hear it, not even before they can say so themselves."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _be_a_helper(leash: Connection) -> None:
    """Leave Ctrl+C, which reaches every process, to the first one; and end when that lets go or is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_when_let_go, args=(leash,), daemon=True).start()


def _end_when_let_go(leash: Connection) -> None:
    leash.poll(None)
    os._exit(1)


class Progress:
    """How far it is, on stderr: one line that changes on a screen, lines now and then in a log."""

    def __init__(self, name: str, total: int, done: int) -> None:
        """`name`: the file that the answers go to."""
        self._name, self._total, self._begun, self._done = name, total, done, done
        self._start = self._said = time.monotonic()
        self._screen = sys.stderr.isatty()
        self._width = 0
        if done:
            sys.stderr.write(f"{done} of {consults(total)} were answered before.\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *ended: object) -> None:
        self._say("\n")
        if kind is not None:
            sys.stderr.write(
                f"Stopped: {self._done} of {consults(self._total)} are answered in “{self._name}”. "
                "Give the same command again; it goes on there.\n"
            )

    def add(self, count: int) -> None:
        """So many more are written."""
        self._done += count
        now = time.monotonic()
        if now - self._said >= (EVERY if self._screen else 10 * EVERY):
            self._said = now
            self._say("\r" if self._screen else "\n")

    def _say(self, end: str) -> None:
        said = f"{self._done} of {consults(self._total)}"
        if written := self._done - self._begun:
            rate = written / max(time.monotonic() - self._start, 1e-9)
            left = self._total - self._done
            said += f", {rate:.0f} a second" + (f", {_time(left / rate)} left" if left else "")
        sys.stderr.write(said.ljust(self._width) + end)  # blanks over what a longer line left on the screen
        sys.stderr.flush()
        self._width = len(said) if end == "\r" else 0


def _time(seconds: float) -> str:
    """About how long."""
    if seconds < 90:
        return f"about {seconds:.0f} s"
    minutes = seconds / 60
    return f"about {minutes:.0f} min" if minutes < 90 else f"about {minutes / 60:.0f} h"
