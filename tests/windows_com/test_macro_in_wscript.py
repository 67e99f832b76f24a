"""The macros' VBA (宏代码) run by Windows' own script host: what they do outside the workbook.

VBScript is VBA without types and without jumps to a label: those are taken out, and the workbook is played.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from office_client import on_windows

from perf_excel.books.vba.button_code import HOME, source
from perf_excel.errors import MESSAGE_FILE

pytestmark = on_windows

IN_WINE = Path(os.environ.get("SYSTEMROOT", ""), "system32", "winecfg.exe").exists()

_PLAYED = """
Class Cell
    Public Value
End Class
Class Sheet
    Public Function Cells(row, column)
        Set Cells = New Cell
    End Function
End Class
Class Book
    Public Path, FullName
    Public Function Worksheets(name)
        Set Worksheets = New Sheet
    End Function
End Class
Class Host
    Public PathSeparator
End Class
Dim ThisWorkbook, Application
Set ThisWorkbook = New Book
Set Application = New Host
Application.PathSeparator = Chr(92)
ThisWorkbook.Path = WScript.Arguments(0)
ThisWorkbook.FullName = WScript.Arguments(1)
Function Told(words, buttons, title)
    WScript.Echo words
    Told = 7
End Function
"""
_PROGRAM = """
import os, sys
open("called.txt", "w", encoding="utf-8").write("\\n".join(sys.argv))
if place := os.environ.get("{message}"):
    open(place, "w", encoding="utf-16").write("表里有 3 个错误")
sys.exit(int(open("code.txt").read()))
"""


def _as_script() -> str:
    """The macros as VBScript."""
    text = re.sub(r" As \w+", "", source()).replace("MsgBox", "Told")
    text = re.sub(
        r"Failed:\n.*?(?=End Sub)", "", text.replace("On Error GoTo Failed\n", "\n"), flags=re.DOTALL
    )
    if IN_WINE:  # it cannot set variables: without them, a program's own words do not come back
        text = re.sub(r'.*Environment\("PROCESS"\)\.Item\(.*\) = .*', "", text)
        text = text.replace('Replace(order, "%", "%PERF_EXCEL_PERCENT%")', "order")
    return text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a workbook's name, and a program in it that writes down how it was called."""
    place = tmp_path / "预算 & 决算 ^1"
    place.mkdir()
    there = Path(sys.executable).parent
    shutil.copy(sys.executable, place / "perf-excel.exe")
    for library in there.glob("*.dll"):
        shutil.copy(library, place)
    (place / "live").write_text(_PROGRAM.format(message=MESSAGE_FILE), encoding="utf-8")
    return place


def pressed(folder: Path, procedure: str, code: int, **environment: str) -> str:
    """Press a button and return what the user is shown."""
    (folder / "code.txt").write_text(str(code))
    script = folder.parent / "macros.vbs"
    script.write_text(f"{_as_script()}{_PLAYED}{procedure}\n", encoding="utf-16")
    done = subprocess.run(
        ["cscript", "//nologo", str(script), str(folder), str(folder / "自评 表.xlsm")],
        capture_output=True,
        timeout=300,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONHOME": str(Path(sys.executable).parent), **environment},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.decode("gbk").strip()


@pytest.mark.parametrize(
    ("procedure", "verb", "code", "said"),
    [
        ("PerfCheck", "check", 0, "No errors were found."),
        ("PerfCheck", "check", 1, "Done. There are errors in the form."),
        ("PerfScore", "score", 0, ""),
        ("PerfAddRow", "add-row", 0, ""),
    ],
)
def test_starts_the_program_of_the_variable_and_waits(
    folder: Path, procedure: str, verb: str, code: int, said: str
) -> None:
    assert pressed(folder, procedure, code, **{HOME: str(folder)}) == said
    called = (folder / "called.txt").read_text("utf-8").splitlines()
    assert called == ["live", verb, str(folder / "自评 表.xlsm")]


def test_asks_before_it_starts_the_program_beside_the_workbook(folder: Path) -> None:
    said = pressed(folder, "PerfCheck", 0)
    assert said.startswith(str(folder / "perf-excel.exe"))
    assert not (folder / "called.txt").exists()


def test_says_that_there_is_no_program(folder: Path) -> None:
    (folder / "perf-excel.exe").unlink()
    assert pressed(folder, "PerfCheck", 0) == "The program perf-excel was not found."
