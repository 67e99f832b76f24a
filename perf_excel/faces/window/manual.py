"""The manual as the window needs it (随程序的文档): what each check is about, what is new, pictures."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from perf_excel.rules.rulesets.severities import USUAL

_SECTION = re.compile(r"^### (\w+) .*$", re.MULTILINE)
_ROW = re.compile(r"^\| (\w+) \| ([^|]+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
_ADVICE = re.compile(r"^- (怎么办：.*)$", re.MULTILINE)
_ASIDE = re.compile(r"（[^（）`]*`[^（）]*）")
_CODE = re.compile(rf"(?<![\w-])(?:{'|'.join(USUAL)})(?![\w-])")
_MARKS = re.compile(r"\*\*|\[([^\[\]]*)\]\([^()]*\)")


def docs_folder() -> Path:
    """Return the folder of the documents that the window shows: in the package, or in a checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "docs"
    return inside if inside.is_dir() else package.parent / "docs"


def news_file() -> Path:
    """Return the list of what is new in each version."""
    inside = docs_folder() / "CHANGELOG.md"
    return inside if inside.is_file() else docs_folder().parent / "CHANGELOG.md"


@cache
def check_help(code: str) -> tuple[str, ...]:
    """Say what a check looks at and what to do about it; nothing where the document does not know it."""
    text = read(docs_folder() / "检查项一览.md")
    lines = [
        f"“{name.strip()}”查什么：{without_commands(plain(what))}"
        for own, name, what in _ROW.findall(text)
        if own == code
    ]
    parts = _SECTION.split(text)
    for own, section in zip(parts[1::2], parts[2::2], strict=True):
        if own == code:
            lines += [told for one in _ADVICE.findall(section) if (told := without_commands(plain(one)))]
    return tuple(lines)


def without_commands(text: str) -> str:
    """Return a text without the sentences that tell of commands and files of the program's own."""
    text = _ASIDE.sub("", text)
    kept = [one for one in re.split(r"(?<=[。；])", text) if "`" not in one]
    return "".join(kept).rstrip("；")


def plain(text: str) -> str:
    """Return a line without its marks of bold and of links, and with checks by their names."""
    text = _MARKS.sub(lambda found: found[1] or "", text).strip()
    return _CODE.sub(lambda found: f"“{USUAL[found[0]].title}”", text)


def read(path: Path) -> str:
    """Return a document; nothing where it is not there: a package without documents still works."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
