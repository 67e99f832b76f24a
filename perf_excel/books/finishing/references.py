"""References (引用) in formulas: whether they lead only to sheets that a finished form keeps."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from perf_excel.books.xlsx.shared_formulas import column_number
from perf_excel.sheets.grid import Area

_CELL = r"\$?([A-Z]{1,3})\$?([0-9]{1,7})"
_AREA = re.compile(
    rf"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!"
    rf"(?:{_CELL}(?::{_CELL})?|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}})",
    re.IGNORECASE,
)
_LONGEST = 8_192
"""Characters of a formula, as Excel allows them."""
_TEXT = re.compile(r'"[^"]*"')
_WORD = re.compile(r"[^\W\d][\w.]*(?P<call>\s*\()?")
_PLACE = re.compile(r"[A-Z]{1,3}[0-9]{1,7}|TRUE|FALSE|[A-Z]{1,3}", re.IGNORECASE)


class Reference(NamedTuple):
    """An area of a sheet; None for whole rows or columns."""

    sheet: str
    area: Area | None


def references(formula: str) -> list[Reference] | None:
    """Return what a plain reference (甲!$A$1:$B$3,乙!$C$1) leads to; None for any other formula."""
    text = formula.strip().removeprefix("=")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    found: list[Reference] = []
    at = 0
    while len(text) <= _LONGEST and (match := _AREA.match(text, at)):
        quoted, bare, left, top, right, bottom = match.groups()
        sheet = quoted.replace("''", "'") if quoted else bare
        area = None
        if top:
            corner = (int(bottom), column_number(right)) if bottom else (int(top), column_number(left))
            area = Area(int(top), column_number(left), *corner)
        found.append(Reference(sheet, area))
        if match.end() == len(text):
            return found
        if text[match.end()] != ",":
            return None
        at = match.end() + 1
    return None


def leads_only_to(formula: str, sheets: Collection[str]) -> bool:
    """Whether a plain reference leads only to some sheets, whose names are compared as Excel does."""
    found = references(formula)
    known = {sheet.lower() for sheet in sheets}
    return found is not None and all(one.sheet.lower() in known for one in found)


def is_of_its_own_sheet(formula: str) -> bool:
    """Whether a cell's formula asks for nothing but cells of its own sheet: no sheet, no name, no table."""
    rest = _TEXT.sub("", formula[:_LONGEST])
    if len(formula) > _LONGEST or set(rest) & set("!['#{"):
        return False
    plain = rest.replace("$", "")
    return all(word["call"] or _PLACE.fullmatch(word[0]) for word in _WORD.finditer(plain))
