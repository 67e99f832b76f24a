"""Tables of Word documents: each is a sheet, with its title above it and its remarks below."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from in_documents import LAYOUTS_IN_PRINT, add_run_property, data_in, in_word, saved, sheet_in_print
from workbooks import members, package, workbook

from perf_excel.books.documents.table_workbook import table_workbook
from perf_excel.books.opening import book_of, open_book
from perf_excel.books.sniff import sniff
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.faces.cli import run as run_command
from perf_excel.jobs.examination.examining import examine
from perf_excel.sheets.grid import Area, Cell, Grid

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def opened(tmp_path: Path, data: bytes, name: str = "自评表.docx") -> list[Grid]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(open_book(path).grids())


def body(tmp_path: Path, content: str) -> list[Grid]:
    """The sheets of a document whose body is written out."""
    return opened(tmp_path, written(content))


def written(content: str, before: str = "") -> bytes:
    main_part = f'{before}<w:document xmlns:w="{W}"><w:body>{content}</w:body></w:document>'
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": main_part})


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


SMALL = tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("丁")))


def texts(grid: Grid) -> dict[tuple[int, int], object]:
    return {place: cell.value for place, cell in grid.cells.items()}


@pytest.mark.parametrize("titles", [0, 2])
@pytest.mark.parametrize("name", LAYOUTS_IN_PRINT)
def test_published_forms_in_word_read_as_typed(tmp_path: Path, name: str, titles: int) -> None:
    typed = sheet_in_print(name)
    (grid,) = opened(tmp_path, in_word(typed, titles))
    assert data_in([grid]) == data_in([typed])


def test_cells_are_merged_across_and_down(tmp_path: Path) -> None:
    (grid,) = body(
        tmp_path,
        tbl(
            tr(tc("名称", '<w:vMerge w:val="restart"/>'), tc("金额", '<w:gridSpan w:val="2"/>')),
            tr(tc("", "<w:vMerge/>"), tc("预算"), tc("执行")),
            tr(tc("7"), properties='<w:gridBefore w:val="2"/>'),
        ),
    )
    assert texts(grid) == {(1, 1): "名称", (1, 2): "金额", (2, 2): "预算", (2, 3): "执行", (3, 3): "7"}
    assert set(grid.merges) == {Area(1, 1, 2, 1), Area(1, 2, 1, 3)}
    assert not grid.unsure


def test_lines_above_and_below_belong_to_their_table(tmp_path: Path) -> None:
    first, second = body(
        tmp_path,
        p("上面这一段是说明文字，不是表的标题。")
        + p("附件2")
        + p("收支总体情况表")
        + p("单位：元")
        + SMALL
        + p("注：本表不含结转。")
        + p("项目支出表")
        + SMALL
        + p("填表人：某    联系电话：1")
        + p("下面是别的内容。"),
    )
    assert [first.at(row, 1).value for row in range(1, 7)] == [
        *("附件2", "收支总体情况表", "单位：元", "甲", "丙", "注：本表不含结转。"),
    ]
    assert [second.at(row, 1).value for row in range(1, 5)] == [
        *("项目支出表", "甲", "丙", "填表人：某    联系电话：1"),
    ]
    assert (first.sheet, second.sheet, first.bottom, second.bottom) == ("表1", "表2", 6, 4)


def test_a_frame_of_one_cell_is_no_table_and_an_inner_table_is_one_of_its_own(tmp_path: Path) -> None:
    outer, inner = body(tmp_path, tbl(tr(tc(p("自评表") + tbl(tr(tc("甲"), tc(SMALL)))))))
    assert texts(outer) == {(1, 1): "自评表", (2, 1): "甲"}
    assert outer.unsure == {(2, 2): "格里还有表，已作为后面的表另读"}
    assert texts(inner) == {(1, 1): "甲", (1, 2): "乙", (2, 1): "丙", (2, 2): "丁"}


@pytest.mark.parametrize(
    ("inside", "text", "unsure"),
    [
        ("<w:r><w:t>优</w:t></w:r><w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", "优☑", ""),
        ("<w:r><w:sym w:font='Webdings' w:char='F001'/><w:t>优</w:t></w:r>", "优", "认不出是什么"),
        (
            "<w:del><w:r><w:delText>90</w:delText></w:r></w:del><w:ins><w:r><w:t>95</w:t></w:r></w:ins>",
            "95",
            "",
        ),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r>", "见", ""),
        ("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r>", "一\n二", ""),
        ("<w:r><w:t>甲</w:t><w:drawing/></w:r>", "甲", "图片"),
        ("<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件", ""),
        ("<w:r><w:instrText>PAGE</w:instrText><w:t>3</w:t></w:r>", "3", ""),
    ],
)
def test_what_a_cell_shows(tmp_path: Path, inside: str, text: str, unsure: str) -> None:
    (grid,) = body(tmp_path, tbl(tr(tc(f"<w:p>{inside}</w:p>"), tc("乙"))))
    assert grid.at(1, 1).value == text
    assert unsure in grid.unsure.get((1, 1), "")
    assert bool(unsure) == bool(grid.unsure)


def test_rows_of_other_widths_and_texts_under_merges_are_named(tmp_path: Path) -> None:
    rows = (
        tr(tc("一", '<w:vMerge w:val="restart"/>'), tc("二"), tc("三")),
        tr(tc("藏着", "<w:vMerge/>"), tc("四")),
    )
    (grid,) = body(tmp_path, tbl(*rows))
    assert grid.unsure == {
        (1, 1): "被合并盖住的“藏着”没有读",
        (2, 2): "这一行的格数与其他行不同，可能错列",
    }


def deep(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + p("底") + "</w:tc></w:tr></w:tbl>" * depth


def bomb() -> bytes:
    return written(tbl(tr(tc("甲" * 60_000_000))))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lambda: written(deep(10_000)), "层层嵌套"),
        (lambda: written(SMALL, '<!DOCTYPE a [<!ENTITY b "c">]>'), "DOCTYPE"),
        (bomb, "超过 8 MB"),
        (lambda: written(p("没有表")), "没有表格"),
        (lambda: written(tbl(*[tr(*["<w:tc/>"] * 60)] * 3500)), "过大"),
        (lambda: written(tbl(tr(*[tc("甲") for _ in range(100)]))), "超过 63 列"),
        (lambda: written("<w:tbl>")[:-40], "不完整|损坏"),
    ],
)
def test_hostile_documents_are_refused_in_a_sentence(
    tmp_path: Path, data: Callable[[], bytes], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence) as caught:
        opened(tmp_path, data())
    assert "\n" not in str(caught.value)


def test_content_decides_and_not_the_name(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
    assert [texts(grid) for grid in opened(tmp_path, workbook(cells), "其实是表格.docx")] == [{(1, 1): "甲"}]
    document = written(SMALL)
    assert [grid.sheet for grid in opened(tmp_path, document, "其实是文档.xlsx")] == ["表1"]


def test_a_document_with_a_workbook_in_it_is_a_document() -> None:
    out = io.BytesIO(written(SMALL))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/embeddings/表.xlsx", workbook())
    assert sniff(out.getvalue()) == "docx"


def run(capsys: pytest.CaptureFixture[str], *arguments: Any) -> tuple[int, str, str]:
    code = run_command([str(one) for one in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "自评表.docx"
    path.write_bytes(in_word(sheet_in_print("h14_huainan_shuju_2023"), 2))
    return path


def test_the_commands_take_a_document(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = form.read_bytes()
    code, out, _ = run(capsys, "check", form, "--json")
    (checked,) = json.loads(out)["files"]
    assert (code, checked["sheets"]) == (1, ["表1"])
    code, out, _ = run(capsys, "score", form)
    assert code == 1
    assert "预算执行率：分值10分，得分10分" in out
    target = form.with_suffix(".json")
    assert run(capsys, "export", form, "-o", target)[0] == 0
    assert json.loads(target.read_text("utf-8"))["unit"] == "淮南市数据资源管理局"
    assert form.read_bytes() == before


def test_export_gives_a_workbook_of_the_same_layout(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = form.with_suffix(".xlsx")
    assert run(capsys, "export", form, "-o", target)[0] == 0
    (document,) = open_book(form).grids()
    (sheet,) = (grid for grid in open_book(target).grids() if not grid.hidden)
    assert set(sheet.merges) == set(document.merges)
    assert examine(target).form == examine(form).form
    assert members(target.read_bytes())


def test_scores_are_written_into_a_new_workbook_and_never_into_the_document(
    form: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "score", form, "-o", form.with_name("另存.docx"))
    assert (code, "应以 .xlsx 结尾" in err) == (2, True)
    target = form.with_suffix(".xlsx")
    assert run(capsys, "score", form, "-o", target)[0] == 1
    assert Workbook.open(target).sheets[0] == "表1"


def test_what_no_cell_may_hold_is_left_out_of_the_new_workbook() -> None:
    """A PDF's text may have control characters in it, which nobody sees."""
    made = table_workbook([Grid("表1", {(1, 1): Cell("培\x01训\ufffe次数"), (1, 2): Cell("12")})])
    there = book_of(made, Path("新.xlsx")).grid("表1")
    assert there is not None
    assert [cell.value for _, cell in there.row(1)] == ["培训次数", 12]


def test_numbers_stay_as_they_are_printed(tmp_path: Path) -> None:
    document = docx.Document()
    row = document.add_table(2, 6).rows[0]
    printed = ("1,812.92", "007", "100", "95%", "=1+1", "0.50")
    for cell, text in zip(row.cells, printed, strict=True):
        cell.text = text
    path = tmp_path / "表.docx"
    path.write_bytes(saved(document))
    grid = open_book(path).editable().grid("表1")
    from perf_excel.sheets.shown_text import printed as shown

    assert tuple(shown(grid.at(1, column)) for column in range(1, 7)) == printed
    assert not any(cell.formula for cell in grid.cells.values())


def test_struck_out_and_unsure_cells_are_said_by_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = docx.Document(io.BytesIO(in_word(sheet_in_print("p01_tianchang_shuili_2022"), 2)))
    cells = [cell for row in document.tables[0].rows for cell in row.cells]
    names = [cell for cell in cells if re.search("[\u4e00-\u9fff]{6}", cell.text)]
    names[-1].paragraphs[0].runs[0].text += "甲"
    document.tables[0].cell(9, 3).paragraphs[0].add_run("划去的").font.strike = True
    document.tables[0].cell(9, 4).paragraphs[0].add_run().add_picture(io.BytesIO(PICTURE))
    add_run_property(document.tables[0].cell(9, 5), "w:vanish")
    path = tmp_path / "表.docx"
    path.write_bytes(saved(document))
    _, out, _ = run(capsys, "check", path)
    assert "划去的" in out
    assert "有图片或对象，里面的内容没有读" in out
    assert "读不准，请对照原件核对" in out


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060"
    "0000000500010d0a2db40000000049454e44ae426082"
)


def test_a_form_begins_from_a_declaration_in_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "绩效目标申报表.docx", tmp_path / "自评表.xlsx"
    source.write_bytes(in_word(sheet_in_print("h19_yueyangxian_2022"), 2))
    assert run(capsys, "new", "--rules", "national-2020", "--from", source, "-o", target)[0] == 0
    declared, started = examine(source).form, examine(target).form
    assert [row.level3 for row in started.indicators] == [row.level3 for row in declared.indicators]
    assert started.unit == declared.unit
