"""The rule sets of regions, held against what their published forms print (golden facts)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts import published, seed
from small import Number, form, money, row, rules

from perf_excel.forms.data import form_of
from perf_excel.forms.model import FIELDS, Form, Funding
from perf_excel.rules.checks import run_checks
from perf_excel.rules.findings import Finding
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.scoring.form_score import Scores, score

D = Decimal


def scored(name: str, one: Form) -> Scores:
    return score(one, ruleset(name))


def found(name: str, one: Form) -> list[Finding]:
    return run_checks(one, ruleset(name), scored(name, one))


def codes(name: str, one: Form, severity: str = "error") -> set[str]:
    return {finding.check for finding in found(name, one) if finding.severity == severity}


@pytest.mark.parametrize(
    ("name", "funding", "weight", "expected"),
    [
        ("chongqing-department", money(rate="76%"), 10, "7.6"),
        ("sichuan-project", money("238.93", "251.89", "251.89"), 10, "10"),
        ("sichuan-project", money("238.93", "251.89", "226.70"), 10, "9"),  # of the adjusted budget
        ("hubei-project", money(None, "1.56", "1.56"), 20, "20"),
        ("hubei-project", money(None, "1.56", "0.78"), 20, "10"),
        ("yunnan-project", money(None, "38.766462", "38.766462"), 10, "10"),
        ("anhui-project", money(30, 30, 30), 10, "10"),
        ("henan-department", money("357.65", "378.1", "273.8"), 10, "8.05"),
    ],
)
def test_the_budget_row(name: str, funding: Funding, weight: Number, expected: str) -> None:
    assert ruleset(name).budget.weight == weight
    (got,) = scored(name, Form(funding=(funding,))).budget
    assert got.points == D(expected)


@pytest.mark.parametrize(
    "name",
    [
        "guangzhou-department",
        "hebei-luquan-department",
        "hebei-project",
        "zhengzhou-evaluation",
        "zhengzhou-declaration",
    ],
)
def test_no_budget_row_of_its_own(name: str) -> None:
    assert scored(name, Form(funding=(money(100, 100, 50, 10),))).rows == ()


def test_chongqing_adds_up_to_what_is_printed() -> None:
    rows = (row("≥1次", "1次", 90, 90, level1="", share="100%"),)
    one = form(*rows, funding=(money(None, None, None, 10, "76%", "7.6"),), total=D("97.6"))
    assert scored("chongqing-department", one).total == D("97.6")
    assert found("chongqing-department", one)[0].check == "V11"
    assert codes("chongqing-department", one) == set()


def test_chongqing_reproduces_every_row_that_prints_enough() -> None:
    one = published("p15_gaoxin_rongmei_2021")
    got = scored("chongqing-department", one)
    differ = [each.label for each in got.rows if each.points is not None and each.points != each.printed]
    assert differ == ["政府采购执行率"]  # its sign is lost: ≤100% would be met
    assert sum(each.points is not None for each in got.indicators) == 12


def test_hubei_has_its_weights_from_the_scores() -> None:
    one = published("p08_hubei_jinbu_2020")
    got = scored("hubei-project", one)
    assert [each.weight for each in got.rows] == [20, 20, 10, 10, 40]
    assert [each.points for each in got.rows] == [20, 20, 10, 10, 40]
    assert (got.total, got.grade) == (100, "优")
    assert codes("hubei-project", one) == {"V8"}


def test_hubei_a_missed_target_tells_its_weight_by_its_share() -> None:
    one = form(
        row("6艘", "5艘", None, "16.67", reason="报废一艘"),
        row("100%", "96%", None, "9.6", reason="一户未领"),
        row("有效", "基本完成", None, 50),
        funding=(money(None, 10, 10, None, "100%", 20),),
        total=D("96.27"),
        columns=FIELDS - {"weight"},
    )
    got = scored("hubei-project", one)
    assert [each.weight for each in got.indicators] == [20, 10, 50]
    assert (got.total, got.grade) == (D("96.27"), "优")
    assert codes("hubei-project", one) == codes("hubei-project", one, "warning") - {"V11"} == set()


def test_hubei_keeps_the_old_bands_and_says_how_forms_are_joined() -> None:
    rules = ruleset("hubei-project")
    assert [(band.upper, band.lower) for band in rules.text.bands] == [
        (1, D("0.8")),
        (D("0.8"), D("0.5")),
        (D("0.5"), 0),
    ]
    assert (rules.consolidation.counts, rules.consolidation.percents) == ("sum", "weighted")


@pytest.mark.parametrize(
    ("raw", "printed", "codes_"), [(25, "6.25", {"V13"}), (100, 25, set[str]()), (100, 24, {"V13", "V1"})]
)
def test_hebei_multiplies_a_score_of_a_hundred_by_the_weight(
    raw: int, printed: Number, codes_: set[str]
) -> None:
    one = form(
        row("≥100%", "100%", 25, printed, raw=D(raw), reason="" if printed == 24 else "见说明"),
        row("有效", "达成预期指标", 65, 65, raw=D(100)),
        row("≥100%", "100%", 10, 10, raw=D(100), name="预算执行率", level1="预算执行率"),
        funding=(money(60, 60, 60),),
    )
    assert codes("hebei-project", one) == codes_
    assert scored("hebei-project", one).indicators[0].points == 25


def test_yunnan_gives_98_percent_its_share_and_not_nine() -> None:
    one = published("p03_yongde_mingliang_2022")
    got = scored("yunnan-project", one)
    assert [(each.label, each.points, each.printed) for each in got.rows if each.points != each.printed] == [
        ("资金到位及时率", 10, 7),
        ("政策知晓率", D("9.8"), 9),
    ]
    assert {(each.check, each.spot.row) for each in found("yunnan-project", one)} == {
        ("V1", 2), ("V3", 2), ("V1", 5), ("V17", 5),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("executed", "reason", "asked"), [("89.99", "", True), (90, "", False), (50, "招标推迟", False)]
)
def test_sichuan_asks_for_a_reason_below_ninety_percent(executed: Number, reason: str, asked: bool) -> None:  # noqa: FBT001
    one = form(row("=100%", "100%", 90, 90), funding=(money(90, 100, executed, 10, reason=reason),))
    assert [each.spot.part for each in found("sichuan-project", one) if each.check == "V1"] == [
        "funding"
    ] * asked


def test_sichuan_does_not_ask_for_the_national_weights() -> None:
    one = published("p21_qingshen_fagai_2023")
    assert codes("sichuan-project", one) == set()
    assert codes("sichuan-project", one, "warning") == {"V9", "V11"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("p01_tianchang_shuili_2022", {"V9"}),
        ("p06_suixi_minzheng_2019", {"V2"}),
        ("p12_tangxi_weituo_2022", {"W3"}),
    ],
)
def test_anhui_scores_as_the_nation_does(name: str, expected: set[str]) -> None:
    one = published(name)
    assert codes("anhui-project", one) == expected
    assert [each.points for each in scored("anhui-project", one).rows] == [
        each.points for each in scored("national-2020", one).rows
    ]


def evaluation(**changes: object) -> Form:
    """The summary of 郑州's evaluation of 2021, as data without columns for values."""
    facts = seed("henan-zhengzhou-2021-财政评价")
    rows = [
        {
            "level3": one["content"],
            "weight": D(one["weight"]),
            "score": D(str(one["score"])),
            "share": one["rate"],
        }
        for one in facts["summary"]
    ]
    rows[0].update(changes)
    return form_of({"indicators": rows, "total": D(str(facts["total"])), "grade": facts["grade"]})


def test_an_evaluation_is_the_sum_of_the_points_that_were_given() -> None:
    one = evaluation()
    got = scored("zhengzhou-evaluation", one)
    assert (got.total, got.grade) == (D("80.91"), "良")
    assert found("zhengzhou-evaluation", one) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"score": D("35")}, {"V12", "V17", "W2"}),
        ({"score": D("26")}, {"V12", "W2"}),
        ({"share": "74.77%"}, {"V12"}),
        ({"weight": D(30)}, {"V12", "W1"}),
    ],
)
def test_what_is_wrong_in_an_evaluation(changes: dict[str, object], expected: set[str]) -> None:
    assert codes("zhengzhou-evaluation", evaluation(**changes)) == expected


def test_guangzhou_adds_up_management_and_duties() -> None:
    parts = seed("guangdong-guangzhou-2021-自评")
    rows = [
        {"level3": one["name"], "weight": D(one["weight"]), "score": D(str(one["score"]))}
        for one in parts["parts"]
    ]
    one = form_of({"indicators": rows, "total": D("93.16")})
    got = scored("guangzhou-department", one)
    assert (got.total, got.grade) == (D("93.16"), "优")
    assert found("guangzhou-department", one) == []


def test_guangzhous_tasks_are_scored_by_people() -> None:
    columns = frozenset({"target", "actual", "score"})
    one = form(
        row("办好", "已办好", None, 18, level1="履职效能"),
        row("10次", "8次", None, 14, level1="履职效能"),
        columns=columns,
    )
    assert codes("guangzhou-department", one) == set()


def test_luquan_scores_by_four_levels() -> None:
    facts = seed("hebei-luquan-2022-自评")
    assert [grade.name for grade in ruleset("hebei-luquan-department").grades] == facts["grade_names"]
    bounds = (D(95), D(85), D(60))
    one = form(*(row("≥95%", actual, 25, thresholds=bounds) for actual in ("100%", "90%", "60%", "59%")))
    assert [each.points for each in scored("hebei-luquan-department", one).indicators] == [25, 20, 15, 0]


def test_luquans_published_indicators_have_no_errors() -> None:
    rows = [
        {"level1": one["level1"], "level3": one["level3"], "target": one["target"], "actual": one["actual"]}
        for one in seed("hebei-luquan-2022-自评")["indicators"]
    ]
    one = form_of({"indicators": rows, "grade": "良好"})
    assert found("hebei-luquan-department", one) == []


def declaration(**amounts: Number) -> Form:
    """郑州's declaration of 2021."""
    printed: dict[str, Number] = {
        "total": "1812.92",
        "treasury": "1812.92",
        "basic": "1453.92",
        "projects": 359,
    } | amounts
    facts = seed("henan-zhengzhou-2021-申报表")
    rows = [
        row(one["target"] + ("%" if one["unit"] == "%" else ""), "", None, name=one["level3"],
            level1=one["level1"], level2=one["level2"])
        for one in facts["indicators"]
    ]  # fmt: skip
    return form(
        *rows,
        funding=(
            money(printed["total"], item="部门预算总额（万元）"),
            money(printed["treasury"], item="（1）财政性资金"),
            money(item="（2）其他资金"),
            money(printed["basic"], item="（1）基本支出"),
            money(printed["projects"], item="（2）项目支出"),
        ),
        columns=frozenset({"target"}),
    )


def test_a_declaration_has_nothing_wrong() -> None:
    assert found("zhengzhou-declaration", declaration()) == []
    assert found("national-2020", declaration()) == []


@pytest.mark.parametrize("amounts", [{"treasury": 1800}, {"basic": 1400}, {"total": 1812}])
def test_a_declaration_that_does_not_add_up(amounts: dict[str, Number]) -> None:
    assert codes("zhengzhou-declaration", declaration(**amounts)) == {"W3"}


def test_a_declaration_is_looked_at_for_its_targets() -> None:
    rows = (
        row("≤200人", "", None, name="培训人数"),
        row("≥**人", "", None, name="惠及人数"),
        row("", "", None, name="办结率"),
        row("≥100件", "", None, name="完成时间", level2="时效指标"),
        row("发放时间达标率", "", None, name="按季发放"),
    )
    one = form(*rows, columns=frozenset({"target"}))
    assert [(each.check, each.spot.row) for each in found("zhengzhou-declaration", one)] == [
        ("V9", 1), ("V9", 2), ("V10", 0), ("V14", 3), ("V15", 4),
    ]  # fmt: skip


SHARED = frozenset({1, 2})


@pytest.mark.parametrize(
    ("rows", "expected", "errors"),
    [
        # Each row has its own weight, all of them one score: the sum of what each earns.
        ([(10, 30, "100%"), (10, None, "100%"), (10, None, "100%")], 30, set[str]()),
        ([(10, 29, "100%"), (10, None, "90%"), (10, None, "100%")], 29, {"V1"}),
        ([(10, 30, "100%"), (10, None, "90%"), (10, None, "100%")], 29, {"V2"}),
        # One weight for all of them: the score is the clerk's.
        ([(30, 28, "100%"), (None, None, "90%"), (None, None, "100%")], 28, {"V1"}),
        ([(30, 31, "100%"), (None, None, "90%"), (None, None, "100%")], 30, {"V17"}),
    ],
)
def test_rows_that_share_one_score(
    rows: list[tuple[Number, Number, str]], expected: int, errors: set[str]
) -> None:
    given = [row("≥100%", actual, weight, points) for weight, points, actual in rows]
    one = form(*given, row("≥1次", "1次", 70, 70), shared=SHARED, columns=FIELDS | {"total"}, total=None)
    got = scored("hebei-project", one)
    assert [each.points for each in got.indicators] == [expected, 0, 0, 70]
    assert (got.total, got.complete) == (expected + 70, True)
    assert codes("hebei-project", one) - {"W2"} == errors


def test_rows_that_share_a_score_which_tells_their_weight() -> None:
    rows = (row("6", "6", None, 20), row("100%", "90%", None), row("90%", "95%", None, 60))
    one = form(
        *rows, shared=frozenset({1}), funding=(money(None, 1, 1, 20, score=20),), columns=FIELDS - {"weight"}
    )
    got = scored("hubei-project", one)
    assert [(each.weight, each.points) for each in got.indicators] == [(20, 20), (0, 0), (60, 60)]
    assert codes("hubei-project", one) == set()


def test_levels_are_found_under_any_spelling_of_their_name() -> None:
    how = rules('[weights]\nsource = "group"\n[total]\nlevels = [{ name = "产出指标", weight = 50 }]')
    rows = (
        row(weight=None, level1="产出（50分）"),
        row(weight=None, level1="产 出指标"),
        row(weight=None, level1="别的"),
    )
    assert [each.weight for each in score(form(*rows), how).indicators] == [25, 25, None]
