"""Whether a pack's texts are complete: those of its records, and every sentence that the program says by itself.

A key that is missing would end a consult in the middle, so the check, the build and bringing evidence in all ask here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.pack import types as t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Text = str | tuple[str, ...]

#: Texts that every record of a table must have, in every language.
TEXTS_NEEDED: dict[str, tuple[str, ...]] = {
    "condition": (
        "name",
        "plain",
        "for_me",
        "sentence",
        "course",
        "usual_care",
        "usual_care_help",
        "usual_care_harm",
        "more_is_not",
    ),
    "target": ("name", "the", "plain"),
    "route": ("name", "plain", "short", "what", "feel", "time", "place", "after"),
    "guidance": ("name", "suffix", "plain"),
    "capability": ("name",),
    "factor": ("name", "question"),
    "jurisdiction": ("name", "report"),
    "benefit": ("finding",),
}

#: Words that stand in a record and are shown: a text in every language, the English one word for word.
WORDS_OF_RECORDS: dict[str, tuple[str, ...]] = {
    "contraindication": ("threshold", "action"),
    "product": ("indication",),
}

#: The sentences for the clinician (`say.KEY`), each with the fields that the program fills in.
_SAY = """
    about(cells) against_anaesthesia(anaesthesia) against_caution(cause) against_contrast against_dose(dose)
    against_few(cells) against_fewer(other,ratio) against_harm(denominator,event,numerator)
    against_harm_none(denominator,upper) against_harm_unknown against_lungs against_model_only
    against_needs(things) against_never_counted against_not_shown(condition,target) against_open against_radiation
    against_sites(sites) anaesthesia_general anaesthesia_regional anaesthesia_sedation and(first,last)
    approval_checked(date) approval_found(condition,place,products) approval_found_anywhere(condition,products)
    approval_line(indication,place,product,status) approval_line_dated(date,indication,place,product,status)
    approval_no_record(place) approval_none(condition,place) approval_none_anywhere(condition)
    approval_product_place(place,product) approval_product_route(product,route) approval_product_way(product,route)
    approval_route(products) asked_fewer(asked,difference,first) asked_is_first asked_more(asked,difference,first)
    asked_ratio(first,high,low,ratio) asked_ratio_inverse(asked,high,low,ratio) asked_same(asked,first)
    asked_status(status) benefit_line_not_held(condition) benefit_line_not_shown(condition,finding)
    benefit_line_shown(certainty,finding) benefit_not_held benefit_not_held_found benefit_not_shown
    benefit_not_shown_found benefit_shown(certainty) benefit_shown_found(certainty)
    benefit_shown_route(certainty,route) benefit_shown_route_found(certainty,route) cause(factor)
    cause_threshold(factor,threshold) caution_action(action,cause) caution_implied(text)
    caution_more_conditions(conditions,more) caution_none(factor) caution_none_threshold(factor,threshold)
    caution_other_conditions(conditions) caution_society(society,text) caution_unread(cause) certainty_count(level)
    certainty_high certainty_low certainty_moderate certainty_very_low criterion_delivered criterion_harm
    criterion_imaging criterion_invasiveness criterion_operator decimal_mark ease_harm ease_imaging
    ease_invasiveness ease_needs(things) ease_operator
    doubt_both(first,other) doubt_no(condition,factor) doubt_sites(factor) doubt_yes(condition,factor)
    equivalent_beyond(multiple)
    equivalent_beyond_line(multiple,reference) equivalent_dose(cells,high,low,reference) equivalent_none(target)
    equivalent_too_few explain_alone explain_behind(criterion,first,points) explain_fall_cells(cells,now,other)
    explain_fall_never explain_fall_weight(criterion,needed,now,other) explain_first_by(criterion,other,points)
    explain_first_cells(other,ratio) explain_first_despite(criterion,other,points,ratio)
    explain_if_there(rank,things) explain_level(first) explain_missing(things)
    explain_outweighed(criterion,first,points,ratio) explain_pass_cells(cells,first,now) explain_pass_never(first)
    explain_pass_weight(criterion,first,needed,now) explain_requirement(points) explain_tied(others)
    fewer_than(cells) firm_behind firm_clearly_behind firm_clearly_first firm_figure(times) firm_level(names)
    firm_only firm_probably_first firm_tied(ranks) for_caution(cause,first) for_ease(things) for_nothing for_open
    for_product(place,product) for_secretion for_spine harm_among(population,text)
    harm_count(denominator,event,numerator,unit) harm_none(denominator,event,unit,upper) harm_of_harvest(text)
    harm_of_procedure(text) harm_of_product(text) harm_ratio(event,high,low,ratio) harm_ratio_plain(event,ratio)
    harm_reported(cases,event) harm_seller(text) harm_unknown(event) headline_first(cells,name,target)
    headline_never(target) headline_nothing(reached,target) headline_nothing_left headline_nothing_vein(cells,name)
    headline_opening_found(approval,benefit) headline_opening_none(approval,benefit) headline_other(cells,name)
    headline_undecided(condition,target) millions(number) missing_anaesthesia missing_contrast missing_entry
    missing_radiation missing_serious missing_skill missing_time not_benefit note_all_asked note_answer_no(factor)
    note_answer_yes(factor) note_answers(answers) note_asked(name) note_assumed(text) note_cells(cells,dose,sites)
    note_clinic(things) note_clinic_all note_clinic_plain note_finding note_implied(factors) note_no_treatment
    note_not_asked(factors) note_not_checked note_old(expires) note_one_site
    note_option(cells,certainty,firmness,name,range,rank,status,sure)
    note_option_unranked(cells,name,range,status,sure) note_options note_own(clinic,text) note_pack(date,version)
    note_sites(sites) note_title(condition,target) note_unreviewed note_weight(criterion,share)
    note_weights(weights) note_why(text) product_approved product_conditional product_exempt product_failed_trial
    product_lapsed product_not_approved product_refused product_withdrawn proper_names quoted(name) range(high,low)
    range_from_below(high) reached_by(cells,name,status) reason_all_there reason_bound(cells,target)
    reason_bound_one(target) reason_caught(cells) reason_caught_alive(cells) reason_closed(cause)
    reason_delivered(cells,hours,range,sure,target) reason_gentle reason_lacking(things) reason_not_checked
    reason_not_tried(target) reason_placement(hits) reason_plain status_not_for_this_patient
    status_not_tried_in_people status_refer status_suitable subline_bound(name,sure) subline_month(cells,days)
    subline_retained(cells,hours) subline_sure(name,range,sure) sure_animals sure_animals_model sure_bound
    sure_model sure_needle sure_own(sure) sure_people sure_people_model swing_burden(thing)
    swing_burden_of(name,thing) swing_cells(name) swing_weight(criterion) unit_eyes unit_injections unit_limbs
    unit_people unit_procedures
"""
#: The words of the sheet (`handout.KEY`), in the same way; where bold begins and ends can be said in each.
_HANDOUT = """
    about(condition,sentence) approved_before(place,product) approved_no_record(condition,place,report)
    approved_none(condition,date,place) approved_nowhere(condition,date) approved_old(date) approved_on_condition
    approved_places(condition,date,products) approved_product(about,product)
    approved_some(condition,date,place,products) approved_title array_alt(rate,total)
    array_caption(cause,count,event,people,rate,rest,seller,total) array_each array_each_other(total)
    arrays_title
    arrival_does_not_decide asked(route) asked_mark asked_untried(route) awake_general awake_local awake_none
    awake_none_ill awake_regional awake_sedation awake_topical awake_unknown care_mark(reason) cause_harvest
    cause_procedure cause_product cells_alt(filled,target) cells_alt_speck(target) cells_below(count,total) cells_dots
    cells_of(count,total) cells_range(high,low) cells_range_up(high) cells_speck choices clinician course_title
    date(day,month,year) date_label days_some(days) dye_yes earns elsewhere(target) emergency
    footer(date,expires,version)
    footer_old(date,expires,version) for_whom grade(grade) harm_any_way harm_count(count,event)
    harm_count_times(count,event)
    harm_counts(events,people,seller) harm_counts_times(events,people,seller) harm_harvest(harms) harm_more(events)
    harm_more_grown(events) harm_no_more harm_none harm_open(events) harm_procedure(harms) harm_product(harms)
    harm_reported(events) harm_same(events) harm_seller harm_source(number) harm_unknown(events)
    harm_whom(people,population) harm_within_days(number)
    harm_within_h(number) harm_within_months(number) harm_within_weeks(number) harm_within_years(number)
    harm_zero(event,most,people,seller,total) help(signs) help_elsewhere help_high
    help_low help_moderate help_none help_not_held help_not_shown help_other_cells help_phone(phone) help_title
    help_very_low home_ask home_no home_yes hours_one hours_some(hours) in_dog in_donated in_horse in_human
    in_models in_monkey in_mouse in_pig in_rabbit in_rat in_sheep known_counted(species) known_model
    known_needle(species) known_own language list_and(last,rest) list_or(last,rest) made_by
    made_by_other(funding,who) made_how matters matters_title month_date(month,year) months more_is_not
    more_option(after,feel,option,place,time) more_title needs(needs) no_choice none_cells none_day none_harm(harm)
    none_harm_each none_harm_plain none_help(help) none_help_plain none_name none_still none_sure
    none_what(usual_care) none_what_plain not_a_device not_for_you_mark(reason) notes_title nothing(target)
    nothing_elsewhere nothing_left nothing_title option(guidance,route) out_of_date(expires) own_note(clinic,text)
    questions questions_title record refer_mark report(report) report_link report_plain row_cells(hours,target)
    row_day row_harm row_harm_each row_help row_still row_sure row_what side(number,total) signs_airway signs_any
    signs_arterial signs_brain signs_catheter signs_cavity signs_cord signs_csf signs_eye signs_local
    signs_myocardium signs_portal signs_surface signs_venous sites(sites) source_own
    source_paid(funding) source_seller
    sources_more sources_read.abstract sources_read.full_text sources_read.official_page sources_read.secondary
    sources_title steps steps_title still_below(count,species,time,total) still_more still_none still_other still_own
    still_there(count,species,time,total) sure_benefit sure_high sure_low sure_moderate
    sure_option(known,option,sure) sure_title sure_very_low title(for_me) total_100 total_1000000 unit_eyes(number)
    unit_injections(number) unit_limbs(number) unit_people(number) unit_procedures(number) unreviewed
    unreviewed_twin way_airway(target,way) way_alt(way) way_arterial(target,way) way_catheter(target,way)
    way_cavity(target,way) way_csf(target,way) way_iv_regional_limb_perfusion(target,way) way_local(target,way)
    way_portal(target,way) way_surface(target,way) way_venous(target,way) way_venous_lung(way) ways_read ways_title
    weeks_some(weeks) xray_yes
"""
_MARKS = frozenset(("b", "e"))

_FIELDS = re.compile(r"\{([^{}!:]*)[^{}]*\}")
_FIELD = re.compile(r"\{([^{}]*)\}")


def _asked(group: str, keys: str, always: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for key, fields in re.findall(r"([\w.]+)(?:\(([\w,]+)\))?", keys):
        yield f"{group}.{key}", always | frozenset(fields.split(",") if fields else ())


#: Every text that the program asks for by its name -> the fields that it fills in.
ASKED: Mapping[str, frozenset[str]] = dict(
    (*_asked("say", _SAY, frozenset()), *_asked("handout", _HANDOUT, _MARKS)),
)


def missing_texts(texts: Mapping[str, Mapping[str, Text]]) -> list[str]:
    """The keys that the program asks for and a language lacks."""
    return sorted({key for own in texts.values() for key in ASKED if key not in own})


def text_faults(file: t.PackFile) -> Iterator[tuple[str, str, str, str]]:
    """Texts that are missing or have fields that nobody fills in: language, key, problem, remedy."""
    english = file.texts.get("en", {})
    said = _words_of_records(file)
    needed = _texts_of_records(file) | set(said) | set(ASKED)
    for key, words in sorted(said.items()):
        if english.get(key, words) != words:
            yield "en", key, f"it is not what the {key.split('.')[0]} says", f"Write “{words}” in both"
    for language, texts in sorted(file.texts.items()):
        for key in sorted(needed | set(english)):
            for problem, remedy in _faults_of(key, texts.get(key), english.get(key)):
                yield language, key, problem, remedy
        for key in sorted(set(texts) - set(english)):
            yield language, key, "this text has no English twin", "Write it in English too"


def _faults_of(key: str, text: Text | None, english: Text | None) -> Iterator[tuple[str, str]]:
    if text is None:
        yield "this text is missing", "Write it"
    elif not text:
        yield "this text is empty", "Write it"
    elif english is not None and _fields(english) != _fields(text):
        yield "its {fields} differ from the English text's", "Use the same fields"
    elif odd := next((one for one in _FIELD.findall(_joined(text)) if not one.isidentifier()), ""):
        yield f"“{{{odd}}}” is more than the name of a field", "Write the name alone between the braces"
    elif key in ASKED and (unknown := sorted(_fields(text) - ASKED[key])):
        known = ", ".join(sorted(ASKED[key] - _MARKS)) or "none"
        yield f"nothing fills in its field “{unknown[0]}”", f"Use no other fields than these: {known}"


def _texts_of_records(file: t.PackFile) -> set[str]:
    needed = {
        f"{table}.{record.id}.{part}"
        for table, parts in TEXTS_NEEDED.items()
        for record in getattr(file, t.TABLES[table][0])
        for part in parts
    }
    needed |= {f"harm.{harm.event}.plain" for harm in file.harms}
    needed |= {f"handout.in_{species.id}" for species in file.species}
    return needed | {f"cells.{c.id}.{part}" for c in file.cells if c.offered for part in ("name", "plain", "getting")}


def _words_of_records(file: t.PackFile) -> dict[str, str]:
    return {
        f"{table}.{one.id}.{part}": words
        for table, parts in WORDS_OF_RECORDS.items()
        for one in getattr(file, t.TABLES[table][0])
        for part in parts
        if (words := getattr(one, part)) is not None and not one.id.startswith(t.OWN)
    }


def _fields(text: str | tuple[str, ...]) -> set[str]:
    return set(_FIELDS.findall(_joined(text)))


def _joined(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else " ".join(text)
