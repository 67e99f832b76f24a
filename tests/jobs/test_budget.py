"""The command for budget tables, from files of every kind; and a declaration begun from them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from budgets import table
from in_documents import in_word
from office import converted, needs_office

from perf_excel.books.documents.table_workbook import table_workbook
from perf_excel.faces.cli import run
from perf_excel.jobs.budget import tables_in
from perf_excel.jobs.budget_block import budget_form
from perf_excel.jobs.examination.examining import examine
from perf_excel.jobs.new import layout_of
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.sheets.grid import Grid

BALANCE = """
郑州市信访局部门收支总体情况表
单位：元
收入 | < | 支出 | <
项目 | 金额 | 项目 | 金额
一、一般公共预算 | 18,129,249 | 一、基本支出 | 14,539,249
1、财政拨款 | 18,129,249 | 1、工资福利支出 | 9,716,009
2、专项收入 | 0 | 2、对个人和家庭的补助支出 | 617,570
二、政府性基金预算 | 0 | 3、商品服务支出 | 4,205,670
三、国有资本经营预算 | | 4、资本性支出 |
四、财政专户管理的非税收入 | 0 | 二、项目支出 | 3,590,000
五、其他各项收入 | 0 | 1、债务项目 | 0
六、上级转移支付 | 0 | 2、其他项目 | 3,590,000
本年收入合计 | 18,129,249 | 本年支出合计 | 18,129,249
"""
SPENDING = """
郑州市信访局部门支出总体情况表
单位：元
科目编码 | < | < | 单位（科目名称） | 合计 | 基本支出 | < | < | < | < | 项目支出
类 | 款 | 项 | ^ | ^ | 小计 | 工资福利支出 | 对个人和家庭的补助支出 | 商品服务支出 | 资本性支出 | ^
合计 | | | | 18,129,249 | 14,539,249 | 9,716,009 | 617,570 | 4,205,670 | 0 | 3,590,000
034001 | | | 郑州市信访局 | 18,129,249 | 14,539,249 | 9,716,009 | 617,570 | 4,205,670 | 0 | 3,590,000
201 | 03 | 01 | 行政运行 | 10,341,481 | 10,341,481 | 6,752,611 | 0 | 3,588,870 | 0 | 0
201 | 03 | 08 | 信访事务 | 3,590,000 | 0 | 0 | 0 | 0 | 0 | 3,590,000
205 | 08 | 03 | 培训支出 | 585,000 | 585,000 | 0 | 0 | 585,000 | 0 | 0
208 | 05 | 01 | 行政单位离退休 | 649,370 | 649,370 | 0 | 617,570 | 31,800 | 0 | 0
208 | 05 | 05 | 机关事业单位基本养老保险缴费支出 | 923,177 | 923,177 | 923,177 | 0 | 0 | 0 | 0
210 | 11 | 01 | 行政单位医疗 | 490,437 | 490,437 | 490,437 | 0 | 0 | 0 | 0
221 | 02 | 01 | 住房公积金 | 1,549,784 | 1,549,784 | 1,549,784 | 0 | 0 | 0 | 0
"""
FISCAL = BALANCE.replace("部门收支总体", "财政拨款收支总体")
EMPTY = """
郑州市信访局政府性基金预算支出情况表
单位：元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
备注：本单位无政府性基金预算支出。
"""


def sheets(*texts: str) -> list[Grid]:
    return [table(text, f"表{number}") for number, text in enumerate(texts, 1)]


def published(tmp_path: Path, *texts: str) -> Path:
    path = tmp_path / "预算.xlsx"
    path.write_bytes(table_workbook(sheets(*texts)))
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, Any]:
    code = run(["budget", *map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_what_a_department_published_holds_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = answer(capsys, published(tmp_path, BALANCE, SPENDING, FISCAL, EMPTY))
    assert (code, said["agree"] == said["facts"], said["unmatched"], said["unsure"]) == (0, True, 0, [])
    assert said["facts"] > 50
    assert [one["title"] for one in said["tables"]][-1] == "郑州市信访局政府性基金预算支出情况表"


@needs_office
def test_word_and_pdf_say_the_same_as_the_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = published(tmp_path, BALANCE, SPENDING.replace("10,341,481 | 6,752,611", "10,341,841 | 6,752,611"))
    printed = tmp_path / "预算.pdf"
    printed.write_bytes(converted(book.read_bytes(), "pdf"))
    one, other = tmp_path / "收支.docx", tmp_path / "支出.docx"
    for path, grid in zip((one, other), sheets(BALANCE, SPENDING), strict=True):
        path.write_bytes(in_word(grid, 2))
    expected = answer(capsys, book)[1]
    assert [one["cell"] for one in expected["findings"]] == ["F6", "E7", "F7"]
    code, said = answer(capsys, printed)
    assert code == 1
    keys = ("facts", "agree", "unmatched")
    assert [said[key] for key in keys] == [expected[key] for key in keys]
    code, said = answer(capsys, one, other)
    assert (code, said["agree"], said["facts"]) == (0, expected["facts"], expected["facts"])


def test_the_screen_names_each_finding_and_counts_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = published(tmp_path, BALANCE.replace("4,205,670", "4,025,670"), EMPTY)
    assert run(["budget", str(book), "--unmatched"]) == 1
    tables, finding, count = capsys.readouterr().out.splitlines()
    assert tables == (
        "预算.xlsx：预算表 1 张：《郑州市信访局部门收支总体情况表》；"
        "空表 1 张：《郑州市信访局政府性基金预算支出情况表》"
    )
    assert finding == (
        "  [错误 B1] 表1《郑州市信访局部门收支总体情况表》 D5 “一、基本支出”为 14539249，各项相加："
        "1、工资福利支出 9716009 + 2、对个人和家庭的补助支出 617570 + 3、商品服务支出 4025670 = 14359249"
    )
    assert count == "核对 6 处，对不上 1 处，未能对应 0 处"


def test_a_file_without_a_budget_table_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["budget", str(published(tmp_path, "人员情况表\n姓名 | 编号\n某某 | 1"))]) == 2
    assert "没有找到预算公开表" in capsys.readouterr().err


def test_a_declaration_begins_with_what_the_budget_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "申报表.xlsx"
    source = published(tmp_path, BALANCE, SPENDING, FISCAL)
    order = ["new", "--rules", "zhengzhou-declaration", "--from", str(source), "--year", "2021"]
    assert run([*order, "-o", str(target)]) == 0
    assert "1453.92万元，取自《郑州市信访局部门收支总体情况表》D5" in capsys.readouterr().out
    form = examine(target).form
    assert (form.unit, form.year, len(form.indicators)) == ("郑州市信访局", 2021, 23)
    assert [row.initial for row in form.funding] == [
        *(Decimal("1812.92"), Decimal("1812.92"), Decimal(0), Decimal("1453.92"), Decimal(359))
    ]


def test_what_is_left_of_the_total_is_never_less_than_nothing() -> None:
    """140 − 120 − 30 < 0 where 财政拨款 holds some of what was carried over: that is left to the clerk."""
    balance = """
    部门收支总体情况表
    单位：万元
    收入 | < | 支出 | <
    项目 | 金额 | 项目 | 金额
    一、财政拨款收入 | {fiscal} | 一、基本支出 | 140
    上年结转 | 30 | |
    收入总计 | 140 | 支出总计 | 140
    """
    layout = layout_of(ruleset("national-2020"), "")
    for fiscal, rest in ((100, Decimal(10)), (120, None)):
        form, notes = budget_form(tables_in(sheets(balance.format(fiscal=fiscal)), "表"), layout, "万元")
        assert [row.initial for row in form.funding] == [140, fiscal, 30, rest]
        assert any("没有找到“其他资金”，请自行填写" in note for note in notes) is (rest is None)


def test_no_project_begins_with_what_a_department_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = published(tmp_path, BALANCE)
    assert (
        run(["new", "--rules", "national-2020", "--from", str(source), "-o", str(tmp_path / "表.xlsx")]) == 2
    )
    assert "预算公开表是整个部门的" in capsys.readouterr().err
    assert not (tmp_path / "表.xlsx").exists()


def test_a_text_is_held_against_budget_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, tables = tmp_path / "说明.txt", published(tmp_path, BALANCE, SPENDING)
    text.write_text(
        "一、支出预算总体情况说明\n2021年支出预算1812.92万元，其中：基本支出1435.92万元，项目支出359万元。\n",
        encoding="utf-8",
    )
    assert run(["compare", str(text), str(tables)]) == 1
    first, *findings, _ = capsys.readouterr().out.splitlines()
    assert first == "说明.txt：对照 预算.xlsx（预算公开表 2 张）"
    (against,) = [line for line in findings if "[错误 R1]" in line]
    assert "基本支出1435.92万元" in against
    assert "预算.xlsx 表1“郑州市信访局部门收支总体情况表”第 5 行“一、基本支出”" in against
    assert "表格里为 1453.9249万元" in against
