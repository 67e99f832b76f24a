"""The words by which forms name their columns and blocks (表头词汇), with the spellings that bureaus use.

A label is compared without white space, full-width signs and brackets: 年度指标值（A） is 年度指标值.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from perf_excel.forms.measure import plain

_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")

INDICATOR: tuple[tuple[str, str], ...] = (
    ("hint", "校验提示"),
    ("judged", "人工评分"),
    ("level1", "一级指标(?:名称)?"),
    ("level2", "二级指标(?:名称)?"),
    ("level3", "三级指标(?:名称|内容)?|指标名称|具体指标|指标内容|绩效指标名称"),
    ("deviation", "偏差[度率]"),
    ("reason", ".*(?:原因|改进措施).*"),
    ("weight", "(?:指标|标准)?分值|(?:指标)?权重|标准分|满分"),
    ("score", "(?:自评|实际|评价)?得分|自评分数?|评分"),
    ("target", "(?!实际).*(?:指标|目标|预期|计划)值|年度目标|计划指标|预期目标"),
    (
        "actual",
        "(?:全年|年度|本年|实际|年末)*(?:完成|实现)(?:指标|目标)?(?:值|数|情况)|.*实际值|实际完成|完成指标值",
    ),
)
"""Columns of the indicator block: the role and its spellings, first match first."""

BUDGET: tuple[tuple[str, str], ...] = (
    ("weight", "(?:指标)?分值|(?:执行率)?权重|标准分|满分"),
    ("score", "(?:自评|实际|评价)?得分|自评分数?"),
    ("rate", ".*(?:执行|完成|支出)率"),
    ("executed", ".*(?:执行|支出)(?:数|额|金额)|实际支出|全年执行|实际执行"),
    ("initial", "年初.*(?:预算|数).*|.*年初预算数?"),
    ("annual", "(?:全年|年度|调整后|本年|当年).*预算.*|预算数|预算金额|全年数|.*调整后预算数?"),
)
"""Columns of the budget block."""

TOTAL = re.compile("总分|总得分|总分值?合计|合计得分|得分合计|自评总分|合计|总计|总评分|自评得分合计")
SUBTOTAL = re.compile("小计|.{0,6}小计")
GRADE = re.compile("(?:自评|评价|评定)?(?:结果)?等[级次]|自评结论|评价结果|自评结果")
GRADES = re.compile("优秀?|良好?|中等?|一般|较?差|合格|不合格")
NOTE = re.compile(
    "(?:备?注|填表?说明|说明|其他需要?说明的?(?:问题|事项)|填[表报]人|联系人|单位负责人|审核人)[:：]?.*"
)

EXPECTED = re.compile("预期目标|年初设定目标|年初目标|总体目标|年度绩效目标")
ACHIEVED = re.compile("(?:全年|年度)?(?:实际|目标)?完成情况|实际完成")
TASK_NAME = re.compile("(?:主要)?任务名称|工作任务")
TASK_CONTENT = re.compile("(?:主要|任务)内容")

UNIT_NAMES = tuple(
    re.compile(words)
    for words in (
        "部门名称",
        "预算单位(?:名称)?|填报单位(?:名称)?|单位名称",
        "实施单位|项目单位|项目实施单位",
        "主管部门",
        "项目名称",
    )
)
"""Labels of the unit's name, the nearest to what is meant first."""

TITLE = re.compile(".{0,40}(?:自评|绩效|评价|目标).{0,20}表.{0,12}")


class Role(NamedTuple):
    """A compiled spelling of a column."""

    name: str
    spelling: re.Pattern[str]


def bare(text: str) -> str:
    """Return a label without white space, brackets and what is in them, and end punctuation."""
    text = plain(text)
    return (_BRACKETS.sub("", text) or text).strip(":：*＊")


def roles(base: Iterable[tuple[str, str]], more: Mapping[str, tuple[str, ...]]) -> tuple[Role, ...]:
    """Compile the spellings of a block's columns; a rule set's own (``labels``) come first.

    Args:
        base: INDICATOR or BUDGET.
        more: further labels by role, in plain words.
    """
    own = [
        Role(name, re.compile("|".join(re.escape(bare(word)) for word in words)))
        for name, words in more.items()
    ]
    known = {name for name, _ in base}
    return (
        *(role for role in own if role.name in known),
        *(Role(name, re.compile(words)) for name, words in base),
    )


def role_of(label: str, among: Iterable[Role]) -> str | None:
    """Return the role that a label names, None for none."""
    text = bare(label)
    return next((role.name for role in among if role.spelling.fullmatch(text)), None) if text else None
