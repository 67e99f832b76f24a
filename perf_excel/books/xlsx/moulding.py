"""One workbook cast a thousand times (浇铸): only some cells differ, all else is packed once.

A deflated member is a row of blocks. What never changes is deflated once, up to a byte's edge; a cell that
changes goes between as a stored block, which costs nothing to make. The check sum of a whole member follows
from those of its pieces: the CRC-32 behind a piece is a linear function of the one before it, which is tabled
once for each piece by asking zlib for the 32 single bits.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.zip_directory import CENTRAL, END, LOCAL

_BLOCK = 0xFFFF
"""Bytes of a stored block at most."""
_GAP = 200
"""A shorter stretch between two changing ones is not worth a block of its own: it goes along with them."""
_SHORTEST = struct.Struct("<BHH")
_TIME, _DAY = 0, 0x21  # 1980-01-01, the zip's first day: the same input gives the same bytes
_VERSION, _DEFLATED, _UTF8 = 20, 8, 0x0800

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A stretch of a member that never changes: packed, its size, and what it does to a check sum."""

    packed: bytes
    size: int
    tables: tuple[tuple[int, ...], ...]
    crc: int

    def after(self, crc: int) -> int:
        """Return the check sum of what came before and this."""
        one, two, three, four = self.tables
        return one[crc & 255] ^ two[crc >> 8 & 255] ^ three[crc >> 16 & 255] ^ four[crc >> 24] ^ self.crc


def _fixed(data: bytes, *, last: bool) -> _Fixed:
    stream = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = stream.compress(data) + stream.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
    own = zlib.crc32(data, 0)
    bits = [zlib.crc32(data, 1 << bit) ^ own for bit in range(32)]
    tables: list[tuple[int, ...]] = []
    for byte in range(4):
        table = [0]
        for bit in bits[8 * byte : 8 * byte + 8]:
            table += [entry ^ bit for entry in table]
        tables.append(tuple(table))
    return _Fixed(packed, len(data), tuple(tables), own)


class _Member:
    """A member of which some spans change; neighbours among them are one run with what stands between."""

    def __init__(self, name: str, data: bytes, spans: Sequence[Span]) -> None:
        self.name = name.encode()
        self.flags = 0 if name.isascii() else _UTF8
        self.fixed: list[_Fixed] = []
        self.runs: list[tuple[int, list[bytes]]] = []
        """Of each run the number of its spans, and what stands between them."""
        at, joined = 0, list[bytes]()
        for number, (start, end) in enumerate(spans):
            if number and start - at < _GAP:
                joined.append(data[at:start])
            else:
                if number:
                    self.runs.append((len(joined) + 1, joined))
                    joined = []
                self.fixed.append(_fixed(data[at:start], last=False))
            at = end
        self.runs.append((len(joined) + 1, joined))
        self.fixed.append(_fixed(data[at:], last=True))
        self.header = LOCAL.pack(
            b"PK\3\4", _VERSION, self.flags, _DEFLATED, _TIME, _DAY, 0, 0, 0, len(self.name), 0
        )[:14]

    def cast(self, contents: Sequence[bytes]) -> tuple[list[bytes], int, int]:
        """Return the packed member in pieces, its check sum and its size."""
        first, *others = self.fixed
        out, crc, size = [first.packed], first.crc, first.size
        at = 0
        for fixed, (count, between) in zip(others, self.runs, strict=True):
            if count == 1:
                run = contents[at]
            else:
                run = contents[at]
                for number, piece in enumerate(between, at + 1):
                    run += piece + contents[number]
            at += count
            length = len(run)
            if length <= _BLOCK:
                out += (_SHORTEST.pack(0, length, length ^ _BLOCK), run)
            else:
                out += _stored(run)
            out.append(fixed.packed)
            crc = fixed.after(zlib.crc32(run, crc))
            size += length + fixed.size
        return out, crc, size


def _stored(run: bytes) -> list[bytes]:
    out: list[bytes] = []
    for start in range(0, len(run), _BLOCK):
        piece = run[start : start + _BLOCK]
        out += (_SHORTEST.pack(0, len(piece), len(piece) ^ _BLOCK), piece)
    return out


class Mould:
    """A workbook file of which some spans of some parts change."""

    def __init__(self, data: bytes, name: str, spans: Mapping[str, Sequence[Span]]) -> None:
        """Pack what never changes.

        Args:
            data: the workbook.
            name: the file's name, for messages.
            spans: by part the spans of its bytes that change, in order and apart from each other.

        Raises:
            UserError: the workbook is damaged.
        """
        package = Package(data, name)
        self._members = [_Member(part, package.read(part), spans[part]) for part in spans]
        kept = package.replace({}, drop=spans)
        at = kept.rindex(b"PK\5\6")
        *_, self._count, size, start, _ = END.unpack_from(kept, at)
        self._kept, self._directory = kept[:start], kept[start : start + size]

    def cast(self, contents: Sequence[Sequence[bytes]]) -> bytes:
        """Return the workbook with other bytes in its spans.

        Args:
            contents: for every part, in the order given, what its spans hold.
        """
        out = [self._kept]
        records = [self._directory]
        position, size = len(self._kept), len(self._directory)
        for member, own in zip(self._members, contents, strict=True):
            body, crc, length = member.cast(own)
            packed = sum(map(len, body))
            name = member.name
            sizes = _SIZES.pack(crc, packed, length, len(name), 0)
            out += (member.header, sizes, name)
            out += body
            head = (_VERSION, _VERSION, member.flags, _DEFLATED, _TIME, _DAY, crc, packed, length, len(name))
            records += (CENTRAL.pack(b"PK\1\2", *head, 0, 0, 0, 0, 0, position), name)
            position += 30 + len(name) + packed
            size += 46 + len(name)
        count = self._count + len(self._members)
        end = END.pack(b"PK\5\6", 0, 0, count, count, size, position, 0)
        return b"".join((*out, *records, end))


_SIZES = struct.Struct("<3L2H")
