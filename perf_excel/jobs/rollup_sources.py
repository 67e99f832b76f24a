"""Where every rolled-up value comes from (来源): each unit's value, and live formulas that add them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from perf_excel.books.listsheet import Colours, Formula, Table
from perf_excel.forms.measure import Day
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.source import Source
from perf_excel.jobs.examination.whereabouts import place_of
from perf_excel.jobs.rollup_files import Returned
from perf_excel.jobs.rollup_formulas import VALUE, WEIGHT, area_of, column, source_formula
from perf_excel.rules.consolidating.contributions import Contribution
from perf_excel.rules.consolidating.joining import METHOD_NAMES, Rolled
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.sheets.grid import EMPTY
from perf_excel.sheets.shown_text import is_percent

SHEET = "来源"
TITLE = "汇总来源"
_WIDTHS = {
    "项目": 26.0, "汇总办法": 15.0, "报送单位": 22.0, "文件": 24.0, "所在表": 13.0, "单元格": 8.0,
    "表上内容": 15.0, "数值": 12.0, "计量": 7.0, "加权金额或分母": 15.0, "说明": 34.0,
}  # fmt: skip
"""The columns from left to right; none is headed as one of a form is."""
HEADS = tuple(_WIDTHS)
_SHOWN = HEADS.index("表上内容")
_SUM = "汇总"
_FIELDS = ("initial", "annual", "executed")
_FIRST_ROW = 5
"""Below the title, two lines and the heads."""
_MOST_ROWS = 25_000
"""Rows on a sheet: with so many this program still reads it (CELL_LIMIT in books/xlsx/sheetxml.py)."""
_HOW = (
    "“汇总”一行的数值是公式，由下面各单位的数值算出；金额为万元，百分比写成 98.5，日期写成 20241231。"
    "点单元格可跳到部门表，左边的加减号可收起各单位。"
)


def source_sheets(
    form: Examined, rolled: Sequence[Rolled], returned: Sequence[Returned], today: date
) -> list[tuple[str, Table]]:
    """Return the sheets by name: for each rolled-up value a row with its formula, and one for each unit.

    One sheet holds what a reader can take in; what is more goes on in 来源2, a value never cut in two. Sheets
    of an earlier roll-up are written over, those that are left of it blank.

    Args:
        form: the department's form, filled and scored.
        rolled: what was made of the units' values.
        returned: the units' forms, in the order in which they were consolidated.
        today: the date to write on the sheets.
    """
    groups = list(_groups(rolled))
    names = _names(form.found.book, len(groups))
    places: dict[Spot, tuple[str, int]] = {}
    for name, group in zip(names, groups, strict=False):
        row = _FIRST_ROW
        for one in group:
            places[one.spot] = name, row
            row += 1 + len(one.given)
    about = (
        f"{form.form.unit or form.found.book.name}，汇总 {len(returned)} 份表；"
        f"规则集：{form.found.rules.id}（{form.found.rules.name}）；汇总日期：{today.isoformat()}。"
    )
    tables: list[tuple[str, Table]] = []
    for number, name in enumerate(names):
        lines = _Lines(form, returned, places, name)
        for one in groups[number] if number < len(groups) else ():
            lines.add(one)
        tables.append((name, lines.table(about)))
    return tables


def _groups(rolled: Sequence[Rolled]) -> Iterator[list[Rolled]]:
    """Cut the values over sheets."""
    group: list[Rolled] = []
    rows = 0
    for one in rolled:
        if group and rows + 1 + len(one.given) > _MOST_ROWS:
            yield group
            group, rows = [], 0
        group.append(one)
        rows += 1 + len(one.given)
    yield group


def _names(book: Source, count: int) -> list[str]:
    """Return names for so many sheets, and of all earlier ones of ours: those first, then free ones."""
    ours = [
        name
        for name in book.sheets
        if name.startswith(SHEET)
        and (grid := book.grid(name)) is not None
        and grid.cells.get((1, 1), EMPTY).value == TITLE
    ]
    used = {name.casefold() for name in book.sheets}
    free = (SHEET, *(f"{SHEET}{number}" for number in range(2, len(used) + count + 2)))
    return [*ours, *[name for name in free if name.casefold() not in used][: max(count - len(ours), 0)]]


class _Lines:
    """The rows as they come, with the cells among them that are counted with."""

    def __init__(
        self,
        form: Examined,
        returned: Sequence[Returned],
        places: Mapping[Spot, tuple[str, int]],
        sheet: str,
    ) -> None:
        """Begin a sheet; ``places`` are the sheets and rows of all values."""
        self._form, self._returned, self._places, self._sheet = form, returned, places, sheet
        self.rows: list[list[str]] = []
        self.links: list[tuple[str, str] | None] = []
        self.figures: dict[tuple[int, int], Decimal | Formula] = {}
        self.below: set[int] = set()

    def table(self, about: str) -> Table:
        """Return what was added as a table."""
        return Table(
            TITLE,
            (about, _HOW if self.rows else "这次汇总没有用到这张表，可以删去。"),
            HEADS,
            tuple(_WIDTHS.values()),
            self.rows,
            HEADS.index("单元格") + 1,
            self.links,
            colours=Colours(HEADS.index("报送单位") + 1, {_SUM: ("1F4E79", "DDEBF7")}, rows=True),
            figures=self.figures,
            below=self.below,
        )

    def add(self, one: Rolled) -> None:
        """Add a rolled-up value and its parts."""
        row = self._places[one.spot][1]
        there = place_of(self._form, one.spot) if one.spot in self._form.found.reading.places else None
        texts = {
            "项目": one.label,
            "汇总办法": METHOD_NAMES[one.method],
            "报送单位": _SUM,
            "所在表": there["sheet"] if there else "",
            "单元格": there["cell"] if there else "",
            "计量": one.unit,
            "说明": "；".join(one.notes),
        }
        self._put(texts, (there["sheet"], there["cell"]) if there else None)
        at = len(self.rows) - 1
        words = _words(one)
        for part in one.given:
            self._part(one, part, words)
        if one.value is None:
            return
        if there:
            self._figure(at, _SHOWN, _reference(self._form, one))
        area = row + 1, row + len(one.given)
        formula = source_formula(one, area, words, self._cells(one), self._form.found.rules)
        self._figure(at, VALUE, Formula(formula, _plain(one.value)))
        if one.method in ("weighted", "ratio"):
            weights = [part.weight for part in one.counted if part.weight is not None]
            self._figure(at, WEIGHT, Formula(f"SUM({area_of(WEIGHT, area)})", sum(weights, Decimal(0))))
        elif one.method == "majority":
            count = sum(words.get(part.part) == one.value for part in one.given)
            counted = f"SUMPRODUCT(--({area_of(VALUE, area)}={column(VALUE)}{row}))"
            self._figure(at, WEIGHT, Formula(counted, Decimal(count)))

    def _part(self, one: Rolled, part: Contribution, words: Mapping[int, str]) -> None:
        unit = self._returned[part.part]
        sheet, cell = unit.places.get(part.spot, ("", "")) if part.spot else ("", "")
        texts = {
            "项目": one.label,
            "报送单位": unit.part.name,
            "文件": unit.file.name,
            "所在表": sheet,
            "单元格": cell,
            "表上内容": part.text,
            "计量": one.unit if part.value is not None and one.method != "ratio" else "",
            "说明": part.note,
        }
        self._put(texts, None)
        at = len(self.rows) - 1
        self.below.add(at)
        if part.part in words:
            self.rows[at][VALUE] = words[part.part]
        elif part.value is not None:
            self._figure(at, VALUE, _plain(part.value))
        if part.value is not None and part.weight is not None:
            self._figure(at, WEIGHT, part.weight)

    def _put(self, texts: Mapping[str, str], link: tuple[str, str] | None) -> None:
        self.rows.append([texts.get(head, "") for head in HEADS])
        self.links.append(link)

    def _figure(self, at: int, column: int, figure: Decimal | Formula | str) -> None:
        value = figure.result if isinstance(figure, Formula) else figure
        self.rows[at][column] = shown(value) if isinstance(value, Decimal) else value
        if not isinstance(figure, str):
            self.figures[at, column] = figure

    def _cells(self, one: Rolled) -> dict[str, str]:
        """The cells of the budget's total, by field, that a derived rate is made of, where there are any."""
        form = self._form.form
        if one.method != "derived":
            return {}
        lines = [0] if form.totalled else range(len(form.funding))
        spots = {field: [Spot("funding", line, field) for line in lines] for field in _FIELDS}
        cells = {
            field: [self._cell(*self._places[spot]) for spot in some if spot in self._places]
            for field, some in spots.items()
        }
        return {
            field: f"({'+'.join(some)})" if len(some) > 1 else some[0]
            for field, some in cells.items()
            if some
        }

    def _cell(self, sheet: str, row: int) -> str:
        """The value of a row, on this sheet or another one."""
        return f"{'' if sheet == self._sheet else _quoted(sheet)}{column(VALUE)}{row}"


def _words(one: Rolled) -> dict[int, str]:
    """What units gave in words, by their numbers: those that say the same are spelled as the result is."""
    given = {part.part: part.value for part in one.given if isinstance(part.value, str)}
    if not isinstance(one.value, str):
        return given
    return {index: one.value if plain(text) == plain(one.value) else text for index, text in given.items()}


def _reference(form: Examined, one: Rolled) -> Formula:
    """A formula that shows what the department's form says there, now and later."""
    reading = form.found.reading
    place = reading.place(one.spot)
    sheet, cell = place_of(form, one.spot).values()
    target = f"{_quoted(sheet)}{cell}"
    there = reading.grid.own(place)
    if isinstance(there.value, Decimal):
        if is_percent(there.format):
            return Formula(f'TEXT({target},"0.00%")', f"{there.value * 100:.2f}%")
        return Formula(target, there.value)
    return Formula(target, str(there.value) if there.value is not None else "")


def _quoted(sheet: str) -> str:
    """Return a sheet's name as a formula begins with it: '来源'!."""
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!"


def _plain(value: Decimal | Day | str) -> Decimal | str:
    if isinstance(value, Day):
        return Decimal(10_000 * value.year + 100 * value.month + value.day)
    return value
