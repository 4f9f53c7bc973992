"""What a screen reader gets of the real window, read through the accessibility bus from outside the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import ROOT

HERE = Path(__file__).resolve().parent
Node = dict[str, Any]


@pytest.fixture(scope="module")
def seen(screen: dict[str, str], tmp_path_factory: pytest.TempPathFactory, pack: Any) -> dict[str, Node]:
    """The trees that `screen_reader.py` saw of a knee that was asked about by vein."""
    from core import consult_file
    from core.consult import make_consult

    folder = tmp_path_factory.mktemp("reader")
    (folder / "settings.json").write_text('{"started": true}')
    consult = make_consult(
        pack, "knee_osteoarthritis", asked="iv", jurisdiction="us", has=("ultrasound", "trained_injector")
    )
    consult_file.save(folder / "knee.cellroute", consult)
    private = {name: str(folder) for name in ("HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")}
    done = subprocess.run(
        [
            "dbus-run-session", "--", sys.executable, str(HERE / "screen_reader.py"),
            str(folder / "knee.cellroute"), str(folder),
        ],
        cwd=ROOT, env={**os.environ, **screen, **private, "LC_ALL": "C.UTF-8", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"},
        capture_output=True, encoding="utf-8", timeout=280, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    trees: dict[str, Node] = json.loads((folder / "seen.json").read_text())
    return trees


def flat(node: Node) -> Iterator[Node]:
    """What is there, in the order in which it is read."""
    if node["visible"]:
        yield node
    for child in node["children"]:
        yield from flat(child)


def names(tree: Node, role: str) -> list[str]:
    return [one["name"] for one in flat(tree) if one["role"] == role]


def rows_of(tree: Node) -> list[str]:
    """The rows of the ranking."""
    listed = next(one for one in flat(tree) if one["role"] == "list" and one["name"] == "Ways to give the cells")
    return names(listed, "radio button")


def test_all_that_takes_the_focus_has_a_name(seen: dict[str, Node]) -> None:
    for state, tree in seen.items():
        assert [one["role"] for one in flat(tree) if one["focusable"] and not one["name"].strip()] == [], state


def test_a_list_to_choose_from_says_what_is_chosen_and_of_what(seen: dict[str, Node]) -> None:
    """Qt names it by what is chosen; what it is about must come from a label or a description."""
    states = ("ranked", "Compare", "Handout", "Preferences")
    boxes = [one for state in states for one in flat(seen[state]) if one["role"] == "combo box"]
    assert len(boxes) >= 9
    for box in boxes:
        assert box["labels"] or box["description"], box["name"]


def test_it_is_read_in_the_order_in_which_it_is_seen(seen: dict[str, Node]) -> None:
    """Choices, then the finding with approval first, the ranking, the tabs, and why."""
    read = [one["name"] for one in flat(seen["ranked"])]

    def place(beginning: str) -> int:
        return next(at for at, name in enumerate(read) if name.startswith(beginning))

    order = ["Condition", "Target structure", "Route asked about", "Cells and dose", "This clinic has", "This patient",
             "What counts", "No approval of a cell product", "Ways to give the cells", "Rank 1 of",
             "Into the joint, ultrasound-guided: 1", "Why here", "Against it", "Harm"]  # fmt: skip
    places = [place(one) for one in order]
    assert places == sorted(places), dict(zip(order, places, strict=True))


def test_the_finding_says_approval_and_benefit_before_cells(seen: dict[str, Node]) -> None:
    finding = next(name for name in names(seen["ranked"], "label") if "approv" in name.lower() and "reach" in name)
    assert finding.lower().index("approv") < finding.index("help") < finding.index("of 1")
    assert "Into a vein: about" in finding


def test_each_row_is_one_of_many_and_a_sentence(seen: dict[str, Node]) -> None:
    rows = rows_of(seen["ranked"])
    ranked = [row for row in rows if row.startswith("Rank ")]
    assert [row.split(":")[0] for row in ranked] == [f"Rank {n} of {len(ranked)}" for n in range(1, len(ranked) + 1)]
    for row in rows:
        assert row.endswith(".")
        for part in ("of 1 000 000 cells", "90 % range", "certainty"):
            assert part in row
    assert [row for row in rows if "asked about" in row] == [row for row in rows if "Into a vein" in row]
    assert any("Needs referral" in row and "not there: Fluoroscopy" in row for row in rows)


def test_rows_are_read_in_their_new_order(seen: dict[str, Node]) -> None:
    for state in ("ranked", "pressed", "without ultrasound"):
        ranks = [row.split(" ")[1] if row.startswith("Rank ") else "–" for row in rows_of(seen[state])]
        assert ranks == sorted(ranks), state  # a dash comes after all digits


def test_the_tabs_are_there(seen: dict[str, Node]) -> None:
    tabs = names(seen["ranked"], "page tab")
    assert tabs == ["Journey", "Over time", "Evidence", "What decides", "Compare"]


def test_pictures_say_their_facts(seen: dict[str, Node]) -> None:
    journeys = [one for one in flat(seen["ranked"]) if one["role"] == "graphic" and "cells" in one["name"]]
    assert len(journeys) == 2
    for picture in journeys:
        assert picture["description"].count("Knee joint") == 1
    for tab, most in (("Over time", 1), ("Evidence", 1), ("What decides", 3), ("Compare", 1)):
        drawn = [one for one in flat(seen[tab]) if one["role"] == "graphic" and not one["name"].startswith("Body map")]
        assert len(drawn) == most, tab
        assert all(one["description"] for one in drawn), tab


def test_a_row_that_is_taken_through_the_bus_is_looked_at(seen: dict[str, Node]) -> None:
    second = next(row for row in rows_of(seen["ranked"]) if row.startswith("Rank 2 of"))
    way = second.split(": ", 1)[1].split(";")[0]
    assert way not in names(seen["ranked"], "label")
    assert way in names(seen["pressed"], "label"), "the panel on the right does not follow"


def test_what_is_turned_off_through_the_bus_is_off(seen: dict[str, Node]) -> None:
    rows = rows_of(seen["without ultrasound"])
    assert any("not there: Ultrasound" in row for row in rows)
    assert any(row.startswith("Into the joint, ultrasound-guided: Needs referral") for row in rows)


def test_the_table_behind_a_picture_is_a_table(seen: dict[str, Node]) -> None:
    heads = names(seen["table"], "column header")
    cells = names(seen["table"], "cell")
    assert heads[0] == "place"
    assert "Knee joint" in cells
    assert len(cells) % len(heads) == 0


def groups(tree: Node) -> dict[str, list[tuple[str, bool]]]:
    """The joined choices by what they are about: each choice, and whether it is the chosen one."""
    found = {}
    for one in flat(tree):
        parts = [part for part in one["children"] if part["role"] == "radio button" and part["visible"]]
        if one["role"] == "panel" and parts:
            found[one["name"]] = [(part["name"], part["checked"]) for part in parts]
    return found


def test_joined_choices_are_radio_buttons_in_a_group(seen: dict[str, Node]) -> None:
    routes = [("Into a vein", True), ("Into the joint", False), ("Into an artery", False)]
    assert groups(seen["ranked"])["Route asked about"] == routes
    assert groups(seen["joint"])["Route asked about"] == [(name, name == "Into the joint") for name, _on in routes]
    for state, about in (
        ("ranked", {"Route asked about", "What counts"}),
        ("Handout", {"Language", "Paper", "Letter size"}),
        ("Preferences", {"Language", "Theme", "Paper", "Figures of the ranking and the pictures"}),
        ("Patient view", {"Language"}),
    ):
        found = groups(seen[state])
        assert set(found) == about, state
        assert all(sum(on for _name, on in parts) == 1 for parts in found.values()), state


def test_the_handout_is_filled_in_and_printed_by_ear(seen: dict[str, Node]) -> None:
    tree = seen["Handout"]
    assert {"Print…", "Save as PDF…", "Close"} <= set(names(tree, "push button"))
    assert any(name.startswith("Reading level: grade ") for name in names(tree, "label"))
    assert names(tree, "graphic") == ["Side 1 of 2", "Side 2 of 2"]
    for field in (one for one in flat(tree) if one["role"] == "text"):
        assert field["name"] in field["labels"]


def test_the_patient_view_says_no_rank_and_every_dot(seen: dict[str, Node]) -> None:
    tree = seen["Patient view"]
    read = [one["name"] for one in flat(tree)]
    assert read.index("No cell treatment") < read.index("What it is")
    assert not any("Rank" in name or "certainty" in name for name in read)
    assert all(name.startswith("Picture of 100 dots.") for name in names(tree, "graphic"))
    assert any(name.startswith("Back") for name in names(tree, "push button"))


def test_a_bullet_is_not_read(seen: dict[str, Node]) -> None:
    assert "•" not in names(seen["ranked"], "label")
