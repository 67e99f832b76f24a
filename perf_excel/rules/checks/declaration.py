"""The form held against the declaration (申报表) of its year: R3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.indicator_pairing import agreement, name_of, pair, shares_words, source_name
from perf_excel.forms.model import Form, Funding, Indicator, Task
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.rulesets.severities import Severity
from perf_excel.rules.scoring.arithmetic import shown

AGAINST = frozenset({"R3"})
"""Checks that need a declaration."""

_CENT = Decimal("0.005")
"""万元: forms in 万元 print two digits of an amount that the declaration may give in 元."""
_NUMBERED = re.compile(r"(?:主要|重点)?任务[一二三四五六七八九十\d]*")
_HEAD = Spot("head", 0, "unit")
_SIGNLESS = frozenset({"", "="})


@check("R3")
def follows_the_declaration(case: Case) -> Iterator[Problem]:
    """Find what was changed since the declaration: unit, year, budget, targets, indicators, tasks."""
    form, declared = case.form, case.declared
    if declared is None:
        return
    yield from _heads(form, declared)
    yield from _amounts(form, declared)
    yield from _indicators(form, declared, case.rules)
    yield from _tasks(form, declared)


def _heads(form: Form, declared: Form) -> Iterator[Problem]:
    if form.year and declared.year and form.year != declared.year:
        message = f"自评表是{form.year}年度，申报表是{declared.year}年度，请核对是否拿错了申报表"
        yield Problem(Spot("head", 0, "year"), "年度", message, str(declared.year), str(form.year))
    for field, label in (("unit", "单位"), ("project", "项目名称")):
        ours, theirs = getattr(form, field), getattr(declared, field)
        one, other = name_of(ours), name_of(theirs)
        if one and other and one not in other and other not in one:
            message = f"自评表的{label}是“{ours}”，申报表是“{theirs}”，请核对是否拿错了申报表"
            yield Problem(Spot("head", 0, field), label, message, theirs, ours)


def _amounts(form: Form, declared: Form) -> Iterator[Problem]:
    if form.budget is None or declared.budget is None:
        return
    ours, theirs = form.budget.initial, _amount(declared.budget)
    if ours is not None and theirs is not None and abs(ours - theirs) > _CENT:
        message = f"年初预算数为{shown(ours)}万元，申报的预算总额为{shown(theirs)}万元，请核对"
        yield Problem(Spot("funding", 0, "initial"), form.budget.item, message, theirs, ours)
    known = {source_name(row.item): _amount(row) for row in declared.sources}
    for index, row in enumerate(form.funding):
        amount = known.get(source_name(row.item)) if index else None
        if row.initial is not None and amount is not None and abs(row.initial - amount) > _CENT:
            message = f"年初预算数为{shown(row.initial)}万元，申报为{shown(amount)}万元，请核对"
            yield Problem(Spot("funding", index, "initial"), row.item, message, amount, row.initial)


def _amount(row: Funding) -> Decimal | None:
    """The amount that was asked for: forms that are filled before the year know no other."""
    return row.annual if row.initial is None else row.initial


def _indicators(form: Form, declared: Form, rules: RuleSet) -> Iterator[Problem]:
    same, renamed = pair(form.indicators, declared.indicators)
    standard = {name_of(row.level3) for layout in rules.forms for row in layout.rows if row.level3}
    for index, row in enumerate(form.indicators):
        spot = Spot("indicator", index, "level3")
        if index in same:
            yield from _target(index, row, declared.indicators[same[index]])
        elif index in renamed:
            old = declared.indicators[renamed[index]]
            message = f"申报表没有这个指标，疑似由“{old.level3}”改名，请核对或说明"
            yield Problem(spot, row.name, message, old.level3, row.level3, "warning")
            yield from _target(index, row, old)
        elif row.level3 and name_of(row.level3) in standard:
            message = "申报表没有这个指标（表样的常用指标），请确认是按要求列入的"
            yield Problem(spot, row.name, message, None, row.level3, "info")
        elif row.level3:
            message = "申报表没有这个指标，是自评时增加的，请核对或说明"
            yield Problem(spot, row.name, message, None, row.level3)
    found = {**same, **renamed}
    place_of = {theirs: ours for ours, theirs in found.items()}
    near = _HEAD
    for number, row in enumerate(declared.indicators):
        if number in place_of:
            near = Spot("indicator", place_of[number], "level3")
        elif row.level3:
            target = f"（指标值{row.target.text}）" if row.target.text else ""
            message = f"申报表的指标“{row.level3}”{target}在自评表里没有，请补上或说明"
            yield Problem(near, row.level3, message, row.level3)


def _target(index: int, row: Indicator, old: Indicator) -> Iterator[Problem]:
    """Hold a target against the declared one: ≥95% and ≧95％ are the same."""
    given, ours = old.target, row.target
    if plain(given.text) == plain(ours.text):
        return
    differs = agreement(ours, given)
    severity: Severity | None = None
    if not ours.text:
        message = f"指标值未填，申报为{given.text}，请照申报表填写"
    elif not given.text:
        message, severity = f"指标值填{ours.text}，申报表没有填，请核对", "warning"
    elif differs == "other":
        message = f"指标值填{ours.text}，申报为{given.text}，自评不应改动目标，请核对或说明调整的批准文件"
    elif differs == "sign":
        # 95% for ≥95% may be an abridgement; ≤95% for ≥95% is another target.
        severity = "warning" if _SIGNLESS & {ours.sign, given.sign} else None
        message = f"指标值填{ours.text}，申报为{given.text}，比较符号不同，请核对"
    elif differs == "unit":
        message, severity = f"指标值填{ours.text}，申报为{given.text}，计量单位没有写全，请核对", "warning"
    else:
        return
    yield Problem(
        Spot("indicator", index, "target"), row.name, message, given.text or None, ours.text or None, severity
    )


def _tasks(form: Form, declared: Form) -> Iterator[Problem]:
    """Find declared tasks of which no indicator speaks."""
    names = [text for row in form.indicators for text in (row.level2, row.level3) if text]
    for task in declared.tasks:
        words = _words(task)
        if not words or shares_words(words, names):
            continue
        at = next(
            (index for index, one in enumerate(form.tasks) if name_of(_words(one)) == name_of(words)), None
        )
        spot = _HEAD if at is None else Spot("task", at, "name")
        message = f"申报的任务“{words}”在自评表里没有相应的指标，请核对或说明"
        yield Problem(spot, words, message, severity="warning")


def _words(task: Task) -> str:
    """What a task is about: its name, unless that is only its number (任务1)."""
    return task.content if _NUMBERED.fullmatch(plain(task.name)) else task.name
