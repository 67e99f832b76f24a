"""What was read before (已读): kept in the summary itself, so that a second run reads only what is new.

The records stand packed on a sheet that no application shows (very hidden). A summary that was lost, damaged
or made under other rules costs a full run, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import lzma
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from perf_excel import __version__
from perf_excel.books.summary.records import FORMAT, FileRecord, unpacked
from perf_excel.books.xlsx.long_book import long_book
from perf_excel.errors import UserError
from perf_excel.jobs.collecting.spool import Spool
from perf_excel.jobs.examination.shelf import templates
from perf_excel.rules.rulesets.library import ruleset_file, ruleset_names

SHEET = "_perf_excel_已读"
_EACH = 400
"""Records in a pack: the more, the smaller, for they are alike."""
_CELL = 32_000
"""Characters of a cell; a spreadsheet keeps 32,767."""
_MOST_BYTES = 64 << 20
"""Of one pack, unpacked; ours are a few megabytes."""


def context(rules: str | None) -> str:
    """Return what a record depends on beside its file: the program, and all rules by which it may be read.

    Args:
        rules: the rule set that was asked for.

    Raises:
        UserError: it cannot be read.
    """
    files = [ruleset_file(name) for name in (*ruleset_names(), *([rules] if rules else []))]
    digest = hashlib.sha256()
    for path in files:
        try:
            digest.update(path.read_bytes())
        except OSError:
            raise UserError(f"{path}：规则集文件读不了，请检查路径。") from None
    own = [(one.name, one.digest, sorted(one.labels.items())) for one in templates()]
    digest.update(json.dumps([__version__, FORMAT, rules, own]).encode())
    return digest.hexdigest()


class Memory:
    """Records of an earlier run, by the file's name and by its bytes."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._named: dict[str, tuple[str, int]] = {}
        self._known: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._named)

    def take_in(self, path: Path, context: str) -> None:
        """Fill it from a summary, where there is one that was made under the same conditions."""
        if not path.is_file():
            return
        # What is damaged, or too much, is read from the files again.
        with suppress(UserError), long_book(path) as book:
            if book is not None and SHEET in book.sheets:
                rows = ([cell.value for cell in cells.values()] for _, cells in book.rows(SHEET))
                self.take_in_rows(([one for one in row if isinstance(one, str)] for row in rows), context)

    def take_in_rows(self, rows: Iterable[Sequence[str]], context: str) -> None:
        """Fill it from rows as ``rows`` yields them, if they were made under the same conditions."""
        given = iter(rows)
        if list(next(given, ())) != [context]:
            return
        for row in given:
            for stamp, record in _unpacked("".join(row)):
                number = self._spool.put(record)
                self._named[record.file] = stamp, number
                self._known[record.digest] = number

    def knows(self, file: str, stamp: str) -> bool:
        """Tell whether a file was read before, and is as it was."""
        known = self._named.get(file)
        return known is not None and known[0] == stamp

    def by_stamp(self, file: str, stamp: str) -> FileRecord | None:
        """Return the record of a file that is as it was."""
        known = self._named.get(file)
        return self._spool.get(known[1]) if known and known[0] == stamp else None

    def by_bytes(self, data: bytes) -> FileRecord | None:
        """Return the record of a file with the same bytes: it was moved, renamed, or only touched."""
        number = self._known.get(hashlib.sha256(data).hexdigest())
        return None if number is None else self._spool.get(number)


def rows(context: str, stamped: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Yield the rows of the hidden sheet.

    Args:
        context: what the records depend on.
        stamped: of every file that can be known again its stamp and its record as a line.
    """
    yield [context]
    pack: list[str] = []
    for stamp, line in stamped:
        pack.append(f"{json.dumps(stamp)}\t{line}")
        if len(pack) == _EACH:
            yield _packed(pack)
            pack = []
    if pack:
        yield _packed(pack)


def _packed(lines: list[str]) -> list[str]:
    data = lzma.compress("\n".join(lines).encode("utf-8", "surrogatepass"), preset=2)
    text = base64.b64encode(data).decode()
    return [text[start : start + _CELL] for start in range(0, len(text), _CELL)]


def _unpacked(text: str) -> Iterator[tuple[str, FileRecord]]:
    """Yield the records of a row; what is damaged is read from its file again."""
    try:
        data = lzma.LZMADecompressor(memlimit=256 << 20).decompress(
            base64.b64decode(text, validate=True), _MOST_BYTES
        )
        for line in data.decode("utf-8", "surrogatepass").split("\n"):
            stamp, _, record = line.partition("\t")
            yield str(json.loads(stamp)), unpacked(record)
    except (lzma.LZMAError, ValueError, EOFError):
        return
