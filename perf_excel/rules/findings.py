"""What a check finds (校验发现), and the list that checks enter themselves in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.rulesets.severities import USUAL, Severity
from perf_excel.rules.scoring.form_score import Scores


class Problem(NamedTuple):
    """What one check says of one spot; ``severity`` only where it differs from the check's own.

    ``also`` are further spots of which the very same is said.
    """

    spot: Spot
    label: str
    message: str
    expected: str | Decimal | None = None
    printed: str | Decimal | None = None
    severity: Severity | None = None
    also: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem under its check's code, with the severity that the rule set gives it.

    ``waived`` is the unit's reason for leaving it as it is (忽略), None for a finding that counts; ``note``
    says what became of a waiver that does not hold.
    """

    check: str
    severity: Severity
    spot: Spot
    label: str
    message: str
    expected: str | Decimal | None
    printed: str | Decimal | None
    waived: str | None = None
    note: str = ""
    also: tuple[Spot, ...] = ()

    def speaks_of(self, part: str, row: int) -> bool:
        """Whether a row of a part of the form is meant."""
        return any((spot.part, spot.row) == (part, row) for spot in (self.spot, *self.also))


@dataclass(frozen=True, slots=True)
class Case:
    """What a check looks at: the form, its rule set, and what the rules make of it.

    ``declared`` is the declaration (申报表) or monitoring form (监控表) that the form is held against, None
    where none is at hand.
    """

    form: Form
    rules: RuleSet
    scores: Scores
    declared: Form | None = None


def one_line(text: str) -> str:
    """Return a text without the line breaks of the cells that it quotes."""
    return " ".join(line.strip() for line in text.strip().splitlines())


Looker = Callable[[Case], Iterator[Problem]]


class Check(NamedTuple):
    """One check: its code, its name in Chinese, the severity where no rule set says otherwise."""

    code: str
    title: str
    severity: Severity
    look: Looker


CHECKS: dict[str, Check] = {}
"""Every check by its code, in the order of the documentation."""


def check(code: str) -> Callable[[Looker], Looker]:
    """Enter a function in CHECKS under a code; its name and severity stand in rulesets/severities.py."""

    def entered(look: Looker) -> Looker:
        usual = USUAL[code]
        CHECKS[code] = Check(code, usual.title, usual.severity, look)
        return look

    return entered
