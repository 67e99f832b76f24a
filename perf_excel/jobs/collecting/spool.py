"""Records on the disk (暂存): as many as there are files, while only their places are kept in memory."""

from __future__ import annotations

import tempfile
import zlib
from types import TracebackType
from typing import Self

from perf_excel.books.summary.records import FileRecord, packed, put_back


class Spool:
    """A temporary file of records, each packed, in the order in which they were put there."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="perf-excel-")  # noqa: SIM115  (closed by whoever uses it)
        self._places: list[tuple[int, int]] = []
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
        data = zlib.compress(packed(record).encode("utf-8", "surrogatepass"), 1)
        self._file.seek(self._end)
        self._file.write(data)
        self._places.append((self._end, len(data)))
        self._end += len(data)
        return len(self._places) - 1

    def line(self, number: int) -> str:
        """Return a record as its line of JSON."""
        start, length = self._places[number]
        self._file.seek(start)
        return zlib.decompress(self._file.read(length)).decode("utf-8", "surrogatepass")

    def get(self, number: int) -> FileRecord:
        """Return a record by its number."""
        return put_back(self.line(number))
