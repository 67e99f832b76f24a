"""The command line in bad surroundings: one Chinese sentence, exit code 2, nothing harmed."""

from __future__ import annotations

import errno
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
import pytest
from office import converted, needs_office
from typed import Typing, type_into, typed
from workbooks import workbook

from perf_excel.books.temporary import Temporary
from perf_excel.faces.cli import run
from perf_excel.forms.data import load_form
from perf_excel.forms.data_writing import data_of
from perf_excel.rules.rulesets.library import templates_folder

EXAMPLE = templates_folder() / "henan-department" / "示例.json"
FORM = replace(load_form(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name), tasks=())
DATA = data_of(FORM)
GOOD = typed(FORM)
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEMORY = 500
"""Megabytes that no file may make the program take."""

COMMANDS: dict[str, Callable[[str], list[str]]] = {
    "check": lambda book: ["check", book],
    "score": lambda book: ["score", book, "-o", "出.xlsx"],
    "export": lambda book: ["export", book, "-o", "出.xlsx"],
    "fill": lambda book: ["fill", book, "--data", "数据.json", "-o", "出.xlsx"],
}
every_command = pytest.mark.parametrize("command", COMMANDS)
writing = pytest.mark.parametrize("command", [name for name in COMMANDS if name != "check"])
not_windows = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a clerk's to work in, with a good form and its data."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "好.xlsx").write_bytes(GOOD)
    (tmp_path / "数据.json").write_text(json.dumps(DATA), encoding="utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def assert_one_sentence(error: str, *parts: str) -> None:
    """The whole of stderr is one Chinese sentence that holds these parts."""
    assert error.startswith("perf-excel：")
    assert error.endswith("。\n")
    assert error.count("\n") == error.count("。") == 1
    assert "Traceback" not in error
    assert len(re.findall("[一-鿿]", error)) > 5
    for part in parts:
        assert part in error


class Refused:
    """Runs a command that has to be refused: exit code 2, one sentence, every file as it was."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._capsys = capsys

    def __call__(self, arguments: Sequence[str], *parts: str) -> None:
        before = contents(self._folder)
        self._capsys.readouterr()
        assert run(arguments) == 2
        out, error = self._capsys.readouterr()
        assert out == ""
        assert_one_sentence(error, *parts)
        assert contents(self._folder) == before


@pytest.fixture
def refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    return Refused(folder, capsys)


# --- files that are no usable workbook ----------------------------------------------------------------------


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def changed(part: str, change: Callable[[str], str], book: bytes = GOOD) -> bytes:
    """A workbook with one part changed."""
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return zipped({**parts, part: change(parts[part].decode())})


def with_head(head: str) -> Callable[[str], str]:
    """A change that puts something in front of a part's root element."""
    return lambda xml: re.sub(r"(<\?xml.*?\?>)?", lambda found: found[0] + head, xml, count=1)


def after(text: str, more: str) -> Callable[[str], str]:
    """A change that puts more behind some text of a part."""
    return lambda xml: xml.replace(text, text + more, 1)


def book_of(*forms: tuple[str, Sequence[Typing]]) -> bytes:
    """A workbook of sheets, each with a form typed in each of some ways."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, ways in forms:
        sheet = book.create_sheet(name)
        for how in ways:
            type_into(sheet, FORM, how)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_cell(address: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    book.worksheets[0][address] = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shared() -> bytes:
    """A workbook with a shared string."""
    return workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings="<si><t>甲</t></si>")


def bomb() -> bytes:
    return changed(SHEET, after("<sheetData>", " " * (280 << 20)))


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
XXE = '<!DOCTYPE a [<!ENTITY x SYSTEM "数据.json">]>'

BAD_BOOKS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("空.xlsx", lambda: b"", "文件是空的"),
    "text": ("文字.xlsx", "部门预算".encode, "这是纯文本"),
    "truncated": ("断.xlsx", lambda: GOOD[: len(GOOD) // 2], "文件不完整"),
    "encrypted": (
        "密.xlsx",
        lambda: OLE + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(512),
        "文件设有打开密码",
    ),
    "xlsb": (
        "二进制.xlsb",
        lambda: zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b""}),
        "这是二进制 .xlsb 格式的工作簿，请在 Excel 或 WPS 中另存为 .xlsx 后重试。",
    ),
    "html": ("网页.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "这是网页（HTML）"),
    "xls stub": ("坏.xls", lambda: OLE + "Workbook\0".encode("utf-16-le") + bytes(600), "另存为 .xlsx"),
    "any zip": ("包.xlsx", lambda: zipped({"a.txt": "1"}), "这是压缩包（zip），里面没有看到工作簿"),
    "no form": ("无表.xlsx", lambda: book_of(("表1", [])), "没有找到绩效表"),
}
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "bomb": ("炸弹.xlsx", bomb, "压缩炸弹"),
    "xxe": ("外部.xlsx", lambda: changed(SHEET, with_head(XXE)), "DOCTYPE"),
    "laughs": ("实体.xlsx", lambda: changed("xl/workbook.xml", with_head(LAUGHS)), "DOCTYPE"),
    "dtd in strings": (
        "共享.xlsx",
        lambda: changed("xl/sharedStrings.xml", with_head("<!DOCTYPE sst>"), shared()),
        "sharedStrings.xml 含有 DOCTYPE",
    ),
    "many strings": (
        "百万.xlsx",
        lambda: changed("xl/sharedStrings.xml", after("<si><t>甲</t></si>", "<si/>" * 2_000_000), shared()),
        "共享文本超过 1000000 条",
    ),
    "long string": (
        "长.xlsx",
        lambda: changed("xl/sharedStrings.xml", after("<t>甲", "&amp;" * 5_000_000), shared()),
        "sharedStrings.xml 含有异常长的文字",
    ),
    "cdata": (
        "原文.xlsx",
        lambda: changed("xl/sharedStrings.xml", after("<t>甲", "<![CDATA[&<]]>" * 2_000_000), shared()),
        "sharedStrings.xml 含有异常长的文字",
    ),
    "far corner": ("远.xlsx", lambda: with_cell("XFD1048576"), "用到了第 1048576 行"),
}


@every_command
@pytest.mark.parametrize("what", BAD_BOOKS)
def test_a_bad_workbook_is_one_sentence(refused: Refused, folder: Path, command: str, what: str) -> None:
    name, data, sentence = BAD_BOOKS[what]
    (folder / name).write_bytes(data())
    refused(COMMANDS[command](name), f"{name}：", sentence)


@every_command
def test_a_missing_file_and_a_folder_are_one_sentence(refused: Refused, folder: Path, command: str) -> None:
    (folder / "夹.xlsx").mkdir()
    refused(COMMANDS[command]("没有.xlsx"), "没有.xlsx：找不到该文件")
    refused(COMMANDS[command]("没有/好.xlsx"), "好.xlsx：找不到该文件")
    refused(COMMANDS[command]("好.xlsx/好.xlsx"), "好.xlsx：找不到该文件")
    for place in ("夹.xlsx", ".", "..", "/", ""):
        refused(COMMANDS[command](place), "这是文件夹")


def test_of_several_files_each_bad_one_has_its_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["check", "没有.xlsx", "好.xlsx", "也没有.xlsx"]) == 2
    out, error = capsys.readouterr()
    assert "好.xlsx：工作表“表1”" in out
    for line, name in zip(error.splitlines(keepends=True), ("没有.xlsx", "也没有.xlsx"), strict=True):
        assert_one_sentence(line, f"{name}：")


# The launcher is small, so that what it reports is the program's memory and not that of the tests.
LAUNCHER = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], timeout=60)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> (20 if sys.platform == "darwin" else 10))
sys.exit(code)
"""


def measured(*arguments: str) -> tuple[subprocess.CompletedProcess[str], int]:
    """Run the program and return how it ended, and the megabytes it took."""
    ended = subprocess.run(
        [sys.executable, "-c", LAUNCHER, sys.executable, "-m", "perf_excel", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return ended, int(ended.stdout.splitlines()[-1])


@not_windows
@every_command
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_workbook_takes_little_memory(folder: Path, command: str, what: str) -> None:
    name, data, sentence = HOSTILE[what]
    (folder / name).write_bytes(data())
    before = contents(folder)
    ended, megabytes = measured(*COMMANDS[command](name))
    assert ended.returncode == 2
    assert_one_sentence(ended.stderr, f"{name}：", sentence)
    assert megabytes < MEMORY
    assert contents(folder) == before


@not_windows
@every_command
def test_formatted_blank_rows_take_little_memory(folder: Path, command: str) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/><c r="C{row}" s="1"/></row>'
        for row in range(100, 500_000)
    )
    (folder / "长.xlsx").write_bytes(
        changed(SHEET, lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>"))
    )
    ended, megabytes = measured(*COMMANDS[command]("长.xlsx"))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert megabytes < MEMORY
    if command == "export":
        finished = openpyxl.load_workbook(folder / "出.xlsx").worksheets[0]
        assert finished.max_row == openpyxl.load_workbook(folder / "好.xlsx").worksheets[0].max_row


@every_command
def test_a_lying_dimension_is_not_believed(folder: Path, command: str) -> None:
    lying = changed(SHEET, lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml))
    assert lying != changed(SHEET, str)
    (folder / "谎.xlsx").write_bytes(lying)
    assert run(COMMANDS[command]("谎.xlsx")) == 0


@every_command
def test_of_two_forms_one_has_to_be_named(refused: Refused, folder: Path, command: str) -> None:
    (folder / "两张.xlsx").write_bytes(book_of(("甲", [Typing()]), ("乙", [Typing()])))
    if command != "check":  # which looks at every form
        named = "第 1 张“部门整体自评表”（工作表“甲”A1:J41）、第 2 张“部门整体自评表”（工作表“乙”A1:J41）"
        refused(COMMANDS[command]("两张.xlsx"), f"两张.xlsx：有 2 张绩效表：{named}，请用 --table 加表号指定")
    refused([*COMMANDS[command]("两张.xlsx"), "--sheet", "丙"], "没有名为“丙”的工作表，现有：甲、乙")
    refused(
        [*COMMANDS[command]("两张.xlsx"), "--table", "3"], "没有第 3 张绩效表，只有 2 张", "请更正 --table"
    )
    refused([*COMMANDS[command]("两张.xlsx"), "--sheet", "乙", "--table", "2"], "工作表“乙”上只有 1 张")
    assert run([*COMMANDS[command]("两张.xlsx"), "--sheet", "乙"]) == 0


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_an_older_format_is_only_read(refused: Refused, folder: Path, kind: str) -> None:
    (folder / "旧.xlsx").write_bytes(converted(GOOD, kind))  # named as clerks name it
    assert run(["check", "旧.xlsx"]) == run(["check", "好.xlsx"]) == 0
    assert run(["export", "旧.xlsx", "-o", "旧.json"]) == 0
    read = json.loads((folder / "旧.json").read_bytes())
    assert read["indicators"] == DATA["indicators"]
    for command in ("score", "export", "fill"):
        refused(COMMANDS[command]("旧.xlsx"), "旧.xlsx：内容是旧格式", "另存为 .xlsx")


# --- what stands in the way of the output -------------------------------------------------------------------


@every_command
@pytest.mark.parametrize("lock", ["~$好.xlsx", ".~好.xlsx", ".~lock.好.xlsx#"])
def test_a_workbook_open_elsewhere_is_left_alone(
    refused: Refused, folder: Path, command: str, lock: str
) -> None:
    (folder / lock).touch()
    refused(COMMANDS[command]("好.xlsx"), "好.xlsx：正在被", lock)


@writing
@pytest.mark.parametrize("lock", ["~$出.xlsx", ".~出.xlsx", ".~lock.出.xlsx#"])
def test_an_output_open_elsewhere_is_left_alone(
    refused: Refused, folder: Path, command: str, lock: str
) -> None:
    (folder / "出.xlsx").write_bytes(b"old")
    (folder / lock).touch()
    refused(COMMANDS[command]("好.xlsx"), "出.xlsx：正在被", lock)


@writing
@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("没有/出.xlsx", "出.xlsx：目标文件夹不存在"),
        ("数据.json/出.xlsx", "出.xlsx：目标文件夹不存在"),
        ("夹.xlsx", "夹.xlsx：已有同名的文件夹"),
    ],
)
def test_an_output_that_cannot_be(
    refused: Refused, folder: Path, command: str, output: str, sentence: str
) -> None:
    (folder / "夹.xlsx").mkdir()
    refused([*COMMANDS[command]("好.xlsx"), "-o", output], sentence)


@not_windows
@writing
def test_an_output_with_too_long_a_name(refused: Refused, command: str) -> None:
    refused([*COMMANDS[command]("好.xlsx"), "-o", f"{'长' * 200}.xlsx"], "长.xlsx：文件名太长")


@pytest.mark.parametrize("output", [".", "/", ""])
def test_an_output_without_a_name(refused: Refused, output: str) -> None:
    refused(["score", "好.xlsx", "-o", output], "这是文件夹")
    refused(["export", "好.xlsx", "-o", output], "不支持导出")


@writing
def test_the_input_is_replaced_only_when_told_to(refused: Refused, folder: Path, command: str) -> None:
    os.link(folder / "好.xlsx", folder / "同一.xlsx")
    arguments = COMMANDS[command]("好.xlsx")[:-1]
    for same in ("好.xlsx", str(folder / "好.xlsx"), f"../{folder.name}/好.xlsx", "同一.xlsx"):
        refused([*arguments, same], "目标就是输入文件", "--overwrite")
    assert run([*arguments, "好.xlsx", "--overwrite"]) == 0
    backup = next(folder.glob("好.备份-*.xlsx"))
    assert backup.read_bytes() == GOOD
    assert openpyxl.load_workbook(folder / "好.xlsx").sheetnames == ["表1"]


def test_the_data_are_an_input_too(refused: Refused) -> None:
    fill = ["fill", "好.xlsx", "--data", "数据.json", "-o", "数据.json"]
    refused(fill, "数据.json：目标文件名应以 .xlsx 结尾")
    refused([*fill, "--overwrite"], "数据.json：目标文件名应以 .xlsx 结尾")


@pytest.mark.parametrize("name", ["出.xlsm", "出.xls", "出.csv", "出"])
def test_a_name_that_does_not_fit_the_content(refused: Refused, name: str) -> None:
    refused(["fill", "好.xlsx", "--data", "数据.json", "-o", name], f"{name}：目标文件名应以 .xlsx 结尾")
    refused(["score", "好.xlsx", "-o", name], f"{name}：目标文件名应以 .xlsx 结尾")


@writing
def test_another_file_is_replaced_and_kept(
    folder: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "出.xlsx").write_bytes(b"old")
    assert run(COMMANDS[command]("好.xlsx")) == 0
    backup = next(folder.glob("出.备份-*.xlsx"))
    assert backup.read_bytes() == b"old"
    assert f"原有文件已备份为：{backup.name}" in capsys.readouterr().out
    assert openpyxl.load_workbook(folder / "出.xlsx").sheetnames == ["表1"]
    assert (folder / "好.xlsx").read_bytes() == GOOD


@writing
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "磁盘配额已用完"),
        (errno.EACCES, "没有写入权限"),
        (errno.EROFS, "只读"),
        (errno.EIO, "无法保存"),
    ],
)
def test_a_disk_that_refuses_half_way(
    refused: Refused,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    number: int,
    sentence: str,
) -> None:
    def half(temporary: Temporary, data: bytes, *, durable: bool) -> None:
        temporary.path.write_bytes(data[: len(data) // 2])
        raise OSError(number, os.strerror(number) + str(durable))

    monkeypatch.setattr(Temporary, "write", half)
    refused(COMMANDS[command]("好.xlsx"), "出.xlsx：", sentence)
    (folder / "出.xlsx").write_bytes(b"old")
    refused(COMMANDS[command]("好.xlsx"), "出.xlsx：", sentence)


LIMITED = """
import resource, sys
from perf_excel.faces.cli import run
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
sys.exit(run(sys.argv[1:]))
"""


@not_windows
@writing
def test_a_file_that_may_not_grow(folder: Path, command: str) -> None:
    (folder / "出.xlsx").write_bytes(b"old")
    before = contents(folder)
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, *COMMANDS[command]("好.xlsx")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 2
    assert_one_sentence(ended.stderr, "出.xlsx：文件超过磁盘允许的大小")
    assert contents(folder) == before


@not_windows
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
@writing
def test_a_folder_for_reading_only(refused: Refused, folder: Path, command: str) -> None:
    folder.chmod(0o555)
    try:
        refused(COMMANDS[command]("好.xlsx"), "出.xlsx：没有写入权限")
    finally:
        folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32" or not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["check", "好.xlsx"], ["score", "好.xlsx", "--json"]])
def test_results_that_cannot_be_shown(arguments: Sequence[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "perf_excel", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert ended.returncode == 2
    assert_one_sentence(ended.stderr, "磁盘空间")


# --- the program killed -------------------------------------------------------------------------------------

OVERWRITE = ["fill", "好.xlsx", "--data", "数据.json", "-o", "好.xlsx", "--overwrite"]
TYPED_LATER = replace(
    FORM, indicators=tuple(replace(row, reason="原因说明") for row in FORM.indicators), unit="改名后的单位"
)


def assert_old_or_new(folder: Path, new: bytes) -> None:
    """The target is whole, every other workbook is a backup, and what else is left is a temporary file."""
    assert (folder / "好.xlsx").read_bytes() in (GOOD, new)
    for path in folder.iterdir():
        if path.name.startswith("好.备份-"):
            assert path.read_bytes() == GOOD
        else:
            assert path.name in {"好.xlsx", "数据.json"} or re.fullmatch(
                r"\.perf-excel-[0-9a-f]{16}\.tmp", path.name
            )


def start_again(folder: Path) -> None:
    """Put the old form back, and the folder as it was: clearing up costs lines of its own."""
    for pattern in ("好.备份-*", ".perf-excel-*.tmp"):
        for left in folder.glob(pattern):
            left.unlink()
    (folder / "好.xlsx").write_bytes(GOOD)


def filled_anew(folder: Path) -> bytes:
    """The bytes of the filled form."""
    (folder / "数据.json").write_text(json.dumps(data_of(TYPED_LATER)), encoding="utf-8")
    assert run(OVERWRITE) == 0
    new = (folder / "好.xlsx").read_bytes()
    assert new != GOOD
    start_again(folder)
    return new


def killed_at(line: int) -> bool:
    """Run the fill in a process that kills itself before the n-th line of saving; False if it ended."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    left = line

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal left
        if not frame.f_code.co_filename.endswith(("saving.py", "temporary.py")):
            return None
        left -= event == "line"
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    try:
        run(OVERWRITE)
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_every_line_of_saving_the_form_is_old_or_new(folder: Path) -> None:
    new = filled_anew(folder)
    seen: set[bytes] = set()
    line = 0
    while killed_at(line):
        assert_old_or_new(folder, new)
        seen.add((folder / "好.xlsx").read_bytes())
        start_again(folder)
        line += 1
    assert line > 30
    assert seen == {GOOD, new}
    assert (folder / "好.xlsx").read_bytes() == new


@not_windows
def test_killed_at_any_moment_the_form_is_old_or_new(folder: Path) -> None:
    new = filled_anew(folder)
    moments = random.Random(7)  # noqa: S311  (no secret)
    for _ in range(12):
        program = subprocess.Popen(
            [sys.executable, "-m", "perf_excel", *OVERWRITE],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            program.wait(timeout=moments.uniform(0.05, 0.4))
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
        assert_old_or_new(folder, new)
        start_again(folder)


# --- data and rule sets -------------------------------------------------------------------------------------


def indicator(**fields: object) -> str:
    return json.dumps({"indicators": [{**DATA["indicators"][0], **fields}]})


BAD_DATA: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "不是有效的 JSON"),
    "half": ('{"unit": "甲', "不是有效的 JSON"),
    "a list": ("[]", "“最外层”应为对象"),
    "nothing": ("null", "“最外层”应为对象"),
    "gbk": ('{"unit": "甲"}'.encode("gbk"), "应以 UTF-8 编码保存"),
    "utf-16": ('{"unit": "甲"}'.encode("utf-16"), "应以 UTF-8 编码保存"),
    "deep lists": ("[" * 200_000, "不是有效的 JSON"),
    "deep objects": ('{"a":' * 200_000, "不是有效的 JSON"),
    "deep but closed": ('{"unit":' + "[" * 100_000 + "]" * 100_000 + "}", "不是有效的 JSON"),
    "indicators": ('{"indicators": {}}', "“indicators”应为列表"),
    "an indicator": ('{"indicators": [1]}', "“indicators 第 1 行”应为对象"),
    "unit": ('{"unit": {}}', "“unit”应为文字"),
    "year": ('{"year": "今年"}', "“year”应为数字，现为“今年”"),
    "not a number": ('{"total": NaN}', "“total”应为数字"),
    "infinite": ('{"total": -Infinity}', "“total”应为数字"),
    "weight": (indicator(weight="十分"), "“weight”应为数字，现为“十分”"),
    "target": (indicator(target=["100%"]), "“target”应为文字"),
    "goal": ('{"goal": [1]}', "“goal”应为对象"),
    "tasks": ('{"tasks": [1]}', "“tasks 的每一项”应为对象"),
    "large": ('{"total": 1e99}', "“total”的数字过大"),
    "larger": (f'{{"total": 1e{"9" * 30}}}', "“total”的数字过大"),
    "tiny": (
        indicator(weight=1).replace('"weight": 1', '"weight": 1e-99999999'),
        "“weight”的数字过大或小数过长",
    ),
    "large text": ('{"total": "1e99"}', "“total”的数字过大"),
    "many digits": (
        indicator(target=1).replace('"target": 1', f'"target": {"9" * 9999}'),
        "“target”的数字过大",
    ),
    "long text": (indicator(reason="长" * 32_768), "“reason”的文本有 32768 字，超过单元格的上限 32767 字"),
    "long text beyond the plane": (
        indicator(reason="𠮷" * 16_384),
        "32768 字（生僻字和表情符号一个算两个），超过单元格的上限",
    ),
    "half a character": ('{"unit": "\\ud800"}', "“unit”里有不成对的代理字符"),
    "half a label": ('{"details": {"\\ud800": "甲"}}', "“details”里有不成对的代理字符"),
    "many rows": (json.dumps({"indicators": [{}] * 1001}), "“indicators”超过 1000 项"),
    "long": (" " * (5 << 20), "数据超过 4 MB"),
}
NO_PLACE: dict[str, tuple[str, str]] = {
    "indicator": (indicator(level1="", level3="没有的指标"), "指标“没有的指标”"),
    "source": (json.dumps({"budget": DATA["budget"] * 2}), "资金来源“"),
}


@pytest.mark.parametrize("what", BAD_DATA)
def test_bad_data_are_one_sentence(refused: Refused, folder: Path, what: str) -> None:
    data, sentence = BAD_DATA[what]
    (folder / "坏.json").write_bytes(data if isinstance(data, bytes) else data.encode())
    refused(["fill", "好.xlsx", "--data", "坏.json", "-o", "出.xlsx"], "坏.json：", sentence)
    refused(["fill", "好.xlsx", "--data", "坏.json", "-o", "好.xlsx", "--overwrite"], "坏.json：", sentence)


@pytest.mark.parametrize("what", NO_PLACE)
def test_data_without_a_place_fill_nothing(refused: Refused, folder: Path, what: str) -> None:
    data, sentence = NO_PLACE[what]
    (folder / "多.json").write_text(data, encoding="utf-8")
    refused(["fill", "好.xlsx", "--data", "多.json", "-o", "好.xlsx", "--overwrite"], "好.xlsx", sentence)


def test_data_that_are_no_file(refused: Refused) -> None:
    refused(["fill", "好.xlsx", "--data", "没有.json", "-o", "出.xlsx"], "没有.json：找不到该文件")
    refused(["fill", "好.xlsx", "--data", ".", "-o", "出.xlsx"], "这是文件夹")


RULES = b"id = 'x'\nname = 'x'\nversion = 'x'\n[text]\nbands = [{name = 'x', upper = 1, lower = 0}]\n"
BAD_RULES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "缺少“id”"),
    "not toml": (b"a =", "不是有效的 TOML"),
    "unknown key": ('"名称" = 1'.encode(), "没有“名称”这一项"),
    "gbk": ('id = "河南"'.encode("gbk"), "应以 UTF-8 编码保存"),
    "an exponent": (
        RULES + b"[total]\npoints = 1e999999",
        "“total.points”的数字过大",
    ),
    "a larger one": (RULES + b"[numeric]\nper = 1e" + b"9" * 30, "“numeric.per”的数字过大"),
    "a long number": (b"id = " + b"9" * 9999, "不是有效的 TOML"),
    "dotted": (b"a." * 100_000 + b"a = 1", "句点超过 200 个"),
    "deep": (b"a = " + b"[" * 100_000, "不是有效的 TOML"),
    "long": (b"#" * 300_000, "规则集超过 256 KB"),
    "a date": (b"id = 1979-05-27\nname = 'x'\nversion = 'x'", "“id”应为文字"),
    "a table": (
        b"name = 'x'\nversion = 'x'\n[id]\n" + b"".join(b"a%d = 1\n" % n for n in range(9999)),
        "“id”应为文字",
    ),
}


@every_command
@pytest.mark.parametrize("what", BAD_RULES)
def test_a_bad_rule_set_is_one_sentence(refused: Refused, folder: Path, command: str, what: str) -> None:
    data, sentence = BAD_RULES[what]
    (folder / "规则.toml").write_bytes(data)
    refused([*COMMANDS[command]("好.xlsx"), "--rules", str(folder / "规则.toml")], "规则.toml：", sentence)


@every_command
def test_a_rule_set_that_is_not_there(refused: Refused, folder: Path, command: str) -> None:
    (folder / "夹.toml").mkdir()
    refused([*COMMANDS[command]("好.xlsx"), "--rules", "没有"], "没有名为“没有”的规则集", "henan-department")
    refused([*COMMANDS[command]("好.xlsx"), "--rules", "没有.toml"], "没有.toml：找不到这个规则集文件")
    refused([*COMMANDS[command]("好.xlsx"), "--rules", "夹.toml"], "夹.toml：无法读取这个规则集文件")
