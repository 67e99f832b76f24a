"""The way to LibreOffice (UNO 桥): its Python module, and a connection to a running program.

The module belongs to the system's Python (python3-uno), not to a virtual environment. It is loaded from its
file, so that nothing else of the system's packages can be imported by accident.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from perf_excel.errors import UserError
from perf_excel.live.libreoffice.uno_types import Uno, UnoDesktop
from perf_excel.office import find_soffice

_SYSTEM = ("/usr/lib/python3/dist-packages", "/usr/lib64/libreoffice/program", "/opt/libreoffice/program")
_BUILT_FOR = re.compile(rb"libpython3\.(\d+)")
_INSTALL = "请安装 LibreOffice 的 Python 接口（Debian、Ubuntu 上为 python3-uno）后重试。"


@cache
def uno() -> Uno:
    """Return the module uno.

    Raises:
        UserError: it is not installed, or was built for another version of Python.
    """
    folder = next((folder for folder in _folders() if (folder / "uno.py").is_file()), None)
    if folder is None:
        raise UserError(f"没有找到连接 LibreOffice 用的 uno 模块，{_INSTALL}")
    check_version(folder, sys.version_info[1])
    try:
        for name in ("uno", "unohelper"):
            _load(name, folder / f"{name}.py")
    except (ImportError, OSError) as error:
        raise UserError(f"连接 LibreOffice 用的 uno 模块不能用（{error}），{_INSTALL}") from error
    return cast("Uno", sys.modules["uno"])


def _folders() -> Iterator[Path]:
    yield from map(Path, _SYSTEM)
    version = f"python3.{sys.version_info[1]}"
    yield from (Path(f"/usr/lib64/{version}/site-packages"), Path(f"/usr/lib/{version}/site-packages"))
    if program := find_soffice():
        yield program.resolve().parent


def check_version(folder: Path, minor: int) -> None:
    """Refuse a module built for another Python than 3.``minor``: loading it could end this process.

    Raises:
        UserError: it was built for another version.
    """
    program = find_soffice()
    near = [folder, *([program.resolve().parent] if program else [])]
    library = next((one for place in near for one in [place / "libpyuno.so"] if one.is_file()), None)
    found = _BUILT_FOR.search(library.read_bytes()) if library else None
    if found and int(found[1]) != minor:
        raise UserError(
            f"LibreOffice 的 Python 接口是为 Python 3.{int(found[1])} 编译的，现在运行的是 Python 3.{minor}，"
            f"请用 Python 3.{int(found[1])} 运行本程序。"
        )


def _load(name: str, file: Path) -> None:
    if name in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise


class NotListeningError(Exception):
    """No LibreOffice answers at an address."""


def connect(address: str) -> UnoDesktop:
    """Return the desktop of a LibreOffice that listens, such as at ``pipe,name=perf-excel``.

    Raises:
        NotListeningError: none does.
        UserError: the module uno cannot be used.
    """
    context = uno().getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    try:
        remote = resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")
        desktop = remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
    except Exception as error:  # UNO's exceptions are made at run time
        raise NotListeningError(address) from error
    return cast("UnoDesktop", desktop)


def properties(**values: object) -> tuple[Any, ...]:
    """Return UNO's way of named arguments."""
    made: list[Any] = []
    for name, value in values.items():
        one = uno().createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)
