"""The main job as a clerk does it: new, fill, score, check, export, on the real form of 2022."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import converted, needs_office
from typed import Typing, typed

from perf_excel.faces.cli import run
from perf_excel.forms.data import load_form
from perf_excel.forms.measure import NOTHING
from perf_excel.forms.model import Funding, Indicator
from perf_excel.jobs.examination.examining import examine
from perf_excel.rules.rulesets.library import ruleset, ruleset_names, templates_folder

FOLDER = templates_folder() / "henan-department"
DATA = FOLDER / "示例.json"
PUBLISHED = load_form(DATA.read_text(encoding="utf-8"), DATA.name)


def answer(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    """Run a command and return its exit code and what it printed; nothing may be complained of."""
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert not err or "--json" in arguments, err
    return code, out


@pytest.fixture
def filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "自评表.xlsx"
    code, _ = answer(capsys, "new", "--rules", "henan-department", "--data", DATA, "-o", path)
    assert code == 0
    return path


def test_scores_as_published(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = answer(capsys, "score", filled, "--json")
    scored: dict[str, Any] = json.loads(out)
    assert (code, scored["total"], scored["grade"], scored["rules"]) == (0, 95.81, "优", "henan-department")
    budget, *rows = scored["rows"]
    assert (budget["kind"], budget["score"], budget["printed"], budget["cell"]) == (
        "budget",
        8.05,
        8.05,
        "I5",
    )
    assert [(row["score"], row["printed"]) for row in rows] == [
        (float(row.score), float(row.score)) for row in PUBLISHED.indicators if row.score is not None
    ]
    assert [row["deviation"] for row in rows] == [
        float(row.deviation.number) for row in PUBLISHED.indicators if row.deviation.number is not None
    ]
    assert scored["level1"] == [
        {"name": "预算执行率", "weight": 10, "score": 8.05},
        {"name": "投入管理指标", "weight": 30, "score": 28.17},
        {"name": "产出指标", "weight": 25, "score": 24.79},
        {"name": "效益指标", "weight": 35, "score": 34.8},
    ]


def test_finds_what_the_form_contradicts_and_nothing_else(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = answer(capsys, "check", filled, "--json")
    (one,) = json.loads(out)["files"]
    found = [
        (f["check"], f["severity"], f["label"], f["expected"], f["printed"], f["cell"])
        for f in one["findings"]
    ]
    assert code == 0
    assert found == [
        ("V16", "warning", "预算调整率", "5.72%", "10%", "F22"),
        ("V16", "warning", "结转结余率", "27.59%", "0%", "F23"),
    ]


def test_blank_templates_are_filled_in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "填好.xlsx"
    code, out = answer(capsys, "fill", FOLDER / "部门整体自评表.xlsx", "--data", DATA, "-o", target)
    assert code == 0
    assert "95.81分（优）" in out
    with zipfile.ZipFile(FOLDER / "部门整体自评表.xlsx") as old, zipfile.ZipFile(target) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    assert examine(target).scores.total == PUBLISHED.total


@pytest.mark.parametrize("name", ruleset_names())
def test_every_form_can_be_made_blank(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for layout in ruleset(name).forms:
        path = tmp_path / f"{layout.name}.xlsx"
        code, out = answer(
            capsys,
            "new",
            "--rules",
            name,
            "--form",
            layout.name,
            "--unit",
            "某局",
            "--year",
            "2023",
            "-o",
            path,
        )
        assert (code, "空白表已生成" in out) == (0, True)
        examined = examine(path)
        assert (examined.found.rules.id, examined.form.unit, examined.form.year) == (name, "某局", 2023)
        assert len(examined.form.indicators) + len(examined.found.reading.free) == len(layout.rows)


def test_a_plain_table_is_filled_in(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = next(one for one in PUBLISHED.indicators if one.target.percent)
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["2022年指标完成情况"])
    sheet.append(["指标名称", "完成值", "责任科室"])
    sheet.append([row.level3, "61%", "办公室"])
    table, target = filled.with_name("统计.xlsx"), filled.with_name("已填.xlsx")
    book.save(table)
    assert answer(capsys, "fill", filled, "--data", table, "-o", target)[0] == 0
    there = {one.level3: one.actual.text for one in examine(target).form.indicators}
    assert there[row.level3] == "61%"
    sheet["A3"] = "没有的指标"
    book.save(table)
    assert run(["fill", str(filled), "--data", str(table), "-o", str(target)]) == 2
    assert "表中没有位置填写指标“没有的指标”，请" in capsys.readouterr().err
    assert {one.level3: one.actual.text for one in examine(target).form.indicators} == there


def test_the_finished_form_is_values_only(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = filled.with_name("完成表.xlsx")
    assert answer(capsys, "export", filled, "-o", target)[0] == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["部门整体自评表"]
    sheet = book.worksheets[0]
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [value for value in values if isinstance(value, str) and value.startswith("=")]
    assert "校验提示" not in values
    assert not sheet.protection.sheet
    assert not sheet.data_validations.dataValidation
    assert (sheet.max_column, sheet["G47"].value, sheet["H47"].value, sheet["J47"].value) == (
        10,
        100,
        95.81,
        "优",
    )
    again = examine(target)
    assert (again.form.total, again.form.grade, len(again.form.indicators)) == (PUBLISHED.total, "优", 31)
    assert [finding.check for finding in again.findings] == ["V16", "V16"]


def kept(row: Indicator) -> tuple[object, ...]:
    levels = row.level1, row.level2, row.level3
    return *levels, row.target.text, row.actual.text, row.weight, row.score, row.reason


def test_data_come_back_as_they_went_in(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = filled.with_name("数据.json")
    assert answer(capsys, "export", filled, "-o", target)[0] == 0
    back = load_form(target.read_text(encoding="utf-8"), target.name)
    assert [kept(row) for row in back.indicators] == [kept(row) for row in PUBLISHED.indicators]
    assert (back.total, back.grade, back.unit, back.year) == (PUBLISHED.total, "优", PUBLISHED.unit, 2022)


def test_a_typed_score_is_shown_before_it_is_replaced(
    tmp_path: Path, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    finished = tmp_path / "完成表.xlsx"
    answer(capsys, "export", filled, "-o", finished)
    book = openpyxl.load_workbook(finished)
    book.worksheets[0]["H41"].value = 4
    out = io.BytesIO()
    book.save(out)
    finished.write_bytes(out.getvalue())
    code, said = answer(capsys, "score", finished, "-o", tmp_path / "重算.xlsx")
    assert code == 1
    assert "H41：原填 4，改为 3.96" in said
    assert "（表中填4）" in said
    assert examine(tmp_path / "重算.xlsx").form.indicators[25].score == PUBLISHED.indicators[25].score


@needs_office
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_saved_by_libreoffice_it_is_still_the_same_form(filled: Path, suffix: str) -> None:
    saved = filled.with_name(f"另存{suffix}")
    saved.write_bytes(converted(filled.read_bytes(), suffix))
    before, after = examine(filled), examine(saved)
    assert after.found.why == "由工作簿内的标识确定"
    assert [(r.label, r.points, r.printed, r.deviation) for r in after.scores.rows] == [
        (r.label, r.points, r.printed, r.deviation) for r in before.scores.rows
    ]
    assert [f.check for f in after.findings] == [f.check for f in before.findings]
    assert (after.form.total, after.form.grade) == (before.form.total, before.form.grade)


def blank(row: Indicator) -> Indicator:
    """A row of a bureau's blank form: its levels stand, its name is still to be chosen."""
    return Indicator(row.level1, row.level2, "")


@pytest.mark.parametrize("merged", [True, False])
def test_a_bureaus_own_blank_form_is_filled(
    merged: bool,  # noqa: FBT001
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    unfilled = replace(
        PUBLISHED,
        funding=tuple(Funding(row.item) for row in PUBLISHED.funding),
        indicators=tuple(map(blank, PUBLISHED.indicators)),
        total=None,
        grade="",
    )
    source, target = tmp_path / "区里的表.xlsx", tmp_path / "填好.xlsx"
    source.write_bytes(typed(unfilled, Typing(merged=merged)))
    code, said = answer(capsys, "fill", source, "--data", DATA, "-o", target)
    examined = examine(target)
    assert code == 0
    assert "未填写：" in said  # this form has no tasks
    assert (examined.found.rules.id, examined.form.total) == ("henan-department", PUBLISHED.total)
    assert [kept(row) for row in examined.form.indicators] == [kept(row) for row in PUBLISHED.indicators]
    assert [finding.check for finding in examined.findings] == ["V16", "V16"]


def test_a_total_stays_where_rows_cannot_be_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = list(PUBLISHED.indicators)
    rows[0] = replace(rows[0], target=NOTHING, actual=NOTHING)
    source, target = tmp_path / "表.xlsx", tmp_path / "重算.xlsx"
    source.write_bytes(typed(replace(PUBLISHED, indicators=tuple(rows))))
    _, said = answer(capsys, "score", source, "-o", target)
    assert "总分和等级没有改写" in said
    assert examine(target).form.total == PUBLISHED.total


def test_a_finished_form_of_another_workbook_is_one_sheet_on_a4(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(typed(PUBLISHED)))
    book.create_sheet("别的表")["A1"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    source, target = tmp_path / "区里的表.xlsx", tmp_path / "完成表.xlsx"
    source.write_bytes(out.getvalue())
    assert answer(capsys, "export", source, "-o", target)[0] == 0
    finished = openpyxl.load_workbook(target)
    (sheet,) = finished.worksheets
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        9,
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert examine(target).form.total == PUBLISHED.total


def test_a_finished_form_has_no_macros(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(typed(PUBLISHED))) as plain:
        parts = {name: plain.read(name) for name in plain.namelist()}
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    content = b"application/vnd.ms-office.vbaProject"
    macros = b'<Override PartName="/xl/vbaProject.bin" ContentType="%b"/></Types>' % content
    parts["[Content_Types].xml"] = types.replace(b"</Types>", macros)
    kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    relation = b'<Relationship Id="rIdV" Type="%b" Target="vbaProject.bin"/></Relationships>' % kind
    rels = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = rels.replace(b"</Relationships>", relation)
    source, target = tmp_path / "带宏.xlsm", tmp_path / "完成表.xlsx"
    with zipfile.ZipFile(source, "w") as made:
        for name, content in {**parts, "xl/vbaProject.bin": b"macros"}.items():
            made.writestr(name, content)
    assert answer(capsys, "export", source, "-o", target)[0] == 0
    with zipfile.ZipFile(target) as finished:
        assert "xl/vbaProject.bin" not in finished.namelist()
        assert b"macroEnabled" not in finished.read("[Content_Types].xml")
        assert b"vbaProject" not in finished.read("xl/_rels/workbook.xml.rels")
    assert run(["score", str(source), "-o", str(tmp_path / "打分.xlsx")]) == 2
    assert "应以 .xlsm 结尾" in capsys.readouterr().err
