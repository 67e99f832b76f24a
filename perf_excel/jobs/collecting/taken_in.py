"""The returns as they were taken in (已收): records on the disk, and a line each in memory."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.books.summary.processing_sheet import Passed
from perf_excel.books.summary.records import FileRecord, FormRecord
from perf_excel.books.summary.returned_forms import Entry, entries_of
from perf_excel.jobs.collecting.expecting import Expected
from perf_excel.jobs.collecting.judging import look_at
from perf_excel.jobs.collecting.spool import Spool


class TakenIn:
    """All returns, in order; ``entries`` are their forms, ``passed`` what the program itself once wrote."""

    def __init__(self, spool: Spool, expected: Expected | None) -> None:
        """Begin with none; ``expected`` is what is to come back, None where there is no list."""
        self.expected = expected
        self.entries: list[Entry] = []
        self.passed: list[Passed] = []
        self._spool = spool
        self._stamps: list[tuple[str, int]] = []

    def take(self, record: FileRecord, stamp: str | None) -> None:
        """Take in a file; its stamp tells next time that it is as it was."""
        number = self._spool.put(record)
        if record.digest and stamp is not None:
            self._stamps.append((stamp, number))
        if record.kind == "own":
            self.passed.append(Passed(record.file, record.reason))
            return
        found = entries_of(number, record)
        for entry, form in zip(found, record.forms, strict=False):
            look_at(entry, form, self.expected)
        self.entries += found

    def whole(self, entry: Entry) -> FormRecord:
        """Return all that is known of a form."""
        return self._spool.get(entry.number).forms[entry.form]

    def shown(self, entry: Entry) -> FormRecord:
        """Return what the summary shows of a form."""
        return self._spool.shown(entry.number).forms[entry.form]

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield the stamp and the record, as a line, of every file that can be known again."""
        return ((stamp, self._spool.line(number)) for stamp, number in self._stamps)
