"""`rank --batch`: a table of consults in, a table of figures out; streaming, on all cores, resumable.

Answers are written in the order of the consults, each as one line that starts with the number of its row and the key
of its question. What is already in the output is skipped when its numbers and keys are those of the input, and a line
that a kill cut short is done again.
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
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Self, TextIO

import msgspec

from core import __version__
from core.batch import DEFAULT_DRAWS, many_of
from core.batch_table import KINDS, Row, Writing, rows_of
from core.commands.days import said_when_old
from core.consult_written import COLUMNS, whole
from core.errors import CellRouteError, InputError
from core.files import Growing, lines_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator
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
_SAFE = "PYTHONSAFEPATH"
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
    jobs = os.cpu_count() or 1 if arguments.jobs is None else whole(arguments.jobs, "number of processes")
    if not 1 <= jobs <= MOST_JOBS:
        raise InputError(f"{jobs} processes cannot be started. Give 1 to {MOST_JOBS}.")
    many = many_of(draws, arguments.data)  # wrong draws or a broken pack stop here, before the output is touched
    writing = Writing(target.suffix.lower(), f"{__version__} {many.evidence} {draws}")
    total = sum(1 for _ in rows_of(source))
    with Growing(target) as file, closing(rows_of(source)) as rows:
        done, failed = already_there(target, file, rows, writing)
        progress = Progress(total, done)
        with Crew(min(jobs, 1 + (total - done) // PIECE), writing, draws, arguments.data) as crew:
            for lines, count, wrong in answered(rows, writing, crew):
                file.add(lines)
                failed += wrong
                progress.add(count)
        progress.end()
    out.write(f"{target.name}: {total} consults, {failed} of them could not be answered.\n{said_when_old(many.pack)}")
    return 1 if failed else 0


def already_there(target: Path, file: Growing, rows: Iterator[Row], writing: Writing) -> tuple[int, int]:
    """Skip the rows whose answers the output holds; how many those are, and how many of them are errors.

    Errors: InputError where the output holds something else.
    """
    if not file.size:
        if not writing.begins(file.rest):
            raise _other(target, 1)
        file.add(writing.head())
        return 0, 0
    done = failed = 0
    with closing(lines_of(target)) as lines:
        if writing.head() and next(lines, "").encode() != writing.head():
            raise _other(target, 1)
        for line in lines:
            if not line.endswith("\n"):
                break  # cut by a kill; it is done again
            row = next(rows, None)
            try:
                number, key, wrong = writing.read(line)
            except (ValueError, csv.Error, msgspec.MsgspecError) as error:
                raise _other(target, done + 1) from error
            if row is None or number != row.number or key != writing.key(row.question):
                raise _other(target, done + 1)
            done += 1
            failed += wrong
    return done, failed


def _other(target: Path, number: int) -> InputError:
    return InputError(
        f"“{target.name}” holds something else from answer {number} on: other consults, evidence or draws. "
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
            lines.append(writing.line(row, slot.key, body))
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
    """The processes that answer; one of them is no other than this one."""

    def __init__(self, jobs: int, writing: Writing, draws: int, data: Path | None) -> None:
        self.jobs = jobs
        self._common = (writing, draws, data)
        self._pool = None
        if jobs > 1:
            # Python takes modules of its helpers from the present folder, which may be anybody's, unless it is told.
            self._before = os.environ.get(_SAFE)
            os.environ[_SAFE] = "1"
            self._pool = ProcessPoolExecutor(jobs, get_context("spawn"), _be_a_child)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            os.environ.pop(_SAFE)
            if self._before is not None:
                os.environ[_SAFE] = self._before

    def begin(self, piece: Piece) -> None:
        """Let the questions of a piece be answered, once."""
        if piece.answers is not None:
            return
        if self._pool is not None:
            piece.answers = self._pool.submit(answer_piece, piece.questions, *self._common)
            return
        piece.answers = Future()
        piece.answers.set_result(answer_piece(piece.questions, *self._common))

    def answers(self, piece: Piece) -> Answers:
        """The answers of a piece, waited for. Errors: CellRouteError where a process was ended from outside."""
        self.begin(piece)
        assert piece.answers is not None
        try:
            return piece.answers.result()
        except BrokenProcessPool as error:
            raise CellRouteError(
                "One of the processes that reckon was ended from outside, perhaps for want of memory. "
                "Give the same command again, with fewer --jobs; it goes on where it stopped.",
                str(error),
            ) from error


def answer_piece(questions: list[tuple[str, ...]], writing: Writing, draws: int, data: Path | None) -> Answers:
    """The answers to some questions, ready to be written; this is what other processes run."""
    many = many_of(draws, data)
    found = (many.answer(dict(zip(COLUMNS, asked, strict=True))) for asked in questions)
    return [(writing.body(one), one.error is not None) for one in found]


def _be_a_child() -> None:
    """Leave Ctrl+C, which reaches every process, to the first one; and end when that ends, even by a kill."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Progress:
    """How far it is, on stderr: one line that changes on a screen, lines now and then in a log."""

    def __init__(self, total: int, done: int) -> None:
        self._total, self._begun, self._done = total, done, done
        self._start = self._said = time.monotonic()
        self._screen = sys.stderr.isatty()
        if done:
            sys.stderr.write(f"{done} of {total} consults were answered before.\n")

    def add(self, count: int) -> None:
        """So many more are written."""
        self._done += count
        now = time.monotonic()
        if now - self._said >= (EVERY if self._screen else 10 * EVERY):
            self._said = now
            self._say("\r" if self._screen else "\n")

    def end(self) -> None:
        """Say where it ended."""
        self._say("\n")

    def _say(self, end: str) -> None:
        rate = (self._done - self._begun) / max(time.monotonic() - self._start, 1e-9)
        sys.stderr.write(f"{self._done} of {self._total} consults, {rate:.0f} a second{end}")
        sys.stderr.flush()
