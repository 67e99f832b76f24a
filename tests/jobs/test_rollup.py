"""Units' workbooks rolled up into their department's (汇总): each figure against a calculation by hand."""

from __future__ import annotations

import io
import json
import random
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from office import needs_office, recalculated
from small import form, money, row
from workbooks import members

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.faces.cli import run
from perf_excel.forms.model import Form, Indicator
from perf_excel.jobs.examination.examining import examine, examine_all, find
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.rollup import RolledUp, rolled_up
from perf_excel.jobs.rollup_files import collected, files_in
from perf_excel.rules.rulesets.library import ruleset

RULES = ruleset("national-2020")
TODAY = date(2025, 2, 1)
TARGETS = {"培训人次": "≥1000人次", "培训合格率": "≥95%", "完成时间": "2024年12月底前", "培训效果": "显著"}
WEIGHTS = {"培训人次": 30, "培训合格率": 20, "完成时间": 10, "培训效果": 30}


def rows(**actuals: str) -> tuple[Indicator, ...]:
    return tuple(
        row(target, actuals.get(name, ""), WEIGHTS[name], name=name, level1="产出指标")
        for name, target in TARGETS.items()
    )


def a_form(unit: str, annual: str | None, executed: str | None, **actuals: str) -> Form:
    amounts = (annual, annual, executed)
    funding = (money(*amounts, 10), money(*amounts, item="其中：当年财政拨款"))
    return form(*rows(**actuals), funding=funding, unit=unit, project="技能培训", year=2024)


def write(path: Path, data: Form) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(make(Order(RULES, data=data), path).data)
    return path


def department(folder: Path) -> Path:
    return write(folder / "部门表.xlsx", a_form("某局", None, None))


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """What three units returned.

    年度预算 100 + 300 + 100 = 500, 执行 80 + 270 + 50 = 400: 80 %.
    人次 400 + 500 + 90 = 990. 合格率 (90×100 + 96×300 + 100×100) ÷ 500 = 95.6 %.
    """
    folder = tmp_path / "报送"
    for file, unit, money_of, answers in (
        ("一.xlsx", "甲中心", ("100", "80"), ("400人次", "90%", "2024年11月", "显著")),
        ("区县/二.xlsx", "乙中心", ("300", "270"), ("500人次", "96%", "2024年12月15日", "显著")),
        ("区县/三.xlsx", "=1+1", ("100", "50"), ("90人次", "100%", "2024年3月", "一般")),
    ):
        write(folder / file, a_form(unit, *money_of, **dict(zip(TARGETS, answers, strict=True))))
    return folder


def roll(folder: Path, into: Path) -> RolledUp:
    found = find(open_book(into))
    return rolled_up(found, collected(files_in([folder], into), found.reading.form), TODAY)


def sources(data: bytes, name: str = "来源") -> list[dict[str, object]]:
    """The sheet of sources, a row by its heads, as its cells' stored results are."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[name]
    lines = list(sheet.iter_rows(min_row=4, values_only=True))
    return [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:]]


def summed(data: bytes, name: str = "来源") -> dict[str, object]:
    return {str(line["项目"]): line["数值"] for line in sources(data, name) if line["报送单位"] == "汇总"}


EXPECTED = {
    "年度资金总额·年初预算数": 500,
    "年度资金总额·全年预算数": 500,
    "年度资金总额·全年执行数": 400,
    "其中：当年财政拨款·年初预算数": 500,
    "其中：当年财政拨款·全年预算数": 500,
    "其中：当年财政拨款·全年执行数": 400,
    "培训人次": 990,
    "培训合格率": 95.6,
    "完成时间": 20241215,
    "培训效果": "显著",
}


def test_first_the_values_are_joined_then_they_are_scored(returned: Path, tmp_path: Path) -> None:
    done = roll(returned, department(tmp_path))
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(done.data)
    there = examine(target)
    assert [one.actual.text for one in there.form.indicators] == [
        "990人次",
        "95.6%",
        "2024年12月15日",
        "显著",
    ]
    total = there.form.budget
    assert total is not None
    assert (total.annual, total.executed) == (500, 400)
    # 预算 10 × 80 % = 8; 人次 30 × 990 ÷ 1000 = 29.7; 合格率 20; 时间 10; 效果 30.
    assert [one.points for one in there.scores.rows] == [8, Decimal("29.7"), 20, 10, 30]
    assert there.form.total == Decimal("97.7")
    assert not done.partial
    assert summed(done.data) == EXPECTED


def test_several_processes_roll_up_the_same(returned: Path, tmp_path: Path) -> None:
    (returned / "坏.xlsx").write_bytes(b"PK")
    into = find(open_book(department(tmp_path)))
    alone, shared = (
        rolled_up(into, collected(files_in([returned]), into.reading.form, jobs=jobs), TODAY)
        for jobs in (1, 2)
    )
    assert alone.data == shared.data
    assert [one.file.name for one in shared.collected.left_out] == ["坏.xlsx"]
    assert (alone.collected, alone.notes) == (shared.collected, shared.notes)


@needs_office
def test_the_formulas_of_the_sources_give_the_same(returned: Path, tmp_path: Path) -> None:
    done = roll(returned, department(tmp_path))
    # What is stored is spoiled first, so that nothing but the formulas can give it.
    book = openpyxl.load_workbook(io.BytesIO(done.data))
    spoiled = io.BytesIO()
    book.save(spoiled)
    again = recalculated(spoiled.getvalue())
    assert summed(again) == pytest.approx(EXPECTED)
    shown = {str(line["项目"]): line["表上内容"] for line in sources(again) if line["报送单位"] == "汇总"}
    assert shown["培训人次"] == "990人次"
    assert shown["年度资金总额·全年执行数"] == 400
    assert shown["培训合格率"] == "95.6%"


@needs_office
def test_what_does_not_go_on_one_sheet_goes_on_on_the_next(
    returned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """预算执行率 400 ÷ 500 is worked out from cells of other sheets."""
    rate = row("≥90%", "", 0, name="预算执行率", level1="产出指标")
    blank = a_form("某局", None, None)
    into = write(tmp_path / "部门表.xlsx", replace(blank, indicators=(*blank.indicators, rate)))
    monkeypatch.setattr("perf_excel.jobs.rollup_sources._MOST_ROWS", 9)
    data = roll(returned, into).data
    names = ["来源", *(f"来源{number}" for number in range(2, 6))]
    for book in (data, recalculated(data)):
        there = openpyxl.load_workbook(io.BytesIO(book)).sheetnames
        assert [name for name in there if "来源" in name] == names
        found: dict[str, object] = {}
        for name in names:
            found |= summed(book, name)
        assert found == pytest.approx({**EXPECTED, "预算执行率": 80})
    first = tmp_path / "汇总.xlsx"
    first.write_bytes(data)
    assert len(examine_all(first)) == 1
    # Once more on fewer sheets: those that are left say so.
    monkeypatch.setattr("perf_excel.jobs.rollup_sources._MOST_ROWS", 999)
    again = openpyxl.load_workbook(io.BytesIO(roll(returned, first).data))
    assert [name for name in again.sheetnames if "来源" in name] == names
    assert again["来源5"]["A3"].value == "这次汇总没有用到这张表，可以删去。"


def test_every_part_is_named_with_its_file_and_cell(returned: Path, tmp_path: Path) -> None:
    data = roll(returned, department(tmp_path)).data
    part = next(one for one in sources(data) if one["项目"] == "培训合格率" and one["报送单位"] == "乙中心")
    assert (part["文件"], part["表上内容"], part["数值"], part["加权金额或分母"]) == (
        "二.xlsx",
        "96%",
        96,
        300,
    )
    there = examine(returned / "区县" / "二.xlsx").found.reading.grid
    cell = openpyxl.load_workbook(returned / "区县" / "二.xlsx")[str(part["所在表"])][str(part["单元格"])]
    assert there.sheet == part["所在表"]
    assert cell.value in ("96%", 0.96)
    # A unit's name is text, whatever it begins with.
    sheet = openpyxl.load_workbook(io.BytesIO(data))["来源"]
    assert ["s" for line in sheet.iter_rows() for cell in line if cell.value == "=1+1"] == [
        cell.data_type for line in sheet.iter_rows() for cell in line if cell.value == "=1+1"
    ]


def test_the_sheet_of_sources_is_no_form_and_nothing_else_changes(returned: Path, tmp_path: Path) -> None:
    into = department(tmp_path)
    before = into.read_bytes()
    done = roll(returned, into)
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(done.data)
    assert len(examine_all(target)) == 1
    assert into.read_bytes() == before
    old, new = members(before), members(done.data)
    changed = {name for name in old if old[name] != new[name]}
    assert changed <= {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
    }  # fmt: skip


def test_rolled_up_once_more_the_sources_are_replaced(returned: Path, tmp_path: Path) -> None:
    first = tmp_path / "汇总.xlsx"
    first.write_bytes(roll(returned, department(tmp_path)).data)
    shutil.rmtree(returned / "区县")
    again = roll(returned, first)
    assert openpyxl.load_workbook(io.BytesIO(again.data)).sheetnames.count("来源") == 1
    assert summed(again.data)["培训人次"] == 400
    assert "培训人次 990人次 → 400人次" in next(note for note in again.notes if "原有的值" in note)
    assert not [name for name in zipfile.ZipFile(io.BytesIO(again.data)).namelist() if "calcChain" in name]


def test_a_foreign_sheet_of_that_name_stays(returned: Path, tmp_path: Path) -> None:
    into = department(tmp_path)
    book = openpyxl.load_workbook(into)
    book.create_sheet("来源")["A1"] = "别人的"
    book.save(into)
    data = roll(returned, into).data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert (book["来源"]["A1"].value, book["来源2"]["A1"].value) == ("别人的", "汇总来源")


def test_any_workbook_that_is_read_can_be_rolled_up(returned: Path, tmp_path: Path) -> None:
    """A unit that retyped the form, with other columns and rows of its own, and one that moved its rows."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (
        ("项目支出绩效自评表（2024年度）",),
        ("单位名称", "丁中心"),
        ("项目名称", "技能培训"),
        ("项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "执行率"),
        ("年度资金总额", 500, 500, 500, "100%"),
        ("一级指标", "二级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分", "偏差原因"),
        ("产出指标", "质量指标", "培训合格率", 20, "≥95%", "70%", 14, "生源不足"),
        ("产出指标", "数量指标", "培训人次", 30, "≥1000人次", "0.1万人次", 30, None),
        ("产出指标", "数量指标", "教材册数", 10, "≥10册", "12册", 10, None),
    ):
        sheet.append(line)
    book.save(returned / "丁.xlsx")
    done = roll(returned, department(tmp_path))
    values = {one.label: one.text for one in done.consolidated.rolled}
    # 990 + 1000; (95.6 × 500 + 70 × 500) ÷ 1000; 400 + 500.
    assert values["培训人次"] == "1990人次"
    assert values["培训合格率"] == "82.8%"
    assert values["年度资金总额·全年执行数"] == "900"
    assert "部门表没有指标“教材册数”，没有汇总：丁中心" in done.notes
    time = next(one for one in done.consolidated.rolled if one.label == "完成时间")
    assert time.notes == ("表上没有这个指标：丁中心",)
    assert done.partial


def test_bad_files_are_named_and_do_not_stop_the_rest(returned: Path, tmp_path: Path) -> None:
    shutil.copy(returned / "一.xlsx", returned / "一（1）.xlsx")
    (returned / "坏.xlsx").write_bytes(b"PK\3\4 nothing")
    write(returned / "去年.xlsx", replace(a_form("戊中心", "1", "1", 培训人次="9人次"), year=2023))
    other = replace(a_form("己中心", "1", "1"), indicators=(row("≥1座", "1座", 90, name="桥梁"),))
    write(returned / "别的.xlsx", other)
    for name in ("~$旧.xlsx", ".~lock.旧.xlsx", "一.备份-20250101-000000.xlsx"):
        (returned / name).write_bytes(b"")
    done = roll(returned, department(tmp_path))
    for one, (name, why) in zip(
        done.collected.left_out,
        (
            ("一（1）.xlsx", "与 一.xlsx 完全相同"),
            ("别的.xlsx", "没有一个指标与部门表同名"),
            ("去年.xlsx", "是 2023 年的表"),
            ("坏.xlsx", "文件不完整"),
        ),
        strict=True,
    ):
        assert one.file.name == name
        assert one.why.startswith(f"{name}：{why}")
    assert summed(done.data) == EXPECTED


def test_a_unit_with_two_different_forms_is_never_counted_twice(returned: Path, tmp_path: Path) -> None:
    write(returned / "一改.xlsx", a_form("甲中心", "100", "90", 培训人次="401人次"))
    with pytest.raises(UserError, match=r"一改\.xlsx：与 一\.xlsx 都是“甲中心”的表而内容不同"):
        roll(returned, department(tmp_path))


def test_a_unit_that_gives_its_code_only_once_is_never_counted_twice(returned: Path, tmp_path: Path) -> None:
    """甲中心 sends its form once more, changed, and with its code; two units of one name have codes each."""

    def coded(name: str, code: str, people: str) -> None:
        path = write(returned / name, a_form("甲中心", "100", "90", 培训人次=people))
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        label = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "主管部门")
        label.value = f"单位代码：{code}"
        book.save(path)

    coded("一改.xlsx", "001", "401人次")
    with pytest.raises(UserError, match=r"一改\.xlsx：与 一\.xlsx 都是“甲中心”的表而内容不同"):
        roll(returned, department(tmp_path))
    coded("一.xlsx", "002", "400人次")
    assert len(roll(returned, department(tmp_path)).collected.forms) == 4


@needs_office
def test_a_rate_of_the_first_budget_where_no_unit_has_another(tmp_path: Path) -> None:
    """(80 + 30) ÷ (100 + 100) = 55 %, by a formula that an application can read."""
    rate = row("≥90%", "", 0, name="预算执行率", level1="产出指标")

    def first_only(unit: str, amounts: tuple[str | None, str | None]) -> Form:
        blank = a_form(unit, None, None)
        funding = (money(amounts[0], None, amounts[1], 10), *blank.funding[1:])
        return replace(blank, funding=funding, indicators=(*blank.indicators, rate))

    for name, *amounts in (("甲", "100", "80"), ("乙", "100", "30")):
        write(tmp_path / "报送" / f"{name}.xlsx", first_only(name, (amounts[0], amounts[1])))
    into = write(tmp_path / "部门表.xlsx", first_only("某局", (None, None)))
    data = roll(tmp_path / "报送", into).data
    for book in (data, recalculated(data)):
        assert summed(book)["预算执行率"] == pytest.approx(55)


def test_the_departments_own_form_is_no_units(returned: Path) -> None:
    into = department(returned)
    assert files_in([into, returned], into) == files_in([returned], into)
    shutil.copy(into, returned / "部门表 - 副本.xlsx")
    done = roll(returned, into)
    assert len(done.collected.forms) == 4
    assert "单位名称与部门表相同" in done.notes[0]


def test_stopped_midway_there_is_no_file(
    returned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("perf_excel.jobs.rollup_files._why_not", stopped)
    into, target = department(tmp_path), tmp_path / "汇总.xlsx"
    assert run(["rollup", str(returned), "--into", str(into), "-o", str(target)]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["报送", "部门表.xlsx"]


def test_nothing_to_roll_up(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(UserError, match="没有工作簿"):
        files_in([tmp_path / "空"])
    (tmp_path / "空" / "a.xlsx").write_bytes(b"")
    with pytest.raises(UserError, match="没有一份能汇总的表"):
        roll(tmp_path / "空", department(tmp_path))


def test_the_command(returned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    into, target = department(tmp_path), tmp_path / "汇总.xlsx"
    order = ["rollup", str(returned), "--into", str(into), "-o", str(target)]
    assert run(order) == 0
    said = capsys.readouterr().out
    assert "培训合格率：95.6%（按金额加权平均，3 家）" in said
    assert "先汇总、再打分：97.7 分，优" in said
    assert run([*order, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    rate = next(one for one in answer["rows"] if one["indicator"] == "培训合格率")
    assert (rate["method"], rate["value"], rate["unit"], rate["partial"]) == ("weighted", 95.6, "%", False)
    assert [(one["unit"], one["value"], one["weight"]) for one in rate["parts"]] == [
        ("甲中心", 90, 100),
        ("=1+1", 100, 100),
        ("乙中心", 96, 300),
    ]
    words = next(one for one in answer["rows"] if one["indicator"] == "培训效果")
    assert words["notes"] == ["少数：“一般”1 家（=1+1）"]
    assert (answer["total"], answer["grade"]) == (97.7, "优")
    write(returned / "丁.xlsx", a_form("丁中心", "100", "80", 培训合格率="90%"))
    assert run(order) == 1
    assert "培训人次：没有填：丁中心" in capsys.readouterr().out
    (returned / "坏.xlsx").write_bytes(b"")
    assert run(order) == 2
    assert "坏.xlsx" in capsys.readouterr().err
    assert run([*order[:-1], str(into)]) == 2
    assert "目标就是输入文件" in capsys.readouterr().err


def test_many_units_against_plain_arithmetic(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311
    folder, people, rates, amounts = tmp_path / "报送", 0, Decimal(0), Decimal(0)
    for number in range(30):
        amount, count = Decimal(chance.randint(1, 9999)) / 100, chance.randint(0, 500)
        rate = Decimal(chance.randint(0, 10_000)) / 100
        people, rates, amounts = people + count, rates + rate * amount, amounts + amount
        data = a_form(f"单位{number}", str(amount), "0", 培训人次=f"{count}人次", 培训合格率=f"{rate}%")
        write(folder / f"{number}.xlsx", data)
    values = {one.label: one.value for one in roll(folder, department(tmp_path)).consolidated.rolled}
    assert values["培训人次"] == people
    assert values["年度资金总额·全年预算数"] == amounts
    assert values["培训合格率"] == round(rates / amounts, 2)
