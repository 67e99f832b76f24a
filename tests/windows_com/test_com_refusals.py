"""What a program on Windows refuses, or is too busy for, is said in a sentence; nothing hangs."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_client import Running, office, on_windows
from open_forms import BUREAU, contents, saved

from perf_excel.faces.cli import run
from perf_excel.live import windows

pytestmark = on_windows


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for less long than a clerk would be waited for."""
    monkeypatch.setattr(windows, "_PATIENCE", 1.0)
    monkeypatch.setattr(windows, "_PAUSE", 0.1)
    monkeypatch.setattr("xlwings._xlwindows.N_COM_ATTEMPTS", 20)


def test_a_busy_program_is_waited_for(excel: Running, ours: Path) -> None:
    excel.tell("open", str(ours))
    excel.tell("busy", 3)
    assert run(["live", "check", str(ours)]) == 0


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("verb", ["check", "score", "clear", "add-row"])
def test_one_that_stays_busy_is_said_to_be(
    excel: Running, bureau: Path, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    excel.tell("open", str(bureau))
    excel.tell("busy", 1_000_000)
    assert run(["live", verb, str(bureau)]) == 2
    assert "正忙" in capsys.readouterr().err


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("before", [5, 12, 30])
def test_one_that_gets_busy_on_the_way(
    excel: Running, bureau: Path, before: int, capsys: pytest.CaptureFixture[str]
) -> None:
    excel.tell("open", str(bureau))
    excel.tell("busy_after", before)
    assert run(["live", "check", str(bureau)]) == 2
    said = capsys.readouterr().err
    assert any(words in said for words in ("正忙", "没有应答", "无法写入"))
    assert "程序内部出错" not in said


def test_a_protected_view_is_named(excel: Running, ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    excel.tell("guard", str(ours))
    assert run(["live", "check", str(ours)]) == 2
    assert "受保护的视图" in capsys.readouterr().err


def test_read_only_is_said(excel: Running, ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    excel.tell("open", str(ours))
    excel.tell("read_only")
    assert run(["live", "check", str(ours)]) == 0
    assert "只读" in capsys.readouterr().out


def test_locked_cells_refuse_and_stay(
    excel: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, BUREAU, protected=True)
    book = excel.opened(path)
    before = contents(book)
    assert run(["live", "score", str(path)]) == 2
    assert "请撤销工作表保护" in capsys.readouterr().err
    assert run(["live", "add-row", str(path)]) == 2
    assert "请撤销工作表保护" in capsys.readouterr().err
    assert run(["live", "clear", str(path)]) == 0
    assert contents(book) == before


def test_a_locked_structure_refuses(excel: Running, bureau: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = excel.opened(bureau)
    before = contents(book)
    excel.tell("lock_structure")
    assert run(["live", "check", str(bureau)]) == 2
    assert "请撤销" in capsys.readouterr().err
    assert contents(book) == before


@pytest.mark.usefixtures("hurry")
def test_a_program_that_ends_on_the_way(bureau: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with office() as own:
        own.tell("open", str(bureau))
        own.tell("die_after", 20)
        assert run(["live", "check", str(bureau)]) == 2
    assert "退出" in capsys.readouterr().err
