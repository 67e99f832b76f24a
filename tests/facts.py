"""Published forms as facts (tests/cases): what stands in them, to be read, scored and checked."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from perf_excel.forms.data import load_form
from perf_excel.forms.model import Form

CASES = Path(__file__).parent / "cases"
PUBLISHED = sorted(path.stem for path in (CASES / "published").glob("*.json"))


def shangjie() -> Form:
    """The department form of 31 rows that was published with 95.81 points (优)."""
    return in_file(CASES / "seeds" / "henan-shangjie-2022-自评表.json")


def published(name: str) -> Form:
    """A published form by its file's name; money in 万元, whatever it was printed in."""
    path = CASES / "published" / f"{name}.json"
    form = in_file(path)
    return in_wan(form) if facts(path).get("money") == "元" else form


def facts(path: Path) -> dict[str, Any]:
    """What a file of facts says."""
    return json.loads(path.read_text("utf-8"))


def seed(name: str) -> dict[str, Any]:
    """The facts of a founding document, where they make no form."""
    return facts(CASES / "seeds" / f"{name}.json")


def in_wan(form: Form) -> Form:
    """Turn 元 into 万元."""

    def wan(number: Decimal | None) -> Decimal | None:
        return None if number is None else number / 10_000

    return replace(
        form,
        funding=tuple(
            replace(row, initial=wan(row.initial), annual=wan(row.annual), executed=wan(row.executed))
            for row in form.funding
        ),
    )


def in_file(path: Path) -> Form:
    """The form in a file of facts."""
    return load_form(path.read_text("utf-8"), path.name)
