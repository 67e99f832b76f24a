"""Make the Linux program on the oldest Debian still served (在最旧的 Debian 里打包), for older systems.

Run as root as ``python build/dev.py old [folder]``. An old Debian is unpacked into a temporary folder and a
Python that the project supports is built there; the program is tried in the old Debian, then here in full.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import make

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = ("debootstrap", "chroot", "apt-get", "apt-cache", "objdump")
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
SUITES = ("buster", "bullseye")
"""Debian's versions from the oldest; below buster's glibc no ready-made parts are to be had."""
PYTHON_FROM, PYTHON_SOURCE = "bookworm", "python3.11"
"""Where the source of a Python is that the project supports; old Debians have none."""
PACKAGES = (
    "ca-certificates,gcc,make,binutils,xz-utils,libc6-dev,zlib1g-dev,libssl-dev,libffi-dev,libbz2-dev,"
    "liblzma-dev,libsqlite3-dev,tk-dev"
)
LENT = ("etc/resolv.conf", "etc/hosts", "etc/pip.conf", "etc/ssl/certs/ca-certificates.crt")
"""This system's way to the package registries, which the old one is to go too."""
PARTS = (
    "perf_excel",
    "workbook_templates",
    "docs",
    "build",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "pyproject.toml",
)
BUILD_PYTHON = """cd /python
export ac_cv_posix_semaphores_enabled=yes ac_cv_broken_sem_getvalue=no
./configure -q --prefix=/opt/python --enable-shared --disable-test-modules LDFLAGS=-Wl,-rpath=/opt/python/lib
make -s -j"$(nproc)" && make -s altinstall
/opt/python/bin/python3.11 -c 'import ctypes, lzma, ssl, tkinter, _multiprocessing as m; m.SemLock'"""
"""The two answers are Linux's; configure cannot find them out in a system without /dev/shm."""
MAKE = """cd /src/build/package
/opt/python/bin/python3.11 -c 'import make, pathlib; make.build(pathlib.Path("/made"))'"""
TRY = """cd /tmp && /made/{name}/perf-excel --version
/made/{name}/perf-excel new --rules national-2020 -o 表.xlsx
/made/{name}/perf-excel check 表.xlsx || test $? = 1"""
"""The old system has no LibreOffice and no screen: what needs one is tried here."""


class MissingError(Exception):
    """Something that this needs is not here."""


def main(argv: list[str]) -> int:
    """Make the old system and the program in it, and try it out."""
    target = Path(argv[0]) if argv else ROOT / "dist"
    try:
        mirror = _mirror()
        with tempfile.TemporaryDirectory(prefix="perf-excel-old-") as work:
            folder = _made(Path(work), mirror, target)
    except (MissingError, subprocess.CalledProcessError) as error:
        print(f"没有做成：{error}", file=sys.stderr)
        return 2
    make.try_out(folder)
    return 0


def _mirror() -> str:
    """Return where this system's own apt takes Debian from.

    Raises:
        MissingError: this is no Debian, a tool is missing, or the user may not.
    """
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        raise MissingError(f"没有 {'、'.join(missing)}（Debian 的软件包 debootstrap、binutils）。")
    if os.geteuid() != 0:
        raise MissingError("在另一个 Debian 里打包（debootstrap、chroot）要以 root 运行。")
    said = subprocess.run(["apt-cache", "policy"], capture_output=True, check=True, text=True).stdout
    found = re.search(r"(https?://\S+/debian/?) \S+/main ", said)
    if found is None or not Path(KEYS).is_file():
        raise MissingError("apt 没有配置 Debian 的软件源，或者没有 debian-archive-keyring。")
    return found[1]


def _made(work: Path, mirror: str, target: Path) -> Path:
    system = work / "system"
    print(f"{_bootstrap(system, mirror)}，编译 Python……", flush=True)
    for name in LENT:
        if Path("/", name).is_file():
            (system / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(Path("/", name), system / name)
    _python_source(work, mirror, system / "python")
    _inside(system, BUILD_PYTHON)
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, system / "src" / part)
    print("安装依赖，打包……", flush=True)
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"][
        "package"
    ]
    _inside(
        system, '/opt/python/bin/python3.11 -m pip install -q --root-user-action=ignore /src "$@"', *needed
    )
    _inside(system, MAKE)
    _inside(system, TRY.format(name=make.NAME))
    shutil.rmtree(target / make.NAME, ignore_errors=True)
    return Path(shutil.copytree(system / "made" / make.NAME, target / make.NAME, symlinks=True))


def _bootstrap(system: Path, mirror: str) -> str:
    for suite in SUITES:
        (system / "src").mkdir(parents=True, exist_ok=True)
        command = ["debootstrap", "--variant=minbase", f"--keyring={KEYS}", f"--include={PACKAGES}"]
        print(f"下载 Debian {suite}……", flush=True)
        done = subprocess.run([*command, suite, system, mirror], capture_output=True, check=False, text=True)
        if done.returncode == 0:
            return f"Debian {suite}"
        print(f"  没有做成：{(done.stdout + done.stderr).strip().splitlines()[-1]}", flush=True)
        shutil.rmtree(system)
    raise MissingError("软件源里没有能用的旧版 Debian。")


def _python_source(work: Path, mirror: str, target: Path) -> None:
    """Fetch the source of a Python, whose checksum apt compares with Debian's signed one, and unpack it."""
    place = work / "source"
    for folder in ("lists/partial", "cache/archives/partial", "got", "unpacked"):
        (place / folder).mkdir(parents=True)
    sources = place / "sources.list"
    sources.write_text(f"deb-src [signed-by={KEYS}] {mirror} {PYTHON_FROM} main\n", encoding="ascii")
    options = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": place / "lists",
        "Dir::Cache": place / "cache",
        "APT::Sandbox::User": "root",
    }
    apt = ["apt-get", "-qq", *(part for key, value in options.items() for part in ("-o", f"{key}={value}"))]
    subprocess.run([*apt, "update"], check=True)
    fetched = [*apt, "source", "--download-only", PYTHON_SOURCE]
    subprocess.run(fetched, check=True, cwd=place / "got", stdout=subprocess.DEVNULL)
    (archive,) = (place / "got").glob("*.orig.tar.*")
    subprocess.run(["tar", "-xf", archive, "-C", place / "unpacked"], check=True)
    (folder,) = (place / "unpacked").iterdir()
    folder.rename(target)


def _inside(system: Path, script: str, *arguments: str) -> None:
    """Run a script in the old system, which is given nothing of this one but pip's settings.

    Raises:
        MissingError: it failed; with the last of what it said.
    """
    kept = {
        key: value for key, value in os.environ.items() if key.startswith("PIP_") or key == "SSL_CERT_FILE"
    }
    done = subprocess.run(
        ["chroot", system, "sh", "-ec", script, "sh", *arguments],
        env={**kept, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        raise MissingError(f"在旧系统里运行失败：\n{done.stdout.decode('utf-8', 'replace')[-2000:]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
