"""A list of which the first lines are shown, and the rest when asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.widgets.basic import button, label


def add_lines(column: QVBoxLayout, lines: list[str], shown: int, more: str) -> None:
    """Add the first `shown` lines to a column and, if there are others, a link named `more` that adds them in place."""
    for line in lines[:shown]:
        column.addWidget(label(line, wrap=True))
    if len(lines) <= shown:
        return
    link = button(more, "link")

    def unfold() -> None:
        place = column.indexOf(link)
        link.hide()
        for number, line in enumerate(lines[shown:]):
            column.insertWidget(place + number, label(line, wrap=True))

    link.clicked.connect(unfold)
    column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
