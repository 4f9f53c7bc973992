"""Write docs/THIRD_PARTY.md: what CellRoute is built on, under which licences.

    .venv/bin/python packaging/third_party.py

Names and versions come from the locks, licences from the installed libraries, fonts and pictures from the licence
texts that lie beside them. Only what each is for is written by hand, here.
"""

import re
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "THIRD_PARTY.md"

PURPOSE = {
    "cffi": "lets cryptography call its C code",
    "charset-normalizer": "required by reportlab",
    "colorama": "required by pyqtgraph",
    "cryptography": "checks the signature of an evidence pack",
    "msgspec": "decodes and validates every file that is read",
    "numpy": "the numbers",
    "pillow": "pictures inside reportlab",
    "pycparser": "required by cffi",
    "pypdfium2": "shows a finished handout on the screen",
    "pyqtgraph": "charts that can be zoomed",
    "pyside6-essentials": "Qt, the window",
    "reportlab": "draws the handout",
    "shiboken6": "the bridge between Python and Qt",
}

SHORT = {"BSD license (see license.txt for details)": "BSD-3-Clause"}

PREFACE = """\
# What CellRoute is built on

Made by `packaging/third_party.py`; do not edit by hand. A test compares this page with what is installed.

CellRoute itself is under the Apache License 2.0 (see LICENSE). Qt and PySide6 are used under the LGPL 3: they stay
separate libraries beside the program, which anyone may replace, in the checkout and in every bundle.
"""


def page() -> str:
    """The whole page as Markdown."""
    run, dev = locked("requirements.lock"), locked("dev.lock")
    tools = {name: versions for name, versions in dev.items() if name not in run}
    runtime = [f"| {name} | {', '.join(run[name])} | {licence(name)} | {PURPOSE[name]} |" for name in sorted(run)]
    development = [f"| {name} | {', '.join(tools[name])} | {licence(name)} |" for name in sorted(tools)]
    return "\n".join(
        [
            PREFACE,
            "## Libraries that the program loads\n",
            "| library | version | licence | what for |",
            "| --- | --- | --- | --- |",
            *runtime,
            "\n## Fonts and pictures\n",
            "| where | licence |",
            "| --- | --- |",
            *artwork(),
            "\n## Tools of development, never shipped\n",
            "Those that only `run.py bench` installs (`bench.in`) are left out.\n",
            "| tool | version | licence |",
            "| --- | --- | --- |",
            *development,
            "",
        ]
    )


def locked(lock: str) -> dict[str, list[str]]:
    """The libraries of a lock and their versions (more than one where Python's version decides)."""
    held: dict[str, list[str]] = {}
    text = (ROOT / lock).read_text(encoding="utf-8")
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE):
        held.setdefault(name, []).append(version)
    return held


def licence(name: str) -> str:
    """What a library says about its licence, as short as it says it anywhere."""
    said = metadata(name)
    expression = str(said.get("License-Expression") or "")
    field = str(said.get("License") or "").partition("\n")[0].partition(", Copyright")[0]
    classes = [entry.rpartition(" :: ")[2] for entry in said.get_all("Classifier", []) if entry[:7] == "License"]
    whole_text = "\n" in str(said.get("License") or "").strip() and classes  # its first line says little
    found = expression or ("" if whole_text else SHORT.get(field, field)) or " or ".join(classes)
    if not found:
        raise SystemExit(f"{name} names no licence; look it up and write it into SHORT.")
    return found.replace("|", "/")


def artwork() -> list[str]:
    """A row for every folder of resources that has a licence text of its own, with the first line of that text."""
    rows = []
    for file in sorted((ROOT / "resources").rglob("*.txt")):
        if file.stem.upper() in ("OFL", "LICENSE", "LICENCE"):
            folder = file.relative_to(ROOT).parent.as_posix()
            first = next(line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
            name = {"OFL": "SIL Open Font License 1.1"}.get(file.stem.upper(), "")
            rows.append(f"| {folder} | {f'{name}; ' if name else ''}{first} |")
    return rows


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}.")
