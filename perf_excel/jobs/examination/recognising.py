"""By which rules a form is read (识别规则集): what its workbook says of itself, else what it looks like."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from perf_excel.forms.text import plain, remembered
from perf_excel.rules.rulesets.library import DEFAULT, ruleset, ruleset_names
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.weighing import bare_level
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.identity import Identity
from perf_excel.sheets.reading.form_reading import Reading

_DIVISION = re.compile("自治区|自治州|[省市区县]")
_PROVINCE = re.compile(
    "(?:北京|天津|上海|重庆)市"
    "|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海)省"
    "|(?:内蒙古|广西|西藏|宁夏|新疆)(?:壮族|回族|维吾尔)?自治区"
)
_MANY = 3
"""A form that shows so many kinds of marks is surely of the rule set."""
_NAMED = 3
"""So many others are named in a sentence."""


class Likeness(NamedTuple):
    """How like a rule set a form is, compared field by field; nothing shown is no likeness."""

    shown: int = 0
    """How many kinds of marks it shows: title, columns, labels, levels."""
    inside: bool = False
    """Whether any of them is more than the title, which many regions share."""
    words: int = 0
    """How many single words of them, and how long the title's are: the more, the more specific."""
    region: bool = False
    """Whether the title or the unit names the region."""
    marks: str = ""
    """The kinds it shows, in Chinese."""


def rules_for(identity: Identity | None, reading: Reading) -> tuple[RuleSet, str]:
    """Return the rule set of a form, and why that one (依据): its identity, its looks, or for want of any."""
    names = ruleset_names()
    if identity and identity.ruleset in names:
        return ruleset(identity.ruleset), "由工作簿内的标识确定"
    missing = ""
    if identity:
        missing = f"工作簿标识的规则集“{identity.ruleset}”不在本机（自有的规则集请另行指定），"
    best, why = most_like(map(ruleset, names), reading)
    return best or ruleset(DEFAULT), missing + why


def most_like(known: Iterable[RuleSet], reading: Reading) -> tuple[RuleSet | None, str]:
    """Return the rule set that a form is most like, None for none, what it was told by, and how surely.

    Of two that show as much, the more specific one counts, then the one whose region the form names, then the
    national one. Where nothing tells them apart, the sentence names the others.
    """
    known, shows = list(known), _shown_by(reading)
    found = [(_likeness(rules, shows), rules) for rules in known]
    found = [one for one in found if one[0].shown]
    if not found:
        near = [rules for rules in known if _is_named(rules, shows.named)]
        return None, f"未能识别地区，采用全国通用规则（{_surely('把握不大', near)}）"

    found.sort(key=lambda one: (one[0][:4], one[1].id == DEFAULT), reverse=True)
    like, best = found[0]
    equals = [_title(rules) for other, rules in found[1:] if other[:4] == like[:4]]
    if equals:
        others = f"同样像的还有{'、'.join(equals)}，如不是这一个，请另行指定"
        return best, f"由表格的{like.marks}识别（把握不大）；{others}"
    near = [rules for other, rules in found[1:] if other.shown >= like.shown or other.region]
    certain = like.region or like.shown >= _MANY
    sure = "把握大" if certain and not near else "把握较大" if certain or like.inside else "把握不大"
    return best, f"由表格的{like.marks}识别（{_surely(sure, near)}）"


def _surely(sure: str, near: list[RuleSet]) -> str:
    """How sure the choice is, and what else the form may be."""
    names = "、".join(map(_title, near[:_NAMED]))
    return f"{sure}；也可能是 {names}，可另行指定" if near else sure


def _title(rules: RuleSet) -> str:
    return f"{rules.id}（{rules.name}）"


def likeness(rules: RuleSet, reading: Reading) -> Likeness:
    """Return how many of a rule set's marks a form shows.

    Nothing where it lacks more than one of them, or where its title or its unit names only another province.
    """
    return _likeness(rules, _shown_by(reading))


def _likeness(rules: RuleSet, shows: _Shows) -> Likeness:
    known, layout = rules.recognise, shows.layout
    named = _is_named(rules, shows.named)
    if not named and shows.province and _PROVINCE.search(rules.region):
        return Likeness()
    levels = {bare(name) for name in shows.levels} & {bare(name) for name in known.levels}
    if levels and not named and _are_anothers(shows.levels, rules):
        levels = set[str]()
    titles = [title for title in map(bare, known.titles) if title in layout.title]
    labels = layout.headings & {bare(label) for label in known.labels}
    columns = known.columns if set(known.columns) <= layout.indicators.columns.keys() else ()
    asked = sum(map(bool, (known.titles, known.columns, known.labels, known.levels)))
    words = {
        "标题": max(map(len, titles), default=0),
        "栏目": len(columns),
        "表头": len(labels),
        "一级指标": len(levels),
    }
    shown = [name for name, count in words.items() if count]
    if not shown or len(shown) < asked - 1 or len(shown) * 2 <= asked:
        return Likeness()
    return Likeness(len(shown), shown != ["标题"], sum(words.values()), named, "、".join(shown))


class _Shows(NamedTuple):
    """What a form shows of itself, the same for every rule set that it is held against."""

    layout: FormLayout
    named: str
    """Where it names its region."""
    province: bool
    """Whether it names one."""
    levels: set[str]


def _shown_by(reading: Reading) -> _Shows:
    layout, form = reading.layout, reading.form
    named = plain(layout.title + form.unit)
    # A summary (评价内容) names its levels as its rows.
    levels = {row.level1 or row.level3 for row in form.indicators}
    levels |= {level1 for level1, _ in reading.free.values()}
    return _Shows(layout, named, _PROVINCE.search(named) is not None, levels)


def _is_named(rules: RuleSet, named: str) -> bool:
    """Whether a form's title and unit name the region of a rule set."""
    return any(name in named for name in _names_of(rules.region))


@remembered
def _names_of(region: str) -> tuple[str, ...]:
    return tuple(name for name in _DIVISION.split(region) if len(name) > 1)


def _are_anothers(names: Collection[str], rules: RuleSet) -> bool:
    """Whether most first levels are none of a rule set that lists its own: one name (履职效能) is of many."""
    own = {bare_level(level.name) for level in rules.total.levels}
    own |= {bare_level(name) for name in rules.recognise.levels}
    strange = sum(bare_level(name) not in own for name in names)
    return bool(rules.total.levels) and 2 * strange > len(names)
