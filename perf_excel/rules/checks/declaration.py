"""The form held against the declaration (申报表) of its year: R3; or against any earlier form of the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.indicator_pairing import agreement, name_of, pair, shares_words, source_name
from perf_excel.forms.model import Form, Funding, Indicator, Task
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.rulesets.severities import Severity
from perf_excel.rules.scoring.arithmetic import shown

AGAINST = frozenset({"R3", "R4"})
"""Checks that need another form: a declaration (申报表), or a monitoring form (监控表) for R4."""

_CENT = Decimal("0.005")
"""万元: forms in 万元 print two digits of an amount that the declaration may give in 元."""
_NUMBERED = re.compile(r"(?:主要|重点)?任务[一二三四五六七八九十\d]*")
_HEAD = Spot("head", 0, "unit")
_SIGNLESS = frozenset({"", "="})


class _Words(NamedTuple):
    """What the two forms are called: this one and what is done with it, the other and what it says."""

    ours: str
    doing: str
    theirs: str
    said: str


@check("R3")
def follows_the_declaration(case: Case) -> Iterator[Problem]:
    """Find what was changed since the declaration: unit, year, budget, targets, indicators, tasks."""
    if case.declared is not None and not case.declared.monitors:
        yield from changes(case, case.declared)


def changes(case: Case, declared: Form) -> Iterator[Problem]:
    """Yield what a form says otherwise than an earlier form of its year, of what was to stay."""
    form = case.form
    ours = ("监控表", "监控") if form.monitors else ("自评表", "自评")
    words = _Words(*ours, *(("监控表", "监控表") if declared.monitors else ("申报表", "申报")))
    yield from _heads(form, declared, words)
    yield from _amounts(form, declared, words)
    yield from _indicators(form, declared, case.rules, words)
    yield from _tasks(form, declared, words)


def _heads(form: Form, declared: Form, words: _Words) -> Iterator[Problem]:
    ours_is, theirs_is, wrong = f"{words.ours}是", f"{words.theirs}是", f"请核对是否拿错了{words.theirs}"
    if form.year and declared.year and form.year != declared.year:
        message = f"{ours_is}{form.year}年度，{theirs_is}{declared.year}年度，{wrong}"
        yield Problem(Spot("head", 0, "year"), "年度", message, str(declared.year), str(form.year))
    for field, label in (("unit", "单位"), ("project", "项目名称")):
        ours, theirs = getattr(form, field), getattr(declared, field)
        one, other = name_of(ours), name_of(theirs)
        if one and other and one not in other and other not in one:
            message = f"{words.ours}的{label}是“{ours}”，{theirs_is}“{theirs}”，{wrong}"
            yield Problem(Spot("head", 0, field), label, message, theirs, ours)


def _amounts(form: Form, declared: Form, words: _Words) -> Iterator[Problem]:
    if form.budget is None or declared.budget is None:
        return
    ours, theirs = form.budget.initial, _amount(declared.budget)
    if ours is not None and theirs is not None and abs(ours - theirs) > _CENT:
        message = f"年初预算数为{shown(ours)}万元，{words.said}的预算总额为{shown(theirs)}万元，请核对"
        yield Problem(Spot("funding", 0, "initial"), form.budget.item, message, theirs, ours)
    known = {source_name(row.item): _amount(row) for row in declared.sources}
    for index, row in enumerate(form.funding):
        amount = known.get(source_name(row.item)) if index else None
        if row.initial is not None and amount is not None and abs(row.initial - amount) > _CENT:
            message = f"年初预算数为{shown(row.initial)}万元，{words.said}为{shown(amount)}万元，请核对"
            yield Problem(Spot("funding", index, "initial"), row.item, message, amount, row.initial)


def _amount(row: Funding) -> Decimal | None:
    """The amount that was asked for: forms that are filled before the year know no other."""
    return row.annual if row.initial is None else row.initial


def _indicators(form: Form, declared: Form, rules: RuleSet, words: _Words) -> Iterator[Problem]:
    same, renamed = pair(form.indicators, declared.indicators)
    standard = {name_of(row.level3) for layout in rules.forms for row in layout.rows if row.level3}
    for index, row in enumerate(form.indicators):
        spot = Spot("indicator", index, "level3")
        if index in same:
            yield from _target(index, row, declared.indicators[same[index]], words)
        elif index in renamed:
            old = declared.indicators[renamed[index]]
            message = f"{words.theirs}没有这个指标，疑似由“{old.level3}”改名，请核对或说明"
            yield Problem(spot, row.name, message, old.level3, row.level3, "warning")
            yield from _target(index, row, old, words)
        elif row.level3 and name_of(row.level3) in standard:
            message = f"{words.theirs}没有这个指标（表样的常用指标），请确认是按要求列入的"
            yield Problem(spot, row.name, message, None, row.level3, "info")
        elif row.level3:
            message = f"{words.theirs}没有这个指标，是{words.doing}时增加的，请核对或说明"
            yield Problem(spot, row.name, message, None, row.level3)
    found = {**same, **renamed}
    place_of = {theirs: ours for ours, theirs in found.items()}
    near = _HEAD
    for number, row in enumerate(declared.indicators):
        if number in place_of:
            near = Spot("indicator", place_of[number], "level3")
        elif row.level3:
            target = f"（指标值{row.target.text}）" if row.target.text else ""
            message = f"{words.theirs}的指标“{row.level3}”{target}在{words.ours}里没有，请补上或说明"
            yield Problem(near, row.level3, message, row.level3)


def _target(index: int, row: Indicator, old: Indicator, words: _Words) -> Iterator[Problem]:
    """Hold a target against the declared one: ≥95% and ≧95％ are the same."""
    given, ours = old.target, row.target
    if plain(given.text) == plain(ours.text):
        return
    differs = agreement(ours, given)
    severity: Severity | None = None
    if not ours.text:
        message = f"指标值未填，{words.said}为{given.text}，请照{words.theirs}填写"
    elif not given.text:
        message, severity = f"指标值填{ours.text}，{words.theirs}没有填，请核对", "warning"
    elif differs == "other":
        message = (
            f"指标值填{ours.text}，{words.said}为{given.text}，{words.doing}不应改动目标，"
            "请核对或说明调整的批准文件"
        )
    elif differs == "sign":
        # 95% for ≥95% may be an abridgement; ≤95% for ≥95% is another target.
        severity = "warning" if _SIGNLESS & {ours.sign, given.sign} else None
        message = f"指标值填{ours.text}，{words.said}为{given.text}，比较符号不同，请核对"
    elif differs == "unit":
        message, severity = (
            f"指标值填{ours.text}，{words.said}为{given.text}，计量单位没有写全，请核对",
            "warning",
        )
    else:
        return
    yield Problem(
        Spot("indicator", index, "target"), row.name, message, given.text or None, ours.text or None, severity
    )


def _tasks(form: Form, declared: Form, words: _Words) -> Iterator[Problem]:
    """Find declared tasks of which no indicator speaks."""
    names = [text for row in form.indicators for text in (row.level2, row.level3) if text]
    for task in declared.tasks:
        about = _about(task)
        if not about or shares_words(about, names):
            continue
        at = next(
            (index for index, one in enumerate(form.tasks) if name_of(_about(one)) == name_of(about)), None
        )
        spot = _HEAD if at is None else Spot("task", at, "name")
        message = f"{words.said}的任务“{about}”在{words.ours}里没有相应的指标，请核对或说明"
        yield Problem(spot, about, message, severity="warning")


def _about(task: Task) -> str:
    """What a task is about: its name, unless that is only its number (任务1)."""
    return task.content if _NUMBERED.fullmatch(plain(task.name)) else task.name
