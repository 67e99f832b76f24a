"""What an interrupted run had read (没有收完的): kept beside the summary to be, so that the next goes on."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from perf_excel.books.saving import write_atomic
from perf_excel.books.temporary import Stored
from perf_excel.errors import UserError
from perf_excel.jobs.collecting import remembering
from perf_excel.stopping import StoppedError

_STOPPED = "已取消，没有写汇总；已读的 {count} 个文件记住了，再收时接着读其余的。"
_SUFFIX = ".未完成"
_MOST_BYTES = 512 << 20


def place_of(output: Path) -> Path:
    """Return the file that is kept beside a summary."""
    return output.with_name(f"{output.name}{_SUFFIX}")


@contextlib.contextmanager
def keeping(output: Path, context: str, stamped: Callable[[], Iterable[tuple[str, str]]]) -> Generator[None]:
    """Keep what was read so far if what runs inside is cancelled.

    Args:
        output: where the summary was going to be.
        context: what the records depend on.
        stamped: gives of every file that was read its stamp and its record as a line.

    Raises:
        StoppedError: it was cancelled; the sentence says how many files need not be read again.
    """
    try:
        yield
    except StoppedError:
        if read := _keep(output, context, stamped()):
            raise StoppedError(_STOPPED.format(count=read)) from None
        raise
    except KeyboardInterrupt:
        _keep(output, context, stamped())
        raise


def _keep(output: Path, context: str, stamped: Iterable[tuple[str, str]]) -> int:
    """Return how many files were kept; none where that cannot be written: then all are read again."""
    count = 0

    def counted() -> Iterator[tuple[str, str]]:
        nonlocal count
        for one in stamped:
            count += 1
            yield one

    data = Stored()
    for row in remembering.rows(context, counted()):
        data.file.write(f"{json.dumps(row, ensure_ascii=False)}\n".encode())
    try:
        if count:
            write_atomic(place_of(output), data, backup=False)
    except UserError:
        return 0
    return count


def kept(output: Path) -> Iterator[list[str]]:
    """Yield the rows that an interrupted run kept; none where there are none, or they are damaged."""
    path = place_of(output)
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return
        with path.open(encoding="utf-8") as file:
            for line in file:
                row: Any = json.loads(line)
                if isinstance(row, list):
                    yield [one for one in cast("list[Any]", row) if isinstance(one, str)]
    except (OSError, ValueError):
        return


def forget(output: Path) -> None:
    """Remove what was kept: the summary is there. What cannot be removed does no harm."""
    with contextlib.suppress(OSError):
        place_of(output).unlink()
