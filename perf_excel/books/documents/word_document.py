"""A report in Word (.docx): its paragraphs and tables in the order of the document, and comments on them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple, cast

from perf_excel.books.documents.controls import cell_marks, paragraph_marks
from perf_excel.books.word_bounds import ensure_bounded
from perf_excel.books.xlsx.package import Package
from perf_excel.errors import UserError
from perf_excel.words.manuscript import Manuscript, Mark, Table
from perf_excel.words.prose import Paragraph, paragraph

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.table import CT_Tbl
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.text.run import CT_R
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

BODY = "word/document.xml"
MOST_PARAGRAPHS = 20_000
MOST_CELLS = 50_000
_WRAPPERS = frozenset({"sdt", "sdtContent", "hyperlink", "ins", "smartTag", "customXml", "fldSimple"})
"""What may stand around text and is none itself; what was deleted (del) is no text any more."""
AUTHOR, INITIALS = "perf-excel", "核对"


class Remark(NamedTuple):
    """A comment: the paragraph it belongs to, where in its typed text, what it says."""

    paragraph: int
    start: int
    end: int
    text: str


def read_docx(data: bytes, name: str) -> Manuscript:
    """Read a Word document.

    Raises:
        UserError: it is damaged, or larger than any report.
    """
    document = _opened(data, name)
    paragraphs: list[Paragraph] = []
    tables: list[Table] = []
    marks: list[Mark] = []
    cells = 0
    for element, block in _blocks(document):
        if isinstance(block, Table):
            title = "\n".join(one.raw for one in paragraphs[-3:])
            cells += sum(map(len, block.rows))
            tables.append(Table(len(tables) + 1, title, block.rows))
            marks += cell_marks(element, len(paragraphs), len(tables))
        else:
            text = "".join(run.text for run in _runs(block))
            paragraphs.append(paragraph(len(paragraphs) + 1, text))
            marks += paragraph_marks(element, len(paragraphs), text)
        if len(paragraphs) > MOST_PARAGRAPHS or cells > MOST_CELLS:
            raise UserError(f"{name}：段落或表格过多，不像一份报告，请只留报告正文后重试。")
    return Manuscript(name, tuple(paragraphs), tuple(tables), marks=tuple(marks))


def commented(data: bytes, name: str, remarks: Sequence[Remark]) -> bytes:
    """Return a copy of a document with comments at places of its paragraphs.

    Raises:
        UserError: the document cannot be opened.
    """
    document = _opened(data, name)
    words = [block for _, block in _blocks(document) if not isinstance(block, Table)]
    for number, some in _by_paragraph(remarks).items():
        for remark in sorted(some, key=lambda one: one.start, reverse=True):
            if runs := _runs_between(words[number - 1], remark.start, remark.end):
                document.add_comment([runs[0], runs[-1]], remark.text, author=AUTHOR, initials=INITIALS)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def written(paragraphs: Iterable[str], remarks: Sequence[Remark]) -> bytes:
    """Return a new document with the text of a report that is no Word document, and comments on it."""
    import docx

    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return commented(out.getvalue(), "批注.docx", remarks)


def _opened(data: bytes, name: str) -> Document:
    package = Package(data, name)
    if BODY not in package:
        raise UserError(f"{name}：不是 Word 文档（.docx），请在 Word 或 WPS 中另存为 .docx 后重试。")
    ensure_bounded(package)
    import docx

    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:  # noqa: BLE001  (a parser's own errors are of many kinds)
        raise UserError(
            f"{name}：文档已损坏，无法读取（{type(error).__name__}），"
            "请在 Word 或 WPS 中打开，另存为 .docx 后重试。"
        ) from None


def _blocks(document: Document) -> Iterator[tuple[BaseOxmlElement, WordParagraph | Table]]:
    """Yield paragraphs and tables in order, with their markup; a table's number and title come later."""
    from docx.oxml.table import CT_Tbl
    from docx.text.paragraph import Paragraph as WordParagraph

    for block in _unwrapped(cast("BaseOxmlElement", document._body._body)):  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        if isinstance(block, CT_Tbl):
            yield block, Table(0, "", tuple(_rows(block)))
        else:
            yield block, WordParagraph(cast("CT_P", block), document._body)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def _unwrapped(parent: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield paragraphs and tables, those inside of content controls and the like too."""
    for child in parent:
        kind = _kind(child)
        if kind in ("p", "tbl"):
            yield child
        elif kind in _WRAPPERS:
            yield from _unwrapped(child)


def _kind(element: BaseOxmlElement) -> str:
    return str(element.tag).rpartition("}")[2]


def _rows(table: CT_Tbl) -> Iterator[tuple[str, ...]]:
    """Yield a table's rows; what is merged across columns stands in each of them."""
    for row in table.tr_lst:
        cells: list[str] = []
        for cell in row.tc_lst:
            text = "" if cell.vMerge == "continue" else "".join(
                piece.text or "" for piece in cell.iter() if str(piece.tag).endswith("}t")
            )  # fmt: skip
            cells += [text] * min(cell.grid_span, MOST_CELLS)
        yield tuple(cells)


def _by_paragraph(remarks: Sequence[Remark]) -> Mapping[int, list[Remark]]:
    found: dict[int, list[Remark]] = {}
    for remark in remarks:
        found.setdefault(remark.paragraph, []).append(remark)
    return found


def _runs_between(words: WordParagraph, start: int, end: int) -> list[Run]:
    """Return the runs that make up a stretch of a paragraph, split where it begins and ends."""
    _split(words, end)
    _split(words, start)
    found: list[Run] = []
    at = 0
    for run in _runs(words):
        here = at
        at += len(run.text)
        if here >= start and at <= end and run.text:
            found.append(run)
    return found


def _runs(words: WordParagraph) -> Iterator[Run]:
    """Yield the runs of a paragraph, those inside of links, content controls and insertions too.

    python-docx leaves the latter out, and every figure of a report that this program wrote is a control.
    """
    from docx.text.run import Run

    def inside(parent: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
        for child in parent:
            if (kind := _kind(child)) == "r":
                yield child
            elif kind in _WRAPPERS:
                yield from inside(child)

    for run in inside(words._p):  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        yield Run(cast("CT_R", run), words)


def _split(words: WordParagraph, place: int) -> None:
    """Make a run end at a place of the paragraph's text, where one of plain text crosses it."""
    at = 0
    for run in _runs(words):
        text, here = run.text, at
        at += len(text)
        if here < place < at:
            element = run._r  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
            kinds = {_kind(child) for child in element}
            if kinds <= {"rPr", "t"}:
                second = deepcopy(element)
                element.addnext(second)
                second.text = text[place - here :]
                run.text = text[: place - here]
            return
