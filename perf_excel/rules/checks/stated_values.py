"""Checks of target and actual values (指标值、实际完成值): V5 to V9."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from perf_excel.forms.error_value import is_error_value
from perf_excel.forms.measure import Measure, parse
from perf_excel.forms.model import Form, Indicator
from perf_excel.forms.placeholder import is_placeholder, template_bracket
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.forms.units import same_measure
from perf_excel.rules.checks.still_blank import STILL, blank_parts
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.numeric import attempt

_SPELLED_OUT = re.compile("[一二两三四五六七八九十百千万]{1,6}[次个项场件期份人户批套家名篇起台座宗天年月]")
_NUMBERED = re.compile(r"(?:三级)?指标\d+[.、:]?.")
"""A name of a row that is one of a list: 指标4.不合格产品处置率."""


@check("V5")
def units_agree(case: Case) -> Iterator[Problem]:
    """Find an actual that is measured otherwise than its target (100% against 1000件, 30天 against 1个月)."""
    for index, row in enumerate(case.form.indicators):
        want, have = row.target.unit, row.actual.unit
        if want and have and not same_measure(want, have):
            message = f"目标{row.target.text}与实际{row.actual.text}的计量单位不同，请统一口径"
            yield Problem(Spot("indicator", index, "actual"), row.name, message, want, row.actual.text)


@check("V6")
def words_are_answered_with_words(case: Case) -> Iterator[Problem]:
    """Find a number as the actual value of a target in words."""
    for index, row in enumerate(case.form.indicators):
        words = row.target.kind == "words" and not row.target.numbered
        if words and row.actual.kind == "number" and not _is_no_value(row.target.text):
            message = (
                f"目标“{row.target.text}”是定性表述，实际填了{row.actual.text}，请填写达成情况或改用定量目标"
            )
            yield Problem(Spot("indicator", index, "actual"), row.name, message, None, row.actual.text)


@check("V7")
def numbers_are_answered_with_numbers(case: Case) -> Iterator[Problem]:
    """Find words or a date as the actual value of a target that is a number."""
    for index, row in enumerate(case.form.indicators):
        if (
            row.target.kind == "number"
            and row.actual.kind in ("words", "date")
            and not _is_time(row.target)
            and not _is_no_value(row.actual.text)
            and attempt(row, case.rules) is None
        ):
            message = f"目标{row.target.text}是定量指标，实际填了“{row.actual.text}”，请填写实际完成的数字"
            # A number in another spelling (120户/386人, 三次) is there, and only not to be reckoned with.
            told = row.actual.numbered or _SPELLED_OUT.fullmatch(row.actual.words)
            spot = Spot("indicator", index, "actual")
            yield Problem(spot, row.name, message, "数字", row.actual.text, "warning" if told else None)


def _is_time(target: Measure) -> bool:
    """Whether a target that begins with a number is a time: 2023年春节前; 12 and 月底前 in two columns."""
    if parse(target.text).kind == "date":
        return True
    number, year = target.number, target.unit[:1] == "年" and len(target.unit) > 1
    return year and number is not None and 1900 <= number < 2100


@check("V8")
def actuals_are_measured(case: Case) -> Iterator[Problem]:
    """Find an actual that repeats a sign: it was copied from the target, not measured."""
    for index, row in enumerate(case.form.indicators):
        if row.actual.sign not in ("", "="):
            message = f"实际完成值“{row.actual.text}”带有比较符号，像是照抄目标，请填写实际测得的数"
            yield Problem(
                Spot("indicator", index, "actual"), row.name, message, "不带符号的数", row.actual.text
            )


_VALUES = (
    ("target", "指标值"),
    ("actual", "实际完成值"),
    ("progress", "执行情况"),
    ("expected", "全年预计完成情况"),
)


class _Others(NamedTuple):
    """What any row of a form has."""

    values: tuple[tuple[str, str], ...]
    """The values that the form has columns for, and their names."""
    weighted: bool
    """A weight or a score."""
    reached: bool
    """An actual value."""


@check("V9")
def rows_are_filled_in(case: Case) -> Iterator[Problem]:
    """Find scores without values behind them, values still missing, and template text left in."""
    rows = case.form.indicators
    scored = any(row.score is not None for row in rows)
    others = _Others(
        values=tuple((field, name) for field, name in _VALUES if field in case.form.columns),
        weighted=scored or any(row.weight for row in rows),
        reached=any(row.actual.kind != "empty" for row in rows),
    )
    for index, row in enumerate(case.form.indicators):
        yield from _template_text(index, row)
        if scored and row.score is None:
            yield from _without_score(case, index, row)
    yield from _together(
        [
            problem
            for index, row in enumerate(case.form.indicators)
            for problem in _missing(case, index, row, others)
        ]
    )
    yield from blank_parts(case.form)
    yield from _no_values(case.form)
    if case.form.leftovers:
        yield _leftovers(case.form)
    for spot in sorted(case.form.text_numbers):
        name = (
            case.form.funding[spot.row].item
            if spot.part == "funding"
            else case.form.indicators[spot.row].name
        )
        message = "这里的数字是以文字填写的，表内公式读不到，请改填数字，不带单位和逗号"
        yield Problem(spot, name, message, "数字")
    for spot, text in case.form.no_amounts:
        message = f"“{text}”读不出金额，没有计入，请改填数字"
        yield Problem(spot, case.form.funding[spot.row].item, message, "金额", text)
    goal = case.form.goal
    for field, text in (("expected", goal.expected), ("achieved", goal.achieved)):
        if is_placeholder(text):
            message = f"“{text}”是模板中的提示文字，请填写实际内容"
            yield Problem(Spot("goal", 0, field), "年度目标", message, None, text)


def _leftovers(form: Form) -> Problem:
    """Say once what a template left in rows that hold no indicator."""
    (spot, text), *others = form.leftovers
    message = f"“{text}”是模板中的提示文字，请填上指标或删去这一行"
    if others:
        message = f"有 {1 + len(others)} 行留着模板中的提示文字（如“{text}”），请填上指标或删去这些行"
    also = tuple(one for one, _ in others)
    return Problem(spot, "三级指标", message, None, text, "warning", also)


def _no_values(form: Form) -> Iterator[Problem]:
    """What another program wrote where it had no value."""
    for spot, text in form.no_values:
        name = form.indicators[spot.row].name if spot.part == "indicator" else "填写的值"
        message = f"单元格里是“{text}”，不是数字（多为别的程序导出的空值），请改填实际内容或清空"
        yield Problem(spot, name, message, None, text)


def _is_no_value(text: str) -> bool:
    return is_placeholder(text) or is_error_value(text)


def _texts(row: Indicator) -> tuple[tuple[str, str], ...]:
    return (
        ("level3", row.level3),
        ("target", row.target.text),
        ("actual", row.actual.text),
        ("progress", row.progress.text),
        ("expected", row.expected.text),
        ("reason", row.reason),
    )


def _template_text(index: int, row: Indicator) -> Iterator[Problem]:
    """Template text left in, and errors of formulas."""
    for field, text in _texts(row):
        if not text:
            continue
        if field == "level3" and (bracket := template_bracket(text)):
            message = f"名称里留着模板的提示“{bracket}”，请删去这个括号和其中的文字，指标保留"
        elif is_placeholder(text):
            message = f"“{text}”是模板中的提示文字，请填写实际内容或删去此行"
        elif is_error_value(text):
            message = f"单元格显示错误值 {text}，请更正公式或改填实际内容"
        else:
            continue
        yield Problem(Spot("indicator", index, field), row.name, message, None, text)


def _together(problems: list[Problem]) -> Iterator[Problem]:
    """Say once what many rows still lack: a form not filled in yet lacks nineteen actual values.

    A score without a value behind it stays a finding of its own row.
    """
    alike: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.message.endswith(STILL):
            alike.setdefault(problem.message, []).append(problem)
        else:
            yield problem
    for message, same in alike.items():
        first, *others = same
        if others:
            said = f"{len(same)} 个指标的{message}"
            first = first._replace(label="各指标", message=said, also=tuple(one.spot for one in others))
        yield first


def _missing(case: Case, index: int, row: Indicator, others: _Others) -> Iterator[Problem]:
    if row.given:
        return
    columns = case.form.columns
    lacking = {name: field for field, name in others.values if getattr(row, field).kind == "empty"}
    if not lacking:
        return
    lacks = list(lacking)
    declares = not columns & {"actual", "score"} and bool(row.level3)
    counts = "actual" in columns and (row.weight or row.score)
    if not (declares or counts or (len(lacks) > 1 and _is_left_out(row, others))):
        return
    what, field = "和".join(lacks), lacking[lacks[-1]]
    spot = Spot("indicator", index, field)
    if row.score is not None:
        message = f"{what}未填却有得分，请补填或取消得分"
        severity = None if "实际完成值" in lacks else "warning"
        yield Problem(spot, row.name, message, what, None, severity)
    else:
        yield Problem(spot, row.name, f"{what}{STILL}", what, None, "warning")


def _is_left_out(row: Indicator, others: _Others) -> bool:
    """Whether a row without points was to be filled in as others are: 指标4.不合格产品处置率."""
    if not row.level3 or is_placeholder(row.level3) or row.reason:
        return False
    numbered = bool(_NUMBERED.match(plain(row.level3)))
    return (numbered or not others.weighted) and others.reached


def _without_score(case: Case, index: int, row: Indicator) -> Iterator[Problem]:
    """A row left without its score while others have one: empty, or something that is no number."""
    form = case.form
    expected = "score" in form.columns and form.calculated and index not in form.shared
    values = {"target": row.target, "actual": row.actual}
    filled = all(value.kind != "empty" for field, value in values.items() if field in form.columns)
    if row.weight and filled and expected:
        points = case.scores.indicators[index].points
        scored = case.scores.indicators[index]
        due = "" if points is None else f"，按规则应为{shown(points)}分"
        message = f"得分未填或不是数字{due}，请补填"
        if scored.earned.band and scored.bounds:
            low, high = map(shown, scored.bounds)
            message = f"得分由填报人判断，应在{low}—{high}分之间（{scored.earned.band.name}），请补填"
        # What the clerk judges may have a column of its own to type into (人工评分).
        field = "judged" if scored.judged else "score"
        yield Problem(Spot("indicator", index, field), row.name, message, points)
