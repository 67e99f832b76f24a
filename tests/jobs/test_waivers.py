"""Waivers as a clerk uses them: check -o, mark, check again; and a list that other forms share."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from facts import shangjie
from office import converted, needs_office
from openpyxl.utils.cell import coordinate_from_string
from typed import Typing, type_into, typed
from workbooks import members

from perf_excel.faces.cli import run
from perf_excel.forms.data import load_form
from perf_excel.jobs.examination.verdict_list import HEADS
from perf_excel.sheets.verdicts import SHEET

HEAD_ROW = 4
RATE = "预算调整率"
ACTION, REASON, STATE, LABEL = (HEADS.index(name) + 1 for name in ("处理", "理由", "状态", "指标或位置"))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(typed(shangjie()))
    return path


def checked(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    capsys.readouterr()
    code = run(["check", *map(str, arguments), "--rules", "henan-department"])
    out, err = capsys.readouterr()
    assert not err or "--json" in arguments, err
    return code, out


def found(capsys: pytest.CaptureFixture[str], path: Path, label: str = RATE) -> dict[str, Any]:
    _, out = checked(capsys, path, "--json")
    [answer] = json.loads(out)["files"]
    return next(one for one in answer["findings"] if one["label"] == label)


def listed(path: Path, sheet: str = SHEET) -> Any:
    return openpyxl.load_workbook(path)[sheet]


def marked(path: Path, label: str, action: str | None, reason: str | None, sheet: str = SHEET) -> None:
    """Mark a finding as a clerk does, in another program."""
    book = openpyxl.load_workbook(path)
    one: Any = book[sheet]
    [row] = [row for row in range(HEAD_ROW + 1, one.max_row + 1) if one.cell(row, LABEL).value == label]
    one.cell(row, ACTION).value, one.cell(row, REASON).value = action, reason
    book.save(path)


def typed_at(path: Path, cell: str, value: object) -> None:
    book = openpyxl.load_workbook(path)
    sheet: Any = book.worksheets[0]
    sheet[cell] = value
    book.save(path)


def test_marked_and_checked_again(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = book.with_name("校验.xlsx")
    code, out = checked(capsys, book, "-o", done)
    assert (code, "校验结果：提醒 2 项。" in out) == (0, True)
    cell = found(capsys, done)["cell"]
    marked(done, RATE, "忽略", "年中追加，已批复")
    _, out = checked(capsys, done)
    assert "校验结果：提醒 1 项，另有已忽略 1 项。" in out
    assert "理由：年中追加，已批复" in out
    assert found(capsys, done)["waived"] == "年中追加，已批复"
    # Written again, what the clerk typed stays; the row may have moved.
    moved = openpyxl.load_workbook(done)
    moved.remove(moved.worksheets[0])
    type_into(moved.create_sheet("表1", 0), shangjie(), Typing(top=2))
    moved.save(done)
    checked(capsys, done, "-o", done, "--overwrite")
    again = found(capsys, done)
    assert (again["waived"], again["cell"]) == ("年中追加，已批复", f"{cell[0]}{int(cell[1:]) + 1}")
    assert listed(done).cell(HEAD_ROW + 1, STATE).value == "已忽略，不计入"
    assert openpyxl.load_workbook(done).sheetnames == ["表1", SHEET]


def test_the_list_goes_through_the_form_from_top_to_bottom(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed_at(book, found_total(book), 99)
    typed_at(book, found(capsys, book)["cell"], "≤5.72%")
    checked(capsys, book, "-o", book, "--overwrite")
    rows = list(listed(book).iter_rows(min_row=HEAD_ROW + 1, values_only=True))
    cells = [coordinate_from_string(row[HEADS.index("单元格")]) for row in rows]
    assert [row for _, row in cells] == sorted(row for _, row in cells)
    codes = [row[HEADS.index("检查项")] for row in rows]
    assert codes.index("V8") < codes.index("W2"), codes


def test_errors_that_are_waived_do_not_count(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    total = found_total(book)
    typed_at(book, total, 99)
    code, out = checked(capsys, book, "-o", book, "--overwrite")
    assert code == 1
    for label in ("总分", "等级"):
        if f"{label}——" in out:
            marked(book, label, "忽略", "按上级复核结果填写")
    assert checked(capsys, book)[0] == 0
    assert run(["score", str(book), "--rules", "henan-department"]) == 0
    marked(book, "总分", "忽略", "无")
    code, out = checked(capsys, book)
    assert (code, "已选忽略但没有写明理由，仍计入" in out) == (1, True)


def found_total(path: Path) -> str:
    sheet: Any = openpyxl.load_workbook(path).worksheets[0]
    [cell] = [cell for row in sheet.iter_rows() for cell in row if cell.value == 95.81]
    return str(cell.coordinate)


def test_lapsed_and_gone(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(capsys, book, "-o", book, "--overwrite")
    cell = found(capsys, book)["cell"]
    marked(book, RATE, "忽略", "年中追加，已批复")
    typed_at(book, cell, "12%")
    one = found(capsys, book)
    assert one["waived"] is None
    assert "忽略失效" in one["note"]
    checked(capsys, book, "-o", book, "--overwrite")
    row = [cell.value for cell in listed(book)[HEAD_ROW + 1]]
    assert (row[ACTION - 1], row[REASON - 1]) == (None, "年中追加，已批复"), (
        "the reason stays to be confirmed"
    )
    marked(book, RATE, "忽略", "年中追加，已批复")
    typed_at(book, cell, "5.72%")
    _, out = checked(capsys, book)
    assert "已不存在 1 项" in out
    checked(capsys, book, "-o", book, "--overwrite")
    assert "已不存在" not in checked(capsys, book)[1]


def test_a_check_that_is_not_run_keeps_its_waivers(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    declared = tmp_path / "申报.json"
    data = {"unit": "郑州市上街区信访局", "year": 2021}
    declared.write_text(json.dumps(data), encoding="utf-8")
    checked(capsys, book, "--against", declared, "-o", book, "--overwrite")
    marked(book, "年度", "忽略", "申报表年度误写")
    _, out = checked(capsys, book, "-o", book, "--overwrite")
    assert "已不存在" not in out
    _, out = checked(capsys, book, "--against", declared)
    assert "理由：申报表年度误写" in out


def test_a_list_of_several_forms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "两张.xlsx"
    book = openpyxl.Workbook()
    for number, name in enumerate(("校验结果", "乙表")):
        sheet: Any = book.worksheets[0] if not number else book.create_sheet()
        sheet.title = name
        type_into(sheet, shangjie(), Typing())
    book.save(path)
    sheet_of_list = f"{SHEET}2"
    for sheet in ("校验结果", "乙表"):
        checked(capsys, path, "--sheet", sheet, "-o", path, "--overwrite")
    assert openpyxl.load_workbook(path).sheetnames == ["校验结果", "乙表", sheet_of_list]
    names = [
        row[HEADS.index("工作表")].value
        for row in listed(path, sheet_of_list).iter_rows(min_row=HEAD_ROW + 1)
    ]
    assert sorted(names) == ["乙表", "乙表", "校验结果", "校验结果"]


def test_only_what_a_new_sheet_needs_is_changed(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = book.with_name("校验.xlsx")
    checked(capsys, book, "-o", done)
    old, new = members(book.read_bytes()), members(done.read_bytes())
    assert {name for name in new if old.get(name) != new[name]} == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet2.xml",
        "xl/styles.xml",
    }  # fmt: skip


def test_data_carries_waivers_there_and_back(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checked(capsys, book, "-o", book, "--overwrite")
    marked(book, RATE, "忽略", "年中追加，已批复")
    data = tmp_path / "D.json"
    assert run(["export", str(book), "--rules", "henan-department", "-o", str(data)]) == 0
    [waiver] = load_form(data.read_text("utf-8"), "D.json").waivers
    assert (waiver.check, waiver.label, waiver.reason) == ("V16", RATE, "年中追加，已批复")
    made = tmp_path / "新表.xlsx"
    assert run(["new", "--rules", "henan-department", "--data", str(data), "-o", str(made)]) == 0
    assert found(capsys, made)["waived"] == "年中追加，已批复"
    filled = tmp_path / "填.xlsx"
    assert run(["fill", str(made), "--data", str(data), "-o", str(filled)]) == 0
    assert found(capsys, filled)["waived"] == "年中追加，已批复"


def test_data_whose_figures_changed_keeps_the_reason_to_be_confirmed(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checked(capsys, book, "-o", book, "--overwrite")
    marked(book, RATE, "忽略", "年中追加，已批复")
    data, made = tmp_path / "D.json", tmp_path / "新表.xlsx"
    run(["export", str(book), "--rules", "henan-department", "-o", str(data)])
    figures = json.loads(data.read_text("utf-8"))
    figures["budget"][0]["annual"] = 400
    figures["waivers"].append({"check": "V1", "label": "没有的", "message": "没有了", "reason": "已批复"})
    data.write_text(json.dumps(figures), encoding="utf-8")
    capsys.readouterr()
    assert run(["new", "--rules", "henan-department", "--data", str(data), "-o", str(made)]) == 0
    out = capsys.readouterr().out
    assert f"数据带来的忽略有 1 项没有生效：“{RATE}”" in out
    assert "数据带来的忽略有 1 项的问题已不存在" in out
    assert found(capsys, made)["waived"] is None
    rows = [[cell.value for cell in row] for row in listed(made).iter_rows(min_row=HEAD_ROW + 1)]
    [row] = [row for row in rows if row[LABEL - 1] == RATE]
    assert (row[ACTION - 1], row[REASON - 1]) == (None, "年中追加，已批复")


def on_paper(path: Path) -> str:
    said = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout
    return "".join(said.decode().split())


def finished(book: Path, *more: str, suffix: str = "xlsx") -> Path:
    done = book.with_name(f"完成.{suffix}")
    assert run(["export", str(book), "--rules", "henan-department", "-o", str(done), *more]) == 0
    return done


def test_a_finished_form_without_waivers_has_no_list(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(capsys, book, "-o", book, "--overwrite")
    assert openpyxl.load_workbook(finished(book)).sheetnames == ["表1"]


def test_waivers_travel_with_the_finished_form(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(capsys, book, "-o", book, "--overwrite")
    marked(book, RATE, "忽略", "年中追加，已批复")
    capsys.readouterr()
    done = finished(book)
    assert "已忽略的 1 项连同理由存在完成表的隐藏工作表“校验结果”里" in capsys.readouterr().out
    sheets = openpyxl.load_workbook(done).worksheets
    assert [(sheet.title, sheet.sheet_state) for sheet in sheets] == [
        ("表1", "visible"),
        (SHEET, "veryHidden"),
    ]
    # Only what is waived goes along, and nobody sees it; a check knows it.
    assert [row[LABEL - 1].value for row in listed(done).iter_rows(min_row=HEAD_ROW + 1)] == [RATE]
    assert found(capsys, done)["waived"] == "年中追加，已批复"
    # The list of that check is to be seen.
    checked(capsys, done, "-o", done, "--overwrite")
    again: Any = listed(done)
    assert again.sheet_state == "visible"
    assert again.max_row > HEAD_ROW + 1
    assert found(capsys, done)["waived"] == "年中追加，已批复"


def test_a_number_changed_in_the_finished_form_is_asked_again(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checked(capsys, book, "-o", book, "--overwrite")
    marked(book, RATE, "忽略", "年中追加，已批复")
    done = finished(book)
    typed_at(done, found(capsys, done)["cell"], "11%")
    assert found(capsys, done)["waived"] is None


def test_the_slip_of_a_check(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(capsys, book, "-o", book, "--overwrite")
    marked(book, RATE, "忽略", "年中追加，已批复")
    done = finished(book, "--list")
    names = {sheet.title: sheet.sheet_state for sheet in openpyxl.load_workbook(done).worksheets}
    assert names == {"表1": "visible", "校验单": "visible", SHEET: "veryHidden"}
    rows = [[cell.value or "" for cell in row] for row in listed(done, "校验单").iter_rows()]
    head = rows.index(["序号", "级别", "检查项", "单元格", "指标或位置", "问题", "处理", "理由"])
    above = "\n".join(row[0] for row in rows[:head])
    for said in (
        "95.81分（优）",
        "henan-department",
        "程序：perf-excel ",
        "校验日期：20",
        "提醒 1 项，已忽略 1 项",
    ):
        assert said in above
    below = {row[4]: row for row in rows[head + 1 :]}
    assert len(below) == 2
    assert below[RATE][6:] == ["忽略", "年中追加，已批复"]
    assert found(capsys, done)["waived"] == "年中追加，已批复"


def test_data_has_no_slip(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = book.with_name("数据.json")
    assert run(["export", str(book), "--rules", "henan-department", "-o", str(done), "--list"]) == 2
    assert "校验单只能附在 .xlsx、.pdf 后面" in capsys.readouterr().err
    assert not done.exists()


@needs_office
def test_the_printed_slip_follows_the_form(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(capsys, book, "-o", book, "--overwrite")
    marked(book, RATE, "忽略", "年中追加，已批复")
    words = [on_paper(finished(book, *more, suffix="pdf")) for more in ((), ("--list", "--overwrite"))]
    assert ["年中追加，已批复" in text for text in words] == [False, True]
    assert "校验单" in words[1]


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_older_formats_are_only_read(book: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    older = book.with_name(f"自评表.{kind}")
    older.write_bytes(converted(book.read_bytes(), kind))
    assert run(["check", str(older), "-o", str(book.with_name("校验.xlsx"))]) == 2
    assert "只能读取和校验" in capsys.readouterr().err


@needs_office
def test_libreoffice_keeps_what_was_marked(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(capsys, book, "-o", book, "--overwrite")
    marked(book, RATE, "忽略", "年中追加，已批复")
    book.write_bytes(converted(book.read_bytes(), "xlsx"))
    assert found(capsys, book)["waived"] == "年中追加，已批复"


def test_one_file_at_a_time(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(book), str(book), "-o", str(book.with_name("校验.xlsx"))]) == 2
    assert "一次只能校验一个文件" in capsys.readouterr().err


def test_the_target_ends_as_the_file_does(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(book), "-o", str(book.with_name("校验.xlsm"))]) == 2
    assert "应以 .xlsx 结尾" in capsys.readouterr().err


def test_two_forms_on_one_sheet_share_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "两张.xlsx"
    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    for top in (1, 60):
        type_into(sheet, shangjie(), Typing(top=top))
    book.save(path)
    checked(capsys, path, "-o", path, "--overwrite")
    rows = [row for row in listed(path).iter_rows(min_row=HEAD_ROW + 1) if row[LABEL - 1].value == RATE]
    assert len(rows) == 2
    marks = openpyxl.load_workbook(path)
    for row, (action, reason) in zip(rows, (("忽略", "已批复"), (None, None)), strict=True):
        one: Any = marks[SHEET]
        one.cell(row[0].row, ACTION).value, one.cell(row[0].row, REASON).value = action, reason
    marks.save(path)
    _, out = checked(capsys, path, "--json")
    waived = [
        finding["waived"]
        for answer in json.loads(out)["files"]
        for finding in answer["findings"]
        if finding["label"] == RATE
    ]
    assert waived == ["已批复", None]
    # A form checked alone leaves the other's rows as they are.
    checked(capsys, path, "--table", "2", "-o", path, "--overwrite")
    _, out = checked(capsys, path)
    assert out.count("理由：已批复") == 1
    assert "已不存在" not in out
