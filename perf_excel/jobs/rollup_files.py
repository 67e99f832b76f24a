"""The forms that units returned (单位报送的表): found in files and folders, each the one that is meant."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.forms.indicator_pairing import name_of, pair
from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.jobs.examination.examining import Found, find_all
from perf_excel.jobs.working.in_order import in_order
from perf_excel.jobs.working.workers import usual
from perf_excel.rules.consolidating.contributions import Part
from perf_excel.sheets.grid import address

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
_BACKUP = ".备份-"
_WORTH = 80
"""From so many files on, starting processes costs less than it saves."""
Progress = Callable[[int, int], None]
"""Told after each file how many are done, and of how many."""


@dataclass(frozen=True)
class Returned:
    """A unit's form, the file it came in, and where its values stand there: sheet and cell."""

    file: Path
    part: Part
    places: dict[Spot, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that does not count, and why, in a sentence that names it."""

    file: Path
    why: str


@dataclass(frozen=True)
class Collected:
    """All that was returned: the forms that count, the files that do not, and what else is to be said."""

    forms: tuple[Returned, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]


def files_in(paths: Iterable[Path], *without: Path) -> list[Path]:
    """Return the workbooks that paths mean, those in folders at any depth, each once and in order.

    Args:
        paths: files, which are taken whatever their names are, and folders.
        without: what is no unit's: the department's own form, the target.

    Raises:
        UserError: there is none.
    """
    given = list(paths)
    own = {os.path.realpath(path) for path in without}
    found: dict[str, Path] = {}
    for path in given:
        some = sorted(_in_folder(path)) if path.is_dir() else [path]
        for one in some:
            if (real := os.path.realpath(one)) not in own:
                found.setdefault(real, one)
    if not found:
        names = "、".join(str(path) for path in given)
        raise UserError(f"{names}：文件夹里没有工作簿（{'、'.join(SUFFIXES)}），请确认各单位的表放在哪里。")
    return list(found.values())


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        wanted = path.suffix.lower() in SUFFIXES and not hidden and _BACKUP not in path.name
        if wanted and path.is_file():
            yield path


def collected(
    files: Sequence[Path],
    into: Form,
    rules: str | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
) -> Collected:
    """Read what units returned. A file that cannot be used is left out and named, and never stops the rest.

    Args:
        files: workbooks.
        into: the department's form: of a file with several forms those like it are meant.
        rules: name of a rule set by whose labels to read; None lets each file decide.
        progress: is told after each file.
        jobs: how many processes read; None for as many as are worth it.

    Raises:
        UserError: a unit returned two different forms, or no file can be used.
    """
    known: dict[_Key, Returned] = {}
    forms: list[Returned] = []
    left_out: list[LeftOut] = []
    notes: list[str] = []
    workers = usual(jobs, len(files), _WORTH)
    read = in_order(files, workers, partial(_read, into=into, rules=rules), _lost)
    for number, (file, found) in enumerate(zip(files, read, strict=True), 1):
        notes += found.others
        if found.why:
            left_out.append(LeftOut(file, found.why))
        for one in found.meant:
            if (why := _why_not(one, into, known, forms)) is not None:
                left_out.append(LeftOut(file, why))
                continue
            if into.unit and name_of(one.part.form.unit) == name_of(into.unit):
                notes.append(f"{file.name}：单位名称与部门表相同，已作为一个单位汇总；如是部门表的副本请拿开")
            for key in _keys(one):
                known.setdefault(key, one)
            forms.append(one)
        if progress:
            progress(number, len(files))
    if not forms:
        first = f"（{left_out[0].why}）" if left_out else ""
        raise UserError(f"没有一份能汇总的表{first}")
    return Collected(tuple(forms), tuple(left_out), tuple(notes))


class _Read(NamedTuple):
    """What was found in a file: its forms that are meant, what else is in it; or why it cannot be used."""

    meant: list[Returned]
    others: list[str]
    why: str = ""


def _read(file: Path, into: Form, rules: str | None) -> _Read:
    """Read a file, in whatever process."""
    try:
        return _Read(*_meant(file, into, rules))
    except UserError as error:
        return _Read([], [], error.in_window)
    except Exception as error:  # noqa: BLE001  (one bad file never stops the rest; the reason says what it was)
        why = f"读取时程序内部出错（{type(error).__name__}），没有汇总，请把文件发给维护者。"
        return _Read([], [], f"{file.name}：{why}")


def _lost(file: Path) -> _Read:
    return _Read([], [], f"{file.name}：读这个文件时工作进程两次意外结束（可能是内存不足），没有汇总。")


def _meant(file: Path, into: Form, rules: str | None) -> tuple[list[Returned], list[str]]:
    """The forms of a file that are like the department's, and which others it holds."""
    found = find_all(open_book(file), rules)
    alike = [len(pair(one.reading.form.indicators, into.indicators).same) for one in found]
    best = found[alike.index(max(alike))].reading.form
    if not max(alike):
        raise UserError(f"{file.name}：没有一个指标与部门表同名，不像是这张表的下级表，没有汇总，请核对。")
    same = [
        fits and name_of(one.reading.form.form) == name_of(best.form)
        for one, fits in zip(found, alike, strict=True)
    ]
    others = "、".join(
        f"第 {one.table} 张“{one.reading.form.form or '绩效表'}”"
        for one, fits in zip(found, same, strict=True)
        if not fits
    )
    lost = [f"{file.name}：另有{others}，与部门表不是同一种表，没有汇总"] if others else []
    return [_returned(file, one) for one, fits in zip(found, same, strict=True) if fits], lost


def _returned(file: Path, found: Found) -> Returned:
    form, reading = found.reading.form, found.reading
    places: dict[Spot, tuple[str, str]] = {}
    for spot, place in reading.places.items():
        if spot.part == "funding" or (spot.part == "indicator" and spot.field == "actual"):
            sheet, row, column = reading.locate(place)
            places[spot] = sheet, address(row, column)
    unit = form.unit or file.stem
    name = f"{unit}·{form.project}" if form.project and found.tables > 1 else unit
    return Returned(file, Part(name, form), places)


_Key = tuple[str, str, str]


def _keys(one: Returned) -> Iterator[_Key]:
    """Yield by what a unit's form is known again: its code, its name."""
    form = one.part.form
    for field, said in (("unit_code", form.unit_code), ("unit", form.unit)):
        if said:
            yield field, name_of(said), name_of(form.project)


def _before(one: Returned, known: Mapping[_Key, Returned]) -> Returned | None:
    """Return the form that the same unit sent before: two units of one name have codes to tell them apart."""
    code = name_of(one.part.form.unit_code)
    for key in _keys(one):
        before = known.get(key)
        theirs = before and name_of(before.part.form.unit_code)
        if before and (code == theirs or not (code and theirs)):
            return before
    return None


def _why_not(
    one: Returned, into: Form, known: Mapping[_Key, Returned], forms: Sequence[Returned]
) -> str | None:
    """Say why a form does not count, if it does not.

    Raises:
        UserError: another form of the same unit is there, and it is different.
    """
    form, name = one.part.form, one.file.name
    if into.year and form.year and into.year != form.year:
        return f"{name}：是 {form.year} 年的表，部门表是 {into.year} 年的，没有汇总。"
    before = _before(one, known)
    if before is None:
        same = (other for other in forms if not other.part.form.unit and other.part.form == form)
        before = None if form.unit else next(same, None)
    if before is None:
        return None
    if before.part.form == form:
        return f"{name}：与 {before.file.name} 完全相同，只汇总一份。"
    said = f"{name}：与 {before.file.name} 都是“{one.part.name}”的表而内容不同，请只留下有效的一份后重试"
    raise UserError(said, by_command="（可用 diff 看有什么不同）。", by_hand="。")
