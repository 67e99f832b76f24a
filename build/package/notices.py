"""Whose work the packaged program contains (第三方许可): every library with its licence."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LGPL = ROOT / "build" / "package" / "licences" / "LGPL-2.1.txt"
FOLDER = "第三方许可"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_TEXT = re.compile(r"(?:licen[cs]e|copying|notice|copyright)", re.IGNORECASE)
NOTE = """本程序（MIT 许可）使用下列程序库，各依其许可。有许可全文的，在本文件夹里。

docxtpl 依 LGPL-2.1-only 许可使用：未经修改，全文见 LGPL-2.1.txt，源代码以 .py 文件放在程序文件夹的
_internal/docxtpl 里，可以用自己修改的版本替换；也可从 https://github.com/elapouya/python-docx-template 取得。

"""


def write_notices(folder: Path) -> list[str]:
    """Write the notices beside the program, and return the names of the libraries."""
    target = folder / FOLDER
    target.mkdir()
    shutil.copy(LGPL, target / LGPL.name)
    lines: list[str] = []
    for one in sorted(libraries(), key=lambda each: each.name.lower()):
        licence = _said(one, "License-Expression") or _classified(one) or _said(one, "License")
        lines.append(f"{one.name} {one.version}  {licence or '见其许可全文'}")
        for file in one.files or ():
            # xlwings.pro is never shipped, so its licence is none of ours.
            if ".dist-info" in str(file) and _TEXT.match(file.name) and "_PRO" not in file.name:
                text = Path(str(file.locate()))
                shutil.copy(text, target / f"{one.name}-{file.name}")
    (target / "说明.txt").write_text(NOTE + "\n".join(lines) + "\n", encoding="utf-8")
    return lines


def libraries() -> Iterator[Distribution]:
    """Yield what the program needs to run, and what that needs, where it is installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted, seen = list(project["dependencies"]), set[str]()
    while wanted:
        requirement = wanted.pop()
        found = _NAME.match(requirement)
        if found is None or "extra ==" in requirement or found[0].lower() in seen:
            continue
        seen.add(found[0].lower())
        try:
            one = distribution(found[0])
        except PackageNotFoundError:
            continue  # for another system only
        yield one
        wanted += one.requires or []


def _said(one: Distribution, field: str) -> str:
    """The first line of what a library says of itself."""
    return next(iter((one.metadata.get_all(field) or [""])[0].splitlines()), "")


def _classified(one: Distribution) -> str:
    """The licence by the classifiers of a library."""
    every = one.metadata.get_all("Classifier") or []
    return "、".join(each.rpartition(" :: ")[2] for each in every if each.startswith("License ::"))
