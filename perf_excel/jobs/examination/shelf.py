"""The user's own templates (自己的模板): workbooks kept in the user's data folder, each with a small TOML.

Linux: ``$XDG_DATA_HOME`` or ``~/.local/share``; Windows: ``%APPDATA%``; then ``perf-excel/templates``.
The environment variable ``PERF_EXCEL_DATA`` names another folder instead.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from perf_excel.books.file_reading import read_file
from perf_excel.books.filenames import why_no_name
from perf_excel.books.saving import as_user_error, write_atomic
from perf_excel.errors import UserError
from perf_excel.home import home
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.grid import Grid

FOLDER = "PERF_EXCEL_DATA"
"""Environment variable: the folder of the user's data."""

_NAME = re.compile(r"[\w（）()·+-][\w（）()·+. -]{0,59}")
_DIGITS = re.compile(r"[\d〇○]+")
_MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Template:
    """A template of the user's own.

    ``rules`` is the name or file of its rule set, ``labels`` the user's answers (role → heads of columns),
    ``head`` the heads of its indicator table by column, by which a form made from it is known again.
    """

    name: str
    rules: str
    sheet: str
    title: str
    suffix: str = ".xlsx"
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    head: tuple[tuple[int, str], ...] = ()
    digest: str = ""
    """SHA-256 of the workbook that the answers are about; empty in descriptions of earlier versions."""

    @property
    def path(self) -> Path:
        """The template's workbook."""
        return folder() / f"{self.name}{self.suffix}"

    def fits(self, grid: Grid) -> bool:
        """Whether a sheet is a form made from this template: the same title, years aside, and heads."""
        if not self.head or grid.bottom > _MOST_ROWS:
            return False
        # The heads first: most rows are done with their first cell, and a title may stand in any.
        last = next((row for row in range(grid.bottom, 0, -1) if self._heads(grid, row)), 0)
        return last > 0 and (not self.title or self._titles(grid, range(1, last + 1)))

    def _heads(self, grid: Grid, row: int) -> bool:
        return all(bare(text_at(grid, row, column)) == label for column, label in self.head)

    def _titles(self, grid: Grid, rows: range) -> bool:
        title = _DIGITS.sub("", self.title)
        shown = (bare(text_at(grid, row, column)) for row in rows for column, _ in grid.row(row))
        return any(_DIGITS.sub("", text) == title for text in shown)


def joined(
    one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the labels of a rule set and of a template by role."""
    return {role: (*one.get(role, ()), *other.get(role, ())) for role in (*other, *one)}


def folder() -> Path:
    """Return the folder of the user's templates; it need not be there.

    Raises:
        UserError: the user has no folder at all.
    """
    if own := os.environ.get(FOLDER):
        return Path(own) / "templates"
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or str(home() / "AppData" / "Roaming")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(home() / ".local" / "share")
    return Path(base) / "perf-excel" / "templates"


def templates() -> list[Template]:
    """Return the user's templates by name; those whose description is damaged not (``damaged``)."""
    return [one for one in map(_read, _described()) if one is not None]


def damaged() -> list[str]:
    """Return the names of the user's templates whose description is damaged."""
    return [path.stem for path in _described() if _read(path) is None]


def _described() -> list[Path]:
    try:
        place = folder()
    except UserError:
        return []  # who has no folder has no templates
    return sorted(place.glob("*.toml")) if place.is_dir() else []


def template(name: str) -> Template:
    """Return a template by its name.

    Raises:
        UserError: its description is damaged, or there is none of that name; the sentence lists those
            there are.
    """
    if name in damaged():
        raise UserError(
            f"{folder() / name}.toml：模板说明已损坏，请删除这个文件，",
            by_command="再用 adopt 重新收一次。",
            by_hand="再在“表样”页重新收一次。",
        )
    there = templates()
    for one in there:
        if one.name == name and one.path.is_file():
            return one
    if not there:
        raise UserError(
            f"没有名为“{name}”的模板，现在一个也没有，",
            by_command="请先用 adopt 收一张表。",
            by_hand="请先在“表样”页收一张表。",
        )
    raise UserError(f"没有名为“{name}”的模板，现有：{'、'.join(one.name for one in there)}。")


def content_of(one: Template) -> bytes:
    """Return the workbook of a template: the one that its description is about.

    Whoever is stopped between storing a new workbook and its description has the old description, and the
    workbook that belongs to it as a backup.

    Raises:
        UserError: the workbook cannot be read, or was changed since.
    """
    data = read_file(one.path)
    if not one.digest or _digest(data) == one.digest:
        return data
    for backup in sorted(folder().glob(f"{glob.escape(one.name)}.备份-*{one.suffix}"), reverse=True):
        if _digest(older := read_file(backup)) == one.digest:
            return older
    raise UserError(
        f"{one.path.name}：模板的工作簿在收表之后改过，与收表时的答复可能不符，",
        by_command=f"请用 adopt 文件 --name {one.name} --overwrite 重新收一次。",
        by_hand="请在“表样”页重新收一次。",
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def fitting(grids: Iterable[Grid]) -> Template | None:
    """Return the template that one of the sheets was made from, None for none."""
    there = templates()
    if not there:
        return None
    return next((one for grid in grids for one in there if one.fits(grid)), None)


def keep(one: Template, data: bytes, *, overwrite: bool) -> None:
    """Store a template.

    Raises:
        UserError: the name cannot be a file's, is taken, or the folder cannot be written.
    """
    if not _NAME.fullmatch(one.name) or why_no_name(one.name):
        raise UserError(f"模板名称“{one.name}”不能用作文件名，请用汉字、字母、数字，不超过 60 个字。")
    described = folder() / f"{one.name}.toml"
    if described.exists() and not overwrite:
        raise UserError(
            f"已有名为“{one.name}”的模板，请换一个名称",
            by_command="；确要替换请加 --overwrite（会先备份）。",
            by_hand="。",
        )
    try:
        folder().mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError(
            f"{folder()}：无法建立模板文件夹，请检查权限",
            by_command=f"，或用环境变量 {FOLDER} 另指一处。",
            by_hand="。",
        ) from None
    write_atomic(one.path, data)
    write_atomic(described, _written(replace(one, digest=_digest(data))).encode(), backup=False)


def rename(one: Template, name: str) -> Template:
    """Give a template another name, and return it.

    Raises:
        UserError: the name cannot be a file's, or is taken; or the template cannot be read or written.
    """
    renamed = replace(one, name=name)
    keep(renamed, content_of(one), overwrite=False)
    discard(one)
    return renamed


def discard(one: Template) -> Path:
    """Take a template off the shelf; its files stay there under names that no template has.

    Return where its workbook is kept.

    Raises:
        UserError: the folder cannot be written.
    """
    stamp = f"备份-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}"
    described = folder() / f"{one.name}.toml"
    kept = one.path.with_name(f"{one.name}.{stamp}{one.suffix}")
    with as_user_error(described):
        described.rename(described.with_name(f"{described.name}.{stamp}"))
        one.path.rename(kept)
    return kept


def _written(one: Template) -> str:
    lines = [
        "# 收表样时写入；labels 是各列的答复：含义 = 表头。",
        *(
            f"{key} = {_quoted(getattr(one, key))}"
            for key in ("name", "rules", "sheet", "title", "suffix", "digest")
        ),
        f"head = [{', '.join(f'[{column}, {_quoted(label)}]' for column, label in one.head)}]",
        "",
        "[labels]",
        *(f"{role} = [{', '.join(map(_quoted, heads))}]" for role, heads in one.labels.items()),
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A JSON string is a TOML string, but for a control character that no label has.
    return json.dumps(text.replace("\x7f", ""), ensure_ascii=False)


def _read(path: Path) -> Template | None:
    """Read a description; None where it is damaged."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        labels = cast("dict[str, list[str]]", table.get("labels", {}))
        head = cast("list[Any]", table.get("head", []))
        return Template(
            path.stem,
            str(table["rules"]),
            str(table.get("sheet", "")),
            str(table.get("title", "")),
            str(table.get("suffix", ".xlsx")),
            {role: tuple(map(str, heads)) for role, heads in labels.items()},
            tuple((int(column), str(label)) for column, label in head),
            str(table.get("digest", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
