"""What the handout says: a Recommendation and the pack's texts made into a Handout, pure data in one language.

Columns stand in a fixed order that ranks nothing: no cell treatment, what the clinician picked, the asked route.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from core import __version__
from core.errors import InputError
from core.handout import evidence
from core.handout.approvals import approved
from core.handout.choice import against, elsewhere, shown_options
from core.handout.clean import LINE_LIMIT, NAME_LIMIT, NOTE_LIMIT, clean, day_of, lines_of
from core.handout.day import on_the_day
from core.handout.harms import arrays, harm_sentences, in_common, weighed, without
from core.handout.level import grade_of
from core.handout.model import Cell, Column, Handout, HandoutOptions, Row, Section, Ticks
from core.handout.review import reviewed
from core.handout.runs import Run, Runs, plain, runs, said
from core.handout.say import Say, phrase, sentence
from core.handout.sources import Sources, plain_address
from core.handout.ways import by_catheter, way_of
from core.pack.pack import Pack
from core.pack.types import Condition, Harm, Route, Target
from core.ranking.criteria import harms_of
from core.ranking.harms import OTHER_CONDITIONS
from core.results import Option, Recommendation

ENGLISH = "en"
_MOST_LETTERHEAD_LINES = 3
_MOST_OWN_QUESTIONS = 5
_BLANK = "_" * 12
_OURS = ("The CellRoute authors", "Paid for by nobody: no maker, no clinic.")


def handout(pack: Pack, recommendation: Recommendation, options: HandoutOptions) -> Handout:
    """The handout of a recommendation; for an unreviewed translation with its English twin.

    Raises InputError for figures of animals, a procedure that cannot be shown or typed text that is too long, PackError
    for a missing text.
    """
    species = recommendation.consult.species
    if species != "human":
        raise InputError(f"A handout is for a patient, and these figures are of {species}. Leave the species out.")
    made = _Filling(pack, recommendation, options).handout()
    if options.language == ENGLISH or reviewed(pack, options.language):
        return made
    twin = _Filling(pack, recommendation, replace(options, language=ENGLISH)).handout()
    named = Say(pack, ENGLISH)("unreviewed_twin")
    return replace(made, banner=Say(pack, options.language)("unreviewed"), twin=replace(twin, banner=named))


class _Filling:
    """One handout being filled in one language."""

    def __init__(self, pack: Pack, recommendation: Recommendation, options: HandoutOptions) -> None:
        self.pack = pack
        self.found = recommendation
        self.options = options
        self.say = Say(pack, options.language)
        self.sources = Sources(self.say)
        self.condition: Condition = pack.conditions[recommendation.consult.condition]
        self.shown = shown_options(recommendation, options.picked)
        self.target = self.say.of(f"target.{recommendation.consult.target}.plain")
        self.day = day_of(options.date) or pack.date
        self.old = self.day > pack.expires
        about = [benefit for benefit in pack.file.benefits if benefit.condition == self.condition.id]
        self.near = {benefit.study for benefit in about if benefit.study}

    def clock_is_wrong(self) -> bool:
        """Whether the sheet would be older than the facts on it; then its date is left to the pen."""
        made = date.fromisoformat(self.pack.date[:10])
        return date.fromisoformat(self.day[:10]) < made - timedelta(days=2)  # it is another day elsewhere

    def about(self, field: str) -> str:
        """A text of the condition, empty where the pack has none."""
        return self.say.maybe(f"condition.{self.condition.id}.{field}")

    def handout(self) -> Handout:
        say, options = self.say, self.options
        typed = options.letterhead.replace("\r", "\n").split("\n")
        letterhead = lines_of(typed, "The letterhead has {count} lines. Shorten it to {most}.", _MOST_LETTERHEAD_LINES)
        rows = self.rows()
        harms = weighed((harm for option in self.shown for harm in self.harms(option)), self.near)
        made = Handout(
            language=options.language,
            paper=options.paper,
            size=options.size,
            long_form=options.long_form,
            clinic=letterhead,
            logo=options.logo,
            for_whom=say("for_whom"),
            patient=clean(options.patient, NAME_LIMIT),
            clinician_label=say("clinician"),
            clinician=clean(options.clinician, NAME_LIMIT),
            date_label=say("date_label"),
            date=_BLANK if self.clock_is_wrong() else say.date(self.day),
            earns=say("earns"),
            title=say("title", for_me=phrase(say.of(f"condition.{self.condition.id}.for_me"))),
            banner="",
            warnings=self.warnings(),
            intro=self.intro(),
            choices=say("choices" if self.shown else "no_choice"),
            columns=self.columns(),
            rows=rows,
            any_way=say("harm_any_way"),
            under_table=self.under_table(),
            nothing=self.nothing(),
            sure=Section(say("sure_title"), (*self.sure(), say.runs("sure_benefit"))),
            course=self.course(),
            approved=Section(
                say("approved_title"), approved(say, self.found, self.condition, old=self.day > self.pack.expires)
            ),
            matters=self.ticks("matters"),
            questions=self.ticks("questions", self.own_questions()),
            steps=self.ticks("steps"),
            help=Section(say("help_title"), self.help()),
            notes=say("notes_title"),
            note=clean(options.note, NOTE_LIMIT, lines=True),
            more=Section(say("more_title"), self.more()),
            ways_title=say("ways_title"),
            ways=tuple(way_of(say, self.name(option), *self.ends(option)) for option in self.shown),
            ways_read=say.runs("ways_read"),
            arrays_title=say("arrays_title"),
            arrays=arrays(say, harms),
            sources_title=say("sources_title"),
            sources=self.sources.all(),
            sources_more=say("sources_more"),
            made_by=(self.made_by(), say.runs("made_how"), say.runs("not_a_device")),
            footer=say(
                "footer_old" if self.old else "footer",
                version=__version__,
                date=say.month(self.pack.date),
                expires=say.month(self.pack.expires),
            ),
            side=say("side", number="{number}", total="{total}"),
            grade="",
        )
        return replace(made, grade=say("grade", grade=grade_of(made)))

    def made_by(self) -> Runs:
        """Who wrote the facts and who paid: in words for ours, as it is written in evidence that others signed."""
        file = self.pack.file
        if (file.made_by, file.funding) == _OURS:
            return self.say.runs("made_by")
        return self.say.runs("made_by_other", who=phrase(file.made_by), funding=phrase(file.funding))

    # --- head --------------------------------------------------------------------------------------------------

    def warnings(self) -> tuple[Runs, ...]:
        made = []
        if self.old:
            made.append(plain(said(self.say.runs("out_of_date", expires=self.say.date(self.pack.expires))), True))
        if self.condition.emergency:
            made.append(self.say.runs("emergency") + plain(" " + self.about("relative")))
        return tuple(made)

    def intro(self) -> tuple[Runs, ...]:
        say, consult = self.say, self.found.consult
        parts = [say("about", condition=phrase(self.about("plain")), sentence=sentence(self.about("sentence")))]
        if consult.asked:
            parts.append(say("asked", route=phrase(say.route(consult.asked, "plain", self.target))))
        if consult.sites > 1:
            parts.append(say("sites", sites=consult.sites))
        parts += [say("record"), self.about("you")]
        return (runs(" ".join(filter(None, parts))),)

    def nothing(self) -> Section | None:
        """What can be said where no way of giving cells can be offered here."""
        say, made = self.say, []
        if self.found.verdict == "nothing_reaches":
            keys = ["nothing", "nothing_left"]
            if any(option.status == "refer" for option in self.found.options):
                keys.insert(1, "nothing_elsewhere")
            made.append(runs(" ".join(say(key, target=self.target) for key in keys)))
        asked = self.found.asked
        if asked and self.found.option(asked).status == "not_tried_in_people":
            route = phrase(say.route(self.found.option(asked).route, "plain", self.target))
            made.append(say.runs("asked_untried", route=route))
        return Section(say("nothing_title"), tuple(made)) if made else None

    # --- the options side by side ------------------------------------------------------------------------------

    def ends(self, option: Option) -> tuple[Route, Target]:
        """The route of an option, and the target."""
        return self.pack.routes[option.route], self.pack.targets[self.found.consult.target]

    def name(self, option: Option) -> str:
        """An option's name for a patient: the route and how the way is seen, or that it goes by feel."""
        route = phrase(self.say.route(option.route, "name", self.target))
        said_too = self.pack.guidance_is_said(self.pack.procedures[option.procedure])
        said_too = said_too and not (option.guidance == "direct_vision" and option.route in _OPERATIONS)
        seen = self.say.maybe(f"guidance.{option.guidance}.plain") if said_too else ""
        return self.say("option", route=route, guidance=phrase(seen)) if seen else route

    def columns(self) -> tuple[Column, ...]:
        made = [Column("none", self.say("none_name"))]
        for option in self.shown:
            marks = [self.say.runs("asked_mark")] if option.asked else []
            if option.status == "refer":
                marks.append(self.say.runs("refer_mark"))
            if reasons := [self.reason(factor) for factor in against(self.found, option)[:2]]:
                key = "not_for_you_mark" if option.status == "not_for_this_patient" else "care_mark"
                marks.append(self.say.runs(key, reason="; ".join(map(phrase, reasons))))
            made.append(Column(option.procedure, self.name(option), tuple(marks)))
        return tuple(made)

    def reason(self, factor: str) -> str:
        """A patient factor in plain words."""
        return phrase(self.say.maybe(f"factor.{factor}.plain", f"factor.{factor}.name")) or factor

    def rows(self) -> tuple[Row, ...]:
        say = self.say
        made = [
            Row("what", say("row_what"), (self.usual("what", "usual_care"), *map(self.what, self.shown))),
            Row("help", say("row_help"), (self.usual("help", "usual_care_help"), *map(self.may_help, self.shown))),
            *self.harm_rows(),
        ]
        if self.shown:
            made += self.counts()
            days = [on_the_day(say, option, ill=self.condition.emergency) for option in self.shown]
            made.append(Row("day", say("row_day"), (Cell((say.runs("none_day"),)), *days)))
            sure = [Cell((evidence.how_sure(say, option, self.sources),)) for option in self.shown]
            made.append(Row("sure", say("row_sure"), (Cell((say.runs("none_sure"),)), *sure)))
        return tuple(made)

    def usual(self, key: str, field: str) -> Cell:
        """What is said of usual care, with a plain sentence where the pack has none for the condition."""
        text = phrase(self.about(field))
        if not text:
            return Cell((self.say.runs(f"none_{key}_plain"),))
        return Cell((self.say.runs(f"none_{key}", **{_FIELDS[key]: text}),))

    def what(self, option: Option) -> Cell:
        return Cell((runs(self.say.route(option.route, "what", self.target)),))

    def may_help(self, option: Option) -> Cell:
        found = evidence.may_help(self.say, option, self.condition.id, self.found.consult.cells, self.sources)
        if any(caution.factor == OTHER_CONDITIONS for caution in option.cautions):
            return replace(found, sentences=(*found.sentences, self.say.runs("help_elsewhere")))
        return found

    def harms(self, option: Option) -> list[Harm]:
        consult = self.found.consult
        return list(harms_of(self.pack, self.pack.procedures[option.procedure], consult.target, consult.cells))

    def harm_rows(self) -> list[Row]:
        """What may harm. What every way has in common stands once, across their columns; the rest under each."""
        say, usual, cells = self.say, self.usual("harm", "usual_care_harm"), self.found.consult.cells
        each = [weighed(self.harms(option), self.near) for option in self.shown]
        if len(each) < 2:
            made = [Cell(self.harm_words(harms)) for harms in each]
            return [Row("harm", say("row_harm"), (usual, *made))]
        common = in_common(each)
        own = [without(harms, common) for harms in each]
        if not any(own):
            return [Row("harm", say("row_harm"), (usual, Cell(self.harm_words(common))))]
        shared = harm_sentences(say, common, self.sources, cells, self.getting())
        rest = [Cell(harm_sentences(say, harms, self.sources, cells) or (say.runs("harm_no_more"),)) for harms in own]
        if not shared:
            return [Row("harm", say("row_harm"), (usual, *rest))]
        none = Cell((say.runs("none_harm_each"),))
        return [
            Row("harm", say("row_harm"), (usual, Cell(shared))),
            Row("harm_each", say("row_harm_each"), (none, *rest)),
        ]

    def harm_words(self, harms: list[Harm]) -> tuple[Runs, ...]:
        """Getting the cells and all harms; where none is on record, that nobody has counted."""
        made = harm_sentences(self.say, harms, self.sources, self.found.consult.cells, self.getting())
        return made if harms else (*made, self.say.runs("harm_none"))

    def counts(self) -> list[Row]:
        say, wanted = self.say, self.found.consult
        arrived = [evidence.in_all_places(say, option, wanted.target, wanted.sites) for option in self.shown]
        total = evidence.denominator([0.0 if one.below else one.median for one in arrived])
        cells = [evidence.cells_in_place(say, one, self.target, total) for one in arrived]
        hours = say.time(max(option.delivered.hours for option in self.shown))
        label = say("row_cells", target=self.target, hours=hours)
        made = [Row("cells", label, (Cell((say.runs("none_cells"),)), *cells))]
        later = [evidence.later_measurement(say, option.route, wanted.target) for option in self.shown]
        if any(later):
            of = evidence.denominator([evidence.later_share(m) for m in later if m])
            still = [evidence.still_there(say, option, wanted.target, of, self.sources) for option in self.shown]
            made.append(Row("still", say("row_still"), (Cell((say.runs("none_still"),)), *still)))
        return made

    def getting(self) -> str:
        return sentence(self.say.maybe(f"cells.{self.found.consult.cells}.getting"))

    def under_table(self) -> tuple[Runs, ...]:
        if not self.shown:
            return ()
        read = plain(self.say("cells_dots") + " ")
        if self.found.verdict == "delivery_does_not_decide":
            read += plain(self.say("arrival_does_not_decide") + " ", True)
        elif elsewhere(self.found, self.shown):
            read += plain(self.say("elsewhere", target=self.target) + " ")
        return (read + plain(self.more_is_not(), True),)

    def more_is_not(self) -> str:
        return self.about("more_is_not") or self.say("more_is_not")

    # --- side 2 ------------------------------------------------------------------------------------------------

    def course(self) -> Section | None:
        text = self.about("course")
        return Section(self.say("course_title"), (runs(text),)) if text else None

    def sure(self) -> tuple[Runs, ...]:
        """For each option how its number is known and how sure it is."""
        say = self.say
        made = []
        for option in self.shown:
            known, level = evidence.known(say, option, self.sources), say(f"sure_{option.certainty.level}")
            made.append(say.runs("sure_option", option=self.name(option), known=known, sure=level))
        return tuple(made)

    def ticks(self, key: str, more: tuple[Runs, ...] = ()) -> Ticks:
        return Ticks(self.say(f"{key}_title"), (*(runs(item) for item in self.say.list(key)), *more))

    def own_questions(self) -> tuple[Runs, ...]:
        too_many = "The list of questions has {count} lines. Shorten it to {most}."
        return tuple(map(plain, lines_of(self.options.questions, too_many, _MOST_OWN_QUESTIONS)))

    def help(self) -> tuple[Runs, ...]:
        say = self.say
        families = [self.pack.routes[option.route].family for option in self.shown]
        keys = ["signs_any", *(f"signs_{family}" for family in dict.fromkeys(families)), *self.signs_at_the_spot()]
        signs = list(dict.fromkeys(sign for key in keys for sign in say.list(key)))
        made = [say("help", signs=say.series(signs, "or"))]
        contact = clean(self.options.contact or self.pack.own_contact(self.options.language), LINE_LIMIT)
        if contact:
            made.append(say("help_phone", phone=contact))
        place = self.found.approval.jurisdiction
        report = say.maybe(f"jurisdiction.{place}.report") if place else ""
        made.append(say("report", report=phrase(report)) if report else say("report_plain"))
        address = (self.pack.jurisdictions[place].report_url or "") if place else ""
        link = ((Run(say("report_link") + " "), Run(address, False, address)),) if plain_address(address) else ()
        return (runs(" ".join(made)), *link, *self.own_notes())

    def signs_at_the_spot(self) -> list[str]:
        """The signs of harm where a needle, a tube or a knife was at a place of its own."""
        ends = [self.ends(option) for option in self.shown]
        tubes = [f"signs_{kind}" for kind in ("catheter",) if any(by_catheter(*both) for both in ends)]
        spots = [f"signs_{target.tissue}" for route, target in ends if route.family in ("local", "surface")]
        return [*tubes, *(key for key in spots if self.pack.has_text(self.say.language, f"handout.{key}"))]

    def own_notes(self) -> tuple[Runs, ...]:
        """What the clinic's overlay adds, said to be its own."""
        procedures = [option.procedure for option in self.shown]
        notes = self.pack.own_notes(self.options.language, self.condition.id, procedures)
        clinic = clean(self.pack.file.own.clinic, LINE_LIMIT) if self.pack.file.own else ""
        return tuple(plain(self.say("own_note", clinic=clinic, text=clean(note, NOTE_LIMIT))) for note in notes)

    def more(self) -> tuple[Runs, ...]:
        made = []
        for option in self.shown:
            fields = {
                field: sentence(self.say.maybe(f"route.{option.route}.{field}"))
                for field in ("place", "time", "feel", "after")
            }
            made.append(self.say.runs("more_option", option=self.name(option), **fields))
        return tuple(made)


_OPERATIONS = frozenset(("surgical_implant",))  # whose name says that it is one
_FIELDS = {"what": "usual_care", "help": "help", "harm": "harm"}
