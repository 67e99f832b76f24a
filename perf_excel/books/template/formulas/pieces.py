"""Pieces of spreadsheet formulas that Excel 2010+, WPS and LibreOffice calculate alike.

Words are looked for with FIND between marks: it compares code points, while = and MATCH fold case and read
wildcards. Arrays stand only inside SUMPRODUCT and LOOKUP, which need no Ctrl+Shift+Enter and get no @.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

MARK = "§"
"""Stands around a text that is looked for; no form uses it."""

REST = 999
"""MID with this length returns all that is left."""

DIGITS = '"0123456789"'


def number(value: Decimal | float) -> str:
    """Return a number as formulas write it."""
    return f"{Decimal(value):f}" if isinstance(value, Decimal | int) else repr(value)


def quoted(text: str) -> str:
    """Return a text as formulas write it."""
    return '"' + text.replace('"', '""') + '"'


def array(items: Iterable[str]) -> str:
    """Return an array constant of written items."""
    return "{" + ",".join(items) + "}"


def beginning(text: str, codes: Mapping[str, int]) -> str:
    """Return the largest code of the words that a text begins with, 0 where it begins with none."""
    return _found(f'"{MARK}"&{_words(codes)}', text, f'"{MARK}"&{text}', codes)


def ending(text: str, codes: Mapping[str, int]) -> str:
    """Return the largest code of the words that a text ends with, 0 where it ends with none."""
    return _found(f'{_words(codes)}&"{MARK}"', text, f'{text}&"{MARK}"', codes)


def among(text: str, codes: Mapping[str, int]) -> str:
    """Return the largest code of the words that are the whole text, 0 where none is."""
    return _found(f'"{MARK}"&{_words(codes)}&"{MARK}"', text, f'"{MARK}"&{text}&"{MARK}"', codes)


def one_of(text: str, words: Iterable[str]) -> str:
    """Return whether a text is one of the words, without an array: conditional formats allow none."""
    return f'ISNUMBER(FIND("{MARK}"&{text}&"{MARK}",{quoted(MARK + MARK.join(words) + MARK)}))'


def contains_any(text: str, words: Sequence[str]) -> str:
    """Return whether a text contains one of the words."""
    if not words:
        return "FALSE"
    return f"SUMPRODUCT(ISNUMBER(FIND({array(map(quoted, words))},{text}))*1)>0"


def same(one: str, other: str) -> str:
    """Return whether two texts are the same, letter by letter."""
    return f'ISNUMBER(FIND("{MARK}"&{one}&"{MARK}","{MARK}"&{other}&"{MARK}"))'


def lengths(words: Iterable[str]) -> dict[str, int]:
    """Return the words, each with its length as code."""
    return {word: len(word) for word in words}


def is_digit(text: str, place: str) -> str:
    """Return whether the character at a place is a digit; past the end it is not."""
    return f'ISNUMBER(FIND(MID({text}&"{MARK}",{place},1),{DIGITS}))'


def digits_at_start(text: str) -> str:
    """Return how many digits a text begins with: 0, 1, or 2 for two and more."""
    return f"IF({is_digit(text, '1')},IF({is_digit(text, '2')},2,1),0)"


def replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Return a text with written strings replaced by others, one after the other."""
    for old, new in pairs:
        text = f"SUBSTITUTE({text},{old},{new})"
    return text


def first_of(cases: Iterable[tuple[str, str]], otherwise: str) -> str:
    """Return the value of the first condition that holds."""
    formula = otherwise
    for condition, value in reversed(list(cases)):
        formula = f"IF({condition},{value},{formula})"
    return formula


def _words(codes: Mapping[str, int]) -> str:
    return array(map(quoted, codes))


def _found(words: str, text: str, marked: str, codes: Mapping[str, int]) -> str:
    found = f"SUMPRODUCT(MAX(ISNUMBER(FIND({words},{marked}))*{array(map(str, codes.values()))}))"
    # Of a blank form there is nothing to look for.
    return f'IF({text}="",0,{found})' if text.isalnum() else found
