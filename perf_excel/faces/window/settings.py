"""What the window remembers (设置): region, unit, year and recent files, in the user's own place."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, cast

from perf_excel.errors import UserError
from perf_excel.home import home

PLACE = "PERF_EXCEL_SETTINGS"
"""Environment variable that names another folder for settings and log."""

LOG = "perf_excel"
"""The logger's name."""
_RECENT = 12
_LISTS = ("recent", "own_rules")
_LOG_SIZE = 512 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's settings; empty where nothing was chosen."""

    rules: str = ""
    """Rule set of the user's region."""
    unit: str = ""
    year: str = ""
    folder: str = ""
    """Where the last file was saved."""
    geometry: str = ""
    welcomed: str = ""
    """When the user was asked for region and unit; empty: not yet."""
    recent: tuple[str, ...] = ()
    """Files last worked on, the latest first."""
    own_rules: tuple[str, ...] = ()
    """Rule set files of the user's own."""

    def with_file(self, path: Path) -> Settings:
        """Remember a file as the latest."""
        name = str(path.absolute())
        recent = [name, *(other for other in self.recent if other != name)]
        return replace(self, recent=tuple(recent[:_RECENT]))


def folder() -> Path:
    """Return the user's own folder for settings and log; it need not exist yet."""
    if named := os.environ.get(PLACE):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or home()) / "perf-excel"
    return Path(os.environ.get("XDG_CONFIG_HOME") or home() / ".config") / "perf-excel"


def load() -> Settings:
    """Read the settings; what is missing or damaged is as if never set."""
    try:
        data: Any = json.loads((folder() / "settings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, UserError):
        return Settings()
    if not isinstance(data, dict):
        return Settings()
    known = cast("dict[str, Any]", data)
    texts = {
        field.name: known[field.name]
        for field in fields(Settings)
        if field.name not in _LISTS and isinstance(known.get(field.name), str)
    }
    lists = {name: _texts(known.get(name)) for name in _LISTS}
    return Settings(**texts, recent=lists["recent"][:_RECENT], own_rules=lists["own_rules"])


def _texts(found: object) -> tuple[str, ...]:
    listed = cast("list[Any]", found) if isinstance(found, list) else []
    return tuple(one for one in listed if isinstance(one, str))


def store(settings: Settings) -> None:
    """Write the settings; a place that cannot be written to is no reason to disturb the user."""
    from perf_excel.books.saving import write_atomic

    with contextlib.suppress(UserError, OSError):
        folder().mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(settings), ensure_ascii=False, indent=1)
        write_atomic(folder() / "settings.json", text.encode(), backup=False)


def log_file() -> Path:
    """Return where the log for support stands."""
    return folder() / "perf-excel.log"


def open_log() -> logging.Logger:
    """Return the log for support; without a place to write it stays silent."""
    from logging.handlers import RotatingFileHandler

    log = logging.getLogger(LOG)
    close_log()
    handler: logging.Handler = logging.NullHandler()
    with contextlib.suppress(OSError, UserError):
        folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_file(), maxBytes=_LOG_SIZE, backupCount=1, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    return log


def close_log() -> None:
    """Let go of the log's file."""
    log = logging.getLogger(LOG)
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
