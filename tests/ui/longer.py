"""A language that makes every text longer and marks it: what is not translated shows, and what has no room."""

from PySide6.QtCore import QTranslator


class Longer(QTranslator):
    """Says everything in brackets and a third longer."""

    def translate(self, _context: str, text: str, _comment: str = "", _n: int = -1) -> str:
        words = text.split(" ")
        return "[" + " ".join([*words, *words[: max(1, len(words) // 3)]]) + "]"

    def isEmpty(self) -> bool:  # noqa: N802 (Qt's name)
        return False
