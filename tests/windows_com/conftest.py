"""A program that plays Excel, for each test anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from facts import shangjie
from office_client import Running, office
from open_forms import BUREAU, saved

from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset


@pytest.fixture
def excel() -> Iterator[Running]:
    with office() as running:
        yield running


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The form of Henan of 2022."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(make(Order(ruleset("henan-department"), data=shangjie()), path).data)
    return path


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    return saved(tmp_path, BUREAU)
