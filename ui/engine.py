"""The one door to what `core` concludes; everything heavy behind it is imported when it is first used."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from core.ahead import Ahead
    from core.consult import Consult
    from core.delivery.question import Question
    from core.pack.pack import Pack
    from core.ranking.prepare import Prepared
    from core.results import Delivered, Journey, Recommendation


JOURNEY_EARLY: tuple[float, ...] = (1.0, 6.0, 24.0)
JOURNEY_LATE: tuple[float, ...] = (72.0, 168.0, 336.0, 720.0)
COURSE: tuple[float, ...] = (1.0, 3.0, 6.0, 12.0, 24.0, 48.0, 72.0, 120.0, 168.0, 336.0, 504.0, 720.0)


class Engine:
    """Answers consults on one pack. Estimates are kept by `core`, so that moving a slider only ranks again."""

    def __init__(self, pack: Pack, ahead: Ahead | None = None) -> None:
        """`ahead`: what the first consult was given to, where another process answers it."""
        self.pack = pack
        self._ahead = ahead
        self._lock = threading.Lock()
        self._known = b""
        self._prepared: Prepared | None = None

    def get_ready(self, consult: Consult) -> None:
        """Prepare for new weights, where another process answered and nothing of it is known here."""
        from core.recommend import prepare

        with self._lock:
            if self._known != (key := _key(consult)):
                self._known, self._prepared = key, prepare(self.pack, consult)

    def preview(self, consult: Consult, before: Recommendation) -> Recommendation | None:
        """The order under new weights in less than a frame; null where more than the weights changed."""
        if not self._lock.acquire(blocking=False):
            return None
        from core.ranking.criteria import weights_of
        from core.recommend import prepare, preview

        try:
            if self._known != _key(consult):
                return None
            if self._prepared is None:
                self._prepared = prepare(self.pack, consult)
            return preview(msgspec.structs.replace(self._prepared, consult=consult), before, weights_of(consult))
        finally:
            self._lock.release()

    def recommend(self, consult: Consult) -> Recommendation:
        """What follows from a consult."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and (answer := ahead.answer(self.pack, consult)) is not None:
            return answer
        from core.recommend import recommend

        with self._lock:
            answer = recommend(self.pack, consult)
            if (key := _key(consult)) != self._known:
                self._known, self._prepared = key, None
            return answer

    def journey(self, consult: Consult, procedure: str) -> Journey:
        """Where the cells of a procedure are: any cell up to a day, living ones after that."""
        from core.delivery.journey import journey
        from core.results import Journey

        question = self._question(consult, procedure)
        with self._lock:
            early = journey(self.pack, question, JOURNEY_EARLY)
            late = journey(self.pack, question, JOURNEY_LATE)
        return Journey(hours=early.hours + late.hours, shares=early.shares + late.shares)

    def course(self, consult: Consult, procedure: str) -> tuple[Delivered, ...]:
        """The share in the target at a list of hours."""
        from core.delivery.estimate import estimate

        question = self._question(consult, procedure)
        with self._lock:
            return tuple(
                estimate(self.pack, msgspec.structs.replace(question, hours=hours)).delivered() for hours in COURSE
            )

    def _question(self, consult: Consult, procedure: str) -> Question:
        from core.delivery.question import Question

        one = self.pack.procedures[procedure]
        return Question(
            route=one.route,
            target=consult.target,
            guidance=one.guidance,
            cells=consult.cells,
            species=consult.species,
            condition=consult.condition,
            procedure=one.id,
        )


def _key(consult: Consult) -> bytes:
    same = msgspec.structs.replace(consult, preset="delivery_first", weights=None, touched=())
    return msgspec.json.encode(same)
