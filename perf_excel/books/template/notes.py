"""The sheet 填报说明: how to fill the form, what its colours mean, and the rules it scores by."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.blocks import Plan
from perf_excel.books.template.canvas import write_at
from perf_excel.books.template.heights import height
from perf_excel.books.template.margin import CHECK, HINTS, MANUAL
from perf_excel.books.template.paper import A4
from perf_excel.books.template.styles import FACE
from perf_excel.rules.arithmetic import percent, shown
from perf_excel.rules.ruleset import Grade, RuleSet, Step

_WIDTH = 80.0
_HEADING = Font(name=FACE, size=12, bold=True)
_TEXT = Font(name=FACE, size=10.5)
_TALLER = 1.08
"""The notes' type is a little larger than the form's, for which heights are estimated."""

_ABOUT = {
    "budget": "预算执行率", "numeric": "定量指标", "text": "定性指标", "deviation": "偏差度",
    "rounding": "取整", "total": "总分", "total.levels": "一级指标分值", "grades": "等级",
    "over": "超额完成", "weights": "分值",
}  # fmt: skip


def write_notes(plan: Plan, sheet: Worksheet) -> None:
    """Write the sheet."""
    sheet.column_dimensions["A"].width = _WIDTH
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    row = 0
    for heading, lines in _sections(plan):
        for text, font in ((heading, _HEADING), *((line, _TEXT) for line in lines)):
            row += 1
            cell = write_at(sheet, row, 1, text)
            cell.font = font
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            sheet.row_dimensions[row].height = height([(text, [_WIDTH])], 15.0) * _TALLER
    sheet.page_setup.paperSize = A4
    sheet.print_options.horizontalCentered = True


def _sections(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    rules = plan.rules
    yield f"{plan.layout.title}填报说明", [f"规则集：{rules.name}（{rules.id}，版本 {rules.version}）"]
    yield "一、怎样填写", _how(plan)
    yield "二、颜色和提示", _colours()
    yield "三、计分规则", list(_scoring(rules))
    if rules.sources:
        yield "四、依据", [_source(source.about, source.status, source.text) for source in rules.sources]


def _source(about: str, status: str, text: str) -> str:
    return f"【{status}】{_ABOUT.get(about, about)}：{text}"


def _how(plan: Plan) -> list[str]:
    computed = (
        "得分、偏差度、执行率、总分、等级" if plan.rules.deviation.present else "得分、执行率、总分、等级"
    )
    return [
        f"1. 只能在未锁定的单元格中填写；{computed}由公式计算，不用填。",
        f"2. 金额单位为{plan.rules.money}，填数字。没有的资金来源填 0。",
        "3. 年度指标值写明符号、数字和单位，如 ≥95%、≤3次；时间或文字目标照实填写。",
        "4. 实际完成值填实际数和相同的单位，如 98%、2次，不要抄写年度指标值的符号。",
        "5. 得分低于分值的，必须在最后一列说明偏差原因和改进措施；“无”“/”不算说明。",
        f"6. 由人判断得分的行（如定性指标），在表格右侧“{MANUAL}”列填分，得分按规则允许的范围取值。",
        "7. 粘贴时请选“只粘贴值”，以免破坏公式和校验。行高不够时可以直接拖动行高。",
        "8. 表格受保护但没有密码。行数不够时，请用程序重新生成表格，不要自行插入或删除行。",
    ]


def _colours() -> list[str]:
    return [
        "浅黄：年度指标值或实际完成值未填。",
        "橙色：得分低于分值而未填写偏差原因；或一级指标分值与规则不一致（表格右上方小表）。",
        "红色：分值合计不等于规则总分；或全年执行数大于全年预算数。",
        f"“{HINTS}”列随填写实时更新；“{CHECK}”列由程序校验后写入。两列都不打印。",
    ]


def _scoring(rules: RuleSet) -> Iterator[str]:
    total = rules.total
    levels = "、".join(f"{level.name} {shown(level.weight)} 分" for level in total.levels)
    yield f"总分 {shown(total.points)} 分" + (f"：{levels}。" if levels else "。")
    if total.budget_inside and rules.budget.weight:
        yield _budget(rules)
    yield _numeric(rules)
    if rules.numeric.lower_is_better:
        words = "、".join(rules.numeric.lower_is_better)
        yield f"年度指标值没有符号时，名称含有{words}的指标按越低越好计算，其他按越高越好计算。"
    yield from _over(rules)
    yield _text(rules)
    for special in rules.indicators:
        rule = _RULES[special.rule] if special.rule else "按通用规则计分"
        direction = {"up": "，越高越好", "down": "，越低越好", None: ""}[special.direction]
        bounds = "、".join(map(shown, special.thresholds))
        yield f"“{special.name}”：{rule}{direction}{f'，分级界限 {bounds}' if bounds else ''}。"
    yield _rounding(rules)
    if rules.deviation.present:
        yield (
            "偏差度 =（实际完成值－年度指标值）÷ 年度指标值"
            + ("，达到目标的为 0" if rules.deviation.met_is_zero else "")
            + "；文字目标以百分比填报的，偏差度 = 实际百分比－100%。"
        )
    if rules.grades:
        yield f"等级：{'；'.join(map(_grade, rules.grades))}。"


def _grade(grade: Grade) -> str:
    return f"{shown(grade.points)} 分及以上为{grade.name}" if grade.points > 0 else f"其余为{grade.name}"


_RULES = {
    "proportional": "按完成比例计分",
    "all_or_nothing": "未达到目标不得分",
    "threshold": "低于最低完成程度不得分，其余按比例计分",
    "steps": "按完成程度分档计分",
    "points_off": "按相差数量扣分",
    "levels": "按分级标准计分",
}


def _budget(rules: RuleSet) -> str:
    budget = rules.budget
    base = "年初预算数" if budget.base == "initial" else "全年预算数"
    full, least = percent(budget.full_at), percent(budget.threshold)
    how = {
        "linear": "得分 = 分值 × 执行率",
        "full_at": f"执行率达到 {full} 得满分，未达到的，得分 = 分值 × 执行率 ÷ {full}",
        "threshold": f"执行率低于 {least} 不得分，其余得分 = 分值 × 执行率",
        "steps": f"按执行率分档：{_steps(budget.steps)}",
    }[budget.rule]
    cap = f"，最高为分值的 {percent(budget.cap)}" if budget.rule != "steps" else ""
    return f"预算执行率 {shown(budget.weight)} 分：执行率 = 全年执行数 ÷ {base}；{how}{cap}。"


def _steps(steps: tuple[Step, ...]) -> str:
    return "；".join(f"{percent(bound)} 及以上得分值的 {percent(share)}" for bound, share in steps)


def _numeric(rules: RuleSet) -> str:
    numeric = rules.numeric
    down = (
        "（2－实际完成值 ÷ 年度指标值）"
        if numeric.down_ratio == "2-actual/target"
        else "年度指标值 ÷ 实际完成值"
    )
    least = percent(numeric.threshold)
    ratio = f"≥ 类为实际完成值 ÷ 年度指标值，≤ 类为{down}"
    how = {
        "proportional": f"未达到的，得分 = 分值 × 完成比例；{ratio}",
        "all_or_nothing": "未达到的不得分",
        "threshold": f"未达到的，完成比例低于 {least} 不得分，其余得分 = 分值 × 完成比例；{ratio}",
        "steps": f"未达到的，按完成比例分档：{_steps(numeric.steps)}；{ratio}",
        "points_off": f"未达到的，每差 {shown(numeric.per)} 扣 {shown(numeric.points)} 分，扣完为止",
        "levels": f"有分级界限的按所在档次计分，其余未达到的得分 = 分值 × 完成比例；{ratio}",
    }[numeric.rule]
    return f"定量指标：达到年度指标值得满分；{how}。"


def _over(rules: RuleSet) -> Iterator[str]:
    over = rules.over
    if over.limit is None or over.action == "ignore":
        return
    what = "应说明原因" if over.action == "warn" else f"扣减分值的 {percent(over.deduct)}"
    yield f"实际完成值达到年度指标值的 {percent(over.limit)} 及以上的（≥ 类），{what}。"


def _text(rules: RuleSet) -> str:
    if rules.text.rule == "percent":
        how = "实际完成值填百分比的，得分 = 分值 × 实际百分比（最高 100%）；与年度指标值一致的得满分"
        return f"定性指标：{how}。"
    bands = "；".join(f"{band.name} {percent(band.upper)}—{percent(band.lower)}" for band in rules.text.bands)
    return f"定性指标分档，得分在所在档次的分值比例之内，由填报人判断：{bands}。"


def _rounding(rules: RuleSet) -> str:
    mode = "四舍五入" if rules.rounding.mode == "half_up" else "其后舍去"
    digits = rules.rounding.digits
    return f"得分保留 {digits} 位小数，{mode}。" if digits else f"得分取整数，{mode}。"
