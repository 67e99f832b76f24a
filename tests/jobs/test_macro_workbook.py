"""A workbook with buttons from the command line: made, filled, scored, exported; and how errors get to it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from perf_excel.books.vba.button_words import HOME, USER
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import MESSAGE_FILE
from perf_excel.faces.cli import run
from perf_excel.faces.program import program_folder
from perf_excel.rules.rulesets.library import templates_folder
from perf_excel.sheets.identity import SHEET

DATA = templates_folder() / "henan-department" / "示例.json"
NEW = ["new", "--rules", "henan-department", "--macros", "--data", str(DATA)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "自评表.xlsm"
    assert run([*NEW, "-o", str(path)]) == 0
    return path


def test_it_is_scored_checked_and_exported_like_any_other(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    finished = book.with_name("完成表.xlsx")
    assert run(["score", str(book)]) == 0
    assert run(["check", str(book)]) == 0
    assert run(["export", str(book), "-o", str(finished)]) == 0
    assert "校验结果：提醒 2 项" in capsys.readouterr().out
    assert Workbook.open(finished).suffix == ".xlsx"


def test_it_is_filled_into_a_macro_workbook_again(book: Path) -> None:
    target = book.with_name("已填.xlsm")
    assert run(["fill", str(book), "--data", str(DATA), "-o", str(target)]) == 0
    assert Workbook.open(target).suffix == ".xlsm"


@pytest.mark.parametrize(("options", "name"), [(NEW, "表.xlsx"), ([*NEW[:3], *NEW[4:]], "表.xlsm")])
def test_the_ending_tells_whether_there_are_macros(
    options: list[str], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*options, "-o", str(tmp_path / name)]) == 2
    assert f"目标文件名应以 {'.xlsm' if name == '表.xlsx' else '.xlsx'} 结尾" in capsys.readouterr().err
    assert not (tmp_path / name).exists()


def test_it_knows_the_folder_of_the_program_that_made_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "perf-excel.exe"
    program.touch()
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "elsewhere")
    monkeypatch.setattr(sys, "argv", [str(program)])
    path = tmp_path / "表.xlsm"
    assert run([*NEW, "-o", str(path)]) == 0
    grid = Workbook.open(path).grid(SHEET)
    rows = {grid.at(row, 1).value: grid.at(row, 2).value for row in range(1, grid.bottom + 1)}
    assert rows[HOME] == str(tmp_path)


@pytest.mark.parametrize(
    ("attribute", "name", "home", "told"),
    [
        ("argv", "perf-excel", "elsewhere", "{here}"),
        ("argv", "perf-excel.exe", "", f"{USER}{os.sep}tools"),
        ("argv", "__main__.py", "elsewhere", ""),
        ("argv", "missing/perf-excel", "elsewhere", ""),
        ("frozen", "perf-excel.exe", "elsewhere", "{here}"),
        ("frozen", "perf-excel", "tools", USER),
    ],
)
def test_where_the_program_is(
    attribute: str, name: str, home: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    program = tmp_path / "tools" / name
    if program.parent.name == "tools":
        program.parent.mkdir()
        program.touch()
    monkeypatch.setattr(Path, "home", lambda: tmp_path / home)
    monkeypatch.setattr(sys, "argv", [str(program) if attribute == "argv" else "other"])
    if attribute == "frozen":
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        monkeypatch.setattr(sys, "executable", str(program))
    assert program_folder() == told.format(here=program.parent)


def test_on_windows_pip_names_its_launcher_without_its_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "perf-excel.exe").touch()
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "elsewhere")
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "perf-excel")])
    monkeypatch.setattr(sys, "platform", "linux")
    assert program_folder() == ""
    monkeypatch.setattr(sys, "platform", "win32")
    assert program_folder() == str(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "words"), [(["score", "没有.xlsx"], "找不到该文件"), (["live-check"], "命令有误")]
)
def test_complaints_are_written_where_the_macros_look(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = tmp_path / "消息.tmp"
    monkeypatch.setenv(MESSAGE_FILE, str(message))
    try:
        code = run(arguments)
    except SystemExit as left:  # the parser's way
        code = int(left.code or 0)
    assert code == 2
    assert words in message.read_bytes().decode("utf-16")
    assert message.read_bytes().startswith(b"\xff\xfe"), "as the scripting objects of Windows want it"


def test_a_message_file_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(MESSAGE_FILE, str(tmp_path))
    assert run(["score", "没有.xlsx"]) == 2
    assert "找不到该文件" in capsys.readouterr().err
