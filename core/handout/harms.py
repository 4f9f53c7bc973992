"""What may harm, in sentences of the same kind for every option, and pictures of what was counted.

A rate needs a numerator and a denominator; reported cases are never a rate; none seen in n people prints the rule of
three (Hanley and Lippman-Hand 1983, JAMA 249:1743): it could still be up to 3 in n.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.handout.model import Array
from core.handout.say import Say, phrase, sentence, two_figures
from core.handout.sources import Sources
from core.handout.words import Words, words
from core.pack.types import Harm

_RULE_OF_THREE = 3.0
_DOUBLING = 2.0  # "no difference found" is not printed as such while the interval holds a doubling
_GROUPS = (("harvest", ("harvest",)), ("procedure", ("procedure",)), ("product", ("product", "either")))
_KINDS = ("count", "controlled", "reported", "unknown")
_SEVERITIES = ("serious", "moderate", "mild")


def weighed(harms: Iterable[Harm]) -> list[Harm]:
    """One record for each cause and event: the firmest one (a comparison, then the largest count, then cases)."""
    kept: dict[tuple[str, str], Harm] = {}
    for harm in harms:
        group = next(name for name, causes in _GROUPS if harm.cause in causes)
        before = kept.get((group, harm.event))
        if before is None or _firmness(harm) > _firmness(before):
            kept[group, harm.event] = harm
    return sorted(kept.values(), key=lambda h: (_SEVERITIES.index(h.severity), _KINDS.index(h.kind), h.event))


def _firmness(harm: Harm) -> tuple[int, int, str]:
    order = ("unknown", "reported", "count", "controlled")
    return order.index(harm.kind), harm.denominator or harm.cases or 0, harm.id


def harm_sentences(say: Say, harms: Sequence[Harm], sources: Sources) -> tuple[Words, ...]:
    """One paragraph for each cause: getting the cells, the procedure, the cells themselves."""
    made = []
    for name, causes in _GROUPS:
        group = [harm for harm in harms if harm.cause in causes]
        if group:
            made.append(say.words(f"harm_{name}", harms=" ".join(_grouped(say, group, sources))))
    return tuple(made) or (say.words("harm_none"),)


def _grouped(say: Say, harms: Sequence[Harm], sources: Sources) -> list[str]:
    counted = [_counted(say, harm) + sources.mark(harm.study) for harm in harms if harm.kind == "count"]
    lists = []
    for key, chosen in (
        ("harm_more", [h for h in harms if _compared(h) == "more"]),
        ("harm_open", [h for h in harms if _compared(h) == "open"]),
        ("harm_same", [h for h in harms if _compared(h) == "same"]),
        ("harm_reported", [h for h in harms if h.kind == "reported"]),
        ("harm_unknown", [h for h in harms if h.kind == "unknown"]),
    ):
        if chosen:
            marks = list(dict.fromkeys(sources.mark(harm.study) for harm in chosen))
            events = say.series(list(dict.fromkeys(event_name(say, harm) for harm in chosen)))
            lists.append(say(key, events=events) + "".join(marks))
    return [*lists[:1], *counted, *lists[1:]] if any(_compared(h) == "more" for h in harms) else [*counted, *lists]


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


def _counted(say: Say, harm: Harm) -> str:
    number, people = harm.numerator or 0, harm.denominator or 0
    common = {
        "event": sentence(event_name(say, harm)).rstrip("."),
        "people": say(f"unit_{harm.unit}", number=say.number(people)),
        "whom": _whom(say, harm),
        "seller": say("harm_seller") if harm.seller_interest else "",
    }
    if number:
        return say("harm_count", count=say.number(number), **common)
    total = _total(min(1.0, _RULE_OF_THREE / max(people, 1)))
    most = min(total, max(1, two_figures(_RULE_OF_THREE / max(people, 1) * total)))
    return say("harm_zero", most=say.number(most), total=say.number(total), **common)


def _whom(say: Say, harm: Harm) -> str:
    found = say.maybe(f"population.{harm.population_key}.plain", f"population.{harm.population_key}")
    return say("harm_whom", population=phrase(found)) if harm.population_key and found else ""


def _total(rate: float) -> int:
    """The smallest of 100, 1 000, 10 000 of which the rate is at least one."""
    return next((total for total in (100, 1_000, 10_000) if rate * total >= 1), 10_000)


def arrays(say: Say, harms: Sequence[Harm]) -> tuple[Array, ...]:
    """A picture for each harm that was counted and happened, all of one denominator."""
    counted = [h for h in harms if h.kind == "count" and h.numerator and h.denominator]
    rates = [(h, h.numerator / h.denominator) for h in counted if h.numerator and h.denominator]
    shown = [(harm, rate) for harm, rate in rates if rate * 1_000 >= 1]
    total = 100 if all(rate * 100 >= 1 for _, rate in shown) else 1_000
    return tuple(_array(say, harm, round(rate * total), total) for harm, rate in shown)


def _array(say: Say, harm: Harm, filled: int, total: int) -> Array:
    people = harm.unit == "people"
    caption = say(
        "array_caption",
        event=sentence(event_name(say, harm)).rstrip("."),
        count=say.number(harm.numerator or 0),
        people=say(f"unit_{harm.unit}", number=say.number(harm.denominator or 0)),
        whom=_whom(say, harm),
        seller=say("harm_seller") if harm.seller_interest else "",
        rate=say.number(filled),
        total=say.number(total),
        rest=say.number(total - filled),
    )
    alt = say("array_alt", total=say.number(total), rate=say.number(filled))
    return Array(filled, total, people, words(caption), say.words("array_each" if people else "array_each_other"), alt)
