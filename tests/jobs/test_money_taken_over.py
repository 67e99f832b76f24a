"""Money lines of other names are taken over, and an amount of 0 is no loss."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from perf_excel.faces.cli import run
from perf_excel.jobs.examination.examining import examine

INDICATOR = {
    "level1": "产出指标", "level2": "数量指标", "level3": "培训场次", "target": "≥10场", "weight": 50,
}  # fmt: skip


def written(path: Path, *funding: tuple[str, float | None]) -> Path:
    rows = [{"item": item, "initial": amount} for item, amount in funding]
    data = {"unit": "某局", "year": 2024, "budget": rows, "indicators": [INDICATOR]}
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def form(path: Path, *items: str) -> Path:
    book = openpyxl.Workbook()
    for row in (
        ["项目支出绩效自评表"],
        ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        *([item] for item in items),
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "培训场次", "≥10场", None, 50, None],
        ["总分"],
    ):
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_from_the_declaration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    declared = written(
        tmp_path / "申报.json",
        ("项目资金总额", 100), ("年度资金总额", 100), ("财政拨款", 80), ("结转结余", 20), ("自有资金", 0),
    )  # fmt: skip
    made = tmp_path / "自评.xlsx"
    assert run(["new", "--rules", "national-2020", "--from", str(declared), "-o", str(made)]) == 0
    amounts = {row.item: row.initial for row in examine(made).form.funding}
    assert [amounts[item] for item in ("年度资金总额", "其中：当年财政拨款", "上年结转资金")] == [100, 80, 20]
    assert "表样里没有这一项" not in capsys.readouterr().out


def test_what_is_worth_something_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    declared = written(tmp_path / "申报.json", ("项目资金总额", 100), ("中央财政资金", 100))
    made = tmp_path / "自评.xlsx"
    assert run(["new", "--rules", "national-2020", "--from", str(declared), "-o", str(made)]) == 0
    assert "“中央财政资金”100万元，表样里没有这一项" in capsys.readouterr().out


def test_filling_by_meaning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = form(tmp_path / "表.xlsx", "年度资金总额", "其中：当年财政拨款")
    data = written(tmp_path / "D.json", ("资金总额", 100), ("财政资金", 100), ("其他资金", 0))
    target = tmp_path / "出.xlsx"
    assert run(["fill", str(book), "--data", str(data), "-o", str(target)]) == 0
    assert [row.initial for row in examine(target).form.funding] == [100, 100]
    assert "其他资金" not in capsys.readouterr().out


def test_a_source_without_a_row_fills_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = form(tmp_path / "表.xlsx", "年度资金总额", "其中：当年财政拨款")
    data = written(tmp_path / "D.json", ("资金总额", 100), ("财政资金", 90), ("其他资金", 10))
    assert run(["fill", str(book), "--data", str(data), "-o", str(tmp_path / "出.xlsx")]) == 2
    assert "资金来源“其他资金”" in capsys.readouterr().err
