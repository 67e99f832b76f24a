"""What the first page of a summary says (总览): the figures to be seen first, and what to mind."""

from __future__ import annotations

from datetime import date

from perf_excel.books.summary.missing_sheet import NO_LIST
from perf_excel.books.summary.overview_sheet import Overview, Tile, share
from perf_excel.books.summary.returned_forms import Entry
from perf_excel.jobs.collecting.judging import Judged
from perf_excel.jobs.collecting.summary_figures import Figures
from perf_excel.rules.scoring.arithmetic import percent, shown

_MOST_REMARKS = 100
_MOST_NAMED = 10


def overview_of(judged: Judged, computed: Figures, today: date, *, listed: bool) -> Overview:
    """Return what stands on the first page."""
    units, missing = len(judged.units), len(judged.missing_units)
    returned = share(units - missing, units)
    years = sorted({entry.year for entry in judged.entries if entry.counts and entry.year})
    year = f"{years[0]} 年度" if len(years) == 1 else ""
    tiles = (
        Tile("应报单位" if listed else "单位", str(units)),
        Tile("已报送", str(units - missing)),
        Tile("未报送", str(missing) if listed else "—"),
        Tile("报送率", percent(returned, 1) if listed and returned is not None else "—"),
        Tile("平均得分", "—" if computed.mean is None else shown(computed.mean)),
        Tile("校验错误", str(computed.errors)),
    )
    source = "与下发清单对照" if listed else "没有下发清单，按收到的文件统计"
    return Overview(
        f"{year}绩效自评回收汇总",
        f"汇总日期：{today.isoformat()}；{source}；得分由程序按规则计算；金额单位：万元。",
        tiles,
        computed.sections,
        tuple(_remarks(judged, years, listed=listed)),
    )


def _remarks(judged: Judged, years: list[int], *, listed: bool) -> list[str]:
    remarks = [] if listed else [NO_LIST]
    if len(years) > 1:
        remarks.append(f"收到的表分属 {'、'.join(map(str, years))} 几个年度。")
    if judged.undecided:
        named = "、".join(judged.undecided)
        remarks.append(f"交来几份不同的表、还没有确定以哪一份为准（没有计入得分）：{named}。")
    unusable = [entry for entry in judged.entries if not entry.counts and not _is_settled(entry)]
    if unusable:
        remarks.append(f"有 {len(unusable)} 份收到而没有计入，原因见“处理记录”。")
    altered = sum(entry.status == "altered" and entry.counts for entry in judged.entries)
    if altered:
        remarks.append(f"有 {altered} 份改动了不该改的内容，仍计入，改动见“改动清单”。")
    if unlike := [entry.unit for entry in judged.entries if entry.counts and entry.altered]:
        named = "、".join(unlike[:_MOST_NAMED]) + ("等" if len(unlike) > _MOST_NAMED else "")
        remarks.append(
            f"其中 {len(unlike)} 份改动了分值、指标值等，得分与别家不可比，不排名，也不计入平均得分、等级、"
            f"分数段和各项平均：{named}。改回以后再收，就一起排名。"
        )
    remarks += [f"{hint}。" for hint in judged.hints]
    more = len(remarks) - _MOST_REMARKS
    return [*remarks[:_MOST_REMARKS], *([f"另有 {more} 条没有列出。"] if more > 0 else [])]


def _is_settled(entry: Entry) -> bool:
    return entry.status in ("duplicate-identical", "duplicate-different")
