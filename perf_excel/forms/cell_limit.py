"""How much text a cell holds (单元格的字数上限): counted as Excel counts it, in UTF-16 code units."""

from __future__ import annotations

TEXT_LIMIT = 32_767


def overlong(text: str) -> str:
    """Return what is wrong with a text that is longer than a cell can hold; nothing for any other."""
    if len(text) * 2 <= TEXT_LIMIT:
        return ""
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length <= TEXT_LIMIT:
        return ""
    twice = "（生僻字和表情符号一个算两个）" if length > len(text) else ""
    return f"文本有 {length} 字{twice}，超过单元格的上限 {TEXT_LIMIT} 字（“{text[:20]}…”），请缩短后重试"
