"""The directory (目录) of a zip: where each member lies, refused where it is damaged or made to do harm."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from perf_excel.errors import UserError

MEGABYTE = 1 << 20
MEMBER_LIMIT = 10_000
TOTAL_LIMIT = 1024 * MEGABYTE

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_AT = struct.Struct("<4sLQL")
_MAX16 = 0xFFFF
_MAX32 = 0xFFFFFFFF
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
UTF8 = 0x0800


@dataclass(slots=True)
class Member:
    """A member of a zip: what its entry in the directory says, and where its bytes lie."""

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


class Directory:
    """The members of a zip by their names' keys, in the directory's order, and the archive's comment."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read the directory of ``data``; ``name`` is the file's name for messages.

        Raises:
            UserError: the zip is damaged, encrypted or made to do harm.

        """
        self._data, self._name = data, name
        self.members: dict[str, Member] = {}
        (self._start, count, shift), self.comment = self._find()
        self._read(count, shift)
        self._locate_bodies()

    def by_place(self) -> list[Member]:
        """Return the members in the order in which their bytes lie."""
        return sorted(self.members.values(), key=lambda member: member.start)

    def _find(self) -> tuple[tuple[int, int, int], bytes]:
        """Return the directory's start, number of entries and offset shift; and the archive's comment."""
        data = self._data
        at = data.rfind(b"PK\5\6", max(0, len(data) - END.size - _MAX16))
        if at < 0 or at + END.size > len(data):
            raise UserError(f"{self._name}：文件不完整（可能没有下载或复制完），请重新获取该文件。")
        _, disk, _, _, count, size, offset, comment = END.unpack_from(data, at)
        stop = at
        if _MAX16 in (count, disk) or _MAX32 in (size, offset):
            stop, count, size, offset = self._find64(at, count, size, offset)
        elif disk:
            raise damaged(self._name)
        start = stop - size
        # Bytes in front of the zip move every offset alike.
        if size < 0 or start < 0 or offset > start:
            raise damaged(self._name)
        if count > MEMBER_LIMIT:
            raise UserError(
                f"{self._name}：文件内含 {count} 个部件，超过 {MEMBER_LIMIT} 个的上限，不像正常的工作簿。"
            )
        return (start, count, start - offset), data[at + END.size :][:comment]

    def _find64(self, at: int, count: int, size: int, offset: int) -> tuple[int, int, int, int]:
        data = self._data
        pointer = at - _END64_AT.size
        if pointer < 0 or not data.startswith(b"PK\6\7", pointer):
            return at, count, size, offset
        stop = data.rfind(b"PK\6\6", 0, pointer)
        if stop < 0 or stop + _END64.size > pointer:
            raise damaged(self._name)
        *_, count, size, offset = _END64.unpack_from(data, stop)
        return stop, count, size, offset

    def _read(self, count: int, shift: int) -> None:
        data, at = self._data, self._start
        declared = 0
        for _ in range(count):
            if not data.startswith(b"PK\1\2", at) or at + CENTRAL.size > len(data):
                raise damaged(self._name)
            fields = CENTRAL.unpack_from(data, at)
            stop = at + CENTRAL.size + sum(fields[10:13])
            member = self._member(data[at:stop], fields, shift)
            key = part_key(member.name)
            if key in self.members:
                raise UserError(
                    f"{self._name}：文件内有重名部件 {member.name}，无法确定以哪个为准，"
                    "请用 Excel 或 WPS 另存后重试。"
                )
            self.members[key] = member
            declared += member.size
            at = stop
        if not self.members:
            raise UserError(f"{self._name}：压缩包是空的，这不是 Excel 工作簿。")
        if declared > 4 * TOTAL_LIMIT:
            raise UserError(
                f"{self._name}：解压后超过 {4 * TOTAL_LIMIT // MEGABYTE} MB，不像正常的工作簿，已拒绝打开。"
            )

    def _member(self, record: bytes, fields: tuple[int, ...], shift: int) -> Member:
        flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
        name_length, extra_length = fields[10], fields[11]
        raw = record[CENTRAL.size : CENTRAL.size + name_length]
        if len(record) < CENTRAL.size + name_length + extra_length or not raw or b"\0" in raw:
            raise damaged(self._name)
        name = raw.decode("utf-8" if flags & UTF8 else "cp437", "replace")
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
                raise damaged(self._name) from None
        return Member(name, record, flags, method, crc, packed, size, start + shift, offset_field)

    def _locate_bodies(self) -> None:
        """Find where each member's bytes lie, and refuse members that share bytes."""
        data = self._data
        ordered = self.by_place()
        ends = [*(member.start for member in ordered[1:]), self._start]
        for member, end in zip(ordered, ends, strict=True):
            if not data.startswith(b"PK\3\4", member.start) or member.start + LOCAL.size > end:
                raise damaged(self._name)
            fields = LOCAL.unpack_from(data, member.start)
            member.body = member.start + LOCAL.size + fields[9] + fields[10]
            member.end = end
            if member.body + member.packed > end:
                raise damaged(self._name)
            if (member.flags | fields[2]) & _ENCRYPTED:
                raise UserError(f"{self._name}：文件被压缩软件加密，请解除密码后重试。")
            name = data[member.start + LOCAL.size :][: fields[9]]
            if name != member.record[CENTRAL.size : CENTRAL.size + len(name)] or not name:
                raise damaged(self._name)


def part_key(name: str) -> str:
    """Return the form under which names of parts are compared: no leading slash, lower case."""
    return name.replace("\\", "/").lstrip("/").lower()


def damaged(name: str) -> UserError:
    """Return the error of a zip whose structure is broken; ``name`` is the file's."""
    return UserError(f"{name}：文件的压缩结构已损坏，请重新获取该文件，或用 Excel、WPS 修复并另存后重试。")


def _zip64(record: bytes, at: int, end: int) -> list[tuple[int, int]]:
    """Return (place, number) for the 64-bit numbers of a record's zip64 extra field."""
    while at + 4 <= end:
        kind, length = struct.unpack_from("<2H", record, at)
        if kind == 1:
            places = range(at + 4, min(at + 4 + length, end) - 7, 8)
            return [(place, struct.unpack_from("<Q", record, place)[0]) for place in places]
        at += 4 + length
    return []
