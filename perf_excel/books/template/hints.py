"""The live hint (填报提示) beside each indicator row: the first thing that is still missing in it."""

from __future__ import annotations

from perf_excel.books.template.columns import Row
from perf_excel.books.template.formula import first_of, number, quoted
from perf_excel.books.template.parsing import NUMBER
from perf_excel.rules.ruleset import RuleSet
from perf_excel.sheets.grid import address


def hint_formula(at: Row, rules: RuleSet) -> str:
    """Return the hint of a row; an unused row has none."""
    columns, shown = at.columns, at.shown
    score, manual = address(at.row, columns.score), address(at.row, columns.manual)
    weight = address(at.row, columns.weight)
    target_kind, actual_kind = shown("t_kind"), shown("a_kind")
    quantity = f"{target_kind}={NUMBER}"
    judged = f"ISNUMBER({shown('high')})"
    low, high = f"ROUND({shown('low')},4)", f"ROUND({shown('high')},4)"
    band = f'{low}&"—"&{high}&"分"'
    cases = [
        (f'AND({shown("name")}="",{target_kind}=0,{actual_kind}=0)', '""'),
        (f"NOT(ISNUMBER({weight}))", quoted("未填分值")),
        (f"{target_kind}=0", quoted("未填年度指标值")),
        (f"{actual_kind}=0", quoted("未填实际完成值")),
        (f"AND({quantity},{actual_kind}<>{NUMBER})", quoted("定量目标请填数字")),
        (f"AND({quantity},{shown('a_sign')}>0)", quoted("请勿抄写≥符号，应填实际数")),
        (f"AND({quantity},{_other_unit(at)})", quoted("单位不一致，请核对")),
        (
            f"AND({judged},NOT(ISNUMBER({manual})))",
            f'"请在人工评分列填"&{band}',
        ),
        (
            f"IF({judged},OR(ROUND({manual},4)<{low},ROUND({manual},4)>{high}),FALSE)",
            f'"人工评分应为"&{band}',
        ),
        (
            f"IF(AND(ISNUMBER({score}),ISNUMBER({weight}),{shown('reason')}=0),{score}<{weight},FALSE)",
            quoted("未达标，请填写偏差原因"),
        ),
    ]
    over = rules.over
    if over.action == "warn" and over.limit is not None:
        t, a = shown("t"), shown("a")
        silent = f"AND(ISNUMBER({t}),{shown('direction')}>0,{shown('reason')}=0)"
        far = f"AND({t}>0,ROUND({a},9)>=ROUND({t}*{number(over.limit)},9))"
        cases.append((f"IF({silent},{far},FALSE)", quoted("大幅超额，请说明原因")))
    cases.append(
        (f"AND(ISNUMBER({manual}),NOT({judged}))", quoted("本行自动计分，人工评分不起作用")),
    )
    return first_of(cases, '""')


def _other_unit(at: Row) -> str:
    """Whether two units differ, 万 and 亿 apart; ‰ goes with %."""

    def base(side: str) -> str:
        unit, scale = at.shown(f"{side}_unit"), at.shown(f"{side}_scale")
        return f'IF({scale}>1,MID({unit},2,99),IF({scale}<1,"%",{unit}))'

    both = f'{at.shown("t_unit")}<>"",{at.shown("a_unit")}<>""'
    return f"AND({both},{base('t')}<>{base('a')})"
