"""A report that this program wrote, held against its form: every figure in it is known by its control."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from facts import in_file
from openpyxl import load_workbook

from perf_excel.forms.data_writing import data_of
from perf_excel.jobs.compare import compare, compare_data, with_comments
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.report import gather, template_for, write_report
from perf_excel.rules.rulesets.library import ruleset, templates_folder

BODY = "word/document.xml"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("表") / "信访局.xlsx"
    form = in_file(templates_folder() / "henan-department" / "示例.json")
    path.write_bytes(make(Order(ruleset("henan-department"), "", form), path).data)
    return path


@pytest.fixture(scope="module")
def report(book: Path) -> bytes:
    material = gather([book])
    return write_report(material, template_for(material.main)[0]).rendered.data


def typed_over(report: bytes, key: str, place: int, text: str) -> bytes:
    """The report with the text of a figure's control typed over: of those with the key, one by its place."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(report)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == BODY:
                first, *controls = data.decode().split(f'w:val="pe:{key}"')
                before, mark, after = controls[place].partition("<w:t")
                tag, _, rest = after.partition(">")
                controls[place] = f"{before}{mark}{tag}>{text}<{rest.partition('<')[2]}"
                data = f'w:val="pe:{key}"'.join([first, *controls]).encode()
            new.writestr(name, data)
    return made.getvalue()


def found(folder: Path, data: bytes, book: Path) -> list[tuple[str, str, str]]:
    path = folder / "报告.docx"
    path.write_bytes(data)
    findings = compare_data(compare(path, [book]))["findings"]
    return [(one["printed"], one["expected"], one["cell"]) for one in findings if one["check"] == "R1"]


def test_it_agrees_with_its_form(report: bytes, book: Path, tmp_path: Path) -> None:
    assert found(tmp_path, report, book) == []


@pytest.mark.parametrize(
    ("key", "place", "change"),
    [
        ("main:total.score", 0, ("95.81", "95.18")),
        ("main:total.score", -1, ("95.81", "95.18")),  # in the table behind the report
        ("main:year", 0, ("2022", "2021")),
    ],
)
def test_a_figure_typed_over_is_found(
    report: bytes, book: Path, tmp_path: Path, key: str, place: int, change: tuple[str, str]
) -> None:
    expected, typed = change
    ((printed, due, cell),) = found(tmp_path, typed_over(report, key, place, typed), book)
    assert (printed.removesuffix("分"), due) == (typed, expected)
    sheet = load_workbook(book).worksheets[0]
    assert key == "main:year" or str(sheet[cell].value).startswith(("=", expected))


def test_the_same_number_typed_otherwise_is_no_change(report: bytes, book: Path, tmp_path: Path) -> None:
    assert found(tmp_path, typed_over(report, "main:total.score", 0, "95.810"), book) == []


def test_what_is_wrong_in_a_table_is_commented_in_front_of_it(
    report: bytes, book: Path, tmp_path: Path
) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(typed_over(report, "main:total.score", -1, "95.18"))
    made = with_comments(compare(path, [book]))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "95.18" in archive.read("word/comments.xml").decode()


def test_data_of_the_form_serve_too(report: bytes, tmp_path: Path) -> None:
    path, data = tmp_path / "报告.docx", tmp_path / "表.json"
    path.write_bytes(report)
    form = in_file(templates_folder() / "henan-department" / "示例.json")
    data.write_text(json.dumps(data_of(form), ensure_ascii=False), encoding="utf-8")
    assert compare(path, [data]).outcome.errors == 0
