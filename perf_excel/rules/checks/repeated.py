"""Checks of indicators against each other: V18 the same row twice."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.forms.model import Form, Indicator
from perf_excel.forms.placeholder import is_placeholder
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain, remembered
from perf_excel.rules.findings import Case, Problem, check

Key = tuple[int | str, ...]


@check("V18")
def indicators_stand_once(case: Case) -> Iterator[Problem]:
    """Find indicators repeated word for word in one table of the form: same levels, name and target.

    With a count for a target (5场) the second level may be another: what was done is not counted twice. Words
    (达标) and rates (100%) are the same of many things.
    """
    first: dict[Key, int] = {}
    for index, (table, row) in enumerate(zip(_tables(case.form), case.form.indicators, strict=True)):
        if not _is_name(row.level3):
            continue
        name = table, row.term, plain(row.level1), plain(row.level3), row.target.words
        before = first.setdefault((*name, plain(row.level2)), index)
        if before == index and row.target.number is not None and row.target.unit not in ("", "%"):
            before = first.setdefault(name, index)
        if before != index:
            also = case.form.indicators[before].level2
            other = "" if plain(also) == plain(row.level2) else f"，那里的二级指标是“{also}”"
            said = f"名称“{row.level3}”，指标值“{row.target.text}”{other}"
            message = (
                f"与上面第{before + 1}个指标逐字相同（{said}），请删去重复的一行，或在名称里写明各指什么"
            )
            yield Problem(Spot("indicator", index, "level3"), row.name, message, None, row.level3)


@remembered
def _is_name(text: str) -> bool:
    """Whether a text names an indicator; parts (其中：男) are named by what stands above them."""
    name = plain(text)
    return (
        any(letter.isalpha() for letter in name) and not name.startswith("其中") and not is_placeholder(text)
    )


def _tables(form: Form) -> Iterator[int]:
    """Number the rows' tables: where a first level comes back, another one begins (长期, 年度)."""
    table, seen, last = 0, set[str](), ""
    for row in form.indicators:
        level = _level(row)
        if level != last and level in seen:
            table, seen = table + 1, set[str]()
        seen.add(level)
        last = level
        yield table


def _level(row: Indicator) -> str:
    return plain(row.level1)
