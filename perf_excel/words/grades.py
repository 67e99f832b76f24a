"""The grade in words (等级): against the form's, else against the score in the same sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.forms.spot import Spot
from perf_excel.words.claims import Claim, plain
from perf_excel.words.form_facts import FormFacts
from perf_excel.words.grade_bands import GRADE, SAME, Bands, bands_of, is_band
from perf_excel.words.leftovers import worded
from perf_excel.words.prose import Sentence
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_GRADE = re.compile(
    r"(?:(?:等级|级别|档次|等次|结果|结论|评定|评价|评级)(?:评定|评价)?(?:(?:为|是|属于?|：)“?|“)|(?:评|遂|定|列|判)为“?|属于?“?)"
    rf"(?P<grade>{GRADE})(?=[”，。；）（级等]|$)(?!”?(?:等|级)?的(?:项目|单位|指标))"
)
_SCORE = re.compile(r"得分|评分|总分|自评|结果|[并合遂]为|合计|共计|总计|相加|之和|[项块类]共?计|为$")
_OF_A_PART = re.compile(r"（\d+分）|指标|效能|效率|部分|其中")
_WHOLE = re.compile(
    r"合计|共计|总计|总分|总得分|综合得分|自评得分|[并合]为|遂为|相加|之和|[项块类]共?计|^计为?$"
)
_FULL = 100
_NEAR = 30
"""A grade that stands further from a score is not its own."""


def grade_claims(told: Told, facts: FormFacts | None) -> Iterator[Claim]:
    """Yield the claims about grades."""
    for sentence in told.sentences:
        for found in _GRADE.finditer(sentence.text):
            yield from _graded(told, facts, sentence, found)


def _graded(told: Told, facts: FormFacts | None, sentence: Sentence, found: re.Match[str]) -> Iterator[Claim]:
    grade = SAME.get(found["grade"], found["grade"])
    start, end = sentence.start + found.start("grade"), sentence.start + found.end("grade")
    saying = worded(sentence, start, end)
    scores = _scores(told, sentence, start)
    score = next(iter(scores), None)
    if facts and facts.form.grade and (score is None or score.figure.value == facts.form.total):
        due = SAME.get(facts.form.grade.strip(), facts.form.grade.strip())
        yield Claim(
            "R1", "等级", saying, "agrees" if due == grade else "differs", "表上的等级", f"表上为“{due}”",
            due, "error", spot=Spot("total", 0, "grade"),
        )  # fmt: skip
    elif score:
        bands = bands_of(told)
        score = next((one for one in scores if _grade_of(one, bands) == grade), score)
        due = _grade_of(score, bands)
        if not due:
            return
        yield Claim(
            "R2", "等级", saying, "agrees" if due == grade else "differs", f"“{score.text}”",
            f"{plain(score.figure.value)} 分按 {_bounds(bands)} 分档为“{due}”", due,
            start=score.start if score.sentence == sentence else None,
        )  # fmt: skip


def _scores(told: Told, sentence: Sentence, end: int) -> list[Saying]:
    """Return the scores that a grade may be of, the most likely first: none of a part with full marks."""
    before = [
        one for one in told.by_sentence.get(sentence.at, ())
        if one.figure.kind == "points" and one.figure.start < end and not one.depth and not one.respective
        and not is_band(sentence.paragraph.text, one.figure.start, one.figure.end)
    ]  # fmt: skip
    found = [
        one for one in before
        if _SCORE.search(one.lead) and one.figure.value <= _FULL and "平均" not in one.lead
        and not _OF_A_PART.search(one.lead)
    ]  # fmt: skip
    near = [
        one for one in found
        if end - one.figure.end <= _NEAR
        and not set("；（") & set(sentence.paragraph.text[one.figure.end : end])
    ]  # fmt: skip
    if near:
        return list(reversed(found))
    # 以上四项合计88.8分。……自评等级为良: the sentence before ends on the score.
    at = sentence.at - 1
    last = told.by_sentence.get(at, []) if at >= 0 else []
    total = [one for one in last if one.figure.kind == "points" and _WHOLE.search(one.lead) and not one.depth]
    told_here = any(one.figure.kind == "points" and not one.figure.bound for one in before)
    return total[-1:] if total and not told_here and last[-1] is total[-1] else []


def _grade_of(score: Saying, bands: Bands) -> str:
    """Return the grade of a score, empty where a text names none so low."""
    return next((name for least, name in bands if score.figure.value >= least), "")


def _bounds(bands: Bands) -> str:
    return "、".join(plain(least) for least, _ in bands if least)
