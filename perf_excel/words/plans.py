"""What was planned and what became of it (计划与完成): the two amounts that a rate, a rest or 全部 is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.words.adjustments import ADJUSTED, INITIAL
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.told import Told
from perf_excel.words.wholes import counts

_PLANNED = re.compile(r"预算|计划|下达|到位|安排|指标|收到|拨入|可用|批复")
_PLANNED_TOO = re.compile(rf"{_PLANNED.pattern}|可用|合计|共计|资金|投资|任务|目标|应|拟|总额|总数|总量")
_SPENT = re.compile(
    r"决算|支出|执行|支付|完成|使用|实际|拨付|发放|兑付|报销|投入|已|实[支付拨用收]|用款|付款|花销|开支"
)
_THINGS_PLANNED = re.compile(r"计划|应|目标|任务|预计|拟|预期|需|指标")
_THINGS_DONE = re.compile(r"实际|已|完成|实有|收回|办结|到位|实(?=[^施现体地行验])[^，；。]{1,2}$")
_TARGET = re.compile(r"(?:年初|年度|全年|绩效)?(?:目标|计划|任务|指标|预期)(?:值|数|量|任务)?(?:为|是)?")
"""What is said of a target behind the outcome: 完成改造55公里，目标值|60公里."""
FUND = re.compile(r"(?:一般公共|公共财政|政府性基金|国有资本经营|公共)预算|预算(?:内|外|单位)")
"""Names with 预算 in them that plan nothing: 一般公共预算财政拨款支出决算."""
_AMONG = re.compile(r"[^，。：]{0,4}其中|（|[一二三四五六七八九]是")
REST = re.compile(
    r"^(?:资金|经费|预算|项目|年末|尚有|还有|仅|其余|余下|应)?(?:结余|剩余|节余|结转结余|结转|结存|尚余|余额|未|尚未|没有)"
)
"""An amount that was left: 结余20万元, 未支付20万元."""
_BUDGET = re.compile(r"(?:年初|全年)?预算数?(?:为|是)?")
_BARE_SPENT = re.compile(r"(?:已|实际|累计|共|全年)*(?:支出|支付|执行|使用|拨付)(?:资金|金额|数)?(?:为|共)?")
_OUTCOME = re.compile(r"支出|支付|决算|执行")
_SINCE = re.compile(r"(?:目前|均)?(?:已|实际)(?:完成)?")
_OWED = re.compile(r"应(?P<what>[\u4e00-\u9fff]{2,4})(?:人?数)?(?:为)?")
_ASKED = re.compile(r"预算|计划|应|批复|投资|下达|安排")
_CAME = re.compile(r"^(?:实际|已|资金|全年|累计){0,3}到位(?:资金|金额|数)?(?:为|了|共)?$")
_TWO = 2
_TARGET_OF = re.compile(r"(?:年初|年度|全年|绩效)?(?:目标|计划|任务)")
_PARTED = re.compile(r"[；。]|其中")
_EXCESS = re.compile(r"^(?:超额|超|多|少|提前|新增|相?差|高出|净[增减])")
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
    here = _heads([one for one in _amounts(told, saying.sentence.at) if one.at < saying.at])
    if len(here) > _TWO and (target := _own_target(here, saying)):
        yield target
        return
    both = [one for one in here if not REST.search(one.label)][-2:]
    if len(both) == _TWO:
        yield from _of_both(here, both, saying, name)
    elif len(here) == 1 and (planned := _planned_behind(told, saying, here[0])):
        yield planned, here[0]
    elif saying.sentence.at:
        yield from _with_sentence_before(told, here, saying, name)


def _own_target(here: list[Saying], done: Saying) -> Pair | None:
    """Return the target of things and what was done of them, whatever was said of money between the two."""
    last = here[-1]
    things = [one for one in here if one.figure.kind == "count" and one.figure.unit == last.figure.unit]
    if len(things) != _TWO or last is not things[1] or last.at != done.at - 1 or len(here) == _TWO:
        return None
    plain = not any(one.respective or one.figure.about or one.figure.bound or one.depth for one in things)
    named = _TARGET_OF.match(last.lead) and _THINGS_DONE.search(things[0].lead)
    clear = not _THINGS_PLANNED.search(things[0].lead) and not _PARTED.search(
        last.sentence.paragraph.text, things[0].figure.end, done.figure.start
    )
    return (last, things[0]) if plain and named and clear else None


def _heads(here: list[Saying]) -> list[Saying]:
    """Return the amounts of a sentence without the parts of the first (支出2517.5万元，其中电费…)."""
    if len(here) <= _TWO:
        return here
    text = here[0].sentence.paragraph.text
    listed = re.match(r"[，。]?(?:其中|包括)", text[here[0].figure.end : here[1].figure.start])
    inside = all(not any(word.search(one.label) for word in (_SPENT, _PLANNED, REST)) for one in here[1:])
    return here[:1] if listed and inside and _SPENT.search(here[0].lead) else here


def _of_both(here: list[Saying], both: list[Saying], saying: Saying, name: str) -> Iterator[Pair]:
    """Yield the two amounts right before a saying, or the last with that which all others are parts of."""
    planned = _head_of_list(here) if len(here) > _TWO else None
    if planned and _fit(planned, here[-1], saying, name):
        yield planned, here[-1]
    elif _fit(both[0], both[1], saying, name):
        yield both[0], both[1]
    elif _turned(both[0], both[1], saying, name):
        yield both[1], both[0]


def _turned(done: Saying, planned: Saying, saying: Saying, name: str) -> bool:
    """Whether the plan stands behind what came of it."""
    if planned.money:
        behind = done.sentence.paragraph.text[done.figure.end : planned.start] == "，"
        if behind and (_BUDGET.fullmatch(planned.lead) or _TARGET.fullmatch(planned.lead)):
            plain = not any(one.respective or one.figure.about or one.figure.bound for one in (done, planned))
            spent = _SPENT.search(done.label) is not None and not _PLANNED.search(done.label)
            return plain and spent and done.role == "amount" and done.depth == planned.depth == saying.depth
        return not name and _fit(planned, done, saying, name)
    owed = _OWED.fullmatch(planned.lead)
    if owed and owed["what"] in name and owed["what"] in done.lead and not _THINGS_PLANNED.search(done.lead):
        # 规范管理4680人，应管理5310人，规范管理率88.14%
        straight = done.sentence.paragraph.text[done.figure.end : planned.start] == "，"
        plain = not any(one.respective or one.figure.about or one.figure.bound for one in (done, planned))
        return straight and plain and done.figure.unit == planned.figure.unit and done.role == "amount"
    return _target_behind(done, planned) and done.depth == planned.depth == saying.depth


def _target_behind(done: Saying, planned: Saying) -> bool:
    """Whether the target is said right behind what was done, of the same things: 改造55公里，目标值60公里."""
    between = done.sentence.paragraph.text[done.figure.end : planned.start]
    same = done.figure.kind == planned.figure.kind == "count" and done.figure.unit == planned.figure.unit
    plain = not any(one.respective or one.figure.about or one.figure.bound for one in (done, planned))
    return same and plain and between in ("，", "（") and _TARGET.fullmatch(planned.lead) is not None


def _with_sentence_before(told: Told, here: list[Saying], saying: Saying, name: str) -> Iterator[Pair]:
    """Yield the budget of the sentence before with the outcome of this one; or both of the one before."""
    if len(here) == 1:
        planned = _planned_before(told, here[0])
        if planned and _fit(planned, here[0], saying, name):
            yield planned, here[0]
    elif not here:
        at = saying.sentence.at - 1
        last = _amounts(told, at)
        same = told.sentences[at].section == saying.sentence.section
        if same and len(last) == _TWO and _fit(last[0], last[1], saying, name):
            yield last[0], last[1]


def _planned_behind(told: Told, saying: Saying, spent: Saying) -> Saying | None:
    """Return the budget said right behind a rate: 决算7.35万元，完成预算73.5%，预算数为10万元."""
    after = told.sayings[saying.at + 1] if saying.at + 1 < len(told.sayings) else None
    if after is None or after.sentence != saying.sentence or after.role != "amount" or not after.money:
        return None
    gave = _SPENT.search(spent.lead) and not _PLANNED.search(FUND.sub("", spent.label))
    fits = _BUDGET.fullmatch(after.label) and gave and spent.at == saying.at - 1
    return after if fits and after.depth == spent.depth and not after.figure.about else None


def _head_of_list(here: list[Saying]) -> Saying | None:
    """Return the amount that all others but the last are parts of: 落实3500万元，其中…；支出3325万元."""
    text = here[0].sentence.paragraph.text
    listed = re.match(r"[，。]?(?:其中|包括|（)", text[here[0].figure.end : here[1].figure.start])
    inside = all(not _SPENT.search(one.label) and not _PLANNED.search(one.label) for one in here[1:-1])
    return here[0] if listed and inside and _BARE_SPENT.fullmatch(here[-1].label) else None


def _planned_before(told: Told, spent: Saying) -> Saying | None:
    """Return the amount that the sentence before is about, of which all others there are parts (其中)."""
    at = spent.sentence.at - 1
    here = _amounts(told, at)
    if not here or told.sentences[at].section != spent.sentence.section or here[0].role != "amount":
        return None
    if spent.sentence.numbered or _AMONG.match(spent.sentence.text):
        return None
    if len(here) > 1:
        text = here[0].sentence.paragraph.text
        behind = text[here[0].figure.end : here[1].figure.start]
        if not re.match(r"[，。]?(?:其中|（)", behind):
            return here[-1] if _is_adjusted(here) else None
    return here[0]


def _is_adjusted(here: list[Saying]) -> bool:
    """Whether a sentence ends on what a first budget became: 年初820万元，追加6万元，全年预算826万元."""
    first, last = here[0], here[-1]
    text = first.sentence.paragraph.text[first.figure.end : last.figure.start]
    return (
        INITIAL.search(first.lead) is not None and ADJUSTED.search(last.lead) is not None and "；" not in text
    )


def _amounts(told: Told, at: int) -> list[Saying]:
    return [
        one for one in told.by_sentence.get(at, ())
        if one.role in ("amount", "former") and one.figure.kind != "percent" and not one.unchanged
        and not _EXCESS.search(one.label)
    ]  # fmt: skip


def amount_before(told: Told, planned: Saying) -> Saying | None:
    """Return the amount right before one that a percentage is of."""
    before = [one for one in _amounts(told, planned.sentence.at) if one.at < planned.at]
    last = before[-1] if before else None
    if last is None or last.role == "former" or last.figure.bound or last.respective or last.figure.about:
        return None
    same = last.figure.kind == planned.figure.kind and counts(last)
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
    plan = FUND.sub("", planned.lead)
    if "决算" in plan or not _PLANNED_TOO.search(plan):
        return False
    if _OUTCOME.search(plan) and not _PLANNED.search(plan) and planned.core == spent.core:
        return False  # 支出合计1761万元。支出1761万元，结余949万元: the outcome, said twice
    if name.endswith("到位"):  # 预算500万元，到位资金480万元，到位率96%
        plain = not any(REST.search(one.label) for one in (planned, spent))
        asked = _ASKED.search(plan) and "到位" not in plan and "到位" not in planned.label
        return bool(plain and asked and _CAME.search(spent.lead) and planned.sentence == spent.sentence)
    same = spent.core in (*GENERIC, planned.core, f"{planned.core}支出") or (
        len(spent.core) > 1 and planned.core.endswith(spent.core)
    )
    return bool(
        same and _SPENT.search(spent.lead)
        and not _PLANNED.search(spent.label.replace("预算支出", ""))
        and not REST.search(spent.label) and not REST.search(planned.label)
    )  # fmt: skip


def _things(planned: Saying, spent: Saying, name: str) -> bool:
    """Whether counts are of what was to be done and what was: 应发放1200人，实际发放1200人."""
    if _THINGS_PLANNED.search(planned.label) and _THINGS_DONE.search(spent.label):
        return not _THINGS_PLANNED.search(spent.label.replace("应急", ""))
    if len(name) > 1 and _SINCE.fullmatch(spent.lead.replace(name, "")) and name in spent.lead:
        return not re.search(r"已|实际", planned.lead) and spent.sentence == planned.sentence
    return len(name) > 1 and set(name) <= set(spent.lead) and not set(name) <= set(planned.label)
