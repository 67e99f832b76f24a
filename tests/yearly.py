"""The forms of a clerk's year as the founding documents published them (tests/cases/seeds), as data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from facts import seed

from perf_excel.forms.measure import joined, parse
from perf_excel.forms.model import Detail, Form, Funding, Goal, Indicator, Task


def number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def indicator(row: dict[str, Any]) -> Indicator:
    return Indicator(
        row.get("level1") or "",
        row.get("level2") or "",
        row.get("level3") or "",
        joined("", parse(row.get("target") or ""), row.get("unit") or ""),
        parse(row.get("actual") or ""),
    )


def declaration() -> Form:
    """整体绩效目标申报表: the budget in two breakdowns, 26 indicators, no scores."""
    facts = seed("henan-zhengzhou-2021-申报表")
    budget = facts["budget"]
    sources, structure = budget["资金来源"], budget["资金结构"]
    amounts = {
        "部门预算总额（万元）": budget["部门预算总额（万元）"],
        "资金来源：（1）财政性资金": sources["财政性资金"],
        "（2）其他资金": sources["其他资金"],
        "资金结构：（1）基本支出": structure["基本支出"],
        "（2）项目支出": structure["项目支出"],
    }
    return Form(
        unit=facts["unit"],
        year=facts["year"],
        goal=Goal("全市信访系统提前谋划，加大工作力度，细化工作举措，更好地服务改革发展稳定大局。"),
        tasks=tuple(Task(task["name"], task["content"]) for task in facts["tasks"]),
        funding=tuple(Funding(item, number(amount)) for item, amount in amounts.items()),
        indicators=tuple(map(indicator, facts["indicators"])),
    )


def project_goals() -> Form:
    """支出项目绩效目标表: money in 元 in the head, four first levels with many rows still empty."""
    facts = seed("henan-zhengzhou-2021-项目绩效目标表")
    amounts = facts["amounts_yuan"]
    details = {
        "资金用途": "业务类",
        "开始时间": facts["period"][0],
        "结束时间": facts["period"][1],
        "项目总金额": f"{amounts['项目总金额']:.2f}",
        "上年度项目总金额": f"{amounts['上年度项目总金额']:.2f}",
        "项目上年度金额": f"{amounts['上年度项目金额']:.2f}",
        "项目概况": "重大活动信访保障工作。确保信访渠道畅通，接劝访工作安全有序。",
        "立项依据": "《关于调整市信访工作联席会议组成人员的通知》（郑信联〔2019〕10号）",
    }
    return Form(
        unit=facts["unit"],
        unit_code=facts["unit_code"],
        project=facts["project"],
        year=facts["year"],
        details=tuple(Detail(label, text) for label, text in details.items()),
        funding=(Funding("项目本年度金额（元）", Decimal(str(amounts["项目本年度金额"])) / 10_000),),
        goal=Goal("圆满完成保障任务，确保信访渠道畅通。"),
        indicators=tuple(map(indicator, facts["indicators"])),
    )


def evaluation() -> Form:
    """财政绩效评价: three parts with points, 80.91 良."""
    facts = seed("henan-zhengzhou-2021-财政评价")
    return Form(
        unit=facts["unit"],
        year=facts["year"],
        indicators=tuple(
            Indicator(
                "", "", row["content"], weight=number(row["weight"]), score=number(row["score"]),
                share=parse(row["rate"]),
            )
            for row in facts["summary"]
        ),
        total=number(facts["total"]),
        grade=facts["grade"],
    )  # fmt: skip


def guangzhou() -> Form:
    """部门整体支出绩效自评: 管理效能 as a whole and 履职效能 by task, 93.16.

    The lost score of the second task is what is left of the part's full 50 points; as each task got all its
    points, the scores are the weights too.
    """
    facts = seed("guangdong-guangzhou-2021-自评")
    management, duties = facts["parts"]
    scores = [number(task["score"]) for task in facts["tasks"]]
    rest = Decimal(duties["score"]) - sum((score for score in scores if score is not None), Decimal(0))
    tasks = [
        Indicator(
            "履职效能",
            "",
            task["name"],
            weight=rest if score is None else score,
            score=rest if score is None else score,
        )
        for task, score in zip(facts["tasks"], scores, strict=True)
    ]
    whole = Indicator(
        "管理效能", "", "管理效能", weight=number(management["weight"]), score=number(management["score"]),
        reason="部分管理指标未达到满分",
    )  # fmt: skip
    return Form(
        unit=facts["unit"], year=facts["year"], indicators=(whole, *tasks), total=number(facts["total"])
    )


def luquan() -> Form:
    """整体支出绩效自评: eight indicators by goal, concluded 良好."""
    facts = seed("hebei-luquan-2022-自评")
    budget = facts["budget"]
    return Form(
        unit=facts["unit"],
        year=facts["year"],
        funding=(Funding("部门支出总额", None, number(budget["本年收入"]), number(budget["本年支出"])),),
        indicators=tuple(map(indicator, facts["indicators"])),
        grade=facts["grade"],
    )
