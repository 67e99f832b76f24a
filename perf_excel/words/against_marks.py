"""A report of this program held against the form by its controls (R1, 报告里的数), known by their keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from perf_excel.forms.text import plain as plain_text
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim
from perf_excel.words.figures import Figure as Number
from perf_excel.words.manuscript import Mark
from perf_excel.words.prose import Paragraph, Sentence, paragraph
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told
from perf_excel.words.writing.report_figures import TO_FILL, Figure, bookmark_of

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_WORD = 6
"""A text without a number that is so short is a value (等级), and no prose that the clerk may word anew."""


def mark_claims(
    told: Told, paragraphs: Sequence[Paragraph], marks: Sequence[Mark], figures: Mapping[str, Figure]
) -> Iterator[Claim]:
    """Yield what comes of holding the controls of a report against the figures of its form.

    Args:
        told: what the report says.
        paragraphs: its paragraphs.
        marks: its controls.
        figures: every figure of the forms as they are now, by key.
    """
    known = {**{bookmark_of(key): figure for key, figure in figures.items()}, **figures}
    for mark in marks:
        figure = known.get(mark.key)
        if figure and f"【{TO_FILL}" not in mark.printed:
            for one, due in _numbers_of(mark, figure):
                yield from _held(_saying(told, paragraphs, one), one, figure, due)


def _numbers_of(mark: Mark, figure: Figure) -> Iterator[tuple[Mark, str]]:
    """Yield the numbers of a control with those that are due; where a sentence has others, all of it."""
    printed, due = list(_NUMBER.finditer(mark.printed)), _NUMBER.findall(figure.text)
    if len(printed) != len(due) or len(due) <= 1:
        yield mark, figure.text
        return
    for found, number in zip(printed, due, strict=True):
        yield replace(mark, start=mark.start + found.start(), end=mark.start + found.end()), number


def _held(saying: Saying, mark: Mark, figure: Figure, text: str) -> Iterator[Claim]:
    printed, due = _numbers(mark.printed), _numbers(text)
    if not printed and not due and len(text) > _WORD:
        return
    agrees = printed == due if printed or due else plain_text(mark.printed) == plain_text(text)
    reason = ""
    if not agrees and len(printed) == len(due) == 1:
        reason = cause(printed[0], due[0], Decimal("0.01"), money=False)
    yield Claim(
        "R1", "报告里的数", saying, "agrees" if agrees else "differs", f"表上的{figure.label}",
        f"表上为 {text}", text, "error", reason,
        spot=figure.spots[0] if figure.spots else None, certain=True,
    )  # fmt: skip


def _numbers(text: str) -> list[Decimal]:
    return [Decimal(one.replace(",", "")) for one in _NUMBER.findall(plain_text(text))]


def _saying(told: Told, paragraphs: Sequence[Paragraph], mark: Mark) -> Saying:
    """Return what the text says with a control: the figure that it holds, else its words."""
    words = paragraph(mark.number, mark.text, mark.row) if mark.row else paragraphs[mark.number - 1]
    start, end = words.folded_at(mark.start, mark.end)
    sentence = next(
        (one for one in told.sentences
         if not mark.row and one.paragraph.number == mark.number and one.start <= start < one.end),
        Sentence(-1, words, 0, len(words.text), 1, 0, numbered=False),
    )  # fmt: skip
    within = [
        one for one in told.by_sentence.get(sentence.at, ())
        if one.figure.start < end and start < one.figure.end and not one.unchanged
    ]  # fmt: skip
    if len(within) == 1:
        return within[0]
    number = Number(start, end, words.text[start:end], "count", Decimal(0), Decimal(0))
    lead = words.text[max(sentence.start, start - _LEAD) : start]
    return Saying(-1, sentence, number, lead, "", "", "other")


_LEAD = 12
