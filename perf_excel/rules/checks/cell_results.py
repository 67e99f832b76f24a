"""Check of the cells themselves (单元格的结果): W10."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_excel.forms.error_value import CAUSES
from perf_excel.forms.model import CellFault, Form
from perf_excel.forms.spot import Spot
from perf_excel.rules.findings import Case, Problem, check

_NAMED = 5
"""So many cells are named in a sentence."""
_UNSEEN = {
    "struck": " 里有划去的文字，没有计入，请删去，或取消删除线",
    "covered": " 被合并单元格盖住，看不见，公式却会算进去，请取消合并后清除",
    "unsure": " 读不准，请对照原件核对；单元格地址见导出的完成表（.xlsx）",
}
"""What is said of cells of which not all is seen, by the kind of their fault."""
_AROUND = {"head": "表头", "detail": "表头", "goal": "年度目标", "task": "年度任务", "total": "总分"}


@check("W10")
def cells_have_results(case: Case) -> Iterator[Problem]:
    """Find error values, and formulas whose results are missing or older than what they are reckoned from."""
    faults = case.form.faults
    for fault in faults:
        if fault.kind == "error":
            message = (
                f"{fault.cell} 显示错误值 {fault.shown}，多半是{CAUSES[fault.shown]}，"
                "请更正公式或所引用的数据，重新计算后保存"
            )
            yield Problem(fault.spot, _label(case.form, fault.spot), message, None, fault.shown)
    yield from _unseen(case)
    if old := [fault for fault in faults if fault.kind == "stale"]:
        cells = _listed(old, [f"{fault.cell}（现为{fault.shown}，按公式应为{fault.due}）" for fault in old])
        message = f"{cells} 的结果不是最新的，请在 Excel 或 WPS 中重新计算（按 F9）并保存"
        yield Problem(old[0].spot, _label(case.form, old[0].spot), message, old[0].due, old[0].shown)
    if blank := [fault for fault in faults if fault.kind == "uncalculated"]:
        cells = _listed(blank, [fault.cell for fault in blank])
        message = f"{cells} 的公式从未计算，也无法代为计算，请用 Excel 或 WPS 打开、保存后再试"
        yield Problem(blank[0].spot, _label(case.form, blank[0].spot), message, severity="warning")


def _unseen(case: Case) -> Iterator[Problem]:
    """What people and formulas see differently: struck-out text, numbers under merged areas."""
    for kind, message in _UNSEEN.items():
        if found := [fault for fault in case.form.faults if fault.kind == kind]:
            cells = _listed(found, [f"{fault.cell}（“{fault.shown}”）" for fault in found])
            spot = found[0].spot
            yield Problem(spot, _label(case.form, spot), cells + message, None, None, "warning")


def _listed(faults: Sequence[CellFault], cells: Sequence[str]) -> str:
    return "、".join(cells[:_NAMED]) + (f"等 {len(faults)} 格" if len(faults) > _NAMED else "")


def _label(form: Form, spot: Spot) -> str:
    if spot.part == "indicator" and spot.row < len(form.indicators):
        return form.indicators[spot.row].name
    if spot.part == "funding" and spot.row < len(form.funding):
        return form.funding[spot.row].item
    return _AROUND.get(spot.part, "表")
