"""What was planned and what became of it (计划与完成): the two amounts that a rate, a rest or 全部 is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.told import Told

_PLANNED = re.compile(r"预算|计划|下达|到位|安排|指标|收到|拨入|可用|批复")
_PLANNED_TOO = re.compile(rf"{_PLANNED.pattern}|资金|投资|任务|目标|应|拟|总额|总数|总量")
_SPENT = re.compile(r"决算|支出|执行|支付|完成|使用|实际|拨付|发放|兑付|报销|投入|已")
_THINGS_PLANNED = re.compile(r"计划|应|目标|任务|预计|拟|预期|需|指标")
_THINGS_DONE = re.compile(r"实际|已|完成|实有|收回|办结|到位")
REST = re.compile(
    r"^(?:资金|经费|预算|项目|年末|尚有|还有|仅|其余|余下|应)?(?:结余|剩余|节余|结转结余|结转|结存|尚余|余额|未|尚未|没有)"
)
"""An amount that was left: 结余20万元, 未支付20万元."""
Pair = tuple[Saying, Saying]


def pairs_before(told: Told, saying: Saying, name: str = "") -> Iterator[Pair]:
    """Yield what was planned and what came of it, where they are certain to be those of a saying.

    They stand right before it; in the sentence before where that ends with just the two; or the saying
    names the first of them itself (完成预算60万元的80%). ``name`` is that of a rate without 率.
    """
    if saying.of is not None:
        planned = told.sayings[saying.of]
        spent = amount_before(told, planned)
        if spent is not None:
            yield planned, spent
        return
    here = [one for one in _amounts(told, saying.sentence.at) if one.at < saying.at]
    both = [one for one in here if not REST.search(one.label)][-2:]
    if len(both) == 2 and _fit(both[0], both[1], saying, name):
        yield both[0], both[1]
    elif len(both) == 2 and both[1].money and _fit(both[1], both[0], saying, name) and not name:
        yield both[1], both[0]
    elif len(here) == 1 and saying.sentence.at and (planned := _planned_before(told, here[0])):
        if _fit(planned, here[0], saying, name):
            yield planned, here[0]
    elif not here and saying.sentence.at:
        at = saying.sentence.at - 1
        last = _amounts(told, at)
        if (
            told.sentences[at].section == saying.sentence.section and len(last) == 2
            and _fit(last[0], last[1], saying, name)
        ):  # fmt: skip
            yield last[0], last[1]


def _planned_before(told: Told, spent: Saying) -> Saying | None:
    """Return the amount that the sentence before is about, of which all others there are parts (其中)."""
    at = spent.sentence.at - 1
    here = _amounts(told, at)
    if not here or told.sentences[at].section != spent.sentence.section or here[0].role != "amount":
        return None
    if len(here) > 1:
        text = here[0].sentence.paragraph.text
        behind = text[here[0].figure.end : here[1].figure.start]
        if not re.match(r"[，。]?(?:其中|（)", behind):
            return None
    return here[0]


def _amounts(told: Told, at: int) -> list[Saying]:
    return [
        one for one in told.by_sentence.get(at, ())
        if one.role in ("amount", "former") and one.figure.kind != "percent" and not one.unchanged
    ]  # fmt: skip


def amount_before(told: Told, planned: Saying) -> Saying | None:
    """Return the amount right before one that a percentage is of."""
    before = [one for one in _amounts(told, planned.sentence.at) if one.at < planned.at]
    last = before[-1] if before else None
    if last is None or last.role == "former" or last.figure.bound or last.respective or last.figure.about:
        return None
    same = last.figure.kind == planned.figure.kind
    return last if same and (last.money or last.figure.unit == planned.figure.unit) else None


def _fit(planned: Saying, spent: Saying, saying: Saying, name: str) -> bool:
    """Whether two amounts are a plan and what came of it, of one thing, and neither is of anything else."""
    if planned.figure.kind != spent.figure.kind or planned.role == "former" or spent.role == "former":
        return False
    if any(one.respective or one.figure.about or one.figure.bound for one in (planned, spent)):
        return False
    if not planned.depth == spent.depth == saying.depth:
        return False
    if planned.figure.kind != "money":
        return planned.figure.unit == spent.figure.unit and _things(planned, spent, name)
    same = spent.core in (*GENERIC, planned.core, f"{planned.core}支出") or (
        len(spent.core) > 1 and planned.core.endswith(spent.core)
    )
    return bool(
        same and _PLANNED_TOO.search(planned.lead) and _SPENT.search(spent.lead)
        and not _PLANNED.search(spent.label.replace("预算支出", ""))
        and not REST.search(spent.label) and not REST.search(planned.label)
    )  # fmt: skip


def _things(planned: Saying, spent: Saying, name: str) -> bool:
    """Whether counts are of what was to be done and what was: 应发放1200人，实际发放1200人."""
    if _THINGS_PLANNED.search(planned.label) and _THINGS_DONE.search(spent.label):
        return not _THINGS_PLANNED.search(spent.label.replace("应急", ""))
    return len(name) > 1 and set(name) <= set(spent.lead) and not set(name) <= set(planned.label)
