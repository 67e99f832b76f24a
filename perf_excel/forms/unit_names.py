"""Names of units (单位名称) held against each other: the same however it was typed, or only near."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perf_excel.forms.text import plain

_BRACKETS = str.maketrans("（）［］【】", "()[][]")
_ENDINGS = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|公司|\(本级\)|本级|机关)$")
_CODE = re.compile(r"[0-9]{3,12}[-_—－]+(?=[^0-9])")
"""The unit's code before its name, as the budget systems print it (324001-某某局)."""
_LONGEST = 60


def key_of(name: str) -> str:
    """Return what every spelling of one name has in common: not width, blanks, brackets, code."""
    folded = plain(name).translate(_BRACKETS).casefold()
    code = _CODE.match(folded)
    return folded[code.end() :] if code else folded


class NearNames:
    """Names by what is near them: one sign more, less or another, or another ending (有限公司, 公司)."""

    def __init__(self, names: Iterable[str], asked: Iterable[str] | None = None) -> None:
        """Take in names.

        Args:
            names: the names.
            asked: the names that near ones will be asked for, by default these themselves.
        """
        self._near: dict[str, dict[str, bool]] = {}
        known = list(dict.fromkeys(names))
        # Of fifty thousand names hardly any trace is another one's: only those are kept.
        shared = _shared(known) if asked is None else {hash(trace) for one in asked for trace in _traces(one)}
        for name in known:
            for trace, whole in _traces(name).items():
                if hash(trace) in shared:
                    self._near.setdefault(trace, {})[name] = whole

    def of(self, name: str, *, replaced: bool = True) -> list[str]:
        """Return the names that may be meant by a name, but for itself, each once.

        Args:
            name: the name.
            replaced: whether one sign may be another: among names that all are somebody's, 第一小学 and
                第二小学 are no slip of anybody's.
        """
        own = key_of(name)
        found: dict[str, None] = {}
        for trace, mine in _traces(name).items():
            for near, whole in self._near.get(trace, {}).items():
                if (replaced or mine or whole) and key_of(near) != own:
                    found[near] = None
        return list(found)


def _shared(names: Iterable[str]) -> set[int]:
    """The traces of more than one name, by their hashes."""
    once, shared = set[int](), set[int]()
    for name in names:
        for trace in map(hash, _traces(name)):
            (shared if trace in once else once).add(trace)
    return shared


def _traces(name: str) -> dict[str, bool]:
    """What a name shares with near ones: itself, less a sign (False), less its ending."""
    key = key_of(name)
    if not key or len(key) > _LONGEST:
        return {}
    traces = {key[:at] + key[at + 1 :]: False for at in range(len(key))} if len(key) > 2 else {}
    short = _ENDINGS.sub("", key)
    return {**traces, key: True, **({f"{short}…": True} if len(short) > 1 else {})}
