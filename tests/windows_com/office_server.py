"""The process that plays Excel or WPS on Windows (扮演 Excel、WPS 的进程), of the name that is given.

It enters itself where a client looks: the table of running objects has the program and every workbook by its
full name, and windows of Excel's classes lead to its objects. It is told what to do in lines of JSON, and
answers each with one.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, cast

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]

from fake_excel import FakeBook, open_in_excel  # noqa: E402
from object_library import calls, outer, publish  # noqa: E402
from office_objects import INTERFACES, Application, Office, Workbook  # noqa: E402
from refusing_filter import RefusingFilter  # noqa: E402

ctypes: Any = importlib.import_module("ctypes")  # what it has depends on the system
pythoncom: Any = importlib.import_module("pythoncom")
pywintypes: Any = importlib.import_module("pywintypes")
win32api: Any = importlib.import_module("win32api")
win32con: Any = importlib.import_module("win32con")
win32event: Any = importlib.import_module("win32event")
win32gui: Any = importlib.import_module("win32gui")
winreg: Any = importlib.import_module("winreg")

CLASSES = {
    "Excel.Application": "{00024500-0000-0000-C000-000000000046}",
    "Ket.Application": "{45540001-5750-5300-4B49-4E47534F4655}",
}
_DISPATCH = "{00020400-0000-0000-C000-000000000046}"
_GET_OBJECT, _NATIVE = 0x3D, 0xFFFFFFF0
"""WM_GETOBJECT, and what is asked for by it: OBJID_NATIVEOM."""


class Server:
    """Where the program is entered, and what it is told to do."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.window = 0
        self.office = Office(program, 0)
        self.filter = RefusingFilter()
        self.running = True
        publish(Path(tempfile.mkdtemp()) / "office.tlb", INTERFACES)
        self.application = outer(Application(self.office))
        self.entered: list[tuple[int, Any]] = []
        """The workbooks in the table of running objects: by what number, and what is entered."""
        self._active, self._kept = self._register(), self._show_windows()
        self.office.window = self.window

    def _register(self) -> Any:
        number = CLASSES[self.program]
        # The current user's, as Windows looks there first; Wine looks into the machine's alone.
        for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE)[: 2 if _is_wine() else 1]:
            with winreg.CreateKey(root, rf"Software\Classes\{self.program}\CLSID") as key:
                winreg.SetValueEx(key, "", 0, winreg.REG_SZ, number)
        try:
            return pythoncom.RegisterActiveObject(self.application, pywintypes.IID(number), 0)
        except pywintypes.com_error as error:
            if error.hresult < 0:
                raise
            return None  # another is entered already

    def _show_windows(self) -> Any:
        """Make a window in a window in a window, of Excel's classes; the innermost gives its objects."""
        library, pointer = ctypes.oledll.oleacc, _pointer(self.application)
        library.LresultFromObject.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
        library.LresultFromObject.restype = ctypes.c_ssize_t

        def answer(window: int, message: int, first: int, second: int) -> int:
            if message == _GET_OBJECT and second & 0xFFFFFFFF == _NATIVE:
                return library.LresultFromObject(ctypes.byref(_guid(_DISPATCH)), first, pointer)
            return win32gui.DefWindowProc(window, message, first, second)

        module, parent, look = win32api.GetModuleHandle(None), 0, win32con.WS_OVERLAPPEDWINDOW
        for name in ("XLMAIN", "XLDESK", "EXCEL7"):
            kind = win32gui.WNDCLASS()
            kind.lpszClassName, kind.lpfnWndProc, kind.hInstance = name, answer, module
            own = win32gui.RegisterClass(kind)
            parent = win32gui.CreateWindow(own, name, look, 0, 0, 200, 100, parent, 0, module, None)
            self.window = self.window or parent
            look = win32con.WS_CHILD
        return pointer

    def reset(self) -> None:
        """Be as if just started, with no workbook open."""
        table = pythoncom.GetRunningObjectTable()
        for entered, *_ in self.entered:
            table.Revoke(entered)
        self.entered.clear()
        self.office.books.clear()
        self.office.guarded.clear()
        self.office.read_only, self.office.shows_xml = False, True
        self.filter.refuse(0)
        calls.clear()

    def open(self, path: str) -> None:
        """Open a workbook and enter it under its full name."""
        book = cast("FakeBook", cast("Any", open_in_excel(Path(path))).impl)
        book.fullname = path
        self.office.books.append(book)
        wrapped = outer(Workbook(self.office, book))
        table = pythoncom.GetRunningObjectTable()
        number = table.Register(1, wrapped, pythoncom.CreateFileMoniker(path))
        self.entered.append((number, wrapped))

    def busy(self, times: int) -> None:
        """Refuse so many calls from now on, as where a dialogue is open or a cell is being edited."""
        self.filter.refuse(times)

    def busy_after(self, calls: int) -> None:
        """Refuse all after so many calls."""
        self.filter.refuse(1_000_000_000, after=calls)

    def die_after(self, calls: int) -> None:
        """End in the middle of the work, after so many calls."""
        self.filter.ends_after = calls

    def guard(self, path: str) -> None:
        """Show a file in protected view."""
        self.office.guarded.append(path)

    def read_only(self) -> None:
        """Have every workbook open for reading only."""
        self.office.read_only = True

    def tell_xml(self, shown: bool) -> None:  # noqa: FBT001
        """Know of XML Spreadsheet or not."""
        self.office.shows_xml = shown

    def lock_structure(self) -> None:
        """Let no sheet be added or removed."""
        self.office.books[-1].structure_locked = True

    def sheets(self) -> list[str]:
        """Return the names of the sheets of the workbook opened last."""
        return [page.name for page in self.office.books[-1].pages]

    def quit(self) -> None:
        """End, and take out what was entered."""
        self.reset()
        if self._active is not None:
            pythoncom.RevokeActiveObject(self._active)
        self.running = False

    def calls(self) -> dict[str, int]:
        """Return what was called since it was last asked."""
        found = dict(calls)
        calls.clear()
        return found


def _is_wine() -> bool:
    return hasattr(ctypes.cdll.ntdll, "wine_get_version")


def _guid(text: str) -> Any:
    found = (ctypes.c_ubyte * 16)()
    ctypes.oledll.ole32.CLSIDFromString(text, ctypes.byref(found))
    return found


def _pointer(dispatch: Any) -> Any:
    """The plain pointer of a COM object that Python made."""
    library = ctypes.PyDLL(pythoncom.__file__)
    function = library.PyCom_InterfaceFromPyObject
    function.argtypes = [ctypes.py_object, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int]
    function.restype = ctypes.c_int
    found = ctypes.c_void_p()
    function(dispatch, ctypes.byref(_guid(_DISPATCH)), ctypes.byref(found), 0)
    return found


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _serve(server: Server) -> None:
    told: queue.Queue[str] = queue.Queue()
    thread, wake = win32api.GetCurrentThreadId(), win32con.WM_USER

    def listen() -> None:
        for line in sys.stdin:
            told.put(line)
            win32gui.PostThreadMessage(thread, wake, 0, 0)
        told.put('["quit"]')
        win32gui.PostThreadMessage(thread, wake, 0, 0)

    threading.Thread(target=listen, daemon=True).start()
    _say(json.dumps({"window": server.window, "process": os.getpid()}))
    while server.running:
        win32event.MsgWaitForMultipleObjects([], 0, 200, 0x4FF)
        pythoncom.PumpWaitingMessages()
        while not told.empty():
            name, *arguments = json.loads(told.get())
            _say(json.dumps(getattr(server, name)(*arguments)))


if __name__ == "__main__":
    pythoncom.CoInitialize()
    _serve(Server(sys.argv[1]))
    os._exit(0)  # objects that clients still hold are not waited for
