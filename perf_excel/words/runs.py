"""Respective lists (分别、各): 收入、支出分别为500万元、480万元, each figure with the name it goes with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import core_of, label_of

_AND = re.compile(r"、|和|及|与|以及|、和|，")
_NAMES = re.compile(
    r"(?P<names>[^，；。：（）\d]{1,40})(?:均|总计|合计)?(?:分别|依次|各|各自)(?:安排|支出|投入|下达|支付|完成|收入)?(?:了|为|是|：)?$"
)
_PARTED = re.compile(r"、|和|及|与")
_COMMON = re.compile(r"(?:支出|收入|经费|费|预算|决算|资金|金额|人数|总计|合计|率|比例)$")


def runs(says: Sequence[Saying]) -> Iterator[list[Saying]]:
    """Yield the figures of a sentence that follow one another without a word between: 20万元、10万元."""
    run: list[Saying] = []
    for one in says:
        if run and _goes_on(run[-1], one):
            run.append(one)
            continue
        if len(run) > 1:
            yield run
        run = [one]
    if len(run) > 1:
        yield run


def _goes_on(last: Saying, one: Saying) -> bool:
    between = one.sentence.paragraph.text[last.figure.end : one.figure.start]
    same = last.figure.kind == one.figure.kind and not one.unchanged and not last.unchanged
    return same and _AND.fullmatch(between) is not None and last.depth == one.depth


def in_runs(says: list[Saying]) -> list[Saying]:
    """Return the sayings of a sentence, those in respective lists with the role and names that they have."""
    found = {one.at: one for one in says}
    for run in runs(says):
        first = run[0]
        names = _names(first, len(run))
        for number, one in enumerate(run):
            label = names[number] if names else ""
            found[one.at] = replace(
                one, role=first.role, sign=first.sign, whole=first.whole, respective=True, year=first.year,
                label=label, core=core_of(label),
            )  # fmt: skip
    return [found[one.at] for one in says]


def _names(first: Saying, number: int) -> list[str]:
    """Return the names in front of 分别, where there are as many as figures."""
    text, floor = first.sentence.paragraph.text, first.sentence.start
    said = _NAMES.search(text[max(floor, first.figure.start - 60) : first.figure.start])
    if not said:
        return []
    parts = [name for name in _PARTED.split(said["names"]) if name]
    if len(parts) != number:
        return []
    tail = found[0] if (found := _COMMON.search(parts[-1])) and found.start() else ""
    return [label_of(name if name.endswith(tail) else name + tail) for name in parts]
