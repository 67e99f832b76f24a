r"""A number format code (数字格式代码) taken apart: its sections, and what each of them makes of a number.

Sections stand between semicolons, for positive, negative, zero and text, or under conditions ([>=10000]). A
comma behind the digits divides by a thousand, so that ``0\.0,`` shows 1234567 as 123.5, in 万.
"""

from __future__ import annotations

import operator
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal[
    "literal", "digit", "point", "comma", "percent", "exponent", "slash", "text", "general", "date"
]
Way = Literal["plain", "number", "scientific", "fraction", "date", "words"]


class Token(NamedTuple):
    """A piece of a format code."""

    kind: Kind
    text: str


class Section(NamedTuple):
    """A section of a number format."""

    way: Way
    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    factor: Decimal = Decimal(1)
    """By what a number is multiplied to be what is shown: 100 for a percent sign, 1/1000 for a comma."""
    shift: int = 0
    """How many digits stand behind a point that is only a sign (``0\\.0``)."""
    percent: bool = False

    @property
    def scale(self) -> Decimal:
        """By what a number is multiplied to be read as it is shown."""
        return self.factor.scaleb(-self.shift) if self.shift else self.factor

    def holds(self, number: Decimal) -> bool:
        """Whether the section's own condition holds for a number."""
        return self.condition is not None and bool(_TESTS[self.condition[0]](number, self.condition[1]))


LONGEST = 255
"""A spreadsheet takes no longer format; a longer one, in a file made otherwise, says nothing."""

_TESTS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
    "<>": operator.ne,
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|_.|\*."
    r"|\[(?:(?P<elapsed>h{1,9}+|m{1,9}+|s{1,9}+)|\$(?P<currency>[^\]-]{0,255}+)[^\]]{0,255}+"
    r"|(?P<test><>|[<>]=?|=)(?P<bound>[^\]]{0,255}+)|[^\]]{0,255}+)\]"
    r"|(?P<general>General|G/通用格式|通用格式)"
    r"|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,4})"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<slash>/)|(?P<text>@)"
    r"|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_KINDS: dict[str, Kind] = {
    "quoted": "literal", "escaped": "literal", "currency": "literal", "other": "literal",
    "elapsed": "date", "noon": "date", "date": "date", "general": "general", "exponent": "exponent",
    "digit": "digit", "point": "point", "comma": "comma", "percent": "percent", "slash": "slash",
    "text": "text",
}  # fmt: skip
_PLAIN = Section("plain", (Token("general", ""),))


class Format(NamedTuple):
    """A number format: its sections for numbers, and the one for text, None where text stays as it is."""

    numbers: tuple[Section, ...]
    text: Section | None

    def section(self, number: Decimal) -> tuple[Section, bool]:
        """Return the section that shows a number, and whether it shows it without its sign."""
        sections, count = self.numbers, len(self.numbers)
        if count == 1 and not sections[0].condition:
            return sections[0], False
        if any(one.condition for one in sections):
            found = next((one for one in sections if one.holds(number)), None)
            rest = [one for one in sections if one.condition is None]
            if found is None:
                # Without a condition of its own the second of three is for what is negative.
                found = rest[0] if rest and not (len(rest) > 1 and number < 0) else (rest or [_PLAIN])[-1]
            return found, found is not sections[0] and count > 1 and _only_negative(found, sections)
        if number < 0 and count > 1:
            return sections[1], True
        if number == 0 and count > 2:
            return sections[2], False
        return sections[0], False


def _only_negative(found: Section, sections: tuple[Section, ...]) -> bool:
    """Whether a section under conditions is for negative numbers alone, whose sign it then spells itself."""
    if found.condition:
        return found.condition[0] in ("<", "<=") and found.condition[1] <= 0
    return (
        sections[0].condition is not None
        and sections[0].condition[0] in (">", ">=")
        and (sections[0].condition[1] <= 0)
    )


@lru_cache(maxsize=1024)
def parsed(code: str) -> Format:
    """Return a number format by its code."""
    if len(code) > LONGEST or code.lower() in ("", "general", "@"):
        return Format((_PLAIN,), None)
    written: list[list[Token]] = [[]]
    conditions: dict[int, tuple[str, Decimal]] = {}
    for found in _TOKEN.finditer(code):
        name = found.lastgroup or ""
        if name == "end":
            written.append([])
        elif name == "bound":
            try:
                conditions[len(written)] = found["test"], Decimal(found["bound"].strip())
            except InvalidOperation:
                continue
        elif name:
            kind = _KINDS[name]
            written[-1].append(Token(kind, found[name]))
    sections = [_section(tuple(tokens), conditions.get(number)) for number, tokens in enumerate(written, 1)]
    words = next((one for one in reversed(sections) if one.way == "words"), None)
    if len(sections) > 3:
        words = sections[3]
    numbers = tuple(one for one in sections[:3] if one.way != "words")
    return Format(numbers or (_PLAIN,), words)


def _section(tokens: tuple[Token, ...], condition: tuple[str, Decimal] | None) -> Section:
    kinds = [token.kind for token in tokens]
    if "general" in kinds:
        return Section("plain", tokens, condition)
    if "text" in kinds and not {"digit", "date"} & set(kinds):
        return Section("words", tokens, condition)
    if "date" in kinds and not _counts(tokens):
        return Section("date", tokens, condition)
    percents = kinds.count("percent")
    factor = Decimal(100) ** min(percents, 3)
    if "exponent" in kinds:
        return Section("scientific", tokens, condition, factor, percent=percents > 0)
    if "slash" in kinds and "digit" in kinds[: kinds.index("slash")]:
        return Section("fraction", tokens, condition, factor, percent=percents > 0)
    commas = _dividing(tokens)
    shift = 0 if "point" in kinds else _behind_a_drawn_point(tokens)
    scaled = factor.scaleb(-3 * commas)
    return Section("number", _without_commas(tokens), condition, scaled, shift, percent=percents > 0)


def _counts(tokens: tuple[Token, ...]) -> bool:
    """Whether digits of a number stand among the letters of a date; those of a second (ss.0) do not."""
    before = ""
    for kind, text in tokens:
        if kind == "digit" and before != "s":
            return True
        if kind not in ("point", "digit"):
            before = text[:1].lower() if kind == "date" else ""
    return False


def _dividing(tokens: tuple[Token, ...]) -> int:
    """How many commas stand behind the last digit before the point, or behind the last of all."""
    count = run = 0
    seen = False
    for kind, _ in tokens:
        if kind == "comma":
            run += seen
        elif kind == "digit":
            seen, run = True, 0
        elif kind == "point":
            count, run = count + run, 0
    return count + run


def _without_commas(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens, where one comma is left between the digits of a grouped number."""
    digits = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [at for at in digits if at < point]
    kept = next(
        (at for at, token in enumerate(tokens) if token.kind == "comma" and whole[:1] < [at] < whole[-1:]), -1
    )
    return tuple(token for at, token in enumerate(tokens) if token.kind != "comma" or at == kept)


def _behind_a_drawn_point(tokens: tuple[Token, ...]) -> int:
    """How many digits stand behind a point that is written out as a sign between digits."""
    at = next(
        (
            at
            for at, (kind, text) in enumerate(tokens)
            if kind == "literal" and text in (".", "．") and any(one.kind == "digit" for one in tokens[:at])
        ),
        len(tokens),
    )
    return sum(one.kind == "digit" for one in tokens[at:])
