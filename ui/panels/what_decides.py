"""Later."""
from PySide6.QtWidgets import QWidget


class WhatDecidesPage(QWidget):
    """Later."""

    def __init__(self, pack, store, words):
        super().__init__()

    def show_recommendation(self, recommendation, selected):
        pass
