"""The command line in odd surroundings: names from anybody, patterns, no home, digits of other scripts."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from test_bad_input import GOOD

import perf_excel
from perf_excel.faces.cli import run
from perf_excel.faces.speaking import harmless
from perf_excel.rules.rulesets.library import ruleset_names

HERE = str(Path(perf_excel.__file__).parents[1])
not_windows = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "好.xlsx").write_bytes(GOOD)
    return tmp_path


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "perf_excel", *arguments],
        capture_output=True,
        check=False,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "PYTHONPATH": HERE, **environment},
    )


# --- what reaches a terminal --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\x1b[2J乙", "甲\\x1b[2J乙"),
        ("\x9b31m", "\\x9b31m"),
        ("\x07\x08\x7f", "\\x07\\x08\\x7f"),
        ("甲\r乙", "甲\\x0d乙"),
        ("甲\u202e乙", "甲\\u202e乙"),
        ("两\r\n行\t表", "两\r\n行\t表"),
    ],
)
def test_what_a_terminal_acts_on_is_spelled_out(text: str, shown: str) -> None:
    assert harmless(text) == shown


@not_windows
def test_nothing_of_a_workbook_acts_on_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    book.save(folder / "x\x1b]0;y\x07\x9b.xlsx")
    for command in (["check"], ["score"], ["check", "--json"], ["export", "-o", "出.pptx"]):
        run([command[0], str(folder / "x\x1b]0;y\x07\x9b.xlsx"), *command[1:]])
        out, error = capsys.readouterr()
        assert not {character for character in out + error if not character.isprintable()} - {"\n"}


# --- names and patterns -------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", ["***.xlsx", "**", "*.xlsx", "?.xlsx", "*"])
def test_patterns_find_what_is_there(pattern: str) -> None:
    assert run(["check", pattern]) == 0


def test_a_pattern_that_means_nothing_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "***.xlsm"]) == 2
    assert "找不到该文件" in capsys.readouterr().err


def test_a_pattern_knows_no_brackets_and_no_lock_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "好[1].xlsx").write_bytes(GOOD)
    (folder / "~$好2.xlsx").write_bytes(b"owner")
    (folder / ".~lock.好3.xlsx#").write_bytes(b"owner")
    assert run(["check", "*好[1]*"]) == 0
    assert "好[1].xlsx：" in capsys.readouterr().out
    assert run(["check", "*.xlsx"]) == 0
    assert "~$" not in "".join(capsys.readouterr())


@not_windows
def test_a_name_that_is_no_utf8_is_in_the_json() -> None:
    name = b"\xff\xfe.xlsx"
    Path(os.fsdecode(name)).write_bytes(GOOD)
    for command in ("check", "score"):
        done = program(command, os.fsdecode(name), "--json")
        assert done.returncode == 0, done.stderr.decode()
        said = json.loads(done.stdout)
        named = said["files"][0]["file"] if command == "check" else said["file"]
        assert os.fsencode(named) == name
    assert program("check", os.fsdecode(name)).returncode == 0


@pytest.mark.parametrize("year", ["٢٠٢٢", "20٢٢", "２０２２", "202२"])
def test_a_year_is_written_in_usual_digits(folder: Path, year: str) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["new", "--rules", "national-2020", "--year", year, "-o", "新.xlsx"])
    assert ended.value.code == 2
    assert not (folder / "新.xlsx").exists()


# --- one file under two names -------------------------------------------------------------------------------


@not_windows
@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_the_input_under_another_name_is_the_input(
    folder: Path, link: object, capsys: pytest.CaptureFixture[str]
) -> None:
    (os.link if link is os.link else os.symlink)(folder / "好.xlsx", folder / "另.xlsx")
    assert run(["score", "好.xlsx", "-o", "另.xlsx"]) == 2
    assert "目标就是输入文件" in capsys.readouterr().err
    assert (folder / "好.xlsx").read_bytes() == GOOD


def test_the_declaration_is_an_input_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "申报.xlsx").write_bytes(GOOD)
    assert run(["check", "好.xlsx", "--against", "申报.xlsx", "-o", "申报.xlsx"]) == 2
    assert "目标就是输入文件" in capsys.readouterr().err
    assert (folder / "申报.xlsx").read_bytes() == GOOD


@not_windows
@pytest.mark.parametrize(
    "command", [["score", "好.xlsx", "--rules", "管.toml"], ["rulesets", "show", "管.toml"]]
)
def test_a_pipe_is_no_rule_set(folder: Path, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    os.mkfifo(folder / "管.toml")
    assert run(command) == 2
    assert "管.toml：无法读取这个规则集文件" in capsys.readouterr().err


# --- no home, no arguments ----------------------------------------------------------------------------------


def homeless() -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_without_a_home_everything_but_templates_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Path, "home", homeless)
    for name in ("HOME", "USERPROFILE", "APPDATA", "XDG_DATA_HOME", "PERF_EXCEL_DATA"):
        monkeypatch.delenv(name, raising=False)
    assert run(["check", "好.xlsx"]) == 0
    assert run(["adopt", "--list"]) == 0
    assert run(["new", "--rules", "national-2020", "--macros", "-o", "新.xlsm"]) == 0
    capsys.readouterr()
    assert run(["adopt", "好.xlsx", "--name", "甲"]) == 2
    assert "HOME" in capsys.readouterr().err


def test_the_program_alone_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    out, error = capsys.readouterr()
    assert "用法：" in out
    assert "check" in out
    assert error == ""


def test_a_rule_set_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rulesets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(ruleset_names())
    assert "依据：由公开表推断 5 条、" in next(line for line in lines if line.startswith("henan"))
