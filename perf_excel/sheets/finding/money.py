"""Where a form's money stands (资金情况): in a table, in pairs or sideways, or one amount a row.

Whatever its shape, the block is given as lines, each a source of money with the places of its fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from perf_excel.forms.text import plain
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.labels import Role, bare
from perf_excel.sheets.finding.lines import Label, Lines, beside, text_at
from perf_excel.sheets.finding.money_lines import Budget, Line, is_amount, item_of
from perf_excel.sheets.finding.money_pairs import find_pairs
from perf_excel.sheets.finding.money_table import find_table
from perf_excel.sheets.grid import Place


def find_budget(lines: Lines, top: int, end: int, roles: tuple[Role, ...]) -> Budget | None:
    """Return the budget block in the rows from ``top`` to before ``end``; None where there is none.

    Its first line is the total, also where the form has it last.
    """
    found = find_table(lines, top, end, roles) or find_pairs(lines, top, end, roles)
    if found is None:
        return _amounts(lines, top, end)
    return replace(found, lines=_total_first(found.lines))


def _total_first(found: tuple[Line, ...]) -> tuple[Line, ...]:
    totals = [line for line in found if labels.FUNDS_TOTAL.fullmatch(bare(line.item))]
    if len(totals) != 1:
        return found
    return (*totals, *(line for line in found if line is not totals[0]))


def _amounts(lines: Lines, top: int, end: int) -> Budget | None:
    """The block that begins with a total (部门预算总额), each row a label and one amount."""
    found: list[tuple[Label, Place]] = []
    for row in range(top, end):
        own = list(_named_amounts(lines, row))
        if not found and not any(labels.MONEY_TOTAL.fullmatch(_plain_item(one.text)) for one, _ in own):
            continue
        if not own:
            break
        found += own
    if not found:
        return None
    year = [one for one in found if labels.MONEY_OF_YEAR.fullmatch(_plain_item(one[0].text))]
    kept = year[:1] or [one for one in found if "上年" not in one[0].text]
    return Budget(
        kept[0][1][0],
        kept[-1][1][0],
        tuple(
            Line(item_of(text_at(lines.grid, place[0], label.left)), {"initial": place})
            for label, place in kept
        ),
        frozenset(place for label, value in kept for place in ((value[0], label.left), value)),
    )


def _named_amounts(lines: Lines, row: int) -> Iterator[tuple[Label, Place]]:
    for index, label in enumerate(lines.labels(row)):
        name = _plain_item(label.text)
        if lines.grid.area(row, label.left).top != row or not labels.MONEY_ITEM.fullmatch(name):
            continue
        place = beside(lines, row, index)
        if place and not labels.MONEY_GROUP.fullmatch(name):
            text = text_at(lines.grid, *place)
            if not text or is_amount(text):
                yield label, place


def _plain_item(text: str) -> str:
    return labels.NUMBERING.sub("", text)


def texts_of(lines: Lines, rows: Iterable[int]) -> Iterator[str]:
    """Yield what the rows show, for comparing."""
    for row in rows:
        for column, _ in lines.grid.row(row):
            yield plain(text_at(lines.grid, row, column))
