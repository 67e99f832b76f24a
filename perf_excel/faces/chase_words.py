"""What came of writing to the units (退回、催报), in sentences; shared by the command line and the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from perf_excel.jobs.chase import PHONE_LIST, Chased

_NAMED = 10


def chase_words(chased: Chased, folder: Path, backup: str) -> Iterator[str]:
    """Yield what was written and replaced, and of whom nothing was."""
    if chased.files:
        listed = f"，{PHONE_LIST}（{chased.missing} 项）" if chased.missing else ""
        yield f"已写到 {folder}：{chased.letters} 个单位的退回函（.docx）{listed}。"
    elif chased.nameless:
        yield "没有可以写函的单位。"
    else:
        yield "没有要退回、催报的：各单位都已报送，没有要改的问题。"
    if backup:
        yield f"原有的同名文件已移入“{backup}”。"
    if chased.nameless:
        yield (
            f"另有 {len(chased.nameless)} 份没有计入的不知道是哪个单位的，没有写函，见“处理记录”："
            f"{_named(chased.nameless)}。"
        )
    if chased.files and chased.fine:
        yield f"没有要说的单位 {len(chased.fine)} 个，没有写函：{_named(chased.fine)}。"


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
