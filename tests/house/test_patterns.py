"""Regular expressions end on every Python that the program runs on."""

import importlib
import pkgutil
import re

import core

_SET = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_POSSESSIVE = re.compile(r"(?<!\\)(?:[*+?]\+|\}\+)|\(\?>")


def is_possessive(pattern: str) -> bool:
    """Whether a repeat or a group of a pattern gives nothing back."""
    return _POSSESSIVE.search(_SET.sub("x", pattern)) is not None


def test_no_pattern_is_possessive() -> None:
    """Before 3.11.5 Python matches them wrongly (gh-100061, gh-106052); that of Debian 12 never ended on one."""
    modules = [importlib.import_module(one.name) for one in pkgutil.walk_packages(core.__path__, "core.")]
    patterns = [one for module in modules for one in vars(module).values() if isinstance(one, re.Pattern)]
    assert len(patterns) > 5
    assert [one.pattern for one in patterns if is_possessive(str(one.pattern))] == []


def test_a_possessive_pattern_is_seen() -> None:
    for pattern in (r"[^ ]*+", r"(?:a|b)++", r"\d{2}+", r"a?+", r"(?>a)"):
        assert is_possessive(pattern), pattern
    for pattern in (r"[^ ]*", r"\++", r"\*+", r"a{2}b+", "[*+]"):
        assert not is_possessive(pattern), pattern
