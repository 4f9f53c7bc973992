"""What a pack is made of: one immutable record type for each thing that is known.

Evidence is written as TOML tables of these names (`[[study]]`, `[[measurement]]`, ...), one record type a
table; the built pack is one JSON file of the same records. Words for people (names, sentences) are not here:
they live in `texts`, by language, under keys such as `condition.knee_osteoarthritis.name`.
Fractions are 0..1, times are hours, flows are shares of cardiac output unless a field says otherwise.

Annotations are not put off here (`from __future__ import annotations`): msgspec would compile the text of each.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

#: How the ids of a clinic's own records begin; no record of the pack itself may.
OWN = "own-"
#: What stands behind the name of the clinic in a study of its own.
OWN_MARK = " (this clinic's own)"

Fraction = Annotated[float, Meta(ge=0, le=1)]
NonNegative = Annotated[float, Meta(ge=0)]
Positive = Annotated[float, Meta(gt=0)]
Count = Annotated[int, Meta(ge=0)]
Ordinal = Annotated[int, Meta(ge=0, le=6)]
Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_.-]*\Z", max_length=80)]

#: How far a source was read. What was only recalled is not among these: it stays out of the pack.
Read = Literal["full_text", "abstract", "official_page", "secondary"]
#: "read": a source stands behind it; "usual_practice": recalled practice, source not yet read, never a number;
#: "definition": true by the meaning of the words (imaging in a procedure's own name).
Basis = Literal["read", "usual_practice", "definition"]
#: What the printed spread of a figure is. "unspecified" is a plus-minus whose kind the source does not state.
Spread = Literal["sd", "sem", "range", "ci95", "iqr", "unspecified", "subgroups", "source_conflict", "none"]
Family = Literal["venous", "arterial", "portal", "csf", "local", "airway", "cavity", "surface"]
Tissue = Literal[
    "joint", "tendon", "ligament", "meniscus", "cartilage", "disc", "bone", "muscle", "myocardium", "brain", "cord",
    "nerve", "eye", "lung", "liver", "kidney", "pancreas", "gut", "skin", "urogenital", "marrow", "lymphoid", "space",
    "systemic",
]  # fmt: skip


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Base of every record: immutable, strict about unknown fields."""


class Identified(Record, frozen=True, kw_only=True):
    """A record that others point to."""

    id: Id


class Study(Identified, frozen=True, kw_only=True):
    """A source: paper, label, guideline, official page; never a figure without one.

    `unread` names the bibliographic fields that were recalled or cut and are therefore null or incomplete.
    """

    title: str | None = None
    authors: str | None = None
    journal: str | None = None
    year: Annotated[int, Meta(ge=1900, le=2100)] | None = None
    doi: Annotated[str, Meta(pattern=r"^10\.[0-9]{4,9}/\S+\Z")] | None = None
    pmid: Annotated[str, Meta(pattern=r"^[0-9]{1,8}\Z")] | None = None
    pmcid: Annotated[str, Meta(pattern=r"^PMC[0-9]+\Z")] | None = None
    url: str | None = None
    kind: Literal["study", "trial", "review", "guideline", "label", "register", "reference", "page", "model"] = "study"
    read: Read
    read_via: str | None = None
    unread: tuple[str, ...] = ()
    funding: str | None = None
    seller_interest: bool = False
    note: str | None = None


class Species(Identified, frozen=True, kw_only=True):
    """A species with its aliases (`human`, `rat`, ...)."""

    aliases: tuple[str, ...] = ()


class CellClass(Identified, frozen=True, kw_only=True):
    """A class of cells as the kinetics sees it.

    `group`: `large` cultured cells (stopped by lung capillaries), `small` cells, `platelet`, `particle`.
    `harvest`: requirement ids of getting the cells.
    """

    group: Literal["large", "small", "platelet", "particle"]
    aliases: tuple[str, ...] = ()
    offered: bool = True
    diameter_um: Positive | None = None
    diameter_study: Id | None = None
    harvest: tuple[Id, ...] = ()
    harvest_visits: Count | None = None
    basis: Basis = "usual_practice"
    study: Id | None = None


class Capability(Identified, frozen=True, kw_only=True):
    """Something a procedure can need: a machine, a room, a person.

    `plain`: every clinic has it. `includes`: having this one means having those. `comes_with`: this one (a
    person, usually) is there when any of those is.
    """

    kind: Literal["imaging", "setting", "operator", "device"]
    plain: bool = False
    includes: tuple[Id, ...] = ()
    comes_with: tuple[Id, ...] = ()


class Guidance(Identified, frozen=True, kw_only=True):
    """How the needle or catheter is seen (`none`, `ultrasound`, ...), with what it needs by definition."""

    needs: tuple[Id, ...] = ()
    aliases: tuple[str, ...] = ()


class Jurisdiction(Identified, frozen=True, kw_only=True):
    """A place whose authority approves products.

    `part_of`: the place whose approvals hold here too (a member state of the European Union).
    `factors_shown`: false where patient factors are left out of the program's intended use.
    """

    authority: str
    part_of: Id | None = None
    report_url: str | None = None
    study: Id | None = None
    factors_shown: bool = True


class Target(Identified, frozen=True, kw_only=True):
    """The anatomical structure that the cells should reach.

    `flow` is its share of cardiac output in man (median, 5 %, 95 %), `flow_of` the physiology organ whose share
    it takes or is cut out of; `bloodless` targets get an upper bound from every vascular route (`flow_high`).
    `region` is the body-map region.
    """

    tissue: Tissue
    region: str
    parent: Id | None = None
    paired: bool = False
    flow_of: str | None = None
    flow: Annotated[tuple[float, ...], Meta(min_length=3, max_length=3)] | None = None
    flow_basis: Literal["measured", "judgement"] = "judgement"
    flow_study: Id | None = None
    flow_note: str | None = None
    bloodless: bool = False
    flow_high: Fraction | None = None
    aliases: tuple[str, ...] = ()


class Route(Identified, frozen=True, kw_only=True):
    """The way in. `usual`: the guidance that is meant when only the route is named, by target or in general (`any`)."""

    family: Family
    usual: dict[str, Id]
    needle: bool = True
    aliases: tuple[str, ...] = ()


class Need(Record, frozen=True, kw_only=True):
    """One thing that a procedure needs."""

    id: Id
    level: Literal["required", "recommended"] = "required"
    basis: Basis = "usual_practice"
    study: Id | None = None


class Procedure(Identified, frozen=True, kw_only=True):
    """A route with its guidance for a set of targets: what is ranked.

    Ordinals: `invasiveness` 0 (nothing enters) .. 6 (open surgery); `anaesthesia` as named; null is unknown.
    `vessel`: for an arterial route the artery's bed, with `selective` the share of the injectate that enters the
    target's bed (median, 5 %, 95 %) where catheter position decides it. `minutes`, `observation_h`: low, high.
    """

    route: Id
    guidance: Id
    targets: Annotated[tuple[Id, ...], Meta(min_length=1)]
    needs: tuple[Need, ...] = ()
    invasiveness: Ordinal | None = None
    operator_skill: Ordinal | None = None
    anaesthesia: Literal["none", "topical", "local", "sedation", "regional", "general", "unknown"] = "unknown"
    contrast: Literal["none", "iodinated", "gadolinium", "optional", "unknown"] = "unknown"
    radiation_msv: Annotated[tuple[float, ...], Meta(min_length=3, max_length=3)] | None = None
    radiation_none: bool = False
    radiation_study: Id | None = None
    minutes: tuple[float, float] | None = None
    observation_h: tuple[float, float] | None = None
    fasting_h: tuple[float, float] | None = None
    outpatient: bool | None = None
    selective: Annotated[tuple[float, ...], Meta(min_length=3, max_length=3)] | None = None
    basis: Basis = "usual_practice"
    study: Id | None = None
    note: str | None = None


class Use(Identified, frozen=True, kw_only=True):
    """Whether a route was ever used in people for a target (`any` for a systemic route): the highest level found."""

    route: Id
    target: str
    level: Literal["approved", "controlled_trial", "series", "case", "none_found"]
    conditions: tuple[Id, ...] = ()
    cells: Id | None = None
    n: Count | None = None
    largest_dose: Positive | None = None
    dose_unit: Literal["cells", "cells_per_kg"] = "cells"
    study: Id | None = None
    where: str | None = None
    note: str | None = None


class Measurement(Identified, frozen=True, kw_only=True):
    """One figure from one study: an arm, a route, a target, a time.

    `value` is a share of `denominator`; null when only a bound is known (`bound`: upper or lower, with the bound in
    `high` or `low`; `non_detection`: nothing was seen, with the detection limit in `high` where the source gives it).
    `excluded` says why a figure is shown but never pooled (particles, heparin, unknown route, time not stated ...).
    """

    study: Id
    route: Id | None = None
    target: Id
    species: Id | None = None
    cells: Id
    readout: Literal["cells", "label"]
    method: str
    denominator: Literal[
        "injected_cells", "injected_activity", "initial_signal", "whole_body", "injected_particles", "arrested_cells"
    ]
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    size: NonNegative | None = None
    spread: Spread = "none"
    bound: Literal["upper", "lower", "non_detection"] | None = None
    estimator: Literal["mean", "median", "midpoint", "single"] = "mean"
    kind: Literal["share", "passed_lungs"] = "share"
    n: Count | None = None
    time_h: NonNegative | None = None
    window_h: tuple[float, float] | None = None
    nominal_time: bool = False
    guidance: Id | None = None
    model: str | None = None
    condition: Id | None = None
    cells_species: Id | None = None
    dose: Positive | None = None
    dose_range: tuple[float, float] | None = None
    read: Read | None = None
    where: str
    excluded: str | None = None
    note: str | None = None


class Placement(Identified, frozen=True, kw_only=True):
    """How often the needle was where it should be.

    `criterion`: what counted as a hit; `attempt`: first pass or final; `n_injections` needles, `n_subjects` people
    or specimens. `pool`: false where a review already holds the study, or the setting is not ordinary practice.
    """

    study: Id
    route: Id
    target: Id
    guidance: Id
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    spread: Spread = "none"
    hits: Count | None = None
    n_injections: Count | None = None
    n_subjects: Count | None = None
    model: Literal["patients", "cadaver", "review", "animal", "phantom"]
    criterion: str | None = None
    attempt: Literal["first", "final", "unstated"] = "unstated"
    pool: bool = True
    read: Read | None = None
    where: str
    note: str | None = None


class Prior(Record, frozen=True, kw_only=True):
    """A distribution by its centre and 5-95 % band."""

    median: float
    low: float
    high: float


class Parameter(Identified, frozen=True, kw_only=True):
    """A constant of the kinetics model as a distribution, with the studies it was set from.

    `fallback` is the study-free prior used when one of `studies` is pooled for the pair or left out.
    `grade`: A measured in man, B measured in animals or one human series, C inferred by fit, D judgement.
    """

    name: str
    cells: Literal["large", "small", "platelet", "any"] = "any"
    species: str = "any"
    readout: Literal["cells", "label", "any"] = "any"
    scope: str = "any"
    shape: Literal["logitnormal", "lognormal", "beta", "fixed"]
    median: float
    low: float
    high: float
    unit: str = "fraction"
    grade: Literal["A", "B", "C", "D"]
    studies: tuple[Id, ...] = ()
    fallback: Prior | None = None
    note: str | None = None


class FlowSet(Identified, frozen=True, kw_only=True):
    """A closed set of organ shares of cardiac output of one species and sex (sums to 1)."""

    species: Id
    sex: Literal["man", "woman", "any"] = "any"
    shares: dict[str, Fraction]
    portal: tuple[str, ...]
    cv: NonNegative
    studies: tuple[Id, ...]
    note: str | None = None


class Physiology(Identified, frozen=True, kw_only=True):
    """One physiological value (mass, flow, volume, diameter) with its source."""

    species: str
    organ: str
    quantity: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str
    study: Id
    read: Read | None = None
    note: str | None = None


class Harm(Identified, frozen=True, kw_only=True):
    """A harm with what is known of how often.

    `kind`: `controlled` (ratio against a control arm), `count` (numerator of denominator), `reported` (cases, never a
    rate), `unknown`. `cause`: `procedure` (the same without cells), `product` (cells or product), `either`, `harvest`.
    `event` is the text key `harm.<event>.*`.
    """

    event: Id
    routes: tuple[str, ...]
    targets: tuple[Id, ...] = ()
    cells: tuple[Id, ...] = ()
    cause: Literal["procedure", "product", "either", "harvest"]
    severity: Literal["mild", "moderate", "serious"]
    kind: Literal["controlled", "count", "reported", "unknown"]
    numerator: Count | None = None
    denominator: Count | None = None
    unit: Literal["people", "procedures", "injections", "eyes", "limbs"] = "people"
    ratio: Positive | None = None
    ratio_kind: Literal["risk_ratio", "odds_ratio"] | None = None
    low: NonNegative | None = None
    high: NonNegative | None = None
    cases: Count | None = None
    within: str | None = None
    population: str
    population_key: Id | None = None
    study: Id | None = None
    seller_interest: bool = False
    where: str | None = None
    note: str | None = None


class Factor(Identified, frozen=True, kw_only=True):
    """Something that may be true of the patient: yes, no or not asked."""

    kind: Literal[
        "bleeding", "infection", "heart", "lung", "kidney", "brain", "allergy", "device", "general", "product"
    ]
    detail: str | None = None


class Contraindication(Identified, frozen=True, kw_only=True):
    """What a patient factor does to procedures.

    A procedure is meant when every given selector matches: `routes` (ids, or `any_needle`, `any_catheter`, `any`),
    `guidance`, `targets`, `contrast` (it uses iodinated contrast), `radiation`, `cells`.
    `severity`: `absolute` closes it, `relative` is a caution, `note` informs, `none` says that it is not one.
    With basis `usual_practice` (source not yet read) it may raise a question or a caution, never close or lift.
    """

    factor: Id
    routes: tuple[str, ...]
    guidance: tuple[Id, ...] = ()
    targets: tuple[Id, ...] = ()
    contrast: bool | None = None
    radiation: bool | None = None
    cells: tuple[Id, ...] = ()
    severity: Literal["absolute", "relative", "note", "none"]
    threshold: str | None = None
    action: str | None = None
    society: str | None = None
    basis: Basis = "read"
    study: Id | None = None
    note: str | None = None


class Product(Identified, frozen=True, kw_only=True):
    """A product × route × indication × jurisdiction with its status at a date."""

    name: str
    cells: Id
    routes: tuple[Id, ...]
    conditions: tuple[Id, ...] = ()
    targets: tuple[Id, ...] = ()
    indication: str
    jurisdiction: Id
    status: Literal[
        "approved", "conditional", "exempt", "withdrawn", "refused", "failed_trial", "lapsed", "not_approved"
    ]
    date: str | None = None
    checked: str
    ages: str | None = None
    dose: str | None = None
    maker: str | None = None
    studies: Annotated[tuple[Id, ...], Meta(min_length=1)]
    note: str | None = None


class Position(Identified, frozen=True, kw_only=True):
    """What a society or authority says, with its year; `topic` in our words."""

    body: str
    year: int
    topic: str
    says: str
    conditions: tuple[Id, ...] = ()
    routes: tuple[Id, ...] = ()
    study: Id


class Implied(Record, frozen=True, kw_only=True):
    """A patient factor that a condition brings with it: set (`yes`) or asked first (`ask`)."""

    factor: Id
    value: Literal["yes", "ask"]
    basis: Basis = "usual_practice"
    study: Id | None = None


class Mechanism(Record, frozen=True, kw_only=True):
    """Whether arrival at a target is how the cells are thought to work in a condition."""

    target: Id
    delivery_decides: bool
    study: Id | None = None
    basis: Basis = "usual_practice"


class Benefit(Identified, frozen=True, kw_only=True):
    """What trials found on benefit for a condition, by route and cells where known; `shown` false unless shown."""

    condition: Id
    routes: tuple[Id, ...] = ()
    cells: tuple[Id, ...] = ()
    shown: bool = False
    certainty: Literal["high", "moderate", "low", "very_low"] = "very_low"
    finding: str
    n: Count | None = None
    study: Id


class Condition(Identified, frozen=True, kw_only=True):
    """A condition with its targets (the first is the usual one), codes and what it implies.

    `emergency`: begins as one; the handout then says that it is not for the acute hours.
    `usual_dose`: the dose assumed until touched, with the study it comes from.
    """

    system: Literal[
        "joints", "spine", "tendons", "bone", "muscle", "heart", "brain", "cord", "nerve", "eye", "lung", "liver",
        "kidney", "pancreas", "gut", "limb", "skin", "urogenital", "immune",
    ]  # fmt: skip
    icd10: Annotated[tuple[str, ...], Meta(min_length=1)]
    targets: Annotated[tuple[Id, ...], Meta(min_length=1)]
    emergency: bool = False
    usual_dose: Positive | None = None
    usual_dose_study: Id | None = None
    implies: tuple[Implied, ...] = ()
    mechanism: tuple[Mechanism, ...] = ()
    capture_factor: Prior | None = None
    note: str | None = None


Texts = dict[str, str | tuple[str, ...]]


class Signoff(Record, frozen=True, kw_only=True):
    """Who reviewed a language: valid for exactly the texts with this digest."""

    language: str
    name: str
    role: str
    date: str
    digest: str


class OwnNote(Record, frozen=True, kw_only=True):
    """A clinic's additional note by language, for a condition, a procedure, or (neither) every consult."""

    text: dict[str, str]
    condition: Id | None = None
    procedure: Id | None = None


class Own(Record, frozen=True, kw_only=True):
    """What a clinic laid over the pack besides its records (whose ids begin with `own-`)."""

    clinic: str
    contact: dict[str, str] = {}
    notes: tuple[OwnNote, ...] = ()


class PackFile(Record, frozen=True, kw_only=True):
    """Everything known, immutable, loaded once from one file.

    Dates are ISO days; `expires` is twelve months after `date` unless stated.
    """

    scheme: Literal[1] = 1
    version: str
    date: str
    expires: str
    made_by: str
    funding: str
    studies: tuple[Study, ...]
    species: tuple[Species, ...]
    cells: tuple[CellClass, ...]
    capabilities: tuple[Capability, ...]
    guidances: tuple[Guidance, ...]
    jurisdictions: tuple[Jurisdiction, ...]
    targets: tuple[Target, ...]
    routes: tuple[Route, ...]
    procedures: tuple[Procedure, ...]
    uses: tuple[Use, ...]
    measurements: tuple[Measurement, ...]
    placements: tuple[Placement, ...]
    parameters: tuple[Parameter, ...]
    flow_sets: tuple[FlowSet, ...]
    physiology: tuple[Physiology, ...]
    harms: tuple[Harm, ...]
    factors: tuple[Factor, ...]
    contraindications: tuple[Contraindication, ...]
    products: tuple[Product, ...]
    positions: tuple[Position, ...]
    benefits: tuple[Benefit, ...]
    conditions: tuple[Condition, ...]
    texts: dict[str, Texts]
    signoffs: tuple[Signoff, ...] = ()
    own: Own | None = None


#: TOML table name -> (field of PackFile, record type); also the order in which problems are reported.
TABLES: dict[str, tuple[str, type[Record]]] = {
    "study": ("studies", Study),
    "species": ("species", Species),
    "cells": ("cells", CellClass),
    "capability": ("capabilities", Capability),
    "guidance": ("guidances", Guidance),
    "jurisdiction": ("jurisdictions", Jurisdiction),
    "target": ("targets", Target),
    "route": ("routes", Route),
    "procedure": ("procedures", Procedure),
    "use": ("uses", Use),
    "measurement": ("measurements", Measurement),
    "placement": ("placements", Placement),
    "parameter": ("parameters", Parameter),
    "flow_set": ("flow_sets", FlowSet),
    "physiology": ("physiology", Physiology),
    "harm": ("harms", Harm),
    "factor": ("factors", Factor),
    "contraindication": ("contraindications", Contraindication),
    "product": ("products", Product),
    "position": ("positions", Position),
    "benefit": ("benefits", Benefit),
    "condition": ("conditions", Condition),
}
