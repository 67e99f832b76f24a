"""The list of what was sent (下发清单.xlsx): to read, filter and print; with a record that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from perf_excel.books.timeless import saved_timeless
from perf_excel.sheets.sent_pack import SHEET, Pack, SentBook

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

LIST_SHEET = "下发清单"
_HEAD_ROW = 4
_COLUMNS = (
    ("序号", 7.0), ("上级单位", 22.0), ("单位", 32.0), ("编码", 14.0), ("年度", 8.0), ("项目", 30.0),
    ("表样", 24.0), ("文件", 46.0), ("下发编号", 24.0),
)  # fmt: skip
_HEADS = frozenset(name for name, _ in _COLUMNS)
_CONTACT_WIDTH = 16.0
_FILE = "文件"
_OPTIONAL = {"上级单位": "superior", "编码": "unit_code", "年度": "year", "项目": "project"}
_MIDDLE = frozenset({"序号", "编码", "年度"})
_LINK = "FF0563C1"
_MOST_LINKS = 60_000
"""Excel follows some 65 thousand of a sheet."""


def sent_list(pack: Pack, day: date) -> bytes:
    """Return the list of a pack as a workbook.

    Args:
        pack: what was sent.
        day: when.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _listed(book.create_sheet(LIST_SHEET), pack, day)
    record: Any = book.create_sheet(SHEET)
    record.sheet_state = "veryHidden"
    for cell in pack.cells():
        record.append([cell])
    return saved_timeless(book, day, "绩效表下发清单")


def _listed(sheet: WriteOnlyWorksheet, pack: Pack, day: date) -> None:
    columns = _columns(pack)
    _set_up(sheet, columns, _HEAD_ROW + len(pack.books))
    rows: Any = sheet  # the library's types do not know what its rows are
    looks = _Looks(sheet)
    units = len({(book.unit, book.unit_code) for book in pack.books})
    names = "、".join(one.name for one in pack.templates)
    rows.append([looks.title("绩效表下发清单")])
    rows.append([looks.note(f"下发编号：{pack.number}　{day:%Y-%m-%d}　表样：{names}")])
    rows.append([looks.note(f"{units} 家单位，{len(pack.books)} 个文件；收回后用本清单核对，请妥善保存。")])
    rows.append([looks.head(name) for name, _ in columns])
    # A row is written as it is appended: its cells serve for the next one, too.
    cells = [looks.link() if name == _FILE else looks.cell(middle=name in _MIDDLE) for name, _ in columns]
    for number, book in enumerate(pack.books, 1):
        for cell, (name, _), text in zip(
            cells, columns, _texts(number, book, pack.number, columns), strict=True
        ):
            cell.value = text or None
            if isinstance(text, str) and text.startswith("="):
                cell.data_type = "s"  # a name is a name, whatever it begins with
            if name == _FILE:
                cell.hyperlink = quote(book.file) if number <= _MOST_LINKS else None
        rows.append(cells)


def _columns(pack: Pack) -> list[tuple[str, float]]:
    """The columns; one that nobody has anything in is left out."""
    unused = {name for name, get in _OPTIONAL.items() if not any(getattr(book, get) for book in pack.books)}
    contacts = dict.fromkeys(head for book in pack.books for head, _ in book.contacts)
    return [
        *(column for column in _COLUMNS if column[0] not in unused),
        *((head, _CONTACT_WIDTH) for head in contacts if head not in _HEADS),
    ]


def _texts(
    number: int, book: SentBook, pack: str, columns: list[tuple[str, float]]
) -> Iterator[str | int | None]:
    said = {
        "序号": number, "上级单位": book.superior, "单位": book.unit, "编码": book.unit_code,
        "年度": book.year, "项目": book.project, "表样": book.template, _FILE: book.file, "下发编号": pack,
    }  # fmt: skip
    asked = dict(book.contacts)
    return (said[name] if name in said else asked.get(name) for name, _ in columns)


def _set_up(sheet: WriteOnlyWorksheet, columns: list[tuple[str, float]], last: int) -> None:
    """Widths, frozen head, filter, paper."""
    from openpyxl.utils import get_column_letter

    page: Any = sheet
    for number, (_, width) in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = f"A{_HEAD_ROW + 1}"
    page.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(len(columns))}{last}"
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.oddFooter.center.text = "第 &P 页，共 &N 页"


class _Looks:
    """The cells of the list as they look; every style is made once."""

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        side = Side(style="thin", color="FFBFBFBF")
        self._sheet = sheet
        self._border = Border(side, side, side, side)
        self._plain = Font(name="宋体", size=10)
        self._bold = Font(name="宋体", size=10, bold=True)
        self._title = Font(name="黑体", size=16)
        self._blue = Font(name="宋体", size=10, color=_LINK, underline="single")
        self._ground = PatternFill("solid", "FFDDEBF7")
        self._left = Alignment(vertical="center", wrap_text=True)
        self._middle = Alignment(horizontal="center", vertical="center", wrap_text=True)

    def title(self, text: str) -> Cell:
        """The list's title."""
        cell = self._made(text)
        cell.font = self._title
        return cell

    def note(self, text: str) -> Cell:
        """A line below the title."""
        cell = self._made(text)
        cell.font = self._plain
        return cell

    def head(self, text: str) -> Cell:
        """A column's head."""
        cell = self._made(text)
        cell.font, cell.fill, cell.border, cell.alignment = (
            self._bold, self._ground, self._border, self._middle,
        )  # fmt: skip
        return cell

    def cell(self, *, middle: bool) -> Cell:
        """A cell of a row."""
        cell = self._made(None)
        cell.font, cell.border = self._plain, self._border
        cell.alignment = self._middle if middle else self._left
        return cell

    def link(self) -> Cell:
        """A cell with a file's name, which opens it."""
        cell = self._made(None)
        cell.font, cell.border, cell.alignment = self._blue, self._border, self._left
        return cell

    def _made(self, text: str | None) -> Cell:
        from openpyxl.cell import WriteOnlyCell

        return WriteOnlyCell(self._sheet, value=text)
