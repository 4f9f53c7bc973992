"""What a new user is asked to do with the window alone: `tasks.py TASK FOLDER`, on a virtual screen.

Each starts with the very first start of the program, whose question counts as an action too, and ends with what the
screen or the paper says.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication
from real_hands import (
    Hands,
    can_be_seen,
    centre,
    file_dialog,
    live,
    middle,
    name_of,
    pages_with_ink,
    readable,
    text_of,
    whole_pdf,
)

from ui.panels.handout import HandoutDialog
from ui.widgets.table import TableDialog


def begin(hands: Hands) -> None:
    """Answer the question of the first start."""
    hands.read("Where do you work?", "Begin")
    hands.press("Return")
    hands.until(lambda: QApplication.activeModalWidget() is None, "the question stays")


def choose(hands: Hands, words: str, condition: str) -> None:
    """Type a condition and take the first that is offered."""
    field = hands.window.choose.condition
    hands.type(words)
    hands.until(lambda: field.text() == words and field.offers.isVisible(), "nothing is offered")
    hands.press("Return")
    hands.ranked(condition)


def handout(hands: Hands) -> HandoutDialog:
    """The open preview of the handout, once its file is made."""

    def look() -> HandoutDialog | None:
        shown = [one for one in hands.window.findChildren(HandoutDialog) if one.isVisible() and one.pdf]
        return shown[0] if shown else None

    return hands.until(look, "no handout")


def save(hands: Hands) -> str:
    """Take the name that is offered for the file; gives the words of what was saved."""
    hands.until(file_dialog, "nobody asks where to save")
    hands.press("Return")
    return saved(hands)


def saved(hands: Hands) -> str:
    path = Path.home() / "handout.pdf"
    hands.until(lambda: file_dialog() is None and whole_pdf(path), "nothing was saved")
    return text_of(path.read_bytes())


def row(hands: Hands, procedure: str) -> str:
    """A row as it is read aloud."""
    return str(hands.see(lambda: hands.window.ranking.rows.button(procedure).accessibleName()))


def cells(hands: Hands, procedure: str) -> str:
    """The cells of a million of a row, as they are written there."""
    found = re.search(r"([\d\s]+) of 1\D000\D000 cells", row(hands, procedure))
    assert found, row(hands, procedure)
    return found[1].strip()


def figures(text: str) -> str:
    """Numbers without the blanks and commas that part their thousands."""
    return re.sub(r"(?<=\d)[\s,](?=\d{3})", "", text)


# -- the five tasks


def knee_asked_for_iv(hands: Hands) -> None:
    """The knee, asked for by vein, to the printed handout."""
    begin(hands)
    choose(hands, "knee", "knee_osteoarthritis")
    hands.click("Vein")
    hands.read("Into a vein; asked about")
    hands.ranked("knee_osteoarthritis")
    hands.press("ctrl+p")
    hands.until(lambda: isinstance(QApplication.activeModalWidget(), QPrintDialog), "no printer is offered")
    hands.press("Return")
    hands.read("Sent to the printer.")
    printed = Path.home() / "CellRoute.pdf"  # there is no printer here, so Qt offers a file
    hands.until(lambda: whole_pdf(printed), "nothing was printed")
    assert pages_with_ink(printed.read_bytes()) == 2
    words = text_of(handout(hands).pdf)
    for said in ("Into a vein (the way you asked about)", "Into the joint, with ultrasound", "No cell treatment"):
        assert said in words
    assert f"{figures(cells(hands, 'iv_none'))} of a million" in figures(words)


def heart_attack_without_cath_lab(hands: Hands) -> None:
    """A heart attack in a clinic that has no catheter laboratory, to the saved handout."""
    begin(hands)
    choose(hands, "heart attack", "acute_myocardial_infarction")
    assert "Rank 1 of" in row(hands, "transendocardial_fluoroscopy")
    hands.click("Cath lab")
    hands.read("not there: Cath lab", "Needs referral")
    hands.ranked("acute_myocardial_infarction")
    for procedure in ("transendocardial_fluoroscopy", "intracoronary_fluoroscopy"):
        assert "Needs referral" in row(hands, procedure)
        assert "not there: Cath lab" in row(hands, procedure)
    assert "can be done here" in row(hands, "iv_none")
    hands.press("ctrl+e")
    words = save(hands)
    assert "heart attack" in words
    choices = words.split("The choices, side by side")[1].split("What it is")[0]
    assert "No cell treatment" in choices
    for way in ("artery", "from inside"):
        assert way not in choices, "a way that this clinic cannot go is offered"


def disc_pain_on_warfarin(hands: Hands) -> None:
    """Disc pain in somebody who takes warfarin, to the text for the chart."""
    begin(hands)
    choose(hands, "disc pain", "lumbar_disc_degeneration")
    hands.click("Anticoagulated: warfarin")
    hands.read("Anticoagulated: warfarin: yes", "Caution: Anticoagulated: warfarin")
    hands.ranked("lumbar_disc_degeneration")
    for procedure in ("intradiscal_fluoroscopy", "intradiscal_ct"):
        assert "caution: Anticoagulated: warfarin" in row(hands, procedure)
    hands.click("Copy for chart")
    hands.read("Copied for the chart")
    note = hands.see(QApplication.clipboard().text)
    assert "Answered: Anticoagulated: warfarin, yes." in note
    assert note.count("Anticoagulated: warfarin") > 2, "the ways do not carry the caution"


def spanish_handout(hands: Hands) -> None:
    """A handout in Spanish for a knee, from a window in English."""
    begin(hands)
    choose(hands, "knee", "knee_osteoarthritis")
    hands.click("Handout")
    handout(hands)
    hands.click("Español")
    handout(hands)
    hands.click("Save as PDF…")
    words = save(hands)
    assert words.index("Células para") < words.index("How, if at all, should cells be given")
    assert f"{int(figures(cells(hands, 'intra_articular_ultrasound'))) // 10_000} de 100" in words
    hands.read("Save as PDF…")  # the window stays as it was


def two_routes_to_the_liver(hands: Hands) -> None:
    """Vein and liver artery side by side for cirrhosis."""
    begin(hands)
    choose(hands, "cirrhosis", "liver_cirrhosis")
    hands.click("Compare")
    hands.click("The one")
    hands.click("Into the liver artery, fluoroscopy-guided")
    hands.click("The other")
    hands.click("Into a vein")
    hands.until(lambda: hands.window.tabs.currentIndex() == 4, "another tab is open")
    page = hands.see(lambda: hands.window.tabs.page(4))
    shown = hands.until(
        lambda: "\n".join(readable(page)) if page.combos[1].currentText() == "Into a vein" else "", "nothing to compare"
    )
    for procedure in ("hepatic_artery_fluoroscopy", "iv_none"):
        assert cells(hands, procedure) in shown
    assert "Into the liver artery, fluoroscopy-guided" in shown


# -- whole consults


def by_keyboard_alone(hands: Hands) -> None:
    """From the first start to the saved handout, no mouse."""
    window = hands.window
    begin(hands)
    choose(hands, "nkee", "knee_osteoarthritis")  # a slip of the fingers
    hands.tab_to("Number of sites")
    hands.press("Up")
    hands.read("at each of 2")
    hands.tab_to("Route asked about")
    hands.press("space")
    hands.read("Into a vein; asked about")
    hands.tab_to("Dose: cells in all")
    hands.type("2.5e7")
    hands.press("Return")
    hands.tab_to("Ultrasound")
    hands.press("space")
    hands.read("not there: Ultrasound")
    hands.tab_to("Infection in the joint, now or before: not asked")
    hands.press("y")
    hands.read("Not for this patient")
    hands.press("ctrl+z")
    hands.read("Infection in the joint, now or before: not asked")
    assert hands.see(lambda: name_of(QApplication.focusWidget())).startswith("Infection"), "the focus was lost"
    hands.tab_to("What counts")
    hands.press("Right")
    hands.until(lambda: window.store.consult.preset == "balanced", "the weights stay")
    hands.ranked("knee_osteoarthritis")
    hands.press("ctrl+r")
    first = hands.see(lambda: window.store.selected)
    hands.press("Up")
    hands.until(lambda: window.store.selected not in ("", first), "the row above is not looked at")
    for number, words in enumerate(("1 000 000 cells", "", "", "", "Where it stands"), 1):
        hands.press(f"ctrl+{number}")
        hands.until(lambda place=number - 1: window.tabs.currentIndex() == place, f"tab {number} stays away")
        hands.read(words)
    hands.press("ctrl+1")
    hands.until(lambda: window.tabs.currentIndex() == 0, "the journey stays away")
    hands.tab_to("Into")
    hands.press("t")
    hands.until(lambda: isinstance(QApplication.activeModalWidget(), TableDialog), "no table")
    hands.press("Escape")
    hands.until(lambda: QApplication.activeModalWidget() is None, "the table stays")
    hands.press("F11")
    hands.until(lambda: window.stack.currentWidget() is window.patient_view, "no view for the patient")
    hands.press("F11")
    hands.until(lambda: window.stack.currentWidget() is window.main, "no way back")
    hands.press("ctrl+shift+c")
    hands.read("Copied for the chart")
    hands.press("ctrl+e")
    assert "the way you asked about" in save(hands)
    hands.press("Escape")
    hands.until(lambda: QApplication.activeModalWidget() is None, "the preview stays")
    hands.press("ctrl+n")
    hands.read("Which condition is it about?")


def by_mouse_alone(hands: Hands) -> None:
    """From the first start to the saved handout, no keys."""
    window = hands.window
    hands.click("Begin")
    hands.until(lambda: QApplication.activeModalWidget() is None, "the question stays")
    hands.click_at(lambda: centre(window.start.map, "knee"), "no knee on the body")
    hands.click("Knee osteoarthritis")
    hands.ranked("knee_osteoarthritis")
    assert hands.see(lambda: window.focusWidget() is window.choose.condition), "the keys went to what comes next"
    hands.click("Vein")
    hands.read("Into a vein; asked about")
    hands.drag(lambda: window.choose.cells.slider, 0.9)
    hands.until(lambda: window.store.consult.dose > 1e9, "the dose stays")
    hands.ranked("knee_osteoarthritis")
    hands.click("Ultrasound")
    hands.read("not there: Ultrasound")
    hands.click("Infection in the joint, now or before")
    hands.read("Not for this patient")
    hands.click("Undo")
    hands.read("Infection in the joint, now or before: not asked")
    hands.wheel(lambda w: w.choose.scroll, lambda w: can_be_seen(w.choose.weights.show_button))
    hands.click("Weigh it yourself")
    hands.wheel(lambda w: w.choose.scroll, lambda w: can_be_seen(w.choose.weights.sliders["harm"]))
    hands.drag(lambda: window.choose.weights.sliders["harm"], 0.95)
    hands.until(lambda: window.store.consult.preset == "own", "the weights stay")
    hands.ranked("knee_osteoarthritis")
    hands.click("Into an artery, fluoroscopy-guided")
    hands.until(lambda: window.store.selected == "intra_arterial_fluoroscopy_knee", "the row is not looked at")
    for place, tab in enumerate(("Journey", "Over time", "Evidence", "What decides", "Compare")):
        hands.click(tab)
        hands.until(lambda place=place: window.tabs.currentIndex() == place, f"{tab} stays away")
        hands.ranked("knee_osteoarthritis")
    hands.click("Patient view   F11")
    hands.click("Back   F11")
    hands.until(lambda: window.stack.currentWidget() is window.main, "no way back")
    hands.click("Copy for chart")
    hands.read("Copied for the chart")
    hands.click("Handout")
    handout(hands)
    hands.click("Save as PDF…")
    hands.until(file_dialog, "nobody asks where to save")
    hands.click("Save")
    assert "the way you asked about" in saved(hands)
    hands.click("Close")
    hands.until(lambda: QApplication.activeModalWidget() is None, "the preview stays")
    hands.click("New consult")
    hands.read("Which condition is it about?")


def a_dose_that_is_none(hands: Hands) -> None:
    """What cannot be read is refused, with the dose that still counts beside it; Escape brings that back."""
    field, before = hands.window.choose.cells.dose, "25 million"
    hands.ranked("knee_osteoarthritis")
    hands.click_at(lambda: middle(field), "no dose to click on")
    hands.press("ctrl+a")
    hands.type("a lot")
    hands.press("Return")
    hands.read("“a lot” is not a number of cells", f"{before} still counts")
    assert hands.see(lambda: hands.window.store.consult.dose) == 25e6
    hands.press("Escape")
    hands.until(lambda: field.text() == before, "the dose does not come back")
    assert "still counts" not in hands.read()


def typing_over_what_was_opened(hands: Hands) -> None:
    """With a consult opened from the command line, a word typed at once is the next condition."""
    hands.ranked("knee_osteoarthritis")
    hands.type("cirrhosis")
    hands.press("Return")
    hands.ranked("liver_cirrhosis")


def another_language_while_working(hands: Hands) -> None:
    """From English to Spanish and back, by keys, with a consult on the screen."""
    hands.ranked("knee_osteoarthritis")
    english = hands.read("reach the knee joint")
    hands.press("ctrl+comma")
    hands.tab_to("Language")
    hands.press("Right")
    hands.until(lambda: hands.window.words.language == "es", "no other language")
    hands.read("Idioma", "Tema")
    hands.press("Escape")
    hands.ranked("knee_osteoarthritis")
    spanish = hands.read("Nueva consulta", "Articulación de la rodilla", "Por qué aquí", "En contra", "Recorrido")
    assert not {"Why here", "Against it", "Journey", "New consult"} & set(spanish.split("\n"))
    hands.press("ctrl+comma")
    hands.tab_to("Idioma")
    hands.press("Left")
    hands.until(lambda: hands.window.words.language == "en", "no way back")
    hands.press("Escape")
    hands.ranked("knee_osteoarthritis")
    hands.until(lambda: "\n".join(readable(hands.window)) == english, "not as it was before")


def a_picture_kept(hands: Hands) -> None:
    """The second picture of the journey, saved as PNG by keys beside the consult that was opened."""
    hands.ranked("knee_osteoarthritis")
    hands.press("ctrl+shift+p")
    hands.until(lambda: QApplication.activePopupWidget() is not None, "no menu")
    for key in ("Down", "Down", "Right", "Down", "Down", "Return"):
        hands.press(key)
    hands.until(file_dialog, "nobody asks where to save")
    hands.press("Return")
    path = Path(hands.window.settings.recent[0]).with_name("cellroute.png")
    hands.until(lambda: path.exists() and QImage(str(path)).width() > 1000, "no picture")


def how_good_the_estimates_are(hands: Hands) -> None:
    """The calibration, found by its words, worked out and read."""
    hands.ranked("knee_osteoarthritis")
    hands.press("ctrl+k")
    hands.read("Arrows choose")
    hands.type("about the ev")
    hands.press("Return")
    hands.read("How good are these estimates?")
    hands.click("Work it out")
    hands.read("figures were predicted", "within their 90 % range")
    hands.press("Escape")
    hands.ranked("knee_osteoarthritis")


TASKS: dict[str, Callable[[Hands], None]] = {
    task.__name__: task
    for task in (
        knee_asked_for_iv, heart_attack_without_cath_lab, disc_pain_on_warfarin, spanish_handout,
        two_routes_to_the_liver, by_keyboard_alone, by_mouse_alone, a_dose_that_is_none, typing_over_what_was_opened,
        another_language_while_working, a_picture_kept, how_good_the_estimates_are,
    )
}  # fmt: skip

if __name__ == "__main__":
    live(TASKS[sys.argv[1]], Path(sys.argv[2]), *sys.argv[3:])
