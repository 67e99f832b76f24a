"""Records on the disk (暂存): as many as there are files, while only their places are kept in memory."""

from __future__ import annotations

import tempfile
import zlib
from types import TracebackType
from typing import Self

from perf_excel.books.summary.records import FileRecord, packed, put_back, shown_record


class Spool:
    """A temporary file of records, each packed, in the order in which they were put there."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="perf-excel-")  # noqa: SIM115  (closed by whoever uses it)
        self._places: list[tuple[int, int, int]] = []
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._places)

    def put(self, record: FileRecord) -> int:
        """Keep a record and return its number."""
        shown, _, held = packed(record).partition("\t")
        self._places.append((self._write(shown), self._write(held), self._end))
        return len(self._places) - 1

    def _write(self, text: str) -> int:
        start, data = self._end, zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
        self._file.seek(start)
        self._file.write(data)
        self._end += len(data)
        return start

    def _read(self, start: int, end: int) -> str:
        self._file.seek(start)
        return zlib.decompress(self._file.read(end - start)).decode("utf-8", "surrogatepass")

    def line(self, number: int) -> str:
        """Return a record as its line."""
        start, middle, end = self._places[number]
        return f"{self._read(start, middle)}\t{self._read(middle, end)}"

    def get(self, number: int) -> FileRecord:
        """Return a record by its number."""
        return put_back(self.line(number))

    def shown(self, number: int) -> FileRecord:
        """Return what the summary shows of a record: all but values and structure."""
        start, middle, _ = self._places[number]
        return shown_record(self._read(start, middle))
