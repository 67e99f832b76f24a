"""The demonstration: every table of the founding documents, held against what was published."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from facts import seed
from office import needs_office

from perf_excel.errors import UserError
from perf_excel.faces import demo_words
from perf_excel.faces.cli import run
from perf_excel.forms.model import Form, Funding
from perf_excel.jobs import demo
from perf_excel.jobs.demo import EXAMPLES, Published, hold, published, replay
from perf_excel.rules.rulesets.library import templates_folder

D = Decimal
DECLARED, PROJECT, SHANGJIE, GUANGZHOU, LUQUAN, EVALUATED = EXAMPLES


@pytest.mark.parametrize(
    ("example", "counts", "computed"),
    [
        (DECLARED, {"任务": 3, "资金": 9, "资金合计": 1, "指标": 26}, (None, "")),
        (PROJECT, {"资金": 2, "指标": 13}, (None, "")),
        (
            SHANGJIE,
            {"指标": 31, "得分": 32, "偏差度": 31, "执行率": 4, "一级指标合计": 4, "总分": 1, "等级": 1},
            (D("95.81"), "优"),
        ),
        (GUANGZHOU, {"指标": 4, "得分": 3, "一级指标合计": 2, "总分": 1}, (D("93.16"), "优")),
        (LUQUAN, {"指标": 8, "等级": 1}, (None, "")),
        (EVALUATED, {"指标": 3, "得分": 3, "得分率": 3, "总分": 1, "等级": 1}, (D("80.91"), "良")),
    ],
    ids=lambda value: "" if isinstance(value, dict) else str(value[0]),
)
def test_a_published_table_comes_out_as_published(
    example: tuple[str, str],
    counts: dict[str, int],
    computed: tuple[Decimal | None, str],
    tmp_path: Path,
) -> None:
    got = replay(published(*example), tmp_path)
    assert [held for held in got.held if not held.equal] == []
    counted = Counter(held.what for held in got.held)
    assert {what: counted[what] for what in counts} == counts
    assert (got.examined.scores.total, got.examined.scores.grade) == computed
    assert [path.is_file() for path, _ in got.files] == [True, True]


def example_data(example: tuple[str, str]) -> dict[str, Any]:
    return json.loads((templates_folder().joinpath(*example)).read_text(encoding="utf-8"))


def test_the_examples_say_what_the_founding_documents_say() -> None:
    """The same facts stand in the tests, typed on their own."""
    for example, name in (
        (DECLARED, "henan-zhengzhou-2021-申报表"),
        (PROJECT, "henan-zhengzhou-2021-项目绩效目标表"),
        (SHANGJIE, "henan-shangjie-2022-自评表"),
        (LUQUAN, "hebei-luquan-2022-自评"),
    ):
        rows = example_data(example)["indicators"]
        assert len(rows) == len(seed(name)["indicators"])
        for row, fact in zip(rows, seed(name)["indicators"], strict=True):
            target = (fact["target"] or "") + ("%" if fact.get("unit") == "%" else "")
            expected = {**{key: one for key, one in fact.items() if key != "unit"}, "target": target}
            assert {key: one for key, one in row.items() if one} == {
                key: one for key, one in expected.items() if one
            }
    subtotals = seed("henan-shangjie-2022-自评表")["subtotals"]
    assert example_data(SHANGJIE)["levels"] == subtotals
    parts = {part["name"]: part["score"] for part in seed("guangdong-guangzhou-2021-自评")["parts"]}
    assert example_data(GUANGZHOU)["levels"] == parts
    summary = seed("henan-zhengzhou-2021-财政评价")["summary"]
    assert [(row["level3"], row["score"], row["share"]) for row in example_data(EVALUATED)["indicators"]] == [
        (one["content"], one["score"], one["rate"]) for one in summary
    ]


def test_the_contradictions_of_a_published_table_are_shown(tmp_path: Path) -> None:
    found = replay(published(*SHANGJIE), tmp_path).examined.findings
    assert [finding.check for finding in found] == ["V16", "V16"]


def test_points_that_the_document_does_not_print_prove_nothing(tmp_path: Path) -> None:
    held = replay(published(*GUANGZHOU), tmp_path).held
    assert [one.label for one in held if one.what == "得分"] == [
        "管理效能", "有效化解各类信访矛盾", "维护市人民来访接待厅秩序",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def shangjie(tmp_path_factory: pytest.TempPathFactory) -> demo.Replay:
    return replay(published(*SHANGJIE), tmp_path_factory.mktemp("上街"))


def row_changed(form: Form, **changes: Any) -> Form:
    """The form with another value in 预算执行率."""
    return replace(form, indicators=tuple(
        replace(row, **changes) if row.level3 == "预算执行率" else row for row in form.indicators
    ))  # fmt: skip


CHANGED: tuple[tuple[Callable[[Form], Form], dict[str, int]], ...] = (
    (lambda form: replace(form, unit="另一个局"), {"表头": 1}),
    (lambda form: replace(form, tasks=form.tasks[:2]), {"任务": 1}),
    (lambda form: replace(form, funding=(Funding("另一笔", D(1)), *form.funding[1:])), {"资金": 2}),
    (lambda form: row_changed(form, score=D("2.16")), {"得分": 1}),
    (lambda form: row_changed(form, weight=D(4)), {"指标": 1}),
    (lambda form: row_changed(form, deviation=form.indicators[0].deviation), {"偏差度": 1}),
    (lambda form: replace(form, total=D("95.8")), {"总分": 1}),
    (lambda form: replace(form, grade="良"), {"等级": 1}),
)


@pytest.mark.parametrize(("changed", "differs"), CHANGED)
def test_whatever_differs_is_found(
    changed: Callable[[Form], Form], differs: dict[str, int], shangjie: demo.Replay
) -> None:
    one = replace(shangjie.published, form=changed(shangjie.published.form))
    assert Counter(held.what for held in hold(one, shangjie.examined) if not held.equal) == differs


def test_a_missing_row_is_found(shangjie: demo.Replay) -> None:
    form = shangjie.published.form
    one = replace(shangjie.published, form=replace(form, indicators=form.indicators[:-1]))
    assert [held.label for held in hold(one, shangjie.examined) if not held.equal] == ["干部职工满意度"]


@pytest.fixture
def only_evaluated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "EXAMPLES", (EVALUATED,))


def wrong(rules: str, name: str) -> Published:
    one = published(rules, name)
    return replace(one, form=replace(one.form, total=D("80.92")))


@needs_office
@pytest.mark.usefixtures("only_evaluated")
def test_a_difference_ends_with_code_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "published", wrong)
    assert run(["demo", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "不一致：总分 总分：公开80.92，现为80.91" in said
    assert said.endswith("1 张表，1 张不一致，见上面各表。\n")


@pytest.mark.usefixtures("only_evaluated")
def test_without_a_program_that_prints_the_rest_is_still_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def failing(_: demo.Replay) -> tuple[Path, None]:
        raise UserError("没有找到 LibreOffice")

    monkeypatch.setattr(demo_words, "printed_to_pdf", failing)
    said: list[str] = []
    with pytest.raises(UserError, match="没有找到 LibreOffice"):
        said.extend(line for line, _ in demo_words.demo(tmp_path))
    assert said[-1] == "1 张表，全部与公开的一致。"


@needs_office
def test_the_demonstration_agrees_with_what_was_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "演示"
    assert run(["demo", str(folder)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "6 张表，全部与公开的一致。"
    assert "对照：5 份公开文件的 6 张表" in said
    made = sorted(path.name for path in folder.iterdir())
    assert len(made) == 2 * len(EXAMPLES) + 1
    (pdf,) = folder.glob("*.pdf")
    assert pdf.name == "郑州市上街区信访局-2022-部门整体自评表-完成表.pdf"
    assert pdf.read_bytes().startswith(b"%PDF")
