"""The developer's one command (开发命令): makes the environment when needed, then runs a task in it.

Standard library only, Python 3.11 or later, from a fresh clone on Linux or Windows.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = VENV / "perf-excel.stamp"
GROUPS = ("test", "lint", "package")

TASKS: dict[str, tuple[str, list[list[str]]]] = {
    "demo": ("生成演示文件夹（可给出目录）", [["-m", "perf_excel", "demo"]]),
    # A file's tests stay in one process: what they share (an office, a screen) is started once.
    "test": ("运行全部测试（可给出 pytest 参数）", [["-m", "pytest", "-n", "2", "--dist", "loadfile"]]),
    "lint": (
        "检查代码：ruff 规则、ruff 格式、pyright 类型",
        [["-m", "ruff", "check"], ["-m", "ruff", "format", "--check"], ["-m", "pyright"]],
    ),
    "rows": (
        "随机增减行 300 次，核对公式与打分（需要 LibreOffice）",
        [["build/row_sequences.py"]],
    ),
    "roundtrip": (
        "三种表下发 300 家，填好收回，逐个数核对，再汇总（需要 LibreOffice）",
        [["build/round_trip.py"]],
    ),
    "bench": ("运行性能基准（all 另收一万、五万份表）", [["build/benchmarks/__main__.py"]]),
    "corpus": ("用一个文件夹里的所有工作簿试读、试填、试导出", [["build/corpus.py"]]),
    "package": ("打包成不需要 Python 的程序并试运行（可给出目录）", [["build/package/make.py"]]),
    "old": (
        "在最旧的 Debian 里打 Linux 的包并试运行，旧系统也能用（可给出目录；要 root、debootstrap）",
        [["build/package/old_debian.py"]],
    ),
    "windows": (
        "在 Wine 里做出、试用 Windows 版和安装程序（--quick、--tests 另跑一些、全部有关的测试）",
        [["build/under_wine/__main__.py"]],
    ),
    "templates": ("重新生成 workbook_templates 里的模板", [["build/templates.py"]]),
    "pictures": ("重新生成文档里的图片", [["build/pictures.py"], ["build/window_pictures.py"]]),
}
"""Task → its help and the Python commands that it runs; what the user adds goes to every one."""


def main(argv: list[str]) -> int:
    """Prepare the environment, run one task and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python build/dev.py",
        description="perf-excel 开发命令：首次运行时建立 .venv 并安装依赖，然后执行任务。",
        epilog="任务：\n" + "\n".join(f"  {task:<10} {about}" for task, (about, _) in TASKS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    # Groups of our own: the headings that argparse gives are English.
    parser.add_argument_group("选项").add_argument("-h", "--help", action="help", help="显示本说明")
    arguments = parser.add_argument_group("参数")
    arguments.add_argument("task", choices=TASKS, metavar="任务", help="见下")
    arguments.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help="原样交给任务")
    chosen = parser.parse_args(argv)
    try:
        prepare()
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"建立 .venv 失败：{error}", file=sys.stderr)
        print(
            "请按上面的信息检查网络和 Python 的 venv 组件（Debian 需要 python3-venv），再运行一次。",
            file=sys.stderr,
        )
        return 2
    # Every command runs, so that one failure does not hide the next.
    codes = [
        subprocess.run([PYTHON, *command, *chosen.rest], cwd=ROOT, check=False).returncode
        for command in TASKS[chosen.task][1]
    ]
    return max(codes, key=abs)


def prepare() -> None:
    """Make .venv and install the project in it, unless that was done for this pyproject.toml and Python."""
    project = (ROOT / "pyproject.toml").read_bytes()
    stamp = f"{hashlib.sha256(project).hexdigest()} {sys.version}"
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp:
        return
    print("正在建立 .venv 并安装依赖，需要几分钟……", flush=True)
    if sys.prefix == str(VENV):
        print("（沿用正在运行的 .venv）", flush=True)
    elif not PYTHON.exists() or STAMP.exists():
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=True)
    groups = tomllib.loads(project.decode())["dependency-groups"]
    needed = [requirement for group in GROUPS for requirement in groups[group]]
    # The requirements themselves: `pip install --group` wants a newer pip than Python 3.11 brings.
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*pip, "--editable", str(ROOT), *needed], check=False).returncode:
        raise OSError("pip 没有装好依赖")
    STAMP.write_text(stamp, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
