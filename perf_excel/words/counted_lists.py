"""Lists of so many items (计3项：…): their amounts against the one that bears the list's name elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.chinese_number import chinese_number
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told
from perf_excel.words.wholes import sum_of

_LISTED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,10}?)(?:资金|经费)?(?:共|总|合)?(?:涉及|安排|计|有|包括|包含|分为|分|实施)?(?:共|计|了)?(?:项目)?"
    r"(?P<number>\d{1,2}|[两三四五六七八九十])(?:个|项|类|块|笔|大类)(?:子|分)?(?:项目|科目|支出|任务|资金|内容)?"
    r"[：，](?:即|分别(?:为|是)?|依次(?:为|是)?|包括|具体(?:为|是))?：?"
)
_NAMES = re.compile(r"项目支出|项目经费|项目资金|专项(?:支出|资金|经费)|项目")
_SAME = {"项目": "项目支出", "项目经费": "项目支出", "项目资金": "项目支出"}
_LEAST, _CLOSE = 3, Decimal("0.25")


def counted_list_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about lists with as many amounts as they say that they have items."""
    for sentence in told.sentences:
        for found in _LISTED.finditer(sentence.text):
            number = int(chinese_number(found["number"]) or 0) or int(found["number"])
            items = _items(told, sentence.start + found.end(), sentence.at)
            names = _NAMES.findall(found[0])
            if number >= _LEAST and len(items) == number and names:
                yield from _held(told, names[0], items)


def _items(told: Told, start: int, at: int) -> list[Saying]:
    """Return the amounts of a list, up to what is no item of it."""
    items: list[Saying] = []
    for one in told.by_sentence.get(at, ()):
        if one.figure.start < start or one.depth:
            continue
        between = one.sentence.paragraph.text[items[-1].figure.end : one.start] if items else ""
        end = (
            one.role != "amount"
            or not one.money
            or not one.label
            or between not in ("", "、", "，", "；", "和")
        )
        if end or re.search(r"合计|共计|其余|其中", one.lead):
            break
        items.append(one)
    return items


def _held(told: Told, name: str, items: list[Saying]) -> Iterator[Claim]:
    name = _SAME.get(name, name)
    wholes = [
        one for one in told.sayings
        if one.role == "amount" and one.money and one.label.endswith(name) and one not in items
        and not one.figure.about and not one.respective
    ]  # fmt: skip
    before = [one for one in wholes if one.at < items[0].at]
    if not wholes or any(one.figure.about for one in items):
        return
    added = sum_of(items)
    steps = sum((one.figure.step for one in items), Decimal(0))
    fitting = next(
        (one for one in wholes if abs(one.figure.value - added) <= (steps + one.figure.step) / 2), None
    )
    last, scale = items[-1], items[-1].figure.scale
    terms = " + ".join(plain(one.figure.value / scale) for one in items)
    workings = f"{terms} = {plain(added / scale)}"
    if fitting:
        yield Claim("R2", "分项之和", last, "agrees", f"“{fitting.text}”", workings, basis=(*items, fitting))
        return
    whole = before[-1] if before else None
    if whole is None or len({one.figure.value for one in wholes}) > 1:
        return
    off = abs(added - whole.figure.value)
    if off <= whole.figure.value * _CLOSE:
        due = whole.figure.value - added + last.figure.value
        yield Claim(
            "R2", "分项之和", last, "differs", f"“{whole.text}”",
            f"{workings}，与 {plain(whole.figure.value / scale)} 相差 {plain(off / scale)}", "",
            "info" if off <= steps + whole.figure.step else "warning",
            cause(last.figure.value, due, last.figure.step, money=True), items[0].start,
        )  # fmt: skip
