"""A short, seeded look at hostile input; `python3 run.py fuzz` takes a hundred thousand cases."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.trust.fuzzing import Fuzz, mutated

TARGETS = (
    *("pack", "signed pack", "signed well", "consult", "journal", "overlay", "key", "choice", "settings"),
    *("letterhead", "photograph", "typed text", "command line"),
)
SHORT = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory: pytest.TempPathFactory) -> Fuzz:
    return Fuzz(tmp_path_factory.mktemp("fuzz"))


def test_every_target_is_tried(fuzz: Fuzz) -> None:
    assert tuple(fuzz.targets) == TARGETS


@pytest.mark.parametrize("target", [one for one in TARGETS if one not in ("pack", "signed well")])
def test_what_a_target_begins_from_is_good(target: str, fuzz: Fuzz) -> None:
    assert fuzz.run(target, fuzz.targets[target][1])


@pytest.mark.parametrize("target", TARGETS)
def test_noise_is_refused_with_a_sentence(target: str, fuzz: Fuzz) -> None:
    @SHORT
    @given(st.binary(max_size=600) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
    def tried(data: bytes) -> None:
        fuzz.run(target, data)

    tried()


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_nearly_good_is_taken_or_refused_with_a_sentence(target: str, fuzz: Fuzz) -> None:
    chance = random.Random(f"short {target}")
    for _ in range(150):
        fuzz.run(target, mutated(fuzz.targets[target][1], chance))


def test_the_fuzzer_does_find_an_error_that_is_not_ours(fuzz: Fuzz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fuzz.targets, "consult", (lambda data: data.decode(), b"plain"))
    chance = random.Random(2)
    cases = [mutated(b"plain", chance) for _ in range(500)]
    with pytest.raises(UnicodeDecodeError):
        all(fuzz.run("consult", case) or True for case in cases)
