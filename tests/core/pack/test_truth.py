"""Every figure equals its source record, and nothing that was only recalled is a figure.

`figures.json` is a frozen copy of the figures of what was collected (ids, values, counts, hours, dates, how it was
read; no prose), with where each record went: under its own id, under others (`taken_as`), or left out (`omitted`,
by reason). A figure that differs on purpose stands in `differences` as [collected, pack] with the reason.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from core.pack import coverage
from core.pack import types as t
from core.pack.pack import Pack

FROZEN: dict[str, Any] = json.loads(Path(__file__).with_name("figures.json").read_text(encoding="utf-8"))
FIGURES, TAKEN_AS, OMITTED, DIFFERENCES = (FROZEN[part] for part in ("figures", "taken_as", "omitted", "differences"))
#: table -> (field of the pack, how a collected id is spelt in the pack)
TABLES = {
    "measurement": ("measurements", ""),
    "placement": ("placements", ""),
    "physiology": ("physiology", ""),
    "study": ("studies", ""),
    "harm": ("harms", "harm_"),
    "contraindication": ("contraindications", "contra_"),
    "position": ("positions", "position_"),
    "product": ("products", "product_"),
}
#: Records that were not among what was collected: read on a page later, or told as a fact without a table row.
ADDED = {
    "measurements": {
        "markides-2019-ia-sheep-defect-7d", "reflux-2014-ivt-eye-0h", "sood-2015-iv-pancreas", "taylor-2020-iv-kidney",
    },
    "placements": {
        "kumar-2013-te-fluoroscopy", "desilva-2006-te-fusion", "gh-us-final-rutten", "gh-fl-final-rutten",
        "gottlieb-2019-lp-ultrasound", "gottlieb-2019-lp-none", "yu-2009-lp-fluoroscopy",
        "bakrukov-2021-lp-fluoroscopy-side", "bakrukov-2021-lp-fluoroscopy-prone", "pancreas-artery-liu-2013",
        "limb-vein-band-sole-2012",
    },
}  # fmt: skip


def became(table: str) -> dict[str, list[str]]:
    """Collected id -> ids in the pack, for everything that was taken."""
    left_out = {one for ids in OMITTED[table].values() for one in ids}
    prefix = TABLES[table][1]
    return {one: TAKEN_AS[table].get(one, [prefix + one]) for one in FIGURES[table] if one not in left_out}


def pairs(pack: Pack, table: str) -> list[tuple[str, dict[str, Any], Any]]:
    """(collected id, its figures, the record in the pack) for everything that was taken."""
    records = {record.id: record for record in getattr(pack.file, TABLES[table][0])}
    return [(one, FIGURES[table][one], records[it]) for one, ids in became(table).items() for it in ids]


def unequal(table: str, one: str, collected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """What differs between a collected record and its record in the pack, beyond the differences on purpose."""
    meant = DIFFERENCES.get(table, {}).get(one, {})
    wrong = []
    for field, value in found.items():
        was, becomes = meant.get(field, [collected.get(field), collected.get(field)])
        if was != collected.get(field):
            wrong.append(f"{one}.{field}: collected {collected.get(field)}, the list of differences says {was}")
        if becomes != "both" and not _same(value, becomes):
            wrong.append(f"{one}.{field}: {value} in the pack, {becomes} collected")
    return wrong


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return one == other


@pytest.mark.parametrize("table", TABLES)
def test_every_collected_record_was_taken_or_left_out_for_a_reason(pack: Pack, table: str) -> None:
    there = {record.id for record in getattr(pack.file, TABLES[table][0])}
    for one, ids in became(table).items():
        assert set(ids) <= there, f"{table} {one} is neither in the pack nor left out for a reason"
    for reason, ids in OMITTED[table].items():
        assert reason
        assert set(ids) <= set(FIGURES[table])
        again = {TABLES[table][1] + one for one in ids} & there
        assert not again, f"{again} is in the pack and left out ({reason})"


def test_every_fact_belongs_to_a_study_that_is_accounted_for() -> None:
    assert set(FIGURES["fact"].values()) <= set(FIGURES["study"])


@pytest.mark.parametrize("table", ["measurements", "placements"])
def test_nothing_else_is_in_the_pack(pack: Pack, table: str) -> None:
    single = table[:-1]
    known = {it for ids in became(single).values() for it in ids}
    assert {record.id for record in getattr(pack.file, table)} == known | ADDED[table]


def test_measurements_equal_their_source(pack: Pack) -> None:
    wrong = []
    for one, collected, m in pairs(pack, "measurement"):
        found = {name: getattr(m, name) for name in ("value", "low", "high", "size", "n", "time_h")}
        given = dict(collected)
        # A bound has one form in the pack; it was collected in several.
        value, high = given.pop("value", None), given.get("high")
        if m.bound == "upper":
            given["high"] = high if high is not None else value
            assert given.pop("low", 0) in (0, 0.0), one
        elif m.bound == "lower":
            given["low"] = value
        elif m.bound == "non_detection":
            assert value == 0, one
        else:
            given["value"] = value
        wrong += unequal("measurement", one, given, found)
    assert wrong == []


def test_placements_equal_their_source(pack: Pack) -> None:
    wrong = []
    for one, collected, p in pairs(pack, "placement"):
        found = {name: getattr(p, name) for name in ("value", "low", "high", "study", "guidance")}
        wrong += unequal("placement", one, collected, {**found, "n": p.n_injections})
        if p.hits is not None and p.n_injections:
            assert abs(p.hits - collected["value"] * p.n_injections) <= 0.5, f"{one}: {p.hits} hits"
    assert wrong == []


def test_physiology_equals_its_source(pack: Pack) -> None:
    wrong = []
    for one, collected, x in pairs(pack, "physiology"):
        found = {name: getattr(x, name) for name in ("value", "low", "high", "unit")}
        wrong += unequal("physiology", one, collected, found)
    assert wrong == []


def test_harms_equal_their_source(pack: Pack) -> None:
    for one, collected, h in pairs(pack, "harm"):
        figures = [h.numerator, h.denominator, h.ratio, h.low, h.high, h.cases]
        if h.kind == "controlled":
            assert collected["kind"] in ("risk_ratio", "odds_ratio"), one
            assert h.ratio_kind == collected["kind"], one
            assert [h.ratio, h.low, h.high] == [collected.get(x) for x in ("value", "low", "high")], one
        elif h.kind == "count":
            assert h.denominator == collected["denominator"], one
            worked_out = collected.get("numerator", round(collected.get("value", 0) * collected["denominator"]))
            was, becomes = DIFFERENCES["harm"].get(one, {}).get("numerator", [worked_out, worked_out])
            assert (worked_out, h.numerator) == (was, becomes), one
        elif h.kind == "reported":
            assert figures[:5] == [None] * 5, one
            judged_likely = 1 if one == "iv-death-icms2010" else collected.get("numerator")
            assert h.cases == judged_likely, one
        else:
            assert figures == [None] * 6, f"{one}: what is not known has no figure"


def test_figures_of_contraindications_are_those_of_their_source(pack: Pack) -> None:
    for one, collected, c in pairs(pack, "contraindication"):
        told = {float(n) for n in re.findall(r"\d+(?:\.\d+)?", f"{c.threshold or ''} {c.action or ''}")}
        told -= {10.0, 9.0} if "10^9" in (c.threshold or "") else set()
        assert told <= set(collected.get("figures", ())), f"{c.id} of {one}: {told}"
        if collected["read"] == "memory" and c.basis != "definition":
            assert c.basis == "usual_practice", f"{c.id}: {one} was only recalled"
            assert not told, c.id


def test_days_of_products_are_those_of_their_source(pack: Pack) -> None:
    later = {"product_alofisel-jp": ["2026-01"]}  # the end of its sale, on a page read afterwards
    for one, collected, p in pairs(pack, "product"):
        days = collected.get("dates", []) + later.get(p.id, [])
        assert p.date is None or any(day.startswith(p.date) for day in days), f"{p.id} of {one}: {p.date}"


def test_years_of_positions_are_those_of_their_source(pack: Pack) -> None:
    assert [one for one, collected, p in pairs(pack, "position") if p.year != collected["year"]] == []


def test_numbers_of_papers_are_those_of_their_source(pack: Pack) -> None:
    wrong = []
    for one, collected, s in pairs(pack, "study"):
        wrong += unequal("study", one, collected, {f: getattr(s, f) for f in ("doi", "pmid", "pmcid", "year")})
    assert wrong == []


def test_radiation_is_that_of_its_source(pack: Pack) -> None:
    read = [(x.get("typical"), x.get("low"), x.get("high")) for x in FIGURES["radiation"].values()]
    for procedure in pack.file.procedures:
        if procedure.radiation_msv is not None:
            typical, low, high = procedure.radiation_msv
            middle = (low + high) / 2
            assert (typical, low, high) in read or ((None, low, high) in read and typical == middle), procedure.id


@pytest.mark.parametrize("table", ["measurement", "placement", "physiology", "product", "study"])
def test_nothing_recalled_is_among_the_figures(table: str) -> None:
    recalled = {one for one, collected in FIGURES[table].items() if collected.get("read") == "memory"}
    merged = {"hou-2005-m", "arbab-2012m", "savitz2019", "couto2011"}  # another copy of the paper was read
    assert recalled & set(became(table)) <= merged


def test_every_figure_has_a_study_that_was_read(pack: Pack) -> None:
    assert {study.read for study in pack.file.studies} <= set(get_args(t.Read))
    for study in pack.file.studies:
        if study.read == "secondary":
            assert study.read_via or study.url, f"{study.id}: quoted by whom?"


# --- the pack by itself


def test_no_study_stands_alone(pack: Pack) -> None:
    """Every study stands behind a record, or a record's note names it."""
    said = json.dumps(msgspec.to_builtins(msgspec.structs.replace(pack.whole, studies=(), texts={})))
    alone = [study.id for study in pack.file.studies if not re.search(rf"(?<![\w.-]){study.id}(?![\w-])", said)]
    assert alone == []


def test_every_record_is_of_use(pack: Pack) -> None:
    used = {target for procedure in pack.file.procedures for target in procedure.targets}
    assert {target for condition in pack.file.conditions for target in condition.targets} <= used
    routes = {procedure.route for procedure in pack.file.procedures}
    assert {use.route for use in pack.file.uses} <= routes
    led = {(procedure.route, target) for procedure in pack.file.procedures for target in procedure.targets}
    assert {(use.route, use.target) for use in pack.file.uses if use.target != "any"} <= led
    asked = {c.factor for c in pack.file.contraindications}
    assert {implied.factor for condition in pack.file.conditions for implied in condition.implies} <= asked
    assert {factor.id for factor in pack.file.factors} <= asked


def test_parents_form_no_cycle(pack: Pack) -> None:
    for target in pack.file.targets:
        seen, at = set(), target
        while at.parent is not None:
            assert at.id not in seen, f"{target.id} is its own ancestor"
            seen.add(at.id)
            at = pack.targets[at.parent]


def test_capabilities_form_no_cycle(pack: Pack) -> None:
    def below(one: str, seen: tuple[str, ...]) -> None:
        assert one not in seen, f"{one} includes itself"
        for other in pack.capabilities[one].includes:
            below(other, (*seen, one))

    for capability in pack.file.capabilities:
        below(capability.id, ())


def test_fractions_lie_between_0_and_1_and_intervals_hold_their_value(pack: Pack) -> None:
    for record in (*pack.file.measurements, *pack.file.placements):
        for figure in (record.value, record.low, record.high):
            assert figure is None or 0 <= figure <= 1, record.id
        given = [x for x in (record.low, record.value, record.high) if x is not None]
        assert given == sorted(given) or record.spread == "source_conflict", record.id
    for x in pack.file.physiology:
        given = [figure for figure in (x.low, x.value, x.high) if figure is not None]
        assert given == sorted(given), x.id
        assert given, x.id
    for procedure in pack.file.procedures:
        for triple in (procedure.selective, procedure.radiation_msv):
            assert triple is None or triple[1] <= triple[0] <= triple[2], procedure.id
        for span in (procedure.minutes, procedure.observation_h, procedure.fasting_h):
            assert span is None or 0 <= span[0] <= span[1], procedure.id


def test_dois_and_numbers_of_papers_are_well_formed_and_stand_once(pack: Pack) -> None:
    for study in pack.file.studies:
        assert study.doi is None or re.fullmatch(r"10\.\d{4,9}/\S*[\w)]", study.doi), study.id
        assert study.pmid is None or re.fullmatch(r"[1-9]\d{3,7}", study.pmid), study.id
        assert study.pmcid is None or re.fullmatch(r"PMC[1-9]\d{3,8}", study.pmcid), study.id
        assert study.url is None or re.match(r"https?://[\w.-]+", study.url), study.id
        assert not {f for f in study.unread if f != "title" and getattr(study, f, None)}, f"{study.id}: read or not?"
    for field in ("doi", "pmid", "pmcid"):
        counted = Counter(getattr(study, field).lower() for study in pack.file.studies if getattr(study, field))
        assert [one for one, times in counted.items() if times > 1] == [], f"two studies with one {field}"


def test_days_are_days(pack: Pack) -> None:
    for day in (pack.file.date, pack.file.expires, *(p.checked for p in pack.file.products)):
        assert date.fromisoformat(day)
    for product in pack.file.products:
        assert product.date is None or re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?", product.date), product.id
        assert product.date is None or product.date <= product.checked, product.id
    for position in pack.file.positions:
        assert 1990 <= position.year <= int(pack.file.date[:4]), position.id


def test_codes_are_well_formed_and_stand_once_in_a_condition(pack: Pack) -> None:
    for condition in pack.file.conditions:
        for code in condition.icd10:
            assert re.fullmatch(r"[A-Z]\d{2}(\.\d{1,2})?", code), f"{condition.id}: {code}"
        assert len(set(condition.icd10)) == len(condition.icd10), condition.id


#: Words that people use for either of two conditions: a search shows both.
UMBRELLAS = {
    "liver failure", "sugar disease", "inflammatory bowel disease", "ibd",
    "enfermedad coronaria", "derrame cerebral", "enfermedad inflamatoria intestinal", "eii",
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_two_conditions_go_by_the_same_name(pack: Pack, language: str) -> None:
    owner: dict[str, str] = {}
    own_names: dict[str, str] = {}
    for condition in pack.file.conditions:
        key = f"condition.{condition.id}"
        own = {pack.text(language, f"{key}.{part}").casefold().strip() for part in ("name", "plain")}
        for name in own:
            assert own_names.setdefault(name, condition.id) == condition.id, name
        for name in own | {one.casefold().strip() for one in pack.text_list(language, f"{key}.synonyms")} - UMBRELLAS:
            assert owner.setdefault(name, condition.id) == condition.id, f"“{name}”: {owner[name]}, {condition.id}"
    assert not UMBRELLAS & own_names.keys()


@pytest.mark.parametrize("kind", ["condition", "target", "route", "factor", "capability", "guidance"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_two_records_of_a_kind_have_one_name(pack: Pack, kind: str, language: str) -> None:
    table = t.TABLES[kind][0]
    names = Counter(pack.name(kind, record.id, language).casefold() for record in getattr(pack.file, table))
    assert [name for name, times in names.items() if times > 1] == []


def test_use_in_people_is_said_once_for_a_pair_and_with_its_conditions(pack: Pack) -> None:
    said = Counter((use.route, use.target) for use in pack.file.uses)
    assert [pair for pair, times in said.items() if times > 1] == []
    for use in pack.file.uses:
        if use.level == "none_found":
            assert (use.conditions, use.n, use.largest_dose, use.study) == ((), None, None, None), use.id


def test_what_trials_found_was_also_tried_in_people(pack: Pack) -> None:
    """A finding on benefit by a route means that the route was used in people with that condition."""
    for benefit in pack.file.benefits:
        for target in pack.conditions[benefit.condition].targets:
            for procedure in pack.procedures_of(target):
                use = pack.use(procedure.route, target)
                if procedure.route in benefit.routes and use is not None and use.level != "none_found":
                    assert not use.conditions or benefit.condition in use.conditions, f"{benefit.id}: {use.id}"


def test_a_usual_dose_is_one_of_the_cells_that_are_assumed(pack: Pack) -> None:
    """The cells assumed are marrow stromal cells; a dose that was read for others is none of theirs."""
    of_others = {"vrtovec-2013", "chagas-2012", "kumar-2017", "kyung-2025", "zhang-2021-endometrium", "kim-2021-icv"}
    of_others |= {"morales-2015", "ema-alofisel", "admire-cd-2", "deng-2017"}
    assert not of_others & {condition.usual_dose_study for condition in pack.file.conditions}


def test_the_evidence_covers_what_it_should(pack: Pack) -> None:
    rows = coverage.rows(pack)
    assert len(pack.conditions) >= 45
    assert len({row.target for row in rows}) >= 40
    assert len({row.route for row in rows}) >= 25
    aimed_at = {target for condition in pack.file.conditions for target in condition.targets}
    assert aimed_at <= {row.target for row in rows}
    systems = get_args(get_type_hints(t.Condition)["system"])
    assert {condition.system for condition in pack.file.conditions} == set(systems)
