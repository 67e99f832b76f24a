"""What stands on a form and was not read (未识别): nothing is passed over in silence.

Every cell between a form's first and last row is a value that was read, a word that names one, or a known
ornament (title, remark, note, stamp, the line where people sign). What is none of these is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from perf_excel.forms.text import plain
from perf_excel.sheets.amounts import amount
from perf_excel.sheets.cell_values import number_of
from perf_excel.sheets.finding.closing_words import (
    CONCLUSION,
    GRADE,
    GRADES,
    NOTE,
    SIGNED,
    STAMPED,
    SUBTOTAL,
    TOTAL,
)
from perf_excel.sheets.finding.column_words import MARGIN
from perf_excel.sheets.finding.labels import unnumbered
from perf_excel.sheets.finding.layout import FormLayout
from perf_excel.sheets.finding.lines import Lines, text_at
from perf_excel.sheets.finding.money_lines import Budget, is_nothing
from perf_excel.sheets.finding.money_words import MONEY_NAMED, MONEY_UNIT
from perf_excel.sheets.finding.title_and_tasks import tasks_claim
from perf_excel.sheets.grid import Grid, Label, Place
from perf_excel.sheets.reading.level_weights import level_weights

_COUNTER = re.compile(
    r"[(（]?(?P<number>\d{1,3})[)）.、]?|[(（]?[一二三四五六七八九十]{1,3}[)）、.]?|序号|编号|行次|栏次"
)
"""What only numbers the rows or blocks."""
_COUNTED = re.compile("分值?$|得分|评分|权重|金额|预算|执行|支出")
"""What a head says over numbers that may be money or points."""
_BESIDE = re.compile(
    "(?:年度|项目|部门|单位|整体|履职|自评|主要)*(?:绩效|指标|目标|评价|得分){1,5}(?:完成|体系|情况|指标|内容){0,5}"
)
"""What stands along the side of the indicators: 绩效指标."""
_OF_MONEY_BLOCK = re.compile("(?:部门|项目|单位|预算|年度)*资金(?:投入|使用|安排|执行)*情况")
"""What stands over the money: 一、部门资金情况."""
_NUMBER_OF_TABLE = re.compile(
    r"(?:预算|部门)?(?:公开|附)?(?:附?表|附件)[\d一二三四五六七八九十—-]{0,6}|公开\d{1,3}表"
)
"""Which of a bureau's tables it is: 公开14表, 附表3."""
_OF_MONEY = re.compile("单位:(?:人民币)?(?:亿|[百千]?万|[百千])?元$")
_MANAGED = re.compile("资金管理(?:情况)?")
"""The side label of the rows that say in words how money was managed (区域绩效自评表)."""
_REMARKS = re.compile(
    "备注(?:说明)?|说明|.{0,6}(?:评[分价]|计分|计算|考核|扣分|得分|打分|赋分)(?:标准|方法|方式|依据|规则|细则|公式|说明|过程)"
    "|(?:绩效)?(?:指标|指标值)?(?:解释|释义|说明|描述|定义|内涵)|(?:绩效)?指标(?:编码|代码|编号)|(?:指标值?)?(?:设定|设置|制定|确定)依据|(?:数据|资料|证据)+来源"
    "|(?:佐证|证明|支撑)(?:材料|资料)|(?:是否)?(?:为)?核心指标|责任(?:单位|部门|人|科室|股室)|完成时限"
    "|(?:指标|目标|年度|绩效)*(?:完成|实现|达成)(?:率|比例|百分比)|.{0,6}(?:复核|审核|评审|审查|核查|专家)(?:意见|情况|说明|结论)"
)
"""Heads of columns that say how a row is meant, and nothing that is scored."""


def unread(grid: Grid, layout: FormLayout, read: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places of what was not read of a form, from top to bottom, a merged area once.

    Args:
        grid: its sheet.
        layout: which cell is what.
        read: the places of every value that was read.
    """
    lines = Lines(grid)
    known = {*read, *_claims(lines, layout)}
    left = [
        place
        for row in range(layout.top, layout.last + 1)
        for label in lines.labels(row)
        if (place := (row, label.left)) not in known and place == grid.anchor(*place)
    ]
    # Of a merged area any place may be known. Of most forms nothing is left, and none need be looked up.
    known = {grid.anchor(*place) for place in known} if left else known
    return tuple(place for place in left if place not in known)


def could_count(grid: Grid, layout: FormLayout, place: Place) -> bool:
    """Whether a place that was not read holds a number where money, weights or points may stand."""
    if not layout.title_row < place[0] <= layout.bottom or not _is_number(grid, place):
        return False
    first = min(layout.budget.top if layout.budget else layout.title_row + 1, layout.header_top)
    over = (plain(text_at(grid, row, place[1])) for row in range(layout.title_row + 1, place[0]))
    return place[0] >= first or any(_COUNTED.search(text) for text in over)


def _claims(lines: Lines, layout: FormLayout) -> Iterator[Place]:
    yield from layout.claimed
    said = (layout.total, layout.grade, layout.total_above, layout.grade_above)
    yield from (place for place in said if place)
    yield from _of_blocks(lines, layout)
    yield from _of_head(lines, layout)
    yield from _of_management(lines, layout)
    yield from _of_table(lines, layout)
    yield from level_weights(lines, layout)
    yield from _of_scored(lines, layout)
    yield from _below(lines, layout)


def _of_blocks(lines: Lines, layout: FormLayout) -> Iterator[Place]:
    """The words of the money, the goals and the tasks; an amount of the money is claimed by being read."""
    if layout.budget:
        yield from (place for place in layout.budget.claimed if not _says_amount(lines.grid, place))
        yield from _remarks_on_money(lines, layout.budget)
    yield from layout.goal.claimed if layout.goal else ()
    yield from tasks_claim(lines, layout.tasks) if layout.tasks else ()


def _remarks_on_money(lines: Lines, budget: Budget) -> Iterator[Place]:
    """A column of remarks beside the money: its head and the words under it."""
    columns = {head.left for head in lines.labels(budget.top) if _REMARKS.fullmatch(head.text)}
    beside = (
        (row, label.left) for row in range(budget.top, budget.bottom + 1) for label in lines.labels(row)
    )
    yield from (place for place in beside if place[1] in columns and not _says_amount(lines.grid, place))


def _of_head(lines: Lines, layout: FormLayout) -> Iterator[Place]:
    """What names the texts of the head; what stands above the title and in its row; ornaments."""
    head = layout.head
    said = layout.total_above or layout.grade_above or _stands_above(layout, layout.total, layout.grade)
    yield from (pair.label_at for pair in (head.unit, head.unit_code, head.project, *head.details) if pair)
    for row in range(layout.top, layout.header_top):
        for label in lines.labels(row):
            known = _is_ornament(label.text) or _counts(lines, layout, row, label)
            if row <= layout.title_row or known or (said and _sums_up(label.text)):
                yield row, label.left


def _of_management(lines: Lines, layout: FormLayout) -> Iterator[Place]:
    """The rows that say in words how the money was managed: nothing of them is scored."""
    for row in range(layout.title_row + 1, layout.header_top):
        found = lines.labels(row)
        managed = found and _MANAGED.fullmatch(found[0].text)
        if managed and not any(_is_number(lines.grid, (row, label.left)) for label in found):
            yield from ((row, label.left) for label in found)


def _stands_above(layout: FormLayout, *places: Place | None) -> bool:
    return any(place and place[0] < layout.header_top for place in places)


def _of_table(lines: Lines, layout: FormLayout) -> Iterator[Place]:
    """The heads of the columns that were read, what stands under them, what numbers or groups the rows."""
    block, rows = layout.indicators, frozenset(layout.indicators.rows)
    remarks = list(_remark_columns(lines, layout))
    spans = [*block.columns.values(), *remarks]
    columns = {column for left, right in spans for column in range(left, right + 1)}
    first = min(columns)
    ours = min((block.columns[role][0] for role in MARGIN if role in block.columns), default=None)
    for row in range(layout.header_top, layout.bottom + 1):
        for label in lines.labels(row):
            place = (row, label.left)
            if (
                label.left in columns
                or not columns.isdisjoint(range(label.left, label.right + 1))
                or (label.left < first and _stands_beside(lines, layout, row, label))
                or (row > block.header and row not in rows and _sums_up(label.text))
                or is_nothing(text_at(lines.grid, *place))
            ):
                yield place
    if ours is not None:  # right of its own hints, the program's forms say how they are filled in
        for row in range(layout.top, layout.last + 1):
            yield from ((row, label.left) for label in lines.labels(row) if label.left >= ours)


def _of_scored(lines: Lines, layout: FormLayout) -> Iterator[Place]:
    """The heads of the scored tables above the indicators, and their names beside them."""
    for block, level1 in layout.scored:
        columns = {column for left, right in block.columns.values() for column in range(left, right + 1)}
        last = block.rows[-1]
        last += any(SUBTOTAL.fullmatch(label.text) for label in lines.own(last + 1))
        for row in range(block.header, last + 1):
            for label in lines.labels(row):
                place = (row, label.left)
                if label.text == level1 or label.left in columns or is_nothing(text_at(lines.grid, *place)):
                    yield place


def _stands_beside(lines: Lines, layout: FormLayout, row: int, label: Label) -> bool:
    """Whether what stands left of the table groups or numbers its rows."""
    return not _is_number(lines.grid, (row, label.left)) or _counts(lines, layout, row, label)


def _remark_columns(lines: Lines, layout: FormLayout) -> Iterator[tuple[int, int]]:
    for row in range(layout.header_top, layout.indicators.header + 1):
        for label in lines.labels(row):
            if _REMARKS.fullmatch(label.text):
                yield label.left, label.right


def _below(lines: Lines, layout: FormLayout) -> Iterator[Place]:
    """The notes below the table, and the line where people sign: from the first of them on."""
    noted = False
    for row in range(layout.bottom + 1, layout.last + 1):
        for label in lines.labels(row):
            noted = noted or bool(NOTE.fullmatch(label.text) or SIGNED.fullmatch(label.text))
            noted = noted or bool(STAMPED.search(plain(text_at(lines.grid, row, label.left))))
            known = noted or _is_ornament(label.text) or _sums_up(label.text)
            if known or _counts(lines, layout, row, label):
                yield row, label.left


def _sums_up(text: str) -> bool:
    name = text.partition(":")[0]
    spellings = (
        TOTAL,
        GRADE,
        SUBTOTAL,
        CONCLUSION,
        GRADES,
    )
    return any(one.fullmatch(name) for one in spellings)


def _is_ornament(text: str) -> bool:
    if MONEY_UNIT.match(text) or _OF_MONEY.search(text) or MONEY_NAMED.fullmatch(text):
        return True
    name = unnumbered(text)
    known = (_BESIDE.fullmatch(name), _OF_MONEY_BLOCK.fullmatch(name), _NUMBER_OF_TABLE.fullmatch(text))
    return any(found is not None for found in known)


def _counts(lines: Lines, layout: FormLayout, row: int, label: Label) -> bool:
    """Whether a label only numbers its row: the first there, and no higher than a form has rows."""
    found = _COUNTER.fullmatch(label.text)
    if found is None or found["number"] is None:
        return found is not None
    first = lines.labels(row)[0].left == label.left
    return first and int(found["number"]) <= layout.last - layout.top + 1


def _says_amount(grid: Grid, place: Place) -> bool:
    return _is_number(grid, place) or amount(text_at(grid, *place)) is not None


def _is_number(grid: Grid, place: Place) -> bool:
    return number_of(grid.at(*place)) is not None
