"""How a report speaks of its form (R1): a published form of nine indicators, right and wrong.

⟦right|wrong⟧: with the right figures nothing is said; with any one of them wrong it is found.
"""

from __future__ import annotations

import pytest
from facts import published
from phrasing_cases import accused, variants

FORM = published("p03_yongde_mingliang_2022")
TEXTS = (
    "2022年项目预算资金38.77万元，全年执行⟦38.77|33.77⟧万元，预算执行率⟦100|98⟧%，该项分值10分，得⟦10|9⟧分。",
    "项目全年预算数387664.62元，执行数⟦387664.62|378664.62⟧元。",
    "该项目总分100分，自评得分⟦96|69⟧分，自评等级为⟦优|良⟧。",
    "（一）产出指标完成情况。产出指标分值40分，得分⟦37|38⟧分。其中学生受资助人数年度指标值≥735人次，实际完成⟦735|753⟧人次，得10分；营养改善计划覆盖率指标值100%，实际完成值⟦100|90⟧%，得10分；资金到位及时率100%，得⟦7|9⟧分；生均补助标准达标率100%，得10分。",
    "（二）效益指标30分，得⟦29|27⟧分。政策知晓率目标值100%，实际值⟦98|89⟧%，得⟦9|10⟧分。",
    "（三）满意度指标20分，得20分。学生满意度100%，家长满意度100%，均达到预期目标。",
    "满意度指标：学生满意度指标值≥95%，实际完成100%；家长满意度指标值≥⟦95|90⟧%，实际完成100%。",
    "共设置三级指标⟦9|10⟧个，其中产出指标4个、效益指标⟦3|4⟧个、满意度指标2个。",
    "本项目共设一级指标3个，二级指标⟦8|7⟧个，三级指标9个。",
    "产出指标（40分）：得⟦37|35⟧分；效益指标（30分）：得29分；满意度指标（20分）：得20分；预算执行（10分）：得10分。",
    "全年共资助学生⟦735|715⟧人次，达到年初目标。",
    "9项指标中，⟦7|8⟧项得满分，2项未得满分。",
    "未完成的指标：政策知晓率98%，扣⟦1|2⟧分；资金到位及时率扣⟦3|2⟧分。",
    "2022年收到补助资金38.77万元，截至年底已全部支出，结余0万元。",
    "资金到位及时率得分率⟦70|77⟧%。",
    "学生受资助人数735人次，完成率100%，家长满意度达100%以上。",
    "2021年学生受资助人数为702人次，2022年为735人次，增加33人次。",
    "依据2020年政策知晓率调查结果96%，2022年目标提高到100%。",
    "本项目绩效自评综合得分为⟦96|97⟧分，评价结果为“优”。",
    "通过项目实施，减轻了贫困学生家庭经济负担，学生满意度达到⟦100|98⟧%。",
    "县财政下达资金50万元用于校舍维修，与本项目无关。",
    "班级36个，教师85人，政策宣传12次。",
)


@pytest.mark.parametrize("text", TEXTS)
def test_what_agrees_with_the_form_is_not_accused(text: str) -> None:
    right, _ = variants(text)
    assert accused(right, FORM) == []


@pytest.mark.parametrize("wrong", [one for text in TEXTS for one in variants(text)[1]])
def test_what_differs_from_the_form_is_found(wrong: str) -> None:
    assert accused(wrong, FORM)
