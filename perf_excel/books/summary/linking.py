"""Where a summary leads to (链接): the returned files, from wherever the summary is kept."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from perf_excel.books.summary.cells import Link
from perf_excel.books.summary.returned_forms import Entry


def link_to(entry: Entry, folder: Path, text: str, sheet: str = "", cell: str = "") -> Link:
    """Return a link to a returned file; for one in an archive, to the archive.

    Args:
        entry: the return.
        folder: where the summary is kept: the link still leads there when both are moved together.
        text: what the link shows.
        sheet: the sheet to open the file at.
        cell: the cell there (H5); of several (F16–F34、F36) the first.
    """
    if not entry.path:
        return Link(text, "")
    place = ""
    if sheet and cell and not entry.packed:
        first = cell.rpartition("!")[2].partition("、")[0].partition("–")[0]
        name = sheet.replace("'", "''")
        place = f"'{name}'!{first}"
    return Link(text, _target(entry.path, folder), place)


def _target(path: str, folder: Path) -> str:
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # on another drive
        return Path(path).as_uri()
    return quote(relative.replace(os.sep, "/").encode("utf-8", "surrogateescape"))
