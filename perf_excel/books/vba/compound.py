"""A compound file (复合文件): streams and storages in one file, as [MS-CFB] describes version 3.

Every sector has 512 bytes. Streams below 4096 bytes lie in the mini stream, in mini sectors of 64 bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Content = bytes | Mapping[str, bytes]
"""A stream, or a storage (of streams: a storage within a storage is not needed here)."""

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
"""[MS-CFB] 2.1: a sector that nothing uses, the end of a chain, a sector of the table itself."""
_NUMBERS = _SECTOR // 4
"""Sector numbers that a sector of a table holds."""
_IN_HEADER = 109
"""Sectors of the table that the header names itself (2.2): enough for 7 MB."""
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_LONGEST_NAME = 31


@dataclass(slots=True)
class _Entry:
    """A directory entry (2.6.1); neighbours and child are numbers of entries."""

    name: str
    kind: int
    content: bytes = b""
    colour: int = _BLACK
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64s H2B 3L 16sL16s LQ", name, len(name), self.kind, self.colour, self.left, self.right,
            self.child, b"", 0, b"", self.start, len(self.content),
        )  # fmt: skip


_UNUSED_ENTRY = struct.pack("<68s3L48s", b"", _FREE, _FREE, _FREE, b"")


@dataclass(slots=True)
class _Table:
    """A table of chains (FAT, 2.3; mini FAT, 2.4): which sector follows which."""

    sector: int
    following: list[int] = field(default_factory=list[int])

    def chain(self, content: bytes) -> int:
        """Give content the next sectors, and return the first; that of nothing is the end."""
        count = -(-len(content) // self.sector)
        first = len(self.following)
        self.following += range(first + 1, first + count)
        self.following += [_END] * min(count, 1)
        return first if count else _END

    def packed(self) -> bytes:
        numbers = self.following + [_FREE] * (-len(self.following) % _NUMBERS)
        return struct.pack(f"<{len(numbers)}L", *numbers)


def compound_file(tree: Mapping[str, Content]) -> bytes:
    """Return the compound file of a tree of streams and storages.

    Raises:
        ValueError: a name is longer than 31 characters, or the content is too large for one table.
    """
    entries = _entries(tree)
    minis = _Table(_MINI)
    small = [entry for entry in entries if entry.kind == _STREAM and len(entry.content) < _CUTOFF]
    for entry in small:
        entry.start = minis.chain(entry.content)
    entries[0].content = b"".join(_padded(entry.content, _MINI) for entry in small)
    table = _Table(_SECTOR)
    large = [entry for entry in entries if entry.kind != _STORAGE and entry not in small]
    for entry in large:
        entry.start = table.chain(entry.content)
    mini_table = minis.packed()
    first_mini = table.chain(mini_table)
    directory = b"".join(entry.packed() for entry in entries)
    directory += _UNUSED_ENTRY * (-len(entries) % (_SECTOR // len(_UNUSED_ENTRY)))
    first_entry = table.chain(directory)
    body = [*(_padded(entry.content, _SECTOR) for entry in large), mini_table, directory]
    own = _own_sectors(table)
    header = struct.pack(
        "<8s16s5H6s9L", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, len(own),
        first_entry, 0, _CUTOFF, first_mini, len(mini_table) // _SECTOR, _END, 0,
    )  # fmt: skip
    header += struct.pack(f"<{_IN_HEADER}L", *own, *[_FREE] * (_IN_HEADER - len(own)))
    return b"".join((header, *body, table.packed()))


def _own_sectors(table: _Table) -> range:
    """Append the table's own sectors to it, and return their numbers."""
    first, count = len(table.following), 1
    while first + count > count * _NUMBERS:
        count += 1
    if count > _IN_HEADER:
        raise ValueError(f"{first} sectors")
    table.following += [_FAT] * count
    return range(first, first + count)


def _padded(content: bytes, sector: int) -> bytes:
    return content + bytes(-len(content) % sector)


def _entries(tree: Mapping[str, Content]) -> list[_Entry]:
    """Return the directory (2.6): the root first."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _add(entries, tree)
    return entries


def _add(entries: list[_Entry], tree: Mapping[str, Content]) -> int:
    """Append the entries of a storage, and return the number of the one that its siblings hang from."""
    first = len(entries)
    # 2.6.4: siblings are ordered by length, then by their capitals.
    names = sorted(tree, key=lambda name: (len(name), name.upper()))
    for name in names:
        if len(name) > _LONGEST_NAME:
            raise ValueError(name)
        content = tree[name]
        is_stream = isinstance(content, bytes)
        entries.append(_Entry(name, _STREAM, content) if is_stream else _Entry(name, _STORAGE))
    for number, left, right, depth in _balanced(first, len(entries)):
        entry = entries[number]
        entry.left, entry.right = left, right
        # All levels but the last are full: with that one red, the tree is a red-black one.
        entry.colour = _RED if depth and depth == len(names).bit_length() - 1 else _BLACK
    for number, name in enumerate(names, first):
        content = tree[name]
        if not isinstance(content, bytes):
            entries[number].child = _add(entries, content)
    return _middle(first, first + len(names))


def _balanced(first: int, after: int, depth: int = 0) -> Iterator[tuple[int, int, int, int]]:
    """Yield every number of a range with its left and right neighbour in a balanced tree, and its depth."""
    if first < after:
        middle = _middle(first, after)
        yield middle, _middle(first, middle), _middle(middle + 1, after), depth
        yield from _balanced(first, middle, depth + 1)
        yield from _balanced(middle + 1, after, depth + 1)


def _middle(first: int, after: int) -> int:
    return (first + after) // 2 if first < after else _FREE
