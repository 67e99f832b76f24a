"""A report's text held against itself (R2): what is right is never accused, what is wrong is found."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perf_excel.words.claims import Claim
from perf_excel.words.comparison import compared
from perf_excel.words.prose import paragraph
from perf_excel.words.within import inner_claims, told_by


def findings(*text: str) -> list[Claim]:
    """What is found in a text of some paragraphs."""
    told = told_by(paragraph(number, one) for number, one in enumerate(text, 1))
    return list(compared(told, inner_claims(told)).findings)


WRONG = (
    ("经费支出431万元，比上年支出433万元减少20万元", "20万元", "2万元"),
    ("社会保障支出116433.12元，同比增加16803.36元，增长14.43%", "14.43%", "16.87%"),
    ("项目预算387.66万元，支出38.77万元，执行率98%", "98%", "10.00%"),
    ("全年预算数为357.65万元，全年执行金额为273.8万元，预算执行率为72.41%", "72.41%", "76.56%"),
    ("产出指标4个、效益指标3个、满意度指标2个，合计10个三级指标", "10个", "9个"),
    ("下属单位10个，即甲中心、乙中心、丙中心", "10个", "3个"),
    ("共计259万元，其中上级资金179.25万元，本级59.75万元", "259万元", "239.00万元"),
    ("计算机，单价0.6万元，数量40个，共计29万元", "29万元", "24.0万元"),
    ("国内接待共30批次（其中外事接待46批次）", "46批次", ""),
    ("支出合计200万元，其中：基本支出150万元，占70%；项目支出50万元，占25%", "70%", "75.00%"),
    ("自评得分85分，评价等级为“优”", "优", "良"),
)


@pytest.mark.parametrize(("text", "printed", "expected"), WRONG)
def test_a_contradiction_is_found(text: str, printed: str, expected: str) -> None:
    found = [
        (one.saying.figure.text, one.expected) for one in findings(f"{text}。") if one.severity != "info"
    ]
    assert found == [(printed, expected)]


RIGHT = (
    "支出3661.45万元，其中基本支出2760.38万元，项目支出901.08万元",
    "经费0.5万元，比上年增加0.5万元，增长100%",
    "根据财预〔2020〕10号文件，80分以上的为良，排名第6名",
    "20103-政府办公厅事务9185万元，较2021年增加2686万元，增长41.33%",
    "共编制12个绩效指标，其中一级指标3个，二级指标9个，三级指标12个",
    "自评得分为92.5分，其中：预算执行10分得9.5分，产出50分得48分，效益30分得26分，满意度10分得9分",
    "预算数1000万元，执行数950万元，其中：甲项目预算600万元，执行570万元；乙项目预算400万元，执行380万元",
    "教职工120人，其中专任教师100人，在校学生80人",
    "收入、支出分别为500万元、480万元，分别比上年增加20万元、10万元，增长4.17%、2.13%",
    "收入由2020年的1500万元增加到2021年的1800万元，增加300万元，增长20%",
    "设4个内设机构（正处级），即办公室（机关党委、人事处）、康复部、教育部、联络与维权部",
    "主要用于社保支出754.75万元，占7.74%，其他支出等",
    "赤字由31600亿元增加到41600亿元，全国赤字由38800亿元增加到48800亿元",
    "公务接待费430万元，与上年持平",
)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_not_accused(text: str) -> None:
    assert findings(f"{text}。") == []


def test_the_changes_of_parts_make_that_of_the_whole() -> None:
    (one,) = findings(
        "“三公”经费预算22.80万元，比2020年减少2.92万元。其中：",
        "1.因公出国（境）费0万元，与2020年相比一致，没有变化。",
        "2.公务用车运行维护费22.80万元，比2020年减少5.92万元。",
        "3.公务接待费0万元，与2020年相比一致，没有变化。",
    )
    assert (one.saying.figure.text, one.expected) == ("2.92万元", "5.92万元")


def test_a_whole_that_is_not_printed_is_the_sum_of_its_parts() -> None:
    (one,) = findings(
        "基本支出2476260.58元，占一般公共预算支出的84.06%。",
        "项目支出469500元，占一般公共预算支出的19.62%。",
    )
    assert (one.saying.figure.text, one.expected) == ("19.62%", "15.94%")


def test_all_paid_beside_less() -> None:
    (one,) = findings(
        "衔接资金2179万元目前已全部拨付。", "项目资金共2179万元，已完成拨付2113.63万元，执行率97%。"
    )
    assert one.saying.figure.text == "2179万元"


def test_what_a_template_left_is_a_hint() -> None:
    (one,) = findings("支出比2023年度减少0.15万元，下降（增长）27.78%。")
    assert one.severity == "info"


amounts = st.integers(100, 10_000_000).map(lambda cents: (Decimal(cents) / 100).quantize(Decimal("0.01")))


def percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(amounts, amounts)
def test_a_growth_is_never_accused(now: Decimal, before: Decimal) -> None:
    change, word = abs(now - before), "增加" if now > before else "减少"
    rate = percent(change, before)
    text = f"支出{now}万元，比上年{before}万元{word}{change}万元，{word}{rate}%。"
    assert findings(text) == []


@given(amounts, amounts)
def test_a_wrong_growth_is_found(now: Decimal, before: Decimal) -> None:
    change, word = abs(now - before), "增加" if now > before else "减少"
    assume(change > 1)
    rate = percent(change, before)
    text = f"支出{now}万元，比上年{before}万元{word}{change + 100}万元，{word}{rate}%。"
    assert any(one.saying.figure.text == f"{change + 100}万元" for one in findings(text))


@given(st.lists(amounts, min_size=2, max_size=6))
def test_a_sum_is_never_accused_and_a_wrong_one_found(parts: list[Decimal]) -> None:
    named = "；".join(f"第{sign}类支出{part}万元" for sign, part in zip("甲乙丙丁戊己", parts, strict=False))
    total = sum(parts, Decimal(0))
    assert findings(f"支出总计{total}万元，其中：{named}。") == []
    wrong = total + total / 10
    assert findings(f"支出总计{wrong:.2f}万元，其中：{named}。") != []
