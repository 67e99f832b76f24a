"""A window for every test here that asks for one, of a user without settings."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from facts import shangjie
from screen import Hand, screen

from perf_excel.faces.window import questions, settings
from perf_excel.faces.window.app import Window
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset


@pytest.fixture
def window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """An open window of a user without settings."""
    monkeypatch.setenv("DISPLAY", screen())
    monkeypatch.setenv(settings.PLACE, str(tmp_path / "设置"))
    opened = Window()
    opened.open()
    opened.root.focus_force()
    gc.disable()
    yield opened
    opened.leave()
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Function) -> Generator[None]:
    """Take a window apart where it was made: in a job's thread, by chance, Tk would end the process."""
    yield
    if "window" in item.fixturenames:
        gc.collect()


@pytest.fixture
def hand(window: Window) -> Hand:
    return Hand(window.root)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The Shangjie form of 31 rows, with its two contradictions."""
    path = tmp_path / "上街区 自评表.xlsx"
    path.write_bytes(make(Order(ruleset("henan-department"), data=shangjie()), path).data)
    return path


@pytest.fixture
def agreed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that were asked; each is answered with yes."""
    asked: list[str] = []

    def yes(_: object, question: str) -> bool:
        asked.append(question)
        return True

    monkeypatch.setattr(questions, "agreed", yes)
    return asked
