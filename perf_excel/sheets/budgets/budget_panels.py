"""The columns of a budget table (各列): labels and the amounts beside them, once or twice (收入 | 支出)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from perf_excel.forms.text import plain
from perf_excel.sheets.budgets.budget_codes import is_subject_code
from perf_excel.sheets.budgets.budget_figures import figure, is_nothing
from perf_excel.sheets.budgets.budget_heads import Table
from perf_excel.sheets.budgets.budget_titles import Side

Role = Literal["skip", "blank", "code", "name", "amount"]

_SERIAL = re.compile(r"(?:序号|行次|栏次|编号)$")
_CODE_HEAD = re.compile(r"编码|代码|^[类款项目]$")
_LABEL_HEAD = re.compile(r"项\s*目|科目|编码|代码|名称|^[类款项目]$|支出|收入|功能|经济|分类|用途|资金来源")
_AMOUNT_HEAD = re.compile(r"金额|[合小总]计|数(?:\(.{0,6}\))?$|\d{4}年")
_RATE = re.compile(r"%|％|‰|幅度|比例|比率|占比|比重|增长率|增减率|单价|完成率|执行率")
_COUNT = re.compile(r"数量|人数|辆数|个数|批次|\((?:个|人|辆|批|次|台|套)\)")
_REMARK = re.compile(r"备注|说明|原因|文号|依据")
_YEAR = r"(?:(?:19|20)\d\d年?度?|本年度?|当年|上年度?|今年|去年|全年|年初)?"
_BASIS = re.compile(
    rf"{_YEAR}(?:年初|调整)?(?:预算|决算|执行|实际|支出|完成)(?:数|金额|安排数?|完成数)(?:\(.{{0,6}}\))?"
    r"|(?:(?:19|20)\d\d年?度?|本年度?|当年|上年度?|今年|去年)(?:部门)?(?:预算|决算|执行)?"
    r"|(?:金额|数额|预算|决算)(?:\(.{0,6}\))?"
    r"|.{0,20}(?:增减|增加|减少|差额|变动|比上年|较上年).{0,20}"
)
_CHANGE = re.compile("增减|增加|减少|差额|变动|比上年|较上年")
_BEHIND = re.compile(r"(?<!公共)(?<!基金)(?<!经营)(?<!资本)(?:预算|决算|执行)数?$")
_UNIT_BEHIND = re.compile(r"\((?:亿|万|千)?元\)$")
_FIRST_ROWS = 400


class Amount(NamedTuple):
    """A column of amounts: what stands over it, and of which year or kind its amounts are (本年预算数)."""

    column: int
    path: tuple[str, ...]
    basis: str
    money: bool = True


@dataclass(frozen=True)
class Panel:
    """Columns of labels and the amounts that belong to them."""

    table: Table
    side: Side
    codes: tuple[int, ...]
    names: tuple[int, ...]
    amounts: tuple[Amount, ...]
    beside: tuple[Panel, ...] = ()
    """Panels in which the same list goes on to the right (基本支出表 in two or three halves)."""

    @property
    def halves(self) -> tuple[Panel, ...]:
        """Itself, and those in which it goes on."""
        return (self, *self.beside)

    def goes_on(self, further: Panel) -> bool:
        """Whether another panel is more of the same list: codes, and the same labels over each column."""
        heads = self.table.heads
        mine, theirs = (
            [heads[column][-1:] for column in (*one.codes, *one.names, *(at.column for at in one.amounts))]
            for one in (self, further)
        )
        return bool(self.codes) and self.side == further.side and mine == theirs


def panels(table: Table) -> list[Panel]:
    """Return the panels of a table from left to right; columns of remarks are in none."""
    roles: dict[int, Role] = {column: _role(table, column) for column in table.columns}
    found: list[tuple[list[int], list[int]]] = []
    for column, role in _settled(table, roles):
        if role == "skip":
            continue
        if role == "amount":
            if not found:
                found.append(([], []))
            found[-1][1].append(column)
        elif not found or found[-1][1]:
            if not found or _begins_panel(table, column, role):
                found.append(([column], []))
        else:
            found[-1][0].append(column)
    read: list[Panel] = []
    for panel in (_panel(table, labels, amounts, roles) for labels, amounts in found if amounts):
        if read and read[-1].goes_on(panel):
            read[-1] = replace(read[-1], beside=(*read[-1].beside, panel))
        else:
            read.append(panel)
    return read


def _begins_panel(table: Table, column: int, role: Role) -> bool:
    head = "".join(table.heads[column])
    return not _REMARK.search(head) and (role == "code" or _LABEL_HEAD.search(head) is not None)


def _settled(table: Table, roles: dict[int, Role]) -> Iterator[tuple[int, Role]]:
    """Yield the columns with their roles; one of subject codes without a head that says so is found here."""
    columns = table.columns
    for at, column in enumerate(columns):
        role = roles[column]
        if role == "blank":
            following = next((roles[one] for one in columns[at + 1 :] if roles[one] != "blank"), "amount")
            role = roles[column] = "amount" if following == "amount" else "skip"
        if role == "amount" and at + 1 < len(columns) and roles[columns[at + 1]] == "name":
            texts = [text for row in table.rows[:_FIRST_ROWS] if (text := table.text(row, column))]
            codes = sum(is_subject_code(plain(text)) for text in texts)
            if texts and codes * 10 >= len(texts) * 9 and not any("." in text for text in texts):
                role = roles[column] = "code"
        yield column, role


def _role(table: Table, column: int) -> Role:
    path = table.heads[column]
    head, last = "".join(path), path[-1] if path else ""
    texts = [text for row in table.rows if (text := table.text(row, column))]
    words = [text for text in texts if figure(text) is None and not is_nothing(text)]
    numbers = sum(figure(text) is not None for text in texts)
    if _SERIAL.search(last) and "科目" not in head and "单位" not in head:
        return "skip"
    if _CODE_HEAD.search(last) or (_CODE_HEAD.search(head) and not words and numbers):
        return "name" if len(words) > numbers + 1 else "code"
    if _RATE.search(last) or _REMARK.search(last):
        return "skip"
    if words and (len(words) >= numbers or (_LABEL_HEAD.search(head) and len(words) * 3 > numbers)):
        return "name"
    if numbers:
        return "amount"
    # A column that is all blank (规格) is one of amounts where its head or its neighbour says so.
    return "amount" if _AMOUNT_HEAD.search(last) else "blank" if path else "skip"


def _panel(table: Table, labels: Sequence[int], amounts: Sequence[int], roles: dict[int, Role]) -> Panel:
    codes: list[int] = []
    names: list[int] = []
    for at, column in enumerate(labels):
        if roles[column] == "name":
            names.append(column)
        elif not codes or codes[-1] == labels[at - 1]:
            codes.append(column)
        else:
            break  # a second classification: 部门预算经济分类 beside 政府预算经济分类
    heads = "".join("".join(table.heads[column]) for column in (*labels, *amounts))
    return Panel(table, _side(table, heads), tuple(codes), tuple(names), _amounts(table, amounts))


def _side(table: Table, heads: str) -> Side:
    if table.title.side != "both":
        return table.title.side
    income, spending = "收入" in heads, "支出" in heads
    return "in" if income and not spending else "out" if spending and not income else "both"


def _amounts(table: Table, columns: Sequence[int]) -> tuple[Amount, ...]:
    split = [_split(table.heads[column]) for column in columns]
    kinds = {basis for _, basis in split}
    several = len(kinds) > 1
    # 当年预算安排 beside 上年结转 is one of the parts: years and kinds part all columns or none.
    if several and "" in kinds:
        split = [
            (path, basis) if not basis or _CHANGE.search(basis) else (_plain(table.heads[column]), "")
            for (path, basis), column in zip(split, columns, strict=True)
        ]
    return tuple(
        Amount(column, path, basis if several else "", not _COUNT.search("".join(table.heads[column])))
        for column, (path, basis) in zip(columns, split, strict=True)
    )


def _plain(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for label in path if (text := _UNIT_BEHIND.sub("", label)))


def _split(path: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Part the labels over a column: what it is of, and its year or kind (预算数, 决算数)."""
    kept: list[str] = []
    basis: list[str] = []
    for text in _plain(path):
        if _BASIS.fullmatch(text):
            basis.append(text.removesuffix("数"))
        elif (behind := _BEHIND.search(text)) and behind.start():
            kept.append(text[: behind.start()])
            basis.append(behind[0].removesuffix("数"))
        else:
            kept.append(text)
    return tuple(kept), "".join(basis)
