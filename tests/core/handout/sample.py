# ruff: noqa: E501
"""A small pack and a recommendation made by hand: knee, by needle under ultrasound or by vein. Figures are made up."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import msgspec

from core.consult import Consult
from core.handout.content import handout
from core.handout.model import Handout, HandoutOptions
from core.pack.pack import Pack
from core.pack.types import PackFile
from core.results import (
    Approval,
    Certainty,
    Delivered,
    Option,
    Recommendation,
    Requirement,
    StudyUse,
)
from tests import ROOT

PROCEDURE_TEXTS = {
    "en": {
        "condition.knee.name": "Knee osteoarthritis",
        "condition.knee.plain": "knee arthritis",
        "condition.knee.for_me": "my sore knee",
        "condition.knee.sentence": "The smooth lining of the knee wears down.",
        "condition.knee.course": "Pain often comes and goes over the years.",
        "condition.knee.usual_care": "Exercise, weight loss, pain relief, braces, surgery if needed",
        "condition.knee.usual_care_help": "Exercise helps pain for many people",
        "condition.knee.usual_care_harm": "Side effects of pain pills",
        "condition.knee.more_is_not": "More cells in the knee has not been shown to mean less pain.",
        "target.knee_joint.plain": "the knee",
        "route.intra_articular.name": "Into the joint",
        "route.intra_articular.plain": "with a needle into the joint",
        "route.intra_articular.what": "A needle goes into the joint.",
        "route.intra_articular.feel": "You feel a sting and some pressure.",
        "route.intra_articular.time": "The needle part is short.",
        "route.intra_articular.place": "In a procedure room.",
        "route.intra_articular.after": "You can walk. Rest the joint for a few days.",
        "route.iv.name": "Into a vein",
        "route.iv.plain": "with a drip into a vein",
        "route.iv.what": "A nurse puts a thin tube into a vein in your arm. The cells run in slowly.",
        "route.iv.feel": "You feel a small sting.",
        "route.iv.time": "You sit in a chair while the drip runs.",
        "route.iv.place": "In an infusion room, with a nurse close by.",
        "route.iv.after": "Staff watch you for a while.",
        "guidance.ultrasound.plain": "seen with ultrasound",
        "cells.bm_msc.getting": "Cells are taken from your hip bone first.",
        "harm.fever.plain": "fever",
        "harm.clot.plain": "blood clots",
        "harm.death.plain": "death",
        "harm.sore_joint.plain": "a sore joint for days",
        "harm.serious.plain": "a serious problem, maybe from it",
        "harm.hip_pain.plain": "pain at the hip bone",
        "harm.infection.plain": "an infected joint",
        "population.joints": "people treated at joints and backs",
        "capability.ultrasound.name": "Ultrasound",
        "capability.room.name": "Procedure room",
        "jurisdiction.us.name": "the USA",
        "jurisdiction.us.report": "the FDA",
    },
}
PROCEDURE_TEXTS["es"] = PROCEDURE_TEXTS["en"] | {
    "condition.knee.plain": "artrosis de rodilla",
    "condition.knee.for_me": "mi rodilla dolorida",
    "condition.knee.sentence": "Se gasta la capa lisa de la rodilla.",
    "target.knee_joint.plain": "la rodilla",
    "route.iv.name": "En una vena",
    "route.iv.plain": "con un gotero en una vena",
    "route.iv.what": "Una enfermera pone un tubo fino en una vena del brazo. Las células entran despacio.",
    "route.intra_articular.name": "En la articulación",
    "route.intra_articular.plain": "con una aguja en la articulación",
    "route.intra_articular.what": "Una aguja entra en la articulación.",
    "guidance.ultrasound.plain": "con ecografía",
}


def texts() -> dict[str, dict[str, Any]]:
    """The real fixed texts of the handout with texts of the sample's records."""
    return {language: dict(own) for language, own in _texts().items()}


@cache
def _texts() -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    for language, own in PROCEDURE_TEXTS.items():
        with (ROOT / "resources" / "texts" / language / "handout.toml").open("rb") as file:
            made[language] = dict(_flat(tomllib.load(file))) | own
    return made


def _flat(tables: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for key, value in tables.items():
        flat += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return flat


def _study(id: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "read": "abstract", "title": f"A study called {id}", "year": 2012, **fields}


def _harm(id: str, event: str, route: str, cause: str, kind: str, severity: str, **fields: Any) -> dict[str, Any]:
    known = {"event": event, "routes": [route], "cause": cause, "kind": kind, "severity": severity}
    return {"id": id, "population": "adults", **known, **fields}


def sample_pack(own: dict[str, str] | None = None, **changes: Any) -> Pack:
    """The sample's pack; `own` replaces texts in every language, `changes` replace fields of the file."""
    given = texts()
    for language in given:
        given[language].update(own or {})
    fields: dict[str, Any] = {
        "version": "2026.11", "date": "2026-11-24", "expires": "2027-11-24", "made_by": "x", "funding": "x",
        "studies": [
            _study("berkoff2012", authors="Berkoff DJ, Miller LE, Block JE", doi="10.2147/CIA.S29265"),
            _study("toupet2013", authors="Toupet K, Maumus M", doi="10.1002/art.37960"),
            _study("centeno2016", authors="Centeno CJ, Al-Sayegh H", pmid="27026621", seller_interest=True),
            _study("thompson2020", doi="10.1016/j.eclinm.2019.100249"),
        ],
        "species": [{"id": "human"}, {"id": "mouse"}],
        "cells": [{"id": "bm_msc", "group": "large"}],
        "capabilities": [{"id": "ultrasound", "kind": "imaging"}, {"id": "room", "kind": "setting", "plain": True}],
        "guidances": [{"id": "none"}, {"id": "ultrasound"}],
        "jurisdictions": [{"id": "us", "authority": "FDA"}],
        "targets": [{"id": "knee_joint", "tissue": "joint", "region": "knee"}],
        "routes": [
            {"id": "intra_articular", "family": "local", "usual": {"any": "ultrasound"}},
            {"id": "iv", "family": "venous", "needle": False, "usual": {"any": "none"}},
        ],
        "procedures": [
            {"id": "intra_articular_ultrasound", "route": "intra_articular", "guidance": "ultrasound",
             "targets": ["knee_joint"], "anaesthesia": "local", "outpatient": True},
            {"id": "iv_none", "route": "iv", "guidance": "none", "targets": ["knee_joint"], "anaesthesia": "none",
             "outpatient": True},
        ],
        "uses": [],
        "measurements": [
            {"id": "m1", "study": "toupet2013", "route": "intra_articular", "target": "knee_joint", "species": "mouse",
             "cells": "ad_msc", "readout": "cells", "method": "qPCR", "denominator": "injected_cells", "value": 0.15,
             "n": 6, "time_h": 720.0, "where": "abstract"},
        ],
        "placements": [
            {"id": "p1", "study": "berkoff2012", "route": "intra_articular", "target": "knee_joint",
             "guidance": "ultrasound", "value": 0.958, "model": "patients", "where": "abstract"},
        ],
        "parameters": [], "flow_sets": [], "physiology": [],
        "harms": [
            _harm("h1", "sore_joint", "intra_articular", "procedure", "unknown", "mild"),
            _harm("h2", "serious", "intra_articular", "either", "count", "serious", numerator=13, denominator=2372,
                  population_key="joints", seller_interest=True, study="centeno2016"),
            _harm("h3", "fever", "iv", "product", "controlled", "mild", ratio=2.48, low=1.27, high=4.86, study="thompson2020"),
            _harm("h4", "clot", "iv", "product", "controlled", "serious", ratio=1.1, low=0.5, high=2.5, study="thompson2020"),
            _harm("h5", "death", "iv", "product", "reported", "serious", cases=3),
            _harm("h6", "hip_pain", "any", "harvest", "unknown", "mild"),
            _harm("h7", "infection", "intra_articular", "procedure", "count", "serious", numerator=0, denominator=30,
                  study="toupet2013"),
        ],
        "factors": [], "contraindications": [], "products": [], "positions": [],
        "benefits": [
            {"id": "b1", "condition": "knee", "routes": ["intra_articular"], "finding": "x", "study": "toupet2013"},
        ],
        "conditions": [{"id": "knee", "system": "joints", "icd10": ["M17"], "targets": ["knee_joint"]}],
        "texts": given,
    }  # fmt: skip
    return Pack(msgspec.convert(fields | changes, PackFile))


def delivered(median: float, low: float, high: float, **fields: Any) -> Delivered:
    known = {"basis": "modelled", "measured_share": 0.0, **fields}
    return Delivered(median=median, low=low, high=high, **known)


def option(procedure: str, route: str, guidance: str, share: Delivered, **fields: Any) -> Option:
    known: dict[str, Any] = {
        "rank": 1, "procedure": procedure, "route": route, "guidance": guidance, "name": procedure, "status": "suitable",
        "asked": False, "cautions": (), "not_asked": (), "score": 0.5, "parts": (), "delivered": share, "retained": None,
        "cells_per_million": share.median * 1e6, "cells_delivered": 1.0, "cells_per_site": 1.0, "equivalent_dose": None,
        "requires": (), "reasons": (), "against": (), "certainty": Certainty(level="very_low", reasons=()),
        "firmness": "none", "firmness_text": "", "rank_probability": (), "winning_index": {}, "tied_with": (),
        "explanation": (), "harms": (), "use_level": "series",
    }  # fmt: skip
    return Option(**(known | fields))


def sample_recommendation(**fields: Any) -> Recommendation:
    needle = option(
        "intra_articular_ultrasound",
        "intra_articular",
        "ultrasound",
        delivered(
            0.86,
            0.66,
            0.95,
            placement=0.95,
            placement_measured=True,
            studies=(StudyUse(id="berkoff2012", role="placement"),),
        ),
        certainty=Certainty(level="low", reasons=()),
        requires=(
            Requirement(
                id="ultrasound", label="Ultrasound", kind="imaging", level="required", met=True, basis="definition"
            ),
        ),
    )
    vein = option(
        "iv_none", "iv", "none", delivered(1e-4, 1e-6, 3e-3), asked=True, rank=2
    )  # fmt: skip
    known: dict[str, Any] = {
        "pack_version": "2026.11", "pack_date": "2026-11-24", "pack_expires": "2027-11-24",
        "consult": Consult(condition="knee", target="knee_joint", asked="iv", jurisdiction="us"),
        "asked": "iv_none", "verdict": "ranked", "headline": "", "subline": "", "first": "intra_articular_ultrasound",
        "unconstrained_first": "intra_articular_ultrasound", "options": (needle, vein), "asked_comparison": None,
        "sensitivity": None,
        "approval": Approval(jurisdiction="us", found=(), checked="2026-11-20", lines=(), headline=""),
        "benefit": "", "not_benefit": "", "implied": {}, "open_questions": (), "weights": {},
    }  # fmt: skip
    return Recommendation(**(known | fields))


def sample_handout(**options: Any) -> Handout:
    return handout(sample_pack(), sample_recommendation(), HandoutOptions(**options))
