"""Build a form as a new workbook: the sheet with its live formulas, notes on filling it, and identity."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel import __version__
from perf_excel.books.template.blocks import draw, goal_height, goal_spans
from perf_excel.books.template.canvas import Canvas, write_at
from perf_excel.books.template.columns import Columns, Helpers, Row, columns, helper_names
from perf_excel.books.template.frame import Content, Frame, content, frame
from perf_excel.books.template.guards import guard
from perf_excel.books.template.heights import LARGEST
from perf_excel.books.template.instructions import write_notes
from perf_excel.books.template.margin import draw_margin
from perf_excel.books.template.money_block import budget_spans
from perf_excel.books.template.packing import pack
from perf_excel.books.template.page_setup import lay_out
from perf_excel.books.template.plan import Plan
from perf_excel.books.template.screen import show
from perf_excel.books.template.spans import margin_of, widths_of
from perf_excel.books.template.styles import TEXT
from perf_excel.books.template.word_lists import WordLists
from perf_excel.forms.model import Form
from perf_excel.rules.rulesets.layouts import Layout
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.form_score import score
from perf_excel.sheets.grid import address
from perf_excel.sheets.identity import SHEET as IDENTITY_SHEET
from perf_excel.sheets.identity import Identity

_BAD_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


def build(rules: RuleSet, layout: Layout, form: Form) -> bytes:
    """Build the workbook of a form.

    Args:
        rules: what the formulas calculate by.
        layout: how the form is printed, and the blank rows of a form that has none of its own.
        form: what is known already; its scores, total and grade become formulas.
    """
    plan, widths = _plan(rules, layout, form)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = layout.name.translate(_BAD_IN_NAMES)[:31] or "自评表"
    canvas = Canvas(sheet, widths, margin_of(widths))
    rows = [Row(row, plan.columns, plan.helpers) for row in plan.frame.rows]
    draw(plan, canvas, rows)
    lists = WordLists(sheet, plan.columns.helpers + len(plan.helpers.places))
    draw_margin(plan, canvas, rows, lists)
    canvas.set_widths(hidden=lists.end - plan.columns.check)
    guard(plan, sheet, canvas.said)
    fitting = canvas.finish_heights()
    lay_out(plan, sheet, canvas)
    show(plan, sheet)
    write_notes(plan, _new(book, "填报说明"))
    _write_identity(plan, _new(book, IDENTITY_SHEET))
    book.properties.creator = "perf-excel"
    book.properties.title = layout.title
    return pack(book, _text_numbers(plan), fitting)


def _plan(rules: RuleSet, layout: Layout, form: Form) -> tuple[Plan, list[float]]:
    """Return the plan of a form, and the widths of its printed columns."""
    rows, of = content(form, layout), columns(layout, rules)
    widths = widths_of(of)
    complete = replace(form, funding=rows.funding, indicators=rows.indicators)
    spans = goal_spans(of, widths, layout.goal_columns)
    goal_rows = ceil(goal_height(form.goal, spans, widths) / LARGEST)
    where = frame(rows, layout, rules, of, goal_rows)
    budget = budget_spans(layout, of, widths)
    helpers = _helpers(rules, rows, where, of)
    return Plan(form, layout, rules, rows, where, of, budget, score(complete, rules), helpers), widths


def _helpers(rules: RuleSet, rows: Content, where: Frame, of: Columns) -> Helpers:
    """Where the helper cells stand: columns behind what is shown, between header and total."""
    bounds = [len(one.thresholds) for one in (*rules.indicators, *rows.indicators)]
    names = helper_names(max([*bounds, len(of.bounds)]))
    places = {key: column for column, key in enumerate(names, of.helpers)}
    return Helpers(where.header[0], where.indicators[1] + 1, places)


def _text_numbers(plan: Plan) -> str:
    """The cells whose numbers are text on purpose (≥95%, 100%)."""
    first, last = plan.frame.indicators
    places = [
        plan.columns[role] for role in ("target", "actual", "progress", "expected") if role in plan.columns
    ]
    return " ".join(f"{address(first, place)}:{address(last, place)}" for place in places)


def _new(book: Workbook, name: str) -> Worksheet:
    sheet = book.create_sheet(name)
    if not isinstance(sheet, Worksheet):  # the library's write-only books have sheets of another kind
        raise TypeError(name)
    return sheet


def _write_identity(plan: Plan, sheet: Worksheet) -> None:
    sheet.sheet_state = "veryHidden"
    form, rules = plan.form, plan.rules
    identity = Identity(plan.layout.name, rules.id, rules.version, form.unit_code, form.year, __version__)
    for row, pair in enumerate(identity.rows(), 1):
        for column, text in enumerate(pair, 1):
            write_at(sheet, row, column, text).number_format = TEXT
