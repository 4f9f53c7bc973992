"""Hostile input that learns which bytes reach new code (atheris, which is in no lock because of its size).

    python3 -m venv FOLDER && FOLDER/bin/pip install atheris
    PYTHONPATH=.venv/lib/python3.11/site-packages FOLDER/bin/python tests/trust/guided.py TARGET -max_total_time=600

The targets are those of fuzzing.py; what comes after is for libFuzzer.
"""

import os
import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["core", "PIL", "tomllib"]):
    from tests.trust.fuzzing import Fuzz


def main(arguments: list[str]) -> None:
    """Runs one target until libFuzzer ends it."""
    target = arguments[1]
    place = Path(tempfile.mkdtemp())
    os.chdir(place)
    os.environ.update(HOME=str(place), XDG_DATA_HOME=str(place), XDG_CONFIG_HOME=str(place))
    fuzz = Fuzz(place)
    corpus = place / "corpus"
    corpus.mkdir()
    (corpus / "good").write_bytes(fuzz.targets[target][1])
    atheris.Setup([arguments[0], str(corpus), *arguments[2:]], lambda data: fuzz.run(target, data) and None)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
