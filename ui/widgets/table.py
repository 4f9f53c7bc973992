"""The table behind a picture, for those who do not see it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.basic import beside, button
from ui.widgets.picture import Table


def open_table(table: Table, parent: QWidget) -> None:
    """Show a table over a window until somebody closes it."""
    dialog = TableDialog(table, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


class TableDialog(QDialog):
    """A table that keys can walk through and Ctrl+C copies."""

    WIDEST = 340  # logical pixels of a column; longer texts go on in the next line

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(table.title)
        self._table = table
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.INNER, theme.INNER, theme.INNER, theme.INNER)
        column.setSpacing(theme.GAP)
        self.grid = grid = QTableWidget(len(table.rows), len(table.heads))
        wrapped = (
            Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
        )
        for place, text in enumerate(table.heads):
            head = QTableWidgetItem(text)
            head.setData(Qt.ItemDataRole.TextAlignmentRole, wrapped)
            grid.setHorizontalHeaderItem(place, head)
        grid.horizontalHeader().setMaximumSectionSize(theme.px(self.WIDEST))
        grid.horizontalHeader().setResizeContentsPrecision(-1)  # by all rows, not by those in view
        grid.horizontalHeader().setStretchLastSection(True)
        grid.verticalHeader().hide()
        grid.setAccessibleName(table.title)
        grid.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        grid.setTabKeyNavigation(False)
        grid.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        grid.setHorizontalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        for row, cells in enumerate(table.rows):
            for place, text in enumerate(cells):
                item = QTableWidgetItem(text or "–")
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                grid.setItem(row, place, item)
        grid.resizeColumnsToContents()
        column.addWidget(grid, 1)
        copy = button(QCoreApplication.translate("Picture", "Copy the table"), "", self.copy, "Ctrl+C")
        close = button(QCoreApplication.translate("Picture", "Close"), "", self.accept)
        line = beside(copy, close)
        line.insertStretch(0, 1)
        column.addLayout(line)
        self._fit(parent.window().size() if parent is not None else QSize(1024, 700))

    def _fit(self, room: QSize) -> None:
        """As large as the table, within the window that it is shown over."""
        grid = self.grid
        wide = sum(grid.columnWidth(place) for place in range(grid.columnCount())) + 2 * theme.INNER + theme.px(64)
        grid.resizeRowsToContents()
        high = sum(grid.rowHeight(place) for place in range(grid.rowCount())) + theme.px(136)
        self.resize(max(theme.px(420), min(wide, room.width() - 80)), max(theme.px(220), min(high, room.height() - 80)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        grid = self.grid
        grid.resizeRowsToContents()
        metrics, high = grid.horizontalHeader().fontMetrics(), 0
        for place, head in enumerate(self._table.heads):  # the header itself would give each head one line
            room = QRect(0, 0, grid.columnWidth(place) - theme.px(16), 10_000)
            high = max(high, metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, head).height())
        grid.horizontalHeader().setFixedHeight(high + theme.px(14))

    def copy(self) -> None:
        """Put the table on the clipboard, for a spreadsheet."""
        QGuiApplication.clipboard().setText(self._table.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy()
        else:
            super().keyPressEvent(event)
