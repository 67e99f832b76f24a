"""The open workbook that is meant is found, or a sentence says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_excel import Held, Page, open_pages
from small import HEADS

from perf_excel.errors import UserError
from perf_excel.faces import live_commands
from perf_excel.faces.cli import run
from perf_excel.live import attach as attaching
from perf_excel.live.attach import attach
from perf_excel.live.xl import xw


def book_of(*names: str) -> xw.Book:
    return open_pages([Page(name, {(1, 1): Held("甲")}) for name in names or ("表",)])


def test_the_first_application_that_has_it_is_taken(tmp_path: Path) -> None:
    asked: list[Path | None] = []
    found = book_of()

    def has_not(path: Path | None) -> None:
        asked.append(path)

    def has(_: Path | None) -> xw.Book:
        return found

    assert attach(tmp_path / "表.xlsx", [has_not, has]) == found
    assert asked == [tmp_path / "表.xlsx"]


def test_a_relative_name_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked: list[Path | None] = []
    with pytest.raises(UserError):
        attach(Path("表.xlsx"), [asked.append])
    assert asked == [tmp_path / "表.xlsx"]


def test_what_is_nowhere_open_is_said(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with pytest.raises(UserError, match=r"^表\.xlsx：文件不存在，请检查路径。$"):
        attach(path, [])
    path.touch()
    with pytest.raises(UserError, match=r"^表\.xlsx：没有找到打开着它的 .*请直接用 check、score 命令"):
        attach(path, [])
    with pytest.raises(UserError, match=r"^没有找到打开着的工作簿，请先"):
        attach(None, [])


BUREAU = [
    list(HEADS),
    ["产出指标", "数量指标", "培训次数", "≥10次", "10次", 60.0, 25.0, "无"],
    ["效益指标", "社会效益", "投诉下降率", "≥5%", "6%", 40.0, 40.0, "无"],
    ["总分", None, None, None, None, 100.0, 65.0, None],
]


@pytest.fixture
def in_front(monkeypatch: pytest.MonkeyPatch) -> xw.Book:
    """A bureau's form, open and in front."""
    cells = {
        (row, column): Held(value)
        for row, values in enumerate(BUREAU, 1)
        for column, value in enumerate(values, 1)
        if value is not None
    }
    book = open_pages([Page("表", cells)])

    def door(_: Path | None) -> xw.Book:
        return book

    monkeypatch.setattr(attaching, "_doors", lambda: [door])
    return book


@pytest.mark.usefixtures("in_front")
def test_the_commands_do_what_their_buttons_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["live", "check"]) == 1
    assert "G2" in capsys.readouterr().out
    assert run(["live", "score", "表.xlsx"]) == 0
    assert "总分" in capsys.readouterr().out
    assert run(["live", "clear"]) == 0
    assert "已清除" in capsys.readouterr().out
    assert run(["live", "add-row"]) == 0
    assert "第 4 行" in capsys.readouterr().out


def test_what_fails_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "_doors", list)
    assert run(["live", "check"]) == 2
    assert capsys.readouterr().err.startswith("perf-excel：没有找到打开着的工作簿")


def test_excel_itself_may_call(in_front: xw.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xw.Book, "_mock_caller", in_front, raising=False)
    assert run(["--wb=表.xlsm", live_commands.FROM_EXCEL, "--app=", "--hwnd=1"]) == 1
    assert "校验结果" in [sheet.name for sheet in in_front.sheets]


def test_excel_that_is_not_there_cannot_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--wb=表.xlsm", live_commands.FROM_EXCEL, "--app=", "--hwnd=1"]) == 2
    assert "没有找到调用本程序的工作簿" in capsys.readouterr().err
