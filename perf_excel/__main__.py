"""Entry point (程序入口): answers ``--version`` before anything heavy is imported."""

import sys

from perf_excel import __version__


def main() -> int:
    """Run the command line and return its exit code: 0 clean, 1 error findings, 2 unusable input."""
    if sys.argv[1:] == ["--version"]:
        print(f"perf-excel {__version__}")  # noqa: T201
        return 0
    from perf_excel.faces.cli import run

    code = run(sys.argv[1:])
    if "pyuno" in sys.modules:
        _leave(code)
    return code


def _leave(code: int) -> None:
    """End at once, everything said.

    LibreOffice's own threads, once it was spoken to, now and then bring a Python that tidies up to a fall
    (SIGSEGV), and a job that was done would count as failed.
    """
    import contextlib
    import os

    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
