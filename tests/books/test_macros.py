"""The macro workbook: other programs read what is written here, and LibreOffice runs it."""

from __future__ import annotations

import importlib
import io
import json
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from office import REQUIRED, needs_office

from perf_excel.books.finished import Finish, finished
from perf_excel.books.template import build
from perf_excel.books.vba.button_code import source
from perf_excel.books.vba.button_words import BUTTONS, HOME, TEXTS
from perf_excel.books.vba.compound import compound_file
from perf_excel.books.vba.compression import compress
from perf_excel.books.vba.directory import Module
from perf_excel.books.vba.inject import with_macros
from perf_excel.books.vba.project import obscured, vba_project
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.model import Form
from perf_excel.rules.rulesets.library import ruleset, ruleset_names
from perf_excel.sheets.grid import Edit
from perf_excel.sheets.identity import SHEET

VBA: Any = importlib.import_module("pyopenvba.vba")
CFB: Any = importlib.import_module("pyopenvba.cfb").CFB
"""An independent reader; it has no types."""

RULES = ruleset("henan-department")
PLAIN = build(RULES, RULES.forms[0], Form())
BOOK = with_macros(PLAIN, "表.xlsm", "")
MODULES = ["ThisWorkbook", "Sheet1", "Sheet2", "Sheet3", "perf_excel"]


def part(data: bytes, name: str) -> bytes:
    return Package(data, "表.xlsm").read(name)


# Compression


@pytest.mark.parametrize(
    ("data", "compressed"),
    [
        # The examples of [MS-OVBA] 3.2.1 and 3.2.3.
        (
            b"abcdefghijklmnopqrstuv.",
            "0119b000616263646566676800696a6b6c6d6e6f70007172737475762e",
        ),
        (b"a" * 73, "0103b002614500"),
    ],
)
def test_compresses_as_specified(data: bytes, compressed: str) -> None:
    assert compress(data).hex() == compressed


TEXTS_OF_ALL_KINDS = st.one_of(
    st.binary(min_size=1, max_size=300),
    st.text("ab\r\n", min_size=1, max_size=300).map(str.encode),
    st.tuples(st.binary(min_size=1, max_size=40), st.integers(1, 400)).map(lambda pair: pair[0] * pair[1]),
)


@given(TEXTS_OF_ALL_KINDS)
def test_another_reader_decompresses_it(data: bytes) -> None:
    assert VBA.decompress(compress(data)) == data


def test_what_cannot_be_compressed_is_stored_in_whole_chunks() -> None:
    data = b"".join(number.to_bytes(2, "big") for number in range(2048))
    assert len(data) == 4096
    compressed = compress(data)
    assert compressed[1:3] == b"\xff\x3f"
    assert compressed[3:] == data
    assert VBA.decompress(compressed) == data


# Compound file

STREAMS = st.dictionaries(st.text("abcXYZ_", min_size=1, max_size=31), st.binary(max_size=9000), max_size=9)


@given(STREAMS, STREAMS)
def test_another_reader_finds_every_stream(inner: dict[str, bytes], outer: dict[str, bytes]) -> None:
    # Names that differ in capitals only are one name in a compound file.
    inner = {name.upper(): content for name, content in inner.items()}
    outer = {name.upper(): content for name, content in outer.items()}
    read = CFB.from_bytes(compound_file({"a storage": inner, **outer}))
    assert {name: read.get_stream(name) for name in outer} == outer
    assert set(read.list_streams()) >= set(outer)
    found = read.list_streams_in_storage("a storage")
    assert {name: read.get_stream_in_storage("a storage", name) for name in found} == inner


def test_a_large_stream() -> None:
    content = bytes(range(256)) * 8000  # two megabytes: a table of many sectors
    assert CFB.from_bytes(compound_file({"large": content})).get_stream("large") == content


@pytest.mark.parametrize("tree", [{"n" * 32: b""}, {"large": bytes(8 << 20)}], ids=["name", "size"])
def test_what_a_compound_file_cannot_hold(tree: dict[str, bytes]) -> None:
    with pytest.raises(ValueError, match=r"n{32}|sectors"):
        compound_file(tree)


# Project


@pytest.mark.parametrize(
    ("data", "project", "seed", "written"),
    [
        # As two public workbooks have it, of which one was saved by Excel.
        (bytes(4), "{C812BC5D-3DF7-4BA1-922A-65CF6CDF45FB}", 0x00, "00022A282E282E282E282E"),
        (bytes(1), "{C812BC5D-3DF7-4BA1-922A-65CF6CDF45FB}", 0x00, "00022A2D2B2D2B2D"),
        (b"\xff", "{C812BC5D-3DF7-4BA1-922A-65CF6CDF45FB}", 0x00, "00022A2D2B2D2BD2"),
        (bytes(4), "{7D171A96-F4F8-46CC-8C9E-904B2DA346FF}", 0x91, "919381A785A785A785A785"),
        (b"\xff", "{7D171A96-F4F8-46CC-8C9E-904B2DA346FF}", 0x49, "494B595A5A5A5AA5"),
    ],
)
def test_writes_protection_as_excel_does(data: bytes, project: str, seed: int, written: str) -> None:
    assert obscured(data, project, seed) == written


def test_another_reader_finds_nothing_wrong() -> None:
    file = CFB.from_bytes(part(BOOK, "xl/vbaProject.bin"))
    project = VBA.parse_vba_project(file)
    assert project.validate(file) == []
    assert list(project.module_names()) == MODULES
    assert project.get_module("perf_excel").source.splitlines() == [
        'Attribute VB_Name = "perf_excel"',
        *source().splitlines(),
    ]
    assert "VB_PredeclaredId = True" in project.get_module("Sheet1").source


def test_olevba_reads_the_source(tmp_path: Path) -> None:
    """It warns of its own outdated calls when imported, so it runs by itself."""
    path = tmp_path / "book.xlsm"
    path.write_bytes(BOOK)
    done = subprocess.run(
        [sys.executable, "-m", "oletools.olevba", "--json", path], capture_output=True, check=False
    )
    (found,) = (one for one in json.loads(done.stdout) if one.get("macros"))
    read = {Path(macro["vba_filename"]).stem: macro["code"] for macro in found["macros"]}
    assert set(read) >= {"perf_excel"}
    assert read["perf_excel"].split() == source().split()


def test_source_that_is_not_ascii_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        vba_project([Module("m", "' 注释")])


# Source


def test_source_is_ascii_in_lines_that_vba_can_hold() -> None:
    assert source().isascii()
    assert max(map(len, source().splitlines())) < 1023


def test_all_that_is_said_is_there_in_chinese() -> None:
    said = set(re.findall(r'(?:Tell |Stored\(|words = )"([^"]+)"', source())) - {HOME}
    assert said == set(TEXTS)
    assert all(re.search("[一-鿿]", text) for text in TEXTS.values())


def test_the_identity_sheet_has_the_texts_and_the_place() -> None:
    book = Workbook.from_bytes(with_macros(PLAIN, "表.xlsm", r"D:\程序 & 工具\perf-excel"), "表.xlsm")
    grid = book.grid(SHEET)
    rows = {grid.at(row, 1).value: grid.at(row, 2).value for row in range(1, grid.bottom + 1)}
    assert grid.bottom <= 50, "the macros look no further"
    assert rows.items() >= {**TEXTS, HOME: r"D:\程序 & 工具\perf-excel", "规则集": "henan-department"}.items()


# Workbook


@pytest.mark.parametrize("name", ruleset_names())
def test_a_macro_workbook_is_the_plain_one_with_buttons(name: str) -> None:
    rules = ruleset(name)
    for layout in rules.forms:
        plain = build(rules, layout, Form())
        data = with_macros(plain, "表.xlsm", "")
        before, after = Workbook.from_bytes(plain, "表.xlsx"), Workbook.from_bytes(data, "表.xlsm")
        assert (before.suffix, after.suffix) == (".xlsx", ".xlsm")
        assert before.sheets == after.sheets
        for sheet in set(before.sheets) - {SHEET}:
            assert before.grid(sheet).cells == after.grid(sheet).cells
            assert before.hidden(sheet) == after.hidden(sheet)


def test_code_names_are_those_of_the_modules() -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOK), keep_vba=True)
    assert book.code_name == "ThisWorkbook"
    assert [sheet.sheet_properties.codeName for sheet in book.worksheets] == MODULES[1:-1]


def test_buttons_stand_beside_the_print_area_and_are_not_printed() -> None:
    drawing = etree.fromstring(part(BOOK, "xl/drawings/drawing1.xml"))
    found = [
        (
            "".join(anchor.itertext("{*}t")),
            anchor.find("{*}sp").get("macro"),  # pyright: ignore[reportOptionalMemberAccess]
            int(anchor.findtext("{*}from/{*}col") or -1),
            anchor.find("{*}clientData").get("fPrintsWithSheet"),  # pyright: ignore[reportOptionalMemberAccess]
        )
        for anchor in drawing
    ]
    assert found == [
        ("校验", "[0]!perf_excel.PerfCheck", 10, "0"),
        ("打分", "[0]!perf_excel.PerfScore", 10, "0"),
        ("清除", "[0]!perf_excel.PerfClear", 10, "0"),
        ("增加指标行", "[0]!perf_excel.PerfAddRow", 10, "0"),
    ]
    assert "!$A$1:$J$" in part(BOOK, "xl/workbook.xml").decode(), "K is column 10, counted from 0"


def test_filling_keeps_macros_and_buttons_byte_for_byte() -> None:
    book = Workbook.from_bytes(BOOK, "表.xlsm")
    sheet = book.sheets[0]
    filled = book.fill({sheet: [Edit(3, 4, "某某局")]})
    assert Workbook.from_bytes(filled, "表.xlsm").grid(sheet).at(3, 4).value == "某某局"
    with zipfile.ZipFile(io.BytesIO(BOOK)) as before, zipfile.ZipFile(io.BytesIO(filled)) as after:
        assert before.namelist() == after.namelist()
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["xl/worksheets/sheet1.xml"]


def test_a_finished_form_has_neither_macros_nor_buttons() -> None:
    sheet = Workbook.from_bytes(BOOK, "表.xlsm").sheets[0]
    data = finished(BOOK, "表.xlsm", Finish((sheet,), last_column=10, own=True)).data
    assert Workbook.from_bytes(data, "表.xlsx").suffix == ".xlsx"
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert "xl/vbaProject.bin" not in names
    assert len(etree.fromstring(part(data, "xl/drawings/drawing1.xml"))) == 0


def test_a_picture_on_the_sheet_stays_in_the_finished_form() -> None:
    drawing = part(BOOK, "xl/drawings/drawing1.xml").decode()
    first, _, rest = drawing.partition("<xdr:oneCellAnchor>")
    seal = '<xdr:sp macro=""><xdr:nvSpPr><xdr:cNvPr id="9" name="公章"/></xdr:nvSpPr></xdr:sp>'
    anchor = "xdr:oneCellAnchor"
    drawing = f"{first}<{anchor}>{seal}</{anchor}><{anchor}>{rest}"
    book = Package(BOOK, "表.xlsm").replace({"xl/drawings/drawing1.xml": drawing.encode()})
    sheet = Workbook.from_bytes(book, "表.xlsm").sheets[0]
    data = finished(book, "表.xlsm", Finish((sheet,), last_column=10, own=True)).data
    names = etree.fromstring(part(data, "xl/drawings/drawing1.xml")).xpath("//@name")
    assert names == ["公章"]


def test_a_workbook_with_a_drawing_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="drawing"):
        with_macros(BOOK, "表.xlsm", "")


# LibreOffice

PYTHON = Path("/usr/bin/python3")
"""The system's Python, to which LibreOffice's UNO belongs."""


def probe(book: Path, profile: Path, *procedures: str) -> dict[str, Any]:
    """Open a workbook in LibreOffice and run procedures of it."""
    script = Path(__file__).parent.parent / "macro_probe.py"
    if not PYTHON.exists() or subprocess.run([PYTHON, "-c", "import uno"], check=False).returncode:
        assert not REQUIRED, "python3-uno is missing"
        pytest.skip("needs python3-uno")
    done = subprocess.run(
        [PYTHON, script, book, profile, *procedures], capture_output=True, check=True, timeout=120
    )
    return json.loads(done.stdout)


@needs_office
def test_libreoffice_runs_the_buttons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of the variable is found and called for the workbook, whatever the folder's name."""
    folder = tmp_path / "目录 A&B 100%^"
    folder.mkdir()
    book = folder / "自评 表.xlsm"
    book.write_bytes(with_macros(PLAIN, book.name, r"D:\不在"))
    program = folder / "perf-excel"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$0.$2.part"\nmv "$0.$2.part" "$0.$2"\n', "ascii")
    program.chmod(0o755)
    scripts = [
        f"vnd.sun.star.script:VBAProject.perf_excel.{button.procedure}?language=Basic&location=document"
        for button in BUTTONS
    ]
    english = "No errors were found."
    monkeypatch.setenv(HOME, str(folder))  # what lies beside the workbook would be asked about
    seen = probe(book, tmp_path / "profile", "ProgramFile", f"Stored|{HOME}", f"Stored|{english}", *scripts)
    assert sorted(seen["modules"]) == sorted(MODULES)
    assert seen["buttons"] == [[button.text, script] for button, script in zip(BUTTONS, scripts, strict=True)]
    assert seen["results"][:3] == [str(program), r"D:\不在", TEXTS[english]]
    for button in BUTTONS:
        arguments = Path(f"{program}.{button.command}")
        for _ in range(100):  # the program is started and not waited for
            if arguments.exists():
                break
            time.sleep(0.1)
        assert arguments.read_text("utf-8").splitlines() == ["live", button.command, str(book)]
