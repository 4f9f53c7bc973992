"""In the bundle, in place of Qt's OpenGL widgets: pyqtgraph derives a class from one, and never makes it."""

from PySide6.QtWidgets import QWidget as QOpenGLWidget  # noqa: F401
