"""What can be read in the window (帮助): topics of blocks, from the documents that come with the program."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from perf_excel import __version__
from perf_excel.faces.window.manual import check_help, docs_folder, news_file, plain, read, without_commands
from perf_excel.rules.rulesets.severities import USUAL

FIRST, CHECK, NEWS = "第一次用", "检查项：", "版本和更新"
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(([^()]+)\)")
_MOST_NEWS = 40


class Block(NamedTuple):
    """A paragraph, a line of a list, a heading, or a picture (its file)."""

    kind: Literal["head", "text", "item", "picture"]
    text: str


@cache
def topics() -> dict[str, tuple[Block, ...]]:
    """Return every topic by its title, in the order in which they are listed."""
    pages = _sections(read(docs_folder() / "窗口.md"))
    checks = {topic_of_check(usual.title): _check(code, usual.title) for code, usual in USUAL.items()}
    return {**pages, **checks, NEWS: _news()}


def _sections(text: str) -> dict[str, tuple[Block, ...]]:
    found: dict[str, list[Block]] = {}
    blocks: list[Block] = []
    for line in text.splitlines():
        if line.startswith("## "):
            title = line[3:].strip()
            blocks = found.setdefault(title, [Block("head", title)])
        elif picture := _PICTURE.fullmatch(line.strip()):
            blocks.append(Block("picture", str(docs_folder() / picture[2])))
        elif line.startswith("- "):
            blocks.append(Block("item", plain(line[2:])))
        elif line.strip():
            blocks.append(Block("text", plain(line)))
    return {title: tuple(blocks) for title, blocks in found.items()}


def _check(code: str, title: str) -> tuple[Block, ...]:
    return (Block("head", topic_of_check(title)), *(Block("text", line) for line in check_help(code)))


def _news() -> tuple[Block, ...]:
    """The latest version's part of the list of changes; what is about commands alone is left out."""
    lines = read(news_file()).splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("## ")]
    own = lines[starts[0] + 1 : starts[1] if len(starts) > 1 else None] if starts else []
    told = [without_commands(plain(line[2:])) for line in own if line.startswith("- ")]
    items = [Block("item", one) for one in told if one][:_MOST_NEWS]
    return (Block("head", f"版本 {__version__}"), *items)


def topic_of_check(title: str) -> str:
    """Return the topic that explains a check, by its name."""
    return f"{CHECK}{title}"


def picture_of(block: Block) -> Path | None:
    """Return a picture's file, None where it is not there."""
    path = Path(block.text)
    return path if block.kind == "picture" and path.is_file() else None
