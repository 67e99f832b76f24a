"""The zip container (压缩包) of a workbook: read under limits, changed without touching its other members."""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection, Mapping

from perf_excel.books.xlsx.zip_directory import (
    END,
    MEGABYTE,
    TOTAL_LIMIT,
    Directory,
    Member,
    damaged,
    part_key,
)
from perf_excel.books.xlsx.zip_members import DEFLATED, Content, moved_record, new_member, packed_anew
from perf_excel.errors import UserError

PART_LIMIT = 64 * MEGABYTE
RATIO_LIMIT = 200
# Below this a part does no harm, and blank rows without addresses may well shrink 500 times.
RATIO_FROM = 64 * MEGABYTE
_FIRST_CHUNK = MEGABYTE
_CHUNK = 4 * MEGABYTE
_STORED = 0


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
        self._directory = Directory(data, name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members as written in the zip, in the directory's order."""
        return tuple(member.name for member in self._directory.members.values())

    def __contains__(self, part: str) -> bool:
        """Tell whether there is a member of this name."""
        return part_key(part) in self._directory.members

    def read(self, part: str, limit: int = PART_LIMIT) -> bytes:
        """Return a part, inflated to no more than ``limit`` bytes.

        Raises:
            UserError: the part is missing, damaged, encrypted, too large or a zip bomb.

        """
        member = self._directory.members.get(part_key(part))
        if member is None:
            raise UserError(
                f"{self.name}：工作簿缺少部件 {part}，文件已损坏，请用 Excel 或 WPS 打开并另存后重试。"
            )
        packed = memoryview(self._data)[member.body : member.body + member.packed]
        if member.method == DEFLATED:
            content = self._inflate(packed, member, limit)
        elif member.method == _STORED:
            content = bytes(packed)
        else:
            raise UserError(
                f"{self.name}：部件 {member.name} 使用了不支持的压缩方式，请用 Excel 或 WPS 另存后重试。"
            )
        self._check_size(len(content), member, limit)
        if len(content) != member.size or zlib.crc32(content) != member.crc:
            raise damaged(self.name)
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
        by_place = self._directory.by_place()
        out: list[bytes | memoryview] = [view[: by_place[0].start]]
        position = by_place[0].start
        records: dict[str, bytes] = {}
        for member in by_place:
            key = part_key(member.name)
            if key in dropped:
                continue
            if key in changed:
                local, body, record = packed_anew(member, changed.pop(key), position)
                out += (local, *body)
                records[key] = record
                position += len(local) + sum(map(len, body))
            else:
                out.append(view[member.start : member.end])
                records[key] = moved_record(member, position)
                position += member.end - member.start
        for part, content in parts.items():
            key = part_key(part)
            if key in changed:
                local, body, record = packed_anew(new_member(part), content, position)
                out += (local, *body)
                records[key] = record
                position += len(local) + sum(map(len, body))
        # The directory keeps its own order, which need not be that of the members.
        directory = [records.pop(key) for key in self._directory.members if key in records]
        directory += records.values()
        size = sum(map(len, directory))
        count = len(directory)
        end = END.pack(b"PK\5\6", 0, 0, count, count, size, position, len(self._directory.comment))
        return b"".join((*out, *directory, end, self._directory.comment))

    def _inflate(self, packed: memoryview, member: Member, limit: int) -> bytes:
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
            raise damaged(self.name) from None
        if not stream.eof:
            raise damaged(self.name)
        return out.getvalue()

    def _check_size(self, size: int, member: Member, limit: int) -> None:
        if size > limit:
            raise UserError(
                f"{self.name}：部件 {member.name} 解压后超过 {limit // MEGABYTE} MB，"
                "请删除表格下方和右侧多余的空白行列后重试。"
            )

    def _bomb(self, member: Member) -> UserError:
        return UserError(f"{self.name}：部件 {member.name} 解压后异常膨胀（疑似压缩炸弹），已拒绝打开。")
