"""For every test: neither a user's own templates nor a busy machine decide what a test finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from perf_excel.jobs.examination.shelf import FOLDER

# What is slow is found by the benchmark; an example that takes long on a busy machine is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of the user's data."""
    path = tmp_path_factory.mktemp("data")
    monkeypatch.setenv(FOLDER, str(path))
    return path
