"""Where every rolled-up value comes from (来源): each unit's value, and live formulas that add them up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from perf_excel.books.listsheet import HEAD_ROW, Colours, Formula, Table
from perf_excel.forms.measure import Day
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.source import Source
from perf_excel.jobs.examination.whereabouts import place_of
from perf_excel.jobs.rollup_files import Returned
from perf_excel.rules.checks.derived import ADJUSTED, CARRIED_OVER
from perf_excel.rules.consolidating.contributions import Contribution
from perf_excel.rules.consolidating.joining import METHOD_NAMES, Rolled
from perf_excel.rules.rulesets.parameters import RuleSet
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
_VALUE, _WEIGHT, _SHOWN = HEADS.index("数值"), HEADS.index("加权金额或分母"), HEADS.index("表上内容")
_SUM = "汇总"
_HOW = (
    "“汇总”一行的数值是公式，由下面各单位的数值算出；金额为万元，百分比写成 98.5，日期写成 20241231。"
    "点单元格可跳到部门表，左边的加减号可收起各单位。"
)


def sheet_name(book: Source) -> str:
    """Return the name that the sheet gets: that of an earlier one of ours, else one that is free."""
    for name in book.sheets:
        grid = book.grid(name) if name.startswith(SHEET) else None
        if grid and grid.cells.get((1, 1), EMPTY).value == TITLE:
            return name
    used = {name.casefold() for name in book.sheets}
    free = (SHEET, *(f"{SHEET}{number}" for number in range(2, len(used) + 3)))
    return next(name for name in free if name.casefold() not in used)


def source_table(
    form: Examined, rolled: Sequence[Rolled], returned: Sequence[Returned], today: date
) -> Table:
    """Return the sheet's content: for each rolled-up value a row with its formula, and one for each unit.

    Args:
        form: the department's form, filled and scored.
        rolled: what was made of the units' values.
        returned: the units' forms, in the order in which they were consolidated.
        today: the date to write on the sheet.
    """
    lines = _Lines(form, returned, {one.spot: at for at, one in enumerate(rolled)})
    firsts: dict[int, int] = {}
    row = HEAD_ROW + 1
    for at, one in enumerate(rolled):
        firsts[at] = row
        row += 1 + len(one.given)
    for at, one in enumerate(rolled):
        lines.add(one, firsts[at], firsts)
    about = f"{form.form.unit or form.found.book.name}，汇总 {len(returned)} 份表；"
    rules = f"规则集：{form.found.rules.id}（{form.found.rules.name}）；汇总日期：{today.isoformat()}。"
    return Table(
        TITLE,
        (about + rules, _HOW),
        HEADS,
        tuple(_WIDTHS.values()),
        lines.rows,
        HEADS.index("单元格") + 1,
        lines.links,
        colours=Colours(HEADS.index("报送单位") + 1, {_SUM: ("1F4E79", "DDEBF7")}, rows=True),
        figures=lines.figures,
        below=lines.below,
    )


class _Lines:
    """The rows as they come, with the cells among them that are counted with."""

    def __init__(self, form: Examined, returned: Sequence[Returned], numbers: Mapping[Spot, int]) -> None:
        self._form, self._returned, self._numbers = form, returned, numbers
        self.rows: list[list[str]] = []
        self.links: list[tuple[str, str] | None] = []
        self.figures: dict[tuple[int, int], Decimal | Formula] = {}
        self.below: set[int] = set()

    def add(self, one: Rolled, row: int, rows: Mapping[int, int]) -> None:
        """Add a rolled-up value, whose own row is given, and its parts; ``rows`` are those of all values."""
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
        if there and one.value is not None:
            self._figure(at, _SHOWN, _reference(self._form, one))
        words = _words(one)
        for part in one.given:
            self._part(one, part, words)
        area = row + 1, row + len(one.given)
        if one.value is not None:
            formula = _formula(one, area, words, self._cells(one, rows), self._form.found.rules)
            if formula:
                self._figure(at, _VALUE, Formula(formula, _plain(one.value)))
        if one.method in ("weighted", "ratio") and one.given:
            weights = [part.weight for part in one.given if part.weight is not None]
            total = sum(weights, Decimal(0))
            self._figure(at, _WEIGHT, Formula(f"SUM({_area(_WEIGHT, area)})", total))
        elif one.method == "majority" and isinstance(one.value, str):
            count = sum(words.get(part.part) == one.value for part in one.given)
            first = f"{_column(_VALUE)}{row}"
            counted = f"SUMPRODUCT(--({_area(_VALUE, area)}={first}))"
            self._figure(at, _WEIGHT, Formula(counted, Decimal(count)))

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
            self.rows[at][_VALUE] = words[part.part]
        elif part.value is not None:
            self._figure(at, _VALUE, _plain(part.value))
        if part.value is not None and part.weight is not None:
            self._figure(at, _WEIGHT, part.weight)

    def _put(self, texts: Mapping[str, str], link: tuple[str, str] | None) -> None:
        self.rows.append([texts.get(head, "") for head in HEADS])
        self.links.append(link)

    def _figure(self, at: int, column: int, figure: Decimal | Formula | str) -> None:
        value = figure.result if isinstance(figure, Formula) else figure
        self.rows[at][column] = shown(value) if isinstance(value, Decimal) else value
        if not isinstance(figure, str):
            self.figures[at, column] = figure

    def _cells(self, one: Rolled, rows: Mapping[int, int]) -> dict[str, str]:
        """The cells of the budget's total, by field, that a derived rate is worked out from."""
        form = self._form.form
        if one.method != "derived" or not form.funding:
            return {}
        lines = [0] if form.totalled else range(len(form.funding))
        cells: dict[str, str] = {}
        for field in ("initial", "annual", "executed"):
            spots = [Spot("funding", line, field) for line in lines]
            there = [
                f"{_column(_VALUE)}{rows[self._numbers[spot]]}" for spot in spots if spot in self._numbers
            ]
            cells[field] = f"({'+'.join(there)})" if len(there) > 1 else "".join(there)
        return cells


def _formula(
    one: Rolled, area: tuple[int, int], words: Mapping[int, str], cells: Mapping[str, str], rules: RuleSet
) -> str:
    """The formula that gives a value from its parts, without the equals sign; empty where none does."""
    digits = rules.consolidation.decimals
    values, weights = _area(_VALUE, area), _area(_WEIGHT, area)
    if one.method == "derived":
        base = cells["initial" if rules.budget.base == "initial" else "annual"]
        share = f"{cells['executed']}/{base}"
        if plain(one.label) in ADJUSTED:
            share = f"ABS({cells['annual']}-{cells['initial']})/{cells['initial']}"
        elif plain(one.label) in CARRIED_OVER:
            share = f"({cells['annual']}-{cells['executed']})/{cells['annual']}"
        return f"ROUND({share}*100,{digits})"
    if one.method == "majority":
        same = (at for at, part in enumerate(one.given) if words.get(part.part) == one.value)
        return f"{_column(_VALUE)}{area[0] + next(same)}"
    return {
        "sum": f"SUM({values})",
        "max": f"MAX({values})",
        "min": f"MIN({values})",
        "latest": f"MAX({values})",
        "mean": f"ROUND(AVERAGE({values}),{digits})",
        "weighted": f"ROUND(SUMPRODUCT({values},{weights})/SUM({weights}),{digits})",
        "ratio": f"ROUND(SUM({values})/SUM({weights})*100,{digits})",
    }.get(one.method, "")


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
    target = f"'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}"
    there = reading.grid.own(place)
    if isinstance(there.value, Decimal):
        if is_percent(there.format):
            return Formula(f'TEXT({target},"0.00%")', f"{there.value * 100:.2f}%")
        return Formula(target, there.value)
    return Formula(target, str(there.value) if there.value is not None else "")


def _plain(value: Decimal | Day | str) -> Decimal | str:
    if isinstance(value, Day):
        return Decimal(10_000 * value.year + 100 * value.month + value.day)
    return value


def _column(index: int) -> str:
    return chr(ord("A") + index)


def _area(column: int, rows: tuple[int, int]) -> str:
    return f"{_column(column)}{rows[0]}:{_column(column)}{rows[1]}"
