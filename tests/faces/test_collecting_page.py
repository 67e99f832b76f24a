"""Collecting as a clerk does it: who sent what, twice, with replies, and into the department's own form."""

from __future__ import annotations

import shutil
import time
from functools import partial
from pathlib import Path

import pytest
from returned import files, filled, sent, template, zipped
from screen import Hand, needs_screen, page, rows

from perf_excel.books.summary.records import FileRecord
from perf_excel.faces.window import launching, questions
from perf_excel.faces.window.app import Window
from perf_excel.faces.window.steps import collecting_page
from perf_excel.faces.window.steps.collecting_page import CollectingPage
from perf_excel.jobs.collect import collect
from perf_excel.jobs.collecting.reading_returns import Task, read_return
from perf_excel.jobs.collecting.sent_list_near import sent_list_near
from perf_excel.jobs.examination.examining import examine

UNITS = ["甲局", "乙局", "丙局", "丁局"]
WORSE = ("98%", "96%", "10次", "100%", "95%", "3件")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was sent, and beside it what came back: one right, one in two versions, one in a zip, one not."""
    folder = tmp_path_factory.mktemp("收表") / "今年"
    blank = {unit: path.read_bytes() for unit, path in files(sent(folder, UNITS)).items()}
    back = folder / "回收"
    back.mkdir()
    (back / "甲局.xlsx").write_bytes(filled(blank["甲局"]))
    (back / "乙局.xlsx").write_bytes(filled(blank["乙局"]))
    (back / "乙局改.xlsx").write_bytes(filled(blank["乙局"], WORSE))
    (back / "丙局.zip").write_bytes(zipped({"丙局.xlsx": filled(blank["丙局"], WORSE)}))
    (back / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing more")
    return folder


@pytest.fixture
def back(scene: Path, tmp_path: Path) -> Path:
    shutil.copytree(scene, tmp_path / "今年")
    return tmp_path / "今年" / "回收"


@pytest.fixture
def collecting(window: Window, back: Path) -> CollectingPage:
    """The page with the folder dropped on it."""
    window.go("收表汇总", [back])
    return page(window, CollectingPage)


def collected(window: Window, hand: Hand, collecting: CollectingPage) -> None:
    hand.click(collecting.collect_button)
    hand.wait(lambda: not window.work.busy)


@needs_screen
def test_the_list_of_what_was_sent_is_found_by_itself(collecting: CollectingPage, back: Path) -> None:
    assert collecting.expect.path == back.parent / "下发" / "下发清单.xlsx"
    assert collecting.target.path == back.parent / "汇总.xlsx"


@needs_screen
def test_another_folder_has_a_list_of_its_own(
    hand: Hand, collecting: CollectingPage, tmp_path: Path, back: Path
) -> None:
    other = tmp_path / "去年" / "回收"
    other.mkdir(parents=True)
    hand.click(collecting.sources.list, 20, 8)
    hand.click(collecting.sources.remove_button)
    assert (collecting.expect.path, collecting.target.path) == (None, None)
    collecting.target.put(tmp_path / "我的汇总.xlsx")
    collecting.sources.add([other])
    assert (collecting.expect.path, collecting.target.path) == (None, tmp_path / "我的汇总.xlsx")
    collecting.sources.add([back])
    assert collecting.expect.path == back.parent / "下发" / "下发清单.xlsx"


@pytest.mark.parametrize(
    ("places", "found"),
    [
        (["回收"], "回收"),
        (["."], "."),
        (["下发"], "下发"),
        ([".", "下发"], "."),
        (["下发", "再下发"], None),
        ([], None),
    ],
)
def test_a_list_is_taken_only_where_there_is_no_doubt(
    places: list[str], found: str | None, tmp_path: Path
) -> None:
    back = tmp_path / "回收"
    back.mkdir()
    for place in places:
        (tmp_path / place).mkdir(exist_ok=True)
        (tmp_path / place / "下发清单.xlsx").touch()
    expected = None if found is None else (tmp_path / found / "下发清单.xlsx").resolve()
    got = sent_list_near([back])
    assert (got.resolve() if got else None) == expected


@needs_screen
def test_every_file_and_every_missing_unit_has_a_row(
    window: Window, hand: Hand, collecting: CollectingPage, monkeypatch: pytest.MonkeyPatch, back: Path
) -> None:
    opened: list[Path] = []

    def show(path: Path, *_: str) -> None:
        opened.append(path)

    monkeypatch.setattr(launching, "show", show)
    collected(window, hand, collecting)
    assert [(row[0], row[1], row[2], row[3]) for row in rows(collecting.table.tree)] == [
        ("丁局", "", "未报送", ""),
        ("丙局", "丙局.zip/丙局.xlsx", "正常", "97.5"),
        ("乙局", "乙局改.xlsx", "正常", "97.5"),
        ("乙局", "乙局.xlsx", "重复（内容不同）", "100"),
        ("", "坏.xlsx", "无法读取", ""),
        ("甲局", "甲局.xlsx", "正常", "100"),
    ]
    said = str(collecting.summary.label.cget("text"))
    assert said.startswith("应报 4 个单位，已报 3 个，未报 1 个。这次读了 5 个文件")
    collecting.only.set("未报送 1")
    collecting.only.event_generate("<<ComboboxSelected>>")
    hand.settle()
    assert [row[0] for row in rows(collecting.table.tree)] == ["丁局"]
    hand.click(collecting.open_button)
    assert opened == [back.parent / "汇总.xlsx"]


@needs_screen
def test_a_second_run_reads_only_what_changed_and_says_so(
    window: Window, hand: Hand, collecting: CollectingPage, back: Path
) -> None:
    collected(window, hand, collecting)
    (back / "甲局.xlsx").write_bytes(filled((back / "甲局.xlsx").read_bytes(), WORSE))
    collected(window, hand, collecting)
    assert "这次读了 1 个文件，另有 4 个与上次相同，没有再读" in str(collecting.summary.label.cget("text"))
    assert "上一次的备份为" in str(window.status.cget("text"))


@needs_screen
def test_a_file_that_is_no_summary_is_not_replaced_unasked(
    window: Window,
    hand: Hand,
    collecting: CollectingPage,
    book: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def no(_: object, question: str) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr(questions, "agreed", no)
    before = book.read_bytes()
    collecting.target.put(book)
    collected(window, hand, collecting)
    assert len(asked) == 1
    assert book.read_bytes() == before


@needs_screen
def test_a_cancelled_run_is_gone_on_with(
    window: Window, hand: Hand, collecting: CollectingPage, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def slowly(task: Task) -> FileRecord:
        begun.append(task.file)
        if len(begun) > 2:
            time.sleep(0.5)
        return read_return(task)

    monkeypatch.setattr(collecting_page, "collect", partial(collect, reader=slowly))
    hand.click(collecting.collect_button)
    hand.wait(lambda: len(begun) > 2)
    hand.click(window.cancel)
    hand.wait(lambda: not window.work.busy)
    assert "没有写汇总；已读的" in str(window.status.cget("text"))
    assert not (back.parent / "汇总.xlsx").exists()
    stopped = len(begun)
    collected(window, hand, collecting)
    assert len(begun) < stopped + 5
    assert sorted(path.name for path in back.parent.glob("汇总*")) == ["汇总.xlsx"]


@needs_screen
def test_replies_and_the_list_to_phone_are_written(
    window: Window, hand: Hand, collecting: CollectingPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hand.click(collecting.reply_button)
    assert window.status.cget("text") == "还没有汇总，请先收表。"
    collected(window, hand, collecting)

    def folder(_: object, __: str) -> Path:
        return tmp_path / "回复"

    monkeypatch.setattr(questions, "ask_folder", folder)
    hand.click(collecting.reply_button)
    hand.wait(lambda: not window.work.busy)
    names = sorted(path.name for path in (tmp_path / "回复").iterdir())
    assert names == ["丁局-退回函.docx", "丙局-退回函.docx", "乙局-退回函.docx", "催报名单.xlsx"]
    assert "3 个单位的退回函（.docx），催报名单.xlsx（1 项）" in str(window.status.cget("text"))


@needs_screen
def test_what_counts_goes_into_the_department_s_form(
    window: Window, hand: Hand, collecting: CollectingPage, tmp_path: Path
) -> None:
    collected(window, hand, collecting)
    hand.click(collecting.rollup_button)
    panel = collecting.rollup
    assert [path.as_posix().rpartition("/回收/")[2] for path in panel.sources.paths] == [
        "丙局.zip/丙局.xlsx",
        "乙局改.xlsx",
        "甲局.xlsx",
    ]
    assert "收表时计入的 3 份表" in str(panel.summary.label.cget("text"))
    panel.into.put(template(tmp_path))
    panel.target.put(tmp_path / "部门（已汇总）.xlsx")
    hand.click(panel.button)
    hand.wait(lambda: not window.work.busy)
    values = {row.texts[0]: row.texts[1:4] for row in panel.table.rows if row.texts[0] != "请注意"}
    assert values["培训次数"] == ("32次", "相加", "3/3")
    assert values["年度资金总额·全年执行数"] == ("285万元", "相加", "3/3")
    tree = panel.table.tree
    tree.selection_set(tree.get_children()[0])
    hand.settle()
    assert window.status.cget("text") == "：".join(filter(None, panel.table.rows[0].texts))
    assert examine(tmp_path / "部门（已汇总）.xlsx").form.indicators[2].actual.text == "32次"


@needs_screen
def test_a_row_without_a_file_says_why_it_does_not_open(
    window: Window, hand: Hand, collecting: CollectingPage
) -> None:
    collected(window, hand, collecting)
    tree = collecting.table.tree
    tree.focus_set()
    tree.selection_set(tree.get_children()[0])
    hand.key("Return")
    assert "没有可以打开的文件" in str(window.status.cget("text"))
