"""Our pooling against figures of R's bayesmeta and metafor, frozen with their provenance."""

from __future__ import annotations

import copy
import io
import json
from pathlib import Path

import pytest

from core.delivery.verify import CLASSICAL_TOLERANCE, QUANTILE_TOLERANCE, verify_meta
from core.errors import InputError

REFERENCE = json.loads((Path(__file__).parent / "meta_reference.json").read_text(encoding="utf-8"))
PACK_SETS = json.loads((Path(__file__).parent / "meta_pack.json").read_text(encoding="utf-8"))
"""Evidence sets of the pack as of its making, pooled by `meta_pack.R`."""
NAMES = {
    "coronary_five", "epicardial_four_heterogeneous", "brain_three_rare", "lung_four", "single_study", "two_studies",
}  # fmt: skip


def test_all_sets_are_there() -> None:
    assert {item["name"] for item in REFERENCE["sets"]} == NAMES
    assert "bayesmeta" in REFERENCE["source"]


def test_every_set_agrees() -> None:
    out = io.StringIO()
    found = verify_meta(REFERENCE, out)
    assert {item.name for item in found} == NAMES
    for item in found:
        assert item.within
        # Far inside the promised tolerances: what is left is the grid of the other program.
        assert item.quantiles < QUANTILE_TOLERANCE / 50
        assert (item.classical or 0.0) < CLASSICAL_TOLERANCE / 1000
    assert sum(item.classical is not None for item in found) == 5
    assert out.getvalue().count("within tolerance") == 6


def test_sets_of_the_pack_agree_with_independent_integration() -> None:
    found = verify_meta(PACK_SETS, io.StringIO())
    assert len(found) >= 6
    assert "metafor" in PACK_SETS["source"]
    for item in found:
        assert item.quantiles < QUANTILE_TOLERANCE / 50
        assert (item.classical or 0.0) < CLASSICAL_TOLERANCE / 1000
    assert sum(item.classical is not None for item in found) >= 6


@pytest.mark.parametrize("key", ["mu", "predictive", "tau"])
def test_a_wrong_quantile_is_found(key: str) -> None:
    wrong = copy.deepcopy(REFERENCE)
    wrong["sets"][3]["bayesmeta"][key][2] += 0.002
    out = io.StringIO()
    found = verify_meta(wrong, out)
    assert [item.within for item in found] == [True, True, True, False, True, True]
    assert "lung_four: largest difference" in out.getvalue()
    assert "ABOVE TOLERANCE" in out.getvalue()


@pytest.mark.parametrize(("block", "key"), [("metafor_DL", "tau2"), ("metafor_REML", "knha_se")])
def test_a_wrong_classical_figure_is_found(block: str, key: str) -> None:
    wrong = copy.deepcopy(REFERENCE)
    wrong["sets"][0][block][key][0] += 1e-5
    assert not verify_meta(wrong, io.StringIO())[0].within


def test_source_and_classical_blocks_are_optional() -> None:
    bare = {"sets": [{k: v for k, v in REFERENCE["sets"][1].items() if not k.startswith("metafor")}]}
    assert verify_meta(bare, io.StringIO())[0].classical is None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("se", [0.1, 0.2], "one standard error"),
        ("se", [0.1, 0.2, 0.3, 0.0, 0.1], "standard error"),
        ("se", [0.1, 0.2, 0.3, -1, 0.1], "standard error"),
        ("y_logit", [1, 2, 3, float("nan"), 4], "finite"),
        ("y_logit", ["a", 2, 3, 4, 5], "number"),
        ("quantile_levels", [0.0, 0.5], "between 0 and 1"),
        ("prior", None, "prior"),
        ("bayesmeta", {}, "bayesmeta"),
        ("bayesmeta", {"mu": [1.0]}, "figures"),
    ],
)
def test_a_broken_set_is_named(field: str, value: object, said: str) -> None:
    broken = copy.deepcopy(REFERENCE)
    broken["sets"][0][field] = value
    with pytest.raises(InputError, match="coronary_five") as error:
        verify_meta(broken, io.StringIO())
    assert said in error.value.message


@pytest.mark.parametrize("junk", [None, [], "x", {}, {"sets": []}, {"sets": "abc"}, {"sets": [1]}, {"sets": {}}])
def test_junk_is_refused(junk: object) -> None:
    with pytest.raises(InputError):
        verify_meta(junk, io.StringIO())
