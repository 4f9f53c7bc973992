"""Finding a thing by its name, a plain word, a code, or something typed almost right."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """One thing that can be found: `words` are its name first, then every other way to say it; `codes` its codes."""

    kind: str
    id: str
    name: str
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    hint: str = ""
    folded: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Hit:
    """A found entry, what of it matched, and how well (0 is exact, larger is worse)."""

    entry: Entry
    matched: str
    cost: float


def fold(text: str) -> str:
    """Lower case, no accents, only letters and digits with single blanks."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", plain))


def entry(
    kind: str, id: str, name: str, others: tuple[str, ...] = (), codes: tuple[str, ...] = (), hint: str = ""
) -> Entry:
    """An Entry with its words made ready for comparing."""
    words = (name, *others)
    return Entry(kind, id, name, words, codes, hint, tuple(fold(word) for word in words))


def find(text: str, entries: list[Entry], limit: int = 12) -> list[Hit]:
    """The entries that a text may mean, the likeliest first; all of them, by name, for an empty text."""
    wanted = fold(text)
    if not wanted:
        return [Hit(one, one.name, 0.0) for one in sorted(entries, key=lambda one: fold(one.name))[:limit]]
    hits = [hit for one in entries if (hit := _match(wanted, text, one)) is not None]
    hits.sort(key=lambda hit: hit.cost)
    return hits[:limit]


def _match(wanted: str, typed: str, one: Entry) -> Hit | None:
    code = re.sub(r"[^a-z0-9]", "", typed.lower())
    for own in one.codes:
        plain = re.sub(r"[^a-z0-9]", "", own.lower())
        if code and len(code) >= 2 and (plain.startswith(code) or (len(plain) >= 3 and code.startswith(plain))):
            return Hit(one, own, 0.05)
    costs = [_cost(wanted, words) + (0.3 if place else 0.0) for place, words in enumerate(one.folded)]
    best = min(range(len(costs)), key=costs.__getitem__)
    return Hit(one, one.words[best], costs[best]) if costs[best] < 4 else None


def _cost(wanted: str, words: str) -> float:
    """How far the typed words are from a name: 0 the same, 4 or more something else."""
    if words == wanted:
        return 0.0
    if words.startswith(wanted):
        return 0.2
    own = words.split()
    total = 0.0
    for place, word in enumerate(wanted.split()):
        total += min((_word_cost(word, other) for other in own), default=4.0)
        if place == 0 and own and not own[0].startswith(word):
            total += 0.2
    return 0.4 + total + 0.01 * len(own)


def _word_cost(typed: str, word: str) -> float:
    if word == typed:
        return 0.0
    if word.startswith(typed):
        return 0.1
    if len(typed) >= 4 and typed in word:
        return 0.6
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 7 else 2
    if allowed:
        distance = min(edit_distance(typed, word, allowed), edit_distance(typed, word[: len(typed)], allowed) + 0.1)
        if distance <= allowed + 0.1:
            return 0.9 + 0.5 * distance
    return 4.0


def edit_distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, drop or swap; anything above `most` comes back as `most + 1`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return min(last[-1], most + 1)
