"""The words around the indicators (表头词汇): title, unit, project, goals and tasks."""

from __future__ import annotations

import re

EXPECTED = re.compile(
    "(?:年度|年初|全年)?(?:预期|设定|申报)(?:的)?(?:总体|整体|绩效|年度)*目标|(?:年初|年度)(?:总体|整体|绩效)*目标|总体目标"
)
ACHIEVED = re.compile(
    "(?:全年|年度|年末)?(?:总体|整体|绩效)*(?:实际|目标)*(?:完成|实现)(?:情况|目标)(?:综述|概述|简述|描述|说明)?"
    "|(?:实际|全年|年[末终底])(?:实际)?完成"
)
GOAL_ADJUSTED = re.compile("(?:年中|中期|全年|年度)?(?:调整|变更)后?的?(?:年度|总体|整体|绩效)*目标")
"""The goal as it was changed within the year; it goes before the expected one where it is filled."""
GOAL_INSIDE = re.compile("(?:年初|年度)(?:预期|计划)?(?:设定)?|预期|设定")
"""What may name the expected goal in one cell with its text (年初设定：…), beside what EXPECTED names it."""
GOAL = re.compile(
    "(?:20\\d\\d|项目|部门|单位|年度?|全年|本|总体?|整体|履职|绩效|主要|工作)*目标(?:概述|描述|内容)?"
)
"""A side label with the goal beside it."""
GOAL_NUMBERED = re.compile("(?:年度|年|总体|绩效|主要|工作)*目标[\\d一二三四五六七八九十]+")
GOAL_LONGER = re.compile("(?:实施期|中长期|长期|中期|总体|项目)(?:总体|绩效)?目标")
"""A goal for more than the year, beside that of the year (年度目标)."""
AIM = re.compile("(?:目标|任务)(?:\\s|完成情况)*$")
"""A row label by which the goals or tasks begin."""
TASK_NAME = re.compile("(?:主要|重点|工作|年度)*任务名称|工作任务|任务事项|重点工作名称|工作名称")
TASK_CONTENT = re.compile("(?:主要|任务|工作|具体)+内容|任务(?:描述|说明)|具体措施")
TASK_NUMBERED = re.compile("(?:主要|重点|工作)*任务[\\d一二三四五六七八九十]+")

UNIT_NAMES = tuple(
    re.compile(words)
    for words in (
        "部门(?:/?单位)?(?:名称)?|单位/?部门名称|单位信息",
        (
            "(?:二级|三级|基层|本级)?预算单位(?:名称)?|单位名称"
            "|(?:填[报表]|自评|申报|编制|编报|被评价?)(?:单位|部门)(?:名称)?"
        ),
        (
            "(?:项目|具体)?实施(?:单位|部门|主体)(?:名称)?|项目(?:承担|建设|使用|执行)?单位(?:名称)?"
            "|(?:资金)?(?:使用|用款)单位(?:名称)?"
        ),
        "(?:[省市县区]级|一级)?预算部门(?:名称)?|(?:[省市县区]级|一级)预算单位(?:名称)?",
        "(?:项目)?(?:承担|承办|执行|责任|建设|业主|牵头|申请)单位(?:名称)?|牵头部门|项目法人|单位全称|(?:购买|采购)主体|单位",
        "评价单位(?:名称)?",
        "(?:县|区|旗|县[市区]|市?区县)级?主管(?:预算)?部门(?:名称)?",
        "(?:市县|地市|设区市|市|州市?|盟市?)级?主管(?:预算)?部门(?:名称)?",
        "(?:地方|项目|本级)?主管(?:预算)?部门(?:名称|及代码)?",
    )
)
"""Labels of the unit's name, the nearest to what is meant first."""
MANY_UNITS = re.compile(
    "(?:全?[省市县区州盟旗]?各|有关|相关|所属|辖区内?|多个).*|.*等(?:\\d+)?[个家所]?(?:单位|部门|市县|学校)"
)
"""What stands for several units (各市县卫生健康部门) is no unit's name."""
FILLING_UNITS = UNIT_NAMES[:2]
"""Labels of the unit that fills the form in, and of no other: a head with two of them asks for it twice."""
SUPERIOR = re.compile("主管(?:预算)?(?:部门|单位)|上级(?:单位|部门|主管)")
"""A label of the department above the unit, whose name a form may give in place of the unit's."""
YEAR_NAMES = re.compile(r"(?:评价|自评|填报|预算|财政|所属|项目|报告|绩效|执行|实施|资金|考核|政策)*年[度份]")
PROJECT_NAMES = re.compile(
    ".{0,8}(?:项目|资金|政策|专项|转移支付)(?:支出)?名称(?:[及和](?:编码|代码|编号))?|(?:预算)?项目"
    "|项目全称|(?:课题|工程|支出)名称"
)
UNIT_CODES = re.compile("(?:预算|实施|主管|填报)?(?:单位|部门)(?:编码|代码|编号)")
HEAD_LABEL = re.compile(
    "(?:项目|支出|资金|政策|专项|预算)*(?:编码|代码|编号|类型|类别|性质|属性|级次|用途|负责人|联系人|概况|周期|期限"
    "|年限|起止(?:时间|日期|年限)?|开始(?:时间|日期)|结束(?:时间|日期)|(?:实施|项目|合同)期限?|等级|文号|批次|来源|内容|简介|背景|分类|领域|主体|方式)"
    "|.{0,4}(?:立项|政策|设立|实施)依据|联系(?:人|电话|方式)|电话|填[报表](?:人|时间|日期|单位|部门)|.{0,4}负责人|经办人"
    "|.{0,4}(?:主管|归口|责任|联系)(?:预算)?(?:部门|单位|处室|科室)(?:名称|及代码)?|(?:自评|评价|申报|编制)(?:时间|日期|人|年度)"
    "|(?:年度|主要|重点|工作){1,3}任务"
    "|(?:上年度?|本年度?)?项目(?:上年度?|本年度?)?(?:总金额|金额)|(?:预算)?执行率?(?:权重|分值)"
)
"""A label of the form's head (表头信息), beside those of the unit and the project."""
LABELISH = re.compile(
    "(?!.*\\d).{1,12}(?:部门|单位|人|电话|时间|日期|期限|年限|地点|地址|依据|用途|属性|类型|类别|性质|级次|编码|代码|编号|名称"
    "|概况|内容|范围|方式|来源|领域|科目|周期|必要性|可行性|措施|计划|制度|[人个]数|编制数|职能|职责)"
)
"""What may be a label of the head where a value or a blank cell stands beside it."""
TITLE = re.compile(".{0,40}(?:自评|绩效|评价|目标|监控).{0,20}表.{0,12}")
