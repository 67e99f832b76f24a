"""Two files held together (对比): on the screen, as a workbook with charts, as JSON."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from facts import shangjie
from office import needs_office, recalculated
from small import form, row
from workbooks import members

from perf_excel.books.difference_book import difference_book
from perf_excel.faces.cli import run
from perf_excel.forms.differences import differences
from perf_excel.forms.measure import NOTHING, parse
from perf_excel.forms.model import Form
from perf_excel.jobs.demo import published
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset

SELF = {"投入管理": 32, "产出": Decimal("34.5"), "效益": Decimal("28.5")}
"""What the unit might have given itself; only the evaluation of the finance bureau was published."""


def evaluated() -> Form:
    return published("zhengzhou-evaluation", "示例.json").form


def write(path: Path, data: Form, rules: str) -> Path:
    path.write_bytes(make(Order(ruleset(rules), data=data), path).data)
    return path


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    """A self-evaluation of 95, and the published evaluation of 80.91."""
    other = evaluated()
    rows = tuple(replace(one, score=Decimal(SELF[one.level3]), share=NOTHING) for one in other.indicators)
    one = replace(other, indicators=rows, total=Decimal(95), grade="优")
    rules = "zhengzhou-evaluation"
    return (
        str(write(tmp_path / "自评.xlsx", one, rules)),
        str(write(tmp_path / "财政评价.xlsx", other, rules)),
    )


def test_80_91_against_a_self_score(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", *pair]) == 1
    said = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "总分 95 → 80.91（-14.09）" in said
    # 32 − 26.34 = 5.66; 34.5 − 30.07 = 4.43; 28.5 − 24.5 = 4; together 14.09.
    assert "投入管理 34 32 26.34 -5.66 2 7.66" in said
    assert "产出 36 34.5 30.07 -4.43 1.5 5.93" in said
    assert "效益 30 28.5 24.5 -4 1.5 5.5" in said
    assert "总分·等级：“优” → “良”" in said


def test_the_json(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", *pair, "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["one"]["total"], answer["other"]["total"], answer["same"]) == (95, 80.91, False)
    assert [(one["indicator"], one["by"]) for one in answer["indicators"]] == [
        ("投入管理", -5.66),
        ("产出", -4.43),
        ("效益", -4),
    ]
    assert sum(one["other"]["lost"] for one in answer["indicators"]) == pytest.approx(100 - 80.91)


def test_equal_forms_in_a_workbook_and_as_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write(tmp_path / "表.xlsx", shangjie(), "henan-department")
    data = tmp_path / "表.json"
    assert run(["export", str(book), "-o", str(data)]) == 0
    capsys.readouterr()
    assert run(["diff", str(book), str(data)]) == 0
    said = capsys.readouterr().out
    assert "完全一致：对比了 " in said
    assert " 行、" in said


def test_a_form_sent_and_returned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The unit lowered a target, took a row out, and filled the rest in."""
    sent = form(
        row("≥10次", "", 60, name="培训次数"), row("≥95%", "", 30, name="合格率"), unit="某局", year=2024
    )
    rows = (row("≥8次", "8次", 60, name="培训次数"),)
    one = write(tmp_path / "下发.xlsx", sent, "national-2020")
    other = write(tmp_path / "报送.xlsx", replace(sent, indicators=rows), "national-2020")
    assert run(["diff", str(one), str(other)]) == 1
    said = capsys.readouterr().out
    assert "培训次数·指标值：“≥10次” → “≥8次”（-2）" in said
    assert "培训次数·实际完成值：空白 → “8次”" in said
    assert "只有前一份有：指标“合格率”" in said


@needs_office
def test_the_workbook(pair: tuple[str, str], tmp_path: Path) -> None:
    target = tmp_path / "对比.xlsx"
    assert run(["diff", *pair, "-o", str(target)]) == 1
    book = openpyxl.load_workbook(io.BytesIO(recalculated(target.read_bytes())), data_only=True)
    sheet = book["得分对比"]
    lines = [line[1:9] for line in sheet.iter_rows(min_row=5, max_row=8, values_only=True)]
    assert [(line[0], line[-1]) for line in lines][:3] == [
        ("投入管理", pytest.approx(-5.66)),
        ("产出", pytest.approx(-4.43)),
        ("效益", pytest.approx(-4)),
    ]
    assert lines[3][1:] == pytest.approx((100, 95, 5, 100, 80.91, 19.09, -14.09))
    assert "xl/charts/chart1.xml" in members(target.read_bytes())
    assert openpyxl.load_workbook(target)["得分对比"].freeze_panes == "C5"


def test_what_stands_in_a_form_is_text_in_the_workbook() -> None:
    one = form(row(name="=1+1", reason="=HYPERLINK(1)"))
    other = form(row(name="=1+1", actual="=2+2", reason="+3"))
    data = difference_book(("=甲", "乙\x07"), ("", ""), differences(one, other))
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line)
    formulas = {str(cell.value) for cell in cells if cell.data_type == "f"}
    assert {"=SUM(I5:I5)"} <= formulas
    assert not [one for one in formulas if "HYPERLINK" in one or "+" in one]


def test_forms_without_points_have_no_chart() -> None:
    one, other = form(row(weight=None)), form(replace(row(weight=None), target=parse("≥9%")))
    book = openpyxl.load_workbook(
        io.BytesIO(difference_book(("甲", "乙"), ("", ""), differences(one, other)))
    )
    assert book["图"]["A1"].value == "两份表没有可以画成图的得分。"


def test_bad_input(pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"nothing")
    assert run(["diff", pair[0], str(tmp_path / "坏.xlsx")]) == 2
    assert run(["diff", *pair, "-o", pair[0]]) == 2
    assert run(["diff", *pair, "-o", str(tmp_path / "对比.pdf")]) == 2
    assert "对比.pdf：目标文件名应以 .xlsx 结尾" in capsys.readouterr().err
