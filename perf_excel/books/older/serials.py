"""Dates and times as a workbook counts them: days since the end of 1899, with a number format."""

from __future__ import annotations

import datetime as dt

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (workbooks know no time zones)


def serial(value: object) -> tuple[object, str]:
    """Return the serial number and format of a date or time; any other value as it is, with General."""
    match value:
        case dt.datetime():
            return (value.replace(tzinfo=None) - _EPOCH) / dt.timedelta(days=1), "yyyy-mm-dd hh:mm:ss"
        case dt.date():
            return (dt.datetime.combine(value, dt.time()) - _EPOCH).days, "yyyy-mm-dd"
        case dt.time():
            return (dt.datetime.combine(_EPOCH, value) - _EPOCH) / dt.timedelta(days=1), "hh:mm:ss"
        case dt.timedelta():
            return value / dt.timedelta(days=1), "[h]:mm:ss"
        case _:
            return value, "General"
