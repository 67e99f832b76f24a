"""Blank cells that are to show percentages (空白的百分比格): looked up when something is written into one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from perf_excel.books.xlsx.shared_formulas import column_number
from perf_excel.sheets.grid import Place
from perf_excel.sheets.shown_text import is_percent

_MOST = 100_000
"""So many are looked at; a sheet with more has whole columns of them."""


def _blank(prefix: bytes, styles: Iterable[int]) -> re.Pattern[bytes]:
    """The pattern of a blank cell in one of some styles."""
    named = b"|".join(b"%d" % style for style in sorted(styles, reverse=True))
    return re.compile(
        rb"""<%bc(?=[^<>]*\sr="([A-Z]{1,3})([1-9][0-9]{0,6})")(?=[^<>]*\ss="(%b)")[^<>]*(?:/>|></%bc>)"""
        % (prefix, named, prefix)
    )


class PercentBlanks(Mapping[Place, str]):
    """The number formats of a sheet's blank cells that show percentages, by place.

    A sheet may have a million blank cells: they are only sought where a blank one is asked for.
    """

    def __init__(self, data: bytes, prefix: bytes, formats: Sequence[str]) -> None:
        self._data, self._prefix, self._formats = data, prefix, formats

    @cached_property
    def _found(self) -> dict[Place, str]:
        styles = {style for style, code in enumerate(self._formats) if is_percent(code)}
        if not styles:
            return {}
        found: dict[Place, str] = {}
        for match in _blank(self._prefix, styles).finditer(self._data):
            found[int(match[2]), column_number(match[1].decode())] = self._formats[int(match[3])]
            if len(found) == _MOST:
                break
        return found

    def __getitem__(self, place: Place) -> str:
        return self._found[place]

    def __iter__(self) -> Iterator[Place]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
