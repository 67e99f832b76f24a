"""What a template left in to be replaced (模板提示文字): 指标1：, ……, ≥**人, （200字以内）."""

from __future__ import annotations

import re

from perf_excel.forms.text import plain, remembered

_PLACEHOLDER = re.compile(
    r"指标\d*[:：]?[…．.·]{0,6}|(?:三级指标|目标|任务)\d+[:：]?[…．.·]{0,6}|…|[…．.·]{2,}|[≥≤><＞＜=]*(?:[*＊×xX]{2,}|_{2,})\D{0,4}|"
    r".*[（(]\d+字以内[)）].*|.*[*＊]{2,}.*|(?:请填写|请输入).*|填写(?:内容|说明)?"
)

_BLANK_VALUE = re.compile(r"[≥≤><＞＜=＝]*(?:[*＊×xX]{2,}|_{2,}|…+|[.．·]{2,})[^\d*＊]{0,4}")
"""A value that is still to be filled in: ≥**%, ××人."""
_BRACKET = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_NO_VALUE = re.compile(r"[+-]?(?:nan|inf(?:inity)?)|<na>|nat|null|none|undefined", re.IGNORECASE)


@remembered
def is_no_value(text: str) -> bool:
    """Return whether a text is what another program writes where it has no value: NaN, inf, None."""
    text = text.strip()
    return text.isascii() and bool(_NO_VALUE.fullmatch(text))


@remembered
def is_placeholder(text: str) -> bool:
    """Return whether a text is a template's own: 指标1：, ……, ≥**人, （200字以内）."""
    return bool(_PLACEHOLDER.fullmatch(plain(text)))


@remembered
def template_bracket(text: str) -> str:
    """Return a template's own bracket that was left in a text (培训人数（≥**人）), else nothing."""
    for found in _BRACKET.finditer(text):
        rest = (text[: found.start()] + text[found.end() :]).strip()
        if rest and not is_placeholder(rest) and _is_blank_value(found[0][1:-1]):
            return found[0]
    return ""


def _is_blank_value(text: str) -> bool:
    return bool(_BLANK_VALUE.fullmatch(plain(text)))
