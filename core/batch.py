"""Many consults at once: the figures of each, without the sentences that only a reader needs.

`answers` is a pure function of rows to answers. It may be mapped over pieces of a table by anything that can call a
function (`docs/BATCH.md` shows Dask); `core.commands.batch` maps it over processes and keeps files.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from core.consult_written import COLUMNS, consult_of
from core.errors import CellRouteError, InputError, closest, shortened
from core.numbers import MILLION
from core.pack.read import load_current
from core.ranking.asked import asked_column, equivalent_dose
from core.ranking.criteria import weights_of
from core.ranking.options import cells_in_place, sequence
from core.ranking.order import order
from core.ranking.prepare import SAMPLES, Ground, Prepared, prepare_from
from core.ranking.words import Voice
from core.recommend import figures_alone, reference_of
from core.results import Level, Result, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.consult import Consult
    from core.pack.pack import Pack
    from core.ranking.order import Order
    from core.results import Delivered

T = TypeVar("T")

ID = "id"
"""A column that may stand beside those of a consult, for joining tables; never a patient's name."""
_KNOWN = frozenset((*COLUMNS, ID))
DEFAULT_DRAWS, FEWEST_DRAWS = 1_000, 100
KEPT_SAMPLES = 1_280_000
"""Samples of grounds kept: 1 280 of them at a thousand draws each, 128 at ten thousand; a bound on memory.

The evidence has some 1 250 combinations of condition, target and cells: in any order each is then reckoned once.
"""
KEPT_CLINICS = 1_024
"""Consults kept apart from their dose and weights."""


class Share(Result, frozen=True, kw_only=True):
    """A delivered fraction as `rank --json` gives it, without its studies."""

    median: float
    low: float
    high: float
    level: float
    hours: float
    basis: str
    measured_share: float
    below: bool


class Placed(Result, frozen=True, kw_only=True):
    """One procedure of an answer; the fields are those of `rank --json`."""

    rank: int | None
    procedure: str
    route: str
    guidance: str
    status: Status
    asked: bool
    score: float
    delivered: Share
    cells_per_million: float
    cells_delivered: float
    cells_per_site: float
    equivalent_dose: float | None
    certainty: Level
    rank_probability: tuple[float, ...]


class Asked(Result, frozen=True, kw_only=True):
    """The consult that was answered, with everything that was not given filled in; names as on the command line."""

    condition: str
    target: str
    route: str | None
    guidance: str | None
    cells: str
    dose: float
    sites: int
    has: tuple[str, ...] | None
    patient: dict[str, str]
    preset: str
    weights: dict[str, float] | None
    jurisdiction: str | None
    species: str


class Source(Result, frozen=True, kw_only=True):
    """The evidence that was asked, and the day after which it is out of date; names as in `rank --json`."""

    version: str
    date: str
    expires: str


class Answer(Result, frozen=True, kw_only=True):
    """What follows from a row; where it cannot be answered, `error` holds a sentence, and only `pack` is there too."""

    pack: Source
    consult: Asked | None = None
    verdict: Verdict | None = None
    first: str | None = None
    procedures: tuple[Placed, ...] = ()
    error: str | None = None


def answers(
    rows: Iterable[Mapping[str, str | None]], *, draws: int = DEFAULT_DRAWS, data: Path | None = None
) -> list[Answer]:
    """The answer to each row, in their order, on the evidence in force.

    A row maps names of `COLUMNS` to text; an empty cell, and null, is an option that was not given; an `id` is left
    alone. The evidence and what was reckoned are kept in the process from one call to the next, for all its threads.
    `data`: a folder with an overlay. Errors: InputError for a wrong number of draws; ReadError and PackError for the
    evidence. A row that cannot be answered is an answer with an `error`.
    """
    many = many_of(draws, data)
    return [many.answer(row) for row in rows]


@lru_cache(maxsize=1)
def many_of(draws: int, data: Path | None) -> Many:
    """The keeper of this process."""
    return Many(load_current(data), draws)


def question(row: Mapping[str, str | None]) -> tuple[str, ...]:
    """What makes two rows equal: their cells in the order of `COLUMNS`, trimmed.

    Errors: InputError for a name that is no column, and for a cell that is no text: nothing may be passed over.
    """
    for name in row.keys() - _KNOWN:
        raise _unknown(name, (*COLUMNS, ID))
    cells = tuple("" if (cell := row.get(name)) is None else cell for name in COLUMNS)
    for name, cell in zip(COLUMNS, cells, strict=True):
        if not isinstance(cell, str):
            raise InputError(
                f"The cell “{name}” is of the type {type(cell).__name__}. Give text, or None for an empty one."
            )
    return tuple(map(str.strip, cells))


def check_columns(names: Sequence[str], also: Sequence[str] = ()) -> None:
    """InputError unless every column is known, none stands twice, and the condition is there."""
    known = (*COLUMNS, *also)
    for name in names:
        if name not in known:
            raise _unknown(name, known)
        if names.count(name) > 1:
            raise InputError(f"The column “{name}” stands twice. Keep one of them.")
    if "condition" not in names:
        raise InputError(f"The column “condition” is missing. Columns are: {', '.join(known)}.")


def _unknown(name: str, known: Sequence[str]) -> InputError:
    near = closest(name, known)
    hint = f"; did you mean {' or '.join(near)}?" if near else f". Columns are: {', '.join(known)}."
    return InputError(f"There is no column “{shortened(name)}”{hint}")


class Many:
    """Answers row after row on one pack; what rows share is reckoned once and kept within a bound."""

    def __init__(self, pack: Pack, draws: int) -> None:
        """`draws` of the ranking's samples are used. Errors: InputError."""
        if not FEWEST_DRAWS <= draws <= SAMPLES:
            raise InputError(f"{draws} draws cannot be used. Give {FEWEST_DRAWS} to {SAMPLES}.")
        self.pack, self._draws = pack, draws
        self._voice = Voice(pack, "en")
        self._source = Source(version=pack.version, date=pack.date, expires=pack.expires)
        self._grounds: _Recent[_Ground] = _Recent(max(8, KEPT_SAMPLES // draws))
        self._clinics: _Recent[_Clinic] = _Recent(KEPT_CLINICS)
        self._one = Lock()  # a cluster may call from several threads; what is kept is for one at a time

    @property
    def evidence(self) -> str:
        """What tells this evidence, with its overlay, from any other."""
        return sha256(msgspec.json.encode(self.pack.whole)).hexdigest()

    def answer(self, row: Mapping[str, str | None]) -> Answer:
        """What follows from a row; an answer with an `error` where nothing does."""
        try:
            cells = {name: cell or None for name, cell in zip(COLUMNS, question(row), strict=True)}
            if cells["condition"] is None:
                raise InputError("The condition is missing. Write its id into the column “condition”.")
            consult = consult_of(self.pack, cells)
            with self._one:
                return self._figures(consult)
        except CellRouteError as error:
            return Answer(pack=self._source, error=" ".join(str(error).split()))

    def _figures(self, consult: Consult) -> Answer:
        clinic = self._clinic(consult)
        prepared = msgspec.structs.replace(clinic.prepared, consult=consult)
        found = order(prepared, weights_of(consult))
        asked, reference = asked_column(prepared), reference_of(prepared, found)
        place = {column: number for number, column in enumerate(found.above)}
        return Answer(
            pack=self._source,
            consult=_asked(self.pack, consult),
            verdict=found.verdict,
            first=None if found.first is None else prepared.ground.procedures[found.first].id,
            procedures=tuple(
                self._placed(prepared, clinic, found, column, place.get(column), asked, reference)
                for column in sequence(prepared, found)
            ),
        )

    def _placed(
        self,
        prepared: Prepared,
        clinic: _Clinic,
        found: Order,
        column: int,
        place: int | None,
        asked: int | None,
        reference: int | None,
    ) -> Placed:
        ground, kept = prepared.ground, clinic.ground
        procedure = ground.procedures[column]
        all_sites, each_site = cells_in_place(prepared, column)
        per_cell = None if reference is None else kept.equivalent(clinic.prepared, column, reference, self._voice)
        ranked = place is not None and found.acceptability is not None
        return Placed(
            rank=int(found.rank[place]) if place is not None and found.rank else None,
            procedure=procedure.id,
            route=procedure.route,
            guidance=procedure.guidance,
            status=prepared.screened[column].status,
            asked=column == asked,
            score=float(found.score[column]),
            delivered=kept.shares[column],
            cells_per_million=kept.shares[column].median * MILLION,
            cells_delivered=all_sites,
            cells_per_site=each_site,
            equivalent_dose=None if per_cell is None else prepared.consult.dose * per_cell,
            certainty=kept.levels[column],
            rank_probability=tuple(found.acceptability.rank[place].tolist())
            if ranked and found.acceptability is not None
            else (),
        )

    def _clinic(self, consult: Consult) -> _Clinic:
        """What stands before dose, weights and the asked route."""
        bare = msgspec.structs.replace(
            consult, dose=1.0, asked=None, guidance=None, preset="delivery_first", weights=None, touched=()
        )
        key = msgspec.json.encode(bare)
        kept = self._clinics.get(key)
        if kept is None:
            ground = self._ground(bare)
            kept = self._clinics.keep(key, _Clinic(ground, prepare_from(self.pack, bare, ground.laid)))
        return kept

    def _ground(self, bare: Consult) -> _Ground:
        same = msgspec.structs.replace(bare, has=None, patient={}, jurisdiction=None)
        key = msgspec.json.encode(same)
        kept = self._grounds.get(key)
        if kept is None:
            laid = _thinned(figures_alone(self.pack, same), self._draws)
            shares = tuple(_share(one.delivered) for one in laid.arrivals)
            levels = tuple(one.delivered.certainty.level for one in laid.arrivals)
            kept = self._grounds.keep(key, _Ground(laid, shares, levels))
        return kept


@dataclass(frozen=True, slots=True)
class _Ground:
    """A ground with fewer draws, and what follows from it alone, by column."""

    laid: Ground
    shares: tuple[Share, ...]
    levels: tuple[Level, ...]
    _equivalents: dict[tuple[int, int], float | None] = field(default_factory=dict)

    def equivalent(self, one_cell: Prepared, column: int, reference: int, voice: Voice) -> float | None:
        """The equivalent dose for each cell of the dose; `one_cell` is a consult about a dose of one."""
        pair = (column, reference)
        if pair not in self._equivalents:
            self._equivalents[pair] = equivalent_dose(one_cell, column, reference, voice).cells
        return self._equivalents[pair]


@dataclass(frozen=True, slots=True)
class _Clinic:
    ground: _Ground
    prepared: Prepared


class _Recent(Generic[T]):
    """The things asked for last, at most so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[bytes, T] = OrderedDict()

    def get(self, key: bytes) -> T | None:
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def keep(self, key: bytes, value: T) -> T:
        self._held[key] = value
        if len(self._held) > self._most:
            self._held.popitem(last=False)
        return value


def _thinned(ground: Ground, draws: int) -> Ground:
    """The same ground with its first draws only; what is drawn together stays together."""
    return msgspec.structs.replace(
        ground, draws=ground.draws[:, :, :draws].copy(), swing=ground.swing[:, :draws], _above=OrderedDict()
    )


def _share(delivered: Delivered) -> Share:
    return Share(**{name: getattr(delivered, name) for name in Share.__struct_fields__})


def _asked(pack: Pack, consult: Consult) -> Asked:
    usual = pack.usual_guidance(consult.asked, consult.target) if consult.asked else None
    same = {name: getattr(consult, name) for name in Asked.__struct_fields__ if name not in ("route", "guidance")}
    return Asked(route=consult.asked, guidance=consult.guidance or usual, **same)
