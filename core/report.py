"""A Recommendation as plain data for other programs: the object that `rank --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Delivered, Option, Recommendation


def report(pack: Pack, recommendation: Recommendation) -> dict[str, Any]:
    """The recommendation as an object; its fields are a contract (tests/core/commands/test_command_line.py)."""
    r = recommendation
    return {
        "pack": {"version": r.pack_version, "date": r.pack_date, "expires": r.pack_expires},
        "consult": _consult(pack, r),
        "asked": r.consult.asked,
        "verdict": r.verdict,
        "headline": r.headline,
        "subline": r.subline,
        "first": r.first,
        "procedures": [_procedure(r, option) for option in r.options],
        "asked_comparison": _plain(r.asked_comparison),
        "sensitivity": _plain(r.sensitivity),
        "approval": _plain(r.approval),
        "benefit": r.benefit,
        "not_benefit": r.not_benefit,
        "implied": r.implied,
        "not_asked": r.open_questions,
        "doubts": r.doubts,
    }


def encode(data: Any) -> str:
    """The text of JSON: the same data gives the same bytes, fields in the order given."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


def delivered(estimate: Delivered) -> dict[str, Any]:
    """The `delivered` object: `studies` are those of the pair with their roles.

    Studies behind the needle's accuracy and behind the model's constants stand in lists of their own.
    """
    fields: dict[str, Any] = _plain(estimate)
    del fields["certainty"]  # it stands beside the estimate, as the contract has it
    for role in ("placement", "parameter"):
        fields[f"{role}_studies"] = [use["id"] for use in fields["studies"] if use["role"] == role]
    fields["studies"] = [use for use in fields["studies"] if use["role"] not in ("placement", "parameter")]
    return fields


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


def _consult(pack: Pack, r: Recommendation) -> dict[str, Any]:
    consult = r.consult
    usual = pack.usual_guidance(consult.asked, consult.target) if consult.asked else None
    return {
        "condition": consult.condition,
        "target": consult.target,
        "route": consult.asked,
        "guidance": consult.guidance or usual,
        "cells": consult.cells,
        "dose": consult.dose,
        "sites": consult.sites,
        "has": consult.has,
        "patient": consult.patient,
        "preset": consult.preset,
        "weights": r.weights,
        "jurisdiction": consult.jurisdiction,
        "species": consult.species,
        "language": consult.language,
        "assumed": sorted({"target", "cells", "dose", "sites", "has", "preset"} - set(consult.touched)),
    }


def _procedure(r: Recommendation, option: Option) -> dict[str, Any]:
    equivalent = option.equivalent_dose
    return {
        "rank": option.rank,
        "procedure": option.procedure,
        "name": option.name,
        "route": option.route,
        "guidance": option.guidance,
        "status": option.status,
        "asked": option.asked,
        "cautions": _plain(option.cautions),
        "not_asked": option.not_asked,
        "score": option.score,
        "parts": _plain(option.parts),
        "delivered": delivered(option.delivered),
        "retained": _plain(option.retained),
        "cells_per_million": option.cells_per_million,
        "cells_delivered": option.cells_delivered,
        "cells_per_site": option.cells_per_site,
        "equivalent_dose": equivalent.cells if equivalent else None,
        "equivalent": _plain(equivalent),
        "requires": [{"id": q.id, "label": q.label, "met": q.met, "level": q.level} for q in option.requires],
        "reasons": option.reasons,
        "against": option.against,
        "certainty": option.certainty.level,
        "certainty_reasons": option.certainty.reasons,
        "use_in_people": option.use_level,
        "dose_beyond": option.dose_beyond,
        "rank_probability": option.rank_probability,
        "winning_index": option.winning_index,
        "tied_with": option.tied_with,
        "firmness": option.firmness,
        "explanation": option.explanation,
        "harms": option.harms,
        "sensitivity": _plain(r.sensitivity) if option.procedure == r.first else None,
    }
