"""What is said of a form that was made or filled (新建、填报的话), and of what it would start from."""

from __future__ import annotations

from perf_excel.faces.wording import next_steps
from perf_excel.jobs.examination.filled import Filled
from perf_excel.jobs.new_from_source import Look, SourceKind

KINDS: dict[str, SourceKind] = {
    "申报表：带入指标和指标值": "declaration",
    "上年的表：带入指标、指标值和分值": "last-year",
    "预算公开表：带入预算和资金来源": "budget",
    "数据：填好的内容全部带入": "data",
}


def kind_words(kind: SourceKind) -> str:
    """Return how a kind of source is called."""
    return next(words for words, one in KINDS.items() if one == kind)


def look_words(seen: Look) -> str:
    """Say what a source is."""
    if seen.kind == "budget":
        return "来源：预算公开表，只带入金额；单位、年度请自己填写。"
    of = "，".join(
        filter(None, (seen.unit or "没有写单位", f"{seen.year} 年度" if seen.year else "", seen.project))
    )
    return f"来源：{of}，{seen.indicators} 个指标。"


def order_words(form: str, unit: str, year: str, target: str) -> str:
    """Say what is going to be written, before it is."""
    return f"将新建：{form}，单位“{unit or '（空着）'}”，{f'{year} 年度' if year else '年度空着'}" + (
        f"，写到 {target}。" if target else "。"
    )


def filled_lines(filled: Filled, sentence: str) -> list[str]:
    """Say what was saved, how the form stands, and what the clerk should know."""
    notes = [f"请注意：{note}" for note in filled.notes]
    return [sentence, *next_steps(filled.examined), *notes]
