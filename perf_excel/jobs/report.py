"""Report (报告): the self-evaluation report of one or more forms, written from a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from perf_excel.books.report.report_rendering import Rendered, render
from perf_excel.books.report.template_tags import Checked, check_template
from perf_excel.books.report.word_file import read_document
from perf_excel.errors import UserError
from perf_excel.forms.spot import Spot
from perf_excel.jobs.examination.examining import Examined, examine_all
from perf_excel.jobs.examination.whereabouts import where
from perf_excel.rules.rulesets.library import ruleset, ruleset_names, templates_folder
from perf_excel.words.writing.report_facts import report_facts
from perf_excel.words.writing.report_figures import Figure, Subject, identity
from perf_excel.words.writing.report_tags import TAGS

TEMPLATE = "报告.docx"
DEPARTMENT, PROJECT = "henan-department", "national-2020"
"""The rule sets whose outline serves where a rule set has none: for a department, for a project."""
_MOST_FORMS = 200


@dataclass(frozen=True)
class Material:
    """The forms that a report is made of: the first is what it is about."""

    forms: tuple[Examined, ...]
    subjects: tuple[Subject, ...]
    facts: dict[str, object]

    @property
    def main(self) -> Examined:
        """The form that the report is about."""
        return self.forms[0]

    def where(self, figure: Figure) -> str:
        """Return where a figure stands, or from where it is computed: 自评表!F17."""
        prefix = figure.key.partition(":")[0]
        examined = next(
            one for one, subject in zip(self.forms, self.subjects, strict=True) if subject.prefix == prefix
        )
        places = examined.found.reading.places
        cells = list(dict.fromkeys(where(examined, spot) for spot in figure.spots if spot in places))
        sheet = examined.found.reading.grid.sheet
        at = "" if not cells else cells[0] if "!" in cells[0] else f"{sheet}!{cells[0]}"
        more = f"等{len(cells)}格" if len(cells) > 2 else f"、{cells[1]}" if len(cells) > 1 else ""
        how = "算得" if figure.computed else ""
        return f"{at}{more}{how} {figure.label}".strip()


@dataclass(frozen=True)
class Report:
    """A report as a file, what it was made of, and by which template."""

    rendered: Rendered
    material: Material
    template: str


def gather(
    paths: Iterable[Path], rules: str | None = None, sheet: str | None = None, table: int | None = None
) -> Material:
    """Examine the forms of some workbooks, the department's first, then those of projects.

    Raises:
        UserError: a file cannot be used, or none of the forms has results to report on.
    """
    return material_of([one for path in paths for one in examine_all(path, rules, sheet, table)])


def material_of(forms: Sequence[Examined]) -> Material:
    """Return what a report of some examined forms is made of.

    Raises:
        UserError: there are too many, or none of them has results to report on.
    """
    if len(forms) > _MOST_FORMS:
        raise UserError(f"一份报告最多用 {_MOST_FORMS} 张表，现有 {len(forms)} 张，请分几份报告。")
    told = [one for one in forms if not one.form.monitors and {"actual", "score"} & one.form.columns]
    if not told:
        name = forms[0].found.book.name
        raise UserError(f"{name}：表上没有实际完成值和得分两栏，不是自评表，不能写自评报告，请给出自评表。")
    at = next((index for index, one in enumerate(told) if not one.form.project), 0)
    ordered = (told[at], *told[:at], *told[at + 1 :])
    subjects = tuple(_subjects(ordered))
    return Material(ordered, subjects, report_facts(subjects[0], subjects[1:]))


def _subjects(forms: Sequence[Examined]) -> Iterable[Subject]:
    seen: dict[str, int] = {}
    for index, examined in enumerate(forms):
        reading, form = examined.found.reading, examined.form

        def shown(spot: Spot, examined: Examined = examined) -> str:
            own = examined.found.reading
            return own.own_text(spot) if spot in own.places else ""

        name = f"p{identity(form.project or form.unit or str(index))}"
        seen[name] = seen.get(name, -1) + 1
        prefix = f"{name}.{seen[name]}" if seen[name] else name
        yield Subject(form, examined.scores, shown, prefix if index else "main", reading.per_wan)


class Outline(NamedTuple):
    """A report's outline (提纲) as a rule set has it: the rule set's name in words, and the template."""

    name: str
    path: Path


def outlines() -> list[Outline]:
    """Return the outlines that ship."""
    own = ((ruleset(name).name, templates_folder() / name / TEMPLATE) for name in ruleset_names())
    return [Outline(name, path) for name, path in own if path.is_file()]


def template_for(examined: Examined) -> tuple[Path, str]:
    """Return the template of a form's rule set, and a word on it where that of another serves."""
    rules = examined.found.rules
    own = templates_folder() / rules.id / TEMPLATE
    if own.is_file():
        return own, ""
    other = PROJECT if examined.form.project else DEPARTMENT
    return templates_folder() / other / TEMPLATE, (
        f"规则集 {rules.id} 没有自己的报告提纲，用的是 {other} 的；要换请自备模板"
    )


def write_report(material: Material, template: Path, lines: Decimal | None = None) -> Report:
    """Write the report of some forms.

    Args:
        material: the forms.
        template: a document with tags.
        lines: distance of lines in points, instead of the template's own.

    Raises:
        UserError: the template cannot be used.
    """
    data = read_document(template)
    checked = check_template(data, template.name, TAGS)
    if checked.troubles:
        first = checked.troubles[0]
        more = f"等 {len(checked.troubles)} 处" if len(checked.troubles) > 1 else ""
        raise UserError(
            f"{template.name}：模板的标签有误，“{first.where}”：{first.what}{more}，",
            by_command=f"请用 report check-template {template.name} 逐处查看并改正。",
            by_hand="请改正后重试。",
        )
    return Report(render(data, template.name, material.facts, material.where, lines), material, template.name)


def checked_template(path: Path) -> Checked:
    """Hold a template's tags against what a report knows.

    Raises:
        UserError: it is no document that can be used.
    """
    return check_template(read_document(path), path.name, TAGS)
