"""The two tables of docs/METHOD.md that follow from the pack; running this file writes them.

Run it from the checkout's root whenever evidence or constants change.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
METHOD = ROOT / "docs" / "METHOD.md"
sys.path.insert(0, str(ROOT))

from core.delivery.calibrate import Calibration, Row, calibrate  # noqa: E402
from core.pack.pack import Pack  # noqa: E402
from core.pack.read import load_builtin  # noqa: E402


def constants(pack: Pack) -> str:
    """The table of the model's constants."""
    lines = ["| constant | for | centre (5-95 %) | grade | studies [fallback] |", "|---|---|---|---|---|"]
    for p in pack.file.parameters:
        scope = ", ".join(x for x in (p.cells, p.species, p.readout, p.scope) if x != "any") or "all"
        unit = "" if p.unit == "fraction" else f" {p.unit}"
        fallback = f" [{p.fallback.median:.3g} ({p.fallback.low:.3g}-{p.fallback.high:.3g})]" if p.fallback else ""
        band = f"{p.median:.3g} ({p.low:.3g}-{p.high:.3g}){unit}"
        lines.append(f"| {p.name} | {scope} | {band} | {p.grade} | {', '.join(p.studies)}{fallback} |")
    return "\n".join(lines)


def calibration(found: Calibration) -> str:
    """The table of the calibration."""
    lines = ["| group | figures | in 50 % | in 90 % | median abs. log10 error |", "|---|---|---|---|---|"]
    groups: list[tuple[str, tuple[Row, ...]]] = [
        ("", (found.overall,)), ("route family: ", found.by_family), ("species: ", found.by_species),
        ("", found.by_support), ("", found.by_time),
    ]  # fmt: skip
    for title, rows in groups:
        for r in rows:
            inside = f"{100 * r.coverage_50:.0f} % | {100 * r.coverage_90:.0f} %"
            lines.append(f"| {title}{r.group} | {r.n} | {inside} | {r.median_error:.2f} |")
    return "\n".join(lines)


def between(text: str, name: str) -> str:
    """What stands between the two marks of a table."""
    return text.partition(f"<!-- {name} -->\n")[2].partition(f"\n<!-- /{name} -->")[0]


def main() -> None:
    """Write both tables into the page."""
    pack = load_builtin()
    text = METHOD.read_text(encoding="utf-8")
    for name, table in (("constants", constants(pack)), ("calibration", calibration(calibrate(pack)))):
        pattern = re.compile(f"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
        text = pattern.sub(lambda found, table=table: found[1] + table + found[2], text)
    METHOD.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
