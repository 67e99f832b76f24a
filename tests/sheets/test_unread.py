"""Nothing of a form is passed over in silence: what was not read is named with its cell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perf_excel.forms.model import Unread
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Cell, Grid, Value
from perf_excel.sheets.reading.form_reading import read_form

FORM: list[list[str]] = [
    ["项目支出绩效自评表"],
    ["项目名称", "某项目", "", "实施单位", "某中心"],
    ["资金（万元）", "", "年初预算数", "全年预算数", "全年执行数"],
    ["", "年度资金总额", "100", "100", "90"],
    ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"],
    ["产出指标", "数量指标", "培训人数", "≥100人", "100人", "90", "90"],
    ["总分", "", "", "", "", "100", "99"],
    ["填表人：某", "", "联系电话：某"],
]


def typed(rows: list[list[str]]) -> Grid:
    def value(text: str) -> Value:
        return Decimal(text) if text.replace(".", "").isdigit() else text

    return Grid(
        "表",
        {
            (row, column): Cell(value(text))
            for row, texts in enumerate(rows, 1)
            for column, text in enumerate(texts, 1)
            if text
        },
    )


def unread(rows: list[list[str]]) -> list[Unread]:
    grid = typed(rows)
    found = find_forms(grid)
    assert len(found) == 1
    return list(read_form(grid, found[0]).form.unread)


def changed(row: int, column: int, text: str) -> list[list[str]]:
    """The form with one more cell (rows and columns from 1)."""
    rows = [list(texts) for texts in FORM]
    texts = rows[row - 1]
    texts += [""] * (column - len(texts))
    texts[column - 1] = text
    return rows


def below(*texts: str) -> list[list[str]]:
    return [*FORM, *([text] for text in texts)]


def test_a_form_that_was_read_whole_leaves_nothing() -> None:
    assert unread(FORM) == []


@pytest.mark.parametrize(
    ("row", "column", "text", "where", "counts"),
    [
        (4, 7, "12.5", "G4", True),  # an amount under no head of the money
        (4, 7, "7", "G4", True),  # a small one, which counts no rows there
        (4, 1, "132", "A4", True),  # left of the block, and more than there are rows
        (2, 8, "132", "H2", False),  # a number of the head
        (6, 9, "30", "I6", True),  # a number beside the table
        (5, 9, "内部标识", "I5", False),  # a column that means nothing to the program
        (2, 8, "内部资料", "H2", False),  # words of the head that name nothing
    ],
)
def test_a_cell_that_means_nothing_is_named(
    row: int, column: int, text: str, where: str, *, counts: bool
) -> None:
    assert unread(changed(row, column, text)) == [Unread(where, text, counts)]


@pytest.mark.parametrize(
    "text", ["备注", "评分标准", "绩效指标描述", "指标编码", "数据来源", "复核意见", "完成率"]
)
def test_a_column_of_remarks_is_known_to_score_nothing(text: str) -> None:
    rows = changed(5, 9, text)
    rows[5] += ["", "按文件要求"]
    assert unread(rows) == []


def test_notes_and_signatures_below_are_ornaments() -> None:
    assert unread(below("注：1.得分一档最高不能超过该指标分值上限。", "2.定量指标按比例计分。")) == []


def test_what_stands_far_below_is_no_part_of_the_form() -> None:
    assert unread(below("", "", "", "", "别的内容", "1")) == []
    assert [cell.where for cell in unread([*FORM, [""], ["别的内容"]])] == []


def test_words_on_how_money_was_managed_are_known() -> None:
    rows = [*FORM[:4], ["资金管理情况", "分配科学性", "按因素法分配", "无"], *FORM[4:]]
    assert unread(rows) == []
    rows[4] += ["", "", "", "12.5"]
    assert [cell.where for cell in unread(rows)] == ["H5"]


def test_remarks_beside_the_money_and_a_line_over_it_are_known() -> None:
    rows = [*FORM[:2], ["一、部门资金情况"], *FORM[2:]]
    rows[3], rows[4] = [*rows[3], "", "备注"][:7], [*rows[4], "", "尾款未付"][:7]
    assert unread(rows) == []


def leveled(first: str, second: str) -> list[list[str]]:
    """A form whose first level has its weight beside it, in a column of its own."""
    return [
        ["部门整体支出绩效自评表"],
        ["一级指标", "权重", "二级指标", "三级指标", "权重", "目标值", "实际值", "得分"],
        ["履职效能", first, "专项效能", "修路", "60", "≥5公里", "5公里", "60"],
        ["", "", "专项效能", "绿化", "10", "≥2处", "2处", "10"],
        ["管理效能", second, "采购管理", "合同及时率", "30", "≥90%", "95%", "30"],
        ["合计", "100", "", "", "100", "", "", "100"],
    ]


def test_weights_of_levels_are_the_sums_of_their_rows() -> None:
    assert unread(leveled("70", "30")) == []
    assert unread(leveled("65", "30")) == [Unread("B3", "65", counts=True)]
