"""The documentation says what the program does: every command, option, check, key and module, no other."""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import re
from pathlib import Path
from typing import cast
from urllib.parse import unquote

import pytest
from perf_excel.faces.demo import RULES, demo

from perf_excel.faces.arguments import parser
from perf_excel.forms.data import data_of, load_form
from perf_excel.jobs.examination.answers import check_data, score_data
from perf_excel.jobs.examination.examining import examine
from perf_excel.jobs.export import SUFFIXES
from perf_excel.jobs.new import Order, make
from perf_excel.rules.findings import CHECKS, Check
from perf_excel.rules.rulesets import layouts, parameters
from perf_excel.rules.rulesets.library import ruleset as shipped
from perf_excel.rules.rulesets.library import ruleset_names, templates_folder
from perf_excel.rules.rulesets.toml_reading import parse_ruleset

ROOT = Path(__file__).resolve().parent.parent
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*"))
SEVERITY_NAMES = {"error": "错误", "warning": "提醒", "info": "提示"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


README = read("README.md")
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
    """What can be done with a rule set, each with its command (rulesets show)."""
    choices = next(action.choices for action in commands()["rulesets"]._actions if action.choices)
    found = cast("dict[str, argparse.ArgumentParser]", choices)
    return {f"rulesets {name}": one for name, one in found.items()}


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
def test_readme_shows_every_command(command: str) -> None:
    assert f"### {command} " in README
    assert re.search(rf"^perf-excel {command}\b", README, re.MULTILINE), "an example"


@pytest.mark.parametrize("action", actions())
def test_readme_shows_every_action(action: str) -> None:
    assert f"| `{action} " in README
    assert re.search(rf"^perf-excel {action} ", README, re.MULTILINE), "an example"


def test_no_other_action_is_shown() -> None:
    shown = {f"rulesets {name}" for name in re.findall(r"perf-excel rulesets ([a-z]+)", EVERYTHING)}
    assert shown == set(actions())


def test_readme_shows_no_other_command() -> None:
    shown = {name for block in fenced(EVERYTHING) for name in re.findall(r"perf-excel ([a-z]+)", block)}
    assert shown == set(commands())


def test_every_option_is_explained() -> None:
    own = options() - {"-h", "--help", "--version"}
    assert [option for option in sorted(own) if f"`{option}" not in README] == []


def test_no_other_option_is_mentioned() -> None:
    others = {"--editable", "--group", "--accept"}
    mentioned = set(re.findall(r"(?<![\w-])--[a-z]+", EVERYTHING))
    assert mentioned - options() - others == set()


@pytest.mark.parametrize("code", ["0", "1", "2"])
def test_readme_explains_every_exit_code(code: str) -> None:
    assert f"\n| {code} | " in README


@pytest.mark.parametrize("name", ruleset_names())
def test_readme_names_every_rule_set(name: str) -> None:
    assert f"`{name}`" in README


def test_readme_shows_what_the_demo_says(tmp_path: Path) -> None:
    """All but the part that needs LibreOffice."""
    said = {
        line for line, _ in itertools.takewhile(lambda line: not line[0].startswith("四"), demo(tmp_path))
    }
    shown = [block.splitlines() for block in fenced(README) if "一致" in block or "校验结果" in block]
    assert len(shown) == 2
    assert [line for lines in shown for line in lines if line not in said] == []


def test_readme_shows_every_field_of_the_json(tmp_path: Path) -> None:
    book = tmp_path / "某某局.xlsx"
    published = load_form((templates_folder() / RULES / "示例.json").read_text(encoding="utf-8"), "示例.json")
    book.write_bytes(make(Order(shipped(RULES), data=published), book).data)
    found = examine(book)
    blocks = [names_of(json.loads(block)) for block in fenced(README, "json")]
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
def test_readme_names_every_export(suffix: str) -> None:
    assert re.search(rf"perf-excel export .* -o \S+{re.escape(suffix)}\b", README)


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.code)
def test_every_check_is_listed(check: Check) -> None:
    row = f"| {check.code} | {check.title} | {SEVERITY_NAMES[check.severity]} {check.severity} | "
    assert row in CHECK_LIST
    assert f"\n### {check.code} {check.title}\n" in CHECK_LIST


def test_no_other_check_is_listed() -> None:
    listed = set(re.findall(r"\b[WVR]\d{1,2}\b", CHECK_LIST))
    assert listed == set(CHECKS)


def test_no_check_is_mentioned_that_does_not_exist() -> None:
    assert set(re.findall(r"\b[WVR]\d{1,2}\b", EVERYTHING)) - set(CHECKS) == set()


@pytest.mark.parametrize(("of", "key"), keys(), ids=".".join)
def test_every_key_of_a_rule_set_is_explained(of: str, key: str) -> None:
    headings = {
        "Source": "[[sources]]", "Recognise": "[recognise]", "Total": "[total]", "Level": "[total]",
        "Budget": "[budget]", "Numeric": "[numeric]", "Text": "[text]", "Band": "[text]",
        "Rounding": "[rounding]", "Over": "[over]", "Deviation": "[deviation]", "Grade": "[[grades]]",
        "Weights": "[weights]", "Special": "[[indicators]]", "Consolidation": "[consolidation]",
        "Layout": "[[forms]]", "SkeletonRow": "[[forms]]", "RuleSet": "总览",
    }  # fmt: skip
    section = RULE_SETS.partition(f"\n## {headings[of]}")[2].partition("\n## ")[0]
    assert f"`{key}`" in section


def test_the_examples_are_a_rule_set() -> None:
    """Every example of the page together is one file that the program reads."""
    rules = parse_ruleset("\n".join(fenced(RULE_SETS, "toml")), "规则集怎么写.md")
    shown = {field.name for field in dataclasses.fields(rules) if getattr(rules, field.name)}
    assert shown == {field.name for field in dataclasses.fields(rules)}


def test_every_module_is_explained() -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "perf_excel").rglob("*.py")}
    explained = set(re.findall(r"^\| `(perf_excel/[\w/]+\.py)` \| \S", ARCHITECTURE, re.MULTILINE))
    assert explained == modules


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8"))
    targets = [unquote(link).partition("#")[0] for link in links if not link.startswith("http")]
    assert [target for target in targets if not (path.parent / target).is_file()] == []


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
