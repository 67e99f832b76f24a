"""Numbers of indicators and of things done, against the form (R1, 个数): 3项三级指标, 下访10次."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.spot import Spot
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.form_facts import FormFacts, Level, key_of
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import core_of
from perf_excel.words.told import Told

_LEVEL = re.compile(r"(?P<level>[一二三])级指标")
_BEFORE = re.compile(r"(?P<level>[一二三])级指标(?:共|共有|有|为)?$")
_DEPTHS = {"一": 1, "二": 2, "三": 3}
_INTRODUCED = re.compile(r"(?:其中|结合[^，]{0,20})?")
_COUNTERS = ("个", "项", "条", "类")
_FEWEST = 2


def count_claims(told: Told, facts: FormFacts) -> Iterator[Claim]:
    """Yield the claims about numbers of indicators and about counts in the form's own texts."""
    for one in told.sayings:
        if (
            one.role not in ("amount", "other")
            or one.figure.kind != "count"
            or one.figure.about
            or one.figure.bound
        ):
            continue
        text, end = one.sentence.paragraph.text, one.figure.end
        level = _LEVEL.match(text, end) or _BEFORE.search(text, one.sentence.start, one.figure.start)
        if level:
            yield from _indicators(facts, one, _DEPTHS[level["level"]])
        elif one.figure.unit in _COUNTERS:
            yield from _of_level(facts, one)
        else:
            yield from _done(facts, one)


def _subject(facts: FormFacts, saying: Saying) -> list[Level]:
    """Return the levels of the name that the clause, else the stretch between semicolons, begins with."""
    text, floor = saying.sentence.paragraph.text, saying.sentence.start
    for signs in ("，。；：", "。；"):
        start = max(floor, *(text.rfind(sign, floor, saying.figure.start) + 1 for sign in signs))
        said = _INTRODUCED.sub("", text[start : saying.figure.start], count=1).lstrip("“”‘’一二级指标：")
        if fitting := [key for key in facts.levels if said.startswith(key)]:
            return facts.levels[max(fitting, key=len)]
    return []


def _indicators(facts: FormFacts, saying: Saying, depth: int) -> Iterator[Claim]:
    subjects = [one for one in _subject(facts, saying) if depth > one.depth]
    number = int(saying.figure.value)
    form = facts.form
    if not form.indicators:
        return
    if subjects:
        due = {one.seconds if depth == 2 else len(one.rows) for one in subjects}
        first = subjects[0]
        yield _claim(saying, due, f"表上“{first.name}”下的{depth}级指标", first.spot, number)
        return
    if _subject(facts, saying):
        return
    # 共设置一级指标3项、二级指标7项: what is counted together is said once.
    before = saying.sentence.paragraph.text[saying.sentence.start : saying.figure.start]
    if "共" not in before and "合计" not in before:
        return
    firsts = len({row.level1 for row in form.indicators if row.level1})
    seconds = len({(row.level1, row.level2) for row in form.indicators if row.level2})
    counted = {1: firsts, 2: seconds, 3: len(form.indicators)}[depth]
    # The budget row is often counted as an indicator of its own.
    executed = sum("预算执行" in row.level1 + row.level2 for row in form.indicators)
    yield _claim(
        saying, {counted, counted + 1, counted - executed}, f"表上的{depth}级指标", Spot("indicator"), number
    )


def _of_level(facts: FormFacts, saying: Saying) -> Iterator[Claim]:
    """Hold 产出指标4个 against the number of indicators of that level."""
    levels = facts.levels.get(key_of(saying.label), []) if saying.label.endswith("指标") else []
    if levels:
        due = {number for one in levels for number in (len(one.rows), one.seconds)}
        first = levels[0]
        yield _claim(saying, due, f"表上“{first.name}”下的指标", first.spot, int(saying.figure.value))


def _claim(saying: Saying, due: set[int], against: str, spot: Spot, number: int) -> Claim:
    agrees = number in due
    least = number if agrees else min(due)
    against = against.replace("1级", "一级").replace("2级", "二级").replace("3级", "三级")
    return Claim(
        "R1", "个数", saying, "agrees" if agrees else "differs", against, f"{against}共 {least} 个",
        f"{least}{saying.figure.unit}", "error", spot=spot,
    )  # fmt: skip


def _done(facts: FormFacts, saying: Saying) -> Iterator[Claim]:
    """Hold a count against the one that the form's own words give for the same thing."""
    core = core_of(saying.label)
    fitting = [
        (other, spot, name) for other, spot, name in facts.said
        if other.figure.unit == saying.figure.unit and _same_thing(core, core_of(other.label), name)
    ]  # fmt: skip
    if not fitting or len(core) < _FEWEST:
        return
    values = {other.figure.value for other, _, _ in fitting}
    other, spot, name = fitting[0]
    agrees = saying.figure.value in values
    if not agrees and len(values) > 1:
        return
    due: Decimal = saying.figure.value if agrees else other.figure.value
    yield Claim(
        "R1", "完成数", saying, "agrees" if agrees else "differs", f"表上任务“{name}”的完成情况",
        f"表上写“{other.text}”", f"{plain(due)}{saying.figure.unit}", "error",
        "" if agrees else cause(saying.figure.value, due, Decimal(1), money=False), spot=spot,
    )  # fmt: skip


def _same_thing(core: str, other: str, about: str) -> bool:
    """Whether two labels name one thing: one within the other, with the task's name beside it."""
    shorter, longer = sorted((core, other), key=len)
    if len(shorter) < _FEWEST or shorter not in longer:
        return False
    rest = longer.replace(shorter, "", 1)
    return not rest or rest in about or len(rest) <= _FEWEST
