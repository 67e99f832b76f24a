"""Files of the same name from different folders are told apart, and what is made from them never collides."""

from __future__ import annotations

from pathlib import Path

import pytest

from perf_excel.faces.window.same_names import free_name, shown_names, stems


@pytest.mark.parametrize(
    ("paths", "shown", "begin"),
    [
        (["/表/甲局/自评表.xlsx"], ["自评表.xlsx"], ["自评表"]),
        (
            ["/表/甲局/自评表.xlsx", "/表/乙局/自评表.xlsx", "/表/丙.xlsx"],
            ["甲局/自评表.xlsx", "乙局/自评表.xlsx", "丙.xlsx"],
            ["甲局-自评表", "乙局-自评表", "丙"],
        ),
        (
            ["/2023/甲局/表.xlsx", "/2024/甲局/表.xlsx"],
            ["2023/甲局/表.xlsx", "2024/甲局/表.xlsx"],
            ["2023-甲局-表", "2024-甲局-表"],
        ),
        (["/a/Form.xlsx", "/b/form.XLSX"], ["a/Form.xlsx", "b/form.XLSX"], ["a-Form", "b-form"]),
        (["/a/表.xlsx", "/a/表.xlsm"], ["表.xlsx", "表.xlsm"], ["a-表", "a-表-2"]),
        (["/a/表.xlsx", "/b/表.xlsx", "/c/a-表.xlsx"], ["a/表.xlsx", "b/表.xlsx", "a-表.xlsx"], None),
    ],
)
def test_names_are_told_apart(paths: list[str], shown: list[str], begin: list[str] | None) -> None:
    files = [Path(path) for path in paths]
    assert list(shown_names(files).values()) == shown
    made = list(stems(files).values())
    assert len({one.casefold() for one in made}) == len(made)
    if begin is not None:
        assert made == begin


def test_what_was_read_or_written_is_never_written_over(tmp_path: Path) -> None:
    taken = [tmp_path / "表（完成表）.xlsx", tmp_path / "表（完成表）-2.XLSX"]
    assert free_name(tmp_path, "表（完成表）", ".xlsx", taken).name == "表（完成表）-3.xlsx"
    assert free_name(tmp_path / "别处", "表（完成表）", ".xlsx", taken).name == "表（完成表）.xlsx"
