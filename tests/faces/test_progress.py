"""How far a long job is, in words."""

from __future__ import annotations

import pytest

from perf_excel.faces.progress import pace


@pytest.mark.parametrize(
    ("done", "of", "seconds", "words"),
    [
        (3, 12, 1.5, "3/12，每秒 2 个，还要 4 秒"),
        (11, 12, 0.001, "11/12，每秒 11000 个，还要 1 秒"),
        (2, 12, 20.0, "2/12，每个 10 秒，还要 2 分钟"),
        (1, 1000, 3.0, "1/1000，每个 3 秒，还要 50 分钟"),
        (100, 10_000, 100.0, "100/10000，每秒 1 个，还要 2 小时 45 分钟"),
    ],
)
def test_it_is_told_how_fast_and_how_long_still(done: int, of: int, seconds: float, words: str) -> None:
    assert pace(done, of, seconds) == words
