"""Tables printed in PDF: lines and text at their places become the cells of a sheet, or are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from in_documents import LAYOUTS_IN_PRINT, data_in, printed_forms
from office import needs_office
from small_pdf import Page, pdf

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area, Grid


def grids(tmp_path: Path, *pages: Page, trailer: str = "") -> list[Grid]:
    path = tmp_path / "表.pdf"
    path.write_bytes(pdf(pages, trailer))
    book = open_book(path)
    return list(book.grids())


def texts(grid: Grid) -> dict[tuple[int, int], object]:
    return {place: cell.value for place, cell in grid.cells.items()}


LOCKED = f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >>"
ROWS = (("一级指标", "三级指标", "分值"), ("产出指标", "培训人数", "10"), ("", "培训场次", "5"))
WIDTHS = (80, 120, 60)


def test_cells_lie_between_the_lines(tmp_path: Path) -> None:
    (grid,) = grids(tmp_path, Page().table(ROWS, WIDTHS))
    assert grid.sheet == "表1"
    assert texts(grid) == {
        (1, 1): "一级指标",
        (1, 2): "三级指标",
        (1, 3): "分值",
        (2, 1): "产出指标",
        (2, 2): "培训人数",
        (2, 3): "10",
        (3, 2): "培训场次",
        (3, 3): "5",
    }
    assert not grid.unsure
    assert not grid.merges


def test_lines_may_be_thin_rectangles_and_a_side_may_be_open(tmp_path: Path) -> None:
    page = Page()
    for number in range(3):
        page.bar(50, 100 + 20 * number, 200, 0.5)
    page.bar(150, 100, 0.5, 40)
    for row, (left, right) in enumerate((("项目", "金额"), ("合计", "7"))):
        page.text(60, 114 + 20 * row, left).text(160, 114 + 20 * row, right)
    (grid,) = grids(tmp_path, page)
    assert texts(grid) == {(1, 1): "项目", (1, 2): "金额", (2, 1): "合计", (2, 2): "7"}


def test_places_without_a_line_between_them_are_merged(tmp_path: Path) -> None:
    page = Page()
    for y, left in ((100, 50), (120, 100), (140, 50)):
        page.line(left, y, 200, y)
    page.line(50, 100, 50, 140).line(100, 100, 100, 140).line(150, 120, 150, 140).line(200, 100, 200, 140)
    page.text(54, 122, "目标").text(110, 114, "绩效").text(104, 134, "值").text(154, 134, "完成")
    (grid,) = grids(tmp_path, page)
    assert texts(grid) == {(1, 1): "目标", (1, 2): "绩效", (2, 2): "值", (2, 3): "完成"}
    assert set(grid.merges) == {Area(1, 1, 2, 1), Area(1, 2, 1, 3)}


def test_title_and_unit_stand_above_and_the_remark_below(tmp_path: Path) -> None:
    page = Page().text(200, 50, "部门收支总体情况表").text(60, 90, "编制单位：某局").text(400, 90, "单位：元")
    page.table(ROWS, WIDTHS).text(60, 190, "注：本表为空。").text(280, 800, "- 3 -")
    (grid,) = grids(tmp_path, page)
    assert [grid.cells[row, 1].value for row in (1, 2)] == [
        "部门收支总体情况表",
        "编制单位：某局    单位：元",
    ]
    assert grid.cells[6, 1].value == "注：本表为空。"
    assert Area(1, 1, 1, 3) in grid.merges
    assert grid.bottom == 6


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("资金使用率达", "到百分之百"), "资金使用率达到百分之百"),
        (("1,812.", "92"), "1,812.92"),
        (("完成培训。", "2.发放资金"), "完成培训。\n2.发放资金"),
        (("甲", "2.乙"), "甲\n2.乙"),
        (("产 出", "指 标"), "产 出 指 标"),
    ],
)
def test_a_broken_line_goes_on_and_a_new_one_stays(tmp_path: Path, lines: tuple[str, str], text: str) -> None:
    width = 80 if len(lines[0]) < 7 or "。" in lines[0] else 46
    if "," in lines[0]:
        width = 46
    page = Page().table((("", "值"),), (width, 60), height=40)
    page.text(54, 114, lines[0]).text(54, 128, lines[1])
    (grid,) = grids(tmp_path, page)
    assert grid.cells[1, 1].value == text


def test_text_across_a_line_is_named(tmp_path: Path) -> None:
    page = Page().table((("指标值", ""), ("", "10")), (60, 60)).text(85, 134, "一百五十人以上")
    (grid,) = grids(tmp_path, page)
    assert set(grid.unsure.values()) == {"文字压在表线上"}


def test_lines_that_are_not_whole_are_named(tmp_path: Path) -> None:
    page = Page().line(50, 100, 250, 100).line(50, 140, 250, 140).line(50, 100, 50, 140)
    page.line(150, 100, 150, 120).line(250, 100, 250, 140).text(60, 114, "甲").text(160, 114, "乙")
    (grid,) = grids(tmp_path, page)
    assert set(grid.unsure.values()) == {"表线不完整"}


def test_a_table_goes_on_on_the_next_page_with_its_head_again(tmp_path: Path) -> None:
    first = Page().text(200, 60, "自评表").table(ROWS, WIDTHS)
    second = Page().table((ROWS[0], ("效益指标", "群众知晓", "20")), WIDTHS)
    (grid,) = grids(tmp_path, first, second)
    assert [grid.at(row, 2).value for row in range(2, 6)] == ["三级指标", "培训人数", "培训场次", "群众知晓"]


def test_a_table_goes_on_under_its_title_with_a_mark(tmp_path: Path) -> None:
    first = Page().text(200, 60, "收入决算表").table(ROWS, WIDTHS)
    second = Page().text(200, 60, "收入决算表（续）").table((ROWS[0], ("效益指标", "群众知晓", "20")), WIDTHS)
    (grid,) = grids(tmp_path, first, second)
    assert [grid.at(row, 2).value for row in range(2, 6)] == ["三级指标", "培训人数", "培训场次", "群众知晓"]


LEFT = (("一级指标", "三级指标"), ("产出指标", "培训人数"), ("", "培训场次"))
RIGHT = (("指标值", "完成值"), ("10人", "9人"), ("3场", "2场"))
TITLE = "项目支出绩效自评表"


def strips(title_again: float = 0) -> tuple[Page, Page]:
    """A sheet that is wider than the paper: its title runs over the edge and is printed on both pages."""
    return (
        Page().text(200, 80, TITLE).table(LEFT, (80, 120)),
        Page().text(title_again, 80, TITLE).table(RIGHT, (60, 60)),
    )


def test_pages_beside_each_other_are_one(tmp_path: Path) -> None:
    (grid,) = grids(tmp_path, *strips())
    assert grid.cells[1, 1].value == TITLE
    assert [[grid.at(row, column).value for column in range(1, 5)] for row in (2, 3, 4)] == [
        ["一级指标", "三级指标", "指标值", "完成值"],
        ["产出指标", "培训人数", "10人", "9人"],
        [None, "培训场次", "3场", "2场"],
    ]
    assert not grid.unsure


def test_pages_below_are_printed_before_those_beside(tmp_path: Path) -> None:
    left, right = strips()
    below = (Page().table((("效益指标", "群众知晓"),), (80, 120)), Page().table((("80%", "85%"),), (60, 60)))
    (grid,) = grids(tmp_path, left, below[0], right, below[1])
    assert [grid.at(5, column).value for column in range(1, 5)] == ["效益指标", "群众知晓", "80%", "85%"]


def test_pages_with_the_same_title_elsewhere_stay_apart(tmp_path: Path) -> None:
    assert [grid.right for grid in grids(tmp_path, *strips(title_again=200))] == [2, 2]


def test_what_is_printed_above_the_paper_is_not_there(tmp_path: Path) -> None:
    (grid,) = grids(tmp_path, Page().text(60, -30, "绩效指标").table(LEFT, (80, 120)))
    assert grid.bottom == 3


def test_a_row_cut_by_the_page_is_one_and_named(tmp_path: Path) -> None:
    first = Page().table((*ROWS, ("效益指标", "社会公众满意程度不断地", "20")), WIDTHS)
    second = Page().table((("", "提高", ""), ("总分", "", "35")), WIDTHS)
    (grid,) = grids(tmp_path, first, second)
    assert [grid.at(4, column).value for column in (1, 2, 3)] == [
        "效益指标",
        "社会公众满意程度不断地提高",
        "20",
    ]
    assert grid.at(5, 1).value == "总分"
    assert grid.unsure == {(4, 2): "这一行跨页，已合为一行"}


def test_tables_of_other_columns_are_other_tables(tmp_path: Path) -> None:
    second = Page().table((("甲", "乙"),), (100, 90))
    assert [grid.sheet for grid in grids(tmp_path, Page().table(ROWS, WIDTHS), second)] == ["表1", "表2"]


def test_a_page_that_is_a_picture_is_named_in_every_table(tmp_path: Path) -> None:
    (grid,) = grids(tmp_path, Page().table(ROWS, WIDTHS), Page().picture())
    assert grid.unsure == {(1, 1): "文件的第 2 页是图片，没有读"}


@pytest.mark.parametrize(
    ("pages", "trailer", "sentence"),
    [
        ([Page().picture()], "", "是扫描的图片"),
        ([Page()], "", "是扫描的图片"),
        ([Page().text(50, 50, "没有表")], "", "没有画线的表格"),
        ([Page()] * 5000, "", "有 5000 页，超过 300 页"),
        (
            [Page()],
            LOCKED,
            "有打开密码",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, pages: list[Page], trailer: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        grids(tmp_path, *pages, trailer=trailer)


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(UserError, match=r"^坏\.pdf：PDF 已损坏"):
        open_book(path)


@needs_office
def test_published_forms_printed_read_as_typed(tmp_path: Path) -> None:
    for name, data, form in printed_forms():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)
        assert (name, data_in(open_book(path).grids())) == (name, form)
    assert len(LAYOUTS_IN_PRINT) == 20
