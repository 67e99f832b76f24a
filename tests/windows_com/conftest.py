"""A program that plays Excel: one for the tests of a file, for each of them as if just started."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from facts import shangjie
from office_client import Running, office
from open_forms import BUREAU, saved

from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset


@pytest.fixture(scope="module")
def started() -> Iterator[Running]:
    with office() as running:
        yield running


@pytest.fixture
def excel(started: Running) -> Running:
    started.tell("reset")
    return started


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The form of Henan of 2022."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(make(Order(ruleset("henan-department"), data=shangjie()), path).data)
    return path


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    return saved(tmp_path, BUREAU)
