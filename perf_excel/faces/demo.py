"""The demonstration (演示): the main job on a real published form, from data to the finished PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perf_excel.books.saving import write_atomic
from perf_excel.errors import UserError
from perf_excel.faces import wording
from perf_excel.forms.data import load_form
from perf_excel.forms.model import Form
from perf_excel.jobs.examination.examining import Examined, examine
from perf_excel.jobs.export import export
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset, templates_folder
from perf_excel.rules.scoring.arithmetic import shown

RULES = "henan-department"

Line = tuple[str, bool]
"""A line to show, and whether what it says is as published."""


def demo(folder: Path) -> Iterator[Line]:
    """Make, score, check and export the published form of 郑州市上街区信访局 (2022), yielding what to show.

    Raises:
        UserError: the folder cannot be written, or no program prints PDF.
    """
    published = load_form((templates_folder() / RULES / "示例.json").read_text(encoding="utf-8"), "示例.json")
    yield f"一、新建并填报：{published.unit} {published.year} 年部门整体自评表（真实公开数据）", True
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError(f"{folder}：无法建立文件夹（可能已有同名文件，或没有权限），请换一个位置。") from None
    book = folder / f"{published.unit}-{published.year}-部门整体自评表.xlsx"
    made = make(Order(ruleset(RULES), data=published), book)
    yield from _written(book, made.data)
    yield "二、打分：逐行与公开的得分、偏差度对照", True
    examined = examine(book)
    yield from ((line, True) for line in wording.score_lines(examined))
    yield from _compared(examined, published)
    yield "三、校验", True
    yield from ((line, True) for line in wording.check_lines(examined))
    yield "四、导出完成表", True
    for suffix in (".xlsx", ".pdf"):
        target = book.with_name(f"{book.stem}-完成表{suffix}")
        yield from _written(target, export(examined, target))


def _written(target: Path, data: bytes) -> Iterator[Line]:
    backup = write_atomic(target, data)
    kept = f"（原有文件已备份为 {backup.name}）" if backup else ""
    yield f"已保存：{target}{kept}", True


def _compared(examined: Examined, published: Form) -> Iterator[Line]:
    """Hold every computed score and deviation against the published one."""
    scores = examined.scores
    rows = list(zip(scores.indicators, published.indicators, strict=True))
    points = sum(row.points == given.score for row, given in rows)
    deviations = sum(row.deviation == given.deviation.number for row, given in rows)
    yield f"指标得分与公开表一致：{points}/{len(rows)}", points == len(rows)
    yield f"偏差度与公开表一致：{deviations}/{len(rows)}", deviations == len(rows)
    for row, given in zip(scores.budget, published.funding, strict=False):
        if row.points is not None and given.score is not None:
            good = row.points == given.score
            yield f"预算执行率：计算{shown(row.points)}分，公开表{shown(given.score)}分", good
    if scores.total is not None and published.total is not None:
        good = (scores.total, scores.grade) == (published.total, published.grade)
        computed = f"计算{shown(scores.total)}分（{scores.grade}）"
        yield f"总分与等级：{computed}，公开表{shown(published.total)}分（{published.grade}）", good
