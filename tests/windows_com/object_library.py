"""COM objects made of plain Python ones (COM 对象): their type library, and every call upon them counted.

A member is a method of its class, told by how its name begins: ``get_Value``, ``put_Value``, ``do_Merge``;
what its parameters are called, and whether they may be left out, is read from the signature. The library
written from that is what a client needs for arguments by name, as Excel's own library is.
"""

# ruff: noqa: N802 - some names are pywin32's own
from __future__ import annotations

import importlib
import inspect
import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

pythoncom: Any = importlib.import_module("pythoncom")
pywintypes: Any = importlib.import_module("pywintypes")
winerror: Any = importlib.import_module("winerror")
server_util: Any = importlib.import_module("win32com.server.util")
policies: Any = importlib.import_module("win32com.server.policy")
COMException: Any = importlib.import_module("win32com.server.exception").COMException

_PUTS = pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF
_KINDS = {
    "get": pythoncom.INVOKE_PROPERTYGET,
    "put": pythoncom.INVOKE_PROPERTYPUT,
    "do": pythoncom.INVOKE_FUNC,
}
_FIXED = {"_Default": 0, "_NewEnum": -4}
_STDCALL = 4
_IN, _OPTIONAL = 1, 16
_WIN64 = 3
_SPACE = uuid.UUID("7d0c7bd2-6a4b-4d0b-9a53-1b1f5a2f0c15")

calls: Counter[str] = Counter()
"""How often each member was called, as ``Range.Value``; ``names`` and ``types`` of them."""


class RefusedError(Exception):
    """What Excel says when it does not do a thing (0x800A03EC)."""


class Member:
    """One of the members of a class: what kind it is, and its parameters."""

    def __init__(self, kind: str, name: str, function: Any) -> None:
        self.kind, self.name = kind, name
        parameters = list(inspect.signature(function).parameters.values())[1:]
        self.parameters = [(one.name, one.default is not inspect.Parameter.empty) for one in parameters]


class Node:
    """A COM object. Two of them are the same where they stand for the same thing."""

    def _members_(self) -> list[Member]:
        return members(type(self))


def members(kind: type[Node]) -> list[Member]:
    """Return the members of a class of COM objects."""
    found: list[Member] = []
    for name, function in sorted(inspect.getmembers(kind, inspect.isfunction)):
        prefix, _, rest = name.partition("_")
        if prefix in _KINDS and rest:
            found.append(Member(prefix, rest, function))
    return found


class _Policy(policies.BasicWrapPolicy):
    """How a Node answers COM."""

    ids: dict[str, int] = {}  # noqa: RUF012  (one table for all, filled when the library is written)
    names: dict[int, str] = {}  # noqa: RUF012
    infos: dict[str, Any] = {}  # noqa: RUF012

    def _getidsofnames_(self, names: Sequence[str], _lcid: int) -> tuple[int]:
        calls["names"] += 1
        number = self.ids.get(names[0].casefold())
        if number is None or not any(hasattr(self._obj_, f"{kind}_{self.names[number]}") for kind in _KINDS):
            raise COMException(scode=winerror.DISP_E_UNKNOWNNAME)
        return (number,)

    def _GetTypeInfoCount_(self) -> int:
        return 1

    def _GetTypeInfo_(self, _index: int, _lcid: int) -> tuple[int, Any]:
        calls["types"] += 1
        return 0, self.infos[type(self._obj_).__name__]

    def _invokeex_(
        self, dispid: int, _lcid: int, flags: int, args: Sequence[Any], _keywords: Any, _provider: Any
    ) -> Any:
        name = self.names.get(dispid, "")
        calls[f"{type(self._obj_).__name__}.{name}"] += 1
        given = [None if one is pythoncom.Missing else _inner(one) for one in args]
        kinds = ["put"] if flags & _PUTS else [kind for kind in ("get", "do") if flags & _KINDS[kind]]
        function = next(
            (found for kind in kinds if (found := getattr(self._obj_, f"{kind}_{name}", None))), None
        )
        if function is None:
            raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND)
        try:
            inspect.signature(function).bind(*given)
        except TypeError as error:
            raise COMException(scode=winerror.DISP_E_BADPARAMCOUNT) from error
        try:
            return outer(function(*given))
        except RefusedError as error:
            raise COMException(str(error), scode=-2146827284) from error


def outer(value: Any) -> Any:
    """Return what a client gets: an object as a COM object."""
    return server_util.wrap(value, usePolicy=_Policy) if isinstance(value, Node) else value


def each(nodes: Sequence[Node]) -> Any:
    """Return an enumerator of objects."""
    return server_util.NewEnum([outer(node) for node in nodes])


def _inner(value: Any) -> Any:
    """Return what a client gave: an object of ours as it is on our side."""
    return server_util.unwrap(value) if hasattr(value, "QueryInterface") else value


def publish(path: Path, iids: dict[type[Node], str]) -> None:
    """Write the type library of some classes and let their objects show it.

    Args:
        path: the new file.
        iids: the classes, each with the identity that its interface shall have.
    """
    every = sorted({one.name for kind in iids for one in members(kind)} - set(_FIXED))
    _Policy.names = {number: name for name, number in _FIXED.items()} | dict(enumerate(every, 1))
    _Policy.ids = {name.casefold(): number for number, name in _Policy.names.items()}
    library = pythoncom.CreateTypeLib2(_WIN64, str(path))
    library.SetGuid(pywintypes.IID("{" + str(uuid.uuid5(_SPACE, "library")).upper() + "}"))
    library.SetName("Office")
    library.SetVersion(1, 0)
    library.SetLcid(0)
    for kind, iid in iids.items():
        _describe(library.CreateTypeInfo(kind.__name__, pythoncom.TKIND_DISPATCH), kind, iid)
    library.SaveAllChanges()
    loaded = pythoncom.LoadTypeLib(str(path))
    for index, kind in enumerate(iids):
        _Policy.infos[kind.__name__] = loaded.GetTypeInfo(index)


def _describe(info: Any, kind: type[Node], iid: str) -> None:
    info.SetGuid(pywintypes.IID(iid))
    for index, member in enumerate(members(kind)):
        described = pythoncom.FUNCDESC()
        described.memid = _Policy.ids[member.name.casefold()]
        described.invkind, described.funckind = _KINDS[member.kind], pythoncom.FUNC_DISPATCH
        described.callconv = _STDCALL
        described.rettype = (pythoncom.VT_VARIANT, 0, None)
        described.args = tuple(
            (pythoncom.VT_VARIANT, _IN | (_OPTIONAL if optional else 0), None)
            for _, optional in member.parameters
        )
        info.AddFuncDesc(index, described)
        names = [name for name, _ in member.parameters]
        # The value that is put has no name.
        info.SetFuncAndParamNames(index, (member.name, *(names[:-1] if member.kind == "put" else names)))
    info.LayOut()
