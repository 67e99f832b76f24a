"""Who gets which workbook (收件单位): the rows of the list, held against the places of each template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.jobs.sending.list_columns import Given, Target, target_of, value_of
from perf_excel.jobs.sending.named_templates import Opened
from perf_excel.jobs.sending.own_values import Recipient
from perf_excel.jobs.sending.unit_list import ListColumn, UnitList, UnitRow, is_contact
from perf_excel.sheets.grid import EMPTY
from perf_excel.sheets.shown_text import printed
from perf_excel.sheets.writing.skipping import head_spot, other_unit

_MOST_NAMED = 10
OnePer = Literal["unit", "row"]


@dataclass(frozen=True)
class Mailing:
    """What a template is sent with: where its columns go, and to whom."""

    template: Opened
    targets: Mapping[int, Target]
    recipients: tuple[Recipient, ...]
    notes: tuple[str, ...] = field(default=())


def mailings(
    units: UnitList, templates: Sequence[Opened], one_per: OnePer | None = None, year: int | None = None
) -> list[Mailing]:
    """Return what each template is sent with.

    A form that names its project goes out once a row where the list has projects, any other once a unit; of a
    unit with several rows it takes the row without a project, else what all rows agree on.

    Args:
        units: the list.
        templates: the templates.
        one_per: one workbook a unit or a row, whatever the form.
        year: of rows that say none.

    Raises:
        UserError: the list is wrong; all that is wrong with it is named.
    """
    placed = {one.name: dict(_targets(units, one)) for one in templates}
    faults = [
        *_unknown(units, templates, placed), *_calculated(units, templates, placed),
        *_other_years(units, templates, year),
    ]  # fmt: skip
    given = _given(units, placed, faults)
    units.refuse(tuple(faults))
    contacts = [one for one in units.columns if one.kind == "other" and is_contact(one.head)]
    found: list[Mailing] = []
    for one in templates:
        by_row = one_per == "row" or (one_per is None and units.has("project") and _has_project(one))
        rows = _by_row(units, one, only_projects=one_per is None) if by_row else _by_unit(units)
        work = _Recipients(placed[one.name], given, year, contacts)
        money = _Money(units, placed[one.name])
        recipients = tuple(work.of(group) for group in rows)
        notes = *_unplaced(units, one), *work.notes(one.name), *money.notes(one.name, recipients)
        found.append(Mailing(one, placed[one.name], recipients, notes))
    return found


def _has_project(template: Opened) -> bool:
    return head_spot(template.found.reading, "project") is not None


def _targets(units: UnitList, template: Opened) -> Iterator[tuple[int, Target]]:
    reading = template.found.reading
    head = {head_spot(reading, name) for name in ("unit", "unit_code", "project", "year")}
    for column in units.columns:
        if column.kind in ("other", "superior"):
            target = target_of(reading, column.head, units.per_wan)
            if target is not None and target.spot not in head:
                yield column.number, target


def _unknown(
    units: UnitList, templates: Sequence[Opened], placed: Mapping[str, Mapping[int, Target]]
) -> Iterator[str]:
    for column in units.columns:
        if (
            column.kind == "other"
            and not is_contact(column.head)
            and not any(column.number in targets for targets in placed.values())
        ):
            names = "、".join(f"“{one.name}”" for one in templates)
            yield f"表头：{column.where}在表样{names}里没有位置，请改成表上的叫法，或删去这一列"


def _calculated(
    units: UnitList, templates: Sequence[Opened], placed: Mapping[str, Mapping[int, Target]]
) -> Iterator[str]:
    for one in templates:
        reading = one.found.reading
        taken: dict[Spot, ListColumn] = {}
        for column in units.columns:
            target = placed[one.name].get(column.number)
            if target is None:
                continue
            if reading.grid.cells.get(reading.places[target.spot], EMPTY).formula is not None:
                yield (
                    f"表头：{column.where}在表样“{one.name}”里由公式算出，不能预填；"
                    "合计请按资金来源分列，如“财政拨款：年初预算数”"
                )
            if target.spot in taken:
                other = taken[target.spot].where
                yield f"表头：{column.where}与{other}是表样“{one.name}”的同一格，请只留一列"
            taken.setdefault(target.spot, column)


def _other_years(units: UnitList, templates: Sequence[Opened], year: int | None) -> Iterator[str]:
    years = {row.year or year for row in units.rows} - {None}
    for one in templates:
        said = one.found.reading.form.year
        others = sorted(other for other in years if other and other != said)
        if said and others and head_spot(one.found.reading, "year") is None:
            yield (
                f"年度：表样“{one.name}”写着 {said} 年，名单里有 {others[0]} 年，"
                "而表上没有可以改写年度的格，请先改表样"
            )


def _given(
    units: UnitList, placed: Mapping[str, Mapping[int, Target]], faults: list[str]
) -> dict[tuple[int, Target], Given]:
    """Read the cells of the list as what they are on the forms; name those that are not."""
    found: dict[tuple[int, Target], Given] = {}
    for row in units.rows:
        wrong: set[int] = set()
        for targets in placed.values():
            for number, target in targets.items():
                cell = row.cells.get(number)
                if cell is None or (row.number, target) in found:
                    continue
                try:
                    found[row.number, target] = value_of(cell, target)
                except ValueError as error:
                    if number not in wrong:
                        wrong.add(number)
                        column = next(one for one in units.columns if one.number == number)
                        faults.append(f"第 {row.number} 行：{column.where}{error}")
    return found


def _by_row(units: UnitList, template: Opened, *, only_projects: bool) -> list[list[UnitRow]]:
    return [[row] for row in units.rows if row.project or not (only_projects and _has_project(template))]


def _by_unit(units: UnitList) -> list[list[UnitRow]]:
    groups: dict[tuple[str, str, int | None], list[UnitRow]] = {}
    for row in units.rows:
        groups.setdefault((plain(row.unit), plain(row.code), row.year), []).append(row)
    # The row without a project speaks for the unit.
    return [[row for row in rows if not row.project] or rows for rows in groups.values()]


def _unplaced(units: UnitList, template: Opened) -> Iterator[str]:
    """Say what of the list a form has no place for, and only its identity says."""
    names = {"unit": "单位名称", "unit_code": "单位编码", "project": "项目名称", "year": "年度"}
    kinds = {"unit": "unit", "unit_code": "code", "project": "project", "year": "year"}
    for name, called in names.items():
        if units.has(kinds[name]) and head_spot(template.found.reading, name) is None:
            yield f"表样“{template.name}”里没有“{called}”的位置，只写在工作簿的标识里"
    others = (other_unit(template.found.reading, row.unit) for row in units.rows)
    if other := next(filter(None, others), ""):
        yield f"表样“{template.name}”里没有改：{other}"


class _Money:
    """The columns of amounts of a list that a template has a place for."""

    def __init__(self, units: UnitList, targets: Mapping[int, Target]) -> None:
        self._all = [number for number, target in targets.items() if target.kind == "amount"]
        self._of_total = {
            column.number: column.head
            for column in units.columns
            if column.number in self._all and targets[column.number].spot.row == 0
        }

    def notes(self, template: str, recipients: Sequence[Recipient]) -> Iterator[str]:
        """Name who gets a form without amounts: with none at all, or not all that the list has of the total.

        Of single sources of money a blank says that there is none.
        """
        blank = [(one, lacking) for one in recipients if (lacking := self._lacking(one))]
        if blank:
            named = "、".join(_called(one, lacking) for one, lacking in blank[:_MOST_NAMED])
            more = f"等 {len(blank)} 份" if len(blank) > _MOST_NAMED else ""
            yield f"表样“{template}”有 {len(blank)} 份没有预填金额（名单里空着，或各行不同）：{named}{more}"

    def _lacking(self, recipient: Recipient) -> list[str]:
        if self._all and not any(number in recipient.given for number in self._all):
            return ["全部金额"]
        return [head for number, head in self._of_total.items() if number not in recipient.given]


def _called(one: Recipient, lacking: Sequence[str]) -> str:
    project = f"“{one.project}”" if one.project else ""
    return f"{one.unit}{project}（{'、'.join(lacking)}）"


class _Recipients:
    """Recipients put together from rows."""

    def __init__(
        self,
        targets: Mapping[int, Target],
        given: Mapping[tuple[int, Target], Given],
        year: int | None,
        contacts: Sequence[ListColumn],
    ) -> None:
        self._targets, self._given, self._year, self._contacts = targets, given, year, contacts
        self._differing = 0

    def of(self, rows: list[UnitRow]) -> Recipient:
        """Return who gets the workbook of some rows, and what all of them agree on."""
        first = rows[0]
        own: dict[int, Given] = {}
        differs = False
        for number, target in self._targets.items():
            said = {self._given[row.number, target] for row in rows if (row.number, target) in self._given}
            if len(said) == 1 and all((row.number, target) in self._given for row in rows):
                own[number] = said.pop()
            elif said:
                differs = True
        self._differing += differs
        project = first.project if len({row.project for row in rows}) == 1 else ""
        asked = tuple(
            (column.head, printed(cell).strip())
            for column in self._contacts
            if (cell := first.cells.get(column.number)) is not None
        )
        return Recipient(
            first.unit, first.code, first.year or self._year, project, first.superior, own, asked
        )

    def notes(self, template: str) -> Iterator[str]:
        """Say of how many units the rows do not agree."""
        if self._differing:
            yield f"表样“{template}”：{self._differing} 家单位的各行数值不同，一家一份的表没有预填这些数值"
