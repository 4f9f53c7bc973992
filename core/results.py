"""The Recommendation: everything concluded. Immutable; every view renders it, none computes.

Annotations are not put off here, as in `core.pack.types`.
"""

from typing import Literal

import msgspec

from core.consult import Consult
from core.pack.types import OWN

Verdict = Literal["ranked", "nothing_reaches", "delivery_does_not_decide"]
Status = Literal["suitable", "refer", "not_for_this_patient", "not_tried_in_people"]
Level = Literal["high", "moderate", "low", "very_low"]
LEVELS: tuple[Level, ...] = ("very_low", "low", "moderate", "high")
Firmness = Literal["clearly_first", "probably_first", "tied", "behind", "clearly_behind", "none"]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything concluded."""


class StudyUse(Result, frozen=True, kw_only=True):
    """A study's part in an estimate: `pooled`, `bound`, `carried_back` (through the hold model), `placement`,
    `parameter` (a model constant rests on it) or `shown` (not used; `why` says why not). `weight` sums to 1 over
    the pooled."""

    id: str
    role: Literal["pooled", "bound", "carried_back", "placement", "parameter", "shown"]
    weight: float | None = None
    measurements: tuple[str, ...] = ()
    value: float | None = None
    low: float | None = None
    high: float | None = None
    species: str | None = None
    why: str | None = None


class Certainty(Result, frozen=True, kw_only=True):
    """GRADE-like certainty of a cell count with the reasons for lowering it."""

    level: Level
    reasons: tuple[str, ...]


MODEL_ONLY = Certainty(level="very_low", reasons=("model",))
"""The certainty of what nobody counted."""


class Delivered(Result, frozen=True, kw_only=True):
    """What is believed of a share of the injected cells: median and predictive interval, and how much is measured.

    `kind`: delivered (first distribution, living or not) or retained (alive at `hours`). `below`: the figure is an
    upper bound, print it as "fewer than". `placement`: chance that the needle is where it should be, where one is used.
    """

    median: float
    low: float
    high: float
    level: float = 0.9
    hours: float = 1.0
    readout: Literal["label", "living"] = "label"
    kind: Literal["delivered", "retained"] = "delivered"
    basis: Literal["measured", "modelled", "both"]
    measured_share: float
    placement: float | None = None
    placement_measured: bool = False
    below: bool = False
    studies: tuple[StudyUse, ...] = ()
    certainty: Certainty = MODEL_ONLY

    @property
    def own(self) -> bool:
        """Whether a clinic's own figures, which nobody signed, entered it."""
        entered = ("pooled", "bound", "carried_back", "placement")
        return any(one.id.startswith(OWN) and one.role in entered for one in self.studies)


class Share(Result, frozen=True, kw_only=True):
    """One place where cells go: `place` is target, lung, liver, spleen, elsewhere, leak or lost; median and range."""

    place: str
    median: float
    low: float
    high: float


class Journey(Result, frozen=True, kw_only=True):
    """Where the cells are at a list of hours: `shares[k]` belongs to `hours[k]`, its medians sum to 1."""

    hours: tuple[float, ...]
    shares: tuple[tuple[Share, ...], ...]


class Requirement(Result, frozen=True, kw_only=True):
    """A requirement of a procedure; `met` null where nothing is known."""

    id: str
    label: str
    kind: str
    level: Literal["required", "recommended"]
    met: bool | None
    basis: str
    study: str | None = None


class Part(Result, frozen=True, kw_only=True):
    """One criterion's part in a score: value 0..1 (with its range), share of the weight 0..1, contribution."""

    criterion: str
    value: float
    low: float
    high: float
    weight: float
    contribution: float


class EquivalentDose(Result, frozen=True, kw_only=True):
    """Cells the asked route would need to put as many in the target as the reference procedure.

    `cells` null with a `reason` where no number of cells would do. `multiple` of the largest dose ever given.
    """

    reference: str
    cells: float | None
    low: float | None = None
    high: float | None = None
    largest_dose: float | None = None
    multiple: float | None = None
    reason: str | None = None


class Caution(Result, frozen=True, kw_only=True):
    """A patient factor or source that speaks against a procedure without closing it, or closes it.

    `factor`: the patient factor's id, or `other_conditions` where people were treated for other conditions only.
    """

    factor: str
    text: str
    severity: Literal["absolute", "relative", "note"]
    threshold: str | None = None
    study: str | None = None
    basis: str = "read"


class Option(Result, frozen=True, kw_only=True):
    """One procedure with everything concluded about it. `rank` is null below the line or without a ranking."""

    rank: int | None
    procedure: str
    route: str
    guidance: str
    name: str
    status: Status
    asked: bool
    cautions: tuple[Caution, ...]
    not_asked: tuple[str, ...]
    score: float | None
    parts: tuple[Part, ...]
    delivered: Delivered
    retained: Delivered | None
    cells_per_million: float
    cells_delivered: float
    cells_per_site: float
    equivalent_dose: EquivalentDose | None
    requires: tuple[Requirement, ...]
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    certainty: Certainty
    firmness: Firmness
    firmness_text: str
    rank_probability: tuple[float, ...]
    winning_index: dict[str, float]
    tied_with: tuple[str, ...]
    explanation: tuple[str, ...]
    harms: tuple[str, ...]
    use_level: str
    dose_beyond: bool = False


class Swing(Result, frozen=True, kw_only=True):
    """One bar of the tornado: what is moved, over what range, and the lead of the first place at its ends."""

    what: str
    label: str
    low: float
    high: float
    flips: bool


class WeightChange(Result, frozen=True, kw_only=True):
    """The smallest change of one weight (shares of 100) that puts another procedure first."""

    criterion: str
    now: float
    needed: float
    then_first: str


class WeightMixture(Result, frozen=True, kw_only=True):
    """The smallest movement of weight over all sliders at once that puts another procedure level with the first.

    `moved` points of 100 change place; `weights` are the shares of 100 after it.
    """

    moved: float
    weights: dict[str, float]
    then_first: str


class Sensitivity(Result, frozen=True, kw_only=True):
    """What the first place hangs on."""

    weights: tuple[WeightChange, ...]
    mixture: WeightMixture | None = None
    capabilities: tuple[tuple[str, str | None], ...]
    estimate: tuple[str, float, str] | None
    tornado: tuple[Swing, ...]
    value_of_evidence: tuple[tuple[str, float], ...]
    central_weights: dict[str, tuple[float, ...] | None]
    confidence: dict[str, float | None]


class AskedComparison(Result, frozen=True, kw_only=True):
    """The asked route beside the first one, with the honest argument for it where there is one."""

    asked: str
    first: str
    difference_per_million: float
    ratio: float
    ratio_low: float
    ratio_high: float
    sentences: tuple[str, ...]
    for_asked: tuple[str, ...]


class Approval(Result, frozen=True, kw_only=True):
    """What was found of approvals for the condition in a jurisdiction.

    `found`: names of products approved there for this condition; `checked`: day of the last check; `lines`: what to say
    of each product, of other status or place too.
    """

    jurisdiction: str | None
    found: tuple[str, ...]
    checked: str
    lines: tuple[str, ...]
    headline: str


class Recommendation(Result, frozen=True, kw_only=True):
    """Everything concluded from a pack and a consult.

    `options`: ranked ones first in rank order, then those below the line by status and delivered median.
    """

    pack_version: str
    pack_date: str
    pack_expires: str
    consult: Consult
    asked: str | None
    verdict: Verdict
    headline: str
    subline: str
    first: str | None
    unconstrained_first: str | None
    options: tuple[Option, ...]
    asked_comparison: AskedComparison | None
    sensitivity: Sensitivity | None
    approval: Approval
    benefit: str
    not_benefit: str
    implied: dict[str, str]
    open_questions: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    weights: dict[str, float]

    def option(self, procedure: str) -> Option:
        """The option of a procedure; KeyError when it is not one of them."""
        for option in self.options:
            if option.procedure == procedure:
                return option
        raise KeyError(procedure)
