"""The VBA (宏代码) behind the buttons: it finds the program, calls it for the workbook, says what failed.

VBA source is stored in one code page, so it is ASCII here. What it says to people stands in Chinese on the
identity sheet, beside the English that the source knows it by; nothing is encoded, so that whoever looks
into the workbook, a person or a virus scanner, can read all of it.
"""

from __future__ import annotations

from perf_excel.books.vba.button_words import BUTTONS, HOME, USER
from perf_excel.errors import MESSAGE_FILE
from perf_excel.sheets.identity import SHEET

_ROWS = 50
"""The identity sheet is no longer."""

_PROCEDURE = """
Public Sub {procedure}()
    RunProgram "{command}"
End Sub
"""

_SOURCE = f"""
Private Sub RunProgram(verb As String)
    Dim program As String, said As String, code As Long
    On Error GoTo Failed
    If ThisWorkbook.Path = "" Then
        Tell "Please save the workbook first."
        Exit Sub
    End If
    declined = False
    program = ProgramFile()
    If declined Then Exit Sub
    If program = "" Then
        Tell "The program perf-excel was not found."
        Exit Sub
    End If
    code = Started(program, verb, ThisWorkbook.FullName, said)
    If code = 0 And verb = "check" Then
        Tell "No errors were found."
    ElseIf code = 1 Then
        Tell "Done. There are errors in the form."
    ElseIf code <> 0 And said <> "" Then
        Tell said
    ElseIf code <> 0 Then
        Tell Stored("The program failed, exit code:") & " " & code
    End If
    Exit Sub
Failed:
    said = Err.Description
    Tell Stored("The program could not be started:") & " " & said
End Sub

' The program waits for its end to be seen, and may change the workbook meanwhile: Run keeps the application
' answering. No command interpreter is between, so that & and ^ in names mean nothing.
Private Function Started(program As String, verb As String, book As String, said As String) As Long
    Dim host As Object, files As Object, message As String, order As String
    ' LibreOffice gives the name alone.
    If InStr(book, "/") = 0 And InStr(book, "\\") = 0 Then
        book = ThisWorkbook.Path & Application.PathSeparator & book
    End If
    order = Quoted(program) & " live " & verb & " " & Quoted(book)
    Set host = Created("WScript.Shell")
    Set files = Created("Scripting.FileSystemObject")
    If host Is Nothing Or files Is Nothing Then
        Shell order, 1
        Exit Function
    End If
    message = files.BuildPath(files.GetSpecialFolder(2), files.GetTempName)
    host.Environment("PROCESS").Item("{MESSAGE_FILE}") = message
    ' Run puts the values of variables in for %names%, once: a percent sign becomes a variable that holds one.
    host.Environment("PROCESS").Item("PERF_EXCEL_PERCENT") = "%"
    Started = host.Run(Replace(order, "%", "%PERF_EXCEL_PERCENT%"), 0, True)
    If files.FileExists(message) Then
        said = files.OpenTextFile(message, 1, False, -1).ReadAll
        files.DeleteFile message
    End If
End Function

' File names hold no quotation marks.
Private Function Quoted(path As String) As String
    Quoted = Chr(34) & path & Chr(34)
End Function

' Only installed places, and the one of the environment variable, go without a question. Elsewhere the
' workbook decides (what it says, what lies beside it, where anybody's files may lie): that is started only
' when the user, shown its full path, says so. Nothing is ever started from a network.
Private Function ProgramFile() As String
    Dim places As Variant, place As Variant, mark As String, found As String
    mark = Application.PathSeparator
    places = Array(Variable("{HOME}"), Under("LOCALAPPDATA", mark & "Programs" & mark & "perf-excel"), _
        Under("ProgramFiles", mark & "perf-excel"))
    For Each place In places
        found = ProgramIn(CStr(place))
        If found <> "" Then
            ProgramFile = found
            Exit Function
        End If
    Next
    places = Array(StoredPlace(), ThisWorkbook.Path, ThisWorkbook.Path & mark & "perf-excel")
    For Each place In places
        found = ProgramIn(CStr(place))
        If found <> "" Then
            If Allowed(found) Then
                ProgramFile = found
            Else
                declined = True
            End If
            Exit Function
        End If
    Next
End Function

Private Function ProgramIn(place As String) As String
    Dim mark As String, file As String
    mark = Application.PathSeparator
    file = "perf-excel"
    If mark = "\\" Then file = "perf-excel.exe"
    If Not IsOnThisComputer(place) Then Exit Function
    If Exists(place & mark & file) Then ProgramIn = place & mark & file
End Function

' A full path on a drive of this computer: no share of a network, under a letter or not, and no address.
Private Function IsOnThisComputer(place As String) As Boolean
    Dim files As Object
    If Left(place, 2) = "//" Then Exit Function
    If Application.PathSeparator <> "\\" Then
        IsOnThisComputer = (Left(place, 1) = "/")
        Exit Function
    End If
    If Mid(place, 2, 2) <> ":\\" Then Exit Function
    Set files = Created("Scripting.FileSystemObject")
    If files Is Nothing Then
        IsOnThisComputer = True
    Else
        IsOnThisComputer = (DriveType(files, Left(place, 2)) <> 3)
    End If
End Function

' 3 is a network's drive, and what cannot be told is taken for one.
Private Function DriveType(files As Object, drive As String) As Long
    DriveType = 3
    On Error Resume Next
    DriveType = files.GetDrive(drive).DriveType
End Function

' The path comes first: nothing that stands in a cell can push it out of sight. 308: yes or no, no by default.
Private Function Allowed(program As String) As Boolean
    Dim words As String, shown As String
    words = "This program is not the installed one. Start it?"
    shown = Left(Stored(words), 200)
    Allowed = (MsgBox(program & Chr(10) & Chr(10) & words & Chr(10) & shown, 308, "perf-excel") = 6)
End Function

Private Function Under(variableName As String, rest As String) As String
    Dim folder As String
    folder = Variable(variableName)
    If folder <> "" Then Under = folder & rest
End Function

Private Function StoredPlace() As String
    Dim user As String
    user = Variable("USERPROFILE")
    If user = "" Then user = Variable("HOME")
    StoredPlace = Replace(Stored("{HOME}"), "{USER}", user)
End Function

' The identity sheet: a text's own language, or the folder of the program.
Private Function Stored(key As String) As String
    Dim number As Long
    On Error Resume Next
    For number = 1 To {_ROWS}
        If ThisWorkbook.Worksheets("{SHEET}").Cells(number, 1).Value = key Then
            Stored = ThisWorkbook.Worksheets("{SHEET}").Cells(number, 2).Value
        End If
    Next
End Function

' The scripting objects know every character; the language's own functions, those of the system's code page.
Private Function Variable(variableName As String) As String
    Dim host As Object
    Set host = Created("WScript.Shell")
    If host Is Nothing Then
        Variable = Environ(variableName)
    Else
        Variable = host.Environment("PROCESS").Item(variableName)
    End If
End Function

Private Function Exists(path As String) As Boolean
    Dim files As Object
    Set files = Created("Scripting.FileSystemObject")
    If files Is Nothing Then
        Exists = (Dir(path) <> "")
    Else
        Exists = files.FileExists(path)
    End If
End Function

Private Function Created(kind As String) As Object
    On Error Resume Next
    Set Created = Nothing
    Set Created = CreateObject(kind)
End Function

Private Sub Tell(words As String)
    Dim shown As String
    shown = Stored(words)
    If shown = "" Then shown = words
    MsgBox shown, 64, "perf-excel"
End Sub
"""


def source() -> str:
    """Return the module's source, ASCII."""
    procedures = "".join(
        _PROCEDURE.format(procedure=button.procedure, command=button.command) for button in BUTTONS
    )
    head = (
        "Option Explicit\n"
        "' perf-excel: the buttons call the program of that name.\n"
        "Private declined As Boolean\n"
    )
    return f"{head}{procedures}{_SOURCE}"
