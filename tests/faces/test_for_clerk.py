"""What the window says names rule sets and checks in Chinese, whatever the message was written for."""

from __future__ import annotations

import pytest

from perf_excel.faces.window.clerk_words import for_clerk
from perf_excel.faces.wording import ruleset_words
from perf_excel.rules.rulesets.library import ruleset, ruleset_names
from perf_excel.rules.rulesets.severities import USUAL


@pytest.mark.parametrize("name", ruleset_names())
def test_a_rule_set_is_told_without_its_id(name: str) -> None:
    told = for_clerk("\n".join(ruleset_words(ruleset(name))))
    assert ruleset(name).name in told
    assert name not in told
    assert not [line for line in told.splitlines() if line.strip().split(" ")[0] in USUAL]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "也可能是 hebei-project（河北省项目支出绩效自评），可另行指定",
            "也可能是 “河北省项目支出绩效自评”，可另行指定",
        ),
        ("已保存：/表/national-2020.xlsx", "已保存：/表/national-2020.xlsx"),
        ("V6 定性目标填数字：提示", "定性目标填数字：提示"),
        ("V6楼的表", "V6楼的表"),
    ],
)
def test_names_of_files_stay_as_they_are(text: str, told: str) -> None:
    assert for_clerk(text) == told
