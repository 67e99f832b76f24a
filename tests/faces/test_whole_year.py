"""A year by mouse and keyboard alone: the form made, filled, checked, mended; sent, collected, reported."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tkinter import ttk

import pytest
from desktop import Desktop, cells, office_at_hand
from office import needs_office
from screen import Hand, middle_of, needs_screen, page, rows
from small import form, money, row

from perf_excel.books.opening import open_book
from perf_excel.faces.window.app import Window
from perf_excel.faces.window.steps.checking import CheckingPage
from perf_excel.faces.window.steps.collecting_page import CollectingPage
from perf_excel.faces.window.steps.exporting import ExportingPage
from perf_excel.faces.window.steps.filling import FillingPage
from perf_excel.faces.window.steps.report_page import ReportPage
from perf_excel.faces.window.steps.sending_page import SendingPage
from perf_excel.forms.measure import NOTHING, parse
from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.jobs.check import check
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.fill import fill
from perf_excel.jobs.new import Order, make
from perf_excel.live.xl import xw
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.sheets.grid import address

RULES = "henan-department"
AMOUNTS = ("initial", "annual", "executed")


def last_year() -> Form:
    """What the bureau reported last year: the source of this year's form."""
    return form(
        row("≥90%", "92%", 30, name="资金支付及时率", level1="投入管理指标", level2="预算管理"),
        row("≥95%", "96%", 25, name="验收合格率", level1="产出指标", level2="产出质量"),
        row("≥90%", "91%", 35, name="群众满意度", level1="效益指标", level2="满意度"),
        unit="一局",
        year=2023,
        funding=(money(100, 100, 95, weight=10),),
    )


def cell_of(path: Path, spot: Spot) -> str:
    """Where a clerk would see that a value belongs."""
    found = check(path, even_open=True)[0].found
    _, line, column = found.reading.locate(found.reading.places[spot])
    return address(line, column)


def waivable(book: xw.Book) -> list[int]:
    """The rows of the list of findings, as a clerk sees them on the sheet."""
    shown = cells(book, "校验结果")
    head = next(number for number, line in enumerate(shown, 1) if "处理" in line)
    return list(range(head + 1, len(shown) + 1))


@pytest.fixture
def desktop(window: Window, hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    with office_at_hand(tmp_path / "office", monkeypatch):
        yield Desktop(window, hand)


def made(desktop: Desktop, source: Path, target: Path) -> None:
    """新建: the form, its source, its year, where it is saved."""
    window, hand = desktop.window, desktop.hand
    hand.click(window.buttons["新建与填报"])
    new = page(window, FillingPage).new
    desktop.choose(new.form, "河南省部门整体")
    hand.click(new.source.entry)
    desktop.type(str(source))
    desktop.done()
    desktop.choose(new.kind, "上年的表")
    hand.click(new.target.entry)
    desktop.type(str(target))
    assert "单位“一局”，2024 年度" in str(new.order.label.cget("text"))
    hand.click(new.button)
    assert "已保存" in desktop.done()


def filled(desktop: Desktop, target: Path) -> xw.Book:
    """填写: in LibreOffice, where it stays open."""
    desktop.hand.click(desktop.window.foot.open_button)
    book = desktop.opened(target)
    desktop.cell(cell_of(target, Spot("funding", 0, "initial")), "100", "100", "95", then="Tab")
    desktop.cell(cell_of(target, Spot("indicator", 0, "actual")), "81%", "96%", "91%")
    desktop.save(target)
    desktop.to_window()
    return book


def checked(desktop: Desktop, target: Path) -> CheckingPage:
    """校验: what was saved last is read, for the form is open."""
    window, hand = desktop.window, desktop.hand
    hand.click(window.buttons["校验打分"])
    checking = page(window, CheckingPage)
    desktop.answer(str(target))
    hand.click(checking.files.add_button)
    hand.click(checking.check_button)
    desktop.done()
    assert [(one[0], one[3], one[5]) for one in rows(checking.table.tree)] == [
        ("提醒", "D6", "资金合计"),
        ("错误", "J16", "偏差原因"),
        ("提醒", "G16", "分值分布"),
        ("提醒", "G18", "分值分布"),
    ]
    assert "读的是最后一次保存的内容" in str(checking.notice.cget("text"))
    return checking


def mended(desktop: Desktop, checking: CheckingPage, target: Path) -> None:
    """改正: a click leads to the cell; checked again where it is open, before it is saved."""
    window, hand = desktop.window, desktop.hand
    hand.click(checking.table.tree, *middle_of(checking.table.tree, 1, "3"))
    hand.wait(lambda: "已转到工作表“部门整体自评表”的 J16" in str(window.status.cget("text")))
    desktop.to_office(target)
    desktop.paste("雨季停工，已调整支付计划")
    desktop.cell("D6", "100", "100", "95", then="Tab")
    desktop.to_window()
    hand.click(checking.live_button)
    desktop.done()
    assert [one[3] for one in rows(checking.table.tree)] == ["G16", "G18"]


def waived(desktop: Desktop, checking: CheckingPage, book: xw.Book, target: Path) -> None:
    """忽略: with a reason, on the list of findings in the open form."""
    desktop.to_office(target)
    desktop.hand.key("ctrl+Next", "ctrl+Next")
    for line in waivable(book):
        desktop.cell(f"F{line}")
        desktop.paste("忽略")
        desktop.cell(f"G{line}")
        desktop.paste("本年重点工作")
    desktop.save(target)
    desktop.to_window()
    desktop.hand.click(checking.check_button)
    desktop.done()
    assert rows(checking.table.tree) == []
    assert "已忽略 2 项" in str(checking.summary.cget("text"))
    desktop.close(target)
    desktop.to_window()


def scored(desktop: Desktop, checking: CheckingPage, target: Path) -> None:
    """打分: into a copy."""
    desktop.answer(str(target))
    desktop.hand.click(checking.score_button)
    desktop.hand.key("Down", "Return")
    assert "已保存" in desktop.done()
    assert check(target)[0].form.total == Decimal(97)


def exported(desktop: Desktop, source: Path, folder: Path) -> None:
    """导出: the finished form and its data."""
    window, hand = desktop.window, desktop.hand
    folder.mkdir()
    hand.click(window.buttons["导出"])
    exporting = page(window, ExportingPage)
    desktop.answer(str(source))
    hand.click(first_button(exporting.files))
    for suffix in (".pdf", ".xlsx", ".json"):  # off, on, on
        hand.click(exporting.boxes[suffix])
    hand.click(exporting.folder.entry)
    hand.key("End", "shift+Home")
    desktop.type(str(folder))
    hand.click(exporting.button)
    assert "导出完成" in desktop.done()
    assert sorted(path.suffix for path in folder.iterdir()) == [".json", ".xlsx"]


def first_button(frame: ttk.Frame) -> ttk.Button:
    """添加文件…, of a list of files."""
    return next(one for one in frame.winfo_children() if isinstance(one, ttk.Button))


@needs_screen
@needs_office
def test_a_form_is_made_filled_checked_mended_waived_scored_and_exported(
    desktop: Desktop, tmp_path: Path
) -> None:
    source, target, copy = tmp_path / "last.xlsx", tmp_path / "form.xlsx", tmp_path / "scored.xlsx"
    source.write_bytes(make(Order(ruleset(RULES), data=last_year()), source).data)
    made(desktop, source, target)
    book = filled(desktop, target)
    checking = checked(desktop, target)
    mended(desktop, checking, target)
    waived(desktop, checking, book, target)
    scored(desktop, checking, copy)
    exported(desktop, copy, tmp_path / "export")


UNITS = [f"{name}局" for name in "甲乙丙丁戊己庚辛壬癸子丑"]
RIGHT, WORSE = ("96%", "97%", "95%"), ("96%", "97%", "80%")


def sent_template(folder: Path) -> Path:
    """The form that goes out: targets and weights, nothing else."""
    blank = [replace(one, actual=NOTHING, score=None) for one in last_year().indicators]
    sent = replace(last_year(), unit="", year=2024, funding=(money(weight=10),), indicators=tuple(blank))
    path = folder / "sent.xlsx"
    path.write_bytes(make(Order(ruleset(RULES), data=sent), path).data)
    return path


def returned(path: Path, actuals: tuple[str, ...]) -> bytes:
    """What a unit sends back: its own office's work, not the window's."""
    found = find(open_book(path))
    blank = found.reading.form
    rows = [replace(one, actual=parse(text)) for one, text in zip(blank.indicators, actuals, strict=True)]
    spent = replace(blank.funding[0], **dict(zip(AMOUNTS, map(Decimal, (100, 100, 95)), strict=True)))
    return fill(found, replace(blank, indicators=tuple(rows), funding=(spent,))).data


def accidents(sent: dict[str, Path], back: Path) -> None:
    """What comes back: most as it should be, one twice, one of another unit's name, one broken, two never."""
    back.mkdir()
    for unit in UNITS[:9]:
        (back / f"{unit}自评.xlsx").write_bytes(returned(sent[unit], RIGHT))
    (back / "甲局 最终版.xlsx").write_bytes(returned(sent["甲局"], WORSE))
    with zipfile.ZipFile(back / "癸局.zip", "w") as archive:
        archive.writestr("癸局/自评表.xlsx", returned(sent["癸局"], RIGHT))
    (back / "子局.xlsx").write_bytes(sent["子局"].read_bytes()[:3000])
    (back / "通知.txt").write_text("请于月底前报送", encoding="utf-8")


@needs_screen
@needs_office
def test_forms_go_to_twelve_units_and_what_comes_back_is_collected(
    window: Window, hand: Hand, desktop: Desktop, tmp_path: Path
) -> None:
    template, units, pack = sent_template(tmp_path), tmp_path / "units.csv", tmp_path / "pack"
    lines = [f"{unit},{number},2024" for number, unit in enumerate(UNITS, 101)]
    units.write_text("\n".join(["单位名称,单位编码,年度", *lines]), encoding="utf-8")

    # 下发
    hand.click(window.buttons["下发"])
    sending = page(window, SendingPage)
    desktop.answer(str(template))
    hand.click(sending.forms.book_button)
    hand.click(sending.units.entry)
    desktop.type(str(units))
    hand.click(sending.look_button)
    desktop.done()
    assert "将写 12 家单位的 12 个文件，还没有写" in str(sending.summary.label.cget("text"))
    hand.click(sending.target.entry)
    desktop.type(str(pack))
    hand.click(sending.send_button)
    desktop.done()
    assert len(rows(sending.table.tree)) == 12

    # 收表汇总：清单自己找到；缺的、重复的、坏的都列出来
    files = {row.texts[0]: pack / row.texts[-1] for row in sending.table.rows}
    accidents(files, tmp_path / "back")
    hand.click(window.buttons["收表汇总"])
    collecting = page(window, CollectingPage)
    desktop.answer(str(tmp_path / "back"), folder=True)
    hand.click(collecting.sources.folder_button)
    assert collecting.expect.path == pack / "下发清单.xlsx"
    hand.click(collecting.collect_button)
    desktop.done()
    states = {(row[0], row[2]) for row in rows(collecting.table.tree)}
    assert {("子局", "未报送"), ("丑局", "未报送"), ("甲局", "重复（内容不同）"), ("癸局", "正常")} <= states
    assert "应报 12 个单位，已报 10 个，未报 2 个" in str(collecting.summary.label.cget("text"))

    # 只看未报送的；写回复函；打开汇总表
    desktop.choose(collecting.only, "未报送")
    assert [row[0] for row in rows(collecting.table.tree)] == ["子局", "丑局"]
    (tmp_path / "replies").mkdir()
    desktop.answer(str(tmp_path / "replies"), folder=True)
    hand.click(collecting.reply_button)
    assert "催报名单.xlsx（2 项）" in desktop.done()
    hand.click(collecting.open_button)
    book = desktop.opened(tmp_path / "汇总.xlsx")
    assert "未报送" in [sheet.name for sheet in book.sheets]


@needs_screen
def test_a_report_is_written_and_compared(
    window: Window, hand: Hand, desktop: Desktop, tmp_path: Path
) -> None:
    form_file, report = tmp_path / "form.xlsx", tmp_path / "report.docx"
    form_file.write_bytes(make(Order(ruleset(RULES), data=last_year()), form_file).data)
    hand.click(window.buttons["报告与核对"])
    reporting = page(window, ReportPage)
    desktop.answer(str(form_file))
    hand.click(first_button(reporting.files))
    desktop.done()
    hand.click(reporting.target.entry)
    desktop.type(str(report))
    hand.click(reporting.write_button)
    assert "已保存" in desktop.done()
    reporting.tabs.focus_set()
    hand.key("Right", "Right")
    hand.click(reporting.compare_button)
    desktop.done()
    assert "对不上 0 处" in str(reporting.summary.label.cget("text"))
