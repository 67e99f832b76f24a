"""Rows come into a workbook (插入行): every part that speaks of rows follows, all else stays as it is."""
