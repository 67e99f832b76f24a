"""表样: every form in one list, a bureau's own explained by drop-downs, renamed, replaced, taken off."""

from __future__ import annotations

from pathlib import Path

import pytest
from facts import shangjie
from screen import Hand, needs_screen, page, text_of
from typed import typed

from perf_excel.faces.window import questions, settings
from perf_excel.faces.window.app import Window
from perf_excel.faces.window.form_choice import form_choices
from perf_excel.faces.window.steps.filling import FillingPage
from perf_excel.faces.window.steps.forms_page import FormsPage
from perf_excel.faces.window.steps.start import StartPage
from perf_excel.jobs.examination import shelf
from perf_excel.rules.rulesets.library import ruleset, ruleset_names


@pytest.fixture
def forms(window: Window) -> FormsPage:
    window.go("表样", [])
    return page(window, FormsPage)


def named(*_: object) -> str:
    return "本市表"


def lines(forms: FormsPage) -> list[str]:
    tree = forms.forms.tree
    return [str(tree.item(one, "text")) for group in tree.get_children() for one in tree.get_children(group)]


def choose(forms: FormsPage, line: str) -> None:
    tree = forms.forms.tree
    for group in tree.get_children():
        for one in tree.get_children(group):
            if tree.item(one, "text") == line:
                tree.selection_set(one)
                tree.update()


def kept(window: Window, hand: Hand, own: Path, name: str) -> FormsPage:
    """A form that was looked at and kept by mouse and keyboard."""
    window.go("表样", [own])
    adopt = page(window, FormsPage).adopt
    hand.click(adopt.look_button)
    hand.wait(lambda: not window.work.busy)
    adopt.name.delete(0, "end")
    hand.click(adopt.name)
    hand.type(name)
    hand.click(adopt.keep_button)
    hand.wait(lambda: "已收作表样" in str(window.status.cget("text")))
    return page(window, FormsPage)


@needs_screen
def test_the_first_start_asks_for_region_and_unit_once(window: Window, hand: Hand) -> None:
    start = page(window, StartPage)
    welcome = start.welcome
    assert welcome is not None
    assert welcome.region.name == "national-2020"
    hand.click(welcome.unit)
    hand.type("my unit")
    welcome.region.choose("henan-department")
    hand.click(welcome.keep_button)
    assert not welcome.winfo_ismapped()
    assert (settings.load().rules, settings.load().unit) == ("henan-department", "my unit")
    again = StartPage(window.root, window.desk)
    again.offer(window.steps)
    assert again.welcome is None


@needs_screen
def test_every_form_stands_in_one_list_without_ids(forms: FormsPage, tmp_path: Path) -> None:
    own = tmp_path / "本市规则.toml"
    choose(forms, "河南省部门整体自评")
    words = text_of(forms.forms.words)
    assert "河南省部门整体自评" in words
    forms.forms.copy_into(own)
    shown = lines(forms)
    assert "河南省部门整体自评，自己的规则“本市规则”" in shown
    assert "郑州市绩效目标申报：支出项目绩效目标表" in shown
    assert "四川省部门预算项目支出绩效自评" in shown
    assert len(shown) >= len(ruleset_names())
    for text in (*shown, words):
        assert not [name for name in ruleset_names() if name in text]
    assert any(one.rules == str(own) for one in form_choices())
    forms.forms.delete()
    assert own.exists()
    assert settings.load().own_rules == ()


@needs_screen
def test_a_form_is_chosen_for_a_new_one(window: Window, hand: Hand, forms: FormsPage) -> None:
    choose(forms, "郑州市绩效目标申报：支出项目绩效目标表")
    hand.click(forms.forms.new_button)
    chosen = page(window, FillingPage).new.form.choice
    assert (chosen.rules, chosen.form) == ("zhengzhou-declaration", "支出项目绩效目标表")
    window.go("表样", [])
    hand.click(forms.forms.usual_button)
    assert settings.load().rules == "zhengzhou-declaration"


@needs_screen
def test_a_bureaus_form_is_kept_renamed_replaced_and_taken_off(
    window: Window, hand: Hand, tmp_path: Path, agreed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "本地表.xlsx"
    own.write_bytes(typed(shangjie()))
    forms = kept(window, hand, own, "own-form")
    assert "认出的内容" in text_of(forms.adopt.words)
    assert [one.name for one in shelf.templates()] == ["own-form"]
    assert agreed == []
    kept(window, hand, own, "own-form")
    assert agreed == ["已有名为“own-form”的表样，要替换它吗？原有的会先备份。"]

    forms.tabs.turn_to(forms.forms)
    choose(forms, "own-form")
    monkeypatch.setattr(questions, "ask_name", named)
    hand.click(forms.forms.rename_button)
    assert [one.name for one in shelf.templates()] == ["本市表"]
    assert "本市表" in lines(forms)
    hand.click(forms.forms.delete_button)
    assert shelf.templates() == []
    assert list(shelf.folder().glob("本市表.备份-*.xlsx"))


@needs_screen
def test_columns_are_explained_by_drop_downs(
    window: Window, hand: Hand, tmp_path: Path, agreed: list[str]
) -> None:
    import openpyxl

    own = tmp_path / "本地表.xlsx"
    own.write_bytes(typed(shangjie()))
    book = openpyxl.load_workbook(own)
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if any(cell.value == "三级指标" for cell in row))
    changed = next(cell for cell in heads[3:] if cell.value == "得分")
    changed.value = "本级打的数"
    book.save(own)
    window.go("表样", [own])
    adopt = page(window, FormsPage).adopt
    hand.click(adopt.look_button)
    hand.wait(lambda: not window.work.busy)
    (asked,) = adopt.columns.unanswered()
    assert "本级打的数" in asked
    adopt.columns.boxes[changed.column].set("得分")
    hand.click(adopt.keep_button)
    hand.wait(lambda: "已收作表样" in str(window.status.cget("text")))
    assert agreed == []
    (one,) = shelf.templates()
    assert one.labels == {"score": ("本级打的数",)}
    assert ruleset(one.rules).name in text_of(adopt.words)
