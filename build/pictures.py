"""Make the pictures of the documentation (文档图片): docs/pictures/*.png, from what the program writes.

Needs LibreOffice, and pdftoppm of poppler.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from perf_excel.books.pdf import convert
from perf_excel.books.xlsx.package import Package
from perf_excel.forms.measure import NOTHING, parse
from perf_excel.forms.model import Form, Indicator
from perf_excel.jobs import demo
from perf_excel.jobs.examination.examining import Examined, examine
from perf_excel.jobs.examination.outcome_edits import edits_of
from perf_excel.jobs.export import export
from perf_excel.jobs.new import Order, make
from perf_excel.office import Settings
from perf_excel.rules.rulesets.library import ruleset

RULES = "henan-department"
DECLARATION = "zhengzhou-declaration"
PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LARGEST = 200_000
"""Bytes: a picture in the repository stays small."""

CALCULATE: Settings = {("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode"): "0"}
"""LibreOffice calculates the hints, as it does when a person fills in the form."""

NARROW = {4: 17, 5: 10.5, 6: 10.5, 10: 10.5, 11: 33}
"""Widths of names, values, reasons and hints in the picture that is looked at closely, by column."""

BOOK, FORM = "xl/workbook.xml", "xl/worksheets/sheet1.xml"


def main() -> int:
    """Make every picture, and say how large it is; 1 where one is too large."""
    if shutil.which("pdftoppm") is None:
        print("没有找到 pdftoppm，请安装 poppler-utils。", file=sys.stderr)
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    published = demo.published(RULES, "示例.json").form
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        marked = with_marks(filled_in(with_mistakes(published), folder))
        done = export(filled_in(published, folder), folder / "完成表.pdf").data
        made = [
            picture(printed(on_screen(marked), folder), PICTURES / "填报界面.png", 84, (40, 50, 1310, 860)),
            picture(printed(close_up(marked), folder), PICTURES / "校验提示.png", 98, (70, 54, 1006, 420)),
            picture(done, PICTURES / "完成表.png", 82, (30, 40, 940, 560)),
            *(picture(pdf, PICTURES / name, 82, (30, 40, *ends)) for name, pdf, ends in forms(folder)),
        ]
    for path in made:
        print(f"已生成 {path.name}：{path.stat().st_size / 1000:.0f} KB")
    return int(any(path.stat().st_size > LARGEST for path in made))


def with_mistakes(form: Form) -> Form:
    """Return the form with what clerks really do: a sign copied, a value and a reason left out."""
    return replace(form, indicators=tuple(map(_mistaken, form.indicators)))


def _mistaken(row: Indicator) -> Indicator:
    if row.level3 == "专项资金细化率":
        return replace(row, actual=parse("≥100%"))
    if row.level3 == "预算执行率":
        return replace(row, reason="无")
    if row.level3 == "预算编制完整性":
        return replace(row, actual=NOTHING)
    return row


def forms(folder: Path) -> Iterator[tuple[str, bytes, tuple[int, int]]]:
    """Yield the pictures of other forms: their name, their PDF, and where the picture ends."""
    data = demo.published(DECLARATION, "示例.json").form
    for name, order, ends in (
        ("申报表.png", Order(ruleset(DECLARATION), data=data), (625, 900)),
        ("项目绩效目标表.png", Order(ruleset(DECLARATION), "支出项目绩效目标表"), (625, 900)),
        ("分级评价标准.png", Order(ruleset("hebei-luquan-department")), (940, 480)),
    ):
        path = folder / "表.xlsx"
        path.write_bytes(make(order, path).data)
        yield name, export(examine(path), folder / "表.pdf").data, ends


def filled_in(form: Form, folder: Path) -> Examined:
    """Return a new workbook with the form in it, as ``new --data`` makes it."""
    path = folder / "自评表.xlsx"
    path.write_bytes(make(Order(ruleset(RULES), data=form), path).data)
    return examine(path)


def with_marks(examined: Examined) -> bytes:
    """Return the workbook with its scores and 校验提示 written into it, as ``score -o`` does."""
    found = examined.found
    return found.book.editable().fill({found.reading.grid.sheet: edits_of(examined)})


def on_screen(data: bytes) -> bytes:
    """Return a copy that prints all columns people see on the screen, on a wide page, and nothing else."""
    package = Package(data, "自评表.xlsx")
    book, form = package.read(BOOK).decode(), package.read(FORM).decode()
    book = re.sub(r"(\$A\$1:)\$[A-Z]+\$", r"\1$N$", book)
    book = re.sub(r'(sheetId="2" state=)"visible"', r'\1"hidden"', book)
    form = re.sub(r'orientation="\w+" paperSize="9"', 'orientation="landscape" paperSize="8"', form)
    form = re.sub(r"<(odd|even|first)Footer>.*?</\1Footer>", "", form)
    return package.replace({BOOK: book.encode(), FORM: form.encode()})


def close_up(data: bytes) -> bytes:
    """Return a copy that prints the rows with mistakes and what is said of them, narrow enough to be read."""
    package = Package(data, "自评表.xlsx")
    book, form = package.read(BOOK).decode(), package.read(FORM).decode()
    book = re.sub(r"<definedName [^>]*Print_Titles.*?</definedName>", "", book)
    book = re.sub(r"\$A\$1:\$[A-Z]+\$\d+", "$D$15:$K$23", book)
    for column, width in NARROW.items():
        form = re.sub(rf'width="[\d.]+"( customWidth="1" min="{column}")', rf'width="{width}"\1', form)
    for rows, height in (("15", 32), ("20|21|22|23", 42)):
        form = re.sub(rf'(<row r="(?:{rows})" ht=)"[\d.]+"', rf'\1"{height}"', form)
    form = re.sub(r"<(odd|even|first)Footer>.*?</\1Footer>", "", form)
    return package.replace({BOOK: book.encode(), FORM: form.replace('"portrait"', '"landscape"').encode()})


def printed(data: bytes, folder: Path) -> bytes:
    """Return a workbook as PDF, calculated anew."""
    source = folder / "screen.xlsx"
    source.write_bytes(data)
    return convert([source], "pdf", folder, name=source.name, settings=CALCULATE)[0].read_bytes()


def picture(pdf: bytes, target: Path, dots: int, crop: tuple[int, int, int, int]) -> Path:
    """Draw the first page of a PDF as PNG, so many dots to the inch, without its margins."""
    command = ["pdftoppm", "-png", "-r", str(dots), "-singlefile"]
    for option, pixels in zip(("-x", "-y", "-W", "-H"), crop, strict=True):
        command += [option, str(pixels)]
    subprocess.run([*command, "-", str(target.with_suffix(""))], input=pdf, check=True)
    return target


if __name__ == "__main__":
    sys.exit(main())
