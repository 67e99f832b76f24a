"""What is shown of a comparison (核对的结果): a row for each figure of a report that does not agree."""

from __future__ import annotations

from perf_excel.faces.window.result_table import Row
from perf_excel.faces.window.tables import Column
from perf_excel.jobs.compare import Compared
from perf_excel.rules.rulesets.severities import SEVERITY_NAMES
from perf_excel.words.phrasing import message, quoted

FINDINGS = (
    Column("级别", 60), Column("位置", 110), Column("报告里的话", 230), Column("报告写的", 80),
    Column("应为", 80), Column("表上位置", 150), Column("说明", 320),
)  # fmt: skip
_UNMATCHED = "未能对应"


def compared_rows(done: Compared, *, unmatched: bool) -> list[Row]:
    """Return a row for each finding, then for each figure that nothing was found for, if asked."""
    names: dict[str, str] = dict(SEVERITY_NAMES)
    rows = [
        Row(
            (
                names.get(claim.severity, claim.severity),
                claim.saying.sentence.place,
                quoted(claim),
                claim.saying.figure.text,
                claim.expected,
                f"{claim.sheet}!{claim.cell}" if claim.cell else "",
                message(claim),
            ),
            claim.severity,
            detail=message(claim),
        )
        for claim in done.outcome.findings
    ]
    if unmatched:
        rows += [
            Row((_UNMATCHED, one.sentence.place, one.text, one.figure.text, "", "", "请人工核对"), "info")
            for one in done.outcome.unmatched
        ]
    return rows


def compared_words(done: Compared) -> str:
    """Say against what a report was held, and how many of its figures do not agree."""
    outcome = done.outcome
    against = f"对照 {'、'.join(done.forms)}" if done.forms else "没有选自评表，只核对报告自身"
    notes = "".join(f"请注意：{note}。" for note in done.manuscript.notes)
    return (
        f"核对 {outcome.facts} 处，对不上 {outcome.wrong} 处，未能对应 {len(outcome.unmatched)} 处。"
        f"{against}。{notes}"
    )
