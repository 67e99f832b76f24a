"""The scored rows of a form as its report speaks of them (报告里的指标): what each was worth and got."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from perf_excel.forms.model import FIELDS, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import is_blank, plain
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.form_score import BUDGET_LEVEL
from perf_excel.rules.scoring.numeric import attempt
from perf_excel.rules.scoring.points import RowScore
from perf_excel.words.writing.report_figures import Figure, Subject, identity, one_line

_STOPS = "。；;，,、.．"


@dataclass(frozen=True)
class Row:
    """An indicator, or the budget row where it carries points, with its figures.

    ``met`` says whether the target was met by the rules, None where that is judgement.
    """

    subject: Subject
    scored: RowScore
    key: str
    own: Indicator | None

    @property
    def name(self) -> str:
        """The indicator's name."""
        return one_line(self.own.name if self.own else BUDGET_LEVEL)

    @property
    def level1(self) -> str:
        """The first level that it counts under."""
        return one_line(self.own.level1 if self.own else BUDGET_LEVEL)

    @property
    def level2(self) -> str:
        """The second level that it counts under."""
        return one_line(self.own.level2 if self.own else "")

    @property
    def met(self) -> bool | None:
        """Whether the target was met by the rules; None where that is judgement."""
        alone = self.scored.alone or self.scored
        if alone.met is not None or self.own is None:
            return alone.met
        tried = attempt(self.own, self.subject.scores.rules)
        if tried is not None:
            return tried.met
        same = self.own.actual.words == self.own.target.words
        return True if same and not is_blank(self.own.target.text) else None

    @cached_property
    def weight(self) -> Figure:
        """分值, which several rows may have together."""
        return self._points("weight", "分值", self.scored.weight)

    @cached_property
    def score(self) -> Figure:
        """得分 as it stands in the form; by the rules where the form has none."""
        return self._points("score", "得分", self.points, computed=self.scored.printed is None)

    @property
    def points(self) -> Decimal | None:
        """The points that the report counts."""
        return self.scored.points if self.scored.printed is None else self.scored.printed

    @property
    def lost(self) -> Decimal | None:
        """What of the weight it did not get; None where one of them is not known."""
        if self.scored.weight is None or self.points is None:
            return None
        return self.scored.weight - self.points

    @property
    def deducted(self) -> Figure:
        """扣分."""
        lost = self.lost
        text = "" if lost is None else shown(max(lost, Decimal(0)))
        spots = (self.scored.spot("weight"), self.scored.spot("score"))
        return self.subject.figure(f"{self.key}.lost", f"{self.name}扣分", text, *spots, computed=True)

    @property
    def short(self) -> bool:
        """Whether it lost points, or missed its target."""
        return bool(self.lost and self.lost > 0) or self.met is False

    @property
    def follows(self) -> bool:
        """Whether its points stand in the merged cell of a row above."""
        return self.own is not None and self.scored.at in self.subject.form.shared

    @property
    def target(self) -> Figure:
        """年度指标值, in the form's words."""
        return self._value("target", "年度指标值")

    @property
    def actual(self) -> Figure:
        """实际完成值, in the form's words."""
        return self._value("actual", "实际完成值")

    @property
    def deviation(self) -> Figure:
        """偏差度 as printed."""
        return self._value("deviation", "偏差度")

    @property
    def reason(self) -> Figure:
        """The clerk's own reason, without a full stop behind it."""
        text, spot = self._given_reason()
        return self.subject.figure(
            f"{self.key}.reason", f"{self.name}的原因", one_line(text).rstrip(_STOPS), spot
        )

    def _given_reason(self) -> tuple[str, Spot]:
        """The row's reason; for a budget row without one that of the indicator of the same name."""
        spot, form = self.scored.spot("reason"), self.subject.form
        if self.own is not None:
            return self.own.reason, spot
        if text := form.funding[self.scored.at].reason:
            return text, spot
        same = (
            at for at, row in enumerate(form.indicators) if row.reason and plain(row.level3) == BUDGET_LEVEL
        )
        at = next(same, None)
        return ("", spot) if at is None else (form.indicators[at].reason, Spot("indicator", at, "reason"))

    def facts(self) -> dict[str, object]:
        """Return what a template may say of the row."""
        return {
            "名称": self.name,
            "一级指标": self.level1,
            "二级指标": self.level2,
            "年度指标值": self.target,
            "实际完成值": self.actual,
            "分值": self.weight,
            "得分": self.score,
            "扣分": self.deducted,
            "偏差度": self.deviation,
            "原因": self.reason,
        }

    def _points(self, field: str, label: str, value: Decimal | None, *, computed: bool = False) -> Figure:
        spot = self.scored.spot(field)
        text = self.subject.number(spot, value)
        return self.subject.figure(
            f"{self.key}.{field}", f"{self.name}{label}", text, spot, computed=computed
        )

    def _value(self, field: str, label: str) -> Figure:
        """A value in the form's own words; the budget row has an execution rate as its actual value."""
        text = "" if self.own is None else getattr(self.own, field).text
        if is_blank(text):
            text = ""
        return self.subject.figure(
            f"{self.key}.{field}", f"{self.name}{label}", text, self.scored.spot(field)
        )

    def has(self, field: str) -> bool:
        """Whether the form has a place for a field, so that a missing one is to be filled in."""
        return self.own is not None and (field in self.subject.form.columns or field not in FIELDS)


def rows_of(subject: Subject) -> tuple[Row, ...]:
    """Return the scored rows of a form in its order, the budget row first where it carries points."""
    return tuple(_rows(subject))


def _rows(subject: Subject) -> Iterator[Row]:
    seen: dict[str, int] = {}
    for scored in subject.scores.rows:
        if scored.kind == "budget":
            yield Row(subject, scored, f"b{scored.at or ''}", None)
            continue
        own = subject.form.indicators[scored.at]
        name = identity(own.term, own.level1, own.level2, own.above, own.level3)
        before = seen[name] = seen.get(name, -1) + 1
        yield Row(subject, scored, f"r{name}{f'.{before}' if before else ''}", own)


def indicators_of(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows that are indicators."""
    return tuple(row for row in rows if row.own is not None)


def sum_of(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """Return a sum, None where one of the numbers is not known or there are none."""
    total, any_at_all = Decimal(0), False
    for number in numbers:
        if number is None:
            return None
        total, any_at_all = total + number, True
    return total if any_at_all else None


def grouped(rows: Iterable[Row], level: str) -> dict[str, tuple[Row, ...]]:
    """Return rows by the name of their ``level1`` or ``level2``, in the order in which these come first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(plain(getattr(row, level)), []).append(row)
    return {name: tuple(group) for name, group in groups.items()}


def spots_of(rows: Iterable[Row], *fields: str) -> tuple[Spot, ...]:
    """Return where fields of some rows stand."""
    return tuple(row.scored.spot(field) for row in rows for field in fields)
