"""Texts that tempt a pattern (正则表达式) to go back: what nearly matches, many times over, then not."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any
from xml.parsers import expat

Fill = Callable[[int], str]
"""Makes a text of a given size."""
Pattern = re.Pattern[Any]

_parser: Any = importlib.import_module("re._parser")
_CATEGORIES = {
    "DIGIT": "7",
    "NOT_DIGIT": "甲",
    "SPACE": " ",
    "NOT_SPACE": "甲",
    "WORD": "甲",
    "NOT_WORD": "(",
}
_OTHERS = "甲x(7\0"
Parsed = list[tuple[Any, Any]]


def one_of(members: Parsed) -> Iterator[str]:
    """A few characters of a set."""
    if str(members[0][0]) == "NEGATE":
        barred = set(members_of(members[1:]))
        yield from islice((other for other in _OTHERS if other not in barred), 2)
    else:
        yield from members_of(members)


def members_of(members: Parsed) -> Iterator[str]:
    for kind, value in members:
        match str(kind):
            case "LITERAL":
                yield chr(value)
            case "RANGE":
                yield chr(value[0])
                yield chr(value[1])
            case _:
                yield _CATEGORIES[str(value).removeprefix("CATEGORY_")]


def least(parsed: Parsed) -> str:
    """A shortest text that a part of a pattern matches, or nearly so."""
    return "".join(next(iter(spelled(kind, value)), "") for kind, value in parsed)


def spelled(kind: object, value: Any) -> Iterator[str]:
    """Short texts that one element of a pattern matches."""
    match str(kind):
        case "LITERAL":
            yield chr(value)
        case "NOT_LITERAL":
            yield next(other for other in _OTHERS if ord(other) != value)
        case "ANY":
            yield "甲"
        case "IN":
            yield from one_of(value)
        case "BRANCH":
            yield from map(least, value[1])
        case "SUBPATTERN":
            yield least(list(value[-1]))
        case "ATOMIC_GROUP":
            yield least(list(value))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            yield least(list(value[2])) * value[0]
        case _:
            yield ""


def bodies(parsed: Parsed) -> Iterator[str]:
    """Texts that repeat what is repeated: each way that the body begins, and the body as a whole."""
    yield least(parsed)
    for kind, value in parsed:
        match str(kind):
            case "SUBPATTERN" | "ATOMIC_GROUP":
                yield from bodies(list(value[-1] if str(kind) == "SUBPATTERN" else value))
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                yield from bodies(list(value[2]))
            case "BRANCH":
                for branch in value[1]:
                    yield from bodies(list(branch))
            case _:
                yield from spelled(kind, value)


def repetitions(parsed: Parsed, before: str = "") -> Iterator[tuple[str, str]]:
    """What stands before each repetition of a pattern without a limit, and what may be repeated."""
    for kind, value in parsed:
        match str(kind):
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                if value[1] > 100:
                    yield from ((before, body) for body in dict.fromkeys(bodies(list(value[2]))) if body)
                yield from repetitions(list(value[2]), before)
            case "SUBPATTERN":
                yield from repetitions(list(value[-1]), before)
            case "ATOMIC_GROUP":
                yield from repetitions(list(value), before)
            case "ASSERT" | "ASSERT_NOT":
                yield from repetitions(list(value[1]), before)
            case "BRANCH":
                for branch in value[1]:
                    yield from repetitions(list(branch), before)
            case _:
                pass
        before += next(iter(spelled(kind, value)), "")


KINDS = (
    *(
        " ",
        "\n",
        "\u3000",
        "(",
        "（",
        "()",
        "（）",
        "7",
        "７",
        "a",
        "指",
        "标",
        "-",
        ".",
        "*",
        "…",
        "\0",
        "<",
        "%",
    ),
    *(
        "指标1",
        "项目",
        "完成",
        "1,",
        "7.",
        " \n",
        "(7",
        "年度",
        "目标",
        "一、",
        "\"'",
        "<a ",
        "$A$1",
        "指标(甲)",
    ),
)
"""What a cell may be full of."""


XML = (
    *(
        "<a/>",
        '<a b="c"/>',
        "<a>7</a>",
        "<a><b>7</b></a>",
        '<c r="A1"/>',
        '<c r="A1" s="1"><f>A1</f><v>7</v></c>',
    ),
    *("<row><c/></row>", "<si><t>7</t></si>", "&#48;", "&amp;", "<f/>", '<xf a="numFmtId"/>', "<a ></a >"),
    *(
        '<mergeCell ref="A1:B2"/>',
        '<mergeCell b="ref"/>',
        "<brk></brk>",
        "<x:row></x:row>",
        "<font><b/></font>",
    ),
)
"""What a part of a workbook may be full of."""


def documents() -> Iterator[Fill]:
    """Ways to fill a part of a workbook: checked to be well-formed before any pattern sees it."""
    for kind in XML:
        yield lambda size, kind=kind: kind * (size // len(kind))
    for name in ("c", "row", "f", "si", "xf", "mergeCell", "a"):
        yield lambda size, name=name: f"<{name}>" * (size // 9) + f"</{name}>" * (size // 9)
        yield lambda size, name=name: f"<{name} " + " ".join(f'r{n}="A1"' for n in range(size // 10)) + "/>"
        yield lambda size, name=name: f'<{name} r="' + "a= '" * (size // 4) + '"/>'
        yield lambda size, name=name: f"<{name}" + " " * size + 'r="A1"' + " " * size + "/>"
        yield lambda size, name=name: f"<{name}>" + "/ >" * (size // 3) + f"</{name}>"
        yield lambda size, name=name: f"<{'x' * size}:{name}/>"


@lru_cache(maxsize=4096)
def well_formed(text: str) -> bool:
    try:
        expat.ParserCreate().Parse(f"<root>{text}</root>".encode(), True)  # noqa: FBT003  (by position only)
    except (expat.ExpatError, ValueError):
        return False
    return True


def texts(pattern: Pattern) -> Iterator[Fill]:
    """Ways to fill a cell, or a part of a workbook, of a given size."""
    of_xml = isinstance(pattern.pattern, bytes)
    yield from documents() if of_xml else ()
    for kind in KINDS:
        yield lambda size, kind=kind: (kind * size)[:size]
    source: str | bytes = pattern.pattern
    written = source.decode("latin-1") if isinstance(source, bytes) else source
    parsed = _parser.parse(written, pattern.flags & ~re.UNICODE)
    for before, body in dict.fromkeys(repetitions(list(parsed))):
        yield lambda size, before=before, body=body: (before + body * size)[: size - 1] + "\0"
        yield lambda size, text=before + body: (text * size)[:size]
        if before:
            yield lambda size, text=before: (text * size)[:size]
