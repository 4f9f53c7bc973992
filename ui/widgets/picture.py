"""A drawn picture that can be copied, saved and read as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QMenu, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ui import theme


@dataclass(frozen=True)
class Table:
    """The same facts as a picture's, for those who do not see it."""

    title: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())

    def text(self) -> str:
        """Tab-separated, for a spreadsheet."""
        return "\n".join("\t".join(row) for row in (self.heads, *self.rows))


class Picture(QWidget):
    """Base of everything drawn; a subclass gives `draw` and `table`.

    T shows the table, Ctrl+C copies the picture; the menu key has these and saving. `saved` carries the bytes and the
    file's kind ("png", "svg") to whoever may write files.
    """

    saved = Signal(bytes, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw into an area in logical pixels."""
        raise NotImplementedError

    def table(self) -> Table:
        """The facts of the picture."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Draw anew, and say the facts to a screen reader."""
        table = self.table()
        self.setAccessibleDescription(". ".join(", ".join(row) for row in table.rows[:12]))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    # -- taking it along

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.show_table()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        picture_menu(self, self.copy, self.show_table, self.png, self.svg, self.saved).popup(event.globalPos())

    def _size(self) -> QSize:
        return self.size() if self.width() > 10 else QSize(640, 240)

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self._image(2.0))

    def _image(self, ratio: float) -> QImage:
        size = self._size()
        image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(theme.color("panel"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(ratio, ratio)
        self.draw(painter, QRectF(8, 8, size.width() - 16, size.height() - 16))
        painter.end()
        return image

    def png(self) -> bytes:
        """The picture as the bytes of a PNG file, twice as fine as on screen."""
        return png_bytes(self._image(2.0))

    def svg(self) -> bytes:
        """The picture as the bytes of an SVG file."""
        size = self._size()
        area = QRectF(8, 8, size.width() - 16, size.height() - 16)
        return svg_bytes(size, self.accessibleName(), lambda painter: self.draw(painter, area))

    def show_table(self) -> None:
        """The picture's facts as a table, in a window of its own."""
        dialog = TableDialog(self.table(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def picture_menu(
    over: QWidget,
    copy: Callable[[], object],
    table: Callable[[], object],
    png: Callable[[], bytes],
    svg: Callable[[], bytes],
    saved: SignalInstance,
) -> QMenu:
    """What can be done with a picture."""
    menu = QMenu(over)
    for title, run in (
        (QCoreApplication.translate("Picture", "Copy the picture"), copy),
        (QCoreApplication.translate("Picture", "Show as a table (T)"), table),
        (QCoreApplication.translate("Picture", "Save as PNG…"), lambda: saved.emit(png(), "png")),
        (QCoreApplication.translate("Picture", "Save as SVG…"), lambda: saved.emit(svg(), "svg")),
    ):
        action = QAction(title, menu)
        action.triggered.connect(lambda _on=False, run=run: run())
        menu.addAction(action)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def png_bytes(image: QImage) -> bytes:
    """An image as the bytes of a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    image.save(buffer, "PNG")
    return bytes(data.data())


def svg_bytes(size: QSize, title: str, draw: Callable[[QPainter], object]) -> bytes:
    """What is drawn as the bytes of an SVG file."""
    from PySide6.QtSvg import QSvgGenerator

    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.color("panel"))
    draw(painter)
    painter.end()
    buffer.close()
    return bytes(data.data())


class TableDialog(QDialog):
    """A table that keys can walk through and Ctrl+C copies."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(table.title)
        self._table = table
        column = QVBoxLayout(self)
        grid = QTableWidget(len(table.rows), len(table.heads))
        grid.setHorizontalHeaderLabels(list(table.heads))
        grid.verticalHeader().hide()
        grid.setAccessibleName(table.title)
        grid.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        grid.setTabKeyNavigation(False)
        for row, cells in enumerate(table.rows):
            for place, text in enumerate(cells):
                grid.setItem(row, place, QTableWidgetItem(text))
        grid.resizeColumnsToContents()
        column.addWidget(grid)
        self.resize(720, 360)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            QGuiApplication.clipboard().setText(self._table.text())
        else:
            super().keyPressEvent(event)


def elided(painter: QPainter, text: str, width: float) -> str:
    """A text cut to a width with an ellipsis."""
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, round(width)))


def elided_within(painter: QPainter, text: str, width: float) -> str:
    """A name cut in its middle: what sets two ways apart, such as the guidance, stands at the end."""
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, max(0, round(width)))


def lines_of(painter: QPainter, text: str, width: float) -> int:
    """How many lines a text takes in a width."""
    flags = Qt.TextFlag.TextWordWrap
    box = painter.boundingRect(QRectF(0, 0, width, 10_000), flags, text)
    return max(1, round(box.height() / painter.fontMetrics().lineSpacing()))


def widest(painter: QPainter, texts: Sequence[str]) -> float:
    """The width of the longest of some texts."""
    return max((painter.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
