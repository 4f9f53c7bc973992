"""A picture that can be chosen, seen and taken away again; it knows nothing of what it is for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.basic import beside, button


class PictureField(QWidget):
    """Shows the picture on white, as paper will; asks for another one or for none."""

    wanted = Signal()  # another picture is asked for
    removed = Signal()

    HEIGHT = 44

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._shown = QLabel()
        self._shown.setAccessibleName(name)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setStyleSheet("background: white; border-radius: 5px; padding: 4px;")
        self._shown.hide()
        self.choose = button(self.tr("Choose a picture…"), "", self.wanted.emit, self.tr("PNG or JPEG, at most 2 MB"))
        self.remove = button(self.tr("Remove"), "", self.removed.emit)
        self.remove.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._shown)
        column.addLayout(beside(self.choose, self.remove))
        self.setFocusProxy(self.choose)

    def show_picture(self, data: bytes | None) -> None:
        """Show a picture, or that there is none; one that cannot be drawn can still be removed."""
        pixmap = QPixmap()
        if data is not None and pixmap.loadFromData(data, "PNG"):
            room = QSize(self._room(), theme.px(self.HEIGHT)) * self.devicePixelRatioF()
            if pixmap.width() > room.width() or pixmap.height() > room.height():
                smooth = Qt.TransformationMode.SmoothTransformation
                pixmap = pixmap.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._shown.setPixmap(pixmap)
        self._shown.setVisible(not pixmap.isNull())
        self.remove.setVisible(data is not None)
        self.choose.setText(self.tr("Choose a picture…") if data is None else self.tr("Change…"))

    def _room(self) -> int:
        return theme.px(230)
