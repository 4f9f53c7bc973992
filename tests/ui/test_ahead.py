"""The process beside the window: it answers as the window would, and whatever is wrong with it costs only time."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING

import msgspec
import pytest

from core import ahead as module
from core import consult_file
from core.ahead import Ahead
from core.commands import answer
from core.consult import Consult, make_consult
from core.pack.pack import Pack
from core.pack.read import load_builtin, load_current
from core.recommend import recommend
from tests import ROOT
from tests.core.pack.test_overlay import GOOD
from ui.engine import Engine

if TYPE_CHECKING:
    from core.results import Recommendation


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that runs many tests at once may be slower than any laptop."""
    monkeypatch.setattr(module, "PATIENCE", 60)


@pytest.fixture
def consult(pack: Pack) -> Consult:
    return make_consult(pack, "knee_osteoarthritis", asked="iv", patient={"anticoagulated_warfarin": "yes"})


@pytest.fixture
def file(consult: Consult, tmp_path: Path) -> Path:
    """The consult as it was saved."""
    file = tmp_path / "knee.cellroute"
    consult_file.save(file, consult)
    return file


@pytest.fixture
def ahead(file: Path, tmp_path: Path) -> Iterator[Ahead]:
    """A process on that file and the program's own evidence."""
    begun = Ahead.begin(file, tmp_path)
    assert begun is not None
    yield begun
    assert begun._process.poll() is not None, "it was left running"


def answered(pack: Pack, ahead: Ahead, consult: Consult) -> Recommendation:
    """What a window with this process beside it concludes."""
    return Engine(pack, ahead).recommend(consult)


def test_it_answers_as_the_window_would(pack: Pack, ahead: Ahead, consult: Consult) -> None:
    ahead.ask(consult)
    assert ahead.answer(pack, consult) == recommend(pack, consult)


def test_the_answer_is_there_before_anybody_asks(
    consult: Consult, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered: list[Consult] = []

    class Question(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            assert answered == [consult]
            return super().read(size)

    def noted(pack: Pack, consult: Consult) -> Recommendation:
        answered.append(consult)
        return recommend(pack, consult)

    monkeypatch.setattr(answer, "recommend", noted)
    answer.run(file, tmp_path, Question(msgspec.json.encode(consult)), io.BytesIO())
    assert answered == [consult]


def test_a_consult_that_its_file_does_not_hold_is_answered_all_the_same(
    pack: Pack, ahead: Ahead, consult: Consult
) -> None:
    spanish = msgspec.structs.replace(consult, language="es")
    ahead.ask(spanish)
    assert ahead.answer(pack, spanish) == recommend(pack, spanish)


@pytest.mark.parametrize("holds", [None, b"", b"{}"])
def test_a_file_that_is_none_leaves_it_waiting_for_a_consult(
    pack: Pack, consult: Consult, tmp_path: Path, holds: bytes | None
) -> None:
    file = tmp_path / "other.cellroute"
    if holds is not None:
        file.write_bytes(holds)
    begun = Ahead.begin(file, tmp_path)
    assert begun is not None
    begun.ask(consult)
    assert begun.answer(pack, consult) == recommend(pack, consult)


def test_the_clinics_own_figures_are_in_its_answer(consult: Consult, file: Path, tmp_path: Path) -> None:
    (tmp_path / "overlay.toml").write_text(GOOD, encoding="utf-8")
    own = load_current(tmp_path)
    begun = Ahead.begin(file, tmp_path)
    assert begun is not None
    begun.ask(consult)
    answer = begun.answer(own, consult)
    assert answer == recommend(own, consult)
    assert answer != recommend(load_builtin(), consult)


def test_another_consult_than_the_one_it_was_given_is_answered_by_the_window(
    pack: Pack, ahead: Ahead, consult: Consult
) -> None:
    ahead.ask(consult)
    changed = msgspec.structs.replace(consult, dose=2e6)
    assert ahead.answer(pack, changed) is None


def test_an_answer_from_other_evidence_is_not_taken(pack: Pack, ahead: Ahead, consult: Consult) -> None:
    ahead.ask(consult)
    assert ahead.answer(Pack(pack.whole, "0" * 64), consult) is None


def test_where_the_window_could_read_no_consult_it_ends(ahead: Ahead) -> None:
    ahead.ask(None)


def test_it_ends_with_a_window_that_never_asked(file: Path, tmp_path: Path) -> None:
    begun = Ahead.begin(file, tmp_path)
    assert begun is not None
    told, _ = begun._process.communicate(timeout=60)
    assert (begun._process.returncode, told) == (0, b"")


def test_a_process_that_ends_without_an_answer_is_made_up_for(pack: Pack, ahead: Ahead, consult: Consult) -> None:
    ahead._process.kill()
    ahead._process.wait()
    ahead.ask(consult)
    assert answered(pack, ahead, consult) == recommend(pack, consult)


@pytest.mark.parametrize(
    "says", ["", "print('{sha256}')", "print('{sha256}'); print('{{}}')", "import threading; threading.Event().wait()"]
)
def test_a_process_that_says_nothing_or_nonsense_is_made_up_for(
    pack: Pack, consult: Consult, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    process = Popen([sys.executable, "-c", says.format(sha256=pack.sha256)], stdin=PIPE, stdout=PIPE)
    ahead = Ahead(process)
    ahead.ask(consult)
    assert answered(pack, ahead, consult) == recommend(pack, consult)
    assert process.poll() is not None


def test_it_is_asked_once(pack: Pack, ahead: Ahead, consult: Consult) -> None:
    engine = Engine(pack, ahead)
    ahead.ask(consult)
    first = engine.recommend(consult)
    assert engine.recommend(consult) == first


def test_the_first_move_of_a_weight_is_answered_at_once_all_the_same(
    pack: Pack, ahead: Ahead, consult: Consult
) -> None:
    engine = Engine(pack, ahead)
    ahead.ask(consult)
    first = engine.recommend(consult)
    moved = msgspec.structs.replace(consult, preset="balanced")
    assert engine.preview(moved, first) is None
    engine.get_ready(consult)
    shown = engine.preview(moved, first)
    assert shown is not None
    assert [one.score for one in shown.options] == [one.score for one in recommend(pack, moved).options]


def test_it_runs_no_code_of_the_folder_that_the_program_is_called_in(
    pack: Pack, consult: Consult, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module_of_ours in ("msgspec", "numpy", "core"):
        (tmp_path / f"{module_of_ours}.py").write_text('open("ran", "w")', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    begun = Ahead.begin(file, tmp_path)
    assert begun is not None
    begun.ask(consult)
    assert begun.answer(pack, consult) is not None
    assert not (tmp_path / "ran").exists()


def test_one_core_gains_nothing_by_it(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "cores", lambda: 1)
    assert Ahead.begin(file, tmp_path) is None


def test_a_system_that_starts_no_process_opens_the_window_all_the_same(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    assert Ahead.begin(file, tmp_path) is None


WATCHED = """
import os, sys
import main
from core import ahead
ahead.PATIENCE = 60
from ui.engine import Engine
from ui.window import Window
shown, get_ready = Window._show_recommendation, Engine.get_ready
def _show_recommendation(window, recommendation):
    shown(window, recommendation)
    print(recommendation.first, window.ranking.rows.isVisible(), "numpy" in sys.modules, flush=True)
def _get_ready(engine, consult):
    get_ready(engine, consult)
    print(consult.condition, "numpy" in sys.modules, flush=True)
    os._exit(0)
Window._show_recommendation, Engine.get_ready = _show_recommendation, _get_ready
main.main(sys.argv[1:])
"""


def test_the_ranking_of_a_file_is_on_the_screen_before_the_window_needed_numpy_and_then_it_gets_ready(
    pack: Pack, consult: Consult, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "settings.json").write_text('{"started": true}', encoding="utf-8")
    options = ["--consult", file, "--config", tmp_path, "--data", tmp_path / "data"]
    here = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *options], capture_output=True, check=False, cwd=ROOT, env=here, timeout=60
    )
    ranked, ready = done.stdout.decode().splitlines()
    assert ranked.split() == [recommend(pack, consult).first, "True", "False"], done.stderr
    assert ready.split() == [consult.condition, "True"]


def test_what_is_no_consult_is_refused_in_a_sentence(file: Path, tmp_path: Path) -> None:
    command = [sys.executable, "main.py", "answer", file, tmp_path]
    done = subprocess.run(command, input=b"{}", capture_output=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"What is to be answered is no consult (")
    assert done.stderr.count(b"\n") == 1
