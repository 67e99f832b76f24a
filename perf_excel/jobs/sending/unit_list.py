"""The list of units (单位名单): its columns found by their heads, its rows; all that is wrong at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from perf_excel.books.csv_grid import read_csv
from perf_excel.books.opening import open_book
from perf_excel.books.writable_text import has_unwritable, writable
from perf_excel.errors import UserError
from perf_excel.forms.cell_limit import overlong
from perf_excel.forms.error_value import is_error_value
from perf_excel.forms.text import is_blank, plain
from perf_excel.sheets.finding.around_words import PROJECT_NAMES, UNIT_CODES, UNIT_NAMES, YEAR_NAMES
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.grid import Cell, Grid, address, column_letters
from perf_excel.sheets.reading.money_unit import stated_scale
from perf_excel.sheets.shown_text import printed

SUPERIOR = re.compile("(?:主管|上级|归口)(?:部门|单位|主管部门|主管单位)(?:名称)?")
_CONTACT = re.compile("联系|电话|手机|邮箱|电子邮件|传真|负责人|经办人|填报人")
_CODE = re.compile("编码|代码|统一社会信用代码")
_UNUSED = re.compile("序号|备注|说明")
_TOTAL = re.compile("(?:合计|总计|小计)")
_HEAD_WITHIN = 20
"""So far down the head is looked for."""
_MOST_FAULTS = 20
_MOST_ROWS = 200_000
_LONGEST = 40


class WrongListError(UserError):
    """A list has faults; all of them are at hand."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        """Refuse a list.

        Args:
            name: its file's name.
            faults: what is wrong, each with its place in front: 第 5 行：没有单位名称.
        """
        rest = len(faults) - _MOST_FAULTS
        lines = [*faults[:_MOST_FAULTS], *([f"另有 {rest} 处问题"] if rest > 0 else [])]
        listed = "\n".join(f"  {line}" for line in lines)
        said = f"{name}：名单有 {len(faults)} 处问题，没有写任何文件，请改正后重试"
        super().__init__(said, by_command=f"：\n{listed}", by_hand="。")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of the list: its number, its head, and what it is (unit, code, year, project, superior, …)."""

    number: int
    head: str
    kind: str

    @property
    def where(self) -> str:
        """How a message names it."""
        return f"{column_letters(self.number)} 列“{self.head}”"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row of the list: its number in the file, to whom, and its cells by column."""

    number: int
    unit: str
    code: str
    year: int | None
    project: str
    superior: str
    cells: dict[int, Cell]


@dataclass(frozen=True)
class UnitList:
    """A list of units; ``faults`` are what is wrong with it, by row."""

    name: str
    columns: tuple[ListColumn, ...]
    rows: tuple[UnitRow, ...]
    faults: tuple[str, ...]
    per_wan: Decimal | None = None
    """How many of the unit of money that stands above the head are one 万元; None where none does."""

    def has(self, kind: str) -> bool:
        """Whether a column is of a kind."""
        return any(column.kind == kind for column in self.columns)

    def refuse(self, more: tuple[str, ...] = ()) -> None:
        """Refuse a list that is wrong.

        Raises:
            WrongListError: it has faults, or there are more.
        """
        if faults := [*self.faults, *more]:
            raise WrongListError(self.name, faults)


def read_list(path: Path) -> UnitList:
    """Read a list of units: .xlsx, .xls, .ods, or .csv in UTF-8 or GBK.

    Raises:
        UserError: the file cannot be read, or holds no list, or several.
    """
    grid = read_csv(path) if path.suffix.lower() in (".csv", ".txt") else _sheet(path)
    head = _head_row(grid)
    if head is None:
        raise UserError(f"{path.name}：前 {_HEAD_WITHIN} 行里没有“单位名称”一列，请加上表头。")
    return _Reader(path.name, grid, head).read()


def _sheet(path: Path) -> Grid:
    book = open_book(path)
    grids = [grid for name in book.visible if (grid := book.grid(name)) is not None]
    found = [grid for grid in grids if _head_row(grid) is not None]
    if len(found) > 1:
        names = "、".join(grid.sheet for grid in found)
        raise UserError(f"{path.name}：有几张工作表都像名单（{names}），请只留一张，或另存为单独的文件。")
    if not any(grid.cells for grid in grids):
        raise UserError(f"{path.name}：名单是空的，请填写单位后重试。")
    return found[0] if found else grids[0]


def _head_row(grid: Grid) -> int | None:
    for row in range(1, min(grid.bottom, _HEAD_WITHIN) + 1):
        if any(kind_of(printed(cell)) == "unit" for _, cell in grid.row(row)):
            return row
    return None


def kind_of(head: str) -> str:
    """Return what a head of the list names; ``other`` for what is a form's own."""
    label = bare(head)
    if SUPERIOR.fullmatch(label):
        return "superior"
    if UNIT_CODES.fullmatch(label) or _CODE.fullmatch(label):
        return "code"
    if any(name.fullmatch(label) for name in UNIT_NAMES):
        return "unit"
    if YEAR_NAMES.fullmatch(label):
        return "year"
    if PROJECT_NAMES.fullmatch(label):
        return "project"
    return "unused" if _UNUSED.fullmatch(label) else "other"


def is_contact(head: str) -> bool:
    """Whether a column says whom to ask (联系人, 联 系 电 话): it goes into the list of what was sent."""
    return _CONTACT.search(bare(head)) is not None


class _Reader:
    """A list while it is read."""

    def __init__(self, name: str, grid: Grid, head: int) -> None:
        self._name, self._grid, self._head = name, grid, head
        self._faults: list[tuple[int, str]] = []

    def read(self) -> UnitList:
        columns = tuple(self._columns())
        if self._grid.bottom - self._head > _MOST_ROWS:
            raise UserError(f"{self._name}：名单超过 {_MOST_ROWS} 行，请分成几份。")
        rows = tuple(self._rows(columns))
        if not rows and not self._faults:
            raise UserError(f"{self._name}：表头（第 {self._head} 行）下面没有单位，请填写后重试。")
        self._doubles(rows)
        faults = tuple(text for _, text in sorted(self._faults, key=lambda one: one[0]))
        per_wan = stated_scale(self._grid, range(self._head - 1, 0, -1))
        return UnitList(self._name, columns, rows, faults, per_wan)

    def _fault(self, row: int, text: str) -> None:
        self._faults.append((row, f"第 {row} 行：{text}"))

    def _columns(self) -> Iterator[ListColumn]:
        seen: dict[str, str] = {}
        for number, cell in self._grid.row(self._head):
            area = self._grid.area(self._head, number)
            text = writable(printed(cell)).strip()
            if area.right > area.left:
                self._fault(
                    self._head,
                    f"表头 {address(self._head, number)}“{_cut(text)}”合并了几列，请拆开，一列一个名称",
                )
                continue
            column = ListColumn(number, _cut(" ".join(text.split())), kind_of(text))
            key = column.kind if column.kind not in ("other", "unused") else plain(text)
            if column.kind != "unused" and key in seen:
                self._fault(self._head, f"{column.where}与{seen[key]}重复，请只留一列")
                continue
            seen[key] = column.where
            yield column
        known = {number for number, _ in self._grid.row(self._head)}
        for (row, number), cell in self._grid.cells.items():
            if row > self._head and number not in known and not _is_blank(cell):
                known.add(number)
                self._fault(row, f"{address(row, number)} 有内容，但这一列没有表头，请加上表头或删去这一列")

    def _rows(self, columns: tuple[ListColumn, ...]) -> Iterator[UnitRow]:
        first = self._head + 1
        area = self._grid.area(self._head, columns[0].number if columns else 1)
        for row in range(max(first, area.bottom + 1), self._grid.bottom + 1):
            cells = {
                column.number: cell
                for column in columns
                if not _is_blank(cell := self._grid.at(row, column.number))
            }
            if not cells:
                continue
            said = {
                column.kind: self._said(row, column, cells) for column in columns if column.kind != "other"
            }
            for column in columns:
                if column.kind == "other" and column.number in cells:
                    self._check(row, column, cells[column.number])
            unit = said.get("unit", "")
            total = next((text for text in map(printed, cells.values()) if _TOTAL.fullmatch(plain(text))), "")
            if total:
                self._fault(row, f"“{total.strip()}”像是合计行，不是单位，请删去")
            elif not unit:
                self._fault(row, "没有单位名称")
            code, project, superior = (said.get(kind, "") for kind in ("code", "project", "superior"))
            year = self._year(row, said.get("year", ""))
            yield UnitRow(row, unit, code, year, project, superior, cells)

    def _said(self, row: int, column: ListColumn, cells: dict[int, Cell]) -> str:
        """The text of a cell in one line; a formula names nobody."""
        cell = cells.get(column.number)
        if cell is None or column.kind == "unused":
            return ""
        self._check(row, column, cell)
        if cell.formula is not None and column.kind in ("unit", "project", "code"):
            self._fault(row, f"{column.where}是公式，请复制后选择性粘贴为数值")
        return " ".join(printed(cell).split())

    def _check(self, row: int, column: ListColumn, cell: Cell) -> None:
        """Name what no cell of a list may hold."""
        text = printed(cell).strip()
        if cell.formula is not None and cell.value is None:
            self._fault(row, f"{column.where}的公式没有算过，请在 Excel 或 WPS 里打开保存，或粘贴为数值")
        elif isinstance(cell.value, str) and is_error_value(text):
            self._fault(row, f"{column.where}是错误值 {text}")
        elif text.startswith(("=", "＝")) and len(text) > 1:
            self._fault(row, f"{column.where}“{_cut(text)}”以等号开头，像是公式，请改成文字")
        elif has_unwritable(text):
            self._fault(row, f"{column.where}里有看不见的控制字符，请重新输入这一格")
        elif wrong := overlong(text):
            self._fault(row, f"{column.where}：{wrong}")

    def _year(self, row: int, text: str) -> int | None:
        found = re.fullmatch(r"((?:19|20)[0-9]{2})(?:年度?)?", plain(text))
        if text and not found:
            self._fault(row, f"年度“{_cut(text)}”不是四位年份，请改成如 2025")
        return int(found[1]) if found else None

    def _doubles(self, rows: tuple[UnitRow, ...]) -> None:
        """Name rows that mean the same, and codes that mean several units."""
        first: dict[tuple[str, ...], int] = {}
        units: dict[str, tuple[str, int]] = {}
        for row in rows:
            if not row.unit:
                continue
            key = tuple(map(plain, (row.unit, row.code, row.project, str(row.year or ""))))
            if key in first:
                what = "、".join(filter(None, (row.unit, row.project)))
                self._fault(row.number, f"“{_cut(what)}”与第 {first[key]} 行重复")
            first.setdefault(key, row.number)
            code = plain(row.code)
            if code and units.setdefault(code, (plain(row.unit), row.number))[0] != plain(row.unit):
                self._fault(
                    row.number, f"编码“{row.code}”与第 {units[code][1]} 行的单位相同，而单位名称不同，请核对"
                )


def _is_blank(cell: Cell) -> bool:
    return cell.formula is None and (
        cell.value is None or (isinstance(cell.value, str) and is_blank(cell.value))
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
