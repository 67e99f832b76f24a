"""The pieces of a Windows Python (所需部件): fetched with pinned versions and hashes, and unpacked."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
INTERPRETER = HERE / "interpreter.txt"
"""The official CPython for Windows, as a package of another project carries it."""
WHEELS = HERE / "wheels.txt"
"""What the program and its making need, for Windows."""
SIGNER = "Python Software Foundation"


class PieceError(Exception):
    """A piece is not what it should be."""


def interpreter(folder: Path) -> Path:
    """Fetch and unpack a Windows Python with everything that the program needs; return its python.exe.

    Raises:
        PieceError: it is not signed by those who make it.
    """
    downloads = folder / "downloads"
    _fetch(INTERPRETER, downloads, "--no-binary=:all:")
    _fetch(WHEELS, downloads, "--only-binary=:all:", "--platform=win_amd64", "--python-version=3.11")
    with tarfile.open(next(downloads.glob("*.tar.gz"))) as archive:
        inner = archive.extractfile(next(name for name in archive.getnames() if name.endswith("/data.zip")))
        if inner is None:
            raise PieceError(f"{INTERPRETER.name}：里面没有 data.zip 这个文件")
        data = downloads / "data.zip"
        with inner, data.open("wb") as out:
            shutil.copyfileobj(inner, out)
    with zipfile.ZipFile(data) as archive:
        archive.extractall(folder / "python")  # noqa: S202  (its hash is pinned)
    program = next((folder / "python").glob("*/python.exe"))
    for signed in (program, next(program.parent.glob("python3??.dll"))):
        _check_signature(signed)
    packages = program.parent / "Lib" / "site-packages"
    for wheel in sorted(downloads.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(packages)  # noqa: S202  (likewise)
    for data in packages.glob("*.data/*lib"):
        for part in data.iterdir():
            part.rename(packages / part.name)
    for library in packages.glob("pywin32_system32/*.dll"):
        library.rename(program.parent / library.name)
    return program


def _fetch(requirements: Path, folder: Path, *options: str) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "-qqq", "--no-deps", "--require-hashes"),
            *("--disable-pip-version-check", "--dest", str(folder), *options, "-r", str(requirements)),
        ],
        check=True,
    )


def _check_signature(file: Path) -> None:
    """Look at who signed a program, and whether it is as it was when it was signed.

    Raises:
        PieceError: it was signed by somebody else, or changed.
    """
    said = subprocess.run(
        ["osslsigncode", "verify", "-in", str(file)], capture_output=True, text=True, check=False
    ).stdout
    digests = re.findall(r"(?:Current|Calculated) message digest +: ([0-9A-F]+)", said)
    if len(set(digests)) != 1 or len(digests) < 2 or SIGNER not in said:
        raise PieceError(f"{file.name}：不是 {SIGNER} 签名的原件：\n{said[-2000:]}")
