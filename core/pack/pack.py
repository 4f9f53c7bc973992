"""The Pack: everything known, with the look-ups that the rest of the program needs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from core.errors import PackError, UnknownIdError
from core.pack.later import Later

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from core.pack import types as t

    T = TypeVar("T", bound=t.Identified)


def _by_id(records: Iterable[T]) -> dict[str, T]:
    return {record.id: record for record in records}


class Pack:
    """An immutable pack with indexes; equal only to itself, so that it can key a cache.

    `file` has all records by table; `sha256` is the digest of the file it was read from (empty for one built in
    memory).
    """

    def __init__(self, file: t.PackFile | Later, sha256: str = "") -> None:
        self.file = cast("t.PackFile", file)
        self.sha256 = sha256

    @cached_property
    def whole(self) -> t.PackFile:
        """All records as one value, for encoding and for making another pack of it."""
        file: t.PackFile | Later = self.file
        return file.whole() if isinstance(file, Later) else file

    @property
    def version(self) -> str:
        return self.file.version

    @property
    def date(self) -> str:
        return self.file.date

    @property
    def expires(self) -> str:
        return self.file.expires

    @cached_property
    def studies(self) -> dict[str, t.Study]:
        return _by_id(self.file.studies)

    @cached_property
    def species(self) -> dict[str, t.Species]:
        return _by_id(self.file.species)

    @cached_property
    def cells(self) -> dict[str, t.CellClass]:
        return _by_id(self.file.cells)

    @cached_property
    def capabilities(self) -> dict[str, t.Capability]:
        return _by_id(self.file.capabilities)

    @cached_property
    def guidances(self) -> dict[str, t.Guidance]:
        return _by_id(self.file.guidances)

    @cached_property
    def jurisdictions(self) -> dict[str, t.Jurisdiction]:
        return _by_id(self.file.jurisdictions)

    @cached_property
    def targets(self) -> dict[str, t.Target]:
        return _by_id(self.file.targets)

    @cached_property
    def routes(self) -> dict[str, t.Route]:
        return _by_id(self.file.routes)

    @cached_property
    def procedures(self) -> dict[str, t.Procedure]:
        return _by_id(self.file.procedures)

    @cached_property
    def measurements(self) -> dict[str, t.Measurement]:
        return _by_id(self.file.measurements)

    @cached_property
    def placements(self) -> dict[str, t.Placement]:
        return _by_id(self.file.placements)

    @cached_property
    def parameters(self) -> dict[str, t.Parameter]:
        return _by_id(self.file.parameters)

    @cached_property
    def factors(self) -> dict[str, t.Factor]:
        return _by_id(self.file.factors)

    @cached_property
    def conditions(self) -> dict[str, t.Condition]:
        return _by_id(self.file.conditions)

    @cached_property
    def harms(self) -> dict[str, t.Harm]:
        return _by_id(self.file.harms)

    @cached_property
    def _procedures_of(self) -> dict[str, tuple[t.Procedure, ...]]:
        found: dict[str, list[t.Procedure]] = {}
        for procedure in self.file.procedures:
            for target in procedure.targets:
                found.setdefault(target, []).append(procedure)
        return {target: tuple(procedures) for target, procedures in found.items()}

    def procedures_of(self, target: str) -> tuple[t.Procedure, ...]:
        """The procedures that can be aimed at a target, in the pack's order."""
        return self._procedures_of.get(target, ())

    @cached_property
    def _uses(self) -> dict[tuple[str, str], t.Use]:
        return {(use.route, use.target): use for use in self.file.uses}

    def use(self, route: str, target: str) -> t.Use | None:
        """What is known of a route's use in people for a target; a systemic route may speak for `any` target."""
        return self._uses.get((route, target)) or self._uses.get((route, "any"))

    def usual_guidance(self, route: str, target: str) -> str:
        """The guidance that is meant when only the route is named."""
        usual = self.routes[route].usual
        return usual.get(target, usual["any"])

    def own_notes(self, language: str, condition: str, procedures: Collection[str]) -> tuple[str, ...]:
        """A clinic's own notes for a consult, in a language or, where it wrote none in that, in English."""
        notes = self.file.own.notes if self.file.own else ()
        return tuple(
            text
            for note in notes
            if note.condition in (None, condition) and (note.procedure is None or note.procedure in procedures)
            if (text := note.text.get(language) or note.text.get("en"))
        )

    def own_contact(self, language: str) -> str:
        """A clinic's own contact line, empty where there is none."""
        contact = self.file.own.contact if self.file.own else {}
        return contact.get(language) or contact.get("en") or ""

    def languages(self) -> tuple[str, ...]:
        """The languages that the pack has texts in, English first."""
        return tuple(sorted(self.file.texts, key=lambda language: (language != "en", language)))

    def has_text(self, language: str, key: str) -> bool:
        """Whether a text exists."""
        return key in self.file.texts.get(language, {})

    def text(self, language: str, key: str, /, **values: object) -> str:
        """One text of a language with its fields filled in.

        Errors: UnknownIdError for a language without texts; PackError for a missing text or field.
        """
        texts = self.file.texts.get(language)
        if texts is None:
            raise UnknownIdError("language", language, self.languages())
        text = texts.get(key)
        if not isinstance(text, str):
            raise PackError(
                "evidence pack", language, key, "this text is missing", "Build the pack from complete texts"
            )
        if not values:
            return text
        try:
            return text.format(**values)
        except (KeyError, IndexError, ValueError) as error:
            problem = f"this text asks for a field that is not there ({error})"
            raise PackError("evidence pack", language, key, problem, "Mend the braces in the text") from error

    def say(self, language: str, key: str, /, **values: object) -> str:
        """A sentence for the clinician: the text `say.KEY` with its fields filled in."""
        return self.text(language, "say." + key, **values)

    def text_list(self, language: str, key: str) -> tuple[str, ...]:
        """A text that is a list (synonyms, questions); empty when there is none."""
        texts = self.file.texts.get(language, {}).get(key, ())
        return (texts,) if isinstance(texts, str) else tuple(texts)

    def name(self, kind: str, identifier: str, language: str = "en") -> str:
        """The name of a record in a language, e.g. `name("condition", "copd")`."""
        return self.text(language, f"{kind}.{identifier}.name")

    def procedure_name(self, language: str, procedure: t.Procedure) -> str:
        """A procedure's name for the clinician: its own, else the route and how the needle is seen or that it is not.

        The one place where a procedure gets its name: window, note, handout and command line all ask here.
        """
        kept = self._procedure_names.get((language, procedure.id))
        if kept is None or kept[0] is not procedure:  # an overlay's, say, may have the id of another
            kept = self._procedure_names[language, procedure.id] = (procedure, self._named(language, procedure))
        return kept[1]

    @cached_property
    def _procedure_names(self) -> dict[tuple[str, str], tuple[t.Procedure, str]]:
        return {}

    def _named(self, language: str, procedure: t.Procedure) -> str:
        own = self._text_or(language, f"procedure.{procedure.id}.name", "")
        if own:
            return own
        route = self._text_or(language, f"route.{procedure.route}.name", procedure.route)
        if not self.guidance_is_said(procedure):
            return route
        return f"{route}, {self._text_or(language, f'guidance.{procedure.guidance}.suffix', procedure.guidance)}"

    def _text_or(self, language: str, key: str, identifier: str) -> str:
        """A text, else an id in words: a name is asked for where nothing may fail, as in the texts of an error."""
        return self.text(language, key) if self.has_text(language, key) else identifier.replace("_", " ")

    def guidance_is_said(self, procedure: t.Procedure) -> bool:
        """Whether the name tells how the needle is seen: where an image is used, or left out on purpose.

        "By landmark" is said only where the same route to the same target is also known with an image.
        """
        return procedure.guidance != "none" or any(
            other.route == procedure.route and other.guidance != "none"
            for target in procedure.targets
            for other in self.procedures_of(target)
        )
