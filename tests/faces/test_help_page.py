"""帮助: what the window says of itself, by F1 where it is needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from screen import Hand, needs_screen, page, text_of

from perf_excel.faces.window.app import Window
from perf_excel.faces.window.help_topics import FIRST, NEWS, picture_of, topic_of_check, topics
from perf_excel.faces.window.steps import all_steps
from perf_excel.faces.window.steps.checking import CheckingPage
from perf_excel.faces.window.steps.help_page import HelpPage
from perf_excel.rules.rulesets.severities import USUAL


def test_every_page_and_every_check_is_explained() -> None:
    there = topics()
    assert [step.title for step in all_steps() if step.title not in there] == []
    for usual in USUAL.values():
        blocks = there[topic_of_check(usual.title)]
        assert len(blocks) >= 3, f"{usual.title}: what it looks at, and what to do"


@pytest.mark.parametrize("title", topics())
def test_no_topic_names_a_command(title: str) -> None:
    said = "\n".join(block.text for block in topics()[title] if block.kind != "picture")
    assert not re.search(r"`|--[a-z]|\*\*|\]\(", said)


def test_every_picture_is_there() -> None:
    pictures = [block for blocks in topics().values() for block in blocks if block.kind == "picture"]
    assert len(pictures) >= len(all_steps()) - 2
    assert [block.text for block in pictures if picture_of(block) is None] == []


@needs_screen
def test_f1_explains_what_is_at_hand(window: Window, hand: Hand, book: Path) -> None:
    window.go("导出", [])
    hand.settle()
    hand.key("F1")
    explained = page(window, HelpPage)
    assert explained.winfo_ismapped()
    assert text_of(explained.words).startswith("导出\n")

    window.open([book])
    hand.wait(lambda: not window.work.busy)
    checking = page(window, CheckingPage)
    checking.table.table.choose(0)
    hand.settle()
    hand.click(window.help_button)
    assert text_of(explained.words).startswith("检查项：指标与预算数据不一致\n")
    hand.click(explained.news_button)
    assert explained.list.lines[explained.list.chosen[0]] == NEWS

    window.go("帮助", [])
    assert text_of(explained.words).startswith(f"{FIRST}\n")
