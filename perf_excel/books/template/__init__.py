"""Build a form as a new workbook (表样): protected .xlsx without macros, scored by its own live formulas."""

from perf_excel.books.template.build import build

__all__ = ["build"]
