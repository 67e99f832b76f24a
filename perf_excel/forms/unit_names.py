"""Names of units (单位名称) held against each other: the same however it was typed, or only near."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perf_excel.forms.text import plain

_BRACKETS = str.maketrans("（）［］【】", "()[][]")
_ENDINGS = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|公司|\(本级\)|本级|机关)$")
_LONGEST = 60


def key_of(name: str) -> str:
    """Return what every spelling of one name has in common: width, blanks, brackets aside, never words."""
    return plain(name).translate(_BRACKETS).casefold()


class NearNames:
    """Names by what is near them: one sign more, less or another, or another ending (有限公司, 公司)."""

    def __init__(self, names: Iterable[str]) -> None:
        self._near: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            for trace in _traces(name):
                self._near.setdefault(trace, []).append(name)

    def of(self, name: str) -> list[str]:
        """Return the names that may be meant by a name, but for itself, each once."""
        own = key_of(name)
        found = dict.fromkeys(near for trace in _traces(name) for near in self._near.get(trace, ()))
        return [near for near in found if key_of(near) != own]


def _traces(name: str) -> set[str]:
    """What a name shares with near ones: itself, itself with a sign left out, without its ending."""
    key = key_of(name)
    if not key or len(key) > _LONGEST:
        return set()
    short = _ENDINGS.sub("", key)
    left_out = {key[:at] + key[at + 1 :] for at in range(len(key))} if len(key) > 3 else set[str]()
    return {key, *left_out, *({f"{short}…"} if len(short) > 1 else ())}
