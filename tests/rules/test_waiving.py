"""Waivers (忽略): when they hold, when they lapse, and what becomes of those that meet nothing."""

from __future__ import annotations

import pytest

from perf_excel.forms.model import Waiver
from perf_excel.forms.spot import Spot
from perf_excel.rules.findings import Finding
from perf_excel.rules.waiving import AMBIGUOUS, LAPSED, UNREASONED, settle


def finding(label: str = "培训次数", message: str = "得分9分", check: str = "V1", row: int = 0) -> Finding:
    return Finding(check, "error", Spot("indicator", row), label, message, None, None)


def waiver(
    reason: str = "疫情停训", *, label: str = "培训次数", message: str = "得分9分", check: str = "V1"
) -> Waiver:
    return Waiver(check, label, message, reason)


def test_a_reasoned_waiver_holds_wherever_the_row_moved() -> None:
    settled = settle([finding(row=7)], [waiver()])
    assert [one.waived for one in settled.findings] == ["疫情停训"]
    assert (settled.gone, settled.unasked) == ((), ())


@pytest.mark.parametrize("reason", ["", "无", "/", "0", "——"])
def test_without_a_reason_it_still_counts_and_says_so(reason: str) -> None:
    [found] = settle([finding()], [waiver(reason)]).findings
    assert (found.waived, found.note) == (None, UNREASONED)


def test_white_space_and_width_do_not_matter() -> None:
    [found] = settle([finding("培训 次数", "得分９分")], [waiver()]).findings
    assert found.waived == "疫情停训"


def test_changed_figures_let_it_lapse() -> None:
    settled = settle([finding(message="得分8分")], [waiver()])
    [found] = settled.findings
    assert found.waived is None
    assert found.note.startswith(LAPSED)
    assert "疫情停训" in found.note
    assert settled.gone == ()


@pytest.mark.parametrize(
    "other", [finding(label="演练次数"), finding(check="V2")], ids=["another row", "another check"]
)
def test_what_met_nothing_is_gone(other: Finding) -> None:
    settled = settle([other], [waiver()])
    assert [one.waived for one in settled.findings] == [None]
    assert settled.findings[0].note == ""
    assert settled.gone == (waiver(),)


def test_a_check_that_was_not_run_leaves_its_waivers() -> None:
    settled = settle([], [waiver(check="R3"), waiver()], lambda code: code != "R3")
    assert settled.unasked == (waiver(check="R3"),)
    assert settled.gone == (waiver(),)


def test_equal_findings_need_a_waiver_each() -> None:
    twice = [finding(row=0), finding(row=1)]
    assert [one.note for one in settle(twice, [waiver()]).findings] == [AMBIGUOUS, AMBIGUOUS]
    both = settle(twice, [waiver("甲因"), waiver("乙因")])
    assert [one.waived for one in both.findings] == ["甲因", "乙因"]
    halves = settle(twice, [waiver("甲因"), waiver("")])
    assert [(one.waived, one.note) for one in halves.findings] == [("甲因", ""), (None, UNREASONED)]


def test_a_waiver_is_used_only_once_but_not_missed_for_being_one_too_many() -> None:
    settled = settle([finding()], [waiver("甲因"), waiver("乙因")])
    assert [one.waived for one in settled.findings] == ["甲因"]
    assert settled.gone == ()
