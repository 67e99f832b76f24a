"""A VBA project (VBA 工程) as the part vbaProject.bin: [MS-OVBA] 2.2.1 and 2.3, source without compiled code.

Applications compile the source when they first run it; LibreOffice exports its own projects the same way.
"""

from __future__ import annotations

from collections.abc import Sequence

from perf_excel.books.vba.compound import compound_file
from perf_excel.books.vba.compression import compress
from perf_excel.books.vba.directory import Module, directory

NAME = "VBAProject"
_ID = "{4A0E5B2C-7C5D-4B53-9F57-3B9E6C1D2A10}"
"""Ours, made up once: the same workbook is always the same bytes."""
_NO_COMPILED_CODE = b"\xcc\x61\xff\xff\0\0\0"
"""_VBA_PROJECT (2.3.4.1): a version that no application has, so that none looks for its own code."""
_UNPROTECTED, _NO_PASSWORD, _VISIBLE = bytes(4), bytes(1), b"\xff"
"""2.3.1.15 to 2.3.1.17."""
_HOST = "[Host Extender Info]\r\n&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000\r\n"


def vba_project(modules: Sequence[Module]) -> bytes:
    """Return the part.

    Raises:
        UnicodeEncodeError: a name or a source is not ASCII.
    """
    streams = {module.name: compress(module.text) for module in modules}
    streams |= {"_VBA_PROJECT": _NO_COMPILED_CODE, "dir": compress(directory(NAME, modules))}
    return compound_file(
        {"VBA": streams, "PROJECT": _properties(modules).encode("ascii"), "PROJECTwm": _names(modules)}
    )


def _properties(modules: Sequence[Module]) -> str:
    """The stream PROJECT (2.3.1): what the project consists of; visible, and protected by nothing."""
    lines = [f'ID="{_ID}"']
    lines += [
        f"Document={module.name}/&H00000000" if module.base else f"Module={module.name}" for module in modules
    ]
    lines += [
        f'Name="{NAME}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"',
        f'CMG="{obscured(_UNPROTECTED)}"', f'DPB="{obscured(_NO_PASSWORD)}"', f'GC="{obscured(_VISIBLE)}"',
        "", _HOST, "[Workspace]", *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    ]  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def _names(modules: Sequence[Module]) -> bytes:
    """The stream PROJECTwm (2.3.3): every module's name in both encodings."""
    pairs = (
        module.name.encode("ascii") + b"\0" + module.name.encode("utf-16-le") + b"\0\0" for module in modules
    )
    return b"".join(pairs) + b"\0\0"


def obscured(data: bytes, project: str = _ID, seed: int = 0) -> str:
    """Return data as PROJECT writes its protection (2.4.3, Data Encryption), in hexadecimal digits."""
    key = sum(project.encode("ascii")) & 0xFF
    written = [seed, seed ^ 2, seed ^ key]
    before, last = key, written[1:]
    ignored = (seed & 6) // 2
    for byte in bytes(ignored) + len(data).to_bytes(4, "little") + data:
        cipher = byte ^ ((last[0] + before) & 0xFF)
        written.append(cipher)
        before, last = byte, [last[1], cipher]
    return bytes(written).hex().upper()
