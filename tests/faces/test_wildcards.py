from __future__ import annotations

from pathlib import Path

import pytest

from perf_excel.faces.wildcards import expanded


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["check", "*.xlsx"], ["check", "乙[2].xlsx", "甲.xlsx"]),
        (["check", "?.xlsx", "--json"], ["check", "甲.xlsx", "--json"]),
        (["check", "乙[2].*"], ["check", "乙[2].xlsx"]),
        (["check", "没有*.xlsx"], ["check", "没有*.xlsx"]),
        (["rows", "remove", "甲.xlsx", "满意度*"], ["rows", "remove", "甲.xlsx", "满意度*"]),
    ],
)
def test_the_files_of_a_wildcard_take_its_place(
    written: list[str], meant: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("甲.xlsx", "乙[2].xlsx", "说明.txt"):
        Path(name).touch()
    assert list(expanded(written)) == meant
