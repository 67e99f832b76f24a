"""What a template left in to be replaced (模板提示文字): 指标1：, ……, ≥**人, （200字以内）."""

from __future__ import annotations

import re

from perf_excel.forms.text import plain

_PLACEHOLDER = re.compile(
    r"指标\d*[:：]?|(?:三级指标|目标|任务)\d+[:：]?|…|[…．.·]{2,}|[≥≤><＞＜=]*(?:[*＊×xX]{2,}|_{2,})\D{0,4}|"
    r".*[（(]\d+字以内[)）].*|.*[*＊]{2,}.*|(?:请填写|请输入).*|填写(?:内容|说明)?"
)


def is_placeholder(text: str) -> bool:
    """Return whether a text is a template's own: 指标1：, ……, ≥**人, （200字以内）."""
    return bool(_PLACEHOLDER.fullmatch(plain(text)))
