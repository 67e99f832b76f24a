"""Budget (预算公开表): the tables of a published budget or 决算, their figures tied to one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.sheets.budgets.between_tables import unit_of
from perf_excel.sheets.budgets.budget_books import all_claims
from perf_excel.sheets.budgets.budget_claims import Claim, Sheet, Spot, read_sheets
from perf_excel.sheets.budgets.budget_heads import MOST_ROWS, Table, budget_tables
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.grid import Grid
from perf_excel.words.manuscript import Table as Paper

MOST_TABLES = 200
"""Tables of all files together; a department publishes ten to twenty."""
_SUMS = ("B1", "B2")


class Doubt(NamedTuple):
    """A cell that could not be read for certain (读不准): where it stands, what it shows, and why."""

    spot: Spot
    text: str
    why: str


@dataclass(frozen=True)
class Audited:
    """Budget tables with what came of tying their figures to one another."""

    tables: tuple[Table, ...]
    sheets: tuple[Sheet, ...]
    claims: tuple[Claim, ...]
    untied: tuple[tuple[Spot, str, str], ...]
    """Amounts other than nought that nothing was held against: where, of what, as printed."""
    doubts: tuple[Doubt, ...]

    @property
    def findings(self) -> list[Claim]:
        """What does not hold."""
        return [claim for claim in self.claims if not claim.agrees]

    @property
    def rounded(self) -> int:
        """How many hold only within what was rounded."""
        return sum(claim.agrees and not claim.exact for claim in self.claims)

    @property
    def errors(self) -> int:
        """How many of the findings are contradictions."""
        return sum(claim.severity == "error" for claim in self.findings)


def budget(paths: Sequence[Path]) -> Audited:
    """Tie the figures of budget tables to one another: in their rows and columns, and between tables.

    Args:
        paths: workbooks, .docx or .pdf, which together are one department's budget of one year.

    Raises:
        UserError: one of them cannot be used, or there is no budget table in it.
    """
    tables: list[Table] = []
    for path in paths:
        tables += _tables(path)
        if len(tables) > MOST_TABLES:
            raise UserError(
                f"{path.name}：表太多（到这个文件共 {len(tables)} 张），请只留一个部门一年的预算表后重试。"
            )
    return audited(tables)


def audited(tables: Sequence[Table]) -> Audited:
    """Tie the figures of tables to one another."""
    sheets = [sheet for table in tables for sheet in read_sheets(table)]
    claims = list(all_claims(sheets))
    tied = {(id(spot.table), spot.place) for claim in claims for spot in (claim.spot, *claim.others)}
    return Audited(
        tuple(tables), tuple(sheets), tuple(claims),
        tuple(one for sheet in sheets for one in _untied(sheet, tied)),
        tuple(doubt for sheet in sheets for doubt in _doubts(sheet)),
    )  # fmt: skip


def tables_in(grids: Sequence[Grid], source: str) -> list[Table]:
    """Return the budget tables of a file's sheets; none where it holds none.

    Raises:
        UserError: a table is longer than what is read of a sheet.
    """
    found = [table for grid in grids for table in budget_tables(grid, source)]
    if too_long := next((one.grid for one in found if one.figures and one.grid.bottom > MOST_ROWS), None):
        raise UserError(
            f"{source}：工作表“{too_long.sheet}”有 {too_long.bottom} 行，预算公开表最多 {MOST_ROWS} 行，"
            "请把它分成几张表，或删去不是预算表的内容后重试。"
        )
    return found


def as_words(table: Table, number: int) -> Paper:
    """Return a budget table as one that the text of a report can be held against.

    Args:
        table: the table.
        number: its number among all.
    """
    rows = (*table.head_rows, *table.rows)
    top, bottom = min(rows), max(rows)
    texts = tuple(
        tuple(
            text_at(table.grid, row, column) if row in table.head_rows else table.text(row, column)
            for column in range(1, table.columns[-1] + 1)
        )
        if row in rows
        else ()
        for row in range(top, bottom + 1)
    )
    where = f"{table.source} {table.grid.sheet}"
    title = table.title.text
    lines = [*(line for line in table.over if line.strip() != title), title]
    return Paper(number, "\n".join(lines), texts, where, top - 1)


def _tables(path: Path) -> list[Table]:
    book = open_book(path)
    found = tables_in([grid for name in book.visible if (grid := book.grid(name)) is not None], path.name)
    if not any(table.figures for table in found):
        raise UserError(
            f"{path.name}：没有找到预算公开表（未见“收支总体情况表”等表名、“单位：万元”和金额），请确认文件。"
        )
    return found


def _untied(sheet: Sheet, tied: set[tuple[int, tuple[int, int]]]) -> Iterator[tuple[Spot, str, str]]:
    lines = {(line.row, line.columns): at for at, line in enumerate(sheet.lines)}
    for row, half in product(sheet.table.rows, sheet.panel.halves):
        columns = tuple(amount.column for amount in half.amounts)
        for number, column in enumerate(columns):
            place = row, column
            figure = sheet.table.figures.get(place)
            if figure is not None and figure.value and (id(sheet.table), place) not in tied:
                at = lines.get((row, columns))
                name = "" if at is None else sheet.name(at, number)
                yield Spot(sheet.table, place), name, sheet.table.text(*place)


def _doubts(sheet: Sheet) -> Iterator[Doubt]:
    """Yield amounts that a document does not let be read, and words where an amount should stand."""
    unsure = sheet.table.grid.unsure
    for line in range(len(sheet.lines)):
        for column in range(len(sheet.panel.amounts)):
            spot = sheet.spot(line, column)
            text = sheet.table.text(*spot.place)
            if spot.place in unsure:
                yield Doubt(spot, text, unsure[spot.place])
            elif spot.place in sheet.table.unknown:
                yield Doubt(spot, text, "不是数" if text else "公式没有算出结果，请打开重新计算后存盘")


def message(claim: Claim) -> str:
    """Say in a sentence what does not hold."""
    if claim.check in _SUMS:
        return f"{claim.label}为 {claim.printed}，各项相加：{claim.arithmetic}"
    why = f"；{claim.why}" if claim.why else ""
    return f"{claim.label}为 {claim.printed}，{claim.arithmetic}，两处不一致{why}"


def without_unit(done: Audited) -> list[str]:
    """Return the titles of tables that say no unit, where the others do not agree on one either."""
    return [
        table.title.text
        for table in done.tables
        if table.figures and table.title.known and unit_of(table, done.tables) is None
    ]


def budget_data(done: Audited) -> dict[str, Any]:
    """Return what ``budget --json`` says."""
    return {
        "tables": [{**_where(Spot(table, (1, 1))), "title": table.title.text} for table in done.tables],
        "facts": len(done.claims),
        "agree": len(done.claims) - len(done.findings),
        "rounded": done.rounded,
        "unmatched": len(done.untied),
        "findings": [
            {
                "check": claim.check,
                "severity": claim.severity,
                **_where(claim.spot),
                "cell": claim.spot.cell,
                "label": claim.label,
                "printed": claim.printed,
                "expected": claim.expected,
                "message": message(claim),
            }
            for claim in done.findings
        ],
        "untied": [
            {**_where(spot), "cell": spot.cell, "label": label, "printed": text}
            for spot, label, text in done.untied
        ],
        "unsure": [
            {**_where(one.spot), "cell": one.spot.cell, "text": one.text, "why": one.why}
            for one in done.doubts
        ],
    }


def _where(spot: Spot) -> dict[str, str]:
    sheet, _, _ = spot.table.grid.locate(*spot.place)
    return {"file": spot.table.source, "sheet": sheet}
