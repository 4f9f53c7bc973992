"""Work that takes longer than a frame: one thread, newest job of a kind wins, late answers are dropped."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Qt, Signal

Step = Callable[[int, int], object]


class Stopped(Exception):  # noqa: N818 (not an error: somebody pressed Cancel)
    """Ends long work that nobody waits for any more."""


class _Job(msgspec.Struct, frozen=True):
    kind: str
    number: int
    ticket: int


_tickets = itertools.count()


class Worker(QObject):
    """Runs plain functions in a thread and answers in the window's thread.

    Widgets must die in the window's thread. So the work, which may hold some, is kept and let go there (and
    `ui.garbage` looks for what is in circles there alone).
    """

    _ended = Signal(str, int, int)
    _came = Signal(str, int, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._newest: dict[str, int] = {}
        self._answers: dict[str, tuple[Callable[[object], None], Callable[[Exception], None]]] = {}
        self._jobs: dict[int, Callable[[], object]] = {}
        self._outcomes: dict[int, tuple[object, Exception | None]] = {}
        self._thread: threading.Thread | None = None
        self._steps: dict[str, Callable[[int, int], object]] = {}
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._say_step, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        kind: str,
        work: Callable[[], object],
        done: Callable[[object], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run `work`; `done` or `failed` is called unless a newer job of its kind was started or it was cancelled."""
        number = self._newest.get(kind, 0) + 1
        self._newest[kind] = number
        self._answers[kind] = (done, failed)
        ticket = next(_tickets)
        self._jobs[ticket] = work
        self._queue.put(_Job(kind, number, ticket))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="cellroute-worker", daemon=True)
            self._thread.start()

    def start_long(
        self,
        kind: str,
        work: Callable[[Step], object],
        done: Callable[[object], None],
        failed: Callable[[Exception], None],
        stepped: Callable[[int, int], object],
    ) -> None:
        """Run `work` with a function that it tells how far it is; `stepped` hears it in the window's thread.

        After `cancel` the next step ends the work, so that the thread is free for what comes.
        """
        number = self._newest.get(kind, 0) + 1

        def step(place: int, all: int) -> None:
            if self._newest.get(kind) != number:
                raise Stopped
            self._came.emit(kind, number, place, all)

        self.start(kind, lambda: work(step), done, failed)
        self._steps[kind] = stepped

    def cancel(self, kind: str) -> None:
        """Forget the running and waiting jobs of a kind; long work ends at its next step."""
        self._newest[kind] = self._newest.get(kind, 0) + 1
        self._answers.pop(kind, None)

    def forget(self) -> None:
        """Forget every job; the thread stays for what comes."""
        for kind in list(self._newest):
            self.cancel(kind)

    def busy(self, kind: str | None = None) -> bool:
        """Whether an answer of a kind (of any) is still to come."""
        return bool(self._answers) if kind is None else kind in self._answers

    def stop(self) -> None:
        """End the thread after its present job."""
        self.forget()
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(timeout=10)
            self._thread = None
        self._outcomes.clear()
        self._jobs.clear()

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            self._do(job)
            try:
                self._ended.emit(job.kind, job.number, job.ticket)
            except RuntimeError:  # the window is gone
                return

    def _do(self, job: _Job) -> None:
        """Leaves the outcome for the window's thread, and nothing of it in this one when it is said to be there."""
        if self._newest.get(job.kind) != job.number:
            return
        try:
            self._outcomes[job.ticket] = (self._jobs[job.ticket](), None)
        except Stopped:
            pass
        except Exception as error:  # noqa: BLE001 (it is raised again in the window's thread)
            self._outcomes[job.ticket] = (None, error)

    def _say_step(self, kind: str, number: int, place: int, all: int) -> None:
        if self._newest.get(kind) == number and kind in self._answers:
            self._steps[kind](place, all)

    def _deliver(self, kind: str, number: int, ticket: int) -> None:
        result, problem = self._outcomes.pop(ticket, (None, None))
        self._jobs.pop(ticket, None)
        if self._newest.get(kind) != number or kind not in self._answers:
            return
        done, failed = self._answers.pop(kind)
        if problem is None:
            done(result)
        else:
            failed(problem)
