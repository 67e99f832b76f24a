"""References moved by rows that are put into a sheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_excel.books.xlsx.moving.shifting import TEXT_LIMIT, Anchor, Shift, rows_of
from perf_excel.books.xlsx.shared_formulas import moved
from perf_excel.sheets.grid import Area
from perf_excel.sheets.writing.moved_rows import Insertion, Moves, moved_merge, repeated_merges

SHIFT = Shift("甲.xlsx", "自评表", Moves((Insertion(7, 27, since=5),)))
"""Behind row 7, the last of the rows 5 to 7, come 27 new ones."""


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("A7+A8", "A7+A35"),
        ("$A$8+a8+$A8+A$8", "$A$35+a35+$A35+A$35"),
        ("SUM(H5:H7)", "SUM(H5:H34)"),
        ("SUM(H$5:H$8)", "SUM(H$5:H$35)"),
        ("SUM(H6:H7)", "SUM(H6:H7)"),
        ("SUM(H1:H7)", "SUM(H1:H34)"),
        ("SUM(H8:H5)", "SUM(H35:H5)"),
        ("SUM(5:8)+SUM($8:9)", "SUM(5:35)+SUM($35:36)"),
        ("SUM(A:A)+SUM(A1:A1048576)", "SUM(A:A)+SUM(A1:A1048576)"),
        ("自评表!A8+'自评表'!A8+汇总!A8", "自评表!A35+'自评表'!A35+汇总!A8"),
        ("SUM(自评表!$H$5:$H$7)", "SUM(自评表!$H$5:$H$34)"),
        ("甲:自评表!A8+[1]自评表!A8+'[乙.xlsx]自评表'!A8", "甲:自评表!A8+[1]自评表!A8+'[乙.xlsx]自评表'!A8"),
        ("表1[A8]+表1[[#This Row],[A8]]", "表1[A8]+表1[[#This Row],[A8]]"),
        ('"A8"&A8&"说""A8"""', '"A8"&A35&"说""A8"""'),
        ("LOG10(A8)+A8(1)+A8.b+_A8+税A8+A8税+A_8", "LOG10(A35)+A8(1)+A8.b+_A8+税A8+A8税+A_8"),
        ("#REF!A8+#REF!", "#REF!A8+#REF!"),
        ("A1048576", "#REF!"),
        ("'O''Brien'!A8+'x", "'O''Brien'!A8+'x"),
        ("A8:INDEX(A:A,9)", "A35:INDEX(A:A,9)"),
        ("A8#", "A35#"),
    ],
)
def test_a_formula_of_the_sheet_itself(formula: str, expected: str) -> None:
    assert SHIFT.formula(formula, own=True, where="甲") == expected


def test_a_formula_of_another_sheet_only_follows_what_it_names() -> None:
    assert (
        SHIFT.formula("A8+自评表!A8+SUM(自评表!H5:H7)", own=False, where="甲")
        == "A8+自评表!A35+SUM(自评表!H5:H34)"
    )
    assert (
        Shift("甲.xlsx", "O'Brien x", SHIFT.moves).formula("'O''Brien x'!A8", own=False, where="甲")
        == "'O''Brien x'!A35"
    )


def test_a_running_sum_ends_in_its_own_row() -> None:
    assert SHIFT.formula("SUM(H$5:H7)", own=True, where="甲", anchor=Anchor(7)) == "SUM(H$5:H7)"
    assert SHIFT.formula("RANK(H7,H$5:H$7)", own=True, where="甲", anchor=Anchor(7)) == "RANK(H7,H$5:H$34)"


def test_relative_references_of_a_rule_keep_their_distance() -> None:
    assert SHIFT.formula("H7>H8+$H$9", own=True, where="甲", anchor=Anchor(7, rows=True)) == "H7>H8+$H$36"
    assert SHIFT.formula("H7>H8", own=True, where="甲", anchor=Anchor(7)) == "H7>H35"


def test_areas_grow_with_their_last_row() -> None:
    assert SHIFT.areas("A1 H5:H7 H7 A9:B10 B:B") == "A1 H5:H34 H7:H34 A36:B37 B:B"
    assert SHIFT.areas("H7 H8", grow=False) == "H7 H35"


def test_what_would_take_long_is_left_alone() -> None:
    assert SHIFT.formula("A8+" * TEXT_LIMIT, own=True, where="甲") == "A8+" * TEXT_LIMIT
    assert SHIFT.formula("[" * 5000 + "A8", own=True, where="甲") == "[" * 5000 + "A8"


def test_the_rows_that_a_formula_reads() -> None:
    assert rows_of("SUM(H5:H7)+H9+汇总!H20+SUM(A:A)+11:12") == {5, 6, 7, 9, 11, 12}


@given(
    st.lists(
        st.tuples(st.integers(1, 30), st.integers(1, 5), st.integers(0, 30)).map(lambda one: Insertion(*one)),
        min_size=1,
        max_size=5,
    )
)
def test_rows_keep_their_order_and_leave_room_for_the_new_ones(insertions: list[Insertion]) -> None:
    moves = Moves(tuple(insertions))
    old = [moves.row(row) for row in range(1, 41)]
    new = [row for after in {one.after for one in insertions} for row in moves.new_rows(after)]
    assert sorted(old + new) == list(range(1, 41 + moves.total))
    assert len(new) == moves.total
    for row in range(1, 41):
        assert Shift("甲.xlsx", "甲", moves).formula(f"B{row}", own=True, where="甲") == f"B{moves.row(row)}"


@given(st.integers(1, 20), st.integers(1, 20), st.integers(1, 20))
def test_a_formula_moved_then_copied_is_copied_then_moved_where_nothing_lies_between(
    row: int, down: int, after: int
) -> None:
    shift = Shift("甲.xlsx", "甲", Moves((Insertion(after, 3),)))
    if not row <= after < row + down:
        first = moved(shift.formula(f"A{row}*2", own=True, where="甲"), down, 0)
        assert first == shift.formula(moved(f"A{row}*2", down, 0), own=True, where="甲")


def test_merged_areas_move_grow_and_are_repeated() -> None:
    moves = Moves((Insertion(7, 2),), joined=(Area(5, 1, 9, 1),))
    assert moved_merge(Area(1, 1, 2, 2), moves) == Area(1, 1, 2, 2)
    assert moved_merge(Area(6, 3, 8, 3), moves) == Area(6, 3, 10, 3)
    assert moved_merge(Area(5, 1, 7, 1), moves) is None
    assert list(repeated_merges(Area(7, 4, 7, 5), moves)) == [Area(8, 4, 8, 5), Area(9, 4, 9, 5)]
    assert list(repeated_merges(Area(7, 1, 7, 2), moves)) == []
    assert list(repeated_merges(Area(6, 4, 6, 5), moves)) == []
