"""The reading level that the foot of a handout states, from the text that is filled in."""

from __future__ import annotations

from core.handout import readability
from core.handout.model import Handout
from core.handout.runs import said
from core.handout.say import sentence


def body_text(made: Handout) -> str:
    """Everything that a patient is meant to read, a paragraph a line: no names, sources, footers or labels."""
    lines = [made.title, *map(said, made.warnings), *map(said, made.intro)]
    for row in made.rows:
        for cell in row.cells:
            lines += [said(part) for part in cell.sentences]
    lines += map(said, made.under_table)
    sections = [made.nothing, made.course, made.sure, made.approved, made.help, made.more]
    lines += [said(part) for section in sections if section for part in section.paragraphs]
    lines += [said(item) for ticks in (made.matters, made.questions, made.steps) for item in ticks.items]
    return "\n".join(sentence(line) for line in lines if line)


def grade_of(made: Handout) -> str:
    """The reading level that the footer states: the harder of two school grades in English, an index in Spanish."""
    text = body_text(made)
    if made.language == "es":
        return f"{readability.fernandez_huerta(text):.0f}"
    return f"{max(readability.flesch_kincaid(text), readability.smog(text)):.0f}"
