"""How far a long job has come: said to who looks, and to nobody else."""

from __future__ import annotations

import io
import sys

import pytest

from perf_excel.faces.file_progress import file_progress


class Terminal(io.StringIO):
    """A terminal, or a pipe."""

    def __init__(self, *, looked_at: bool) -> None:
        super().__init__()
        self._looked_at = looked_at

    def isatty(self) -> bool:
        return self._looked_at


@pytest.mark.parametrize(
    ("looked_at", "files", "said"), [(True, 300, True), (True, 5, False), (False, 300, False)]
)
def test_the_line(looked_at: bool, files: int, said: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    terminal = Terminal(looked_at=looked_at)
    monkeypatch.setattr(sys, "stderr", terminal)
    with file_progress("汇总") as progress:
        for number in range(1, files + 1):
            progress(number, files)
    written = terminal.getvalue()
    assert bool(written) is said
    if said:
        assert written.endswith("\n")
        assert "汇总 300/300，每秒" in written
        assert "还需 0 秒" in written
