"""Draws the program's icon in every size and form that the systems want: icons.py FOLDER, with the build's Python."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[1] / "resources" / "icons" / "cellroute.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def draw(folder: Path) -> None:
    """Write SIZE.png for each size, cellroute.ico and cellroute.icns."""
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(DRAWING))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(folder / f"{size}.png"))
    largest = Image.open(folder / "512.png")
    largest.save(folder / "cellroute.ico", sizes=[(size, size) for size in SIZES if size <= 256])
    largest.save(folder / "cellroute.icns")


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
