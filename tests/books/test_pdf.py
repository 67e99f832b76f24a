import io
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from office import needs_office, recalculated, recalculated_all, render_png
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel import office
from perf_excel.books import pdf
from perf_excel.errors import UserError


def _book(value: str = "项目支出绩效自评表") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = value
    sheet["A2"] = "=LEN(A1)"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _calculated(data: bytes) -> object:
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
    assert isinstance(sheet, Worksheet)
    return sheet["A2"].value


@needs_office
def test_a_workbook_becomes_a_pdf_with_its_text() -> None:
    printed = pdf.to_pdf(_book(), "自评表.xlsx")
    text = subprocess.run(["pdftotext", "-", "-"], input=printed, capture_output=True, check=True).stdout
    assert "项目支出绩效自评表" in text.decode()
    assert [page[:4] for page in render_png(printed)] == [b"\x89PNG"]


@needs_office
def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pdf.to_pdf(_book(), "自评表.xlsx")
    assert list(tmp_path.iterdir()) == []


@needs_office
@pytest.mark.parametrize("seconds", [0.1, 0.6])
def test_too_slow_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(UserError, match=r"^慢\.xlsx：转换超过[^。]*。$"):
        pdf.to_pdf(_book(), "慢.xlsx", seconds=seconds)
    assert list(tmp_path.iterdir()) == []
    assert _programs_with(str(tmp_path)) == []


@needs_office
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_interrupt_ends_libreoffice_too(tmp_path: Path) -> None:
    code = "import sys; from perf_excel.books import pdf; pdf.to_pdf(sys.stdin.buffer.read(), 'a.xlsx')"
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert parent.stdin is not None
    with parent.stdin as stream:
        stream.write(_book())
    end = time.monotonic() + 10
    # The office itself, not only what starts it: by then the starting of it has surely come back.
    while not any("soffice.bin" in line for line in _programs_with(str(tmp_path))) and time.monotonic() < end:
        time.sleep(0.02)
    parent.send_signal(signal.SIGINT)
    parent.wait(timeout=10)
    assert _programs_with(str(tmp_path)) == []
    assert list(tmp_path.iterdir()) == []


def _programs_with(text: str) -> list[str]:
    """Return the command lines of running programs that hold a text (Linux)."""
    lines: list[str] = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = file.read_bytes().decode(errors="replace")
        except OSError:
            continue  # it ended meanwhile
        if text in line:
            lines.append(line)
    return lines


@needs_office
def test_a_workbook_that_libreoffice_refuses_is_one_sentence() -> None:
    with pytest.raises(UserError, match=r"^坏\.xlsx：转换失败[^。]*。$"):
        pdf.to_pdf(b"PK\3\4 no workbook", "坏.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            "#!/bin/sh\necho 'soffice.bin: lib.so: missing' >&2\nexit 127\n",
            "退出码 127，soffice.bin",
        ),
        ("#!/bin/sh\nkill -s SEGV $$\n", "退出码 -11"),
        ("#!/bin/sh\nexit 77\n", "退出码 77"),
        ("no program at all", "启动不了"),
    ],
)
def test_a_libreoffice_that_does_not_run_is_not_the_workbooks_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    program = tmp_path / "soffice"
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setenv("PERF_EXCEL_SOFFICE", str(program))
    with pytest.raises(UserError, match=r"^自评表\.xlsx：转换失败，LibreOffice 没有正常运行") as raised:
        pdf.to_pdf(_book(), "自评表.xlsx")
    assert said in str(raised.value)


@needs_office
def test_formulas_are_calculated_anew() -> None:
    data = _book("四个汉字")
    assert _calculated(data) is None
    once = recalculated(data)
    assert _calculated(once) == 4
    stale = _with_cached_result(once, b"9")
    assert _calculated(stale) == 9
    assert _calculated(recalculated(stale)) == 4


def _with_cached_result(data: bytes, result: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"<v>4</v>", b"<v>" + result + b"</v>"))
    return stream.getvalue()


@needs_office
def test_many_workbooks_come_back_in_order() -> None:
    books = [_book("字" * length) for length in range(1, 13)]
    assert [_calculated(book) for book in recalculated_all(books)] == list(range(1, 13))


def test_without_libreoffice_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERF_EXCEL_SOFFICE", "/nowhere/soffice")
    with pytest.raises(UserError, match=r"^自评表\.xlsx：无法转换，[^。]*请安装 LibreOffice[^。]*。$"):
        pdf.to_pdf(_book(), "自评表.xlsx")


def test_the_named_program_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.touch()
    monkeypatch.setenv("PERF_EXCEL_SOFFICE", str(program))
    assert office.find_soffice() == program


def test_else_the_one_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PERF_EXCEL_SOFFICE", raising=False)
    program = tmp_path / ("soffice.exe" if sys.platform == "win32" else "soffice")
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office.find_soffice() == program
