"""Names of what is written: whose, of which year, and what was done, never twice."""

from __future__ import annotations

import pytest

from perf_excel.faces.window.suggested_names import bare_stem, marked_stem, new_stem
from perf_excel.forms.model import Form


@pytest.mark.parametrize(
    ("stem", "bare"),
    [
        ("自评表", "自评表"),
        ("自评表（校验结果）", "自评表"),
        ("自评表（校验结果）（校验结果）", "自评表"),
        ("自评表（已打分）-2（完成表）", "自评表"),
        ("（已打分）", "（已打分）"),
        ("自评表（报送稿）", "自评表（报送稿）"),
    ],
)
def test_no_mark_stands_twice(stem: str, bare: str) -> None:
    assert bare_stem(stem) == bare
    assert marked_stem(stem, "校验结果") == f"{bare}（校验结果）"


def test_a_name_says_whose_form_it_is_and_of_which_year() -> None:
    form = Form(unit="甲局", year=2024)
    assert marked_stem("自评表", "已打分", form) == "甲局-2024-自评表（已打分）"
    assert marked_stem("甲局自评表2024（已打分）", "校验结果", form) == "甲局自评表2024（校验结果）"
    assert new_stem("甲局", "2024", "部门整体自评表") == "甲局-2024-部门整体自评表"
    assert new_stem("", "", "部门整体自评表") == "部门整体自评表"
    assert new_stem("甲/乙局", "", "表") == "甲／乙局-表"
