"""One text for comparing (文字归一): what a text says, whatever signs it was typed, pasted or scanned with.

Signs nobody sees (零宽字符, 软连字符, BOM …) are dropped; full width, radicals (⼀ ⽬ ⻓) and other twins
of a sign become the sign; every sort of white space is the same. Only comparing goes by this: what is printed
or written back keeps its own text, and ``Folded`` leads back to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

_RADICALS = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲㇐㇑㇒㇔㇚㇠",
        "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀一丨丿丶亅乙",
        strict=True,
    )
)
"""Radicals and strokes by their ideograph (Unicode: Equivalent_Unified_Ideograph), where NFKC has none."""

TWINS = dict(zip("≧⩾≦⩽═\u2212\u2013\u2010\u2011\u2012\u301c\u223c", "≥≥≤≤=-----~~", strict=True))
"""Signs that forms use for one another, though Unicode has them apart."""

_KEPT = frozenset({"<super>", "<sub>", "<circle>", "<fraction>"})
"""Twins that say something else than their sign: 10² is not 102, nor ①项 1项."""

_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
"""What Unicode has shown as nothing (Default_Ignorable_Code_Point), beside the format characters."""

_BLANK = "\u2800"
"""A Braille sign without dots, pasted for a blank."""

POWERS = {"m2": "m²", "m3": "m³"}
"""Units that are spelled with a digit (μg/m3), and how they are read."""

_MOST_SIGNS = 50_000
_MOST_TEXTS = 8192
"""So many texts are kept; of more, all are forgotten."""
_SHORT = 200
"""Characters of the texts that are worth keeping: labels, names and values, no prose."""


class _Signs(dict[int, str]):
    """What each sign is for comparing, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = _sign(chr(code))
        if len(self) < _MOST_SIGNS:
            self[code] = found
        return found


def _sign(sign: str) -> str:
    if sign == "\n":
        return sign
    if sign.isspace() or sign == _BLANK:
        return " "
    if unicodedata.category(sign) in ("Cf", "Cc") or _IGNORABLE.match(sign):
        return ""
    twin = _RADICALS.get(sign) or TWINS.get(sign)
    if twin is None and unicodedata.decomposition(sign).partition(" ")[0] not in _KEPT:
        twin = unicodedata.normalize("NFKC", sign)
    # A diacritic on its own (´) would become a blank with another sign over it.
    return sign if twin is None or twin[0] == " " else twin


_SIGNS = _Signs()


class _Remembered(dict[str, T], Generic[T]):
    """What a function makes of short texts, worked out when they are first met."""

    def __init__(self, work: Callable[[str], T]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, text: str) -> T:
        made = self._work(text)
        if len(text) < _SHORT:
            if len(self) >= _MOST_TEXTS:
                self.clear()
            self[text] = made
        return made


def remembered(work: Callable[[str], T]) -> Callable[[str], T]:
    """Return a function of a text that keeps what it makes of short ones.

    Forms repeat their texts from row to row, and so do the forms of a year: each is looked at once.
    """
    # Looking a text up is all that the function does: a call of its own would take twice the time.
    return _Remembered(work).__getitem__


@remembered
def folded(text: str) -> str:
    """Return a text for comparing: every sign as its plain twin, white space as blanks and line breaks."""
    return text.translate(_SIGNS)


@remembered
def plain(text: str) -> str:
    """Return a text for comparing, without any white space: ９８％, 9 8% and 98% are the same."""
    text = "".join(text.translate(_SIGNS).split())
    for spelling, unit in POWERS.items():
        text = text.replace(spelling, unit)
    return text


def is_blank(text: str) -> bool:
    """Return whether a text shows nothing: it is empty, or all white space and signs that nobody sees."""
    return not text or not ("\u4e00" <= text[0] <= "\u9fff" or plain(text))


class Folded:
    """A text for comparing (``text``), and the way from its places back to those of the text as typed."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = folded(raw)
        self._places: list[int] | None = None

    def cut(self, start: int, end: int) -> tuple[str, str, str]:
        """Return the typed text before, between and behind two places of the folded one."""
        if self.text == self.raw:
            return self.raw[:start], self.raw[start:end], self.raw[end:]
        if self._places is None:
            self._places = [place for place, sign in enumerate(self.raw) for _ in _SIGNS[ord(sign)]]
        places = self._places
        first = places[start] if start < len(places) else len(self.raw)
        last = max(first, places[end - 1] + 1) if start < end else first
        return self.raw[:first], self.raw[first:last], self.raw[last:]


def without(pattern: re.Pattern[str], raw: str) -> str:
    """Return a text as typed, without what a pattern finds in it for comparing."""
    shown = Folded(raw)
    kept, at = "", 0
    for found in pattern.finditer(shown.text):
        kept += shown.cut(at, found.start())[1]
        at = found.end()
    return kept + shown.cut(at, len(shown.text))[1] if at else raw
