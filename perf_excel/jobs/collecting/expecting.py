"""What is to come back (下发清单): the forms of the list, and how a return is known among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from perf_excel.books.opening import open_book
from perf_excel.books.xlsx.long_book import LongBook, long_book
from perf_excel.errors import UserError
from perf_excel.forms.addressee import Addressee
from perf_excel.forms.text import folded, is_blank, plain
from perf_excel.forms.unit_names import key_of
from perf_excel.sheets.grid import EMPTY, Cell, Grid
from perf_excel.sheets.sent_pack import SHEET as PACK_SHEET
from perf_excel.sheets.sent_pack import Pack, SentBook, read_pack
from perf_excel.sheets.shown_text import printed
from perf_excel.sheets.structure import Structure

_HEADS: Mapping[str, re.Pattern[str]] = {
    "unit": re.compile(r"(?:填报|预算|部门|项目)?(?:单位|部门)(?:\(单位\))?(?:名称)?|单位全称"),
    "code": re.compile(r"(?:单位|部门|预算)?(?:编码|代码)|(?:单位|部门)编号"),
    "year": re.compile(r"(?:预算|评价)?年度|年份"),
    "project": re.compile(r"项目(?:名称)?"),
    "form": re.compile(r"表|表样|表名|表名称|表格|模板"),
    "file": re.compile(r"文件|文件名|下发文件"),
    "superior": re.compile(r"上级(?:单位|部门)|主管(?:单位|部门)"),
}
_CONTACT = re.compile("联系|电话|手机|邮箱|电子邮件|传真|负责人|经办人|填报人")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_HEAD = 20


@dataclass(frozen=True, slots=True)
class Due(Addressee):
    """One form that a unit is to send back."""

    form: str = ""
    file: str = ""
    contacts: Mapping[str, str] = field(default_factory=dict[str, str])
    """Whom to ask (联系人, 电话 …), by the head of the column."""
    sent: SentBook | None = None
    """What was sent, where the list says it."""


class Expected:
    """Every form that is to come back, found by its fingerprint, its unit's name or code."""

    def __init__(self, dues: Iterable[Due], pack: Pack | None = None) -> None:
        self.dues = tuple(dues)
        self._pack = pack
        self._names: dict[str, list[int]] = {}
        self._codes: dict[str, list[int]] = {}
        self._prints: dict[str, list[int]] = {}
        for at, due in enumerate(self.dues):
            self._names.setdefault(key_of(due.unit), []).append(at)
            if due.code:
                self._codes.setdefault(key_of(due.code), []).append(at)
            if due.sent and due.sent.fingerprint:
                self._prints.setdefault(due.sent.fingerprint, []).append(at)

    def by_name(self, unit: str) -> list[int]:
        """Return the forms that a unit of this name is to send back."""
        return self._names.get(key_of(unit), []) if unit else []

    def by_code(self, code: str) -> list[int]:
        """Return the forms that a unit of this code is to send back."""
        return self._codes.get(key_of(code), []) if code else []

    def by_fingerprint(self, fingerprint: str) -> list[int]:
        """Return the forms that were sent with this fingerprint: one, but for lists that repeat a row."""
        return self._prints.get(fingerprint, []) if fingerprint else []

    def structure(self, due: Due) -> Structure | None:
        """Return what a unit was to leave as it is of a form; None where the list does not say it."""
        if due.sent is None or self._pack is None:
            return None
        try:
            return self._pack.structure(due.sent)
        except (KeyError, ValueError, IndexError):
            return None

    def units(self) -> list[str]:
        """Return the names of the units, each once, in the order of the list."""
        names: dict[str, str] = {}
        for due in self.dues:
            names.setdefault(key_of(due.unit), due.unit)
        return list(names.values())


def read_expected(path: Path) -> Expected:
    """Read what was sent: the list that ``distribute`` wrote, or any workbook with a column of units.

    Raises:
        UserError: it cannot be read, has no such column, or no unit.
    """
    with long_book(path) as ours:
        if ours and PACK_SHEET in ours.sheets:
            pack = read_pack(cells.get(1, EMPTY).value for _, cells in ours.rows(PACK_SHEET))
            if pack:
                return Expected(_sent(pack, _listed_in(ours)), pack)
    book = open_book(path)
    hidden = None if book.workbook else book.grid(PACK_SHEET)
    pack = read_pack(hidden.at(row, 1).value for row in range(1, hidden.bottom + 1)) if hidden else None
    listed = next(
        (
            list(_rows(grid, *found))
            for name in book.visible
            if (grid := book.grid(name)) and (found := _head(grid))
        ),
        None,
    )
    if pack:
        return Expected(_sent(pack, listed or ()), pack)
    if listed is None:
        raise UserError(f"{path.name}：没有找到“单位名称”一栏，请用下发时写的下发清单，或带这一栏的名单。")
    if not listed:
        raise UserError(f"{path.name}：“单位名称”一栏下面没有单位，请核对下发清单。")
    return Expected(listed)


def _listed_in(book: LongBook) -> Iterator[Due]:
    """What people see on our own list: the first sheet with a head, read row by row."""
    for name in book.visible:
        columns: dict[int, str] = {}
        for row, cells in book.rows(name):
            if columns:
                due = _due({role: printed(cells.get(at, EMPTY)).strip() for at, role in columns.items()})
                if due is not None:
                    yield due
            elif row > _MOST_HEAD:
                break
            elif len(cells) > 1:
                columns = _columns(cells.items())
        if columns:
            return


def _sent(pack: Pack, listed: Iterable[Due]) -> Iterator[Due]:
    """The forms of a pack, with what the list that people see says beside it: whom to ask."""
    files: dict[str, Mapping[str, str]] = {}
    units: dict[str, Mapping[str, str]] = {}
    for due in listed:
        if due.contacts:
            files[due.file.replace("\\", "/")] = due.contacts
            units[key_of(due.unit)] = due.contacts
    for book in pack.books:
        contacts = files.get(book.file) or units.get(key_of(book.unit)) or {}
        yield Due(
            book.unit,
            book.unit_code,
            book.year,
            book.project,
            book.superior,
            book.template,
            book.file,
            contacts,
            book,
        )


def _head(grid: Grid) -> tuple[int, dict[int, str]] | None:
    """The row of heads, and what each column is."""
    for row in range(1, min(grid.bottom, _MOST_HEAD) + 1):
        cells = list(grid.row(row))
        if (columns := _columns(cells)) and (len(cells) > 1 or grid.right == 1):
            return row, columns
    return None


def _columns(cells: Iterable[tuple[int, Cell]]) -> dict[int, str]:
    """What each column under a row of heads is, contact columns by their own heads; nothing without units."""
    columns: dict[int, str] = {}
    for column, cell in cells:
        head = folded(printed(cell)).strip()
        bare = plain(head)
        role = next((role for role, pattern in _HEADS.items() if pattern.fullmatch(bare)), "")
        if role and role not in columns.values():
            columns[column] = role
        elif _CONTACT.search(bare):
            columns[column] = f"contact:{head}"
    return columns if "unit" in columns.values() else {}


def _rows(grid: Grid, head: int, columns: Mapping[int, str]) -> Iterator[Due]:
    for row in range(head + 1, grid.bottom + 1):
        due = _due({role: printed(grid.at(row, column)).strip() for column, role in columns.items()})
        if due is not None:
            yield due


def _due(said: Mapping[str, str]) -> Due | None:
    """What a row says by the roles of its columns; None where it names no unit."""
    if is_blank(said.get("unit", "")):
        return None
    year = _YEAR.search(folded(said.get("year", "")))
    contacts = {
        role.partition(":")[2]: text for role, text in said.items() if role.startswith("contact:") and text
    }
    due = Due(said["unit"], year=int(year[0]) if year else None, contacts=contacts)
    return replace(due, **{name: text for name, text in said.items() if name in _PLAIN})


_PLAIN = frozenset({"code", "project", "form", "file", "superior"})
