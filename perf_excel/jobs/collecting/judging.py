"""Returns held against what was sent (核对): whose each is, whether it is the right one, who is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from perf_excel.books.summary.records import FormRecord
from perf_excel.books.summary.returned_forms import Change, Entry
from perf_excel.forms.text import plain
from perf_excel.forms.unit_names import NearNames, key_of
from perf_excel.jobs.collecting.altering import altered, is_another_form, kept
from perf_excel.jobs.collecting.duplicates import OnDuplicate, settle
from perf_excel.jobs.collecting.expecting import Due, Expected
from perf_excel.sheets.identity import FINGERPRINT, UNIT, UNIT_CODE, YEAR
from perf_excel.sheets.structure import Structure

_NAMED = 3
RETYPED = "没有下发时的标识，按表上的单位名称认出（可能是单位自己重新录入的）"
BLANK = "还没有填：没有一个指标有实际完成值或得分"


@dataclass
class Judged:
    """What came of all returns. ``units`` are those of the list, or without one those of the files."""

    entries: Sequence[Entry]
    units: list[str]
    missing: list[tuple[Due, str]]
    """Forms that are not there, each with what is known about it."""
    undecided: list[str] = field(default_factory=list[str])
    """Units that sent different forms back, of which none was to be taken (--on-duplicate error)."""
    hints: list[str] = field(default_factory=list[str])
    """Names that may be those of one unit: they were not taken for the same."""

    @property
    def missing_units(self) -> list[str]:
        """The units of which a form is missing, each once."""
        return list({key_of(due.unit): due.unit for due, _ in reversed(self.missing)}.values())[::-1]


FormOf = Callable[[Entry], FormRecord]


def look_at(entry: Entry, form: FormRecord, expected: Expected | None) -> None:
    """Judge a return by what it is, whatever else came: its status and reason are filled in.

    Args:
        entry: the return.
        form: its form.
        expected: what is to come back; None where there is no list.
    """
    if expected:
        _against_list(entry, expected, form)
    else:
        _by_itself(entry, form)
    if (
        form.purpose == "自评"
        and form.indicators
        and not any(one.actual or one.score for one in form.indicators)
    ):
        entry.note = "；".join(filter(None, (entry.note, BLANK)))


def judge(entries: Sequence[Entry], expected: Expected | None, choice: OnDuplicate, form: FormOf) -> Judged:
    """Judge the returns as a whole: which of several counts, who is missing.

    Args:
        entries: the returns, in order, each of which was looked at.
        expected: what is to come back; None where there is no list.
        choice: which of several returns of one form counts.
        form: gives the form of a return.
    """
    forms = [entry for entry in entries if entry.form >= 0]
    groups: dict[object, list[Entry]] = {}
    for entry in forms:
        if entry.status in ("ok", "altered"):
            groups.setdefault(entry.due if entry.due >= 0 else entry.key, []).append(entry)
    undecided: list[str] = []
    for group in groups.values():
        if len(group) == 1:
            group[0].counts = True
        elif not settle(group, choice, form):
            undecided.append(group[0].unit)
    if expected:
        found = Judged(entries, expected.units(), _missing(entries, expected), undecided)
        _name_near(forms, found)
        return found
    units = list({key_of(entry.unit): entry.unit for entry in reversed(forms) if entry.unit}.values())[::-1]
    return Judged(entries, units, [], undecided, _hints(units))


def _by_itself(entry: Entry, form: FormRecord) -> None:
    """Judge a return where there is no list: only by what it says of itself."""
    marked, year = form.marks.get(UNIT, ""), form.marks.get(YEAR, "")
    entry.unit = entry.unit or marked
    if not entry.unit:
        entry.judge("wrong-unit", _NAMELESS)
    elif marked and key_of(marked) != key_of(entry.unit):
        entry.judge("wrong-unit", f"文件是发给“{marked}”的，表上写的单位是“{entry.unit}”")
    elif year.isdigit() and entry.year is not None and int(year) != entry.year:
        entry.judge("wrong-year", f"文件下发时是 {year} 年度的，表上写的是 {entry.year} 年度")


_NAMELESS = "表上没有写单位名称，不知道是哪个单位的"


def _against_list(entry: Entry, expected: Expected, form: FormRecord) -> None:
    printed = expected.by_fingerprint(form.marks.get(FINGERPRINT, ""))
    marked = printed or _marked(form, expected)
    named = expected.by_name(entry.unit)
    meant = marked or named
    if not meant:
        entry.judge("wrong-unit", f"表上的单位“{entry.unit}”{_UNLISTED}" if entry.unit else _NAMELESS)
        return
    unit, said = expected.dues[meant[0]].unit, entry.unit
    entry.meant = unit
    if marked and said and key_of(said) != key_of(unit):
        entry.judge("wrong-unit", f"文件是发给“{unit}”的，表上写的单位是“{said}”")
        return
    entry.unit, entry.superior = unit, expected.dues[meant[0]].superior
    if not form.marks:
        entry.note = RETYPED
    # A unit may put another form that it was sent into the same workbook.
    _choose(entry, expected, list(dict.fromkeys([*meant, *expected.by_name(unit)])), form)


def _marked(form: FormRecord, expected: Expected) -> list[int]:
    """The forms of the unit that a workbook of another pack, or of an earlier year, was sent to."""
    return expected.by_name(form.marks.get(UNIT, "")) or expected.by_code(form.marks.get(UNIT_CODE, ""))


def _choose(entry: Entry, expected: Expected, meant: list[int], form: FormRecord) -> None:
    """Find the form of the list that a unit's return is, or say why it is none of them."""
    dues = [(at, expected.dues[at]) for at in meant]
    fitting = [(at, due) for at, due in dues if _same_project(entry, due)]
    right = [(at, due) for at, due in fitting if due.year in (None, entry.year) or entry.year is None]
    if fitting and not right:
        years = "、".join(dict.fromkeys(str(due.year) for _, due in fitting))
        entry.judge("wrong-year", f"表上是 {entry.year} 年度，应为 {years} 年度")
        return
    there: Structure | None = None
    for at, due in right:
        sent = expected.structure(due)
        if sent is not None:
            there = there or kept(form)
            if is_another_form(sent, there):
                continue
            entry.changes = altered(sent, there)
        entry.due = at
        barred = [change for change in entry.changes if not change.allowed]
        if barred:
            named = "；".join(_said(change) for change in barred[:_NAMED])
            rest = f"；等共 {len(barred)} 处" if len(barred) > _NAMED else ""
            entry.judge("altered", f"{named}{rest}")
        return
    wanted = "、".join(dict.fromkeys(_called(due) for _, due in dues[:_NAMED]))
    entry.judge("wrong-form", f"交来的是“{_title(entry)}”，应交“{wanted}”")


def _same_project(entry: Entry, due: Due) -> bool:
    """Whether a form may be one that is due by its project; one that names none may be any of the unit's."""
    return not (due.project and entry.project) or plain(due.project) == plain(entry.project)


def _said(change: Change) -> str:
    place = f"{change.cell}：" if change.cell else f"（下发时 {change.was}）：" if change.was else ""
    return f"{change.kind}，{place}{change.what}原为“{change.sent}”，现为“{change.returned}”"


_UNLISTED = "不在下发清单里"


def _name_near(forms: Iterable[Entry], found: Judged) -> None:
    """Name the units of the list that an unlisted name may mean, those that sent nothing first."""
    unlisted = [one for one in forms if one.status == "wrong-unit" and one.reason.endswith(_UNLISTED)]
    if not unlisted:
        return
    near = NearNames(found.units, (entry.unit for entry in unlisted))
    waiting = set(found.missing_units)
    for entry in unlisted:
        alike = sorted(near.of(entry.unit), key=lambda unit: unit not in waiting)[:_NAMED]
        if alike:
            entry.reason += f"；与“{'”、“'.join(alike)}”相近，是不是它，请核对"


def _title(entry: Entry) -> str:
    return f"{entry.title or entry.purpose}{f'（{entry.project}）' if entry.project else ''}"


def _called(due: Due) -> str:
    return (due.form or due.file or "下发的表") + (f"（{due.project}）" if due.project else "")


def _missing(entries: Iterable[Entry], expected: Expected) -> list[tuple[Due, str]]:
    """The forms of the list that no return counts for; with what came instead."""
    there = {entry.due for entry in entries if entry.due >= 0}
    instead: dict[str, list[str]] = {}
    for entry in entries:
        if entry.form >= 0 and entry.status in ("wrong-form", "wrong-year", "wrong-unit"):
            instead.setdefault(key_of(entry.meant or entry.unit), []).append(f"“{entry.file}”{entry.reason}")
    missing: list[tuple[Due, str]] = []
    for at, due in enumerate(expected.dues):
        if at not in there:
            came = instead.get(key_of(due.unit), [])
            missing.append((due, f"交来的不能用：{'；'.join(came[:_NAMED])}" if came else ""))
    return missing


def _hints(units: Sequence[str]) -> list[str]:
    near = NearNames(units)
    said: dict[frozenset[str], str] = {}
    for unit in units:
        for other in near.of(unit, replaced=False):
            said.setdefault(frozenset((unit, other)), f"“{unit}”与“{other}”相近，没有当作同一单位，请核对")
    return list(said.values())
