"""Write the software bill of materials (CycloneDX 1.6, JSON): every library that the program loads, with its licence.

    .venv/bin/python packaging/sbom.py [FILE.json]        to a file, else to the screen

Names, versions and hashes come from the lock, licences from the installed libraries; nothing is asked of a network.
The same checkout gives the same bytes, so that two people can compare.
"""

import hashlib
import json
import re
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from third_party import licence

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
FONT = ROOT / "resources" / "fonts"


def sbom() -> dict:
    """The whole document."""
    name, version = particulars()
    parts = [library(*entry) for entry in locked()]
    whole = f"pkg:generic/{name}@{version}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": whole,
                "name": name,
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": parts + fonts(),
        "dependencies": [
            {"ref": whole, "dependsOn": [part["bom-ref"] for part in parts]},
            *({"ref": part["bom-ref"], "dependsOn": needed(part, parts)} for part in parts),
        ],
    }


def particulars() -> tuple[str, str]:
    """Name and version of the program."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["name"], project["version"]


def locked() -> list[tuple[str, str, list[str]]]:
    """Name, version and the hashes of the files that may be installed, for this Python."""
    found = []
    for block in re.split(r"\n(?=[A-Za-z])", LOCK.read_text(encoding="utf-8")):
        head = re.match(r"([\w.-]+)==([\w.]+)", block)
        if head and distribution(head[1]).version == head[2]:
            found.append((head[1].lower(), head[2], re.findall(r"--hash=sha256:([0-9a-f]{64})", block)))
    return sorted(found)


def library(name: str, version: str, hashes: list[str]) -> dict:
    """A library as a component; its hashes are those of the files that pip may take, of which it takes one."""
    url = f"pkg:pypi/{name}@{version}"
    return {
        "type": "library",
        "bom-ref": url,
        "name": name,
        "version": version,
        "purl": url,
        "licenses": [{"license": {"name": licence(name)}}],
        "properties": [{"name": "cellroute:sha256-of-wheel", "value": one} for one in sorted(hashes)],
    }


def needed(part: dict, parts: list[dict]) -> list[str]:
    """Which of the parts a part asks for."""
    known = {one["name"]: one["bom-ref"] for one in parts}
    asked = [re.match(r"[\w.-]+", one)[0].lower() for one in distribution(part["name"]).requires or ()]
    return sorted({known[one] for one in asked if one in known})


def fonts() -> list[dict]:
    """The fonts that come with the program."""
    return [
        {
            "type": "data",
            "bom-ref": f"font:{path.name}",
            "name": path.name,
            "licenses": [{"license": {"id": "OFL-1.1"}}],
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
        }
        for path in sorted(FONT.glob("*.ttf"))
    ]


if __name__ == "__main__":
    made = json.dumps(sbom(), indent=2, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(made, encoding="utf-8")
        print(f"Wrote {sys.argv[1]}.")
    else:
        sys.stdout.write(made)
