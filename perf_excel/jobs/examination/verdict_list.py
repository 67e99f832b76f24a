"""The list of findings (校验结果) put into the workbook that was checked, with what the clerk marked kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from perf_excel.books.listsheet import Choice, Colours, Table, sheet_of
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.model import Waiver
from perf_excel.forms.text import plain
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.marking import Marked, marked
from perf_excel.jobs.examination.whereabouts import cells_of, place_of
from perf_excel.rules.findings import Finding
from perf_excel.rules.rulesets.severities import SEVERITY_NAMES
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.waiving import Key, key_of
from perf_excel.sheets.verdicts import COLUMNS, SHEET, WAIVE, Verdict

_WIDTHS = {
    "序号": 5.0, "级别": 6.0, "单元格": 8.0, "指标或位置": 17.0, "问题": 46.0, "处理": 7.0, "理由": 22.0,
    "应为": 10.0, "现为": 10.0, "状态": 12.0, "检查项": 7.0, "工作表": 10.0,
}  # fmt: skip
"""The columns from left to right: together as wide as a small screen (1366 pixels), 处理 and 理由 before what
is only to be looked up."""
HEADS = tuple(_WIDTHS)
_COLOURS = {"错误": ("9C0006", "FFC7CE"), "提醒": ("7F4F00", "FFEB9C"), "提示": ("1F4E79", "DDEBF7")}
WAIVED = "已忽略，不计入"
UNSELECTED = f"写了理由但没有选“{WAIVE}”，仍计入"
_HOW = (
    f"点单元格可跳到该处。不改的，在“处理”栏选“{WAIVE}”并写明理由，再次校验即不计入；"
    "问题的数字变了，忽略自动失效。"
)
UNASKED = "本次没有检查这一项，忽略保留"


def with_list(forms: Sequence[Examined], today: date, workbook: Workbook | None = None) -> bytes:
    """Return a checked workbook with its list of findings: new, or in place of the one it has.

    Rows of the workbook's other forms stay as they are; a waiver whose finding is no more is left out.

    Args:
        forms: the workbook's forms that were checked, at least one.
        today: the date to write on the list.
        workbook: the workbook as it now stands, where it is no longer as it was opened (filled since).

    Raises:
        UserError: the workbook cannot be edited (.xls, .ods).
    """
    target = workbook or forms[0].found.book.editable()
    return target.worked_out().with_sheet(sheet_of(*list_of(forms, today)))


def list_of(forms: Sequence[Examined], today: date, more: Iterable[Verdict] = ()) -> tuple[str, Table]:
    """Return the list of findings of a workbook's forms, and the name of the sheet that it belongs on.

    Rows of the workbook's other forms stay as they are; a waiver whose finding is no more is left out.

    Args:
        forms: the workbook's forms that were checked, at least one.
        today: the date to write on the list.
        more: further rows, of what is no finding of a check.
    """
    book = forms[0].found.book
    lists = [marked(book, one.found.reading, shared=one.found.shared) for one in forms]
    rows = [row for one, before in zip(forms, lists, strict=True) for row in verdicts(one, before)]
    # What is another form's for each of those checked is a form's that was not.
    rows += (row for row in lists[0].others if all(row in before.others for before in lists))
    return lists[0].sheet, table_of([*rows, *more], (_about(forms, today), _HOW))


def verdicts(form: Examined, before: Marked) -> list[Verdict]:
    """Return the rows of a form's list; ``before`` is what the clerk marked in the last one."""
    sheet = form.found.reading.sheets[0]
    old = defaultdict[Key, list[Verdict]](list)
    # A form made from data has waivers, and no list yet.
    about = {(one.check, plain(one.label)): one.reason for one in form.form.waivers}
    for row in before.own:
        old[_key(row)].append(row)
        if row.reason:
            about[row.check, plain(row.label)] = row.reason
    rows: list[Verdict] = []
    for finding in form.findings:
        same = old.get(key_of(finding))
        row = _verdict(form, finding)
        if same:
            row = row._replace(action=same[0].action, reason=same.pop(0).reason)
        elif finding.note and (reason := about.get((finding.check, plain(finding.label)))):
            # What was waived has changed: the reason stays to be confirmed, the waiver does not.
            row = row._replace(reason=reason)
        if finding.waived is not None:
            row = row._replace(action=WAIVE, reason=finding.waived)
        rows.append(row._replace(state=_state(finding, row)))
    # A clerk goes through the form from top to bottom, not through the checks.
    places = [form.found.reading.place(finding.spot) for finding in form.findings]
    ordered = [row for _, row in sorted(zip(places, rows, strict=True), key=lambda pair: pair[0])]
    kept = (_carried(waiver, sheet) for waiver in form.unasked)
    return [*ordered, *kept]


def _key(row: Verdict) -> Key:
    return row.check, plain(row.label), plain(row.message)


def _verdict(form: Examined, finding: Finding) -> Verdict:
    return Verdict(
        check=finding.check,
        level=SEVERITY_NAMES[finding.severity],
        **place_of(form, finding.spot),
        label=finding.label,
        message=finding.message,
        expected=_text(finding.expected) if not finding.also else cells_of(form, finding),
        printed=_text(finding.printed),
    )


def _state(finding: Finding, row: Verdict) -> str:
    if finding.waived is not None:
        return WAIVED
    return finding.note or (UNSELECTED if row.reason and not row.waives else "")


def _carried(waiver: Waiver, sheet: str) -> Verdict:
    return Verdict(
        waiver.check, sheet=sheet, label=waiver.label, message=waiver.message,
        action=WAIVE, reason=waiver.reason, state=UNASKED,
    )  # fmt: skip


def table_of(rows: Sequence[Verdict], lines: tuple[str, str]) -> Table:
    """Return the list as a table: every row leads to its cell."""
    return Table(
        SHEET,
        lines,
        HEADS,
        tuple(_WIDTHS.values()),
        [_texts(number, row) for number, row in enumerate(rows, 1)],
        HEADS.index("单元格") + 1,
        [(row.sheet, row.cell) if row.sheet and row.cell else None for row in rows],
        Choice(HEADS.index("处理") + 1, WAIVE, f"不改的选“{WAIVE}”，并在右边写明理由；要改的留空。"),
        colours(HEADS.index("级别") + 1),
    )


def colours(column: int) -> Colours:
    """Return how a column of severities is coloured."""
    return Colours(column, _COLOURS)


def _texts(number: int, row: Verdict) -> list[str]:
    texts = {"序号": str(number), **dict(zip(COLUMNS, row, strict=True))}
    return [texts[head] for head in HEADS]


def _about(forms: Sequence[Examined], today: date) -> str:
    found, findings = forms[0].found, [finding for one in forms for finding in one.findings]
    unit = f"{found.reading.form.unit}，" if found.reading.form.unit else ""
    rules = "、".join(dict.fromkeys(rules_of(one) for one in forms))
    return f"{unit}{found.book.name}；规则集：{rules}；校验日期：{today.isoformat()}；{counted(findings)}。"


def counted(findings: Sequence[Finding]) -> str:
    """Say how many findings there are of each severity, and how many are waived."""
    waived = sum(finding.waived is not None for finding in findings)
    counts = "、".join(
        f"{name} {count} 项"
        for severity, name in SEVERITY_NAMES.items()
        if (count := sum(one.severity == severity and one.waived is None for one in findings))
    )
    return f"{counts or '没有需要处理的问题'}{f'，已忽略 {waived} 项' if waived else ''}"


def rules_of(form: Examined) -> str:
    """Say by which rule set a form was checked."""
    rules = form.found.rules
    return f"{rules.id}（{rules.name}，版本 {rules.version}）"


def _text(value: str | Decimal | None) -> str:
    return shown(value) if isinstance(value, Decimal) else value or ""
