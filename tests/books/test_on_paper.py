"""Forms on paper (打印): every word of every cell is on the page, in type that can be read."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from facts import in_file
from office import converted_all, needs_office
from openpyxl.styles import Alignment
from openpyxl.worksheet.properties import PageSetupProperties

from perf_excel.books.opening import Book
from perf_excel.books.template import build
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Detail, Form, Goal, Indicator, Task
from perf_excel.jobs.examination.examining import examined, find
from perf_excel.jobs.export import export
from perf_excel.jobs.fill import fill
from perf_excel.jobs.score import scored
from perf_excel.rules.rulesets.library import ruleset, ruleset_names, templates_folder

FORMS = [(name, place) for name in ruleset_names() for place in range(len(ruleset(name).forms))]


def sentences(about: str, count: int) -> str:
    """A long text that is like no other."""
    return "".join(
        f"（{number}）{about}因招标延期未能按期完成，将加强调度。" for number in range(1, count + 1)
    )


SMALLEST = 9.0
"""Points that the type has on paper at least."""


def wordy(rows: int = 12) -> Form:
    """A form of long texts."""
    return Form(
        unit="某某市某某区信访局（本级）及所属事业单位",
        year=2022,
        project="信访工作专项经费及联席会议办公室运转保障项目",
        goal=Goal(sentences("预期目标", 12), sentences("完成情况", 15)),
        tasks=(Task("信访业务工作及督查督办", sentences("主要内容", 5), sentences("任务完成", 5)),),
        indicators=tuple(
            Indicator(
                "产出指标" if row < rows // 2 else "效益指标",
                f"第{row // 3 + 1}类履职目标实现情况指标",
                f"{row + 1}.信访事项及时受理率和按期办结率以及群众满意度综合测评结果",
                parse("≥95%" if row % 2 else "按照年度工作计划和上级要求完成全部任务"),
                parse("90%" if row % 2 else "基本按照年度工作计划完成，个别事项延期"),
                Decimal(5),
                reason=sentences(f"第{row + 1}项", 1 + row % 3),
            )
            for row in range(rows)
        ),
    )


def example(rules: str, place: int) -> Form | None:
    """The example that a rule set ships for a form."""
    name = ruleset(rules).forms[place].name
    file = templates_folder() / rules / ("示例.json" if not place else f"示例-{name}.json")
    return in_file(file) if file.exists() else None


def texts(data: bytes) -> Iterator[str]:
    """The texts of a workbook's first sheet as far as it is printed, without the white space in them."""
    sheet: Any = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    area = sheet.print_area.rpartition("!")[2].replace("$", "") or sheet.dimensions
    for row in sheet[area]:
        for cell in row:
            if isinstance(cell.value, str) and not cell.value.startswith("="):
                yield "".join(cell.value.split())


def on_paper(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def words_missing(data: bytes, pdf: bytes) -> list[str]:
    """The texts of a form of which some word is not on the page.

    What is cut off is not drawn, at least not all of it.
    """
    page = "".join(on_paper(pdf, "-raw").split())
    return [text for text in texts(data) if text not in page]


def type_sizes(pdf: bytes) -> list[float]:
    """The sizes of the Chinese words on paper: their signs are as wide as high."""
    found = re.findall(
        r'xMin="([\d.]+)"[^>]*xMax="([\d.]+)"[^>]*>([\u4e00-\u9fff]{2,12})<', on_paper(pdf, "-bbox")
    )
    return [(float(right) - float(left)) / len(word) for left, right, word in found]


def finished(data: bytes) -> bytes:
    """The finished form of a workbook."""
    book = Book(Path("表.xlsx"), Workbook.from_bytes(data, "表.xlsx"))
    return export(examined(find(book, sheet=None)), Path("完成表.xlsx")).data


@needs_office
@pytest.mark.parametrize("kind", ["blank", "example", "wordy"])
def test_every_word_of_a_form_of_ours_is_on_paper(kind: str) -> None:
    made: dict[str, bytes] = {}
    for name, place in FORMS:
        rules = ruleset(name)
        layout = rules.forms[place]
        data = {"blank": Form(), "example": example(name, place), "wordy": wordy()}[kind]
        if data is not None:
            made[f"{name}，{layout.name}"] = build(rules, layout, replace(data, form=layout.name))
    for (name, data), pdf in zip(
        made.items(), converted_all([finished(one) for one in made.values()], "pdf", "xlsx"), strict=True
    ):
        assert (name, words_missing(data, pdf)) == (name, [])
        assert min(type_sizes(pdf)) >= SMALLEST, name
        last = re.findall(r"第 (\d+) 页，共 (\d+) 页", on_paper(pdf))
        assert last[-1][0] == last[-1][1] == str(on_paper(pdf).count("\f")), name


def bureaus_form(height: float) -> bytes:
    """A bureau's own form: rows of one height, a cell that does not wrap, merged areas across and down."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    lines = [
        ["项目支出绩效自评表"],
        ["项目名称", None, "信访工作专项"],
        ["年度总体目标", "预期目标", None, None, "实际完成情况"],
        [None, "畅通信访渠道", None, None, "已完成"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"],
        ["产出指标", "数量指标", "接访批次", "≥10批", "10批", 40, 40],
        [None, "质量指标", "按期办结率", "≥95%", "90%", 60, 56.84, "招标延期"],
        ["总分", None, None, None, None, 100, 96.84],
    ]
    for row, line in enumerate(lines, 1):
        sheet.row_dimensions[row].height = height
        for column, value in enumerate(line, 1):
            cell = sheet.cell(row, column, value)
            cell.alignment = Alignment(wrap_text=(row, column) != (7, 8), vertical="center")
    for area in ("A1:H1", "A2:B2", "C2:H2", "A3:A4", "B3:D3", "E3:H3", "B4:D4", "E4:H4", "A6:A7"):
        sheet.merge_cells(area)
    for letter in "ABCDEFGH":
        sheet.column_dimensions[letter].width = 12
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = 9, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = "A1:H8"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@needs_office
def test_long_texts_show_whole_on_a_bureau_s_own_form() -> None:
    path = Path("表.xlsx")
    found = find(Book(path, Workbook.from_bytes(bureaus_form(15), "表.xlsx")), sheet=None)
    form = found.reading.form
    rows = [replace(row, reason=sentences(row.level3, 4)) for row in form.indicators]
    data = replace(form, indicators=tuple(rows), goal=Goal(sentences("预期", 9), sentences("完成", 12)))
    filled = fill(found, data).data
    book = Book(path, Workbook.from_bytes(filled, "表.xlsx"))
    marked = scored([examined(find(book, sheet=None))]).data
    made = {"fill": filled, "score": marked, "export": finished(filled)}
    for (name, one), pdf in zip(made.items(), converted_all(list(made.values()), "pdf", "xlsx"), strict=True):
        assert (name, words_missing(one, pdf)) == (name, [])
    sheet: Any = openpyxl.load_workbook(BytesIO(filled)).active
    heights = {row: sheet.row_dimensions[row].height for row in range(1, 9)}
    assert [row for row, height in heights.items() if height > 15] == [4, 6, 7]


def test_a_text_too_long_for_any_row_is_named() -> None:
    path = Path("表.xlsx")
    found = find(Book(path, Workbook.from_bytes(bureaus_form(15), "表.xlsx")), sheet=None)
    data = replace(found.reading.form, goal=Goal("", sentences("完成", 200)))
    book = Book(path, Workbook.from_bytes(fill(found, data).data, "表.xlsx"))
    notes = export(examined(find(book, sheet=None)), Path("完成表.xlsx")).notes
    assert "E4 的文字太长，行高到了上限也显示不全，请缩短文字或减小字号" in notes


def test_a_form_s_own_line_below_is_read_and_filled() -> None:
    rules = ruleset("national-2020")
    data = replace(wordy(), details=(Detail("填表人", "某某"),))
    book = Workbook.from_bytes(build(rules, rules.forms[0], data), "表.xlsx")
    found = find(Book(Path("表.xlsx"), book), sheet=None)
    shown = {str(cell.value) for cell in found.reading.grid.cells.values()}
    assert {"填表人：某某", "联系电话：", "填报日期：", "金额单位：万元"} <= shown
    assert not found.reading.unread
    assert len(found.reading.form.indicators) == len(data.indicators)


def upright(sheet: Any) -> dict[int, dict[int, object]]:
    """What is said beside several rows: by column, then by row."""
    said: dict[int, dict[int, object]] = {}
    for area in sheet.merged_cells.ranges:
        if area.min_col == area.max_col:
            value = sheet.cell(area.min_row, area.min_col).value
            said.setdefault(area.min_col, {}).update(
                dict.fromkeys(range(area.min_row, area.max_row + 1), value)
            )
    return said


@pytest.mark.parametrize(("rules", "place"), FORMS)
def test_no_group_of_a_finished_form_is_torn_for_one_or_two_rows(rules: str, place: int) -> None:
    layout = ruleset(rules).forms[place]
    rows = tuple(replace(row, reason="招标延期") for row in wordy(30).indicators)
    data = replace(example(rules, place) or wordy(), form=layout.name, indicators=rows)
    sheet: Any = openpyxl.load_workbook(BytesIO(finished(build(ruleset(rules), layout, data)))).active
    for begin in (one.id + 1 for one in sheet.row_breaks.brk):
        for column, said in upright(sheet).items():
            if begin in said and said.get(begin - 1) == said[begin]:
                above = next(n for n in count(1) if said.get(begin - 1 - n) != said[begin])
                below = next(n for n in count(1) if said.get(begin + n) != said[begin])
                assert min(above, below) >= 3, (begin, column)


@pytest.mark.parametrize(("rules", "place"), FORMS)
def test_every_page_says_the_levels_of_its_rows(rules: str, place: int) -> None:
    layout = ruleset(rules).forms[place]
    data = build(ruleset(rules), layout, replace(wordy(60), form=layout.name))
    done = finished(data)
    before, after = (
        find(Book(Path("表.xlsx"), Workbook.from_bytes(one, "表.xlsx")), sheet=None).reading.form
        for one in (data, done)
    )
    assert [row.level1 for row in after.indicators] == [row.level1 for row in before.indicators]
    assert [row.level2 for row in after.indicators] == [row.level2 for row in before.indicators]
    sheet: Any = openpyxl.load_workbook(BytesIO(done)).worksheets[0]
    begins = [one.id + 1 for one in sheet.row_breaks.brk]
    assert len(begins) > 2
    for begin in begins:
        for column, said in upright(sheet).items():
            assert begin not in said or sheet.cell(begin, column).value, (begin, column)
