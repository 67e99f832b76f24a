"""Answers in Chinese lines (界面文字), shared by the command line and the demo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from perf_excel.jobs.examination.choosing import range_of
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.whereabouts import address_of, cells_of, where
from perf_excel.jobs.rulesets_prove import Answer, Proof
from perf_excel.rules.describing import joining_words, limit_words, scoring_words, source_words
from perf_excel.rules.findings import CHECKS, Finding
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.rulesets.severities import SEVERITY_NAMES
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.points import RowScore
from perf_excel.sheets.grid import Edit
from perf_excel.sheets.shown_text import printed


def ruleset_line(rules: RuleSet) -> str:
    """Say in a line what a rule set is, where it holds, which forms it has, and how well it is founded."""
    forms = "、".join(layout.name for layout in rules.forms) or "（无表样）"
    founded = Counter(source.status for source in rules.sources)
    how = "、".join(f"{status} {count} 条" for status, count in founded.most_common()) or "没有写明"
    return f"{rules.id:<24}{rules.name}（{rules.region or '未写地区'}）  表样：{forms}  依据：{how}"


def ruleset_words(rules: RuleSet) -> list[str]:
    """Say everything about one rule set: its scoring, its limits, its checks, its foundations."""
    forms = "、".join(layout.name for layout in rules.forms) or "（无表样）"
    names = {**SEVERITY_NAMES, "off": "不查"}
    checks = [
        f"{code} {CHECKS[code].title}：{names[severity]}（默认{names[CHECKS[code].severity]}）"
        for code, severity in rules.severity.items()
        if severity != CHECKS[code].severity
    ]
    region = f"{rules.region}，" if rules.region else ""
    lines = [
        f"{rules.id}  {rules.name}（{region}版本 {rules.version}）",
        f"表样：{forms}；新表的金额单位：{rules.money}",
    ]
    sections = (
        ("计分规则", scoring_words(rules)),
        ("汇总办法", joining_words(rules)),
        ("提醒的界限", limit_words(rules)),
        ("与默认不同的检查项级别", checks or ["无"]),
        ("依据", [source_words(source) for source in rules.sources] or ["没有写明依据，请勿当作规定使用。"]),
    )
    for title, sentences in sections:
        lines += [f"{title}：", *(f"    {sentence}" for sentence in sentences)]
    return lines


def proof_lines(proof: Proof) -> list[str]:
    """Say which printed results of a form a rule set gives, and which it does not."""
    agreeing = "、".join(f"{what} {count} 项" for what, count in proof.agreeing.items()) or "0 项"
    more = [
        *([f"由人评分且在范围内 {proof.judged} 行"] if proof.judged else []),
        *([f"无法核对 {proof.unknown} 行"] if proof.unknown else []),
    ]
    counts = "；".join([f"相符：{agreeing}", *more, f"不符：{len(proof.differing)} 项"])
    return [f"{proof.name}：{counts}。", *map(_differing, proof.differing)]


def proofs_line(proofs: Sequence[Proof]) -> str:
    """Say how many of several forms a rule set reproduces."""
    whole = sum(not proof.differing for proof in proofs)
    differing = sum(len(proof.differing) for proof in proofs)
    return f"共 {len(proofs)} 张表：完全相符 {whole} 张，不符 {differing} 项。"


def _differing(answer: Answer) -> str:
    why = f"  {answer.why}" if answer.why else ""
    return (
        f"  {answer.place:<5} {answer.label}：{answer.what}填{answer.printed}，按规则{answer.computed}{why}"
    )


def heading(examined: Examined) -> list[str]:
    """Say which form of which file was read, and by which rule set."""
    found = examined.found
    form = found.reading.form
    unit = f"，{form.unit}" if form.unit else ""
    name = form.form or "绩效表"
    if found.tables == 1 and len(found.reading.sheets) == 1:
        place = f"工作表“{found.reading.grid.sheet}”"
    else:
        number = f"第 {found.table} 张（共 {found.tables} 张），" if found.tables > 1 else ""
        place = f"{number}工作表{range_of(found.reading)}"
    return [
        f"{found.book.name}：{place}，{name}，{len(form.indicators)} 个指标{unit}",
        f"规则集：{found.rules.id}（{found.rules.name}），{found.why}",
    ]


def check_lines(examined: Examined) -> list[str]:
    """Say what the checks found, cell by cell; then what was waived, and what became of old waivers."""
    counted = examined.counted
    waived = [finding for finding in examined.findings if finding.waived is not None]
    lines = heading(examined)
    for finding in counted:
        note = f"（{finding.note}）" if finding.note else ""
        lines.append(f"{found_line(examined, finding)}{note}")
    if waived:
        lines.append(f"已忽略 {len(waived)} 项（不计入）：")
        lines += (f"{found_line(examined, finding)}；理由：{finding.waived}" for finding in waived)
    if examined.gone:
        lines.append(
            f"已不存在 {len(examined.gone)} 项（问题已改正，或所在的行已不在；下次写校验结果时删去）："
        )
        lines += (
            f"  {one.check:<4}{one.label}——{one.message}；理由：{one.reason or '未写'}"
            for one in examined.gone
        )
    counts = {
        name: sum(finding.severity == severity for finding in counted)
        for severity, name in SEVERITY_NAMES.items()
    }
    found = "、".join(f"{name} {count} 项" for name, count in counts.items() if count)
    also = f"，另有已忽略 {len(waived)} 项" if waived else ""
    nothing = "没有需要处理的问题" if waived else "没有发现问题"
    return [*lines, f"校验结果：{found or nothing}{also}。"]


def found_line(examined: Examined, finding: Finding) -> str:
    """Say in a line what a check found, and where."""
    cell = cells_of(examined, finding)
    return (
        f"  {SEVERITY_NAMES[finding.severity]} {finding.check:<4}{cell:<5}{finding.label}——{finding.message}"
    )


def score_lines(examined: Examined) -> list[str]:
    """Say what every row is worth and why, then the sums."""
    scores, form = examined.scores, examined.form
    lines = [*heading(examined), *(_row(examined, row) for row in scores.each)]
    lines += [
        f"  {level.name or '（未分级）'}：分值{shown(level.weight)}分，得分{shown(level.points)}分"
        for level in scores.levels
    ]
    if scores.total is None:
        return [*lines, "总分：尚无可计分的行。"]
    grade = f"，等级：{scores.grade}" if scores.grade else "，尚有未计分的行，暂不评等级"
    lines.append(f"总分：{shown(scores.total)}分{grade}")
    if form.total is not None and form.total != scores.total:
        lines.append(
            f"请注意：表中总分填{shown(form.total)}分，与按规则计算的{shown(scores.total)}分不一致。"
        )
    return lines


def change_lines(examined: Examined, edits: Iterable[Edit]) -> list[str]:
    """Say which typed results of a form without formulas were replaced, cell by cell."""
    reading = examined.found.reading
    lines: list[str] = []
    for row, column, value in edits:
        old = reading.grid.cells.get((row, column))
        if old is not None and old.formula is None and isinstance(old.value, Decimal):
            cell, new = address_of(reading, (row, column)), printed(old._replace(value=value))
            lines.append(f"  {cell}：原填 {printed(old)}，改为 {new}")
    return ["已按规则改写下列手填的结果：", *lines] if lines else []


def _row(examined: Examined, row: RowScore) -> str:
    cell = where(examined, row.spot("score"))
    points = "—" if row.points is None else shown(row.points)
    weight = "—" if row.weight is None else shown(row.weight)
    differs = row.printed is not None and row.points is not None and row.printed != row.points
    printed = f"（表中填{shown(row.printed)}）" if differs and row.printed is not None else ""
    return f"  {cell:<5}{row.label}：{points}/{weight}分{printed}  {row.why}"


def next_steps(examined: Examined) -> list[str]:
    """Say how the form stands after filling, and what to do next."""
    scores = examined.scores
    errors = examined.errors
    total = (
        ""
        if scores.total is None
        else f"，现得{shown(scores.total)}分{f'（{scores.grade}）' if scores.grade else ''}"
    )
    more = "，请校验后逐条查看" if errors else ""
    return [f"共 {len(examined.form.indicators)} 个指标{total}；校验发现错误 {errors} 项{more}。"]
