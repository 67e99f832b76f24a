"""Values typed into the tables of a Word document (在 Word 表里填写); all other parts keep their bytes.

A cell keeps its own properties, those of its first paragraph, and the look of its first text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple, cast

from perf_excel.books.documents.document_budget import DocumentBudget
from perf_excel.books.documents.placed_table import PlacedTable
from perf_excel.books.documents.word_blocks import within
from perf_excel.books.documents.word_part import body_in, is_strict, main_part, tree_of
from perf_excel.books.documents.word_rows import can_be_copied, put_rows
from perf_excel.books.documents.word_tables import WordCell, word_tables
from perf_excel.books.documents.word_text import W, child, local
from perf_excel.books.xlsx.package import Package
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Cell, Edit, Grid
from perf_excel.sheets.shown_text import printed
from perf_excel.sheets.writing.moved_rows import Moves

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_KEPT = {
    "drawing": "图片", "pict": "图片", "object": "嵌入的对象", "tbl": "里面的表", "fldChar": "域",
    "fldSimple": "域", "del": "修订", "ins": "修订", "moveFrom": "修订", "moveTo": "修订", "sym": "特殊符号",
    "dataBinding": "连着文档数据的控件", "dropDownList": "下拉控件", "comboBox": "下拉控件",
    "checkbox": "勾选控件",
}  # fmt: skip
"""What a cell may hold that is no text, and is lost if another text is typed over it."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
SIGNATURES = "_xmlsignatures/"


class Untyped(NamedTuple):
    """A value that was not typed: the sheet and place it belongs to, and why."""

    sheet: str
    edit: Edit
    why: str


def typed_into(data: bytes, name: str, edits: Mapping[str, Sequence[Edit]]) -> tuple[bytes, list[Untyped]]:
    """Return a document with values in the cells of its tables, and what could not be typed.

    Args:
        data: the document.
        name: its name, for messages.
        edits: what to type by table (表1, 表2 …), at places as ``read_word`` gives them.

    Raises:
        UserError: the document is damaged, or of the strict kind.
    """
    document = _Opened(data, name)
    lost: list[Untyped] = []
    for sheet, table in document.tables.items():
        lost += [Untyped(sheet, edit, why) for edit in edits.get(sheet, ()) if (why := _typed(table, edit))]
    return document.saved(), lost


def with_rows(data: bytes, name: str, grid: Grid, moves: Moves) -> bytes | None:
    """Return a document with new rows in one of its tables.

    None where a row that they are to be like holds more than text.

    Args:
        data: the document.
        name: its name, for messages.
        grid: the table as it was read.
        moves: the rows to come.

    Raises:
        UserError: the document is damaged, or of the strict kind.
    """
    document = _Opened(data, name)
    table = document.tables[grid.sheet]
    element, shift = cast("Element", table.element), len(table.over)
    if not can_be_copied(element, [one.after - shift for one in moves.insertions]):
        return None
    put_rows(element, shift, moves, grid.merges)
    return document.saved()


class _Opened:
    """A document that is going to be changed."""

    def __init__(self, data: bytes, name: str) -> None:
        self._package = Package(data, name)
        if is_strict(self._package):
            raise UserError(
                f"{name}：文档是 Strict 格式，不能直接填写，请在 Word 里另存为“Word 文档（.docx）”后重试。"
            )
        self._tree = tree_of(self._package)
        read = word_tables(body_in(self._tree, self._package), DocumentBudget(name))
        tables = [table for table in read if any(cell.text for cell in table.cells)]
        self.tables: dict[str, PlacedTable] = {f"表{number}": table for number, table in enumerate(tables, 1)}
        """By the names that ``read_word`` gives them."""

    def saved(self) -> bytes:
        """Return it as a file; all parts but its text keep their bytes."""
        from lxml import etree

        content = etree.tostring(self._tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        return self._package.replace({main_part(self._package): content})


def is_signed(data: bytes, name: str) -> bool:
    """Whether a document has a digital signature (数字签名), which holds no longer once it changes."""
    return any(part.startswith(SIGNATURES) for part in Package(data, name).names)


def _typed(table: PlacedTable, edit: Edit) -> str:
    """Type a value into its cell, or the line above the table that it is; return why that was not done."""
    text = printed(Cell(edit.value))
    row = edit.row - len(table.over)
    if row < 1:
        paragraph = cast("Element | None", table.paragraphs[edit.row - 1])
        if paragraph is None:
            return "这一段里还有别的行"
        return _held([paragraph]) or _put([paragraph], text)
    cell = next((one for one in table.cells if (one.area.top, one.area.left) == (row, edit.column)), None)
    element = cell.element if isinstance(cell, WordCell) else None
    if element is None:
        return "表上没有这一格" if row <= table.rows else "在表下面的文字里"
    paragraphs = list(within(element, "p"))
    if not paragraphs:
        return "这一格没有段落"
    return _held([element]) or _put(paragraphs, text)


def _held(elements: Iterable[Element]) -> str:
    """Say what else a cell holds, which would be lost."""
    for element in elements:
        around = [control for above in _controls(element) if (control := child(above, "sdtPr")) is not None]
        for part in (part for one in (element, *around) for part in one.iter()):
            if (kind := local(part)) in _KEPT:
                return f"格里有{_KEPT[kind]}，没有改动"
    return ""


def _controls(element: Element) -> Iterator[Element]:
    """Yield the content controls (内容控件) around a cell or paragraph, up to its table."""
    for above in element.iterancestors():
        if local(above) in ("tbl", "body"):
            return
        if local(above) == "sdt":
            yield above


def _put(paragraphs: Sequence[Element], text: str) -> str:
    """Put a text into the first of a cell's paragraphs, and take the text out of the others."""
    first, *others = paragraphs
    prompts = [
        (control, mark)
        for control in (*_controls(first), *first.iter(f"{W}sdt"))
        if (mark := child(control, "sdtPr", "showingPlcHdr")) is not None
    ]
    for control, mark in prompts:
        # A control that shows its prompt would take what is typed for the prompt.
        _parent(mark).remove(mark)
        for look in [*control.iter(f"{W}rStyle")]:
            _parent(look).remove(look)
    for paragraph in others:
        _parent(paragraph).remove(paragraph)
    runs = list(first.iter(f"{W}r"))
    kept = next((run for run in runs if any(part.text for part in run.iter(f"{W}t"))), None)
    kept = kept if kept is not None else runs[0] if runs else _new_run(first)
    for run in runs:
        if run is not kept:
            _parent(run).remove(run)
    for part in [part for part in kept if local(part) != "rPr"]:
        kept.remove(part)
    for number, line in enumerate(_lines(text)):
        if number:
            _add(kept, "br")
        words = _add(kept, "t")
        words.text = line
        words.set(_SPACE, "preserve")
    return ""


def _new_run(paragraph: Element) -> Element:
    """Add a run that looks as the paragraph's end mark says."""
    run = _add(paragraph, "r")
    if (look := child(paragraph, "pPr", "rPr")) is not None:
        own = deepcopy(look)
        for change in own.findall(f"{W}rPrChange"):
            own.remove(change)
        run.append(own)
    return run


def _add(parent: Element, name: str) -> Element:
    from lxml import etree

    return etree.SubElement(parent, f"{W}{name}")


def _parent(element: Element) -> Element:
    return cast("Element", element.getparent())


def _lines(text: str) -> list[str]:
    """Return the lines of a text, without the signs that no document may hold."""
    return ["".join(sign for sign in line if sign >= " " or sign == "\t") for line in text.split("\n")]
