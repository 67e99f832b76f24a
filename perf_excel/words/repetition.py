"""One thing said twice (同名异值): the same label in the same place of a text with two values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.told import Told

_BASIS = re.compile(
    r"年初|年末|期初|期末|全年|调整|追加|上年|预算|计划|决算|执行|实际|支付|拨付|下达|到位|结转|结余|申请|批复|收入|支出"
    r"|本级|上级|中央|省级|市级|县级|第[一二三四五六七八九十\d]|其中|首批|目标|人均|每"
)
_KNOWN = ("因公出国", "公务接待", "公车", "公车运行", "公车购置")
_SLIPS = ("颠倒", "错位")
_BUDGET = re.compile(r"(?:全年|调整后)(?:全年|的)?预算数?(?:为|是)?$")
_TRAILING = re.compile(r"(?:总?[数额])?(?:为|是|达)?$")
_ADDED = re.compile(r"(?:追加|调增)(?:了|预算|资金|金额|数|额|共|为){0,3}$")
_OF_ALL = ("中", "里", "均", "全部", "都")
"""What is said of all things of a name: 775艘补助渔船|中有12艘."""
_BEHIND, _SHARED = 8, 3
"""Within how many signs behind a count its name stands (757艘|补助渔船), and how many signs are the same."""
_TWO = 2
_LEAST = 3
_TAIL, _DIGITS = 3, 3
_ITEM = re.compile(r"（项）$")
_Key = tuple[int, int | None, str, frozenset[str], str]


def repetition_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about amounts with the same full label, year and basis in one section."""
    said: dict[_Key, list[Saying]] = defaultdict(list)
    scopes = _scopes(told)
    for one in told.sayings:
        if _may_be(one):
            basis = frozenset(_BASIS.findall(one.lead))
            said[scopes[one.sentence.at], one.year, one.label, basis, one.figure.unit[-1:]].append(one)
    for same in said.values():
        first = same[0]
        for one in same[1:]:
            yield from _held(first, one, anywhere=False)
    for same in _anywhere(told):
        for one in same[1:]:
            if scopes[one.sentence.at] != scopes[same[0].sentence.at]:
                yield from _held(same[0], one, anywhere=True)
    yield from _swapped(told)
    yield from _swapped_elsewhere(told)
    yield from _headed(told, scopes)


def _swapped(told: Told) -> Iterator[Claim]:
    """Yield figures that differ by two digits swapped, of the same year, from one of the same name before.

    A name is the same where the labels are, or where things counted by one word end alike (脱贫户3256户).
    """
    said: dict[tuple[str, str, int | None, frozenset[str]], Saying] = {}
    for one in told.sayings:
        if one.role != "amount" or one.depth or one.figure.about or one.figure.bound or one.respective:
            continue
        digits = "".join(sign for sign in one.figure.text if sign.isdigit())
        name = one.label[-_TAIL:] if one.figure.kind == "count" else _named(one)
        if one.figure.kind == "points" or len(digits) < _DIGITS or len(name) < _TAIL:
            continue
        key = (name, one.figure.unit, one.year or told.main_year, frozenset(_BASIS.findall(one.label)))
        first = said.setdefault(key, one)
        if first is not one and first.figure.value != one.figure.value:
            reason = cause(one.figure.value, first.figure.value, one.figure.step, money=one.money)
            if _SLIPS[0] in reason:
                yield _twice(first, one, reason)


def _named(one: Saying) -> str:
    """Return what an amount is called, however its label goes on: 全年预算数, 全年预算."""
    return "全年预算" if _BUDGET.search(one.lead) else _TRAILING.sub("", one.label)


def _swapped_elsewhere(told: Told) -> Iterator[Claim]:
    """Yield what a budget grew by (追加), and counts in front of their name, with two digits swapped."""
    added: Saying | None = None
    counted: list[Saying] = []
    for one in told.sayings:
        if one.figure.about or one.figure.bound or one.respective or one.unchanged:
            continue
        digits = sum(sign.isdigit() for sign in one.figure.text)
        first: Saying | None = None
        if one.money and one.role == "change" and digits > _DIGITS and _ADDED.search(one.lead):
            first, added = added, added or one
        elif one.figure.kind == "count" and digits >= _DIGITS and one.role == "amount":
            first = None if one.label else _named_behind(one, counted)
            counted.append(one)
        reason = (
            cause(one.figure.value, first.figure.value, one.figure.step, money=one.money) if first else ""
        )
        if first and _SLIPS[0] in reason and one.figure.unit == first.figure.unit:
            yield _twice(first, one, reason)


def _named_behind(one: Saying, counted: list[Saying]) -> Saying | None:
    """Return the count before one that is of the thing named behind it: 757艘|补助渔船, 补助渔船|775艘."""
    behind = one.sentence.paragraph.text[one.figure.end : one.figure.end + _BEHIND]
    same = [
        each for each in counted
        if len(each.label) >= _SHARED and behind.partition(each.label[-_SHARED:])[2].startswith(_OF_ALL)
        and each.figure.unit == one.figure.unit
    ]  # fmt: skip
    return same[0] if len({each.figure.value for each in same}) == 1 else None


def _twice(first: Saying, one: Saying, reason: str) -> Claim:
    return Claim(
        "R2", "同名", one, "differs", f"{first.sentence.place}“{first.text}”",
        f"同一名称，一处为 {first.figure.text}，一处为 {one.figure.text}",
        one.figure.spelled(first.figure.value), "warning", reason,
    )  # fmt: skip


def _anywhere(told: Told) -> Iterator[list[Saying]]:
    """Yield the amounts of the “三公” 经费, which mean the same in every section, by name, year and basis."""
    said: dict[tuple[str, int | None, bool, bool], list[Saying]] = defaultdict(list)
    for one in told.sayings:
        if one.core in _KNOWN and one.role == "amount" and one.money and not one.figure.about:
            said[one.core, one.year, "预算" in one.lead, "决算" in one.lead or "支出" in one.lead].append(one)
    for same in said.values():
        if len({one.figure.value for one in same}) == _TWO:
            yield same


def _may_be(one: Saying) -> bool:
    named = len(one.core) >= _LEAST and one.core not in GENERIC and one.role == "amount"
    return named and one.money and not (one.figure.about or one.figure.bound or one.respective or one.depth)


def _scopes(told: Told) -> dict[int, int]:
    """Return the scope of each sentence: a numbered item, or a section."""
    found: dict[int, int] = {}
    scope = last = 0
    for one in told.sentences:
        if one.numbered or one.section != last:
            scope += 1
        last = one.section
        found[one.at] = scope
    return found


def _held(first: Saying, one: Saying, *, anywhere: bool) -> Iterator[Claim]:
    """Hold an amount against the one of the same name before it."""
    step = max(first.figure.step, one.figure.step)
    if abs(first.figure.value - one.figure.value) <= step:
        yield Claim("R2", "同名", one, "agrees", f"{first.sentence.place}“{first.text}”", "两处相同")
        return
    reason = cause(one.figure.value, first.figure.value, one.figure.step, money=True)
    if reason and (not anywhere or any(slip in reason for slip in _SLIPS)):
        yield _twice(first, one, reason)


def _headed(told: Told, scopes: dict[int, int]) -> Iterator[Claim]:
    """Hold the amount behind the name of an item (职业年金缴费（项）257.14万元) against its 支出决算为."""
    by_scope: dict[int, list[Saying]] = defaultdict(list)
    for one in told.sayings:
        by_scope[scopes[one.sentence.at]].append(one)
    for here in by_scope.values():
        heads = [
            one for one in here if one.money and one.role == "amount" and _ITEM.search(_before(one))
        ]  # fmt: skip
        if len(heads) == 1:
            yield from _settled(heads[0], [one for one in here if one.at > heads[0].at])


def _before(one: Saying) -> str:
    return one.sentence.paragraph.text[one.sentence.start : one.figure.start].rstrip("”")


def _settled(head: Saying, behind: list[Saying]) -> Iterator[Claim]:
    amounts = [one for one in behind if one.money and one.role == "amount" and not one.depth]
    settled = [one for one in amounts if re.fullmatch(r"(?:支出)?决算数?(?:为|是)?", one.label)]
    planned = [one for one in amounts if re.fullmatch(r"(?:年初|全年)?预算数?(?:为|是)?", one.label)]
    if len(settled) != 1 or len(planned) > 1:
        return
    outcome = settled[0]
    if any(one.figure.value == head.figure.value for one in (outcome, *planned)):
        yield Claim("R2", "同名", outcome, "agrees", f"“{head.text}”", "两处相同")
    else:
        yield Claim(
            "R2", "同名", outcome, "differs", f"{head.sentence.place}“{head.text}”",
            f"同一项，前面为 {head.figure.text}，决算为 {outcome.figure.text}",
            outcome.figure.spelled(head.figure.value), "warning",
            cause(outcome.figure.value, head.figure.value, outcome.figure.step, money=True),
        )  # fmt: skip
