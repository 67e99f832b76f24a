"""An empty list of units (空的单位名单) with the heads that fit some templates, for the clerk to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perf_excel.books.units_book import Head, units_book
from perf_excel.forms.spot import Spot
from perf_excel.jobs.sending.list_columns import target_of
from perf_excel.jobs.sending.named_templates import Opened, opened
from perf_excel.sheets.grid import EMPTY
from perf_excel.sheets.writing.skipping import head_spot

NAME = "单位名单.xlsx"
_BUDGET = "年初预算数"
_AROUND = re.compile(r"^.*[:：]|^其中|[(（](?:[0-9]{1,2}|万?元)[)）]")
_UNIT = Head("单位名称", 32, "必填，一行一个单位，写全称")
_CODE = Head("单位编码", 14, "没有的可以不填；有编码的，文件名以编码开头")
_SUPERIOR = Head("上级单位", 24, "要按上级单位分文件夹的，请填写")
_YEAR = Head("年度", 8, "四位年份，如 2025；各行相同的，也可以在下发时统一写明")
_PROJECT = Head("项目名称", 32, "一个项目一行；没有项目的单位，这一格留空")
_CONTACTS = (
    Head("联系人", 12, "只写进下发清单，催报时用"),
    Head("联系电话", 16, "只写进下发清单，催报时用"),
)


def list_to_fill(templates: Sequence[str]) -> bytes:
    """Return an empty list as a workbook.

    Args:
        templates: the templates that are going to be sent, by name.

    Raises:
        UserError: a template cannot be used.
    """
    found = [opened(one) for one in templates]
    project = any(head_spot(one.found.reading, "project") for one in found)
    heads = [
        _UNIT, _CODE, _SUPERIOR, _YEAR, *([_PROJECT] if project else []),
        *(Head(name, 20, "预填到表上；不预填的可以删去这一列") for name in _money(found)),
        *_CONTACTS,
    ]  # fmt: skip
    return units_book(heads)


def _money(templates: Sequence[Opened]) -> list[str]:
    """The heads of the initial budgets, each of a cell of its own on every form that has a place for it."""
    heads: list[str] = []
    taken: set[tuple[str, Spot]] = set()
    for head in (head for one in templates for head in _own_money(one)):
        meant = {
            (one.name, target.spot)
            for one in templates
            if (target := target_of(one.found.reading, head)) is not None
        }
        if not meant & taken:
            heads.append(head)
            taken |= meant
    return heads


def _own_money(template: Opened) -> Iterator[str]:
    """Yield the heads of the initial budgets that a form has a place for and does not compute itself."""
    reading = template.found.reading
    for index, row in enumerate(reading.form.funding):
        spot = Spot("funding", index, "initial")
        place = reading.places.get(spot)
        if place is None or reading.grid.cells.get(place, EMPTY).formula is not None:
            continue
        budget = f"{_BUDGET}（{'万元' if reading.per_wan == 1 else '元'}）"
        total = [] if index else [budget]
        for head in (*total, *(f"{name}：{budget}" for name in (_bare(row.item), row.item))):
            target = target_of(reading, head)
            if target is not None and target.spot == spot:
                yield head
                break


def _bare(item: str) -> str:
    """The name of a source of money without what stands around it: （1）政府预算资金 is 政府预算资金."""
    return _AROUND.sub("", item).strip()
