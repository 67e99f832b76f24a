"""What a figure speaks of (所说的事): the label in front of it and the label's core."""

from __future__ import annotations

import re

from perf_excel.words.prose import NUMBERING

_BOUNDARY = frozenset("，。；：、 ")
_CLOSERS, _OPENERS = {"）": "（", "】": "【", "〕": "〔"}, frozenset("（【〔")
_LONGEST = 60

_COMPARISON = re.compile(
    r"同比|环比|相较于?|(?:比|较)(?=[^，；。]{0,12}?(?:预期|计划|预算|决算)|$)"
    r"|(?:比|较|与)(?=[^，；。]{0,12}?(?:上年|上一年|上一度|去年|前年|同期|上期|年初|\d{4}年))"
    r"|(?:和|跟|同)(?=(?:上年|上一年|上一度|去年|前年|同期|上期|年初|\d{4}年))"
)
"""Where a comparison begins in a label: 公务接待费 | 较上年减少."""
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度|初|末|底)?|\d{1,2}月(?:\d{1,2}日|底|末|份)?")
_LEADING = re.compile(
    r"(?:相比|相较|对比|其中|以及|另外|此外|同时|包括|包含|分别[为是]|即|加上|扣除|经统计|截至|截止|我[部单校局委院]门?位?"
    r"|本[部单年]门?位?度?|今年|当年|全年|全校|全局|共有|共计|合计|现有|上年|去年|一是|二是|三是|四是|五是|为|和|及|与|用于|的|有)"
)
_BRACKETS = re.compile(r"（[^（）]{0,60}）|[“”‘’《》\"']|[【】]")
_GENERIC = re.compile(
    r"(?:支出|收入|预算|决算|数额?|金额|资金|经费|费用|费|总额|总计|合计|共计|总数|总|(?<!公)共|为|是|达到?|约|了|得|情况|安排|完成|执行"
    r"|全年|本年|当年|年度|实际|年初|调整后?|到位|下达|拨付|支付|发放|兑付|使用|累计|有|的|在|额|计|拟[支收]|实[支付收拨]|用款|付款|花销|分别|均|各|由|增加到|减少到|人数|数量|次数)$"
)
_GENERIC_HEAD = re.compile(
    r"^(?:年底前?|月底前?|实际|已|财政拨款|累计|全年|年初|年末|当年|本年度?|年度|安排|完成|支出|收入|预算|决算|收到|总|共)"
)
_ALIASES = (
    (re.compile(r"^公务用车购置[及和、与]?运行(?:维护)?$|^公务用车[及和与]运行(?:维护)?$"), "公车"),
    (re.compile(r"^公务用车运行(?:维护)?(?:费用)?$|^公车运行(?:维护)?$"), "公车运行"),
    (re.compile(r"^公务用车购置$|^公车购置$"), "公车购置"),
    (re.compile(r"^因公出国境?$"), "因公出国"),
    (re.compile(r"^(?:国内)?公务接待$"), "公务接待"),
    (re.compile(r"^(?:日常)?公用$"), "公用"),
)  # fmt: skip


def label_start(text: str, end: int, floor: int) -> int:
    """Return where the label in front of a place begins, across brackets that belong to it: 支出（类）."""
    at, lowest = end, max(floor, end - _LONGEST)
    while at > lowest:
        sign = text[at - 1]
        if sign in _CLOSERS:
            opened = text.rfind(_CLOSERS[sign], lowest, at)
            if opened < 0:
                break
            at = opened
        elif sign in _BOUNDARY or sign in _OPENERS:
            break
        else:
            at -= 1
    return at


def label_of(lead: str) -> str:
    """Return the label in what stands in front of a figure: without number, year, comparison and brackets."""
    text = NUMBERING.sub("", lead, count=1) if NUMBERING.match(lead) else lead
    if found := _COMPARISON.search(text):
        text = text[: found.start()]
    text = _BRACKETS.sub("", text.rpartition("情况说明")[2] or text)
    # What stands in front of the year is the unit's name: 市信访局2021年收入预算.
    years = list(_YEAR.finditer(text))
    text = _YEAR.sub("", text[years[-1].end() :] or text) if years else text
    while found := _LEADING.match(text):
        text = text[found.end() :]
    return text


def core_of(label: str) -> str:
    """Return a label without the words that any amount may have: 公务接待费支出决算 is 公务接待.

    Empty where the label has only such words.
    """
    text = label
    while found := _GENERIC.search(text):
        text = text[: found.start()]
    while found := _GENERIC_HEAD.match(text):
        text = text[found.end() :]
    for spelling, name in _ALIASES:
        if spelling.match(text):
            return name
    return text or _side(label)


GENERIC = frozenset({"", "收入", "支出", "收支"})
"""Cores that say of no particular thing how much it was."""


def _side(label: str) -> str:
    """Return whether a label without a core is of what came in (收入) or went out (支出)."""
    took, gave = "收入" in label or "收支" in label, "支出" in label or "收支" in label
    return "收支" if took and gave else "收入" if took else "支出" if gave else ""


COMPLETE_SETS = tuple(
    frozenset(names)
    for names in (
        ("因公出国", "公车", "公务接待"),
        ("因公出国", "公车运行", "公务接待"),
        ("因公出国", "公车购置", "公车运行", "公务接待"),
        ("公车购置", "公车运行"),
        ("基本", "项目"),
        ("人员", "公用"),
        ("货物", "工程", "服务"),
        ("男", "女"),
        ("男生", "女生"),
        ("男性", "女性"),
    )
)
"""Parts that are always all of their whole."""
_PARTS = {
    "政府采购货物": "货物",
    "货物采购": "货物",
    "政府采购工程": "工程",
    "工程采购": "工程",
    "政府采购服务": "服务",
    "服务采购": "服务",
}


def complete(labels: list[str]) -> bool:
    """Return whether parts with these labels are all of their whole."""
    cores = [core_of(label) or "项目" * ("项目" in label) for label in labels]
    named = frozenset(_PARTS.get(core, core) for core in cores)
    return len(named) == len(cores) and named in COMPLETE_SETS
