"""The body map leads by mouse and by keyboard to targets and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.hands import begin, settle
from ui import regions
from ui.widgets.body_map import BodyMap
from ui.words import Words

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from ui.window import Window


def test_every_target_of_a_condition_can_be_pointed_at(window: Window) -> None:
    shown = set(window.start.map.regions)
    for condition in window.pack.file.conditions:
        for target in condition.targets:
            assert regions.region_of(window.pack, target) in shown, target


def test_a_click_finds_the_region_under_it(window: Window) -> None:
    body = window.start.map
    for region in body.regions:
        assert body.region_at(body.centre_of(region)) in body.regions
    assert body.region_at(body.centre_of("knee")) == "knee"


def test_a_click_on_the_knee_offers_its_conditions(window: Window, qtbot) -> None:
    body = window.start.map
    offered = []
    window.choose.offer_conditions = lambda region, over: offered.append(region)
    QTest.mouseClick(body, Qt.MouseButton.LeftButton, pos=body.centre_of("knee").toPoint())
    assert offered == ["knee"]
    del window.choose.offer_conditions
    menu = window.choose.offer_conditions("knee", body)
    titles = [action.text() for action in menu.actions()]
    assert titles[0] == "Knee osteoarthritis"
    with qtbot.waitSignal(window.store.changed):
        menu.actions()[0].trigger()
    menu.close()
    assert window.store.consult.condition == "knee_osteoarthritis"


def test_a_click_takes_another_target_of_the_condition(window: Window, qtbot) -> None:
    several = next(
        one for one in window.pack.file.conditions if len({window.pack.targets[t].region for t in one.targets}) > 1
    )
    window.store.choose_condition(several.id)
    settle(window, qtbot)
    now = window.pack.targets[window.store.consult.target].region
    other = next(t for t in several.targets if window.pack.targets[t].region != now)
    window.choose.map.chosen.emit(window.pack.targets[other].region)
    settle(window, qtbot)
    assert window.pack.targets[window.store.consult.target].region == window.pack.targets[other].region


def test_the_arrow_keys_go_from_region_to_region(window: Window) -> None:
    body = window.start.map
    body.setFocus()
    chosen = []
    body.chosen.disconnect()
    body.chosen.connect(chosen.append)
    for _ in body.regions:
        QTest.keyClick(body, Qt.Key.Key_Down)
        QTest.keyClick(body, Qt.Key.Key_Return)
    assert chosen == list(body.regions)
    assert body.accessibleDescription()


def test_the_map_names_the_chosen_target(window: Window, qtbot) -> None:
    begin(window, qtbot)
    assert window.choose.map.accessibleName() == "Body map: Knee joint"
    assert window.choose.map.region_at(QPoint(1, 1).toPointF()) == ""


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", [(266, 266), (214, 158)])
def test_no_caption_covers_what_it_names_or_an_inset(size: tuple[int, int], language: str, pack: Pack, qtbot) -> None:
    words = Words(pack, language)
    body = BodyMap("Body map", regions.drawing())
    qtbot.addWidget(body)
    body.set_regions(regions.names(pack, words))
    body.resize(*size)
    drawing = body._drawing
    covered = []
    for target in pack.targets:
        region = regions.region_of(pack, target)
        body.set_selected(region, words.name("target", target))
        said = body.caption()
        assert said is not None
        assert body.rect().contains(said[2].toRect()), target
        named = drawing.regions.get(region) or drawing.insets[region][:1]
        insets = [shapes[0] for shapes in drawing.insets.values()]
        for shape in (*named, *insets):
            if said[2].intersects(body._transform().mapRect(shape.boundingRect())):
                covered.append((target, said[0]))
                break
    assert covered == []
