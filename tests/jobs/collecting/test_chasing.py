"""Replies to units, and the list of whom to phone, from a summary."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from office import converted, needs_office
from returned import files, filled, sent, template

from perf_excel.books.opening import open_book
from perf_excel.books.reply_letter import NOTHING_CAME, SOMETHING_CAME, Letter, Part, letter_file
from perf_excel.errors import UserError
from perf_excel.faces.chase_words import chase_words
from perf_excel.faces.cli import run
from perf_excel.jobs.chase import PHONE_LIST, chase
from perf_excel.jobs.collect import Order, collect
from perf_excel.jobs.distribute import Sending, distribute

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of three units one sent a form with blanks, one a form that is none, one nothing."""
    folder = tmp_path_factory.mktemp("催报")
    blank = files(sent(folder / "今年", ["甲局", "乙局", "丙局"]))
    back = folder / "回收"
    back.mkdir()
    (back / "甲局.xlsx").write_bytes(filled(blank["甲局"].read_bytes(), executed="80"))
    (back / "乙局.xlsx").write_bytes(b"PK\x03\x04")
    path = folder / "汇总.xlsx"
    path.write_bytes(collect(Order((back,), path, folder / "今年" / "下发" / "下发清单.xlsx")).data.read())
    return path


def words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_each_unit_gets_its_own_and_no_other(summary: Path) -> None:
    chased = chase(summary, DAY)
    missing = words(chased.files["丙局-退回函.docx"])
    assert "还没有收到" in missing
    assert "2026年3月1日" in missing
    assert "甲局" not in missing
    book = openpyxl.load_workbook(summary)
    heads = [cell.value for cell in book["问题清单"][3]]
    rows = [dict(zip(heads, row, strict=True)) for row in book["问题清单"].iter_rows(4, values_only=True)]
    said = words(chased.files["甲局-退回函.docx"]) if "甲局-退回函.docx" in chased.files else ""
    for row in rows:
        if row["单位"] == "甲局" and row["级别"] in ("错误", "提醒") and not row["处理"]:
            assert str(row["问题"]) in said


def test_a_unit_that_sent_one_of_its_forms_is_not_told_that_nothing_came(tmp_path: Path) -> None:
    """甲局 sent 整体 and not 项目, 乙局 nothing, and nobody knows whose the damaged file is."""
    units = tmp_path / "名单.csv"
    units.write_text("单位名称\n甲局\n乙局\n", encoding="utf-8")
    whole = template(tmp_path)
    pack = distribute(Sending((str(whole), "national-2020"), units, tmp_path / "下发"))
    (mine,) = (one.file for one in pack.pack.books if one.unit == "甲局" and one.template == whole.stem)
    back = tmp_path / "回收"
    back.mkdir()
    (back / "甲.xlsx").write_bytes(filled((pack.target / mine).read_bytes()))
    (back / "坏.xlsx").write_bytes(b"PK\x03\x04")
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(collect(Order((back,), path, pack.target / "下发清单.xlsx")).data.read())
    chased = chase(path, DAY)
    one_of_two = words(chased.files["甲局-退回函.docx"])
    assert SOMETHING_CAME in one_of_two
    assert "校验发现的问题" not in one_of_two
    assert NOTHING_CAME in words(chased.files["乙局-退回函.docx"])
    assert chased.nameless == ("坏.xlsx",)
    assert "另有 1 份没有计入的不知道是哪个单位的" in "".join(chase_words(chased, tmp_path, ""))
    # Where there is nothing else to say, it is not said that all is well.
    alone = replace(chased, files={}, letters=0, missing=0)
    assert "各单位都已报送" not in "".join(chase_words(alone, tmp_path, ""))


def test_a_file_that_a_newer_one_replaced_is_not_asked_for_again(tmp_path: Path) -> None:
    """甲局 sent its form twice, 乙局 too and has something to change, 丙局 nothing."""
    blank = files(sent(tmp_path / "今年", ["甲局", "乙局", "丙局"]))
    back = tmp_path / "回收"
    back.mkdir()
    for unit, last in (("甲局", "95"), ("乙局", "180")):
        for name, executed, when in (("旧", "90", 1_000_000_000), ("新", last, 1_100_000_000)):
            path = back / f"{unit}{name}.xlsx"
            path.write_bytes(filled(blank[unit].read_bytes(), executed=executed))
            os.utime(path, (when, when))
    path = tmp_path / "汇总.xlsx"
    order = Order((back,), path, tmp_path / "今年" / "下发" / "下发清单.xlsx")
    path.write_bytes(collect(order).data.read())
    chased = chase(path, DAY)
    assert chased.fine == ("甲局",)
    said = words(chased.files["乙局-退回函.docx"])
    assert "没有计入的文件" not in said
    assert "不需要重新报送" in said
    assert "乙局旧.xlsx" in said
    never = words(chased.files["丙局-退回函.docx"])
    assert "重新报送" not in never
    # Where none of them counts yet, the unit has to say which one is meant.
    path.write_bytes(collect(replace(order, on_duplicate="error")).data.read())
    said = words(chase(path, DAY).files["甲局-退回函.docx"])
    assert "没有计入的文件（2 项）" in said


@needs_office
def test_a_summary_is_read_whatever_its_length_and_format(
    summary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its sheets hold more cells than a form may; saved as .ods it says the same."""
    before = {name: words(data) for name, data in chase(summary, DAY).files.items() if name.endswith("docx")}
    monkeypatch.setattr("perf_excel.books.xlsx.sheetxml.CELL_LIMIT", 5)
    with pytest.raises(UserError, match="超过 5 个"):
        open_book(summary).grid("处理记录")
    other = tmp_path / "汇总.ods"
    other.write_bytes(converted(summary.read_bytes(), "ods"))
    for path in (summary, other):
        files = chase(path, DAY).files
        assert {name: words(data) for name, data in files.items() if name.endswith("docx")} == before


def test_whom_to_phone(summary: Path) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(chase(summary, DAY).files[PHONE_LIST])).active
    assert sheet is not None
    units = [row[1] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert "丙局" in units
    assert "甲局" not in units


def test_columns_of_a_letter_are_as_wide_as_what_stands_in_them() -> None:
    rows = tuple(
        ("错误", "自评表", f"F{number}", "实际完成值低于指标值而没有写原因" * 3) for number in range(3)
    )
    letter = Letter("甲局", "", (Part("问题", "", ("级别", "工作表", "单元格", "问题"), rows),))
    table = docx.Document(io.BytesIO(letter_file(letter, DAY))).tables[0]
    columns = [column.width.cm for column in table.columns if column.width]
    assert [[cell.width and cell.width.cm for cell in row.cells] for row in table.rows] == [columns] * 4
    assert not table.autofit
    level, sheet, _, problem = columns
    assert 0.9 < level < sheet < 2
    assert problem > 10
    assert sum(columns) == pytest.approx(16.2, abs=0.01)


def test_the_command(summary: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "函"
    assert run(["chase", str(summary), "-o", str(target)]) == 0
    assert "催报名单" in capsys.readouterr().out
    assert (target / PHONE_LIST).is_file()
    assert run(["chase", str(summary), "-o", str(target)]) == 2
    assert "已有同名文件" in capsys.readouterr().err
    assert run(["chase", str(summary), "-o", str(target), "--overwrite"]) == 0


def test_another_workbook_is_no_summary(tmp_path: Path) -> None:
    path = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(UserError, match="没有“问题清单”表"):
        chase(path, DAY)
