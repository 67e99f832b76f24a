"""The window in real use: a virtual screen, real clicks and keys, the year's work from start to end."""

from __future__ import annotations

import gc
import json
import os
import sys
import tkinter as tk
from collections.abc import Iterator
from pathlib import Path
from tkinter import ttk
from typing import TypeVar, cast

import pytest
from facts import shangjie
from screen import Hand, needs_screen, screen
from typed import typed

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.faces.window import launching, settings
from perf_excel.faces.window.app import Window
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.steps import all_steps
from perf_excel.faces.window.steps.adopting import AdoptingPage
from perf_excel.faces.window.steps.checking import CheckingPage
from perf_excel.faces.window.steps.exporting import ExportingPage
from perf_excel.faces.window.steps.filling import FillingPage
from perf_excel.faces.window.steps.ruleset_page import RulesPage
from perf_excel.forms.data_writing import data_of
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.sheets.grid import Edit

pytestmark = pytest.mark.usefixtures("display")

P = TypeVar("P", bound=ttk.Frame)


@pytest.fixture(scope="module", autouse=True)
def display() -> Iterator[None]:
    """One screen for all tests here."""
    with screen() as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", name)
        yield


@pytest.fixture
def window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """An open window of a user without settings."""
    # The last test's window is taken apart here: Tk's variables must not be, by chance, in a job's thread.
    gc.collect()
    monkeypatch.setenv(settings.PLACE, str(tmp_path / "设置"))
    opened = Window()
    opened.open()
    opened.root.focus_force()
    yield opened
    opened.leave()


@pytest.fixture
def hand(window: Window) -> Hand:
    return Hand(window.root)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The Shangjie form of 31 rows, with its two contradictions."""
    path = tmp_path / "上街区 自评表.xlsx"
    path.write_bytes(make(Order(ruleset("henan-department"), data=shangjie()), path).data)
    return path


def page(window: Window, kind: type[P]) -> P:
    return next(one for one in window.pages.values() if isinstance(one, kind))


def rows(table: ttk.Treeview) -> list[list[str]]:
    return [[str(value) for value in table.item(row, "values")] for row in table.get_children()]


def middle_of(table: ttk.Treeview, row: int, column: str) -> tuple[int, int]:
    """Where to click on a cell of a table."""
    x, y, width, height = cast("tuple[int, int, int, int]", table.bbox(table.get_children()[row], column))
    return x + width // 2, y + height // 2


def text_of(paper: tk.Text) -> str:
    return paper.get("1.0", "end-1c")


@needs_screen
def test_every_step_is_a_click_and_a_key_away(window: Window, hand: Hand) -> None:
    for number, step in enumerate(all_steps(), 1):
        hand.click(window.buttons[step.title])
        assert window.pages[step.title].winfo_ismapped()
        hand.key("alt+1")
        assert window.pages["开始"].winfo_ismapped()
        hand.key(f"alt+{number}")
        assert window.pages[step.title].winfo_ismapped()


@needs_screen
def test_a_dropped_file_is_checked_and_its_findings_lead_to_their_cells(
    window: Window, hand: Hand, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Path, str, str]] = []

    def note(path: Path, sheet: str, cell: str) -> None:
        opened.append((path, sheet, cell))

    monkeypatch.setattr(launching, "show", note)
    window.open([book])
    checking = page(window, CheckingPage)
    hand.wait(lambda: bool(checking.table.tree.get_children()))
    assert [row[:2] + row[3:5] for row in rows(checking.table.tree)] == [
        ["提醒", "V16", "F22", "预算调整率"],
        ["提醒", "V16", "F23", "结转结余率"],
    ]
    assert "按规则得 95.81 分（优）" in str(checking.summary.cget("text"))

    hand.click(checking.table.tree, *middle_of(checking.table.tree, 1, "cell"))
    assert opened == [(book, "部门整体自评表", "F23")]
    assert "27.59%" in text_of(checking.detail)
    assert window.desk.settings.recent == (str(book),)


@needs_screen
def test_a_new_form_is_made_by_keys_and_mouse(window: Window, hand: Hand, tmp_path: Path) -> None:
    window.go("新建与填报", [])
    filling, target = page(window, FillingPage), tmp_path / "新表 2023.xlsx"
    for entry, text in ((filling.unit, "test unit"), (filling.year, "2023")):
        hand.click(entry)
        hand.type(text)
    filling.target.put(target)
    hand.click(filling.new_button)
    hand.wait(target.exists)
    hand.wait(lambda: not window.work.busy)
    assert "已保存" in text_of(filling.notes)
    assert (window.desk.settings.unit, window.desk.settings.year) == ("test unit", "2023")
    assert settings.load() == window.desk.settings


@needs_screen
def test_what_is_missing_is_asked_for_in_a_sentence(window: Window, hand: Hand) -> None:
    window.go("新建与填报", [])
    hand.click(page(window, FillingPage).new_button)
    assert window.status.cget("text") == "请先选择保存的位置。"
    window.go("校验打分", [])
    hand.click(page(window, CheckingPage).check_button)
    assert "请先添加要处理的工作簿" in str(window.status.cget("text"))


@needs_screen
def test_data_is_filled_into_a_form_and_the_form_is_kept(
    window: Window, hand: Hand, book: Path, tmp_path: Path
) -> None:
    before = book.read_bytes()
    values, target = tmp_path / "数据.json", tmp_path / "已填.xlsx"
    values.write_text(json.dumps(data_of(shangjie()), ensure_ascii=False), encoding="utf-8")
    window.go("新建与填报", [])
    filling = page(window, FillingPage)
    hand.click(filling.tabs, 150, 12)
    filling.book.put(book)
    filling.values.put(values)
    filling.filled.put(book)
    hand.click(filling.fill_button)
    hand.wait(lambda: "目标就是原文件" in str(window.status.cget("text")))
    filling.filled.put(target)
    hand.click(filling.fill_button)
    hand.wait(target.exists)
    hand.wait(lambda: not window.work.busy)
    assert book.read_bytes() == before


@needs_screen
def test_points_go_into_a_copy(window: Window, hand: Hand, book: Path, tmp_path: Path) -> None:
    target = tmp_path / "打分.xlsx"
    window.go("校验打分", [])
    checking = page(window, CheckingPage)
    checking.files.add([book])
    checking.score_into(target)
    hand.wait(lambda: not window.work.busy)
    assert target.exists()
    assert "总分：95.81分，等级：优" in text_of(checking.detail)


@needs_screen
def test_findings_are_listed_waived_with_a_reason_and_no_longer_counted(
    window: Window, hand: Hand, book: Path, tmp_path: Path
) -> None:
    target = tmp_path / "校验结果.xlsx"
    window.open([book])
    checking = page(window, CheckingPage)
    hand.wait(lambda: not window.work.busy)
    checking.list_into(target)
    hand.wait(target.exists)
    hand.wait(lambda: not window.work.busy)
    workbook = Workbook.open(target)
    heads = {cell.value: place for place, cell in workbook.grid("校验结果").cells.items()}
    (row, waive), (_, reason) = heads["处理"], heads["理由"]
    edits = [Edit(row + 1, waive, "忽略"), Edit(row + 1, reason, "追加预算有批复文件")]
    target.write_bytes(workbook.fill({"校验结果": edits}))
    window.open([target])
    hand.wait(lambda: len(rows(checking.table.tree)) == 1)
    assert "已忽略 1 项" in str(checking.summary.cget("text"))


@needs_screen
def test_a_self_evaluation_starts_from_a_declaration_and_is_held_against_it(
    window: Window, hand: Hand, tmp_path: Path
) -> None:
    declared, target = tmp_path / "申报表.xlsx", tmp_path / "自评表.xlsx"
    declared.write_bytes(make(Order(ruleset("zhengzhou-declaration")), declared).data)
    window.go("新建与填报", [])
    filling = page(window, FillingPage)
    filling.data.put(declared)
    filling.target.put(target)
    hand.click(filling.new_button)
    hand.wait(target.exists)
    hand.wait(lambda: not window.work.busy)
    window.go("校验打分", [])
    checking = page(window, CheckingPage)
    checking.files.add([target])
    checking.against.put(declared)
    hand.click(checking.check_button)
    hand.wait(lambda: not window.work.busy)
    assert "共校验 1 个工作簿" in str(checking.summary.cget("text"))


@needs_screen
def test_a_bureau_s_form_is_kept_and_used(window: Window, hand: Hand, tmp_path: Path) -> None:
    own, target = tmp_path / "本地表.xlsx", tmp_path / "新表.xlsx"
    own.write_bytes(typed(shangjie()))
    window.go("收表样", [own])
    adopting = page(window, AdoptingPage)
    hand.click(adopting.keep_button)
    assert window.status.cget("text") == "请给模板起一个名称。"
    hand.click(adopting.name)
    hand.type("own-form")
    hand.click(adopting.keep_button)
    hand.wait(lambda: adopting.list.lines == ["own-form"])
    assert "收作模板“own-form”" in text_of(adopting.words)
    hand.click(adopting.list, 20, 8)
    adopting.new_into(target)
    hand.wait(target.exists)
    hand.wait(lambda: not window.work.busy)


@needs_screen
def test_files_that_cannot_be_used_stop_no_other(
    window: Window, hand: Hand, book: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "坏文件.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing more")
    window.open([broken, book, tmp_path / "没有.xlsx"])
    checking = page(window, CheckingPage)
    hand.wait(lambda: bool(checking.table.tree.get_children()))
    levels = [row[0] for row in rows(checking.table.tree)]
    assert levels == ["无法使用", "提醒", "提醒", "无法使用"]
    assert "2 个无法使用" in str(checking.summary.cget("text"))


@pytest.mark.skipif(sys.platform == "win32", reason="代替 LibreOffice 的是 shell 脚本")
@needs_screen
def test_an_export_is_cancelled_without_a_trace(
    window: Window, hand: Hand, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\necho $$ > " + str(tmp_path / "pid") + "\nsleep 60 & wait\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PERF_EXCEL_SOFFICE", str(slow))
    folder = tmp_path / "导出"
    folder.mkdir()
    window.go("导出", [book])
    exporting = page(window, ExportingPage)
    exporting.folder.put(folder)
    hand.click(exporting.button)
    hand.wait((tmp_path / "pid").exists)
    hand.click(window.cancel)
    hand.wait(lambda: not window.work.busy)
    assert "已取消" in str(window.status.cget("text"))
    assert list(folder.iterdir()) == []
    pid = int((tmp_path / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@needs_screen
def test_data_and_finished_form_are_exported(window: Window, hand: Hand, book: Path, tmp_path: Path) -> None:
    window.go("导出", [book])
    exporting = page(window, ExportingPage)
    exporting.folder.put(tmp_path)
    for suffix in (".xlsx", ".json", ".pdf"):
        hand.click(exporting.boxes[suffix])
    hand.click(exporting.button)
    hand.wait(lambda: bool(text_of(exporting.lines)))
    assert sorted(path.name for path in tmp_path.glob("*完成表*")) == [
        "上街区 自评表（完成表）.json",
        "上街区 自评表（完成表）.xlsx",
    ]


@needs_screen
def test_a_rule_set_is_read_and_copied(window: Window, hand: Hand, tmp_path: Path) -> None:
    window.go("规则集", [])
    rules = page(window, RulesPage)
    hand.click(rules.list, 20, 8)
    assert ruleset(rules.name).name in text_of(rules.words)
    rules.copy_into(tmp_path / "自定.toml")
    assert 'id = "自定"' in (tmp_path / "自定.toml").read_text(encoding="utf-8")
    hand.click(rules.usual_button)
    assert settings.load().rules == rules.name


@needs_screen
def test_an_internal_error_is_logged_and_said_in_a_sentence(
    window: Window, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Desk) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(Desk, "ask_files", broken)
    window.go("校验打分", [])
    checking = page(window, CheckingPage)
    add = next(one for one in checking.files.winfo_children() if isinstance(one, ttk.Button))
    hand.click(add)
    assert "程序内部出错（RuntimeError）" in str(window.status.cget("text"))
    assert "boom" in settings.log_file().read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"recent": 3, "unit": 4}', '{"recent": [1, "a"]}'])
def test_damaged_settings_are_as_if_never_set(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(settings.PLACE, str(tmp_path))
    (tmp_path / "settings.json").write_text(text, encoding="utf-8")
    loaded = settings.load()
    assert loaded.unit == ""
    assert all(isinstance(name, str) for name in loaded.recent)
