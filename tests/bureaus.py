"""How the bureaus of the published forms (tests/cases) typed them: words, columns and their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from typed import Typing, in_yuan

NAMED = ("level1", "level2", "level3")


def in_words(unit: str, words: str = "") -> Callable[[Any], Any]:
    """Type an amount with its unit, and with words behind it."""
    return lambda number: None if number is None else f"{number}{unit}{words}"


EARLIER = {
    "p01_tianchang_shuili_2022": Typing(
        title="项目支出绩效自评表",
        unit="实施单位",
        columns=(*NAMED, "target", "actual", "weight", "score", "reason"),
    ),
    "p03_yongde_mingliang_2022": Typing(
        title="项目支出绩效自评表",
        unit="实施单位",
        under="单位：元",
        columns=(*NAMED, "sign", "target", "unit", "actual", "weight", "score", "reason"),
        labels={"actual": "实际完成值", "target": "指标值"},
        budget_columns=("annual", "executed", "weight", "rate", "score"),
        amount=in_yuan,
        grade="等级",
        words=("＝", "无"),
    ),
    "p06_suixi_minzheng_2019": Typing(
        title="项目支出绩效目标自评表",
        unit="实施单位",
        columns=(*NAMED, "weight", "target", "actual", "score", "reason"),
        labels={"target": "年度指标值", "actual": "全年实际值", "reason": "未完成原因分析"},
        budget_columns=("annual", "executed", "weight", "rate", "score"),
    ),
    "p08_hubei_jinbu_2020": Typing(
        title="项目自评表",
        unit="项目实施单位",
        columns=(*NAMED, "target", "actual", "score"),
        labels={
            "target": "年初目标值(A)",
            "actual": "实际完成值(B)",
            "budget.annual": "预算数(A)",
            "budget.executed": "执行数(B)",
            "budget.rate": "执行率(B/A)",
            "budget.score": "得分(20分*执行率)",
        },
        budget_columns=("annual", "executed", "rate", "score"),
    ),
    "p12_tangxi_weituo_2022": Typing(
        title="项目支出绩效自评表",
        unit="项目单位",
        columns=(*NAMED, "target", "actual", "weight", "score", "reason"),
    ),
    "p15_gaoxin_rongmei_2021": Typing(
        title="部门整体绩效自评表",
        unit="部门（单位）名称",
        columns=(
            "level3",
            "unit",
            "sign",
            "target",
            "adjusted",
            "actual",
            "share",
            "weight",
            "score",
            "+是否核心指标",
        ),
        labels={
            "level3": "指标名称",
            "unit": "计量单位",
            "target": "年初指标值",
            "actual": "全年完成值",
            "weight": "指标权重",
            "score": "指标得分",
        },
        budget_columns=(),
    ),
    "p20_haidian_xueyuanlu_2016": Typing(
        title="项目支出绩效自评表",
        columns=(*NAMED, "weight", "target", "actual", "+得分计算方法", "score", "reason"),
        labels={"target": "年度指标值(A)", "actual": "全年实际值(B)", "budget.rate": "执行率"},
        budget_columns=("initial", "executed", "weight", "rate", "score"),
    ),
    "p21_qingshen_fagai_2023": Typing(
        words=("定性", ""),
        title="部门预算项目支出绩效自评表（2023年度）",
        columns=(*NAMED, "sign", "target", "unit", "actual", "weight", "score", "reason"),
        labels={
            "weight": "权重",
            "target": "指标值",
            "actual": "完成值",
            "budget.annual": "调整后预算数",
            "budget.initial": "年初预算",
        },
    ),
    "p25_hengshan_liangshi_2020": Typing(
        title="专项资金绩效目标自评表",
        unit="主管部门",
        columns=(*NAMED, "target", "actual", "reason"),
        labels={"target": "指标值", "actual": "全年实际完成值", "reason": "未完成原因和改进措施"},
        budget_columns=("annual", "executed", "rate"),
    ),
    "p26_daying_minzheng_2022": Typing(
        title="中央对地方转移支付区域（项目）绩效目标自评表",
        unit="资金使用单位",
        columns=(*NAMED, "target", "actual", "reason"),
        labels={"target": "指标值", "actual": "全年实际完成值", "reason": "未完成原因和改进措施"},
    ),
    "p28_ningjin_zhuxuejin_2019": Typing(
        title="项目绩效评价指标表",
        columns=(*NAMED, "target", "weight"),
        labels={"target": "目标值", "weight": "权重"},
    ),
    "p30_nanxian_zhufang_2024": Typing(
        title="项目支出绩效目标表",
        columns=(*NAMED, "sign", "target", "unit", "+备注"),
        labels={"sign": "指标值类型", "target": "目标值"},
        words=("定性", "文字"),
    ),
}
"""The forms in tests/cases/published."""

LATER = {
    "h02_jiuting_2020": Typing(
        title="财政项目支出绩效自评表",
        unit="实施单位",
        columns=(*NAMED, "target", "actual", "weight", "score", "reason"),
        total="总分:83",
    ),
    "h05_ezhou_shenpi_2021": Typing(
        title="项目支出绩效自评表",
        unit="实施单位",
        columns=(*NAMED, "target", "actual", "weight", "score", "reason"),
        amount=in_words("万"),
    ),
    "h08_xiaoxian_2023": Typing(
        title="绩效目标自评表",
        unit="实施单位",
        columns=(*NAMED, "weight", "target", "actual", "score", "reason"),
        labels={"actual": "全年实际值", "reason": "未完成原因及拟采取的改进措施"},
        budget_columns=("annual", "executed", "weight", "rate", "score"),
    ),
    "h10_suiningjk_2021": Typing(
        title="中央对地方专项转移支付区域绩效目标自评表",
        unit="单位名称",
        columns=(*NAMED, "target", "actual"),
        labels={"target": "指标值", "actual": "完成值"},
        budget_columns=(),
    ),
    "h14_huainan_shuju_2023": Typing(
        title="项目支出绩效自评表",
        unit="实施单位",
        columns=(*NAMED, "target", "actual", "weight", "score", "reason"),
    ),
    "h19_yueyangxian_2022": Typing(
        title="绩效目标申报表（基础设施建设类）",
        unit="实施单位",
        columns=(*NAMED, "target"),
        labels={"target": "指标值", "budget.initial": "金额（万元）"},
        budget_columns=("initial",),
        amount=in_words("万", "（高标准农田建设400万元，示范建设295万元，畅通工程159万元）"),
    ),
    "h22_ningxiang_batang_2021": Typing(
        title="项目绩效目标表",
        unit="填报单位（盖章）：",
        columns=(*NAMED, "target", "+备注"),
        labels={"level3": "指标内容", "target": "指标值"},
        budget_columns=(),
    ),
    "h24_ganzi_shijian_2023": Typing(
        title="绩效目标表",
        unit="单位信息：",
        columns=(*NAMED, "sign", "target", "unit", "weight"),
        labels={"target": "指标值", "weight": "权重（%）"},
        words=("定性", ""),
    ),
}
"""Those in tests/cases/published2."""
