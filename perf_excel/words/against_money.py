"""Money and execution against the form (R1, 资金与执行率): 年初、全年预算、全年执行 and the rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.indicator_pairing import source_name
from perf_excel.forms.spot import Spot
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.form_facts import FIELD_NAMES, YUAN, Field, FormFacts, number_of
from perf_excel.words.intervals import HUNDRED, rounded
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.told import Told

_FIELDS: tuple[tuple[Field, re.Pattern[str]], ...] = (
    ("initial", re.compile(r"年初")),
    ("executed", re.compile(
            r"执行(?:数|金额|资金)|支出(?:数|金额|决算|资金)?(?:为|共|共计|合计)?$|实际(?:支出|使用|执行|支付|完成)"
            r"|支付|决算|累计支出|执行(?:了|为)?$"
        )),
    ("annual", re.compile(r"预算|到位|下达|收到|拨入|安排|资金总额")),
)  # fmt: skip
_WHOLE = re.compile(
    r"(?:本|我|该|全)?(?:[部单校局院委项]门?位?目?)?(?:部门|整体|单位|项目|专项|年度|预算|资金|总|全年|支出|收入|金额|补助|财政|执行|调整|年初|数|后)*"
)
_RATE = re.compile(
    r"(?:预算|资金|支出|经费)(?:执行|完成|支付|支出)(?:率|进度)|^(?:实际|全年|年度|总体|整体)?(?:执行|支付)(?:率|进度)"
)
_ITS_OWN = re.compile(r"(?:[我本该]|部门|单位|项目|年度|全年|整体|总体|导致|为|达到?|是|的|一级指标)*")
_FIELD_ONLY = re.compile(r"(?:年初|全年|实际|年度|项目)*(?:预算|执行|支出)(?:数|金额|总额)?(?:为|是)?")
_SIGNIFICANT = 4
_POWERS = (-4, -3, -2, -1, 1, 2, 3, 4)


def money_claims(told: Told, facts: FormFacts) -> Iterator[Claim]:
    """Yield the claims about the form's budget block."""
    amounts = list(facts.amounts())
    if not amounts:
        return
    for one in told.sayings:
        if one.money and one.role == "amount" and not one.figure.about and not one.figure.bound:
            yield from _amount(told, facts, amounts, one)
        elif one.figure.kind == "percent" and one.role in ("done", "other") and _RATE.search(one.label):
            yield from _rate(facts, one)


def _amount(
    told: Told, facts: FormFacts, amounts: list[tuple[Field, int, Decimal]], saying: Saying
) -> Iterator[Claim]:
    year = facts.form.year
    if year and saying.year and saying.year != year:
        return
    field = next((name for name, words in _FIELDS if words.search(saying.lead)), None)
    row = _row(facts, saying)
    due = next((value for name, number, value in amounts if (name, number) == (field, row)), None)
    held = rounded(saying.figure.value, saying.figure.step)
    if due is not None and held.low <= due <= held.high:
        yield _claim(facts, saying, field or "annual", row or 0, due)
        return
    elsewhere = next(
        (
            (name, number, value)
            for name, number, value in amounts
            if value and held.low <= value <= held.high
        ),
        None,
    )
    shifted = _shifted(saying, amounts) if elsewhere is None else None
    if shifted:
        yield _claim(facts, saying, *shifted)
    elif due is not None and field and row is not None and _spoken_of_whole(told, facts, saying, row):
        yield _claim(facts, saying, field, row, due, elsewhere[0] if elsewhere else None)
    elif elsewhere:
        yield _claim(facts, saying, *elsewhere)


def _row(facts: FormFacts, saying: Saying) -> int | None:
    """Return which row of the budget block an amount is of: a source that it names, or the total."""
    for number, row in enumerate(facts.form.funding[1:], 1):
        name = source_name(row.item)
        if name and name in saying.label:
            return number
    return 0 if saying.core in GENERIC or _WHOLE.fullmatch(saying.label) else None


def _spoken_of_whole(told: Told, facts: FormFacts, saying: Saying, row: int) -> bool:
    """Whether a sentence speaks of the whole form's money: of its budget and its execution, or the rate."""
    if row or saying.depth or saying.respective:
        return False
    here = told.by_sentence[saying.sentence.at]
    if any(_agrees_with(facts, saying, one) for one in here):
        return True
    rate = any(
        one.figure.kind == "percent" and _RATE.search(one.label) and one.at > saying.at for one in here
    )
    first = next((one for one in here if one.money), None)
    return rate and "其中" not in saying.lead and first is not None and saying.at - first.at <= 1


def _agrees_with(facts: FormFacts, saying: Saying, other: Saying) -> bool:
    """Whether an amount right beside is the form's, so that this one is, too: 全年预算数A元，执行数B元."""
    beside = abs(other.at - saying.at) == 1 and other.money and other.role == "amount"
    if not beside or other.depth != saying.depth or not _FIELD_ONLY.fullmatch(saying.label):
        return False
    field = next((name for name, words in _FIELDS if words.search(other.lead)), None)
    due = next((value for name, row, value in facts.amounts() if (name, row) == (field, 0)), None)
    held = rounded(other.figure.value, other.figure.step)
    return due is not None and bool(due) and held.low <= due <= held.high and _row(facts, other) == 0


def _shifted(saying: Saying, amounts: list[tuple[Field, int, Decimal]]) -> tuple[Field, int, Decimal] | None:
    """Return the form's amount that has the same digits with the point elsewhere, or another unit."""
    digits = len(f"{saying.figure.value / saying.figure.scale:f}".replace(".", "").strip("0"))
    if digits < _SIGNIFICANT:
        return None
    for name, row, value in amounts:
        for power in _POWERS:
            moved = value.scaleb(power)
            if value and abs(moved - saying.figure.value) <= saying.figure.step:
                return name, row, value
    return None


def _claim(
    facts: FormFacts, saying: Saying, field: Field, row: int, due: Decimal, printed_as: Field | None = None
) -> Claim:
    held = rounded(saying.figure.value, saying.figure.step)
    agrees = held.low <= due <= held.high
    name = f"{facts.form.funding[row].item}的{FIELD_NAMES[field]}"
    shown = f"{plain(due / YUAN, 6)}万元"
    reason = ""
    if not agrees:
        reason = f"疑把{FIELD_NAMES[printed_as]}写作{FIELD_NAMES[field]}" if printed_as else cause(
            saying.figure.value, due, saying.figure.step, money=True
        )  # fmt: skip
    return Claim(
        "R1", "资金", saying, "agrees" if agrees else "differs", f"表上{name}", f"表上为 {shown}",
        _in_unit(saying, due), "error", reason, spot=Spot("funding", row, field),
    )  # fmt: skip


def _in_unit(saying: Saying, value: Decimal) -> str:
    shown = (value / saying.figure.scale).quantize(Decimal("0.01"))
    return f"{plain(shown)}{saying.figure.unit}"


def _rate(facts: FormFacts, saying: Saying) -> Iterator[Claim]:
    """Hold the rate of execution against the printed one, the one that the amounts give, and indicators."""
    budget, year = facts.form.budget, facts.form.year
    if budget is None or (year and saying.year and saying.year != year) or saying.figure.bound:
        return
    due = [
        value
        for value in (number_of(budget.rate), _ratio(budget.annual, budget.executed))
        if value is not None
    ]
    others = [
        number_of(value) for row in facts.form.indicators if _RATE.search(row.level3)
        for value in (row.actual, row.target)
    ]  # fmt: skip
    room, shown = saying.figure.step, f"{plain(due[0], 2)}%" if due else ""
    if any(
        abs(value - saying.figure.value) <= room
        for value in (*due, *(one for one in others if one is not None))
    ):
        yield Claim("R1", "执行率", saying, "agrees", "表上的执行率", f"表上为 {shown}",
                    spot=Spot("funding", 0, "rate"))  # fmt: skip
    elif due and _ITS_OWN.fullmatch(_RATE.sub("", saying.label)) and not saying.depth:
        yield Claim(
            "R1", "执行率", saying, "differs", "表上的执行率", f"表上为 {shown}", shown,
            "error", cause(saying.figure.value, due[0], saying.figure.step, money=False),
            spot=Spot("funding", 0, "rate"),
        )  # fmt: skip


def _ratio(annual: Decimal | None, executed: Decimal | None) -> Decimal | None:
    return executed / annual * HUNDRED if annual and executed is not None else None
