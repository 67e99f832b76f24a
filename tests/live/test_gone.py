"""An application that ended is not taken for one that refuses."""

from __future__ import annotations

import pytest

from perf_excel.errors import UserError
from perf_excel.live.live_edits import refusals

PROTECTED = "表.xlsx：无法写入工作表“自评表”，它可能受保护，请撤销工作表保护后再试。"


class DisposedException(Exception):  # noqa: N818  (as UNO names it)
    """UNO's error of a LibreOffice that ended."""


class ComError(Exception):
    """pywin32's error."""

    def __init__(self, hresult: int) -> None:
        super().__init__("com")
        self.hresult = hresult


@pytest.mark.parametrize(
    "error",
    [DisposedException(), RuntimeError("Binary URP bridge disposed during call"), ComError(-2147023174)],
)
def test_an_application_that_ended_is_said_to_have_ended(error: Exception) -> None:
    with pytest.raises(UserError, match=r"^表\.xlsx：打开它的.*中途退出了") as raised, refusals(PROTECTED):
        raise error
    assert "受保护" not in str(raised.value)


@pytest.mark.parametrize("error", [RuntimeError("locked"), ComError(-2146827284)])
def test_one_that_refuses_is_said_to_refuse(error: Exception) -> None:
    with pytest.raises(UserError, match="可能受保护"), refusals(PROTECTED):
        raise error
