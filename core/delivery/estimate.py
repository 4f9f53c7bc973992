"""The one estimate: the model's prior and the pair's measurements joined, with placement, at an hour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import msgspec
import numpy as np

from core.delivery import measured, pooling, prior
from core.delivery.certainty import certainty
from core.delivery.constants import DEFAULT, DRAWS, FIRST_HOURS, LEVEL, REFERENCE_HOURS, Constants
from core.delivery.normal import Array, expit, logit, median, points
from core.delivery.placement import Accuracy, accuracy
from core.delivery.question import Question, checked
from core.pack.pack import Pack
from core.results import Delivered, StudyUse

SMALLEST_PRIOR_SD = 0.25
"""No model knows a mean better than this on the logit scale."""
MEASURED_FROM = 0.8
"""From this measured share upwards an estimate is called measured, below it both."""


class Pair(msgspec.Struct, frozen=True, eq=False):
    """What is believed of a route and a target with the needle in place, in the first hour.

    `logits`: (draws,) predictive draws in the order of the model's; `mean_logits`: the same of the mean alone,
    whose sd is `mean_sd`; `placed_as`: the accuracy that the measurements already contain, None where there are
    none.
    """

    logits: Array
    mean_logits: Array
    mean_sd: float
    model_mean: float
    model_sd: float
    pooled: pooling.Pooled | None
    gathered: measured.Gathered
    parameters: tuple[str, ...]
    dropped: frozenset[str]
    placed_as: Accuracy | None

    @property
    def measured_share(self) -> float:
        """1 - var(mu | data) / var(mu | model), 0 to 1."""
        if self.pooled is None:
            return 0.0
        return float(np.clip(1.0 - (self.mean_sd / self.model_sd) ** 2, 0.0, 1.0))


class Posterior(msgspec.Struct, frozen=True, eq=False):
    """The estimate of one question as draws and all that stands behind it.

    `logits`: (draws,) logit of the share, draw by draw the same bodies as in every other estimate of the pack.
    """

    question: Question
    logits: Array
    pair: Pair
    accuracy: Accuracy | None
    below: bool
    studies: tuple[StudyUse, ...]
    drivers: tuple[str, ...]

    @property
    def share(self) -> Array:
        """The share itself (draws,), held between 1e-9 and 1 - 1e-6."""
        return expit(self.logits)

    @property
    def measured_share(self) -> float:
        return self.pair.measured_share

    @property
    def basis(self) -> str:
        if self.pair.pooled is None:
            return "modelled"
        return "measured" if self.measured_share >= MEASURED_FROM else "both"

    @property
    def median(self) -> float:
        return float(expit(median(self.logits)))

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """Low and high end of the predictive interval for the mean of a new comparable group."""
        low, high = points(self.logits, ((1 - level) / 2, (1 + level) / 2))
        return float(expit(low)), float(expit(high))

    def delivered(self) -> Delivered:
        """The result that views show."""
        low, high = self.interval()
        return Delivered(
            median=self.median,
            low=low,
            high=high,
            level=LEVEL,
            hours=self.question.hours,
            readout=self.question.readout or "label",
            kind="retained" if self.question.retained else "delivered",
            basis=self.basis,  # type: ignore[arg-type]
            measured_share=self.measured_share,
            placement=None if self.accuracy is None else self.accuracy.median,
            placement_measured=self.accuracy is not None and self.accuracy.measured,
            below=self.below,
            studies=self.studies,
            certainty=certainty(self),
        )


def estimate(pack: Pack, question: Question, constants: Constants = DEFAULT) -> Posterior:
    """The estimate of one question. Errors: InputError for what is unknown or out of range."""
    return _estimate(pack, checked(pack, question), constants)


def estimate_all(pack: Pack, questions: Sequence[Question], constants: Constants = DEFAULT) -> list[Posterior]:
    """The estimates of several questions, one and the same body in each draw."""
    return [estimate(pack, question, constants) for question in questions]


@lru_cache(maxsize=2048)
def _estimate(pack: Pack, question: Question, constants: Constants) -> Posterior:
    first_hour = msgspec.structs.replace(
        question, guidance=None, hours=REFERENCE_HOURS, procedure=_catheter(pack, question)
    )
    if question.hours == REFERENCE_HOURS:
        pair = pair_of(pack, first_hour, constants)
    else:
        pair = _at_hour(pack, msgspec.structs.replace(first_hour, hours=question.hours), constants)
    case = case_of(question, pair.dropped)
    logits = pair.logits
    guidance = question.guidance or pack.usual_guidance(question.route, question.target)
    placed = accuracy(pack, question.route, question.target, guidance, question.without)
    # Cells that were counted were all that was given, misplaced or not: where no other accuracy is known beside
    # them, the counts already hold the needle's.
    if placed is not None and (pair.pooled is None or pair.placed_as is not None):
        contained = 1.0 if pair.placed_as is None else pair.placed_as.draws
        logits = logit(expit(logits) * placed.draws / contained)
    return Posterior(
        question=question,
        logits=_held(pack, question, constants, case, logit(expit(logits))),
        pair=pair,
        accuracy=placed,
        below=pack.targets[question.target].bloodless and prior.is_vascular(pack, case),
        studies=_uses(pack, pair, placed),
        drivers=_drivers(pack, question, case),
    )


def _held(pack: Pack, question: Question, constants: Constants, case: prior.Case, logits: Array) -> Array:
    """Draws (draws,) held to what studies of different kinds cannot undo together.

    No more cells live than are there at all, but for what the model lets the label leave alone; and what was put into
    tissue, or stuck in the lungs from a vein, is never more after a day than it was then.
    """
    if question.readout == "living" and not question.retained:  # after a day so many are dead that it never binds
        there = _estimate(pack, msgspec.structs.replace(question, readout="label"), constants)
        labelled = prior.share(pack, msgspec.structs.replace(case, readout="label"), question.hours).share
        alone = np.maximum(prior.share(pack, case, question.hours).share / labelled, 1.0)
        logits = np.minimum(logits, logit(there.share * alone))
    if question.retained and _only_falls(pack, question, case):
        logits = np.minimum(
            logits, _estimate(pack, msgspec.structs.replace(question, hours=FIRST_HOURS), constants).logits
        )
    return logits


def _only_falls(pack: Pack, question: Question, case: prior.Case) -> bool:
    """Whether nothing that left the target finds its way back to it in numbers that count."""
    family = pack.routes[question.route].family
    if family == "venous" and pack.targets[question.target].tissue == "lung":
        return True
    return family != "csf" and not prior.is_vascular(pack, case)


def _at_hour(pack: Pack, question: Question, constants: Constants) -> Pair:
    """A pair brought from the first hour to another by the hold model, and joined with what was measured then.

    A study with a figure for the later hours counts with that one, so that none counts twice.
    """
    later = measured.Gathered()
    if question.retained and not _bloodless(pack, question):
        later = measured.gather(pack, question, constants)
    taken = frozenset(effect.study for effect in later.effects)
    pair = pair_of(pack, msgspec.structs.replace(question, hours=REFERENCE_HOURS), constants, taken)
    case = case_of(question, pair.dropped)
    at_first, at_hour = prior.share(pack, case, REFERENCE_HOURS), prior.share(pack, case, question.hours)
    change = at_hour.share / at_first.share
    moved, moved_mean = logit(expit(pair.logits) * change), logit(expit(pair.mean_logits) * change)
    model = logit(at_hour.share)
    known = taken | {effect.study for effect in pair.gathered.effects}
    shown = later.shown if question.retained else pair.gathered.shown
    joined = msgspec.structs.replace(
        pair,
        logits=moved,
        mean_logits=moved_mean,
        mean_sd=float(moved_mean.std()),
        model_mean=float(model.mean()),
        model_sd=max(float(model.std()), SMALLEST_PRIOR_SD),
        parameters=tuple(dict.fromkeys((*pair.parameters, *at_hour.used))),
        gathered=measured.Gathered(
            (*pair.gathered.effects, *later.effects), tuple(s for s in shown if s.study not in known)
        ),
    )
    if not later.effects:
        return joined
    sd = max(joined.mean_sd, SMALLEST_PRIOR_SD)
    belief = pooling.Prior(float(moved_mean.mean()), sd, _tau(pack, question, constants))
    pooled = pooling.pool(_evidence(later.effects), belief)
    return msgspec.structs.replace(
        joined,
        logits=_in_order(pooled.new_quantile, moved),
        mean_logits=_in_order(pooled.mu_quantile, moved_mean),
        mean_sd=pooled.mu_sd,
        pooled=pooled,
        placed_as=pair.placed_as or _placed_as(pack, question, later.effects),
    )


def _evidence(effects: Sequence[measured.Effect]) -> pooling.Evidence:
    return pooling.Evidence.of([e.y for e in effects], [e.error for e in effects], [e.side for e in effects])


def case_of(question: Question, dropped: frozenset[str]) -> prior.Case:
    """The model's case of a checked question."""
    return prior.Case(
        route=question.route,
        target=question.target,
        cells=question.cells,
        species=question.species,
        readout=question.readout or "label",
        condition=question.condition,
        dropped=dropped,
        procedure=question.procedure,
    )


def _catheter(pack: Pack, question: Question) -> str | None:
    """The procedure, where it says how much of the injectate its catheter brings into the bed."""
    procedure = pack.procedures.get(question.procedure or "")
    return procedure.id if procedure is not None and procedure.selective is not None else None


@lru_cache(maxsize=2048)
def pair_of(pack: Pack, question: Question, constants: Constants, taken: frozenset[str] = frozenset()) -> Pair:
    """Model and measurements of a pair joined, for the first hour and a needle in place.

    `question`: checked, without guidance. `taken`: studies whose figure counts elsewhere. Constants that rest on
    a pooled, taken or left-out study fall back.
    """
    gathered = measured.gather(pack, question, constants)
    if taken:
        gathered = measured.Gathered(tuple(e for e in gathered.effects if e.study not in taken), gathered.shown)
    effects = () if _bloodless(pack, question) else gathered.effects
    dropped = _behind_parameters(pack) & (question.without | taken | {effect.study for effect in effects})
    model = prior.share(pack, case_of(question, dropped))
    base = logit(model.share)
    mean, sd = float(base.mean()), max(float(base.std()), SMALLEST_PRIOR_SD)
    scale = _tau(pack, question, constants)
    scattered = base + scale * prior.heterogeneity(pack, question.route)
    if not effects:
        return Pair(scattered, base, sd, mean, sd, None, gathered, model.used, dropped, None)
    pooled = pooling.pool(_evidence(effects), pooling.Prior(mean, sd, scale))
    placed_as = _placed_as(pack, question, effects)
    logits, means = _in_order(pooled.new_quantile, scattered), _in_order(pooled.mu_quantile, base)
    return Pair(logits, means, pooled.mu_sd, mean, sd, pooled, gathered, model.used, dropped, placed_as)


def _in_order(quantile: Callable[[Array], Array], model: Array) -> Array:
    """Draws (draws,) of a posterior, given by its quantiles, in the order of the model's.

    What is common to all procedures, above all the passage through the lungs, so stays common.
    """
    order = np.argsort(np.argsort(model, kind="stable"), kind="stable")
    return quantile((order + 0.5) / DRAWS)


def _tau(pack: Pack, question: Question, constants: Constants) -> float:
    return constants.tau(pack.routes[question.route].family)


def _bloodless(pack: Pack, question: Question) -> bool:
    return pack.targets[question.target].bloodless and prior.is_vascular(pack, case_of(question, frozenset()))


def _placed_as(pack: Pack, question: Question, effects: tuple[measured.Effect, ...]) -> Accuracy | None:
    """The accuracy within the measurements: they counted every cell that was given, misplaced or not."""
    guidances = [pack.measurements[m].guidance for e in effects for m in e.measurements]
    known = [g for g in guidances if g is not None]
    usual = max(known, key=known.count) if known else pack.usual_guidance(question.route, question.target)
    return accuracy(pack, question.route, question.target, usual, question.without)


@lru_cache(maxsize=8)
def _behind_parameters(pack: Pack) -> frozenset[str]:
    behind = {study for parameter in pack.file.parameters for study in parameter.studies}
    behind.update(study for flows in pack.file.flow_sets for study in flows.studies)
    behind.update(target.flow_study for target in pack.file.targets if target.flow_study is not None)
    return frozenset(behind)


def _uses(pack: Pack, pair: Pair, placed: Accuracy | None) -> tuple[StudyUse, ...]:
    uses: list[StudyUse] = []
    weights = np.zeros(len(pair.gathered.effects))
    if pair.pooled is not None:
        weights[len(weights) - pair.pooled.study_weight.size :] = pair.pooled.study_weight
    for effect, weight in zip(pair.gathered.effects, weights, strict=True):
        value, low, high = measured.interval(effect)
        used = pair.pooled is not None
        uses.append(
            StudyUse(
                id=effect.study,
                role=effect.role if used else "shown",
                weight=float(weight) if used and effect.side == 0 else None,
                measurements=effect.measurements,
                value=value,
                low=low,
                high=high,
                species=effect.species,
                why=_why(effect) if used else "the target has no blood vessels: an upper bound is shown instead",
            )
        )
    uses.sort(key=lambda use: (-(use.weight or 0.0), use.id))
    uses += [
        StudyUse(id=s.study, role="shown", measurements=s.measurements, value=s.value, species=s.species, why=s.why)
        for s in pair.gathered.shown
    ]
    seen = {use.id for use in uses}
    if placed is not None:
        uses += [StudyUse(id=study, role="placement") for study in placed.studies if study not in seen]
        seen.update(placed.studies)
    behind = dict.fromkeys(s for p in pair.parameters for s in pack.parameters[p].studies)
    uses += [StudyUse(id=study, role="parameter") for study in behind if study not in seen]
    return tuple(uses)


def _why(effect: measured.Effect) -> str | None:
    if effect.role != "carried_back":
        return None
    there = float(expit(effect.y)) * 1e6
    return f"counted at {effect.hours:g} h; carried to the hour asked for it is {there:.2g} of a million"


def _drivers(pack: Pack, question: Question, case: prior.Case) -> tuple[str, ...]:
    """Names of the constants that decide the model's figure and that its sentence has to name."""
    if not prior.is_vascular(pack, case):
        return ()
    large = pack.cells[question.cells].group == "large"
    return ("lung_passage",) if large and pack.routes[question.route].family == "venous" else ()
