"""Figures in their role (说法): an amount, its change, the rate, the whole it is part of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from perf_excel.words.figures import Figure, figures
from perf_excel.words.prose import Sentence
from perf_excel.words.subjects import core_of, label_of, label_start

Role = Literal["amount", "former", "change", "rate", "share", "done", "other"]
"""``former`` is what is compared with (上年), ``change`` 增减额, ``rate`` growth in percent, ``share`` 占比,
``done`` a completion rate (完成…的 %、执行率)."""

_UP = (
    "净?增加|净?增长|净?增|增幅|增支|增收|增拨|添|上升|上涨|上浮|上调|攀升|抬升|抬高|升高|提高|提升|扩大|调增|追加"
    "|多[支花列用出收拨付]|涨幅"
)
_DOWN = (
    "净?减少|净?减|减幅|核减|调减|缩减|压减|压缩|收缩|削减|减支|减收|下降|下浮|下滑|下调|回落|降低|降幅|降|节约|节省"
    "|少[支花列用收拨付]|省下|节支|压降"
)
_CHANGE = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?:比|较)[^，；。减]{{0,20}}?(?P<more>多|少))"
    rf"(?P<either>（(?:{_UP}|{_DOWN}|或|/|、)+）|[/／](?:{_UP}|{_DOWN}))?"
    r"(?:了|额|率|幅度?|比例|金额|支出|收入|预算数?|资金|经费|共计|合计|约|近|为|达|共|计|：){0,3}$"
)
_MORE = re.compile(r"净?(多|少)(?:了)?")
_SHARE = re.compile(
    r"占比?(?P<whole>[^，；。：]{0,45}?)的?(?:比例|比重|比|总数|百分比)?(?:约|为|是|达到?)?$"
    r"|(?:份额|比重|占比)(?:最[大多高])?，?(?:依次|分别|各)?(?:约|为|是|达到?|占)?$"
)
_ONE_BY_ONE = re.compile(r"^(?:比|份额)?(?:依次|分别|各)?$")
_OF_BUDGET = re.compile(r"(?:年初|全年|年度|本年|当年|调整后?|批复)*(?:的)?(?:预算|计划)(?:数|额|总额)?")
_DONE = re.compile(
    r"(?:完成|达到?|实现|占|为)(?:了)?(?P<base>[^，；。：]{0,16}?(?:预算|计划|目标|任务)[^，；。：]{0,4}?)的?(?:约|为)?$"
    r"|(?P<name>^进度|[^，；。：]{0,16}?(?:执行率|完成率|支付率|支出率|拨付率|兑付率|执行进度|支出进度|支付进度|使用率|预算完成比例))[^，；。：\d]{0,3}$"
)
_FORMER = re.compile(r"(?:^|[^对])(?:比|较|与|同|跟|上年|去年|上一年度?|同期)[^，；。]{0,30}$")
_FORMER_YEAR = re.compile(r"上年|上一年|去年|同期|上期|(?P<year>(?:19|20)\d\d)年")
_COMPARED = re.compile(
    r"(?:比|较|与|同|跟|对比|相比)(?:于)?[^，；。]{0,30}?(?:上年|上一年|上一度|去年|同期|上期|\d{4}年)"
)
_AMOUNT_NAMED = re.compile(
    "(?:度|的)?(?:[^，；。]{0,20}(?:[数额款费]|支出|收入|预算|决算|执行|安排|资金|经费|[总合]计|规模|金额|水平|同期|完成|拨付"
    "|支付|使用|[为是的约仅达到共有]))?"
)
"""What may stand between 上年 and an amount of that year; else it may be a change (上年添|2万元)."""
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
_BUDGETED = re.compile(
    r"(?:比|较|与|和|同)[^，；。]{0,16}?(?:预算|计划|批复|指标|任务|目标|拟)[^，；。]{0,8}$"
)
_BUDGET = re.compile(r"预算|计划")
_MOVED = re.compile(
    rf"(?:相比|比)?，?(?:没有|无|均|各)?(?:{_UP}|{_DOWN}|超支|超出|多|少|持平|一致|相同|没有变化|无变化)"
)
"""What follows an amount that another is compared with: 比年初预算40万元|减少."""
_BECAME = re.compile(rf"(?:{_UP}|{_DOWN})为$")
_FROM = re.compile(r"由|从|原")
_YEARS = re.compile(r"(?:19|20)\d\d(?=年)")
_RESTATED = re.compile(r"，?(?:折合|即|合|也就是|相当于)(?:人民币)?(?:为|约)?")
"""An amount said again in another unit: 4.88亿元，折合48,800万元."""
_NAMED = re.compile(r"(?:分别|依次)(?:为|是|：)[^，；。：\d]{2}[^，；。：]*$")
"""A list that names its items one by one: 分别为|甲项目2万元、乙项目3万元."""
_NAME_LEAST = 4
"""Signs of a name that 提升 ends at least."""
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
    compared = _COMPARED.search(before) is not None
    role: Role = "amount"
    sign, whole, named = 0, "", lead
    if unchanged:
        role = "change"
    elif (changed := _CHANGE.search(lead)) and not _named_so(changed, figure, compared=compared):
        role = "rate" if figure.kind == "percent" else "change"
        up = changed["up"] or changed["more"] == "多"
        sign = 0 if changed["either"] else 1 if up else -1
        named = lead[: changed.start()]
    elif more := _MORE.fullmatch(lead) if figure.kind in ("money", "count") else None:
        role, sign, named = "change", 1 if more[1] == "多" else -1, ""
    elif figure.kind == "percent":
        role, whole, named = _percentage(lead)
    elif _former(lead) or (
        _BUDGETED.match(lead) and _MOVED.match(sentence.paragraph.text, figure.end, sentence.end)
    ):
        role = "former"
    if figure.bound:
        role = "other"
    label = label_of(named)
    return Saying(
        at, sentence, figure, lead, label, core_of(label), role, sign, whole, max(0, depth),
        _year(before), respective, unchanged, compared,
    )  # fmt: skip


def _named_so(changed: re.Match[str], figure: Figure, *, compared: bool) -> bool:
    """Whether a word of change ends the name of what money was given for: 产能提升450万元."""
    name = changed.string[: changed.start()]
    named = len(name) >= _NAME_LEAST and not re.search(r"[比较同与]", name)
    return figure.kind == "money" and not compared and named and changed["up"] in ("提升", "扩大")


def _percentage(lead: str) -> tuple[Role, str, str]:
    """Return role, whole and label of a percentage that is no growth."""
    share = _SHARE.search(lead)
    if share and not _OF_BUDGET.fullmatch(share["whole"] or "（"):
        return "share", _ONE_BY_ONE.sub("", share["whole"] or ""), lead[: share.start()]
    if done := _DONE.search(lead):
        name = done["name"] or ""
        return "done", done["base"] or "", lead[: done.start()] + name
    if share:
        return "share", share["whole"], lead[: share.start()]
    return "other", "", lead


def _former(lead: str) -> bool:
    """Whether an amount is that of the year before: 比上年累计支出433万元, 去年为433万元."""
    years = list(_FORMER_YEAR.finditer(lead))
    return (
        _FORMER.search(lead) is not None
        and bool(years)
        and _AMOUNT_NAMED.fullmatch(lead, years[-1].end()) is not None
        and (_COMPARED.search(lead) is not None or re.search(r"上年|上一年|去年|同期|上期", lead) is not None)
        and not re.search(r"结转|结余|余额", lead)
    )


def _year(before: str) -> int | None:
    """Return the year that was last named as the one spoken of, not the one compared with."""
    plain = _COMPARED.sub("", before)
    years = _YEARS.findall(plain)
    return int(years[-1]) if years else None
