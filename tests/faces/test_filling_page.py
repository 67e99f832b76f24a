"""New forms as a clerk makes them: blank, from a declaration, last year's form, data; and their rows."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from budgets import table
from facts import shangjie
from screen import Hand, needs_screen, page, rows, text_of
from small import form, row
from typed import typed

from perf_excel.books.documents.table_workbook import table_workbook
from perf_excel.faces.window import questions, settings
from perf_excel.faces.window.app import Window
from perf_excel.faces.window.filling_words import kind_words
from perf_excel.faces.window.steps.checking import CheckingPage
from perf_excel.faces.window.steps.filling import FillingPage
from perf_excel.forms.data_writing import data_of
from perf_excel.forms.model import Form
from perf_excel.jobs.adopt import adopt
from perf_excel.jobs.examination import shelf
from perf_excel.jobs.examination.examining import examine
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset


@pytest.fixture
def filling(window: Window) -> FillingPage:
    window.go("新建与填报", [])
    return page(window, FillingPage)


def choose(filling: FillingPage, region: str) -> None:
    """Choose the first form of a rule set."""
    box = filling.new.form
    lines: list[str] = list(box.cget("values"))
    box.current(next(at for at, line in enumerate(lines) if region in line))
    box.event_generate("<<ComboboxSelected>>")


def type_into(hand: Hand, entry: object, text: str) -> None:
    hand.click(entry)  # type: ignore[arg-type]
    hand.type(text)


def make_new(window: Window, hand: Hand, filling: FillingPage, target: Path) -> None:
    """Have the new form made, and wait for it."""
    hand.click(filling.new.button)
    hand.wait(target.exists)
    hand.wait(lambda: not window.work.busy)


@needs_screen
def test_a_blank_form_is_made_by_keys_and_mouse(hand: Hand, filling: FillingPage, tmp_path: Path) -> None:
    target = tmp_path / "新表 2023.xlsx"
    type_into(hand, filling.new.unit, "test unit")
    type_into(hand, filling.new.year, "2023")
    filling.new.target.put(target)
    assert "单位“test unit”，2023 年度，写到" in str(filling.new.order.label.cget("text"))
    hand.click(filling.new.button)
    hand.wait(lambda: "已保存" in text_of(filling.notes))
    made = examine(target).form
    assert (made.unit, made.year) == ("test unit", 2023)
    assert (settings.load().unit, settings.load().year) == ("test unit", "2023")


@needs_screen
def test_nothing_is_replaced_unasked(
    window: Window, hand: Hand, filling: FillingPage, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, asked = book.read_bytes(), list[str]()

    def no(_: object, question: str) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr(questions, "agreed", no)
    filling.new.target.put(book)
    hand.click(filling.new.button)
    hand.settle()
    assert asked == [f"{book.name} 已经存在，要替换它吗？原有的文件会先备份。"]
    assert book.read_bytes() == before
    assert not window.work.busy


@needs_screen
def test_last_year_s_form_is_known_and_gives_this_year_s(
    hand: Hand, filling: FillingPage, book: Path, tmp_path: Path
) -> None:
    target = tmp_path / "今年.xlsx"
    choose(filling, "河南省部门整体")
    type_into(hand, filling.new.year, "2023")
    filling.new.source.put(book)
    hand.wait(lambda: bool(filling.new.kind.get()))
    assert filling.new.kind.get() == kind_words("last-year")
    assert filling.new.unit.get() == shangjie().unit
    assert str(filling.new.seen.label.cget("text")).endswith("2022 年度，31 个指标。")
    filling.new.target.put(target)
    hand.click(filling.new.button)
    hand.wait(lambda: "取自2022 年的表" in text_of(filling.notes))
    made = examine(target).form
    assert (made.year, len(made.indicators)) == (2023, 31)
    assert not any(one.actual.text for one in made.indicators)


@needs_screen
def test_a_source_is_looked_at_before_anything_is_made_of_it(
    window: Window, hand: Hand, filling: FillingPage, book: Path, tmp_path: Path
) -> None:
    target = tmp_path / "新表.xlsx"
    choose(filling, "河南省部门整体")
    filling.new.target.put(target)
    hand.settle()
    filling.new.source.put(book)
    filling.new.make()
    assert window.work.busy
    hand.wait(target.exists)
    hand.wait(lambda: not window.work.busy)
    assert (examine(target).form.unit, examine(target).form.year) == (shangjie().unit, 2022)


@needs_screen
def test_a_source_that_cannot_be_used_is_named(
    window: Window, hand: Hand, filling: FillingPage, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing more")
    filling.new.source.put(broken)
    hand.wait(lambda: not window.work.busy)
    assert str(window.status.cget("text")).startswith("坏.xlsx：")
    assert filling.new.kind.get() == ""


@needs_screen
def test_of_last_year_s_form_the_year_after_is_made(hand: Hand, filling: FillingPage, book: Path) -> None:
    filling.new.source.put(book)
    hand.wait(lambda: bool(filling.new.kind.get()))
    assert (filling.new.kind.get(), filling.new.year.get()) == (kind_words("data"), "2022")
    filling.new.kind.set(kind_words("last-year"))
    filling.new.kind.event_generate("<<ComboboxSelected>>")
    hand.settle()
    assert filling.new.year.get() == "2023"


@needs_screen
def test_a_declaration_gives_a_self_evaluation_that_is_held_against_it(
    window: Window, hand: Hand, filling: FillingPage, tmp_path: Path
) -> None:
    declared, target = tmp_path / "申报表.xlsx", tmp_path / "自评表.xlsx"
    declared.write_bytes(make(Order(ruleset("zhengzhou-declaration")), declared).data)
    filling.new.source.put(declared)
    hand.wait(lambda: filling.new.kind.get() == kind_words("declaration"))
    filling.new.target.put(target)
    make_new(window, hand, filling, target)
    window.go("校验打分", [])
    checking = page(window, CheckingPage)
    checking.files.add([target])
    checking.against.put(declared)
    checking.check()
    hand.wait(lambda: not window.work.busy)
    assert "共校验 1 个工作簿" in str(checking.summary.cget("text"))


BALANCE = """
某局部门收支总体情况表
单位：万元
收入 | < | 支出 | <
项目 | 金额 | 项目 | 金额
一、一般公共预算 | 1,812.92 | 一、基本支出 | 1,453.92
二、政府性基金预算 | 0 | 二、项目支出 | 359.00
本年收入合计 | 1,812.92 | 本年支出合计 | 1,812.92
"""


@needs_screen
def test_a_published_budget_gives_the_money_of_a_declaration(
    window: Window, hand: Hand, filling: FillingPage, tmp_path: Path
) -> None:
    source, target = tmp_path / "预算公开表.xlsx", tmp_path / "申报表.xlsx"
    source.write_bytes(table_workbook([table(BALANCE, "收支总体")]))
    choose(filling, "整体绩效目标申报表")
    filling.new.source.put(source)
    hand.wait(lambda: filling.new.kind.get() == kind_words("budget"))
    filling.new.target.put(target)
    make_new(window, hand, filling, target)
    assert examine(target).form.funding[0].initial == Decimal("1812.92")


@needs_screen
@pytest.mark.parametrize("suffix", [".json", ".xlsx"])
def test_a_filled_form_comes_from_data_or_from_another_workbook(
    suffix: str, window: Window, hand: Hand, filling: FillingPage, tmp_path: Path
) -> None:
    source, target = tmp_path / f"数据{suffix}", tmp_path / "自评表.xlsx"
    if suffix == ".json":
        source.write_text(json.dumps(data_of(shangjie()), ensure_ascii=False), encoding="utf-8")
    else:
        source.write_bytes(typed(shangjie()))
    choose(filling, "河南省部门整体")
    filling.new.source.put(source)
    hand.wait(lambda: filling.new.kind.get() == kind_words("data"))
    filling.new.target.put(target)
    make_new(window, hand, filling, target)
    assert examine(target).scores.total == shangjie().total


@needs_screen
def test_a_tick_gives_a_workbook_with_buttons(
    window: Window, hand: Hand, filling: FillingPage, tmp_path: Path
) -> None:
    filling.new.target.put(tmp_path / "自评表.xlsx")
    hand.click(filling.new.macro_box)
    target = filling.new.target.path
    assert target is not None
    assert target.name == "自评表.xlsm"
    make_new(window, hand, filling, target)
    with zipfile.ZipFile(target) as package:
        assert "xl/vbaProject.bin" in package.namelist()


@needs_screen
def test_a_form_of_one_s_own_is_on_the_list(
    window: Window, hand: Hand, filling: FillingPage, tmp_path: Path
) -> None:
    own, target = tmp_path / "本地表.xlsx", tmp_path / "新表.xlsx"
    own.write_bytes(typed(shangjie()))
    adopted = adopt(own, "区表")
    shelf.keep(adopted.template, adopted.data, overwrite=False)
    filling.shown()
    choose(filling, "区表（自己收的表样）")
    filling.new.target.put(target)
    make_new(window, hand, filling, target)
    assert len(examine(target).form.indicators) == 31


@needs_screen
def test_data_is_filled_into_a_form_and_the_form_is_kept(
    window: Window, hand: Hand, filling: FillingPage, tmp_path: Path
) -> None:
    sent = replace(form(row("≥10次", "", name="培训次数")), unit="甲局", year=2024)
    book, given, target = tmp_path / "表.xlsx", tmp_path / "数据.xlsx", tmp_path / "已填.xlsx"
    book.write_bytes(make(Order(ruleset("henan-department"), data=sent), book).data)
    before = book.read_bytes()
    sheet = openpyxl.Workbook()
    for line in (("指标名称", "完成值"), ("培训次数", "12次")):
        sheet.worksheets[0].append(line)
    sheet.save(given)
    filling.tabs.turn_to(filling.fill)
    filling.fill.book.put(book)
    filling.fill.values.put(given)
    filling.fill.target.put(book)
    hand.click(filling.fill.button)
    assert "目标就是原文件" in str(window.status.cget("text"))
    filling.fill.target.put(target)
    hand.click(filling.fill.button)
    hand.wait(target.exists)
    hand.wait(lambda: not window.work.busy)
    assert [one.actual.text for one in examine(target).form.indicators] == ["12次"]
    assert book.read_bytes() == before


@needs_screen
@pytest.mark.parametrize(("ending", "said"), [(".docx", "已保存"), (".xls", "文件名应以 .xlsx 结尾")])
def test_a_table_in_word_is_filled_where_it_stands(
    ending: str, said: str, window: Window, hand: Hand, filling: FillingPage, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_paragraph("说明文字不动")
    grid = document.add_table(2, 5)
    for at, texts in enumerate(
        (
            ("一级指标", "三级指标", "年度指标值", "实际完成值", "分值"),
            ("产出指标", "培训次数", "≥10次", "", "50"),
        )
    ):
        for cell, text in zip(grid.rows[at].cells, texts, strict=True):
            cell.text = text
    book, values = tmp_path / "表.docx", tmp_path / "数据.json"
    document.save(str(book))
    data = {"indicators": [{"level1": "产出指标", "level3": "培训次数", "actual": "12次"}]}
    values.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    filling.tabs.turn_to(filling.fill)
    filling.fill.book.put(book)
    filling.fill.values.put(values)
    filling.fill.target.put(tmp_path / f"已填{ending}")
    hand.click(filling.fill.button)
    hand.wait(lambda: said in str(window.status.cget("text")))
    if ending == ".docx":
        written = docx.Document(str(tmp_path / "已填.docx"))
        assert written.paragraphs[0].text == "说明文字不动"
        assert written.tables[0].cell(1, 3).text == "12次"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A form of three indicators in two groups."""
    data: Form = form(
        row(name="培训次数"), row(name="培训人次"), row("≥90%", "95%", name="满意度", level1="效益指标")
    )
    path = tmp_path / "三行.xlsx"
    path.write_bytes(make(Order(ruleset("henan-department"), data=data), path).data)
    return path


@needs_screen
def test_rows_are_chosen_and_added_and_deleted(
    window: Window, hand: Hand, filling: FillingPage, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def yes(_: object, __: str) -> bool:
        return True

    monkeypatch.setattr(questions, "agreed", yes)
    panel = filling.rows
    filling.tabs.turn_to(panel)
    hand.click(panel.add_button)
    assert window.status.cget("text") == "请先在表里选中指标行。"
    panel.book.put(three)
    hand.wait(lambda: len(panel.table.rows) == 3)
    tree = panel.table.tree
    tree.selection_set(tree.get_children()[0])
    panel.count.set("2")
    hand.click(panel.add_button)
    hand.wait(lambda: len(panel.table.rows) == 5)
    hand.wait(lambda: not window.work.busy)
    assert [one[3] for one in rows(tree)] == ["培训次数", "（空白行）", "（空白行）", "培训人次", "满意度"]
    tree.selection_set(*tree.get_children()[1:4])
    hand.click(panel.remove_button)
    hand.wait(lambda: len(panel.table.rows) == 2)
    hand.wait(lambda: not window.work.busy)
    assert [one.level3 for one in examine(three).form.indicators] == ["培训次数", "满意度"]
    assert len(list(three.parent.glob("三行.备份-*.xlsx"))) == 2
