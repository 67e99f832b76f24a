"""Dates and times as a workbook counts them: days since the end of 1899, with a number format."""

from __future__ import annotations

import datetime as dt

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (workbooks know no time zones)


def serial(value: dt.date | dt.timedelta) -> tuple[float, str]:
    """Return the serial number and format of a date (with its time) or a span of time."""
    match value:
        case dt.datetime():
            return (value.replace(tzinfo=None) - _EPOCH) / dt.timedelta(days=1), "yyyy-mm-dd hh:mm:ss"
        case dt.date():
            return (dt.datetime.combine(value, dt.time()) - _EPOCH).days, "yyyy-mm-dd"
        case dt.timedelta():
            return value / dt.timedelta(days=1), "[h]:mm:ss"
