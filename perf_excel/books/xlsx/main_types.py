"""The content type of a workbook (内容类型): a template (模板) becomes a workbook when it is written.

Applications refuse a file whose ending belies its content type.
"""

from __future__ import annotations

from perf_excel.books.xlsx.markup import attributes, tags, text
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import read_xml
from perf_excel.books.xlsx.splicing import Splice, attribute_splices, encoded, spliced
from perf_excel.books.xlsx.zip_directory import part_key

TYPES = "[Content_Types].xml"
_WORKBOOKS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    ),
    "application/vnd.ms-excel.template.macroEnabled.main+xml": (
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    ),
}


def as_workbook(package: Package, main: str) -> bytes | None:
    """Return the file as a workbook; None if it is no template."""
    if TYPES not in package:
        return None
    markup = read_xml(package, TYPES)
    if b"template" not in markup.data.lower() and b"&" not in markup.data:
        return None  # neither said nor spelled in references
    mask = markup.mask()
    splices: list[Splice] = []
    for found in tags(markup.prefix, b"Override").finditer(mask):
        if part_key(text(attributes(found[1]).get(b"PartName", b""))) == part_key(main):
            splices += attribute_splices(mask, found.span(1), b"ContentType", _as_workbook)
    if not splices:
        return None
    return package.replace({TYPES: encoded(spliced(markup.data, splices), markup.encoding)})


def _as_workbook(kind: str) -> str:
    known = {template.lower(): workbook for template, workbook in _WORKBOOKS.items()}
    return known.get(kind.strip().lower(), kind)
