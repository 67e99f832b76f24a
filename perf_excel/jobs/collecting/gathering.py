"""Where returned files lie (收到的文件): folders in any nesting and archives; what is left out is named."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from perf_excel.books.file_reading import read_file
from perf_excel.errors import UserError, reason_of
from perf_excel.jobs.collecting.archive import (
    Bounds,
    Member,
    Spoiled,
    is_archive,
    is_archive_name,
    members_of,
)

_LOCK = re.compile(r"~\$|\.~|\.~lock\.")
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "$recycle.bin"})
_MOST_DEPTH = 40
_JUNCTION = 0xA0000003
"""IO_REPARSE_TAG_MOUNT_POINT: what Windows calls a folder that leads to another."""
_BOOK = re.compile(r"\.(?:xls[xmb]?|xlt[xm]?|ods|et)$", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """A file that was sent back.

    ``name`` is what it is called everywhere: from the folder that was given on (of several with its name),
    through archives as through folders (区县.zip/甲局.xlsx).
    """

    name: str
    path: Path
    """The file on the disk: for one in an archive, the archive."""
    size: int
    modified: float
    stamp: str
    """What tells, without reading, that the file is the same as before."""
    read: Callable[[], bytes]
    packed: bool = False
    """Whether it lies in an archive: it can be read only as long as the next item is not asked for."""


@dataclass(frozen=True)
class LeftOut:
    """What is no returned file (``spoiled`` False), or cannot be got at (True), and why."""

    name: str
    reason: str
    spoiled: bool = False
    path: Path | None = None


def gather(
    sources: Sequence[Path], passed_over: Callable[[Path], str] = lambda _: "", bounds: type[Bounds] = Bounds
) -> Iterator[Item | LeftOut]:
    """Yield every file below folders and archives, in the order of their names.

    Args:
        sources: folders, archives, single files.
        passed_over: says why a file on the disk is none that was sent back (the summary itself), or nothing.
        bounds: what each archive may hold.

    Raises:
        UserError: a source is not there.
    """
    names: dict[str, int] = {}
    for one in _gathered(sources, passed_over, bounds):
        times = names[one.name] = names.get(one.name, 0) + 1
        # Two sources of one name, or two members of an archive: each file has a name of its own.
        yield one if times == 1 else replace(one, name=f"{one.name}（同名第 {times} 个）")


def _gathered(
    sources: Sequence[Path], passed_over: Callable[[Path], str], bounds: type[Bounds]
) -> Iterator[Item | LeftOut]:
    seen: set[tuple[int, int]] = set()
    for source in sources:
        try:
            found = source.stat()
        except OSError as error:
            raise UserError(f"{source}：打不开（{reason_of(error)}），请检查文件夹或压缩包的路径。") from None
        walk = _Walk(passed_over, bounds, seen)
        if stat.S_ISDIR(found.st_mode):
            # Of one folder the names are those within it: what whoever collects calls it says nothing.
            yield from walk.folder(source, () if len(sources) == 1 else (source.name or str(source),))
        else:
            yield from walk.file(source, (source.name,))


class _Walk:
    """One source; ``seen`` are the files that were met before, in this or another source."""

    def __init__(
        self,
        passed_over: Callable[[Path], str],
        bounds: type[Bounds],
        seen: set[tuple[int, int]],
    ) -> None:
        self._passed_over = passed_over
        self._bounds = bounds
        self._seen = seen

    def folder(self, folder: Path, names: tuple[str, ...]) -> Iterator[Item | LeftOut]:
        if len(names) > _MOST_DEPTH:
            yield LeftOut("/".join(names), f"文件夹套了 {_MOST_DEPTH} 层以上，没有再往里看", spoiled=True)
            return
        try:
            with os.scandir(folder) as entries:
                there = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            why = f"文件夹打不开（{reason_of(error)}），请检查权限"
            yield LeftOut("/".join(names) or folder.name, why, spoiled=True, path=folder)
            return
        for entry in there:
            path, named = folder / entry.name, (*names, entry.name)
            if why := _no_return(entry.name):
                yield LeftOut("/".join(named), why, path=path)
            elif (entry.is_symlink() and path.is_dir()) or _is_junction(entry):
                yield LeftOut("/".join(named), "是指向文件夹的链接，没有跟进去", path=path)
            elif entry.is_dir(follow_symlinks=False):
                yield from self.folder(path, named)
            else:
                yield from self.file(path, named)

    def file(self, path: Path, names: tuple[str, ...]) -> Iterator[Item | LeftOut]:
        name = "/".join(names)
        try:
            found = path.stat()
        except OSError as error:
            yield LeftOut(name, f"打不开（{reason_of(error)}），请检查后重试", spoiled=True, path=path)
            return
        if not stat.S_ISREG(found.st_mode):
            yield LeftOut(name, "不是普通文件（设备或管道），没有读取", path=path)
            return
        if why := self._passed_over(path):
            yield LeftOut(name, why, path=path)
            return
        if found.st_ino and (found.st_dev, found.st_ino) in self._seen:
            yield LeftOut(name, "与前面的是同一个文件（给了两次，或是链接）", path=path)
            return
        self._seen.add((found.st_dev, found.st_ino))
        if (is_archive_name(name) or (_is_packed(path) and not _BOOK.search(name))) and is_archive(path):
            yield from _from_archive(path, names, self._bounds())
            return
        yield Item(
            name,
            path,
            found.st_size,
            found.st_mtime,
            f"{found.st_size}-{found.st_mtime_ns}",
            lambda: read_file(path),
        )


def _from_archive(path: Path, names: tuple[str, ...], bounds: Bounds) -> Iterator[Item | LeftOut]:
    count = 0
    for member in members_of(path, bounds, names):
        count += 1
        name = "/".join(member.names)
        inside = member.names[len(names) :]
        why = next((why for part in inside if (why := _no_return(part))), "")
        if isinstance(member, Spoiled):
            yield LeftOut(name, why or member.reason, spoiled=not why, path=path)
        elif why:
            yield LeftOut(name, why, path=path)
        else:
            yield _packed(member, name, path)
    if not count:
        yield LeftOut("/".join(names), "压缩包是空的", spoiled=True, path=path)


def _packed(member: Member, name: str, path: Path) -> Item:
    stamp = f"{member.size}-{member.modified:.0f}-{member.check}"
    return Item(name, path, member.size, member.modified, stamp, member.read, packed=True)


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether a folder is Windows' other kind of link, which is no symbolic one."""
    try:
        found = entry.stat(follow_symlinks=False) if entry.is_dir(follow_symlinks=False) else None
    except OSError:
        return False  # going into it says so
    return getattr(found, "st_reparse_tag", 0) == _JUNCTION


def _is_packed(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False  # reading it says so


def _no_return(name: str) -> str:
    """Say why a file of this name is none that a unit filled in; nothing where it may be."""
    if _LOCK.match(name):
        return "Excel、WPS 或 LibreOffice 打开文件时的锁文件，不是填报的表（也许还有人开着它）"
    if name.startswith("._") or name.lower() in _SYSTEM:
        return "系统附带的文件，不是填报的表"
    return "隐藏文件，不是填报的表" if name.startswith(".") else ""
