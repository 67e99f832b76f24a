"""A stand-in for Excel on Windows: runs the VBA of a macro workbook with made-up files, variables, programs.

The VBA is run by pyOpenVBA's interpreter; the scripting objects of Windows are played here, as documented.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from perf_excel.books.vba.button_code import source
from perf_excel.sheets.identity import SHEET

_VBA: Any = importlib.import_module("pyopenvba.interpreter")
_UNRESOLVED: Any = importlib.import_module("pyopenvba.interpreter._runtime").UNRESOLVED

error: Any = importlib.import_module("pyopenvba.interpreter._values").error
"""An error as VBA raises it: of a number and a description."""

Program = Callable[["Windows"], int]
"""What a started program does; its exit code."""


@dataclass
class Windows:
    """A computer on which a workbook is open."""

    book: str = r"D:\work\form.xlsm"
    files: dict[str, str] = field(default_factory=dict[str, str])
    variables: dict[str, str] = field(default_factory=dict[str, str])
    identity: Mapping[str, str] = field(default_factory=dict[str, str])
    program: Program = lambda _: 0
    started: list[str] = field(default_factory=list[str])
    """Command lines, as the programs get them."""
    drives: Mapping[str, int] = field(default_factory=dict[str, int])
    """Kinds of drives by their letters (3: a network's); the others are this computer's own."""
    yes: bool = True
    """Whether the user lets another program than the installed one start."""
    asked: list[str] = field(default_factory=list[str])
    """What the user was asked."""

    def press(self, procedure: str) -> list[str]:
        """Run a procedure, and return the messages it showed."""
        interpreter = _VBA.Interpreter(_bridge(self))
        interpreter.add_module(source(), name="perf_excel")
        interpreter.answers = [_VBA.VBAInt(6 if self.yes else 7, "Integer")]
        interpreter.run(procedure)
        assert all(title == "perf-excel" and style in (64, 308) for _, _, title, style in interpreter.dialogs)
        self.asked += [words for _, words, _, style in interpreter.dialogs if style == 308]
        return [words for _, words, _, style in interpreter.dialogs if style == 64]


def split(command: str) -> list[str]:
    """Return a command line's arguments as a Windows program sees them; none has a quotation mark."""
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', command)]


@dataclass
class _Shell:
    """WScript.Shell."""

    on: Windows

    def environment(self, kind: str) -> Any:
        assert kind == "PROCESS"
        return _object(_Variables(self.on))

    def run(self, command: str, style: Any, wait: Any) -> Any:
        """The values of variables are put in for %names%, in one pass."""
        assert (int(style), bool(wait)) == (0, True), "hidden, and waited for"
        names = {name.upper(): value for name, value in self.on.variables.items()}
        self.on.started.append(
            re.sub("%([^%]+)%", lambda found: names.get(found[1].upper(), found[0]), command)
        )
        return _VBA.VBAInt(self.on.program(self.on), "Long")


@dataclass
class _Variables:
    on: Windows

    def item(self, name: str) -> str:
        return self.on.variables.get(name, "")

    def set_item(self, name: str, value: str) -> None:
        self.on.variables[name] = value


@dataclass
class _Files:
    """Scripting.FileSystemObject."""

    on: Windows

    def fileexists(self, path: str) -> bool:
        return path in self.on.files

    def getdrive(self, letter: str) -> Any:
        return _object(_Drive(self.on.drives.get(letter, 2)))

    def getspecialfolder(self, which: Any) -> str:
        assert int(which) == 2, "the temporary one"
        return r"C:\Temp"

    def gettempname(self) -> str:
        return "rad1.tmp"

    def buildpath(self, first: str, last: str) -> str:
        return f"{first}\\{last}"

    def opentextfile(self, path: str, mode: Any, create: Any, unicode: Any) -> Any:
        assert (int(mode), bool(create), int(unicode)) == (1, False, -1), "to read, as UTF-16"
        return _object(_Text(self.on.files[path]))

    def deletefile(self, path: str) -> None:
        del self.on.files[path]


@dataclass
class _Drive:
    kind: int

    def drivetype(self) -> Any:
        return _VBA.VBAInt(self.kind, "Integer")


@dataclass
class _Text:
    text: str

    def readall(self) -> str:
        return self.text


@dataclass
class _ThisWorkbook:
    on: Windows

    def path(self) -> str:
        return self.on.book.rpartition("/" if "://" in self.on.book else "\\")[0]

    def fullname(self) -> str:
        return self.on.book

    def worksheets(self, name: str) -> Any:
        assert name == SHEET
        return _object(_Sheet(list(self.on.identity.items())))


@dataclass
class _Sheet:
    rows: list[tuple[str, str]]

    def cells(self, row: Any, column: Any) -> Any:
        pair = self.rows[int(row) - 1] if int(row) <= len(self.rows) else ("", "")
        return _object(_Cell(pair[int(column) - 1]))


@dataclass
class _Cell:
    content: str

    def value(self) -> str:
        return self.content


class _Application:
    def pathseparator(self) -> str:
        return "\\"


def _bridge(windows: Windows) -> Any:
    created = {"wscript.shell": _Shell(windows), "scripting.filesystemobject": _Files(windows)}
    named = {"thisworkbook": _ThisWorkbook(windows), "application": _Application()}

    def create(name: str) -> Any:
        return _object(created[name.lower()])

    def global_object(name: str) -> Any:
        return _object(named[name.lower()]) if name.lower() in named else _UNRESOLVED

    bridge: Any = _VBA.HostBridge()
    bridge.create, bridge.global_object = create, global_object
    return bridge


def _object(of: object) -> Any:
    """Return an object of VBA: its members are the methods of a Python object, in small letters."""

    def get(_: object, name: str, args: Any = (), named: object = None) -> Any:
        assert not named
        return getattr(of, name.lower())(*args)

    def assign(
        _: object, name: str, value: object, args: Any, named: object = None, *, by_ref: bool = False
    ) -> None:
        assert not named
        assert not by_ref
        getattr(of, f"set_{name.lower()}")(*args, value)

    return type("Thing", (_VBA.VBAObject,), {"vba_get": get, "vba_set": assign})()
