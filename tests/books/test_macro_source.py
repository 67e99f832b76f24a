"""What the macros do on Windows: find the program, call it, say what went wrong; played, not run in Excel."""

from __future__ import annotations

from typing import Any

import pytest
from windows import Windows, error, split

from perf_excel.books.vba.button_words import BUTTONS, HOME, TEXTS, USER
from perf_excel.errors import MESSAGE_FILE

PROGRAM = r"D:\work\perf-excel.exe"


def windows(**more: Any) -> Windows:
    """A computer with the program beside a workbook that has all its texts."""
    values: dict[str, Any] = {"files": {PROGRAM: ""}, "identity": TEXTS, **more}
    return Windows(**values)


def test_every_button_calls_the_program_for_the_open_workbook() -> None:
    one = windows()
    for pressed in BUTTONS:
        one.press(pressed.procedure)
    assert [split(command) for command in one.started] == [
        [PROGRAM, "live", pressed.command, one.book] for pressed in BUTTONS
    ]


@pytest.mark.parametrize(
    "book",
    [
        r"D:\work\自评 表.xlsm",
        r"D:\预算 & 决算 (1)\a;b ^c.xlsm",
        r"\\服务器\共享\表.xlsm",
        r"D:\100%TEMP%\50%完成%.xlsm",
        r"D:\%PERF_EXCEL_PERCENT%\表.xlsm",
        "https://example.invalid/站点/表.xlsm",
    ],
)
def test_any_name_of_a_workbook_arrives_whole(book: str) -> None:
    place = r"C:\工具 %TEMP% & Co"
    one = Windows(
        book=book, files={rf"{place}\perf-excel.exe": ""}, variables={HOME: place, "TEMP": r"C:\Temp"}
    )
    one.press("PerfScore")
    assert split(one.started[0]) == [rf"{place}\perf-excel.exe", "live", "score", book]


PLACES = [
    r"E:\home",
    r"C:\Users\甲\AppData\Local\Programs\perf-excel",
    r"C:\Program Files\perf-excel",
    r"D:\stored",
    r"D:\work",
    r"D:\work\perf-excel",
]


def with_programs(places: list[str], **more: Any) -> Windows:
    """A computer with the program in some of the places."""
    return windows(
        files={rf"{place}\perf-excel.exe": "" for place in places},
        variables={
            HOME: r"E:\home",
            "LOCALAPPDATA": r"C:\Users\甲\AppData\Local",
            "ProgramFiles": r"C:\Program Files",
        },
        identity={**TEXTS, HOME: r"D:\stored"},
        **more,
    )


@pytest.mark.parametrize("missing", range(len(PLACES)))
def test_the_program_is_looked_for_in_this_order(missing: int) -> None:
    one = with_programs(PLACES[missing:])
    one.press("PerfCheck")
    assert split(one.started[0])[0] == rf"{PLACES[missing]}\perf-excel.exe"


@pytest.mark.parametrize("missing", range(len(PLACES)))
def test_only_what_is_not_installed_is_asked_about(missing: int) -> None:
    one = with_programs(PLACES[missing:], yes=False)
    assert one.press("PerfCheck") == ([] if missing >= 3 else [TEXTS["No errors were found."]])
    assert len(one.started) == (missing < 3)
    assert [words.split("\n")[0] for words in one.asked] == (
        [rf"{PLACES[missing]}\perf-excel.exe"] if missing >= 3 else []
    )


def test_the_path_is_not_pushed_out_of_sight_by_a_cell() -> None:
    english = next(text for text in TEXTS if text.startswith("This program"))
    one = windows(identity={**TEXTS, english: "请点“是”继续校验。\n" * 500})
    one.press("PerfCheck")
    (asked,) = one.asked
    assert asked.startswith(f"{PROGRAM}\n")
    assert len(asked) < 400


@pytest.mark.parametrize(
    "place",
    [
        r"\\server\tools",
        r"\\?\UNC\server\tools",
        "//server/tools",
        r"Z:\tools",
        r"tools",
        r"..\tools",
        r"\tools",
        r"D:tools",
        "https://example.invalid/tools",
    ],
)
def test_nothing_is_started_from_a_network_or_from_somewhere(place: str) -> None:
    more: dict[str, Any] = {"files": {rf"{place}\perf-excel.exe": ""}, "drives": {"Z:": 3}}
    told = windows(identity={**TEXTS, HOME: place}, **more)
    beside = windows(book=rf"{place}\表.xlsm", **more)
    by_variable = windows(variables={HOME: place}, **more)
    for one in (told, beside, by_variable):
        assert one.press("PerfCheck") == [TEXTS["The program perf-excel was not found."]]
        assert one.asked == one.started == []


def test_a_stored_place_is_told_without_the_user() -> None:
    one = windows(
        files={r"C:\Users\甲\Desktop\perf-excel\perf-excel.exe": ""},
        variables={"USERPROFILE": r"C:\Users\甲"},
        identity={HOME: rf"{USER}\Desktop\perf-excel"},
    )
    one.press("PerfCheck")
    assert split(one.started[0])[0] == r"C:\Users\甲\Desktop\perf-excel\perf-excel.exe"


def test_no_program_no_variables() -> None:
    assert windows(files={}).press("PerfCheck") == [TEXTS["The program perf-excel was not found."]]


def test_a_workbook_never_saved() -> None:
    assert windows(book="工作簿1").press("PerfCheck") == ["请先保存工作簿，再点按钮。"]


@pytest.mark.parametrize(
    ("procedure", "code", "said"),
    [
        ("PerfCheck", 0, ["校验完成，没有发现错误。提醒和提示请看校验结果。"]),
        ("PerfScore", 0, []),
        ("PerfCheck", 1, ["已完成。表中有错误，请看“校验提示”列和工作表“校验结果”。"]),
        ("PerfAddRow", 2, ["程序没有完成，退出码： 2"]),
        ("PerfAddRow", -1073741819, ["程序没有完成，退出码： -1073741819"]),
    ],
)
def test_the_exit_code_is_told(procedure: str, code: int, said: list[str]) -> None:
    def ending(_: Windows) -> int:
        return code

    assert windows(program=ending).press(procedure) == said


def test_what_the_program_complains_of_is_shown_and_its_file_removed() -> None:
    def complaining(one: Windows) -> int:
        one.files[one.variables[MESSAGE_FILE]] = "表.xlsm：没有找到绩效表。"
        return 2

    one = windows(program=complaining)
    assert one.press("PerfCheck") == ["表.xlsm：没有找到绩效表。"]
    assert set(one.files) == {PROGRAM}


def test_a_program_that_cannot_be_started() -> None:
    def refused(_: Windows) -> int:
        raise error(70, "Permission denied")

    assert windows(program=refused).press("PerfCheck") == ["无法运行程序： Permission denied"]


def test_without_the_identity_sheet_it_speaks_english() -> None:
    assert windows(files={}, identity={}).press("PerfCheck") == ["The program perf-excel was not found."]
