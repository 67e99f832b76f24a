"""argparse in Chinese: headings, usage, and errors as one sentence with exit code 2."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from perf_excel.faces.speaking import complain

_ERRORS = (
    (r"the following arguments are required: (.*)", r"缺少必需的参数：\1"),
    (r"unrecognized arguments: (.*)", r"无法识别的参数：\1"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"没有 \2 这个\1，可用：\3"),
    (r"argument (.*?): expected one argument", r"\1 后面缺少一个值"),
    (r"argument (.*?): expected at least one argument", r"\1 后面至少要有一个值"),
    (r"argument (.*?): (应为.*)", r"\1 \2"),
)


class _Formatter(argparse.HelpFormatter):
    """Help with a Chinese usage line."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        super().add_usage(usage, actions, groups, prefix or "用法：")


class ChineseParser(argparse.ArgumentParser):
    """A parser whose every word is Chinese."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        super().__init__(add_help=False, formatter_class=_Formatter, allow_abbrev=False, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份帮助")

    def add_subparsers(self, **options: Any) -> Any:  # noqa: ANN401
        """Add commands; their usage names the program alone, not its Chinese usage line."""
        return super().add_subparsers(prog=self.prog, **options)

    def format_help(self) -> str:
        """Return the help, its headings with Chinese colons."""
        return re.sub(r"^(\S+):$", r"\1：", super().format_help(), flags=re.MULTILINE)

    def error(self, message: str) -> NoReturn:
        """Print one Chinese sentence and exit with 2."""
        for pattern, words in _ERRORS:
            if found := re.fullmatch(pattern, message):
                message = found.expand(words)
                break
        complain(f"命令有误，{message}；用 {self.prog} --help 查看用法。")
        raise SystemExit(2)
