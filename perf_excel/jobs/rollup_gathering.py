"""Where the units' forms lie that are rolled up (报送的文件): folders, archives, files; the rest is named."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from perf_excel.errors import UserError
from perf_excel.jobs.collecting.archive import BROKEN, is_archive, is_archive_name
from perf_excel.jobs.collecting.gathering import Item, LeftOut, gather

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
_TRIED = (*SUFFIXES, ".xltx", ".xltm", ".xlsb", ".ett", ".rar", ".7z")
"""What may hold a unit's form: what cannot be read of these is a file that did not count."""
_BACKUP = ".备份-"
_NAMED = 8


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that may hold a unit's form; ``data`` are the bytes of one in an archive."""

    file: Path
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A file that does not count, and why, in a sentence that names it."""

    file: Path
    why: str


@dataclass(frozen=True)
class Gathered:
    """What is to be read, what could not be got at, and what else is to be said of the folders."""

    files: tuple[Sent, ...]
    left_out: tuple[NotCounted, ...] = ()
    notes: tuple[str, ...] = ()


def files_in(paths: Iterable[Path], *without: Path) -> Gathered:
    """Return the workbooks that paths mean, those in folders and archives at any depth, each once.

    Args:
        paths: files, which are taken whatever their names are, folders, archives, and files in archives
            (邮件.zip/甲局.xlsx).
        without: what is no unit's: the department's own form, the target.

    Raises:
        UserError: there is none.
    """
    given = list(paths)
    search = _Search({os.path.realpath(path) for path in without})
    inside: dict[Path, set[Path]] = {}
    for path in given:
        if path.is_dir() or _is_archive(path):
            search.within(path)
        elif not path.exists() and (archive := next(filter(_is_archive, path.parents), None)):
            inside.setdefault(archive, set()).add(path)
        else:
            search.take(path)
    for archive, wanted in inside.items():
        search.within(archive, wanted)
    if not search.found and not search.left_out:
        names = "、".join(str(path) for path in given)
        raise UserError(f"{names}：文件夹里没有工作簿（{'、'.join(SUFFIXES)}），请确认各单位的表放在哪里。")
    return Gathered(tuple(search.found.values()), tuple(search.left_out), _said(search.others))


def _is_archive(path: Path) -> bool:
    return is_archive_name(path.name) and path.is_file() and is_archive(path)


class _Search:
    """What was met so far, each file once."""

    def __init__(self, own: set[str]) -> None:
        self._own = own
        self.found: dict[str, Sent] = {}
        self.left_out: list[NotCounted] = []
        self.others: list[str] = []

    def take(self, path: Path) -> None:
        if (real := os.path.realpath(path)) not in self._own:
            self.found.setdefault(real, Sent(path))

    def within(self, source: Path, wanted: set[Path] | None = None) -> None:
        """Take what is in a folder or an archive; only what is wanted, if that is said."""
        missing = set(wanted or ())
        for one in gather([source], self._passed_over):
            # What a file in it is called: the way to it, through archives as through folders.
            named = (source if source.is_dir() else source.parent) / one.name
            if wanted is not None and named not in wanted:
                continue
            missing.discard(named)
            if isinstance(one, LeftOut):
                if one.spoiled:
                    self.left_out.append(NotCounted(named, f"{one.name}：{one.reason}，没有汇总。"))
            elif not one.name.lower().endswith(_TRIED):
                self.others.append(one.name)
            elif one.packed:
                self._unpack(named, one)
            else:
                self.take(one.path)
        for named in sorted(missing):
            why = f"{named.name}：压缩包 {source.name} 里没有这个文件，没有汇总，请重新收表。"
            self.left_out.append(NotCounted(named, why))

    def _passed_over(self, path: Path) -> str:
        return "不是单位报送的" if os.path.realpath(path) in self._own or _BACKUP in path.name else ""

    def _unpack(self, named: Path, item: Item) -> None:
        try:
            self.found.setdefault(str(named), Sent(named, item.read()))
        except Exception:  # noqa: BLE001  (a damaged archive fails in many ways, and never stops the rest)
            self.left_out.append(NotCounted(named, f"{item.name}：{BROKEN}，没有汇总。"))


def _said(others: list[str]) -> tuple[str, ...]:
    if not others:
        return ()
    more = f"等 {len(others)} 个" if len(others) > _NAMED else ""
    named = "、".join(others[:_NAMED])
    return (f"文件夹里不是工作簿的文件没有看：{named}{more}；其中有单位报送的表的，请另存为 .xlsx 再汇总",)
