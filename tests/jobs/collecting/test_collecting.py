"""A folder with every accident: what each file is, and why; and what is read a second time."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

import docx
import openpyxl
import pytest
from returned import (
    YEAR,
    files,
    filled,
    read_back,
    resaved,
    retyped,
    sent,
    typed,
    with_sheet,
    zipped,
)

from perf_excel.books.summary.records import FileRecord, Value
from perf_excel.errors import UserError
from perf_excel.faces.collecting_commands import answer
from perf_excel.forms.spot import Spot
from perf_excel.jobs.collect import Collected, Order, collect, is_ours
from perf_excel.jobs.collecting.duplicates import differences
from perf_excel.jobs.collecting.judging import BLANK
from perf_excel.jobs.collecting.reading_returns import Task, read_return
from perf_excel.jobs.collecting.unfinished import forget
from perf_excel.jobs.new import Order as NewOrder
from perf_excel.jobs.new import make
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.stopping import StoppedError

UNITS = [
    *("甲局", "乙局", "丙局", "丁局", "戊局", "己局", "庚局", "辛局", "壬局", "癸局"),
    *("子中心", "丑中心", "寅中心", "卯中心", "辰中心", "城建档案馆", "午中心", "未学校", "申学校"),
]


def report() -> bytes:
    """A document without a form."""
    document = docx.Document()
    document.add_paragraph("2025年度部门整体绩效自评报告")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of returned files, and beside it what was sent."""
    folder = tmp_path_factory.mktemp("收表")
    pack = sent(folder / "今年", UNITS)
    blank = {unit: path.read_bytes() for unit, path in files(pack).items()}
    last_year = files(sent(folder / "去年", ["庚局"], YEAR - 1))["庚局"].read_bytes()
    back = folder / "回收"
    back.mkdir()

    put = partial(put_into, back)
    put("甲局.xlsx", filled(blank["甲局"]))
    put("一区/二处/三科/新建文件夹/自评 - 副本 (2)最终版.xlsx", filled(blank["乙局"]))
    inner = zipped({"丙局/丙局自评表.xlsx": filled(blank["丙局"])}, gbk=True)
    put("县区.zip", zipped({"说明.txt": b"x", "内层（补）.zip": inner, "._内层.zip": b""}, gbk=True))
    put("丁局.xlsx", with_sheet(filled(blank["丁局"]), "hidden"))
    put("戊局1.xlsx", filled(blank["戊局"]), minute=1)
    put("戊局2.xlsx", resaved(filled(blank["戊局"])), minute=2)
    put("己局-旧.xlsx", filled(blank["己局"], ("98%", "96%", "10次", "100%", "95%", "3件")), minute=1)
    put("己局-新.xlsx", filled(blank["己局"]), minute=2)
    put("庚局.xlsx", filled(last_year))
    put("辛局.xlsx", typed(filled(blank["壬局"]), [(Spot("head", 0, "unit"), "辛局")]))
    put("壬局.xlsx", filled(blank["壬局"]))
    put(
        "癸局.xlsx",
        typed(
            filled(blank["癸局"]),
            [
                (Spot("indicator", 2, "target"), "≥10次"),
                (Spot("indicator", 0, "weight"), Decimal(20)),
                (Spot("indicator", 4, "score"), "20"),
            ],
        ),
    )
    put("子中心.xlsx", filled(blank["子中心"])[:9_000])
    put("丑中心自己做的表.xlsx", retyped(filled(blank["丑中心"])))
    declared = make(NewOrder(ruleset("zhengzhou-declaration"), unit="寅中心", year=YEAR), Path("a.xlsx"))
    put("寅中心.xlsx", declared.data)
    put("辰中心.xlsx", with_sheet(filled(blank["辰中心"]), "sheet"))
    put(
        "城建档案馆.xlsx",
        typed(retyped(filled(blank["城建档案馆"])), [(Spot("head", 0, "unit"), "城建档案管")]),
    )
    put_what_is_no_form(put, zipped({"申学校.xlsx": filled(blank["申学校"])})[:5_000])
    shutil.copy(pack.target / "下发清单.xlsx", back / "下发清单（抄送）.xlsx")
    return folder


def put_into(folder: Path, name: str, data: bytes, *, minute: int = 0) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    when = 1_700_000_000 + 60 * minute
    os.utime(path, (when, when))


def put_what_is_no_form(put: Callable[[str, bytes], None], half_a_zip: bytes) -> None:
    put("午中心.xlsx", b"")
    put("照片.jpg", b"\xff\xd8\xff\xe0" + bytes(100))
    put("报告.docx", report())
    put("账.xlsx", workbook_of_something_else())
    put("加密.rar", b"Rar!\x1a\x07\x00" + bytes(50))
    put("坏.zip", half_a_zip)
    put("炸弹.zip", zipped({"大.xlsx": bytes(9 << 20)}))
    put("~$甲局.xlsx", b"lock")
    put(".DS_Store", b"x")
    put("一区/Thumbs.db", b"x")
    put("一区/._甲局.xlsx", b"x")


def workbook_of_something_else() -> bytes:
    import io

    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "日记账"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def order(scene: Path, output: Path, **more: object) -> Order:
    found: dict[str, object] = {"expect": scene / "今年" / "下发" / "下发清单.xlsx", **more}
    return Order((scene / "回收",), output, **found)  # type: ignore[arg-type]


EXPECTED = {
    # file: unit, status, words of the reason
    "甲局.xlsx": ("甲局", "ok", ""),
    "一区/二处/三科/新建文件夹/自评 - 副本 (2)最终版.xlsx": ("乙局", "ok", ""),
    "县区.zip/内层（补）.zip/丙局/丙局自评表.xlsx": ("丙局", "ok", ""),
    "县区.zip/说明.txt": ("", "foreign", "纯文本"),
    "丁局.xlsx": ("丁局", "ok", ""),
    "戊局1.xlsx": ("戊局", "duplicate-identical", "与“戊局2.xlsx”内容相同"),
    "戊局2.xlsx": ("戊局", "ok", ""),
    "己局-旧.xlsx": ("己局", "duplicate-different", "培训次数的实际完成值"),
    "己局-新.xlsx": ("己局", "ok", ""),
    "庚局.xlsx": ("庚局", "wrong-year", "表上是 2022 年度，应为 2023 年度"),
    "辛局.xlsx": ("辛局", "wrong-unit", "文件是发给“壬局”的，表上写的单位是“辛局”"),
    "壬局.xlsx": ("壬局", "ok", ""),
    "癸局.xlsx": ("癸局", "altered", "公式被覆盖"),
    "子中心.xlsx": ("", "unreadable", "不完整"),
    "丑中心自己做的表.xlsx": ("丑中心", "ok", "没有下发时的标识"),
    "寅中心.xlsx": ("寅中心", "wrong-form", "应交“部门整体自评表”"),
    "辰中心.xlsx": ("辰中心", "ok", ""),
    "城建档案馆.xlsx": ("城建档案管", "wrong-unit", "与“城建档案馆”相近"),
    "午中心.xlsx": ("", "unreadable", "0 字节"),
    "照片.jpg": ("", "foreign", "图片"),
    "报告.docx": ("", "foreign", ""),
    "账.xlsx": ("", "foreign", "没有找到绩效表"),
    "加密.rar": ("", "unreadable", "rar"),
    "坏.zip": ("", "unreadable", "损坏"),
    "炸弹.zip/大.xlsx": ("", "unreadable", "压缩"),
}
PASSED = {
    "县区.zip/._内层.zip": "系统附带",
    "~$甲局.xlsx": "锁文件",
    ".DS_Store": "隐藏",
    "一区/Thumbs.db": "系统附带",
    "一区/._甲局.xlsx": "系统附带",
    "下发清单（抄送）.xlsx": "本程序写的清单",
}
MISSING = ["庚局", "辛局", "子中心", "寅中心", "卯中心", "城建档案馆", "午中心", "未学校", "申学校"]


@pytest.fixture(scope="module")
def collected(scene: Path) -> Collected:
    return collect(order(scene, scene / "汇总.xlsx"))


def test_every_file_is_what_it_is(collected: Collected) -> None:
    said = {one["file"]: one for one in answer(collected)["files"]}
    assert sorted(said) == sorted(EXPECTED)
    for file, (unit, status, words) in EXPECTED.items():
        assert (said[file]["unit"], said[file]["status"]) == (unit, status), said[file]
        assert words in said[file]["reason"], said[file]


def test_who_is_missing(collected: Collected) -> None:
    found = answer(collected)
    assert found["missing"] == MISSING
    assert (found["units"], found["returned"]) == (len(UNITS), len(UNITS) - len(MISSING))
    instead = {due.unit: reason for due, reason in collected.judged.missing}
    assert "2022 年度" in instead["庚局"]
    assert instead["卯中心"] == ""


def test_what_was_not_looked_at_is_named_with_its_reason(collected: Collected) -> None:
    passed = {one.file: one.reason for one in collected.passed}
    assert sorted(passed) == sorted(PASSED)
    assert all(words in passed[file] for file, words in PASSED.items())


def test_every_form_is_scored(collected: Collected) -> None:
    said = {one["file"]: one for one in answer(collected)["files"]}
    assert (said["甲局.xlsx"]["total"], said["甲局.xlsx"]["grade"]) == (100, "优")
    assert said["己局-旧.xlsx"]["total"] == 97.5  # 10 of 12, weight 15
    assert said["照片.jpg"]["total"] is None


def test_what_a_unit_changed_is_named_with_old_and_new(collected: Collected) -> None:
    (entry,) = [one for one in collected.judged.entries if one.unit == "癸局"]
    changed = {(one.kind, one.sent, one.returned) for one in entry.changes}
    assert {
        ("目标值改动", "≥12次", "≥10次"),
        ("权重改动", "15", "20"),
        ("公式被覆盖", "公式", "20"),
    } <= changed
    assert entry.counts


def test_the_sources_stay_as_they_are(scene: Path, tmp_path: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files_in(scene / "回收")}
    collect(order(scene, tmp_path / "汇总.xlsx"))
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files_in(scene / "回收")}


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


class Counting:
    """A reader that counts what it reads."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, task: Task) -> FileRecord:
        self.read.append(task.file)
        return read_return(task)


def test_a_cancelled_run_is_gone_on_with(scene: Path, tmp_path: Path) -> None:
    output = tmp_path / "汇总.xlsx"
    done: list[int] = []

    def stop_at_five(number: int, _: int) -> None:
        done.append(number)
        if number == 5:
            raise StoppedError

    with pytest.raises(StoppedError, match="已读的 5 个文件记住了"):
        collect(order(scene, output), count=stop_at_five)
    assert [path.name for path in tmp_path.iterdir()] == ["汇总.xlsx.未完成"]
    whole = collect(order(scene, output))
    assert (done, whole.known) == ([1, 2, 3, 4, 5], 5)
    assert answer(whole) == answer(collect(order(scene, tmp_path / "另一份.xlsx")))
    forget(output)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("rest", ["", "[", '["other conditions"]\n["AAAA"]', "3\n{}"])
def test_a_damaged_record_of_a_cancelled_run_costs_a_full_run(rest: str, scene: Path, tmp_path: Path) -> None:
    (tmp_path / "汇总.xlsx.未完成").write_text(rest, encoding="utf-8")
    assert collect(order(scene, tmp_path / "汇总.xlsx")).known == 0


def test_a_second_run_reads_only_what_changed(scene: Path, tmp_path: Path) -> None:
    shutil.copytree(scene / "回收", tmp_path / "回收")
    shutil.copytree(scene / "今年", tmp_path / "今年")
    output = tmp_path / "汇总.xlsx"
    first, second, third = Counting(), Counting(), Counting()
    whole = collect(order(tmp_path, output), reader=first)
    output.write_bytes(whole.data.read())
    assert is_ours(output)

    same = collect(order(tmp_path, output), reader=second)
    assert second.read == []
    assert same.known == whole.read - UNKNOWABLE
    assert answer(same) == answer(whole)

    back = tmp_path / "回收"
    for name in ("甲局.xlsx", "壬局.xlsx"):
        (back / name).write_bytes(
            typed((back / name).read_bytes(), [(Spot("indicator", 2, "actual"), "9次")])
        )
    shutil.copy(back / "己局-新.xlsx", back / "复制的.xlsx")
    (back / "丁局.xlsx").rename(back / "改名.xlsx")
    (back / "卯中心.xlsx").write_bytes(filled(files(sent(tmp_path / "补", UNITS))["卯中心"].read_bytes()))
    changed = collect(order(tmp_path, output), reader=third)
    assert sorted(third.read) == ["卯中心.xlsx", "壬局.xlsx", "甲局.xlsx"]
    said = {one["file"]: one for one in answer(changed)["files"]}
    assert said["甲局.xlsx"]["total"] == 96.25
    assert said["改名.xlsx"]["unit"] == "丁局"


UNKNOWABLE = 0
"""Files that are read every time: those that could not be read at all."""


def test_of_several_the_first_counts_if_asked(scene: Path) -> None:
    found = collect(order(scene, scene / "汇总.xlsx", on_duplicate="first"))
    said = {one["file"]: one["status"] for one in answer(found)["files"]}
    assert (said["己局-旧.xlsx"], said["己局-新.xlsx"]) == ("ok", "duplicate-different")


def test_of_several_none_counts_if_asked(scene: Path) -> None:
    found = collect(order(scene, scene / "汇总.xlsx", on_duplicate="error"))
    said = {one["file"]: one["status"] for one in answer(found)["files"]}
    assert (said["己局-旧.xlsx"], said["己局-新.xlsx"]) == ("duplicate-different", "duplicate-different")
    assert said["戊局1.xlsx"] == "duplicate-identical"
    assert found.judged.undecided == ["己局"]
    assert "己局" not in answer(found)["missing"]


def test_without_a_list_units_are_those_of_the_files(scene: Path) -> None:
    found = answer(collect(order(scene, scene / "汇总.xlsx", expect=None)))
    assert found["missing"] == []
    assert "甲局" in {one["unit"] for one in found["files"]}
    assert found["units"] == found["returned"]


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(UserError, match="没有可以收的文件"):
        collect(Order((tmp_path / "空",), tmp_path / "汇总.xlsx"))


def test_the_summary_has_its_sheets(collected: Collected) -> None:
    book = read_back(collected.data.read())
    assert book.hidden("_perf_excel_已读")
    assert book.sheets[:8] == (
        "总览", "得分排名", "指标明细", "资金汇总", "问题清单", "改动清单", "未报送", "处理记录",
    )  # fmt: skip
    missing = book.grid("未报送")
    assert [missing.at(row, 2).value for row in range(4, missing.bottom + 1)] == MISSING


def test_a_text_of_a_unit_never_becomes_a_formula(scene: Path, tmp_path: Path) -> None:
    back = tmp_path / "回收"
    back.mkdir()
    data = (scene / "回收" / "甲局.xlsx").read_bytes()
    for number, text in enumerate(("=1+1", "+1", "-1", "@SUM(A1)")):
        cells = [(Spot("indicator", 0, "reason"), text), (Spot("head", 0, "unit"), f"={number}局")]
        (back / f"{number}.xlsx").write_bytes(typed(retyped(data), cells))
    found = collect(Order((back,), tmp_path / "汇总.xlsx"))
    grids = [
        grid
        for name in read_back(found.data.read()).sheets
        if (grid := read_back(found.data.read()).grid(name))
    ]
    assert not [cell for grid in grids for cell in grid.cells.values() if cell.formula is not None]
    shown = {cell.value for grid in grids for cell in grid.cells.values()}
    assert {"=1+1", "+1", "-1", "@SUM(A1)"} <= shown


def test_what_a_unit_typed_is_named_before_what_follows_from_it() -> None:
    """The other one was saved by a program that left the formulas without results."""
    mine = [
        Value("indicator", "培训", "actual", "13场", "F3"),
        Value("indicator", "培训", "score", "9.5", "H3"),
        Value("total", "总分", "score", "90", "H9"),
    ]
    other = [Value("indicator", "培训", "actual", "11场", "F3"), Value("total", "总分", "score", "88", "H9")]
    assert differences(mine, other) == [
        "培训的实际完成值（F3）本份“13场”、那份“11场”",
        "总分的得分（H9）本份“90”、那份“88”",
    ]
    (only,) = differences(mine[:2], mine[:1])
    assert only.startswith("填的内容相同，只是有 1 处")


def test_a_form_that_came_back_as_it_was_sent_is_said_to_be_blank(tmp_path: Path) -> None:
    pack = sent(tmp_path / "今年", ["甲局", "乙局"])
    blank = {unit: path.read_bytes() for unit, path in files(pack).items()}
    back = tmp_path / "回收"
    back.mkdir()
    (back / "甲局.xlsx").write_bytes(blank["甲局"])
    (back / "乙局.xlsx").write_bytes(filled(blank["乙局"]))
    found = collect(Order((back,), tmp_path / "汇总.xlsx"))
    assert {entry.unit: (entry.status, entry.note) for entry in found.judged.entries} == {
        "甲局": ("ok", BLANK),
        "乙局": ("ok", ""),
    }


def test_scores_by_other_weights_or_targets_are_not_ranked_with_the_others(tmp_path: Path) -> None:
    """乙局 made its targets lower, 丙局 gave its best row more points, 丁局 only typed over a formula."""
    pack = sent(tmp_path / "今年", ["甲局", "乙局", "丙局", "丁局"])
    blank = {unit: path.read_bytes() for unit, path in files(pack).items()}
    back = tmp_path / "回收"
    back.mkdir()
    bad = ("70%", "96%", "12次", "100%", "95%", "3件")
    (back / "甲局.xlsx").write_bytes(filled(blank["甲局"], bad))
    lower = [(Spot("indicator", 0, "target"), "≥50%")]
    (back / "乙局.xlsx").write_bytes(typed(filled(blank["乙局"], bad), lower))
    heavier = [(Spot("indicator", 0, "weight"), Decimal(5)), (Spot("indicator", 1, "weight"), Decimal(25))]
    (back / "丙局.xlsx").write_bytes(typed(filled(blank["丙局"], bad), heavier))
    over = [(Spot("total", 0, "score"), Decimal(99))]
    (back / "丁局.xlsx").write_bytes(typed(filled(blank["丁局"], bad), over))
    order = Order((back,), tmp_path / "汇总.xlsx", pack.target / "下发清单.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(collect(order).data.read()))
    heads, *rows = list(book["得分排名"].iter_rows(3, values_only=True))
    ranked = {str(row[heads.index("单位")]): dict(zip(heads, row, strict=True)) for row in rows}
    assert {unit: (row["名次"], row["不排名的原因"] or "") for unit, row in ranked.items()} == {
        "甲局": (1, ""),
        "丁局": (1, ""),
        "乙局": (None, "改动了指标值，得分与别家不可比"),
        "丙局": (None, "改动了分值，得分与别家不可比"),
    }
    assert set(list(ranked)[2:]) == {"乙局", "丙局"}
    cells = (value for row in book["总览"].iter_rows(values_only=True) for value in row)
    page = [str(value) for value in cells if value is not None]
    assert page[page.index("平均得分") + 1 :].count(str(ranked["甲局"]["总分"])) >= 1
    assert any("其中 2 份改动了分值、指标值等，得分与别家不可比" in text for text in page)
    assert page[page.index("不可比") + 1] == "2"
