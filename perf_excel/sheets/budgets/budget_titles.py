"""What a budget table is called (表名) and printed in (单位): by these it is known which table it is."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from perf_excel.forms.text import plain
from perf_excel.sheets.amounts import yuan_of

Side = Literal["", "in", "out", "both"]
"""Income (收入), expenditure (支出), or both beside each other (收支)."""
Fund = Literal["", "all", "fiscal", "general", "fund", "capital"]
"""Whose money: all, 财政拨款, 一般公共预算, 政府性基金, 国有资本经营预算."""

_TITLE = re.compile(
    r"[^。；]{0,60}(?:表|一览|明细)(?:[(（][^()（）]{0,30}[)）]|[一二三四五六七八九\d-]{0,3})?"
)
_ABOVE = re.compile(
    r"(?:部门|单位|预算|决算|财决|附)?公?开?(?:附?表|附件)[\d一二三四五六七八九十.\-:：]{0,6}|附[表件]?\d{0,3}"
)
_WHOSE = re.compile(r"(?:(?:编制|填报|预算|公开|部门|单位)(?:部门|单位|名称)?|填报日期)[^:：]{0,8}[:：]")
_UNIT = re.compile(
    r"(?:金额)?单位:(?:人民币)?(?P<unit>亿元|百万元|万元|千元|元)|\((?P<head>亿元|百万元|万元|千元|元)\)"
)
_FORMS = re.compile("绩效|自评|目标表|申报表|监控表|评分|人员情况|资产|目录|封面")
_OF_A_PART = re.compile(
    "采购|购买服务|转移支付|运行经费|会议|培训|专户|结转|债|专项|重点|新增|非税|对下|追加|支出明细|(?<!基本)(?<!项目)明细"
)
"""Titles of tables of which no other table is the whole, though they speak of expenditure."""
_FUNDS: tuple[tuple[Fund, re.Pattern[str]], ...] = (
    ("general", re.compile("一般公共预算|一般公共服务预算|公共财政预算")),
    ("fund", re.compile("政府性?基金")),
    ("capital", re.compile("国有资本")),
    ("fiscal", re.compile("财政拨款")),
)
_SIDES: tuple[tuple[Side, re.Pattern[str]], ...] = (
    ("both", re.compile("收支|收入支出|收入与支出|收入和支出|收入、支出|支出收入")),
    ("in", re.compile("收入")),
    ("out", re.compile("支出|基本支出|三公|政府经济分类|经济分类|功能分类")),
)
_THREE = re.compile("三公|“三公”|因公出国")


class Title(NamedTuple):
    """What a title says."""

    text: str
    side: Side
    fund: Fund
    part: Literal["", "basic", "project"]
    three_public: bool
    """Whether it is the table of “三公”经费."""

    @property
    def vague(self) -> bool:
        """Whether it does not say whose money it is: 基本支出表 may be of all funds or 一般公共预算 only."""
        return bool(self.part) and self.fund == "all"

    @property
    def known(self) -> bool:
        """Whether it is one of the published tables, so that its figures mean the same in all of them."""
        return bool(self.side)


def title_of(text: str) -> Title:
    """Return what a title says; of one that says nothing every part is empty."""
    said = plain(text).replace('"', "")
    side = _side(said)
    if _OF_A_PART.search(said) or _FORMS.search(said):
        side = ""
    fund = _fund(said) or ("all" if side else "")
    part: Literal["", "basic", "project"] = ""
    if re.search("基本支出(?!.{0,2}项目)", said) and "项目支出" not in said:
        part = "basic"
    elif "项目支出" in said and "基本支出" not in said:
        part = "project"
    three = _THREE.search(said) is not None
    if three and fund == "all":
        fund = "general"
    return Title(text.strip(), "out" if three else side, fund, part, three)


def _side(said: str) -> Side:
    for side, words in _SIDES:
        if words.search(said):
            return side
    return ""


def _fund(said: str) -> Fund:
    for fund, words in _FUNDS:
        if words.search(said):
            return fund
    return ""


def is_title(text: str) -> bool:
    """Whether a line is the title of a table."""
    said = plain(text)
    return len(said) > 3 and _TITLE.fullmatch(said) is not None and not _ABOVE.fullmatch(said)


def is_above(text: str) -> bool:
    """Whether a line stands above a table's head: number, title, unit, name of the department."""
    said = plain(text)
    return bool(_UNIT.search(said) or _ABOVE.fullmatch(said) or is_title(said) or _WHOSE.match(said))


def unit_in(text: str) -> Decimal | None:
    """Return how many 元 one of a table's numbers is, where a line says so (单位：万元)."""
    found = list(_UNIT.finditer(plain(text).replace("：", ":")))
    return yuan_of(found[-1]["unit"] or found[-1]["head"]) if found else None


def is_form(text: str) -> bool:
    """Whether a title is that of a performance form or a list, and of no budget table."""
    return _FORMS.search(plain(text)) is not None
