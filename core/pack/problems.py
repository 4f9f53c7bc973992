"""A problem in the evidence: where it is, what is wrong, what to do; and all of them as one error."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import PackError


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong at one place. `line` is 0 where there is none (a built pack is one line)."""

    file: str
    line: int
    entry: str
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        what = " · ".join(part for part in (self.entry, self.field) if part)
        named = f" {what}:" if what else ""
        return f"{place}:{named} {self.problem}. {self.remedy}."

    def error(self) -> PackError:
        """This problem as the error that a caller sees."""
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return PackError(place, self.entry, self.field, self.problem, self.remedy)


class PackProblemsError(PackError):
    """Everything that is wrong with the evidence; its sentence is the first problem and how many more there are."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0].error()
        super().__init__(first.file, first.entry, first.field, first.problem, first.remedy)
        self.problems = tuple(problems)
        if len(problems) > 1:
            self.message += f" ({len(problems) - 1} more: `evidence check` lists all.)"
