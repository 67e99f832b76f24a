"""Checking as a clerk does it: with the form open beside the window, again and again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from facts import shangjie
from office import needs_office
from screen import Hand, needs_screen, page, rows, text_of

from perf_excel.faces.window import launching
from perf_excel.faces.window.app import Window
from perf_excel.faces.window.steps.checking import CheckingPage
from perf_excel.forms.measure import parse
from perf_excel.jobs.new import Order, make
from perf_excel.live.libreoffice.engine import register
from perf_excel.live.libreoffice.listening import VARIABLE
from perf_excel.live.libreoffice.process import Office
from perf_excel.live.xl import xw
from perf_excel.rules.rulesets.library import ruleset

OPEN = "正打开着，读的是最后一次保存的内容"


@pytest.fixture
def checking(window: Window, hand: Hand, book: Path) -> CheckingPage:
    """The page after a check of the form."""
    window.open([book])
    hand.wait(lambda: not window.work.busy)
    return page(window, CheckingPage)


def half_filled(folder: Path) -> Path:
    """A form of whose indicators some are still without an actual value."""
    whole = shangjie()
    blank = [replace(row, actual=parse(""), score=None) for row in whole.indicators[:3]]
    form = replace(whole, indicators=(*blank, *whole.indicators[3:]))
    path = folder / "填了一半.xlsx"
    path.write_bytes(make(Order(ruleset("henan-department"), data=form), path).data)
    return path


@needs_screen
def test_a_form_that_is_open_is_read_as_it_was_saved(
    window: Window, hand: Hand, book: Path, checking: CheckingPage
) -> None:
    assert not checking.notice.winfo_ismapped()
    lock = book.with_name(f".~lock.{book.name}#")
    lock.write_text("x", encoding="utf-8")
    hand.click(checking.check_button)
    hand.wait(lambda: OPEN in str(checking.notice.cget("text")))
    assert len(rows(checking.table.tree)) == 2
    lock.unlink()
    hand.click(checking.check_button)
    hand.wait(lambda: not window.work.busy)
    assert not checking.notice.winfo_ismapped()


@needs_screen
def test_a_check_that_fails_keeps_what_was_found(hand: Hand, book: Path, checking: CheckingPage) -> None:
    before = rows(checking.table.tree)
    book.write_bytes(b"PK\x03\x04 cut off")
    hand.click(checking.check_button)
    hand.wait(lambda: "重新校验没有成功，下面仍是" in str(checking.notice.cget("text")))
    assert rows(checking.table.tree) == before
    assert str(checking.notice.cget("style")) == "Bad.TLabel"
    assert book.name in str(checking.notice.cget("text"))


@needs_screen
def test_findings_are_filtered_sorted_and_copied(
    window: Window, hand: Hand, book: Path, tmp_path: Path
) -> None:
    other = tmp_path / "乙单位" / book.name
    other.parent.mkdir()
    sheet_of_other = openpyxl.load_workbook(book)
    sheet_of_other.save(other)
    window.open([book, other])
    hand.wait(lambda: not window.work.busy)
    checking = page(window, CheckingPage)
    assert {row[1] for row in rows(checking.table.tree)} == {
        f"{tmp_path.name}/{book.name}",
        f"乙单位/{book.name}",
    }
    file = checking.table.filters["文件"]
    file.set(f"乙单位/{book.name}")
    file.event_generate("<<ComboboxSelected>>")
    hand.settle()
    assert {row[1] for row in rows(checking.table.tree)} == {f"乙单位/{book.name}"}
    hand.click(checking.table.copy_button)
    lines = window.root.clipboard_get().splitlines()
    assert lines[0] == "级别\t文件\t单元格\t项目\t检查项\t问题"
    assert len(lines) == 1 + len(rows(checking.table.tree))

    file.set("全部文件")
    file.event_generate("<<ComboboxSelected>>")
    checking.table.table.sort(3)
    cells = [row[3] for row in rows(checking.table.tree)]
    assert cells == sorted(cells)
    checking.table.table.sort(3)
    assert [row[3] for row in rows(checking.table.tree)] == cells[::-1]


@needs_screen
def test_what_is_still_missing_is_said_with_the_score(window: Window, hand: Hand, tmp_path: Path) -> None:
    window.open([half_filled(tmp_path)])
    hand.wait(lambda: not window.work.busy)
    checking = page(window, CheckingPage)
    standing = str(checking.standing.cget("text"))
    assert "还缺：指标值或实际完成值未填（3 行）；补齐后评等级" in standing
    missing = [row for row in rows(checking.scores.table.tree) if row[6] == "待补"]
    assert len(missing) == 3
    assert all("未填" in row[8] for row in missing)


@needs_screen
def test_points_go_into_the_form_itself_and_the_old_one_is_kept(
    window: Window, hand: Hand, book: Path, checking: CheckingPage, agreed: list[str]
) -> None:
    before = book.read_bytes()
    checking.score_back()
    hand.wait(lambda: "已保存" in str(window.status.cget("text")))
    assert agreed == [f"把得分写回“{book.name}”吗？原表先备份在同一个文件夹里。"]
    (backup,) = book.parent.glob("*.备份-*.xlsx")
    assert backup.read_bytes() == before
    assert window.foot.open_button.winfo_ismapped()


@needs_screen
def test_nothing_is_replaced_unasked(
    window: Window, hand: Hand, checking: CheckingPage, tmp_path: Path
) -> None:
    target = tmp_path / "已有.xlsx"
    target.write_bytes(b"another's")
    checking.score_into(target)
    hand.wait(lambda: "已有同名的文件" in str(window.status.cget("text")))
    assert target.read_bytes() == b"another's"


@needs_screen
def test_an_unopened_form_cannot_be_checked_where_it_is_open(
    window: Window, hand: Hand, checking: CheckingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "pipe,name=nobody-listens-here")
    hand.click(checking.live_button)
    hand.wait(lambda: "请先点“打开单元格”把它打开再试" in str(window.status.cget("text")))
    assert "--" not in str(window.status.cget("text"))


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A LibreOffice that the clerk has running, and that listens."""
    with Office() as office:
        monkeypatch.setenv(VARIABLE, office.address)
        yield office


def opened_in(office: Office, path: Path) -> xw.Book:
    app = xw.App(impl=register().impl.apps.join(office.desktop))
    office.opens(path)
    return app.books.open(path)


@needs_screen
@needs_office
def test_an_open_form_is_checked_as_it_stands_and_its_cells_are_reached(
    window: Window, hand: Hand, book: Path, checking: CheckingPage, listening: Office
) -> None:
    there = opened_in(listening, book)
    sheet = there.sheets["部门整体自评表"]
    sheet.range("F22").raw_value = "'5.72%"
    hand.click(checking.live_button)
    hand.wait(lambda: "现在的内容" in str(checking.notice.cget("text")))
    assert [row[3] for row in rows(checking.table.tree)] == ["F23"]
    assert "校验结果" in [one.name for one in there.sheets]

    checking.table.table.choose(0)
    hand.click(checking.open_button)
    hand.wait(lambda: "已转到工作表“部门整体自评表”的 F23" in str(window.status.cget("text")))
    at = there.app.selection
    assert at is not None
    assert (at.row, at.column) == (23, 6)


@needs_screen
def test_without_a_way_to_the_cell_it_is_said_how_to_get_there(
    window: Window,
    hand: Hand,
    book: Path,
    checking: CheckingPage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[Path] = []

    def by_another(path: Path) -> bool:
        shown.append(path)
        return False

    monkeypatch.setenv(VARIABLE, "pipe,name=nobody-listens-here")
    monkeypatch.setattr(launching, "show", by_another)
    checking.table.table.choose(1)
    hand.click(checking.open_button)
    hand.wait(lambda: "在左上角的名称框里输入 F23 后按回车" in str(window.status.cget("text")))
    assert shown == [book]
    assert "F23" in text_of(checking.detail)
