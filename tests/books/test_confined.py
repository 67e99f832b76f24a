import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from perf_excel.books.older import confined
from perf_excel.errors import UserError


def test_returns_the_answer() -> None:
    assert confined.call("os.path:basename", ["/a/中文.xls"], name="中文.xls") == "中文.xls"


def test_what_the_function_prints_does_not_spoil_the_answer() -> None:
    assert confined.call("builtins:print", ["noise"], name="a.xls") is None


def test_the_sentence_of_a_user_error_comes_through() -> None:
    with pytest.raises(UserError, match="缺少页"):
        confined.call(
            "builtins:exec",
            ["from perf_excel.errors import UserError\nraise UserError('缺少页')"],
            name="a.xls",
        )


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import os; os.abort()", id="abort"),
        pytest.param("import os; os.kill(os.getpid(), 9)", id="killed"),
        pytest.param("import os; os._exit(0)", id="no answer"),
        pytest.param("raise RuntimeError", id="any exception"),
        pytest.param("def f(): f()\nf()", id="endless recursion"),
        pytest.param(
            "bytearray(600 << 20)",
            id="memory hog",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="no memory limit on Windows"),
        ),
    ],
)
def test_a_crash_is_one_sentence_with_the_file(code: str) -> None:
    with pytest.raises(UserError, match=r"^坏.xls：无法读取[^。]*。$"):
        confined.call("builtins:exec", [code], name="坏.xls")


def test_bytes_that_are_no_json_are_one_sentence() -> None:
    with pytest.raises(UserError, match=r"坏\.xls：无法读取"):
        confined.call("builtins:exec", ["import os; os.write(3, b'{'); os._exit(0)"], name="坏.xls")


def test_a_parser_that_is_not_there_is_not_the_files_fault() -> None:
    with pytest.raises(UserError, match=r"^好\.xls：没有读取，程序缺少读这种格式的部件（.*nowhere.*）"):
        confined.call("nowhere:read", ["好.xls"], name="好.xls")


@pytest.mark.parametrize("code", ["while 1: pass", "import time; time.sleep(60)"])
def test_a_loop_ends_at_the_time_limit(code: str) -> None:
    start = time.monotonic()
    with pytest.raises(UserError, match=r"慢\.xls：读取超过 0\.5 秒"):
        confined.call("builtins:exec", [code], name="慢.xls", seconds=0.5)
    assert time.monotonic() - start < 3


def test_a_module_beside_the_workbook_is_never_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("open('ran', 'w')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert confined.call("os.path:basename", ["a"], name="a") == "a"
    assert not (tmp_path / "ran").exists()


def test_the_child_has_no_standard_input() -> None:
    assert confined.call("builtins:eval", ["__import__('sys').stdin.read()"], name="a") == ""


@pytest.mark.parametrize("program", ["绩效自评", "perf-excel"])
def test_a_frozen_program_starts_the_one_that_can_answer(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(Path("程序") / f"{program}.exe"))
    assert confined.command() == [str(Path("程序") / "perf-excel.exe"), "--confined"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_no_child_outlives_its_parent(tmp_path: Path, sent: str) -> None:
    note = tmp_path / "pid"
    code = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(90)"
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            (
                "from perf_excel.books.older import confined\n"
                f"confined.call('builtins:exec', [{code!r}], name='a')"
            ),
        ],
        stderr=subprocess.DEVNULL,
    )
    _wait_for(lambda: note.exists() and note.read_text() != "")
    parent.send_signal(signal.Signals[sent])  # by name: Windows has no SIGKILL
    parent.wait(timeout=60)
    child = int(note.read_text())
    _wait_for(lambda: not _runs(child))


def _wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    """Say whether a process is alive; one that only waits for its exit code to be read is not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
