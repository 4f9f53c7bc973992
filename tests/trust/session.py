"""A consult in the real window, from the first choice to the end, with a name typed wherever something can be typed.

    python tests/trust/session.py CONFIG DATA OUT TURNS

Run as a program of its own, so that what it writes can be watched and it can be killed at any moment.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

NAME, NOTE, BORN = "Zyxwvu Quellinger", "kummerlich-4711 after the fall", "17.03.1951"
WORDS = ("Quellinger", "kummerlich-4711", BORN)
#: Evidence that waits in OUT, and a file that is none; people name files after whom they are busy with.
PACK, NO_PACK = f"{NAME}.pack", f"{NAME} {BORN}.pack"


def main(config: str, data: str, out: str, turns: int) -> int:
    """Opens the window, types, uses every command, saves, ends."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui import app as starting

    app = QApplication(["cellroute"])
    Path(config).mkdir(parents=True, exist_ok=True)
    (Path(config) / "settings.json").write_text('{"started": true}', encoding="utf-8")  # asked where it is, once
    window = starting.open_window(
        app, SimpleNamespace(config=Path(config), data=Path(data), theme="light"), (1366, 768)
    )
    session = Session(window, app, Path(out), turns)
    window.painted.connect(lambda: QTimer.singleShot(0, session.run))
    code = app.exec()
    window.store.worker.stop()
    return code


class Session:
    """One sitting."""

    def __init__(self, window: object, app: object, out: Path, turns: int) -> None:
        self.window, self.app, self.out, self.turns = window, app, out, turns

    def run(self) -> None:
        """Do it all; an error ends the program with 1."""
        try:
            self.sit()
        except BaseException:
            self.app.exit(1)
            raise

    def sit(self) -> None:
        """Every turn: another condition, the handout, every command."""
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QDialog, QFileDialog

        from ui import commands

        print("begun", flush=True)
        for turn in range(self.turns):
            condition = ("knee_osteoarthritis", "acute_myocardial_infarction", "copd")[turn % 3]
            self.window.store.choose_condition(condition)
            self.settle()
            self.type_everywhere()
            self.window.store.choose_condition(condition)
            self.window.store.edit(asked="iv", dose=5e7)
            self.settle()
            self.saved(f"consult {turn}")
            self.handout(f"{NAME} {turn}.pdf")
            for command in commands.COMMANDS:
                if command.id in ("quit", "print", "export", "open", "save", "new"):
                    continue
                self.window.do(command.id)
                self.settle()
                self.type_everywhere()
                for widget in self.app.topLevelWidgets():
                    if isinstance(widget, QDialog) and not isinstance(widget, QFileDialog):
                        widget.reject()
                self.settle()
        if (self.out / PACK).exists():
            self.evidence()
        QTest.qWait(50)
        self.window.close()
        self.app.quit()
        print("ended", flush=True)

    def settle(self) -> None:
        """Wait until nothing is reckoned any more."""
        from PySide6.QtTest import QTest

        QTest.qWait(5)
        for _ in range(2000):
            if not self.window.store.worker.busy():
                return
            QTest.qWait(5)
        raise TimeoutError

    def type_everywhere(self) -> None:
        """Type into every field that is shown but letterhead and phone, which are there to be kept."""
        from PySide6.QtGui import QInputMethodEvent
        from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit

        for widget in self.app.allWidgets():
            if not widget.isVisible() or not widget.isEnabled():
                continue
            if any(kept in widget.accessibleName() for kept in ("(kept for this clinic)", "Letterhead")):
                continue
            if isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit)) and not widget.isReadOnly():
                widget.setFocus()
                typed = QInputMethodEvent()
                typed.setCommitString(f"{NAME} {BORN} {NOTE}")
                self.app.sendEvent(widget, typed)

    def handout(self, name: str) -> None:
        """Type into the handout, look at it, save it under the patient's name as people do."""
        from PySide6.QtTest import QTest

        from ui.panels.handout import WAIT

        dialog = self.window.show_handout()
        self.settle()
        self.type_everywhere()
        QTest.qWait(WAIT + 50)
        self.settle()
        assert dialog.pdf is not None, dialog.problem
        folder = self.out / f"{NAME} papers"
        folder.mkdir(exist_ok=True)
        self.file_dialog(dialog.export, folder / name)
        assert (folder / name).exists(), dialog.said.text()
        dialog.reject()
        self.settle()

    def evidence(self) -> None:
        """Bring evidence in, go back to the one before, and be refused; the consult is open all the while."""
        dialog = self.window.bring_in_evidence()
        self.until(lambda: hasattr(dialog, "choose_button"))
        self.file_dialog(dialog.choose, self.out / PACK)
        self.until(lambda: hasattr(dialog, "use_button"))
        dialog.use_button.click()
        self.until(lambda: hasattr(dialog, "close_button"))
        print("in force", self.window.pack.version, flush=True)
        del dialog.use_button
        dialog.show_held()
        self.until(lambda: hasattr(dialog, "back_button"))
        dialog.back_button.click()
        self.until(lambda: hasattr(dialog, "use_button"))
        before = self.window.pack
        dialog.use_button.click()
        self.until(lambda: self.window.pack is not before)
        print("in force", self.window.pack.version, flush=True)
        (self.out / NO_PACK).write_bytes(b"no evidence")
        self.file_dialog(dialog.choose, self.out / NO_PACK)
        self.until(lambda: "not brought in" in dialog.title.text())
        print("refused", flush=True)
        self.type_everywhere()
        dialog.reject()
        self.settle()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something that a worker brings about."""
        from PySide6.QtTest import QTest

        for _ in range(4000):
            if true():
                return
            QTest.qWait(5)
        raise TimeoutError

    def saved(self, name: str) -> None:
        """Save the consult and open it again, under the patient's name too."""
        path = self.out / f"{NAME} {name}.cellroute"
        self.file_dialog(self.window.save_consult, path)
        if path.exists():
            self.window.open_file(path)
        self.settle()

    def file_dialog(self, opens: object, path: Path) -> None:
        """Answer the dialog that asks where."""
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QFileDialog, QLineEdit

        def answer() -> None:
            for widget in self.app.topLevelWidgets():
                if isinstance(widget, QFileDialog) and widget.isVisible():
                    widget.setDirectory(str(path.parent))
                    field = widget.findChild(QLineEdit, "fileNameEdit")
                    field.setText(str(path))
                    widget.accept()
                    return
            QTimer.singleShot(10, answer)

        QTimer.singleShot(10, answer)
        opens()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4], int(sys.argv[4])))
