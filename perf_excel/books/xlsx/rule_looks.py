"""Looks for conditional formatting (条件格式的样式, dxf) added to a workbook's styles, behind those it has.

Every other byte of the part stays, and the numbers by which its own rules name their looks stay right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perf_excel.books.xlsx.markup import Markup, elements

_BEFORE = (b"cellStyles", b"cellXfs", b"cellStyleXfs", b"borders", b"fills", b"fonts", b"numFmts")
"""What stands before the looks, in the order of the schema, from the last one."""
_COUNT = re.compile(rb"""\bcount\s*=\s*["'][0-9]*["']""")


def with_looks(styles: Markup, looks: Sequence[bytes]) -> tuple[bytes, tuple[int, ...]]:
    """Return the styles with some looks among them, and the number of each; one that is there is not added.

    Args:
        styles: the workbook's part of styles.
        looks: what a ``dxf`` element holds, each with ``{x}`` where the prefix of its elements belongs.
    """
    data, x = styles.data, styles.prefix
    section = elements(x, b"dxfs").search(styles.mask())
    content = (section[2] or b"") if section else b""
    wanted = [b"<%bdxf>%b</%bdxf>" % (x, look.replace(b"{x}", x), x) for look in looks]
    there = [found[0] for found in elements(x, b"dxf").finditer(content)]
    new = [one for one in wanted if one not in there]
    there += new
    numbers = tuple(there.index(one) for one in wanted)
    if not new:
        return data, numbers
    if section is None:
        begin = end = _behind(styles)
        attributes = b""
    else:
        begin, end = section.span()
        attributes = _COUNT.sub(b"", section[1]).rstrip(b"/ ")
        content = data[section.start(2) : section.end(2)] if section[2] is not None else b""
    written = b'<%bdxfs%b count="%d">%b</%bdxfs>' % (
        x, attributes.rstrip(), len(there), content + b"".join(new), x,
    )  # fmt: skip
    return data[:begin] + written + data[end:], numbers


def _behind(styles: Markup) -> int:
    """Where the looks belong in a part that has none."""
    mask, x = styles.mask(), styles.prefix
    ends = (found.end() for name in _BEFORE if (found := elements(x, name).search(mask)))
    return next(ends, 0) or mask.index(b">", mask.index(b"<" + x + styles.root)) + 1
