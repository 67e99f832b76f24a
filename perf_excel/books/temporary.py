"""Temporary files (临时文件) beside a file that is being written; those of killed runs are cleared later.

While it is written, its writer holds a lock on it: one without a lock belongs to nobody any more. On Windows
nobody can remove a file that another program has open.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import re
import secrets
import stat
import sys
import tempfile
import time
import weakref
from collections.abc import Generator, Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_NAME = re.compile(r"\.perf-excel-[0-9a-f]{16}\.tmp")
_YOUNG = 10
"""Seconds in which an empty file may belong to somebody who is about to lock it."""
_OLD = 600
"""Seconds after which a file is nobody's where files cannot be locked: writing one takes a moment."""
_MOST_ENTRIES = 20_000
_PIECE = 1 << 20


class Stored:
    """A file's content that waits on the disk for its place (暂存), however large."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile(prefix="perf-excel-")  # noqa: SIM115  (closed with this object)
        weakref.finalize(self, self.file.close)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the content in pieces."""
        self.file.seek(0)
        return iter(lambda: self.file.read(_PIECE), b"")

    def read(self) -> bytes:
        """Return the content."""
        return b"".join(self)


class Temporary:
    """A temporary file that becomes a file of the user's."""

    def __init__(self, path: Path, file: io.FileIO) -> None:
        self.path = path
        self._file = file

    def write(self, data: bytes | Stored, *, durable: bool) -> None:
        """Write all of it; ``durable`` waits for the disk."""
        for piece in (data,) if isinstance(data, bytes) else data:
            rest = memoryview(piece)
            while rest:
                rest = rest[self._file.write(rest) :]
        if durable:
            os.fsync(self._file.fileno())

    def take_the_place_of(self, target: Path) -> None:
        """Give it the name of a file, in one step."""
        if sys.platform == "win32":
            self._file.close()
        self.path.replace(target)


@contextlib.contextmanager
def temporary_beside(target: Path) -> Generator[Temporary]:
    """A new file in the folder of another; it is gone afterwards unless it took that one's place."""
    # Never a name that a killed run left behind: in a container every run may have the same process id.
    path = target.with_name(f".perf-excel-{secrets.token_hex(8)}.tmp")
    try:
        with path.open("xb", buffering=0) as file:
            _lock(file.fileno())
            yield Temporary(path, file)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def clear_leftovers(folder: Path) -> None:
    """Remove what runs that were killed left in a folder: only files of our name, and of no living run."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in itertools.islice(entries, _MOST_ENTRIES):
            if _NAME.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    found = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(found.st_mode) and _is_nobodys(entry.path, found):
                        Path(entry.path).unlink()


def _is_nobodys(path: str, found: os.stat_result) -> bool:
    age = time.time() - found.st_mtime
    if sys.platform == "win32" or age > _OLD:
        return age > _OLD
    if not found.st_size and age < _YOUNG:
        return False
    file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False  # it is being written, or cannot be locked here
    else:
        return True
    finally:
        os.close(file)


def _lock(file: int) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
