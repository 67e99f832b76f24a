"""How a form's score stands (得分情况), in a clerk's words: the points, and what is still missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from perf_excel.jobs.examination.examining import Examined
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.points import RowScore

_REASON = re.compile(r"^(.*?)(?:，无法计.*|；.*)?$", re.DOTALL)


def standing(examined: Examined) -> str:
    """Say what a form is worth by its rules, and what is missing until all of it is."""
    scores, form = examined.scores, examined.form
    whole = shown(examined.found.rules.total.points)
    if not scores.rows:
        return "这张表不计分。"
    if scores.total is None:
        return f"还没有能计分的行，缺：{missing_words(scores.each)}。"
    if not scores.complete:
        return (
            f"已能计分的合计 {shown(scores.total)} 分（满分 {whole} 分），"
            f"还缺：{missing_words(scores.each)}；补齐后评等级。"
        )
    grade = f"（{scores.grade}）" if scores.grade else ""
    typed = form.total
    differs = f"，表上填的是 {shown(typed)} 分" if typed is not None and typed != scores.total else ""
    return f"按规则得 {shown(scores.total)} 分{grade}，满分 {whole} 分{differs}。"


def missing_words(rows: Sequence[RowScore]) -> str:
    """Say why rows have no points, the most frequent reason first: 分值未填（10 行）、待评分（2 行）."""
    reasons = Counter(reason(row) for row in rows if row.points is None)
    return "、".join(f"{words}（{count} 行）" for words, count in reasons.most_common())


def reason(row: RowScore) -> str:
    """Say in short why a row has no points."""
    found = _REASON.match(row.why)
    return found[1] if found else row.why
