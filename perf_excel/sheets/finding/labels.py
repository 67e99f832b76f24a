"""The words by which forms name their columns and blocks (表头词汇), with the spellings that bureaus use.

A label is compared without white space, full-width signs and brackets: 年度指标值（A） is 年度指标值.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from perf_excel.forms.text import plain

LONGEST = 1_000
"""Of a longer text the rest is passed over where labels are looked for: it is prose."""
_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]{0,200}[)\]】〕]")
OF_YEAR = re.compile(r"20\d\d年?度?")
"""The year in a label: 2023年目标值 is 目标值."""
_LETTERS = re.compile(r"(?<=[^A-Z/÷①-⑳])(?:[A-D](?:[/÷][A-D])?|[①-⑳](?:=[①-⑳A-D+\-*/÷×]{1,40})?)$")
"""The letters and numbers by which a head explains its arithmetic: 全年预算数A, 执行率B/A, 总额④=①+②."""

_LEVEL = "(?:绩效)?(?:指标|目标|目录|分类)?"
_AND_POINTS = "(?:[及和与、/](?:分值|权重|分数))?"
"""A level and what it counts in one head: 一级指标及分值."""

_SO_FAR = (
    "(?:20\\d\\d年?)?(?:0?1月?份?[-—–~～至到](?:0?[2-9]|1[01])月份?[底末]?"
    "|截[至止]到?(?:20\\d\\d年?)?(?:0?[1-9]|1[01])月(?:份|[底末]|\\d+日)?|(?:0?[1-9]|1[01])月份?[底末]"
    "|上?半年|前[二三两]个?季度|[一二三]季度|监控(?:期|时点|节点|阶段)?[内末]?|(?:截[至止])?[目当]前|阶段性?)"
)
"""A part of the year that has passed, not the whole (1—12月): what a monitoring form (监控表) speaks of."""
SO_FAR_BEHIND = re.compile(f"[(（]{_SO_FAR}")
"""A label that says so in brackets: 完成情况（1—7月）."""
MONITORING = "监控"
"""What the title of a monitoring form says."""
_DONE = "(?:执行|完成|实现|达成|达到|进展|进度|实际)"

MARGIN = frozenset({"hint", "prompt", "judged"})
"""Columns of the program's own forms that stand beside what is printed."""

INDICATOR: tuple[tuple[str, str], ...] = (
    ("ignored", "(?!)"),
    ("project", "(?:预算|二级)?项目(?:支出)?名称"),
    ("hint", "校验提示"),
    ("prompt", "填报提示"),
    ("judged", "人工评分"),
    ("progress", f"(?!.*(?:原因|目标|指标值|计划)){_SO_FAR}的?.{{0,6}}{_DONE}.{{0,4}}"),
    (
        "expected",
        (
            "全年预[计测](?:[值数]|情况)?|(?:全年|年度|年末|年底)预[计测](?:可|能|将)?(?:完成|实现|执行|达到|达成)(?:指标|目标)?(?:[值数率]|情况|程度|结果)?"
            "|预[计测](?:全年|年度|到?年[底末])(?:可|能|将)?(?:完成|实现|执行|达到|达成)(?:指标|目标)?(?:[值数率]|情况|程度|结果)?"
        ),
    ),
    ("cause", "(?:经费|资金|制度|人员|组织|硬件(?:条件)?)(?:条件)?保障|硬件条件|其他(?:偏差)?原因.*"),
    ("sure", "确定(?:能|可以)(?:完成|实现)?|确定完成|能(?:完成)?"),
    ("maybe", "有?可能(?:完成|实现)?"),
    ("never", "(?:完全)?不可能(?:完成|实现)?|不能(?:完成)?|无法完成"),
    (
        "likelihood",
        "(?:年度|绩效)*(?:(?:完成|实现)(?:年度|绩效)*(?:目标|指标)?|(?:目标|指标)(?:完成|实现))?的?可能性.{0,3}|能否(?:完成|实现)(?:目标)?",
    ),
    (
        "earlier",
        (
            "(?!.*(?:原因|说明|措施|得分|分值|权重|评分|资金|结转|任务)).*(?:上一?年|去年|前年|往年|历年|历史|上一?期|同期|基期|基准年"
            "|[前近上]?[两二三四五]个?年|平均|行业标准|国家标准|地方标准).*"
        ),
    ),
    (
        "level1",
        f"第?一级{_LEVEL}(?:名称|内容)?{_AND_POINTS}|指标一级|(?:绩效|评价)?指标类别|(?:评价|指标|绩效)?维度",
    ),
    ("level2", f"第?二级{_LEVEL}(?:名称|内容)?{_AND_POINTS}|指标二级|指标分类|(?:指标)?种类|子指标|评价方面"),
    (
        "level3",
        (
            f"第?三级{_LEVEL}(?:名称|(?:及)?内容)?{_AND_POINTS}|指标三级|(?:具体|末级|明细|细化)指标|指标内容"
            "|(?:具体|绩效|评价|考核)?指标(?:名称|内容|明细|细项)(?:[及和与]说明)?"
        ),
    ),
    ("level4", f"第?四级{_LEVEL}(?:名称|(?:及)?内容)?{_AND_POINTS}|指标四级"),
    ("name", "(?:绩效|评价|考核|具体)?指标|(?:评价|考核)(?:内容|事项|项目|要素)"),
    ("task", "(?:年度|重点|主要|履职|工作)*任务(?:名称|内容|事项)?"),
    ("deviation", "偏[差离](?:[度率值]|程度|比例|幅度)|偏差|差异率"),
    (
        "reason",
        (
            ".*(?:原因|(?:改进|整改|纠偏|纠正)措施).*|(?:扣分|失分)(?:说明|理由|依据|情况|分析)"
            "|(?:偏差|差异|未完成|.*情况)(?:分析|说明)|.*(?:未完成|偏离)说明|存在(?:的)?问题|扣分[点项]|不足之处"
        ),
    ),
    ("remark", "备注(?:说明)?|说明|(?:得分|自评)依据|(?:评分|得分|自评)说明"),
    ("share", "(?:得分|评分|计分)(?:率|系数|比例)|完成系数"),
    ("raw", "(?:单项|百分制|原始)(?:指标)?(?:自评)?得分"),
    (
        "weight",
        (
            "(?:指标|标准|权重|基准|设定|单项|基础|考核|评价)*(?:分值)(?:/?权重)?"
            "|(?:指标|分值|三级指标)?(?:权重|权数)(?:分值?|值|占比|系数|%)?"
            "|(?:标准|基准|应得|基础)分|(?:指标)?满分值?|赋分值?|比重|赋值|参考分值|(?:权重)?分数|分值(?:设置|分配)|[配占]分"
        ),
    ),
    (
        "audited",
        (
            "(?!.*自评).{0,6}(?:复核|复评|审核|财政|主管部门|评审|第三方|专家|核定|抽查|上级).{0,4}(?:得分|评分|打分|分数|分值?)(?:值|情况)?"
        ),
    ),
    (
        "score",
        (
            "(?:部门|项目|预算|单位|自评价?|自我评?价?|自查|实际|评价|指标|绩效|年度|最终|折算|加权|综合)*"
            "(?:得分|打分)(?:值|情况|结果)?|(?:.{0,6}自)?评分[数值]?|(?:履职|管理)效能评分"
            "|(?:实|考评|考核|评定|测评|本级自评)得分数?|(?:单位|项目单位|部门)?自评|计分"
        ),
    ),
    ("adjusted", "(?!是否).{0,4}(?:调整|变更)后?的?(?:年度|绩效)*(?:指标|目标|预期|计划)值?"),
    (
        "actual",
        (
            "(?!未|是否|计划|预期(?:完|实现|达)|预计|应)"
            ".{0,8}(?:实际|完成|实现|达成|达到)(?:实际|完成|实现|达成|达到)*"
            "(?:指标|目标)?(?:值|数|情况|结果)|.{0,6}实际(?:完成|达成)|(?:自评|年末|期末)值|[实业]绩值?"
            "|(?:全年|年度)?执行(?:值|结果)|(?:全年|年末|年终)?实绩|自评结果|落实情况|实际|完成"
            "|(?:全年|年度|年末|年终)?(?:实际|完成|实现|达成)+(?:水平|数值|内容|进度|程度|效果)"
        ),
    ),
    (
        "target",
        (
            ".*(?:指标|目标|预期|计划|标准|考核|设定|申报)值"
            "|(?:计划|预期|预计|应)(?:当年|本年)?(?:完成|实现|达到)(?:值|数|情况)?|预期|(?:年度|全年|年初|本年|当年)?(?:预期|预计)"
            "|.{0,4}(?:目标|计划|预期|预计)(?:数值?|量|水平|要求)|(?:年度|年初|计划|预期)指标"
            "|(?:年度|年初|全年|预期|计划|设定|绩效|考核|工作|任务)*目标|(?:年初|绩效)?目标任务|(?:绩效|指标)标准|应完成|计划|(?:年初|年度)设定"
        ),
    ),
    ("nature", "(?:绩效)?(?:指标|目标)?值?(?:性质|方向|类型|属性|(?:运算|计算|比较|关系)?符号?)"),
    ("unit", "(?:指标|目标)?值?(?:计量|度量|计算)?单位"),
    ("reached", "(?:达到|所达)(?:的)?(?:档次|等级)"),
    ("bound1", "优秀?"),
    ("bound2", "良好?"),
    ("bound3", "一般|中等?|合格"),
    ("bound4", "较?差|不合格"),
)
"""Columns of the indicator block: the role and its spellings, first match first.

``name`` and ``task`` are names of an indicator only where nothing else is; ``nature`` may hold signs, 正向
and 反向, or neither; of several reasons the preferred one is ``reason``, the others reason2 …; ``adjusted``
goes before ``target`` where it is filled; ``bound1`` … are 分级标准. To look at only are ``audited``, the
score that others gave (复核得分), and ``earlier``, of other years or elsewhere (上年实际完成值, 历史值).
``level4`` is the name where a form has it; ``project`` stands left of the levels where one table has several.
``progress`` to ``likelihood`` are those of a monitoring form: ``cause`` is a kind of reason to be ticked
(cause1, cause2 …), ``sure``, ``maybe`` and ``never`` the three likelihoods where each has a column.
"""

PREFERRED: Mapping[str, tuple[str, ...]] = {
    "target": ("年度|全年|本年|当年", "^(?!.*(?:中期|实施期|长期|总体|三年|规划|标准值))", "值"),
    "actual": ("全年|年度|年末", "^(?!.*(?:监控|半年|季|[1-9]月|截至)).*(?:值|数)", "实际|完成"),
    "weight": ("三级", "分值", "分"),
    "score": ("自评|自我", "折算|加权|最终"),
    "reason": ("(?:原因|说明|分析)$|原因.*措施",),
}
"""Where several columns have one role: the first of these spellings that one of them shows decides."""

LEVEL = re.compile(
    "(?:产出|效益|效果|满意度|成本|投入|过程|决策|管理|履职|项目)(?:效果|效益|效能|管理)?(?:绩效)?(?:指标)?"
)
"""The name of a first level."""
SECOND_LEVEL = re.compile(
    "(?:数量|质量|时效|成本|经济成本|社会成本|生态环境成本|经济效益|社会效益|生态效益|环境效益|可持续影响|可持续发展|服务对象满意度)"
    "(?:绩效)?指标"
)

BUDGET: tuple[tuple[str, str], ...] = (
    ("weight", "(?:指标|标准|考核|评价|(?:预算)?执行率?)?(?:分值|权重)(?:/?权重)?|标准分|满分值?"),
    ("score", "(?:自评|实际|评价|考核|(?:预算)?执行率?)?得分|(?:项目|预算|部门)?(?:单位)?自评(?:分数?)?"),
    ("rate", "(?!.*预计).*(?:执行|完成|支出|支付|使用)(?:率|比例)%?|(?:预算)?(?:执行|支出|支付)进度"),
    ("reason", ".*(?:原因|改进措施).*|(?:偏差|差异)说明"),
    (
        "expected",
        "(?:全年|年度|年[底末])?预计(?:全年|年度|到?年[底末])?.{0,4}(?:执行|支出|支付|使用|完成)(?:[数额]|金额|情况)?",
    ),
    ("so_far", f"{_SO_FAR}(?:预算|资金|实际|累计)*(?:执行|支出|支付|使用|完成)(?:[数额]|金额|情况)?"),
    ("arrived", "(?!.*[未没不]).*到位(?:资金)?(?:数|额|金额)?"),
    (
        "executed",
        (
            "(?!.*可(?:执行|支出|使用)).*(?:执行|支出|支付|使用)(?:数|额|金额)|(?:全年|累计|实际|本年|当年|总|已)+(?:支出|支付|执行|使用)(?:资金)?"
            "|(?:全年|年度|本年|支出|项目|资金)*决算(?:数|额|金额)?|决算支出|实支数|已支出|执行|资金(?:支出|执行|使用)|支出资金"
            "|(?:实际|累计|已)+(?:完成)?(?:投资|投入)(?:资金)?(?:数|额|金额)?|完成投资(?:数|额|金额)?"
        ),
    ),
    (
        "initial",
        (
            "(?!.*(?:总额|情况))(?:年初.*(?:预算|数|安排).*|.*年初预算数?|(?:预算)?批复(?:预算)?(?:数|额|金额)?"
            "|(?:年初)?预算(?:批复|安排)(?:资金)?(?:数|额|金额)?|年初)"
        ),
    ),
    (
        "annual",
        (
            "(?!.*(?:情况|申请|安排|资金))(?:(?:全年|年度|调整后?|本年|当年|年中).*预算.*"
            "|总?预算(?:数|额|金额|总额)?|全年数?|年[末终底]预算数?|.*(?:调整|变更|追加)后(?:的)?预算(?:数|额|金额)?"
            "|最终预算(?:数|额|金额)?)|.{0,4}(?:调整|变更|追加|调剂)后(?:的)?(?:预算|安排|批复|下达)+(?:数|额|金额)?"
            "|(?:预算|资金|实际|指标)?下达(?:预算|资金)?(?:数|额度?|金额)|核定预算数?|预算指标数"
            "|(?:全年|年度)?可(?:用|执行|支出|使用)(?:指标|资金|预算|额度){0,2}(?:数|额|金额)?"
            "|(?:转移支付|项目|专项|财政|部门|单位)+(?:支出|资金)?预算(?:数|额|金额)|财政批复预算|核定数|调整后(?:数|额|金额)?"
            "|计划(?:数|额|金额)|计划(?:投入|安排|投资|下达)(?:资金)?(?:数|额|金额)?|资金计划(?:数|额|金额)?|计划资金(?:数|额|金额)?"
        ),
    ),
    (
        "left",
        (
            "(?:年末|期末|年底|预算|资金|项目)*(?:结转结余|结余结转|结转和结余|结余|剩余)(?:资金|指标)?(?:[数额]|金额)?"
            "|(?:年末|期末|年底)结转(?:资金)?(?:[数额]|金额)?|结转下年(?:[数额]|金额|资金)?"
        ),
    ),
    (
        "change",
        (
            "(?:预算|年中|资金|指标|追加)*(?:调整|调剂|追加|增减|变动|调增|调减)(?:增减|变动|预算|资金|指标)?(?:[数额]|金额)"
            "|(?:年中)?(?:预算)?(?:调整|调剂|追加|增减|调增|调减)|追加预算"
        ),
    ),
)
"""Columns of the budget block."""

TOTAL = re.compile(
    "(?:绩效|自评|评价|综合|指标|项目|部门|单位)*(?:总分[值数]?|总得分|总评分|合计|总计|总分值?合计"
    "|合计(?:得分|分值|分)|(?:得分|分值|分数|评分)合计)(?:[及与和、/]?等[级次])?"
    "|(?:项目|部门|单位)*(?:自评|综合|最终)得分(?:[及与和、/]?等[级次])?|项目总得分|项目得分|综合评分|自评分数?|(?:自评|评价)结论"
    "|(?:综合|绩效|考核|整体|总体)*(?:评价|考核)得分|总计得分|总评|总成绩"
)
SUBTOTAL = re.compile(".{0,10}(?:小计|合计)")
GRADE = re.compile(
    "(?:项目|部门|单位|预算|整体|绩效|自评|自我|综合|评价|评定|考评|考核|得分|评分)*(?:结果)?(?:等[级次]|级别|档次|评级|定级)(?:评定)?"
)
GRADE_ABOVE = re.compile("自评|评价|绩效|评定|评级")
"""What a label of the grade says where it stands above the table: 项目级别 is none."""
CONCLUSION = re.compile("(?:项目|部门|单位|绩效|自评|自我|综合|评价|评定)+(?:结论|结果)")
"""A label of the grade where a grade stands beside it."""
GRADED = re.compile(r"(\d+(?:\.\d+)?)分?[(,、，/]?([优良中差合一较不][^)]{0,3})?[)]?")
"""A total with its grade in one cell: 99（优）."""
GRADES = re.compile("优秀?|良好?|中等?|一般|较?差|合格|不合格")
NOTE = re.compile(
    "(?:备?注|填表?说明|说明|其他需要?说明的?(?:问题|事项|情况)|填[表报]人|联系人|单位负责人|审核人)[:：]?.*"
    "|(?:存在的?)?(?:主要)?问题(?:及.*)?|(?:下一步)?(?:改进|整改)(?:措施|意见|建议)|(?:自评|评价)结论"
    "|(?:填[表报])?(?:注意事项|填报要求|须知)[:：]?.*|.{0,12}原因分析|(?:改进|整改)措施.{0,12}"
    "|(?:有关|相关|意见)建议|主要(?:经验|做法)|(?:自评)?结果应用|监控(?:结论|结果|意见)"
)
"""What begins a remark, or a text about the whole, behind the indicators."""
SIGNED = re.compile(
    "(?:填[表报]人|填表单位|经办人|联系人|联系电话|(?:单位|部门|项目)?负责人|审核人)(?:签[字章])?(?::.*)?"
)
"""The line below a form where people sign."""
STAMPED = re.compile(
    "[(（](?:盖章|公章|签章|签字|签名|单位章)[)）]|^(?:.{0,12}(?:审核|审批|审查|评审|批复)意见|.{0,8}(?:科室|处室|股室|部门)意见)(?:[:：(（].*)?$"
    "|年月日$|^(?:填[表报]|审核|报送)(?:日期|时间)[:：]?"
)
"""What shows a row to be for stamps, signatures or opinions."""

NUMBERING = re.compile(r"^(?:\d+[、.．]|[一二三四五六七八九十]+、|[①-⑩]|其中:?)+")
"""What numbers a label: 1、资金来源, 其中：财政拨款."""
MONEY_TOTAL = re.compile(
    "(?:部门|单位|年度|全年|本年度?|当年|项目|专项)*(?:(?:预算|资金|收入|支出|经费)+(?:合计|总计|总量)"
    "|(?:预算|资金|收入|支出|经费)*(?:总额|总金额|总投入))"
    "|(?:项目)?本年度?(?:项目)?(?:预算|资金)?金额|(?:项目|预算|资金|概算|计划)*(?:总投资|投资总?额|金额|资金规模)|总额"
)
"""The total with which the amounts of a 申报表 begin."""
FUNDS_TOTAL = re.compile(
    "(?:部门|单位|年度|全年|本年度?|当年|项目|预算|资金|收入|支出|经费)*(?:合计|总计|总额|总金额|总量|总和|总投资|总资金)"
)
"""The line of a budget block that sums up the others."""
ONE_AMOUNT = re.compile(
    "(?:资金|预算|投资|支出|申请|安排|下达|批复|项目|年初|全年|本年)*(?:金额|预算数|预算额|数额)"
)
"""The only column of amounts beside a list of sources."""
MONEY_OF_YEAR = re.compile(
    "(?:项目)?(?:[本当]年度?|年度)(?:项目)?(?:预算|资金|财政|申请|安排)*(?:总?金额|总额|预算|总?投[入资])"
)
MONEY_ITEM = re.compile(
    ".{0,16}(?:资金|拨款|收入|支出|经费|金额|总额|合计|小计|总计|总量|来源|结构|预算|基金|结转|结余|安排|补助|配套|投资|投入"
    "|自筹|自有|财政|贷款|债券|预算数|资金规模)"
)
_OF_LEVEL = "(?:中央|自治区|[省市州盟地县区旗乡镇村]级?|本级|上级|地方)"
SOURCE = re.compile(
    f"(?:其中:?)?(?:{_OF_LEVEL}(?:[、/及和]?{_OF_LEVEL}){{0,6}}(?:财政|预算|专项|补助|配套|下达|安排|投入|拨款|资金){{0,8}}"
    "|(?:一般公共预算|政府性基金|国有资本经营|(?:财政)?专户|专项债|(?:本年|当年)?财政).{0,8}"
    "|(?:单位|自筹|自有|其他|其它|社会|债券|贷款|银行|上年|结转|结余|事业|经营|非财政){1,6}"
    "(?:资金|拨款|收入|投入|结转|结余|贷款|债券|来源){0,6})"
)
"""Where money comes from, as the head of a column."""
USES = re.compile("(?:基本|项目)支出")
"""What money is for: a second way to break down the same total."""
MONEY_GROUP = re.compile(".*(?:来源|结构|构成)")
"""Names a breakdown and has no amount of its own."""

EXPECTED = re.compile(
    "(?:年度|年初|全年)?(?:预期|设定|申报)(?:的)?(?:总体|绩效|年度)*目标|年初(?:总体|绩效)?目标|年度(?:总体|绩效)?目标|总体目标"
)
ACHIEVED = re.compile(
    "(?:全年|年度|年末)?(?:总体|绩效)?(?:实际|目标)*(?:完成|实现)(?:情况|目标)(?:综述|概述|简述|描述|说明)?"
    "|(?:实际|全年|年[末终底])(?:实际)?完成"
)
GOAL_ADJUSTED = re.compile("(?:年中|中期|全年|年度)?(?:调整|变更)后?的?(?:年度|总体|绩效)*目标")
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
        "(?:地方|项目|本级)?主管(?:预算)?部门(?:名称|及代码)?",
    )
)
"""Labels of the unit's name, the nearest to what is meant first."""
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
    "|年限|起止(?:时间|日期|年限)?|开始(?:时间|日期)|结束(?:时间|日期)|(?:实施|项目|合同)期限?|等级|来源|内容|简介|背景|分类|领域|主体|方式)"
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
MONEY_UNIT = re.compile("(?:金额|货币|计量)?单位")
MONEY_NAMED = re.compile("(?:人民币)?(?:亿|[十百千]?万|[百千])?元(?:人民币)?.{0,3}")
"""What stands behind 单位 where it is that of the money."""

TITLE = re.compile(".{0,40}(?:自评|绩效|评价|目标|监控).{0,20}表.{0,12}")


class Roles:
    """The spellings of a block's columns, the first before the others; each label is looked up once.

    Args:
        spellings: role and pattern, first match first.
        own: roles by bare label, which go before those.
    """

    def __init__(self, spellings: tuple[tuple[str, str], ...], own: Mapping[str, str]) -> None:
        self._own = own
        self._names = [name for name, _ in spellings]
        self._joined = _in_one(spellings)
        self.of = lru_cache(maxsize=8192)(self._of)

    def _of(self, label: str) -> str | None:
        """Return the role that a label names, None for none."""
        text = without_arithmetic(_bare(label))
        if "20" in text:
            text = OF_YEAR.sub("", text) or text
        if not text or text in self._own:
            return self._own.get(text)
        if text.isascii():
            return None  # every spelling has a Chinese word in it, and every second cell is a number
        found = self._joined.fullmatch(text)
        return self._names[found.lastindex - 1] if found and found.lastindex else None


@lru_cache(maxsize=8)
def _in_one(spellings: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """One pattern for all: it is tried in a fraction of the time that some forty take. None has groups."""
    return re.compile("|".join(f"({words})" for _, words in spellings))


def any_of(*spellings: re.Pattern[str]) -> re.Pattern[str]:
    """Return one pattern that matches what any of some match: it is tried in a fraction of their time."""
    return re.compile("|".join(f"(?:{one.pattern})" for one in spellings))


def without_arithmetic(label: str) -> str:
    """Return a bare label without the letters or numbers by which it explains its arithmetic."""
    return _LETTERS.sub("", label)


def bare(text: str) -> str:
    """Return a label without white space, brackets and what is in them, and end punctuation."""
    return _bare(text[:LONGEST])


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    text = plain(text)
    return (_BRACKETS.sub("", text) or text).strip(":：*＊")


def roles(base: tuple[tuple[str, str], ...], more: Mapping[str, tuple[str, ...]]) -> Roles:
    """Put together the spellings of a block's columns; a rule set's own (``labels``) come first.

    Args:
        base: INDICATOR or BUDGET.
        more: further labels by role, in plain words.
    """
    known = {name for name, _ in base}
    own: dict[str, str] = {}
    for name, words in more.items():
        for word in words if name in known else ():
            own.setdefault(bare(word), name)
    return Roles(base, {word: name for word, name in own.items() if word})


def role_of(label: str, among: Roles) -> str | None:
    """Return the role that a label names, None for none."""
    return among.of(label[:LONGEST])
