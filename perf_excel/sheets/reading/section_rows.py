"""Levels that have no column of their own (分节行): 一、产出指标, （一）数量指标 above 1.培训人次."""

from __future__ import annotations

import re
from collections.abc import Mapping

from perf_excel.forms.placeholder import is_placeholder
from perf_excel.forms.text import folded, without
from perf_excel.sheets.finding.column_words import LEVEL, SECOND_LEVEL
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.grid import Cell, Grid
from perf_excel.sheets.shown_text import printed

ORDINAL = re.compile(r"[(（]?[一二三四五六七八九十]{1,9}[)）、.．]\s*")
POINTS = re.compile(r"[(（]\s{0,9}\d{1,9}(?:\.\d{1,9})?\s{0,9}[分%％]?\s{0,9}[)）]$")
"""The points of a level behind its name: 产出指标（50分）."""
_NUMBER = re.compile(r"\s*(?:\d{1,2}[、.．](?!\d)|[(（]\d{1,2}[)）])\s*(?=\S)")
_SAYS = ("target", "adjusted", "actual", "reason", "judged", "progress", "expected", "likelihood")


class Sections:
    """The sections of a table, from top to bottom, by the rows that name them."""

    def __init__(self, grid: Grid, block: Block) -> None:
        self._grid, self._block = grid, block
        self._headed = "level1" in block.columns
        self._first = ""
        """The section of the first rank that a row is in, where there are two ranks."""
        self.found = False

    def of(self, row: int, name: str, cells: Mapping[str, Cell]) -> tuple[str, str] | None:
        """Return the two levels that begin at a row; None where it names an indicator."""
        if self._headed or not (ORDINAL.match(folded(name)) or _is_level(name)):
            return None
        if not _says_nothing(cells):
            return None
        points = cells["weight"].value is not None or cells["score"].value is not None
        if points and not self._goes_deeper(row, name):
            return None
        self.found = True
        section = without(POINTS, without(ORDINAL, name.strip()))
        second = _is_second(name) or (bool(self._first) and _is_second_level(section))
        if not second:
            self._first = section
            return section, ""
        return (self._first, section) if self._first else (section, "")

    def number(self, name: str) -> str:
        """Return what numbers a name within its section (1.)."""
        found = _NUMBER.match(name) if self.found else None
        return found[0] if found else ""

    def _goes_deeper(self, row: int, name: str) -> bool:
        """Whether points in a row are those of the rows below it: of a lower rank, or with values."""
        columns = self._block.columns
        if not {"target", "actual"} & columns.keys():
            return False
        below = next((one for one in self._block.rows if one > row), None)
        if below is None:
            return False
        text = text_at(self._grid, below, columns["level3"][0])
        if ORDINAL.match(folded(text)):
            return _is_second(text) and not _is_second(name)
        if _is_level(text):
            return _is_second_level(text) and not _is_second_level(name)
        valued = [columns[field][0] for field in ("target", "actual") if field in columns]
        return any(text_at(self._grid, below, column) for column in valued)


def _is_level(name: str) -> bool:
    text = bare(name)
    return text.endswith("指标") and bool(LEVEL.fullmatch(text) or SECOND_LEVEL.fullmatch(text))


def _is_second_level(name: str) -> bool:
    return SECOND_LEVEL.fullmatch(bare(name)) is not None


def _is_second(name: str) -> bool:
    return folded(name).strip().startswith("(")


def _says_nothing(cells: Mapping[str, Cell]) -> bool:
    said = (cells[field] for field in _SAYS)
    return all(cell.formula or cell.value is None or is_placeholder(printed(cell)) for cell in said)
