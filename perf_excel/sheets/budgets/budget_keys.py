"""What a figure is of (这个数说的是什么), said the same way for every table: side, fund, subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.text import plain
from perf_excel.sheets.budgets.budget_claims import Sheet, Spot
from perf_excel.sheets.budgets.budget_figures import Figure
from perf_excel.sheets.budgets.budget_lines import Line
from perf_excel.sheets.budgets.budget_titles import Side

BASIC, PROJECT = "基本支出", "项目支出"
_BRACKETS = re.compile(r"\([^()]{0,40}\)")
_LEADING = re.compile(r"^(?:其中[:：]?|本年|当年|按.{1,12}分类)")
_ENDING = re.compile(r"(?:支出|收入|费用|经费|资金|款|费|合计|小计|总计|预算)$")
_JOINTS = re.compile('[的和与及、“”"《》]')
_NOTHING = re.compile(r"(?:本年|当年|本期|资金)?(?:收入|支出|收支|拨款|预算)?(?:合计|总计|小计|总额)?")
_FUNDS = (
    ("general", re.compile(r"(?:一般公共|公共财政)预算(?:财政)?(?:拨款)?(?:收入|支出|资金)?")),
    ("fund", re.compile(r"政府性?基金(?:预算)?(?:财政)?(?:拨款)?(?:收入|支出|资金)?")),
    ("capital", re.compile(r"国有资本(?:经营)?(?:预算)?(?:财政)?(?:拨款)?(?:收入|支出|资金)?")),
    ("fiscal", re.compile(r"(?:本年|当年)?财政(?:预算)?拨款(?:收入|支出|资金)?")),
)
_USES = ((BASIC, re.compile("基本支出.{0,3}")), (PROJECT, re.compile("项目支出.{0,3}")))
_THREE = (
    ("公务用车", re.compile("购置.{1,2}运行")),
    ("公务用车购置", re.compile("车.{0,4}购置|^购置")),
    ("公务用车运行", re.compile("车.{0,4}运行|^运行")),
    ("因公出国", re.compile("出国")),
    ("公务接待", re.compile("接待")),
    ("公务用车", re.compile("车")),
)
_CARRIED = re.compile("结转|结余")
_SPENT, _PLANNED = re.compile("决算|支出"), re.compile("预算")
_CODES = {"30212": "因公出国", "30217": "公务接待", "30231": "公务用车运行", "31013": "公务用车购置"}


class Key(NamedTuple):
    """What a figure is of. A total of all has no ``subject``."""

    side: Side
    fund: str
    subject: frozenset[str]


class Fact(NamedTuple):
    """A figure in 元 and what it is of; ``rank`` is that of the total it stands in."""

    key: Key
    figure: Figure
    spot: Spot
    name: str
    rank: str
    carried: bool
    """Whether it is a total that holds what was carried over from or into another year (结转)."""
    coded: bool
    """Whether rows of the same code may be added: the units of a department each list their own."""
    yuan: Decimal
    """How many 元 one number of its table is."""


def names_of_codes(sheets: Iterable[Sheet]) -> Mapping[str, str]:
    """Return the code of each 类 by its name, as far as the tables list them (社会保障和就业支出 is 208)."""
    found: dict[str, str] = {}
    for sheet in sheets:
        for line in sheet.lines:
            if len(line.code) == 3 and line.name:
                found.setdefault(_core(line.name), line.code)
    return found


def facts_of(sheet: Sheet, codes: Mapping[str, str], yuan: Decimal) -> Iterator[Fact]:
    """Yield the figures of a panel whose meaning is certain.

    Args:
        sheet: the panel.
        codes: the code of each 类 by its name.
        yuan: how many 元 one number of its table is.
    """
    title = sheet.table.title
    paths = sheet.tree.paths
    main = _main_basis(sheet)
    carrying = any(_carries(sheet, at) for at in range(len(sheet.lines)))
    if title.three_public:
        return
    for at, line in enumerate(sheet.lines):
        if line.counts or at not in paths or not title.known or (line.rank == "小计" and not _special(line)):
            continue
        above = [sheet.lines[one] for one in paths[at]]
        for column, amount in enumerate(sheet.panel.amounts):
            printed = sheet.figure(at, column)
            if printed is None or not amount.money or amount.basis != main:
                continue
            words = [*_words(line, above), *amount.path]
            key = _key(sheet, line, words, codes)
            if key is not None:
                yield Fact(
                    key, printed.times(yuan), sheet.spot(at, column), sheet.name(at, column),
                    line.rank, carrying and line.rank == "总计", bool(line.code), yuan,
                )  # fmt: skip


def three_public(sheet: Sheet, yuan: Decimal) -> Iterator[tuple[str, Fact]]:
    """Yield the amounts of “三公”经费 by their kind: of their own table, and of 支出经济分类."""
    main = _main_basis(sheet)
    for at, line in enumerate(sheet.lines):
        for column, amount in enumerate(sheet.panel.amounts):
            printed = sheet.figure(at, column)
            if printed is None or not amount.money or amount.basis != main or line.counts:
                continue
            own = sheet.table.title.three_public
            kind = _kind(line.name or "".join(amount.path)) if own else _CODES.get(line.code, "")
            if kind and (own or not amount.path or column == 0):
                key = Key("out", sheet.table.title.fund, frozenset([kind]))
                spot, name = sheet.spot(at, column), sheet.name(at, column)
                yield (
                    kind,
                    Fact(key, printed.times(yuan), spot, name, "", carried=False, coded=not own, yuan=yuan),
                )


def _kind(name: str) -> str:
    return next((kind for kind, words in _THREE if words.search(_BRACKETS.sub("", name))), "")


def _carries(sheet: Sheet, at: int) -> bool:
    """Whether a row says what was carried over, and it is not nought."""
    columns = range(len(sheet.panel.amounts))
    return _CARRIED.search(sheet.lines[at].name) is not None and any(
        figure.value for column in columns if (figure := sheet.figure(at, column)) is not None
    )


def _special(line: Line) -> bool:
    return "人员" in line.name or "公用" in line.name


def _words(line: Line, above: Iterable[Line]) -> list[str]:
    """Return what a row adds to what its figures are of."""
    if line.rank and line.style is None:
        return [line.name] if _special(line) else []
    if line.code or line.unit:
        return [line.code or line.unit]
    return [one.name for one in above]


def _key(sheet: Sheet, line: Line, words: Iterable[str], codes: Mapping[str, str]) -> Key | None:
    title = sheet.table.title
    funds: list[str] = []
    subject = {title.part == "basic" and BASIC, title.part == "project" and PROJECT} - {False}
    side: Side = sheet.panel.side
    for word in words:
        text = _LEADING.sub("", plain(word))
        if side == "both" and (found := re.search("收入|支出", text)):
            side = "in" if found[0] == "收入" else "out"
        bare = _BRACKETS.sub("", text)
        fund = next((fund for fund, pattern in _FUNDS if pattern.fullmatch(bare)), "")
        use = next((use for use, pattern in _USES if pattern.fullmatch(bare)), "")
        if fund:
            funds.append(fund)
        elif use:
            subject.add(use)
        elif not _NOTHING.fullmatch(bare):
            core = _core(text)
            subject.add(codes.get(core, core))
    if side == "both" and line.rank:
        side = "in" if "收入" in line.name else "out" if "支出" in line.name else "both"
    if side == "both" or "" in subject:
        return None
    return Key(side, _fund(title.fund, funds), frozenset(str(one) for one in subject))


def _fund(whole: str, named: Iterable[str]) -> str:
    """Return whose money it is: a column's fund inside of a table's (其中：财政拨款)."""
    funds = list(dict.fromkeys(named))
    if not funds:
        return whole
    if whole in ("all", "fiscal") or funds[0] == whole:
        return "/".join(funds)
    return "/".join([whole, *funds])


def _core(name: str) -> str:
    text = _JOINTS.sub("", _BRACKETS.sub("", plain(name)))
    while (shorter := _ENDING.sub("", text)) != text and shorter:
        text = shorter
    return text


def _main_basis(sheet: Sheet) -> str:
    """Return of which year or kind the figures are that other tables speak of: this year's."""
    kinds = list(dict.fromkeys(amount.basis for amount in sheet.panel.amounts))
    if len(kinds) == 1:
        return kinds[0]
    wanted = _SPENT if "决算" in sheet.table.title.text else _PLANNED
    fitting = [one for one in kinds if wanted.search(one)] or kinds
    fitting = [one for one in fitting if not re.search("上年|去年|增|减|变动|差", one)] or fitting
    return max(fitting, key=lambda one: (_year(one), "本年" in one or "当年" in one))


def _year(text: str) -> str:
    found = re.search(r"(?:19|20)\d\d", text)
    return found[0] if found else ""
