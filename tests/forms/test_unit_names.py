"""Names of units held against each other."""

from __future__ import annotations

import pytest

from perf_excel.forms.unit_names import key_of


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("某某县水利局（本级）", "某某县水利局(本级)", True),
        (" 某某县水利局 ", "某某县水利局", True),
        ("324001-某某州市场监督管理局", "某某州市场监督管理局", True),
        ("１３０１１０－某某区信访局", "某某区信访局", True),
        ("某某县第一小学", "某某县第二小学", False),
        # A number of the name itself is no code.
        ("101中学", "中学", False),
        ("2024-2025", "2025", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert (key_of(one) == key_of(other)) is same
