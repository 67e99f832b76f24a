"""What the tables of a document say (文档里的表格): each amount with its row, column and table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perf_excel.words.manuscript import Table
from perf_excel.words.prose import paragraph
from perf_excel.words.subjects import core_of, label_of

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,16})(?:\.\d{1,8})?")
_UNIT = re.compile(
    r"(?:单位|金额单位)：?(?:人民币)?(?P<unit>亿元|万元|千元|元)|（(?P<head>亿元|万元|千元|元)）"
)
_SCALES = {"亿元": 10**8, "万元": 10**4, "千元": 10**3, "元": 1}
_CODE = re.compile(r"[\d\s-]*|-?[\d.,]{1,20}[%‰]")
_TITLE = re.compile(r"表$|情况表|表（|一览|明细")
_WHOLE = re.compile(r"^(?:本年)?(?:支出|收入)?(?:合计|总计|小计)$")


@dataclass(frozen=True, slots=True)
class TableFact:
    """An amount in 元 with the core of its row's label, the column's head, the table's title."""

    table: int
    where: str
    """Which table it is, in words."""
    row: int
    title: str
    label: str
    core: str
    head: str
    head_core: str
    whole: bool
    value: Decimal
    step: Decimal


def table_facts(tables: Sequence[Table]) -> list[TableFact]:
    """Return the amounts of tables; a table that says no unit is left out."""
    return [fact for table in tables for fact in _facts(table)]


def _folded(text: str) -> str:
    return paragraph(0, text).text


def _facts(table: Table) -> Iterator[TableFact]:
    cells = [[_folded(cell) for cell in row] for row in table.rows]
    scale = _scale(table, cells)
    first = next((at for at, row in enumerate(cells) if _is_body(row)), len(cells))
    if scale is None or first == 0:
        return
    heads = _heads(cells[:first])
    title = _title(table)
    where = table.source or f"文档里第 {table.number} 个表格"
    for number, row in enumerate(cells[first:], first + 1):
        label = ""
        for column, text in enumerate(row):
            if not _NUMBER.fullmatch(text) or _is_code(heads, column):
                label = text if text and not _CODE.fullmatch(text) else label
                continue
            head = heads[column] if column < len(heads) else ""
            digits = text.replace(",", "")
            step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
            yield TableFact(
                table.number, where, number + table.above, title, label, core_of(label_of(label)),
                head, core_of(label_of(head)), _WHOLE.match(label) is not None,
                Decimal(digits) * scale, step * scale,
            )  # fmt: skip


def _scale(table: Table, cells: list[list[str]]) -> int | None:
    """Return how many 元 one of a table's numbers is, by the unit in its title or head."""
    for text in (_folded(table.title), *("".join(row) for row in cells[:3])):
        if found := list(_UNIT.finditer(text)):
            return _SCALES[found[-1]["unit"] or found[-1]["head"]]
    return None


def _is_body(row: list[str]) -> bool:
    """Whether a row holds amounts and a label, and is none of the head."""
    numbers = [text for text in row if _NUMBER.fullmatch(text)]
    return bool(numbers) and any(text and not _CODE.fullmatch(text) for text in row)


def _is_code(heads: list[str], column: int) -> bool:
    return column < len(heads) and re.search(r"编码|代码|序号|栏次|行次", heads[column]) is not None


def _heads(rows: list[list[str]]) -> list[str]:
    """Return the heads of columns, those of several rows joined."""
    width = max((len(row) for row in rows), default=0)
    found: list[str] = []
    for column in range(width):
        said = [row[column] for row in rows if column < len(row) and row[column]]
        found.append("".join(dict.fromkeys(said)))
    return found


def _title(table: Table) -> str:
    lines = [_folded(line) for line in table.title.splitlines() if line.strip()]
    named = [line for line in lines if _TITLE.search(line) and not line.endswith("。")]
    return named[-1] if named else (lines[-1] if lines else "")
