"""What data says and a sheet has no place for (未填写): named, so that nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.forms.repeats import numbered
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.sheets.finding.around_words import FILLING_UNITS, SUPERIOR, YEAR_NAMES
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.particulars import FormHead
from perf_excel.sheets.reading.form_reading import Reading

UNIT_AGAIN = "unit_again"
"""The unit in a second place of the head (填报单位 beside 单位名称), as a field of its own."""
_HEAD = {"unit": "单位", "unit_code": "单位编码", "project": "项目名称", "year": "年度"}
_GOAL = {"expected": "预期目标", "achieved": "实际完成情况"}
_TASK = {"content": "主要内容", "achieved": "实际完成情况"}
_FUNDING = {
    "initial": "年初预算数", "change": "调整数", "left": "结转结余数",
    "annual": "全年预算数", "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率", "score": "得分", "reason": "偏差原因",
    "so_far": "已执行数", "expected": "全年预计执行数",
}  # fmt: skip
_NAMED = 3
_MONEY = frozenset({"initial", "annual", "executed"})
INDICATOR = {
    "target": "指标值", "actual": "实际完成值", "weight": "分值", "score": "得分", "deviation": "偏差度",
    "reason": "偏差原因", "share": "得分率", "raw": "单项得分", "direction": "指标性质",
    "progress": "执行情况", "expected": "全年预计完成情况", "causes": "偏差原因分类",
    "likelihood": "完成目标可能性", "remark": "备注",
}  # fmt: skip
"""What a row of the indicator table says besides its name, by field."""
_TICKED = {"cause1": "causes", "sure": "likelihood"}
"""The first of several columns to be ticked, and what they say together."""


def head_of(data: Form) -> tuple[tuple[str, str], ...]:
    """Return what the head of a form says, beside its details, by field."""
    year = str(data.year) if data.year else ""
    return (
        ("unit", data.unit),
        (UNIT_AGAIN, data.unit),
        ("unit_code", data.unit_code),
        ("project", data.project),
        ("year", year),
    )


def head_spot(reading: Reading, field: str) -> Spot | None:
    """Return the spot of a field of the head; the year may be one of the details (评价年度), still blank.

    The unit has none where its name was only taken from what stands for another: 主管部门.
    """
    if field == UNIT_AGAIN:
        found = _unit_again(reading)
        return found if found and _is_units_own(reading, found) else None
    spot = Spot("head", 0, field)
    if spot in reading.places:
        return None if field == "unit" and _is_anothers(reading.layout.head) else spot
    if field == "year":
        for index, detail in enumerate(reading.form.details):
            if YEAR_NAMES.fullmatch(plain(detail.label)):
                return Spot("detail", index, "text")
    return None


def _unit_again(reading: Reading) -> Spot | None:
    """Return where a head asks for the unit a second time: 填报单位 beside 单位名称."""
    first = reading.layout.head.unit
    if first is None or not _asks_for_unit(first.label):
        return None
    details = enumerate(reading.form.details)
    return next((Spot("detail", at, "text") for at, one in details if _asks_for_unit(one.label)), None)


def _asks_for_unit(label: str) -> bool:
    return any(name.fullmatch(bare(label)) for name in FILLING_UNITS) and not SUPERIOR.search(label)


def _is_units_own(reading: Reading, again: Spot) -> bool:
    """Whether a second place for the unit is blank, or says the same as the first."""
    text = plain(reading.form.details[again.row].text)
    return not text or text == plain(reading.form.unit)


def other_unit(reading: Reading, unit: str) -> str:
    """Say what stands in a second place for the unit and is going to stay; nothing where all is said."""
    again = _unit_again(reading)
    if not unit or again is None or _is_units_own(reading, again):
        return ""
    label, text = reading.form.details[again.row].label, reading.form.details[again.row].text
    return f"{bare(label)}（那里写着“{text}”）" if plain(text) != plain(unit) else ""


def _is_anothers(head: FormHead) -> bool:
    """Whether the place of the unit's name is that of a superior department."""
    return head.unit is not None and bool(SUPERIOR.search(head.unit.label))


def skipped(reading: Reading, data: Form) -> Iterator[str]:
    """Name what the data says and the form has no place for."""
    yield from _of_head(reading, data)
    yield from _of_goal(reading, data)
    yield from _of_tasks(reading, data)
    yield from _of_funding(reading, data)
    columns = reading.layout.indicators.columns
    # The kinds of reasons and the likelihoods have a column each.
    has = {*columns, *(whole for part, whole in _TICKED.items() if part in columns)}
    has |= {"weight"} if _points_behind_names(reading) else set()
    lost = (name for field, name in INDICATOR.items() if field not in has and _any(data, field))
    yield from (f"各指标的{name}" for name in lost)
    yield from _of_levels(reading, data)
    for field, name, value in (("score", "总分", data.total), ("grade", "等级", data.grade or None)):
        here = reading.form.total if field == "score" else reading.form.grade
        if value is not None and value != here and Spot("total", 0, field) not in reading.places:
            yield f"{name}“{value}”"


def _points_behind_names(reading: Reading) -> bool:
    """Whether each row has its points behind its name (抽检合格率（12分）), where they are written."""
    names = [Spot("indicator", index, "level3") for index in range(len(reading.form.indicators))]
    return not reading.free and all(reading.frames.get(name, ("", ""))[1] for name in names)


def _of_levels(reading: Reading, data: Form) -> Iterator[str]:
    """Name the third levels of a form with four, and what tables of their own are for (长期)."""
    if "above" not in reading.layout.indicators.columns:
        yield from _listed("四级指标上面的三级指标", [row.above for row in data.indicators])
    there = {plain(row.term) for row in reading.form.indicators}
    yield from _listed("期限", [row.term for row in data.indicators if plain(row.term) not in there])


def _listed(what: str, texts: Sequence[str]) -> Iterator[str]:
    if names := list(dict.fromkeys(filter(None, texts))):
        shown = "".join(f"“{name}”" for name in names[:_NAMED])
        yield f"{what}{shown}{f'等 {len(names)} 个' if len(names) > _NAMED else ''}"


def _any(data: Form, field: str) -> bool:
    return any(map(_given, (_value(row, field) for row in data.indicators)))


def _value(row: Indicator | Funding, field: str) -> object:
    value = getattr(row, field)
    return getattr(value, "text", value)


def _given(value: object) -> bool:
    return value not in (None, "", ())


def _of_head(reading: Reading, data: Form) -> Iterator[str]:
    said = dict(head_of(reading.form))
    for field, text in head_of(data):
        if text and field in _HEAD and head_spot(reading, field) is None and said[field] != text:
            yield f"{_HEAD[field]}“{text}”"
    if data.unit != reading.form.unit and (other := other_unit(reading, data.unit)):
        yield other
    lines = {*numbered(detail.label for detail in reading.form.details)}
    for detail, key in zip(data.details, numbered(one.label for one in data.details), strict=True):
        if detail.text and key not in lines:
            yield f"{detail.label}“{detail.text}”"


def _of_goal(reading: Reading, data: Form) -> Iterator[str]:
    if reading.layout.goal is None:
        if data.goal.expected or data.goal.achieved:
            yield "年度目标"
        return
    for field, name in _GOAL.items():
        if getattr(data.goal, field) and Spot("goal", 0, field) not in reading.places:
            yield f"年度目标的{name}"


def _of_tasks(reading: Reading, data: Form) -> Iterator[str]:
    block = reading.layout.tasks
    if block is None:
        if data.tasks:
            yield f"年度主要任务 {len(data.tasks)} 项"
        return
    for field, name in _TASK.items():
        if field not in block.columns and any(getattr(task, field) for task in data.tasks):
            yield f"年度主要任务的{name}"


def _of_funding(reading: Reading, data: Form) -> Iterator[str]:
    """Name the whole block where the form has no line for it, else the fields that no line has."""
    # An amount of 0 is no loss.
    rows = [row for row in data.funding if any(_worth(row, field) for field in _FUNDING)]
    if rows and not reading.form.funding:
        yield "资金情况"
        return
    for field, name in _FUNDING.items():
        has = any(
            Spot("funding", index, field) in reading.places for index in range(len(reading.form.funding))
        )
        if not has and any(_worth(row, field) for row in rows):
            yield f"资金情况的{name}"


def _worth(row: Funding, field: str) -> bool:
    value = _value(row, field)
    return _given(value) and not (field in _MONEY and value == 0)
