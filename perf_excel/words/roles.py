"""The role of a figure (数的角色): whether it is an amount, one of last year, a change, a rate, a share."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from perf_excel.words.figures import Figure
from perf_excel.words.prose import Sentence

Role = Literal["amount", "former", "change", "rate", "share", "done", "other"]
"""``former`` is what is compared with (上年), ``change`` 增减额, ``rate`` growth in percent, ``share`` 占比,
``done`` a completion rate (完成…的 %、执行率)."""
UP = (
    "净?增加|净?增长|净?增|增幅|增支|增收|增拨|添|上升|上涨|上浮|上调|攀升|抬升|抬高|升高|提高|提升|扩大|调增|追加"
    "|多[支花列用出收拨付]|涨幅"
)
DOWN = (
    "净?减少|净?减|减幅|核减|调减|缩减|压减|压缩|收缩|削减|减支|减收|下降|下浮|下滑|下调|回落|降低|降幅|降|节约|节省"
    "|少[支花列用收拨付]|省下|节支|压降"
)
_CHANGE = re.compile(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN})|(?:比|较)[^，；。减]{{0,20}}?(?P<more>多|少))"
    rf"(?P<either>（(?:{UP}|{DOWN}|或|/|、)+）|[/／](?:{UP}|{DOWN}))?"
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
COMPARED = re.compile(
    r"(?:比|较|与|同|跟|对比|相比)(?:于)?[^，；。]{0,30}?(?:上年|上一年|上一度|去年|同期|上期|\d{4}年)"
)
_AMOUNT_NAMED = re.compile(
    "(?:度|的)?(?:[^，；。]{0,20}(?:[数额款费]|支出|收入|预算|决算|执行|安排|资金|经费|[总合]计|规模|金额|水平|同期|完成|拨付"
    "|支付|使用|[为是的约仅达到共有]))?"
)
"""What may stand between 上年 and an amount of that year; else it may be a change (上年添|2万元)."""
_BUDGETED = re.compile(
    r"(?:比|较|与|和|同)[^，；。]{0,16}?(?:预算|计划|批复|指标|任务|目标|拟)[^，；。]{0,8}$"
)
_MOVED = re.compile(
    rf"(?:相比|比)?，?(?:没有|无|均|各)?(?:{UP}|{DOWN}|超支|超出|多|少|持平|一致|相同|没有变化|无变化)"
)
"""What follows an amount that another is compared with: 比年初预算40万元|减少."""
_NAME_LEAST = 4
"""Signs of a name that 提升 ends at least."""


class Played(NamedTuple):
    """A figure's role, the sign of a change, what a share is of, and the words that name its subject."""

    role: Role
    sign: int
    whole: str
    named: str


def played(sentence: Sentence, figure: Figure, lead: str, *, compared: bool) -> Played:
    """Return the role of a figure by the words in front of it; ``compared`` says that a comparison began."""
    if (changed := _CHANGE.search(lead)) and not _named_so(changed, figure, compared=compared):
        up = changed["up"] or changed["more"] == "多"
        sign = 0 if changed["either"] else 1 if up else -1
        return Played("rate" if figure.kind == "percent" else "change", sign, "", lead[: changed.start()])
    if more := _MORE.fullmatch(lead) if figure.kind in ("money", "count") else None:
        return Played("change", 1 if more[1] == "多" else -1, "", "")
    if figure.kind == "percent":
        role, whole, named = _percentage(lead)
        return Played(role, 0, whole, named)
    moved = _BUDGETED.match(lead) and _MOVED.match(sentence.paragraph.text, figure.end, sentence.end)
    return Played("former" if moved or _former(lead) else "amount", 0, "", lead)


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
        and (COMPARED.search(lead) is not None or re.search(r"上年|上一年|去年|同期|上期", lead) is not None)
        and not re.search(r"结转|结余|余额", lead)
    )
