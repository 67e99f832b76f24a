"""Lists of a sheet part (合并单元格, 数据有效性 …) after entries of them went: counted anew, or gone."""

from __future__ import annotations

import re

_ENTRIES: dict[bytes, bytes] = {
    b"mergeCells": b"mergeCell", b"dataValidations": b"dataValidation", b"hyperlinks": b"hyperlink",
    b"protectedRanges": b"protectedRange", b"ignoredErrors": b"ignoredError", b"cellWatches": b"cellWatch",
    b"rowBreaks": b"brk", b"sparklines": b"sparkline", b"sparklineGroup": b"sparklines",
    b"sparklineGroups": b"sparklineGroup", b"conditionalFormattings": b"conditionalFormatting",
    b"ext": b"", b"extLst": b"ext",
}  # fmt: skip
"""Lists, inner ones first, with what they are lists of: applications repair a file in which one is empty."""
_LISTS = {
    name: re.compile(
        rb"(<(?P<tag>(?:[^\s/>:!?]++:)?%b)(?=[\s>])[^>]*+>)(?<!/>)((?:(?!</(?P=tag)\s*+>).)*+)</(?P=tag)\s*+>"
        % name,
        re.DOTALL,
    )
    for name in _ENTRIES
}
_MEMBERS = {
    name: re.compile(rb"<(?:[^\s/>:!?]++:)?%b(?=[\s/>])" % entry) for name, entry in _ENTRIES.items() if entry
}
_COUNT = re.compile(rb"""(\s(?:count|manualBreakCount)\s*=\s*["'])([0-9]{1,9})""")


def tidied(data: bytes) -> bytes:
    """Return a sheet part whose lists say how many entries they have; those that have none are gone."""
    start, end = data.find(b"sheetData"), data.rfind(b"sheetData")
    head, cells, rest = data[:start], data[start:end], data[end:]
    for name, pattern in _LISTS.items():
        rest = pattern.sub(lambda found, name=name: _counted(found, name), rest)
    return head + cells + rest


def _counted(found: re.Match[bytes], name: bytes) -> bytes:
    count = len(_MEMBERS[name].findall(found[3])) if name in _MEMBERS else 0
    if count:
        head = _COUNT.sub(lambda old: old[1] + b"%d" % min(int(old[2]), count), found[1])
        return head + found[0][len(found[1]) :]
    return found[0] if found[3].strip() else b""
