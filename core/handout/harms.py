"""What may harm, in sentences of the same kind for every option, and pictures of what was counted.

A rate needs a numerator and a denominator; reported cases are never a rate; none seen in n people prints the rule of
three (Hanley and Lippman-Hand 1983, JAMA 249:1743): it could still be up to 3 in n.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from core.handout.model import Array
from core.handout.runs import Runs, runs
from core.handout.say import Say, phrase, sentence, two_figures
from core.handout.sources import Sources
from core.pack.types import Harm

_RULE_OF_THREE = 3.0
_ENOUGH = 100  # a picture of 100 figures from fewer people would show more than was seen
_DOUBLING = 2.0  # "no difference found" is not printed as such while the interval holds a doubling
_SELLERS_OWN = "seller_register"  # the population that says by itself who looked
_STROMAL_TRIALS, _STROMAL = "trials_of_stromal_cells", "_msc"
_TIMES = ("procedures", "injections")  # counted are times, not people
_GROUPS = (("harvest", ("harvest",)), ("procedure", ("procedure",)), ("product", ("product", "either")))
_GAP = "harm_not_known"  # says that nobody has counted, and names no event
_NO_EVENT = "any_event"  # names none either, beside events that are named
_SPANS = ("h", "days", "weeks", "months", "years")
_KINDS = ("count", "controlled", "reported", "unknown")
_SEVERITIES = ("serious", "moderate", "mild")


def weighed(harms: Iterable[Harm], near: Collection[str] = ()) -> list[Harm]:
    """One record for each cause and event: the firmest one (a comparison, then the largest count, then cases).

    What a study of `near`, those of the patient's own disease, counted is told beside it. That nobody knows how often
    is not said of what another cause has a figure for.
    """
    kept: dict[tuple[str, str, bool], Harm] = {}
    for harm in harms:
        key = cause_of(harm), harm.event, harm.kind == "count" and harm.study in near
        before = kept.get(key)
        if before is None or _firmness(harm) > _firmness(before):
            kept[key] = harm
    for (cause, event, is_near), harm in list(kept.items()):
        other = kept.get((cause, event, False))
        if is_near and other and _firmness(other) < _firmness(harm):
            del kept[cause, event, False]
    known = {harm.event for harm in kept.values() if harm.kind != "unknown"}
    told = [harm for harm in kept.values() if harm.kind != "unknown" or harm.event not in known]
    return sorted(told, key=lambda h: (_SEVERITIES.index(h.severity), _KINDS.index(h.kind), h.event))


def _firmness(harm: Harm) -> tuple[int, int, str]:
    order = ("unknown", "reported", "count", "controlled")
    return order.index(harm.kind), harm.denominator or harm.cases or 0, harm.id


def in_common(each: Sequence[Sequence[Harm]]) -> list[Harm]:
    """The harms that are said of every option in the same way, each once; only where there are several options."""
    if len(each) < 2:
        return []
    alike: list[dict[tuple[str, ...], Harm]] = [{_likeness(harm): harm for harm in harms} for harms in each]
    return [harm for key, harm in alike[0].items() if all(key in others for others in alike[1:])]


def without(harms: Sequence[Harm], common: Sequence[Harm]) -> list[Harm]:
    """The harms that are not said already."""
    said = {_likeness(harm) for harm in common}
    return [harm for harm in harms if _likeness(harm) not in said]


def _likeness(harm: Harm) -> tuple[str, ...]:
    """What makes two records the same sentence: a count is its own, everything else cause, event and what is said."""
    if harm.kind == "count":
        return (harm.id,)
    return cause_of(harm), harm.event, harm.kind, _compared(harm)


def cause_of(harm: Harm) -> str:
    """Getting the cells, giving them, or the cells themselves: `harvest`, `procedure`, `product`."""
    return next(name for name, causes in _GROUPS if harm.cause in causes)


def harm_sentences(
    say: Say, harms: Sequence[Harm], sources: Sources, cells: str, getting: str = ""
) -> tuple[Runs, ...]:
    """One paragraph for each cause; `getting` says how the cells are got and stands before the harms of that.

    `cells`: what is to be given, because trials of other cells are said to be that.
    """
    made = []
    for name, _ in _GROUPS:
        group = [harm for harm in harms if cause_of(harm) == name]
        said = ([getting] if getting and name == "harvest" else []) + _grouped(say, group, sources, cells)
        if said:
            made.append(say.runs(f"harm_{name}", harms=" ".join(said)))
    if any(harm.event == _GAP for harm in harms):
        made.append(say.runs("harm_no_more"))
    return tuple(made)


def _grouped(say: Say, harms: Sequence[Harm], sources: Sources, cells: str) -> list[str]:
    more = [h for h in harms if _compared(h) == "more"]
    other = [h for h in more if h.population_key == _STROMAL_TRIALS and not cells.endswith(_STROMAL)]
    counted = _counted(say, [harm for harm in harms if harm.kind == "count"], sources)
    lists = []
    for key, chosen in (
        ("harm_more", [h for h in more if h not in other]),
        ("harm_more_grown", other),
        ("harm_open", [h for h in harms if _compared(h) == "open"]),
        ("harm_same", [h for h in harms if _compared(h) == "same"]),
        ("harm_reported", [h for h in harms if h.kind == "reported"]),
        ("harm_unknown", [h for h in harms if h.kind == "unknown" and h.event not in (_GAP, _NO_EVENT)]),
    ):
        if chosen:
            marks = list(dict.fromkeys(sources.mark(harm.study) for harm in chosen))
            events = say.series(list(dict.fromkeys(event_name(say, harm) for harm in chosen)))
            lists.append(say(key, events=events) + "".join(marks))
    first = bool(more) + (0 < len(other) < len(more))
    return [*lists[:first], *counted, *lists[first:]]


def _compared(harm: Harm) -> str:
    """What a comparison with people without cells says: more, same (or less), or open (a doubling is not excluded)."""
    if harm.kind != "controlled" or harm.low is None or harm.high is None:
        return "open" if harm.kind == "controlled" else ""
    if harm.low > 1.0:
        return "more"
    return "open" if harm.high >= _DOUBLING else "same"


def event_name(say: Say, harm: Harm) -> str:
    """The harm in plain words, in lower case as inside a sentence."""
    return phrase(say.of(f"harm.{harm.event}.plain"))


def _counted_name(say: Say, harm: Harm) -> str:
    """The harm as it stands beside a count, which may come from another cause too."""
    return phrase(say.maybe(f"harm.{harm.event}.counted", f"harm.{harm.event}.plain"))


def _counted(say: Say, harms: Sequence[Harm], sources: Sources) -> list[str]:
    """What was counted, one sentence for each group of people that was looked at."""
    groups: dict[tuple[object, ...], list[Harm]] = {}
    for harm in harms:
        groups.setdefault((harm.study, harm.denominator, harm.unit, harm.population_key, harm.within), []).append(harm)
    made = []
    for group in groups.values():
        happened = [harm for harm in group if harm.numerator]
        if happened:
            times = "_times" if group[0].unit in _TIMES else ""
            events = [
                say(f"harm_count{times}", event=_counted_name(say, harm), count=say.number(harm.numerator or 0))
                for harm in happened
            ]
            text = say(f"harm_counts{times}", events="; ".join(dict.fromkeys(events)), **_among(say, group[0]))
            made.append(text + sources.mark(group[0].study))
        made += [_none_seen(say, harm) + sources.mark(harm.study) for harm in group if not harm.numerator]
    return made


def _none_seen(say: Say, harm: Harm) -> str:
    people = harm.denominator or 1
    total = _total(min(1.0, _RULE_OF_THREE / people))
    most = min(total, max(1, two_figures(_RULE_OF_THREE / people * total)))
    event = sentence(event_name(say, harm)).rstrip(".")
    return say("harm_zero", event=event, most=say.number(most), total=say.number(total), **_among(say, harm))


def _among(say: Say, harm: Harm) -> dict[str, str]:
    """Who was looked at and for how long, and whether those who looked sell it."""
    looked = _within(say, harm)
    number = say.number(harm.denominator or 0)
    counted = f"counted.{harm.population_key}"
    if harm.unit in _TIMES and say.pack.has_text(say.language, counted):
        people = say.pack.text(say.language, counted, number=number)
        return {"people": people + looked, "seller": _seller(say, harm)}
    people = say(f"unit_{harm.unit}", number=number)
    population = phrase(say.maybe(f"population.{harm.population_key}")) if harm.population_key else ""
    noun = people.split(" ", 1)[1]
    if population.startswith(f"{noun} "):
        people += population.removeprefix(noun)
    elif population:
        people = say("harm_whom", people=people, population=population)
    return {"people": people + looked, "seller": _seller(say, harm)}


def _seller(say: Say, harm: Harm) -> str:
    """Whether those who looked make or sell it; empty where the population says so by itself."""
    return say("harm_seller") if harm.seller_interest and harm.population_key != _SELLERS_OWN else ""


def _within(say: Say, harm: Harm) -> str:
    """Within what time it was counted, such as "24 weeks"; empty where that was not read."""
    number, _, unit = (harm.within or "").partition(" ")
    return say(f"harm_within_{unit}", number=number) if number.isdigit() and unit in _SPANS else ""


def _total(rate: float) -> int:
    """The smallest of 100, 1 000, 10 000 of which the rate is at least one."""
    return next((total for total in (100, 1_000, 10_000) if rate * total >= 1), 10_000)


def arrays(say: Say, harms: Sequence[Harm]) -> tuple[Array, ...]:
    """A picture for each harm that was counted among enough people and happened, all of one denominator."""
    counted = [h for h in harms if h.kind == "count" and h.numerator and h.denominator]
    rates = [(h, h.numerator / h.denominator) for h in counted if h.numerator and h.denominator]
    shown = [(harm, rate) for harm, rate in rates if rate * 1_000 >= 1 and (harm.denominator or 0) >= _ENOUGH]
    total = 100 if all(rate * 100 >= 1 for _, rate in shown) else 1_000
    return tuple(_array(say, harm, round(rate * total), total) for harm, rate in shown)


def _array(say: Say, harm: Harm, filled: int, total: int) -> Array:
    people = harm.unit == "people"
    caption = say(
        "array_caption",
        cause=say(f"cause_{cause_of(harm)}"),
        event=_counted_name(say, harm),
        count=say.number(harm.numerator or 0),
        rate=say.number(filled),
        total=say.number(total),
        rest=say.number(total - filled),
        **_among(say, harm),
    )
    each = say.runs("array_each") if people else say.runs("array_each_other", total=say.number(total))
    alt = say("array_alt", total=say.number(total), rate=say.number(filled))
    return Array(filled, total, people, runs(caption), each, alt)
