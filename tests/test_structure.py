"""The house stands as its plan says: imports run downwards, and starting is light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import perf_excel
from perf_excel.faces.arguments import parser

PACKAGE = Path(perf_excel.__file__).parent
FLOORS = {
    "faces": 6,
    "jobs": 5,
    "live": 4,
    "books": 4,
    "sheets": 3,
    "rules": 2,
    "forms": 1,
    "stopping": 0.5,
    "errors": 0,
    "office": 0,
    "home": 0.5,
}
"""The rooms, from below; books and live stand side by side."""

MODULES = {
    ".".join(("perf_excel", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are written out"
            assert node.module
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""


@pytest.mark.parametrize("name", MODULES)
def test_imports_run_downwards(name: str) -> None:
    mine = FLOORS.get(room(name), 9)
    for other in imports(MODULES[name]):
        if other.startswith("perf_excel.") and room(other) in FLOORS and room(other) != room(name):
            assert FLOORS[room(other)] < mine, f"{name} imports {other}"


WINGS = (
    ("sheets.finding", "sheets.reading", "sheets.writing"),
    ("rules.rulesets", "rules.scoring", "rules.findings", "rules.checks"),
    ("jobs.examination", "jobs.inplace", "jobs"),
)
"""Within a room, what may not import what comes after it: the way the data goes."""


def wing(module: str, wings: tuple[str, ...]) -> int:
    """The place of a module's wing among others, by the one that names it most closely; -1 for none."""
    inside = [name for name in wings if f"{module}.".startswith(f"perf_excel.{name}.")]
    return wings.index(max(inside, key=len)) if inside else -1


@pytest.mark.parametrize("wings", WINGS, ids=lambda wings: wings[-1])
def test_wings_follow_the_way_of_the_data(wings: tuple[str, ...]) -> None:
    for name, path in MODULES.items():
        mine = wing(name, wings)
        if mine >= 0:
            back = [other for other in imports(path) if other in MODULES and wing(other, wings) > mine]
            assert back == [], f"{name} imports what comes after it"


def test_the_engine_knows_nothing_of_forms() -> None:
    engine = [path for name, path in MODULES.items() if name.startswith("perf_excel.live.libreoffice.")]
    known = {other for path in engine for other in imports(path) if other in MODULES}
    others = {other for other in known if not other.startswith("perf_excel.live.libreoffice")}
    assert others <= {f"perf_excel.{name}" for name in ("errors", "office", "live.xl", "sheets.grid")}


def test_a_name_stands_once_in_the_tree() -> None:
    names = Counter(name.rpartition(".")[2] for name, path in MODULES.items() if path.stem != "__init__")
    assert [name for name, times in names.items() if times > 1] == []


FACES = {"live", "window"}
"""Commands that open a face, and do nothing to a form by themselves."""


def test_a_command_is_named_as_its_job() -> None:
    choices = next(action.choices for action in parser()._actions if action.choices)
    named = {command for command in choices if any((PACKAGE / "jobs").glob(f"{command}*.py"))}
    assert set(choices) - named == FACES


def test_every_room_is_on_the_plan() -> None:
    assert {room(name) for name in MODULES} - {"", "__main__"} <= set(FLOORS)


@pytest.mark.parametrize("name", MODULES)
def test_nothing_imports_what_its_licence_forbids(name: str) -> None:
    assert not [other for other in imports(MODULES[name]) if other.startswith(("xlwings.pro", "xlwingslib"))]


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        name: {
            other for other in imports(path) if other in MODULES and other != name and not parent(other, name)
        }
        for name, path in MODULES.items()
    }
    while free := {name for name, needs in graph.items() if not needs & graph.keys()}:
        graph = {name: needs for name, needs in graph.items() if name not in free}
    assert graph == {}


def parent(module: str, of: str) -> bool:
    """Whether a module is a package around another: it is imported before it anyhow."""
    return of.startswith(f"{module}.")


HEAVY = ("argparse", "openpyxl", "lxml", "pandas", "numpy", "xlwings", "tkinter", "xlrd", "pypdfium2")


def modules_after(statement: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{statement}\nprint(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    )
    return set(done.stdout.split())


def test_starting_imports_nothing_heavy() -> None:
    assert not modules_after("import perf_excel.__main__") & {*HEAVY, "perf_excel.faces", "perf_excel.rules"}


def test_scoring_imports_no_workbook_library() -> None:
    loaded = modules_after(
        "import perf_excel.rules.rulesets.library, perf_excel.rules.checks\n"
        "import perf_excel.sheets.writing.form_edits"
    )
    assert not loaded & set(HEAVY)
