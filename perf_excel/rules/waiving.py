"""Waivers (忽略): findings that the unit leaves as they are, held against the findings there are now.

A waiver holds while the check, the row's label and the whole message are the same, white space and full
width aside. The message carries every figure that the finding rests on, so a figure that changes lets the
waiver lapse, while a row that moved keeps it. Where the program words a message anew, the waiver lapses too:
to ask once more is the safe side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from perf_excel.forms.model import Waiver
from perf_excel.forms.text import plain
from perf_excel.rules.checks.reasons import is_reason
from perf_excel.rules.findings import Finding

UNREASONED = "已选忽略但没有写明理由，仍计入"
AMBIGUOUS = "有几处完全相同的问题，只忽略了其中几处，无法分辨，仍计入；请逐处忽略并写明理由"
LAPSED = "原先忽略的问题已有变化，忽略失效，请重新确认"

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Settled:
    """Findings with what the waivers make of them, and the waivers that met none.

    ``gone`` are those whose finding is no more, ``unasked`` those of checks that were not run this time.
    """

    findings: list[Finding]
    gone: tuple[Waiver, ...] = ()
    unasked: tuple[Waiver, ...] = ()


def key_of(one: Finding | Waiver) -> Key:
    """By what a finding and its waiver know each other."""
    return one.check, plain(one.label), plain(one.message)


def settle(
    findings: Iterable[Finding], waivers: Sequence[Waiver], ran: Callable[[str], bool] = lambda _: True
) -> Settled:
    """Hold waivers against findings.

    Args:
        findings: what the checks found.
        waivers: what the unit asked to be left as it is.
        ran: tells by its code whether a check was run at all.
    """
    found, given = list(findings), defaultdict[Key, list[Waiver]](list)
    for waiver in waivers:
        given[key_of(waiver)].append(waiver)
    equal = Counter(map(key_of, found))
    left = [waiver for waiver in waivers if key_of(waiver) not in equal]
    changed = {(waiver.check, plain(waiver.label)): waiver for waiver in left}
    taken, answered, lapsed = Counter[Key](), list[Finding](), set[int]()
    for finding in found:
        key = key_of(finding)
        old = changed.get(key[:2])
        if key in given:
            answered.append(_answered(finding, given[key][taken[key] :], equal[key] - taken[key]))
            taken[key] += answered[-1].note != AMBIGUOUS
        elif old:
            lapsed.add(id(old))
            answered.append(replace(finding, note=f"{LAPSED}（原理由：{old.reason or '未写'}）"))
        else:
            answered.append(finding)
    left = [waiver for waiver in left if id(waiver) not in lapsed]
    return Settled(
        answered,
        gone=tuple(waiver for waiver in left if ran(waiver.check)),
        unasked=tuple(waiver for waiver in left if not ran(waiver.check)),
    )


def _answered(finding: Finding, offered: Sequence[Waiver], equal: int) -> Finding:
    """A finding under the next of its waivers; ``equal`` findings of the same words still wait for one."""
    if len(offered) < equal:
        return replace(finding, note=AMBIGUOUS)
    reason = offered[0].reason.strip()
    return replace(finding, waived=reason) if is_reason(reason) else replace(finding, note=UNREASONED)
