"""Income against expenditure (收支平衡), and the same figure in several tables (表间一致), 元 or 万元."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from perf_excel.sheets.amounts import yuan_of
from perf_excel.sheets.budgets.budget_claims import Check, Claim, Severity, Sheet, Spot
from perf_excel.sheets.budgets.budget_figures import Figure
from perf_excel.sheets.budgets.budget_heads import Table
from perf_excel.sheets.budgets.budget_keys import BASIC, Fact, Key, facts_of, names_of_codes, three_public
from perf_excel.sheets.grid import Place
from perf_excel.words.causes import cause

_UNITS = {yuan_of(unit): unit for unit in ("元", "千元", "万元", "百万元", "亿元")}


def unit_of(table: Table, tables: Iterable[Table]) -> Decimal | None:
    """Return how many 元 one of a table's numbers is; where it does not say, what all others say."""
    if table.yuan is not None:
        return table.yuan
    said = {one.yuan for one in tables if one.yuan is not None}
    return said.pop() if len(said) == 1 else None


def outer_claims(sheets: Sequence[Sheet]) -> Iterator[Claim]:
    """Yield what holds between the panels of tables: income and expenditure (B3), one figure in two (B4)."""
    facts = all_facts(sheets)
    yield from _balances(facts)
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.key].append(fact)
    for key, group in groups.items():
        yield from _totals_alike(group) if not key.subject else _alike(group)
    yield from _parts_of_all(groups)
    yield from _three(sheets)


def all_facts(sheets: Sequence[Sheet]) -> list[Fact]:
    """Return the figures of all tables whose meaning and unit are certain."""
    tables = [sheet.table for sheet in sheets]
    codes = names_of_codes(sheets)
    facts = [
        fact
        for sheet in sheets
        if (yuan := unit_of(sheet.table, tables)) is not None
        for fact in facts_of(sheet, codes, yuan)
    ]
    return [*facts, *_basic_totals(facts)]


def _basic_totals(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield 基本支出 of tables that print 人员经费合计 and 公用经费合计 only: their sum."""
    there = {(id(fact.spot.table), fact.key) for fact in facts}
    people = [
        fact for fact in facts if fact.key.subject == frozenset([BASIC, "人员"]) and fact.rank == "小计"
    ]
    for fact in people:
        whole = fact.key._replace(subject=frozenset([BASIC]))
        others = [
            one
            for one in facts
            if one.spot.table is fact.spot.table
            and one.key.subject == frozenset([BASIC, "公用"])
            and one.rank == "小计"
        ]
        if len(others) == 1 and (id(fact.spot.table), whole) not in there:
            both = Figure(
                fact.figure.value + others[0].figure.value, fact.figure.step + others[0].figure.step
            )
            yield fact._replace(key=whole, figure=both, name=f"{fact.name}加{others[0].name}")


def _balances(facts: Sequence[Fact]) -> Iterator[Claim]:
    """Hold 收入总计 against 支出总计 of the same table; 合计 where nothing is carried over."""
    sides: dict[tuple[int, str], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if fact.spot.table.title.side == "both" and fact.rank and not fact.key.subject:
            sides[id(fact.spot.table), fact.key.fund][fact.key.side].append(fact)
    for both in sides.values():
        income, spent = (_by_column(both.get(side, ())) for side in ("in", "out"))
        for one in income[:1]:
            for other in spent:
                carries = len(one) > 1 or len(other) > 1
                if one[-1].rank == other[-1].rank and (one[-1].rank == "总计" or not carries):
                    yield _claim("B3", other[-1], one[-1])


def _by_column(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Return totals by their column: expenditure may stand there by function, by use, by kind."""
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.spot.place[1]].append(fact)
    return list(found.values())


def _alike(group: Sequence[Fact]) -> Iterator[Claim]:
    """Hold the figures of one key in several tables against that which most of them have."""
    by_table: dict[int, list[Fact]] = defaultdict(list)
    for fact in group:
        by_table[id(fact.spot.table)].append(fact)
    own = [one for some in by_table.values() if (one := _added(some)) is not None]
    if len(own) < 2:
        return
    best = max(own, key=lambda one: sum(_meet(one, other) for other in own))
    for one in own:
        vague = one.spot.table.title.vague or best.spot.table.title.vague
        if one is not best and (not vague or _meet(one, best)):
            yield _claim("B4", one, best)


def _added(facts: Sequence[Fact]) -> Fact | None:
    """Return the figure of one table: the sum of what its units list under one code."""
    if len(facts) == 1:
        return facts[0]
    if not all(fact.coded for fact in facts):
        return facts[0] if len({fact.figure.value for fact in facts}) == 1 else None
    value = sum((fact.figure.value for fact in facts), Decimal(0))
    return facts[0]._replace(figure=Figure(value, facts[0].figure.step * len(facts)))


def _totals_alike(group: Sequence[Fact]) -> Iterator[Claim]:
    """Hold the totals of tables against each other; one may have 合计 and 总计: any that fits."""
    by_table: dict[int, list[Fact]] = defaultdict(list)
    for fact in group:
        by_table[id(fact.spot.table)].append(fact)
    tables = list(by_table.values())
    if len(tables) < 2:
        return
    best = max(tables, key=lambda some: sum(_any_meet(some, other) for other in tables))
    for some in tables:
        if some is best:
            continue
        if pair := next(((one, other) for one in some for other in best if _meet(one, other)), None):
            yield _claim("B4", *pair)
            continue
        mine = [fact for fact in some if not fact.carried]
        theirs = [fact for fact in best if not fact.carried]
        if mine and theirs:
            yield _claim("B4", mine[-1], theirs[0])


def _any_meet(some: Iterable[Fact], others: Sequence[Fact]) -> bool:
    return any(_meet(one, other) for one in some for other in others)


def _meet(one: Fact, other: Fact) -> bool:
    return one.figure.interval.meets(other.figure.interval)


def _parts_of_all(groups: Mapping[Key, Sequence[Fact]]) -> Iterator[Claim]:
    """Yield what is more in 一般公共预算 than in all funds together."""
    for key, group in groups.items():
        if key.fund != "general" or key.side != "out" or not any(fact.coded for fact in group):
            continue
        part, whole = _added_first(group), _added_first(groups.get(key._replace(fund="all"), ()))
        if part and whole and part.figure.interval.low > whole.figure.interval.high:
            yield _claim("B4", part, whole, "不应大于")


def _added_first(group: Sequence[Fact]) -> Fact | None:
    if not group:
        return None
    return _added([fact for fact in group if fact.spot.table is group[0].spot.table])


def _three(sheets: Sequence[Sheet]) -> Iterator[Claim]:
    """Hold 支出经济分类 against “三公”经费: an equal amount agrees, a larger one cannot be."""
    tables = [sheet.table for sheet in sheets]
    own: dict[str, Fact] = {}
    others: list[tuple[str, Fact]] = []
    for sheet in sheets:
        yuan = unit_of(sheet.table, tables)
        if yuan is None or not sheet.table.title.known:
            continue
        for kind, fact in three_public(sheet, yuan):
            if sheet.table.title.three_public:
                own.setdefault(kind, fact)
            else:
                others.append((kind, fact))
    for kind, fact in others:
        due = own.get(kind)
        if due is None:
            continue
        if _meet(fact, due):
            yield _claim("B4", fact, due)
        elif fact.key.fund in ("general", "fiscal") and fact.figure.value > due.figure.value:
            yield _claim("B4", due, fact, "不应小于")


def _claim(check: Check, fact: Fact, due: Fact, word: str = "") -> Claim:
    scale, unit = fact.yuan, _UNITS.get(fact.yuan, "元")
    title = f"《{due.spot.table.title.text}》"
    shown = _plain(due.figure.value / scale)
    agrees = not word and _meet(fact, due)
    if word in ("不应大于", "不应小于"):
        arithmetic = f"{word}{title}{due.name} {shown}{unit}"
    else:
        arithmetic = f"{title}{due.name} {shown}{unit}"
    return Claim(
        check, fact.spot, fact.name, arithmetic, _plain(fact.figure.value / scale), shown, agrees,
        fact.figure.value == due.figure.value, _severity(fact.spot, due.spot),
        "" if agrees else cause(
            fact.figure.value, due.figure.value, max(fact.figure.step, due.figure.step), money=True
        ),
        (due.spot,),
    )  # fmt: skip


def _severity(*spots: Spot) -> Severity:
    places: list[tuple[Table, Place]] = [(spot.table, spot.place) for spot in spots]
    return "warning" if any(place in table.grid.unsure for table, place in places) else "error"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
