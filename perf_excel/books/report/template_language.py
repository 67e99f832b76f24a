"""What a report template may say in its tags (模板标签): a small part of Jinja that always comes to an end.

A template comes from anybody. Its tags may name what the report knows, go through a list, and leave something
out; nothing is called, calculated or set, so a template can do no more than repeat what the form says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_LOOPS = 3
"""Loops within loops: 一级指标, 二级指标, 指标."""
LOOP_FIELDS = ("first", "last", "index", "index0", "length")


class TagError(ValueError):
    """A tag that a template cannot have, said in Chinese."""


def environment(finalize: Callable[[object], str]) -> ImmutableSandboxedEnvironment:
    """Return where templates are read: every one is held against the language first.

    Args:
        finalize: what is written for a value.
    """
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Environment(ImmutableSandboxedEnvironment):
        """Reads only templates that are within the language."""

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            found = super()._parse(source, name, filename)
            confine(found)
            return found

    made = Environment(autoescape=True, finalize=finalize, undefined=StrictUndefined)
    made.globals.clear()
    made.filters.clear()
    return made


def confine(tree: nodes.Node, loops: int = 0) -> None:
    """Refuse what is not within the language.

    Raises:
        TagError: the first thing that is not.
    """
    from jinja2 import nodes

    allowed = (
        nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If, nodes.For,
        nodes.Not, nodes.And, nodes.Or, nodes.Const, nodes.Compare, nodes.Operand,
    )  # fmt: skip
    if not isinstance(tree, allowed):
        raise TagError(f"不能用“{_KINDS.get(type(tree).__name__, type(tree).__name__)}”")
    if isinstance(tree, nodes.Getattr) and tree.attr.startswith("_"):
        raise TagError(f"不能用“{tree.attr}”")
    if isinstance(tree, nodes.Operand) and tree.op not in ("eq", "ne"):
        raise TagError("比较只能用 == 和 !=")
    if isinstance(tree, nodes.For):
        loops += 1
        plainly = isinstance(tree.iter, (nodes.Name, nodes.Getattr)) and isinstance(tree.target, nodes.Name)
        if not plainly or tree.test is not None or tree.recursive:
            raise TagError("循环只能写成“for 项 in 列表”")
        if loops > MOST_LOOPS:
            raise TagError(f"循环套循环超过 {MOST_LOOPS} 层")
    for child in tree.iter_child_nodes():
        confine(child, loops)


_KINDS = {
    "Call": "函数调用", "Filter": "过滤器 |", "Test": "is", "Assign": "set", "AssignBlock": "set",
    "Macro": "macro", "CallBlock": "call", "FilterBlock": "filter", "With": "with", "Include": "include",
    "Import": "import", "FromImport": "import", "Extends": "extends", "Block": "block", "Getitem": "[ ]",
    "Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "Neg": "-",
    "Concat": "~", "List": "[ ]", "Tuple": "( )", "Dict": "{ }", "Slice": "[:]",
    "ScopedEvalContextModifier": "autoescape",
}  # fmt: skip
"""What people call the nodes of Jinja that are refused."""


def names_in(tree: nodes.Node, known: Mapping[str, object]) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the names in a template: the line, and what.

    Args:
        tree: a template within the language.
        known: what may be named: a list of mappings for a list of things, a mapping for one, else a value.
    """
    from jinja2 import nodes

    if isinstance(tree, nodes.For):
        yield from ((tree.lineno, what) for what in _problems(tree.iter, known))
        found = _meant(tree.iter, known)
        if found is not None and not isinstance(found, list):
            yield tree.lineno, f"“{_written(tree.iter)}”不是列表，不能循环"
        item = cast("list[object]", found)[0] if isinstance(found, list) else ""
        inside: dict[str, object] = {
            **known,
            cast("nodes.Name", tree.target).name: item,
            "loop": dict.fromkeys(LOOP_FIELDS, ""),
        }
        for part in tree.body:
            yield from names_in(part, inside)
        for part in tree.else_:
            yield from names_in(part, known)
    elif isinstance(tree, (nodes.Name, nodes.Getattr)):
        yield from ((tree.lineno, what) for what in _problems(tree, known))
    elif isinstance(tree, nodes.Output):
        for part in tree.nodes:
            yield from names_in(part, known)
            if isinstance(part, (nodes.Name, nodes.Getattr)) and isinstance(
                _meant(part, known), (list, dict)
            ):
                yield part.lineno, f"“{_written(part)}”是列表，请用“for 项 in {_written(part)}”逐项写出"
    else:
        for part in tree.iter_child_nodes():
            yield from names_in(part, known)


def _written(tree: nodes.Node) -> str:
    from jinja2 import nodes

    if isinstance(tree, nodes.Getattr):
        return f"{_written(tree.node)}.{tree.attr}"
    return tree.name if isinstance(tree, nodes.Name) else "…"


def _meant(tree: nodes.Node, known: Mapping[str, object]) -> object:
    """What a name stands for, None where it is not known."""
    from jinja2 import nodes

    if isinstance(tree, nodes.Name):
        return known.get(tree.name)
    if isinstance(tree, nodes.Getattr):
        whole = _meant(tree.node, known)
        return cast("dict[str, object]", whole).get(tree.attr) if isinstance(whole, dict) else None
    return ""


def _problems(tree: nodes.Node, known: Mapping[str, object]) -> Iterator[str]:
    """What is wrong with a name: the first part of it that is not known."""
    from jinja2 import nodes

    if isinstance(tree, nodes.Getattr):
        first = next(_problems(tree.node, known), None)
        if first is not None:
            yield first
        elif _meant(tree, known) is None:
            yield f"“{_written(tree.node)}”没有“{tree.attr}”这一项"
    elif isinstance(tree, nodes.Name) and tree.name not in known:
        yield f"不认识“{tree.name}”"
