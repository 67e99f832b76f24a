"""Labels that stand on a form more than once (重复的名称): of two 联系电话 which is which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from perf_excel.forms.text import plain

_AGAIN = re.compile(r"(.+)（第(\d{1,3})个）")


def numbered(labels: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield what each label is known by: how it reads, and which of those that read so, from 1."""
    times: dict[str, int] = {}
    for label in labels:
        name = plain(label)
        times[name] = times.get(name, 0) + 1
        yield name, times[name]


def told_apart(labels: Iterable[str]) -> Iterator[str]:
    """Yield labels that differ: the second 联系电话 as 联系电话（第2个）."""
    given = list(labels)
    for label, (_, number) in zip(given, numbered(given), strict=True):
        yield label if number == 1 else f"{label}（第{number}个）"


def as_printed(labels: Iterable[str]) -> Iterator[str]:
    """Yield the labels from which ``told_apart`` made these."""
    given = list(labels)
    there = {*map(plain, given)}
    for label in given:
        again = _AGAIN.fullmatch(label)
        yield again[1] if again and plain(again[1]) in there else label
