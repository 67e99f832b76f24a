"""The zip container (压缩包) of a workbook: read under limits, changed without touching its other members."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from perf_excel.errors import UserError

MEGABYTE = 1 << 20
MEMBER_LIMIT = 10_000
PART_LIMIT = 64 * MEGABYTE
TOTAL_LIMIT = 1024 * MEGABYTE
RATIO_LIMIT = 200
# Below this a part does no harm, and blank rows without addresses may well shrink 500 times.
RATIO_FROM = 64 * MEGABYTE
_FIRST_CHUNK = MEGABYTE
_CHUNK = 4 * MEGABYTE

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_AT = struct.Struct("<4sLQL")
_MAX16 = 0xFFFF
_MAX32 = 0xFFFFFFFF
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_UTF8 = 0x0800
_STORED, _DEFLATED = 0, 8

Content = bytes | Sequence[bytes | memoryview]
"""A part's new content, whole or in pieces."""


@dataclass(slots=True)
class _Member:
    name: str
    record: bytes  # its entry of the central directory, as found
    flags: int
    method: int
    crc: int
    packed: int  # compressed size
    size: int
    start: int  # of the local header, in the file
    offset_field: tuple[int, str]  # where the record keeps the start
    end: int = 0  # of everything that belongs to the member: the next one's start
    body: int = 0  # where the compressed bytes begin


class Package:
    """A zip held in memory. Names of parts are matched without regard to case, slashes go both ways."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read the directory of ``data``; ``name`` is the file's name for messages.

        Raises:
            UserError: the zip is damaged, encrypted or made to do harm.

        """
        self.name = name
        self._data = data
        self._sizes: dict[str, int] = {}
        self._members: dict[str, _Member] = {}
        directory, self._tail = self._find_directory()
        self._directory = directory[0]
        self._read_directory(*directory)
        self._locate_bodies()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members as written in the zip, in the directory's order."""
        return tuple(member.name for member in self._members.values())

    def __contains__(self, part: str) -> bool:
        """Tell whether there is a member of this name."""
        return part_key(part) in self._members

    def read(self, part: str, limit: int = PART_LIMIT) -> bytes:
        """Return a part, inflated to no more than ``limit`` bytes.

        Raises:
            UserError: the part is missing, damaged, encrypted, too large or a zip bomb.

        """
        member = self._members.get(part_key(part))
        if member is None:
            raise UserError(
                f"{self.name}：工作簿缺少部件 {part}，文件已损坏，请用 Excel 或 WPS 打开并另存后重试。"
            )
        packed = memoryview(self._data)[member.body : member.body + member.packed]
        if member.method == _DEFLATED:
            content = self._inflate(packed, member, limit)
        elif member.method == _STORED:
            content = bytes(packed)
        else:
            raise UserError(
                f"{self.name}：部件 {member.name} 使用了不支持的压缩方式，请用 Excel 或 WPS 另存后重试。"
            )
        self._check_size(len(content), member, limit)
        if len(content) != member.size or zlib.crc32(content) != member.crc:
            raise self._damaged()
        self._sizes[member.name] = len(content)
        if sum(self._sizes.values()) > TOTAL_LIMIT:
            raise self._bomb(member)
        return content

    def replace(self, parts: Mapping[str, Content], drop: Collection[str] = ()) -> bytes:
        """Return the zip with some parts changed, added or left out.

        Every other member keeps its bytes: local header, compressed data and what follows it are copied, and
        its entry in the directory differs by the new offset only.
        """
        changed = {part_key(part): content for part, content in parts.items()}
        dropped = {part_key(part) for part in drop}
        view = memoryview(self._data)
        by_place = sorted(self._members.values(), key=_start)
        out: list[bytes | memoryview] = [view[: by_place[0].start]]
        position = by_place[0].start
        records: dict[str, bytes] = {}
        for member in by_place:
            key = part_key(member.name)
            if key in dropped:
                continue
            if key in changed:
                local, body, record = _pack(member, changed.pop(key), position)
                out += (local, *body)
                records[key] = record
                position += len(local) + sum(map(len, body))
            else:
                out.append(view[member.start : member.end])
                records[key] = _moved(member, position)
                position += member.end - member.start
        for part, content in parts.items():
            key = part_key(part)
            if key in changed:
                local, body, record = _pack(_new_member(part), content, position)
                out += (local, *body)
                records[key] = record
                position += len(local) + sum(map(len, body))
        # The directory keeps its own order, which need not be that of the members.
        directory = [records.pop(key) for key in self._members if key in records]
        directory += records.values()
        size = sum(map(len, directory))
        count = len(directory)
        end = END.pack(b"PK\5\6", 0, 0, count, count, size, position, len(self._tail))
        return b"".join((*out, *directory, end, self._tail))

    def _find_directory(self) -> tuple[tuple[int, int, int], bytes]:
        """Return the directory's start, number of entries and offset shift; and the archive's comment."""
        data = self._data
        at = data.rfind(b"PK\5\6", max(0, len(data) - END.size - _MAX16))
        if at < 0 or at + END.size > len(data):
            raise UserError(f"{self.name}：文件不完整（可能没有下载或复制完），请重新获取该文件。")
        _, disk, _, _, count, size, offset, comment = END.unpack_from(data, at)
        stop = at
        if _MAX16 in (count, disk) or _MAX32 in (size, offset):
            stop, count, size, offset = self._find_directory64(at, count, size, offset)
        elif disk:
            raise self._damaged()
        start = stop - size
        # Bytes in front of the zip move every offset alike.
        if size < 0 or start < 0 or offset > start:
            raise self._damaged()
        if count > MEMBER_LIMIT:
            raise UserError(
                f"{self.name}：文件内含 {count} 个部件，超过 {MEMBER_LIMIT} 个的上限，不像正常的工作簿。"
            )
        return (start, count, start - offset), data[at + END.size :][:comment]

    def _find_directory64(self, at: int, count: int, size: int, offset: int) -> tuple[int, int, int, int]:
        data = self._data
        pointer = at - _END64_AT.size
        if pointer < 0 or not data.startswith(b"PK\6\7", pointer):
            return at, count, size, offset
        stop = data.rfind(b"PK\6\6", 0, pointer)
        if stop < 0 or stop + _END64.size > pointer:
            raise self._damaged()
        *_, count, size, offset = _END64.unpack_from(data, stop)
        return stop, count, size, offset

    def _read_directory(self, at: int, count: int, shift: int) -> None:
        data = self._data
        declared = 0
        for _ in range(count):
            if not data.startswith(b"PK\1\2", at) or at + CENTRAL.size > len(data):
                raise self._damaged()
            fields = CENTRAL.unpack_from(data, at)
            stop = at + CENTRAL.size + sum(fields[10:13])
            member = self._member(data[at:stop], fields, shift)
            key = part_key(member.name)
            if key in self._members:
                raise UserError(
                    f"{self.name}：文件内有重名部件 {member.name}，无法确定以哪个为准，"
                    "请用 Excel 或 WPS 另存后重试。"
                )
            self._members[key] = member
            declared += member.size
            at = stop
        if not self._members:
            raise UserError(f"{self.name}：压缩包是空的，这不是 Excel 工作簿。")
        if declared > 4 * TOTAL_LIMIT:
            raise UserError(
                f"{self.name}：解压后超过 {4 * TOTAL_LIMIT // MEGABYTE} MB，不像正常的工作簿，已拒绝打开。"
            )

    def _member(self, record: bytes, fields: tuple[int, ...], shift: int) -> _Member:
        flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
        name_length, extra_length = fields[10], fields[11]
        raw = record[CENTRAL.size : CENTRAL.size + name_length]
        if len(record) < CENTRAL.size + name_length + extra_length or not raw or b"\0" in raw:
            raise self._damaged()
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        start, offset_field = fields[16], (42, "<L")
        if _MAX32 in (packed, size, start):
            at = CENTRAL.size + name_length
            wide = _zip64(record, at, at + extra_length)
            try:
                size = wide.pop(0)[1] if size == _MAX32 else size
                packed = wide.pop(0)[1] if packed == _MAX32 else packed
                if start == _MAX32:
                    place, start = wide.pop(0)
                    offset_field = (place, "<Q")
            except IndexError:
                raise self._damaged() from None
        return _Member(name, record, flags, method, crc, packed, size, start + shift, offset_field)

    def _locate_bodies(self) -> None:
        """Find where each member's bytes lie, and refuse members that share bytes."""
        data = self._data
        ordered = sorted(self._members.values(), key=_start)
        ends = [*(member.start for member in ordered[1:]), self._directory]
        for member, end in zip(ordered, ends, strict=True):
            if not data.startswith(b"PK\3\4", member.start) or member.start + LOCAL.size > end:
                raise self._damaged()
            fields = LOCAL.unpack_from(data, member.start)
            member.body = member.start + LOCAL.size + fields[9] + fields[10]
            member.end = end
            if member.body + member.packed > end:
                raise self._damaged()
            if (member.flags | fields[2]) & _ENCRYPTED:
                raise UserError(f"{self.name}：文件被压缩软件加密，请解除密码后重试。")
            name = data[member.start + LOCAL.size :][: fields[9]]
            if name != member.record[CENTRAL.size : CENTRAL.size + len(name)] or not name:
                raise self._damaged()

    def _inflate(self, packed: memoryview, member: _Member, limit: int) -> bytes:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            first = stream.decompress(packed, _FIRST_CHUNK)
            if stream.eof:
                return first
            # BytesIO hands its buffer out uncopied, which keeps a large sheet in memory once.
            out = io.BytesIO()
            size = out.write(first)
            at = len(packed) - len(stream.unconsumed_tail)
            while not stream.eof:
                chunk = stream.decompress(packed[at : at + _CHUNK], _CHUNK)
                at = min(at + _CHUNK, len(packed)) - len(stream.unconsumed_tail)
                size += out.write(chunk)
                if size > RATIO_FROM and size > RATIO_LIMIT * at:
                    raise self._bomb(member)
                self._check_size(size, member, limit)
                if not chunk and at == len(packed):
                    break
        except zlib.error:
            raise self._damaged() from None
        if not stream.eof:
            raise self._damaged()
        return out.getvalue()

    def _check_size(self, size: int, member: _Member, limit: int) -> None:
        if size > limit:
            raise UserError(
                f"{self.name}：部件 {member.name} 解压后超过 {limit // MEGABYTE} MB，"
                "请删除表格下方和右侧多余的空白行列后重试。"
            )

    def _bomb(self, member: _Member) -> UserError:
        return UserError(f"{self.name}：部件 {member.name} 解压后异常膨胀（疑似压缩炸弹），已拒绝打开。")

    def _damaged(self) -> UserError:
        return UserError(
            f"{self.name}：文件的压缩结构已损坏，请重新获取该文件，或用 Excel、WPS 修复并另存后重试。"
        )


def part_key(name: str) -> str:
    """Return the form under which names of parts are compared: no leading slash, lower case."""
    return name.replace("\\", "/").lstrip("/").lower()


def _start(member: _Member) -> int:
    return member.start


def _zip64(record: bytes, at: int, end: int) -> list[tuple[int, int]]:
    """Return (place, number) for the 64-bit numbers of a record's zip64 extra field."""
    while at + 4 <= end:
        kind, length = struct.unpack_from("<2H", record, at)
        if kind == 1:
            places = range(at + 4, min(at + 4 + length, end) - 7, 8)
            return [(place, struct.unpack_from("<Q", record, place)[0]) for place in places]
        at += 4 + length
    return []


def _moved(member: _Member, position: int) -> bytes:
    at, code = member.offset_field
    size = struct.calcsize(code)
    return b"".join((member.record[:at], struct.pack(code, position), member.record[at + size :]))


def _new_member(name: str) -> _Member:
    raw = name.encode()
    flags = 0 if name.isascii() else _UTF8
    # 1980-01-01, the zip's first day: the same input gives the same bytes.
    record = CENTRAL.pack(b"PK\1\2", 20, 20, flags, 0, 0, 0x21, 0, 0, 0, len(raw), 0, 0, 0, 0, 0, 0) + raw
    return _Member(name, record, flags, _DEFLATED, 0, 0, 0, 0, (42, "<L"))


def _pack(member: _Member, content: Content, position: int) -> tuple[bytes, list[bytes], bytes]:
    """Return local header, compressed body and directory record of a changed member."""
    # The fast level: a third larger than the default and three times as quick.
    stream = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    crc = size = 0
    body: list[bytes] = []
    for piece in (content,) if isinstance(content, bytes) else content:
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        body.append(stream.compress(piece))
    body.append(stream.flush())
    packed = sum(map(len, body))
    old = CENTRAL.unpack_from(member.record)
    name = member.record[CENTRAL.size : CENTRAL.size + old[10]]
    comment = member.record[CENTRAL.size + old[10] + old[11] :]
    flags = member.flags & _UTF8
    head = (20, flags, _DEFLATED, old[5], old[6], crc, packed, size, len(name))
    local = LOCAL.pack(b"PK\3\4", *head, 0) + name
    record = CENTRAL.pack(b"PK\1\2", old[1], *head, 0, len(comment), 0, old[14], old[15], position)
    return local, body, record + name + comment
