"""The buttons of a macro workbook (按钮), and what the macros behind them say to people.

The identity sheet holds the Chinese beside the English that the source knows it by.
"""

from __future__ import annotations

from dataclasses import dataclass

MODULE = "perf_excel"
HOME = "PERF_EXCEL_HOME"
"""Environment variable: the folder of the program; the same name on the identity sheet has it, too."""

USER = "%USERPROFILE%"
"""What the folder begins with in place of the user's own, whose name is nobody's business."""

TEXTS = {
    "Please save the workbook first.": "请先保存工作簿，再点按钮。",
    "The program perf-excel was not found.": (
        "没有找到 perf-excel 程序。请安装 perf-excel，"
        "或把程序文件夹 perf-excel 放在本机上、本工作簿所在的文件夹里，"
        f"或者把环境变量 {HOME} 设为程序所在的文件夹，重新打开 Excel 或 WPS 后再试；"
        "网络位置上的程序不会启动。"
    ),
    "This program is not the installed one. Start it?": (
        "上面这个程序不是安装在本机的 perf-excel。要运行它吗？请确认它是自己放在那里的，拿不准请选“否”。"
    ),
    "No errors were found.": "校验完成，没有发现错误。提醒和提示请看校验结果。",
    "Done. There are errors in the form.": "已完成。表中有错误，请看“校验提示”列和工作表“校验结果”。",
    "The program failed, exit code:": "程序没有完成，退出码：",
    "The program could not be started:": "无法运行程序：",
}
"""What the macros say: the English in the source, and the Chinese on the identity sheet."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what stands on it, its procedure, the program's command, what it is for."""

    text: str
    procedure: str
    command: str
    about: str

    @property
    def shape(self) -> str:
        """The name of its shape."""
        return f"{MODULE}.{self.procedure}"

    @property
    def macro(self) -> str:
        """The procedure as a shape calls it: [0] is the workbook itself."""
        return f"[0]!{self.shape}"


BUTTONS = (
    Button("校验", "PerfCheck", "check", "校验填报内容，结果写入校验提示和工作表校验结果"),
    Button("打分", "PerfScore", "score", "按规则打分"),
    Button("清除", "PerfClear", "clear", "清除程序写入的校验结果"),
    Button("增加指标行", "PerfAddRow", "add-row", "在所选行下面增加一个指标行"),
)
