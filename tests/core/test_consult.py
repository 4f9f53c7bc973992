"""A consult says what was chosen and what was assumed; what cannot be is refused in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from core.consult import make_consult
from core.errors import InputError
from core.pack.pack import Pack


def test_everything_not_chosen_is_filled_in_and_untouched(pack: Pack) -> None:
    consult = make_consult(pack, "knee_osteoarthritis")
    assert consult.target == "knee_joint"
    assert consult.asked is None
    assert consult.cells == "bm_msc"
    assert consult.has is None
    assert consult.patient == {}
    assert consult.touched == ()


def test_what_was_chosen_is_touched(pack: Pack) -> None:
    consult = make_consult(pack, "knee_osteoarthritis", asked="iv", dose=2e7, has=["ultrasound"])
    assert set(consult.touched) == {"asked", "dose", "has"}


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "condition": ({"condition": "knee_ostoarthritis"}, "did you mean knee_osteoarthritis"),
    "target": ({"target": "moon"}, "no target structure"),
    "target of another condition": ({"target": "myocardium"}, "Its targets are"),
    "route": ({"asked": "by_post"}, "no route"),
    "route that does not lead there": ({"asked": "intracoronary"}, "does not lead to"),
    "guidance alone": ({"guidance": "ultrasound"}, "without a route"),
    "guidance that is not known there": ({"asked": "iv", "guidance": "mri"}, "It is known with"),
    "cells": ({"cells": "unicorn"}, "no cell class"),
    "particles": ({"cells": "particles"}, "no cell class"),
    "dose 0": ({"dose": 0.0}, "dose of 0"),
    "dose 1e30": ({"dose": 1e30}, r"dose of 1e\+30"),
    "dose nan": ({"dose": float("nan")}, "dose of nan"),
    "sites": ({"sites": 0}, "0 sites"),
    "capability": ({"has": ["x_ray_eyes"]}, "no capability"),
    "factor": ({"patient": {"left_handed": "yes"}}, "no patient factor"),
    "preset": ({"preset": "fastest"}, "no preset"),
    "criterion": ({"weights": {"beauty": 1.0}}, "no criterion"),
    "negative weight": ({"weights": {"harm": -1.0}}, "from 0 upwards"),
    "no weight": ({"weights": {"harm": 0.0}}, "All weights are 0"),
    "jurisdiction": ({"jurisdiction": "atlantis"}, "no jurisdiction"),
    "species": ({"species": "unicorn"}, "no species"),
    "language": ({"language": "xx"}, "no language"),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_is_refused(pack: Pack, change: dict[str, Any], message: str) -> None:
    arguments = {"condition": "knee_osteoarthritis", **change}
    with pytest.raises(InputError, match=message):
        make_consult(pack, arguments.pop("condition"), **arguments)


def test_an_alias_is_heard_and_the_id_is_kept(pack: Pack) -> None:
    consult = make_consult(pack, "ischaemic_stroke", asked="carotid_artery", cells="asc", species="people")
    assert (consult.asked, consult.cells, consult.species) == ("intra_arterial", "ad_msc", "human")
    assert make_consult(pack, "facet_joint_pain", asked="facet").asked == "intra_articular"
    assert make_consult(pack, "copd", target="lungs").target == "lung"


def test_no_alias_means_two_things(pack: Pack) -> None:
    for table in (pack.routes, pack.targets, pack.cells, pack.species, pack.guidances):
        aliases = [alias for record in table.values() for alias in record.aliases]
        assert len(aliases) == len(set(aliases))
        assert not set(aliases) & set(table)
