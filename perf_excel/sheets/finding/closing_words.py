"""The words below the indicators (表尾词汇): total, grade, remarks, stamps."""

from __future__ import annotations

import re

TOTAL = re.compile(
    "(?:绩效|自评|评价|综合|指标|项目|部门|单位)*(?:总分[值数]?|总得分|总评分|合计|总计|总分值?合计"
    "|合计(?:得分|分值|分)|(?:得分|分值|分数|评分)合计)(?:[及与和、/]?等[级次])?"
    "|(?:项目|部门|单位)*(?:自评|综合|最终)得分(?:[及与和、/]?等[级次])?|项目总得分|项目得分|综合评分|自评分数?|(?:自评|评价)结论"
    "|(?:综合|绩效|考核|整体|总体)*(?:评价|考核)得分|总计得分|总评|总成绩"
)
SUBTOTAL = re.compile(".{0,10}(?:小计|合计)")
GRADE = re.compile(
    "(?:项目|部门|单位|预算|整体|绩效|自评|自我|综合|评价|评定|考评|考核|得分|评分)*(?:结果)?(?:等[级次]|级别|档次|评级|定级)(?:评定)?"
)
GRADE_ABOVE = re.compile("自评|评价|绩效|评定|评级")
"""What a label of the grade says where it stands above the table: 项目级别 is none."""
CONCLUSION = re.compile("(?:项目|部门|单位|绩效|自评|自我|综合|评价|评定)+(?:结论|结果)")
"""A label of the grade where a grade stands beside it."""
GRADED = re.compile(r"(\d+(?:\.\d+)?)分?[(,、，/]?([优良中差合一较不][^)]{0,3})?[)]?")
"""A total with its grade in one cell: 99（优）."""
GRADES = re.compile("优秀?|良好?|中等?|一般|较?差|合格|不合格")
NOTE = re.compile(
    "(?:备?注|填表?说明|(?:其他)?说明|(?:存在的?)?(?:主要)?问题(?=[:：])|其他需要?说明的?(?:问题|事项|情况)|填[表报]人|联系人|单位负责人|审核人)[:：]?.*"
    "|(?:存在的?)?(?:主要)?问题(?:及.*)?|(?:下一步)?(?:改进|整改)(?:措施|意见|建议)|(?:自评|评价)结论"
    "|(?:填[表报])?(?:注意事项|填报要求|须知)[:：]?.*|.{0,12}原因分析|(?:改进|整改)措施.{0,12}"
    "|(?:有关|相关|意见)建议|主要(?:经验|做法)|(?:自评)?结果应用|监控(?:结论|结果|意见)"
)
"""What begins a remark, or a text about the whole, behind the indicators."""
SIGNED = re.compile(
    "(?:填[表报]人|填表单位|经办人|联系人|联系电话|(?:单位|部门|项目)?负责人|审核人)(?:签[字章])?(?::.*)?"
)
"""The line below a form where people sign."""
STAMPED = re.compile(
    "[(（](?:盖章|公章|签章|签字|签名|单位章)[)）]|^(?:.{0,12}(?:审核|审批|审查|评审|批复)意见|.{0,8}(?:科室|处室|股室|部门)意见)(?:[:：(（].*)?$"
    "|年月日$|^(?:填[表报]|审核|报送)(?:日期|时间)[:：]?"
)
"""What shows a row to be for stamps, signatures or opinions."""
