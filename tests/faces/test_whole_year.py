"""A year by mouse and keyboard alone: the form is made, filled, checked, mended, sent, collected, reported."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tkinter import ttk

import pytest
from desktop import Desktop, cells, office_at_hand
from office import needs_office
from screen import Hand, middle_of, needs_screen, page, rows
from small import form, money, row

from perf_excel.faces.window.app import Window
from perf_excel.faces.window.steps.checking import CheckingPage
from perf_excel.faces.window.steps.exporting import ExportingPage
from perf_excel.faces.window.steps.filling import FillingPage
from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.jobs.check import check
from perf_excel.live.xl import xw
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.sheets.grid import address

RULES = "henan-department"


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


@needs_screen
@needs_office
def test_a_form_is_made_filled_checked_mended_waived_scored_and_exported(
    window: Window, hand: Hand, desktop: Desktop, tmp_path: Path
) -> None:
    source, target = tmp_path / "last.xlsx", tmp_path / "form.xlsx"
    source.write_bytes(make(Order(ruleset(RULES), data=last_year()), source).data)

    # 新建：表样、来源、年度、保存的位置
    hand.click(window.buttons["新建与填报"])
    filling = page(window, FillingPage)
    new = filling.new
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

    # 填写：在打开的 LibreOffice 里
    hand.click(window.foot.open_button)
    book = desktop.opened(target)
    desktop.cell(cell_of(target, Spot("funding", 0, "initial")), "100", "100", "95", then="Tab")
    desktop.cell(cell_of(target, Spot("indicator", 0, "actual")), "81%", "96%", "91%")
    desktop.save(target)

    # 校验：读最后一次保存的内容
    desktop.to_window()
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

    # 改正：点单元格，转到那一格，填原因；补资金来源
    hand.click(checking.table.tree, *middle_of(checking.table.tree, 1, "3"))
    hand.wait(lambda: "已转到工作表“部门整体自评表”的 J16" in str(window.status.cget("text")))
    desktop.to_office(target)
    desktop.paste("雨季停工，已调整支付计划")
    desktop.cell("D6", "100", "100", "95", then="Tab")

    # 在打开的表里再校验；还剩的两项，在“校验结果”表里写明理由忽略
    desktop.to_window()
    hand.click(checking.live_button)
    desktop.done()
    assert [one[3] for one in rows(checking.table.tree)] == ["G16", "G18"]
    desktop.to_office(target)
    hand.key("ctrl+Next", "ctrl+Next")
    for line in waivable(book):
        desktop.cell(f"F{line}")
        desktop.paste("忽略")
        desktop.cell(f"G{line}")
        desktop.paste("本年重点工作")
    desktop.save(target)
    desktop.to_window()
    hand.click(checking.check_button)
    desktop.done()
    assert rows(checking.table.tree) == []
    assert "已忽略 2 项" in str(checking.summary.cget("text"))

    # 关了表，打分，另存一份
    desktop.close(target)
    desktop.to_window()
    scored = tmp_path / "scored.xlsx"
    desktop.answer(str(scored))
    hand.click(checking.score_button)
    hand.key("Down", "Return")
    assert "已保存" in desktop.done()
    assert check(scored)[0].form.total == Decimal(97)

    # 导出完成表和数据
    exported = tmp_path / "export"
    exported.mkdir()
    hand.click(window.buttons["导出"])
    exporting = page(window, ExportingPage)
    desktop.answer(str(scored))
    add = next(one for one in exporting.files.winfo_children() if isinstance(one, ttk.Button))
    hand.click(add)
    for suffix in (".pdf", ".xlsx", ".json"):  # off, on, on
        hand.click(exporting.boxes[suffix])
    hand.click(exporting.folder.entry)
    hand.key("End", "shift+Home")
    desktop.type(str(exported))
    hand.click(exporting.button)
    assert "导出完成" in desktop.done()
    assert sorted(path.suffix for path in exported.iterdir()) == [".json", ".xlsx"]
