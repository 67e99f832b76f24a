"""Cells that refuse to be typed into: told once, around what other validations there were."""

from __future__ import annotations

import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from workbooks import package, parts, worksheet

from perf_excel.books.xlsx.refusals import Refusal, refusing, validated
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.sheets.grid import Area, address

SHEET = "自评表"


def validations(data: bytes) -> dict[str, tuple[str, str | None]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[SHEET]
    return {str(one.sqref): (str(one.type), one.errorStyle) for one in sheet.data_validations.dataValidation}


def refused(after: str, *refusals: Refusal) -> dict[str, tuple[str, str | None]]:
    book = Workbook.from_bytes(
        package(parts(worksheet("<row r='1'><c r='A1'/></row>", after=after))), "表.xlsx"
    )
    return validations(book.with_part(SHEET, refusing(book.markup(SHEET)[1], refusals)).data)


STOP = Refusal([(2, 1), (3, 1), (5, 1), (2, 3)], "已填", "“不改”<&")


def test_a_sheet_without_any_gets_them_where_they_belong() -> None:
    after = '<mergeCells count="1"><mergeCell ref="A8:B8"/></mergeCells><pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>'  # noqa: E501
    assert refused(after, STOP, Refusal([(9, 9)], "已填", "问", asks=True)) == {
        "A2:A3 A5 C2": ("custom", None),
        "I9": ("custom", "warning"),
    }


def test_others_are_cut_around_the_cells() -> None:
    others = (
        '<dataValidations count="2"><dataValidation type="list" sqref="A1:C4 E5"><formula1>"√"</formula1>'
        '</dataValidation><dataValidation type="whole" sqref="A5"><formula1>1</formula1></dataValidation>'
        "</dataValidations>"
    )
    assert refused(others, STOP) == {
        "A1 A4 B1:B4 C1 C3:C4 E5": ("list", None),
        "A2:A3 A5 C2": ("custom", None),
    }


def test_nothing_to_refuse_changes_nothing() -> None:
    assert refused("", Refusal([], "", "")) == {}
    assert refused("<dataValidations/>", STOP) == {"A2:A3 A5 C2": ("custom", None)}


@given(
    st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)), min_size=1),
    st.tuples(*[st.integers(1, 6)] * 4),
)
def test_every_cell_has_one_validation(places: set[tuple[int, int]], ends: tuple[int, int, int, int]) -> None:
    (top, bottom), (left, right) = sorted(ends[:2]), sorted(ends[2:])
    area = f"{address(top, left)}:{address(bottom, right)}"
    other = f'<dataValidations><dataValidation type="list" sqref="{area}"/></dataValidations>'
    book = Workbook.from_bytes(package(parts(worksheet(after=other))), "表.xlsx")
    after = book.with_part(SHEET, refusing(book.markup(SHEET)[1], [Refusal(places, "", "")]))
    cells = [cell for one in validated(after.markup(SHEET)[1]) for cell in inside(one)]
    assert sorted(cells) == sorted(places | set(inside(Area(top, left, bottom, right))))


def inside(area: Area) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
