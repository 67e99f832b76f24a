"""The printed forms of a rule set (表样): which columns, blocks and labels, in which order.

The template builder draws them; nothing here says how anything is scored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from perf_excel.forms.likelihood import LIKELIHOODS

IndicatorColumn = Literal[
    "level1", "level2", "level3", "direction", "sign", "target", "unit", "bounds", "actual", "reached", "raw",
    "weight", "score", "share", "deviation", "reason", "progress", "expected", "causes", "likelihood",
    "remark",
]  # fmt: skip
"""What a column of the indicators can hold: fields of forms/model.py, sign and unit of the target apart,
``bounds`` the columns of level bounds, ``reached`` the name of the level that was reached, ``causes`` and
``likelihood`` columns to be ticked."""

USUAL_COLUMNS: tuple[IndicatorColumn, ...] = (
    "level1", "level2", "level3", "target", "actual", "weight", "score", "deviation", "reason",
)  # fmt: skip
"""The columns of the national form; ``deviation`` only where the rule set has one."""

BudgetColumn = Literal[
    "initial", "annual", "executed", "so_far", "expected", "weight", "rate", "score", "reason",
]  # fmt: skip
BUDGET_COLUMNS: tuple[BudgetColumn, ...] = ("initial", "annual", "executed", "weight", "rate", "score")

PROJECT_LABELS = ("项目名称",)
CODE_LABELS = ("单位编码", "单位代码", "预算单位编码", "部门编码")
"""Labels of a form's head that name the project and the unit's code."""


@dataclass(frozen=True, slots=True)
class SkeletonRow:
    """An indicator row of the blank template; ``unit`` is printed in a column of units of its own."""

    level1: str = ""
    level2: str = ""
    level3: str = ""
    target: str = ""
    unit: str = ""
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The printed form (表样): what the template builder draws."""

    name: str
    title: str
    money: Literal["", "万元", "元"] = ""
    """What amounts are printed in; empty: the rule set's."""
    unit_label: str = "部门（单位）名称"
    head: tuple[tuple[str, ...], ...] = ()
    """Labels of the head (表头), a row each of one or more; empty: only ``unit_label``.

    ``unit_label`` is the unit's name, one of PROJECT_LABELS the project's and one of CODE_LABELS the unit's
    code; one of ``funding`` is that amount, any other a detail of the form.
    """
    order: tuple[Literal["budget", "goal", "tasks"], ...] = ("budget", "goal", "tasks")
    """The blocks above the indicators from top to bottom."""
    budget_block: str = "项目资金（万元）"
    budget_columns: tuple[BudgetColumn, ...] = BUDGET_COLUMNS
    """The columns of the budget block from left to right; empty where the form has none."""
    budget_headings: dict[str, str] = field(default_factory=dict[str, str])
    """Printed labels of the budget block's columns, where they are not the usual ones."""
    funding: tuple[str, ...] = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
    goal_block: str = "年度总体目标"
    """Empty where the form has no goal."""
    goal_columns: tuple[str, ...] = ("预期目标", "实际完成情况")
    """Labels above the expected and the achieved goal; empty: the expected one alone, without a label."""
    task_block: str = ""
    """Empty where the form has no tasks."""
    task_columns: tuple[str, ...] = ("任务名称", "主要内容", "实际完成情况")
    """Labels of a task's name, content and what was achieved; shorter where the last are not printed."""
    tasks: int = 3
    indicator_block: str = "绩效指标"
    columns: tuple[IndicatorColumn, ...] = ()
    """The columns of the indicators from left to right; empty: USUAL_COLUMNS."""
    headings: dict[str, str] = field(default_factory=dict[str, str])
    """Printed labels by column, where they are not the usual ones."""
    levels: tuple[str, ...] = ("优秀", "良好", "一般", "较差")
    """Labels of the columns of ``bounds``, from the best level down."""
    causes: tuple[str, ...] = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
    """Labels of the columns of ``causes``."""
    wordy_unit: str = ""
    """What a column of units says beside a target of words (定性指标)."""
    total: str = "总分"
    """Label of the total row; empty where the form has none."""
    closing: tuple[str, ...] = ()
    """Labels of the line below the form (填表人, 审核人, 填报日期), where it has one."""
    file: str = ""
    """Name of the shipped template."""
    rows: tuple[SkeletonRow, ...] = ()

    @property
    def parted(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The columns that stand for several, with the role and the label of each of these."""
        levels = tuple((f"bound{place}", label) for place, label in enumerate(self.levels, 1))
        causes = tuple((f"cause{place}", label) for place, label in enumerate(self.causes, 1))
        likely = tuple(zip(("sure", "maybe", "never"), LIKELIHOODS, strict=True))
        all_parts = {"bounds": levels, "causes": causes, "likelihood": likely}
        return {role: parts for role, parts in all_parts.items() if role in self.columns}
