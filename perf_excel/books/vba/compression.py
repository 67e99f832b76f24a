"""The compression of VBA source and of the stream ``dir``: [MS-OVBA] 2.4.1."""

from __future__ import annotations

import struct

CHUNK = 4096
"""[MS-OVBA] 2.4.1.1.1: a chunk holds at most so many bytes; matches never reach into the one before."""
_SIGNATURE = b"\x01"
_COMPRESSED = 0xB000
_RAW = 0x3000
"""Chunk header flags, 2.4.1.1.5: the signature 0b011, and whether the chunk is compressed."""
_SHORTEST = 3
_KEPT_PLACES = 64
"""Earlier places looked at for a match: more make the result hardly shorter."""


def compress(data: bytes) -> bytes:
    """Return data as a CompressedContainer (2.4.1.1.1)."""
    chunks = (_chunk(data[start : start + CHUNK]) for start in range(0, len(data), CHUNK))
    return _SIGNATURE + b"".join(chunks)


def _chunk(data: bytes) -> bytes:
    """Return one CompressedChunk: tokens, or the bytes themselves where those are shorter (2.4.1.3.7)."""
    tokens = _tokens(data)
    flags = _COMPRESSED
    if len(tokens) >= CHUNK:
        tokens, flags = data.ljust(CHUNK, b"\0"), _RAW
    # The header counts its own two bytes, less three.
    return struct.pack("<H", flags | len(tokens) - 1) + tokens


def _tokens(data: bytes) -> bytes:
    """Return a chunk's token sequences: a byte of flags, then eight tokens (2.4.1.1.7)."""
    out = bytearray()
    places: dict[bytes, list[int]] = {}
    at = 0
    while at < len(data):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if at >= len(data):
                break
            offset, length = _match(data, at, places.get(data[at : at + _SHORTEST], []))
            if length:
                flags |= 1 << bit
                tokens += _copy_token(at, offset, length)
            else:
                length = 1
                tokens.append(data[at])
            for place in range(at, at + length):
                places.setdefault(data[place : place + _SHORTEST], []).append(place)
            at += length
        out.append(flags)
        out += tokens
    return bytes(out)


def _match(data: bytes, at: int, places: list[int]) -> tuple[int, int]:
    """Return offset and length of the longest earlier match (2.4.1.3.19.4); (0, 0) where there is none."""
    longest = min((0xFFFF >> _offset_bits(at)) + _SHORTEST, len(data) - at)
    best, best_length = 0, 0
    for place in reversed(places[-_KEPT_PLACES:]):
        length = 0
        while length < longest and data[place + length] == data[at + length]:
            length += 1
        if length > best_length:
            best, best_length = at - place, length
    return (best, best_length) if best_length >= _SHORTEST else (0, 0)


def _copy_token(at: int, offset: int, length: int) -> bytes:
    """Return a CopyToken (2.4.1.3.19.3)."""
    return struct.pack("<H", (offset - 1) << (16 - _offset_bits(at)) | (length - _SHORTEST))


def _offset_bits(at: int) -> int:
    """Return how many bits of a CopyToken are its offset's (2.4.1.3.19.1), ``at`` bytes into the chunk."""
    return max((at - 1).bit_length(), 4)
