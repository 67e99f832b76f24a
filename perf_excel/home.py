"""The user's own folder (用户主文件夹), where there is one: services and containers have none."""

from __future__ import annotations

from pathlib import Path

from perf_excel.errors import UserError


def home() -> Path:
    """Return the user's own folder.

    Raises:
        UserError: there is none: no HOME, and no entry among the system's users.
    """
    try:
        found = Path.home()
    except RuntimeError:
        found = Path()
    if not found.is_absolute():
        raise UserError(
            "找不到用户的主文件夹（没有设 HOME），请设环境变量 HOME",
            by_command="，或用 PERF_EXCEL_DATA 指明存放模板的文件夹后重试。",
            by_hand="后重试。",
        )
    return found
