"""Pictures in cells (单元格图片) of a finished form: those alone that its cells show."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from typing import TYPE_CHECKING

from perf_excel.books.xlsx.rich_values import Picture
from perf_excel.books.xlsx.trees import descendants, local, remove

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

RICH = frozenset({"sheetmetadata", "rdrichvalue", "rdrichvaluestructure", "rdrichvaluetypes", "richvaluerel"})
"""The kinds of the parts in which Excel keeps pictures in cells."""
_SHOWN = {"rdrichvalue": "rv", "richvaluerel": "rel"}


def only_named(images: Element, names: Collection[str]) -> bool:
    """Leave WPS's pictures of some names alone; False where there is none."""
    remove(
        image
        for image in list(images)
        if not any(local(one) == "cNvPr" and one.get("name") in names for one in image.iter())
    )
    return len(images) > 0


def only_shown(kind: str, tree: Element, shown: Collection[Picture]) -> bool:
    """Leave Excel's pictures that are shown alone; False where there is none.

    What leads to a picture counts places in lists: in place of another picture stands a shown one once more.
    """
    if not shown:
        return False
    # Words of other programs' data (多维数据集) that cells have taken over.
    remove(descendants(tree, "mdxMetadata", "metadataStrings"))
    if kind in _SHOWN:
        kept = {picture.value if kind == "rdrichvalue" else picture.image for picture in shown}
        entries = descendants(tree, _SHOWN[kind])
        first = next((entries[number] for number in sorted(kept) if number < len(entries)), None)
        for number, entry in enumerate(entries):
            parent = entry.getparent()
            if number not in kept and first is not None and parent is not None:
                copied = deepcopy(first)
                copied.tail = entry.tail
                parent.replace(entry, copied)
    return True
