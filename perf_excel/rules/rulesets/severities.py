"""The checks by code (检查项一览): the Chinese name of each, and its severity by default."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info", "off"]

SEVERITY_NAMES = {"error": "错误", "warning": "提醒", "info": "提示"}
"""What a clerk calls them; a check that is off says nothing."""


class Usual(NamedTuple):
    """A check's name, and its severity by default."""

    title: str
    severity: Severity


USUAL: dict[str, Usual] = {
    "U1": Usual("未识别的内容", "warning"),
    "U2": Usual("隐藏的内容", "info"),
    "W1": Usual("分值合计", "error"),
    "W2": Usual("总分与等级", "error"),
    "W3": Usual("资金合计", "error"),
    "W4": Usual("执行率", "error"),
    "W5": Usual("预算执行", "error"),
    "W6": Usual("子行分值", "warning"),
    "W7": Usual("预算调减", "warning"),
    "W8": Usual("读取不全", "error"),
    "W9": Usual("缺少栏目", "warning"),
    "W10": Usual("单元格的结果", "error"),
    "W11": Usual("金额单位", "warning"),
    "V1": Usual("偏差原因", "error"),
    "V2": Usual("未达标却得满分", "error"),
    "V3": Usual("达标却扣分", "warning"),
    "V4": Usual("超额完成", "warning"),
    "V5": Usual("计量单位", "error"),
    "V6": Usual("定性目标填数字", "warning"),
    "V7": Usual("定量目标填文字", "error"),
    "V8": Usual("实际值带比较符号", "error"),
    "V9": Usual("填写不完整", "error"),
    "V10": Usual("指标方向", "warning"),
    "V11": Usual("分值分布", "warning"),
    "V12": Usual("偏差度与得分率", "error"),
    "V13": Usual("单项得分", "error"),
    "V14": Usual("时效目标", "warning"),
    "V15": Usual("误填的值", "warning"),
    "V16": Usual("指标与预算数据不一致", "error"),
    "V17": Usual("得分与规则不符", "error"),
    "V18": Usual("重复指标", "warning"),
    "M1": Usual("预计未达目标", "error"),
    "M2": Usual("执行进度", "warning"),
    "M3": Usual("完成可能性", "error"),
    "R1": Usual("报告与表不一致", "error"),
    "R2": Usual("报告自身不一致", "warning"),
    "R3": Usual("与申报表不一致", "error"),
    "R4": Usual("与监控表不一致", "error"),
}
"""In the order in which they are reported: U unread, W the form, V a row, M monitoring (监控), R against
another document."""
