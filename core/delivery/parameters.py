"""Which constant of the pack applies: the most specific one, or its study-free fallback."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from core.delivery import draws
from core.delivery.normal import Array
from core.errors import PackError
from core.pack.pack import Pack
from core.pack.types import Parameter, Prior


class Setting(msgspec.Struct, frozen=True):
    """What decides which constants apply. `dropped`: studies whose constants fall back.

    `group`: large, small, platelet or particle. `readout`: cells or label.
    """

    group: str
    species: str
    readout: str
    dropped: frozenset[str] = frozenset()


class Parameters:
    """The constants of a pack for one setting; `used` collects the ids of the studies behind those asked for."""

    def __init__(self, pack: Pack, setting: Setting) -> None:
        self._by_name = _by_name(pack)
        self.setting = setting
        self.used: dict[str, tuple[str, ...]] = {}

    def find(self, name: str, scopes: Sequence[str] = ()) -> tuple[Parameter, Prior | Parameter]:
        """The constant and the band in force. Errors: PackError when the pack has none that fits."""
        order = {scope: len(scopes) - index for index, scope in enumerate(scopes)} | {"any": 0}
        best: tuple[tuple[int, int, int, int], Parameter] | None = None
        for parameter in self._by_name.get(name, ()):
            score = self._score(parameter, order)
            if score is not None and (best is None or score > best[0]):
                best = (score, parameter)
        if best is None:
            raise PackError("parameters.toml", name, "", f"no constant fits {self.setting}", "Add one without a scope")
        parameter = best[1]
        if self.setting.dropped.intersection(parameter.studies) and parameter.fallback is not None:
            return parameter, parameter.fallback
        self.used[parameter.id] = parameter.studies
        return parameter, parameter

    def _score(self, parameter: Parameter, scopes: dict[str, int]) -> tuple[int, int, int, int] | None:
        setting = self.setting
        if parameter.scope not in scopes:
            return None
        marks = []
        for value, wanted in (
            (parameter.species, setting.species), (parameter.cells, setting.group), (parameter.readout, setting.readout)
        ):  # fmt: skip
            if value not in ("any", wanted):
                return None
            marks.append(int(value != "any"))
        # Cells before species: a man's small cells resemble a rat's small cells more than a man's large ones.
        return scopes[parameter.scope], marks[1], marks[0], marks[2]

    def draw(self, name: str, scopes: Sequence[str] = (), dimension: str | None = None) -> Array:
        """Draws (draws,) of a constant."""
        parameter, band = self.find(name, scopes)
        return draws.of_band(parameter.shape, band, dimension or name)


@lru_cache(maxsize=1)
def _by_name(pack: Pack) -> dict[str, list[Parameter]]:
    index: dict[str, list[Parameter]] = {}
    for parameter in pack.file.parameters:
        index.setdefault(parameter.name, []).append(parameter)
    return index
