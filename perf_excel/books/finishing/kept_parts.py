"""The parts that a finished form keeps (保留的部件): those its sheets lead to, of kinds known to stand alone.

Everything else goes, also what no sheet leads to: what cannot be named as harmless is not carried along.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from perf_excel.books.finishing.references import leads_only_to
from perf_excel.books.finishing.severing import sever, used
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import relations, relations_part
from perf_excel.books.xlsx.trees import local, parse, remove, written
from perf_excel.books.xlsx.zip_directory import part_key
from perf_excel.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TYPES = "[Content_Types].xml"
_PICTURES = frozenset({"image", "hdphoto"})
KINDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"officedocument"}),
    "officedocument": frozenset({
        "worksheet", "styles", "theme", "sharedstrings", "cellimage", "sheetmetadata", "rdrichvalue",
        "rdrichvaluestructure", "rdrichvaluetypes", "richvaluerel",
    }),
    "worksheet": frozenset({"drawing", "vmldrawing", "image", "hyperlink", "table"}),
    "drawing": _PICTURES | {
        "hyperlink", "chart", "chartex", "diagramdata", "diagramlayout", "diagramquickstyle",
        "diagramcolors", "diagramdrawing",
    },
    "chart": _PICTURES | {"chartstyle", "chartcolorstyle", "themeoverride", "chartusershapes"},
    "chartex": _PICTURES | {"chartstyle", "chartcolorstyle", "themeoverride"},
    **dict.fromkeys(
        (
            "vmldrawing", "theme", "themeoverride", "chartusershapes", "cellimage", "richvaluerel",
            "diagramdata", "diagramdrawing", "diagramlayout",
        ),
        _PICTURES,
    ),
    **dict.fromkeys(
        ("table", "sheetmetadata", "rdrichvalue", "rdrichvaluestructure", "rdrichvaluetypes"),
        frozenset[str](),
    ),
}  # fmt: skip
"""By the kind of a part the kinds that it may lead to."""
_IMPLICIT = frozenset({
    "officedocument", "styles", "theme", "sharedstrings", "cellimage", "sheetmetadata", "rdrichvalue",
    "rdrichvaluestructure", "rdrichvaluetypes", "richvaluerel", "chartstyle", "chartcolorstyle",
    "themeoverride", "diagramdrawing",
})  # fmt: skip
"""What belongs to a part by its relationship alone; of all others the part has to name the id."""

Clean = Callable[[str, "Element"], "list[str] | None"]
"""Called with a part's kind and tree, which it may change: the names of what went, None if all must go."""


class KeptParts:
    """The parts that stay, found from the package's root downwards."""

    def __init__(
        self, package: Package, trees: Mapping[str, Element], sheets: Collection[str], clean: Clean
    ) -> None:
        """Find them.

        Args:
            package: the workbook.
            trees: parts that were changed before, among them the main part and the sheets.
            sheets: the names of the sheets that stay.
            clean: changes every other part that can lead to more.
        """
        self._package = package
        self._names = {part_key(name): name for name in package.names}
        self._trees = {part_key(part): tree for part, tree in trees.items()}
        self._sheets = sheets
        self._clean = clean
        self._leads: dict[str, set[str]] = {}
        self._good: dict[str, bool] = {}
        self.parts: dict[str, bytes] = {}
        """The parts that are written anew."""
        self.gone: list[str] = []
        """The names of pictures, charts and shapes that could not stay."""
        self._follow("", "", None)
        self._stay = self._reached()
        self.parts = {part: content for part, content in self.parts.items() if self._stays(part)}
        self.parts[TYPES] = self._content_types()

    @property
    def dropped(self) -> set[str]:
        """The members of the package that go."""
        return {name for name in self._package.names if name != TYPES and not self._stays(name)}

    def _stays(self, member: str) -> bool:
        folder, file = posixpath.split(member)
        if posixpath.basename(folder) == "_rels" and file.lower().endswith(".rels"):
            of = posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])
            return bool(self._leads.get(part_key(of))) and (not of or part_key(of) in self._stay)
        return part_key(member) in self._stay

    def _reached(self) -> set[str]:
        """What is led to at the end: a picture may have gone with the group that it stood in."""
        reached: set[str] = set()
        todo = [""]
        while todo:
            for part in self._leads.get(todo.pop(), ()):
                if part and part not in reached:
                    reached.add(part)
                    todo.append(part)
        return reached

    def _keep(self, part: str, kind: str) -> bool:
        """Whether a part can stay, with what it leads to."""
        if part not in self._good:
            self._good[part] = True  # a part that leads back to itself
            self._good[part] = self._kept(part, kind)
        return self._good[part]

    def _kept(self, part: str, kind: str) -> bool:
        if part not in self._names:
            return False
        known = self._trees.get(part)
        if known is not None:
            self._follow(part, kind, known)
            self.parts[self._names[part]] = written(known)
        elif kind in KINDS:
            try:
                tree = parse(self._package, part)
            except UserError:
                return False
            before = written(tree)
            went = self._clean(kind, tree)
            if went is None:
                return False
            self.gone += went
            self._follow(part, kind, tree)
            if written(tree) != before:
                self.parts[self._names[part]] = written(tree)
        return True

    def _follow(self, part: str, kind: str, tree: Element | None) -> None:
        """Keep what a part leads to; take out of the part and its list what leads to nothing."""
        listed = relations_part(self._names.get(part, part))
        if listed not in self._package:
            if tree is not None:
                self.gone += sever(tree, ())
            return
        rels = parse(self._package, listed)
        found = relations(self._package, self._names.get(part, part))
        # Without a file a target is a place in the workbook (#自评表!A1).
        inside = {key: one for key, one in found.items() if part_key(one.part) in self._names}
        wanted = {
            entry.get("Id", ""): entry
            for entry in rels
            if local(entry) == "Relationship" and _kind(entry) in KINDS.get(kind, ())
        }
        # First what cannot stay in any case: shapes that go with it take their own relationships along.
        possible = {key for key, entry in wanted.items() if key in inside or self._leads_out(entry)}
        self._sever(tree, possible)
        good = {
            key
            for key in possible
            if self._is_named(wanted[key], tree)
            and (key not in inside or self._keep(part_key(inside[key].part), _kind(wanted[key])))
        }
        self._sever(tree, good)
        left = {key for key in good if self._is_named(wanted[key], tree)}
        remove([entry for entry in rels if entry.get("Id", "") not in left])
        self._leads[part] = {part_key(inside[key].part) if key in inside else "" for key in left}
        self.parts[listed] = written(rels)

    def _sever(self, tree: Element | None, kept: Collection[str]) -> None:
        if tree is not None:
            self.gone += sever(tree, kept)

    def _leads_out(self, entry: Element) -> bool:
        """Whether a link leads out of the workbook, or to a place that stays."""
        target = entry.get("Target", "")
        if target.startswith("#"):
            there = leads_only_to(unquote(target[1:]), self._sheets)
        else:
            there = bool(target) and entry.get("TargetMode") == "External"
        return there and _kind(entry) == "hyperlink"

    def _is_named(self, entry: Element, tree: Element | None) -> bool:
        return _kind(entry) in _IMPLICIT or tree is None or entry.get("Id", "") in used(tree)

    def _content_types(self) -> bytes:
        types = parse(self._package, TYPES)
        main = next((part for part in self._leads.get("", ()) if part), "")
        endings = {part.rpartition(".")[2] for part in self._stay} | {"rels", "xml"}
        for entry in list(types):
            part = part_key(entry.get("PartName", ""))
            if local(entry) == "Default":
                remove([] if entry.get("Extension", "").lower() in endings else [entry])
            elif part not in self._stay:
                remove([entry])
            elif part == main:
                entry.set("ContentType", _XLSX)
        return written(types)


def _kind(entry: Element) -> str:
    return entry.get("Type", "").rpartition("/")[2].lower()
