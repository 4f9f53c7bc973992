"""What a running program opens, seen by Python itself: the lint of sources cannot see what libraries do for us."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests import ROOT

RunPython = Callable[..., CompletedProcess[str]]

WATCH = """
import sys
from pathlib import Path

ROOT = str(Path.cwd()) + "/"
MAY_OPEN = ("core/pack/", "core/files/")
found = []

def watch(event, args):
    if event.startswith("socket."):
        found.append(event)
    if event != "open":
        return
    frame = sys._getframe(1)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith("<frozen importlib"):
            return  # a module being imported
        inside = path.removeprefix(ROOT)
        if inside != path and not inside.startswith((".venv/", *MAY_OPEN)):
            found.append(f"{inside}:{frame.f_lineno} opens {args[0]}")
        if inside != path and not inside.startswith(".venv/"):
            return
        frame = frame.f_back

sys.path.insert(0, ROOT)
sys.addaudithook(watch)
"""

RUN = """
import main
code = main.main(sys.argv[1:])
sys.stdout.flush()
print("\\n".join(found), file=sys.stderr)
sys.exit(code)
"""

OPEN = """
exec(compile("def read():\\n    open(__file__).close()", ROOT + "core/offender.py", "exec"))
__file__ = ROOT + "run.py"
read()
print("\\n".join(found), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "command",
    [
        "list studies --json",
        "evidence check",
        "rank --condition knee_osteoarthritis --route iv --json",
        "estimate --route iv --target knee_joint --json",
        "handout --condition knee_osteoarthritis --route iv --output {folder}/handout.pdf",
        "--quit-after-paint",
    ],
)
def test_files_are_opened_in_two_places_and_sockets_nowhere(
    command: str, run_python: RunPython, tmp_path: Path
) -> None:
    done = run_python("-c", WATCH + RUN, *command.format(folder=tmp_path).split())
    assert done.returncode == 0, done.stderr
    assert not done.stderr.strip()


def test_the_watch_sees_a_file_being_opened(run_python: RunPython) -> None:
    done = run_python("-c", WATCH + OPEN)
    assert done.stderr.strip() == f"core/offender.py:2 opens {ROOT / 'run.py'}"
