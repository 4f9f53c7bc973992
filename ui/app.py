"""Starting the window: settings, theme, language, first paint, and only then everything heavy."""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import PySide6
import shiboken6
from PySide6.QtCore import QCoreApplication, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from core import files
from core.errors import CellRouteError, InputError
from core.places import config_folder, data_folder
from core.versions import check_binding

if TYPE_CHECKING:
    from core.ahead import Ahead
    from core.consult import Consult
    from core.pack.pack import Pack
    from ui.engine import Engine
    from ui.store import Store
    from ui.window import Window

FIRST_SIZE = (1366, 768)
CLOCK = timedelta(days=2)  # by which a clock may be behind the evidence before it is called wrong
SMALLEST, LARGEST = 320, 16_384
AFTER_PANELS, AFTER_ANSWER = 20, 400  # ms after the first paint for what nobody looks at, without and with a consult
SHOT_TIMEOUT = 60_000  # ms for everything that a picture waits for


def run(options: Any) -> int:
    """Open the window as the options say; the process ends with its exit code.

    Options (missing ones are off): `consult`, `screenshot` (paths), `size` ("1366x768"), `theme` (light, dark,
    contrast), `quit_after_paint`, `quit_when_complete`, `config`, `data` (folders), `language`, `tab` (0..4), `view`
    ("patient"), `ahead` (an `Ahead` that answers the consult).
    Errors: VersionError, ReadError, PackError, InputError before the window opens.
    """
    check_binding(PySide6.__version__, sys.version_info[:3])
    size = parse_size(_given(options, "size")) if _given(options, "size") else None
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "1")
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = application()
    window = open_window(app, options, size)
    if _given(options, "quit_after_paint"):
        window.painted.connect(lambda: QTimer.singleShot(0, app.quit))
    if _given(options, "quit_when_complete"):
        _quit_when_complete(app, window)
    shot = _given(options, "screenshot")
    failed: list[Exception] = []
    if shot is not None:
        _shoot(window, Path(shot), options, failed)
    code = app.exec()
    window.store.worker.stop()
    if failed:
        shiboken6.delete(window)  # in order, before Python takes things apart in no order
        raise failed[0]
    # Everything is saved; taking Qt apart object by object would only cost a tenth of a second.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def application() -> QApplication:
    """The one application, in the style that looks alike everywhere.

    Named on the way in: asking for a style later hands one back, and with it a hundred names that nobody uses.
    """
    arguments = ["cellroute", "-style", "fusion"]
    if sys.platform == "darwin":
        from ui.mac import Application

        return Application(arguments)
    return QApplication(arguments)


def open_window(app: QApplication, options: Any, size: tuple[int, int] | None) -> Window:
    """The window on the screen, with a consult file opened in it where the options name one."""
    from core.pack.read import load_or_fall_back
    from ui import theme
    from ui.engine import Engine
    from ui.garbage import Collector
    from ui.settings import SettingsFile, Unkept
    from ui.store import Store, fitting
    from ui.window import Window
    from ui.words import Words
    from ui.worker import Worker

    app.setApplicationName("CellRoute")
    app.setOrganizationName("")
    app.setDesktopFileName("cellroute")
    app.setQuitOnLastWindowClosed(True)
    throw_away = _given(options, "screenshot") is not None and _given(options, "config") is None
    settings = Unkept() if throw_away else SettingsFile(settings_folder(options))
    language = _given(options, "language") or settings.now.language or QLocale.system().name()[:2]
    data = _given(options, "data") or data_folder()
    pack, problem = load_or_fall_back(data)
    if language not in pack.languages():
        language = "en"
    consult, refused = _consult(options, pack)
    problem = f"{problem} {refused}".strip()
    ahead: Ahead | None = _given(options, "ahead")
    if consult is not None:
        settings.remember(Path(options.consult).absolute())
        consult = msgspec.structs.replace(consult, language=language)
    if ahead is not None:
        ahead.ask(consult)
    install_language(app, language)
    theme.load_fonts("Regular", "SemiBold")
    name = _given(options, "theme") or settings.now.theme
    theme.apply(
        theme.system_theme() if name == "system" else name,
        text_size=settings.now.text_size,
        reduced_motion=settings.now.reduced_motion or throw_away,
    )
    worker = Worker(app)
    engine = Engine(pack, ahead)
    store = Store(pack, engine, worker, app)
    assumed = {"has": settings.now.clinic_has, "jurisdiction": settings.now.jurisdiction, "language": language}
    store.defaults = fitting(assumed, pack)
    window = Window(pack, store, Words(pack, language, settings.now.unit), settings, complete=False)
    window.data = Path(data)
    window.painted.connect(lambda: Collector(window))
    window.painted.connect(_keep_no_folders)
    place = size or settings.now.window or FIRST_SIZE
    window.resize(*place)
    window.set_sizes()
    if settings.now.maximised and size is None:
        window.showMaximized()
    else:
        window.show()
    if not _given(options, "quit_after_paint"):
        window.painted.connect(window.complete)
    if sys.platform == "darwin":
        window.painted.connect(lambda: app.hand_files_to(window.take_file))
    if consult is not None:
        window.hasten = _given(options, "screenshot") is None
        window.painted.connect(lambda: store.set(consult))
        window.painted.connect(lambda: QTimer.singleShot(AFTER_ANSWER, window, lambda: _get_ready(store, engine)))
    window.painted.connect(store.get_ready)
    passing = throw_away or any(_given(options, name) for name in ("quit_after_paint", "quit_when_complete"))
    if not passing:
        pause = AFTER_PANELS if consult is None else AFTER_ANSWER
        window.painted.connect(
            lambda: QTimer.singleShot(pause, window, lambda: _keep_safe(window, window.data, back=consult is None))
        )
    stale = said_of_days(pack, window.today())
    for said in (problem, settings.problem, stale):
        if said:
            window.say_problem(said)
    settings.problem = ""
    if not (settings.now.started or passing):
        window.painted.connect(window.first_start)
    return window


def _consult(options: Any, pack: Pack) -> tuple[Consult | None, str]:
    """The consult that the program is opened with, and what is wrong with its file ("": nothing)."""
    file = _given(options, "consult")
    if file is None:
        return None, ""
    from core import consult_file

    try:
        return consult_file.load(Path(file), pack), ""
    except CellRouteError as error:
        if _given(options, "screenshot") is not None:
            raise
        return None, str(error)


def said_of_days(pack: Pack, today: date) -> str:
    """What is wrong with the evidence's days on a day ("": nothing); a clock that is wrong looks the same."""
    past, ahead = today.isoformat() > pack.expires, date.fromisoformat(pack.date) - today > CLOCK
    if not past and not ahead:
        return ""
    from ui import say  # late: nearly every start has nothing to say of its days

    if past:
        text = QCoreApplication.translate(
            "Start",
            "The evidence of {date} was to be used until {end}, and this computer’s clock says {today}. Bring in newer "
            "evidence before you rely on it, or set the clock if it is wrong.",
        )
    else:
        text = QCoreApplication.translate(
            "Start",
            "This computer’s clock says {today}, and the evidence is of {date}. Set the clock: handouts carry its day, "
            "and evidence that is out of date is known by it.",
        )
    return text.format(date=say.date(pack.date), end=say.date(pack.expires), today=say.date(today.isoformat()))


def _keep_no_folders() -> None:
    """Qt's own dialogs may write down no list of the folders that were opened."""
    from PySide6.QtCore import QSettings

    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)


def _keep_safe(window: Window, data: Path, *, back: bool) -> None:
    """Keep the consult from now on; `back`: take up one whose window ended badly."""
    from ui import safety

    kept = safety.watch(window, data)
    if back:
        kept.bring_back()


def _get_ready(store: Store, engine: Engine) -> None:
    """Let the first weight that moves be answered as quickly as the next, whoever answered the consult."""
    consult = store.consult
    if consult is not None:
        store.worker.start("get_ready", lambda: engine.get_ready(consult), lambda _done: None, store.fail)


def settings_folder(options: Any) -> Path:
    """Where settings live: the folder given, else the system's."""
    given = _given(options, "config")
    if given is not None:
        return Path(given)
    return config_folder()


_translators: list[QTranslator] = []


def install_language(app: QApplication, language: str) -> None:
    """Take the window's words and Qt's own in a language; English needs none."""
    from ui.theme import RESOURCES

    QLocale.setDefault(QLocale(language))
    while _translators:
        if shiboken6.isValid(before := _translators.pop()):
            app.removeTranslator(before)
            before.deleteLater()
    files_of_it = [RESOURCES / "i18n" / f"cellroute_{language}.qm"]
    if language != "en":
        from PySide6.QtCore import QLibraryInfo

        files_of_it.insert(
            0, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{language}.qm"
        )
    for file in files_of_it:
        translator = QTranslator(app)
        if translator.load(str(file)):
            app.installTranslator(translator)
            _translators.append(translator)


def parse_size(text: str) -> tuple[int, int]:
    """Width and height from "1366x768". Errors: InputError."""
    width, _, height = str(text).lower().partition("x")
    if not (width.isascii() and width.isdigit() and height.isascii() and height.isdigit()):
        raise InputError(f"“{text}” is not a size. Write width and height, for example 1366x768.")
    if not all(SMALLEST <= int(one) <= LARGEST for one in (width, height)):
        raise InputError(f"A window of {text} cannot be drawn. Give {SMALLEST} to {LARGEST} for each side.")
    return int(width), int(height)


def _quit_when_complete(app: QApplication, window: Window) -> None:
    def leave() -> None:
        window.repaint()
        app.quit()

    def wait() -> None:
        if window.store.consult is None:
            QTimer.singleShot(0, leave)
        else:
            window.store.changed.connect(lambda _answer: QTimer.singleShot(0, leave))
            window.store.failed.connect(lambda _said: leave())

    window.painted.connect(wait)


def _shoot(window: Window, path: Path, options: Any, failed: list[Exception]) -> None:
    from ui.widgets.picture import png_bytes

    app = QApplication.instance()
    assert app is not None

    def save() -> None:
        try:
            files.save_bytes(path, png_bytes(window.grab().toImage()))
        except Exception as error:  # noqa: BLE001 (raised again by `run`)
            failed.append(error)
        app.quit()

    def when_still() -> None:
        if window.store.working:
            QTimer.singleShot(20, when_still)
            return
        if window.store.consult is not None and window.store.recommendation is None:
            failed.append(InputError(window.notice.text.text()))
            app.quit()
            return
        tab, view = _given(options, "tab"), _given(options, "view")
        if tab:
            window.show_tab(int(tab))
        if view == "patient" and window.store.recommendation is not None:
            window.toggle_patient_view()
        QTimer.singleShot(60, lambda: QTimer.singleShot(20, save) if window.store.working else save())

    def give_up() -> None:
        failed.append(InputError("The picture was not ready in time."))
        app.quit()

    window.painted.connect(lambda: QTimer.singleShot(0, when_still))
    QTimer.singleShot(SHOT_TIMEOUT, give_up)


def _given(options: Any, name: str) -> Any:
    return getattr(options, name, None)
