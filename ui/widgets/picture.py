"""A drawn picture that can be copied, saved and read as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor

import msgspec
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QWidget

from ui import theme

TAKEN = QSize(760, 300)  # logical pixels; the least size of a picture that is copied or saved
FINE = 2.0  # dots for each logical pixel of one that is copied, or saved as PNG


class Table(msgspec.Struct, frozen=True):
    """The same facts as a picture's, for those who do not see it."""

    title: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def text(self) -> str:
        """Tab-separated, for a spreadsheet."""
        return "\n".join("\t".join(cell.replace("\n", "; ") for cell in row) for row in (self.heads, *self.rows))


class TakenAlong:
    """What is seen can be taken along: T shows it as a table, Ctrl+C copies it, the menu key has these and saving.

    Stands before the widget among the bases; that brings `saved` (the bytes and the file's kind), `draw` and `table`.
    """

    saved: SignalInstance

    def draw(self, painter: QPainter, area: QRectF) -> object:
        """Draw into an area in logical pixels."""
        raise NotImplementedError

    def table(self) -> Table:
        """The facts of what is seen."""
        raise NotImplementedError

    def title(self) -> str:
        """What it is called."""
        return str(self.accessibleName())  # type: ignore[attr-defined]

    def taken_size(self) -> QSize:
        """The size in which it is taken along."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.show_table()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy()
        else:
            super().keyPressEvent(event)  # type: ignore[misc]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        pop_up(self.menu(), event.globalPos())

    def menu(self, parent: QWidget | None = None) -> QMenu:
        """What can be done with it."""
        menu = QMenu(self.title().replace("&", "&&"), parent or self)  # type: ignore[arg-type]
        for said, run in (
            (QCoreApplication.translate("Picture", "Copy the picture"), self.copy),
            (QCoreApplication.translate("Picture", "Show as a table (T)"), self.show_table),
            (QCoreApplication.translate("Picture", "Save as PNG…"), lambda: self.saved.emit(self.png(), "png")),
            (QCoreApplication.translate("Picture", "Save as SVG…"), lambda: self.saved.emit(self.svg(), "svg")),
        ):
            action = QAction(said, menu)
            action.triggered.connect(lambda _on=False, run=run: run())
            menu.addAction(action)
        return menu

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(image_of(self.taken_size(), self.draw))

    def png(self) -> bytes:
        """The picture as the bytes of a PNG file, twice as fine as on screen."""
        return png_bytes(image_of(self.taken_size(), self.draw))

    def svg(self) -> bytes:
        """The picture as the bytes of an SVG file."""
        return svg_bytes(self.taken_size(), self.title(), self.draw)

    def show_table(self) -> None:
        """The facts as a table, in a window of its own."""
        from ui.widgets.table import open_table  # late, like every dialog

        open_table(self.table(), self)  # type: ignore[arg-type]


class Picture(TakenAlong, QWidget):
    """Base of everything drawn; a subclass gives `draw` and `table`.

    T shows the table, Ctrl+C copies the picture; the menu key has these and saving. `saved` carries the bytes and the
    file's kind ("png", "svg") to whoever may write files.
    """

    saved = Signal(bytes, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Draw it on screen, where that differs from the picture that is taken along."""
        self.draw(painter, area)

    def refresh(self) -> None:
        """Draw anew, and say the facts to a screen reader."""
        table = self.table()
        self.setAccessibleDescription(". ".join(", ".join(row) for row in table.rows[:12]))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def taken_size(self) -> QSize:
        """The size of the picture that is taken along: a small place in the window does not make it small."""
        fixed = self.minimumHeight() == self.maximumHeight()
        return self.size().expandedTo(QSize(TAKEN.width(), 0 if fixed else TAKEN.height()))


def pop_up(menu: QMenu, at: QPoint) -> None:
    """Show a menu that is gone when it closes."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)


def image_of(size: QSize, draw: Callable[[QPainter, QRectF], object]) -> QImage:
    """What is drawn on the ground of a panel, with a margin around it."""
    image = QImage(size * FINE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(theme.color("panel"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(FINE, FINE)
    draw(painter, _inner(size))
    painter.end()
    return image


def _inner(size: QSize) -> QRectF:
    return QRectF(8, 8, size.width() - 16, size.height() - 16)


def png_bytes(image: QImage) -> bytes:
    """An image as the bytes of a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    image.save(buffer, "PNG")
    return bytes(data.data())


def svg_bytes(size: QSize, title: str, draw: Callable[[QPainter, QRectF], object]) -> bytes:
    """What is drawn on the ground of a panel, with a margin around it, as the bytes of an SVG file."""
    from PySide6.QtSvg import QSvgGenerator

    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setResolution(96)  # a logical pixel is one of CSS
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.color("panel"))
    draw(painter, _inner(size))
    painter.end()
    buffer.close()
    return bytes(data.data())


def elided(painter: QPainter, text: str, width: float) -> str:
    """A text cut to a width with an ellipsis."""
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, round(width)))


def elided_within(metrics: QFontMetrics, text: str, width: float) -> str:
    """A name cut in its middle: what sets two ways apart, such as the guidance, stands at the end."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(0, round(width)))


def lines_of(painter: QPainter, text: str, width: float) -> int:
    """How many lines a text takes in a width."""
    metrics = painter.fontMetrics()  # the painter itself measures nothing while it has no pen
    box = metrics.boundingRect(QRect(0, 0, floor(width), 10_000), Qt.TextFlag.TextWordWrap, text)
    return max(1, round(box.height() / metrics.lineSpacing()))


def widest(painter: QPainter, texts: Sequence[str]) -> float:
    """The width of the longest of some texts."""
    return max((painter.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
