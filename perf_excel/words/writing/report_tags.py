"""The names that the tags of a report template may use (标签一览), as check-template knows them."""

from __future__ import annotations

_ROW: dict[str, object] = dict.fromkeys(
    (
        "名称",
        "一级指标",
        "二级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "扣分",
        "偏差度",
        "原因",
        "情况",
    ),
    "",
)
_SUMS: dict[str, object] = dict.fromkeys(
    ("名称", "分值", "得分", "扣分", "得分率", "三级指标数", "扣分说明", "完成情况"), ""
)
_MONEY: dict[str, object] = dict.fromkeys(
    ("年初预算数", "全年预算数", "全年执行数", "预算调整情况", "执行率", "结余情况"), ""
)
_FORM: dict[str, object] = {
    **dict.fromkeys(("单位", "年度", "项目名称", "表名", "金额单位"), ""),
    **_MONEY,
    "资金来源": [{"名称": "", **_MONEY}],
    "预期目标": [""],
    "目标实际完成情况": [""],
    "任务": [dict.fromkeys(("名称", "内容", "完成情况"), "")],
    **dict.fromkeys(("总分", "满分", "总扣分", "等级", "指标设置情况", "指标得分情况", "目标完成情况"), ""),
    "一级指标": [
        {
            "序号": "",
            **_SUMS,
            "二级指标数": "",
            "二级指标名称": "",
            "指标": [_ROW],
            "二级指标": [{**_SUMS, "指标": [_ROW]}],
        }
    ],
    "未达标指标": [_ROW],
    **dict.fromkeys(("资金表", "各级得分表", "得分率图"), ""),
}
TAGS: dict[str, object] = {**_FORM, "项目": [_FORM], "项目数": "", "项目汇总表": "", "附件自评表": ""}
"""Each name: a list holds one thing of those it lists, a mapping is one with names of its own."""
