"""How a claim is said (措辞): the quoted text, what it was held against, the arithmetic, the likely cause."""

from __future__ import annotations

from perf_excel.words.claims import Claim

_LONGEST = 60


def quoted(claim: Claim) -> str:
    """Return the stretch of text that a claim is about, as it is typed, with what it was worked out from."""
    saying = claim.saying
    paragraph, figure = saying.sentence.paragraph, saying.figure
    start = figure.start - len(saying.lead)
    if (
        claim.start is not None
        and saying.sentence.start <= claim.start < start
        and figure.end - claim.start <= _LONGEST
    ):
        start = claim.start
    first, last = paragraph.typed(max(start, saying.sentence.start), figure.end)
    return paragraph.raw[first:last].strip()


def message(claim: Claim) -> str:
    """Return one sentence: where, what is printed, against what, the arithmetic, the cause, what to do."""
    saying = claim.saying
    where = f"（{claim.sheet}!{claim.cell}）" if claim.cell else ""
    head = f"{saying.sentence.place}“{quoted(claim)}”：{claim.what}"
    if claim.what in ("模板残留", "漏写百分号"):
        return f"{head}，{claim.arithmetic}，请删改。"
    found = f"{head}与{claim.against}{where}对不上：{claim.arithmetic}"
    cause = f"；{claim.cause}" if claim.cause else ""
    if claim.severity == "info":
        return f"{found}，只差末位{cause}，请留意。"
    return f"{found}，文中为 {saying.figure.text}{cause}，请核对后改正。"
