"""What is known of each returned form while all are judged (回收条目): a line each, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from sys import intern
from typing import Literal, NamedTuple

from perf_excel.books.summary.records import FileRecord
from perf_excel.forms.text import plain
from perf_excel.forms.unit_names import key_of

Status = Literal[
    "ok",
    "duplicate-identical",
    "duplicate-different",
    "wrong-form",
    "wrong-year",
    "wrong-unit",
    "altered",
    "unreadable",
    "foreign",
]


STATUS_NAMES: dict[Status, str] = {
    "ok": "正常",
    "altered": "改动了不该改的",
    "duplicate-identical": "重复（内容相同）",
    "duplicate-different": "重复（内容不同）",
    "wrong-form": "不是要交的表",
    "wrong-year": "年度不对",
    "wrong-unit": "单位不对",
    "unreadable": "无法读取",
    "foreign": "不是绩效表",
}
"""What each is called, those that count first."""


SUPERSEDED = "以后者为准"
"""What is said of a return that does not count because another one of the same form does."""


SCORED = ("自评", "评价")
"""The purposes of forms that have a total."""
PURPOSES = {"自评": "自评", "评价": "评价", "监控": "监控", "目标": "目标申报"}


class Change(NamedTuple):
    """What a unit changed of a form (改动): where, before and after; ``allowed`` is what it may do."""

    kind: str
    cell: str
    """Where it stands now, with its sheet (自评表!H5); empty for what is gone."""
    was: str
    """Where it stood when it was sent."""
    what: str
    sent: str
    returned: str
    allowed: bool


_OF_SCORES = {
    "权重改动": "分值",
    "目标值改动": "指标值",
    "评分标准改动": "评分标准",
    "行增加": "指标的多少",
    "行删除": "指标的多少",
}
"""Changes after which points are no longer those of the form that was sent, and what was changed."""


@dataclass(slots=True)
class Entry:
    """One form of a returned file, or a file without one (``form`` is -1).

    ``number`` is its record's in the spool. ``status`` and what follows it is what judging finds; ``counts``
    says that it is the one by which its unit counts as having returned this form.
    """

    number: int
    form: int
    file: str
    modified: float
    path: str = ""
    packed: bool = False
    unit: str = ""
    code: str = ""
    year: int | None = None
    project: str = ""
    purpose: str = ""
    title: str = ""
    superior: str = ""
    """上级单位, as the list has it."""
    total: str = ""
    printed: str = ""
    complete: bool = False
    grade: str = ""
    errors: int = 0
    warnings: int = 0
    digest: str = ""
    status: Status = "ok"
    reason: str = ""
    note: str = ""
    """What is to be known of one that counts."""
    counts: bool = False
    changes: tuple[Change, ...] = ()
    meant: str = ""
    """The unit that it was sent to, whatever it says itself."""
    due: int = -1
    """Which form of the list it is, by its place there; -1 for none."""

    def judge(self, status: Status, reason: str) -> None:
        """Say what it is, and why."""
        self.status, self.reason = status, reason

    @property
    def unranked(self) -> str:
        """Why its total is not held against others, in words; nothing where it is."""
        if self.altered:
            return f"改动了{self.altered}，得分与别家不可比"
        if not self.total or self.purpose not in SCORED:
            return "没有得分"
        return "" if self.complete else "还有未计分的行"

    @property
    def altered(self) -> str:
        """What was changed that points hang on, and was not to be; nothing for nothing."""
        barred = (_OF_SCORES.get(change.kind) for change in self.changes if not change.allowed)
        return "、".join(dict.fromkeys(filter(None, barred)))

    @property
    def form_name(self) -> str:
        """What the form is called among others: what it is for, and whether it is a project's."""
        return f"{'项目' if self.project else '整体'}{PURPOSES.get(self.purpose, self.purpose)}"

    @property
    def key(self) -> tuple[str, str, str, int | None]:
        """What two returns of one form have in common: unit, what the form is for, project, year."""
        return key_of(self.unit), self.purpose, plain(self.project), self.year


def entries_of(number: int, record: FileRecord) -> list[Entry]:
    """Return the entries of a record: one for each form, or one for a file without any."""
    if record.kind != "forms":
        status: Status = "foreign" if record.kind == "foreign" else "unreadable"
        entry = Entry(number, -1, record.file, record.modified, record.path, record.packed)
        entry.judge(status, record.reason)
        return [entry]
    return [
        Entry(
            number,
            at,
            record.file,
            record.modified,
            record.path,
            record.packed,
            unit=form.unit,
            code=form.code,
            year=form.year,
            project=form.project,
            purpose=intern(form.purpose),
            title=intern(form.title),
            total=form.total,
            printed=form.printed,
            complete=form.complete,
            grade=intern(form.grade),
            errors=form.errors,
            warnings=form.warnings,
            digest=form.content,
        )
        for at, form in enumerate(record.forms)
    ]
