"""Names of files (文件名) that do harm elsewhere: Windows keeps some for devices, and forms go round."""

from __future__ import annotations

import re
import sys
import unicodedata

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_WIDE = str.maketrans('<>:"/\\|?*', "＜＞：”／＼｜？＊")
"""What no Windows name may hold, as a reader knows it again."""
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""Signs that nobody sees, or that turn a name round (gnp.xlsx as xslx.png)."""
_LONGEST = 200
"""Bytes of a name in UTF-8, its ending aside: file systems hold 255."""
_FORBIDDEN = re.compile(r'[<>:"|?*]')
"""On Windows; what stands behind a colon there is a hidden part of another file."""


def why_no_name(name: str) -> str:
    """Say why a name is no good for a file, wherever it may be sent; nothing where it is."""
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


def safe_stem(*parts: str) -> str:
    """Return a name for a file, its ending aside, put together from what people gave: good on Windows, too.

    Of a name that is too long the longest part is cut. Nothing but the name of the file comes of it: no
    part of it leads to another folder.
    """
    cleaned = [one for part in parts if (one := _cleaned(part))] or ["未命名"]
    while len("-".join(cleaned).encode()) > _LONGEST:
        at = max(range(len(cleaned)), key=lambda number: len(cleaned[number]))
        cleaned[at] = cleaned[at][:-2].rstrip(" .…") + "…"
    stem = "-".join(cleaned)
    return f"_{stem}" if why_no_name(stem) else stem


def _cleaned(part: str) -> str:
    text = _UNSEEN.sub("", " ".join(_CONTROLS.sub(" ", part).split()))
    return unicodedata.normalize("NFC", text.translate(_WIDE)).strip(" .")


def same_name(one: str) -> str:
    """Return a name as file systems compare it that know no capitals."""
    return unicodedata.normalize("NFC", one).casefold()
