"""Counts with a list (清点): 单位有3个，分别为…、…和…; 四个问题：一是…二是…; 产出、效益、满意度三类指标."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from perf_excel.words.claims import Claim
from perf_excel.words.prose import NUMERALS
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_LIST = re.compile(
    r"[^，。；：、\d]{0,12}[，：]?(?:即|分别[为是]|具体[为是]|依次[为是]|(?:主要)?(?:包括|包含|有)：)[：，]?(?P<names>[^。；]{2,600})"
)
_COLON = re.compile(r"(?P<noun>[^，。；：、\d]{2,14})：(?P<names>[^。；：，\d]{2,600})")
_INCLUDING = re.compile(r"[，：]?(?:包括|包含|即)[：，]?(?P<names>[^。；]{2,600})")
_BODIES = re.compile(r"(?:科室|股室|处室|机构|单位|部门|中心|站所|乡镇|街道|社区|学校|村|指标|科|股|处|所)$")
"""What is listed by names that have no 、 inside of them."""
_SOME = re.compile(r"[两二三四五六七八九十]个")
_OPEN = re.compile(r"等|…|其他|及其|若干|主要")
_BRACKETS = re.compile(r"（[^（）]{0,80}）|“[^“”]{0,60}”")
_AND = re.compile(r"[和与及]")
_FEWEST, _MOST_NAME = 2, 30
_FIRST = re.compile(r"[^。；]{0,14}?[：，。](?:主要是|即)?[“”]?(?:一是|（一）|（1）|1[.、．])")
_ITEMS = (
    ("一是", tuple(f"{one}是" for one in NUMERALS)),
    ("（一）", tuple(f"（{one}）" for one in NUMERALS)),
)
_NAMED_BEFORE = re.compile(r"(?:[^，。；：、（）\d]{2,14}、)+[^，。；：、（）\d]{2,8}$")
_NOUN_BEHIND = re.compile(
    r"(?:一级|二级|三级)?(?:绩效)?(?:指标|方面|维度|环节|阶段|单位|部门|机构|科室|中心|学校|乡镇|街道|社区|村)"
)
_KINDS = ("类", "个", "项", "家", "所")
_DOING = re.compile(
    r"参加|开展|完成|召开|组织|建设|举办|走访|帮扶|覆盖|涉及|共|新增|设立|选派|协调|指导|支持|等"
)


def enumeration_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about counts with a list of names."""
    for one in told.sayings:
        if (
            one.role == "amount"
            and one.figure.kind == "count"
            and not one.figure.about
            and not one.figure.bound
        ):
            yield from _items(one) or _listed(one) or _before(one)


def _claim(saying: Saying, against: str, counted: str, number: int, *, agrees: bool) -> Claim:
    return Claim(
        "R2", "清点", saying, "agrees" if agrees else "differs", against, counted,
        "" if agrees else f"{number}{saying.figure.unit}",
    )  # fmt: skip


def _listed(saying: Saying) -> list[Claim]:
    """Hold a count against the names behind it."""
    text, end = saying.sentence.paragraph.text, saying.sentence.end
    found = _LIST.match(text, saying.figure.end, end)
    sure = found is not None
    if not found and (found := _COLON.match(text, saying.figure.end, end)):
        sure = _BODIES.search(found["noun"]) is not None
    if not found and _BODIES.search(saying.label.removesuffix("共")):
        found = _INCLUDING.match(text, saying.figure.end, end)  # 单位共5个，包括局机关、…
        named = found["names"].partition("，")[0] if found else ""
        near = abs(len(named.split("、")) - int(saying.figure.value)) == 1
        sure = near and not _SOME.search(named)
        found = found if sure or (found and len(named.split("、")) == saying.figure.value) else None
    if not found:
        return []
    # What follows a comma is another clause, unless commas part the names.
    names = found["names"] if "、" not in found["names"] else found["names"].partition("，")[0]
    if _OPEN.search(names) or re.search(r"\d|占|其中|：", names):
        return []
    body = _BRACKETS.sub("", names)
    parts = [name for name in re.split(r"[、，]", body) if name]
    fewest = len(parts)
    most = sum(len([piece for piece in _AND.split(name) if piece]) for name in parts)
    if most < _FEWEST or any(len(name) > _MOST_NAME for name in parts):
        return []
    number = int(saying.figure.value)
    counted = f"列出 {fewest} 项" if fewest == most else f"列出 {fewest} 至 {most} 项"
    agrees = fewest <= number <= most
    if agrees or sure or (abs(number - most) > 1 and fewest == most):
        shown = counted if agrees else f"{counted}：{'、'.join(parts)}"
        return [_claim(saying, "其后列出的名称", shown, most, agrees=agrees)]
    return []


def _items(saying: Saying) -> list[Claim]:
    """Hold 四个问题：一是…二是… against the last of its items."""
    paragraph = saying.sentence.paragraph
    text = paragraph.text
    found = _FIRST.match(text, saying.figure.end)
    if not found or int(saying.figure.value) > len(NUMERALS):
        return []
    for first, signs in _ITEMS:
        if not found[0].endswith(first):
            continue
        at, number = found.end(), 1
        for number in count(1):
            place = text.find(signs[number], at) if number < len(signs) else -1
            if place < 0:
                break
            again = text.find(first, at)
            if 0 <= again < place:
                break
            at = place + len(signs[number])
        agrees = number == saying.figure.value
        if number > 1:
            return [_claim(saying, "其后逐条列出的内容", f"列出 {number} 条", number, agrees=agrees)]
    return []


def _before(saying: Saying) -> list[Claim]:
    """Hold 产出、效益、满意度三类指标 against the names in front of it."""
    text, floor = saying.sentence.paragraph.text, saying.sentence.start
    spelled = not saying.figure.text[0].isdigit()
    if not spelled or saying.figure.unit not in _KINDS or not _NOUN_BEHIND.match(text, saying.figure.end):
        return []
    found = _NAMED_BEFORE.search(text[max(floor, saying.figure.start - 80) : saying.figure.start])
    if not found or _DOING.search(found[0].rpartition("、")[2]):
        return []
    parts = found[0].split("、")
    most = sum(len([piece for piece in _AND.split(name) if piece]) for name in parts)
    number, counted = int(saying.figure.value), f"列出 {len(parts)} 项"
    agrees = len(parts) <= number <= most
    if not agrees and most != len(parts):
        return []
    return [_claim(saying, "其前列出的名称", counted, len(parts), agrees=agrees)]
