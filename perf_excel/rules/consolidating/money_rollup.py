"""The budget block consolidated (资金汇总): each row the sum of the units' rows of the same source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.model import Form, Funding
from perf_excel.forms.money_sources import pair_sources, says_nothing
from perf_excel.forms.spot import Spot
from perf_excel.rules.consolidating.contributions import Contribution, Part, lacking
from perf_excel.rules.consolidating.joining import Rolled, number_of
from perf_excel.rules.consolidating.naming import named
from perf_excel.rules.scoring.arithmetic import shown

FIELD_NAMES = {
    "initial": "年初预算数",
    "change": "调整数",
    "left": "结转结余数",
    "annual": "全年预算数",
    "executed": "全年执行数",
    "so_far": "已执行数",
    "expected": "全年预计执行数",
}
"""The amounts of a row, in the order in which forms have them."""


class _Found(NamedTuple):
    """A unit's row for one of the department's; none where its form has no such row."""

    part: int
    number: int | None
    row: Funding | None


def money_rolled(into: Form, parts: Sequence[Part]) -> tuple[list[Rolled], list[str]]:
    """Return each amount of the department's budget block, in 万元, and what has no row there."""
    if not into.funding:
        lost = any(one.form.funding for one in parts)
        return [], ["部门表没有资金一块，各单位的资金没有汇总"] if lost else []
    total = 0 if into.totalled else None
    sources = [row.item if at != total else "" for at, row in enumerate(into.funding)]
    found: list[list[_Found]] = [[] for _ in into.funding]
    homeless: dict[str, list[int]] = {}
    for index, part in enumerate(parts):
        rows = _rows(part.form, index)
        paired = pair_sources([one.row.item if one.row else "" for one in rows[1:]], sources)
        theirs = {there: rows[here + 1] for here, there in paired.items()}
        for at in range(len(into.funding)):
            found[at].append(rows[0] if at == total else theirs.get(at, _Found(index, None, None)))
        for here, one in enumerate(rows[1:]):
            if here not in paired and one.row and not says_nothing(one.row):
                homeless.setdefault(one.row.item, []).append(index)
    rolled = [
        one
        for at, some in enumerate(found)
        for one in _row(Spot("funding", at), into.funding[at], some, parts, is_total=at == total)
    ]
    lost = [
        f"资金来源“{item}”部门表没有这一行，没有汇总：{named([parts[index].name for index in units])}"
        for item, units in homeless.items()
    ]
    return rolled, lost


def _rows(form: Form, index: int) -> list[_Found]:
    """A unit's rows, its total (or the sum of what it lists) first."""
    first = 0 if form.totalled and form.funding else None
    sources = list(enumerate(form.funding))[1 if form.totalled else 0 :]
    return [_Found(index, first, form.budget), *(_Found(index, number, row) for number, row in sources)]


def _row(
    spot: Spot, own: Funding, found: Sequence[_Found], parts: Sequence[Part], *, is_total: bool
) -> Iterator[Rolled]:
    for field, name in FIELD_NAMES.items():
        given = tuple(_amount(one, field, parts[one.part].form, is_total=is_total) for one in found)
        value = number_of("sum", given, 0)
        if value is None:
            continue
        blank: dict[str, list[str]] = {}
        for one in given:
            if one.note:
                blank.setdefault(one.note, []).append(parts[one.part].name)
        notes = tuple(f"{note}：{named(names)}" for note, names in blank.items())
        was: Decimal | None = getattr(own, field)
        # A row of a source that a unit left blank says that it had none; without its total much is missing.
        yield Rolled(
            spot._replace(field=field),
            f"{own.item}·{name}",
            "sum",
            value,
            "万元",
            shown(value),
            given,
            notes,
            partial=bool(blank) and is_total,
            was="" if was is None else shown(was),
        )


def _amount(found: _Found, field: str, form: Form, *, is_total: bool) -> Contribution:
    value: Decimal | None = getattr(found.row, field) if found.row else None
    if found.row is None and not is_total:
        return Contribution(found.part)
    spot = None if found.number is None else Spot("funding", found.number, field)
    note = "" if value is not None else lacking(form, spot) if spot else "没有填"
    text = "" if value is None else shown(value)
    return Contribution(found.part, spot, text, value, note=note)


def with_money(form: Form, rolled: Sequence[Rolled]) -> Form:
    """Return a form with its amounts rolled up."""
    rows = list(form.funding)
    for one in rolled:
        if one.spot.part == "funding":
            rows[one.spot.row] = replace(rows[one.spot.row], **{one.spot.field: one.value})
    return replace(form, funding=tuple(rows))
