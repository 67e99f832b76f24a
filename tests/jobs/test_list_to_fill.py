"""The empty list of units fits the forms that are going to be sent: filled in, it is taken as it is."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perf_excel.books.opening import open_book
from perf_excel.jobs.distribute import Sending, distribute, plan
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.sending.list_to_fill import list_to_fill
from perf_excel.jobs.sending.unit_list import WrongListError

DEPARTMENT, PROJECT = "henan-department", "national-2020"


def filled_in(folder: Path, templates: list[str], *rows: dict[str, str]) -> Path:
    """The empty list with rows typed below its heads."""
    path = folder / "单位名单.xlsx"
    path.write_bytes(list_to_fill(templates))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, 2):
        for head, text in row.items():
            sheet.cell(number, heads.index(head) + 1, text)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("templates", "heads"),
    [
        (
            [DEPARTMENT],
            [
                "单位名称", "单位编码", "上级单位", "年度", "年初预算数（万元）",
                "政府预算资金：年初预算数（万元）", "财政专户管理资金：年初预算数（万元）",
                "单位资金：年初预算数（万元）", "联系人", "联系电话",
            ],
        ),
        (
            ["zhengzhou-declaration:支出项目绩效目标表"],
            [
                "单位名称", "单位编码", "上级单位", "年度", "项目名称", "年初预算数（元）",
                "联系人", "联系电话",
            ],
        ),
    ],
)  # fmt: skip
def test_its_heads_are_those_of_the_forms(templates: list[str], heads: list[str], tmp_path: Path) -> None:
    path = filled_in(tmp_path, templates)
    assert [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][1]] == heads


def test_filled_in_it_is_taken_as_it_is(tmp_path: Path) -> None:
    units = filled_in(
        tmp_path,
        [DEPARTMENT, PROJECT],
        {
            "单位名称": "甲局",
            "单位编码": "007",
            "年度": "2024",
            "联系人": "某",
            "政府预算资金：年初预算数（万元）": "120.5",
        },
        {"单位名称": "甲局", "单位编码": "007", "年度": "2024", "项目名称": "培训"},
    )
    done = distribute(Sending([DEPARTMENT, PROJECT], units, tmp_path / "下发"))
    assert [book.file for book in done.pack.books] == [
        "007-甲局-部门整体自评表.xlsx",
        "007-甲局-培训-项目支出绩效自评表.xlsx",
    ]
    form = find(open_book(done.target / done.pack.books[0].file)).reading.form
    assert [row.initial for row in form.funding][1] == Decimal("120.5")
    assert done.pack.books[0].contacts == (("联系人", "某"),)


def test_all_that_is_wrong_with_a_list_is_told_before_anything_is_written(tmp_path: Path) -> None:
    units = filled_in(tmp_path, [DEPARTMENT], {"单位编码": "1"}, {"单位名称": "乙局", "年度": "去年"})
    with pytest.raises(WrongListError) as refused:
        plan(Sending([DEPARTMENT], units, tmp_path / "下发"))
    assert refused.value.faults == (
        "第 2 行：没有单位名称",
        "第 3 行：年度“去年”不是四位年份，请改成如 2025",
    )
    assert refused.value.in_window == "单位名单.xlsx：名单有 2 处问题，没有写任何文件，请改正后重试。"


def test_a_plan_says_to_whom_what_goes(tmp_path: Path) -> None:
    units = filled_in(
        tmp_path, [DEPARTMENT], {"单位名称": "甲局", "上级单位": "主管局"}, {"单位名称": "乙局"}
    )
    planned = plan(Sending([DEPARTMENT], units, tmp_path / "下发", by_superior=True))
    assert [(one.recipient.unit, one.file.partition("/")[0]) for one in planned.books] == [
        ("甲局", "主管局"),
        ("乙局", "未注明上级单位"),
    ]
    assert any("1 行没有上级单位" in note for note in planned.notes)
