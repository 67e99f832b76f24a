"""The command compare: a report held against a form, its own tables, and itself."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document

from perf_excel.books.report.word_file import read_document
from perf_excel.errors import UserError
from perf_excel.faces.cli import run
from perf_excel.jobs.compare import Compared, compare, compare_data

FORM = {
    "form": "部门整体自评表", "year": 2022,
    "budget": [{"item": "部门预算总额", "initial": 357.65, "annual": 378.1, "executed": 273.8, "weight": 10,
                "rate": "72.41%", "score": 8.05}],
    "tasks": [{"name": "日常信访接待", "achieved": "全年共计下访12次。"}],
    "indicators": [
        {"level1": "产出指标", "level2": "数量指标", "level3": "资助人数", "target": "≥735人次",
         "actual": "735人次", "weight": 40, "score": 37},
        {"level1": "产出指标", "level2": "质量指标", "level3": "预算调整率", "target": "≤30%", "actual": "10%",  # noqa: E501
         "weight": 10, "score": 10},
    ],
    "total": 96, "grade": "优",
}  # fmt: skip


def told(folder: Path, text: str) -> Compared:
    report, form = folder / "报告.txt", folder / "表.json"
    report.write_text(text, encoding="utf-8")
    form.write_text(json.dumps(FORM, ensure_ascii=False), encoding="utf-8")
    return compare(report, [form])


def test_a_report_may_inflate_no_further_than_a_template(tmp_path: Path) -> None:
    """Five pictures of blanks: of 150 KB they make 150 MB."""
    form, bomb = tmp_path / "表.json", tmp_path / "报告.docx"
    form.write_text(json.dumps(FORM, ensure_ascii=False), encoding="utf-8")
    docx.Document().save(str(bomb))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"word/media/{number}.png", bytes(30 << 20))
    for read in (lambda: compare(bomb, [form]), lambda: read_document(bomb)):
        with pytest.raises(UserError, match="解压后超过 128 MB"):
            read()


@pytest.mark.parametrize(
    ("text", "printed", "expected"),
    [
        ("我部门全年预算数为357.65万元，执行金额为273.8万元，预算执行率为76.56%", "357.65万元", "378.1万元"),
        ("领导下访次数全年10次", "10次", "12次"),
        ("资助人数753人次", "753人次", "735人次"),
        ("产出指标设置数量指标、质量指标等5项三级指标", "5项", "2项"),
        ("预算调整率实际完成值15%", "15%", "10%"),
        ("部门整体自评得分为69分", "69分", "96分"),
        ("自评总得分96分，等级为“良”", "良", "优"),
    ],
)
def test_what_differs_from_the_form_is_an_error(
    tmp_path: Path, text: str, printed: str, expected: str
) -> None:
    found = compare_data(told(tmp_path, f"{text}。"))["findings"]
    assert (printed, expected, "R1") in [(one["printed"], one["expected"], one["check"]) for one in found]


def test_what_agrees_is_counted(tmp_path: Path) -> None:
    data = compare_data(told(tmp_path, "全年预算数378.1万元，预算执行率为72.41%，自评总得分96分。"))
    assert data["findings"] == []
    assert data["agree"] == data["facts"] == 3


def document(*text: str) -> Document:
    made = docx.Document()
    for one in text:
        made.add_paragraph(one)
    return made


def test_a_form_that_the_report_prints_is_held_against_its_text(tmp_path: Path) -> None:
    made = document(
        "产出指标实际得分42分。", "资助人数735人次，政策知晓率为89%，两项共得50分。", "项目支出绩效自评表"
    )
    rows = (
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "资助人数", "≥735人次", "735人次", "40", "40"),
        ("产出指标", "时效指标", "按时发放率", "100%", "100%", "10", "4"),
        ("效益指标", "社会效益指标", "政策知晓率", "≥90%", "98%", "10", "10"),
    )
    table = made.add_table(rows=len(rows), cols=len(rows[0]))
    for line, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    made.save(str(tmp_path / "报告.docx"))
    found = compare_data(compare(tmp_path / "报告.docx"))["findings"]
    assert [(one["printed"], one["expected"]) for one in found] == [("42分", "44分"), ("89%", "98%")]


def test_a_table_of_the_document_is_held_against_its_text(tmp_path: Path) -> None:
    made = document("公务接待费支出决算5.12万元。", "“三公”经费支出决算表", "单位：万元")
    table = made.add_table(rows=2, cols=3)
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells],
                          ["项目", "预算数", "决算数", "公务接待费", "14.9", "5.21"], strict=True):  # fmt: skip  # noqa: E501
        cell.text = text
    made.save(str(tmp_path / "报告.docx"))
    (one,) = compare_data(compare(tmp_path / "报告.docx"))["findings"]
    assert (one["check"], one["printed"], one["expected"]) == ("R1", "5.12万元", "5.21万元")


def test_comments_stand_at_their_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = document("标题")
    words = made.add_paragraph()
    for piece in ("下属单位1", "0个，即甲中心、", "乙中心、丙中心。"):
        words.add_run(piece)
    made.save(str(tmp_path / "报告.docx"))
    assert run(["compare", str(tmp_path / "报告.docx"), "-o", str(tmp_path / "批注.docx")]) == 0
    assert capsys.readouterr().out.rstrip().endswith("核对 1 处，对不上 1 处，未能对应 0 处")
    noted = docx.Document(io.BytesIO((tmp_path / "批注.docx").read_bytes()))
    assert [one.author for one in noted.comments] == ["perf-excel"]
    assert noted.paragraphs[1].text == words.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-16"])
def test_texts_are_read_in_their_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "报告.txt").write_text("下属单位10个，即甲中心、乙中心。", encoding=encoding)
    assert compare(tmp_path / "报告.txt").outcome.wrong == 1


@pytest.mark.parametrize("data", [b"%PDF-1.4\nbroken", b"PK\x03\x04broken", b"\x00\x01\x02binary" * 9])
def test_what_is_no_report_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "报告").write_bytes(data)
    with pytest.raises(UserError):
        compare(tmp_path / "报告")
