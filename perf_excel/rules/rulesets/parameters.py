"""What a region and year demand of a form (规则集): parameters only, each with its default.

A rule set is one TOML file whose tables are the classes below; docs/规则集怎么写.md explains every key.
Rates, shares and limits are fractions (0.9 is 90 %), weights are points, money is 万元.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from perf_excel.rules.rulesets.layouts import Layout
from perf_excel.rules.rulesets.severities import Severity

Status = Literal["公开文件", "由公开表推断", "未经原文核对"]
NumericRule = Literal["proportional", "all_or_nothing", "threshold", "steps", "points_off", "levels"]
Direction = Literal["up", "down"]
TextRule = Literal["percent", "bands"]
NumberJoin = Literal["sum", "weighted", "mean", "max", "min", "fixed"]
AnyJoin = Literal["sum", "weighted", "mean", "max", "min", "latest", "majority", "fixed"]
Step = tuple[Decimal, Decimal]

ONE = Decimal(1)

LABELLED = (
    "level1", "level2", "level3", "level4", "target", "actual", "weight", "score", "deviation", "reason",
    "hint", "prompt", "judged", "earlier", "project", "audited", "ignored", "name", "task", "remark", "share",
    "raw",
    "adjusted", "nature", "unit", "reached", "bound1", "bound2", "bound3", "bound4", "initial", "annual",
    "executed", "arrived", "rate", "progress", "expected", "cause", "sure", "maybe", "never", "likelihood",
    "so_far", "change", "left",
)  # fmt: skip
"""Columns for which a rule set may bring labels of its own."""

RISING = (
    "服务", "培训", "会议", "宣传", "活动", "演练", "巡查", "走访", "慰问", "接访", "下访",
    "救助", "资助", "补助", "受益", "惠及", "覆盖", "满意度", "满意率", "完成率", "合格率", "达标率",
    "及时率", "知晓率", "办结率", "结案率", "到位率", "公开率",
)  # fmt: skip
FALLING = (
    "投诉", "事故", "差错", "失误", "故障", "逾期", "延误", "违规", "违纪", "违法", "死亡", "火灾",
    "上访", "流失", "返贫", "变质", "超标", "损坏",
)  # fmt: skip
"""Things of which more, or less, is better wherever they are counted."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from (依据): what it is about, how well it is founded, and on what."""

    about: str
    status: Status
    text: str


@dataclass(frozen=True, slots=True)
class Level:
    """A first-level indicator (一级指标) and the points it must add up to."""

    name: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Total:
    """The whole form: its points, the tolerance of sums, and whether the budget row is inside it."""

    points: Decimal = Decimal(100)
    tolerance: Decimal = Decimal("0.01")
    budget_inside: bool = True
    levels: tuple[Level, ...] = ()
    levels_official: bool = False
    """Whether other first-level weights are an error; else a warning."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget row (预算执行率): executed ÷ ``base``, then ``rule``."""

    weight: Decimal = Decimal(10)
    base: Literal["annual", "initial"] = "annual"
    rule: Literal["linear", "full_at", "threshold", "steps"] = "linear"
    full_at: Decimal = ONE
    """full_at: the rate from which the row gets full marks."""
    threshold: Decimal = Decimal(0)
    """threshold: the rate below which the row gets nothing."""
    steps: tuple[Step, ...] = ()
    """steps: [rate from, share of the weight], best first; below the last nothing."""
    cap: Decimal = ONE
    """The largest share of the weight that the row can get."""
    reason_below: Decimal | None = None
    """Below this rate a reason is required (V1); None where the form has no place for one."""
    sub_rows_score: bool = False
    """Whether the rows of the sources carry points."""
    cut: Decimal = Decimal("0.2")
    """An annual budget equal to the execution and so much below the initial one is worth a word (W7)."""


@dataclass(frozen=True, slots=True)
class Numeric:
    """Rows with a number as target (定量指标)."""

    rule: NumericRule = "proportional"
    down_ratio: Literal["target/actual", "2-actual/target"] = "target/actual"
    """How far a ≤ target is kept when it was missed."""
    equal: Literal["up", "exact"] = "up"
    """A target with = : met from the number upwards, or only by the number itself."""
    cap: Decimal = ONE
    threshold: Decimal = Decimal(0)
    steps: tuple[Step, ...] = ()
    """steps: [ratio from, share of the weight], best first; below the last nothing."""
    per: Decimal = ONE
    """points_off: how much of the target's unit one deduction is for (1 = one percentage point)."""
    points: Decimal = Decimal(0)
    """points_off: points per deduction."""
    whole: bool = True
    """points_off: whether only whole deductions count."""
    level_shares: tuple[Decimal, ...] = (ONE, Decimal("0.8"), Decimal("0.6"), Decimal(0))
    """levels: share of the weight for each level of an indicator with thresholds of its own."""
    lower_is_better: tuple[str, ...] = ()
    """Words in an indicator's name by which a target without a sign is a ceiling."""
    rising: tuple[str, ...] = RISING
    """What an indicator's name ends with where a ceiling as target contradicts it (V10)."""
    falling: tuple[str, ...] = FALLING
    """What an indicator's name ends with where a floor as target contradicts it (V10)."""


@dataclass(frozen=True, slots=True)
class Band:
    """One of the bands of a qualitative row (定性指标): its words, and the share of the weight it allows."""

    name: str
    upper: Decimal
    lower: Decimal
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """Rows with words as target (定性指标): weight × actual %, or bands with the clerk's own points."""

    rule: TextRule = "bands"
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Rounding:
    """How points are rounded: digits after the point, and the mode."""

    digits: int = 2
    mode: Literal["half_up", "down"] = "half_up"

    @property
    def unit(self) -> Decimal:
        """One unit of the last place that is kept."""
        return Decimal(1).scaleb(-self.digits)


@dataclass(frozen=True, slots=True)
class Over:
    """Far over the target (超额完成): from ``limit`` × target on."""

    limit: Decimal | None = None
    action: Literal["ignore", "warn", "deduct"] = "warn"
    deduct: Decimal = Decimal(0)
    """deduct: share of the weight taken off."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """The column 偏差度: (actual − target) ÷ target where the target was missed."""

    present: bool = False
    met_is_zero: bool = True
    """Whether a row that met its target shows 0 whatever the surplus."""
    down_sign: Literal["signed", "negative"] = "signed"
    """A missed ≤ target: (actual − target) ÷ target as it is, or always below zero."""
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (等级) and the points from which it is given, bound included."""

    name: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Weights:
    """Where a row's weight comes from, and what is unusual for one."""

    source: Literal["column", "score", "group", "percent"] = "column"
    """Own column; implied by the score; group ÷ count; own column, in percent of a raw score.

    percent: a raw score (单项得分) of 100 × share is multiplied by the weight in percent, which is the weight
    × share of every other rule; the form's score is the product (折算得分).
    """
    large: Decimal = Decimal(30)
    """One indicator of so many points is worth a second look (V11)."""
    satisfaction: Decimal | None = None
    """The usual points of satisfaction (满意度) together; None where the rule knows none."""


@dataclass(frozen=True, slots=True)
class Special:
    """A rule of one indicator by its name (单个指标的规则), instead of that of all."""

    name: str
    rule: NumericRule | None = None
    direction: Direction | None = None
    thresholds: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Monitoring:
    """Monitoring during the year (绩效运行监控): when it is done, and how far spending may lag (M2)."""

    months: int = 7
    """To the end of which month, where the form does not say."""
    behind: Decimal = Decimal("0.2")
    """By how much the rate of execution may be behind the share of the year that has passed."""


@dataclass(frozen=True, slots=True)
class Consolidation:
    """How what sub-units filled in becomes their department's form (汇总), and for single indicators by name.

    Money is always added up. ``averages`` are numbers that adding up makes no sense of: those whose name
    holds one of ``average_words``, points (分), and quotients such as 元/人.
    """

    counts: NumberJoin = "sum"
    percents: NumberJoin = "weighted"
    averages: NumberJoin = "weighted"
    average_words: tuple[str, ...] = ("平均", "人均", "户均", "亩均", "次均", "件均", "单价", "均价")
    dates: Literal["latest", "majority", "fixed"] = "latest"
    words: Literal["majority", "fixed"] = "majority"
    weight_by: Literal["annual", "initial", "executed"] = "annual"
    """Which amount of a unit's total weighs its percentages."""
    derived: bool = True
    """Whether rates that follow from the budget block (预算执行率) are taken from the summed one."""
    decimals: int = 2
    """To how many decimals an average is rounded."""
    indicators: dict[str, AnyJoin] = field(default_factory=dict[str, AnyJoin])


@dataclass(frozen=True, slots=True)
class Recognise:
    """By what a form shows itself to be this rule set's: words of its title, columns, first-level names.

    ``labels`` are column labels that no other region prints (得分系数): one of them is enough.
    """

    titles: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One rule set (规则集)."""

    id: str
    name: str
    version: str
    region: str = ""
    money: Literal["万元", "元"] = "万元"
    sources: tuple[Source, ...] = ()
    recognise: Recognise = Recognise()
    total: Total = Total()
    budget: Budget = Budget()
    numeric: Numeric = Numeric()
    text: Text = Text()
    rounding: Rounding = Rounding()
    over: Over = Over()
    deviation: Deviation = Deviation()
    grades: tuple[Grade, ...] = ()
    weights: Weights = Weights()
    indicators: tuple[Special, ...] = ()
    monitoring: Monitoring = Monitoring()
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    severity: dict[str, Severity] = field(default_factory=dict[str, Severity])
    consolidation: Consolidation = field(default_factory=Consolidation)
    forms: tuple[Layout, ...] = ()
