"""Pages of a form: groups of rows stay together, or are torn where enough of them stand on both sides."""

import pytest

from perf_excel.books.page_breaks import page_breaks

TEN = [10.0] * 30
"""Thirty rows, of which ten fill a page."""


@pytest.mark.parametrize(
    ("groups", "begins"),
    [
        ([], [11, 21]),  # where pages are full
        ([(3, 9), (12, 20)], [11, 21]),
        ([(9, 14)], [9, 19, 29]),  # two rows would stay behind: the group moves
        ([(8, 15)], [11, 21]),  # three of its rows on one page, five on the other
        ([(6, 12)], [10, 20, 30]),  # two rows would be left over: another one goes with them
        ([(8, 11)], [8, 18, 28]),
        ([(2, 11)], [9, 19, 29]),
        ([(9, 14), (6, 14)], [9, 19, 29]),  # a group within a group
        ([(5, 15), (7, 11)], [5, 13, 23]),
    ],
)
def test_no_group_is_torn_for_one_or_two_rows(groups: list[tuple[int, int]], begins: list[int]) -> None:
    assert page_breaks(TEN, groups, 100, 100) == begins


def test_a_page_is_not_left_nearly_empty() -> None:
    assert page_breaks(TEN[:8], [(3, 7)], 40, 40) == [3, 7]
    assert page_breaks(TEN[:8], [(2, 6)], 40, 40) == [5]


def test_later_pages_are_lower_by_the_rows_that_they_repeat() -> None:
    assert page_breaks(TEN, [(18, 23)], 100, 100) == [11, 21]
    assert page_breaks(TEN, [(18, 23)], 100, 80) == [11, 18, 26]  # of rows 11 to 18 one would stay behind


@pytest.mark.parametrize(
    ("heights", "begins"),
    [([], []), ([500.0], []), ([10.0, 600.0], [2]), ([500.0, 10.0, 600.0], [2, 3])],
)
def test_a_row_higher_than_a_page_has_one_of_its_own(heights: list[float], begins: list[int]) -> None:
    assert page_breaks(heights, [(1, 3)], 100, 100) == begins


def test_all_on_one_page() -> None:
    assert page_breaks(TEN, [(1, 30)], 300, 300) == []
