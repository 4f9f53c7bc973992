"""The command line is a contract: other programs read what it prints."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests import ROOT
from tests.running import run


def rank(*arguments: str) -> Any:
    result = run("rank", *arguments, "--json")
    assert result.code == 0, result.err
    return result.json


def row(ranking: Any, route: str, guidance: str | None = None) -> Any:
    return next(p for p in ranking["procedures"] if p["route"] == route and guidance in (None, p["guidance"]))


FIELDS = {
    "rank", "procedure", "route", "guidance", "status", "cautions", "not_asked", "score", "delivered",
    "cells_per_million", "equivalent_dose", "requires", "reasons", "certainty", "rank_probability", "winning_index",
    "tied_with", "explanation", "sensitivity",
}  # fmt: skip
DELIVERED = {"median", "low", "high", "level", "hours", "basis", "measured_share", "studies"}


def test_rank_prints_one_object_with_every_field_that_other_programs_read() -> None:
    ranking = rank("--condition", "knee_osteoarthritis", "--route", "iv")
    assert {"pack", "consult", "asked", "verdict", "headline", "procedures"} <= set(ranking)
    assert set(ranking["pack"]) == {"version", "date", "expires"}
    assert ranking["asked"] == "iv"
    assert ranking["verdict"] == "ranked"
    for procedure in ranking["procedures"]:
        assert set(procedure) >= FIELDS
        assert set(procedure["delivered"]) >= DELIVERED
        assert procedure["reasons"]
        for requirement in procedure["requires"]:
            assert {"id", "label", "met"} <= set(requirement)
        d = procedure["delivered"]
        assert 1e-9 <= d["low"] <= d["median"] <= d["high"] <= 1 - 1e-6
        assert procedure["cells_per_million"] == pytest.approx(d["median"] * 1e6)


def test_what_was_assumed_is_told_with_the_answer() -> None:
    consult = rank("--condition", "knee_osteoarthritis", "--route", "intra_articular")["consult"]
    assert consult["cells"] == "bm_msc"
    assert consult["target"] == "knee_joint"
    assert consult["guidance"] == "ultrasound"
    assert consult["sites"] == 1
    assert consult["preset"] == "delivery_first"


def test_without_a_route_nothing_says_that_you_asked() -> None:
    result = run("rank", "--condition", "knee_osteoarthritis", "--json")
    assert result.json["asked"] is None
    assert "you asked" not in result.out.lower()
    assert not any(procedure["asked"] for procedure in result.json["procedures"])


def test_the_same_command_gives_the_same_bytes() -> None:
    arguments = ("rank", "--condition", "acute_myocardial_infarction", "--route", "iv", "--json")
    first = subprocess.run([sys.executable, "main.py", *arguments], cwd=ROOT, capture_output=True, check=True).stdout
    assert first == run(*arguments).out.encode()


@pytest.mark.parametrize("nothing", ["", "none"])
def test_a_plain_room_refers_what_needs_an_image(nothing: str) -> None:
    ranking = rank("--condition", "knee_osteoarthritis", "--has", nothing)
    assert row(ranking, "intra_articular", "ultrasound")["status"] == "refer"
    assert row(ranking, "intra_articular", "fluoroscopy")["status"] == "refer"
    assert row(ranking, "intra_articular", "none")["status"] == "suitable"
    assert row(ranking, "intra_articular", "ultrasound")["rank"] is None


def test_sites_share_the_dose() -> None:
    one = row(rank("--condition", "knee_osteoarthritis", "--dose", "2e7"), "intra_articular")
    two = row(rank("--condition", "knee_osteoarthritis", "--dose", "2e7", "--sites", "2"), "intra_articular")
    assert two["cells_per_site"] == pytest.approx(one["cells_per_site"] / 2)


def test_own_weights_are_used() -> None:
    ranking = rank("--condition", "knee_osteoarthritis", "--weights", "delivered=0,harm=100")
    assert ranking["consult"]["weights"]["delivered"] == 0
    assert ranking["consult"]["preset"] == "own"


@pytest.mark.parametrize("kind", ["conditions", "targets", "routes", "procedures", "studies"])
def test_a_list_is_narrowed_by_a_condition(kind: str) -> None:
    rows = run("list", kind, "--json").json
    assert rows
    assert all({"id", "name"} <= set(one) for one in rows)
    some = run("list", kind, "--condition", "knee_osteoarthritis", "--json").json
    assert 0 < len(some) < len(rows)
    assert run("list", kind).out


@pytest.mark.parametrize(
    ("kind", "one_of_them"),
    [
        ("capabilities", "ultrasound"), ("factors", "contrast_allergy"), ("cells", "bm_msc"),
        ("guidances", "fluoroscopy"), ("jurisdictions", "us"), ("species", "rat"),
    ],
)  # fmt: skip
def test_lists_name_what_options_take(kind: str, one_of_them: str) -> None:
    rows = run("list", kind, "--json").json
    assert len(rows) > 3
    assert all(one["name"] and one["name"] != one["id"] for one in rows)
    assert one_of_them in {one["id"] for one in rows}


def test_the_estimate_is_that_of_rank() -> None:
    procedure = row(rank("--condition", "knee_osteoarthritis"), "intra_articular", "ultrasound")
    arguments = ("--route", "intra_articular", "--target", "knee_joint", "--condition", "knee_osteoarthritis")
    alone = run("estimate", *arguments, "--json").json
    assert alone["median"] == pytest.approx(procedure["delivered"]["median"], rel=1e-9)
    assert {study["role"] for study in alone["studies"]} <= {"pooled", "bound", "carried_back", "shown"}
    assert "berkoff-2012" in alone["placement_studies"]


def test_a_study_left_out_changes_the_estimate() -> None:
    arguments = ("estimate", "--route", "intracoronary", "--target", "myocardium", "--cells", "bm_mnc", "--json")
    whole = run(*arguments).json
    pooled = [study["id"] for study in whole["studies"] if study["role"] == "pooled"]
    assert pooled
    less = run(*arguments, "--without", pooled[0]).json
    assert less["median"] != whole["median"]
    assert pooled[0] not in [study["id"] for study in less["studies"]]


@pytest.mark.parametrize(
    "arguments",
    [
        ("rank", "--condition", "knee_ostheoarthritis"),
        ("rank", "--condition", "knee_osteoarthritis", "--dose", "0"),
        ("rank", "--condition", "knee_osteoarthritis", "--dose", "1e30"),
        ("rank", "--condition", "knee_osteoarthritis", "--dose", "1,000"),
        ("rank", "--condition", "knee_osteoarthritis", "--sites", "1.5"),
        ("rank", "--condition", "knee_osteoarthritis", "--has", "crystal_ball"),
        ("rank", "--condition", "knee_osteoarthritis", "--patient", "contrast_allergy=perhaps"),
        ("rank", "--condition", "knee_osteoarthritis", "--weights", "harm"),
        ("rank", "--condition", "knee_osteoarthritis", "--weights", "harm=1,harm=2"),
        ("rank", "--condition", "knee_osteoarthritis", "--has", "ultrasound", "--has", "ct"),
        ("evidence", "check", "9" * 400),
        ("rank", "--condition", "knee_osteoarthritis", "--language", "xx"),
        ("rank",),
        ("list", "unicorns"),
        ("estimate", "--route", "iv", "--target", "soul"),
        ("estimate", "--route", "iv", "--target", "lung", "--hours", "-1"),
        ("estimate", "--route", "iv", "--target", "lung", "--hours", "721"),
        ("estimate", "--route", "iv", "--target", "lung", "--cells", "unicorn"),
        ("estimate", "--route", "iv", "--target", "lung", "--dose", "0"),
        ("estimate", "--route", "iv", "--target", "lung", "--without", "nobody-1999"),
        ("evidence", "show", "nothing-of-that-name"),
        ("evidence", "check", "no/such/file.json"),
        ("handout", "--condition", "knee_osteoarthritis", "--output", "handout.docx"),
        ("verify", "no/such/file.json"),
        ("fly",),
        ("--unheard-of",),
    ],
)
def test_what_cannot_be_is_one_sentence_and_exit_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("list",),
        ("rank",),
        ("estimate",),
        ("handout",),
        ("evidence",),
        ("evidence", "check"),
        ("verify",),
        ("calibrate",),
    ],
)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.code == 0
    assert "usage: main.py" in result.out


def test_a_handout_is_written(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    result = run("handout", "--condition", "knee_osteoarthritis", "--route", "iv", "--output", str(path))
    assert result.code == 0, result.err
    assert path.read_bytes().startswith(b"%PDF-")
    text = tmp_path / "sheet.txt"
    assert run("handout", "--condition", "copd", "--output", str(text)).code == 0
    assert "No cell treatment" in text.read_text(encoding="utf-8")


def test_a_logo_is_printed_and_a_bad_one_refused(tmp_path: Path) -> None:
    sheet, logo = tmp_path / "sheet.pdf", tmp_path / "logo.png"
    wanted = ("handout", "--condition", "copd", "--output", str(sheet))
    assert run(*wanted).code == 0
    plain = len(sheet.read_bytes())
    Image.effect_noise((300, 150), 80).save(logo)
    assert run(*wanted, "--logo", str(logo)).code == 0
    assert len(sheet.read_bytes()) > plain + 10_000
    logo.write_bytes(b"<svg/>")
    result = run(*wanted, "--logo", str(logo))
    assert result.code == 2
    assert "no sound PNG or JPEG" in result.err


def test_evidence_show_tells_who_uses_a_record() -> None:
    [entry] = run("evidence", "show", "knee_joint", "--json").json
    assert entry["kind"] == "target"
    assert "condition knee_osteoarthritis" in entry["used_by"]


def test_evidence_texts_gives_the_digest_to_sign() -> None:
    result = run("evidence", "texts", "es")
    assert "not reviewed as they stand" in result.out
    assert len(result.out.split()[-1]) == 64
    assert run("evidence", "texts", "xx").code == 2


def test_evidence_check_is_silent_when_sound() -> None:
    result = run("evidence", "check")
    assert (result.code, result.out) == (0, "")


def test_evidence_check_reads_a_built_pack(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"scheme": 1}', encoding="utf-8")
    result = run("evidence", "check", str(path))
    assert result.code == 2
    assert "broken.json" in result.err


def test_verify_agrees_with_the_reference_figures() -> None:
    for name in ("meta_reference.json", "smaa.json"):
        result = run("verify", str(ROOT / "tests" / "peers" / name))
        assert result.code == 0, result.out
        assert "Largest difference" in result.out


def test_a_weight_with_three_decimals_is_a_weight() -> None:
    weights = rank("--condition", "knee_osteoarthritis", "--weights", "delivered=33.333,harm=66.667")["consult"][
        "weights"
    ]
    assert weights["delivered"] == pytest.approx(33.333)


def test_a_dose_beyond_any_on_record_is_flagged() -> None:
    arguments = ("--condition", "acute_myocardial_infarction")
    assert all(p["dose_beyond"] for p in rank(*arguments, "--dose", "1e11")["procedures"])
    assert not any(p["dose_beyond"] for p in rank(*arguments, "--dose", "1e6")["procedures"])
    pair = ("estimate", "--route", "iv", "--target", "lung", "--json")
    assert run(*pair, "--dose", "1e11").json["dose_beyond"] is True
    assert run(*pair, "--dose", "1e6").json["dose_beyond"] is False
    assert "dose_beyond" not in run(*pair).json
    assert "more than any dose on record" in run(*pair[:-1], "--dose", "1e11").out


@pytest.mark.parametrize("place", ["y_logit", "se", "tau"])
def test_a_whole_number_of_any_length_is_no_crash(tmp_path: Path, place: str) -> None:
    figures = {
        "name": "long", "y_logit": [-1.0, -2.0], "se": [0.3, 0.4], "quantile_levels": [0.5],
        "prior": {"mu_mean": 0, "mu_sd": 2, "tau_halfnormal_scale": 0.7}, "bayesmeta": {"mu": [-1.5], "tau": [0.3]},
    }  # fmt: skip
    (figures["bayesmeta"] if place == "tau" else figures)[place] = [10**400]  # type: ignore[index]
    file = tmp_path / "long.json"
    file.write_text(json.dumps({"sets": [figures]}))
    result = run("verify", str(file))
    assert result.code == 2
    assert result.err.count("\n") == 1


def test_samples_compared_with_a_number_of_any_length_disagree(tmp_path: Path) -> None:
    samples = {"partial_values": [[[1.0], [0.0]]], "weights": [[1.0]], "rank_acceptability": [[10**400, 0], [0, 1]]}
    file = tmp_path / "long.json"
    file.write_text(json.dumps({"sets": [samples]}))
    assert run("verify", str(file)).code == 1
