"""The window on the screens that offices have: nothing is cut, everything can be reached."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from facts import shangjie
from screen import Hand, needs_screen, screen

from perf_excel.faces.window import settings
from perf_excel.faces.window.app import Window
from perf_excel.faces.window.steps import all_steps
from perf_excel.faces.window.work import Progress
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset

SCREENS = {
    "1024×600": ("1024x600", 96),
    "1366×768": ("1366x768", 96),
    "1366×768，150%": ("1366x768", 144),
    "1920×1080，200%": ("1920x1080", 192),
}
CLICKED = ("TButton", "TCheckbutton", "TRadiobutton", "TMenubutton")
FILLED = ("TEntry", "TCombobox", "TSpinbox")


class Box(NamedTuple):
    """Where something is on the screen."""

    left: int
    top: int
    right: int
    bottom: int


@pytest.fixture(scope="module", params=SCREENS.values(), ids=list(SCREENS))
def window(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """The window of a user who has just checked two forms of one name."""
    gc.collect()
    size, dpi = request.param
    folder = tmp_path_factory.mktemp("screen")
    books = [folder / unit / "部门整体支出绩效自评表（报送稿）.xlsx" for unit in ("甲单位", "乙单位")]
    for book in books:
        book.parent.mkdir()
        book.write_bytes(make(Order(ruleset("henan-department"), data=shangjie()), book).data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", screen(size, dpi))
        patch.setenv(settings.PLACE, str(folder / "设置"))
        opened = Window()
        opened.open(books)
        Hand(opened.root).wait(lambda: not opened.work.busy)
        yield opened
        opened.leave()


def box(widget: Any) -> Box:
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    return Box(left, top, left + widget.winfo_width(), top + widget.winfo_height())


def inside(one: Box, other: Box) -> bool:
    return (
        one.left >= other.left
        and one.top >= other.top
        and one.right <= other.right
        and one.bottom <= other.bottom
    )


def below(widget: Any) -> Iterator[Any]:
    """Everything that can be seen in a widget."""
    for child in widget.winfo_children():
        if child.winfo_ismapped():
            yield child
            yield from below(child)


def showings(page: Any) -> Iterator[None]:
    """Every state of a page: each of its tabs in turn."""
    books = [one for one in below(page) if one.winfo_class() == "TNotebook"]
    yield
    for book in books:
        for tab in book.tabs():
            book.select(tab)
            yield
        book.select(0)


@needs_screen
def test_the_window_is_on_the_screen(window: Window) -> None:
    Hand(window.root).settle()
    whole = Box(0, 0, window.root.winfo_screenwidth(), window.root.winfo_screenheight())
    assert inside(box(window.root), whole)


@needs_screen
@pytest.mark.parametrize("title", [step.title for step in all_steps()])
def test_everything_on_a_page_can_be_reached(window: Window, title: str) -> None:
    hand = Hand(window.root)
    window.go(title, [])
    hand.settle()
    holder = window.holders[title]
    for _ in showings(window.pages[title]):
        hand.settle()
        assert "程序内部出错" not in str(window.status.cget("text"))
        for one in below(window.pages[title]):
            if one.winfo_class() in (*CLICKED, *FILLED, "Treeview", "Text", "Listbox", "TLabel"):
                holder.see(one)
                window.root.update()
                hand_is_at, seen = box(one), box(holder.view)
                name = f"{one.winfo_class()} {one.cget('text') if one.winfo_class() in CLICKED else one}"
                assert hand_is_at.left >= seen.left, name
                assert hand_is_at.right <= seen.right, name
                assert hand_is_at.top >= seen.top, name
                assert hand_is_at.bottom <= seen.bottom or one.winfo_class() in ("Text", "TLabel"), name
            if one.winfo_class() in (*CLICKED, "TLabel"):
                assert one.winfo_width() >= one.winfo_reqwidth(), f"{one.cget('text')} is cut"
                assert one.winfo_height() >= one.winfo_reqheight(), f"{one.cget('text')} is cut"


@needs_screen
@pytest.mark.parametrize("title", [step.title for step in all_steps()])
def test_labels_stand_level_with_their_fields(window: Window, title: str) -> None:
    hand = Hand(window.root)
    window.go(title, [])
    for _ in showings(window.pages[title]):
        hand.settle()
        for label in below(window.pages[title]):
            place: dict[str, Any] = label.grid_info() if label.winfo_class() == "TLabel" else {}
            if not place or place["column"] != 0:
                continue
            beside = label.master.grid_slaves(row=place["row"], column=1)
            fields = [one for one in beside if one.winfo_height() < 2 * label.winfo_height()]
            for field in fields:
                middles = [sum(box(one)[1::2]) / 2 for one in (label, field)]
                assert abs(middles[0] - middles[1]) <= 2, label.cget("text")


@needs_screen
def test_the_steps_can_all_be_reached(window: Window) -> None:
    hand = Hand(window.root)
    hand.settle()
    for button in window.buttons.values():
        window.side.see(button)
        hand.settle()
        assert inside(box(button), box(window.side))


@needs_screen
def test_the_line_below_has_room_for_what_is_said(window: Window, tmp_path: Path) -> None:
    hand, foot = Hand(window.root), window.foot
    long = (
        "“部门整体支出绩效自评表（报送稿）.xlsx”：正在被 Excel、WPS 或 LibreOffice 打开，请保存并关闭后重试。"
        * 2
    )
    foot.progress(Progress(1, 3, long))
    foot.offer(tmp_path)
    hand.settle()
    for one in (foot.open_button, foot.folder_button, foot.bar, foot.cancel, foot.status):
        assert inside(box(one), box(window.root)), one
    assert foot.status.winfo_height() >= foot.status.winfo_reqheight()
    foot.progress(None)


@needs_screen
def test_a_page_scrolls_by_wheel_and_by_tab(window: Window) -> None:
    hand = Hand(window.root)
    window.root.geometry(f"{window.look.px(640)}x{window.look.px(400)}+0+0")
    window.go("校验打分", [])
    hand.settle()
    holder: Any = window.holders["校验打分"]
    view = holder.view
    assert view.yview()[1] < 1
    last = [one for one in below(holder.body) if one.winfo_class() in (*FILLED, "TButton", "Treeview")][-1]
    last.focus_force()
    hand.settle()
    assert box(last).top >= box(view).top - 1
    assert view.yview()[0] > 0
    before = view.yview()[0]
    hand.roll(view, up=True)
    assert view.yview()[0] < before
