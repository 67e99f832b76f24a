"""Press the buttons of a macro workbook in Windows' script host (脚本宿主): runs under the Windows Python.

VBScript is VBA without types, labels and Excel: the source loses the first two, and objects of the script
play the third. Variables, files, drives and the started program are the system's own. Two things Wine lacks:
it cannot set variables of a process, so those that the macros set are there beforehand, and the script sees
that they are the same; and starting a program, it does not put values in for %names%, so another of its own
functions does.
"""

from __future__ import annotations

import locale
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from perf_excel.books.vba.button_code import source
from perf_excel.errors import MESSAGE_FILE
from perf_excel.sheets.identity import SHEET

_TYPE = re.compile(r" As (?:String|Long|Boolean|Object|Variant)\b")
_FAILURES = re.compile(r"    Exit Sub\nFailed:\n.*?(?=End Sub)", re.DOTALL)
_SETS = re.compile(r'host\.Environment\("PROCESS"\)\.Item\(("[A-Z_]+")\) = (.+)')
_RUN = re.compile(r"host\.Run\((Replace\(.+?\)), 0, True\)")
_PATIENCE = 300.0
_END = "."
"""What the script writes when it has come to its end."""

_EXCEL = """
Class SheetCell
    Public Value
End Class

Class IdentitySheet
    Public Keys
    Public Texts
    Public Function Cells(row, column)
        Dim cell
        Set cell = New SheetCell
        If row <= UBound(Keys) Then
            If column = 1 Then cell.Value = Keys(row) Else cell.Value = Texts(row)
        End If
        Set Cells = cell
    End Function
End Class

Class OpenWorkbook
    Public Path
    Public FullName
    Public Identity
    Public Function Worksheets(name)
        If name <> {sheet} Then Err.Raise 9
        Set Worksheets = Identity
    End Function
End Class

Class ExcelItself
    Public PathSeparator
End Class

Sub SetBefore(host, name, value)
    If host.Environment("PROCESS").Item(name) <> value Then Err.Raise 5, "SetBefore", name & " " & value
End Sub

Function AnsweredWithNo(words, style, title)
    spoken.WriteLine Replace(words, Chr(10), " ")
    AnsweredWithNo = 7
End Function

Dim spoken, Application, ThisWorkbook
Set spoken = CreateObject("Scripting.FileSystemObject").CreateTextFile({spoken}, True, True)
Set Application = New ExcelItself
Application.PathSeparator = "\\"
Set ThisWorkbook = New OpenWorkbook
ThisWorkbook.Path = {path}
ThisWorkbook.FullName = {full_name}
Set ThisWorkbook.Identity = New IdentitySheet
ThisWorkbook.Identity.Keys = Array("", {keys})
ThisWorkbook.Identity.Texts = Array("", {texts})
{procedure}
spoken.WriteLine "{end}"
spoken.Close
"""


@dataclass
class ScriptHost:
    """A workbook as its macros see it, and a folder for what the script needs."""

    book: Path
    folder: Path
    saved: bool = True
    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    """What is different in the environment."""

    def press(self, procedure: str) -> list[str]:
        """Run a procedure and return the messages that it showed; a question is answered with no.

        Raises:
            RuntimeError: the script did not come to its end.
        """
        spoken, message = self.folder / "说的.txt", self.folder / "perf-excel-said.txt"
        script = self.folder / "button.vbs"
        script.write_text(
            as_script(source(), message) + self._excel(spoken, procedure), encoding=locale.getencoding()
        )
        given = {**os.environ, MESSAGE_FILE: str(message), "PERF_EXCEL_PERCENT": "%", **self.variables}
        spoken.unlink(missing_ok=True)  # else a script that never began would say what the last one did
        nothing = subprocess.DEVNULL  # what Wine starts for the first window would keep a pipe open
        subprocess.run(
            ["cscript", "//nologo", str(script)],
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            env=given,
            timeout=_PATIENCE,
            check=False,  # Wine's ends with 0 in any case
        )
        said = spoken.read_text(encoding="utf-16").splitlines() if spoken.exists() else []
        if said[-1:] != [_END] or message.exists():
            raise RuntimeError(f"{procedure}：{said}")
        return said[:-1]

    def _excel(self, spoken: Path, procedure: str) -> str:
        rows = openpyxl.load_workbook(self.book)[SHEET].iter_rows(max_col=2, values_only=True)
        pairs = [tuple("" if one is None else str(one) for one in row) for row in rows]
        return _EXCEL.format(
            sheet=_literal(SHEET),
            spoken=_literal(str(spoken)),
            path=_literal(str(self.book.parent) if self.saved else ""),
            full_name=_literal(str(self.book) if self.saved else self.book.name),
            keys=", ".join(_literal(key) for key, _ in pairs),
            texts=", ".join(_literal(text) for _, text in pairs),
            procedure=procedure,
            end=_END,
        )


def as_script(vba: str, message: Path) -> str:
    """Return the source as VBScript, with the file of the message where it is known beforehand."""
    script = _FAILURES.sub("", _TYPE.sub("", vba)).replace("    On Error GoTo Failed\n", "")
    script = _RUN.sub(r"host.Run(host.ExpandEnvironmentStrings(\1), 0, True)", script)
    script = _SETS.sub(r"SetBefore host, \1, \2", script).replace("MsgBox", "AnsweredWithNo")
    return re.sub(r"message = files\.BuildPath\(.+", lambda _: f"message = {_literal(str(message))}", script)


def _literal(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
