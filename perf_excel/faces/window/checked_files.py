"""What is to be checked, and what became of it (校验): file by file, one never stopping the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from perf_excel.books.saving import lock_of
from perf_excel.errors import UserError
from perf_excel.faces.window.work import Report
from perf_excel.jobs.check import check
from perf_excel.jobs.examination.examining import Examined
from perf_excel.stopping import StoppedError


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be checked: files, by which rule set (None: their own), against which declaration."""

    paths: list[Path]
    rules: str | None
    against: Path | None

    def only(self) -> Path:
        """Return the one file.

        Raises:
            UserError: there are several.
        """
        if len(self.paths) != 1:
            raise UserError("这一步一次处理一个工作簿，请在清单中只留下一个。")
        return self.paths[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file.

    ``forms`` are examined as the file stood at ``at``; ``sentence`` says why it could not be used, or, where
    there are forms, why not again. ``open`` is a file that an application has open: what was read of it is
    what it saved last. ``live`` are forms as they stand in that application.
    """

    path: Path
    forms: list[Examined]
    sentence: str = ""
    at: datetime | None = None
    open: bool = False
    live: bool = False


def now() -> datetime:
    """Return the clerk's own time."""
    return datetime.now().astimezone()


def check_all(question: Question, report: Report) -> list[Answer]:
    """Examine files one by one; a file that cannot be used does not stop the others."""
    answers: list[Answer] = []
    for number, path in enumerate(question.paths):
        report(number, len(question.paths), f"正在校验 {path.name}")
        answers.append(check_one(path, question))
    return answers


def check_one(path: Path, question: Question) -> Answer:
    """Examine a file, also one that an application has open, or say why not."""
    held = lock_of(path) is not None
    try:
        forms = check(path, question.rules, against=question.against, even_open=True)
    except StoppedError:
        raise
    except UserError as error:
        return Answer(path, [], error.in_window, open=held)
    return Answer(path, forms, at=now(), open=held)


def with_earlier(answers: Sequence[Answer], earlier: Sequence[Answer]) -> list[Answer]:
    """Return answers in which a file that cannot be used now keeps what was found in it before."""
    known = {answer.path: answer for answer in earlier if answer.forms}
    return [
        replace(known[answer.path], sentence=answer.sentence)
        if not answer.forms and answer.path in known
        else answer
        for answer in answers
    ]
