"""How a start is read: a plain one without the parser of all commands, and never with a size that nobody gave."""

from __future__ import annotations

import pytest

import main as program
from core.commands.parser import make_parser


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--quit-after-paint"],
        ["--consult", "knee.cellroute", "--quit-when-complete"],
        ["--config", "a", "--data", "b", "--quit-after-paint"],
    ],
)
def test_a_plain_start_is_read_as_the_parser_reads_it(arguments: list[str]) -> None:
    plain = program._plain_start(arguments)
    assert plain is not None
    parsed = vars(make_parser().parse_args(arguments))
    assert vars(plain) == {name: parsed[name] for name in vars(plain)}
    assert not any(value for name, value in parsed.items() if name not in vars(plain))


@pytest.mark.parametrize(
    "arguments", [["rank"], ["--theme", "dark"], ["--consult"], ["--config", "a", "--config", "b"], ["--unheard-of"]]
)
def test_anything_else_goes_to_the_parser(arguments: list[str]) -> None:
    assert program._plain_start(arguments) is None


def test_the_last_size_is_not_overruled_by_one_that_nobody_gave() -> None:
    assert make_parser().parse_args([]).size is None
