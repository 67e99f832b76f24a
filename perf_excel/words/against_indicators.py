"""Values and points of indicators, levels and the whole against the form (R1, 指标与得分)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perf_excel.forms.measure import Measure
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain as plain_text
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.form_facts import FIELD_NAMES, Field, FormFacts, Level, number_of
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_TARGET = re.compile(r"目标|指标值|计划|应|预期")
_ACTUAL = re.compile(r"实际|完成值|完成情况")
_WEIGHT = re.compile(r"分值|权重|满分|总分值?(?:为|是)?$")
_SCORE = re.compile(r"得分?(?:为|是|了)?$|得分|评分|自评分")
_TOTAL = re.compile(
    r"自评(?:总|综合)?(?:得分|评分|结果|分)|综合(?:得分|评分|评价得分)|最终得分|总得分|总评分|总分"
)
_FEWEST = 3
_QUOTES = "“”‘’《》\"'"
_LINKS = "为是达到率%的：“”"


@dataclass(frozen=True, slots=True)
class _Named:
    """A name of the form found in a sentence: where it ends, and what has it."""

    end: int
    length: int
    rows: tuple[int, ...]
    level: Level | None = None
    budget: bool = False


def indicator_claims(told: Told, facts: FormFacts) -> Iterator[Claim]:
    """Yield the claims about indicators, levels and the total."""
    for one in told.sayings:
        if one.role in ("change", "rate", "share", "former") or one.figure.about or one.money:
            continue
        if one.figure.kind == "points":
            yield from _points(told, facts, one)
        elif one.figure.kind in ("percent", "count"):
            yield from _value(facts, one)


def _names(facts: FormFacts, saying: Saying, *, levels: bool) -> list[_Named]:
    """Return the names of the form that stand in front of a figure, the nearest last."""
    text = saying.sentence.paragraph.text[saying.sentence.start : saying.figure.start]
    found = [
        _Named(at + len(key), len(key), tuple(rows))
        for key, rows in facts.names.items() if len(key) >= _FEWEST and (at := text.rfind(key)) >= 0
    ]  # fmt: skip
    if levels:
        found += [
            _Named(at + len(key), len(key), (), level)
            for key, level in facts.levels.items() if len(key) > 1 and (at := text.rfind(key)) >= 0
        ]  # fmt: skip
        if (at := text.rfind("预算执行")) >= 0:
            found.append(_Named(at + len("预算执行"), len("预算执行"), (), budget=True))
    return sorted(found, key=lambda one: (one.end, one.length))


def _field(saying: Saying, number: Decimal | None) -> Field | None:
    if saying.figure.kind == "points":
        return "weight" if _WEIGHT.search(saying.lead) else "score" if _SCORE.search(saying.lead) else None
    if saying.figure.bound:
        return "target"
    del number
    return "actual" if _ACTUAL.search(saying.lead) else "target" if _TARGET.search(saying.lead) else None


def _value(facts: FormFacts, saying: Saying) -> Iterator[Claim]:
    """Hold a percentage or count against the indicator that is named right in front of it."""
    rows = _rows(facts, saying)
    if not rows:
        return
    field = _field(saying, None)
    due: list[tuple[int, Field, Measure]] = [
        (row, name, value) for row in rows for name in ("actual", "target")
        if (value := getattr(facts.indicator(row), name)) and number_of(value) is not None
        and _same_unit(saying, facts, row, value)
    ]  # fmt: skip
    fitting = [(row, name, value) for row, name, value in due if number_of(value) == saying.figure.value]
    meant = [one for one in fitting if field in (None, one[1])]
    if meant:
        row, name, value = meant[0]
        yield _of_row(facts, saying, row, name, value, agrees=True)
        return
    if fitting and field == "target":
        row, name, value = fitting[0]
        other = next((one for one in due if one[1] == field and one[0] == row), None)
        if not saying.figure.bound:
            yield _of_row(facts, saying, row, name, value, agrees=True)
        elif other and other[2].sign and len(rows) == 1:
            yield _taken_for_target(facts, saying, row, other[2], value)
        return
    wanted = [one for one in due if one[1] == (field or "actual")]
    if wanted and not saying.respective and not saying.figure.bound:
        row, name, value = wanted[0]
        if len({number_of(one[2]) for one in wanted}) == 1:
            yield _of_row(facts, saying, row, name, value, agrees=False)


def _same_unit(saying: Saying, facts: FormFacts, row: int, value: Measure) -> bool:
    unit = value.unit or facts.indicator(row).target.unit
    if saying.figure.kind == "percent":
        return unit == "%" or (not unit and value.number is not None and "率" in facts.indicator(row).level3)
    return unit == saying.figure.unit


def _rows(facts: FormFacts, saying: Saying) -> tuple[int, ...]:
    """Return the indicators that a figure may be of: named in front of it, or by all signs of its label."""
    names = _names(facts, saying, levels=False)
    text = saying.sentence.paragraph.text
    for one in reversed(names):
        start = saying.sentence.start + one.end
        between = text[start : saying.figure.start].strip(_LINKS)
        # Another clause may speak of something else: only the words for target and actual lead on.
        pieces = [piece for piece in re.split(r"[，；。：、]", between) if piece]
        if all(_ACTUAL.search(piece) or _TARGET.search(piece) or _FIGURE.search(piece) for piece in pieces):
            return _in_section(facts, saying, one.rows)
        break
    return _alike(facts, saying)


_FIGURE = re.compile(r"^(?:年度)?(?:指标|全年|年度|共|达|为|是|已|任务|[≥≤≧≦<>=]|不低于)")


def _in_section(facts: FormFacts, saying: Saying, rows: tuple[int, ...]) -> tuple[int, ...]:
    """Return of several indicators with one name those whose second level the paragraph names last."""
    if len(rows) <= 1:
        return rows
    before = saying.sentence.paragraph.text[: saying.figure.start]
    said = {
        row: before.rfind(plain_text(facts.indicator(row).level2))
        for row in rows
        if facts.indicator(row).level2
    }
    last = max(said.values(), default=-1)
    nearest = tuple(row for row in rows if said.get(row) == last)
    return nearest if last >= 0 else rows


def _alike(facts: FormFacts, saying: Saying) -> tuple[int, ...]:
    """Return the one indicator in whose name every sign of the label stands: 资助学生, 学生受资助人数."""
    signs = {sign for sign in saying.label if "\u4e00" <= sign <= "\u9fff"} - set("数为达到了共")
    if len(signs) < _FEWEST:
        return ()
    found = [rows for key, rows in facts.names.items() if signs <= set(key)]
    return tuple(found[0]) if len(found) == 1 else ()


def _of_row(
    facts: FormFacts, saying: Saying, row: int, name: Field, value: Measure, *, agrees: bool
) -> Claim:
    indicator = facts.indicator(row)
    number = number_of(value) or Decimal(0)
    return Claim(
        "R1", "指标值", saying, "agrees" if agrees else "differs",
        f"表上“{indicator.name}”的{FIELD_NAMES[name]}", f"表上为 {value.text.strip()}",
        f"{plain(number)}{saying.figure.unit}", "error",
        "" if agrees else cause(saying.figure.value, number, saying.figure.step, money=False),
        spot=Spot("indicator", row, name),
    )  # fmt: skip


def _taken_for_target(facts: FormFacts, saying: Saying, row: int, target: Measure, actual: Measure) -> Claim:
    """Say that a value printed with the sign of a target is the actual one, and the target another."""
    name = facts.indicator(row).name
    return Claim(
        "R1", "指标值", saying, "differs", f"表上“{name}”的年度指标值",
        f"表上指标值为 {target.text.strip()}，实际完成值为 {actual.text.strip()}",
        target.text.strip(), "warning", "疑给实际完成值加了目标的符号", spot=Spot("indicator", row, "target"),
    )  # fmt: skip


def _points(told: Told, facts: FormFacts, saying: Saying) -> Iterator[Claim]:
    """Hold points against the score or weight of what is named last, or the total."""
    form, value = facts.form, saying.figure.value
    # Of names in a list (设“甲”、“乙”等二级指标，分值30分) none is what the points are of: their head is.
    names = [one for one in _names(facts, saying, levels=True) if not _listed(saying, one)]
    whole = _TOTAL.search(saying.lead) is not None
    if whole and form.total is not None and value == form.total:
        yield _scored(saying, "总分", "score", form.total, Spot("total", 0, "score"), agrees=True)
        return
    candidates = list(_scores(facts, names[-1], saying)) if names else []
    for what, field, due, spot in candidates:
        if due == value and _field(saying, None) in (None, field):
            yield _scored(saying, what, field, due, spot, agrees=True)
            return
    if whole and ("自评" in saying.lead or not names):
        if form.total is not None and "平均" not in saying.lead:
            yield _scored(saying, "总分", "score", form.total, Spot("total", 0, "score"), agrees=False)
        return
    field = _field(saying, None)
    wanted = [one for one in candidates if one[1] == field]
    if len(wanted) == 1 and _next_to(told, saying, names[-1]):
        what, name, due, spot = wanted[0]
        yield _scored(saying, what, name, due, spot, agrees=False)


def _listed(saying: Saying, named: _Named) -> bool:
    """Whether a name is one of several in a list."""
    text, start = saying.sentence.paragraph.text, saying.sentence.start
    before = text[start : start + named.end - named.length].rstrip(_QUOTES)
    after = text[start + named.end : saying.figure.start].lstrip(_QUOTES)
    return before.endswith("、") or after.startswith(("、", "等", "和", "及"))


def _next_to(told: Told, saying: Saying, named: _Named) -> bool:
    """Whether only figures of the named one stand between its name and a figure."""
    start = saying.sentence.start + named.end
    between = [
        one for one in told.by_sentence[saying.sentence.at] if start <= one.figure.start < saying.figure.start
    ]
    text = saying.sentence.paragraph.text[start : saying.figure.start]
    return len(between) <= _FEWEST and not set("；。") & set(text)


def _scores(facts: FormFacts, named: _Named, saying: Saying) -> Iterator[tuple[str, Field, Decimal, Spot]]:
    if named.level:
        level = named.level
        yield level.name, "weight", level.weight, level.spot
        if level.score is not None:
            yield level.name, "score", level.score, level.spot
    rows = _in_section(facts, saying, named.rows)
    for row in rows:
        one = facts.indicator(row)
        for field, value in (("weight", one.weight), ("score", one.score)):
            if value is not None:
                yield one.name, field, value, Spot("indicator", row, field)
    budget = facts.form.budget
    if budget and (named.budget or any("执行率" in facts.indicator(row).level3 for row in rows)):
        for field, value in (("weight", budget.weight), ("score", budget.score)):
            if value is not None:
                yield budget.item, field, value, Spot("funding", 0, field)


def _scored(saying: Saying, what: str, field: Field, due: Decimal, spot: Spot, *, agrees: bool) -> Claim:
    return Claim(
        "R1", "得分", saying, "agrees" if agrees else "differs", f"表上“{what}”的{FIELD_NAMES[field]}",
        f"表上为 {plain(due)} 分", f"{plain(due)}分", "error",
        "" if agrees else cause(saying.figure.value, due, Decimal("0.01"), money=False), spot=spot,
    )  # fmt: skip
