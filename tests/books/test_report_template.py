"""Report templates: what is wrong with their tags is said, and a template from anybody does no harm."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from report_templates import OUTLINE, STYLES, report_templates, template_of
from words_of import paragraphs_of, tree_of

from perf_excel.books.report.report_rendering import render
from perf_excel.books.report.template_tags import check_template
from perf_excel.books.report.word_file import ensure_safe, tag
from perf_excel.errors import UserError
from perf_excel.rules.rulesets.library import templates_folder
from perf_excel.words.writing.report_figures import Figure
from perf_excel.words.writing.report_tags import TAGS

SHIPPED = sorted(templates_folder().glob("*/报告.docx"))
TOTAL = Figure("main:total.score", "总分", "95.81")


def template(*lines: str, title: str = "报告", annex: str = "附件") -> bytes:
    """A template whose body has these paragraphs."""
    return template_of({"title": title, "lines": Decimal("28.95"), "body": "\n".join(lines), "annex": annex})


def troubles(*lines: str) -> list[str]:
    return [one.what for one in check_template(template(*lines), "模板.docx", TAGS).troubles]


def test_every_region_has_an_outline() -> None:
    assert {path.parent.name for path in SHIPPED} >= {
        "henan-department", "guangzhou-department", "hebei-luquan-department", "national-2020",
    }  # fmt: skip
    assert [path.parent for path in SHIPPED] == sorted(
        path.parent for path in templates_folder().glob(f"*/{OUTLINE}")
    )


def test_what_ships_is_what_the_outlines_say() -> None:
    for path, data in report_templates(templates_folder()):
        assert parts(path.read_bytes()) == parts(data), f"run build/dev.py templates: {path.parent.name}"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_what_ships_is_in_order(path: Path) -> None:
    checked = check_template(path.read_bytes(), path.name, TAGS)
    assert checked.troubles == ()
    assert checked.tags > 40


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["{{ 总分数 }}"], "不认识“总分数”"),
        (["{%p for 级 in 一级指标 %}", "{{ 级.分数 }}", "{%p endfor %}"], "“级”没有“分数”这一项"),
        (["{{ 项.名称 }}"], "不认识“项”"),
        (["{{ 一级指标 }}"], "“一级指标”是列表，请用“for 项 in 一级指标”逐项写出"),
        (["{%p for 级 in 总分 %}", "{{ 级 }}", "{%p endfor %}"], "“总分”不是列表，不能循环"),
        (["得分{{ 总分 分"], "“{{ 总分 分”没有写完，缺少“}}”"),
        (["得分{{ 总分 %}分"], "“{{ 总分 %}分”没有写完，缺少“}}”"),
        (["{%p for 级 in 任务 %}", "{{ 级.名称 }}"], "“{%p for 级 in 任务 %}”没有结尾，缺少“{%p endfor %}”"),
        (["{%p endfor %}{{ 总分 }}"], "“{%p endfor %}”应独占一段，同一段里不能有别的文字"),
        (["{%p endif %}", "{{ 总分 }}"], "“{%p endif %}”前面没有对应的开头"),
        (["{% if 总分 %}", "{{ 总分 }}{% endif %}"],
         "“{% endif %}”与“{% if 总分 %}”应在同一段文字里成对，跨段的请都写成 {%p"),
        (["{%p if 总分 %}", "有{% endif %}"],
         "“{% endif %}”与“{%p if 总分 %}”应在同一处的段落里成对，都写成 {%p"),
        (["{{p 总分 }}"], "“{{p 总分 }}”应写成“{{ 总分 }}”，花括号后面不加 p"),
        (["{%tr for 级 in 任务 %}", "{%tr endfor %}"], "“{%tr for 级 in 任务 %}”不在表格里，不能用 tr"),
        (["{# 说明 #}{{ 总分 }}"], "不能用注释 {# #}，请删去"),
        (["{{ }}"], "“{{ }}”是空的"),
        (["{{ 总分 总分 }}"], "“{{ 总分 总分 }}”写得不对：不合标签的写法"),
        (["{% set 一 = 1 %}"], "不认识“{% set 一 = 1 %}”，只能用 for、endfor、if、elif、else、endif"),
        (["{{ 总分 | upper }}"], "“{{ 总分 | upper }}”写得不对：不能用“过滤器 |”"),
        (["{{ 总分.__class__ }}"], "“{{ 总分.__class__ }}”写得不对：不能用“__class__”"),
        (["{{ " + "(" * 300 + "总分" + ")" * 300 + " }}"], "“{{ " + "(" * 37 + "…”超过 200 个字，太长"),
        (["{%p if 总分 %}"] * 500 + ["{%p endif %}"] * 500, "for、if 一层套一层超过 20 层"),
        (["{{ 总分"] * 500, "“{{ 总分”没有写完，缺少“}}”"),
        (["没有标签"], "没有一个标签，这样写出的报告里不会有表上的数"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(lines: list[str], words: str) -> None:
    assert words in troubles(*lines)


@pytest.mark.parametrize(
    "expression",
    [
        "range(9)", "'字' * 1000000000", "10 ** 10 ** 10", "lipsum()", "总分()", "总分['text']", "[1, 2]",
        "总分 ~ 总分", "cycler", "总分 if 1", "1 > 0", "self", "loop",
    ],
)  # fmt: skip
def test_a_template_can_only_repeat_what_the_form_says(expression: str) -> None:
    assert troubles(f"{{{{ {expression} }}}}")
    if expression not in ("cycler", "self", "loop"):
        with pytest.raises(UserError, match="模板填写不了"):
            rendered(f"{{{{ {expression} }}}}")


def rendered(*lines: str, facts: dict[str, Any] | None = None) -> bytes:
    return render(template(*lines), "模板.docx", facts or {"总分": TOTAL}, lambda one: one.label).data


def test_loops_are_not_nested_without_end() -> None:
    opened = [f"{{%p for 级{number} in 一级指标 %}}" for number in range(4)]
    assert "循环套循环超过 3 层" in " ".join(troubles(*opened, *["{%p endfor %}"] * 4))


def test_tags_that_word_has_cut_into_runs_are_read() -> None:
    whole = template("得分{{ 总分 }}分")
    apart = '{{</w:t></w:r><w:r><w:t xml:space="preserve"> 总</w:t></w:r><w:r><w:t>分 }}'
    cut = changed(whole, "{{ 总分 }}", apart)
    assert check_template(cut, "模板.docx", TAGS).troubles == ()
    made = render(cut, "模板.docx", {"总分": TOTAL}, lambda one: one.label).data
    assert "得分95.81分" in paragraphs_of(made)


def test_quotation_marks_that_word_made_round_are_straight_again() -> None:
    assert troubles("{% if 等级 == “优” %}好{% endif %}{{ 总分 }}") == []


def test_what_a_condition_sees() -> None:
    facts: dict[str, Any] = {"总分": TOTAL, "等级": Figure("main:total.grade", "等级", "优"), "项目": []}
    lines = [
        "{% if 等级 == “优” %}优秀{% endif %}{% if 等级 != '优' %}不优{% endif %}{{ 总分 }}",
        "{%p if 项目 %}", "有项目", "{%p else %}", "没有项目", "{%p endif %}",
    ]  # fmt: skip
    said = paragraphs_of(rendered(*lines, facts=facts))
    assert "优秀95.81" in said
    assert "没有项目" in said
    assert "有项目" not in said


def test_what_a_form_says_is_never_read_as_a_tag_or_markup() -> None:
    evil = "{{ 7 }}<w:br/>&amp;{% x %}\x07\n二"
    made = rendered("{{ 总分 }}，{{ 单位 }}", facts={"总分": Figure("main:a", "甲", evil), "单位": evil})
    (line,) = [line for line in paragraphs_of(made) if "二" in line]
    assert line.count("{{ 7 }}<w:br/>&amp;{% x %}") == 2


def test_the_page_is_that_of_gb_9704() -> None:
    (portrait, landscape) = tree_of(SHIPPED[0].read_bytes()).iter(tag("sectPr"))

    def mm(node: Any, name: str, *fields: str) -> list[int]:
        return [round(int(node.find(tag(name)).get(tag(field))) * 25.4 / 1440) for field in fields]

    assert mm(portrait, "pgSz", "w", "h") == [210, 297]
    top, right, bottom, left = mm(portrait, "pgMar", "top", "right", "bottom", "left")
    assert (top, left, 210 - left - right, 297 - top - bottom) == (37, 28, 156, 225)
    assert mm(landscape, "pgSz", "w", "h") == [297, 210]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_every_run_and_style_says_its_chinese_font(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("word/f")]
    trees = [tree_of(path.read_bytes()), tree_of(path.read_bytes(), "word/styles.xml")]
    assert len(parts) == 2
    for tree in trees:
        fonts = list(tree.iter(tag("rFonts")))
        assert fonts
        assert all(font.get(tag("eastAsia")) for font in fonts)
    runs = list(trees[0].iter(tag("r")))
    assert all(run.find(f"{tag('rPr')}/{tag('rFonts')}") is not None for run in runs)
    assert all(b"eastAsia" in part for part in parts)


def test_the_styles_are_those_of_an_official_document() -> None:
    assert [STYLES[key][1:3] for key in ("Title1", "Level1", "Level2", "BodyText1")] == [
        ("方正小标宋简体", "二号"), ("黑体", "三号"), ("楷体_GB2312", "三号"), ("仿宋_GB2312", "三号"),
    ]  # fmt: skip


def test_no_font_is_embedded() -> None:
    for path in SHIPPED:
        with zipfile.ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if "font" in name.lower()]


def test_the_distance_of_lines_can_be_another() -> None:
    made = render(template("{{ 总分 }}"), "模板.docx", {"总分": TOTAL}, str, Decimal(30))
    styles = tree_of(made.data, "word/styles.xml")
    assert {one.get(tag("line")) for one in styles.iter(tag("spacing")) if one.get(tag("line"))} == {"600"}


def changed(data: bytes, old: str, new: str, part: str = "word/document.xml") -> bytes:
    """A document with something else in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            assert name != part or old in text
            target.writestr(name, text.replace(old, new) if name == part else text)
    return out.getvalue()


def test_a_template_that_loads_something_from_elsewhere_is_refused() -> None:
    relation = (
        '<Relationship Id="rId9" TargetMode="External" Target="http://example.com/t.dotm" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
    )
    data = changed(template("{{ 总分 }}"), "</Relationships>", relation, "word/_rels/document.xml.rels")
    with pytest.raises(UserError, match=r"要从外面载入内容（attachedTemplate）"):
        check_template(data, "模板.docx", TAGS)


def test_a_document_type_is_refused() -> None:
    data = changed(template("{{ 总分 }}"), "<w:document", "<!DOCTYPE a><w:document")
    with pytest.raises(UserError, match="DOCTYPE"):
        ensure_safe(data, "模板.docx")


@pytest.mark.parametrize("data", [b"", b"PK", b"\xd0\xcf\x11\xe0 doc", b"hello"])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match=r"不是 \.docx 文档"):
        ensure_safe(data, "模板.docx")


def test_tags_outside_the_text_are_refused() -> None:
    named = '<w:bookmarkStart w:id="1" w:name="{{ 总分 }}"/><w:bookmarkEnd w:id="1"/><w:sectPr>'
    data = changed(template("{{ 总分 }}"), "<w:sectPr>", named)
    assert "标签只能写在正文里" in check_template(data, "模板.docx", TAGS).troubles[0].what
