"""Which part of the body leads to which targets and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.files import read_text
from ui.theme import RESOURCES
from ui.widgets.body_map import Drawing, read_drawing

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from ui.words import Words


def drawing() -> Drawing:
    """The body map that comes with the program."""
    return read_drawing(read_text(RESOURCES / "bodymap" / "body.svg"))


def region_of(pack: Pack, target: str) -> str:
    """The region of a target."""
    return pack.targets[target].region


def targets_in(pack: Pack, region: str) -> list[str]:
    """The targets of a region that some condition has."""
    used = {target for condition in pack.file.conditions for target in condition.targets}
    if region == "joint":
        return [one.id for one in pack.file.targets if one.id in used and one.tissue == "joint"]
    return [one.id for one in pack.file.targets if one.region == region and one.id in used]


def conditions_in(pack: Pack, region: str) -> list[str]:
    """The conditions that have a target in a region, those whose usual target it is first."""
    targets = set(targets_in(pack, region))
    found = [one for one in pack.file.conditions if set(one.targets) & targets]
    found.sort(key=lambda one: one.targets[0] not in targets)
    return [one.id for one in found]


def names(pack: Pack, words: Words) -> dict[str, str]:
    """Every region that leads somewhere, with the names of its targets."""
    regions = dict.fromkeys([*(one.region for one in pack.file.targets), "joint"])
    said = {}
    for region in regions:
        listed = [words.name("target", target) for target in targets_in(pack, region)]
        if listed:
            said[region] = " · ".join(listed[:6])
    return said
