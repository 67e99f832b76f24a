"""What a unit must leave as it is: told by names and roles, whatever rows move and whatever program saves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from facts import shangjie
from office import converted, needs_office
from readback import read
from typed import sheet_of

from perf_excel.books.opening import Book, open_book
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.jobs.examination.examining import Found, find
from perf_excel.jobs.fill import fill
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.sheets.grid import Edit, TypedOver
from perf_excel.sheets.identity import Identity, identity_edits, read_identity
from perf_excel.sheets.structure import Structure, Value, digest, structure_of, values_of, values_text
from perf_excel.sheets.structure_changes import changes
from perf_excel.sheets.structure_reading import structure

UNIT = "某市第一中学"
ROWS = (
    Indicator("产出指标", "重点工作任务完成", "培训人次", parse("≥120人次"), weight=Decimal(5)),
    Indicator("产出指标", "重点工作任务完成", "检查次数", parse("≥12次"), weight=Decimal(5)),
)
FUNDING = (
    Funding("部门预算总额（万元）", Decimal("357.65"), Decimal("378.1")),
    Funding("资金来源：（1）政府预算资金", Decimal("357.65"), Decimal("378.1")),
)


@cache
def sent_book() -> Workbook:
    """A form of ours as it is sent: two indicators in blank rows, the budget, the unit's name."""
    data = Form(unit=UNIT, year=2025, funding=FUNDING, indicators=ROWS)
    blank = make(Order(ruleset("henan-department")), Path("表.xlsx"))
    return Workbook.from_bytes(fill(found(Workbook.from_bytes(blank.data, "表.xlsx")), data).data, "表.xlsx")


def found(book: Workbook) -> Found:
    return find(Book(Path(book.name), book))


def held(book: Workbook, *, fixed: bool = False) -> Structure:
    return structure(found(book).reading, fixed=fixed)


def sent(*, fixed: bool = False) -> Structure:
    return held(sent_book(), fixed=fixed).sent()


def place(book: Workbook, part: str, name: str, field: str) -> tuple[int, int]:
    """Where a field of a row stands, by the row's name."""
    reading = found(book).reading
    names = {"indicator": [row.level3 for row in reading.form.indicators],
             "funding": [row.item for row in reading.form.funding]}.get(part, [name])  # fmt: skip
    return reading.places[Spot(part, names.index(name), field)]  # type: ignore[arg-type]


def edited(*edits: tuple[str, str, str, object]) -> Structure:
    """The structure of the sent form after a person typed into it, over formulas, too."""
    book = sent_book()
    written = [
        Edit(*place(book, part, name, field), TypedOver(value) if isinstance(value, str) else value)  # type: ignore[arg-type]
        for part, name, field, value in edits
    ]
    return structure(read(found(book).reading.grid.edited(written)))


def said(before: Structure, after: Structure) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.what, one.old, one.new) for one in changes(before, after)]


def test_a_form_that_came_back_as_it_was_sent_is_unchanged() -> None:
    assert changes(sent(), held(sent_book())) == ()


def test_it_is_written_and_read_again() -> None:
    text = sent().text()
    assert structure_of(text).text() == text
    assert changes(structure_of(text), held(sent_book())) == ()
    assert digest(text) == digest(structure_of(text).text())


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"v":2}', '{"v":1,"rows":[[1]]}'])
def test_what_is_no_structure_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        structure_of(text)


def test_what_a_unit_types_is_no_change() -> None:
    typed = edited(
        ("indicator", "培训人次", "actual", "118人次"),
        ("indicator", "培训人次", "reason", "两期改在下年"),
        ("indicator", "培训人次", "judged", Decimal(4)),
        ("funding", "部门预算总额（万元）", "executed", Decimal(300)),
    )
    assert changes(sent(), typed) == ()


def test_a_derived_actual_may_be_typed_over() -> None:
    typed = edited(("indicator", "预算执行率", "actual", "98%"))
    assert changes(sent(), typed) == ()


def test_what_must_stay_is_named_with_old_and_new() -> None:
    typed = edited(
        ("indicator", "培训人次", "weight", Decimal(8)),
        ("indicator", "培训人次", "target", "≥100人次"),
        ("indicator", "培训人次", "score", "5"),
        ("indicator", "检查次数", "level3", "检查次数（含抽查）"),
        ("funding", "部门预算总额（万元）", "annual", Decimal(300)),
        ("funding", "部门预算总额（万元）", "rate", "100%"),
        ("head", "unit", "unit", "某市第二中学"),
        ("head", "year", "year", "（2024年度）"),
    )
    assert said(sent(), typed) == [
        ("公式被覆盖", "“部门预算总额（万元）”的执行率", "公式", "100%"),
        ("公式被覆盖", "“培训人次”的得分", "公式", "5"),
        ("权重改动", "“培训人次”的分值", "5", "8"),
        ("目标值改动", "“培训人次”的指标值", "≥120人次", "≥100人次"),
        ("指标名称改动", "“检查次数”的三级指标", "检查次数", "检查次数（含抽查）"),
        ("预填内容改动", "单位名称", UNIT, "某市第二中学"),
        ("预填内容改动", "年度", "2025", "2024"),
        ("预填内容改动", "“部门预算总额（万元）”的全年预算数", "378.1", "300"),
    ]


def test_changes_lead_to_their_cells() -> None:
    typed = edited(("indicator", "培训人次", "weight", Decimal(8)))
    (one,) = changes(sent(), typed)
    reading = found(sent_book()).reading
    row, column = place(sent_book(), "indicator", "培训人次", "weight")
    assert one.at == f"{reading.grid.sheet}!{'ABCDEFGHIJ'[column - 1]}{row}" == one.was_at
    assert not one.allowed


def test_the_same_target_otherwise_spelled_is_no_change() -> None:
    assert changes(sent(), edited(("indicator", "培训人次", "target", "＞＝120 人次"))) == ()


@pytest.mark.parametrize("fixed", [False, True])
def test_rows_come_and_go_unless_they_are_fixed(*, fixed: bool) -> None:
    more = tuple(Indicator("产出指标", "重点工作任务完成", f"新增任务{number}") for number in range(5))
    filled = fill(found(sent_book()), Form(indicators=(*ROWS, *more)))
    found_changes = changes(sent(fixed=fixed), held(Workbook.from_bytes(filled.data, "表.xlsx")))
    free = sum(count for (_, level2), count in sent().free.items() if level2 == "重点工作任务完成")
    kinds = [(one.kind, one.allowed) for one in found_changes]
    # The blank rows are there to be filled; what goes beyond them was put in.
    assert kinds == [("行增加", not fixed)] * (len(more) - free)
    assert kinds


def test_rows_that_move_take_their_cells_along() -> None:
    more = tuple(Indicator("投入管理指标", "工作目标管理", f"新增{number}") for number in range(4))
    filled = fill(found(sent_book()), Form(indicators=more))
    assert {one.kind for one in changes(sent(), held(Workbook.from_bytes(filled.data, "表.xlsx")))} == {
        "行增加"
    }


def test_deleted_rows_and_columns_and_moved_ones_are_told_by_name() -> None:
    before = read(sheet_of(shangjie()))
    form = before.form
    fewer = replace(form, indicators=form.indicators[1:])
    (gone,) = changes(structure(before).sent(), structure(read(sheet_of(fewer))))
    assert (gone.kind, gone.old, gone.at) == ("行删除", form.indicators[0].level3, "")


def test_a_column_is_known_by_its_head_where_its_meaning_hangs_on_the_year() -> None:
    before, after = sent(), held(sent_book())
    columns = tuple(one._replace(role="earlier") if one.role == "actual" else one for one in after.columns)
    assert changes(before, replace(after, columns=columns)) == ()
    moved = (after.columns[1], after.columns[0], *after.columns[2:])
    (one,) = changes(before, replace(after, columns=moved))
    assert one.kind == "列移动"
    fewer = after.columns[1:]
    assert [one.kind for one in changes(before, replace(after, columns=fewer))] == ["列删除"]


def test_values_of_a_unit_are_part_of_what_was_sent() -> None:
    blank = make(Order(ruleset("henan-department")), Path("表.xlsx")).data
    template = held(Workbook.from_bytes(blank, "表.xlsx"))
    row, field = template.spots[Spot("head", 0, "unit")]
    values = (Value(row, field, UNIT, "表!D3"),)
    whole = template.sent().with_values(values)
    assert values_of(values_text(values)) == values
    assert said(whole, template) == [("预填内容改动", "单位名称", UNIT, "")]
    assert digest(template.sent().text()) != digest(template.sent().text(), values)


def test_a_file_without_formulas_is_not_held_to_have_lost_them() -> None:
    plain = held(sent_book())
    assert changes(sent(), replace(edited(("indicator", "培训人次", "score", "5")), formulas=False)) == ()
    assert plain.formulas


def test_a_formula_that_refers_to_nothing_is_typed_over() -> None:
    after = held(sent_book())
    rows = tuple(
        replace(row, cells={**row.cells, "score": row.cells["score"]._replace(formula=2)})
        if row.names[-1:] == ("培训人次",)
        else row
        for row in after.rows
    )
    assert said(sent(), replace(after, rows=rows)) == [
        ("公式被覆盖", "“培训人次”的得分", "公式", "不引用单元格的公式")
    ]


@needs_office
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_another_program_saves_it_without_a_change(suffix: str, tmp_path: Path) -> None:
    data = converted(sent_book().fill({}), suffix)
    path = tmp_path / f"表.{suffix}"
    path.write_bytes(data)
    reading = find(open_book(path)).reading
    assert changes(sent(), structure(reading, formulas=suffix == "xlsx")) == ()


def test_a_sent_workbook_says_to_whom_it_went() -> None:
    book = sent_book()
    grid = book.grid("_perf_excel")
    identity = Identity(
        "部门整体自评表",
        "henan-department",
        "2022.1",
        "001",
        2025,
        "1",
        UNIT,
        "",
        "ABC",
        "部门整体自评表",
        "f" * 32,
    )
    after = Workbook.from_bytes(book.fill({"_perf_excel": identity_edits(grid, identity)}), "表.xlsx")
    assert read_identity(after.grid("_perf_excel")) == identity
