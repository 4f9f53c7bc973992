"""The look: every colour, distance and letter size as a token, in light, dark and high contrast.

Hues follow Okabe and Ito's palette (blue, vermilion, bluish green), darkened or lightened until each pair of
text and ground has a contrast of 4.5 or more (`tests/ui/test_theme.py` measures them).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec
from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from core import files
from core.errors import ReadError

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
ThemeName = Literal["light", "dark", "contrast"]


class Tokens(msgspec.Struct, frozen=True):
    """The colours of one theme, by what they mean."""

    name: str
    ground: str  # behind the panels
    panel: str
    field: str
    raised: str  # a quiet area inside a panel
    line: str  # borders and rules
    strong_line: str
    text: str
    muted: str
    accent: str  # the selection, and what reaches the target
    accent_soft: str
    accent_text: str  # on a surface of the accent
    accent_flow: str  # a large surface that means the target
    warn: str
    warn_soft: str
    met: str
    met_soft: str
    bar: str
    track: str
    grid: str
    range: str
    source: str  # the block of all cells in a flow picture
    flow: str
    flow_dim: str


LIGHT = Tokens(
    name="light", ground="#f3f5f8", panel="#ffffff", field="#ffffff", raised="#eef2f5", line="#dce2e8",
    strong_line="#44515d", text="#17212b", muted="#566573", accent="#0a6583", accent_soft="#e2f0f6",
    accent_text="#ffffff", accent_flow="#7aaec3", warn="#a34700", warn_soft="#fff1e2", met="#0d6b4c",
    met_soft="#e2f4ec", bar="#5b6a79", track="#eef1f4", grid="#e0e5ea", range="#c3ccd5", source="#5b6b7a",
    flow="#9aa2ab", flow_dim="#bcc2c8",
)  # fmt: skip
DARK = Tokens(
    name="dark", ground="#11161b", panel="#1a2128", field="#161d24", raised="#232c35", line="#2d3843",
    strong_line="#9fb0bf", text="#e9eff4", muted="#a1b0bd", accent="#5ab9dc", accent_soft="#183443",
    accent_text="#08202b", accent_flow="#3c7489", warn="#f5a35c", warn_soft="#3a2a1a", met="#5fd0a4",
    met_soft="#173629", bar="#a8b8c6", track="#27313b", grid="#2b3640", range="#4c5a67", source="#9fb0be",
    flow="#6b757e", flow_dim="#4c5661",
)  # fmt: skip
CONTRAST = Tokens(
    name="contrast", ground="#000000", panel="#000000", field="#000000", raised="#111111", line="#ffffff",
    strong_line="#ffffff", text="#ffffff", muted="#e6e6e6", accent="#56d4ff", accent_soft="#003247",
    accent_text="#000000", accent_flow="#2f86a8", warn="#ffb454", warn_soft="#2b1900", met="#5cf0b4",
    met_soft="#00281a", bar="#ffffff", track="#2a2a2a", grid="#4d4d4d", range="#8f8f8f", source="#ffffff",
    flow="#9a9a9a", flow_dim="#6d6d6d",
)  # fmt: skip
THEMES: dict[str, Tokens] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

#: Every pair of letters and ground that the window draws; the test wants 4.5 for each.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("text", "ground"), ("text", "panel"), ("text", "field"), ("text", "raised"), ("text", "accent_soft"),
    ("muted", "ground"), ("muted", "panel"), ("muted", "field"), ("muted", "raised"), ("muted", "accent_soft"),
    ("accent", "panel"), ("accent", "field"), ("accent", "accent_soft"), ("accent_text", "accent"),
    ("warn", "panel"), ("warn", "warn_soft"), ("met", "panel"), ("met", "met_soft"), ("text", "track"),
)  # fmt: skip
#: Drawn things that must stand out from their ground: 3 or more.
MARK_PAIRS: tuple[tuple[str, str], ...] = (
    ("bar", "track"), ("text", "panel"), ("source", "panel"), ("accent", "raised"), ("strong_line", "panel"),
)  # fmt: skip

# Letter sizes in logical pixels at 100 %; a setting scales them all, to whole pixels.
SMALL, BODY, STRONG, HEAD, LEAD, TITLE, LARGE = 12.5, 14.0, 15.0, 16.5, 17.5, 20.0, 26.0
FACE = "Source Sans 3"
GAP, INNER, RADIUS = 10, 14, 10  # between panels, inside them, their corners

_current = LIGHT
_scale = 1.0
_reduced_motion = False
_icons: dict[tuple[str, str], QIcon] = {}
_fonts: dict[tuple[float, QFont.Weight], QFont] = {}
_loaded: set[str] = set()  # weights of the face; Qt would keep another copy for each time


def tokens() -> Tokens:
    """The colours now in use."""
    return _current


def color(name: str) -> QColor:
    """One colour of the theme in use, by its meaning."""
    return QColor(getattr(_current, name))


def scale() -> float:
    """The text size, 1.0 is 100 %."""
    return _scale


def motion() -> bool:
    """Whether things may glide."""
    return not _reduced_motion


def px(size: float) -> int:
    """A length in logical pixels that grows with the letters."""
    return round(size * _scale)


def font(size: float = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The text face in one size of the scale; kept, because a row that is painted asks for nine."""
    made = _fonts.get((size, weight))
    if made is None:
        made = _fonts[size, weight] = QFont(QApplication.font())
        made.setPixelSize(px(size))
        made.setWeight(weight)
    return made


def semibold(size: float = BODY) -> QFont:
    """The text face, heavier."""
    return font(size, QFont.Weight.DemiBold)


def system_theme() -> ThemeName:
    """What the system asks for."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def load_fonts(*weights: str) -> None:
    """Bring in weights of the bundled face; without its files the system's stands in."""
    _fonts.clear()
    for weight in weights or ("Regular", "SemiBold", "Bold"):
        if weight in _loaded:
            continue
        _loaded.add(weight)
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / f"SourceSans3-{weight}.ttf"))
    if QApplication.font().family() != FACE and FACE in QFontDatabase.families():
        QApplication.setFont(QFont(FACE))


def apply(name: ThemeName, *, text_size: int = 100, reduced_motion: bool = False) -> None:
    """Give the whole program a theme and a text size (per cent)."""
    global _current, _scale, _reduced_motion
    _current = THEMES[name]
    _scale = text_size / 100
    _reduced_motion = reduced_motion
    _icons.clear()
    _fonts.clear()
    base = QFont(QApplication.font())
    base.setPixelSize(px(BODY))
    QApplication.setFont(base)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(_palette(_current))
    app.setStyleSheet(_sheet(_current))


def icon(name: str, role: str = "text") -> QIcon:
    """A bundled icon in a colour of the theme."""
    key = (name, role)
    if key not in _icons:
        made = QIcon(_tinted(name, getattr(_current, role)))
        made.addPixmap(_tinted(name, _current.range), QIcon.Mode.Disabled)  # the style's own is too bright in the dark
        _icons[key] = made
    return _icons[key]


def program_icon() -> QIcon:
    """What the system shows for the program's windows."""
    made = QIcon()
    for side in (32, 64, 256):
        made.addPixmap(_drawn("cellroute", side))
    return made


def _tinted(name: str, shade: str) -> QPixmap:
    ratio = QGuiApplication.primaryScreen().devicePixelRatio() if QGuiApplication.primaryScreen() else 1.0
    return _drawn(name, round(px(20) * max(ratio, 2.0)), shade)


def _drawn(name: str, side: int, shade: str = "") -> QPixmap:
    """A bundled drawing in so many pixels; `shade` stands in for the colour that it leaves open."""
    from PySide6.QtCore import QByteArray
    from PySide6.QtSvg import QSvgRenderer

    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    try:
        text = files.read_text(RESOURCES / "icons" / f"{name}.svg").replace("currentColor", shade)
    except ReadError:
        return pixmap
    renderer = QSvgRenderer(QByteArray(text.encode()))
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: t.ground,
        QPalette.ColorRole.WindowText: t.text,
        QPalette.ColorRole.Base: t.field,
        QPalette.ColorRole.AlternateBase: t.raised,
        QPalette.ColorRole.ToolTipBase: t.panel,
        QPalette.ColorRole.ToolTipText: t.text,
        QPalette.ColorRole.PlaceholderText: t.muted,
        QPalette.ColorRole.Text: t.text,
        QPalette.ColorRole.Button: t.panel,
        QPalette.ColorRole.ButtonText: t.text,
        QPalette.ColorRole.BrightText: t.warn,
        QPalette.ColorRole.Highlight: t.accent,
        QPalette.ColorRole.HighlightedText: t.accent_text,
        QPalette.ColorRole.Link: t.accent,
        QPalette.ColorRole.LinkVisited: t.accent,
        QPalette.ColorRole.Mid: t.line,
        QPalette.ColorRole.Dark: t.line,
        QPalette.ColorRole.Light: t.panel,
        QPalette.ColorRole.Accent: t.accent,
    }
    for role, shade in roles.items():
        palette.setColor(role, QColor(shade))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.muted))
    return palette


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(shade: str) -> float:
    made = QColor(shade)
    parts = [made.redF(), made.greenF(), made.blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _sheet(t: Tokens) -> str:
    values: dict[str, object] = msgspec.structs.asdict(t)
    values |= {
        "radius": RADIUS, "small": px(SMALL), "lead": px(LEAD), "title": px(HEAD), "large": px(LARGE),
        "pad": px(6), "padfocus": px(6) - 1, "padw": px(12), "field_h": px(20),
    }  # fmt: skip
    text = _SHEET
    for key in sorted(values, key=len, reverse=True):
        text = text.replace("@" + key, str(values[key]))
    return text


_SHEET = """
QToolTip { background: @panel; color: @text; border: 1px solid @line; padding: 4px 6px; }
QFrame#panel { background: @panel; border: 1px solid @line; border-radius: @radiuspx; }
QFrame#rule { background: @line; border: none; }
QFrame#topbar { background: @panel; border: none; border-bottom: 1px solid @line; }
QFrame#notice { background: @warn_soft; border: none; border-bottom: 1px solid @line; }
QFrame#notice QLabel { color: @warn; }
QFrame#notice[kind="done"] { background: @accent_soft; }
QFrame#notice QLabel[kind="done"] { color: @text; }
QFrame#quiet { background: @raised; border: none; border-radius: 8px; }
QFrame#warning { background: @warn_soft; border: none; border-radius: 8px; }
QFrame#warning QLabel { color: @warn; }
QLabel { background: transparent; }
QLabel[tone="muted"] { color: @muted; }
QLabel[tone="small"] { color: @muted; font-size: @smallpx; }
QLabel[tone="heading"] { color: @muted; font-size: @smallpx; font-weight: 600; }
QLabel[tone="title"] { font-size: @titlepx; font-weight: 600; }
QLabel[tone="strong"] { font-weight: 600; }
QLabel[tone="large"] { font-size: @largepx; font-weight: 600; }
QLabel[tone="brand"] { color: @accent; font-size: @leadpx; font-weight: 600; }
QLabel[tone="warn"] { color: @warn; }
QLabel[tone="met"] { color: @met; }
QPushButton, QToolButton { background: @panel; color: @text; border: 1px solid @line; border-radius: 7px;
    padding: @padpx @padwpx; min-height: @field_hpx; }
QToolButton { padding: @padpx; }
QPushButton:hover, QToolButton:hover { background: @raised; }
QPushButton:pressed, QToolButton:pressed { background: @accent_soft; }
QPushButton:disabled, QToolButton:disabled { color: @muted; background: @ground; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: @padpx @padwpx; margin: -1px; }
QToolButton:focus { padding: @padpx; }
QPushButton[kind="primary"] { background: @accent; color: @accent_text; border: 1px solid @accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: @accent; border-color: @text; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="primary"]:disabled { background: @raised; color: @muted; border-color: @line; }
QPushButton[kind="link"], QToolButton[kind="link"] { background: transparent; border: 1px solid transparent;
    color: @accent; padding: 1px 4px; min-height: 0; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid @accent; margin: 0; padding: 1px 4px; }
QToolButton::menu-indicator { image: none; }
QPushButton[kind="search"] { color: @muted; text-align: left; }
QLineEdit, QComboBox, QSpinBox, QTextEdit, QPlainTextEdit { background: @field; color: @text; border: 1px solid @line;
    border-radius: 7px; padding: @padpx 9px; min-height: @field_hpx; selection-background-color: @accent;
    selection-color: @accent_text; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QTextEdit:focus { border: 2px solid @accent;
    padding: @padfocuspx 8px; margin: 0; }
QLineEdit, QTextEdit, QPlainTextEdit { placeholder-text-color: @muted; }
QLineEdit[wrong="true"] { border: 2px solid @warn; }
QLineEdit#condition[filled="true"] { font-weight: 600; }
QSpinBox { padding-left: 3px; }
QSpinBox QLineEdit { border: none; padding: 0 6px; min-height: 0; background: transparent; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: none; width: 0; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QAbstractItemView { background: @panel; color: @text; border: 1px solid @line; outline: none;
    selection-background-color: @accent_soft; selection-color: @text; }
QTableView { gridline-color: @grid; }
QHeaderView { background: @panel; }
QHeaderView::section { background: @panel; color: @muted; border: none; border-bottom: 1px solid @line;
    padding: 4px 6px; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent;
    padding: 7px 12px; margin-right: 2px; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; font-weight: 600; }
QTabBar::tab:hover { color: @text; }
QTabBar:focus { outline: none; }
QTabBar::tab:focus { border: 2px solid @accent; border-radius: 6px; padding: 5px 10px; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }
QScrollArea, QScrollArea > QWidget#qt_scrollarea_viewport, QWidget#page { background: transparent; border: none; }
QScrollArea#reading { border: 2px solid transparent; border-radius: 6px; }
QScrollArea#reading:focus { border-color: @accent; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 3px; min-height: 28px; min-width: 28px; margin: 1px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none;
    width: 0; height: 0; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @line; }
QMenu { background: @panel; border: 1px solid @line; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 5px; }
QMenu::item:selected { background: @accent_soft; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QDialog { background: @ground; }
QProgressBar { background: @raised; border: none; border-radius: 4px; max-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
"""


class ThemeWatch(QObject):
    """Follows the system's light and dark where the setting says so."""

    def __init__(self, parent: QObject, changed: Callable[[], None]) -> None:
        super().__init__(parent)
        self._changed = changed
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._tell)

    def _tell(self, _scheme: object) -> None:
        self._changed()
