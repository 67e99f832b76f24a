"""An application that is gone, or busy with what is being typed, is told of in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_cells import ComError
from fake_excel import FakeBook, open_in_excel

from perf_excel.faces import cli, live_commands
from perf_excel.live.xl import xw


@pytest.mark.parametrize("command", ["check", "score", "clear", "add-row"])
def test_an_application_that_does_not_answer(
    command: str, bureau: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = open_in_excel(bureau)

    def silent(_: object) -> None:
        raise ComError("被呼叫方拒绝接收呼叫。")

    def found(_: Path) -> xw.Book:
        return book

    monkeypatch.setattr(FakeBook, "sheets", property(silent))
    monkeypatch.setattr(live_commands, "attach", found)
    assert cli.run(["live", command, str(bureau)]) == 2
    said = capsys.readouterr().err
    assert "没有应答" in said
    assert "程序内部出错" not in said
