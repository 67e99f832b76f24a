"""Forms in Word filled in place: the cells are typed in, everything else stays as it was."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from in_documents import data_in, in_word, saved, sheet_in_print
from small import HEADS

from perf_excel.books.opening import open_book
from perf_excel.faces.cli import run
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.fill import fill
from perf_excel.jobs.fill_document import fill_document
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.reading.form_reading import Reading, read_form
from perf_excel.sheets.writing.clearing import clearing

ROWS = (
    HEADS,
    ("产出指标", "数量指标", "培训人数", "≥100人", "", "50", "", ""),
    ("效益指标", "社会效益", "就业率", "≥90%", "", "40", "", ""),
)
MONEY = ("项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分", "")
DATA = {
    "unit": "某某局",
    "budget": [{"item": "年度资金总额", "initial": 10, "annual": 10, "executed": 9.5, "rate": "95%"}],
    "indicators": [
        {"level1": "产出指标", "level2": "数量指标", "level3": "培训人数", "actual": "98人", "score": 49,
         "reason": "两人请假，\n已补训"},
        {"level1": "效益指标", "level2": "社会效益", "level3": "就业率", "actual": "91%", "score": 40},
    ],
}  # fmt: skip


def form() -> Any:
    """A form as an office types it: a heading, the unit's line, money and indicators in one table."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.add_heading("项目支出绩效自评表", 1)
    document.add_paragraph("实施单位：")
    table = document.add_table(0, len(MONEY))
    for texts in (MONEY, ("年度资金总额", "", "", "", "10", "", "", ""), *ROWS):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("以上情况属实。")
    return document


def filled(tmp_path: Path, document: Any, data: object = DATA) -> tuple[Any, list[str]]:
    """The document after it was filled, and what was said."""
    source, target, values = tmp_path / "表.docx", tmp_path / "填好.docx", tmp_path / "数据.json"
    source.write_bytes(saved(document))
    values.write_text(json.dumps(data), encoding="utf-8")
    code = run(["fill", str(source), "--data", str(values), "-o", str(target)])
    assert code == 0
    return docx.Document(str(target)), [str(source), str(target)]


def shown(document: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def test_values_stand_in_their_cells_and_the_unit_in_its_line(tmp_path: Path) -> None:
    document, _ = filled(tmp_path, form())
    rows = shown(document)
    assert rows[1] == ["年度资金总额", "10", "10", "9.5", "10", "95%", "", ""]
    assert [row[4:] for row in rows[3:]] == [
        ["98人", "50", "49", "两人请假，\n已补训"],
        ["91%", "40", "40", ""],
    ]
    assert [one.text for one in document.paragraphs] == [
        *("项目支出绩效自评表", "实施单位：某某局", "以上情况属实。")
    ]


def test_all_other_parts_keep_their_bytes(tmp_path: Path) -> None:
    _, (source, target) = filled(tmp_path, form())
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
        assert before.namelist() == after.namelist()
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["word/document.xml"]


def test_a_cell_keeps_the_look_of_its_first_run_and_paragraph(tmp_path: Path) -> None:
    document = form()
    cell = document.tables[0].rows[3].cells[4]
    first = cell.paragraphs[0]
    first.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run_, further = first.add_run("旧"), first.add_run("值")
    run_.bold, run_.font.size, further.italic = True, Pt(9), True
    cell.add_paragraph("第二段")
    document, _ = filled(tmp_path, document)
    cell = document.tables[0].rows[3].cells[4]
    (paragraph,) = cell.paragraphs
    (one,) = paragraph.runs
    assert (one.text, one.bold, one.font.size, one.italic) == ("98人", True, Pt(9), None)
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_an_empty_cell_is_typed_in_the_look_of_its_mark(tmp_path: Path) -> None:
    document = form()
    paragraph = document.tables[0].rows[3].cells[4].paragraphs[0]
    for run_ in list(paragraph.runs):
        run_._r.getparent().remove(run_._r)
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:rPr {nsdecls('w')}><w:b/></w:rPr>"))
    document, _ = filled(tmp_path, document)
    assert document.tables[0].rows[3].cells[4].paragraphs[0].runs[0].bold is True


def test_what_would_be_lost_is_kept_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = form()
    reviewed = document.tables[0].rows[3].cells[4].paragraphs[0]
    change = f"<w:ins {nsdecls('w')}><w:r><w:t>97人</w:t></w:r></w:ins>"
    reviewed._p.append(parse_xml(change))
    document, _ = filled(tmp_path, document)
    assert "97人" in document.tables[0].rows[3].cells[4]._tc.xml
    assert "请注意：表1 E6 应填“98人”，没有填：格里有修订，没有改动" in capsys.readouterr().out.splitlines()


CONTROL = """<w:sdt {space}><w:sdtPr>{kind}<w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:rPr>
<w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>单击此处输入</w:t></w:r></w:sdtContent></w:sdt>"""


def in_control(kind: str) -> Any:
    """The form with a content control in one of its cells."""
    document = form()
    paragraph = document.tables[0].rows[3].cells[4].paragraphs[0]
    paragraph._p.append(parse_xml(CONTROL.format(space=nsdecls("w"), kind=kind)))
    return document


def test_a_content_control_holds_what_is_typed_and_no_longer_its_prompt(tmp_path: Path) -> None:
    document, _ = filled(tmp_path, in_control("<w:text/>"))
    inside = document.tables[0].rows[3].cells[4]._tc.xml
    assert "98人" in inside
    assert "w:sdtContent" in inside
    assert not [word for word in ("showingPlcHdr", "PlaceholderText", "单击此处") if word in inside]


@pytest.mark.parametrize("kind", ['<w:dataBinding w:xpath="/a" w:storeItemID="b"/>', "<w:dropDownList/>"])
def test_a_control_that_takes_no_text_is_named(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(tmp_path, in_control(kind))
    assert "表1 E6 应填“98人”，没有填：格里有" in capsys.readouterr().out


MORE = {"level1": "满意度指标", "level2": "满意度", "level3": "学员满意度", "actual": "96%", "score": 10}


def test_a_row_that_the_form_lacks_is_put_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document, _ = filled(tmp_path, form(), {**DATA, "indicators": [*DATA["indicators"], MORE]})
    assert shown(document)[5] == ["满意度指标", "满意度", "学员满意度", "", "96%", "", "10", ""]
    assert "表中行数不够，已按上一行的样式插入 1 行：第 8 行" in capsys.readouterr().out


def test_a_row_with_more_than_text_is_no_pattern_and_what_has_no_row_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = form()
    control = CONTROL.format(space=nsdecls("w"), kind="<w:text/>")
    document.tables[0].rows[4].cells[7].paragraphs[0]._p.append(parse_xml(control))
    document, _ = filled(tmp_path, document, {**DATA, "indicators": [*DATA["indicators"], MORE]})
    assert (len(shown(document)), shown(document)[3][4]) == (5, "98人")
    said = capsys.readouterr().out
    assert (
        "表中没有位置，没有填写：指标“学员满意度”（满意度指标／满意度）；请先在 Word 里增加相应的行" in said
    )


@pytest.mark.parametrize(
    "name", ["h02_jiuting_2020", "h10_suiningjk_2021", "h22_ningxiang_batang_2021", "p08_hubei_jinbu_2020"]
)
def test_rows_come_where_and_as_they_do_in_a_workbook(tmp_path: Path, name: str) -> None:
    grid, reading, _ = cleared(name)
    rows = reading.form.indicators
    new = (
        replace(rows[0], level3="同组新增"),
        replace(rows[-1], level2="另一个二级", level3="新二级的"),
        replace(rows[-1], level1="另一个一级", level2="再一个二级", level3="新一级的"),
    )
    data = replace(reading.form, indicators=(*rows, *new))
    path, book = tmp_path / "表.docx", tmp_path / "表.xlsx"
    path.write_bytes(in_word(grid, 2))
    opened = open_book(path)
    found = find(opened)
    book.write_bytes(fill(found, data).data)
    path.write_bytes(fill_document(opened, found, data).data)
    (grown,) = open_book(path).grids()
    (same,) = (one for one in open_book(book).grids() if not one.hidden)
    assert data_in([grown]) == data_in([same])
    assert set(grown.merges) == set(same.merges)
    assert grown.bottom > grid.bottom


def test_a_workbook_never_becomes_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, values = tmp_path / "表.xlsx", tmp_path / "数据.json"
    assert run(["new", "--rules", "national-2020", "-o", str(book)]) == 0
    values.write_text(json.dumps(DATA), encoding="utf-8")
    assert run(["fill", str(book), "--data", str(values), "-o", str(tmp_path / "表.docx")]) == 2
    assert "应以 .xlsx 结尾" in capsys.readouterr().err


def test_a_strict_document_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, values = tmp_path / "表.docx", tmp_path / "数据.json"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(form()))) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
                content = content.replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            after.writestr(name, content)
    source.write_bytes(out.getvalue())
    values.write_text(json.dumps(DATA), encoding="utf-8")
    assert run(["fill", str(source), "--data", str(values), "-o", str(tmp_path / "填.docx")]) == 2
    assert "Strict" in capsys.readouterr().err
    assert not (tmp_path / "填.docx").exists()


def cleared(name: str) -> tuple[Grid, Reading, Grid]:
    """A published form, as read, and as it stands before anything is filled in."""
    grid = sheet_in_print(name)
    (layout,) = find_forms(grid)
    reading = read_form(grid, layout)
    return grid, reading, grid.edited(clearing(reading))


@pytest.mark.parametrize(
    "name",
    [
        "h02_jiuting_2020", "h05_ezhou_shenpi_2021", "h08_xiaoxian_2023", "h14_huainan_shuju_2023",
        "p01_tianchang_shuili_2022", "p06_suixi_minzheng_2019", "p12_tangxi_weituo_2022",
        "p15_gaoxin_rongmei_2021", "p21_qingshen_fagai_2023",
    ],
)  # fmt: skip
def test_published_forms_filled_in_word_read_as_published(tmp_path: Path, name: str) -> None:
    grid, reading, blank = cleared(name)
    path = tmp_path / "表.docx"
    path.write_bytes(in_word(blank, 2))
    book = open_book(path)
    assert data_in(book.grids()) != data_in([grid])
    done = fill_document(book, find(book), reading.form)
    path.write_bytes(done.data)
    assert data_in(open_book(path).grids()) == data_in([grid])
    assert not [note for note in done.notes if "没有填" in note]
