"""Number formats (数字格式) of cell styles, from styles.xml."""

from __future__ import annotations

import re
from functools import cache

from perf_excel.books.xlsx.markup import Markup, attributes, cell_text, integer, tags

GENERAL = "General"
_DATE_ZH = "yyyy年m月d日"
_MONTH_ZH = "yyyy年m月"
_DAY_ZH = "m月d日"
_TIME_ZH = "h时mm分"
_TIME_SECONDS_ZH = "h时mm分ss秒"
_AM_TIME_ZH = "上午/下午h时mm分"
_AM_TIME_SECONDS_ZH = "上午/下午h时mm分ss秒"

BUILT_IN: dict[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    # Ids that mean dates and times in a Chinese Excel.
    27: _MONTH_ZH,
    28: _DAY_ZH,
    29: _DAY_ZH,
    30: "m-d-yy",
    31: _DATE_ZH,
    32: _TIME_ZH,
    33: _TIME_SECONDS_ZH,
    34: _AM_TIME_ZH,
    35: _AM_TIME_SECONDS_ZH,
    36: _MONTH_ZH,
    50: _MONTH_ZH,
    51: _DAY_ZH,
    52: _MONTH_ZH,
    53: _DAY_ZH,
    54: _DAY_ZH,
    55: _AM_TIME_ZH,
    56: _AM_TIME_SECONDS_ZH,
    57: _MONTH_ZH,
    58: _DAY_ZH,
}
"""Format codes of the ids that a file does not spell out, as a Chinese Excel shows them."""


def number_formats(markup: Markup) -> list[str]:
    """Return the number format code of every cell style, by the style's id."""
    data = markup.plain()
    section = _section(data, markup.prefix, b"cellXfs")
    if section is None:
        return []
    custom = _custom_formats(data, markup.prefix)
    codes: list[str] = []
    for found in _style(markup.prefix).findall(data, *section):
        number = int(found or 0)
        codes.append(custom.get(number) or BUILT_IN.get(number, GENERAL))
    return codes


@cache
def _style(prefix: bytes) -> re.Pattern[bytes]:
    x = re.escape(prefix)
    return re.compile(rb"""<%bxf(?=[\s/>])(?:[^>]*?\snumFmtId\s*=\s*["']([0-9]{1,9})["'])?""" % x)


def _section(data: bytes, prefix: bytes, name: bytes) -> tuple[int, int] | None:
    start = tags(prefix, name).search(data)
    if start is None or start[1].endswith(b"/"):
        return None
    return start.end(), data.index(b"</" + prefix + name, start.end())


def _custom_formats(data: bytes, prefix: bytes) -> dict[int, str]:
    section = _section(data, prefix, b"numFmts")
    if section is None:
        return {}
    custom: dict[int, str] = {}
    for raw in tags(prefix, b"numFmt").findall(data, *section):
        values = attributes(raw)
        number = integer(values.get(b"numFmtId"))
        if number is not None:
            custom[number] = cell_text(values.get(b"formatCode", b""))
    return custom
