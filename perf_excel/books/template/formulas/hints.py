"""The live hint (填报提示) beside each indicator row: the first thing that is still missing in it."""

from __future__ import annotations

from perf_excel.books.template.columns import Row
from perf_excel.books.template.formulas.pieces import array, first_of, number, quoted
from perf_excel.books.template.formulas.value_parsing import NUMBER
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.sheets.grid import address, column_letters

_ANSWERS = {"actual": "实际完成值", "expected": "全年预计完成情况"}
SHORT, UNTICKED = "预计达不到目标，请说明原因", "请选完成可能性"
"""Hints on a monitoring form by which its cells are coloured too."""


def hint_formula(at: Row, rules: RuleSet) -> str:
    """Return the hint of a row; an unused row has none."""
    columns = at.columns
    cases = [(f"AND({','.join(_unused(at))})", '""')]
    if "weight" in columns:
        cases.append((f"NOT(ISNUMBER({at.here('weight')}))", quoted("未填分值")))
    cases += [
        (f"{at(f'{side}_kind')}=0", quoted(f"未填{label}"))
        for side, role, label in (("t", "target", "指标值"), ("a", columns.answer, _ANSWERS[columns.answer]))
        if role in columns
    ]
    if "progress" in columns:
        cases.append((f'TRIM({at.here("progress")})=""', quoted("未填执行情况")))
    if columns.compared:
        cases += _values(at)
    if columns.scored:
        cases += _points(at, rules)
    elif "score" in columns:
        cases += _typed_score(at)
    if {"score", "weight", "reason"} <= set(columns.roles):
        score, weight = at.here("score"), at.here("weight")
        numbers = f"AND(ISNUMBER({score}),ISNUMBER({weight}),{at('reason')}=0)"
        cases.append((f"IF({numbers},{score}<{weight},FALSE)", quoted("未达标，请填写偏差原因")))
    if columns.answer == "expected":
        cases += _foreseen(at)
    over = rules.over
    if columns.scored and "reason" in columns and over.action == "warn" and over.limit is not None:
        t, a = at("t"), at("a")
        silent = f"AND(ISNUMBER({t}),{at('direction')}>0,{at('reason')}=0)"
        far = f"AND({t}>0,ROUND({a},9)>=ROUND({t}*{number(over.limit)},9))"
        cases.append((f"IF({silent},{far},FALSE)", quoted("大幅超额，请说明原因")))
    if columns.scored:
        unjudged = f"NOT(ISNUMBER({at('high')}))"
        cases.append((f"AND(ISNUMBER({_manual(at)}),{unjudged})", quoted("本行自动计分，人工评分不起作用")))
    return first_of(cases, '""')


def _unused(at: Row) -> list[str]:
    """What all holds of a row in which nothing was written but its levels."""
    sides = (("t", "target"), ("a", at.columns.answer))
    kinds = [f"{at(f'{side}_kind')}=0" for side, role in sides if role in at.columns]
    return [f'{at("name")}=""', *kinds]


def _manual(at: Row) -> str:
    return address(at.row, at.columns.manual)


def _values(at: Row) -> list[tuple[str, str]]:
    """What is wrong with an actual value beside a numeric target."""
    quantity = f"{at('t_kind')}={NUMBER}"
    copied = (f"AND({quantity},{at('a_sign')}>0)", quoted("请勿抄写≥符号，应填实际数"))
    return [
        (f"AND({quantity},{at('a_kind')}<>{NUMBER})", quoted("定量目标请填数字")),
        *([copied] if at.columns.answer == "actual" else []),
        (f"AND({quantity},{_other_unit(at)})", quoted("单位不一致，请核对")),
    ]


def _foreseen(at: Row) -> list[tuple[str, str]]:
    """What is to be said of a target that is going to be missed, and whether one likelihood is ticked."""
    met, columns = at("met"), at.columns
    short, kept = (f'IF({met}="",FALSE,{said})' for said in (f"NOT({met})", met))
    cases: list[tuple[str, str]] = []
    if "reason" in columns:
        cases.append((f"IF({short},{at('reason')}=0,FALSE)", quoted(SHORT)))
    if columns.likely:
        sure, never = (f'TRIM({at.here(role)})<>""' for role in ("sure", "never"))
        count = "+".join(f'IF(TRIM({at.here(role)})="",0,1)' for role in columns.likely)
        cases += [
            (f"({count})=0", quoted(UNTICKED)),
            (f"({count})>1", quoted("完成可能性只能选一项")),
            (f"AND({sure},{short})", quoted("预计达不到目标，却选了确定能")),
            (f"AND({never},{kept})", quoted("预计能达到目标，却选了完全不可能")),
        ]
    return cases


def _points(at: Row, rules: RuleSet) -> list[tuple[str, str]]:
    """Whether points that are left to judgement are given, and within their bounds."""
    judged, manual = f"ISNUMBER({at('high')})", _manual(at)
    low, high = f"ROUND({at('low')},4)", f"ROUND({at('high')},4)"
    band = f'{low}&"—"&{high}&"分"'
    outside = (
        f"IF(AND({judged},ISNUMBER({manual})),OR(ROUND({manual},4)<{low},ROUND({manual},4)>{high}),FALSE)"
    )
    open_cell = f'"请在 {column_letters(at.columns.manual)}"&ROW()&"（人工评分）填"'
    named = _band_name(at, rules)
    return [
        (f'AND({judged},NOT(ISNUMBER({manual})),{at("points")}="")', f"{open_cell}&{band}&{named}"),
        (outside, f'"人工评分应为"&{band}&{named}'),
    ]


def _band_name(at: Row, rules: RuleSet) -> str:
    """What the bounds follow from: the band that the actual value names."""
    bands = rules.text.bands
    if not bands:
        return quoted("（定性指标）")
    named = [quoted(f"（{band.name}）") for band in bands]
    places = array(map(str, range(len(bands) + 1)))
    return f"LOOKUP({at('band')},{places},{array([quoted('（定性指标）'), *named])})"


def _typed_score(at: Row) -> list[tuple[str, str]]:
    """Whether the clerk's own score is given, and not more than the weight."""
    score = at.here("score")
    cases = [(f"NOT(ISNUMBER({score}))", quoted("未填得分"))]
    if "weight" in at.columns:
        cases.append((f"{score}>{at.here('weight')}", quoted("得分超过分值，请核对")))
    return cases


def _other_unit(at: Row) -> str:
    """Whether two units differ, 万 and 亿 apart; ‰ goes with %."""

    def base(side: str) -> str:
        unit, scale = at(f"{side}_unit"), at(f"{side}_scale")
        return f'IF({scale}>1,MID({unit},2,99),IF({scale}<1,"%",{unit}))'

    both = f'{at("t_unit")}<>"",{at("a_unit")}<>""'
    return f"AND({both},{base('t')}<>{base('a')})"
