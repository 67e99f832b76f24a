"""All that a text says (全文的说法), and where to look for what a figure goes with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from perf_excel.words.prose import Sentence
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.wholes import is_mean

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_EACH = re.compile(r"[各均](?=[增减下上])")
"""收入、支出各减少100万元 speaks of each, which is certain where both are the same."""
NEAR = 2
"""How many sentences back an amount may stand that a sentence goes on speaking of."""


@dataclass(frozen=True)
class Told:
    """The sayings of a text in order, by sentence, and its amounts of money by what they speak of."""

    sayings: Sequence[Saying]
    sentences: Sequence[Sentence]
    by_sentence: dict[int, list[Saying]] = field(default_factory=lambda: defaultdict(list))
    by_core: dict[str, list[Saying]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Sort the sayings into their places."""
        for one in self.sayings:
            self.by_sentence[one.sentence.at].append(one)
            if one.role == "amount" and one.core not in GENERIC:
                self.by_core[one.core].append(one)

    @cached_property
    def main_year(self) -> int | None:
        """The year that the text names first, as a title does."""
        found = next((year for one in self.sentences if (year := _YEAR.search(one.text))), None)
        return int(found[0]) if found else None

    def amounts(self, sentence: int, kind: str = "money") -> list[Saying]:
        """Return the amounts of a sentence, in order."""
        return [
            one for one in self.by_sentence.get(sentence, ())
            if one.role == "amount" and one.figure.kind == kind and not one.figure.bound
        ]  # fmt: skip

    def nearby(self, saying: Saying) -> list[Saying]:
        """Return every amount of the sentence and of those shortly before."""
        first = max(0, saying.sentence.at - NEAR)
        return [one for at in range(first, saying.sentence.at + 1) for one in self.amounts(at)]

    def host(self, saying: Saying) -> tuple[Saying | None, bool]:
        """Return the amount that a change, rate or share speaks of, and whether that is certain."""
        kind, unit = self._counted_in(saying)
        here = [
            one for one in self.amounts(saying.sentence.at, kind)
            if one.at < saying.at and unit in ("", one.figure.unit)
        ]  # fmt: skip
        if kind != "money":
            level = [one for one in here if one.depth <= saying.depth] or here
            return (level[-1] if level else None), bool(level)
        saying = self._with_subject(saying)
        if saying.core not in GENERIC:
            return self._named(saying, here)
        if here:
            level = [one for one in here if one.depth <= saying.depth] or here
            nearest = level[-1]
            sided = [one for one in level if saying.core and one.core == saying.core]
            host = sided[-1] if sided else nearest
            certain = not (saying.core and host.core not in (saying.core, "") and not sided)
            certain = certain and not is_mean(host)
            return host, certain and not (
                _EACH.search(saying.lead) and len({one.figure.value for one in level}) > 1
            )
        return self._before(saying)

    def _counted_in(self, saying: Saying) -> tuple[str, str]:
        """Return in what an amount is counted that a figure speaks of: money, or things by their word."""
        figure = saying.figure
        if saying.role == "change" and not saying.unchanged:
            return figure.kind, figure.unit * (figure.kind == "count")
        last = self.sayings[saying.at - 1] if saying.at else None
        if (
            last is not None and saying.role in ("change", "rate") and not saying.label
            and last.figure.kind == "count" and last.role in ("amount", "former") and going_on(last, saying)
        ):  # fmt: skip
            return "count", last.figure.unit
        return "money", ""

    def _with_subject(self, saying: Saying) -> Saying:
        """Return a change with the label of the former amount in front: 购置费较上年180万元|增加88万元."""
        at = saying.at - 1
        while at >= 0 and self.sayings[at].sentence == saying.sentence and saying.core in GENERIC:
            last = self.sayings[at]
            if last.role == "former" and last.core not in GENERIC:
                return replace(saying, core=last.core, label=last.label)
            if last.role not in ("change", "rate"):
                break
            at -= 1
        return saying

    def _named(self, saying: Saying, here: list[Saying]) -> tuple[Saying | None, bool]:
        """Return the amount with the same label: in the sentence, else the last before it."""
        for place in (here, self.by_core.get(saying.core, [])):
            same = [one for one in place if one.core == saying.core and one.money]
            if saying.year:
                same = [one for one in same if one.year in (None, saying.year)] or same
            elif years := {one.year for one in same if one.year}:
                same = [one for one in same if one.year in (None, max(years))]
            before = [one for one in same if one.at < saying.at]
            if before:
                return before[-1], before[-1].sentence.section == saying.sentence.section
        like = [one for one in here if one.core.endswith(saying.core) or saying.core.endswith(one.core)]
        return (like[-1], like[-1].core not in GENERIC) if like else (None, False)

    def _before(self, saying: Saying) -> tuple[Saying | None, bool]:
        """Return the amount that the sentence before ended on, where this one goes on speaking of it."""
        at = saying.sentence.at - 1
        if at < 0 or self.sentences[at].section != saying.sentence.section:
            return None, False
        level = [one for one in self.amounts(at) if one.depth == 0]
        sided = [one for one in level if saying.core and one.core == saying.core]
        if sided or level:
            last = (sided or level)[-1]
            return last, len({one.figure.value for one in level}) == 1 and not is_mean(last)
        return None, False


def going_on(before: Saying, after: Saying, longest: int = 14) -> bool:
    """Whether a figure follows another at once, in the same breath."""
    if before.sentence != after.sentence:
        return False
    between = before.sentence.paragraph.text[before.figure.end : after.figure.start]
    return len(between) <= longest and not set(between) & set("；。：（")
