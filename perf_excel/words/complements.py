"""What is done and what is not (完成与未完成): 已支付80万元，未支付20万元 make up their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.plans import REST
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_NOT = re.compile(
    r"(?:尚|仍|还)?(?:未能?|没有|不)(?:予以|及时|按期|按时)?(?P<what>[\u4e00-\u9fff]{1,6})|(?P<lost>扣分|失分)"
)
_LEFT = re.compile(r"结余|剩余|节余|结转|余额|其余|余下")
_GAVE = re.compile(r"支出|支付|使用|执行|拨付|发放|兑付|投入|完成")
_TAKEN = re.compile(
    r"[检抽]测|抽[检查样]|检查|样品|申报|预算|计划|到位|下达|收到|拨入|安排|资金|应|共|总|任务|受理|设|指标|项目|投资"
)
_STILL = re.compile(r"(?:其中|目前)?(?:尚|还|仍|另)?[有差缺]|剩余|其余|余下")
_OF_THEM = re.compile(r"[^，；。\d]{0,8}中，")
"""What says that counts are of the one in front: 12个乡镇中，已完成10个."""
_BEHIND = 12
_DONE, _GOING = re.compile(r"完工|竣工|建成|验收"), re.compile(r"在建|未完工|续建|正在")
_FULL = re.compile(r"得满分|满分|得全分")
_MORE_THAN_ONE_YEAR = re.compile(r"年初|上年|历年|以前年度|期初")


def complement_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims that two amounts, one the rest of the other, make up what they are of."""
    for rest in told.sayings:
        one = _last_amount(told, rest)
        if one is not None and _complementary(one, rest):
            yield from _whole(told, one, rest)


def _last_amount(told: Told, rest: Saying) -> Saying | None:
    """Return the amount in front, across a rate: 支出80万元，执行率80%，结余20万元."""
    for one in told.sayings[max(0, rest.at - 2) : rest.at][::-1]:
        if one.role not in ("done", "share") and one.figure.kind != "percent":
            return one
    return None


def _more(told: Told, rest: Saying) -> list[Saying]:
    """Return what else is told apart behind the rest: 未达到的4项，不能判断的1项."""
    return [
        each for each in told.by_sentence[rest.sentence.at]
        if each.at > rest.at and _alike(rest, each) and each.depth == rest.depth
    ]  # fmt: skip


def _complementary(one: Saying, rest: Saying) -> bool:
    """Whether an amount is what is left of the one before it: 完成18个，未完成2个."""
    if one.sentence != rest.sentence or not _alike(one, rest) or one.depth != rest.depth:
        return False
    between = rest.sentence.paragraph.text[one.figure.end : rest.start]
    between = between if rest.at == one.at + 1 else ""
    if set(between) & set("；。：（") or any(each.figure.about or each.figure.bound for each in (one, rest)):
        return False
    said, other = _words(rest), _words(one)
    if _DONE.search(other) and _GOING.search(said):
        return True
    if found := _NOT.search(said):
        if found["lost"]:
            return _FULL.search(other) is not None
        return found["what"][:2] in other and not _NOT.search(other)
    return rest.money and _LEFT.search(rest.label) is not None and _GAVE.search(one.lead) is not None


def _words(saying: Saying) -> str:
    """Return the words around an amount: 未支付20万元, and 2项未得满分."""
    if saying.lead and not _STILL.fullmatch(saying.lead):
        return saying.lead
    text, end = saying.sentence.paragraph.text, saying.figure.end
    return re.split(r"[，；。、（]", text[end : min(end + _BEHIND, saying.sentence.end)])[0]


def _alike(one: Saying, other: Saying) -> bool:
    same = one.figure.kind == other.figure.kind and one.role == other.role == "amount"
    return same and (one.money or one.figure.unit == other.figure.unit)


def _whole(told: Told, one: Saying, rest: Saying) -> Iterator[Claim]:
    added = one.figure.value + rest.figure.value
    room = (one.figure.step + rest.figure.step) / 2
    near = [
        each for at in range(max(0, rest.sentence.at - 2), rest.sentence.at + 1)
        for each in told.by_sentence.get(at, ())
        if each.role in ("amount", "former") and each.figure.kind == rest.figure.kind
        and (rest.money or each.figure.unit == rest.figure.unit)
        and each is not one and each is not rest and each.sentence.section == rest.sentence.section
    ]  # fmt: skip
    more = _more(told, rest)
    sums = (added, added + sum((each.figure.value for each in more), Decimal(0)))
    whole = next((each for each in reversed(near) if each.at < one.at and each.depth <= one.depth), None)
    head = _head(near, one)
    if whole is not None and whole.sentence == one.sentence and _is_whole(told, whole, one, rest):
        near = [each for each in near if each.sentence == one.sentence]
    fitting = next(
        (each for each in near
         if any(abs(each.figure.value - due) <= room + each.figure.step / 2 for due in sums)),
        None,
    )  # fmt: skip
    scale = rest.figure.scale
    workings = (
        f"{plain(one.figure.value / scale)} + {plain(rest.figure.value / scale)} = {plain(added / scale)}"
    )
    if fitting is not None:
        basis = (one, fitting, *more)
        yield Claim("R2", "结余", rest, "agrees", f"“{fitting.text}”", workings, basis=basis)
        return
    if head is not None:
        whole = head
    elif whole is None or more or not _is_whole(told, whole, one, rest):
        return
    due = whole.figure.value - one.figure.value
    off = abs(added - whole.figure.value)
    yield Claim(
        "R2", "结余", rest, "differs", f"“{whole.text}”与“{one.text}”",
        f"{workings}，与 {plain(whole.figure.value / scale)} 相差 {plain(off / scale)}",
        rest.figure.spelled(due) if due >= 0 else "",
        "info" if off <= room * 2 + whole.figure.step * bool(room) else "warning",
        cause(rest.figure.value, due, rest.figure.step, money=rest.money), one.start,
    )  # fmt: skip


def _head(near: list[Saying], one: Saying) -> Saying | None:
    """Return the amount of which all between it and another are the parts: 13项，其中7项、6项；达标|11项."""
    here = [each for each in near if each.sentence == one.sentence and each.at < one.at]
    for place, head in enumerate(here[:-1]):
        parts = here[place + 1 :]
        if len(parts) > 1 and sum((each.figure.value for each in parts), Decimal(0)) == head.figure.value:
            return head
    return None


def _is_whole(told: Told, whole: Saying, one: Saying, rest: Saying) -> bool:
    """Whether an amount is certain to be all of what was done and what was not."""
    words = whole.sentence.paragraph.text[whole.sentence.start : rest.figure.end]
    if _MORE_THAN_ONE_YEAR.search(words) or whole.figure.about or whole.figure.bound or whole.respective:
        return False
    if whole.sentence == one.sentence:
        near = whole.at == one.at - 1
    else:
        near = (
            len(told.amounts(whole.sentence.at, whole.figure.kind)) == 1
            and whole.sentence.at == one.sentence.at - 1
        )
    behind = whole.sentence.paragraph.text[whole.figure.end : whole.figure.end + 6]
    named = _TAKEN.search(whole.lead) or _TAKEN.search(behind.partition("、")[0])
    named = named or _OF_THEM.match(whole.sentence.paragraph.text, whole.figure.end)
    return near and named is not None and not REST.search(whole.label) and whole.figure.value > 0  # fmt: skip
