"""Workbooks at random, to see what becomes of their formulas when rows move."""

from __future__ import annotations

import io
import random

import openpyxl

_KINDS = ("SUM({0})", "SUM({0},{1})-MAX({1})", 'COUNT({0})&"A9"', 'COUNTIF({0},">50")')


def random_book(picks: random.Random, formulas: int = 12) -> bytes:
    """Return a book of two sheets; the formulas of some of their rows read cells and areas of both."""
    book = openpyxl.Workbook()
    first, second = book.worksheets[0], book.create_sheet("另 一'表")
    first.title = "自评表"

    def reference(*, own: bool) -> str:
        fixed = [picks.choice(["", "$"]) for _ in range(4)]
        top, bottom = sorted(picks.sample(range(1, 13), 2))
        start, end = f"{fixed[0]}A{fixed[1]}{top}", f"{fixed[2]}B{fixed[3]}{bottom}"
        sheets = ["", "自评表!", "'自评表'!", "'另 一''表'!"]
        return picks.choice(sheets if own else sheets[:3]) + picks.choice([start, f"{start}:{end}", "A:B"])

    for sheet in (first, second):
        for row in range(1, 13):
            sheet.cell(row, 1, picks.randint(1, 99))
            sheet.cell(row, 2, picks.randint(1, 99))
            for column in range(4, 7) if row <= formulas else ():
                kind = picks.choice(_KINDS)
                one, other = (reference(own=sheet is first) for _ in range(2))
                sheet.cell(row, column, "=" + kind.format(one, other))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
