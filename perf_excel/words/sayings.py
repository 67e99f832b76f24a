"""Figures with what is said by them (说法): what each speaks of, and in which role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from perf_excel.words.figures import Figure, figures
from perf_excel.words.prose import Sentence
from perf_excel.words.roles import COMPARED, DOWN, UP, Played, Role, played
from perf_excel.words.subjects import core_of, label_of, label_start

_STILL = (
    r"持平|(?:没有|无)(?:增减)?(?:变化|变动)|无增减|没有增减|未发生(?:增减)?(?:变化|变动)|(?:保持|维持)?不变"
)
_UNCHANGED = re.compile(
    rf"(?P<about>基本|大致|大体|总体|略有|几乎)?(?:(?:与|和|同)[^，；。]{{0,12}}(?:一致|相同|一样)，)?(?:{_STILL})"
    r"|(?:与|和|同)(?=[^，；。]{0,12}(?:年|预算|计划|同期))[^，；。]{0,12}?(?P<too>基本)?(?:一致|相同|一样)"
)
_OF_FIGURE = re.compile(
    r"(?:预算|计划|任务|目标|指标|总数|总额|资金|支出|收入)?的?(?:比例|比重|百分比)?(?:约|为|是|达到?)?"
)
"""Between an amount and the percentage of it: 占计划投资500万元|的|90%."""
_PART_OF = re.compile(r"占|完成|为(?=[^，；。]{0,12}(?:预算|计划))|达到?|相当于")
_BUDGET = re.compile(r"预算|计划")
_BECAME = re.compile(rf"(?:{UP}|{DOWN})为$")
_FROM = re.compile(r"由|从|原")
_YEARS = re.compile(r"(?:19|20)\d\d(?=年)")
_RESTATED = re.compile(r"，?(?:折合|即|合|也就是|相当于)(?:人民币)?(?:为|约)?")
"""An amount said again in another unit: 4.88亿元，折合48,800万元."""
_NAMED = re.compile(r"(?:分别|依次)(?:为|是|：)[^，；。：\d]{2}[^，；。：]*$")
"""A list that names its items one by one: 分别为|甲项目2万元、乙项目3万元."""
_RESPECTIVE = re.compile(r"分别|依次|各(?=[占为是])")


@dataclass(frozen=True, slots=True)
class Saying:
    """A figure with what is said by it.

    ``label`` and ``core`` are what it speaks of, empty where it goes on speaking of the last; ``sign`` is +1
    or -1 for changes and rates, 0 where the text leaves it open; ``whole`` what a share is of. ``depth``
    counts the brackets around it. ``unchanged`` (持平) has no figure of its own.
    """

    at: int
    sentence: Sentence
    figure: Figure
    lead: str
    label: str
    core: str
    role: Role
    sign: int = 0
    whole: str = ""
    depth: int = 0
    year: int | None = None
    respective: bool = False
    unchanged: bool = False
    compared: bool = False
    of: int | None = None
    """Number of the amount that a percentage names as what it is of: 完成|预算60万元|的80%."""

    @property
    def money(self) -> bool:
        """Whether it is money."""
        return self.figure.kind == "money"

    @property
    def compared_anew(self) -> bool:
        """Whether its own words begin another comparison: 较预算减少2万元."""
        return re.match(r"，?(?:比|较|与|和|同)", self.lead) is not None

    @property
    def start(self) -> int:
        """Where its label begins in the folded paragraph."""
        return self.figure.start - len(self.lead)

    @property
    def text(self) -> str:
        """The stretch of text it is: label and figure."""
        return self.lead + self.figure.text


def sayings(text: Iterable[Sentence]) -> Iterator[Saying]:
    """Yield what the sentences of a text say, in order."""
    at = 0
    for sentence in text:
        for one in _of(sentence, at):
            yield one
            at = one.at + 1


def _of(sentence: Sentence, at: int) -> Iterator[Saying]:
    text, floor = sentence.paragraph.text, sentence.start
    found = list(figures(text, sentence.start, sentence.end))
    still = [
        Figure(
            one.start() + floor, one.end() + floor, one[0], "money", Decimal(0), Decimal(0),
            about=bool(one["about"] or one["too"]),
        )
        for one in _UNCHANGED.finditer(sentence.text)
    ]  # fmt: skip
    last: Saying | None = None
    for figure in sorted((*found, *still), key=lambda one: one.start):
        start = label_start(text, figure.start, floor)
        lead = text[start : figure.start]
        clause = text[_clause_start(text, figure.start, sentence.start) : figure.start]
        one = _saying(at, sentence, figure, lead, clause, unchanged=figure in still)
        if last is not None and one.role == "change" and _BECAME.search(lead) and _FROM.search(last.lead):
            one = replace(one, role="amount", sign=0)  # 由1545万元调减为|1500万元
        if last is not None and _RESTATED.fullmatch(lead) and figure.kind == last.figure.kind == "money":
            one = replace(one, role="other")
        last = _of_last(one, last)
        yield last
        at, floor = at + 1, figure.end


def _of_last(one: Saying, last: Saying | None) -> Saying:
    """Return a percentage with the amount right in front of it as what it is of, where it says so."""
    if one.figure.kind != "percent" or one.role not in ("other", "done", "share") or last is None:
        return one
    part = _PART_OF.search(last.lead)
    if (
        last.figure.kind not in ("money", "count")
        or last.figure.bound
        or not part
        or not one.lead.startswith("的")
        or not _OF_FIGURE.fullmatch(one.lead)
    ):
        return one
    role: Role = "share" if part[0] == "占" and not _BUDGET.search(last.lead) else "done"
    return replace(one, role=role, of=last.at, label="", core="")


def _clause_start(text: str, end: int, floor: int) -> int:
    return max(floor, *(text.rfind(sign, floor, end) + 1 for sign in "，；。："))


def _saying(
    at: int, sentence: Sentence, figure: Figure, lead: str, clause: str, *, unchanged: bool
) -> Saying:
    before = sentence.paragraph.text[sentence.start : figure.start]
    depth = before.count("（") - before.count("）")
    respective = _RESPECTIVE.search(clause) is not None and not _NAMED.search(clause)
    compared = COMPARED.search(before) is not None
    part = Played("change", 0, "", lead) if unchanged else played(sentence, figure, lead, compared=compared)
    label = label_of(part.named)
    return Saying(
        at, sentence, figure, lead, label, core_of(label),
        "other" if figure.bound else part.role, part.sign, part.whole, max(0, depth), _year(before),
        respective, unchanged, compared,
    )  # fmt: skip


def _year(before: str) -> int | None:
    """Return the year that was last named as the one spoken of, not the one compared with."""
    plain = COMPARED.sub("", before)
    years = _YEARS.findall(plain)
    return int(years[-1]) if years else None
