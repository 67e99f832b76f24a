"""The parts of a workbook beside its main one, each read when it is first asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from perf_excel.books.xlsx.cell_looks import Looks
from perf_excel.books.xlsx.markup import Markup
from perf_excel.books.xlsx.number_formats import number_formats
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import Relation, read_xml
from perf_excel.books.xlsx.rich_values import pictures
from perf_excel.books.xlsx.shared_strings import SharedStrings
from perf_excel.books.xlsx.zip_directory import MEGABYTE

SHEET_LIMIT = 200 * MEGABYTE
STRINGS_LIMIT = 128 * MEGABYTE
KEPT_SIZE = 4 * MEGABYTE
"""Larger sheets are read again each time rather than kept."""


class WorkbookParts:
    """The parts that the main part of a package names."""

    def __init__(self, package: Package, relations: Mapping[str, Relation]) -> None:
        self._package, self._relations = package, relations
        self._kept: dict[str, Markup] = {}

    def named(self, kind: str) -> str | None:
        """Return the name of the part of a kind; None where the workbook has none."""
        for relation in self._relations.values():
            if relation.kind == kind and relation.part in self._package:
                return relation.part
        return None

    def sheet(self, part: str) -> Markup:
        """Return the part of a sheet.

        Raises:
            UserError: it is damaged, unsafe or too large.
        """
        markup = self._kept.get(part)
        if markup is None:
            markup = read_xml(self._package, part, SHEET_LIMIT)
            # One workbook is often filled a thousand times over: the form's sheet need not be read again.
            if len(markup.data) <= KEPT_SIZE:
                self._kept[part] = markup
        return markup

    @cached_property
    def strings(self) -> SharedStrings:
        """The texts of its cells."""
        part = self.named("sharedStrings")
        markup = read_xml(self._package, part, STRINGS_LIMIT) if part else None
        return SharedStrings(markup, self._package.name)

    @cached_property
    def pictures(self) -> Collection[int]:
        """The numbers by which cells name a picture in place of a value."""
        return frozenset(pictures(self._package, self._relations))

    @cached_property
    def formats(self) -> list[str]:
        """The number formats of its cell styles."""
        part = self.named("styles")
        return number_formats(read_xml(self._package, part)) if part else []

    @cached_property
    def looks(self) -> Looks:
        """How its cells look."""
        part = self.named("styles")
        return Looks(read_xml(self._package, part) if part else None)
