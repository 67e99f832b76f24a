"""The template's live formulas and the program's own scoring must agree: row by row, to the last digit."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

import openpyxl
from office import needs_office, recalculated_all

from perf_excel.books.template import build
from perf_excel.books.template.columns import columns
from perf_excel.books.template.indicator_block import target_parts
from perf_excel.books.template.money_block import budget_spans
from perf_excel.books.template.spans import widths_of
from perf_excel.forms.measure import Measure, exact, joined, parse
from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.rules.rulesets.layouts import BUDGET_COLUMNS, IndicatorColumn, Layout
from perf_excel.rules.rulesets.parameters import (
    Band,
    Budget,
    Deviation,
    Direction,
    Grade,
    Level,
    Numeric,
    NumericRule,
    Over,
    Rounding,
    RuleSet,
    Special,
    Text,
    Total,
)
from perf_excel.rules.scoring.form_score import RowScore, Scores, score

D = Decimal

SIGNS = (
    "", "", "", "≥", "≧", ">=", "＞=", "＞＝", "不低于", "≤", "≦", "<=", "＜＝", "不超过", "控制在",
    "=", "＝", ">", "<", "大于等于", "小于或等于", "达到", "完成", "约", "至少", "低于", "等于", "共计",
    "≥约", "⩽", "增长", "已完成", "提高≥",
)  # fmt: skip
TAILS = ("", "", "", "以上", "以内", "（含）以上", "及以下", "(含)以内", "之内")
UNITS = (
    "%", "%", "％", "%", "﹪", "‰", "", "次", "个", "余份", "多人", "万元", "元", "亿元", "百分点", "%%",
    "公里", "天", "件/年", "个月", "年", "周", "小时", "工作日", "亩", "公顷", "万公里", "吨", "天/次", "人",
    "季度", "万", "m2", "元/人", "%左右", "个百分点", "、三", "一个很长很长的单位名称",
)  # fmt: skip
WORDS = (
    "达标", "有效", "完成", "已完成", "基本完成", "部分完成", "未完成", "达成预期指标", "良好", "每月15日",
    "10-15次", "一百", "100、200", "1.2.3", "12,34", "1,2345", "-", "3＋2", "第三方10家2次", "≥", "%",
    "有效 ", "99％ ", "1.", ".5", "~5", "A类", "a类", "无", "未发生", "增长",
)  # fmt: skip
DATES = (
    "2022年6月底", "2022年6月", "2022年12月31日", "2022年12月30日前", "2022-12-31", "2022.6.30",
    "2022/7/1", "6月底", "12月底前", "6月30日", "2022年", "2022年底", "2022年底前完成", "于2022年6月上旬",
    "截至2022年7月中旬", "2022年6月下旬内", "13月", "2022年13月", "不晚于5月5日", "２０２２年５月",
    "6个月", "2023年1月份", "6月31", "2022年6月全部完成", "10月末之前", "1999年1月1日",
    "2022年6月底前全部", "2022.6", "2022-1-32", "≤2022年9月", "2022年年底", "1月5号", "0月", "1800年5月",
    "2022年6月305", "2022年份", "2022年度", "2022年第四季度", "第三季度末", "一季度", "2022年4季度前完成",
    "4季度", "2022年第2季度5日", "第5季度", "2022.一季度", "度", "2022年度6月", "第4季度",
    "第一季度底前全部完成",
)  # fmt: skip
DIRECTIONS: tuple[Literal["", "up", "down"], ...] = ("", "", "", "up", "down")
NAMES = (
    "培训次数",
    "投诉率",
    "安全事故数",
    "差错率",
    "特殊一",
    "特殊二",
    "特殊三",
    "资金成本",
    "补助标准",
    "满意度",
)
FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


def grouped(rng: random.Random) -> str:
    number = rng.choice(
        [f"{rng.randint(0, 120)}", f"{rng.randint(0, 1200) / 10}", f"{rng.uniform(0, 130):.2f}"]
    )
    if rng.random() < 0.08:
        number = f"{rng.randint(1000, 3000000):,}"
    if rng.random() < 0.04:
        number = f"-{number}"
    return number


def value(rng: random.Random, unit: str) -> str:
    kind = rng.random()
    if kind < 0.09:
        return rng.choice(WORDS)
    if kind < 0.15:
        return rng.choice(DATES)
    if kind < 0.17:
        return ""
    text = rng.choice(SIGNS) + grouped(rng) + (rng.choice(UNITS) if rng.random() < 0.15 else unit)
    if rng.random() < 0.03:
        text = f"百分之{rng.randint(1, 110)}"
    text += rng.choice(TAILS) if rng.random() < 0.3 else ""
    if rng.random() < 0.1:
        text = text.translate(FULL_WIDTH)
    if rng.random() < 0.05:
        text = f" {text[:2]} {text[2:]}\n"
    return text


def indicator(rng: random.Random, levels: tuple[str, ...], *, own_bounds: bool) -> Indicator:
    unit = rng.choice(UNITS)
    style = rng.random()
    if style < 0.15:
        target, actual = rng.choice(WORDS), rng.choice([rng.choice(WORDS), value(rng, "%"), value(rng, "%")])
        actual = target if rng.random() < 0.15 else actual
    elif style < 0.3:
        target, actual = (
            rng.choice(DATES),
            rng.choice([rng.choice(DATES), rng.choice(DATES), value(rng, unit)]),
        )
    else:
        target, actual = value(rng, unit), value(rng, unit)
        if unit == "%" and rng.random() < 0.2:  # a fraction beside a percentage
            actual = f"{rng.randint(0, 160) / 100}"
        if rng.random() < 0.03:
            target, actual = rng.choice(["0次", "≤0", "0"]), rng.choice(["无", "零", "没有发生", "有"])
        if rng.random() < 0.1:  # as many as the target, to the letter
            actual = f"{parse(target).number}{unit}"
    bounds: tuple[Decimal, ...] = ()
    if own_bounds and rng.random() < 0.2:
        bounds = tuple(sorted((D(rng.randint(0, 110)) for _ in range(rng.randint(1, 4))), reverse=True))
    weight = rng.choice([D(rng.randint(0, 30)), D(rng.randint(1, 300)) / 10, D(rng.randint(1, 999)) / 100])
    return Indicator(
        rng.choice(levels),
        rng.choice(["二级", "成本指标"]),
        rng.choice(NAMES),
        parse(target),
        parse(actual),
        weight=None if rng.random() < 0.02 else weight,
        score=rng.choice([None, D(rng.randint(0, 120)) / 10]),
        reason=rng.choice(["", "资金未到位"]),
        thresholds=bounds,
        direction=rng.choice(DIRECTIONS),
    )


def funding(rng: random.Random) -> tuple[Funding, ...]:
    def money() -> Decimal | None:
        return rng.choice([D(0), None, *(D(rng.randint(1, 99999)) / 100 for _ in range(8))])

    if rng.random() < 0.1:
        return (Funding("资金", rate=parse(f"{rng.randint(0, 12000) / 100}%")),)
    return tuple(
        Funding(f"资金{place}", money(), money(), money(), rng.choice([None, D(5), D("7.5")]))
        for place in range(4)
    )


RULES: tuple[NumericRule, ...] = (
    "proportional", "all_or_nothing", "threshold", "steps", "points_off", "levels",
)  # fmt: skip
STEPS = (
    ((D("0.9"), D(1)), (D("0.8"), D("0.7")), (D("0.6"), D("0.5"))),
    ((D(1), D(1)), (D("0.5"), D("0.6")), (D(0), D("0.1"))),
)
BANDS = (
    (),
    (
        Band("达成预期指标", D(1), D("0.8"), ("完成", "已完成")),
        Band("部分达成", D("0.8"), D("0.6"), ("基本完成", "部分完成")),
        Band("未达成", D("0.6"), D(0), ("未完成",)),
    ),
    (Band("好", D(1), D("0.8"), ("完成",)), Band("差", D("0.5"), D("0.1"), ("未完成", "A类"))),
)


def ruleset(rng: random.Random) -> RuleSet:
    """A rule set that draws every parameter the formulas read."""
    cap, steps = rng.choice([D(1), D(1), D("0.9"), D("1.2")]), rng.choice(STEPS)
    return RuleSet(
        "random",
        "随机",
        "1",
        total=Total(
            budget_inside=rng.random() < 0.85,
            levels=(Level("预算执行率", D(10)), Level("产出指标", D(50))),
        ),
        budget=Budget(
            weight=rng.choice([D(10), D(20), D("12.5"), D(0)]),
            base=rng.choice(["annual", "initial"]),
            rule=rng.choice(["linear", "full_at", "threshold", "steps"]),
            full_at=rng.choice([D("0.9"), D("0.95")]),
            threshold=D("0.6"),
            steps=steps,
            cap=cap,
            sub_rows_score=rng.random() < 0.3,
        ),
        numeric=Numeric(
            rule=rng.choice(RULES),
            down_ratio=rng.choice(["target/actual", "2-actual/target"]),
            equal=rng.choice(["up", "exact"]),
            cap=cap,
            threshold=rng.choice([D(0), D("0.6")]),
            steps=steps,
            per=rng.choice([D(1), D(5), D("0.1")]),
            points=rng.choice([D("0.5"), D("0.1"), D(2)]),
            whole=rng.random() < 0.6,
            level_shares=rng.choice([(D(1), D("0.8"), D("0.6"), D(0)), (D(1), D("0.5"))]),
            lower_is_better=rng.choice([(), ("投诉", "事故", "差错")]),
        ),
        text=Text(rng.choice(["percent", "bands"]), rng.choice(BANDS)),
        rounding=Rounding(rng.choice([0, 1, 2, 2, 3]), rng.choice(["half_up", "half_up", "down"])),
        over=over(rng),
        deviation=Deviation(
            present=rng.random() < 0.8,
            met_is_zero=rng.random() < 0.6,
            down_sign=rng.choice(["signed", "negative"]),
            decimals=rng.choice([0, 1, 2, 2, 3]),
        ),
        grades=(Grade("优", D(90)), Grade("良", D(80)), Grade("中", D(60)), Grade("差", D(0))),
        indicators=specials(rng) if rng.random() < 0.5 else (),
    )


def over(rng: random.Random) -> Over:
    if rng.random() < 0.4:
        return Over(None, rng.choice(["ignore", "warn"]))
    return Over(
        rng.choice([D("1.5"), D("1.2")]), rng.choice(["warn", "deduct"]), rng.choice([D("0.1"), D("0.05")])
    )


def specials(rng: random.Random) -> tuple[Special, ...]:
    rules: tuple[NumericRule | None, ...] = (None, *RULES)
    up_or_down: tuple[Direction | None, ...] = (None, "up", "down")
    return (
        Special("特殊一", rng.choice(rules), rng.choice(up_or_down), (D(95), D(85), D("70.5"))),
        Special("特殊二", rng.choice(rules), rng.choice(up_or_down)),
        Special("特殊三", "levels", None, (D(5), D(10), D(20), D(40))),
    )


@dataclass(frozen=True)
class Case:
    rules: RuleSet
    layout: Layout
    form: Form
    numbers: dict[tuple[int, str], tuple[float, str]]
    """Cells that hold a number instead of text: (indicator, side) → (number, format)."""


def layout(rng: random.Random, rules: RuleSet) -> Layout:
    """A printed form with its columns in any order, the target in up to three of them."""
    if rng.random() < 0.4:
        return Layout("表", "表")
    target: list[IndicatorColumn] = rng.choice(
        [["target"], ["sign", "target", "unit"], ["target", "unit"], ["unit", "sign", "target"]]
    )
    some: list[IndicatorColumn] = ["bounds", "direction", "raw", "share"]
    others: list[IndicatorColumn] = [
        "actual",
        "weight",
        "score",
        *(one for one in some if rng.random() < 0.4),
    ]
    if rules.deviation.present:
        others.append("deviation")
    if "bounds" in others:
        others.append("reached")
    rng.shuffle(others)
    return Layout(
        "表",
        "表",
        money=rng.choice(["", "元"]),
        head=(("项目名称",), ("主管部门", "部门（单位）名称")) if rng.random() < 0.5 else (),
        order=rng.choice([("budget", "goal", "tasks"), ("goal", "budget")]),
        budget_columns=rng.choice([BUDGET_COLUMNS, ("initial", "annual", "executed", "rate", "score")]),
        columns=("level1", "level3", *target, *others, "reason"),
    )


def as_printed(layout: Layout, rules: RuleSet, target: Measure, value: Measure | None = None) -> Measure:
    """A target as it is read back from its columns; ``value`` is what was pasted into its own."""
    parts = target_parts(columns(layout, rules), target)
    return joined(parts.sign, value or parse(parts.value), parts.unit)


def pasted(rng: random.Random) -> tuple[Measure, float, str]:
    """A number cell, as it comes by pasting: 0.9855 shown as 98.55 %, or a plain number."""
    if rng.random() < 0.6:
        number = D(rng.randint(0, 12000)) / 10000
        return (
            exact(f"{100 * number:f}%", 100 * number, percent=True),
            float(number),
            rng.choice(["0%", "0.00%"]),
        )
    number = D(rng.randint(0, 12000)) / 100
    return exact(f"{number:f}", number, percent=False), float(number), "General"


def case(seed: int, count: int) -> Case:
    rng = random.Random(seed)  # noqa: S311
    rules = ruleset(rng)
    levels = ("产出指标", "成本指标")
    printed = layout(rng, rules)
    rows = [
        indicator(rng, levels, own_bounds="bounds" in printed.columns or rng.random() < 0.3)
        for _ in range(count)
    ]
    numbers: dict[tuple[int, str], tuple[float, str]] = {}
    for place in range(count):
        for side in ("target", "actual"):
            if rng.random() < 0.04:
                measure, number, shown = pasted(rng)
                if side == "target":
                    measure = as_printed(printed, rules, rows[place].target, measure)
                rows[place] = replace(rows[place], **{side: measure})
                numbers[place, side] = (number, shown)
    if count < 40 and rng.random() < 0.6:  # complete forms, so that grades appear
        rows = [
            replace(
                row,
                target=parse(f"≥{rng.randint(80, 120)}%"),
                actual=parse(f"{rng.randint(60, 120)}%"),
                weight=row.weight or D(5),
            )
            for row in rows
        ]
        numbers = {}
    rows = [
        row if (place, "target") in numbers else replace(row, target=as_printed(printed, rules, row.target))
        for place, row in enumerate(rows)
    ]
    money = funding(rng)
    if "weight" not in printed.budget_columns:
        money = tuple(replace(row, weight=None) for row in money)
    return Case(rules, printed, Form(funding=money, indicators=tuple(rows)), numbers)


def book(one: Case) -> bytes:
    data = build(one.rules, one.layout, one.form)
    if not one.numbers:
        return data
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    sheet, of = workbook.worksheets[0], columns(one.layout, one.rules)
    first = first_row(sheet)
    for (place, side), (number, shown) in one.numbers.items():
        cell: Any = sheet.cell(first + place, of[side])
        cell.value, cell.number_format = number, shown
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def first_row(sheet: Any) -> int:
    """The first row of the indicators."""
    titles = sheet.print_title_rows.replace("$", "").split(":")
    return int(titles[1]) + 1


def agree(shown: object, expected: Decimal | None) -> bool:
    if expected is None:
        return shown in (None, "")
    return isinstance(shown, int | float) and abs(D(repr(shown)) - expected) <= D("1e-9") * max(
        1, abs(expected)
    )


def differences(one: Case, recalculated: bytes) -> list[str]:
    """Everything in which the workbook and the program do not agree."""
    sheet: Any = openpyxl.load_workbook(io.BytesIO(recalculated), data_only=True).worksheets[0]
    scores = score(one.form, one.rules)
    found = [
        line for place in range(len(one.form.indicators)) for line in row_differs(one, scores, sheet, place)
    ]
    return [*found, *budget_differs(one, scores, sheet), *sums_differ(one, scores, sheet)]


def row_differs(one: Case, scores: Scores, sheet: Any, place: int) -> Iterator[str]:
    of, row, scored = columns(one.layout, one.rules), one.form.indicators[place], scores.indicators[place]
    points, weight, deviation = scored.points, scored.weight, scored.deviation
    wanted = {
        "score": points,
        "deviation": None if deviation is None else deviation / 100,
        "share": points / weight if points is not None and weight else None,
    }
    for role, expected in wanted.items():
        if role in of and not agree(shown := sheet.cell(first_row(sheet) + place, of[role]).value, expected):
            yield f"{role} {shown!r} for {expected}: {row} {scored.why}"
    if "raw" in of:
        shown = sheet.cell(first_row(sheet) + place, of["raw"]).value
        if not raw_agrees(shown, scored, one.rules):
            yield f"raw {shown!r} for {points} of {weight}: {row}"


def budget_differs(one: Case, scores: Scores, sheet: Any) -> Iterator[str]:
    of = columns(one.layout, one.rules)
    column = budget_spans(one.layout, of, widths_of(of))["score"][0]
    top = next(row for row in range(1, first_row(sheet)) if sheet.cell(row, column).value == "得分")
    for scored in scores.budget:
        shown = sheet.cell(top + 1 + scored.at, column).value
        if not agree(shown, scored.points):
            yield f"budget {shown!r} for {scored.points}: {one.form.funding[scored.at]}"


def sums_differ(one: Case, scores: Scores, sheet: Any) -> Iterator[str]:
    of = columns(one.layout, one.rules)
    total = first_row(sheet) + len(one.form.indicators)
    if not agree(shown := sheet.cell(total, of["score"]).value, scores.total):
        yield f"total {shown!r} for {scores.total}"
    rows = sheet.iter_rows(min_row=total, max_row=total + 1)
    label = next(cell for row in rows for cell in row if cell.value == "等级")
    grade = next((cell.value for cell in sheet[label.row][label.column : of.last] if cell.value), "")
    if grade != scores.grade:
        yield f"grade {grade!r} for {scores.grade} {scores.total}"
    places = range(4, total + 9)
    sums = {sheet.cell(row, of.hint).value: sheet.cell(row, of.official - 1).value for row in places}
    for level in scores.levels:
        if level.name in sums and not agree(sums[level.name], level.points):
            yield f"level {level.name} {sums[level.name]!r} for {level.points}"


def raw_agrees(shown: object, scored: RowScore, rules: RuleSet) -> bool:
    """Whether a score out of 100 is that of the row, before both were rounded."""
    if scored.points is None or not scored.weight:
        return shown in (None, "")
    slack = scored.weight * D("0.005") / 100 + D(1).scaleb(-rules.rounding.digits)
    return (
        isinstance(shown, int | float) and abs(D(repr(shown)) * scored.weight / 100 - scored.points) <= slack
    )


def run(cases: list[Case]) -> list[str]:
    books = recalculated_all([book(one) for one in cases])
    return [line for one, data in zip(cases, books, strict=True) for line in differences(one, data)]


@needs_office
def test_formulas_score_as_the_program_does() -> None:
    cases = [case(seed, 55) for seed in range(38)]
    cases += [case(1000 + seed, 5 + seed % 16) for seed in range(50)]
    assert sum(len(one.form.indicators) for one in cases[:38]) >= 2000
    assert run(cases) == []
