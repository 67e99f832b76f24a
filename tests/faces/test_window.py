"""The window in real use: a virtual screen, real clicks and keys, the year's work from start to end."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from screen import Hand, middle_of, needs_screen, page, rows, text_of

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.faces.window import settings
from perf_excel.faces.window.app import Window
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.steps import all_steps
from perf_excel.faces.window.steps import checking as checking_page
from perf_excel.faces.window.steps.checking import CheckingPage
from perf_excel.faces.window.steps.exporting import ExportingPage
from perf_excel.faces.window.steps.filling import FillingPage
from perf_excel.sheets.grid import Edit


@needs_screen
def test_every_step_is_a_click_and_a_key_away(window: Window, hand: Hand) -> None:
    for number, step in enumerate(all_steps(), 1):
        hand.click(window.buttons[step.title])
        assert window.pages[step.title].winfo_viewable()
        hand.key("alt+1")
        assert window.pages["开始"].winfo_viewable()
        hand.key(f"alt+{number}")
        assert window.pages[step.title].winfo_viewable()


@needs_screen
def test_a_dropped_file_is_checked_and_its_findings_lead_to_their_cells(
    window: Window, hand: Hand, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Path, str, str]] = []

    def note(path: Path, sheet: str, cell: str) -> str:
        opened.append((path, sheet, cell))
        return "已转到那一格"

    monkeypatch.setattr(checking_page, "go_to", note)
    window.open([book])
    checking = page(window, CheckingPage)
    hand.wait(lambda: bool(checking.table.tree.get_children()))
    assert [(row[0], row[3], row[4], row[5]) for row in rows(checking.table.tree)] == [
        ("提醒", "F22", "预算调整率", "指标与预算数据不一致"),
        ("提醒", "F23", "结转结余率", "指标与预算数据不一致"),
    ]
    assert "按规则得 95.81 分（优），满分 100 分" in str(checking.standing.cget("text"))
    assert checking.files.folded

    hand.click(checking.table.tree, *middle_of(checking.table.tree, 1, "3"))
    hand.wait(lambda: opened == [(book, "部门整体自评表", "F23")])
    hand.wait(lambda: window.status.cget("text") == "已转到那一格")
    detail = text_of(checking.detail)
    assert "27.59%" in detail
    assert "这一行的算式（结转结余率，应得 1 分）：实际0% 达到目标" in detail
    assert "查什么" in detail
    hand.key("Up", "Return")
    hand.wait(lambda: opened[-1][2] == "F22")
    assert window.desk.settings.recent == (str(book),)


@needs_screen
def test_what_is_missing_is_asked_for_in_a_sentence(window: Window, hand: Hand) -> None:
    window.go("新建与填报", [])
    hand.click(page(window, FillingPage).new.button)
    assert window.status.cget("text") == "请先选择保存的位置。"
    window.go("校验打分", [])
    hand.click(page(window, CheckingPage).check_button)
    assert "请先添加要处理的工作簿" in str(window.status.cget("text"))


@needs_screen
def test_points_go_into_a_copy(window: Window, hand: Hand, book: Path, tmp_path: Path) -> None:
    target = tmp_path / "打分.xlsx"
    window.go("校验打分", [])
    checking = page(window, CheckingPage)
    checking.files.add([book])
    checking.score_into(target)
    hand.wait(lambda: not window.work.busy)
    assert target.exists()
    assert "已保存" in text_of(checking.detail)
    assert "95.81 分（优）" in str(checking.standing.cget("text"))
    assert window.foot.open_button.winfo_ismapped()
    assert window.foot.folder_button.winfo_ismapped()


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
        "郑州市上街区信访局-2022-上街区 自评表（完成表）.json",
        "郑州市上街区信访局-2022-上街区 自评表（完成表）.xlsx",
    ]


@needs_screen
def test_an_internal_error_is_logged_and_said_in_a_sentence(
    window: Window, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Desk) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(Desk, "ask_files", broken)
    window.go("校验打分", [])
    checking = page(window, CheckingPage)
    hand.click(checking.files.add_button)
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
