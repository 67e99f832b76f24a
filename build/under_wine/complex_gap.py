"""A gap of Wine closed (补上 Wine 缺的函数): complex numbers, which its C library names and does not have.

numpy asks for them when it is loaded, and pandas stands on it. A library of Wine's own name passes everything
on to Wine's, renamed, but these: they come from mingw's mathematics. Nothing of it is in what is built.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

COMPILER = "x86_64-w64-mingw32-gcc"
_LISTER = "x86_64-w64-mingw32-objdump"
_RENAMED = "ucrtwine"
_REAL = ("creal", "cimag", "carg", "cabs")
_OTHERS = ("cexp", "clog", "csqrt", "csin", "ccos", "ctan", "csinh", "ccosh", "ctanh", "casin", "cacos")
_MORE = ("catan", "casinh", "cacosh", "catanh", "conj", "cproj")
_KINDS = {"": ("double", ""), "f": ("float", "f"), "l": ("double", "")}
"""Ending → the type of C, and the ending of mingw's function: Microsoft's long double is a double."""


def close_gap(system: Path, work: Path) -> None:
    """Put the library into a Windows folder of system libraries."""
    theirs = system / "ucrtbase.dll"
    renamed = system / f"{_RENAMED}.dll"
    renamed.write_bytes(theirs.read_bytes())
    written = {
        f"{name}{ending}": _function(name, ending)
        for name in (*_REAL, *_OTHERS, *_MORE, "cpow")
        for ending in _KINDS
    }
    source, exports = work / "complex.c", work / "complex.def"
    source.write_text("#include <complex.h>\n" + "\n".join(written.values()))
    lines = [f"{name}=our_{name}" for name in written]
    lines += [f"{name}={_RENAMED}.{name}" for name in _exported(renamed) if name not in written]
    exports.write_text("LIBRARY ucrtbase.dll\nEXPORTS\n" + "\n".join(lines))
    subprocess.run(
        [COMPILER, "-O1", "-w", "-shared", "-static-libgcc", "-o", str(theirs), str(source), str(exports)],
        check=True,
    )


def _function(name: str, ending: str) -> str:
    kind, theirs = _KINDS[ending]
    result = kind if name in _REAL else f"{kind} complex"
    if name == "cpow":
        both = f"{kind} complex a, {kind} complex b"
        return f"{result} our_{name}{ending}({both}) {{ return {name}{theirs}(a, b); }}"
    return f"{result} our_{name}{ending}({kind} complex z) {{ return {name}{theirs}(z); }}"


def _exported(library: Path) -> list[str]:
    """The names that a library exports."""
    said = subprocess.run([_LISTER, "-p", str(library)], capture_output=True, text=True, check=True).stdout
    table = said.partition("[Ordinal/Name Pointer] Table")[2]
    return re.findall(r"^\s*\[ *\d+\].* (\S+)$", table, re.MULTILINE)
