"""Entry point (程序入口): answers ``--version`` before anything heavy is imported."""

import sys

from perf_excel import __version__


def main() -> int:
    """Run the command line and return its exit code: 0 clean, 1 error findings, 2 unusable input."""
    if sys.argv[1:] == ["--version"]:
        print(f"perf-excel {__version__}")  # noqa: T201
        return 0
    from perf_excel.faces.cli import run  # noqa: PLC0415  (imports take longer than the answer above)

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
