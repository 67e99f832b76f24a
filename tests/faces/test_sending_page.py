"""Sending as a clerk does it: a list with the right heads, what is wrong with it, the files, once more."""

from __future__ import annotations

import threading
import zipfile
from pathlib import Path

import openpyxl
import pytest
from screen import Hand, needs_screen, page, rows

from perf_excel.books.opening import open_book
from perf_excel.faces.window import launching, questions
from perf_excel.faces.window.app import Window
from perf_excel.faces.window.steps.sending_page import SendingPage
from perf_excel.jobs import distribute
from perf_excel.jobs.distribute import LIST
from perf_excel.jobs.examination.examining import find

GOOD = ("单位名称,单位编码,年度,上级单位", "甲局,101,2024,主管局", "乙局,102,2024,", "丙局,103,2024,主管局")


@pytest.fixture
def sending(window: Window) -> SendingPage:
    window.go("下发", [])
    return page(window, SendingPage)


def listed(folder: Path, *lines: str) -> Path:
    path = folder / "单位名单.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was opened."""
    shown: list[Path] = []

    def show(path: Path, *_: str) -> None:
        shown.append(path)

    monkeypatch.setattr(launching, "show", show)
    return shown


@needs_screen
def test_what_is_missing_is_asked_for_in_a_sentence(window: Window, hand: Hand, sending: SendingPage) -> None:
    for button, asked in (
        (sending.send_button, "请先选择写到哪个文件夹。"),
        (sending.look_button, "请先选择单位名单。"),
        (sending.folder_button, "还没有下发，请先下发。"),
        (sending.list_button, "还没有下发，请先下发。"),
    ):
        hand.click(button)
        assert window.status.cget("text") == asked


@needs_screen
def test_an_empty_list_has_the_heads_of_the_chosen_forms(
    window: Window, hand: Hand, sending: SendingPage, tmp_path: Path
) -> None:
    hand.click(sending.forms.add_button)
    target = tmp_path / "单位名单.xlsx"
    sending.blank_into(target)
    hand.wait(lambda: not window.work.busy)
    heads = [cell.value for cell in openpyxl.load_workbook(target).worksheets[0][1]]
    assert heads[:5] == ["单位名称", "单位编码", "上级单位", "年度", "项目名称"]
    assert sending.units.path == target
    assert "请打开它，一行填一个单位" in str(window.status.cget("text"))


@needs_screen
def test_a_list_is_looked_at_before_anything_is_written(
    hand: Hand, sending: SendingPage, tmp_path: Path
) -> None:
    sending.units.put(listed(tmp_path, "单位名称,单位编码,年度", ",1,2024", "甲局,2,去年", "合计,,"))
    hand.click(sending.look_button)
    hand.wait(lambda: bool(sending.table.rows))
    assert rows(sending.table.tree) == [
        ["第 2 行", "没有单位名称"],
        ["第 3 行", "年度“去年”不是四位年份，请改成如 2025"],
        ["第 4 行", "“合计”像是合计行，不是单位，请删去"],
    ]
    sending.units.put(listed(tmp_path, *GOOD))
    hand.click(sending.look_button)
    hand.wait(lambda: sending.table.rows[0].texts[0] == "甲局")
    assert [row[0] for row in rows(sending.table.tree)] == ["甲局", "乙局", "丙局"]
    assert "将写 3 家单位的 3 个文件，还没有写" in str(sending.summary.label.cget("text"))
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".xlsx"] == []


@needs_screen
def test_forms_go_out_and_the_folder_and_list_open(
    window: Window, hand: Hand, sending: SendingPage, opened: list[Path], tmp_path: Path
) -> None:
    target = tmp_path / "下发"
    sending.units.put(listed(tmp_path, *GOOD))
    sending.target.put(target)
    hand.click(sending.boxes["by_superior"])
    hand.click(sending.send_button)
    hand.wait(lambda: bool(sending.table.rows) and not window.work.busy)
    assert sorted(path.relative_to(target).parts[0] for path in target.glob("*/*.xlsx")) == [
        "主管局", "主管局", "未注明上级单位",
    ]  # fmt: skip
    assert "已下发：3 家单位，3 个文件，另有下发清单；下发编号：" in str(sending.summary.label.cget("text"))
    hand.click(sending.folder_button)
    hand.click(sending.list_button)
    sending.table.tree.focus_set()
    sending.table.tree.selection_set(sending.table.tree.get_children()[1])
    hand.key("Return")
    second = target / sending.table.rows[1].texts[-1]
    assert opened == [target, target / LIST, second]
    assert find(open_book(second)).reading.form.unit == "乙局"


@needs_screen
def test_files_that_are_there_are_replaced_only_when_asked(
    window: Window, hand: Hand, sending: SendingPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = iter([False, True])
    asked: list[str] = []

    def answer(_: object, question: str) -> bool:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(questions, "agreed", answer)
    target = tmp_path / "下发"
    sending.units.put(listed(tmp_path, *GOOD))
    sending.target.put(target)
    for _ in range(3):
        hand.click(sending.send_button)
        hand.wait(lambda: not window.work.busy)
    assert len(asked) == 2
    assert "文件夹里已有同名文件" in asked[0]
    assert "--" not in asked[0]
    assert len(list(target.glob("备份-*/*.xlsx"))) == 4
    assert "原有的同名文件已移入“备份-" in str(sending.summary.label.cget("text"))


@needs_screen
def test_all_goes_into_one_archive(window: Window, hand: Hand, sending: SendingPage, tmp_path: Path) -> None:
    sending.units.put(listed(tmp_path, *GOOD))
    sending.target.put(tmp_path / "下发")
    hand.click(sending.boxes["zipped"])
    hand.click(sending.send_button)
    hand.wait(lambda: (tmp_path / "下发.zip").exists() and not window.work.busy)
    with zipfile.ZipFile(tmp_path / "下发.zip") as archive:
        assert len(archive.namelist()) == 4
    hand.click(sending.list_button)
    assert "下发清单在压缩包 下发.zip 里" in str(window.status.cget("text"))


@needs_screen
def test_a_cancelled_pack_leaves_nothing(
    window: Window, hand: Hand, sending: SendingPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    ask = distribute.stop_if_asked

    def wait_at_the_second() -> None:
        if begun.is_set():
            go_on.wait(20)
        begun.set()
        ask()

    monkeypatch.setattr(distribute, "stop_if_asked", wait_at_the_second)
    sending.units.put(listed(tmp_path, *GOOD))
    sending.target.put(tmp_path / "下发")
    hand.click(sending.send_button)
    hand.wait(begun.is_set)
    hand.click(window.cancel)
    assert window.status.cget("text") == "正在取消……"
    go_on.set()
    hand.wait(lambda: not window.work.busy)
    assert "已取消，没有改动任何文件" in str(window.status.cget("text"))
    assert [path.name for path in tmp_path.iterdir() if path.name != "设置"] == ["单位名单.csv"]


@needs_screen
def test_several_forms_go_out_together(hand: Hand, sending: SendingPage) -> None:
    hand.click(sending.forms.add_button)
    hand.click(sending.forms.add_button)
    sending.forms.box.current(1)
    hand.click(sending.forms.add_button)
    assert len(sending.forms.named()) == 2
    hand.click(sending.forms.list, 20, 8)
    hand.key("Delete")
    assert sending.forms.list.lines == [sending.forms.box.get()]
