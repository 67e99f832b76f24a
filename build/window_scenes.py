"""What the pictures of the window show (窗口里的内容): each page in the midst of real work on real forms.

Everything lies in the current folder, so that no path of this computer is in a picture.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pictures import RULES, with_mistakes

from perf_excel.books.opening import open_book
from perf_excel.faces.window import settings
from perf_excel.faces.window.app import Window
from perf_excel.faces.window.page import Page
from perf_excel.faces.window.steps.checking import CheckingPage
from perf_excel.faces.window.steps.collecting_page import CollectingPage
from perf_excel.faces.window.steps.exporting import ExportingPage
from perf_excel.faces.window.steps.filling import FillingPage
from perf_excel.faces.window.steps.forms_page import FormsPage
from perf_excel.faces.window.steps.report_page import ReportPage
from perf_excel.faces.window.steps.sending_page import SendingPage
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form
from perf_excel.jobs import demo
from perf_excel.jobs.distribute import LIST
from perf_excel.jobs.examination import shelf
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.fill import fill
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset

UNIT, YEAR = "某某区信访局", 2022
OURS, LAST, SENT, BACK, EXPORTED = (
    Path(f"{UNIT}-2022-自评表.xlsx"), Path(f"{UNIT}-2021-自评表.xlsx"), Path("下发2022"), Path("收回2022"),
    Path("完成表2022"),
)  # fmt: skip
LISTED = Path("单位名单.csv")
UNITS = ("甲街道办事处", "乙街道办事处", "丙镇人民政府", "丁镇人民政府", "戊镇人民政府", "己镇人民政府")

PATIENCE = 600.0
"""Seconds that a page may work."""

P = TypeVar("P", bound=Page)
Live = Callable[[], None]
"""Lets the window live until it has nothing to do."""


def go_to_work(place: Path, name: str) -> Form:
    """Make a folder with the clerk's forms the current one, and return the form that they are made of.

    What the program keeps for its user lies beside the folder.
    """
    published = demo.published(RULES, "示例.json").form
    os.environ[settings.PLACE] = str(place / "settings")
    os.environ[shelf.FOLDER] = str(place / "templates")
    folder = place / name
    folder.mkdir()
    os.chdir(folder)
    _prepare(published)
    return published


def _prepare(published: Form) -> None:
    """Write the forms that the clerk of the pictures has: this year's with mistakes, last year's, a list."""
    for path, form, year in ((OURS, with_mistakes(published), YEAR), (LAST, published, YEAR - 1)):
        data = replace(form, unit=UNIT, year=year)
        path.write_bytes(make(Order(ruleset(RULES), data=data), path).data)
    lines = [f"{unit},{101 + place},{YEAR},{UNIT}" for place, unit in enumerate(UNITS)]
    LISTED.write_text("\n".join(["单位名称,单位编码,年度,上级单位", *lines]), encoding="utf-8")
    EXPORTED.mkdir()


def live(window: Window) -> None:
    """Let the window work until it has nothing to do, and draw itself."""
    end = time.monotonic() + PATIENCE
    while window.work.busy and time.monotonic() < end:
        window.root.update()
        time.sleep(0.02)
    for _ in range(20):
        window.root.update()
        time.sleep(0.02)


def scenes(window: Window, published: Form, live: Live) -> Mapping[str, Callable[[], None]]:
    """Return what fills each page before its picture is taken, by its title, in the order to do it."""
    return {
        "校验打分": lambda: _checking(window, live),
        "表样": lambda: _forms(window),
        "新建与填报": lambda: _filling(window, live),
        "导出": lambda: _exporting(window, live),
        "下发": lambda: _sending(window, live),
        "收表汇总": lambda: _collecting(window, published, live),
        "报告与核对": lambda: _reporting(window, live),
        "开始": lambda: _start(window),
        "帮助": lambda: window.go("帮助", []),
    }


def _page(window: Window, title: str, kind: type[P]) -> P:
    window.go(title, [])
    return next(page for page in window.pages.values() if isinstance(page, kind))


def _checking(window: Window, live: Live) -> None:
    page = _page(window, "校验打分", CheckingPage)
    page.take([OURS])
    live()
    page.table.table.choose(1)


def _forms(window: Window) -> None:
    window.desk.remember(rules=RULES, unit=UNIT, year=str(YEAR), welcomed="2022-01-04")
    _page(window, "表样", FormsPage)


def _filling(window: Window, live: Live) -> None:
    page = _page(window, "新建与填报", FillingPage)
    page.new.source.put(LAST)
    live()
    page.new.target.put(Path(f"{UNIT}-2022-部门整体自评表.xlsx"))
    page.new.make()
    live()


def _exporting(window: Window, live: Live) -> None:
    page = _page(window, "导出", ExportingPage)
    page.files.add([OURS, LAST])
    page.formats[".xlsx"].set(True)
    page.folder.put(EXPORTED)
    page.export()
    live()


def _sending(window: Window, live: Live) -> None:
    page = _page(window, "下发", SendingPage)
    page.units.put(LISTED)
    page.target.put(SENT)
    page.send_out()
    live()


def _collecting(window: Window, published: Form, live: Live) -> None:
    """Most have answered: one form as it should be, some with points missing, one that cannot be read."""
    BACK.mkdir()
    for place, path in enumerate(sorted(SENT.glob("*.xlsx"))):
        if path.name == LIST or place > len(UNITS) - 2:
            continue
        found = find(open_book(path))
        rows = [
            replace(row, actual=parse("60%")) if place and number % 5 == place and row.target.percent else row
            for number, row in enumerate(published.indicators)
        ]
        answer = replace(published, unit=found.reading.form.unit, year=YEAR, indicators=tuple(rows))
        (BACK / path.name).write_bytes(fill(found, answer).data)
    (BACK / "说明.xlsx").write_bytes(b"PK\x03\x04 cut off")
    page = _page(window, "收表汇总", CollectingPage)
    page.take([BACK])
    page.expect.put(SENT / LIST)
    page.target.put(Path("汇总2022.xlsx"))
    page.collect()
    live()


def _reporting(window: Window, live: Live) -> None:
    page = _page(window, "报告与核对", ReportPage)
    page.files.add([OURS])
    page.target.put(Path(f"{UNIT}-2022-自评报告.docx"))
    page.write()
    live()


def _start(window: Window) -> None:
    recent = tuple(map(str, (OURS, Path("汇总2022.xlsx"), LAST, EXPORTED / f"{OURS.stem}（完成表）.xlsx")))
    window.desk.remember(recent=recent)
    window.go("开始", [])
