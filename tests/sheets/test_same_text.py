"""A form says the same whatever signs its texts are typed in: unseen ones, full width, radicals, blanks."""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, cast

import pytest
from facts import published, shangjie
from test_published import LAYOUTS
from typed import LABELS, Typing, grid, sheet_of, table

from perf_excel.forms.model import Form, Goal, Task
from perf_excel.forms.text import plain
from perf_excel.rules.checks import run_checks
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.scoring.form_score import score
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.reading.form_reading import read_form

UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufeff\u00ad\u034f\u061c\u180e\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\u206a\ufe00\ufe0e\ufe0f\ufff9\U000e0001\U000e0041\U000e007f\U000e0100\u115f\u3164"
)
"""Zero width, BOM, directional marks, soft hyphen, joiners, variation selectors, tags, fillers."""
BLANKS = " \t\u00a0\u1680\u2000\u2003\u2007\u2009\u202f\u205f\u3000\u2800"
SUPPLEMENT = dict(zip("长门见车风页贝龙马食青民目示西角", "⻓⻔⻅⻋⻛⻚⻉⻰⻢⻝⻘⺠⺫⺬⻄⻆", strict=True))
"""Radicals that NFKC leaves as they are."""
OTHER_MEANING = {"<super>", "<sub>", "<circle>", "<fraction>"}


@cache
def twins() -> dict[str, str]:
    """Every sign by those that are only another way to write it."""
    found: defaultdict[str, str] = defaultdict(str, SUPPLEMENT)
    for code in range(0x80, 0x30000):
        sign = chr(code)
        kind = unicodedata.decomposition(sign).partition(" ")[0]
        base = unicodedata.normalize("NFKC", sign) if kind and kind not in OTHER_MEANING else sign
        if len(base) == 1 and base not in (sign, " "):
            found[base] += sign
    return dict(found)


def with_unseen(rng: random.Random, text: str) -> str:
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(0, len(text))
        text = text[:at] + rng.choice(UNSEEN) + text[at:]
    return text


def with_twins(rng: random.Random, text: str) -> str:
    often = rng.choice((0.2, 1.0))
    bases = ((sign, twins().get(unicodedata.normalize("NFKC", sign))) for sign in text)
    return "".join(rng.choice(others) if others and rng.random() < often else sign for sign, others in bases)


def with_other_blanks(rng: random.Random, text: str) -> str:
    return "".join(rng.choice(BLANKS) if sign in " \u3000" else sign for sign in text)


def with_all(rng: random.Random, text: str) -> str:
    return with_unseen(rng, with_other_blanks(rng, with_twins(rng, text)))


Change = Callable[[random.Random, str], str]
CHANGES: tuple[Change, ...] = (with_unseen, with_twins, with_other_blanks, with_all)


class Said(NamedTuple):
    """All that a form says, in texts for comparing."""

    form: object
    places: dict[Any, Any]
    scores: object
    findings: list[Any]


def without_signs(value: object) -> object:
    """Texts for comparing throughout."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, tuple):
        return tuple(map(without_signs, cast("tuple[object, ...]", value)))
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: without_signs(getattr(value, one.name)) for one in fields(value)}
    return value


def said(sheet: Grid) -> list[Said]:
    rules = ruleset("national-2020")
    found: list[Said] = []
    for layout in find_forms(sheet):
        reading = read_form(sheet, layout)
        scores = score(reading.form, rules)
        points = [(row.weight, row.points, row.printed, row.deviation, row.judged) for row in scores.rows]
        levels = [(plain(level.name), level.weight, level.points) for level in scores.levels]
        findings = run_checks(reading.form, rules, scores)
        found.append(
            Said(
                without_signs(reading.form),
                dict(reading.places),
                (points, levels, scores.grade),
                [(one.check, one.severity, one.spot, plain(one.message)) for one in findings],
            )
        )
    return found


def changed(sheet: Grid, rng: random.Random, change: Change, share: float) -> Grid:
    """The sheet with some of its texts typed in other signs."""
    return replace(
        sheet,
        cells={
            place: cell._replace(value=change(rng, cell.value))
            if isinstance(cell.value, str) and rng.random() < share
            else cell
            for place, cell in sheet.cells.items()
        },
    )


def short(form: Form) -> Form:
    """A form with a few of its rows: enough levels, and quickly read."""
    return replace(form, indicators=(*form.indicators[:3], *form.indicators[-2:]))


def as_text(number: Any) -> Any:
    return None if number is None else f"{Decimal(str(number)):,}"


def as_wan_yuan(number: Any) -> Any:
    return None if number is None else f"{number}万元"


WHOLE = replace(
    shangjie(),
    goal=Goal("1. 办好信访工作\n2. 保障机关运转", "都办好了，群众满意"),
    tasks=(Task("信访办理", "受理群众来信来访", "全部办结"), Task("机关运转", "保障办公", "完成")),
)

HEAD = """
    项目支出绩效自评表（2022年度）
    项目名称：乡村道路养护项目    主管部门：某县交通运输局    联系人：张某
    项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分
    年度资金总额 | 100 | 96 | 10 | 96% | 9.6
    其中：财政拨款 | 100 | 96
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标（50分） | 数量指标 | 指标1：养护里程 | ≥120公里 | 118公里 | 25 | 24.58 | 雨季停工，下年补做
    产出指标（50分） | 时效指标 | 完成时间 | 2022年12月底前 | 2022年11月30日 | 5 | 5 | 无
    产出指标（50分） | 时效指标 | 验收 | 质量合格 | 质量合格 | 10 | 10 |
    产出指标（50分） | 成本指标 | 养护投入 | 100万元 | 96万元 | 5 | 5 |
    产出指标（50分） | 质量指标 | 预算执行率 | ≥95％ | 90％ | 5 | 5 | 没有。
    效益指标（30分） | 社会效益指标 | 出行条件 | 明显改善 | 明显改善 | 30 | 30 |
    满意度指标（10分） | 服务对象满意度 | 群众满意度 | 不低于95% | 93.5％ | 10 | 9.84 | /
    总分：98.42    等级：优☑ 良□ 中□ 差□
"""

BASES: dict[str, Callable[[], Grid]] = {
    "department": lambda: sheet_of(short(WHOLE), Typing(goal=True, grade="等级")),
    "amounts as text": lambda: sheet_of(
        short(WHOLE), Typing(amount=as_text, points=as_text, under="单位：万元", subtotals=True)
    ),
    "amounts with their unit": lambda: sheet_of(short(WHOLE), Typing(amount=as_wan_yuan, unit="填报单位：")),
    "head and closing in one cell": lambda: grid(*table(HEAD)),
    **{
        name: (lambda name=name: sheet_of(short(published(name)), LAYOUTS[name]))
        for name in (
            "p03_yongde_mingliang_2022",
            "p06_suixi_minzheng_2019",
            "p08_hubei_jinbu_2020",
            "p15_gaoxin_rongmei_2021",
            "p21_qingshen_fagai_2023",
            "p26_daying_minzheng_2022",
            "p30_nanxian_zhufang_2024",
        )
    },
}
CASES_EACH = 192


def cases(sheet: Grid, name: str) -> Iterator[tuple[Grid, str]]:
    """The sheet in other signs, in all of its texts or in a few, with what was done to it."""
    for number in range(CASES_EACH):
        change, share = CHANGES[number % len(CHANGES)], (1.0, 0.15)[number % 8 // 4]
        rng = random.Random(f"{name} {number}")  # noqa: S311
        yield changed(sheet, rng, change, share), f"{change.__name__} {number}"


@pytest.mark.parametrize("name", BASES)
def test_other_signs_change_no_reading_no_score_no_finding(name: str) -> None:
    sheet = BASES[name]()
    expected = said(sheet)
    assert len(expected) == 1
    for other, how in cases(sheet, name):
        assert said(other) == expected, how


@pytest.mark.parametrize("label", LABELS.values())
@pytest.mark.parametrize("unseen", UNSEEN)
def test_no_unseen_sign_makes_a_column_vanish(label: str, unseen: str) -> None:
    sheet = BASES["department"]()
    spoilt = {
        place: cell._replace(value=unseen.join(label)) if cell.value == label else cell
        for place, cell in sheet.cells.items()
    }
    (layout,), (other,) = find_forms(sheet), find_forms(replace(sheet, cells=spoilt))
    assert layout.indicators.columns == other.indicators.columns
