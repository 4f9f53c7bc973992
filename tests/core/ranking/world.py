"""A small world of real records to rank in: one joint, five ways to it, a clinic, a patient, texts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from core.consult import Consult
from core.pack import types as t
from core.pack.pack import Pack
from core.pack.read import RESOURCES
from core.pack.sources import _flat
from core.ranking.criteria import logit, weights_of
from core.ranking.prepare import Arrival, Prepared, lay_ground, prepare_from
from core.recommend import rank
from core.results import Delivered, Recommendation, StudyUse

TEXTS = RESOURCES / "texts"
PLAIN = {"minutes": (10.0, 30.0), "contrast": "none", "radiation_none": True}

CAPABILITIES = (
    t.Capability(id="ultrasound", kind="imaging"),
    t.Capability(id="fluoroscopy", kind="imaging"),
    t.Capability(id="cath_lab", kind="setting", includes=("fluoroscopy",)),
    t.Capability(id="trained_injector", kind="operator", comes_with=("ultrasound", "fluoroscopy")),
    t.Capability(id="physician", kind="operator", plain=True),
    t.Capability(id="infusion_chair", kind="setting", plain=True),
)
PROCEDURES = (
    t.Procedure(
        id="vein", route="iv", guidance="none", targets=("knee", "lung"), needs=(t.Need(id="infusion_chair"),),
        invasiveness=1, operator_skill=0, anaesthesia="none", minutes=(15.0, 60.0), contrast="none",
        radiation_none=True,
    ),
    t.Procedure(
        id="joint_landmark", route="joint", guidance="none", targets=("knee",), needs=(t.Need(id="physician"),),
        invasiveness=2, operator_skill=1, anaesthesia="local", **PLAIN,
    ),
    t.Procedure(
        id="joint_ultrasound", route="joint", guidance="ultrasound", targets=("knee",),
        needs=(t.Need(id="trained_injector"),), invasiveness=2, operator_skill=2, anaesthesia="local", **PLAIN,
    ),
    t.Procedure(
        id="joint_fluoroscopy", route="joint", guidance="fluoroscopy", targets=("knee",),
        needs=(t.Need(id="trained_injector"),), invasiveness=2, operator_skill=2, anaesthesia="local",
        minutes=(10.0, 30.0), contrast="iodinated", radiation_msv=(0.1, 0.05, 0.5),
    ),
    t.Procedure(
        id="artery", route="artery", guidance="fluoroscopy", targets=("knee",), needs=(t.Need(id="cath_lab"),),
        invasiveness=4, operator_skill=4, anaesthesia="sedation", minutes=(30.0, 90.0), contrast="iodinated",
        radiation_msv=(5.0, 2.0, 10.0),
    ),
)  # fmt: skip
USES = (
    t.Use(id="u_vein", route="iv", target="any", level="controlled_trial", largest_dose=1e9),
    t.Use(id="u_joint", route="joint", target="knee", level="controlled_trial", largest_dose=1e8),
    t.Use(id="u_artery", route="artery", target="knee", level="none_found"),
)
FACTORS = tuple(
    t.Factor(id=name, kind="general") for name in ("infection", "warfarin", "contrast_allergy", "shunt", "cancer")
)
CONTRAINDICATIONS = (
    t.Contraindication(id="c_infection", factor="infection", routes=("joint",), severity="absolute", study="s1"),
    t.Contraindication(
        id="c_warfarin", factor="warfarin", routes=("any_needle",), severity="relative", threshold="INR 2.0 to 3.0",
        society="SIR", study="s1",
    ),
    t.Contraindication(id="c_warfarin_no", factor="warfarin", routes=("joint",), severity="none", study="s2"),
    t.Contraindication(
        id="c_contrast", factor="contrast_allergy", routes=("any",), contrast=True, severity="relative", study="s1"
    ),
    t.Contraindication(id="c_shunt", factor="shunt", routes=("iv",), severity="absolute", basis="usual_practice"),
    t.Contraindication(id="c_cancer", factor="cancer", routes=("any",), severity="note", study="s1"),
)  # fmt: skip
HARMS = (
    t.Harm(
        id="h_joint", event="joint_infection", routes=("joint",), cause="procedure", severity="serious", kind="count",
        numerator=2, denominator=2000, population="people", study="s1",
    ),
    t.Harm(
        id="h_vein", event="clot", routes=("iv",), cause="either", severity="serious", kind="count", numerator=0,
        denominator=300, population="people", study="s2",
    ),
    t.Harm(
        id="h_fever", event="fever", routes=("iv",), cause="product", severity="mild", kind="controlled", ratio=2.5,
        low=1.3, high=4.9, population="people", study="s2",
    ),
)  # fmt: skip
PRODUCTS = (
    t.Product(
        id="p1", name="Kneecell", cells="bm_msc", routes=("joint",), conditions=("arthritis",), indication="arthritis",
        jurisdiction="kr", status="approved", date="2012", checked="2026-11-22", studies=("s1",),
    ),
    t.Product(
        id="p2", name="Oldcell", cells="bm_msc", routes=("iv",), conditions=("arthritis",), indication="arthritis",
        jurisdiction="us", status="withdrawn", checked="2026-11-20", studies=("s1",),
    ),
)  # fmt: skip
BENEFITS = (t.Benefit(id="b1", condition="arthritis", finding="no difference in pain at a year.", study="s1"),)
FILE = t.PackFile(
    version="1",
    date="2026-11-24",
    expires="2027-11-24",
    made_by="tests",
    funding="none",
    studies=tuple(t.Study(id=name, title=name, year=2020, read="abstract") for name in ("s1", "s2")),
    species=(t.Species(id="human"), t.Species(id="rat")),
    cells=(t.CellClass(id="bm_msc", group="large"), t.CellClass(id="bm_mnc", group="small")),
    capabilities=CAPABILITIES,
    guidances=(
        t.Guidance(id="none"),
        t.Guidance(id="ultrasound", needs=("ultrasound",)),
        t.Guidance(id="fluoroscopy", needs=("fluoroscopy",)),
    ),
    jurisdictions=(
        t.Jurisdiction(id="us", authority="FDA"),
        t.Jurisdiction(id="kr", authority="MFDS"),
        t.Jurisdiction(id="eu", authority="EMA", factors_shown=False),
    ),
    targets=(
        t.Target(id="knee", tissue="joint", region="knee", paired=True),
        t.Target(id="lung", tissue="lung", region="chest"),
    ),
    routes=(
        t.Route(id="iv", family="venous", needle=False, usual={"any": "none"}),
        t.Route(id="joint", family="local", usual={"any": "ultrasound"}),
        t.Route(id="artery", family="arterial", needle=False, usual={"any": "fluoroscopy"}),
    ),
    procedures=PROCEDURES,
    uses=USES,
    measurements=(),
    placements=(),
    parameters=(),
    flow_sets=(),
    physiology=(),
    harms=HARMS,
    factors=FACTORS,
    contraindications=CONTRAINDICATIONS,
    products=PRODUCTS,
    positions=(),
    benefits=BENEFITS,
    conditions=(
        t.Condition(id="arthritis", system="joints", icd10=("M17",), targets=("knee",)),
        t.Condition(
            id="abscess", system="joints", icd10=("M00",), targets=("knee",),
            implies=(
                t.Implied(factor="infection", value="yes", basis="definition"),
                t.Implied(factor="shunt", value="ask"),
            ),
        ),
        t.Condition(
            id="secretion", system="joints", icd10=("M99",), targets=("knee",),
            mechanism=(t.Mechanism(target="knee", delivery_decides=False),),
        ),
        t.Condition(id="breathless", system="lung", icd10=("J80",), targets=("lung",)),
    ),
    texts={
        language: {
            **dict(_flat(tomllib.loads((TEXTS / language / "say.toml").read_text("utf-8")))),
            **{f"target.{target}.the": the for target, the in targets.items()},
        }
        for language, targets in (
            ("en", {"knee": "the knee", "lung": "the lung"}),
            ("es", {"knee": "la rodilla", "lung": "el pulmón"}),
        )
    },
)  # fmt: skip

#: Cells that arrive: medians like those of a knee.
MEDIANS = {
    "vein": 1.2e-4,
    "joint_landmark": 0.68,
    "joint_ultrasound": 0.86,
    "joint_fluoroscopy": 0.84,
    "artery": 0.21,
}
SHARED = np.random.default_rng(1).standard_normal(512)


def pack(**changes: Any) -> Pack:
    """The small world, with whole tables replaced."""
    return Pack(msgspec.structs.replace(FILE, **changes))


def delivered(median: float, spread: float = 0.4, **changes: Any) -> Delivered:
    """An estimate with a 90 % interval of `spread` logits on either side."""
    middle = logit(median)
    low, high = (1 / (1 + np.exp(-(middle + side * spread))) for side in (-1, 1))
    found = Delivered(median=median, low=float(low), high=float(high), basis="modelled", measured_share=0.0)
    return msgspec.structs.replace(found, **changes)


def arrival(median: float, spread: float = 0.4, own: int = 0, **changes: Any) -> Arrival:
    """An arrival whose draws are half shared by all procedures and half its own."""
    mine = np.random.default_rng(own).standard_normal(SHARED.size)
    noise = (SHARED + mine) / np.sqrt(2) * spread / 1.645
    return Arrival(delivered(median, spread, **changes), logit(median) + noise - np.median(noise))


def arrivals(medians: Mapping[str, float] = MEDIANS, spread: float = 0.4) -> dict[str, Arrival]:
    """Arrivals of many procedures, each with draws of its own that hang on its name only."""
    return {name: arrival(median, spread, own=sum(map(ord, name))) for name, median in medians.items()}


def consult(**changes: Any) -> Consult:
    """A consult about the knee with everything there."""
    return Consult(**{"condition": "arthritis", "target": "knee", **changes})


def prepared(
    about: Consult | None = None, came: Mapping[str, Arrival] | None = None, world: Pack | None = None
) -> Prepared:
    """A consult prepared in the small world with given arrivals."""
    about, world = about or consult(), world or pack()
    came = came or arrivals()
    procedures = [one for one in world.procedures_of(about.target) if one.id in came]
    return prepare_from(world, about, lay_ground(world, procedures, came, about.target, about.cells, about.sites))


def counted(one: Arrival, species: str, *measurements: str) -> Arrival:
    """The same arrival with a study that counted cells."""
    use = StudyUse(id="s1", role="pooled", weight=1.0, measurements=measurements, species=species)
    return msgspec.structs.replace(one, delivered=msgspec.structs.replace(one.delivered, basis="both", studies=(use,)))


def concluded(about: Consult | None = None, **changes: Any) -> Recommendation:
    """What follows from a consult in the small world."""
    ready = prepared(about, **changes)
    return rank(ready, weights_of(ready.consult))


def said(found: Recommendation) -> list[str]:
    """Every sentence of a recommendation."""
    sentences = [found.headline, found.subline, found.benefit, found.not_benefit, *found.approval.lines]
    if found.asked_comparison:
        sentences += [*found.asked_comparison.sentences, *found.asked_comparison.for_asked]
    if found.sensitivity:
        sentences += [one.label for one in found.sensitivity.tornado]
    for one in found.options:
        sentences += [*one.reasons, *one.against, *one.explanation, *one.harms, one.firmness_text]
        sentences += [caution.text for caution in one.cautions]
    return sentences
