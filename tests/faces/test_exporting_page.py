"""Exporting into a folder that already holds something: nothing is replaced unasked, nothing collides."""

from __future__ import annotations

from pathlib import Path

from screen import Hand, needs_screen, page

from perf_excel.faces.window.app import Window
from perf_excel.faces.window.steps.exporting import ExportingPage


def exported(window: Window, hand: Hand, books: list[Path], folder: Path) -> ExportingPage:
    window.go("导出", books)
    exporting = page(window, ExportingPage)
    exporting.folder.put(folder)
    exporting.formats[".json"].set(True)
    exporting.formats[".pdf"].set(False)
    hand.click(exporting.button)
    hand.wait(lambda: not window.work.busy)
    return exporting


@needs_screen
def test_what_is_there_is_replaced_only_where_that_was_chosen(
    window: Window, hand: Hand, book: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "导出"
    folder.mkdir()
    exporting = exported(window, hand, [book], folder)
    (first,) = folder.iterdir()
    first.write_text("changed by hand", encoding="utf-8")
    hand.click(exporting.button)
    hand.wait(lambda: not window.work.busy)
    assert first.read_text(encoding="utf-8") == "changed by hand"
    assert {path.name for path in folder.iterdir()} == {first.name, f"{first.stem}-2.json"}

    exporting.existing.current(1)
    hand.click(exporting.button)
    hand.wait(lambda: not window.work.busy)
    assert first.read_text(encoding="utf-8") != "changed by hand"
    (backup,) = folder.glob("*.备份-*.json")
    assert backup.read_text(encoding="utf-8") == "changed by hand"


@needs_screen
def test_inputs_of_one_name_never_meet(window: Window, hand: Hand, book: Path, tmp_path: Path) -> None:
    folder, other = tmp_path / "导出", tmp_path / "乙" / book.name
    folder.mkdir()
    other.parent.mkdir()
    other.write_bytes(book.read_bytes())
    exported(window, hand, [book, other], folder)
    assert len(list(folder.iterdir())) == 2
