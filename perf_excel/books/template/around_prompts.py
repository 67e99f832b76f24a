"""Input messages (输入提示) of what stands around the indicators: head, goal, tasks, closing line."""

from __future__ import annotations

import re

GOAL_SAYS = (
    "照批复的年度目标填写，如：维护道路3条，群众满意度95%以上。",
    "逐项对照预期目标，有数的写数，如：维护道路3条，群众满意度96.2%。",
)
"""Of the expected goal, and of what was achieved of it."""
TASK_SAYS = (
    "如 道路维护。",
    "做什么、做多少，如 维护道路3条、12公里。",
    "如 3条、12公里全部完工，12月验收。",
)
"""Of a task's name, its content, and what was achieved of it."""
_EXAMPLES = (
    (re.compile("电话|手机"), "0371-00000000"),
    (re.compile("日期|时间|年月"), "2025年3月10日"),
    (re.compile("编码|代码|编号"), "101001"),
    (re.compile("项目名称"), "城区道路维护"),
    (re.compile("人数|编制"), "35人"),
    (re.compile("部门|单位|机构|科室"), "某某市水务局"),
    (re.compile("人$|[签姓]名"), "张某"),
    (re.compile("类[型别]|属性|性质"), "经常性项目"),
    (re.compile("周期|期限|起止"), "2025年1月至12月"),
    (re.compile("用途|依据|内容|概况|说明|职[责能]|必要性|可行性|计划|措施"), "道路养护（照批复的文件写）"),
    (re.compile("地[点址]|范围"), "某某市城区"),
    (re.compile("额|资金|预算|支出|经费"), "357.65"),
)
_OTHER = "无（没有的写“无”）"


def example_of(label: str) -> str:
    """Return an example of what stands beside a label of the head or of the closing line."""
    return next((example for pattern, example in _EXAMPLES if pattern.search(label)), _OTHER)
