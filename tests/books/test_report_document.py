"""A report as a document: every number in it is the form's, and refreshing changes just what changed."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, cast

import docx
import pytest
from facts import shangjie
from forms_at_random import random_form, seeded
from lxml import etree
from office import converted, needs_office
from returned import zipped
from small import form, money, row
from words_of import controls_of, paragraphs_of, tree_of

from perf_excel.books.report.document_refresh import Refreshed, refresh
from perf_excel.books.report.report_rendering import Rendered, render
from perf_excel.books.report.title_breaks import break_titles, line_ends
from perf_excel.books.report.word_file import tag
from perf_excel.errors import UserError
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form
from perf_excel.jobs.report_refresh import values_of
from perf_excel.rules.rulesets.library import ruleset, templates_folder
from perf_excel.rules.scoring.form_score import score
from perf_excel.words.writing.report_facts import Block, report_facts
from perf_excel.words.writing.report_figures import Figure, Subject

OUTLINES = ("henan-department", "guangzhou-department", "hebei-luquan-department", "national-2020")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
LISTED = re.compile(r"^\d+\.")


def subject(one: Form, rules: str = "henan-department", prefix: str = "main") -> Subject:
    return Subject(one, score(one, ruleset(rules)), lambda _: "", prefix)


def where(figure: Figure) -> str:
    return f"自评表!A1 {figure.label}"


def reported(one: Form, outline: str = "henan-department", *projects: Form) -> Rendered:
    template = templates_folder() / outline / "报告.docx"
    others = [subject(each, outline, f"p{at}") for at, each in enumerate(projects)]
    return render(template.read_bytes(), template.name, report_facts(subject(one, outline), others), where)


def refreshed(report: bytes, one: Form, outline: str = "henan-department") -> Refreshed:
    values = list(values_of(report_facts(subject(one, outline))))
    figures = {each.key: each for each in values if isinstance(each, Figure)}
    pictures = {each.key: each for each in values if isinstance(each, Block) and each.key}
    return refresh(report, "报告.docx", figures, pictures, where)


def outside(data: bytes) -> list[str]:
    """The text of every paragraph without what stands in controls."""
    tree = tree_of(data)
    for control in list(tree.iter(tag("sdt"))):
        parent = control.getparent()
        assert parent is not None
        parent.remove(control)
    return [
        "".join(node.text or "" for node in paragraph.iter(tag("t"))) for paragraph in tree.iter(tag("p"))
    ]


@pytest.mark.parametrize("seed", range(40))
def test_every_number_is_one_of_the_form_s(seed: int) -> None:
    one = random_form(seeded(seed))
    outline = OUTLINES[seed % len(OUTLINES)]
    data = reported(one, outline).data
    for line in outside(data):
        assert not NUMBER.search(LISTED.sub("", line)), "numbers stand in controls"
    known = numbers_of(one, outline)
    for key, text in controls_of(data):
        assert {Decimal(number) for number in NUMBER.findall(text)} <= known, (key, text)
        assert "None" not in text
    assert all("None" not in line for line in paragraphs_of(data))


def numbers_of(one: Form, rules: str) -> set[Decimal]:
    """Every number that a report may say of a form: what stands in it, and sums, differences, shares."""
    scored = score(one, ruleset(rules))
    money_rows = [*one.funding, *([one.budget] if one.budget else [])]
    found: set[Decimal] = {Decimal(one.year or 0)}
    for each in money_rows:
        amounts = [n for n in (each.initial, each.annual, each.executed) if n is not None]
        found |= {*amounts, *(abs(a - b) for a in amounts for b in amounts)}
        found |= {percent(part, whole) for part in amounts for whole in amounts if whole}
        found |= {percent(abs(a - b), b) for a in amounts for b in amounts if b}
    for each in one.indicators:
        found |= {n for value in (each.target, each.actual) for n in numbers(value.text)}
    rows = [
        (
            (each.kind, each.level1, one.indicators[each.at].level2 if each.kind == "indicator" else ""),
            each.weight,
            each.points if each.printed is None else each.printed,
        )
        for each in scored.rows
    ]
    groups: dict[tuple[str, ...], list[tuple[Decimal | None, Decimal | None]]] = {}
    for (kind, level1, level2), weight, points in rows:
        for group in ((), (kind,), ("first", level1), ("second", kind, level1, level2), (str(len(groups)),)):
            groups.setdefault(group, []).append((weight, points))
    for pairs in groups.values():
        weight, points = (sum((pair[at] or Decimal(0) for pair in pairs), Decimal(0)) for at in (0, 1))
        losses = [max(w - p, Decimal(0)) for w, p in pairs if w is not None and p is not None]
        found |= {weight, points, max(weight - points, Decimal(0)), sum(losses, Decimal(0)), *losses}
        found |= {percent(points, weight)} if weight else set()
    total = one.total if one.total is not None else scored_total(rows)
    full = one.total_weight if one.total_weight is not None else scored_total([(g, w, w) for g, w, _ in rows])
    found |= {total, full, max(full - total, Decimal(0))}
    return found | {Decimal(count) for count in range(len(one.indicators) + 1)}


def scored_total(rows: Sequence[tuple[Any, Decimal | None, Decimal | None]]) -> Decimal:
    return sum((points or Decimal(0) for _, _, points in rows), Decimal(0))


def numbers(text: str) -> list[Decimal]:
    return [Decimal(number) for number in NUMBER.findall(text)]


def percent(part: Decimal, whole: Decimal) -> Decimal:
    return (100 * part / whole).quantize(Decimal("0.01"), "ROUND_HALF_UP")


@pytest.mark.parametrize("seed", range(30))
def test_refreshing_with_the_same_form_changes_nothing(seed: int) -> None:
    one = random_form(seeded(seed))
    outline = OUTLINES[seed % len(OUTLINES)]
    made = reported(one, outline)
    done = refreshed(made.data, one, outline)
    assert (done.changes, done.stale, done.emptied, done.pictures) == ((), (), (), 0)
    assert same_text(done.data, made.data)
    assert done.keys == made.figures.keys()


def same_text(one: bytes, other: bytes) -> bool:
    return etree.tostring(tree_of(one), method="c14n") == etree.tostring(tree_of(other), method="c14n")


@pytest.mark.parametrize("seed", range(40))
def test_a_refreshed_report_says_what_a_new_one_does(seed: int) -> None:
    picks = seeded(seed)
    old, outline = random_form(picks), OUTLINES[seed % len(OUTLINES)]
    new = changed(old, picks)
    report = reported(old, outline)
    done = refreshed(report.data, new, outline)
    fresh = dict(controls_of(reported(new, outline).data))
    stale = {text.partition("“")[0] for text in done.stale}
    before = dict(controls_of(report.data))
    for key, text in controls_of(done.data):
        if key in fresh and not fresh[key].startswith("【待填"):
            assert text == fresh[key]
        else:
            assert text == before[key], "what the form no longer says stays"
    assert outside(done.data) == outside(report.data), "no prose is touched"
    differing = {
        key for key in before if key in fresh and before[key] != fresh[key] and "待填" not in fresh[key]
    }
    assert {(one.old, one.new) for one in done.changes} == {(before[key], fresh[key]) for key in differing}
    assert bool(stale) == any(
        "待填" not in before[key] and "待填" in fresh.get(key, "【待填】") for key in before
    )


def changed(one: Form, picks: random.Random) -> Form:
    """The form with some of its values changed."""
    funding = tuple(
        replace(each, executed=picks.choice((each.executed, Decimal("12.5"), None))) for each in one.funding
    )
    indicators = tuple(
        replace(
            each,
            actual=parse(picks.choice((each.actual.text, "55%", ""))),
            score=picks.choice((each.score, Decimal(1))),
        )
        for each in one.indicators
    )
    return replace(
        one, funding=funding, indicators=indicators, total=picks.choice((one.total, Decimal("77.7")))
    )


FORM = form(
    row(score=10), row("≥95%", "90%", 10, "9.47", name="合格率", reason="资金晚到"),
    funding=(money("357.65", "378.1", "273.8", 10, "72.41", "7.24"),), unit="某某局", year=2022,
    form="自评表", total=Decimal("26.71"),
)  # fmt: skip


def edited(data: bytes, change: Any) -> bytes:
    """A report that somebody worked on."""
    document = docx.Document(io.BytesIO(data))
    change(cast("Any", document.element).body)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def control_of(body: Any, key: str) -> Any:
    return next(
        one for one in body.iter(tag("sdt"))
        if one.find(f"{tag('sdtPr')}/{tag('tag')}").get(tag("val")) == f"pe:{key}"
    )  # fmt: skip


NEW = replace(FORM, funding=(money("357.65", "378.1", "340", 10, "89.92", "8.99"),), total=Decimal("28.46"))


def test_what_was_typed_around_a_figure_stays() -> None:
    def work(body: Any) -> None:
        control = control_of(body, "main:budget.executed")
        run = control.getprevious()
        run.find(tag("t")).text = "截至年底，我局共支出"
        control.getparent().remove(control.getnext())

    done = refreshed(edited(reported(FORM).data, work), NEW)
    (line,) = [line for line in paragraphs_of(done.data) if "我局共支出" in line]
    assert "我局共支出340" in line
    assert ("全年执行数", "273.8", "340") in {change[:3] for change in map(tuple_of, done.changes)}


def tuple_of(change: Any) -> tuple[str, str, str]:
    return change.label, change.old, change.new


def test_a_figure_that_word_cut_into_runs_is_one() -> None:
    def work(body: Any) -> None:
        content = control_of(body, "main:budget.executed").find(tag("sdtContent"))
        run = content.find(tag("r"))
        run.find(tag("t")).text = "27"
        run.addnext(second := copy.deepcopy(run))
        second.find(tag("t")).text = "3.8"

    done = refreshed(edited(reported(FORM).data, work), NEW)
    assert ("main:budget.executed", "340") in controls_of(done.data)
    assert ("全年执行数", "273.8", "340") in map(tuple_of, done.changes)


def test_a_figure_whose_control_lost_its_tag_is_known_by_its_bookmark() -> None:
    def work(body: Any) -> None:
        for properties in body.iter(tag("sdtPr")):
            properties.clear()

    done = refreshed(edited(reported(FORM).data, work), NEW)
    assert dict(controls_of(done.data)) == dict(controls_of(reported(NEW).data))
    assert ("全年执行数", "273.8", "340") in map(tuple_of, done.changes)


@needs_office
def test_a_report_that_libreoffice_saved_is_refreshed() -> None:
    saved = converted(reported(FORM).data, "docx", source="docx")
    done = refreshed(saved, NEW)
    assert ("全年执行数", "273.8", "340") in map(tuple_of, done.changes)
    assert len(done.keys) == len(reported(FORM).figures)


def test_bookmarks_are_each_there_once() -> None:
    marks = list(tree_of(reported(shangjie()).data).iter(tag("bookmarkStart")))
    for field in ("id", "name"):
        values = [mark.get(tag(field)) for mark in marks]
        assert len(values) == len(set(values)) > 100
    assert all(len(str(mark.get(tag("name")))) <= 40 for mark in marks), "Word's limit"


def test_a_figure_that_was_deleted_is_not_put_back() -> None:
    def work(body: Any) -> None:
        control = control_of(body, "main:budget.executed")
        control.getparent().remove(control)
        control = control_of(body, "main:budget.rate")
        control.find(tag("sdtContent")).clear()

    done = refreshed(edited(reported(FORM).data, work), NEW)
    assert "执行率" in done.emptied


def test_the_clerk_s_words_in_the_place_of_a_missing_figure_stay() -> None:
    missing = replace(FORM, total=None, indicators=(row(actual="", weight=10),))

    def work(body: Any) -> None:
        for control in body.iter(tag("sdt")):
            if control.find(f"{tag('sdtPr')}/{tag('tag')}").get(tag("val")) == "pe:main:total.score":
                control.find(f".//{tag('t')}").text = "96"

    report = edited(reported(missing).data, work)
    done = refreshed(report, missing)
    assert ("main:total.score", "96") in controls_of(done.data)
    assert "总分“96”" in done.stale


def test_what_is_filled_in_is_no_longer_marked() -> None:
    report = reported(replace(FORM, grade="", total=None, indicators=(row(actual="", weight=10),)))
    assert "【待填：等级】" in report.to_fill
    done = refreshed(report.data, replace(FORM, grade="优"))
    for control in tree_of(done.data).iter(tag("sdt")):
        text = "".join(node.text or "" for node in control.iter(tag("t")))
        marked = next(control.iter(tag("highlight")), None) is not None
        assert marked == text.startswith("【待填")


def test_a_document_without_figures_is_no_report() -> None:
    out = io.BytesIO()
    docx.Document().save(out)
    with pytest.raises(UserError, match="没有本程序写的数"):
        refreshed(out.getvalue(), FORM)


def test_everything_to_fill_in_is_marked() -> None:
    for outline in OUTLINES:
        made = reported(form(), outline)
        tree = tree_of(made.data)
        for run in tree.iter(tag("r")):
            text = "".join(node.text or "" for node in run.iter(tag("t")))
            assert (run.find(f"{tag('rPr')}/{tag('highlight')}") is not None) == text.startswith("【待填")
        assert len(made.to_fill) > 8


def test_the_annex_is_the_whole_form() -> None:
    lines = paragraphs_of(reported(shangjie()).data)
    for one in shangjie().indicators:
        assert one.level3 in lines
    table = list(tree_of(reported(shangjie()).data).iter(tag("tbl")))[-1]
    assert len(list(table.iter(tag("tr")))) == 33
    assert table.find(f"{tag('tr')}/{tag('trPr')}/{tag('tblHeader')}") is not None


def test_projects_go_into_the_department_s_report() -> None:
    road = replace(FORM, project="道路养护", grade="优")
    lines = paragraphs_of(reported(FORM, "henan-department", road, replace(road, project="桥梁")).data)
    assert "纳入自评的项目支出2个。" in lines
    assert any(
        line.startswith("道路养护：全年预算数378.1万元，全年执行数273.8万元，执行率72.41%") for line in lines
    )


def test_it_opens_as_a_document() -> None:
    document = docx.Document(io.BytesIO(reported(shangjie()).data))
    assert [section.orientation for section in document.sections] == [0, 1]
    charts = [part for part in document.part.package.iter_parts() if "chart" in part.partname]  # pyright: ignore[reportOptionalMemberAccess]
    assert len(charts) == 1
    assert "投入管理指标" in charts[0].blob.decode()


@pytest.mark.parametrize(
    "lines",
    [
        ("2023年度甲局部门整体绩效自评报告",),
        ("2023年度郑州市上街区信访局", "部门整体绩效自评报告"),
        ("2023年度郑州市上街区住房和城乡建设局", "部门整体绩效自评报告"),
        ("广州市某局2022年度", "部门整体支出绩效自评报告"),
        ("2023年度农村饮水安全巩固提升", "工程（二期）绩效自评报告"),
        ("郑州高新技术产业开发区", "管理委员会社会事业局2022年度", "部门整体支出绩效自评报告"),
        (
            "2023年度义务教育阶段学校公用",
            "经费补助资金（含寄宿生生活补助）",
            "中央直达资金项目绩效自评报告",
        ),
    ],
)
def test_a_title_longer_than_a_line_ends_its_lines_between_words(lines: tuple[str, ...]) -> None:
    title = "".join(lines)
    ends = line_ends(title, 20.1)
    assert tuple(title[one:other] for one, other in pairwise((0, *ends, len(title)))) == lines


def test_a_title_without_a_word_that_is_known_fills_alike_lines_and_ends_in_no_number() -> None:
    title = "很" * 45 + "2023报告"
    one, other = line_ends(title, 20.1)
    assert (one, other) == (16, 33)
    assert line_ends("报告", 1) == line_ends("", 20) == ()


def test_the_title_of_a_report_has_its_breaks_and_its_figures() -> None:
    one = replace(shangjie(), unit="郑州市上街区信访局", year=2023)
    body = tree_of(reported(one).data)
    (title,) = (node for node in body.iter(tag("p")) if "部门整体绩效自评报告" in "".join(node.itertext()))
    signs = title.iter(tag("t"), tag("br"))
    shown = "".join("/" if node.tag == tag("br") else node.text or "" for node in signs)
    assert shown == "2023年度郑州市上街区信访局/部门整体绩效自评报告"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('w:val="center"', 'w:val="start"'),
        ('w:val="center"', 'w:val="?"'),
        ('w:w="11906"', 'w:w="?"'),
        ('<w:sz w:val="44"/>', '<w:sz w:val="?"/>'),
    ],
)
def test_a_title_whose_look_is_not_known_is_left_as_it_is(was: str, now: str) -> None:
    template = templates_folder() / "henan-department" / "报告.docx"
    parts = dict(members(template.read_bytes()))
    odd = {name: content.replace(was.encode(), now.encode()) for name, content in parts.items()}
    assert odd != parts
    document: Any = docx.Document(io.BytesIO(zipped(odd)))
    document.paragraphs[0].runs[0].text = "2022年度郑州市上街区信访局部门整体绩效自评报告"
    break_titles(document)
    assert "\n" not in document.paragraphs[0].text


def members(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_a_document_without_sections_and_a_long_paragraph_have_no_title() -> None:
    document: Any = docx.Document()
    for text in ("很" * 5_000 + "报告", "短的报告"):
        document.add_paragraph(text, style="Title").alignment = 1
    for section in list(document.element.body.iter(tag("sectPr"))):
        section.getparent().remove(section)
    break_titles(document)
    assert [one.text for one in document.paragraphs] == ["很" * 5_000 + "报告", "短的报告"]
