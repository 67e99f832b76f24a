"""No pattern (正则表达式) of the program costs more than its text is long: a cell holds 32,767 characters.

Every pattern is found by walking the modules and their sources, and tried on texts of every kind, and on those
that its own repetitions invite: what nearly matches, over and over, and then does not.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import islice
from typing import Any, NamedTuple, cast
from xml.parsers import expat

import pytest
from test_structure import MODULES

from perf_excel.sheets.finding import labels

CELL = 32_767
"""Characters that a cell may hold."""
SIZES = (*range(16, 41, 4), 64, 128, 256, 512, 1024, 2048, 4096, 8192, CELL)
"""Rising slowly at first: a pattern that takes twice as long for each character is caught before it hangs."""
SECONDS = 0.25
"""Processor time for a whole cell. A linear pattern takes a tenth of it; a quadratic one twice as much."""
CHEAP = SECONDS / 50
"""What costs less than this at a quarter of a cell is not tried at all of it: it is not quadratic."""


def made_by(place: str, *arguments: object) -> object:
    """What a function that puts patterns together returns."""
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(f"perf_excel.{module}"), name)(*arguments)


PUT_TOGETHER: Mapping[str, Callable[[str], object]] = {
    "books.xlsx.borrowed_style:_is_plain": lambda _: re.compile(rb"<(?:b|i|u|strike)[\s/>]"),
    "books.xlsx.editing:_patterns": lambda place: made_by(place, b""),
    "books.xlsx.growth.growing:_mention": lambda place: made_by(place, "表1"),
    "books.xlsx.growth.inserting:_tokens": lambda place: made_by(place, b""),
    "books.xlsx.growth.merging:_merge": lambda place: made_by(place, b""),
    "books.xlsx.markup:elements": lambda place: made_by(place, b"", b"a"),
    "books.xlsx.markup:tags": lambda place: made_by(place, b"", b"a|b"),
    "books.xlsx.number_formats:_style": lambda place: made_by(place, b""),
    "books.xlsx.shared_strings:_item": lambda place: made_by(place, b""),
    "books.xlsx.sheetxml:_patterns": lambda place: made_by(place, b""),
    "books.xlsx.sheetxml:elements_start": lambda place: made_by(place, b""),
    "books.xlsx.splicing:_attribute": lambda place: made_by(place, b"r"),
    "rules.checks.meaning:_ending": lambda place: made_by(place, ("未完成", "无法")),
    "rules.scoring.numeric:_ceilings": lambda place: made_by(place, ("控制", "不超过")),
    "sheets.finding.labels:roles": lambda place: [
        made_by(place, base, {}) for base in (labels.INDICATOR, labels.BUDGET)
    ],
}
"""Functions whose patterns stand in no module and no source: an example of what they return."""
ROLES = "sheets.finding.labels:roles"
"""Its patterns are held against whole labels."""
NOT_OF_CELLS = frozenset({"faces.chinese_argparse:error", "sheets.finding.header:_span"})
"""Patterns tried on our own words, or on labels that are short by then."""

Pattern = re.Pattern[Any]
FROM_START = frozenset({"match", "fullmatch", "__contains__"})
"""Ways to use a pattern that try it once; all others try it at every place of a text."""
ALL_WAYS = frozenset({"fullmatch", "sub"})


def patterns_in(value: object, seen: set[int]) -> Iterator[Pattern]:
    """The patterns that a value holds, however deep."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield cast("Pattern", value)
    elif isinstance(value, Mapping):
        for key, one in cast("Mapping[object, object]", value).items():
            yield from patterns_in(key, seen)
            yield from patterns_in(one, seen)
    elif isinstance(value, tuple | list | set | frozenset):
        for one in cast("Iterable[object]", value):
            yield from patterns_in(one, seen)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from patterns_in(getattr(value, field.name, None), seen)


TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def calls_of_re(module: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function of ``re`` within a function, with the function's name."""
    for function in ast.walk(TREES[module]):
        if isinstance(function, ast.FunctionDef):
            for call in ast.walk(function):
                match call:
                    case ast.Call(func=ast.Attribute(value=ast.Name("re"), attr=name)) if name != "escape":
                        yield function.name, call
                    case _:
                        pass


def flags_of(call: ast.Call) -> re.RegexFlag:
    """The flags that a call gives by name."""
    named = {node.attr for node in ast.walk(call) if isinstance(node, ast.Attribute) and node.attr.isupper()}
    return re.RegexFlag(sum(getattr(re, name) for name in named))


def uses() -> Iterator[tuple[str, str, str]]:
    """Module, name and method of every use of a name; the method is empty where it is handed on."""
    for module, tree in TREES.items():
        methods = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for node in ast.walk(tree):
            match node:
                case ast.Name(name, ast.Load()) | ast.Attribute(attr=name):
                    yield module, name, methods.get(id(node), "")
                case _:
                    pass


USES = list(uses())


def ways(module: str, name: str) -> frozenset[str]:
    """How a pattern of a module is used: from the start of a text only, or anywhere in it."""
    used = {how for where, what, how in USES if what == name and (where == module or name[0] != "_")}
    return frozenset({"fullmatch"}) if used and used <= FROM_START else ALL_WAYS


class Tried(NamedTuple):
    """A pattern with how it is used."""

    module: str
    pattern: Pattern
    ways: frozenset[str]


def all_patterns() -> Iterator[Tried]:
    """Every pattern of the package, with the module it stands in."""
    seen: set[int] = set()
    for name in MODULES:
        short = name.removeprefix("perf_excel.")
        if name.endswith("__main__"):
            continue
        try:
            values = vars(importlib.import_module(name))
        except ImportError:  # of another system, or inside of LibreOffice
            values = {}
        for variable, value in values.items():
            for found in patterns_in(value, seen):
                yield Tried(short, found, ways(name, variable) if found is value else ALL_WAYS)
        for _, call in calls_of_re(name):
            match call:
                case ast.Call(
                    func=ast.Attribute(attr=how), args=[ast.Constant(str() | bytes() as written), *_]
                ):
                    only = frozenset({"fullmatch"}) if how in FROM_START else ALL_WAYS
                    yield Tried(short, re.compile(written, flags_of(call)), only)
                case _:
                    pass
    for place, example in PUT_TOGETHER.items():
        for found in patterns_in(example(place), seen):
            only = frozenset({"fullmatch"}) if place in ROLES else ALL_WAYS
            yield Tried(place.partition(":")[0], found, only)


PATTERNS = {(tried.module, tried.pattern.pattern, tried.ways): tried for tried in all_patterns()}


def test_every_pattern_is_known() -> None:
    """What a function puts together has an example here, and the example is still needed."""
    put_together = {
        f"{name.removeprefix('perf_excel.')}:{function}"
        for name in MODULES
        for function, call in calls_of_re(name)
        if not isinstance(call.args[0], ast.Constant)
    }
    assert put_together == {*PUT_TOGETHER, *NOT_OF_CELLS}
    assert len(PATTERNS) > 100


# --- texts that a pattern invites ---------------------------------------------------------------------------

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


def spelled(kind: object, value: Any) -> Iterator[str]:  # noqa: ANN401  (the parser's own)
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


def documents() -> Iterator[Callable[[int], str]]:
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


def well_formed(text: str) -> bool:
    try:
        expat.ParserCreate().Parse(f"<root>{text}</root>".encode(), True)  # noqa: FBT003  (by position only)
    except (expat.ExpatError, ValueError):
        return False
    return True


def texts(pattern: Pattern) -> Iterator[Callable[[int], str]]:
    """Ways to fill a cell, or a part of a workbook, of a given size."""
    of_xml = isinstance(pattern.pattern, bytes)
    yield from documents() if of_xml else ()
    for kind in KINDS:
        yield lambda size, kind=kind: (kind * size)[:size]
    source: str | bytes = pattern.pattern
    written = source.decode("latin-1") if isinstance(source, bytes) else source
    for before, body in dict.fromkeys(repetitions(list(_parser.parse(written, pattern.flags & ~re.UNICODE)))):
        for fill in (
            lambda size, before=before, body=body: (before + body * size)[: size - 1] + "\0",
            lambda size, before=before, body=body: ((before + body) * size)[:size],
            lambda size, before=before: (before * size)[:size],
        ):
            if fill(9):
                yield fill


def tried(pattern: Pattern, ways: frozenset[str], text: str) -> float:
    """The processor time that a pattern takes at worst, as it is used."""
    given: Any = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    nothing: Any = b"" if isinstance(pattern.pattern, bytes) else ""
    start = time.thread_time()
    if "sub" in ways:
        pattern.sub(nothing, given)
    middle = time.thread_time()
    pattern.fullmatch(given)
    return max(middle - start, time.thread_time() - middle)


def slow_on(pattern: Pattern, ways: frozenset[str] = ALL_WAYS) -> str | None:
    """The text on which a pattern takes too long, if there is one."""
    for fill in texts(pattern):
        for size in SIZES:
            text = fill(size)
            if isinstance(pattern.pattern, bytes) and not well_formed(text):
                continue
            most = SECONDS * size / CELL + CHEAP
            took = tried(pattern, ways, text)
            if took > most and tried(pattern, ways, text) > most:  # not once, while the machine was busy
                return f"{took:.3f} s for {size} characters like {text[:20]!r} … {text[-5:]!r}"
            if size == SIZES[-2] and took < CHEAP:
                break
    return None


@pytest.mark.parametrize(
    "one", PATTERNS.values(), ids=[f"{one.module}-{number}" for number, one in enumerate(PATTERNS.values())]
)
def test_a_pattern_takes_no_longer_than_its_text(one: Tried) -> None:
    assert slow_on(one.pattern, one.ways) is None, one.pattern.pattern


@pytest.mark.parametrize("wrong", [r"\s*[\r\n]+\s*", r"\([^)]*\)", r"(?:甲|甲乙|乙)*丙", r"[^:]+\s*:\s*$"])
def test_a_pattern_that_goes_back_is_noticed(wrong: str) -> None:
    assert slow_on(re.compile(wrong))
