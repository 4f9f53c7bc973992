"""What the day is like: awake or asleep, home or not, X-rays, and what the procedure cannot do without."""

from __future__ import annotations

from core.handout.model import Cell
from core.handout.runs import runs
from core.handout.say import Say, inside, phrase
from core.results import Option

_X_RAYS = frozenset(("fluoroscopy", "ct", "angiography", "cath_lab"))
_DYES = ("iodinated", "gadolinium")


def on_the_day(say: Say, option: Option, *, ill: bool) -> Cell:
    """`ill`: whoever lies in intensive care goes nowhere that day."""
    procedure = say.pack.procedures[option.procedure]
    parts = [say("awake_none_ill" if ill and procedure.anaesthesia == "none" else f"awake_{procedure.anaesthesia}")]
    if procedure.outpatient is False:
        parts.append(say("home_no"))
    else:
        parts.append(say("home_yes" if procedure.outpatient and not ill else "home_ask"))
    if _has_x_rays(say, option):
        parts.append(say("xray_yes"))
    if procedure.contrast in _DYES:
        parts.append(say("dye_yes"))
    parts.append(_needs(say, option))
    return Cell((runs(" ".join(filter(None, parts))),))


def _has_x_rays(say: Say, option: Option) -> bool:
    """Whether a dose is known, or the procedure cannot do without a machine or a room that makes X-rays."""
    dose = say.pack.procedures[option.procedure].radiation_msv
    needed = {need.id for need in option.requires if need.level == "required"}
    return bool(dose and dose[2] > 0) or bool(needed & _X_RAYS)


def _needs(say: Say, option: Option) -> str:
    """The machines and rooms that the procedure cannot do without."""
    wanted = [need for need in option.requires if need.level == "required" and need.kind in ("imaging", "setting")]
    plain_ones = {need.id for need in wanted if say.pack.capabilities[need.id].plain}
    if any(need.id == "neurosurgery" for need in wanted):
        plain_ones.add("operating_theatre")  # the one is the other
    names = [
        phrase(say.maybe(f"capability.{need.id}.plain", f"capability.{need.id}.name"))
        for need in wanted
        if need.id not in plain_ones
    ]
    names = [inside(name) for name in dict.fromkeys(names) if name]
    return say("needs", needs=say.series(names)) if names else ""
