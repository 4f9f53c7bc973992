"""Bring in evidence: choose a signed file, see what it would change, use it or leave it; and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QGridLayout, QProgressBar, QVBoxLayout, QWidget

from core import intake
from core.errors import CellRouteError, SaveError, shortened
from core.pack.signed import RefusedError
from ui import pack_words as say
from ui import theme
from ui.drops import Drops
from ui.pack_ranks import SHOWN, RanksToChange
from ui.say import date as written
from ui.widgets.basic import Panel, Scroll, beside, button, empty, label
from ui.widgets.unfolding import add_lines
from ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from core.consult import Consult
    from core.intake import Preview
    from core.pack.installed import Version
    from core.pack.keys import Key
    from core.pack.pack import Pack
    from ui.worker import Worker


class EvidenceDialog(QDialog):
    """Emits `installed` when other evidence is in force; whoever opened it takes that over."""

    installed = Signal()

    def __init__(
        self, pack: Pack, words: Words, consult: Consult | None, data: Path, worker: Worker,
        today: Callable[[], date], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._pack, self._language, self._consult = pack, words.language, consult
        self._data, self._worker, self._today = data, worker, today
        self._preview: Preview | None = None
        self._path = Path()
        self._busy = False
        self.setWindowTitle(self.tr("Bring in evidence"))
        self._drops = Drops(self, lambda path: self._busy or self.look(path), ".pack")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(theme.GAP)
        self.title = label("", "title", wrap=True)
        column.addWidget(self.title)
        self.body = Scroll()
        self.body.column.setSpacing(theme.GAP)
        self.body.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.setAccessibleName(self.tr("What would change"))
        column.addWidget(self.body, 1)
        self.feet = beside()
        column.addLayout(self.feet)
        room = parent.size() if parent is not None else self.size()
        self.resize(min(theme.px(880), room.width() - 60), max(theme.px(420), min(theme.px(680), room.height() - 60)))
        self.show_held()

    # -- pages

    def show_held(self) -> None:
        """Begin: what is in force, what one can go back to, whose signature counts."""
        self._wait(self.tr("Looking at what this computer holds…"))
        data = self._data
        self._worker.start("evidence", lambda: intake.held_by(data), self._show_held, self._show_refusal)

    def _show_held(self, result: object) -> None:
        assert isinstance(result, intake.Held)
        present, before, problem = result.shelf
        self._page(self.tr("Evidence on this computer"))
        for text in (problem, result.problem):
            if text:
                self._warn(text)
        card = self._card(self.tr("In force"))
        card.column.addWidget(label(self._named(present), wrap=True))
        if present.pack.sha256 != self._pack.sha256:
            text = self.tr("This window still uses {version}; other evidence was put in force since it was opened.")
            card.column.addWidget(label(text.format(version=self._pack.version), "warn", wrap=True))
            self.take_button = button(self.tr("Use it in this window"), "", self.installed.emit)
            self.take_button.clicked.connect(self.accept)
            card.column.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignLeft)
        if before is not None:
            card = self._card(self.tr("Before it"))
            card.column.addWidget(label(self._named(before), wrap=True))
            self.back_button = button(self.tr("What would going back change?"), "", self.look_back)
            card.column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        card = self._card(self.tr("Whose signature counts here"))
        for key in result.keys:
            card.column.addWidget(label(self._key(key, own=key.id in result.own), wrap=True))
        text = self.tr("A clinic that signs its own evidence puts its key file, NAME.toml, into the folder “keys”.")
        where = str(self._data / "keys")
        line = label(text, "muted", wrap=True, select=True)
        line.setToolTip(where)
        card.column.addWidget(line)
        copy = button(
            self.tr("Copy where that folder is"), "link", lambda: QGuiApplication.clipboard().setText(where), where
        )
        card.column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        hint = self.tr(
            "Evidence comes as one signed file, NAME.pack. Choose it or drop it here; first you see what changes."
        )
        self.body.column.insertWidget(0, label(hint, "muted", wrap=True))
        self.choose_button = button(self.tr("Choose a file…"), "primary", self.choose)
        self._foot(self.choose_button, button(self.tr("Close"), "", self.reject))

    def _show_refusal(self, error: Exception) -> None:
        if not isinstance(error, CellRouteError):
            self.show_held()
            raise error
        self._page(self.tr("This evidence is not brought in"))
        named = f"{shortened(self._path.name, 80)}: " if self._path.name and isinstance(error, RefusedError) else ""
        self._warn(named + say.refusal(error))
        if isinstance(error, SaveError):
            kept = self.tr("Nothing is half done: what is in force now is whole. Look at what this computer holds.")
        else:
            kept = self.tr("Nothing was changed. The evidence that was in force stays in force.")
        self.body.column.addWidget(label(kept, wrap=True))
        feet: list[QWidget] = [button(self.tr("Choose another file…"), "primary", self.choose)]
        if getattr(error, "reason", "") == "older":
            self.older_button = button(self.tr("Look at the older one all the same"), "", lambda: self.look(older=True))
            feet.append(self.older_button)
        self._foot(*feet, button(self.tr("Back"), "", self.show_held), button(self.tr("Close"), "", self.reject))

    def _show_preview(self, result: object) -> None:
        assert isinstance(result, intake.Preview)
        self._preview = result
        back = result.candidate is None
        self._page(self.tr("What would change"))
        if not back and result.candidate is not None and result.candidate.older:
            self._warn(self.tr("This evidence is older than what is in force. You asked for it on purpose."))
        if result.left_out:
            self._warn(
                self.tr("The clinic's own figures do not fit and would be left out: {why}").format(why=result.left_out)
            )
        if result.version.pack.expires < self._today().isoformat():
            self._warn(
                self.tr("It was to be renewed by {date}, which is past.").format(
                    date=written(result.version.pack.expires)
                )
            )
        self._add_sides(result, self.tr("Before it") if back else self.tr("This file"))
        self.ranks = RanksToChange(result, self._consult, self._language, self._worker, self._show_refusal)
        self.body.column.addWidget(self.ranks)
        self._add_records(result)
        self.use_button = button(
            self.tr("Go back to it") if back else self.tr("Use this evidence"), "primary", self.use
        )
        self.leave_button = button(self.tr("Leave as it is"), "", self.show_held)
        # The text has the focus: keys read on, and Space uses nothing unread.
        self._foot(self.use_button, self.leave_button, focus=self.body)
        self.ranks.begin()

    def _show_done(self, version: Version) -> None:
        self._page(self.tr("Done"))
        self.body.column.addWidget(label(self.tr("In force now: {what}").format(what=self._named(version)), wrap=True))
        text = self.tr(
            "This window uses it from now on. The consult that was open is still there. One step leads back."
        )
        self.body.column.addWidget(label(text, wrap=True))
        self.close_button = button(self.tr("Close"), "primary", self.accept)
        self._foot(self.close_button)

    # -- doing

    def choose(self) -> None:
        """Ask for a file and look at it."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose evidence"), folder, self.tr("Signed evidence (*.pack);;All files (*)")
        )
        if path:
            self.look(Path(path))

    def look(self, path: Path | None = None, *, older: bool = False) -> None:
        """Check a file and show what it would change; without a path the last one again."""
        self._path = path or self._path
        self._wait(self.tr("Checking {name}…").format(name=shortened(self._path.name, 80)), stop=True)
        chosen, data, shown, day = self._path, self._data, self._pack, self._today()
        self._worker.start(
            "evidence",
            lambda: intake.look_at(chosen, data, shown, day, older=older),
            self._show_preview,
            self._show_refusal,
        )

    def look_back(self) -> None:
        """Show what going back would change."""
        self._path = Path()
        self._wait(self.tr("Looking at the evidence before…"), stop=True)
        data, shown = self._data, self._pack
        self._worker.start("evidence", lambda: intake.look_back(data, shown), self._show_preview, self._show_refusal)

    def use(self) -> None:
        """Put what was looked at in force."""
        preview = self._preview
        assert preview is not None
        self._wait(self.tr("Putting it in force…"))
        self._busy = True
        data, day = self._data, self._today()
        self._worker.start(
            "evidence", lambda: intake.use(preview, data, day), lambda _done: self._used(preview), self._show_refusal
        )

    def _used(self, preview: Preview) -> None:
        self.installed.emit()
        self._show_done(preview.version)

    def reject(self) -> None:
        """Close, but never while evidence is being put in force."""
        if not self._busy:
            super().reject()

    def done(self, result: int) -> None:
        self._forget()
        super().done(result)

    # -- parts of pages

    def _forget(self) -> None:
        for kind in ("evidence", RanksToChange.KIND):
            self._worker.cancel(kind)

    def _page(self, title: str) -> None:
        """An empty page."""
        self._busy = False
        self._forget()
        self.title.setText(title)
        empty(self.body.column)
        empty(self.feet)
        self.body.verticalScrollBar().setValue(0)

    def _wait(self, said: str, *, stop: bool = False) -> None:
        """A page that says what is going on; `stop`: it may be stopped."""
        self._page(said)
        moving = QProgressBar()
        moving.setRange(0, 0)
        moving.setTextVisible(False)
        moving.setAccessibleName(said)
        self.body.column.addWidget(moving)
        self.body.column.addStretch(1)
        if stop:
            self._foot(button(self.tr("Stop"), "", self.show_held))

    def _foot(self, *buttons: QWidget, focus: QWidget | None = None) -> None:
        self.body.column.addStretch(1)
        self.feet.addStretch(1)
        for one in buttons:
            self.feet.addWidget(one)
        (focus or buttons[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, title: str) -> Panel:
        card = Panel()
        card.column.addWidget(label(title, "heading"))
        self.body.column.addWidget(card)
        return card

    def _warn(self, text: str) -> None:
        frame = QFrame()
        frame.setObjectName("warning")
        column = QVBoxLayout(frame)
        column.addWidget(label(text, wrap=True, select=True))
        self.body.column.addWidget(frame)

    def _named(self, version: Version) -> str:
        text = self.tr("Evidence {version} of {date}, to be renewed by {expires}; {signer}.")
        pack = version.pack
        return text.format(
            version=pack.version, date=written(pack.date), expires=written(pack.expires), signer=say.signer(version)
        )

    def _key(self, key: Key, *, own: bool) -> str:
        if key.revoked:
            return self.tr("{holder}: trusted no longer ({why})").format(holder=key.holder, why=key.revoked)
        if own:
            text = self.tr("{holder}: a key that this clinic added, for evidence until {until}")
        else:
            text = self.tr("{holder}: came with the program, for evidence until {until}")
        return text.format(holder=key.holder, until=written(key.until))

    def _add_sides(self, preview: Preview, name: str) -> None:
        card = Panel()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(18))
        grid.setVerticalSpacing(4)
        was, will = preview.present, preview.version
        rows = (
            ("", self.tr("In force now"), name),
            (self.tr("Version"), was.pack.version, will.pack.version),
            (self.tr("Date"), written(was.pack.date), written(will.pack.date)),
            (self.tr("To be renewed by"), written(was.pack.expires), written(will.pack.expires)),
            (self.tr("From"), say.signer(was), say.signer(will)),
        )
        for row, texts in enumerate(rows):
            for place, text in enumerate(texts):
                tone = "heading" if row == 0 or place == 0 else ""
                grid.addWidget(label(text, tone, wrap=place > 0), row, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        card.column.addLayout(grid)
        self.body.column.addWidget(card)

    def _add_records(self, preview: Preview) -> None:
        old, new = Words(preview.old, self._language), Words(preview.new, self._language)
        for group in preview.groups:
            lines = say.lines(group, old, new)
            more = self.tr("Show %n more", "", len(lines) - SHOWN)
            add_lines(self._card(say.title(group)).column, lines, SHOWN, more)
        if preview.texts:
            card = self._card(self.tr("Texts"))
            names = {"en": self.tr("English"), "es": self.tr("Spanish")}
            for language, many in preview.texts.items():
                text = self.tr("%n text(s) in {language}", "", many)
                card.column.addWidget(label(text.format(language=names.get(language, language)), wrap=True))
        if not preview.groups and not preview.texts:
            self._card(self.tr("No figure, no study and no text would change."))
