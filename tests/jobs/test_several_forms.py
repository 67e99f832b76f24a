"""Workbooks that hold several forms, and forms that are cut over several sheets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from facts import shangjie
from typed import Typing, type_into

from perf_excel.faces.cli import run
from perf_excel.jobs.examination.examining import examine, examine_all

TITLE = ("项目支出绩效自评表",)
UNIT = ("部门名称", "", "某县水利局")
HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差原因")
ROWS = [
    ("产出指标", "数量指标", "培训次数", "≥12次", "12次", 30, 30),
    ("产出指标", "质量指标", "培训合格率", "≥90%", "95%", 20, 20),
    ("效益指标", "社会效益指标", "参训人次", "≥100人", "50人", 40, 20, "报名的人少"),
    ("满意度指标", "服务对象满意度指标", "参训人员满意度", "≥90%", "95%", 10, 10),
]
TOTAL = ("总分", "", "", "", "", 100, 80)
Rows = Sequence[Sequence[Any]]


def book(path: Path, **sheets: Rows) -> Path:
    """A workbook of small sheets."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                if value != "":
                    sheet.cell(row, column).value = value
    made.save(path)
    return path


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    """Two forms of the same kind on one sheet, and a third on another sheet."""
    form = (TITLE, UNIT, HEAD, *ROWS, TOTAL)
    return book(tmp_path / "甲.xlsx", 一=(*form, (), (), *form), 二=form)


def test_check_looks_at_every_form(twins: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", str(twins)])
    headings = [line for line in capsys.readouterr().out.splitlines() if line.startswith("甲.xlsx")]
    assert headings == [
        "甲.xlsx：第 1 张（共 3 张），工作表“一”A1:H8，项目支出绩效自评表，4 个指标，某县水利局",
        "甲.xlsx：第 2 张（共 3 张），工作表“一”A11:H18，项目支出绩效自评表，4 个指标，某县水利局",
        "甲.xlsx：第 3 张（共 3 张），工作表“二”A1:H8，项目支出绩效自评表，4 个指标，某县水利局",
    ]
    run(["check", str(twins), "--json"])
    files: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["files"]
    assert [(one["table"], one["sheets"]) for one in files] == [(1, ["一"]), (2, ["一"]), (3, ["二"])]


def test_the_other_commands_take_the_form_of_a_number(
    twins: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["score", str(twins), "--table", "2", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert (answer["table"], answer["rows"][0]["cell"]) == (2, "G14")
    assert examine(twins, sheet="二").found.reading.grid.sheet == "二"
    assert examine(twins, sheet="一", table=2).found.reading.layout.total_row == 18


def test_fill_writes_into_the_form_of_a_number_only(twins: Path, tmp_path: Path) -> None:
    rows = [{"level1": "产出指标", "level2": "数量指标", "level3": "培训次数", "actual": "13次"}]
    data = tmp_path / "D.json"
    data.write_text(json.dumps({"indicators": rows}), encoding="utf-8")
    out = tmp_path / "乙.xlsx"
    assert run(["fill", str(twins), "--table", "2", "--data", str(data), "-o", str(out)]) == 0
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert [sheet["E4"].value, sheet["E14"].value] == ["12次", "13次"]


def test_numbers_count_from_one(twins: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["score", str(twins), "--table", "0"])
    assert "--table 应为从 1 数起的表号，现为 0" in capsys.readouterr().err


def test_a_further_form_on_a_sheet_has_its_own_title(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for top in (1, 60):
        type_into(made.worksheets[0], shangjie(), Typing(top=top))
    made.save(tmp_path / "甲.xlsx")
    assert [one.form.form for one in examine_all(tmp_path / "甲.xlsx")] == ["部门整体自评表"] * 2


CUTS: dict[str, dict[str, Rows]] = {
    "the head again": {"一": (TITLE, UNIT, HEAD, *ROWS[:2]), "二": (HEAD, *ROWS[2:], TOTAL)},
    "the title again": {
        "一": (TITLE, UNIT, HEAD, *ROWS[:2]),
        "二": (("项目支出绩效自评表（续）",), HEAD, *ROWS[2:], TOTAL),
    },
    "rows at once": {"一": (TITLE, UNIT, HEAD, *ROWS[:2]), "二": (*ROWS[2:], TOTAL)},
    "blank rows first": {"一": (TITLE, UNIT, HEAD, *ROWS[:2]), "二": ((), (), *ROWS[2:], TOTAL)},
    "three sheets": {
        "一": (TITLE, UNIT, HEAD, ROWS[0]),
        "二": (HEAD, *ROWS[1:3]),
        "三": (HEAD, ROWS[3], TOTAL),
    },
    "a form above the first part": {
        "一": (("部门整体自评表",), HEAD, *ROWS, TOTAL, (), TITLE, UNIT, HEAD, *ROWS[:2]),
        "二": (HEAD, *ROWS[2:], TOTAL),
    },
    "a form below the last part": {
        "一": (TITLE, UNIT, HEAD, *ROWS[:2]),
        "二": (HEAD, *ROWS[2:], TOTAL, (), ("部门整体自评表",), HEAD, *ROWS, TOTAL),
    },
}


@pytest.mark.parametrize("name", CUTS)
def test_a_form_cut_over_sheets_is_one(tmp_path: Path, name: str) -> None:
    forms = examine_all(book(tmp_path / "续.xlsx", **CUTS[name]))
    (cut,) = (one for one in forms if one.form.form == TITLE[0])
    assert [row.name for row in cut.form.indicators] == [row[2] for row in ROWS]
    assert (cut.form.unit, cut.form.total) == ("某县水利局", 80)
    assert len(forms) == (2 if "a form" in name else 1)


NOT_CUT: dict[str, dict[str, Rows]] = {
    "a form of its own": {"一": (TITLE, HEAD, *ROWS[:2]), "二": (("乙项目绩效自评表",), HEAD, *ROWS[2:])},
    "two without titles": {"一": (HEAD, *ROWS[:2]), "二": (HEAD, *ROWS[2:])},
    "other columns": {
        "一": (TITLE, HEAD, *ROWS[:2]),
        "二": (("序号", *HEAD), *((1, *row) for row in ROWS[2:])),
    },
    "a total row already": {"一": (TITLE, HEAD, *ROWS[:2], TOTAL), "二": (HEAD, *ROWS[2:], TOTAL)},
}


@pytest.mark.parametrize("name", NOT_CUT)
def test_forms_that_only_look_alike_stay_two(tmp_path: Path, name: str) -> None:
    forms = examine_all(book(tmp_path / "两张.xlsx", **NOT_CUT[name]))
    assert [len(one.form.indicators) for one in forms] == [2, 2]


def test_a_sheet_of_remarks_is_no_continuation(tmp_path: Path) -> None:
    remarks = (("填表说明",), ("1.各单位应如实填报。",), ("2.偏差较大的应说明原因。",))
    (one,) = examine_all(book(tmp_path / "甲.xlsx", 一=(TITLE, HEAD, *ROWS), 说明=remarks))
    assert one.found.reading.sheets == ("一",)


def test_what_is_found_and_written_lands_on_the_sheet_it_stands_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*ROWS[:3], (*ROWS[3][:6], 5)]
    cut = book(
        tmp_path / "续.xlsx", 一=(TITLE, UNIT, HEAD, *rows[:2]), 二=(HEAD, *rows[2:], TOTAL), 附=(("附注",),)
    )
    run(["check", str(cut), "--json"])
    (one,) = json.loads(capsys.readouterr().out)["files"]
    assert one["sheets"] == ["一", "二"]
    assert ("二", "G3") in {(finding["sheet"], finding["cell"]) for finding in one["findings"]}
    run(["check", str(cut)])
    out = capsys.readouterr().out
    assert "工作表“一”A1:H5、“二”A2:H4，" in out
    assert "二!G3" in out
    assert run(["score", str(cut), "-o", str(tmp_path / "分.xlsx")]) in (0, 1)
    scored = openpyxl.load_workbook(tmp_path / "分.xlsx")
    assert [scored["二"]["G3"].value, scored["二"]["G4"].value] == [10, 80]
    assert run(["export", str(cut), "-o", str(tmp_path / "完成.xlsx")]) == 0
    assert openpyxl.load_workbook(tmp_path / "完成.xlsx").sheetnames == ["一", "二"]


def test_a_sheet_that_is_asked_for_goes_on_behind(tmp_path: Path) -> None:
    cut = book(
        tmp_path / "续.xlsx", 封面=(("封面",),), 一=(TITLE, HEAD, *ROWS[:2]), 二=(HEAD, *ROWS[2:], TOTAL)
    )
    assert len(examine(cut, sheet="一").form.indicators) == 4
