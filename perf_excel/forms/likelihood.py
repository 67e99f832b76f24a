"""How likely a target is to be met (完成目标可能性): 确定能, 有可能 or 完全不可能, as ticked or written."""

from __future__ import annotations

import re

from perf_excel.forms.text import plain

SURE, MAYBE, NEVER = "确定能", "有可能", "完全不可能"
LIKELIHOODS = (SURE, MAYBE, NEVER)
TICK = "√"

_WORDS = (
    (NEVER, "(?:完全)?不可能(?:完成|实现)?|不能(?:完成|实现)?|无法(?:完成|实现)|否"),
    (MAYBE, "有?可能(?:完成|实现)?"),
    (SURE, "确定(?:能|可以)?(?:完成|实现)?|(?:确)?能(?:完成|实现)?|可以(?:完成|实现)?|是"),
)
_MARK = "[☑√✓✔■●☒□○☐◯]"
_TICKED = "[☑√✓✔■●☒]"
_CHOICE = re.compile(
    f"[(]?(?P<before>{_MARK})?[)]?(?P<word>完全不可能|不可能|确定能|有可能|可能)[(]?(?P<behind>{_MARK})?[)]?"
)
_BETWEEN = re.compile("[、,;/|]")


def likelihoods(text: str) -> tuple[str, ...]:
    """Return what a text says of how likely it is: of a choice (☑确定能 □有可能) what is ticked.

    Nothing where it says none of the three, several where several are ticked.
    """
    said = plain(text)
    if re.search(_MARK, said):
        found = list(_CHOICE.finditer(said))
        # Marks stand before their words, or all of them behind.
        side = "before" if any(one["before"] for one in found[:1]) else "behind"
        return tuple(_named(one["word"]) for one in found if re.match(_TICKED, one[side] or ""))
    return tuple(name for part in _BETWEEN.split(said) if (name := _named(part)))


def _named(word: str) -> str:
    return next((name for name, spelling in _WORDS if re.fullmatch(spelling, word)), "")
