"""Try out a packaged program as its users will: no Python, a read-only folder, blanks and Chinese in paths.

Every command runs once on a real form; the list of commands is the program's own, so none is forgotten.
"""

from __future__ import annotations

import contextlib
import importlib
import locale
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

from virtual_screen import virtual_screen

from perf_excel.office import SAFE, end_group, find_soffice, write_profile

WINDOWS = sys.platform == "win32"
ENDING = ".exe" if WINDOWS else ""
CONSOLE, WINDOW = f"perf-excel{ENDING}", f"绩效自评{ENDING}"
PATIENCE = 300.0
"""Seconds that anything may take: what waits looks for what it waits for, so only a failure takes so long."""
_LAST = 2_000
"""Characters of what a program said that are shown."""
CONSOLE_CODE = locale.getencoding() if WINDOWS else "utf-8"
"""What programs print in where their output is no console: on a Chinese Windows GBK."""


class FailedError(Exception):
    """The packaged program did not do what it should."""


def try_out(folder: Path) -> Iterator[str]:
    """Run everything and yield a line for each thing that worked.

    Raises:
        FailedError: something did not.
    """
    with tempfile.TemporaryDirectory(prefix="perf-excel-") as name:
        place = Path(name) / "程序 文件夹（试）"
        shutil.copytree(folder, place)
        with _read_only(place):
            yield from _try(place, Path(name) / "单位 数据")


def _try(place: Path, work: Path) -> Iterator[str]:
    work.mkdir()
    program = Program(place / CONSOLE, work)
    known = program.commands()
    yield f"--version：{program.run('--version').strip()}"
    tried: set[str] = set()
    for command, arguments, codes, file in _main_job(work):
        program.run(command, *arguments, codes=codes)
        if file and not (work / file).is_file():
            raise FailedError(f"{command} 没有写出 {file}")
        tried.add(command)
        yield f"{command}：通过"
    yield _try_window(place / WINDOW, program, work / "表.xlsx")
    tried.add("window")
    yield _try_live(program, work)
    tried.add("live")
    if left := known - tried:
        raise FailedError(f"没有试过的命令：{'、'.join(sorted(left))}")
    program.run("check", "没有这个文件.xlsx", codes=(2,))
    yield "没有的文件：一句话说明，退出码 2"
    for language in ("C", "en_US.UTF-8", "zh_CN.GBK"):
        program.run("rulesets", "show", "national-2020", language=language)
    yield "其他语言环境：通过"


def _main_job(work: Path) -> Iterator[tuple[str, list[str], tuple[int, ...], str]]:
    """Yield the year's work: command, arguments, allowed exit codes, the file that it must write."""
    book, data, filled = work / "表.xlsx", work / "数据.json", work / "已填.xlsx"
    prints = find_soffice() is not None or not WINDOWS
    yield "demo", [str(work)], (0,) if prints else (0, 2), ""
    made = next(work.glob("*-部门整体自评表.xlsx"), book)
    yield "rulesets", [], (0,), ""
    yield "rulesets", ["copy", "national-2020", str(work / "自定.toml")], (0,), "自定.toml"
    yield "rulesets", ["test", "henan-department", str(made)], (0,), ""
    yield "export", [str(made), "-o", str(data)], (0,), "数据.json"
    yield "new", ["--rules", "henan-department", "--data", str(data), "-o", str(book)], (0,), "表.xlsx"
    yield "fill", [str(book), "--data", str(data), "-o", str(filled)], (0,), "已填.xlsx"
    grown, after = work / "加行.xlsx", ["--after", "18", "-n", "2"]
    yield "rows", ["add", str(book), *after, "-o", str(grown)], (0,), "加行.xlsx"
    yield "rows", ["remove", str(grown), "19-20", "-o", str(work / "删行.xlsx")], (0,), "删行.xlsx"
    yield "new", ["--rules", "zhengzhou-declaration", "-o", str(work / "申报表.xlsx")], (0,), "申报表.xlsx"
    start = ["--rules", "henan-department", "--from", str(work / "申报表.xlsx")]
    yield "new", [*start, "-o", str(work / "自评.xlsx")], (0,), "自评.xlsx"
    yield "new", ["--rules", "henan-department", "--macros", "-o", str(work / "宏.xlsm")], (0,), "宏.xlsm"
    into = ["--into", str(book), "-o", str(work / "汇总.xlsx")]
    yield "rollup", [str(filled), *into, "--jobs", "2"], (0, 1), "汇总.xlsx"
    yield "diff", [str(book), str(filled), "-o", str(work / "对比.xlsx")], (0, 1), "对比.xlsx"
    yield "adopt", [str(made), "--name", "试用模板", "--overwrite"], (0,), ""
    yield "new", ["--template", "试用模板", "-o", str(work / "模板.xlsx")], (0,), "模板.xlsx"
    yield "check", [str(book), "-o", str(work / "校验.xlsx")], (0,), "校验.xlsx"
    report = work / "报告.txt"
    report.write_text("经自评，部门整体自评得分为95.81分，自评结果为优。", encoding="utf-8")
    yield "compare", [str(report), str(book), "-o", str(work / "批注.docx")], (0,), "批注.docx"
    yield from _word_job(work / "Word 文档")
    units = work / "名单.csv"
    units.write_text("单位名称,单位编码,全年预算数\n甲局,001,120.5\n乙局,002,88\n", encoding="gbk")
    sent = ["national-2020", "--units", str(units), "--year", "2025", "-o", str(work / "下发")]
    shared = ["--jobs", "2"]
    yield "distribute", [*sent, *shared], (0,), "下发/下发清单.xlsx"
    listed = ["--expect", str(work / "下发" / "下发清单.xlsx")]
    back = [str(work / "下发"), "-o", str(work / "收表汇总.xlsx"), *listed]
    yield "collect", [*back, *shared], (0, 1), "收表汇总.xlsx"
    yield "chase", [str(work / "收表汇总.xlsx"), "-o", str(work / "函")], (0,), ""
    yield "score", [str(book), "-o", str(work / "打分.xlsx")], (0,), "打分.xlsx"
    printed = [str(book), "-o", str(work / "完成.pdf"), "--list"]
    yield "export", printed, (0,) if prints else (0, 2), "完成.pdf" * prints
    report = work / "报告.docx"
    yield "report", [str(book), "-o", str(report)], (0,), "报告.docx"
    yield (
        "report",
        [str(book), "--refresh", str(report), "-o", str(work / "新报告.docx")],
        (0,),
        "新报告.docx",
    )
    yield "report", ["check-template", str(report)], (1,), ""


def _word_job(folder: Path) -> Iterator[tuple[str, list[str], tuple[int, ...], str]]:
    """Yield what is done with tables of Word documents, as ``_main_job``."""
    folder.mkdir()
    published, form, values = folder / "“三公”经费.docx", folder / "自评表.docx", folder / "完成值.json"
    _write_table(
        published, "“三公”经费支出表（万元）", ["项目|预算数", "合计|3", "1、公务接待费|1", "2、公务用车费|2"]
    )
    yield "budget", [str(published)], (0,), ""
    head = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因"
    _write_table(form, "项目支出绩效自评表", [head, "产出指标|数量指标|培训人数|100人||100||"])
    row = '{"level1": "产出指标", "level2": "数量指标", "level3": "培训人数", "actual": "98人"}'
    values.write_text(f'{{"indicators": [{row}]}}', encoding="utf-8")
    filled = folder / "已填.docx"
    yield "fill", [str(form), "--data", str(values), "-o", str(filled)], (0,), f"{folder.name}/{filled.name}"


def _write_table(path: Path, title: str, rows: list[str]) -> None:
    """Write a Word document with a title and a table, the cells of a row apart by strokes."""

    def typed(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    cells = ["".join(f"<w:tc>{typed(text)}</w:tc>" for text in row.split("|")) for row in rows]
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        body = f"<w:body>{typed(title)}{table}</w:body>"
        file.writestr("word/document.xml", f'<w:document xmlns:w="{space}">{body}</w:document>')


def _try_live(program: Program, work: Path) -> str:
    """Check, score and clear a workbook that is open in LibreOffice; where it is not open, a sentence."""
    book = work / "打开的表 & 别名.xlsx"
    shutil.copy(work / "表.xlsx", book)
    program.run("live", "check", str(book), codes=(2,))
    soffice = find_soffice()
    if WINDOWS or soffice is None:
        return "live：没有打开的表，一句话说明（没有 Linux 的 LibreOffice，未在打开的表里试）"
    pipe = f"pipe,name=perf-excel-smoke-{os.getpid()}"
    profile = work / "profile"
    write_profile(profile, SAFE)
    office = subprocess.Popen(
        [
            *(soffice, f"-env:UserInstallation={profile.as_uri()}", f"--accept={pipe};urp;"),
            *("--headless", "--norestore", "--nologo", book),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + PATIENCE
        lock = book.with_name(f".~lock.{book.name}#")
        while not lock.exists() and time.monotonic() < end:
            time.sleep(0.2)
        for verb in ("check", "score", "clear"):
            program.run("live", verb, str(book), codes=(0,), more={"PERF_EXCEL_UNO": pipe})
    finally:
        end_group(office)
    return "live check、score、clear：在打开的表里通过"


class Program:
    """The packaged program on a console."""

    def __init__(self, path: Path, home: Path) -> None:
        self._path, self._home = path, home

    def run(
        self,
        *arguments: str,
        codes: tuple[int, ...] = (0,),
        language: str = "zh_CN.UTF-8",
        more: Mapping[str, str] | None = None,
    ) -> str:
        """Run one command and return what it printed.

        Raises:
            FailedError: the exit code is another one, or there is a traceback.
        """
        done = subprocess.run(
            [self._path, *arguments],
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env={**surroundings(self._home, language), **(more or {})},
            cwd=self._home,
        )
        said = (done.stdout + done.stderr).decode(CONSOLE_CODE, "replace")
        if done.returncode not in codes or "Traceback" in said:
            raise FailedError(f"{' '.join(arguments)} 的退出码是 {done.returncode}：{said[-_LAST:]}")
        return said

    def commands(self) -> set[str]:
        """Return the commands that the program says it has."""
        return set(re.findall(r"^ {4}([a-z]+)\b", self.run("--help"), re.MULTILINE))


def surroundings(home: Path, language: str = "zh_CN.UTF-8") -> dict[str, str]:
    """Return an environment without Python: what the system needs, and nothing that leads to one."""
    kept = {key: os.environ[key] for key in ("SYSTEMROOT", "TEMP", "TMP") if key in os.environ}
    place = {"HOME": str(home), "APPDATA": str(home), "USERPROFILE": str(home)}
    path = os.pathsep.join(map(str, _without_python(home)))
    return {**kept, **place, "PATH": path, "LANG": language, "LC_ALL": language}


def _without_python(home: Path) -> list[Path]:
    """Return folders of programs in which there is no Python."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    if WINDOWS:
        return [folder for folder in folders if not (folder / "python.exe").exists()]
    # Python stands beside the tools that LibreOffice's own script needs: those get a folder of links.
    links = home / ".bin"
    if not links.exists():
        links.mkdir()
        for tool in Path("/usr/bin").iterdir():
            if not tool.name.startswith(("python", "pip")):
                (links / tool.name).symlink_to(tool)
    return [links]


def _try_window(path: Path, program: Program, book: Path) -> str:
    """Open the window with a file: until it has taken it in; on Linux its title is looked for, too."""
    if WINDOWS:
        _opened(path, book, dict(os.environ))
        return "窗口：已打开一张表"
    with virtual_screen() as display:
        seconds = window_seconds(path, [str(book)], display, book.parent)
        _opened(path, book, {**surroundings(book.parent), "DISPLAY": display})
    program.run("window", codes=(2,))  # without a screen: a sentence
    return f"窗口：{seconds * 1000:.0f} 毫秒后出现，已打开一张表；没有屏幕时一句话说明"


def _opened(path: Path, book: Path, environment: dict[str, str]) -> None:
    """Start the window with a file and wait until its settings name it among the recent ones.

    The window shows before its steps are loaded, and an error may leave it standing.

    Raises:
        FailedError: it ends, or does not come so far.
    """
    place = book.parent / "窗口的设置"
    process = subprocess.Popen([path, book], env={**environment, "PERF_EXCEL_SETTINGS": str(place)})
    kept, end = place / "settings.json", time.monotonic() + PATIENCE
    try:
        while not (kept.is_file() and book.name in kept.read_text(encoding="utf-8")):
            if process.poll() is not None:
                raise FailedError(f"窗口程序自行结束，退出码 {process.returncode}")
            if time.monotonic() > end:
                raise FailedError("窗口没有打开交给它的表")
            time.sleep(0.2)
    finally:
        process.kill()
        process.wait()


def window_seconds(path: Path, arguments: list[str], display: str, home: Path) -> float:
    """Start the window program and return the seconds until its window shows.

    Raises:
        FailedError: no window shows.
    """
    environment = {**surroundings(home), "DISPLAY": display}
    start = time.perf_counter()
    process = subprocess.Popen([path, *arguments], env=environment, cwd=home)
    try:
        while time.perf_counter() - start < PATIENCE:
            if _shows(process, display):
                return time.perf_counter() - start
            if process.poll() is not None:
                break
    finally:
        process.kill()
        process.wait()
    raise FailedError("没有出现窗口")


def _shows(process: subprocess.Popen[bytes], display: str) -> bool:
    if WINDOWS:
        time.sleep(0.005)
        return _has_window(process.pid)
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--class", "^perf-excel$"],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        check=False,
    )
    return bool(found.stdout.strip())


def _has_window(process: int) -> bool:
    """Whether a process of Windows has a window that can be seen."""
    gui: Any = importlib.import_module("win32gui")
    processes: Any = importlib.import_module("win32process")
    owners: list[int] = []

    def look(window: int, _: object) -> None:
        if gui.IsWindowVisible(window):
            owners.append(processes.GetWindowThreadProcessId(window)[1])

    gui.EnumWindows(look, None)
    return process in owners


@contextlib.contextmanager
def _read_only(folder: Path) -> Generator[None]:
    """Take away the right to write, as an administrator's program folder has it."""
    entries = [folder, *folder.rglob("*")]
    modes = {entry: entry.stat().st_mode for entry in entries}
    for entry, mode in modes.items():
        entry.chmod(mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    try:
        yield
    finally:
        for entry, mode in modes.items():
            entry.chmod(mode)
