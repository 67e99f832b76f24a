"""A template (表样) by its name: a workbook, a template of the user's own, or a rule set's form."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from perf_excel.books.opening import Book, open_book
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.jobs.examination.examining import Found, find, find_all
from perf_excel.jobs.examination.shelf import content_of, damaged, template, templates
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset, ruleset_names
from perf_excel.sheets.grid import EMPTY

_FORMS = ":"
"""Stands between a rule set and its form: zhengzhou-declaration:支出项目绩效目标表."""
_OWN_RULES = ".toml"
_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".ods")


class Opened(NamedTuple):
    """A template as it was named: what to call it, and its form."""

    name: str
    found: Found


def opened(named: str) -> Opened:
    """Return the template of a name: a workbook's path, a template of the user's own, or a rule set's form.

    Raises:
        UserError: there is none, it cannot be edited, holds several forms, or is filled in.
    """
    path = Path(named)
    if path.exists() or path.suffix.lower() in _SUFFIXES:
        book, name = open_book(path), path.stem
    elif named in damaged() or any(one.name == named for one in templates()):
        own = template(named)
        book = Book(own.path, Workbook.from_bytes(content_of(own), own.path.name))
        return Opened(own.name, find(book, own.rules, own.sheet, labels=own.labels))
    else:
        book, name = _of_rule_set(named)
    book.editable()
    forms = find_all(book)
    if len(forms) > 1:
        raise UserError(
            f"{book.name}：有 {len(forms)} 张绩效表，下发的表样一个文件只能有一张，请拆成几个文件，一起下发。"
        )
    _refuse_filled(forms[0], book.name)
    return Opened(name, forms[0])


def _parted(named: str) -> tuple[str, str]:
    """A rule set, by its name or file, and its form; the path of a file may hold a colon, too."""
    rules, own, form = named.rpartition(_OWN_RULES)
    if own:
        return rules + own, form.removeprefix(_FORMS)
    rules, _, form = named.partition(_FORMS)
    return rules, form


def _of_rule_set(named: str) -> tuple[Book, str]:
    rules, form = _parted(named)
    if rules not in ruleset_names() and not rules.endswith(_OWN_RULES):
        own = "、".join(one.name for one in templates())
        raise UserError(f"没有名为“{named}”的文件、模板或规则集{f'，已有的模板：{own}' if own else ''}。")
    target = Path(f"{form or Path(rules).stem}.xlsx")
    made = make(Order(ruleset(rules), form), target)
    title = made.examined.found.reading.layout.title
    return Book(target, Workbook.from_bytes(made.data, target.name)), title or rules


def _refuse_filled(found: Found, name: str) -> None:
    """Refuse a form with a unit's results in it: they would go to all others."""
    reading = found.reading
    for spot, place in reading.places.items():
        cell = reading.grid.cells.get(place, EMPTY)
        typed = cell.formula is None and spot.part == "indicator"
        if typed and spot.field == "actual" and reading.form.indicators[spot.row].actual.text:
            row = reading.form.indicators[spot.row].name
            raise UserError(
                f"{name}：表样里填有实际完成值（“{row}”），会发给所有单位；",
                by_command="请用 adopt 收作表样（会清空填报内容），再用它的名称下发。",
                by_hand="请先把它收作表样（会清空填报内容），再下发那个表样。",
            )
