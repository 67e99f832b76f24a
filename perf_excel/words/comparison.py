"""What comes of a comparison (核对结果): what agrees, what does not, what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from perf_excel.words.claims import Claim
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_ORDER = {"error": 0, "warning": 1, "info": 2}
_Key = tuple[int, str, int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``findings`` in the order of the text; ``agree`` claims that hold; ``unmatched`` other figures."""

    findings: tuple[Claim, ...]
    agree: tuple[Claim, ...]
    unmatched: tuple[Saying, ...]

    @property
    def facts(self) -> int:
        """How many figures were held against something (核对)."""
        return len({_key(one.saying) for one in (*self.agree, *self.findings) if one.severity != "info"})

    @property
    def wrong(self) -> int:
        """How many figures do not agree (对不上); a last digit is no such thing."""
        return len({_key(one.saying) for one in self.findings if one.severity != "info"})

    @property
    def agreeing(self) -> int:
        """How many figures agree with all they were held against."""
        return self.facts - self.wrong

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(one.severity == "error" for one in self.findings)


def compared(told: Told, claims: Iterable[Claim]) -> Comparison:
    """Sort claims: of one figure only the gravest finding of each check, and none twice.

    A figure that agrees with one of several forms is not held against the others.
    """
    by_figure: dict[_Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_figure[_key(claim.saying)].append(claim)
    findings: list[Claim] = []
    agree: list[Claim] = []
    for every in by_figure.values():
        group = _known(every)
        agreeing = [one for one in group if one.verdict == "agrees"]
        held = {one.check for one in agreeing if one.check == "R1"} | {one.what for one in agreeing}
        differing = sorted(
            (one for one in group if one.verdict == "differs" and not {one.check, one.what} & held),
            key=lambda one: (_ORDER.get(one.severity, 3), one.check),
        )
        findings += differing[:1]
        agree += [] if differing else agreeing[:1]
    findings = [one for one in findings if not _follows(one, findings)]
    findings.sort(key=lambda one: _key(one.saying))
    used = {_key(one) for claim in (*findings, *agree) for one in claim.basis}
    matched = {*by_figure, *used}
    unmatched = [
        one for one in told.sayings
        if _key(one) not in matched and not one.unchanged and one.role != "former" and not one.figure.bound
    ]  # fmt: skip
    return Comparison(tuple(findings), tuple(agree), tuple(unmatched))


def _follows(claim: Claim, findings: list[Claim]) -> bool:
    """Whether a sum is wrong because of a part that is found wrong itself, which is said once."""
    parts = {_key(one) for one in claim.basis} if claim.what == "增减额合计" else set[_Key]()
    return any(_key(one.saying) in parts for one in findings if one is not claim and one.severity != "info")


def _known(group: list[Claim]) -> list[Claim]:
    """Return the claims of a figure, of those against forms only that by its key, where there is one."""
    certain = any(one.certain for one in group)
    return [one for one in group if one.check != "R1" or one.certain or not certain]


def _key(saying: Saying) -> _Key:
    words = saying.sentence.paragraph
    return words.number, words.name, saying.figure.start, saying.figure.end
