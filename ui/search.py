"""Finding a thing by its name, a plain word, a code, or something typed almost right."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from heapq import nsmallest

import msgspec

NOTHING = 4.0
"""The cost from which a word or a name is something else."""
QUIET = frozenset({
    "ache", "aching", "bad", "hurt", "hurts", "pain", "painful", "pains", "sore", "left", "right", "both",
    "a", "an", "at", "for", "i", "in", "my", "of", "on", "the", "to", "with",
    "dolor", "dolores", "duele", "duelen", "dolorida", "dolorido", "mal", "derecha", "derecho", "izquierda",
    "izquierdo", "con", "de", "del", "el", "en", "la", "las", "los", "me", "mi", "mis", "un", "una", "y",
})  # fmt: skip
"""Words that say how it feels, on which side, or join others: a thing is found by the words that are left, too."""


class Entry(msgspec.Struct, frozen=True):
    """One thing that can be found: `words` are its name first, then every other way to say it; `codes` its codes."""

    kind: str
    id: str
    name: str
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    hint: str = ""
    folded: tuple[str, ...] = ()


class Hit(msgspec.Struct, frozen=True):
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


class Index:
    """Entries made ready for being searched at every keystroke, also when there are thousands."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._names = [[(words, words.split()) for words in one.folded] for one in entries]
        self._codes = [[_plain_code(own) for own in one.codes] for one in entries]
        self._holders: dict[str, set[int]] = {}
        for number, names in enumerate(self._names):
            for _, own in names:
                for word in own:
                    self._holders.setdefault(word, set()).add(number)
        self._letters = {word: _letters(word) for word in self._holders}
        self._sorted_codes = sorted((code, number) for number, own in enumerate(self._codes) for code in own)

    def find(self, text: str, limit: int = 12) -> list[Hit]:
        """The entries that a text may mean, the likeliest first; all of them, by name, for an empty text."""
        wanted = fold(text)
        if not wanted:
            return [Hit(one, one.name, 0.0) for one in sorted(self._entries, key=lambda one: fold(one.name))[:limit]]
        prices = {word: self._prices(word) for word in wanted.split()}
        hits = self._hits(wanted, _plain_code(text), prices)
        rest = " ".join(word for word in prices if word not in QUIET)
        if rest and rest != wanted:
            for one, hit in self._hits(rest, "", prices).items():
                named = all(any(own.startswith(word) for own in self._names[one][0][1]) for word in rest.split())
                cost = hit.cost + (0.3 if named else 1.0)
                if one not in hits or cost < hits[one].cost:
                    hits[one] = Hit(hit.entry, hit.matched, cost)
        return nsmallest(limit, (hits[one] for one in sorted(hits)), key=lambda hit: hit.cost)

    def _hits(self, wanted: str, code: str, prices: dict[str, dict[str, float]]) -> dict[int, Hit]:
        """What all the words, or the code, may mean; by the number of the entry."""
        numbers = set.intersection(*(self._holding(prices[word]) for word in wanted.split())) | self._coded(code)
        return {one: hit for one in numbers if (hit := self._match(one, wanted, code, prices)) is not None}

    def _prices(self, typed: str) -> dict[str, float]:
        """What each word costs that the typed one may stand for."""
        letters, allowed = _letters(typed), _allowed(typed)
        found = {}
        for word, own in self._letters.items():
            if (letters & ~own).bit_count() > allowed:  # each slip of the finger can hide one letter
                continue
            cost = _word_cost(typed, word)
            if cost < NOTHING:
                found[word] = cost
        return found

    def _holding(self, price: dict[str, float]) -> set[int]:
        return set().union(*(self._holders[word] for word in price))

    def _coded(self, code: str) -> set[int]:
        """Entries with a code that begins with what was typed, or that the typed one begins with."""
        if len(code) < 2:
            return set()
        found = set()
        for beginning in (code, *(code[:length] for length in range(3, len(code)))):
            place = bisect_left(self._sorted_codes, (beginning, -1))
            while place < len(self._sorted_codes) and self._sorted_codes[place][0].startswith(beginning):
                if beginning == code or self._sorted_codes[place][0] == beginning:
                    found.add(self._sorted_codes[place][1])
                elif self._sorted_codes[place][0] > beginning:
                    break
                place += 1
        return found

    def _match(self, number: int, wanted: str, code: str, prices: dict[str, dict[str, float]]) -> Hit | None:
        one = self._entries[number]
        for own, plain in zip(one.codes, self._codes[number], strict=True):
            if len(code) >= 2 and (plain.startswith(code) or (len(plain) >= 3 and code.startswith(plain))):
                return Hit(one, own, 0.05)
        least, place = NOTHING, 0
        for at, (words, own_words) in enumerate(self._names[number]):
            cost = _cost(wanted, words, own_words, prices) + (0.3 if at else 0.0)
            if cost < least:
                least, place = cost, at
        return Hit(one, one.words[place], least) if least < NOTHING else None


def _plain_code(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _letters(word: str) -> int:
    """The letters of a word as bits; letters that share a bit only make the sieve coarser."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _cost(wanted: str, words: str, own: list[str], prices: dict[str, dict[str, float]]) -> float:
    """How far the typed words are from a name: 0 the same, 4 or more something else."""
    if words == wanted:
        return 0.0
    if words.startswith(wanted):
        return 0.2
    total = 0.0
    for place, word in enumerate(wanted.split()):
        price = prices[word]
        total += min((price.get(other, NOTHING) for other in own), default=NOTHING)
        if place == 0 and own and not own[0].startswith(word):
            total += 0.2
    return 0.4 + total + 0.01 * len(own)


def _allowed(typed: str) -> int:
    """How many slips a typed word may hold."""
    return 0 if len(typed) < 4 else 1 if len(typed) < 7 else 2


def _word_cost(typed: str, word: str) -> float:
    if word == typed:
        return 0.0
    if word.startswith(typed):
        return 0.1
    if len(typed) >= 4 and typed in word:
        return 0.6
    allowed = _allowed(typed)
    if allowed:
        distance = min(edit_distance(typed, word, allowed), edit_distance(typed, word[: len(typed)], allowed) + 0.1)
        if distance <= allowed + 0.1:
            return 0.9 + 0.5 * distance
    return NOTHING


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
