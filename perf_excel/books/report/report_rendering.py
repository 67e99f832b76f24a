"""A report made from template and facts (报告生成): docxtpl fills in the tags, then figures become fields."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple, cast

from perf_excel.books.report.figure_fields import MARK, PlacedFigures, place_figures
from perf_excel.books.report.placed_blocks import place_blocks
from perf_excel.books.report.template_language import TagError, environment
from perf_excel.books.report.title_breaks import break_titles
from perf_excel.books.report.word_file import opened, saved
from perf_excel.books.report.word_spacing import with_line_spacing
from perf_excel.errors import UserError
from perf_excel.words.writing.report_facts import Block
from perf_excel.words.writing.report_figures import Figure, Words, one_line


class Rendered(NamedTuple):
    """A report as a file, the figures that stand in it by key, and the marks of what is to be filled in."""

    data: bytes
    figures: dict[str, Figure]
    to_fill: tuple[str, ...]


class _Said(str):
    """A figure, table or sentence as a template sees it: its text; ``meant`` is what it stands for."""

    __slots__ = ("meant",)
    meant: object


def render(
    template: bytes,
    name: str,
    facts: Mapping[str, object],
    where: Callable[[Figure], str],
    lines: Decimal | None = None,
) -> Rendered:
    """Return the report that a template makes of facts.

    Args:
        template: a document that is safe to open, whose tags were checked.
        name: the template's name, for messages.
        facts: what ``report_facts`` returns.
        where: where in the form a figure stands, in words for the clerk.
        lines: distance of lines in points, instead of the template's own.

    Raises:
        UserError: the template cannot be filled in.
    """
    placed = PlacedFigures(where)
    document = opened(_filled(template, name, facts, placed), name)
    place_blocks(document, placed)
    to_fill = place_figures(document, placed)
    break_titles(document)
    if lines is not None:
        with_line_spacing(document, lines)
    return Rendered(saved(document), placed.used, to_fill)


def _filled(template: bytes, name: str, facts: Mapping[str, object], placed: PlacedFigures) -> bytes:
    """Let the template engine fill in the template; figures are marked where they go.

    Raises:
        UserError: it cannot.
    """
    from docxtpl import DocxTemplate  # pyright: ignore[reportMissingTypeStubs]
    from jinja2 import TemplateError
    from lxml import etree

    reader = environment(lambda value: _mark(value, placed))
    filled = DocxTemplate(io.BytesIO(template))
    out = io.BytesIO()
    try:
        filled.render({key: _seen(value) for key, value in facts.items()}, reader, autoescape=True)
        filled.save(out)  # pyright: ignore[reportUnknownMemberType]
    except (
        TemplateError,
        TagError,
        etree.LxmlError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
    ) as error:
        # docxtpl has no error of its own for markup that it did not expect.
        what = str(error) if isinstance(error, TagError) else type(error).__name__
        raise UserError(
            f"{name}：模板填写不了（{what}），请",
            by_command=f"用 report check-template {name} 检查。",
            by_hand="检查其中的标签。",
        ) from None
    return out.getvalue()


def _seen(value: object) -> object:
    """Return facts as a template sees them."""
    if isinstance(value, dict):
        return {name: _seen(one) for name, one in cast("dict[str, object]", value).items()}
    if isinstance(value, list):
        return [_seen(one) for one in cast("list[object]", value)]
    if isinstance(value, Figure):
        text = value.text
    else:
        text = one_line(value) if isinstance(value, str) else "1" if value else ""
    said = _Said(text)
    said.meant = value
    return said


def _mark(value: object, placed: PlacedFigures) -> str:
    """Return what the template writes for a value: a mark for what is put in later, else its text."""
    meant = value.meant if isinstance(value, _Said) else value
    pieces = cast("Words", meant) if isinstance(meant, tuple) else (meant,)
    return "".join(
        MARK.format(placed.keep(one)) if isinstance(one, (Figure, Block)) else one_line(str(one))
        for one in pieces
    )
