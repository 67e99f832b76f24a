"""The report as a clerk asks for it: written and refreshed, in the outline of the form's region."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from facts import CASES, in_file, published
from office import converted, needs_office
from words_of import paragraphs_of

from perf_excel.faces.cli import run
from perf_excel.forms.data_writing import data_of
from perf_excel.forms.model import Form
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.report import gather
from perf_excel.rules.rulesets.library import ruleset, templates_folder

HENAN = templates_folder() / "henan-department"
PROJECT = "p03_yongde_mingliang_2022"


def asked(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run ``report`` and return its exit code, what it printed, and what it complained of."""
    capsys.readouterr()
    code = run(["report", *(str(argument) for argument in arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def book(path: Path, rules: str, form: Form, sheet: str = "") -> Path:
    path.write_bytes(make(Order(ruleset(rules), sheet, form), path).data)
    return path


@pytest.fixture
def shangjie(tmp_path: Path) -> Path:
    return book(tmp_path / "信访局.xlsx", "henan-department", in_file(HENAN / "示例.json"))


@pytest.fixture
def report(shangjie: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "报告.docx"
    assert asked(capsys, shangjie, "-o", path)[0] == 0
    return path


def test_the_report_of_the_first_form(report: Path) -> None:
    lines = paragraphs_of(report.read_bytes())
    assert lines[0] == "2022年度郑州市上街区信访局部门整体绩效自评报告"
    assert [line for line in lines if line[1:2] == "、" and line[0] in "一二三四五六七八"] == [
        "一、基本情况", "二、绩效自评工作开展情况", "三、综合评价结论", "四、绩效目标实现情况分析",
        "五、发现的主要问题和改进措施", "六、部门整体绩效自评结果拟应用和公开情况",
        "七、绩效自评工作的经验、问题和建议", "八、其他需要说明的问题",
    ]  # fmt: skip
    for line in (
        "年初预算数357.65万元，全年预算数378.10万元，比年初预算数增加20.45万元，增长5.72%。",
        "绩效指标设置情况：共设置一级指标3项、二级指标7项、三级指标31项。",
        "经自评，2022年度部门整体自评得分为95.81分，满分100分，自评等级为优。",
        "31项指标中，得满分的23项，有扣分的8项，共扣2.24分。31项指标中，达到年度指标值的23项，未达到的8项。",
        "资金到位及执行情况：全年预算数378.10万元，全年执行数273.80万元，预算执行率72.41%，结余104.30万元。",
        "效益指标：分值35分，得分34.8分，得分率99.43%。其中：保证工作正常运转扣0.2分（原因：财政资金未按时拨付）。",
        "9.保证工作正常运转：年度指标值有效，实际完成值98%，分值10分，得分9.8分。原因：财政资金未按时拨付。",
    ):
        assert line in lines


def test_where_a_figure_stands_is_said(shangjie: Path) -> None:
    material = gather([shangjie])
    said = {name: material.where(material.facts[name]) for name in ("全年预算数", "结余情况", "总分")}  # pyright: ignore[reportArgumentType]
    assert said == {
        "全年预算数": "部门整体自评表!E5 全年预算数",
        "结余情况": "部门整体自评表!E5、F5算得 结余情况",
        "总分": "部门整体自评表!H47 总分",
    }


def test_a_report_in_four_parts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = in_file(templates_folder() / "guangzhou-department" / "示例.json")
    path = book(tmp_path / "广州.xlsx", "guangzhou-department", form)
    code, said, _ = asked(capsys, path, "-o", tmp_path / "报告.docx")
    assert code == 1, "no reason is given for the points lost"
    assert "请注意：表中有 1 项错误，报告照表上的数写成" in said
    assert "错误 V1" in said
    lines = paragraphs_of((tmp_path / "报告.docx").read_bytes())
    assert [line for line in lines if line[:2] in ("一、", "二、", "三、", "四、")] == [
        "一、基本情况", "二、综合评价", "三、存在问题", "四、改进措施",
    ]  # fmt: skip
    assert "经自评，2021年度部门整体支出绩效自评得分为93.16分，满分100分，等级为优。" in lines
    assert (
        "管理效能分值50分，得分43.16分，得分率86.32%。其中：管理效能扣6.84分（原因：【待填：管理效能的原因】）。"
        in lines
    )


def test_a_report_on_a_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = published(PROJECT)
    path = book(tmp_path / "项目.xlsx", "national-2020", form)
    code, said, _ = asked(capsys, path, "-o", tmp_path / "报告.docx")
    assert (code, "错误 V1  I16  政策知晓率" in said) == (1, True)
    lines = paragraphs_of((tmp_path / "报告.docx").read_bytes())
    for line in (
        "2022年度【待填：项目名称】绩效自评报告",
        "共设置一级指标3项、二级指标8项、三级指标9项。",
        (
            "年初预算数【待填：年初预算数】万元，全年预算数38.766462万元，【待填：预算调整情况】。"
            "全年执行数38.766462万元，预算执行率100.00%，无结余。"
        ),
        "9项指标中，得满分的8项，有扣分的1项，扣0.2分。9项指标中，达到年度指标值的8项，未达到的1项。",
        "分值30分，得分29.8分，得分率99.33%。其中：政策知晓率扣0.2分（原因：【待填：政策知晓率的原因】）。",
    ):
        assert line in lines


def test_a_department_with_its_projects(
    shangjie: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = data_of(published(PROJECT)) | {"project": "助学金"}
    source = tmp_path / "项目.json"
    source.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    path = book(tmp_path / "项目.xlsx", "national-2020", in_file(source))
    _, said, _ = asked(capsys, path, shangjie, "-o", tmp_path / "报告.docx")
    assert "报告以第一张为主，另 1 张作为项目写入。" in said
    lines = paragraphs_of((tmp_path / "报告.docx").read_bytes())
    assert lines[0] == "2022年度郑州市上街区信访局部门整体绩效自评报告"
    assert "纳入自评的项目支出1个。" in lines
    assert "助学金：绩效指标" in lines, "the annex has it, too"


def test_refreshing_lists_what_changed(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data: dict[str, Any] = data_of(in_file(HENAN / "示例.json"))
    for row in data["budget"][:2]:
        row["executed"] = 340
        row.pop("rate", None)
        row.pop("score", None)
    data.pop("total")
    source = tmp_path / "新.json"
    source.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    path = book(tmp_path / "新表.xlsx", "henan-department", in_file(source))
    before = report.read_bytes()
    code, said, _ = asked(capsys, "--refresh", report, path, "-o", tmp_path / "新报告.docx")
    assert code == 1, "the indicator 预算执行率 still says 72.41%"
    for line in (
        "  全年执行数：273.80 → 340.00（3 处）",
        "  执行率：72.41% → 89.92%（3 处）",
        "  结余情况：结余104.30万元 → 结余38.10万元",
        "  总分：95.81 → 97.75（3 处）",
        "得分率图已更新 1 幅。",
    ):
        assert line in said.splitlines()
    assert report.read_bytes() == before, "the old report stays"
    again, said, _ = asked(capsys, "--refresh", tmp_path / "新报告.docx", path, "-o", tmp_path / "三.docx")
    assert (again, "更新 0 项" in said) == (1, True)


def test_an_own_template(shangjie: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "模板.docx"
    own.write_bytes((templates_folder() / "national-2020" / "报告.docx").read_bytes())
    code, said, _ = asked(capsys, "check-template", own)
    assert (code, said.splitlines()[0].endswith("有误 0 处。")) == (0, True)
    asked(capsys, shangjie, "--template", own, "-o", tmp_path / "报告.docx")
    assert "一、项目概况" in paragraphs_of((tmp_path / "报告.docx").read_bytes())


def test_a_rule_set_without_an_outline_says_which_serves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = in_file(CASES / "seeds" / "henan-shangjie-2022-自评表.json")
    path = book(tmp_path / "表.xlsx", "national-2020", form)
    _, said, _ = asked(capsys, path, "--rules", "chongqing-department", "-o", tmp_path / "报告.docx")
    assert "规则集 chongqing-department 没有自己的报告提纲，用的是 henan-department 的" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["{表}"], "请用 -o 指明报告写到哪里"),
        (["{表}", "-o", "报告.doc"], "目标文件名应以 .docx 结尾"),
        (["{表}", "--template", "没有.docx", "-o", "报告.docx"], "没有.docx：找不到该文件"),
        (["{表}", "--template", "{表}", "-o", "报告.docx"], "不是 .docx 文档"),
        (["--refresh", "{模板}", "{表}", "-o", "报告.docx"], "里面没有本程序写的数"),
        (["--refresh", "{模板}", "{表}", "--lines", "30", "-o", "报告.docx"], "不能同时用"),
        (["{申报}", "-o", "报告.docx"], "不是自评表，不能写自评报告"),
        (["check-template"], "请写明一个模板"),
        (["check-template", "没有.docx"], "没有.docx：找不到该文件"),
        (["{表}", "--lines", "99", "-o", "报告.docx"], "应为 20—40 之间的磅数"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str],
    sentence: str,
    shangjie: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    declared = tmp_path / "申报.xlsx"
    if "{申报}" in arguments:
        book(declared, "zhengzhou-declaration", Form(), ruleset("zhengzhou-declaration").forms[0].name)
    names = {"{表}": shangjie, "{申报}": declared, "{模板}": HENAN / "报告.docx"}
    try:
        code, _, complaint = asked(capsys, *(names.get(one, one) for one in arguments))
    except SystemExit as stop:
        code, complaint = int(stop.code or 0), capsys.readouterr().err
    assert code == 2
    assert sentence in complaint
    assert not (tmp_path / "报告.docx").exists()


def test_a_broken_template_is_refused_with_its_first_fault(
    shangjie: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import docx

    own = tmp_path / "模板.docx"
    document = docx.Document()
    document.add_paragraph("得分{{ 总得分 }}分，{{ 等级 }")
    document.save(str(own))
    code, said, _ = asked(capsys, "check-template", own)
    assert (code, "没有写完" in said) == (1, True)
    code, _, complaint = asked(capsys, shangjie, "--template", own, "-o", tmp_path / "报告.docx")
    assert (code, "模板的标签有误" in complaint) == (2, True)


@needs_office
def test_a_picture_that_is_known_no_more_is_named(
    report: Path, shangjie: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "另存.docx"
    saved.write_bytes(converted(report.read_bytes(), "docx", source="docx"))
    code, said, _ = asked(capsys, "--refresh", saved, shangjie, "-o", tmp_path / "新报告.docx")
    assert (code, "更新 0 项" in said) == (0, True)
    assert "  图“一级指标得分率（%）”（没有更新）" in said.splitlines()


@needs_office
def test_the_report_opens_in_libreoffice(report: Path) -> None:
    pdf = converted(report.read_bytes(), "pdf", source="docx")
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    for words in ("95.81", "【待填：", "一级指标得分率", "—1—"):
        assert words in text.replace("— 1 —", "—1—")
    info = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "A4" in info
