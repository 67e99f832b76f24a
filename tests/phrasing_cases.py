"""Texts with a right and a wrong figure in one place (⟦right|wrong⟧), and what is said of them."""

from __future__ import annotations

import re

from perf_excel.forms.model import Form
from perf_excel.words.against_form import form_claims
from perf_excel.words.comparison import compared
from perf_excel.words.prose import paragraph
from perf_excel.words.within import inner_claims, told_by

_CHOICE = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")


def variants(text: str) -> tuple[str, list[str]]:
    """The text with all figures right, and once for each place with the wrong one there."""
    places = [found.start() for found in _CHOICE.finditer(text)]

    def with_wrong(place: int) -> str:
        return _CHOICE.sub(lambda found: found[2 if found.start() == place else 1], text)

    return with_wrong(-1), [with_wrong(place) for place in places]


def accused(text: str, form: Form | None = None) -> list[str]:
    """The figures that are said to be wrong in a text, whose paragraphs are parted by a backslash."""
    told = told_by(paragraph(number, one) for number, one in enumerate(text.split("\\"), 1))
    outer = form_claims(told, form) if form else ()
    findings = compared(told, [*outer, *inner_claims(told)]).findings
    return [one.saying.text for one in findings if one.severity != "info"]
