"""Zip archives (压缩包) as units send them: names in GBK, archives in archives, none that explodes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from perf_excel.errors import reason_of

MEGABYTE = 1 << 20
_UTF8 = 0x800
_ENCRYPTED = 0x1
_ODD = re.compile("[\x80-\u07ff]")
"""What a name in GBK gives where it happens to be UTF-8, too: no name of a Chinese file."""


@dataclass
class Bounds:
    """How much one archive may hold, all that is inside it included; what is beyond is named, not read."""

    depth: int = 4
    """Archives within archives, the outermost counted."""
    members: int = 100_000
    """Files, those of archives inside it counted with its own."""
    member_bytes: int = 128 * MEGABYTE
    total_bytes: int = 4096 * MEGABYTE
    ratio: int = 100
    """How many times a member larger than ``small`` may grow; workbooks hardly shrink in a zip."""
    small: int = 4 * MEGABYTE
    used: int = field(default=0, init=False)
    """Bytes that were unpacked so far."""
    listed: int = field(default=0, init=False)
    """Files that were listed so far."""


class Member(NamedTuple):
    """A file in an archive: where it is, and how it is read while its archive is open."""

    names: tuple[str, ...]
    size: int
    modified: float
    """Seconds since 1970, by this computer's clock: a zip does not say its zone."""
    check: str
    """The archive's own check sum of the member."""
    read: Callable[[], bytes]


class Spoiled(NamedTuple):
    """A member, or a whole archive, that cannot be read, and why."""

    names: tuple[str, ...]
    reason: str


def members_of(
    source: Path | bytes, bounds: Bounds, above: tuple[str, ...] = (), depth: int = 1
) -> Iterator[Member | Spoiled]:
    """Yield the files of an archive in the order of their names, those of archives inside it in their place.

    Args:
        source: the archive.
        bounds: what it may hold; it counts what is unpacked.
        above: the names of the archives that it lies in.
        depth: which of them it is, from 1.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            bounds.listed += len(entries)
            if bounds.listed > bounds.members:
                yield Spoiled(above, _too_many(len(entries), bounds))
                return
            for entry in sorted(entries, key=name_of):
                names = (*above, *name_of(entry).split("/"))
                yield from _member(archive, entry, bounds, names, depth)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        yield Spoiled(above, f"压缩包已损坏或不完整（{type(error).__name__}），请让单位重新压缩")
    except OSError as error:
        yield Spoiled(above, f"压缩包无法读取（{reason_of(error)}），请检查后重试")


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, bounds: Bounds, names: tuple[str, ...], depth: int
) -> Iterator[Member | Spoiled]:
    if why := _refused(entry, bounds):
        yield Spoiled(names, why)
        return

    def read() -> bytes:
        bounds.used += entry.file_size
        return archive.read(entry)

    if is_archive_name(names[-1]):
        try:
            data = read()
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError):
            yield Spoiled(names, BROKEN)
            return
        if is_archive(data):
            if depth == bounds.depth:
                yield Spoiled(names, f"压缩包套了 {bounds.depth} 层以上，请解开后再收")
            else:
                yield from members_of(data, bounds, names, depth + 1)
            return
    yield Member(names, entry.file_size, _time(entry), f"{entry.CRC:08x}", read)


def _too_many(here: int, bounds: Bounds) -> str:
    before = bounds.listed - here
    further = f"，连同同一个压缩包里的其他文件共 {bounds.listed} 个" if before else ""
    return f"压缩包里有 {here} 个文件{further}，超过 {bounds.members} 个，请分开压缩"


BROKEN = "压缩包里的这个文件已损坏，请让单位重新压缩"


def _refused(entry: zipfile.ZipInfo, bounds: Bounds) -> str:
    if entry.flag_bits & _ENCRYPTED:
        return "压缩包设有密码，请解压后再收"
    if entry.file_size > bounds.member_bytes:
        return f"解压后超过 {bounds.member_bytes // MEGABYTE} MB，没有读取"
    if entry.file_size > bounds.small and entry.file_size > bounds.ratio * max(entry.compress_size, 1):
        return f"压缩了 {bounds.ratio} 倍以上，不像正常的工作簿（可能是压缩炸弹），没有读取"
    if bounds.used + entry.file_size > bounds.total_bytes:
        return f"压缩包解压后共超过 {bounds.total_bytes // MEGABYTE} MB，从这里起没有读取，请分开压缩"
    return ""


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; without the UTF-8 flag it is GBK as on Windows, or UTF-8 as on macOS."""
    name = entry.filename
    if entry.flag_bits & _UTF8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            said = raw.decode(encoding)
        except UnicodeError:
            continue
        if encoding == "gb18030" or not _ODD.search(said):
            return said
    return name


def is_archive_name(name: str) -> bool:
    """Whether a name says that the file is a zip."""
    return name.lower().endswith(".zip")


def is_archive(source: Path | bytes) -> bool:
    """Whether a file is a zip of files, and no document that is kept in one (.xlsx, .docx, .ods)."""
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        # One that is damaged is told apart where it is read.
        return (source if isinstance(source, bytes) else _head(source)).startswith(b"PK")
    return not names & {"[content_types].xml", "mimetype", "content.xml"}


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError:
        return b""


def _time(entry: zipfile.ZipInfo) -> float:
    try:
        return datetime(*entry.date_time).astimezone().timestamp()
    except (ValueError, OSError, OverflowError):
        return 0.0
