"""Forms at random, to be reported on: any of their values may be missing, and no name has a digit in it."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from small import form, money, row

from perf_excel.forms.model import Form, Funding, Goal, Indicator, Task

LEVELS = ("投入管理指标", "产出指标", "效益指标", "满意度指标", "")
SECONDS = ("数量指标", "质量指标", "时效指标", "社会效益指标", "")
NAMES = ("培训人次", "合格率", "按期完成率", "投诉率", "群众满意度", "接访天数", "“三公”控制率", "资金拨付")
REASONS = ("", "", "资金拨付较晚。", "无", "受天气影响，工期推迟；\n下年补足")
VALUES = (
    ("≥100%", "100%"), ("≥95%", "90.5%"), ("≤5%", "6%"), ("≥120次", "130次"), ("有效", "有效"),
    ("达标", "99%"), ("=12期", "12期"), ("≥80人", ""), ("", "80人"), ("每月15日", "按时"), ("", ""),
)  # fmt: skip


def seeded(seed: int) -> random.Random:
    """Return what picks, the same at every run."""
    return random.Random(seed)  # noqa: S311  (nothing is kept secret with it)


def random_form(picks: random.Random) -> Form:
    """Return a form with up to a dozen indicators."""
    count = picks.choice((0, 1, 1, 2, 3, 5, 8, 12))
    return form(
        *(_indicator(picks) for _ in range(count)),
        funding=tuple(_funding(picks, item) for item in _sources(picks)),
        unit=picks.choice(("", "某某局")),
        year=picks.choice((None, 2022, 2024)),
        project=picks.choice(("", "", "道路养护")),
        goal=Goal(picks.choice(("", "一是办好。\n二是办实。")), picks.choice(("", "已办好"))),
        tasks=tuple(
            Task(name, "做好", picks.choice(("", "已做好"))) for name in ("接访", "值班")[: count % 3]
        ),
        total=_points(picks, 100),
        total_weight=picks.choice((None, Decimal(100))),
        grade=picks.choice(("", "优", "良")),
    )


def _sources(picks: random.Random) -> tuple[str, ...]:
    names = ("年度资金总额", "其中：财政拨款", "上年结转", "其他资金")
    return names[: picks.choice((0, 1, 2, 4))]


def _amount(picks: random.Random) -> Decimal | None:
    amount = Decimal(picks.randint(0, 999_999)).scaleb(-picks.choice((0, 1, 2)))
    return picks.choice((None, Decimal(0), amount, amount, amount, amount))


def _funding(picks: random.Random, item: str) -> Funding:
    initial = _amount(picks)
    annual = picks.choice((_amount(picks), initial))
    executed = picks.choice((_amount(picks), annual))
    made = replace(money(), item=item, initial=initial, annual=annual, executed=executed)
    return replace(made, weight=picks.choice((None, Decimal(10))), score=_points(picks, 10))


def _points(picks: random.Random, most: int) -> Decimal | None:
    return picks.choice((None, Decimal(most), Decimal(picks.randint(0, 100 * most)).scaleb(-2)))


def _indicator(picks: random.Random) -> Indicator:
    target, actual = picks.choice(VALUES)
    weight = picks.choice((None, 2, 5, 7.5, 10))
    made = row(target, actual, weight, name=picks.choice(NAMES), level1=picks.choice(LEVELS))
    score = None if weight is None else _points(picks, int(weight))
    return replace(made, level2=picks.choice(SECONDS), score=score, reason=picks.choice(REASONS))
