"""A grade that is ticked rather than written (打勾): 优☑ 良□ 中□ 差□, ■优 □良, 优（√） 良（ ）."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perf_excel.forms.text import Folded, folded, plain

_TOKEN = re.compile(
    r"(?P<grade>优秀?|良好?|中等?|一般|较?差|不?合格)"
    r"|(?P<mark>[(（\[]\s{0,9}(?P<in>[☑√✓✔■●]?)\s{0,9}[)）\]]|(?P<tick>[☑√✓✔■●☒])|[□○☐◯])"
    r"|[(（][^)）]{0,200}[)）]"
)
_BETWEEN = re.compile(r"[\s、,，;；/|]*")
_TICKS = frozenset("☑√✓✔■●☒")
_EMPTY = {"■": "□", "●": "○"}
_BOXED = {"○": "●", "◯": "●"}
_Token = re.Match[str]


def is_tick(text: str) -> bool:
    """Whether a text is nothing but a tick."""
    return plain(text) in _TICKS


def ticked(text: str) -> str | None:
    """Return the grade that is ticked, empty where none is; None where a text offers no choice of grades.

    A tick belongs to the grade behind it where the first mark stands before the first grade, else to the
    grade before it; where only one tick stands there, to the grade that it touches.
    """
    choice = _choice(folded(text))
    if choice is None:
        return None
    found = [grade[0] for grade, mark in choice if mark and _is_ticked(mark)]
    return found[0] if len(found) == 1 else ""


def tick(text: str, grade: str) -> str:
    """Return a choice of grades with this one ticked, or the grade where there is no such choice."""
    shown = Folded(text)
    choice = _choice(shown.text)
    chosen = next((one for one, _ in choice or () if _same(one[0], grade)), None)
    if choice is None or chosen is None:
        return grade
    marks = [mark for _, mark in choice if mark]
    used = next((mark["tick"] or mark["in"] for mark in marks if _is_ticked(mark)), "")
    changed, at = "", 0
    for one, mark in choice:
        if mark is not None:
            start, end = mark.span()
            old = shown.cut(start, end)[1]
            new = _ticked(old, used) if one is chosen else _emptied(old)
        elif one is chosen:
            start = end = one.end()
            new = used or "√"
        else:
            continue
        changed += shown.cut(at, start)[1] + new
        at = end
    return changed + shown.cut(at, len(shown.text))[1]


def untick(text: str) -> str | None:
    """Return a choice of grades with none ticked; None where a text is no such choice."""
    choice = _choice(text)
    if choice is None:
        return None
    changed = text
    for mark in sorted((mark for _, mark in choice if mark), key=lambda mark: -mark.start()):
        changed = changed[: mark.start()] + _emptied(mark[0]) + changed[mark.end() :]
    return changed


def _choice(text: str) -> list[tuple[_Token, _Token | None]] | None:
    """Every grade of a choice with its mark; None where a text is no choice."""
    tokens = list(_TOKEN.finditer(text))
    if not _BETWEEN.fullmatch(_TOKEN.sub("", text)):
        return None
    kept = [token for token in tokens if token["grade"] or token["mark"]]
    grades = [token for token in kept if token["grade"]]
    marks = [token for token in kept if token["mark"]]
    if not grades or (len(grades) < 2 and not marks):
        return None
    behind = _stand_behind(text, kept, marks)
    return [(grade, _mark_of(kept, grade, behind=behind)) for grade in grades]


def _stand_behind(text: str, kept: Sequence[_Token], marks: Sequence[_Token]) -> bool:
    """Whether the marks stand behind their grades."""
    if len(marks) != 1 or kept[0]["mark"] or kept[-1]["mark"]:
        return not kept[0]["mark"]
    start, end = marks[0].span()
    return not (text[start - 1].isspace() and not text[end].isspace())


def _mark_of(kept: Sequence[_Token], grade: _Token, *, behind: bool) -> _Token | None:
    index = kept.index(grade) + (1 if behind else -1)
    return kept[index] if 0 <= index < len(kept) and kept[index]["mark"] else None


def _is_ticked(mark: _Token) -> bool:
    return bool(mark["tick"] or mark["in"])


def _ticked(mark: str, used: str) -> str:
    if mark[0] in "(（[":
        return f"{mark[0]}{used or '√'}{mark[-1]}"
    return used or _BOXED.get(mark, "☑")


def _emptied(mark: str) -> str:
    if mark[0] in "(（[":
        return f"{mark[0]} {mark[-1]}"
    return mark if mark in "□○☐◯" else "" if mark in "√✓✔" else _EMPTY.get(mark, "□")


def _same(one: str, other: str) -> bool:
    """Whether two names are of one grade: 优 is 优秀, 差 is 较差."""
    return one.removeprefix("较")[:1] == other.removeprefix("较")[:1]
