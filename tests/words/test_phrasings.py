"""How figures are said (说法), in the tables of phrasings/: right ones are not accused, wrong ones are found.

⟦right|wrong⟧ in a text is a place for a figure; each wrong one is tried by itself, all others being right.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import NamedTuple

import pytest
from phrasing_cases import accused, variants
from phrasings import changes, forms, offices, prose, provinces, sums

from perf_excel.forms.model import Form


class Phrasing(NamedTuple):
    """A text, which line of which table it is, and the form that it speaks of, if any."""

    name: str
    text: str
    form: Form | None


def phrasings_of(module: ModuleType) -> Iterator[Phrasing]:
    """Yield the texts of all tables of a module."""
    tables = {name: value for name, value in vars(module).items() if name.isupper()}
    form: Form | None = tables.pop("FORM", None)
    for table, texts in tables.items():
        for number, text in enumerate(texts, 1):
            yield Phrasing(f"{module.__name__}.{table}.{number}", text, form)


MODULES = (changes, forms, offices, prose, provinces, sums)
PHRASINGS = [one for module in MODULES for one in phrasings_of(module)]
WRONG = [
    one._replace(name=f"{one.name}.{place}", text=wrong)
    for one in PHRASINGS
    for place, wrong in enumerate(variants(one.text)[1], 1)
]


@pytest.mark.parametrize("one", PHRASINGS, ids=lambda one: one.name)
def test_what_is_right_is_not_accused(one: Phrasing) -> None:
    assert accused(variants(one.text)[0], one.form) == []


@pytest.mark.parametrize("one", WRONG, ids=lambda one: one.name)
def test_what_is_wrong_is_found(one: Phrasing) -> None:
    assert accused(one.text, one.form)
