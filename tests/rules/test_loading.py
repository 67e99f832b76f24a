"""Rule sets from TOML: what ships loads, and what is wrong is named with file, key and what is allowed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perf_excel.errors import UserError
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form
from perf_excel.rules.checks import run_checks
from perf_excel.rules.findings import CHECKS
from perf_excel.rules.rulesets.library import DEFAULT, ruleset, ruleset_names, templates_folder
from perf_excel.rules.rulesets.parameters import LABELLED, Band, RuleSet
from perf_excel.rules.rulesets.toml_reading import parse_ruleset, read_ruleset
from perf_excel.rules.scoring.form_score import score
from perf_excel.sheets.finding.column_words import INDICATOR
from perf_excel.sheets.finding.money_words import BUDGET

HEAD = 'id = "x"\nname = "某地"\nversion = "1"\n'
BANDS = '[text]\nbands = [{ name = "达成", upper = 1, lower = 0 }]\n'


def load(toml: str) -> RuleSet:
    return parse_ruleset(HEAD + toml + ("" if "[text]" in toml else f"\n{BANDS}"), "某地.toml")


@pytest.mark.parametrize("name", ruleset_names())
def test_a_shipped_rule_set_is_whole(name: str) -> None:
    rules = ruleset(name)
    assert rules.id == name
    assert rules.version
    assert sum(level.weight for level in rules.total.levels) in (0, rules.total.points)
    assert len(rules.grades) in (0, 4)
    assert set(rules.severity) <= set(CHECKS)
    assert rules.sources
    for source in rules.sources:
        assert source.text
    for layout in rules.forms:
        assert sum((row.weight or Decimal(0) for row in layout.rows), Decimal(0)) <= rules.total.points
        assert all(parse(row.target).kind in ("empty", "number", "words") for row in layout.rows)


@pytest.mark.parametrize("name", ruleset_names())
def test_a_shipped_rule_set_has_nothing_to_say_of_an_empty_form(name: str) -> None:
    rules = ruleset(name)
    assert run_checks(Form(), rules, score(Form(), rules)) == []


def test_the_default_ships() -> None:
    assert DEFAULT in ruleset_names()
    assert {"henan-department", "national-2020"} <= set(ruleset_names())
    assert (templates_folder() / DEFAULT / "ruleset.toml").is_file()


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(UserError, match=r"没有名为“天上”的规则集，可用的规则集：.*national-2020"):
        ruleset("天上")


def test_a_file_of_the_users_own(tmp_path: Path) -> None:
    file = tmp_path / "我县.toml"
    file.write_text(HEAD + BANDS + "[budget]\nweight = 20\n", encoding="utf-8-sig")
    assert ruleset(str(file)).budget.weight == 20


def test_values_become_what_the_classes_say() -> None:
    rules = load(
        """
money = "元"
labels = { target = ["标杆", "标杆值"] }
severity = { V6 = "off", W1 = "warning" }
[budget]
weight = 10.5
rule = "steps"
steps = [[0.9, 1], [0.8, 0.85]]
reason_below = 0.9
[consolidation]
indicators = { "下访次数" = "sum" }
[[indicators]]
name = "结案率"
thresholds = [95, 90.5]
[text]
bands = [{ name = "达成", upper = 1, lower = 0.8, words = ["好"] }]
"""
    )
    assert rules.budget.weight == Decimal("10.5")
    assert rules.budget.steps == ((Decimal("0.9"), Decimal(1)), (Decimal("0.8"), Decimal("0.85")))
    assert rules.budget.reason_below == Decimal("0.9")
    assert rules.labels == {"target": ("标杆", "标杆值")}
    assert rules.severity == {"V6": "off", "W1": "warning"}
    assert rules.indicators[0].thresholds == (Decimal(95), Decimal("90.5"))
    assert rules.consolidation.indicators == {"下访次数": "sum"}
    assert rules.text.bands == (Band("达成", Decimal(1), Decimal("0.8"), ("好",)),)
    assert rules.numeric.rule == "proportional"


WRONG = [
    # TOML behind the head, words of the sentence
    ("nonsense = 1", ["没有“nonsense”这一项", "numeric", "budget"]),
    ("[budget]\nweigth = 10", ["没有“budget.weigth”这一项", "weight", "full_at"]),
    ('[budget]\nrule = "liner"', ["“budget.rule”的值“liner”无效", "linear、full_at、threshold、steps"]),
    ("[budget]\nrule = 5", ["“budget.rule”的值“5”无效", "linear"]),
    ('[budget]\nweight = "十分"', ["“budget.weight”应为数字", "十分"]),
    ("[budget]\nweight = true", ["“budget.weight”应为数字", "True"]),
    ("[budget]\nweight = nan", ["“budget.weight”应为数字"]),
    ("[budget]\nweight = inf", ["“budget.weight”应为数字"]),
    ("[budget]\nsub_rows_score = 1", ["“budget.sub_rows_score”应为true 或 false", "1"]),
    ("[rounding]\ndigits = 1.5", ["“rounding.digits”应为整数", "1.5"]),
    ("[rounding]\ndigits = true", ["“rounding.digits”应为整数"]),
    ("[rounding]\ndigits = 7", ["“rounding.digits”应在 0 到 6 之间", "7"]),
    ("[rounding]\ndigits = -1", ["“rounding.digits”应在 0 到 6 之间", "-1"]),
    ("[deviation]\ndecimals = 99", ["“deviation.decimals”应在 0 到 6 之间", "99"]),
    ('[rounding]\nmode = "up"', ["“rounding.mode”的值“up”无效", "half_up、down"]),
    ("budget = 10", ["“budget”应为一组键值", "10"]),
    ("grades = 90", ["“grades”应为列表", "90"]),
    ('[[grades]]\nname = "优"', ["缺少“grades[1].points”这一项"]),
    ('[[grades]]\nname = "优"\npoints = 90\n[[grades]]\npoints = 80', ["缺少“grades[2].name”这一项"]),
    (
        '[[grades]]\nname = "良"\npoints = 80\n[[grades]]\nname = "优"\npoints = 90',
        ["“grades”应按分数从高到低排列"],
    ),
    (
        '[budget]\nrule = "steps"\nsteps = [[0.8, 0.8], [0.9, 1]]',
        ["“budget.steps”应从高到低排列", "[[0.9, 1.0]"],
    ),
    ("[numeric]\nsteps = [[0.6, 0.5], [0.9, 0.9]]", ["“numeric.steps”应从高到低排列"]),
    ("[numeric]\nsteps = [[0.6, 0.5, 1]]", ["“numeric.steps[1]”应有 2 个值", "3"]),
    ("[numeric]\nsteps = [0.6]", ["“numeric.steps[1]”应为列表"]),
    ('[numeric]\nrule = "steps"', ["需要“numeric.steps”"]),
    ('[budget]\nrule = "steps"', ["需要“budget.steps”"]),
    ('[over]\naction = "deduct"', ["需要“over.limit”"]),
    ("[text]\nbands = []", ["需要“text.bands”"]),
    ("[total]\npoints = 0", ["“total.points”应大于 0"]),
    ("[budget]\nfull_at = 0", ["“budget.full_at”应大于 0"]),
    ("[numeric]\nper = -1", ["“numeric.per”应大于 0"]),
    ('[severity]\nV1 = "fatal"', ["“severity.V1”的值“fatal”无效", "error、warning、info、off"]),
    ('labels = { target = "标杆" }', ["“labels.target”应为列表", "标杆"]),
    (
        '[[sources]]\nabout = "x"\nstatus = "听说"\ntext = "y"',
        ["“sources[1].status”的值“听说”无效", "公开文件"],
    ),
    (
        '[consolidation]\nindicators = { "次数" = "largest" }',
        ["“consolidation.indicators.次数”的值“largest”无效", "sum", "max", "latest", "majority"],
    ),
    ('money = "美元"', ["“money”的值“美元”无效", "万元、元"]),
    ('name = "重复"', ["不是有效的 TOML"]),
    ("[budget", ["不是有效的 TOML"]),
    ('[numeric]\nlevel_shares = []\nrule = "levels"', ["需要“numeric.level_shares”"]),
    ('[severity]\nV99 = "off"', ["没有“severity.V99”这一项", "V12"]),
    ('labels = { nonsense = ["x"] }', ["没有“labels.nonsense”这一项", "target"]),
]


@pytest.mark.parametrize(("toml", "words"), WRONG)
def test_what_is_wrong_is_named(toml: str, words: list[str]) -> None:
    with pytest.raises(UserError) as caught:
        load(toml)
    sentence = str(caught.value)
    assert sentence.startswith("某地.toml：")
    for word in words:
        assert word in sentence


def test_labels_are_for_the_columns_that_sheets_know() -> None:
    assert set(LABELLED) == {name for name, _ in (*INDICATOR, *BUDGET)}


@pytest.mark.parametrize("key", ["id", "name", "version"])
def test_a_rule_set_without_its_name(key: str) -> None:
    head = "".join(line for line in HEAD.splitlines(keepends=True) if not line.startswith(key))
    with pytest.raises(UserError, match=f"缺少“{key}”这一项"):
        parse_ruleset(head, "某地.toml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有\.toml：.*规则集"):
        read_ruleset(tmp_path / "没有.toml")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    file = tmp_path / "旧.toml"
    file.write_bytes((HEAD + BANDS).encode("gbk"))
    with pytest.raises(UserError, match="UTF-8"):
        read_ruleset(file)
