"""The rule sets that ship with the program: one folder each under workbook_templates/."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from perf_excel.errors import UserError
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.rulesets.toml_reading import read_ruleset

DEFAULT = "national-2020"


def templates_folder() -> Path:
    """Return the folder of rule sets and templates: in the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "workbook_templates"
    return inside if inside.is_dir() else package.parent / "workbook_templates"


@cache
def ruleset_names() -> tuple[str, ...]:
    """Return the names of the rule sets that ship, sorted."""
    return tuple(sorted(path.parent.name for path in templates_folder().glob("*/ruleset.toml")))


def ruleset(name: str) -> RuleSet:
    """Return a rule set by its name, or by the path of a TOML file of the user's own.

    Raises:
        UserError: there is none of that name; the sentence lists those there are.
    """
    if name in ruleset_names():
        return _shipped(name)
    return read_ruleset(ruleset_file(name))


def ruleset_file(name: str) -> Path:
    """Return the file of a rule set, given its name or path.

    Raises:
        UserError: there is none of that name; the sentence lists those there are.
    """
    if name in ruleset_names():
        return templates_folder() / name / "ruleset.toml"
    if name.endswith(".toml"):
        return Path(name)
    raise UserError(f"没有名为“{name}”的规则集，可用的规则集：{'、'.join(ruleset_names())}。")


@cache
def _shipped(name: str) -> RuleSet:
    return read_ruleset(ruleset_file(name))
