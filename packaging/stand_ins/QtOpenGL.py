"""In the bundle, in place of Qt's OpenGL (10 MB): pyqtgraph imports it, and never uses it while its OpenGL is off."""
