"""The words by which forms name their columns and blocks (表头词汇), with the spellings that bureaus use.

A label is compared without white space, full-width signs and brackets: 年度指标值（A） is 年度指标值.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from perf_excel.forms.measure import plain

_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_LETTERS = re.compile(r"(?<=[^A-Z/÷])[A-D](?:[/÷][A-D])?$")
"""The letters by which a head explains its arithmetic: 全年预算数A, 执行率B/A."""

INDICATOR: tuple[tuple[str, str], ...] = (
    ("ignored", "(?!)"),
    ("hint", "校验提示"),
    ("judged", "人工评分"),
    ("level1", "一级(?:指标)?(?:名称)?"),
    ("level2", "二级(?:指标)?(?:名称)?"),
    ("level3", "三级(?:指标)?(?:名称|(?:及)?内容)?|指标名称|具体指标|末级指标|指标内容|绩效指标名称"),
    ("deviation", "偏[差离](?:[度率值]|程度)"),
    ("reason", ".*(?:原因|改进措施|整改措施).*|扣分(?:说明|理由|依据|情况)|(?:偏差|差异|.*情况)说明"),
    (
        "weight",
        "(?:指标|标准|权重|基准|设定|单项)?分值(?:权重)?|(?:指标|分值)?权重(?:分值?|值|占比)?|标准分|满分值?|赋分值?",
    ),
    (
        "score",
        "(?:部门|单位|自评价?|实际|评价|指标|绩效|最终|折算|加权)*(?:得分|打分)(?:值|情况)?|自评分[数值]?|评分",
    ),
    (
        "actual",
        "(?!未).{0,8}(?:实际|完成|实现)(?:实际|完成|实现)*(?:指标|目标)?(?:值|数|情况|结果)|.{0,6}实际完成",
    ),
    ("target", ".*(?:指标|目标|预期|计划|标准|考核)值|(?:年度|计划|预期)(?:指标|目标)"),
)
"""Columns of the indicator block: the role and its spellings, first match first."""

BUDGET: tuple[tuple[str, str], ...] = (
    ("weight", "(?:指标|(?:预算)?执行率?)?(?:分值|权重)|标准分|满分"),
    ("score", "(?:自评|实际|评价|(?:预算)?执行率?)?得分|自评分数?"),
    ("rate", ".*(?:执行|完成|支出|使用)率|(?:预算)?(?:执行|支出)进度"),
    ("executed", ".*(?:执行|支出|使用)(?:数|额|金额)|(?:全年|累计|实际|本年)+(?:支出|执行)|(?:支出)?决算数"),
    ("initial", "年初.*(?:预算|数).*|.*年初预算数?|(?:预算)?批复(?:预算)?数?|预算(?:批复|安排)数"),
    ("annual", "(?:全年|年度|调整后?|本年|当年|年中).*预算.*|预算(?:数|金额|总额)|全年数|.*调整后预算数?"),
)
"""Columns of the budget block."""

TOTAL = re.compile(
    "(?:绩效|自评|评价|综合|指标)*(?:总分值?|总得分|总评分|合计|总计|总分值?合计|合计(?:得分|分值|分)|(?:得分|分值|评分)合计)"
    "(?:[及与和、]?等[级次])?|自评得分|综合得分"
)
SUBTOTAL = re.compile(".{0,10}(?:小计|合计)")
GRADE = re.compile("(?:自评|评价|评定)?(?:结果)?等[级次]|自评结论|评价结果|自评结果")
GRADES = re.compile("优秀?|良好?|中等?|一般|较?差|合格|不合格")
NOTE = re.compile(
    "(?:备?注|填表?说明|说明|其他需要?说明的?(?:问题|事项)|填[表报]人|联系人|单位负责人|审核人)[:：]?.*"
)
SIGNED = re.compile(
    "(?:填[表报]人|填表单位|经办人|联系人|联系电话|(?:单位|部门|项目)?负责人|审核人)(?:签[字章])?(?::.*)?"
)
"""The line below a form where people sign."""

EXPECTED = re.compile("预期目标|年初设定目标|年初目标|总体目标|年度绩效目标")
ACHIEVED = re.compile("(?:全年|年度)?(?:实际|目标)?完成情况|实际完成")
AIM = re.compile("(?:目标|任务)(?:\\s|完成情况)*$")
"""A row label by which the goals or tasks begin."""
TASK_NAME = re.compile("(?:主要)?任务名称|工作任务")
TASK_CONTENT = re.compile("(?:主要|任务)内容")

UNIT_NAMES = tuple(
    re.compile(words)
    for words in (
        "部门(?:名称)?",
        "预算(?:单位|部门)(?:名称)?|(?:填报|自评|申报|编制)(?:单位|部门)(?:名称)?|单位名称",
        "(?:项目|具体)?实施单位|项目(?:承担)?单位|资金使用单位",
        ".{0,3}主管部门(?:名称|及代码)?",
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
    text = _LETTERS.sub("", bare(label))
    return next((role.name for role in among if role.spelling.fullmatch(text)), None) if text else None
