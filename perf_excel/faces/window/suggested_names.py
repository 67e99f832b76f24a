"""Names for what is written (建议的文件名): whose form it is, of which year, what was done to it."""

from __future__ import annotations

import re

from perf_excel.books.filenames import safe_stem
from perf_excel.forms.model import Form

SCORED, LISTED, FILLED, FINISHED = "已打分", "校验结果", "已填", "完成表"
ROLLED_UP, REFRESHED, COMMENTED = "已汇总", "已更新", "核对批注"
_MARKS = f"{SCORED}|{LISTED}|{FILLED}|{FINISHED}|{ROLLED_UP}|{REFRESHED}|{COMMENTED}"
_MARK = re.compile(rf"（(?:{_MARKS})）(?:-\d{{1,4}})?$")


def bare_stem(stem: str) -> str:
    """Return a file's name without what this program has put behind it: nothing is marked twice."""
    while found := _MARK.search(stem, 1):
        stem = stem[: found.start()]
    return stem


def told_stem(stem: str, form: Form | None) -> str:
    """Return a file's name with the unit and year of its form, where it does not say them already."""
    if form is None:
        return bare_stem(stem)
    name = bare_stem(stem)
    year = str(form.year) if form.year else ""
    lacking = [part for part in (form.unit.strip(), year) if part and part not in name]
    return safe_stem(*lacking, name)


def marked_stem(stem: str, what: str, form: Form | None = None) -> str:
    """Return the name of a copy: whose, of which year, and what was done to it."""
    return f"{told_stem(stem, form)}（{what}）"


def new_stem(unit: str, year: str, form: str) -> str:
    """Return the name of a new form."""
    return safe_stem(*(part for part in (unit.strip(), year.strip(), form) if part))
