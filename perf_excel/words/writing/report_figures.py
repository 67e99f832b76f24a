"""A figure of a report (报告里的数): its text as the form prints it, and by what it is known again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.scoring.arithmetic import half_up, shown
from perf_excel.rules.scoring.form_score import Scores
from perf_excel.rules.scoring.printed import agrees

CONTROL = "pe:"
"""What the tag of a figure's control begins with; its key follows."""
TO_FILL = "待填"
"""What a mark of something still to be filled in begins with: 【待填：职能】."""
BARE_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_WAN = Decimal(10_000)
_UNITS = {Decimal(1): "万元", _WAN: "元", Decimal(10): "千元", Decimal("0.0001"): "亿元"}
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\u2028\u2029]+")
_FINEST = 6
"""Decimal places of an amount that no cell shows as a number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, rate or text of the form as the report says it; ``text`` is empty where the form has none.

    ``key`` is ASCII, and the same for the same figure of a changed form: by it a report is refreshed.
    ``spots`` is where it stands in the form, or from where it is computed.
    """

    key: str
    label: str
    text: str
    spots: tuple[Spot, ...] = ()
    computed: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def written(self) -> str:
        """What the report says: the text, or a mark of what is to be filled in."""
        return self.text or to_fill(self.label)


Words = tuple["str | Figure", ...]
"""A sentence of the report, or a part of one, with the figures in it."""


def to_fill(what: str) -> str:
    """Return the mark of something that the clerk is to fill in."""
    return f"【{TO_FILL}：{what}】"


def one_line(text: str) -> str:
    """Return a text of a cell as it can stand in a sentence: no line breaks, nothing that Word refuses."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def lines_of(text: str) -> list[str]:
    """Return the lines of a cell's text that say something."""
    return [line for line in map(one_line, text.splitlines()) if line]


def identity(*parts: str) -> str:
    """Return a short name for what is known by texts: the same for the same texts, however they are typed."""
    return hashlib.sha256("\n".join(map(plain, parts)).encode("utf-8", "replace")).hexdigest()[:8]


def bookmark_of(key: str) -> str:
    """Return what the bookmark in a figure's control begins with: by it the figure is known without a tag."""
    return f"pe_{hashlib.sha256(key.encode()).hexdigest()[:12]}_"


def spoken(number: Decimal, like: str = "") -> str:
    """Return a number with all its decimals, and with thousands in commas where ``like`` has them."""
    return f"{number:,f}" if "," in like else f"{number:f}"


@dataclass(frozen=True)
class Subject:
    """A form that is reported on, scored; ``shown`` is what the cell of a spot shows.

    ``prefix`` begins the keys of its figures, ``per_wan`` is how many of its units of money are one 万元.
    """

    form: Form
    scores: Scores
    shown: Callable[[Spot], str]
    prefix: str = "main"
    per_wan: Decimal = Decimal(1)

    @property
    def unit(self) -> str:
        """The unit of money that the report uses: the form's own."""
        return _UNITS.get(self.per_wan, "万元")

    @property
    def scale(self) -> Decimal:
        """How many of the report's units are one 万元."""
        return self.per_wan if self.per_wan in _UNITS else Decimal(1)

    def figure(self, key: str, label: str, text: str, *spots: Spot, computed: bool = False) -> Figure:
        """Return a figure of this form."""
        return Figure(f"{self.prefix}:{key}", label, one_line(text), spots, computed)

    def number(self, spot: Spot, value: Decimal | None, scale: Decimal = Decimal(1)) -> str:
        """Return a number as its cell prints it; where that says something else, the exact one.

        Args:
            spot: where it stands.
            value: in 万元, or points.
            scale: how many of the printed units are one of the value's.
        """
        if value is None:
            return ""
        text, exact = plain(self.shown(spot)), value * scale
        if BARE_NUMBER.fullmatch(text) and agrees(number_in(text), text.replace(",", ""), exact):
            return text
        return shown(half_up(exact, _FINEST))


def number_in(text: str) -> Decimal:
    """Return the number that a text of ``Subject.number`` is."""
    return Decimal(text.replace(",", ""))
