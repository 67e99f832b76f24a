"""The bounds of grades (等级分档): those a text prints itself, else the national ones."""

from __future__ import annotations

import re
from decimal import Decimal

from perf_excel.words.told import Told

Bands = tuple[tuple[Decimal, str], ...]
NATIONAL: Bands = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))
"""The national grades (财预〔2020〕10号)."""
SAME = {"优秀": "优", "良好": "良", "中等": "中"}
GRADE = "优秀|优|良好|良|中等|中|差"
_HELD = r"(?:（不?含）)?"
_POINTS_FIRST = re.compile(
    rf"(?<![\d.])(?P<low>\d{{1,3}}){_HELD}分?{_HELD}"
    rf"(?:(?P<above>及?以上|（含）以上)|(?P<below>以下)|[-—~～至到]{{1,2}}(?P<high>\d{{1,3}}){_HELD}分?{_HELD})?"
    rf"(?:，?的?[即则评定等级档次为是属于]{{0,6}})“?(?P<grade>{GRADE})"
)
_GRADE_FIRST = re.compile(
    rf"(?P<grade>{GRADE})”?(?:等|级|档)?[（：](?:[SX得评分数在≥≤<>]{{0,4}})"
    rf"(?P<low>\d{{1,3}}){_HELD}分?{_HELD}"
    rf"(?:(?P<above>及?以上)|(?P<below>以下)|[-—~～至到]{{1,2}}(?P<high>\d{{1,3}}){_HELD}分?{_HELD})"
)
_LEAST = 2


def bands_of(told: Told) -> Bands:
    """Return the bounds that a text prints for its grades, else the national ones."""
    found: dict[str, Decimal] = {}
    for sentence in told.sentences:
        for pattern in (_POINTS_FIRST, _GRADE_FIRST):
            for one in pattern.finditer(sentence.text):
                grade = SAME.get(one["grade"], one["grade"])
                ends = [Decimal(one["low"]), *([Decimal(one["high"])] if one["high"] else [])]
                ranged = one["above"] or one["below"] or one["high"]
                if ranged or sentence.text[: one.start()].endswith("满"):
                    found.setdefault(grade, Decimal(0) if one["below"] else min(ends))
    if len(found) < _LEAST:
        return NATIONAL
    return tuple(sorted(((least, grade) for grade, least in found.items()), reverse=True))


def is_band(text: str, start: int, end: int) -> bool:
    """Whether a figure is the bound of a grade and no score."""
    return any(
        one.start() <= start < one.end()
        for pattern in (_POINTS_FIRST, _GRADE_FIRST)
        for one in pattern.finditer(text, max(0, start - 20), min(len(text), end + 20))
        if one["above"] or one["below"] or one["high"] or text[: one.start()].endswith("满")
    )
