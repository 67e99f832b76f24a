"""Rule sets at hand: listed, told in words, copied, and held against published forms."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from facts import CASES, facts

from perf_excel.faces.cli import run
from perf_excel.rules.rulesets.library import ruleset, ruleset_names, templates_folder
from perf_excel.rules.rulesets.toml_reading import read_ruleset

SHANGJIE = templates_folder() / "henan-department" / "示例.json"
HENAN = "henan-department"


def answer(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run rulesets with arguments and return its exit code, what it printed and what it complained of."""
    capsys.readouterr()
    code = run(["rulesets", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def data(path: Path, **changes: Any) -> Path:
    """The published form of Shangjie as data, with some rows of it changed."""
    form = facts(SHANGJIE)
    for row, change in changes.pop("rows", {}).items():
        form["indicators"][row].update(change)
    path.write_text(json.dumps({**form, **changes}, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The published form of Shangjie as a workbook."""
    path = tmp_path / "自评表.xlsx"
    assert run(["new", "--rules", HENAN, "--data", str(SHANGJIE), "-o", str(path)]) == 0
    return path


def test_alone_it_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = answer(capsys)
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines() if line[0] != " "] == list(ruleset_names())


@pytest.mark.parametrize("name", ruleset_names())
def test_show_says_everything(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    rules = ruleset(name)
    code, out, err = answer(capsys, "show", name)
    assert (code, err) == (0, "")
    for words in (rules.name, rules.version, *(level.name for level in rules.total.levels)):
        assert words in out
    for source in rules.sources:
        assert f"【{source.status}】" in out
        assert source.text in out
    for code_ in rules.severity:
        assert f"{code_} " in out


def test_show_says_how_henan_scores(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, "show", HENAN)
    for words in (
        "总分 100 分：预算执行率 10 分、投入管理指标 30 分",
        "执行率达到 90% 得满分",
        "得分保留 2 位小数，四舍五入",
        "90 分及以上为优",
        "V6 定性目标填数字：不查（默认提醒）",
        "又比年初少 20% 及以上的提醒",
    ):
        assert words in out


def test_show_says_where_a_rule_set_is_silent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "我县.toml"
    toml = 'id = "a"\nname = "我县"\nversion = "1"\n[text]\nrule = "percent"\n[budget]\nreason_below = 0.8\n'
    file.write_text(f'{toml}[weights]\nsource = "percent"\nsatisfaction = 10\n', encoding="utf-8")
    code, out, _ = answer(capsys, "show", file)
    assert code == 0
    for words in (
        "a  我县（版本 1）",
        "（无表样）",
        "没有写明依据",
        "执行率低于 80% 的要说明原因",
        "折算得分 = 单项得分（百分制）× 权重%",
        "满意度指标合计通常为 10 分",
    ):
        assert words in out


@pytest.mark.parametrize("name", ruleset_names())
def test_a_copy_is_the_same_under_its_own_name(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "某县-2025.toml"
    code, out, err = answer(capsys, "copy", name, target)
    assert (code, err) == (0, "")
    assert str(target) in out
    copy, original = read_ruleset(target), ruleset(name)
    assert copy.id == "某县-2025"
    assert (copy.name, copy.sources, copy.forms) == (original.name, original.sources, original.forms)
    text = target.read_text(encoding="utf-8")
    assert "键的含义见 docs/规则集怎么写.md" in text, "comments stay"
    assert text.startswith(f"# 由规则集 {name}（版本 {original.version}）复制")


def test_a_copy_of_a_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Windows takes neither of the two for part of a name.
    awkward = "二'#" if sys.platform == "win32" else '二"\\'
    first, second = tmp_path / "一.toml", tmp_path / f"{awkward}.toml"
    assert answer(capsys, "copy", HENAN, first)[0] == 0
    first.write_text(first.read_text("utf-8").replace('id = "一"', "id='一'  # 名称"), encoding="utf-8-sig")
    assert answer(capsys, "copy", first, second)[0] == 0
    assert read_ruleset(second).id == awkward


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("已有.toml", "已有同名文件，不会覆盖"),
        ("新的.txt", "扩展名应为 .toml"),
        ("national-2020.toml", "与自带的规则集“national-2020”同名"),
        ("没有/新的.toml", "目标文件夹不存在"),
    ],
)
def test_a_copy_is_refused(
    target: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "已有.toml"
    kept.write_text("别动", encoding="utf-8")
    code, out, err = answer(capsys, "copy", HENAN, tmp_path / target)
    assert (code, out) == (2, "")
    assert words in err
    assert [path.name for path in tmp_path.iterdir()] == ["已有.toml"]
    assert kept.read_text("utf-8") == "别动"


def test_an_id_that_is_not_found_is_not_guessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "怪.toml"
    toml = '"id" = "x"\nname = "甲"\nversion = "1"\nregion = """\nid = "y"\n"""\n[text]\nrule = "percent"\n'
    file.write_text(toml, encoding="utf-8")
    code, _, err = answer(capsys, "copy", file, tmp_path / "新.toml")
    assert code == 2
    assert "没有找到规则集的 id" in err
    assert not (tmp_path / "新.toml").exists()


def test_henan_reproduces_the_published_form(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = answer(capsys, "test", HENAN, book, SHANGJIE)
    assert (code, err) == (0, "")
    counts = "相符：得分 32 项、偏差度 31 项、总分 1 项、等级 1 项；不符：0 项。"
    assert out.splitlines() == [
        f"自评表.xlsx：{counts}",
        f"示例.json：{counts}",
        "共 2 张表：完全相符 2 张，不符 0 项。",
    ]


def test_another_rule_set_differs_row_by_row(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = answer(capsys, "test", "national-2020", book)
    assert code == 1
    assert "  I5    部门预算总额（万元）：得分填8.05，按规则7.24  执行率 = 全年执行数273.8万元 ÷" in out


def test_every_difference_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = {
        5: {"score": 2.5, "deviation": "-27.00%"},
        30: {"weight": None, "score": None},
    }
    path = data(tmp_path / "改过.json", rows=rows, total=95, grade="良")
    code, out, _ = answer(capsys, "test", HENAN, path)
    first, *differing = out.splitlines()
    assert code == 1
    assert first == "改过.json：相符：得分 30 项、偏差度 30 项；不符：4 项。"
    assert differing == [
        "  指标第6行 预算执行率：得分填2.5，按规则2.17  实际72.41% ÷ 目标100% × 3分 = 2.17分；规则：比例计分",
        "  指标第6行 预算执行率：偏差度填-27.00%，按规则-27.59%",
        "  总分行   总分：总分填95，按规则90.81",
        "  总分行   等级：等级填良，按规则优",
    ]


def test_what_cannot_be_told_is_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    path = CASES / "published" / "p12_tangxi_weituo_2022.json"
    code, out, _ = answer(capsys, "test", "national-2020", path)
    assert code == 0
    assert "由人评分且在范围内 6 行；无法核对 2 行；不符：0 项。" in out


def test_a_score_outside_its_band_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"level1": "产出", "level2": "质量", "level3": "制度", "target": "健全", "actual": "基本完成"}
    path = tmp_path / "一行.json"
    path.write_text(json.dumps({"indicators": [{**row, "weight": 10, "score": 9}]}), encoding="utf-8")
    code, out, _ = answer(capsys, "test", "national-2020", path)
    assert code == 1
    assert "得分填9，按规则8" in out


def test_one_unusable_file_does_not_stop_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank = CASES / "published" / "p30_nanxian_zhufang_2024.json"
    code, out, err = answer(capsys, "test", HENAN, tmp_path / "没有.xlsx", blank, SHANGJIE)
    assert code == 2
    assert "没有.xlsx" in err
    assert "p30_nanxian_zhufang_2024.json：表上没有可以对照的得分" in err
    assert out.startswith("示例.json：相符")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "天上"], "没有名为“天上”的规则集"),
        (["copy", "天上", "新.toml"], "没有名为“天上”的规则集"),
        (["test", "天上", "表.xlsx"], "没有名为“天上”的规则集"),
        (["test", HENAN, "表.json"], "表.json"),
        (["test", HENAN, "--sheet", "甲", "表.xlsx"], "表.xlsx"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = answer(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("perf-excel：")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["zap"], "没有 'zap' 这个操作"), (["show"], "缺少必需的参数：规则集"), (["test", HENAN], "文件")],
)
def test_a_wrong_command_is_said(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        answer(capsys, *arguments)
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err
