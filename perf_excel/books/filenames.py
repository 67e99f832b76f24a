"""Names of files (文件名) that do harm elsewhere: Windows keeps some for devices, and forms go round."""

from __future__ import annotations

import re
import sys
import unicodedata

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
"""On Windows; what stands behind a colon there is a hidden part of another file."""

_LONGEST = 255
"""Characters, on Windows; elsewhere the system says so itself."""


def why_no_name(name: str) -> str:
    """Say why a name is no good for a file, wherever it may be sent; nothing where it is."""
    if len(name) > _LONGEST:
        return "文件名太长"
    # COM¹ is COM1 to Windows, whatever follows the first dot.
    stem = unicodedata.normalize("NFKC", name.split(".", maxsplit=1)[0].rstrip())
    if _DEVICES.fullmatch(stem):
        return f"“{stem}”是 Windows 留给设备的名称，不能用作文件名"
    if _CONTROLS.search(name):
        return "文件名里不能有控制字符"
    if sys.platform == "win32" and (found := _FORBIDDEN.search(name)):
        return f"文件名里不能有字符“{found[0]}”"
    if name[-1:] in " .":
        return "文件名不能以空格或点结尾"
    return ""
