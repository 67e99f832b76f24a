"""Sentences of the window are broken as Chinese is: no stop begins a line, no number is torn apart."""

from __future__ import annotations

import pytest

from perf_excel.faces.window.line_breaking import broken


def width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 or letter in "“”…" else 1 for letter in text)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("已下发", 20, ["已下发"]),
        ("已下发：6 家单位，6 个文件", 20, ["已下发：6 家单位，6 ", "个文件"]),
        ("原因：分值未填，无法计分。", 14, ["原因：分值未", "填，无法计分。"]),
        ("得95.81分（优）", 10, ["得95.81分", "（优）"]),
        ("写到 /home/某人/很长的文件夹/表.xlsx", 12, None),
        ("abcdefghijklmnop", 6, ["abcdef", "ghijkl", "mnop"]),
        ("第一行\n第二行", 20, ["第一行", "第二行"]),
    ],
)
def test_lines_are_broken_where_chinese_is(text: str, room: int, lines: list[str] | None) -> None:
    found = broken(text, room, width).split("\n")
    if lines is not None:
        assert [one.rstrip() for one in found] == [one.rstrip() for one in lines]
    assert all(width(one) <= room for one in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert not [one for one in found if one[:1] in "，。；：）”"]
