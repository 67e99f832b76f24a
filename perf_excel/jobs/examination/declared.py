"""What a form is held against (R3, R4): a declaration (申报表) or monitoring form (监控表), in its file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.forms.indicator_pairing import name_of, pair
from perf_excel.forms.model import Form
from perf_excel.jobs.examination.datafile import load_data
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.sheets.finding.header import TooManyFormsError
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import read_form


class NoFormError(UserError):
    """There is no performance form in a workbook (没有绩效表)."""


def declared_forms(
    path: Path, rules: str | None = None, sheet: str | None = None, *, even_open: bool = False
) -> list[Form]:
    """Return the forms of a workbook, or the one of a data file (.json).

    Args:
        path: the declaration.
        rules: name or file of a rule set whose labels it uses.
        sheet: the only sheet to look at.
        even_open: also read a file that an application has open, as it was last saved.

    Raises:
        NoFormError: there is no form in it.
        UserError: there is no usable file.
    """
    if path.suffix.lower() == ".json":
        return [load_data(path)]
    book, labels = open_book(path, even_open=even_open), ruleset(rules).labels if rules else {}
    try:
        forms = [
            read_form(grid, layout).form
            for name in ([sheet] if sheet else book.visible)
            if (grid := book.grid(name)) is not None
            for layout in find_forms(grid, labels)
        ]
    except TooManyFormsError as error:
        raise error.of(book.name) from None
    if not forms:
        raise NoFormError(
            f"{book.name}：没有找到申报表或监控表（未见“三级指标、指标值”等表头），请确认文件是否为绩效目标申报表。"
        )
    return forms


def nearest(form: Form, forms: Sequence[Form], name: str) -> Form:
    """Return the declaration of a form: of several, the one with the same project or the most indicators.

    Args:
        form: the form to be held against it.
        forms: those of the declaration's file, at least one.
        name: the file's name, for messages.

    Raises:
        UserError: several come equally near.
    """
    likeness = [_likeness(form, one) for one in forms]
    best = max(likeness)
    if len(forms) > 1 and likeness.count(best) > 1:
        about = form.project or form.unit or form.form
        raise UserError(
            f"{name}：有 {len(forms)} 张表，无法确定与“{about}”对应的是哪一张，"
            "请只留下对应的一张，另存后重试。"
        )
    return forms[likeness.index(best)]


def _likeness(form: Form, declared: Form) -> tuple[bool, int]:
    same = bool(form.project) and name_of(form.project) == name_of(declared.project)
    return same, len(pair(form.indicators, declared.indicators).same)
