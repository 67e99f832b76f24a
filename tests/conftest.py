"""For every test: a user's own templates must not decide what a test finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_excel.jobs.examination.shelf import FOLDER


@pytest.fixture(autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of the user's data."""
    path = tmp_path_factory.mktemp("data")
    monkeypatch.setenv(FOLDER, str(path))
    return path
