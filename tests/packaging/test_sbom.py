"""The bill of materials names what is locked and installed, and is the same for everybody."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from types import ModuleType

from tests import ROOT


def test_the_bill_of_materials_is_whole_and_repeatable() -> None:
    made = [
        subprocess.run(
            [sys.executable, "packaging/sbom.py"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
        ).stdout
        for _ in range(2)
    ]
    assert made[0] == made[1]
    bill = json.loads(made[0])
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    libraries = {part["name"]: part for part in bill["components"] if part["type"] == "library"}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert set(libraries) == {name.lower() for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}
    for name, part in libraries.items():
        assert part["version"] == version(name)
        assert part["licenses"][0]["license"]["name"] != "unknown"
        assert part["properties"]
    known = {part["bom-ref"] for part in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert {one for entry in bill["dependencies"] for one in (entry["ref"], *entry["dependsOn"])} <= known
    fonts = {part["name"] for part in bill["components"] if part["type"] == "data"}
    assert fonts == {path.name for path in (ROOT / "resources" / "fonts").glob("*.ttf")}


def test_a_library_that_is_not_in_the_lock_is_not_in_the_bill(script: Callable[[str], ModuleType]) -> None:
    assert "pytest" not in {part["name"] for part in script("sbom").sbom()["components"]}
