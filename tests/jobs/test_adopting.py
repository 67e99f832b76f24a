"""A bureau's own form as a template: recognised, asked about, cleared, made anew, and known again."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from facts import shangjie
from typed import LABELS, Typing, typed

from perf_excel.books.opening import open_book
from perf_excel.books.xlsx.tinting import ORANGE
from perf_excel.errors import UserError
from perf_excel.faces.cli import run
from perf_excel.forms.data_writing import data_of
from perf_excel.forms.measure import NOTHING
from perf_excel.forms.model import Goal, Task
from perf_excel.jobs.adopt import MAP_SHEET, adopt, questions
from perf_excel.jobs.examination import named_columns, shelf
from perf_excel.jobs.examination.examining import examine
from perf_excel.jobs.examination.named_columns import answers_of
from perf_excel.jobs.examination.shelf import FOLDER, Template, content_of, folder, templates
from perf_excel.jobs.sending.named_templates import opened
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.reading.meanings import meanings
from perf_excel.sheets.writing.clearing import clearing

OWN = Typing(
    labels={"score": "本级打的分", "reason": "原因说明栏目"}, columns=(*LABELS, "+佐证材料"), goal=True
)  # fmt: skip
FILLED = replace(shangjie(), goal=Goal("做好工作", "已完成"), tasks=(Task("接访"),))
BLANK = replace(
    FILLED,
    unit="",
    goal=Goal(),
    total=None,
    grade="",
    funding=tuple(
        replace(row, initial=None, annual=None, executed=None, rate=NOTHING, score=None)
        for row in FILLED.funding
    ),
    indicators=tuple(
        replace(row, actual=NOTHING, score=None, deviation=NOTHING, reason="") for row in FILLED.indicators
    ),
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "本市表.xlsx"
    path.write_bytes(typed(FILLED, OWN))
    return path


def adopted(book: Path, *more: str) -> int:
    return run(["adopt", str(book), "--name", "本市表", *more])


def test_what_was_recognised_is_said_cell_by_cell(book: Path) -> None:
    found = {one.meaning: (one.cells, one.content) for one in meanings(adopt(book, "甲").found.reading)}
    assert found["单位名称"] == ("C3", "郑州市上街区信访局")
    assert found["资金：年初预算数"] == ("C5:C8", "、".join(row.item for row in FILLED.funding)[:40])
    assert found["三级指标"][1] == "表头“三级指标”"
    assert found["偏差原因"][1] == "表头“原因说明栏目”"
    assert "得分" not in found


def test_a_text_of_several_lines_is_listed_in_one(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(typed(replace(FILLED, goal=Goal("目标1：抽检\n目标2：监管", "完成")), OWN))
    found = {one.meaning: one.content for one in meanings(adopt(path, "甲").found.reading)}
    assert found["年度目标"] == "目标1：抽检 目标2：监管"


def test_a_year_that_the_template_cannot_take_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "区域表.xlsx"
    path.write_bytes(typed(replace(BLANK, year=None), replace(OWN, title="2021年度部门整体自评表")))
    assert adopted(path) == 0
    order = ["new", "--template", "本市表", "--unit", "某局"]
    assert run([*order, "--year", "2025", "-o", str(tmp_path / "新.xlsx")]) == 0
    assert "没有单独的格填写年度“2025”（表样里写着 2021 年），请打开新表自己改" in capsys.readouterr().out
    assert run([*order, "--year", "2021", "-o", str(tmp_path / "又.xlsx")]) == 0
    assert "请注意" not in capsys.readouterr().out


def test_what_was_not_is_asked(book: Path) -> None:
    asked = questions(adopt(book, "甲"))
    assert [one[:4] for one in asked[:2]] == ["H 列“", "K 列“"]
    assert "本级打的分" in asked[0]
    assert "列“得分”" in asked[-1]
    answered = adopt(book, "甲", answers=answers_of(["H=得分", "k = 忽略"]))
    assert questions(answered) == []
    assert dict(answered.template.labels) == {"score": ("本级打的分",), "ignored": ("佐证材料",)}
    assert answered.found.reading.form.indicators[0].score == shangjie().indicators[0].score


def test_every_column_that_is_passed_over_is_asked_of_once(book: Path) -> None:
    own = replace(OWN, columns=(*LABELS, "+佐证材料", "+初审意见"))
    book.write_bytes(typed(FILLED, own))
    answers = answers_of(["H=得分", "K=忽略", "L=忽略"])
    assert questions(adopt(book, "甲", answers=answers)) == []
    assert "“初审意见”" in questions(adopt(book, "甲", answers=answers_of(["H=得分", "K=忽略"])))[0]


@pytest.mark.parametrize("said", ["忽略", "备注"])
def test_a_column_that_is_passed_over_is_that_of_the_indicators(book: Path, said: str) -> None:
    sheet: Any = openpyxl.load_workbook(book)
    above = sheet.worksheets[0]
    block = adopt(book, "甲").found.reading.layout.indicators
    for row in range(1, block.header):
        above.cell(row, 11).value = f"第 {row} 行的话"
    sheet.save(book)
    answered = adopt(book, "甲", answers=answers_of([f"K={said}", "H=得分"]))
    assert list(answered.template.labels.values()) == [("佐证材料",), ("本级打的分",)]
    assert questions(answered) == []


def test_the_head_of_a_column_may_stand_higher_than_the_others(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["项目支出绩效自评表"],
        ["别的话", None, None, None, None, None, None, "别的话"],
        ["绩效指标", None, None, "年度指标值", "实际完成值", "分值", "得分", "佐证"],
        ["一级指标", "二级指标", "三级指标"],
        ["产出指标", "数量指标", "培训场次", "≥10场", "10场", 90, 90],
        ["总分", None, None, None, None, 90, 90],
    ):
        sheet.append(row)
    for merged in ("A3:C3", "D3:D4", "E3:E4", "F3:F4", "G3:G4"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "表.xlsx")
    answered = adopt(tmp_path / "表.xlsx", "甲", answers=answers_of(["H=忽略"]))
    assert answered.template.labels == {"ignored": ("佐证",)}


@pytest.mark.parametrize("head", ["指标方向", "指标性质"])
def test_every_meaning_has_a_chinese_name(tmp_path: Path, head: str) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["项目支出绩效自评表"],
        ["一级指标", "二级指标", "三级指标", head, "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "培训场次", "≥", "10场", "10场", 50, 50],
        ["产出指标", "数量指标", "培训人次", "≥", "10人", "10人", 50, 50],
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "表.xlsx")
    named = [one.meaning for one in meanings(adopt(tmp_path / "表.xlsx", "甲").found.reading)]
    assert not [name for name in named if name.isascii()]


def test_rows_are_put_into_a_form_that_only_its_answers_explain(book: Path, tmp_path: Path) -> None:
    assert adopted(book, "--column", "H=得分", "--rules", "henan-department") == 0
    more = replace(FILLED, indicators=(*FILLED.indicators, replace(FILLED.indicators[-1], level3="新的指标")))
    data, made = tmp_path / "D.json", tmp_path / "新.xlsx"
    data.write_text(json.dumps(data_of(more)), encoding="utf-8")
    assert run(["new", "--template", "本市表", "--data", str(data), "-o", str(made)]) == 0
    last = examine(made).form.indicators[-1]
    assert (last.level3, last.score) == ("新的指标", FILLED.indicators[-1].score)


def test_the_map_never_replaces_the_form(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = book.read_bytes()
    assert adopted(book, "--overwrite", "--map", str(book)) == 2
    assert "--map 的目标就是输入文件" in capsys.readouterr().err
    assert book.read_bytes() == before
    assert templates() == []


def test_a_filled_form_is_cleared_of_what_the_unit_typed(book: Path, data_folder: Path) -> None:
    assert adopted(book, "--column", "H=得分") == 0
    form = examine(data_folder / "templates" / "本市表.xlsx").form
    assert (form.unit, form.goal, form.total) == ("", Goal(), None)
    assert all(row.actual == NOTHING and row.score is None and row.reason == "" for row in form.indicators)
    assert all(row.initial is None and row.executed is None for row in form.funding)
    assert [(row.level3, row.target.text, row.weight) for row in form.indicators] == [
        (row.level3, row.target.text, row.weight) for row in shangjie().indicators
    ]


def test_a_blank_form_keeps_every_byte(tmp_path: Path, data_folder: Path) -> None:
    book = tmp_path / "空表.xlsx"
    # A dash in the money columns is the typist's; a blank form has none.
    how = replace(OWN, budget_columns=())
    book.write_bytes(typed(replace(BLANK, funding=()), how))
    assert clearing(adopt(book, "甲").found.reading) == []
    assert adopted(book) == 0
    assert (data_folder / "templates" / "本市表.xlsx").read_bytes() == book.read_bytes()


def test_made_filled_and_known_again(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert adopted(book, "--column", "H=得分", "--rules", "henan-department") == 0
    data, made = tmp_path / "D.json", tmp_path / "乙局.xlsx"
    data.write_text(json.dumps(data_of(FILLED)), encoding="utf-8")
    assert run(["new", "--template", "本市表", "--data", str(data), "--unit", "乙局", "-o", str(made)]) == 0
    examined = examine(made)
    assert (examined.form.unit, examined.form.total, examined.scores.grade) == ("乙局", FILLED.total, "优")
    assert examined.found.why == "由模板“本市表”确定"
    assert examined.errors == 0
    capsys.readouterr()
    empty = tmp_path / "空.xlsx"
    assert run(["new", "--template", "本市表", "--unit", "丙局", "-o", str(empty)]) == 0
    out = capsys.readouterr().out
    assert "空白表已生成" in out
    assert "不在数据中" not in out
    filled = tmp_path / "填.xlsx"
    assert run(["fill", str(empty), "--data", str(data), "-o", str(filled)]) == 0
    assert examine(filled).form.total == FILLED.total


def test_another_year_in_the_title_is_the_same_form(book: Path, tmp_path: Path) -> None:
    book.write_bytes(typed(FILLED, replace(OWN, title="2024年部门整体自评表")))
    assert adopted(book, "--column", "H=得分") == 0
    other = tmp_path / "别的.xlsx"
    other.write_bytes(typed(FILLED, replace(OWN, title="2025年部门整体自评表", top=3)))
    assert "由模板" in examine(other).found.why
    other.write_bytes(typed(FILLED, replace(OWN, title="2025年项目支出自评表")))
    assert "由模板" not in examine(other).found.why
    other.write_bytes(typed(FILLED))
    assert "由模板" not in examine(other).found.why


def test_the_map_is_a_copy_with_a_sheet(book: Path, tmp_path: Path) -> None:
    target = tmp_path / "识别.xlsx"
    assert adopted(book, "--map", str(target)) == 0
    sheet: Any = openpyxl.load_workbook(target)[MAP_SHEET]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=4)]
    assert rows[0] == ("单元格", "含义", "内容")
    assert ("C3", "单位名称", "郑州市上街区信访局") in rows
    assert [meaning for cell, meaning, _ in rows if cell is None] == ["待答"] * 4


def test_the_map_colours_what_was_not_read(book: Path, tmp_path: Path) -> None:
    target = tmp_path / "识别.xlsx"
    assert adopted(book, "--map", str(target)) == 0
    workbook: Any = openpyxl.load_workbook(target)
    rows = [tuple(cell.value for cell in row) for row in workbook[MAP_SHEET].iter_rows(min_row=5)]
    named = {cell for cell, meaning, _ in rows if meaning == "未识别"}
    sheet = next(one for one in workbook if one.title != MAP_SHEET)
    coloured = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == ORANGE
    }
    assert named == coloured
    assert "本级打的分" in {sheet[cell].value for cell in named}  # nobody has said what this column is


def test_a_name_that_is_taken(book: Path, capsys: pytest.CaptureFixture[str], data_folder: Path) -> None:
    assert adopted(book) == 0
    assert adopted(book) == 2
    assert "已有名为“本市表”的模板" in capsys.readouterr().err
    assert adopted(book, "--overwrite", "--column", "H=得分") == 0
    assert [dict(one.labels) for one in templates()] == [{"score": ("本级打的分",)}]
    assert len(list((data_folder / "templates").glob("本市表.备份-*.xlsx"))) == 1
    assert run(["adopt", "--list"]) == 0
    assert "本市表  部门整体自评表，规则集 henan-department" in capsys.readouterr().out


def test_stopped_between_workbook_and_answers_the_template_is_the_old_one(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert adopted(book, "--column", "H=得分") == 0
    changed: Any = openpyxl.load_workbook(book)
    changed.worksheets[0]["H1"] = "新的一版"
    changed.save(book)
    write = shelf.write_atomic

    def stopped(path: Path, data: bytes, *, backup: bool = True) -> Path | None:
        if path.suffix == ".toml":
            raise KeyboardInterrupt
        return write(path, data, backup=backup)

    with monkeypatch.context() as patch:
        patch.setattr(shelf, "write_atomic", stopped)
        assert adopted(book, "--overwrite") == 2
    (one,) = templates()
    assert one.labels == {"score": ("本级打的分",)}
    assert content_of(one) != one.path.read_bytes()
    assert adopted(book, "--overwrite") == 0
    assert content_of(templates()[0]) == one.path.read_bytes()


def test_a_workbook_changed_by_hand_is_not_used(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert adopted(book) == 0
    (one,) = templates()
    one.path.write_bytes(typed(FILLED))
    assert run(["new", "--template", "本市表", "-o", str(tmp_path / "新.xlsx")]) == 2
    assert "在收表之后改过" in capsys.readouterr().err


def test_a_shelf_of_an_earlier_version_is_still_read(book: Path, tmp_path: Path) -> None:
    assert adopted(book) == 0
    (described,) = folder().glob("*.toml")
    lines = described.read_text(encoding="utf-8").splitlines()
    described.write_text("\n".join(line for line in lines if "digest" not in line), encoding="utf-8")
    assert run(["new", "--template", "本市表", "-o", str(tmp_path / "新.xlsx")]) == 0


@pytest.mark.parametrize("name", ["../甲", "a/b", "", ".甲", "con", "COM¹", "甲" * 61, "甲 ", "a:b"])
def test_a_name_that_is_no_file_name(book: Path, name: str) -> None:
    assert run(["adopt", str(book), "--name", name]) == 2


@pytest.mark.parametrize("answer", ["H", "=得分", "H=什么", "1=得分", "HHHH=得分"])
def test_an_answer_that_says_nothing(answer: str) -> None:
    with pytest.raises(UserError, match="列=含义"):
        answers_of([answer])


def test_answers_must_name_heads_of_their_own(book: Path) -> None:
    with pytest.raises(UserError, match="仍没有找到"):
        adopt(book, "甲", answers=answers_of(["Z=得分"]))
    book.write_bytes(typed(FILLED, replace(OWN, labels={"score": "分数栏", "reason": "分数栏"})))
    with pytest.raises(UserError, match="无法按表头分辨"):
        adopt(book, "甲", answers=answers_of(["H=得分"]))


def test_a_head_that_says_nothing_at_all(book: Path) -> None:
    strange = {
        "level1": "甲",
        "level2": "乙",
        "level3": "指标丙",
        "target": "丁",
        "actual": "戊",
        "weight": "己",
    }
    book.write_bytes(typed(FILLED, Typing(labels=strange, columns=tuple(strange))))
    with pytest.raises(UserError, match="没有找到绩效表"):
        adopt(book, "甲")
    answers = answers_of(["B=一级指标", "C=二级指标", "D=三级指标", "E=指标值", "F=实际完成值", "G=分值"])
    assert len(adopt(book, "甲", answers=answers).found.reading.form.indicators) == 31


@pytest.mark.parametrize(
    "text", ["", "name = 1", "rules = [", "rules = 'a'\nhead = 5", "rules = 'a'\nhead = [[1]]"]
)
def test_a_damaged_description_is_said_and_passed_over(
    book: Path, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert run(["adopt", str(book), "--name", "好"]) == 0
    path = data_folder / "templates" / "坏.toml"
    path.write_text(text, encoding="utf-8")
    assert [one.name for one in templates()] == ["好"]
    assert "由模板“好”确定" in examine(book).found.why
    (data_folder / "templates" / "好.toml").unlink()
    assert "自己的模板“坏”的说明已损坏" in examine(book).found.why
    capsys.readouterr()
    assert run(["adopt", "--list"]) == 0
    assert "模板“坏”的说明已损坏" in capsys.readouterr().out
    assert run(["new", "--template", "坏", "-o", str(tmp_path / "新.xlsx")]) == 2
    assert "坏.toml：模板说明已损坏，请删除这个文件" in capsys.readouterr().err
    with pytest.raises(UserError, match="模板说明已损坏"):
        opened("坏")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX folders")
def test_where_templates_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert folder() == Path("/data/perf-excel/templates")
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", "/home/a")
    assert folder() == Path("/home/a/.local/share/perf-excel/templates")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("APPDATA", "/roaming")
    assert folder() == Path("/roaming/perf-excel/templates")


def test_what_cannot_be_asked_together(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = str(tmp_path / "新.xlsx")
    for arguments, says in (
        (["new", "-o", target], "请用 --rules"),
        (["new", "--template", "甲", "--rules", "national-2020", "-o", target], "不能与"),
        (["new", "--template", "甲", "-o", target], "没有名为“甲”的模板"),
        (["adopt", str(book)], "请写明文件和名称"),
    ):
        assert run(arguments) == 2
        assert says in capsys.readouterr().err


def test_a_template_without_heads_fits_nothing(book: Path) -> None:
    grid = adopt(book, "甲").found.reading.grid
    assert not Template("甲", "national-2020", "表1", "").fits(grid)


def test_columns_that_are_called_wrongly_do_not_have_the_sheet_read_for_every_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    rows = ([f"名{n}", f"做{n}", f"无{n}"] for n in range(300))
    for row in (["绩效自评表"], ["甲项", "乙项", "丙项"], *rows):
        book.worksheets[0].append(row)
    book.save(tmp_path / "长表.xlsx")
    calls: list[Grid] = []

    def counted(grid: Grid, more: Mapping[str, tuple[str, ...]] | None = None) -> list[FormLayout]:
        calls.append(grid)
        return find_forms(grid, more)

    monkeypatch.setattr(named_columns, "find_forms", counted)
    with pytest.raises(UserError, match="仍没有找到指标表的表头"):
        named_columns.labels_of(open_book(tmp_path / "长表.xlsx"), None, answers_of(["A=三级指标", "C=得分"]))
    assert len(calls) < 5
