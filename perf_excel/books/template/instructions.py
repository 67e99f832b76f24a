"""The sheet 填报说明: how to fill the form, what its colours mean, and the rules it scores by."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.canvas import write_at
from perf_excel.books.template.heights import height
from perf_excel.books.template.indicator_block import heading
from perf_excel.books.template.margin import HINTS, MANUAL
from perf_excel.books.template.page_setup import A4
from perf_excel.books.template.plan import Plan
from perf_excel.books.template.styles import FACE
from perf_excel.forms.likelihood import LIKELIHOODS
from perf_excel.rules.describing import scoring_words, source_words

_WIDTH = 80.0
_SIZE = 10.5
_HEADING = Font(name=FACE, size=12, bold=True)
_TEXT = Font(name=FACE, size=_SIZE)


def write_notes(plan: Plan, sheet: Worksheet) -> None:
    """Write the sheet."""
    sheet.column_dimensions["A"].width = _WIDTH
    sheet.sheet_view.showGridLines = False
    row = 0
    for title, lines in _sections(plan):
        for text, font in ((title, _HEADING), *((line, _TEXT) for line in lines)):
            row += 1
            cell = write_at(sheet, row, 1, text)
            cell.font = font
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            sheet.row_dimensions[row].height = height([(text, [_WIDTH])], 15.0, _SIZE)
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True


def _sections(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    rules = plan.rules
    yield f"{plan.layout.title}填报说明", [f"规则集：{rules.name}（{rules.id}，版本 {rules.version}）"]
    yield "一、怎样填写", _how(plan)
    yield "二、颜色和提示", list(_colours(plan))
    if "score" in plan.columns:
        yield "三、计分规则", list(scoring_words(rules))
    if rules.sources:
        yield "四、依据" if "score" in plan.columns else "三、依据", list(map(source_words, rules.sources))


def _how(plan: Plan) -> list[str]:
    return [f"{number}. {line}" for number, line in enumerate(_steps(plan), 1)]


_COMPUTED = (
    ("raw", "单项得分"), ("score", "得分"), ("share", "得分率"), ("reached", "达到档次"),
    ("deviation", "偏差度"),
)  # fmt: skip


def _computed(plan: Plan) -> list[str]:
    """What formulas give."""
    columns = plan.columns
    typed = () if columns.scored else ("score",)
    found = [label for role, label in _COMPUTED if role in columns and role not in typed]
    if "rate" in plan.budget:
        found.append("执行率")
    if "score" in columns and plan.frame.total:
        found += ["总分", "等级"] if plan.frame.grade else ["总分"]
    return found


def _steps(plan: Plan) -> Iterator[str]:
    columns = plan.columns
    computed = _computed(plan)
    yield "在浅蓝色的单元格中填写（打印时不着色）" + (
        f"；{'、'.join(computed)}由公式计算，不用填。" if computed else "。"
    )
    if plan.frame.funding:
        yield f"金额单位为{plan.money}，填数字。没有的资金来源填 0。"
    if "sign" in columns or "unit" in columns:
        yield "符号、数字和单位有单独一栏的，分开填写，如 ≥、95、%；时间或文字目标照实填在指标值一栏。"
    elif "target" in columns:
        yield "指标值写明符号、数字和单位，如 ≥95%、≤3次；时间或文字目标照实填写。"
    if "bounds" in plan.layout.columns:
        levels = "、".join(plan.layout.levels)
        yield f"评价标准（{levels}）各填该档的界限数字，从最好的一档起；最后一档可以不填。"
    if "actual" in columns:
        yield "实际完成值填实际数和相同的单位，如 98%、2次，不要抄写指标值的符号。"
    if columns.answer == "expected":
        yield from _monitoring(plan)
    if {"score", "reason"} <= set(columns.roles):
        yield "得分低于分值的，必须在最后一列说明偏差原因和改进措施；“无”“/”不算说明。"
    if columns.scored:
        yield f"由人判断得分的行（如定性指标），在表格右侧“{MANUAL}”列填分，得分按规则允许的范围取值。"
    elif "score" in columns:
        yield "得分由填报人填写，不超过分值。"
    yield from _rows(plan)
    yield "粘贴别处的内容时请选“只粘贴值”，以免破坏公式。"


def _rows(plan: Plan) -> Iterator[str]:
    """What the rows of indicators bring along, and how they come and go."""
    if any(plan.derived(index) for index in range(len(plan.rows.indicators))):
        yield "预算执行率等由预算数推算的指标，实际完成值已由公式填好；与实际不符的可以改填。"
    yield (
        "加一行：在行号上选中一整个指标行，复制，再在要加的位置右键“插入复制的单元格”（LibreOffice："
        "选择性粘贴，向下移动），改填内容；每行都写一、二级指标，与上一行相同的不显示。删一行：选中整行删除。"
        "公式、合计、下拉列表和打印范围都跟着变，不要插入空白行。"
    )


def _monitoring(plan: Plan) -> Iterator[str]:
    """How a monitoring form (监控表) is filled."""
    columns = plan.columns
    yield (
        f"{heading(plan, 'progress')}填到监控时点已完成的数；全年预计完成情况填预计全年完成的数，"
        "单位与指标值相同。"
    )
    if columns.causes:
        kinds = "、".join(plan.layout.causes)
        where = heading(plan, "reason")
        yield f"预计达不到指标值的，在偏差原因分析中勾选（{kinds}），并在“{where}”写明原因。"
    if columns.likely:
        yield f"完成目标可能性在{'、'.join(LIKELIHOODS)}中选一项打勾。"
    if "remark" in columns:
        yield "备注可填预计年底不能完成目标的原因和拟采取的措施。"


_TYPED = (
    ("target", "指标值"), ("actual", "实际完成值"), ("progress", "执行情况"), ("expected", "全年预计"),
)  # fmt: skip


def _colours(plan: Plan) -> Iterator[str]:
    columns = plan.columns
    values = " 或 ".join(name for role, name in _TYPED if role in columns)
    if values:
        yield f"浅黄：{values.replace(' 或 ', '或')}未填。"
    if {"score", "weight", "reason"} <= set(columns.roles):
        yield "橙色：得分低于分值而未填写偏差原因。"
    if "weight" in columns:
        yield "橙色（小表）：一级指标分值与规则不一致。红色：分值合计不等于规则总分。"
    if columns.answer == "expected":
        yield "橙色：预计达不到指标值而没有说明原因；全年预计执行数少于年初预算数。"
        yield "红色：完成目标可能性多选，或与预计数矛盾；已执行数、全年预计执行数大于年初预算数。"
    if {"annual", "executed"} <= plan.budget.keys():
        yield "红色：全年执行数大于全年预算数。"
    yield f"“{HINTS}”列随填写实时更新；程序校验后，有问题的行改为显示校验发现的问题。这一列不打印。"
