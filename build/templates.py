"""Rebuild the templates that ship: workbooks from each ruleset.toml, 报告.docx from each 报告.toml.

Run it after a change of a rule set or of the template builder; a test compares the result with what ships.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from report_templates import report_templates

from perf_excel.books.template import build
from perf_excel.forms.model import Form
from perf_excel.rules.rulesets.library import ruleset, ruleset_names, templates_folder


def templates() -> Iterator[tuple[Path, bytes]]:
    """Yield the place and the content of every template that ships."""
    for name in ruleset_names():
        rules = ruleset(name)
        for layout in rules.forms:
            if layout.file:
                yield templates_folder() / name / layout.file, build(rules, layout, Form())
    yield from report_templates(templates_folder())


def main() -> None:
    """Write every template whose content changed."""
    for path, data in templates():
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            print(f"已更新 {path.parent.name}/{path.name}")


if __name__ == "__main__":
    main()
