"""No sentence that the window may show names a command, an option or a variable of the surroundings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import perf_excel
from perf_excel.faces.arguments import parser

PACKAGE = Path(perf_excel.__file__).parent
COMMANDS = "|".join(next(action.choices for action in parser()._actions if action.choices))
TECHNICAL = re.compile(
    rf"--[a-z]|PERF_EXCEL_\w+|(?:用|以) (?:{COMMANDS})\b"
    rf"|(?<![\w“./-])(?:{COMMANDS})(?: [a-z-]+)? ?(?:命令|收|写|生成|导出|[、，（。])"
)
CHINESE = re.compile("[\u4e00-\u9fff]")
FOR_COMMANDS = (
    "commands",
    "arguments",
    "cli",
    "speaking",
    "argparse",
    "demo_words",
    "template_words",
    "budget_words",
)
"""How the modules of the command line's own face end."""
ONLY_BY_COMMAND = ("workers",)
"""Modules of what the window does not offer: several machines."""


def sentences(tree: ast.AST) -> Iterator[str]:
    """Chinese texts of a module, other than docstrings and what is said by command alone."""
    aside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            aside.add(id(node.value))
        if isinstance(node, ast.keyword) and node.arg == "by_command":
            aside.update(id(part) for part in ast.walk(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.value


MODULES = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if not (path.parent.name == "faces" and path.stem.endswith(FOR_COMMANDS))
    and path.stem not in ONLY_BY_COMMAND
]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_sentence_names_a_command(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    found = [text for text in sentences(tree) if CHINESE.search(text) and TECHNICAL.search(text)]
    assert found == []


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "faces" / "window").rglob("*.py")), ids=lambda path: path.stem
)
def test_the_window_shows_no_sign_that_a_chinese_windows_may_lack(path: Path) -> None:
    """What is not in GBK is a small box in some of its fonts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    lacking = {sign for text in said if isinstance(text, str) for sign in text if not _in_gbk(sign)}
    assert lacking == set()


def _in_gbk(sign: str) -> bool:
    return sign.encode("gbk", "ignore") != b""
