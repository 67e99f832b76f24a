"""No pattern (正则表达式) of the program costs more than its text is long: a cell holds 32,767 characters.

Every pattern is found by walking the modules and their sources, and tried on texts of every kind and on those
that its own repetitions invite: what nearly matches, over and over, and then does not.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple, cast

import pytest
from tempting import Pattern, texts, well_formed
from test_structure import MODULES

from perf_excel.sheets.finding import closing_words, column_words, money_words

CELL = 32_767
"""Characters that a cell may hold."""
SIZES = (*range(16, 41, 4), 64, 256, 1024, 8192, CELL)
"""Rising slowly at first: a pattern that takes twice as long for each character is caught before it hangs."""
SECONDS = 0.25
"""Processor time for a whole cell. A linear pattern takes a tenth of it; a quadratic one twice as much."""
CHEAP = SECONDS / 50
"""What costs less than this at a quarter of a cell is not tried at all of it: it is not quadratic."""


def member(place: str) -> Any:
    """What a name of a module means."""
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(f"perf_excel.{module}"), name)


def made_by(place: str, *arguments: object) -> object:
    """What a function that puts patterns together returns."""
    return member(place)(*arguments)


PUT_TOGETHER: Mapping[str, Callable[[str], object]] = {
    "books.xlsx.borrowed_style:_is_plain": lambda _: re.compile(rb"<(?:b|i|u|strike)[\s/>]"),
    "books.xlsx.cell_forms:_kept": lambda place: made_by(place, b""),
    "books.xlsx.found_cells:_patterns": lambda place: made_by(place, b""),
    "books.xlsx.moving.moving_parts:_mention": lambda place: made_by(place, "表1"),
    "books.xlsx.moving.moving_cells:_tokens": lambda place: made_by(place, b""),
    "books.xlsx.moving.merging:_merge": lambda place: made_by(place, b""),
    "books.xlsx.markup:elements": lambda place: made_by(place, b"", b"a"),
    "books.xlsx.markup:tags": lambda place: made_by(place, b"", b"a|b"),
    "books.xlsx.merged_areas:_merge": lambda place: made_by(place, b""),
    "books.xlsx.number_formats:_style": lambda place: made_by(place, b""),
    "books.xlsx.shared_strings:_item": lambda place: made_by(place, b""),
    "books.xlsx.percent_blanks:_blank": lambda place: made_by(place, b"", (9, 10)),
    "books.xlsx.cell_contents:_content": lambda place: made_by(place, b""),
    "books.xlsx.sheet_measures:_row_tag": lambda place: made_by(place, b""),
    "books.xlsx.cell_patterns:patterns": lambda place: made_by(place, b""),
    "books.xlsx.cell_patterns:_regular": lambda place: made_by(place, b"", b"A|B"),
    "books.xlsx.sheet_places:elements_start": lambda place: made_by(place, b""),
    "books.xlsx.splicing:_attribute": lambda place: made_by(place, b"r"),
    "faces.window.clerk_words:_patterns": made_by,
    "forms.likelihood:_named": lambda _: [
        re.compile(words) for _, words in member("forms.likelihood:_WORDS")
    ],
    "forms.likelihood:likelihoods": lambda _: [
        re.compile(member(f"forms.likelihood:{name}")) for name in ("_MARK", "_TICKED")
    ],
    "rules.checks.meaning:_ending": lambda place: made_by(place, ("未完成", "无法")),
    "rules.scoring.numeric:_ceilings": lambda place: made_by(place, ("控制", "不超过")),
    "sheets.reading.monitored:months_of": lambda _: [
        re.compile(words) for words, _ in member("sheets.reading.monitored:_PARTS")
    ],
    "sheets.finding.labels:any_of": lambda place: made_by(place, closing_words.TOTAL, closing_words.GRADE),
    "sheets.finding.labels:_in_one": lambda place: [
        made_by(place, base) for base in (column_words.INDICATOR, money_words.BUDGET)
    ],
}
"""Functions whose patterns stand in no module and no source: an example of what they return."""
LABELS = frozenset(
    f"perf_excel.sheets.finding.{name}"
    for name in ("labels", "around_words", "closing_words", "column_words", "money_words")
)
"""Their patterns are held against whole labels, also where they are handed on."""
NOT_OF_CELLS = frozenset(
    {
        "books.template.formulas.row_score:without_constants",
        "faces.chinese_argparse:error",
        "sheets.finding.choosing_columns:_span",
    }
)
"""Patterns tried on our own words and formulas, or on labels that are short by then."""

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
    if module in LABELS:
        used = used - {""} or {"fullmatch"}
    return frozenset({"fullmatch"}) if used and used <= FROM_START else ALL_WAYS


class Tried(NamedTuple):
    """A pattern with how it is used."""

    module: str
    pattern: Pattern
    ways: frozenset[str]


def all_patterns() -> Iterator[Tried]:
    """Every pattern of the package, with the module it stands in."""
    seen: set[int] = set()
    for name in sorted(MODULES, key=lambda one: one not in LABELS):  # each where it stands, not where it goes
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
            only = frozenset({"fullmatch"}) if f"perf_excel.{place.partition(':')[0]}" in LABELS else ALL_WAYS
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
