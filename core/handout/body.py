"""A small body from the front with the way that cells take: line art that says the same in grey.

Coordinates are in a box 100 wide and 226 high, its origin at the foot; the patient's left is on the right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from core.handout.lines import ACCENT, GROUND, RULE
from core.handout.model import Way
from core.handout.pictures import ellipse
from core.handout.tagged import TaggedCanvas

Point = tuple[float, float]
WIDE, HIGH = 100.0, 226.0
#: The right half of the outline from the neck to the crotch; the left half is its mirror.
_HALF: tuple[Point, ...] = (
    (56, 196), (57, 189), (66, 185), (76, 180), (81, 166), (83, 150), (86, 134), (89, 116), (91, 103),
    (88, 97), (85, 104), (82, 118), (77, 136), (73, 154), (70, 164), (68, 148), (68, 132), (71, 116),
    (71, 96), (68, 74), (66, 62), (66, 46), (63, 26), (62, 14), (67, 6), (60, 4), (55, 8),
    (56, 26), (56, 46), (55, 62), (53, 82), (51, 102),
)  # fmt: skip
_HEAD = (50.0, 209.0, 12.5, 15.0)
#: Where the regions of the body map lie.
REGIONS: dict[str, Point] = {
    "brain": (50, 215), "eye": (55, 210), "jaw": (54, 199), "neck": (50, 190), "shoulder": (74, 176),
    "chest": (50, 162), "heart": (54, 161), "elbow": (80, 137), "wrist": (87, 112), "hand": (88, 102),
    "belly": (50, 139), "spine": (50, 150), "lower_back": (50, 129), "pelvis": (50, 114), "hip": (65, 113),
    "thigh": (62, 92), "knee": (60, 63), "lower_leg": (60, 42), "limb": (60, 42), "ankle": (59, 16),
    "foot": (60, 8), "whole_body": (50, 140),
}  # fmt: skip
_ELBOW_VEIN, _SHOULDER_VEIN, _HEART = (20.0, 138.0), (30.0, 172.0), (52.0, 162.0)
_GROIN, _AORTA_LOW, _AORTA = (43.0, 106.0), (49.0, 124.0), (50.0, 152.0)
_LOWER_BACK, _UPPER_BACK, _MOUTH, _WINDPIPE, _FLANK = (
    (50.0, 126.0),
    (50.0, 168.0),
    (50.0, 201.0),
    (50.0, 184.0),
    (30.0, 142.0),
)
_RING, _SPOT = 3.4, 3.4  # radii of the mark where cells go in and where they should be


def way_points(family: str, by_catheter: bool, region: str) -> tuple[Point, ...]:
    """The way from where cells go in to the target."""
    target = REGIONS.get(region, REGIONS["whole_body"])
    below = target[1] < _GROIN[1]
    if family == "venous":
        return (_ELBOW_VEIN, _SHOULDER_VEIN, _HEART, *(((50, 128), (56, 104)) if below else ()), target)
    if family == "arterial" or by_catheter:
        return (_GROIN, _AORTA_LOW, (57, 104) if below else _AORTA, target)
    if family == "csf":
        return (_LOWER_BACK, _UPPER_BACK, target) if target[1] > _UPPER_BACK[1] else (_LOWER_BACK, target)
    if family == "airway":
        return (_MOUTH, _WINDPIPE, target)
    if family in ("portal", "cavity"):
        return (_FLANK, target)
    side = 24.0 if target[0] >= WIDE / 2 else -24.0
    return ((target[0] + side, target[1] + 13.0), target)


def paint_way(way: Way, scale: float) -> tuple[float, float, str]:
    """Width, height and operators of the drawing of a way."""
    return WIDE * scale, HIGH * scale, f"{scale:.4f} 0 0 {scale:.4f} 0 0 cm {_outline()} {_track(way.points)}"


def paint(canvas: TaggedCanvas, left: float, bottom: float, operators: str) -> None:
    """Draw the operators of a way with its lower left corner at a point."""
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.setFillColor(GROUND)
    canvas.setStrokeColor(RULE)
    canvas.ink(operators)
    canvas.restoreState()


@cache
def _outline() -> str:
    mirror = [(WIDE - x, y) for x, y in reversed(_HALF)]
    x, y, wide, high = _HEAD
    return f"1 w 1 j {_smooth([*_HALF, *mirror])} h B {ellipse(x, y, wide, high)} B"


def _track(points: Sequence[Point]) -> str:
    """The line of the way with its arrow, the ring where cells go in and the dot where they should be."""
    colour = f"{ACCENT.red:.3f} {ACCENT.green:.3f} {ACCENT.blue:.3f}"
    (x0, y0), (x1, y1) = points[-2], points[-1]
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    end = (x1 - dx * (_SPOT + 4.5), y1 - dy * (_SPOT + 4.5))
    tip = (x1 - dx * _SPOT, y1 - dy * _SPOT)
    wings = [(end[0] - dy * 3.4, end[1] + dx * 3.4), (end[0] + dy * 3.4, end[1] - dx * 3.4)]
    line = " ".join(
        [f"{points[0][0]:.2f} {points[0][1]:.2f} m", *(f"{x:.2f} {y:.2f} l" for x, y in (*points[1:-1], end))]
    )
    arrow = f"{tip[0]:.2f} {tip[1]:.2f} m " + " ".join(f"{x:.2f} {y:.2f} l" for x, y in wings) + " h f"
    ring = f"1 1 1 rg {ellipse(*points[0], _RING, _RING)} B"
    return (
        f"{colour} RG {colour} rg 1.7 w 1 j {line} S {arrow} {ellipse(x1, y1, _SPOT, _SPOT)} f {ring}"
        if len(points) > 1
        else ""
    )


def _smooth(points: Sequence[Point]) -> str:
    """A closed curve through points (Catmull-Rom as Bézier)."""
    count = len(points)
    parts = [f"{points[0][0]:.2f} {points[0][1]:.2f} m"]
    for number in range(count):
        before, start = points[number - 1], points[number]
        end, after = points[(number + 1) % count], points[(number + 2) % count]
        a = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        b = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        parts.append(" ".join(f"{x:.2f} {y:.2f}" for x, y in (a, b, end)) + " c")
    return " ".join(parts)
