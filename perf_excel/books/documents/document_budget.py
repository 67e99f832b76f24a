"""What the tables of one document may take (上限): as for a workbook, in words that suit a document."""

from __future__ import annotations

from typing import NoReturn

from perf_excel.books.older.legacysheet import Budget
from perf_excel.errors import UserError


class DocumentBudget(Budget):
    """What the cells of one document may take."""

    def refuse(self, what: str) -> NoReturn:
        """Raise the error that the document is too large."""
        raise UserError(f"{self.name}：文档过大（{what}），请把绩效表单独存成一个文档后再试。")
