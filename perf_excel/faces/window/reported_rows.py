"""What is shown of a report (报告的结果): what is to be filled in, what changed, which errors there are."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.books.report.template_tags import Checked
from perf_excel.faces.window.result_table import Row
from perf_excel.faces.window.tables import Column
from perf_excel.jobs.examination.whereabouts import cells_of
from perf_excel.jobs.report import Material, Report
from perf_excel.jobs.report_refresh import Update

WRITTEN = (Column("事项", 110), Column("位置", 130), Column("内容", 560))
CHANGES = (
    Column("事项", 130), Column("名称", 300), Column("原来", 130), Column("现在", 130),
    Column("处数", 60),
)  # fmt: skip


def written_rows(report: Report) -> list[Row]:
    """Return what is to be done about a new report: marks to fill in, errors in the forms."""
    marks = dict.fromkeys(report.rendered.to_fill)
    return [
        *(Row(("表中错误", where, what), "error") for where, what in _errors(report.material)),
        *(Row(("待填", "文中标黄处", mark), "warning") for mark in marks),
    ]


def written_words(report: Report, borrowed: str) -> str:
    """Say what a report was made of, and how much is to be filled in.

    Args:
        report: the report.
        borrowed: whose outline it has, where the form's rule set has none of its own.
    """
    material = report.material
    form = material.main.form
    of = "，".join(filter(None, (form.unit, f"{form.year} 年度" if form.year else "", form.form)))
    others = len(material.forms) - 1
    more = f"，另 {others} 张作为项目写入" if others else ""
    marks = len(set(report.rendered.to_fill))
    todo = f"待填 {marks} 处（表上没有，文中标黄）。" if marks else ""
    errors = sum(1 for _ in _errors(material))
    wrong = f"表中还有 {errors} 项错误，报告照表上的数写成；改表后可用“更新报告里的数”。" if errors else ""
    outline = f"这张表的规则集没有自己的提纲，用的是“{borrowed}”的。" if borrowed else ""
    return f"报告写好了：{of}{more}。{outline}{todo}{wrong}"


def changed_rows(update: Update) -> list[Row]:
    """Return the figures of a report that changed, then those that need the clerk's eye."""
    done = update.refreshed
    left = (
        ("表上已没有，没有改", done.stale),
        ("已被删去，没有补", done.emptied),
        ("报告里没有", update.lacking),
    )
    return [
        *(Row(("已更新", one.label, one.old, one.new, str(one.places))) for one in done.changes),
        *(Row((what, name, "", "", ""), "warning") for what, names in left for name in names),
    ]


def changed_words(update: Update) -> str:
    """Say how many figures changed, and what is to be looked at."""
    done = update.refreshed
    pictures = f"得分率图更新 {done.pictures} 幅。" if done.pictures else ""
    look = len(done.stale) + len(done.emptied) + len(update.lacking)
    more = f"另有 {look} 处请核对，见下表。" if look else ""
    return f"更新 {len(done.changes)} 项，没有变的 {done.agreeing} 处；文字没有动。{pictures}{more}"


def template_rows(checked: Checked) -> list[Row]:
    """Return the faults of a template's tags."""
    return [Row(("标签有误", one.where, one.what), "error") for one in checked.troubles]


def _errors(material: Material) -> Iterator[tuple[str, str]]:
    for examined in material.forms:
        for finding in examined.counted:
            if finding.severity == "error":
                yield cells_of(examined, finding), f"{finding.label}：{finding.message}"
