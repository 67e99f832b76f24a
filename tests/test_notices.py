"""The packaged program says whose work is in it, and gives the licence that asks for it."""

from __future__ import annotations

from pathlib import Path

import notices


def test_every_library_is_named_with_its_licence(tmp_path: Path) -> None:
    lines = notices.write_notices(tmp_path)
    named = {line.split()[0].lower() for line in lines}
    assert named >= {"docxtpl", "python-docx", "jinja2", "lxml", "openpyxl", "xlwings", "markupsafe"}
    assert not [line for line in lines if line.endswith("见其许可全文")]
    assert not list((tmp_path / notices.FOLDER).glob("*_PRO*")), "xlwings.pro is not shipped"
    said = (tmp_path / notices.FOLDER / "说明.txt").read_text(encoding="utf-8")
    assert all(line in said for line in lines)


def test_the_licence_of_docxtpl_is_there_whole(tmp_path: Path) -> None:
    notices.write_notices(tmp_path)
    text = (tmp_path / notices.FOLDER / "LGPL-2.1.txt").read_text(encoding="utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "END OF TERMS AND CONDITIONS" in text
    spec = (notices.ROOT / "build" / "package" / "perf_excel.spec").read_text(encoding="utf-8")
    assert 'module_collection_mode={"docxtpl": "py"}' in spec, "as files that can be replaced"
