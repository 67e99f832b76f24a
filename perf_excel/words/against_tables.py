"""The text held against tables (R1, 报告与表格): those of its own document, and published budget tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.intervals import rounded
from perf_excel.words.manuscript import Table
from perf_excel.words.plans import FUND
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.table_facts import TableFact, table_facts
from perf_excel.words.told import Told

_PLANNED, _SETTLED = re.compile(r"预算"), re.compile(r"决算|执行|实际")
_WHOLE_HEAD = re.compile(r"合计|总计|决算数|预算数|金额")
_AGAINST_BUDGET = re.compile(r"[比较与][^，；。]{0,12}预算(?:数|安排)?(?:相比|比)?")
_CLAUSES = 3
_SCOPE = 60
_SIBLINGS = 2
_NO_HEAD = re.compile(r"合计|总计|金额|数|为|是|（[^（）]{0,20}）")
_SHARED = 6
"""Signs that a table's title and the text around a figure have in common where it is that table's."""


def table_claims(told: Told, tables: Sequence[Table]) -> Iterator[Claim]:
    """Yield the claims about amounts that stand in the tables of the document."""
    facts = table_facts(tables)
    if not facts:
        return
    for one in told.sayings:
        if one.role == "amount" and one.money and not one.figure.about:
            named = _with_subject(told, one)
            if named.core not in GENERIC:
                yield from _held(told, named, facts)
            else:
                yield from _in_row(told, one, facts)
        elif one.role in ("change", "rate") and _AGAINST_BUDGET.search(_before(one)):
            yield from _off_budget(told, one, facts)


def _with_subject(told: Told, saying: Saying) -> Saying:
    """Return an outcome with the name in front of its budget: 接待费预算数16.6万元，决算数为|8.82万元."""
    last = told.sayings[saying.at - 1] if saying.at else None
    if saying.core not in GENERIC or last is None or last.sentence != saying.sentence or not last.money:
        return saying
    between = saying.sentence.paragraph.text[last.figure.end : saying.start]
    follows = _PLANNED.search(last.lead) and _SETTLED.search(saying.lead) and between in ("，", "、", "")
    return replace(saying, core=last.core) if follows and last.role == "amount" else saying


def _in_row(told: Told, saying: Saying, facts: list[TableFact]) -> Iterator[Claim]:
    """Hold 全年执行数 against the total of that column, where its sentence says other totals of the row."""
    here = [one for one in told.amounts(saying.sentence.at) if one.at != saying.at]
    rows = {
        (fact.table, fact.row) for one in here for fact in facts
        if fact.whole and _is_head(one, fact) and fact.value == one.figure.value and fact.value
    }  # fmt: skip
    due = [fact for fact in facts if (fact.table, fact.row) in rows and _is_head(saying, fact)]
    if len(rows) == 1 and len(due) == 1:
        meets = rounded(saying.figure.value, saying.figure.step).meets(rounded(due[0].value, due[0].step))
        yield _claim(saying, due[0], agrees=meets)


def _is_head(saying: Saying, fact: TableFact) -> bool:
    """Whether a label is that of a column: 全年执行数为 and 全年执行数."""
    head = _NO_HEAD.sub("", fact.head)
    return len(head) > _SIBLINGS and _NO_HEAD.sub("", saying.lead).endswith(head)


def _before(saying: Saying) -> str:
    """Return the clause in front of a figure and the one before it: 与2021年度预算相比，减少."""
    text = saying.sentence.paragraph.text[saying.sentence.start : saying.figure.end]
    return "，".join(re.split(r"[，；。]", text)[-_CLAUSES:])


def _off_budget(told: Told, saying: Saying, facts: list[TableFact]) -> Iterator[Claim]:
    """Hold a change against the budget (与预算相比减少0.1万元, 无增减) against the table."""
    change = told.sayings[saying.at - 1] if saying.role == "rate" else saying
    host = told.host(change)[0] if change.role == "change" else None
    if host is None or (saying.sign == 0 and not saying.unchanged):
        return
    rows = {(fact.table, fact.row) for fact in facts if _names(host, fact) and host.core not in GENERIC}
    planned = [fact for fact in facts if (fact.table, fact.row) in rows and _PLANNED.search(fact.head)]
    if len({fact.value for fact in planned}) != 1:
        return
    budget = planned[0]
    due = host.figure.value - budget.value
    room = (host.figure.step + budget.step + saying.figure.step) / 2
    if saying.role == "rate":
        ratio = due / budget.value * 100 if budget.value else None
        if ratio is None or abs(abs(ratio) - saying.figure.value) <= saying.figure.step * 2:
            return
        shown, expected = f"，除以预算数为 {ratio:.2f}%", f"{abs(ratio):.2f}%"
    elif abs(due - saying.figure.value * saying.sign) <= room:
        yield _claim(saying, budget, agrees=True)
        return
    else:
        shown, expected = "", "" if saying.unchanged else host.figure.spelled(abs(due))
    scale = host.figure.scale
    yield Claim(
        "R1", "与预算的差额", saying, "differs",
        f"{budget.where}第 {budget.row} 行“{budget.label}”的“{budget.head}”",
        f"{plain(host.figure.value / scale)} − {plain(budget.value / scale)} = {plain(due / scale)}{shown}",
        expected, "error",
    )  # fmt: skip


def _held(told: Told, saying: Saying, facts: list[TableFact]) -> Iterator[Claim]:
    named = [fact for fact in facts if _names(saying, fact) and _same_basis(saying, fact)]
    if not named:
        return
    held = rounded(saying.figure.value, saying.figure.step)
    same = next((fact for fact in named if held.meets(rounded(fact.value, fact.step))), None)
    if same:
        yield _claim(saying, same, agrees=True)
        return
    scope = _scope(told, saying)
    likeness = {fact.title: _shared(fact.title, scope) for fact in named}
    best = max(likeness.values())
    if len(likeness) > 1 and best < _SHARED:
        return
    nearest = [fact for fact in named if likeness[fact.title] == best and fact.value]
    rows = {(fact.table, fact.row) for fact in nearest}
    if any((fact.table, fact.row) in rows and held.meets(rounded(fact.value, fact.step)) for fact in facts):
        return  # it stands in the next column: the heads are not certain
    nearest = _of_siblings(told, saying, nearest, facts) or _of_this_year(told, saying, nearest) or nearest
    if len({fact.value for fact in nearest}) == 1 and not saying.figure.bound and not saying.respective:
        due = next((fact for fact in nearest if _WHOLE_HEAD.search(fact.head)), nearest[0])
        yield _claim(saying, due, agrees=False)


def _of_this_year(told: Told, saying: Saying, nearest: list[TableFact]) -> list[TableFact]:
    """Return what stands in the other column where the text says what stands in one: 比上年预算8万元减少."""
    formers = {
        one.figure.value for one in told.by_sentence[saying.sentence.at]
        if one.role == "former" and one.at == saying.at + 1
    }  # fmt: skip
    left = [fact for fact in nearest if fact.value not in formers]
    return left if len(nearest) == _SIBLINGS and len(left) == 1 else []


def _of_siblings(
    told: Told, saying: Saying, nearest: list[TableFact], facts: list[TableFact]
) -> list[TableFact]:
    """Return what stands in the column that the other amounts of the same list are found in."""
    others = [one for one in told.amounts(saying.sentence.at) if one.at != saying.at and one.figure.value]
    columns = Counter(
        (fact.table, fact.head) for one in others for fact in facts
        if _names(one, fact) and fact.value == one.figure.value
    )  # fmt: skip
    sure = [fact for fact in nearest if columns[fact.table, fact.head] >= _SIBLINGS]
    return sure if len({fact.head for fact in sure}) == 1 else []


def _names(saying: Saying, fact: TableFact) -> bool:
    """Whether a label names a row, or the total of a column, of a table: by itself, or with the title."""
    for core, fits in ((fact.core, not fact.whole), (fact.head_core, fact.whole)):
        if not fits or core in GENERIC or len(core) <= 1:
            continue
        if saying.core == core:
            return True
        if saying.core.endswith(core) and saying.core.removesuffix(core) in fact.title:
            return True
    return (
        fact.whole
        and fact.head_core in GENERIC
        and len(saying.core) > 1
        and saying.core in fact.title.strip("“”")
    )


def _same_basis(saying: Saying, fact: TableFact) -> bool:
    """Whether budget stands against budget and outcome against outcome, where both say which they are."""
    lead = FUND.sub("", saying.lead)
    planned, settled = _PLANNED.search(lead), _SETTLED.search(lead)
    if planned and not settled and not _PLANNED.search(fact.head) and _SETTLED.search(fact.title):
        return False
    if settled or (not planned and "支出" in saying.lead):
        return not _PLANNED.search(fact.head)
    return not (planned and _SETTLED.search(fact.head))


def _scope(told: Told, saying: Saying) -> str:
    """Return the words in which a figure stands: the beginning of its section, and its own sentence."""
    section = saying.sentence.section
    first = next(one for one in told.sentences if one.section == section)
    return first.text[:_SCOPE] + saying.sentence.text[: saying.figure.start - saying.sentence.start]


def _shared(title: str, scope: str) -> int:
    """Return how many signs of a title stand together in a text."""
    longest = 0
    for start in range(len(title)):
        while title[start : start + longest + 1] in scope and start + longest < len(title):
            longest += 1
    return longest


def _claim(saying: Saying, fact: TableFact, *, agrees: bool) -> Claim:
    scale, unit = saying.figure.scale, saying.figure.unit
    name = f"“{fact.title}”" if fact.title else ""
    shown = f"{plain(fact.value / scale, 6)}{unit}"
    return Claim(
        "R1", "表格", saying, "agrees" if agrees else "differs",
        f"{fact.where}{name}第 {fact.row} 行“{fact.label}”的“{fact.head}”",
        f"表格里为 {shown}", shown, "error",
        "" if agrees else cause(saying.figure.value, fact.value, saying.figure.step, money=True),
    )  # fmt: skip
