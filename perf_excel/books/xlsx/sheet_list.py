"""The main part of a workbook, and the sheets that it lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perf_excel.books.sniff import refuse, sniff
from perf_excel.books.xlsx.markup import Markup, attributes, elements, tags, text
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import Relation, read_xml
from perf_excel.errors import UserError


class ListedSheet(NamedTuple):
    """A sheet: its part, and whether it is hidden."""

    part: str
    hidden: bool


def main_part(package: Package, part: str | None, data: bytes) -> tuple[str, Markup]:
    """Return the main part and its name.

    Raises:
        UserError: the package holds no workbook.
    """
    kind = sniff(data)
    if part is None or kind == "xlsb":
        raise refuse(package.name, "unknown" if kind == "xlsx" else kind, data)
    markup = read_xml(package, part)
    if markup.root != b"workbook":
        raise refuse(package.name, kind if kind == "docx" else "unknown", data)
    return part, markup


def listed_sheets(main: Markup, found: Mapping[str, Relation], name: str) -> dict[str, ListedSheet]:
    """Return the worksheets by their names, in order; ``name`` is the file's for messages.

    Raises:
        UserError: there is none, or two are the same.
    """
    plain, prefix = main.plain(), main.prefix
    sheets: dict[str, ListedSheet] = {}
    section = elements(prefix, b"sheets").search(plain)
    for raw in tags(prefix, b"sheet").findall(section[2] or b"") if section else ():
        values = attributes(raw)
        relation = found.get(text(values.get(b"id", b"")))
        if relation is None or relation.kind != "worksheet":
            continue
        title = text(values.get(b"name", b""))
        if title in sheets or any(relation.part == sheet.part for sheet in sheets.values()):
            raise UserError(
                f"{name}：工作表“{title}”重复出现，文件已损坏，请用 Excel 或 WPS 修复并另存后重试。"
            )
        sheets[title] = ListedSheet(relation.part, values.get(b"state", b"visible") != b"visible")
    if not sheets:
        raise UserError(f"{name}：工作簿里没有普通工作表。")
    return sheets
