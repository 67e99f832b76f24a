"""A program that plays Excel: one for the tests of a file, for each of them as if just started."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from office_client import Running, office
from open_forms import BUREAU, of_henan, saved


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
    return of_henan(tmp_path)


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    return saved(tmp_path, BUREAU)
