"""Error values (错误值) that a formula shows in place of a result, each with its likely cause."""

from __future__ import annotations

from perf_excel.forms.text import plain, remembered

CAUSES = {
    "#DIV/0!": "除数是 0 或空白（如预算数没有填）",
    "#N/A": "没有查找到对应的数据，或数据还没有",
    "#REF!": "引用的单元格、行列或工作表已经删除",
    "#VALUE!": "参与计算的单元格里是文字",
    "#NAME?": "函数或名称写错了，或这个程序没有这个函数",
    "#NUM!": "数字太大、太小，或不能这样计算",
    "#NULL!": "两个区域没有相交的单元格，区域的写法有误",
    "#SPILL!": "结果要占的几格里已有内容",
    "#CALC!": "数组的算法不被支持",
    "#FIELD!": "数据里没有所要的一项",
    "#BLOCKED!": "所要的数据被禁止访问",
    "#CONNECT!": "所要的数据连接不上",
    "#UNKNOWN!": "所用的数据类型这个程序不认识",
    "#BUSY!": "所要的数据还在读取",
    "#GETTING_DATA": "所要的数据还在读取",
}
"""By the text that the cell shows."""


@remembered
def is_error_value(text: str) -> bool:
    """Return whether a cell shows an error value."""
    return plain(text).upper() in CAUSES
