"""A form goes to units, they fill it in, it comes back: every figure is the one that was typed.

A dozen units here; ``build/dev.py roundtrip`` sends to 300 (PERF_EXCEL_UNITS).
"""

from __future__ import annotations

import io
import os
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from hands import Filled, Sheet, by_office, by_openpyxl, by_program, cells, sent_back
from office import office_marks
from small import form, money, row
from typed import Typing, in_yuan, typed

from perf_excel.books.opening import open_book
from perf_excel.forms.model import Form
from perf_excel.jobs.adopt import adopt
from perf_excel.jobs.collect import Order as CollectOrder
from perf_excel.jobs.collect import collect
from perf_excel.jobs.distribute import LIST, Distributed, Sending, distribute
from perf_excel.jobs.examination.examining import examine, find
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.rollup import rolled_up
from perf_excel.jobs.rollup_files import collected
from perf_excel.jobs.rollup_gathering import files_in
from perf_excel.live.libreoffice.engine import register
from perf_excel.rules.rulesets.library import ruleset

pytestmark = office_marks()

UNITS = int(os.environ.get("PERF_EXCEL_UNITS", "12"))
FEW = 25
"""One LibreOffice does not live through hundreds of workbooks."""
YEAR, DAY = 2024, date(2025, 2, 1)
TOTAL, OWN, CARRIED = "年度资金总额", "当年财政拨款", "上年结转资金"
_FIGURE = re.compile(r"(-?\d+(?:\.\d+)?)(%|人次|次|件|)")
TARGETS = {
    "培训人次": ("产出指标", "≥1000人次", 20),
    "检查次数": ("产出指标", "≥12次", 15),
    "培训合格率": ("产出指标", "≥95%", 15),
    "完成时间": ("产出指标", "2024年12月底前", 10),
    "制度执行情况": ("效益指标", "良好", 10),
    "投诉件数": ("效益指标", "≤3件", 10),
    "群众满意度": ("满意度指标", "≥90%", 10),
}
OURS = Sheet(
    "实际完成值",
    "偏差原因分析及改进措施",
    {"initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数"},
)
THEIRS = Sheet(
    "全年实际完成情况",
    "未完成原因",
    {"initial": "预算数（年初）", "annual": "调整预算数", "executed": "决算数"},
    10_000,
)


def blank() -> Form:
    """The form that is sent: targets and weights."""
    rows = [
        row(target, "", weight, name=name, level1=level1, level2="数量指标" if "次" in name else "质量指标")
        for name, (level1, target, weight) in TARGETS.items()
    ]
    funding = (money(weight=10, item=TOTAL), money(item=OWN), money(item=CARRIED))
    return form(*rows, funding=funding, year=YEAR)


def sheet_of_ours(rules: str, path: Path) -> None:
    path.write_bytes(make(Order(ruleset(rules), data=blank()), path).data)


def sheet_of_a_bureau(path: Path) -> None:
    """A bureau's own form, in yuan, with words of its own, taken over as it is."""
    how = Typing(
        "专项资金绩效情况自评表",
        columns=("level1", "level3", "weight", "target", "actual", "score", "reason"),
        labels={
            "level3": "指标名称",
            "target": "目标值",
            "actual": THEIRS.actual,
            "score": "自评得分",
            "reason": THEIRS.reason,
            **{f"budget.{name}": head for name, head in THEIRS.money.items()},
        },
        amount=in_yuan,
        unit="填报单位",
        under="金额单位：元",
        budget_columns=("initial", "annual", "executed"),
    )
    path.write_bytes(typed(blank(), how))
    path.write_bytes(adopt(path, path.stem).data)


KINDS = {
    "national-2020": OURS,
    "henan-department": OURS,
    "bureau": THEIRS,
}


def answers(kind: str, number: int) -> Filled:
    """What a unit types, the same every time."""
    rng = random.Random(f"{kind}{number}")  # noqa: S311
    own, carried = (Decimal(rng.randint(50_000, 9_000_000)) / 100 for _ in range(2))
    columns: dict[str, tuple[Decimal, Decimal]] = {"initial": (own, Decimal(0)), "annual": (own, carried)}
    columns["executed"] = (own * rng.randint(70, 100) / 100).quantize(Decimal("0.01")), carried
    amounts = {
        (item, name): amount
        for name, some in columns.items()
        for item, amount in zip((TOTAL, OWN, CARRIED), (sum(some, Decimal(0)), *some), strict=True)
    }
    actuals = {
        "培训人次": f"{rng.randint(500, 2000)}人次",
        "检查次数": f"{rng.randint(6, 30)}次",
        "培训合格率": f"{Decimal(rng.randint(8_000, 10_000)) / 100}%",
        "完成时间": f"2024年{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
        "制度执行情况": "一般" if number % 4 == 3 else "良好",
        "投诉件数": f"{rng.randint(0, 5)}{rng.choice(('件', ''))}",
        "群众满意度": f"{rng.randint(80, 100)}%",
    }
    reasons = {"培训人次": f"第{number}家：<培训> & 场地\n受限", "投诉件数": "来电=3件，较上年多 50%"}
    return Filled(f"某县第{number}中心", amounts, actuals, reasons if number % 2 else {})


@dataclass(frozen=True)
class Trip:
    """What was sent, what was typed, and where it came back to."""

    folder: Path
    pack: Distributed
    filled: Sequence[Filled]
    template: Path


def go(kind: str, folder: Path) -> Trip:
    """Send a form to a third of the units, and let each of three hands fill in a third of theirs."""
    template = folder / f"{kind}.xlsx"
    if kind == "bureau":
        sheet_of_a_bureau(template)
    else:
        sheet_of_ours(kind, template)
    filled = [answers(kind, number) for number in range(UNITS // len(KINDS))]
    listed = folder / "单位名单.csv"
    heads = "单位名称,单位编码,年度,年初预算数（万元）,全年预算数（万元）"
    lines = [
        f"{one.unit},{1000 + number},{YEAR},{one.money[TOTAL, 'initial']},{one.money[TOTAL, 'annual']}"
        for number, one in enumerate(filled)
    ]
    listed.write_text("\n".join([heads, *lines]), encoding="gbk")
    pack = distribute(Sending([str(template)], listed, folder / "下发"))
    books = {book.unit: pack.target / book.file for book in pack.pack.books}
    back = folder / "回收"
    for first in range(0, len(filled), 3 * FEW):
        _office_third(kind, filled[first : first + 3 * FEW : 3], books, back)
    for one in filled[1::3]:
        by_program(sent_back(books[one.unit], back), one)
    for one in filled[2::3]:
        path = sent_back(books[one.unit], back)
        by_openpyxl(path, cells(path, KINDS[kind], one))
    return Trip(folder, pack, filled, template)


def _office_third(kind: str, filled: Sequence[Filled], books: Mapping[str, Path], back: Path) -> None:
    app = register().apps.add()
    try:
        paths = [sent_back(books[one.unit], back) for one in filled]
        by_office(
            app, paths, [cells(path, KINDS[kind], one) for path, one in zip(paths, filled, strict=True)]
        )
    finally:
        app.quit()


def lines_of(data: bytes, sheet: str, head: str) -> list[dict[str, object]]:
    """The rows of a sheet of the summary by its heads."""
    rows = list(openpyxl.load_workbook(io.BytesIO(data), data_only=True)[sheet].iter_rows(values_only=True))
    first = next(number for number, line in enumerate(rows) if head in line)
    return [dict(zip(map(str, rows[first]), line, strict=True)) for line in rows[first + 1 :]]


def said(text: object) -> object:
    """What a cell says: a number, however many noughts end it, with its unit; or words."""
    printed = "" if text is None else str(text)
    found = _FIGURE.fullmatch(printed)
    return (Decimal(found[1]).normalize(), found[2]) if found else printed


def reported(trip: Trip, data: bytes) -> dict[str, dict[object, object]]:
    """What the summary says that each unit typed."""
    found: dict[str, dict[object, object]] = {one.unit: {} for one in trip.filled}
    for line in lines_of(data, "指标明细", "实际完成值"):
        own, name = found[str(line["单位"])], str(line["指标"])
        own[name, "指标值"], own[name, "实际完成值"] = line["指标值"], said(line["实际完成值"])
        own[name, "原因"] = line["偏差原因分析及改进措施"] or ""
    for line in lines_of(data, "资金汇总", "资金来源"):
        if line["单位"] != "合计":
            own, item = found[str(line["单位"])], str(line["资金来源"])
            for name, head in OURS.money.items():
                own[item, name] = said(line[head])
    return found


def wanted(one: Filled) -> dict[object, object]:
    """What the summary is to say of a unit."""
    found: dict[object, object] = {place: said(amount) for place, amount in one.money.items()}
    for name, (_, target, _) in TARGETS.items():
        found[name, "指标值"], found[name, "实际完成值"] = target, said(one.actuals[name])
        found[name, "原因"] = one.reasons.get(name, "")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_that_comes_back_is_the_one_that_was_typed(kind: str, tmp_path: Path) -> None:
    trip = go(kind, tmp_path)
    order = CollectOrder((tmp_path / "回收",), tmp_path / "汇总.xlsx", trip.pack.target / LIST, today=DAY)
    done = collect(order)
    assert [(entry.file, entry.reason) for entry in done.judged.entries if entry.status != "ok"] == []
    assert [(entry.file, entry.changes) for entry in done.judged.entries if entry.changes] == []
    assert (len(done.judged.entries), done.judged.missing, list(done.passed)) == (len(trip.filled), [], [])
    found = reported(trip, done.data.read())
    assert {one.unit: found[one.unit] for one in trip.filled} == {
        one.unit: wanted(one) for one in trip.filled
    }
    rolls_up_to_what_a_hand_calculates(trip)


def rolls_up_to_what_a_hand_calculates(trip: Trip) -> None:
    department = find(open_book(trip.template))
    done = rolled_up(department, collected(files_in([trip.folder / "回收"]), department.reading.form), DAY)
    assert (done.collected.left_out, done.partial) == ((), False)
    on_the_sources = {
        str(line["项目"]): line["数值"]
        for line in lines_of(done.data, "来源", "汇总办法")
        if line["报送单位"] == "汇总"
    }
    (trip.folder / "部门表.xlsx").write_bytes(done.data)
    there = examine(trip.folder / "部门表.xlsx").form
    on_the_form: dict[str, object] = {one.level3: one.actual.text for one in there.indicators}
    for money_row in there.funding:
        on_the_form |= {
            f"{money_row.item}·{head}": getattr(money_row, name) for name, head in OURS.money.items()
        }
    last = max(days(trip.filled))
    by_hand = calculated(trip.filled)
    dates = "完成时间"
    assert bare(on_the_sources) == by_hand | {dates: Decimal("{}{:02}{:02}".format(*last))}
    assert bare(on_the_form) == by_hand | {dates: "{}年{}月{}日".format(*last)}


def bare(figures: Mapping[str, object]) -> dict[str, object]:
    """Figures without the units behind them."""
    found = {name: said(value) for name, value in figures.items()}
    return {name: one[0] if isinstance(one, tuple) else one for name, one in found.items()}


def days(filled: Sequence[Filled]) -> list[tuple[int, ...]]:
    return [tuple(map(int, re.findall(r"\d+", one.actuals["完成时间"]))) for one in filled]


def calculated(filled: Sequence[Filled]) -> dict[str, object]:
    """The department's figures, worked out on their own."""
    figures: dict[str, object] = {
        f"{item}·{head}": sum(one.money[item, name] for one in filled)
        for item in (TOTAL, OWN, CARRIED)
        for name, head in OURS.money.items()
    }
    for name in ("培训人次", "检查次数", "投诉件数"):
        figures[name] = sum(Decimal(one.actuals[name].rstrip("人次件")) for one in filled)
    budget = sum((one.money[TOTAL, "annual"] for one in filled), Decimal(0))
    for name in ("培训合格率", "群众满意度"):
        parts = [Decimal(one.actuals[name].rstrip("%")) * one.money[TOTAL, "annual"] for one in filled]
        figures[name] = (sum(parts, Decimal(0)) / budget).quantize(Decimal("0.01"), ROUND_HALF_UP)
    words = Counter(one.actuals["制度执行情况"] for one in filled)
    return figures | {"制度执行情况": words.most_common(1)[0][0]}
