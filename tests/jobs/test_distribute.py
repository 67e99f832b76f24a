"""Forms go to units: each gets its own, pre-filled and known again; a list that is wrong is refused whole."""

from __future__ import annotations

import errno
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from facts import shangjie
from office import converted, needs_office
from openpyxl.worksheet.worksheet import Worksheet
from typed import Typing, sheet_of

from perf_excel.books.opening import open_book
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.faces.cli import run
from perf_excel.forms.measure import NOTHING
from perf_excel.forms.model import Detail, Form, Funding
from perf_excel.forms.spot import Spot
from perf_excel.jobs.adopt import adopt
from perf_excel.jobs.distribute import LIST, Distributed, Sending, distribute
from perf_excel.jobs.examination import shelf
from perf_excel.jobs.examination.examining import Found, find, find_all
from perf_excel.jobs.fill import fill
from perf_excel.jobs.sending.bench import Bench, Job, all_made
from perf_excel.jobs.sending.delivery import delivery
from perf_excel.jobs.sending.list_columns import target_of
from perf_excel.jobs.sending.named_templates import opened
from perf_excel.jobs.sending.own_values import Recipient
from perf_excel.jobs.sending.preparing import Prepared
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.identity import SHEET as IDENTITY
from perf_excel.sheets.sent_pack import SHEET, read_pack
from perf_excel.sheets.structure_changes import changes
from perf_excel.sheets.structure_reading import structure

DEPARTMENT, PROJECT = "henan-department", "national-2020"
OURS = (
    "henan-department",
    "national-2020",
    "national-monitoring",
    "guangzhou-department",
    "hebei-luquan-department",
    "zhengzhou-declaration:整体绩效目标申报表",
    "zhengzhou-declaration:支出项目绩效目标表",
    "zhengzhou-evaluation",
)


def listed(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "名单.csv") -> Path:
    """A list of units as comma-separated text."""
    path = folder / name
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def table(folder: Path, *rows: Sequence[Any], merges: Sequence[str] = ()) -> Path:
    """A list of units as a workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    path = folder / "名单.xlsx"
    book.save(path)
    return path


def send(folder: Path, units: Path, *templates: str, **how: object) -> Distributed:
    return distribute(Sending(templates or (DEPARTMENT,), units, folder / "下发", **how))  # type: ignore[arg-type]


def read(path: Path) -> Found:
    return find(open_book(path))


def refusal(folder: Path, units: Path, *templates: str, **how: object) -> str:
    with pytest.raises(UserError) as caught:
        send(folder, units, *templates, **how)
    assert not (folder / "下发").exists()
    assert not list(folder.glob(".perf-excel*"))
    return str(caught.value)


# What arrives


def test_every_unit_gets_its_own(tmp_path: Path) -> None:
    rows = [
        f"某市第{number}中学,{number:03},2025,{100 + number}.5,{1200 + number}" for number in range(1, 13)
    ]
    units = listed(tmp_path, "单位名称,单位编码,年度,年初预算数,全年预算数", *rows)
    done = send(tmp_path, units)
    assert len(done.pack.books) == 12
    for number, book in enumerate(done.pack.books, 1):
        path = tmp_path / "下发" / book.file
        assert path.name == f"{number:03}-某市第{number}中学-部门整体自评表.xlsx"
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
        found = read(path)
        form, identity = found.reading.form, found.identity
        assert (form.unit, form.year) == (f"某市第{number}中学", 2025)
        assert form.budget
        assert (form.budget.initial, form.budget.annual) == (
            Decimal(f"{100 + number}.5"),
            Decimal(1200 + number),
        )
        assert identity
        assert (identity.unit, identity.unit_code, identity.year) == (book.unit, f"{number:03}", 2025)
        assert (identity.pack, identity.fingerprint) == (done.pack.number, book.fingerprint)


def test_the_list_of_what_was_sent_knows_each_workbook_again(tmp_path: Path) -> None:
    units = listed(tmp_path, "单位名称,年度,年初预算数", "甲局,2025,12", "乙局,2025,34.5")
    send(tmp_path, units)
    book = open_book(tmp_path / "下发" / LIST)
    grid = book.grid(SHEET)
    assert grid
    assert grid.hidden
    pack = read_pack(cell.value for cell in grid.cells.values())
    assert pack
    for one in pack.books:
        found = read(tmp_path / "下发" / one.file)
        assert found.identity
        assert found.identity.fingerprint == one.fingerprint
        assert changes(pack.structure(one), structure(found.reading)) == ()


def test_a_unit_that_changes_what_was_put_in_is_told(tmp_path: Path) -> None:
    done = send(tmp_path, listed(tmp_path, "单位名称,年度,年初预算数", "甲局,2025,12"))
    (book,) = done.pack.books
    found = read(tmp_path / "下发" / book.file)
    filled = fill(found, Form(unit="乙局", funding=(Funding("部门预算总额", initial=Decimal(99)),)))
    after = find(
        replace(open_book(tmp_path / "下发" / book.file), workbook=Workbook.from_bytes(filled.data, "x"))
    )
    said = [
        (one.what, one.old, one.new) for one in changes(done.pack.structure(book), structure(after.reading))
    ]
    assert said == [("单位名称", "甲局", "乙局"), ("“部门预算总额（万元）”的年初预算数", "12", "99")]


def test_what_people_see_of_the_list(tmp_path: Path) -> None:
    units = listed(tmp_path, "单位,编码,上级单位", "甲校,001,教育局", "乙校&B,002,教育局")
    send(tmp_path, units)
    sheet = openpyxl.load_workbook(tmp_path / "下发" / LIST).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0] == ["序号", "上级单位", "单位", "编码", "表样", "文件", "下发编号"]
    assert [row[:4] for row in rows[1:]] == [[1, "教育局", "甲校", "001"], [2, "教育局", "乙校&B", "002"]]
    assert sheet.auto_filter.ref == "A4:G6"
    assert sheet.freeze_panes == "A5"


def test_several_templates_in_one_pack(tmp_path: Path) -> None:
    units = listed(
        tmp_path,
        "单位名称,项目名称,年度,年初预算数,财政拨款：年初预算数（元）",
        "甲局,,2025,500,",
        "甲局,修路,2025,120,1200000",
        "甲局,建桥,2025,80,50000",
        "乙局,种树,2025,9,",
    )
    done = send(tmp_path, units, DEPARTMENT, PROJECT)
    sent = {(book.template, book.unit, book.project) for book in done.pack.books}
    whole, project = "部门整体自评表", "项目支出绩效自评表"
    assert sent == {
        (whole, "甲局", ""), (whole, "乙局", "种树"), (project, "甲局", "修路"), (project, "甲局", "建桥"),
        (project, "乙局", "种树"),
    }  # fmt: skip
    files = {book.file: book for book in done.pack.books}
    road = read(tmp_path / "下发" / next(file for file in files if "修路" in file)).reading.form
    assert (road.unit, road.project, road.funding[1].initial) == ("甲局", "修路", Decimal(120))
    unit = read(tmp_path / "下发" / next(file for file in files if file.startswith("甲局-部门"))).reading.form
    assert unit.budget
    assert unit.budget.initial == Decimal(500)


@pytest.mark.parametrize(("one_per", "count"), [("unit", 2), ("row", 3)])
def test_one_for_each_unit_or_row(tmp_path: Path, one_per: str, count: int) -> None:
    units = listed(tmp_path, "单位名称,项目名称,主管部门", "甲,一,丙局", "甲,二,丙局", "乙,三,丁局")
    done = send(tmp_path, units, PROJECT, one_per=one_per)
    assert len(done.pack.books) == count
    first = read(tmp_path / "下发" / done.pack.books[0].file).reading.form
    assert first.details == (Detail("主管部门", "丙局"),)
    assert first.project == ("" if one_per == "unit" else "一")


def test_where_rows_of_a_unit_differ_nothing_is_put_in(tmp_path: Path) -> None:
    units = listed(tmp_path, "单位名称,项目名称,年初预算数", "甲,一,5", "甲,二,6")
    done = send(tmp_path, units, DEPARTMENT)
    (book,) = done.pack.books
    form = read(tmp_path / "下发" / book.file).reading.form
    assert form.budget
    assert form.budget.initial is None
    assert any("各行数值不同" in note for note in done.notes)


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (
            ("单位名称,年初预算数", "甲局,100", "乙局,", "丙局,0"),
            "1 份没有预填金额（名单里空着，或各行不同）：乙局（全部金额）",
        ),
        (("单位名称,年初预算数,全年预算数", "甲局,100,", "乙局,1,1", "丙局,,"), "2 份没有预填金额"),
        (("单位名称,年初预算数,全年预算数", "甲局,100,", "乙局,1,1"), "甲局（全年预算数）"),
        (("单位名称,财政拨款：年初预算数,其他资金：年初预算数", "甲局,1,", "乙局,1,1"), ""),
        (("单位名称,年度", "甲局,2025"), ""),
    ],
)
def test_units_without_amounts_are_named(tmp_path: Path, lines: tuple[str, ...], named: str) -> None:
    source = own_form(tmp_path)
    book = openpyxl.load_workbook(source)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["B4"] = None
    sheet["D2"] = "单位名称"
    book.save(source)
    notes = send(tmp_path, listed(tmp_path, *lines), str(source)).notes
    said = [note for note in notes if "没有预填金额" in note]
    assert len(said) == bool(named)
    assert named in "".join(said)


def test_sub_folders_by_superior(tmp_path: Path) -> None:
    units = listed(tmp_path, "单位名称,上级单位", "甲校,教育局", "乙院,卫健委", "丙所,")
    done = send(tmp_path, units, by_superior=True)
    assert [book.file.split("/")[0] for book in done.pack.books] == ["教育局", "卫健委", "未注明上级单位"]
    assert all((tmp_path / "下发" / book.file).is_file() for book in done.pack.books)


def test_all_in_one_zip(tmp_path: Path) -> None:
    done = send(tmp_path, listed(tmp_path, "单位名称", "甲", "乙"), zipped=True)
    assert done.target == tmp_path / "下发.zip"
    assert not (tmp_path / "下发").exists()
    with zipfile.ZipFile(done.target) as packed:
        assert sorted(packed.namelist()) == sorted([*(book.file for book in done.pack.books), LIST])
        assert Workbook.from_bytes(packed.read(done.pack.books[0].file), "x").sheets


def test_names_are_safe_on_windows_readable_and_unique(tmp_path: Path) -> None:
    names = ["CON", "a/b\\c:d", "..", "甲" * 300, "Unit", "uNIT", "点. ", "\u202e反", "下发清单"]
    units = table(tmp_path, ["单位名称", "单位编码"], *([name, f"{at}"] for at, name in enumerate(names)))
    done = send(tmp_path, units)
    files = [book.file for book in done.pack.books]
    assert len({file.casefold() for file in files}) == len(names)
    for file in files:
        assert not set('<>:"/\\|?*\u202e') & set(file)
        assert len(file.encode()) <= 255
    assert [book.unit for book in done.pack.books][:3] == ["CON", "a/b\\c:d", ".."]


def test_equal_names_are_numbered(tmp_path: Path) -> None:
    units = listed(tmp_path, "单位名称,项目名称", "甲,修路.", "甲,修路", "CON,x")
    done = send(tmp_path, units, PROJECT)
    stems = ["甲-修路-{}", "甲-修路-{}-2", "CON-x-{}"]
    assert [book.file for book in done.pack.books] == [
        f"{one.format('项目支出绩效自评表')}.xlsx" for one in stems
    ]


# The fast way and the plain one


def contents(data: bytes) -> dict[str, Grid]:
    book = Workbook.from_bytes(data, "表.xlsx")
    return {sheet: book.grid(sheet) for sheet in book.sheets if sheet != IDENTITY}


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("unit", ["某局", "某某省某某市某某县人民政府办公室下属机关事务服务中心" * 6])
def test_it_reads_as_what_filling_gives(name: str, unit: str) -> None:
    template = opened(name)
    reading = template.found.reading
    targets = {
        number: target
        for number, head in enumerate(
            ("年初预算数（万元）", "全年预算数（万元）", "财政拨款：年初预算数（万元）")
        )
        if (target := target_of(reading, head))
    }
    amounts = dict(zip(targets, (Decimal("1234.56"), Decimal(3), Decimal("0.5")), strict=False))
    made = Prepared(template, targets, "P").make(Recipient(unit, "0012", 2031, "某项目", given=amounts))
    funding = [Funding(row.item) for row in reading.form.funding]
    for number, target in targets.items():
        funding[target.spot.row] = replace(funding[target.spot.row], **{target.spot.field: amounts[number]})
    data = Form(unit=unit, unit_code="0012", year=2031, project="某项目", funding=tuple(funding))
    plain = fill(template.found, data).data
    assert contents(made.data) == contents(plain)


def test_a_formula_gets_the_result_of_what_was_put_in(tmp_path: Path) -> None:
    """A bureau's form whose total adds up its sources: what viewers show is right before it is calculated."""
    path = own_form(tmp_path)
    units = listed(tmp_path, "单位名称,财政拨款：年初预算数,其他资金：年初预算数", "甲,10,2.5", "乙,7,0")
    done = send(tmp_path, units, str(path))
    totals = [read(tmp_path / "下发" / book.file).reading.form.funding[0].initial for book in done.pack.books]
    assert totals == [Decimal("12.5"), Decimal(7)]
    said = refusal(tmp_path / "x", listed(tmp_path, "单位名称,年初预算数", "甲,1"), str(path))
    assert "由公式算出，不能预填" in said


def own_form(folder: Path) -> Path:
    """A bureau's form, its total a formula."""
    folder.mkdir(exist_ok=True)
    (folder / "x").mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (
        ["项目支出绩效自评表"],
        ["项目名称", "", "", "实施单位", ""],
        ["资金", "年初预算数", "全年预算数", "全年执行数", "得分"],
        ["年度资金总额", "=SUM(B5:B6)", "", "", ""],
        ["其中：财政拨款", "", "", "", ""],
        ["其他资金", "", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "培训人次", "≥10人次", "", 50, ""],
        ["效益指标", "社会效益", "知晓率", "≥90%", "", 50, ""],
        ["总分", "", "", "", "", 100, ""],
    ):
        sheet.append(list(row))
    path = folder / "本地表.xlsx"
    book.save(path)
    return path


def test_a_bureaus_own_form_is_given_an_identity(tmp_path: Path) -> None:
    source = own_form(tmp_path)
    adopted = adopt(source, "本地项目表")
    shelf.keep(adopted.template, adopted.data, overwrite=False)
    units = listed(tmp_path, "单位名称,项目名称,年度", "甲,一,2025", "乙,二,2026")
    done = send(tmp_path, units, "本地项目表")
    for book in done.pack.books:
        path = tmp_path / "下发" / book.file
        names = {sheet.title: sheet.sheet_state for sheet in openpyxl.load_workbook(path).worksheets}
        assert names[IDENTITY] == "veryHidden"
        found = read(path)
        assert found.identity
        assert (found.identity.template, found.identity.adopted, found.own) == ("本地项目表", True, False)
        assert (found.reading.form.unit, found.identity.year) == (book.unit, book.year)
        # It grows as any other bureau's form does.
        assert not found.row_by_row


def test_a_form_that_asks_for_the_unit_twice_gets_it_twice(tmp_path: Path) -> None:
    source = own_form(tmp_path)
    book = openpyxl.load_workbook(source)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    row = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == "项目名称")
    sheet.cell(row, 3, "单位名称")
    sheet.cell(row, 4, "")
    sheet.cell(row, 5, "填报单位")
    sheet.cell(row, 6, "")
    book.save(source)
    done = send(tmp_path, listed(tmp_path, "单位名称,项目名称", "甲局,一", "乙局,二"), str(source))
    for sent in done.pack.books:
        found = read(tmp_path / "下发" / sent.file)
        assert found.reading.form.unit == sent.unit
        assert [(one.label, one.text) for one in found.reading.form.details] == [("填报单位", sent.unit)]
        assert changes(done.pack.structure(sent), structure(found.reading)) == ()


@pytest.mark.parametrize("columns", [Typing(), Typing(width=2), Typing(two_rows=True)], ids=range(3))
def test_forms_of_any_typing_read_back(tmp_path: Path, columns: Typing) -> None:
    form = shangjie()
    blank = replace(form, indicators=tuple(replace(row, actual=NOTHING) for row in form.indicators))
    grid = sheet_of(blank, columns)
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for (row, column), cell in grid.cells.items():
        sheet.cell(row, column, cell.value)
    for area in grid.merges:
        sheet.merge_cells(
            start_row=area.top, end_row=area.bottom, start_column=area.left, end_column=area.right
        )
    path = tmp_path / "表样.xlsx"
    book.save(path)
    done = send(tmp_path, listed(tmp_path, "单位名称,年初预算数", "某局,88.8", "某委,9"), str(path))
    for book_sent, amount in zip(done.pack.books, ("88.8", "9"), strict=True):
        found = read(tmp_path / "下发" / book_sent.file)
        assert found.reading.form.unit == book_sent.unit
        assert found.reading.form.funding[0].initial == Decimal(amount)
        assert changes(done.pack.structure(book_sent), structure(found.reading)) == ()


def test_a_form_without_a_place_for_the_year_is_unchanged_when_it_comes_back(tmp_path: Path) -> None:
    done = send(tmp_path, listed(tmp_path, "单位名称,年度", "甲,2031"), str(own_form(tmp_path)))
    found = read(tmp_path / "下发" / done.pack.books[0].file)
    assert found.identity
    assert found.identity.year == 2031
    assert changes(done.pack.structure(done.pack.books[0]), structure(found.reading)) == ()
    assert any("没有“年度”的位置" in note for note in done.notes)


def test_a_filled_form_is_not_sent(tmp_path: Path) -> None:
    path = own_form(tmp_path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["E8"] = "12人次"
    book.save(path)
    assert "会发给所有单位" in refusal(tmp_path, listed(tmp_path, "单位名称", "甲"), str(path))


@needs_office
def test_another_program_opens_and_saves_it(tmp_path: Path) -> None:
    done = send(tmp_path, listed(tmp_path, "单位名称,年度,年初预算数", "某某大学附属第一中学,2025,12.5"))
    (book,) = done.pack.books
    path = tmp_path / "回.xlsx"
    path.write_bytes(converted((tmp_path / "下发" / book.file).read_bytes(), "xlsx"))
    found = read(path)
    assert found.identity
    assert found.identity.fingerprint == book.fingerprint
    assert found.reading.form.unit == "某某大学附属第一中学"
    assert changes(done.pack.structure(book), structure(found.reading)) == ()
    list_path = tmp_path / "清单.xlsx"
    list_path.write_bytes(converted((tmp_path / "下发" / LIST).read_bytes(), "xlsx"))
    grid = open_book(list_path).grid(SHEET)
    assert grid
    assert read_pack(cell.value for cell in grid.cells.values()) == done.pack


@pytest.mark.parametrize(("fixed", "style"), [(False, "warning"), (True, None)])
def test_what_the_sender_put_in_refuses_to_be_typed_over(
    tmp_path: Path, *, fixed: bool, style: str | None
) -> None:
    units = listed(tmp_path, "单位名称,年度,年初预算数,全年预算数", "甲,2025,12,", "乙,2025,3,4")
    done = send(tmp_path, units, fixed_rows=fixed)
    path = tmp_path / "下发" / done.pack.books[0].file
    sheet = openpyxl.load_workbook(path).worksheets[0]
    places = read(path).reading.places

    def rule(*spot: object) -> tuple[str, str | None, bool]:
        row, column = places[Spot(*spot)]  # type: ignore[arg-type]
        cell, rules = sheet.cell(row, column).coordinate, sheet.data_validations.dataValidation
        (one,) = [one for one in rules if cell in one.sqref]
        return str(one.formula1), one.errorStyle, bool(one.showErrorMessage)

    assert rule("head", 0, "unit") == ("FALSE", None, True)
    assert rule("funding", 0, "initial") == ("FALSE", None, True)
    # Not every unit got this one: those that did not have to type it.
    assert rule("funding", 0, "annual")[0] == "0"
    assert rule("funding", 0, "executed")[0] == "0"
    assert rule("indicator", 0, "weight") == ("FALSE", style, True)
    assert rule("indicator", 0, "actual")[0] != "FALSE"
    assert not sheet.protection.sheet


# Lists


@pytest.mark.parametrize(
    ("encoding", "mark"), [("gbk", b""), ("utf-8", b""), ("utf-8-sig", b""), ("utf-16", b"")], ids=range(4)
)
def test_a_list_in_any_usual_encoding(tmp_path: Path, encoding: str, mark: bytes) -> None:
    units = listed(
        tmp_path, "单位名称;年初预算数", '"镕县""第一""中学";"1,234.5"', ";", "", encoding=encoding
    )
    done = send(tmp_path, units)
    assert [book.unit for book in done.pack.books] == ['镕县"第一"中学']
    assert not mark


@pytest.mark.parametrize("suffix", ["xls", "ods"])
@needs_office
def test_a_list_in_an_older_format(tmp_path: Path, suffix: str) -> None:
    source = table(
        tmp_path, ["2025年单位名单"], ["序号", "单位名称", "全年预算数"], [1, "甲", 12.5], [], [2, "乙", 3]
    )
    path = tmp_path / f"名单.{suffix}"
    path.write_bytes(converted(source.read_bytes(), suffix))
    done = send(tmp_path, path)
    assert [book.unit for book in done.pack.books] == ["甲", "乙"]
    assert "名单里的“序号”没有用到" in done.notes


WRONG = {
    "没有单位名称": ("单位名称,年初预算数", "甲,1", ",2"),
    "“甲”与第 2 行重复": ("单位名称", "甲", "乙", "甲 "),
    "C 列“颜色”在表样“部门整体自评表”里没有位置": ("单位名称,年初预算数,颜色", "甲,1,2"),
    "B 列“年初预算数”“一百万”不是数字": ("单位名称,年初预算数", "甲,一百万"),
    "“-5”是负数": ("单位名称,年初预算数", "甲,-5"),
    "以等号开头，像是公式": ("单位名称", "=HYPERLINK(1)"),
    "年度“明年”不是四位年份": ("单位名称,年度", "甲,明年"),
    "“合计”像是合计行": ("单位名称,年初预算数", "甲,1", "合计,1"),
    "C 列“年初 预算数”与B 列“年初预算数”重复": ("单位名称,年初预算数,年初 预算数", "甲,1,1"),
    "A 列“单位名称”重复": ("单位名称,单位", "甲,乙"),
    "编码“1”与第 2 行的单位相同": ("单位名称,编码", "甲,1", "乙,1"),
    "B2 有内容，但这一列没有表头": ("单位名称", "甲,忘了表头"),
    "是错误值 #N/A": ("单位名称,年初预算数", "甲,#N/A"),
    "第 2 行：A 列“单位名称”里有看不见的控制字符": ("单位名称", "甲\x01局"),
    "第 3 行：B 列“联系人”里有看不见的控制字符": ("单位名称,联\x02系人", "甲,张三", "乙,李\ufffe四"),
    "里没有“单位名称”一列": ("姓名", "张三"),
    "下面没有单位": ("单位名称,年度", ",", ""),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_list_that_is_wrong_is_refused(tmp_path: Path, wrong: str) -> None:
    assert wrong in refusal(
        tmp_path, listed(tmp_path, *(line.replace("编码", "单位编码") for line in WRONG[wrong]))
    )


def test_all_that_is_wrong_is_said_at_once_with_its_row(tmp_path: Path) -> None:
    units = listed(tmp_path, "单位名称,年初预算数", "甲,x", ",2", "甲,3", *(f"单位{n},?" for n in range(40)))
    said = refusal(tmp_path, units).split("\n")
    assert said[0] == "名单.csv：名单有 43 处问题，没有写任何文件，请改正后重试："
    assert said[1:3] == ["  第 3 行：没有单位名称", "  第 4 行：“甲”与第 2 行重复"]
    assert said[-1] == "  另有 23 处问题"
    assert len(said) == 22


def test_a_row_of_totals_is_told_wherever_it_says_so(tmp_path: Path) -> None:
    units = listed(tmp_path, "序号,单位名称,年初预算数", "1,甲局,5", "合 计,,5")
    assert "第 3 行：“合 计”像是合计行，不是单位，请删去" in refusal(tmp_path, units)


@pytest.mark.parametrize(
    ("above", "head", "amount"),
    [
        ("单位：元", "年初预算数", "120.5"),
        ("（金额单位：万元）", "年初预算数", "1205000"),
        ("2025年名单", "年初预算数", "1205000"),
        ("单位：万元", "年初预算数（元）", "120.5"),
    ],
)
def test_amounts_are_in_the_unit_that_the_list_names(
    tmp_path: Path, above: str, head: str, amount: str
) -> None:
    """The form is in 万元; the list holds 1205000 of what it says."""
    done = send(tmp_path, listed(tmp_path, f"{above},", f"单位名称,{head}", "甲局,1205000"))
    total = read(done.target / done.pack.books[0].file).reading.form.budget
    assert total is not None
    assert total.initial == Decimal(amount)


def test_formulas_and_merged_heads_of_a_workbook_are_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, table(tmp_path, ["单位名称", "预算", ""], ["=A9", 1, 2]))
    assert "第 2 行：A 列“单位名称”" in said
    assert "公式" in said
    said = refusal(tmp_path, table(tmp_path, ["单位名称", "预算", ""], ["甲", 1, 2], merges=["B1:C1"]))
    assert "表头 B1“预算”合并了几列，请拆开" in said


def test_no_list_at_all(tmp_path: Path) -> None:
    assert "名单是空的" in refusal(tmp_path, table(tmp_path, []))
    (tmp_path / "空.csv").write_bytes(b"")
    with pytest.raises(UserError, match=r"空\.csv"):
        send(tmp_path, tmp_path / "空.csv")
    (tmp_path / "图.csv").write_bytes(bytes(range(256)))
    with pytest.raises(UserError, match="不是 UTF-8 或 GBK"):
        send(tmp_path, tmp_path / "图.csv")


def test_a_template_that_is_none(tmp_path: Path) -> None:
    units = listed(tmp_path, "单位名称", "甲")
    assert "没有名为“没有”的文件、模板或规则集" in refusal(tmp_path, units, "没有")
    assert "列了两次" in refusal(tmp_path, units, DEPARTMENT, DEPARTMENT)


# The folder


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    units = listed(tmp_path, "单位名称", "甲", "乙")
    first = send(tmp_path, units)
    mine = tmp_path / "下发" / "我的.txt"
    mine.write_text("留着")
    before = (tmp_path / "下发" / first.pack.books[0].file).read_bytes()
    with pytest.raises(UserError, match="已有同名文件"):
        send(tmp_path, units)
    again = send(tmp_path, units, overwrite=True)
    assert again.backup
    assert (tmp_path / "下发" / again.backup / first.pack.books[0].file).read_bytes() == before
    assert (tmp_path / "下发" / first.pack.books[0].file).read_bytes() != before
    assert mine.read_text() == "留着"


def test_no_older_pack_is_ever_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sent three times within a second, into a folder and as a zip: each time the one before is kept."""
    monkeypatch.setattr("perf_excel.jobs.sending.delivery._stamp", lambda: "20250201-120000")
    units = listed(tmp_path, "单位名称", "甲")
    for zipped in (False, True):
        numbers = [send(tmp_path, units, overwrite=True, zipped=zipped).pack.number for _ in range(3)]
        assert len({*numbers}) == 3
    folder = tmp_path / "下发"
    assert sorted(one.name for one in folder.iterdir() if one.is_dir()) == [
        "备份-20250201-120000", "备份-20250201-120000-2",
    ]  # fmt: skip
    assert len({path.read_bytes() for path in folder.rglob("甲-*.xlsx")}) == 3
    assert len({path.read_bytes() for path in tmp_path.glob("下发*.zip")}) == 3


@pytest.mark.parametrize("why", ["open", "refused"])
def test_where_one_file_cannot_be_replaced_all_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    """Of a pack that is sent anew 乙 is open in an application, or Windows will not let it go."""
    units = listed(tmp_path, "单位名称", "甲", "乙", "丙")
    books = [book.file for book in send(tmp_path, units).pack.books]
    folder = tmp_path / "下发"
    if why == "open":
        (folder / f"~${books[1]}").touch()
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*"))}
    replace_ = Path.replace

    def refusing(path: Path, target: Path) -> Path:
        if path == folder / books[1]:
            raise PermissionError(errno.EACCES, "in use")
        return replace_(path, target)

    if why == "refused":
        monkeypatch.setattr(Path, "replace", refusing)
    with pytest.raises(UserError, match=r"乙-.*打开"):
        send(tmp_path, units, overwrite=True)
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*"))} == before


def test_a_folder_that_is_there_needs_no_room_beside_it(tmp_path: Path) -> None:
    """Its parent may be read-only, and it may be the root of another disk: all work goes on inside."""
    target = tmp_path / "共享" / "下发"
    target.mkdir(parents=True)
    with delivery(target) as out:
        assert out.work.parent == target
        out.write("甲.txt", b"1")
        out.arrive(["甲.txt"])
    assert [path.name for path in target.iterdir()] == ["甲.txt"]
    with delivery(tmp_path / "另一个") as out:
        assert out.work.parent == tmp_path


def test_nothing_is_left_of_a_run_that_is_stopped(tmp_path: Path) -> None:
    def stop(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    units = listed(tmp_path, "单位名称", "甲", "乙", "丙")
    with pytest.raises(KeyboardInterrupt):
        distribute(Sending((DEPARTMENT,), units, tmp_path / "下发"), stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["名单.csv"]


# The command


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    units = listed(tmp_path, "单位名称,年度", "甲,2025", "乙,2025")
    target = tmp_path / "下发"
    assert run(["distribute", DEPARTMENT, "--units", str(units), "-o", str(target)]) == 0
    said = capsys.readouterr().out
    assert f"已下发：{target}（2 家单位，2 个文件" in said
    assert run(["distribute", DEPARTMENT, "--units", str(units), "-o", str(target)]) == 2
    capsys.readouterr()
    arguments = ["distribute", DEPARTMENT, "--units", str(units), "-o", str(target), "--overwrite", "--json"]
    assert run(arguments) == 0
    data = json.load(io.StringIO(capsys.readouterr().out))
    assert [(one["unit"], one["year"]) for one in data["files"]] == [("甲", 2025), ("乙", 2025)]


def test_several_forms_in_one_template_are_refused(tmp_path: Path) -> None:
    source = own_form(tmp_path)
    book = openpyxl.load_workbook(source)
    book.copy_worksheet(book.worksheets[0])
    book.save(source)
    assert len(find_all(open_book(source))) == 2
    assert "一个文件只能有一张" in refusal(tmp_path, listed(tmp_path, "单位名称", "甲"), str(source))


def test_whom_to_ask_is_on_the_list_and_on_no_form(tmp_path: Path) -> None:
    units = listed(tmp_path, "单位名称,年初预算数,联 系 电 话", "甲局,1,123-4567", "乙局,2,")
    done = send(tmp_path, units)
    sheet = openpyxl.load_workbook(done.target / "下发清单.xlsx")["下发清单"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    at = rows[0].index("联 系 电 话")
    assert [row[at] for row in rows[1:]] == ["123-4567", None]
    sent = Workbook.open(done.target / done.pack.books[0].file)
    shown = [cell.value for name in sent.sheets for cell in sent.grid(name).cells.values()]
    assert "甲局" in shown
    assert "123-4567" not in shown


def test_several_processes_write_the_same(tmp_path: Path) -> None:
    """A long name, whose row has to grow, too."""
    names = ["某局", "某市" + "某某区" * 30 + "中心", *(f"第{number}中学" for number in range(80))]
    units = listed(tmp_path, "单位名称,全年预算数（万元）", *(f"{name},{len(name)}" for name in names))
    written: list[dict[str, bytes]] = []
    for jobs in (1, 2):
        done = distribute(Sending((DEPARTMENT,), units, tmp_path / str(jobs), number="P", jobs=jobs))
        written.append({path.name: path.read_bytes() for path in done.target.iterdir()})
    assert len(written[0]) == len(names) + 1
    assert written[0] == written[1]


def test_what_fails_in_another_process_fails_the_whole(
    tmp_path: Path,
) -> None:
    prepared = Prepared(opened(DEPARTMENT), {}, "P")
    jobs = [Job(0, Recipient(name), f"{name}.xlsx") for name in ("甲", "乙", "丙" * 40_000)]
    with delivery(tmp_path / "下发") as out, pytest.raises(UserError, match="32767"):
        list(all_made(Bench([prepared], out), jobs, 2))
    assert list(tmp_path.iterdir()) == []


def test_more_than_could_be_collected_again_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perf_excel.jobs.distribute.MOST_BOOKS", 2)
    units = listed(tmp_path, "单位名称,年度", "甲局,2025", "乙局,2025", "丙局,2025")
    assert "要下发 3 个文件，一次最多 2 个" in refusal(tmp_path, units)
