"""Prove (检验规则集): hold what a rule set computes against what published forms print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from perf_excel.errors import UserError
from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.jobs.examination.datafile import load_data
from perf_excel.jobs.examination.examining import examine
from perf_excel.jobs.examination.whereabouts import where
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.scoring.arithmetic import rounded, shown
from perf_excel.rules.scoring.form_score import Scores, grade_of, score
from perf_excel.rules.scoring.points import RowScore
from perf_excel.rules.scoring.printed import agrees

Place = Callable[[Spot], str]


class Answer(NamedTuple):
    """One printed result and the computed one; ``why`` is the arithmetic, empty where there is none."""

    what: str
    place: str
    label: str
    printed: str
    computed: str
    why: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """How far a rule set gives what one form prints.

    ``judged`` counts rows whose points are the clerk's, within the rule; ``unknown`` those of which the form
    prints too little to tell.
    """

    name: str
    agreeing: Counter[str]
    differing: tuple[Answer, ...]
    judged: int
    unknown: int


def prove(path: Path, rules: str, sheet: str | None = None, table: int | None = None) -> Proof:
    """Score a published form by a rule set and hold every printed result against it.

    Args:
        path: a workbook, or data (.json).
        rules: name or file of the rule set.
        sheet: the form's sheet; None where the workbook holds one form.
        table: the form's number (表号), from 1; None where there is one form.

    Raises:
        UserError: there is no usable form or rule set, or the form prints no results.
    """
    if path.suffix.lower() == ".json":
        form = load_data(path)
        scores, place = score(form, ruleset(rules)), _numbered
    else:
        examined = examine(path, rules, sheet, table)
        form, scores = examined.form, examined.scores

        def place(spot: Spot) -> str:
            return where(examined, spot)

    unknown = sum(map(_unknown, scores.rows))
    answers = list(_rows(form, scores, place))
    if not unknown:
        answers += _whole(form, scores, place)
    judged = [row for row in scores.rows if row.judged and _points_agree(row, scores)]
    if not answers and not judged:
        raise UserError(f"{path.name}：表上没有可以对照的得分，请换一张印有得分的表。")
    agreeing = Counter(answer.what for answer in answers if answer.agrees)
    differing = tuple(answer for answer in answers if not answer.agrees)
    return Proof(path.name, agreeing, differing, len(judged), unknown)


def _unknown(row: RowScore) -> bool:
    """Whether a row that counts has nothing printed or nothing computed."""
    if not row.weight and row.printed is None:
        return False
    return row.printed is None or row.points is None


def _numbered(spot: Spot) -> str:
    """Data has no cells: rows are counted."""
    part = {"funding": "资金", "indicator": "指标"}.get(spot.part)
    return f"{part}第{spot.row + 1}行" if part else "总分行"


def _rows(form: Form, scores: Scores, place: Place) -> Iterator[Answer]:
    """Hold the points and deviation of every row against the printed ones."""
    for row in scores.rows:
        good = _points_agree(row, scores)
        if row.printed is not None and row.points is not None and not (row.judged and good):
            printed, computed = shown(row.printed), shown(row.points)
            yield Answer("得分", place(row.spot("score")), row.label, printed, computed, row.why, good)
        if row.kind == "indicator" and row.deviation is not None:
            given = form.indicators[row.at].deviation
            if given.number is not None:
                good = agrees(given.number, given.text, row.deviation)
                spot = row.spot("deviation")
                yield Answer("偏差度", place(spot), row.label, given.text, f"{row.deviation}%", "", good)


def _points_agree(row: RowScore, scores: Scores) -> bool:
    """Whether printed points are the computed ones; a cell may hold more digits than it prints."""
    return row.printed is not None and rounded(row.printed, scores.rules.rounding) == row.points


def _whole(form: Form, scores: Scores, place: Place) -> Iterator[Answer]:
    """Hold total and grade against the printed ones."""
    total = scores.total
    if total is None:
        return
    if form.total is not None:
        good = abs(form.total - total) <= min(scores.rules.total.tolerance, Decimal("0.01"))
        yield Answer(
            "总分", place(Spot("total", 0, "score")), "总分", shown(form.total), shown(total), "", good
        )
    grade = grade_of(total, scores.rules)
    if form.grade and grade:
        good = plain(form.grade).startswith(plain(grade))
        yield Answer("等级", place(Spot("total", 0, "grade")), "等级", form.grade, grade, "", good)
