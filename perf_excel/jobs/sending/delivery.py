"""Where the workbooks of a pack go (落地): a folder or a zip, whole or not at all."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import secrets
import shutil
import time
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from perf_excel.books.filenames import same_name
from perf_excel.books.saving import as_user_error, ensure_closed
from perf_excel.errors import UserError

_NAME = re.compile(r"\.perf-excel-[0-9a-f]{16}\.dir")
_OLD = 24 * 3600
"""Seconds after which a working folder of ours is nobody's."""
_NAMED = 5
_BINARY = getattr(os, "O_BINARY", 0)


class TakenError(UserError):
    """There are files of these names already; whoever asked may say that they are to be replaced."""


class Delivery:
    """The files of a pack on their way: in a working folder at the target, until all are written."""

    def __init__(self, target: Path, work: Path) -> None:
        self.target, self.work = target, work
        self._folders: set[str] = set()

    def write(self, file: str, data: bytes) -> None:
        """Write a file; ``file`` is its path in the pack, with /."""
        folder = file.rpartition("/")[0]
        if folder not in self._folders:
            (self.work / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        # Plain calls: of thousands of small files the usual ones cost as much as the writing.
        handle = os.open(f"{self.work}/{file}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
        finally:
            os.close(handle)

    def arrive(self, files: Iterable[str]) -> str:
        """Put the files in their place; return the name of the folder of those that they replaced, if any.

        Raises:
            OSError: the target cannot be written; what was there is where it was.
            UserError: a file that is to be replaced is open, or cannot be; likewise.
        """
        if not self.target.exists():
            self.work.rename(self.target)
            return ""
        wanted = list(files)
        for file in wanted:
            ensure_closed(self.target / file)
        kept = _free(self.target / f"备份-{_stamp()}")
        try:
            with _all_or_none() as move:
                for file in wanted:
                    place = self.target / file
                    place.parent.mkdir(parents=True, exist_ok=True)
                    with as_user_error(place):
                        if place.exists():
                            (kept / file).parent.mkdir(parents=True, exist_ok=True)
                            move(place, kept / file)
                        move(self.work / file, place)
        finally:
            _remove_empty(kept)
        return kept.name if kept.exists() else ""

    def arrive_zipped(self, files: Iterable[str], target: Path) -> str:
        """Pack the files into one zip; return the name of the backup of a file that it replaced, if any."""
        packed = self.work / ".pack.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as out:
            for file in files:
                out.write(self.work / file, file)
        kept = _free(target.with_name(f"{target.stem}.备份-{_stamp()}.zip"))
        with _all_or_none() as move:
            if target.exists():
                move(target, kept)
            move(packed, target)
        return kept.name if kept.exists() else ""


def _stamp() -> str:
    return f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"


def _free(path: Path) -> Path:
    """Return a name that nothing has yet: no older backup is ever written over, in the same second either."""
    names = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(2))
    return next(one for one in itertools.chain([path], names) if not os.path.lexists(one))


@contextlib.contextmanager
def _all_or_none() -> Generator[Callable[[Path, Path], None]]:
    """What moves files; where one of them cannot be moved, all go back to where they were."""
    moved: list[tuple[Path, Path]] = []

    def move(here: Path, there: Path) -> None:
        here.replace(there)
        moved.append((here, there))

    try:
        yield move
    except BaseException:
        for here, there in reversed(moved):
            with contextlib.suppress(OSError):
                there.replace(here)
        raise


@contextlib.contextmanager
def delivery(target: Path) -> Generator[Delivery]:
    """A delivery to a folder; what did not arrive is gone afterwards.

    Raises:
        UserError: the target cannot be written.
    """
    # Beside a folder that is there people may not be allowed to write, and another disk may be mounted on it.
    home = target.resolve() if target.is_dir() else target.resolve().parent
    with as_user_error(target):
        home.mkdir(parents=True, exist_ok=True)
        _clear(home)
        work = home / f".perf-excel-{secrets.token_hex(8)}.dir"
        work.mkdir()
        try:
            yield Delivery(target, work)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def refuse_taken(target: Path, files: Iterable[str], *, overwrite: bool) -> None:
    """Refuse to write over what is there already.

    Raises:
        UserError: the target is a file.
        TakenError: it holds files of these names, and they are not to be replaced.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise UserError(f"{target}：这是文件，不是文件夹，请换一个输出文件夹。")
    there = {same_name(one) for one in _inside(target, target)}
    taken = [file for file in files if same_name(file) in there]
    if taken and not overwrite:
        names = "、".join(taken[:_NAMED])
        more = f"等 {len(taken)} 个" if len(taken) > _NAMED else ""
        said = f"{target}：文件夹里已有同名文件（{names}{more}），没有写任何文件；请换一个文件夹"
        raise TakenError(
            said,
            by_command="，确要替换请加 --overwrite（原有的移入“备份-…”文件夹）。",
            by_hand="，或者替换它们（原有的移入“备份-…”文件夹）。",
        )


def _inside(folder: Path, base: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(base).as_posix()


def _remove_empty(folder: Path) -> None:
    """Remove a folder with all folders in it that hold nothing."""
    for path, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            Path(path).rmdir()


def _clear(home: Path) -> None:
    """Remove working folders that runs left behind which were killed."""
    with contextlib.suppress(OSError), os.scandir(home) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    if time.time() - entry.stat().st_mtime > _OLD:
                        shutil.rmtree(entry.path, ignore_errors=True)
