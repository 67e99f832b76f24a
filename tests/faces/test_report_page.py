"""Reports as a clerk makes them: written from the form, brought up to date, held against it."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from facts import shangjie
from screen import Hand, needs_screen, page, rows

from perf_excel.faces.window import questions
from perf_excel.faces.window.app import Window
from perf_excel.faces.window.steps.report_page import ReportPage
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset


@pytest.fixture
def reporting(window: Window, book: Path) -> ReportPage:
    """The page with the form on it."""
    window.go("报告与核对", [book])
    return page(window, ReportPage)


def written(window: Window, hand: Hand, reporting: ReportPage, target: Path) -> Path:
    reporting.target.put(target)
    hand.click(reporting.write_button)
    hand.wait(lambda: not window.work.busy)
    return target


def with_text(source: Path, target: Path, old: str, new: str) -> Path:
    """The document with a text replaced wherever it stands."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old.encode(), new.encode()))
    return target


@needs_screen
def test_a_report_is_written_and_says_what_is_to_be_filled_in(
    window: Window, hand: Hand, reporting: ReportPage, tmp_path: Path
) -> None:
    hand.click(reporting.write_button)
    assert window.status.cget("text") == "请先选择报告保存的位置。"
    target = written(window, hand, reporting, tmp_path / "报告.docx")
    assert len(docx.Document(str(target)).paragraphs) > 20
    said = str(reporting.summary.label.cget("text"))
    assert said.startswith("报告写好了：郑州市上街区信访局，2022 年度，部门整体自评表。待填 ")
    assert ["待填", "文中标黄处", "【待填：年度部门总目标】"] in rows(reporting.table.tree)


@needs_screen
def test_another_outline_gives_another_report(
    window: Window, hand: Hand, reporting: ReportPage, tmp_path: Path
) -> None:
    own = written(window, hand, reporting, tmp_path / "河南.docx")
    reporting.outline.set("广州市部门整体支出绩效自评")
    other = written(window, hand, reporting, tmp_path / "广州.docx")

    def heads(path: Path) -> list[str]:
        return [one.text for one in docx.Document(str(path)).paragraphs if one.text.startswith("一、")]

    assert heads(own)
    assert own.read_bytes() != other.read_bytes()
    assert len(docx.Document(str(own)).paragraphs) != len(docx.Document(str(other)).paragraphs)


@needs_screen
def test_a_borrowed_outline_is_named(
    window: Window, hand: Hand, reporting: ReportPage, tmp_path: Path
) -> None:
    other = tmp_path / "重庆.xlsx"
    other.write_bytes(make(Order(ruleset("chongqing-department"), unit="某局", year=2024), other).data)
    reporting.files.clear()
    reporting.files.add([other])
    written(window, hand, reporting, tmp_path / "报告.docx")
    assert "没有自己的提纲，用的是“河南省部门整体自评”的" in str(reporting.summary.label.cget("text"))


@needs_screen
def test_a_template_of_one_s_own_is_checked_and_used(
    window: Window, hand: Hand, reporting: ReportPage, tmp_path: Path
) -> None:
    good, bad = tmp_path / "好.docx", tmp_path / "坏.docx"
    for path, tag in ((good, "单位"), (bad, "没有的名称")):
        document = docx.Document()
        document.add_paragraph("自评报告：{{ " + tag + " }}")
        document.save(str(path))
    reporting.template.put(bad)
    hand.click(reporting.tags_button)
    assert "有误 1 处" in str(reporting.summary.label.cget("text"))
    assert rows(reporting.table.tree)[0][0] == "标签有误"
    reporting.target.put(tmp_path / "报告.docx")
    hand.click(reporting.write_button)
    hand.wait(lambda: not window.work.busy)
    assert "模板的标签有误" in str(window.status.cget("text"))
    assert "check-template" not in str(window.status.cget("text"))
    reporting.template.put(good)
    written(window, hand, reporting, tmp_path / "报告.docx")
    assert (tmp_path / "报告.docx").exists()


@needs_screen
def test_only_the_figures_are_brought_up_to_date(
    window: Window, hand: Hand, reporting: ReportPage, book: Path, tmp_path: Path
) -> None:
    report = written(window, hand, reporting, tmp_path / "报告.docx")
    first = shangjie().indicators
    lower = replace(shangjie(), funding=tuple(_less(one) for one in shangjie().funding), indicators=first)
    book.write_bytes(make(Order(ruleset("henan-department"), data=lower), book).data)
    reporting.tabs.turn_to(reporting.refresh_button.master)  # type: ignore[arg-type]
    reporting.newer.put(report)
    hand.click(reporting.refresh_button)
    assert "目标就是已有的报告" in str(window.status.cget("text"))
    reporting.newer.put(tmp_path / "新报告.docx")
    hand.click(reporting.refresh_button)
    hand.wait(lambda: not window.work.busy)
    assert (tmp_path / "新报告.docx").exists()
    changed = [row for row in rows(reporting.table.tree) if row[0] == "已更新"]
    assert any("执行" in row[1] for row in changed)
    assert str(reporting.summary.label.cget("text")).startswith(f"更新 {len(changed)} 项，没有变的 ")


def _less(money: object) -> object:
    executed = getattr(money, "executed", None)
    return replace(money, executed=executed - Decimal(10)) if executed else money  # type: ignore[type-var]


@needs_screen
def test_what_does_not_agree_is_listed_and_commented(
    window: Window, hand: Hand, reporting: ReportPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    report = written(window, hand, reporting, tmp_path / "报告.docx")
    wrong = with_text(report, tmp_path / "改过.docx", "95.81", "96.81")
    document = docx.Document(str(wrong))
    document.add_paragraph("本单位另有借调人员17人。")
    document.save(str(wrong))
    reporting.tabs.turn_to(reporting.comparing)
    hand.click(reporting.comparing.comments_button)
    assert window.status.cget("text") == "请先核对报告，再另存带批注的副本。"
    reporting.comparing.report.put(wrong)
    hand.click(reporting.comparing.button)
    hand.wait(lambda: not window.work.busy)
    found = rows(reporting.table.tree)
    # The total stands in a sentence, in the table of levels and in the annex.
    assert [row[3:6] for row in found] == [
        [printed, "95.81", "部门整体自评表!H47"] for printed in ("96.81分", "96.81", "96.81")
    ]
    assert "对不上 3 处，未能对应" in str(reporting.summary.label.cget("text"))
    hand.click(reporting.comparing.unmatched_box)
    assert {row[0] for row in rows(reporting.table.tree)} == {"错误", "未能对应"}

    def target(*_: object) -> Path:
        return tmp_path / "批注.docx"

    monkeypatch.setattr(questions, "ask_target", target)
    hand.click(reporting.comparing.comments_button)
    hand.wait(lambda: not window.work.busy)
    with zipfile.ZipFile(tmp_path / "批注.docx") as package:
        assert "95.81" in package.read("word/comments.xml").decode()


@needs_screen
def test_a_dropped_document_is_a_report(window: Window, book: Path, tmp_path: Path) -> None:
    window.go("报告与核对", [book, tmp_path / "自评报告.docx"])
    reporting = page(window, ReportPage)
    assert reporting.files.paths == [book]
    assert (reporting.comparing.report.path, reporting.older.path) == (
        tmp_path / "自评报告.docx",
        tmp_path / "自评报告.docx",
    )


@needs_screen
def test_published_tables_are_held_against_one_another(
    window: Window, hand: Hand, reporting: ReportPage, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("收支总体情况表",), ("单位：万元",), ("项目", "预算数", "项目", "预算数"),
        ("一、财政拨款", 60, "一、基本支出", 70), ("二、其他收入", 40, "二、项目支出", 20),
        ("收入总计", 100, "支出总计", 100),
    ):  # fmt: skip
        sheet.append(row)
    path = tmp_path / "公开表.xlsx"
    book.save(path)
    reporting.tabs.turn_to(reporting.auditing)
    reporting.files.clear()
    hand.click(reporting.auditing.button)
    assert window.status.cget("text") == "请先添加要处理的工作簿（点“添加文件…”，或把文件拖到列表里）。"
    reporting.files.add([path])
    hand.click(reporting.auditing.button)
    hand.wait(lambda: not window.work.busy)
    found = rows(reporting.table.tree)
    assert [row[1:6] for row in found] == [["公开表.xlsx", "收支总体情况表", "D6", "100", "90"]]
    assert "一、基本支出 70 + 二、项目支出 20 = 90" in found[0][6]
    assert "对不上 1 处" in str(reporting.summary.label.cget("text"))
    assert reporting.table.rows[0].path == path
