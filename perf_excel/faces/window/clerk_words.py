"""What a message says for programs (编号), left out of what the window shows: ids of rule sets, of checks."""

from __future__ import annotations

import re
from functools import cache


def for_clerk(text: str) -> str:
    """Return a text in which rule sets have their Chinese names alone, and checks have theirs."""
    named, codes = _patterns()
    return codes.sub("", named.sub(lambda found: _name(found[1]), text))


def _name(rules: str) -> str:
    from perf_excel.rules.rulesets.library import ruleset

    return f"“{ruleset(rules).name}”"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The shipped rule sets with their names behind them, in brackets or not; codes before a check's name.

    Made when first something is said: the window is drawn before that, and not held up by it.
    """
    from perf_excel.rules.rulesets.library import ruleset, ruleset_names
    from perf_excel.rules.rulesets.severities import USUAL

    titles = {name: re.escape(ruleset(name).name) for name in ruleset_names()}
    both = "|".join(rf"{re.escape(name)}(?=(?:（|  ){title})" for name, title in titles.items())
    behind = "|".join(sorted(titles.values(), key=len, reverse=True))
    named = re.compile(rf"({both})(?:（(?:{behind})）|  (?:{behind}))")
    codes = "|".join(USUAL)
    return named, re.compile(rf"(?<![\w-])(?:{codes}) {{1,4}}(?=[\u4e00-\u9fff])")
