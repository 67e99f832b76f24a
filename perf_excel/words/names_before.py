"""The names of a form in front of a figure (数前面的名称): which indicator or level a text speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from perf_excel.forms.text import plain as plain_text
from perf_excel.words.form_facts import Field, FormFacts, Level
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

TARGET = re.compile(r"目标|指标值|计划|应|预期")
ACTUAL = re.compile(r"实际|完成值|完成情况")
_WEIGHT = re.compile(r"分值|权重|满分|总分值?(?:为|是)?$")
_SCORE = re.compile(r"得分?(?:为|是|了)?$|得分|评分|自评分")
FEWEST = 3
SHARE_OF_POINTS = re.compile(r"得分率(?:为|是|达到?)?$")
_TAIL = re.compile(r"^(?:指标|目标)")
_QUOTES = "“”‘’《》\"'"


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the form found in a sentence: where it ends, and what has it."""

    end: int
    length: int
    rows: tuple[int, ...]
    levels: tuple[Level, ...] = ()
    budget: bool = False


def names_before(facts: FormFacts, saying: Saying, *, levels: bool) -> list[Named]:
    """Return the names of the form that stand in front of a figure, the nearest last."""
    text = saying.sentence.paragraph.text[saying.sentence.start : saying.figure.start]
    found = [
        Named(at + len(key), len(key), tuple(rows))
        for key, rows in facts.names.items() if len(key) >= FEWEST and (at := text.rfind(key)) >= 0
    ]  # fmt: skip
    if levels:
        found += [
            Named(at + len(key), len(key), (), tuple(found_levels))
            for key, found_levels in facts.levels.items() if len(key) > 1 and (at := text.rfind(key)) >= 0
        ]  # fmt: skip
        if (at := text.rfind("预算执行")) >= 0:
            found.append(Named(at + len("预算执行"), len("预算执行"), (), budget=True))
    # 效益 within 社会效益 is no name of its own.
    whole = [one for one in found if not any(_within(one, other) for other in found)]
    return sorted(whole, key=lambda one: (one.end, one.length))


def _within(one: Named, other: Named) -> bool:
    """Whether a name is a part of another, longer one at the same place."""
    starts = other.end - other.length, one.end - one.length
    return other.length > one.length and starts[0] <= starts[1] and one.end <= other.end


def listed(saying: Saying, named: Named) -> bool:
    """Whether a name is one of several in a list."""
    text, start = saying.sentence.paragraph.text, saying.sentence.start
    before = text[start : start + named.end - named.length].rstrip(_QUOTES)
    after = _TAIL.sub("", text[start + named.end : saying.figure.start], count=1).lstrip(_QUOTES)
    return before.endswith("、") or after.startswith(("、", "等", "和", "及"))


def next_to(told: Told, saying: Saying, named: Named) -> bool:
    """Whether only figures of the named one stand between its name and a figure."""
    start = saying.sentence.start + named.end
    between = [
        one for one in told.by_sentence[saying.sentence.at] if start <= one.figure.start < saying.figure.start
    ]
    text = saying.sentence.paragraph.text[start : saying.figure.start]
    return len(between) <= FEWEST and not set("；。") & set(text)


def in_section(facts: FormFacts, saying: Saying, rows: tuple[int, ...]) -> tuple[int, ...]:
    """Return of several indicators with one name those whose second level the paragraph names last."""
    if len(rows) <= 1:
        return rows
    before = saying.sentence.paragraph.text[: saying.figure.start]
    said = {
        row: before.rfind(plain_text(facts.indicator(row).level2))
        for row in rows
        if facts.indicator(row).level2
    }
    last = max(said.values(), default=-1)
    nearest = tuple(row for row in rows if said.get(row) == last)
    return nearest if last >= 0 else rows


def field_of(saying: Saying) -> Field | None:
    """Return which value of a form the words in front of a figure ask for, None where they leave it open."""
    if saying.figure.kind == "points":
        return "weight" if _WEIGHT.search(saying.lead) else "score" if _SCORE.search(saying.lead) else None
    if saying.figure.bound:
        return "target"
    return "actual" if ACTUAL.search(saying.lead) else "target" if TARGET.search(saying.lead) else None
