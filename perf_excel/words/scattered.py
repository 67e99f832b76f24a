"""Sums over sentences (跨句合计): a whole in one sentence, its parts each in a sentence of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from perf_excel.forms.chinese_number import chinese_number
from perf_excel.words.numbered_lists import items_behind
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told
from perf_excel.words.wholes import Group, like

_TOTAL = re.compile(r"合计|共计|总计|总共|总额|总量|总投资|总投入|(?<!公)共|总")
_SO_MANY = re.compile(r"(?:以上|上述)(?P<number>[两二三四五六七八九十])(?:个|项|类|笔|部分|批)")
_BASIS = re.compile(r"决算|预算|执行")
_MOST = 8
_ALIKE = 2
"""Signs that the labels of the parts, and that of their whole, end or begin with."""
_ORDERED = re.compile(r"第[一二三四五六七八九十\d]{1,3}|[一二三四五六七八九十\d]{1,3}月|[上下]半年")


def scattered_groups(told: Told) -> Iterator[Group]:
    """Yield wholes whose parts stand in the sentences right behind, or right before, and are named alike."""
    for sentence in told.sentences:
        here = _main(told, sentence.at)
        points = [one for one in told.amounts(sentence.at, "points") if not one.depth]
        if (last := points or here) and (group := _so_many(told, last[-1])):
            yield group
        if len(here) != 1 or not _TOTAL.search(here[0].lead):
            continue
        for step in (1, -1):
            parts = list(_run(told, here[0], step)) or (_items(told, here[0]) if step > 0 else [])
            if len(parts) > 1 and _parallel(here[0], parts):
                ordered = tuple(parts if step > 0 else reversed(parts))
                shorter = tuple(
                    ordered[:end] if step > 0 else ordered[-end:] for end in range(len(parts) - 1, 1, -1)
                )
                yield Group(here[0], (ordered, *shorter), certain=True, open=False, last=step < 0)


def _so_many(told: Told, total: Saying) -> Group | None:
    """Return a whole that says how many parts stand in the sentences before it: 以上三项合计."""
    said = _SO_MANY.search(total.sentence.paragraph.text[total.sentence.start : total.figure.start])
    number = chinese_number(said["number"]) if said else None
    if not number:
        return None
    parts: list[Saying] = []
    for one in told.sentences[max(0, total.sentence.at - _MOST) : total.sentence.at][::-1]:
        here = _main(told, one.at) if total.figure.kind != "points" else _got(told, one.at)
        if len(here) > 1 and (basis := _BASIS.findall(total.lead)):
            here = [each for each in here if basis[-1] in each.lead]  # 决算12万元，预算13万元，完成92%
        if len(here) > 1 or (here and not like(total, here[0])):
            return None
        parts += here
        if len(parts) == number:
            return Group(total, (tuple(parts[::-1]),), certain=True, open=False, last=True, closed=True)
    return None


def _got(told: Told, at: int) -> list[Saying]:
    """Return the first score of a sentence: 项目过程（满分25分）得22.5分，其中…."""
    return [
        one for one in told.by_sentence.get(at, ())
        if one.figure.kind == "points" and not one.depth and one.lead.endswith(("得", "得分"))
    ][:1]  # fmt: skip


def _main(told: Told, at: int) -> list[Saying]:
    return [one for one in told.by_sentence.get(at, ()) if one.role == "amount" and not one.depth
            and not one.figure.bound and one.figure.kind in ("money", "count")]  # fmt: skip


def _run(told: Told, total: Saying, step: int) -> Iterator[Saying]:
    """Yield the only amounts of the sentences that follow one another without a gap."""
    at = total.sentence.at + step
    for _ in range(_MOST):
        if not 0 <= at < len(told.sentences) or told.sentences[at].section != total.sentence.section:
            return
        here = _main(told, at)
        if len(here) != 1 or not like(total, here[0]) or _TOTAL.search(here[0].label):
            return
        yield here[0]
        at += step


def _items(told: Told, total: Saying) -> list[Saying]:
    """Return the first amount of each numbered item that follows: （一）财政拨款收入… （二）事业收入…."""
    found: list[Saying] = []
    for at in items_behind(told, total.sentence.at):
        if here := _main(told, at):
            found += here[:1] if like(total, here[0]) else []
    return found


def _parallel(total: Saying, parts: list[Saying]) -> bool:
    """Whether parts are named alike (上级资金、本级资金) as things that their whole names too (项目资金)."""
    names = [_ORDERED.sub("", one.label) for one in parts]
    if len({one.label for one in parts}) < len(parts):
        return False
    head = _common(names)
    tail = _common([name[::-1] for name in names])[::-1]
    return any(len(one) >= _ALIKE and one[-_ALIKE:] in total.lead for one in (head, tail) if one)


def _common(names: list[str]) -> str:
    """Return what names begin with alike."""
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))
    return "".join(signs[0] for signs in alike)
