"""Shared formulas (共享公式): one text, moved to every cell that shares it."""

from __future__ import annotations

import re
from functools import lru_cache

from perf_excel.sheets.grid import column_letters

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

# Texts and quoted sheet names are passed over; so are names and functions that look like an address.
_REFERENCE = re.compile(
    r"""
      (?P<skip> "(?:[^"]|"")*+" | '(?:[^']|'')*+' | \[[^\[\]]*+\] )
    | (?<![\w.$\\]) (?:
          (?P<column_fixed>\$?) (?P<column>[A-Za-z]{1,3})
          (?P<row_fixed>\$?) (?P<row>[1-9][0-9]{0,6}) (?![\w.(!\\])
        | (?P<from_fixed>\$?) (?P<from>[A-Za-z]{1,3}) : (?P<to_fixed>\$?) (?P<to>[A-Za-z]{1,3}) (?![\w.(!$\\])
        | (?P<top_fixed>\$?) (?P<top>[1-9][0-9]{0,6}) :
          (?P<end_fixed>\$?) (?P<end>[1-9][0-9]{0,6}) (?![\w.(!$\\])
      )
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """Return the number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class ColumnNumbers(dict[bytes, int]):
    """Numbers of columns by their letters as a part holds them, each worked out once."""

    def __missing__(self, letters: bytes) -> int:
        """Work out the number of a column."""
        self[letters] = number = column_number(letters.decode())
        return number


def moved(formula: str, down: int, right: int) -> str:
    """Return a formula as it reads when copied ``down`` rows and ``right`` columns."""

    def column(fixed: str, letters: str) -> str:
        if fixed:
            return fixed + letters
        # Excel goes round the edge of the sheet.
        return column_letters((column_number(letters) + right - 1) % LAST_COLUMN + 1)

    def row(fixed: str, digits: str) -> str:
        return fixed + digits if fixed else str((int(digits) + down - 1) % LAST_ROW + 1)

    def shift(match: re.Match[str]) -> str:
        if match["column"]:
            return column(match["column_fixed"], match["column"]) + row(match["row_fixed"], match["row"])
        if match["from"]:
            return f"{column(match['from_fixed'], match['from'])}:{column(match['to_fixed'], match['to'])}"
        if match["top"]:
            return f"{row(match['top_fixed'], match['top'])}:{row(match['end_fixed'], match['end'])}"
        return match[0]

    return _REFERENCE.sub(shift, formula)
