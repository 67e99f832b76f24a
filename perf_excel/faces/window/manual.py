"""The manual as the window needs it (随程序的文档): what each check is about, what is new, pictures."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_SECTION = re.compile(r"^### (\w+) .*$", re.MULTILINE)
_ROW = re.compile(r"^\| (\w+) \| ([^|]+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
_ADVICE = re.compile(r"^- (怎么办：.*)$", re.MULTILINE)
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
    text = _read(docs_folder() / "检查项一览.md")
    lines = [
        f"“{name.strip()}”查什么：{_plain(what)}" for own, name, what in _ROW.findall(text) if own == code
    ]
    parts = _SECTION.split(text)
    for own, section in zip(parts[1::2], parts[2::2], strict=True):
        if own == code:
            lines += [told for one in _ADVICE.findall(section) if (told := without_commands(_plain(one)))]
    return tuple(lines)


def without_commands(text: str) -> str:
    """Return a text without the sentences that tell of commands and files of the program's own."""
    kept = [one for one in re.split(r"(?<=[。；])", text) if "`" not in one]
    return "".join(kept).rstrip("；")


def _plain(text: str) -> str:
    return _MARKS.sub(lambda found: found[1] or "", text).strip()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""  # a package without documents still works
