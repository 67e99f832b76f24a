"""What a Word document says, read from its markup: controls and tables too, which python-docx leaves out."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from perf_excel.books.report.word_file import tag

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]


def tree_of(data: bytes, part: str = "word/document.xml") -> Element:
    """A part of a document."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def paragraphs_of(data: bytes) -> list[str]:
    """The text of every paragraph of a document's body, those of tables too."""
    return [
        "".join(node.text or "" for node in paragraph.iter(tag("t")))
        for paragraph in tree_of(data).iter(tag("p"))
    ]


def controls_of(data: bytes) -> list[tuple[str, str]]:
    """The figures of a report: the key of each and its text, in order."""
    found: list[tuple[str, str]] = []
    for control in tree_of(data).iter(tag("sdt")):
        named = control.find(f"{tag('sdtPr')}/{tag('tag')}")
        assert named is not None
        text = "".join(node.text or "" for node in control.iter(tag("t")))
        found.append((str(named.get(tag("val"))).removeprefix("pe:"), text))
    return found
