"""The current consult, its undo list, and the recommendation that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from core.consult import Consult, make_consult
from core.errors import CellRouteError

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Delivered, Journey, Recommendation
    from ui.worker import Worker

MOST_UNDO = 500
PAUSE = 150  # ms of rest after which a moved slider is answered in full


class Answers(Protocol):
    """What the store asks for an answer; `ui.engine.Engine` is the one of the program."""

    def preview(self, consult: Consult, before: Recommendation) -> Recommendation | None: ...
    def recommend(self, consult: Consult) -> Recommendation: ...
    def journey(self, consult: Consult, procedure: str) -> Journey: ...
    def course(self, consult: Consult, procedure: str) -> tuple[Delivered, ...]: ...


class Store(QObject):
    """Holds the choice and its answer. Widgets call `edit`; everybody listens to `changed`.

    `chosen` comes at once with the new Consult (null: nothing chosen yet), `changed` with the Recommendation when it
    is there, `previewed` with one whose order alone is new (while a slider moves; `changed` follows), `picked` with the
    procedure that is looked at, `failed` with a sentence.
    """

    chosen = Signal(object)
    changed = Signal(object)
    previewed = Signal(object)
    picked = Signal(str)
    failed = Signal(str)

    def __init__(self, pack: Pack, engine: Answers, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pack = pack
        self.engine = engine
        self.worker = worker
        self.defaults: dict[str, Any] = {}
        self.consult: Consult | None = None
        self.recommendation: Recommendation | None = None
        self.selected = ""
        self._picked = False  # by somebody; else what is looked at goes on to what can be done
        self._past: list[Consult | None] = []
        self._future: list[Consult | None] = []
        self._merging = ""
        self._ready = False
        self._awaited: Callable[[], object] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._answer_in_full)

    # -- choosing

    def choose_condition(self, condition: str) -> None:
        """Begin with a condition; what was touched and still fits stays."""
        old = self.consult
        fields: dict[str, Any] = dict(self.defaults)
        if old is not None:
            for field in ("cells", "dose", "sites", "has", "preset", "weights", "jurisdiction"):
                if field in old.touched or (field == "has" and old.has is not None):
                    fields[field] = getattr(old, field)
            if fields.get("weights"):
                fields.pop("preset", None)
            fields["patient"] = dict(old.patient)
        try:
            self.set(make_consult(self.pack, condition, **fields))
        except CellRouteError as error:
            self.failed.emit(str(error))

    def edit(self, merge: str = "", **fields: Any) -> None:
        """Change fields of the consult and mark them touched. Edits of one `merge` key are one step to undo."""
        if self.consult is None:
            return
        touched = tuple(sorted({*self.consult.touched, *fields}))
        self.set(msgspec.structs.replace(self.consult, **fields, touched=touched), merge)

    def set(self, consult: Consult | None, merge: str = "") -> None:
        """Take a whole consult as the present one."""
        if consult == self.consult:
            return
        if not (merge and merge == self._merging and self._past):
            self._past.append(self.consult)
            del self._past[:-MOST_UNDO]
        self._merging = merge
        self._future.clear()
        self._take(consult)

    def succeed(self, other: Store, fit: Callable[[Consult], Consult | None]) -> None:
        """Take over consult, undo list and what is looked at from a store on another pack or in another language.

        `fit`: the consult as it stands here; null where it cannot, and then it is left out.
        """

        def fitted(consults: list[Consult | None]) -> list[Consult | None]:
            return [new for one in consults for new in (None if one is None else fit(one),) if one is None or new]

        other._rest.stop()
        self._past, self._future = fitted(other._past), fitted(other._future)
        consult = None if other.consult is None else fit(other.consult)
        if consult is not None:
            self._take(consult)
            self.selected, self._picked = other.selected, other._picked

    def settle(self) -> None:
        """End the step that edits of one kind are gathered in, and say what is still to be said."""
        if self._rest.isActive():
            self._answer_in_full()
        self._merging = ""

    def when_answered(self, then: Callable[[], object]) -> None:
        """Call `then` once the answer in full to the present choice is there, which may be now.

        What is given away must never tell of a choice that was changed since. Without an answer it is not called.
        """
        answered = self.recommendation is not None and self.recommendation.consult == self.consult
        if answered and not self._rest.isActive() and not self.worker.busy("recommend"):
            then()
            return
        self._awaited = then
        if not self.worker.busy("recommend"):
            self._answer_in_full()

    def start_again(self) -> None:
        """A new consult: nothing chosen."""
        self.set(None)

    @property
    def working(self) -> bool:
        """Whether something is still to come."""
        return self._rest.isActive() or self.worker.busy()

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def undo(self) -> None:
        """Back by one choice."""
        if self._past:
            self._future.append(self.consult)
            self._merging = ""
            self._take(self._past.pop())

    def redo(self) -> None:
        """Forward by one choice."""
        if self._future:
            self._past.append(self.consult)
            self._merging = ""
            self._take(self._future.pop())

    # -- answering

    def get_ready(self) -> None:
        """Answers may be given from now on (called after the first paint, so that it never waits for them)."""
        self._ready = True
        if self.consult is not None:
            self._answer()

    def pick(self, procedure: str) -> None:
        """Look at one procedure."""
        self._picked = True
        if procedure != self.selected:
            self.selected = procedure
            self.picked.emit(procedure)

    def _take(self, consult: Consult | None) -> None:
        if (
            consult is None
            or self.consult is None
            or (consult.condition, consult.target)
            != (
                self.consult.condition,
                self.consult.target,
            )
        ):
            self.selected, self._picked = "", False
        self.consult = consult
        self.chosen.emit(consult)
        if consult is None:
            self.worker.cancel("recommend")
            self._rest.stop()
            self._awaited = None
            self.recommendation = None
            self.changed.emit(None)
        elif self._ready:
            self._answer()

    def _answer(self) -> None:
        consult = self.consult
        assert consult is not None
        before = self.recommendation
        if before is not None and not self.worker.busy("recommend"):
            preview = self.engine.preview(consult, before)
            if preview is not None:
                self.recommendation = preview
                self.previewed.emit(preview)
                self._rest.start(PAUSE)
                return
        self._answer_in_full()

    def _answer_in_full(self) -> None:
        self._rest.stop()
        consult = self.consult
        if consult is None:
            return
        self.worker.start("recommend", lambda: self.engine.recommend(consult), self._receive, self.fail)

    def _receive(self, recommendation: Any) -> None:
        self.recommendation = recommendation
        shown = {option.procedure: option for option in recommendation.options}
        if self.selected not in shown or (not self._picked and shown[self.selected].status != "suitable"):
            self.selected = recommendation.first or next(
                (option.procedure for option in recommendation.options if option.asked),
                recommendation.options[0].procedure if recommendation.options else "",
            )
        self.changed.emit(recommendation)
        then, self._awaited = self._awaited, None
        if then is not None:
            then()

    def fail(self, error: Exception) -> None:
        """Say an error of ours; a mistake in the code goes on to the crash report."""
        self._awaited = None
        if isinstance(error, CellRouteError):
            self.failed.emit(str(error))
            return
        raise error


def fitting(defaults: dict[str, Any], pack: Pack) -> dict[str, Any]:
    """What is assumed for the next consult, without what a pack does not hold."""
    has, place = defaults.get("has"), defaults.get("jurisdiction")
    return {
        **defaults,
        "has": None if has is None else tuple(one for one in has if one in pack.capabilities),
        "jurisdiction": place if place in pack.jurisdictions else None,
    }
