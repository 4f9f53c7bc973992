"""What the evidence covers: targets × routes with what is measured, in which species, and what is only modelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from core.pack.pack import Pack


class Row(NamedTuple):
    """One pair of target and route. Counts are studies, not rows."""

    target: str
    route: str
    procedures: int
    counted: tuple[str, ...]
    species: tuple[str, ...]
    placed: tuple[str, ...]
    in_people: str

    @property
    def basis(self) -> str:
        if self.counted:
            return "counted"
        return "needle measured" if self.placed else "modelled"


def rows(pack: Pack) -> list[Row]:
    """Every pair that a procedure makes, in the pack's order of targets and routes."""
    pairs: dict[tuple[str, str], int] = {}
    for procedure in pack.file.procedures:
        for target in procedure.targets:
            pairs[target, procedure.route] = pairs.get((target, procedure.route), 0) + 1
    targets, routes = list(pack.targets), list(pack.routes)
    shares = [m for m in pack.file.measurements if m.kind == "share" and m.excluded is None]
    found = []
    for (target, route), procedures in sorted(
        pairs.items(), key=lambda p: (targets.index(p[0][0]), routes.index(p[0][1]))
    ):
        counted = [m for m in shares if (m.target, m.route) == (target, route)]
        placed = [p for p in pack.file.placements if (p.target, p.route) == (target, route)]
        use = pack.use(route, target)
        found.append(
            Row(
                target,
                route,
                procedures,
                tuple(sorted({m.study for m in counted})),
                tuple(sorted({m.species for m in counted if m.species})),
                tuple(sorted({p.study for p in placed})),
                use.level if use else "none_found",
            )
        )
    return found


def markdown(pack: Pack, found: list[Row]) -> str:
    """The rows as a Markdown table under a line of totals."""
    targets, routes = {row.target for row in found}, {row.route for row in found}
    counted = sum(row.basis == "counted" for row in found)
    lines = [
        f"# What the evidence covers ({pack.version}, {pack.date})",
        "",
        f"{len(pack.conditions)} conditions, {len(targets)} target structures, {len(routes)} routes.",
        f"{len(pack.procedures)} procedures, {len(pack.studies)} studies.",
        f"{len(pack.measurements)} counts of cells, {len(pack.placements)} placement accuracies.",
        f"Of {len(found)} pairs of target and route, cells were counted in {counted}.",
        "",
        "| target | route | procedures | basis | species | studies that counted | studies of placement | in people |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {pack.name('target', r.target)} | {pack.name('route', r.route)} | {r.procedures} | {r.basis} "
        f"| {', '.join(r.species)} | {len(r.counted)} | {len(r.placed)} | {r.in_people.replace('_', ' ')} |"
        for r in found
    ]
    return "\n".join(lines) + "\n"


def csv(found: list[Row]) -> str:
    """The rows as comma-separated values with ids."""
    lines = ["target,route,procedures,basis,species,counted,placed,in_people"]
    lines += [
        f"{r.target},{r.route},{r.procedures},{r.basis},{' '.join(r.species)},{' '.join(r.counted)},"
        f"{' '.join(r.placed)},{r.in_people}"
        for r in found
    ]
    return "\n".join(lines) + "\n"
