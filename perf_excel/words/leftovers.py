"""What a template left in the text (模板残留): 下降（增长）27.78%, 【待填】, ××万元; and a % left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.words.claims import Claim
from perf_excel.words.figures import Figure
from perf_excel.words.intervals import NOUGHT
from perf_excel.words.prose import Sentence
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_LEFT = re.compile(
    r"(?:增加|增长|减少|下降|上升|降低)(?:（(?:增加|增长|减少|下降|上升|降低|或)+）|[/／](?:增加|增长|减少|下降|上升|降低))"
    r"|【待填】|(?:XX|××|\*\*|＊＊|○○)(?=万元|元|%|个|项|年|月)"
)


_NO_PERCENT = re.compile(
    r"(?:占比?|增长|增幅|下降|降低|降幅|减幅|上升|完成率|执行率)(?:约|为|了|达到?)?(?P<bare>\d{1,3}\.\d{1,2})(?=[，。；、）]|$)"
)


def leftover_claims(told: Told) -> Iterator[Claim]:
    """Yield what is left of a template, and percentages without their sign."""
    for sentence in told.sentences:
        for found in _NO_PERCENT.finditer(sentence.text):
            start, end = sentence.start + found.start("bare"), sentence.start + found.end("bare")
            yield Claim(
                "R2", "漏写百分号", worded(sentence, start, end), "differs", "公文的写法",
                f"疑为 {found['bare']}%", f"{found['bare']}%", "info",
            )  # fmt: skip
        for found in _LEFT.finditer(sentence.text):
            saying = worded(sentence, sentence.start + found.start(), sentence.start + found.end())
            yield Claim(
                "R2",
                "模板残留",
                saying,
                "differs",
                "公文的写法",
                "模板里的备选词或空格没有删改",
                severity="info",
            )


def worded(sentence: Sentence, start: int, end: int) -> Saying:
    """Return a saying for words instead of a number, with its clause in front of them."""
    text = sentence.paragraph.text
    figure = Figure(start, end, text[start:end], "points", NOUGHT.low, NOUGHT.low)
    lead = max(sentence.start, *(text.rfind(sign, sentence.start, start) + 1 for sign in "，；。"))
    return Saying(-1, sentence, figure, text[lead:start], "", "", "other")
