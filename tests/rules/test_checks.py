"""Every check: a small form in which it finds something, and one that misses it narrowly."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

import pytest
from facts import PUBLISHED, published, shangjie
from small import exactly, form, money, row, rules

from perf_excel.forms.measure import joined, parse
from perf_excel.forms.model import FIELDS, CellFault, Detail, Form, Goal, Task, Unread
from perf_excel.forms.spot import Spot
from perf_excel.rules.checks import run_checks
from perf_excel.rules.checks.declaration import AGAINST
from perf_excel.rules.checks.meaning import is_option_list
from perf_excel.rules.checks.reasons import is_reason
from perf_excel.rules.checks.stated_values import is_placeholder
from perf_excel.rules.findings import CHECKS, Finding
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.form_score import score

D = Decimal
ROWS = ("indicator", "funding")

MONTH_END = replace(row("12", "12月15日"), target=joined("", parse("12"), "月底前"))


def check(one: Form, how: RuleSet, declared: Form | None = None) -> list[Finding]:
    return run_checks(one, how, score(one, how), declared)


def found(code: str, one: Form, toml: str = "") -> list[Finding]:
    return [finding for finding in check(one, rules(toml)) if finding.check == code]


Facts = tuple[Spot, str, object, object]


def facts(findings: list[Finding]) -> list[Facts]:
    return [(one.spot, one.severity, one.expected, one.printed) for one in findings]


def cell(spot: Spot, kind: str, shown: str = "", due: str = "") -> CellFault:
    assert kind in ("error", "stale", "uncalculated")
    return CellFault(spot, "H5", kind, shown, due)


def at(part: str, index: int, field: str) -> Spot:
    assert part in ("head", "funding", "goal", "task", "indicator", "total", "unread")
    return Spot(part, index, field)


LEVELS = '[total]\nlevels = [{ name = "产出指标", weight = 50 }, { name = "效益", weight = 30 }]'
PERCENT = '[weights]\nsource = "percent"'
FUNDING = (money(90, 89, 80, 10), money(60, 59, 50, item="财政拨款"), money(30, 30, 30, item="其他资金"))

TRIGGERS: dict[str, list[tuple[str, Form, str, list[Facts]]]] = {
    "U1": [
        (
            "a number that may count, and a word",
            form(row(), unread=(Unread("G4", "12.5", counts=True), Unread("I5", "复核意见"))),
            "",
            [(at("unread", 0, "text"), "warning", None, None), (at("unread", 1, "text"), "info", None, None)],
        ),
    ],
    "U2": [
        (
            "a hidden row",
            form(row(), hidden=((at("indicator", 0, "level3"), "第 8 行"),)),
            "",
            [(at("indicator", 0, "level3"), "info", None, None)],
        ),
        (
            "another form on a hidden sheet",
            form(row(), hidden_forms=("去年",)),
            "",
            [(at("head", 0, "unit"), "info", None, None)],
        ),
    ],
    "W1": [
        (
            "the total's score typed as the weight of the budget row",
            form(row(weight=70), funding=(money(1, 1, 1, 100),)),
            "",
            [(at("funding", 0, "weight"), "error", D(100), D(170))],
        ),
        (
            "a level that no row shares",
            form(row(weight=None), funding=(money(1, 1, 1, 40),)),
            '[weights]\nsource = "group"\n[total]\nlevels = [{ name = "产出指标", weight = 50 }]',
            [(at("total", 0, "weight"), "error", D(100), D(90))],
        ),
        (
            "weights that the scores tell: full marks for five of six",
            form(
                row("6艘", "5艘", None, 20),
                row("有效", "有效", None, 60),
                funding=(money(None, 1, 1, 20, score=20),),
            ),
            '[weights]\nsource = "score"',
            [(at("total", 0, "score"), "warning", D(100), D(104))],
        ),
        (
            "values, but no weights",
            form(row("≥1次", "1次", None)),
            "",
            [(at("indicator", 0, "weight"), "error", D(100), None)],
        ),
        (
            "weights add up to 105",
            form(row(weight=95), funding=(money(1, 1, 1, 10),)),
            "",
            [(at("total", 0, "weight"), "error", D(100), D(105))],
        ),
        (
            "what lacks is just what a column that was not read adds up to",
            form(
                row(weight=80),
                total_weight=D(100),
                unread=(Unread("G5", "12", counts=True), Unread("G6", "8", counts=True)),
            ),
            "",
            [
                (at("total", 0, "weight"), "warning", D(100), D(80)),
                (at("total", 0, "weight"), "warning", D(80), D(100)),
            ],
        ),
        (
            "one of several tables",
            form(row(weight=80), partial=True),
            "",
            [(at("total", 0, "weight"), "warning", D(100), D(80))],
        ),
        (
            "what was not read is something else",
            form(row(weight=80), unread=(Unread("G5", "12", counts=True), Unread("H6", "8", counts=True))),
            "",
            [(at("total", 0, "weight"), "error", D(100), D(80))],
        ),
        (
            "the budget row is outside the hundred",
            form(row(weight=90), funding=(money(1, 1, 1, 10),)),
            "[total]\nbudget_inside = false",
            [(at("total", 0, "weight"), "error", D(100), D(90))],
        ),
        (
            "the total row prints another sum",
            form(row(weight=100), total_weight=D(110)),
            "",
            [(at("total", 0, "weight"), "error", D(100), D(110))],
        ),
        (
            "a first level of other weight, by its name with the points behind",
            form(row(weight=60, level1="产出指标（60分）"), row(weight=40, level1="其他")),
            LEVELS,
            [(at("indicator", 0, "weight"), "warning", D(50), D(60))],
        ),
        (
            "an official first level of other weight",
            form(row(weight=60, level1="其他"), row(weight=40, level1="效 益 指标")),
            LEVELS + "\nlevels_official = true",
            [(at("indicator", 1, "weight"), "error", D(30), D(40))],
        ),
    ],
    "W2": [
        (
            "a grade while points are missing",
            form(row(score=9), row(actual=""), grade="优"),
            '[[grades]]\nname = "优"\npoints = 0',
            [(at("total", 0, "grade"), "warning", None, "优")],
        ),
        (
            "the total is not the sum",
            form(row(score=9), row(score=8), total=D(18)),
            "",
            [(at("total", 0, "score"), "error", D(17), D(18))],
        ),
        (
            "what the total has beyond its rows was not read",
            form(row(score=9), row(score=8), total=D(22), unread=(Unread("H5", "5", counts=True),)),
            "",
            [(at("total", 0, "score"), "warning", D(17), D(22))],
        ),
        (
            "the total row is left empty",
            form(row(score=9), row(score=8), columns=FIELDS | {"total"}),
            "",
            [(at("total", 0, "score"), "error", D(17), None)],
        ),
        (
            "the total is above all points",
            form(row(weight=100, score=100), total=D(101)),
            "[total]\ntolerance = 1",
            [(at("total", 0, "score"), "error", D(100), D(101))],
        ),
        (
            "the grade is another one",
            form(row(weight=100, score=89), total=D(89), grade="优"),
            '[[grades]]\nname = "优"\npoints = 90\n[[grades]]\nname = "良"\npoints = 0',
            [(at("total", 0, "grade"), "error", "良", "优")],
        ),
    ],
    "W3": [
        (
            "spent, and no source says from what",
            form(
                funding=(
                    money("115.2", "115.2", "115.2"),
                    money(item="上年结转资金"),
                    money("115.2", "115.2", item="其中：本年财政拨款"),
                )
            ),
            "",
            [(at("funding", 2, "executed"), "error", D("115.2"), None)],
        ),
        (
            "sources all blank under a total",
            form(funding=(money(90, 90, 80), money(item="财政拨款"), money(item="其他资金"))),
            "",
            [(at("funding", 1, "initial"), "warning", "各来源的金额", None)],
        ),
        (
            "parts of parts are not added to their whole",
            form(
                funding=(
                    money(680, item="合计"),
                    money(500, item="1.财政拨款"),
                    money(200, item="（1）中央"),
                    money(300, item="（2）地方"),
                    money(160, item="2.其他资金"),
                )
            ),
            "",
            [(at("funding", 0, "initial"), "error", 660, 680)],
        ),
        (
            "each breakdown of a declaration has its own sum",
            form(
                funding=(
                    money(100, item="部门预算总额"),
                    money(90, item="（1）财政性资金"),
                    money(5, item="（2）其他资金"),
                    money(60, item="（1）基本支出"),
                    money(30, item="（2）项目支出"),
                )
            ),
            "",
            [
                (at("funding", 0, "initial"), "error", D(95), D(100)),
                (at("funding", 0, "initial"), "error", D(90), D(100)),
            ],
        ),
        (
            "sources of another sum",
            form(funding=(money(0, 0, 0, 10), money(90, "89.974", "89.974", item="本年财政拨款"))),
            "",
            [
                (at("funding", 0, "initial"), "error", D(90), D(0)),
                (at("funding", 0, "annual"), "error", D("89.974"), D(0)),
                (at("funding", 0, "executed"), "error", D("89.974"), D(0)),
            ],
        ),
        (
            "a total left blank",
            form(funding=(money(None, 5, 5), money(3, 5, 5, item="财政拨款"))),
            "",
            [(at("funding", 0, "initial"), "error", D(3), None)],
        ),
    ],
    "W4": [
        (
            "rounded up, to two places and to none",
            form(
                funding=(
                    money(1000, 1000, "861.83", rate="86.19%"),
                    money(1000, 1000, "861.83", rate="87%"),
                    money(1000, 1000, "861.83", rate="0.87"),
                    money(3, 3, 2, rate="1"),
                )
            ),
            "",
            [
                (at("funding", 0, "rate"), "error", "86.18%", "86.19%"),
                (at("funding", 1, "rate"), "error", "86.18%", "87%"),
                (at("funding", 2, "rate"), "error", "86.18%", "0.87"),
                (at("funding", 3, "rate"), "error", "66.67%", "1"),
            ],
        ),
        (
            "up, as the amounts before rounding may give it",
            form(funding=(money("19.99", "19.99", "12.63", rate="63.19%"),)),
            "",
            [(at("funding", 0, "rate"), "warning", "63.18%", "63.19%")],
        ),
        (
            "a rate of nothing though all was spent, on a sub-row",
            form(funding=(money("1.8", "1.8", "1.8", rate="100%"), money("1.8", "1.8", "1.8", rate="0%"))),
            "",
            [(at("funding", 1, "rate"), "error", "100%", "0%")],
        ),
        (
            "a rate on the other denominator",
            form(funding=(money("357.65", "378.1", "273.8", rate="76.56%"),)),
            "",
            [(at("funding", 0, "rate"), "error", "72.41%", "76.56%")],
        ),
    ],
    "W5": [
        (
            "more spent than there was",
            form(funding=(money(100, 100, "102.59", score=10),)),
            "",
            [(at("funding", 0, "executed"), "error", D(100), D("102.59"))],
        ),
        (
            "the score of the budget row left blank",
            form(row(score=10), funding=(money(100, 100, 50),)),
            "",
            [(at("funding", 0, "score"), "error", D(5), None)],
        ),
    ],
    "W6": [
        (
            "points repeated on a sub-row",
            form(funding=(money(1, 1, 1, 10, score=10), money(1, 1, 1, 10, score=10))),
            "",
            [
                (at("funding", 1, "weight"), "warning", None, D(10)),
                (at("funding", 1, "score"), "warning", None, D(10)),
            ],
        )
    ],
    "W7": [
        (
            "the annual budget is what was spent",
            form(funding=(money(100, "79.99", "79.99", 10, "100%", 10),)),
            "",
            [(at("funding", 0, "annual"), "warning", None, D("79.99"))],
        ),
        (
            "a rule set with another bound",
            form(funding=(money(100, 95, 95, 10, "100%", 10, reason="无"),)),
            "[budget]\ncut = 0.05",
            [(at("funding", 0, "annual"), "warning", None, D(95))],
        ),
    ],
    "W8": [
        (
            "no indicator was read",
            form(without_indicators="unread"),
            "",
            [(at("indicator", 0, "level3"), "error", None, None)],
        ),
        (
            "rows that wait for indicators",
            form(without_indicators="blank"),
            "",
            [(at("indicator", 0, "level3"), "warning", None, None)],
        ),
        (
            "money that was not read",
            form(row(), unread_money=("项目金额：164万元",)),
            "",
            [(at("funding", 0, "unread"), "warning", None, None)],
        ),
        (
            "several scores",
            form(row(), score_heads=("自评得分", "财政评分")),
            "",
            [(at("indicator", 0, "score"), "info", None, None)],
        ),
    ],
    "W10": [
        (
            "a rate that divides by nothing",
            form(funding=(money(0, 0, 0),), faults=(cell(at("funding", 0, "rate"), "error", "#DIV/0!"),)),
            "",
            [(at("funding", 0, "rate"), "error", None, "#DIV/0!")],
        ),
        (
            "a score that is an error: nothing else is said of its cell",
            form(
                row("≥1次", "1次", 10, 10),
                row("≥1次", "1次", 10),
                faults=(cell(at("indicator", 1, "score"), "error", "#N/A"),),
            ),
            "",
            [(at("indicator", 1, "score"), "error", None, "#N/A")],
        ),
        (
            "a total older than its scores",
            form(faults=(cell(at("total", 0, "score"), "stale", "95", "98.8"),)),
            "",
            [(at("total", 0, "score"), "error", "98.8", "95")],
        ),
        (
            "formulas never calculated, named in one sentence",
            form(
                row(),
                faults=(
                    cell(at("indicator", 0, "score"), "uncalculated"),
                    cell(at("total", 0, "score"), "uncalculated"),
                ),
            ),
            "",
            [(at("indicator", 0, "score"), "warning", None, None)],
        ),
    ],
    "W11": [
        (
            "more than a county's project ever has",
            form(
                unit="松江区九亭镇人民政府",
                project="城镇建设管理",
                funding=(money(145000000, 145000000, 145000000),),
            ),
            "",
            [(at("funding", 0, "annual"), "warning", D(14500), D(145000000))],
        ),
        (
            "more than a county's department ever has",
            form(unit="岳阳县农业农村局", funding=(money(None, 8540000, 8540000),)),
            "",
            [(at("funding", 0, "annual"), "warning", D(854), D(8540000))],
        ),
        (
            "one amount in 元 beside another in 万元",
            form(funding=(money(120, 120, 1170000), money(120, 1200000, item="财政拨款"))),
            "",
            [
                (at("funding", 0, "executed"), "warning", D(117), D(1170000)),
                (at("funding", 1, "annual"), "warning", D(120), D(1200000)),
            ],
        ),
        (
            "ten thousand times a cost of its own",
            form(
                row("≤85.4万元", "85万元", name="工程成本", level1="成本指标", level2="经济成本指标"),
                funding=(money(None, 854000, 850000),),
            ),
            "",
            [(at("funding", 0, "annual"), "warning", D("85.4"), D(854000))],
        ),
    ],
    "V1": [
        (
            "points lost without a word",
            form(row(actual="98%", score="9.8")),
            "",
            [(at("indicator", 0, "reason"), "error", "偏差原因及改进措施", None)],
        ),
        (
            "无 is no reason",
            form(row(actual="98%", score="9.8", reason="无")),
            "",
            [(at("indicator", 0, "reason"), "error", "偏差原因及改进措施", "无")],
        ),
        (
            "no score yet, and the rule gives less than the weight",
            form(row(actual="98%")),
            "",
            [(at("indicator", 0, "reason"), "error", "偏差原因及改进措施", None)],
        ),
        (
            "a low rate of execution where the rule set asks for a reason",
            form(funding=(money(100, 100, 89, score="8.9"),)),
            "[budget]\nreason_below = 0.9",
            [(at("funding", 0, "reason"), "error", "原因说明", None)],
        ),
    ],
    "V2": [
        (
            "words that say less than the target, full marks",
            form(
                row("达标", "基本达标", 3, 3, reason="宣传不到位"),
                row("健全", "较健全", 3, 3),
                row("制度健全", "制度基本健全", 3, 3),
                row("按时完成", "部分按时完成", 3, 3),
                row("优", "良", 3, 3),
            ),
            "",
            [(at("indicator", number, "score"), "warning", None, D(3)) for number in range(5)],
        ),
        (
            "exactly what a strict target excludes",
            form(row(">90%", "90%", 10, 10)),
            "",
            [(at("indicator", 0, "target"), "warning", None, ">90%")],
        ),
        (
            "missed, full marks",
            form(row("≥4754人", "4604人", 5, 5, reason="死亡")),
            "",
            [(at("indicator", 0, "score"), "error", D("4.84"), D(5))],
        ),
        (
            "above a ceiling, full marks",
            form(row("≤5300元/户", "5830元/户", 10, 10)),
            "",
            [(at("indicator", 0, "score"), "error", D("9.09"), D(10))],
        ),
    ],
    "V3": [
        (
            "met, points taken off",
            form(row(score=7, reason="自扣")),
            "",
            [(at("indicator", 0, "score"), "warning", D(10), D(7))],
        )
    ],
    "V4": [
        (
            "twice the target",
            form(row("≥6次", "12次")),
            "[over]\nlimit = 2",
            [(at("indicator", 0, "actual"), "warning", "≥6次", "12次")],
        ),
    ],
    "V5": [
        (
            "per cent against things",
            form(row("≥1000件", "100%")),
            "",
            [(at("indicator", 0, "actual"), "error", "件", "100%")],
        ),
        (
            "money against per cent",
            form(row("≤90万元", "90%")),
            "",
            [(at("indicator", 0, "actual"), "error", "万元", "90%")],
        ),
        (
            "days against working days",
            form(row("≤30天", "20工作日")),
            "",
            [(at("indicator", 0, "actual"), "error", "天", "20工作日")],
        ),
    ],
    "V6": [
        (
            "words against a number",
            form(row("应助尽助", "9")),
            "",
            [(at("indicator", 0, "actual"), "warning", None, "9")],
        ),
        (
            "words against per cent",
            form(row("有所提升", "100%", 10, 10)),
            "",
            [(at("indicator", 0, "actual"), "warning", None, "100%")],
        ),
    ],
    "V7": [
        (
            "words for a number",
            form(row("≥95%", "已完成")),
            "",
            [(at("indicator", 0, "actual"), "error", "数字", "已完成")],
        ),
        (
            "a date for a number",
            form(row("≥95%", "2022年6月")),
            "",
            [(at("indicator", 0, "actual"), "error", "数字", "2022年6月")],
        ),
        (
            "numbers that are not to be reckoned with",
            form(row("≥120户", "120户/386人"), row("≥3次", "三次"), row("≥3次", "三级")),
            "",
            [
                (at("indicator", 0, "actual"), "warning", "数字", "120户/386人"),
                (at("indicator", 1, "actual"), "warning", "数字", "三次"),
                (at("indicator", 2, "actual"), "error", "数字", "三级"),
            ],
        ),
    ],
    "V8": [
        (
            "the sign is repeated",
            form(row("≥266米", "≥266米")),
            "",
            [(at("indicator", 0, "actual"), "error", "不带符号的数", "≥266米")],
        ),
        (
            "in words",
            form(row("≥95%", "95%以上")),
            "",
            [(at("indicator", 0, "actual"), "error", "不带符号的数", "95%以上")],
        ),
    ],
    "W9": [
        (
            "a self-evaluation has points and no actuals",
            form(row(actual="", weight=10, score=10), columns=FIELDS - {"actual"}, headed=True),
            "",
            [(at("indicator", 0, "actual"), "warning", "实际完成值", None)],
        ),
        (
            "actuals and weights, and no scores",
            form(row(weight=10), columns=FIELDS - {"score"}, headed=True),
            "",
            [(at("indicator", 0, "score"), "warning", "得分", None)],
        ),
        (
            "scores and no weights",
            form(row(weight=None, score=10), columns=FIELDS - {"weight"}, headed=True),
            "",
            [(at("indicator", 0, "weight"), "warning", "分值", None)],
        ),
        (
            "a form that calls itself one, with nothing but targets",
            form(
                row(actual="", weight=10),
                form="项目支出绩效自评表",
                columns=frozenset({"target", "weight"}),
                headed=True,
            ),
            "",
            [
                (at("indicator", 0, "actual"), "warning", "实际完成值", None),
                (at("indicator", 0, "score"), "warning", "得分", None),
            ],
        ),
        (
            "points were taken off where no reason can be given",
            form(row(weight=10, score=9), columns=FIELDS - {"reason"}, headed=True),
            "",
            [(at("indicator", 0, "score"), "info", "偏差原因", None)],
        ),
    ],
    "V9": [
        (
            "what stands around the values, once there is a value",
            form(
                row("≥3", "4", name="会议"),
                row("≥2", "2", name="检查"),
                tasks=(Task("任务一"), Task("任务二"), Task("任务三")),
                blanks=frozenset(
                    {
                        at("head", 0, "unit"),
                        at("head", 0, "year"),
                        at("goal", 0, "achieved"),
                        at("task", 1, "achieved"),
                        at("indicator", 0, "unit"),
                        at("indicator", 1, "unit"),
                    }
                ),
            ),
            "",
            [
                (at("head", 0, "unit"), "warning", "单位名称", None),
                (at("head", 0, "year"), "warning", "年度", None),
                (at("goal", 0, "achieved"), "warning", "年度目标的完成情况", None),
                (at("task", 1, "achieved"), "warning", "完成情况", None),
                (at("indicator", 0, "unit"), "warning", "计量单位", None),
            ],
        ),
        (
            "no second level where others of the first have one",
            form(row("≥3", "4", name="会议"), row("≥2", "2", name="检查", level2="")),
            "",
            [(at("indicator", 1, "level2"), "warning", "二级指标", None)],
        ),
        (
            "nothing in a row of a form without points that is filled in elsewhere",
            form(
                row("≥3种", "4种", None, name="指标1.抽验品种"),
                row("", "", None, name="指标4.不合格产品处置率"),
                columns=frozenset({"target", "actual"}),
            ),
            "",
            [(at("indicator", 1, "actual"), "warning", "指标值和实际完成值", None)],
        ),
        (
            "nothing in a numbered row beside others with points",
            form(row(score=10), row("", "", None, name="指标2：培训场次")),
            "",
            [(at("indicator", 1, "actual"), "warning", "指标值和实际完成值", None)],
        ),
        (
            "a template's bracket behind a name",
            form(row(name="培训人数（≥**人）"), row(name="覆盖率(≥XX%)"), row(name="办结率（≥95%）")),
            "",
            [
                (at("indicator", 0, "level3"), "error", None, "培训人数（≥**人）"),
                (at("indicator", 1, "level3"), "error", None, "覆盖率(≥XX%)"),
            ],
        ),
        (
            "a declaration without its target",
            form(row("", "", None), columns=frozenset({"target"})),
            "",
            [(at("indicator", 0, "target"), "warning", "指标值", None)],
        ),
        (
            "scored without values",
            form(row("", "", 10, 10)),
            "",
            [(at("indicator", 0, "actual"), "error", "指标值和实际完成值", None)],
        ),
        (
            "one score left out",
            form(row("≥1次", "1次", 10, 10), row("≥2次", "1次", 10)),
            "",
            [(at("indicator", 1, "score"), "error", D(5), None)],
        ),
        (
            "a number typed as text where formulas need it",
            form(row("≥1次", "1次", 10, 10), text_numbers=frozenset({at("indicator", 0, "weight")})),
            "",
            [(at("indicator", 0, "weight"), "error", "数字", None)],
        ),
        (
            "an error of a formula",
            form(row("≥1次", "#REF!", 10)),
            "",
            [(at("indicator", 0, "actual"), "error", None, "#REF!")],
        ),
        (
            "not filled in yet",
            form(row("≥1次", "", 10)),
            "",
            [(at("indicator", 0, "actual"), "warning", "实际完成值", None)],
        ),
        (
            "scored without a target",
            form(row("", "1次", 10, 10)),
            "",
            [(at("indicator", 0, "target"), "warning", "指标值", None)],
        ),
        (
            "template text",
            form(row("≥**人", "12人", 10, 10, name="指标1：")),
            "",
            [
                (at("indicator", 0, "level3"), "error", None, "指标1："),
                (at("indicator", 0, "target"), "error", None, "≥**人"),
            ],
        ),
        (
            "template text in the goal",
            form(goal=Goal("（200字以内）", "……")),
            "",
            [
                (at("goal", 0, "expected"), "error", None, "（200字以内）"),
                (at("goal", 0, "achieved"), "error", None, "……"),
            ],
        ),
    ],
    "V10": [
        (
            "its sign is against the form's own column",
            form(
                row("≤200人", name="到会人数", direction="up"),
                row("≥3次", name="周期", direction="down"),
                row("3次", name="投诉次数", direction="up"),
            ),
            "",
            [
                (at("indicator", 0, "target"), "warning", "≥", "≤200人"),
                (at("indicator", 1, "target"), "warning", "≤", "≥3次"),
                (at("indicator", 2, "target"), "warning", "反向", "正向"),
            ],
        ),
        (
            "a ceiling on people who were served",
            form(row("≤200人", "180人", name="培训人数（人）")),
            "",
            [(at("indicator", 0, "target"), "warning", "≥", "≤200人")],
        ),
        (
            "a ceiling on satisfaction",
            form(row("不超过90%", "88%", name="服务对象满意度")),
            "",
            [(at("indicator", 0, "target"), "warning", "≥", "不超过90%")],
        ),
        (
            "a floor under complaints about a service",
            form(row("≥3次", "5次", name="服务投诉次数")),
            "",
            [(at("indicator", 0, "target"), "warning", "≤", "≥3次")],
        ),
        (
            "words of the rule set's own",
            form(row("<5条", "3条", name="有效建议"), row(">2名", "3名", name="脱岗人员数")),
            '[numeric]\nrising = ["建议"]\nfalling = ["脱岗"]',
            [
                (at("indicator", 0, "target"), "warning", "≥", "<5条"),
                (at("indicator", 1, "target"), "warning", "≤", ">2名"),
            ],
        ),
    ],
    "V11": [
        (
            "one very heavy indicator",
            form(row(weight=30)),
            "",
            [(at("indicator", 0, "weight"), "warning", None, D(30))],
        ),
        (
            "satisfaction of unusual weight",
            form(row(weight=8, level1="满意度指标"), row(weight=8, level1="满意度指标")),
            "[weights]\nsatisfaction = 10",
            [(at("indicator", 0, "weight"), "warning", D(10), D(16))],
        ),
    ],
    "V12": [
        (
            "another share, in percent and as a coefficient",
            form(row(weight=34, score="26.34", share="74.77%"), row(weight=10, score=6, share="1")),
            "",
            [
                (at("indicator", 0, "share"), "error", "77.47%", "74.77%"),
                (at("indicator", 1, "share"), "error", "0.6", "1"),
            ],
        ),
        (
            "another deviation",
            form(row("≥99%", "98%", 4, "3.96", deviation="-1.00%", reason="未拨付")),
            "[deviation]\npresent = true",
            [(at("indicator", 0, "deviation"), "error", "-1.01%", "-1.00%")],
        ),
        (
            "words where the deviation belongs",
            form(
                row("≥99%", "98%", deviation="资金未拨付", reason="未拨付"),
                row("≥99%", "98%", deviation="无", reason="未拨付"),
            ),
            "[deviation]\npresent = true",
            [(at("indicator", 0, "deviation"), "warning", "-1.01%", "资金未拨付")],
        ),
    ],
    "V13": [
        (
            "a product that is none",
            form(row(weight=25, score=18, raw=D(80))),
            "",
            [(at("indicator", 0, "score"), "error", D("20.00"), D(18))],
        ),
        (
            "words judged in points",
            form(row("有效", "良好", weight=25, score="6.25", raw=D(25))),
            PERCENT,
            [(at("indicator", 0, "score"), "warning", None, D("6.25"))],
        ),
        (
            "the points where a hundred was meant",
            form(row(weight=25, score="6.25")),
            PERCENT,
            [(at("indicator", 0, "score"), "error", D("25.00"), D("6.25"))],
        ),
        (
            "of a missed target, and of the budget row",
            form(
                row(actual="90%", weight=20, score="3.6", reason="未拨付"),
                funding=(money(1, 1, 1, 10, score=1),),
            ),
            PERCENT,
            [
                (at("funding", 0, "score"), "error", D("10.00"), D(1)),
                (at("indicator", 0, "score"), "error", D("18.00"), D("3.6")),
            ],
        ),
    ],
    "V14": [
        (
            "things instead of a time",
            form(row("≥100件", "100件", level2="时效指标")),
            "",
            [(at("indicator", 0, "target"), "warning", "日期或期限", "≥100件")],
        ),
        (
            "words that tell no time",
            form(row("良好", "良好", level1="时效指标", level2="")),
            "",
            [(at("indicator", 0, "target"), "warning", "日期或期限", "良好")],
        ),
        (
            "late, full marks, under any heading",
            form(row("2022年6月底", "2022年9月", 10, 10)),
            "",
            [(at("indicator", 0, "actual"), "warning", "2022年6月底", "2022年9月")],
        ),
        (
            "late, points off without a reason",
            form(row("2022年6月底前", "2022年7月1日", 10, 8, level2="时效指标", reason="无")),
            "",
            [(at("indicator", 0, "actual"), "warning", "2022年6月底前", "2022年7月1日")],
        ),
    ],
    "V15": [
        (
            "numbers as names",
            form(row("100", "", name="88"), row(name="≥95%"), row(name="１２０人")),
            "",
            [
                (at("indicator", 0, "level3"), "warning", "指标名称", "88"),
                (at("indicator", 1, "level3"), "warning", "指标名称", "≥95%"),
                (at("indicator", 2, "level3"), "warning", "指标名称", "１２０人"),
            ],
        ),
        (
            "a list of options as the actual",
            form(row("优", "优/良/中/差"), row("良好以上", "□优秀□良好")),
            "",
            [
                (at("indicator", 0, "actual"), "warning", None, "优/良/中/差"),
                (at("indicator", 1, "actual"), "warning", None, "□优秀□良好"),
            ],
        ),
        (
            "the name of an indicator as the target",
            form(row("发放时间达标率", "100%", name="按季发放助学金")),
            "",
            [(at("indicator", 0, "target"), "warning", None, "发放时间达标率")],
        ),
        (
            "the name of the row itself, twice",
            form(row("维护社会稳定", "维护社会稳定", name="维护社会稳定")),
            "",
            [(at("indicator", 0, "target"), "warning", None, "维护社会稳定")],
        ),
        (
            "the weight as target and actual",
            form(row("12.5", "12.5", "12.5", "12.5")),
            "",
            [(at("indicator", 0, "actual"), "warning", None, "12.5")],
        ),
        (
            "whole weights, again and again",
            form(row("10", "10", 10, 10), row("20", "20", 20, 20)),
            "",
            [
                (at("indicator", 0, "actual"), "warning", None, "10"),
                (at("indicator", 1, "actual"), "warning", None, "20"),
            ],
        ),
    ],
    "V16": [
        (
            "rate, adjustment and carry-over of the budget block",
            form(
                row("≥100%", "80%", name="预算执行率"),
                row("≤30%", "10%", name="预算调整率"),
                row("≤20%", "0%", name="结转结余率"),
                funding=(money("357.65", "378.1", "273.8"),),
            ),
            "",
            [
                (at("indicator", 0, "actual"), "error", "72.41%", "80%"),
                (at("indicator", 1, "actual"), "warning", "5.72%", "10%"),
                (at("indicator", 2, "actual"), "warning", "27.59%", "0%"),
            ],
        ),
    ],
    "V17": [
        (
            "more than the rule gives",
            form(row(actual="98%", score="9.9", reason="未拨付")),
            "",
            [(at("indicator", 0, "score"), "error", D("9.80"), D("9.9"))],
        ),
        (
            "less than the rule gives",
            form(row(actual="98%", score=9, reason="未拨付")),
            "",
            [(at("indicator", 0, "score"), "warning", D("9.80"), D(9))],
        ),
        (
            "more than the weight",
            form(row(weight=10, score=25)),
            "",
            [(at("indicator", 0, "score"), "error", D(10), D(25))],
        ),
    ],
    "V18": [
        (
            "the same row twice, but for white space",
            form(row("≥5场", name="培训场次"), row(name="另一个"), row("≥5 场", name="培训 场次")),
            "",
            [(at("indicator", 2, "level3"), "warning", None, "培训 场次")],
        ),
        (
            "the same count under another second level",
            form(row("≥5场", name="培训"), row("≥5场", name="培训", level2="质量指标")),
            "",
            [(at("indicator", 1, "level3"), "warning", None, "培训")],
        ),
    ],
}

NEAR_MISSES: dict[str, list[tuple[str, Form, str]]] = {
    "U1": [("everything was read", form(row()), "")],
    "U2": [("nothing is hidden", form(row()), "")],
    "W1": [
        (
            "a declaration leaves the points of the execution out",
            form(row(weight=90), columns=frozenset({"target", "weight"})),
            "",
        ),
        (
            "a declaration that states the points of the execution",
            form(
                row(weight=80),
                columns=frozenset({"target", "weight"}),
                details=(Detail("预算执行率权重", "20"),),
            ),
            "",
        ),
        ("two tables in one form", form(row(weight=100), row(weight=100, term="长期")), ""),
        (
            "a form's budget row of very many points",
            form(row(weight=20), funding=(money(1, 1, 1, 80),)),
            "",
        ),
        (
            "weights shared out among the rows of a level",
            form(row(weight=None), row(weight=20), funding=(money(1, 1, 1, 10),), total_weight=D(100)),
            '[weights]\nsource = "group"\n[total]\nlevels = [{ name = "产出指标", weight = 90 }]',
        ),
        (
            "weights that the scores tell",
            form(
                row("6艘", "5艘", None, "16.67"),
                row("有效", "有效", None, 60),
                funding=(money(None, 1, 1, 20, score=20),),
            ),
            '[weights]\nsource = "score"',
        ),
        ("the budget row prints no weight", form(row(weight=90), funding=(money(1, 1, 1),)), ""),
        ("nothing of it counts", form(row(weight=100), funding=(money(1, 1, 1),)), ""),
        ("within the tolerance", form(row(weight="90.01"), funding=(money(1, 1, 1, 10),)), ""),
        ("no column for weights", form(row(weight=None), columns=FIELDS - {"weight"}), ""),
        ("no weights, and nothing filled in yet", form(row(actual="", weight=None)), ""),
        ("the first level as ruled", form(row(weight=50), row(weight=50, level1="其他")), LEVELS),
    ],
    "W2": [
        (
            "a grade of a form that prints no scores",
            form(row(), row(actual=""), grade="良"),
            '[[grades]]\nname = "优"\npoints = 90\n[[grades]]\nname = "良"\npoints = 0',
        ),
        ("within the tolerance", form(row(score="9.8"), row(score=8), total=D("17.81")), ""),
        ("a score still missing", form(row(score=9), row(), total=D(18)), ""),
        (
            "a total never calculated",
            form(row(score=9), columns=FIELDS | {"total"}, calculated=False),
            "",
        ),
        (
            "the grade with its word behind",
            form(row(weight=100, score=90), total=D(90), grade="优秀"),
            '[[grades]]\nname = "优"\npoints = 90',
        ),
    ],
    "W3": [
        (
            "numbered below one another",
            form(
                funding=(
                    money(10),
                    money(8, item="（一）财政拨款小计"),
                    money(8, item="1、一般公共预算"),
                    money(2, item="（二）自有资金"),
                )
            ),
            "",
        ),
        ("only a part is named", form(funding=(money(164), money(132, item="其中：市级资金"))), ""),
        (
            "the rows for the sources have no place for what was spent",
            form(
                funding=(money(90, 90, 80), money(90, 90, item="财政拨款")),
                broken_down=frozenset({"initial", "annual"}),
            ),
            "",
        ),
        (
            "one source says where all was spent from, and a total of nothing",
            form(funding=(money(0, 90, 80), money(None, 90, 80, item="财政拨款"), money(item="其他资金"))),
            "",
        ),
        (
            "a declaration by source and by structure",
            form(
                funding=(
                    money("1812.92", item="部门预算总额（万元）"),
                    money("1812.92", item="资金来源：（1）财政性资金"),
                    money(item="（2）其他资金"),
                    money("1453.92", item="资金结构：（1）基本支出"),
                    money(359, item="（2）项目支出"),
                )
            ),
            "",
        ),
        (
            "what one source alone is for",
            form(
                funding=(
                    money(100),
                    money(90, item="财政拨款"),
                    money(60, item="基本支出"),
                    money(30, item="项目支出"),
                    money(10, item="其他资金"),
                )
            ),
            "",
        ),
        (
            "no source named",
            form(funding=(money(90), money(60, item="基本支出"), money(30, item="项目支出"))),
            "",
        ),
        ("rounded sources", form(funding=(money("0.03", 0, 0), money("0.01"), money("0.01"))), ""),
        (
            "其中 is a part of the row above",
            form(
                funding=(
                    money(5, 5, 5),
                    money(5, 5, 5, item="财政拨款"),
                    money(2, 2, 2, item="其中：上级补助"),
                )
            ),
            "",
        ),
        ("no sources", form(funding=(money(5, 5, 5),)), ""),
    ],
    "W4": [
        (
            "half up, cut off, and a share of all",
            form(
                funding=(
                    money(1000, 1000, "861.85", rate="86.19%"),
                    money(1000, 1000, "861.89", rate="86.18%"),
                    money(1000, 1000, "865", rate="87%"),
                    money(1000, 1000, "999.96", rate="100%"),
                    money(1000, 1000, 1000, rate="1"),
                )
            ),
            "",
        ),
        ("as printed", form(funding=(money("357.65", "378.1", "273.8", rate="72.41"),)), ""),
        ("rounded", form(funding=(money("310.2", None, "154.74", rate="50%"),)), ""),
        ("cut off", form(funding=(money(3, 3, 2, rate="66.6%"),)), ""),
        ("as a fraction", form(funding=(money(3, 3, 2, rate="0.67"),)), ""),
        ("nothing of nothing", form(funding=(money(0, 0, 0, rate="0%"),)), ""),
    ],
    "W5": [
        ("all spent", form(row(score=10), funding=(money(100, 100, 100, score=10),)), ""),
        ("no scores yet", form(row(), funding=(money(100, 100, 100),)), ""),
    ],
    "W6": [
        ("nothing on the sub-row", form(funding=(money(1, 1, 1, 10), money(1, 1, 1))), ""),
        ("nought on the sub-row", form(funding=(money(1, 1, 1, 10), money(1, 1, 1, 0, score=0))), ""),
        (
            "where sub-rows carry points",
            form(funding=(money(1), money(1, 1, 1, 10))),
            "[budget]\nsub_rows_score = true",
        ),
    ],
    "W7": [
        ("cut by a little less", form(funding=(money(100, "80.01", "80.01"),)), ""),
        ("not all of it spent", form(funding=(money(100, 50, 49),)), ""),
        ("raised", form(funding=(money(50, 100, 100),)), ""),
        ("explained", form(funding=(money(100, 50, 50, reason="项目取消，财政收回指标"),)), ""),
        ("the initial budget is not known", form(funding=(money(None, 50, 50),)), ""),
        ("nothing there", form(funding=(money(100, 0, 0),)), ""),
    ],
    "W8": [("everything was read", form(row(), funding=(money(1, 1, 1),)), "")],
    "W10": [
        ("cells that have results", form(row("≥1次", "1次", 10, 10)), ""),
        ("an error's name in words", form(row("≥1次", "1次", 10, 10, reason="公式曾显示 #REF! 已更正")), ""),
    ],
    "W11": [
        (
            "large, but not for such a unit",
            form(unit="松江区教育局", funding=(money(None, 2900000, 2900000),)),
            "",
        ),
        ("of no known place", form(unit="教育部", funding=(money(None, 53000000, 53000000),)), ""),
        (
            "names that only look like a place",
            form(unit="自治区农业农村厅", funding=(money(None, 3500000, 3500000),)),
            "",
        ),
        ("little of it spent", form(funding=(money(120, 120, "0.01"),)), ""),
        (
            "a cost of the same number",
            form(
                row("≤85.4万元", level2="成本指标"),
                row("≥85.4万元", level2="数量指标"),
                funding=(money(None, "85.4", 85),),
            ),
            "",
        ),
    ],
    "V1": [
        ("with a reason", form(row(actual="98%", score="9.8", reason="财政资金未按时拨付")), ""),
        ("full marks", form(row(score=10)), ""),
        ("the form has no place for one", form(row(actual="98%", score=9), columns=frozenset({"score"})), ""),
        ("just at the rate", form(funding=(money(100, 100, 90, score=9),)), "[budget]\nreason_below = 0.9"),
    ],
    "V2": [
        (
            "words that say as much or more, or earn less",
            form(
                row("达标", "达标", 3, 3),
                row("达标", "全部达标", 3, 3),
                row("较健全", "健全", 3, 3),
                row("基本达标", "基本达标", 3, 3),
                row("完成", "较好完成", 3, 3),
                row("提升", "有所提升", 3, 3),
                row("完善", "不断完善", 3, 3),
                row("良", "优", 3, 3),
                row("达标", "基本达标", 3, 2, reason="未全部完工"),
            ),
            "",
        ),
        ("as many as a target includes", form(row("≥90%", "90%", 10, 10), row(">90%", "91%", 10, 10)), ""),
        ("just met", form(row("≥4754人", "4754人", 5, 5)), ""),
        ("missed, points taken off", form(row(actual="98%", score="9.8")), ""),
        ("late: the points are judgement", form(row("2022年6月底", "2022年9月", 10, 10)), ""),
        ("so little missed that it rounds to full marks", form(row(actual="99.999%", score=10)), ""),
        (
            "judged by the clerk",
            form(row("有效", "良好", 10, 10)),
            '[text]\nrule = "bands"\nbands = [{ name = "达成", upper = 1, lower = 0 }]',
        ),
    ],
    "V3": [("met, full marks", form(row(score=10)), ""), ("missed", form(row(actual="98%", score=9)), "")],
    "V4": [
        (
            "no place to explain it",
            form(row("≥6次", "12次"), columns=frozenset({"target", "actual"})),
            "[over]\nlimit = 2",
        ),
        ("just under", form(row("≥6次", "11次")), "[over]\nlimit = 2"),
        ("explained", form(row("≥6次", "12次", reason="上级要求")), "[over]\nlimit = 2"),
        ("a ceiling", form(row("≤6次", "12次")), "[over]\nlimit = 2"),
        ("no limit", form(row("≥6次", "60次")), ""),
        ("not asked", form(row("≥6次", "60次")), '[over]\nlimit = 2\naction = "ignore"'),
    ],
    "V5": [
        ("another word for things", form(row("≥735人次", "735人")), ""),
        ("no unit", form(row("≥50个", "50")), ""),
        ("larger money", form(row("≤1万元", "9000元")), ""),
        ("百分比 is %", form(row("≥100百分比", "100%")), ""),
        ("times a year", form(row("≥12次/年", "12次")), ""),
        ("days are days", form(row("≤30日", "20天")), ""),
        ("months are months", form(row("≤3个月", "2月")), ""),
    ],
    "V6": [("words", form(row("有效", "有效")), ""), ("numbers", form(row("≥1", "1")), "")],
    "V7": [
        ("a number", form(row("≥95%", "95%")), ""),
        ("words for words", form(row("有效", "有效")), ""),
        ("none for nought", form(row("0次", "无")), ""),
        ("nothing", form(row("≥95%", "")), ""),
        ("a date for a feast of a year", form(row("2023年春节前", "2022年12月30日")), ""),
        (
            "a date for a month in two columns",
            form(replace(row("12", "12月15日"), target=joined("", parse("12"), "月底前"))),
            "",
        ),
    ],
    "V8": [("a number", form(row("≥266米", "266米")), ""), ("with =", form(row("=1次", "=1次")), "")],
    "W9": [
        (
            "a declaration",
            form(row(actual=""), form="绩效目标申报表", columns=frozenset({"target", "weight"}), headed=True),
            "",
        ),
        (
            "a form without points",
            form(
                row(weight=None),
                form="自评表",
                columns=frozenset({"target", "actual", "reason"}),
                headed=True,
            ),
            "",
        ),
        (
            "an evaluation in short",
            form(row("", "", 10, 9), columns=frozenset({"weight", "score", "share"}), headed=True),
            "",
        ),
        (
            "weights that the scores tell",
            form(row(weight=None, score=10), columns=FIELDS - {"weight"}, headed=True),
            '[weights]\nsource = "score"',
        ),
        ("data, which need not fill every column", form(row(weight=10), columns=FIELDS - {"score"}), ""),
    ],
    "V9": [
        (
            "a first level that is not divided",
            form(row("≥3", "4"), row("≥95%", "96%", level1="满意度指标", level2="", name="满意度")),
            "",
        ),
        (
            "a row that only heads others",
            form(row(score=10), row("", "", None, name="★发放补贴")),
            "",
        ),
        (
            "a form that nobody filled in yet",
            form(row("", "", None), columns=frozenset({"target", "actual"})),
            "",
        ),
        (
            "brackets of the name's own",
            form(row(name="覆盖率（≥95%）"), row(name="培训人数（人）"), row(name="A*类（B*）企业")),
            "",
        ),
        (
            "scores of a form without values",
            form(row("", "", 34, "26.34"), columns=frozenset({"weight", "score", "share"})),
            "",
        ),
        ("a declaration", form(row("≥95%", "", None), columns=frozenset({"target"})), ""),
        (
            "no unit of a form without a result",
            form(row("≥95%", "", None), row("", "", None), blanks=frozenset({at("head", 0, "unit")})),
            "",
        ),
        ("nought is a value", form(row("0起", "0起", 10, 10)), ""),
        (
            "a formula never calculated",
            form(row("≥1次", "1次", 10, 10), row("≥2次", "1次", 10), calculated=False),
            "",
        ),
        (
            "a score merged from above",
            form(row("≥1次", "1次", 10, 10), row("≥2次", "1次", 10), shared=frozenset({1})),
            "",
        ),
        ("a form without actuals", form(row("≥1次", "", 10), columns=frozenset({"target", "weight"})), ""),
        ("no weight, no score", form(row("≥1次", "", None)), ""),
        ("an indicator of that name", form(row("≥1次", "1次", name="指标完成率")), ""),
    ],
    "V10": [
        (
            "its column says the same",
            form(
                row("≥200人", name="培训人数", direction="up"),
                row("=3次", name="投诉次数", direction="up"),
                row("3次", name="投诉次数", direction="down"),
            ),
            "",
        ),
        ("as it should be", form(row("≥200人", name="培训人数"), row("≤3次", name="投诉次数")), ""),
        ("no sign", form(row("200人", name="培训人数"), row("=3次", name="投诉次数")), ""),
        (
            "what is done against it",
            form(row("≥95%", name="投诉办结率"), row("≥9件", name="查处违法案件数")),
            "",
        ),
        (
            "another thing at the end",
            form(row("≤5万元", name="培训费"), row("≤3个", name="培训缺勤人数")),
            "",
        ),
        ("what is measured is money or time", form(row("≤5万元", name="会议"), row("≤3天", name="培训")), ""),
        ("a cost", form(row("≤6次", name="会议次数", level2="成本指标")), ""),
        ("fewer are wanted", form(row("≤6次", name="压减会议次数"), row("≤3%", name="不满意度")), ""),
        (
            "the rule set says which",
            form(row("≤200人", name="培训人数")),
            '[[indicators]]\nname = "培训人数"\ndirection = "down"',
        ),
    ],
    "V11": [
        ("just lighter", form(row(weight="29.9")), ""),
        ("satisfaction as usual", form(row(weight=10, level1="满意度指标")), "[weights]\nsatisfaction = 10"),
        ("no satisfaction", form(row(weight=10)), "[weights]\nsatisfaction = 10"),
    ],
    "V12": [
        (
            "shares as they are, or of a score rounded before",
            form(
                row(weight=34, score="26.34", share="77.47%"),
                row(weight=3, score="2.33", share="77.78%"),
                row(weight=10, score=10, share="1"),
                row(weight=10, score=8, share="0.8"),
                row(weight=10, score=8, share="80"),
                row(weight=3, score=2, share="66.67%"),
            ),
            "",
        ),
        (
            "one score for two rows",
            form(row(weight=5, score=10, share="100%"), row(weight=5), shared=frozenset({1})),
            "",
        ),
        (
            "as the formula gives it",
            form(row("≥99%", "98%", deviation="-1.01%")),
            "[deviation]\npresent = true",
        ),
        ("fewer digits", form(row("≥100%", "0%", deviation="-100%")), "[deviation]\npresent = true"),
        ("no formula", form(row("≥99%", "98%", deviation="-5%")), ""),
    ],
    "V13": [
        (
            "the product, rounded",
            form(row(weight="12.5", score="12.29", raw=D("98.33")), row("有效", "良好", 25, 20, raw=D(80))),
            PERCENT,
        ),
        ("another rule set", form(row(weight=25, score="6.25")), ""),
        ("as it should be", form(row(weight=25, score=25)), PERCENT),
        ("another number", form(row(weight=25, score="6.5")), PERCENT),
        ("judged by the clerk", form(row("有效", "良好", weight=25, score="6.25")), PERCENT),
        ("a weight of the whole", form(row(weight=100, score=100)), PERCENT),
    ],
    "V14": [
        (
            "times, rates and words of time",
            form(
                *(
                    row(target, "", None, level2="时效指标")
                    for target in (
                        "2022年6月底前",
                        "≤30天",
                        "≥95%",
                        "=1年",
                        "计划时间内完成",
                        "及时",
                        "12次/年",
                    )
                ),
                row("20220630", level2="时效指标"),
                row("≥98", level2="时效指标", name="拨付及时率"),
            ),
            "",
        ),
        ("nothing typed, or template text", form(*(row(x, level2="时效指标") for x in ("", "……"))), ""),
        ("things under another heading", form(row("≥100件", "100件")), ""),
        ("in time", form(row("2022年6月底前", "2022年6月30日", 10, 10, level2="时效指标")), ""),
        ("only one of them names its year", form(row("6月底前", "2022年9月", 10, 10)), ""),
        ("answered for", form(row("2022年6月底前", "2022年9月", 10, 8, reason="疫情停工")), ""),
    ],
    "V15": [
        (
            "names that begin with a number",
            form(row(name="12345热线满意度"), row(name="5G基站数"), row(name="3类以上人员")),
            "",
        ),
        ("one of the options", form(row("优良中低差", "优"), row("优/良", "良好")), ""),
        ("words that are no scale", form(row("及时、完整", "及时、完整"), row("有效", "好、快")), ""),
        (
            "a qualitative target",
            form(row("提高群众满意度", "提高群众满意度"), row("显著提升", "提升工作效率")),
            "",
        ),
        ("a name that is its own target", form(row("合规", "合规", name="合规")), ""),
        ("as many as points", form(row("10", "10", 10, 10), row("≥5份", "5份", 5, 5)), ""),
    ],
    "V16": [
        (
            "as the budget block says",
            form(
                row("≥100%", "72.41%", name="预算执行率"),
                row("≤30%", "5.72%", name="预算调整率"),
                row("≤20%", "28%", name="结转结余率"),
                funding=(money("357.65", "378.1", "273.8"),),
            ),
            "",
        ),
        ("no budget block", form(row("≥100%", "80%", name="预算执行率")), ""),
        ("another indicator", form(row("≥100%", "80%", name="资金执行率"), funding=(money(1, 1, 1),)), ""),
    ],
    "V17": [
        ("as the rule gives it", form(row(actual="98%", score="9.8")), ""),
        ("the rate as printed", form(funding=(money("310.2", None, "154.74", 10, "50%", 5),)), ""),
        ("judged", form(row("有效", "良好", 10, 8)), ""),
        ("not scored yet", form(row(actual="98%")), ""),
    ],
    "V18": [
        (
            "another target, another level, parts, and names not typed",
            form(
                row("≥5场", name="培训"),
                row("≥50人", name="培训"),
                row("≥5场", name="培训", level1="效益指标"),
                row("=100%", name="及时率"),
                row("=100%", name="及时率", level2="质量指标"),
                row("达标", name="接访"),
                row("达标", name="接访", level2="质量指标"),
                row(name="其中：男"),
                row(name="其中：男"),
                row(name="指标1："),
                row(name="指标1："),
            ),
            "",
        ),
        (
            "a long-term and a yearly table of the same rows",
            form(
                row(name="培训"),
                row(name="受益", level1="效益指标"),
                row(name="培训"),
                row(name="受益", level1="效益指标"),
            ),
            "",
        ),
    ],
}


def by_name(table: dict[str, list[tuple[str, Form, str, list[Facts]]]]) -> list[object]:
    return [
        pytest.param(code, *rest, id=f"{code} {name}") for code, rows in table.items() for name, *rest in rows
    ]


@pytest.mark.parametrize(("code", "one", "toml", "expected"), by_name(TRIGGERS))
def test_a_check_finds(code: str, one: Form, toml: str, expected: list[Facts]) -> None:
    findings = found(code, one, toml)
    assert facts(findings) == expected
    for finding in findings:
        assert finding.message.startswith(CHECKS[code].title)
        assert finding.label or finding.spot.part == "head"


@pytest.mark.parametrize(
    ("code", "one", "toml"),
    [
        pytest.param(code, *rest, id=f"{code} {name}")
        for code, rows in NEAR_MISSES.items()
        for name, *rest in rows
    ],
)
def test_a_near_miss_is_none(code: str, one: Form, toml: str) -> None:
    assert facts(found(code, one, toml)) == []


def test_every_check_has_an_example_and_a_near_miss() -> None:
    looked_at = {code for code in set(CHECKS) - AGAINST if code[0] != "M"}  # those have a page of their own
    assert looked_at == set(TRIGGERS) == set(NEAR_MISSES)


@pytest.mark.parametrize("code", list(TRIGGERS))
def test_a_rule_set_may_change_or_switch_off_each_check(code: str) -> None:
    _, one, toml, expected = TRIGGERS[code][0]
    assert len(found(code, one, f'{toml}\n[severity]\n{code} = "info"')) == len(expected)
    assert {finding.severity for finding in found(code, one, f'{toml}\n[severity]\n{code} = "info"')} == {
        "info"
    }
    assert found(code, one, f'{toml}\n[severity]\n{code} = "off"') == []


def test_findings_come_by_their_codes() -> None:
    codes = [
        finding.check for finding in check(published("p06_suixi_minzheng_2019"), ruleset("national-2020"))
    ]
    assert codes == sorted(codes, key=lambda code: (code[0] != "W", int(code[1:])))


@pytest.mark.parametrize(
    "text", ["无", "0", "/", "", " ", "-", "—", "——", "无。", "没有", "不适用", "\\", "无偏差", "／", "０"]
)
def test_what_fills_the_cell_without_being_a_reason(text: str) -> None:
    assert not is_reason(text)


@pytest.mark.parametrize("text", ["财政资金未按时拨付", "无资金", "0元拨付", "疫情", "因疫情/停工"])
def test_a_reason(text: str) -> None:
    assert is_reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "指标1：",
        "指标2:",
        "指标1",
        "……",
        "…",
        "......",
        "···",
        "（200字以内）",
        "简述成效(200字以内)",
        "≥**人",
        "**%",
        "***",
        "xx",
        "XX%",
        "请填写",
        "请输入完成值",
        "≥××人",
    ],
)
def test_template_text(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "指标完成率",
        "≥95%",
        "",
        "530元/人*月",
        "1.5",
        "-",
        "无",
        "大于3…",
        "1x2米",
        "A*",
        "培训",
        "工作……完成",
    ],
)
def test_no_template_text(text: str) -> None:
    assert not is_placeholder(text)


def test_every_message_is_one_line_whatever_the_cells_hold() -> None:
    one = form(
        row("≥5场\r\n（含）", "5\n场", 10, 10, name="培训\n场次", level1="产\n出"),
        row("基本\n达标", "#REF!", 10, 10, name="指标1：\n"),
        row("是", "优/\u2028良", 80, 80, name="88\n"),
        funding=(money(1, 1, 2, item="年度\n总额"),),
        goal=Goal("……\n……", ""),
    )
    findings = check(one, rules(LEVELS))
    assert {"V9", "V15", "W5"} <= {finding.check for finding in findings}
    for finding in findings:
        assert len(finding.message.splitlines()) == 1
        assert len(finding.label.splitlines()) == 1


@pytest.mark.parametrize("step", ["0.01", "0.1", "1"])
@pytest.mark.parametrize("thousandths", range(0, 2000, 37))
def test_a_rate_is_right_cut_off_or_rounded_half_up_and_never_rounded_up(step: str, thousandths: int) -> None:
    exact = 86 + D(thousandths) / 1000
    for rounding in (ROUND_DOWN, ROUND_HALF_UP, ROUND_UP):
        printed = exact.quantize(D(step), rounding)
        right = printed in (exact.quantize(D(step), ROUND_DOWN), exact.quantize(D(step), ROUND_HALF_UP))
        one = form(funding=(money(100000, 100000, str(exact * 1000), rate=f"{printed}%"),))
        assert (found("W4", one) == []) == right


def test_the_published_form_of_shangjie_has_two_warnings() -> None:
    findings = check(shangjie(), ruleset("henan-department"))
    assert [(one.check, one.severity, one.spot, one.expected, one.printed) for one in findings] == [
        ("V16", "warning", Spot("indicator", 6, "actual"), "5.72%", "10%"),
        ("V16", "warning", Spot("indicator", 7, "actual"), "27.59%", "0%"),
    ]


MISTAKES: dict[str, set[tuple[str, str, int]]] = {
    # What stands wrong in each published form: code, part and row. Rows not named have no error.
    "p01_tianchang_shuili_2022": {("V9", "indicator", number) for number in range(2, 8)},
    "p03_yongde_mingliang_2022": {
        ("V1", "indicator", 2),
        ("V3", "indicator", 2),
        ("V1", "indicator", 5),
        ("V17", "indicator", 5),
        ("W1", "indicator", 0),
        ("W1", "indicator", 7),
        ("V11", "indicator", 7),
    },
    "p06_suixi_minzheng_2019": {
        ("W6", "funding", 1),
        ("V2", "indicator", 3),
        ("V2", "indicator", 7),
        ("V11", "indicator", 8),
        ("V9", "indicator", 9),
    },
    "p08_hubei_jinbu_2020": {("V8", "indicator", 3)},
    "p12_tangxi_weituo_2022": {("W3", "funding", 0), ("V9", "indicator", 9)},
    "p15_gaoxin_rongmei_2021": {
        # Cut at its end, and its signs are lost: weights and total cannot agree.
        ("W1", "total", 0),
        ("W2", "total", 0),
        ("V2", "indicator", 8),
        *(("V9", "indicator", number) for number in (1, 7, 14, 15, 16, 17, 18)),
    },
    # One row of it is known, with its weight as target and actual.
    "p20_haidian_xueyuanlu_2016": {("W1", "total", 0), ("W1", "indicator", 0), ("V15", "indicator", 0)},
    "p21_qingshen_fagai_2023": {
        ("V9", "indicator", 0),
        ("V9", "indicator", 1),
        ("V11", "indicator", 0),
        ("V11", "indicator", 1),
        ("W1", "indicator", 0),
    },
    "p25_hengshan_liangshi_2020": {("V7", "indicator", 10)},
    "p26_daying_minzheng_2022": {
        *(("V6", "indicator", number) for number in (0, 2, 5, 6)),
        ("V8", "indicator", 7),
        ("V8", "indicator", 8),
        ("V15", "indicator", 2),
    },
    "p28_ningjin_zhuxuejin_2019": {("W1", "indicator", 1)},
    "p30_nanxian_zhufang_2024": set(),
}
COLUMNS = {"p28_ningjin_zhuxuejin_2019": {"target", "weight"}, "p30_nanxian_zhufang_2024": {"target"}}
"""The columns of forms that have no place for what was reached."""


def as_printed(name: str) -> Form:
    one = published(name)
    columns = COLUMNS.get(name)
    return one if columns is None else form(*one.indicators, funding=one.funding, columns=frozenset(columns))


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_mistakes_of_a_published_form_are_found_and_no_others(name: str) -> None:
    findings = check(as_printed(name), ruleset("national-2020"))
    spots = ((one.check, spot) for one in findings for spot in (one.spot, *one.also))
    assert {(code, spot.part, spot.row) for code, spot in spots} == MISTAKES[name]


def test_what_many_rows_still_lack_is_said_once() -> None:
    blank = [row(actual="", score=None, name=f"指标{place}号") for place in "甲乙丙"]
    (one,) = [finding for finding in check(form(*blank, row()), rules()) if finding.check == "V9"]
    assert one.message == "填写不完整：3 个指标的实际完成值尚未填写，请补填"
    assert [spot.row for spot in (one.spot, *one.also)] == [0, 1, 2]


def test_where_a_first_level_is_official_its_weight_is_an_error() -> None:
    findings = check(form(row(weight=100)), rules(LEVELS + "\nlevels_official = true"))
    assert [one.severity for one in findings if one.check == "W1"] == ["error"]


def test_the_total_of_a_form_with_a_score_missing_is_not_held_against_the_rest() -> None:
    one = form(row(score=10), row(weight=None, score=None), total=exactly(10))
    assert found("W2", one) == []


def test_what_a_raw_score_in_points_explains_is_said_once() -> None:
    one = form(row(weight=25, score="6.25", reason="已核"), row(actual="98%", score="0.98", reason="未拨付"))
    codes = [finding.check for finding in check(one, rules(PERCENT)) if finding.spot.field == "score"]
    assert codes == ["V13", "V13"]


@pytest.mark.parametrize(
    "text", ["优/良/中/差", "优、良", "优良中低差", "（优/良/差）", "是/否", "是否", "□是□否"]
)
def test_a_list_of_options(text: str) -> None:
    assert is_option_list(text)


@pytest.mark.parametrize("text", ["", "优", "优秀", "优/快", "1/2", "良好、及时", "√优□良", "达成预期指标"])
def test_no_list_of_options(text: str) -> None:
    assert not is_option_list(text)
