"""One form (自评表, 申报表): immutable, money in 万元, without cells and without rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from perf_excel.forms.measure import NOTHING, Measure
from perf_excel.forms.spot import Spot


@dataclass(frozen=True, slots=True)
class Funding:
    """A row of the budget block (部门整体支出情况, 项目资金): the total, or one source of money.

    ``initial`` 年初预算数, ``change`` 调整数 (less than nothing where the budget was cut), ``annual``
    全年预算数 and ``executed`` 全年执行数 are 万元; ``rate`` 执行率 is as printed (72.41, 72.41%);
    ``left`` 结转结余数 is what was not spent; ``weight`` 分值 and ``score`` 得分 are points. On a monitoring
    form (监控表) ``so_far`` 1—7月执行数 was spent by then and ``expected`` 全年预计执行数 is foreseen; its
    rate is that of ``so_far``.
    """

    item: str
    initial: Decimal | None = None
    annual: Decimal | None = None
    executed: Decimal | None = None
    weight: Decimal | None = None
    rate: Measure = NOTHING
    score: Decimal | None = None
    reason: str = ""
    so_far: Decimal | None = None
    expected: Decimal | None = None
    change: Decimal | None = None
    left: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """A line of the form's head (表头信息): its label, and what stands beside it as printed."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """The year's goal (年度履职目标, 年度总体目标): expected and achieved, in the unit's own words."""

    expected: str = ""
    achieved: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One main task of the year (年度主要任务)."""

    name: str
    content: str = ""
    achieved: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator (绩效指标) of the third level, or of the fourth where a form has one.

    ``level3`` is its name, ``above`` the third level where the fourth names the indicator; ``term`` says
    what a table of its own is for (长期) where a form has several.

    ``weight`` 分值 and ``score`` 得分 are points; ``deviation`` 偏差度 is as printed (-1.01%); ``thresholds``
    are the bounds of an indicator with levels of its own, from the best level down. ``share`` is 得分率 or
    得分系数 as printed (score ÷ weight), ``raw`` 单项得分 the score out of 100 before it is multiplied by the
    weight, and ``direction`` 指标性质 says whether more (正向) or less (反向) is better where the form has a
    column for that.

    ``given`` says that it stands in a scored table without targets (资金管理情况): its points are given.

    Of a monitoring form (监控表): ``progress`` 1—7月执行情况 and ``expected`` 全年预计完成情况, neither of
    which is ever an actual value; ``causes`` the kinds of reasons that are ticked (经费保障), ``likelihood``
    完成目标可能性 as ticked or written, and ``remark`` 备注.
    """

    level1: str
    level2: str
    level3: str
    target: Measure = NOTHING
    actual: Measure = NOTHING
    weight: Decimal | None = None
    score: Decimal | None = None
    deviation: Measure = NOTHING
    reason: str = ""
    thresholds: tuple[Decimal, ...] = ()
    share: Measure = NOTHING
    raw: Decimal | None = None
    direction: Literal["", "up", "down"] = ""
    progress: Measure = NOTHING
    expected: Measure = NOTHING
    causes: tuple[str, ...] = ()
    likelihood: str = ""
    remark: str = ""
    above: str = ""
    term: str = ""
    given: bool = False

    @property
    def name(self) -> str:
        """What to call the row in a message: its own name, else that of its level."""
        return self.level3 or f"{self.level2 or self.level1}（未填指标名称）"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding of the checks that the unit leaves as it is (忽略), and why (理由).

    ``check``, ``label`` and ``message`` are the finding's, as they stood when it was waived: by them it is
    known again, wherever its row has moved to. An empty ``reason`` is kept, but waives nothing.
    """

    check: str
    label: str
    message: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell of the form that was not read (未识别): where it stands, what it shows.

    ``counts`` says that it is a number where money, weights or points may stand.
    """

    where: str
    text: str
    counts: bool = False


@dataclass(frozen=True, slots=True)
class CellFault:
    """Something about a cell that keeps its value from being taken as it stands (单元格问题).

    ``kind`` says what: an ``error`` value; a formula never calculated (``uncalculated``) or not calculated
    since its cells have changed (``stale``); text ``struck`` out; a value ``covered`` by a merged area; what
    a document does not let be read for certain (``unsure``).
    ``shown`` is what the cell shows, ``due`` what it is to show.
    """

    spot: Spot
    cell: str
    kind: Literal["error", "uncalculated", "stale", "struck", "covered", "unsure"]
    shown: str = ""
    due: str = ""


FIELDS = frozenset({"target", "actual", "weight", "score", "deviation", "reason", "share", "raw"})
"""The fields of an indicator that a layout may or may not have a column for."""
MONITORED = frozenset({"progress", "expected", "likelihood"})
"""Those that only a monitoring form (监控表) has columns for."""


AMOUNTS = frozenset({"initial", "change", "annual", "executed", "so_far", "expected", "left"})
"""The fields of a budget row that are amounts."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form as it stands; a number that is not printed is None, a text that is not printed is empty."""

    form: str = ""
    unit: str = ""
    unit_code: str = ""
    year: int | None = None
    region: str = ""
    project: str = ""
    """Name of the project (项目名称) of a project form."""
    details: tuple[Detail, ...] = ()
    """What else the head of the form says: 主管部门, 项目用途, 起止日期 …, in its order."""
    funding: tuple[Funding, ...] = ()
    goal: Goal = Goal()
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    total_weight: Decimal | None = None
    total: Decimal | None = None
    grade: str = ""
    total_above: Decimal | None = None
    """The total where a form says it a second time, above its table."""
    grade_above: str = ""
    waivers: tuple[Waiver, ...] = ()
    columns: frozenset[str] = FIELDS
    """Which FIELDS and MONITORED of an indicator the form has a place for, and ``total`` where it has a total
    row."""
    headed: bool = False
    """Whether ``columns`` are those of a head that was read; data only shows which of them it fills."""
    partial: bool = False
    """Whether it is one of several tables whose points only together are a form's."""
    months: int | None = None
    """To the end of which month (1—7月) a monitoring form says what was done."""
    shared: frozenset[int] = frozenset()
    """Indicators whose score stands in the merged cell of a row above."""
    text_numbers: frozenset[Spot] = frozenset()
    """Amounts and weights typed as text in a form whose formulas need numbers."""
    totalled: bool = True
    """Whether the budget block begins with its total, rather than being a list of sources only."""
    broken_down: frozenset[str] = AMOUNTS
    """Which amounts of the budget block its rows for the sources have a place for."""
    no_amounts: tuple[tuple[Spot, str], ...] = ()
    """Amounts of money that are there and could not be read, with what their cells show."""
    blanks: frozenset[Spot] = frozenset()
    """Places of the head, the goal, the tasks, and of units of measure, that wait for something."""
    no_values: tuple[tuple[Spot, str], ...] = ()
    """Cells that hold what another program writes for no value (NaN, inf), each with its text."""
    hidden: tuple[tuple[Spot, str], ...] = ()
    """What of the form is not shown on its sheet, in words (第 8 行), each with its first spot."""
    hidden_forms: tuple[str, ...] = ()
    """Hidden sheets (隐藏的工作表) of the workbook on which there is a form, too."""
    faults: tuple[CellFault, ...] = ()
    """Cells whose values cannot be taken as they stand."""
    budget_points: bool = True
    """Whether the budget block has a place for its points: 分值 or 得分."""
    without_indicators: Literal["", "blank", "unread"] = ""
    """Of a sheet with no indicator: whether rows wait for some, or none were found to be rows."""
    unread_money: tuple[str, ...] = ()
    """Where no money was read: labels that speak of money, and the amounts beside them."""
    score_heads: tuple[str, ...] = ()
    """The heads of the columns of scores where there are several; the first is the one that was read."""
    calculated: bool = True
    """False where formulas of results were never calculated, so that a missing result means nothing."""
    unread: tuple[Unread, ...] = ()
    """What stands on the form and was not read."""
    leftovers: tuple[tuple[Spot, str], ...] = ()
    """Names that a template left in rows that hold no indicator (……, 指标1：), beside rows that do."""

    @property
    def budget(self) -> Funding | None:
        """The total row of the budget block, which is its first; of a list of sources only their sum."""
        if self.totalled or not self.funding:
            return self.funding[0] if self.funding else None
        sums = {name: _sum(getattr(row, name) for row in self.funding) for name in AMOUNTS}
        return replace(self.funding[0], item="合计", **sums)

    @property
    def monitors(self) -> bool:
        """Whether it is a monitoring form (监控表): done so far and foreseen, no year's result."""
        return "actual" not in self.columns and not MONITORED.isdisjoint(self.columns)

    @property
    def sources(self) -> tuple[Funding, ...]:
        """The rows below the total: where the money comes from."""
        return self.funding[1:] if self.totalled else self.funding


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    given = [amount for amount in amounts if amount is not None]
    return sum(given, Decimal(0)) if given else None
