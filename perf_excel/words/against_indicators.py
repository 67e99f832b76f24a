"""Values of indicators in a text against those of the form (R1, 指标值)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.measure import Measure
from perf_excel.forms.spot import Spot
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.form_facts import FIELD_NAMES, Field, FormFacts, number_of
from perf_excel.words.names_before import (
    ACTUAL,
    FEWEST,
    SHARE_OF_POINTS,
    TARGET,
    field_of,
    in_section,
    names_before,
)
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_Value = tuple[int, Field, Measure]
"""A row, the name of a value of it, and the value."""
_LINKS = "为是达到率%的：“”"


_FIGURE = re.compile(r"^(?:年度)?(?:指标|全年|年度|共|达|为|是|已|任务|[≥≤≧≦<>=]|不低于)")


def indicator_claims(told: Told, facts: FormFacts) -> Iterator[Claim]:
    """Yield the claims about the values of indicators."""
    for one in told.sayings:
        if _may_be(facts, one) and one.figure.kind in ("percent", "count"):
            yield from _value(facts, one)


def _may_be(facts: FormFacts, saying: Saying) -> bool:
    """Whether a figure may be an indicator's value: no change, rate, share or amount of money."""
    if saying.figure.about or saying.money:
        return False
    year = facts.form.year
    if year and saying.year and saying.year != year:
        return False
    return saying.role not in ("change", "rate", "share", "former") and not SHARE_OF_POINTS.search(
        saying.lead
    )


def _value(facts: FormFacts, saying: Saying) -> Iterator[Claim]:
    """Hold a percentage or count against the indicator that is named right in front of it."""
    rows = _rows(facts, saying)
    if not rows:
        return
    field = field_of(saying)
    due: list[_Value] = [
        (row, name, value) for row in rows for name in ("actual", "target")
        if (value := getattr(facts.indicator(row), name)) and number_of(value) is not None
        and _same_unit(saying, facts, row, value)
    ]  # fmt: skip
    fitting = [(row, name, value) for row, name, value in due if number_of(value) == saying.figure.value]
    if one := _meant(saying, field, fitting):
        yield _of_row(facts, saying, *one, agrees=True)
        return
    if fitting and field == "target":
        row, _, value = fitting[0]
        other = next((one for one in due if one[1] == field and one[0] == row), None)
        if _signed(saying) and other and other[2].sign and len(rows) == 1:
            yield _taken_for_target(facts, saying, row, other[2], value)
        return
    wanted = [one for one in due if one[1] == (field or "actual")]
    aimed = _signed(saying) and TARGET.search(saying.lead) is not None
    if wanted and not saying.respective and (aimed or not saying.figure.bound):
        row, name, value = wanted[0]
        if len({number_of(one[2]) for one in wanted}) == 1:
            yield _of_row(facts, saying, row, name, value, agrees=False)


def _meant(saying: Saying, field: Field | None, fitting: list[_Value]) -> _Value | None:
    """Return the value of the form that a figure is, of those that are the same number."""
    if meant := [one for one in fitting if field in (None, one[1])]:
        return meant[0]
    if field != "target":
        return None
    # A form that prints its actual value with a sign (实际完成值≥80%) is quoted so.
    signed = next((one for one in fitting if one[1] == "actual" and one[2].sign), None)
    if signed and ACTUAL.search(saying.lead):
        return signed
    if fitting and not saying.figure.bound:
        return fitting[0]
    # 达100%以上 says what was reached.
    return next((one for one in fitting if one[1] == "actual" and not _signed(saying)), None)


def _signed(saying: Saying) -> bool:
    """Whether a sign stands right in front of a figure: ≥95%."""
    return saying.sentence.paragraph.text[saying.figure.start - 1] in "≥≤≧≦<>＞＜=" * bool(
        saying.figure.start
    )


def _same_unit(saying: Saying, facts: FormFacts, row: int, value: Measure) -> bool:
    unit = value.unit or facts.indicator(row).target.unit
    if saying.figure.kind == "percent":
        return unit == "%" or (not unit and value.number is not None and "率" in facts.indicator(row).level3)
    return unit == saying.figure.unit


def _rows(facts: FormFacts, saying: Saying) -> tuple[int, ...]:
    """Return the indicators that a figure may be of: named in front of it, or by all signs of its label."""
    names = names_before(facts, saying, levels=False)
    text = saying.sentence.paragraph.text
    for one in reversed(names):
        start = saying.sentence.start + one.end
        between = text[start : saying.figure.start].strip(_LINKS)
        # Another clause may speak of something else: only the words for target and actual lead on.
        pieces = [piece for piece in re.split(r"[，；。：、]", between) if piece]
        if all(ACTUAL.search(piece) or TARGET.search(piece) or _FIGURE.search(piece) for piece in pieces):
            return in_section(facts, saying, one.rows)
        break
    return _alike(facts, saying)


def _alike(facts: FormFacts, saying: Saying) -> tuple[int, ...]:
    """Return the one indicator in whose name every sign of the label stands: 资助学生, 学生受资助人数."""
    signs = {sign for sign in saying.label if "\u4e00" <= sign <= "\u9fff"} - set("数为达到了共")
    if len(signs) < FEWEST:
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
