"""The stream ``dir`` of a VBA project: its settings and modules, [MS-OVBA] 2.3.4.2."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import NamedTuple

CODE_PAGE = 1252
"""Names and source are ASCII, the same under every code page."""
_ENGLISH = 0x0409
_STDOLE = (
    b"*\\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\\Windows\\System32\\stdole2.tlb#OLE Automation"
)


class Module(NamedTuple):
    """A module of VBA. ``base`` is the class of a document's module, empty for one of procedures."""

    name: str
    source: str
    base: str = ""

    @property
    def text(self) -> bytes:
        """The source as it is stored: attributes first (2.3.4.3), ASCII, lines ended as on Windows.

        Raises:
            UnicodeEncodeError: it is not ASCII.
        """
        lines = [f'Attribute VB_Name = "{self.name}"']
        if self.base:
            lines += [
                f'Attribute VB_Base = "0{self.base}"', "Attribute VB_GlobalNameSpace = False",
                "Attribute VB_Creatable = False", "Attribute VB_PredeclaredId = True",
                "Attribute VB_Exposed = True", "Attribute VB_TemplateDerived = False",
                "Attribute VB_Customizable = True",
            ]  # fmt: skip
        lines += self.source.splitlines()
        return ("\r\n".join(lines) + "\r\n").encode("ascii")


def directory(project: str, modules: Iterable[Module]) -> bytes:
    """Return the stream, uncompressed. No reference but the one that every project has is named."""
    return b"".join((_information(project), _references(), *_modules(list(modules)), _record(0x0010)))


def _information(project: str) -> bytes:
    """PROJECTINFORMATION (2.3.4.2.1): system, languages, code page, names, version, no constants."""
    records = (
        (0x0001, _long(1)),  # SysKind: 32-bit Windows, which 64-bit Office reads too
        (0x0002, _long(_ENGLISH)),
        (0x0014, _long(_ENGLISH)),
        (0x0003, _short(CODE_PAGE)),
        (0x0004, project.encode("ascii")),
        (0x0005, b""), (0x0040, b""),  # description, in both encodings
        (0x0006, b""), (0x003D, b""),  # help file, twice
        (0x0007, _long(0)),
        (0x0008, _long(0)),
    )  # fmt: skip
    # PROJECTVERSION says four and holds six bytes (2.3.4.2.1.11).
    version = struct.pack("<HLLH", 0x0009, 4, 1, 1)
    return b"".join(_record(*one) for one in records) + version + _record(0x000C) + _record(0x003C)


def _references() -> bytes:
    """PROJECTREFERENCES (2.3.4.2.2): OLE automation, by its name and its registered library."""
    library = _long(len(_STDOLE)) + _STDOLE + _long(0) + _short(0)
    name = "stdole"
    return _record(0x0016, name.encode("ascii")) + _record(0x003E, _wide(name)) + _record(0x000D, library)


def _modules(modules: list[Module]) -> list[bytes]:
    """PROJECTMODULES (2.3.4.2.3); every module's source begins its stream, no compiled code before it."""
    parts = [_record(0x000F, _short(len(modules))), _record(0x0013, _short(0xFFFF))]
    for module in modules:
        name = module.name.encode("ascii")
        wide = _wide(module.name)
        records = (
            (0x0019, name), (0x0047, wide),  # the module's name
            (0x001A, name), (0x0032, wide),  # its stream's name
            (0x001C, b""), (0x0048, b""),  # description
            (0x0031, _long(0)),  # where its source begins
            (0x001E, _long(0)),  # help
            (0x002C, _short(0xFFFF)),
            (0x0022 if module.base else 0x0021, b""),  # a document's, or procedures
            (0x002B, b""),
        )  # fmt: skip
        parts += [_record(*one) for one in records]
    return parts


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HL", kind, len(data)) + data


def _long(number: int) -> bytes:
    return struct.pack("<L", number)


def _short(number: int) -> bytes:
    return struct.pack("<H", number)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")
