"""The documentation says what the program does: every command, option, check, key and wing, no other."""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
from pathlib import Path
from typing import cast
from urllib.parse import unquote

import pytest
from dev import TASKS

from perf_excel.faces.arguments import parser
from perf_excel.faces.demo_words import summary
from perf_excel.forms.data_writing import data_of
from perf_excel.jobs.demo import published, replays
from perf_excel.jobs.examination.answers import check_data, score_data
from perf_excel.jobs.examination.examining import examine
from perf_excel.jobs.export import SUFFIXES
from perf_excel.jobs.new import Order, make
from perf_excel.rules.findings import CHECKS, Check
from perf_excel.rules.rulesets import layouts, parameters
from perf_excel.rules.rulesets.library import ruleset as shipped
from perf_excel.rules.rulesets.library import ruleset_names
from perf_excel.rules.rulesets.toml_reading import parse_ruleset

ROOT = Path(__file__).resolve().parent.parent
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*"))
SEVERITY_NAMES = {"error": "错误", "warning": "提醒", "info": "提示"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


README = read("README.md")
COMMANDS = read("docs/命令.md")
FORMATS = read("docs/数据格式.md")
CHECK_LIST = read("docs/检查项一览.md")
RULE_SETS = read("docs/规则集怎么写.md")
ARCHITECTURE = read("docs/架构.md")
EVERYTHING = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)


def fenced(text: str, kind: str = "") -> list[str]:
    """The blocks of code of one kind."""
    blocks: list[tuple[str, str]] = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [block for of, block in blocks if of == kind]


def commands() -> dict[str, argparse.ArgumentParser]:
    """The program's commands."""
    choices = next(action.choices for action in parser()._actions if action.choices)
    return cast("dict[str, argparse.ArgumentParser]", choices)


def actions() -> dict[str, argparse.ArgumentParser]:
    """What can be done with a rule set or with rows, each with its command (rulesets show)."""
    found: dict[str, argparse.ArgumentParser] = {}
    for command in ("rulesets", "rows"):
        choices = next(action.choices for action in commands()[command]._actions if action.choices)
        some = cast("dict[str, argparse.ArgumentParser]", choices)
        found |= {f"{command} {name}": one for name, one in some.items()}
    return found


def options() -> set[str]:
    """Every option of every command."""
    parsers = (parser(), *commands().values(), *actions().values())
    return {option for one in parsers for option in one._option_string_actions}


def keys() -> list[tuple[str, str]]:
    """Every class of a rule set, with each of its keys."""
    names = vars(layouts) | vars(parameters)
    classes = [one for one in names.values() if isinstance(one, type) and dataclasses.is_dataclass(one)]
    return [(one.__name__, field.name) for one in classes for field in dataclasses.fields(one)]


@pytest.mark.parametrize("command", commands())
def test_every_command_has_a_section_with_an_example(command: str) -> None:
    section = COMMANDS.partition(f"\n### {command} ")[2].partition("\n### ")[0]
    assert re.search(rf"^perf-excel {command}\b", "\n".join(fenced(section)), re.MULTILINE)


@pytest.mark.parametrize("action", actions())
def test_every_action_is_explained_with_an_example(action: str) -> None:
    assert f"| `{action} " in COMMANDS
    assert re.search(rf"^perf-excel {action} ", COMMANDS, re.MULTILINE), "an example"


def test_no_other_action_is_shown() -> None:
    shown = set(re.findall(r"perf-excel ((?:rulesets|rows) [a-z]+)", EVERYTHING))
    assert shown == set(actions())


def test_no_other_command_is_shown() -> None:
    shown = {name for block in fenced(EVERYTHING) for name in re.findall(r"perf-excel ([a-z]+)", block)}
    assert shown == set(commands())
    sections = re.findall(r"^### ([a-z]+) ", COMMANDS, re.MULTILINE)
    assert sorted(sections) == sorted(commands())


def test_every_option_is_explained() -> None:
    own = options() - {"-h", "--help", "--version"}
    assert [option for option in sorted(own) if f"`{option}" not in COMMANDS] == []


def test_no_other_option_is_mentioned() -> None:
    others = {"--editable", "--group", "--accept"}
    mentioned = set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*[0-9]?", EVERYTHING))
    assert mentioned - options() - others == set()


@pytest.mark.parametrize("code", ["0", "1", "2"])
def test_every_exit_code_is_explained(code: str) -> None:
    assert f"\n| {code} | " in COMMANDS


@pytest.mark.parametrize("name", ruleset_names())
def test_every_rule_set_is_named(name: str) -> None:
    assert f"\n| `{name}` | " in COMMANDS


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the demo says of all its tables at the end."""
    folder = tmp_path_factory.mktemp("演示")
    return [line for line, _ in summary(list(replays(folder)))]


def test_what_the_demo_says_is_shown(demonstrated: list[str]) -> None:
    (block,) = [block for block in fenced(COMMANDS) if "对照：" in block]
    assert block.splitlines() == demonstrated


def test_every_field_of_the_json_is_shown(tmp_path: Path) -> None:
    book = tmp_path / "某某局.xlsx"
    form = published("henan-department", "示例.json").form
    book.write_bytes(make(Order(shipped("henan-department"), data=form), book).data)
    found = examine(book)
    blocks = [names_of(json.loads(block)) for block in fenced(FORMATS, "json")]
    assert blocks[0] == names_of(data_of(found.form))
    assert blocks[1] == {"files", "unusable"} | names_of(check_data(found))
    assert blocks[2] == names_of(score_data(found))


def names_of(data: object) -> set[str]:
    """The names of all fields, those of objects within too."""
    if isinstance(data, dict):
        fields = cast("dict[str, object]", data)
        return {*fields, *(name for value in fields.values() for name in names_of(value))}
    if isinstance(data, list):
        return {name for value in cast("list[object]", data) for name in names_of(value)}
    return set()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_export_is_shown(suffix: str) -> None:
    assert re.search(rf"perf-excel export .* -o \S+{re.escape(suffix)}\b", COMMANDS)


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.code)
def test_every_check_is_listed(check: Check) -> None:
    row = f"| {check.code} | {check.title} | {SEVERITY_NAMES[check.severity]} {check.severity} | "
    assert row in CHECK_LIST
    assert f"\n### {check.code} {check.title}\n" in CHECK_LIST


def test_no_other_check_is_listed() -> None:
    listed = set(re.findall(r"\b[UWVMR]\d{1,2}\b", CHECK_LIST))
    assert listed == set(CHECKS)


def test_no_check_is_mentioned_that_does_not_exist() -> None:
    assert set(re.findall(r"\b[UWVMR]\d{1,2}\b", EVERYTHING)) - set(CHECKS) == set()


@pytest.mark.parametrize(("of", "key"), keys(), ids=".".join)
def test_every_key_of_a_rule_set_is_explained(of: str, key: str) -> None:
    headings = {
        "Source": "[[sources]]", "Recognise": "[recognise]", "Total": "[total]", "Level": "[total]",
        "Budget": "[budget]", "Numeric": "[numeric]", "Text": "[text]", "Band": "[text]",
        "Rounding": "[rounding]", "Over": "[over]", "Deviation": "[deviation]", "Grade": "[[grades]]",
        "Weights": "[weights]", "Special": "[[indicators]]", "Consolidation": "[consolidation]",
        "Monitoring": "[monitoring]",
        "Layout": "[[forms]]", "SkeletonRow": "[[forms]]", "RuleSet": "总览",
    }  # fmt: skip
    section = RULE_SETS.partition(f"\n## {headings[of]}")[2].partition("\n## ")[0]
    assert f"`{key}`" in section


def test_the_examples_are_a_rule_set() -> None:
    """Every example of the page together is one file that the program reads."""
    rules = parse_ruleset("\n".join(fenced(RULE_SETS, "toml")), "规则集怎么写.md")
    shown = {field.name for field in dataclasses.fields(rules) if getattr(rules, field.name)}
    assert shown == {field.name for field in dataclasses.fields(rules)}


PACKAGE = ROOT / "perf_excel"
WINGS = ARCHITECTURE.partition("\n## 各翼\n")[2].partition("\n## ")[0]
ROOMS: dict[str, str] = dict(re.findall(r"^\*\*(\w+)\*\* (.*)$", WINGS, re.MULTILINE))
"""The paragraph of every room of the house."""


def folders(of: Path) -> list[Path]:
    return [path for path in of.rglob("*") if (path / "__init__.py").is_file()]


def test_every_wing_is_explained() -> None:
    assert set(ROOMS) == {path.name for path in folders(PACKAGE) if path.parent == PACKAGE}
    for room, text in ROOMS.items():
        named = {name.rsplit("/", 1)[-1] for name in re.findall(r"`([\w/]+)/`", text)}
        assert named == {path.name for path in folders(PACKAGE / room)}


def test_every_module_of_a_wing_that_is_named_is_there() -> None:
    for room, text in ROOMS.items():
        there = {path.stem for path in (PACKAGE / room).rglob("*.py")}
        assert set(re.findall(r"`([a-z_]+)`", text)) <= there


PATHS = sorted(set(re.findall(
    r"`((?:perf_excel|faces|jobs|books|live|sheets|rules|forms|tests|build|workbook_templates)/[^`\s]*)`",
    EVERYTHING,
)))  # fmt: skip
"""Every file and folder of this project that a page names."""


def test_pages_name_files() -> None:
    assert len(PATHS) > 20


@pytest.mark.parametrize("path", PATHS)
def test_every_file_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists() or (PACKAGE / path).exists()


def test_every_task_of_the_developer_is_listed() -> None:
    listed = re.findall(r"^python3 build/dev.py (\w+)", ARCHITECTURE + README, re.MULTILINE)
    assert set(listed) == set(TASKS)


def test_the_readme_is_one_page() -> None:
    assert len(README.splitlines()) <= 70
    spoken = re.sub(r"```.*?```|!?\[[^]]*\]\([^)]*\)", "", README, flags=re.DOTALL)
    assert len(re.findall(r"[\u4e00-\u9fff]", spoken)) <= 400, "read aloud in about a minute"


def test_the_readme_leads_to_every_page() -> None:
    led = {(ROOT / unquote(link).partition("#")[0]).resolve() for link in links(README)}
    assert set(DOCS) - {ROOT / "README.md"} <= led


def test_the_readme_shows_form_window_and_the_two_commands() -> None:
    shown = [path for path in PICTURES if f"](docs/pictures/{path.name})" in README]
    assert sum(path.name.startswith("窗口-") for path in shown) == 1
    assert len(shown) == 2
    assert re.findall(r"^python3 build/dev.py (\w+)", README, re.MULTILINE) == ["demo", "test"]


def links(text: str) -> list[str]:
    """Links of a page within the project."""
    return [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("http")]


def anchors(text: str) -> set[str]:
    """What a link to a heading of a page may name."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for link in links(text):
        name, _, anchor = unquote(link).partition("#")
        target = path.parent / name if name else path
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_no_path_of_a_machine_is_shown(path: Path) -> None:
    shown = re.findall(
        r"(?<![\w.])/(?:work|root|tmp|home|usr|opt|var)\b[^\s`]*", path.read_text(encoding="utf-8")
    )
    assert shown == []


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_pictures_are_small_and_used(path: Path) -> None:
    assert path.suffix == ".png"
    assert path.stat().st_size <= 200_000
    assert f"pictures/{path.name})" in EVERYTHING
