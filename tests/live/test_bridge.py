"""The way to LibreOffice: what is said when it cannot be gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from perf_excel.errors import UserError
from perf_excel.live.libreoffice import bridge


def test_another_version_of_python_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "libpyuno.so").write_bytes(b"\x7fELF...libpython3.9.so.1.0...")
    bridge.check_version(tmp_path, 9)
    with pytest.raises(UserError, match=r"为 Python 3\.9 编译的，现在运行的是 Python 3\.13"):
        bridge.check_version(tmp_path, 13)


def test_a_missing_module_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "_folders", lambda: iter(()))
    bridge.uno.cache_clear()
    with pytest.raises(UserError, match="python3-uno"):
        bridge.uno()


def test_a_broken_module_is_one_sentence_and_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "uno.py").write_text("import no_such_module_at_all")
    monkeypatch.setattr(bridge, "_folders", lambda: iter([tmp_path]))
    monkeypatch.delitem(sys.modules, "uno", raising=False)
    bridge.uno.cache_clear()
    with pytest.raises(UserError, match="no_such_module_at_all"):
        bridge.uno()
    assert "uno" not in sys.modules


def test_xlwings_comes_without_what_it_would_drag_in() -> None:
    code = (
        "import sys; from perf_excel.live.xl import xw; import perf_excel.live.libreoffice.engine\n"
        "print(*[name for name in sys.modules if name.split('.')[0] in"
        " ('pandas', 'numpy', 'polars', 'matplotlib', 'PIL', 'uno', 'xlwingslib')"
        " or name.startswith('xlwings.pro')])\n"
        "print(xw.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["xlwings"]


def test_what_was_hidden_from_xlwings_can_be_imported_afterwards() -> None:
    code = "from perf_excel.live.xl import xw\nimport pandas\nprint(pandas.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["pandas"]
