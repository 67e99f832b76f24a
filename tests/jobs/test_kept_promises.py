"""What a written copy is: of the content type that its ending promises, and honest about its signature."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from bulky import Kind, made
from finished_kinds import KINDS

from perf_excel.faces.cli import run

PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
MACRO_TEMPLATE = "application/vnd.ms-excel.template.macroEnabled.main+xml"

WRITING = (("fill", "--data", "数据.json"), ("score",), ("check",))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("数据.json").write_text(json.dumps({"unit": "某局", "total": 100}), encoding="utf-8")
    return tmp_path


def written(command: tuple[str, ...], source: str, target: str) -> int:
    name, *options = command
    return run([name, source, *options, "-o", target])


def main_type(path: str) -> str:
    with zipfile.ZipFile(io.BytesIO(Path(path).read_bytes())) as package:
        types = package.read("[Content_Types].xml").decode()
    return types.partition('PartName="/xl/workbook.xml" ContentType="')[2].partition('"')[0]


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("source", "type_", "target", "expected"),
    [
        ("表.xlsx", PLAIN, "出.xlsx", PLAIN),
        ("表.xltx", TEMPLATE, "出.xlsx", PLAIN),
        ("表.xlsx", TEMPLATE, "出.xlsx", PLAIN),
        ("表.xlsm", MACROS, "出.xlsm", MACROS),
        ("表.xltm", MACRO_TEMPLATE, "出.xlsm", MACROS),
    ],
)
def test_a_copy_is_of_the_type_that_its_ending_promises(
    command: tuple[str, ...], source: str, type_: str, target: str, expected: str
) -> None:
    Path(source).write_bytes(made(replace(KINDS["macros"] if "macro" in type_ else Kind(), main=type_)))
    assert written(command, source, target) in {0, 1}
    assert main_type(target) == expected


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("type_", "target"), [(PLAIN, "出.xlsm"), (MACROS, "出.xlsx"), (TEMPLATE, "出.xltx")]
)
def test_an_ending_that_does_not_fit_is_refused(
    command: tuple[str, ...], type_: str, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("表.xlsx").write_bytes(made(Kind(main=type_)))
    assert written(command, "表.xlsx", target) == 2
    assert not Path(target).exists()
    assert target in capsys.readouterr().err


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
@pytest.mark.parametrize("signed", [True, False])
def test_that_a_signature_no_longer_holds_is_said(
    command: tuple[str, ...], *, signed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("表.xlsx").write_bytes(made(KINDS["a digital signature"] if signed else Kind()))
    assert written(command, "表.xlsx", "出.xlsx") in {0, 1}
    assert ("签名不再有效" in capsys.readouterr().out) == signed
