"""Sums of single cells (F3+F4+F5) that go on without one whose row is taken out."""

from __future__ import annotations

import re

LOST = "#REF!"
"""In place of a reference to a cell that is no more."""

_TERM = (
    r"(?:(?:'(?:[^']|'')*+'|[\w.]++)!)?(?:\$?[A-Za-z]{1,3}\$?[0-9]++(?::\$?[A-Za-z]{1,3}\$?[0-9]++)?|#REF!)"
)
_SUM = rf"SUM\({_TERM}(?:,{_TERM})*+\)"
_SUMS = re.compile(_SUM, re.IGNORECASE)
_ADDEND = rf"(?:{_SUM}|{_TERM})"
# A whole argument or formula that adds up, and nothing else: in A1+A2*3 no term can be left out alone.
_CHAIN = re.compile(rf"(?:(?<=[(,])|^){_ADDEND}(?:\+{_ADDEND})++(?=[),]|$)", re.IGNORECASE)
_INSIDE = re.compile(rf"(?<![\w.$'])({_TERM})(?:,|\))", re.IGNORECASE)
_ADDENDS = re.compile(rf"(?<![\w.$']){_ADDEND}", re.IGNORECASE)


def without_lost(formula: str) -> str:
    """Return a formula whose sums go without the cells that are no more; what is no sum keeps the mark."""
    return _CHAIN.sub(_rest_of_chain, _SUMS.sub(_rest_of_sum, formula))


def _rest_of_sum(match: re.Match[str]) -> str:
    terms = [term for term in _INSIDE.findall(match[0][len("SUM(") :]) if not _is_lost(term)]
    return f"{match[0][:3]}({','.join(terms)})" if terms else LOST


def _rest_of_chain(match: re.Match[str]) -> str:
    terms = [term for term in _ADDENDS.findall(match[0]) if not _is_lost(term)]
    return "+".join(terms) or LOST


def _is_lost(term: str) -> bool:
    return term.endswith(LOST)
