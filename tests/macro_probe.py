"""Runs in a Python that has LibreOffice's UNO: opens a macro workbook, presses its buttons, says what it saw.

Called as ``python macro_probe.py WORKBOOK PROFILE FUNCTION…``; answers in JSON.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SOFFICE = os.environ.get("PERF_EXCEL_SOFFICE", "soffice")
EVEN_WITH_MACROS = 4
"""com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN."""


def main(book: str, profile: str, procedures: list[str]) -> None:
    uno = importlib.import_module("uno")
    pipe = f"perf-excel-test-{os.getpid()}"
    office = subprocess.Popen(
        [
            SOFFICE, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
            "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;",
        ],
        env={**os.environ, "SAL_USE_VCLPLUGIN": "svp", "TMPDIR": profile},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        desktop = connected(uno, pipe)
        options = [
            option(uno, "Hidden", value=True),
            option(uno, "MacroExecutionMode", value=EVEN_WITH_MACROS),
        ]
        document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(book), "_blank", 0, tuple(options))
        sys.stdout.write(json.dumps(answers(document, procedures)))
        document.close(True)  # noqa: FBT003  (its only argument)
        with contextlib.suppress(Exception):  # the bridge breaks as it goes
            desktop.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            office.wait(timeout=20)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(office.pid, signal.SIGKILL)
        office.wait()


def connected(uno: Any, pipe: str) -> Any:
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(300):
        with contextlib.suppress(Exception):  # it is not listening yet
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        time.sleep(0.2)
    raise TimeoutError(pipe)


def option(uno: Any, name: str, *, value: object) -> Any:
    one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    one.Name, one.Value = name, value
    return one


def answers(document: Any, procedures: list[str]) -> dict[str, Any]:
    library = document.BasicLibraries.getByName("VBAProject")
    page = document.Sheets.getByIndex(0).DrawPage
    shapes = [page.getByIndex(index) for index in range(page.Count)]
    return {
        "modules": list(library.ElementNames),
        "buttons": [[shape.String, clicked(shape)] for shape in shapes],
        "results": [called(document, procedure) for procedure in procedures],
    }


def clicked(shape: Any) -> str:
    """The script that a shape runs when it is clicked."""
    return next(one.Value for one in shape.Events.getByName("OnClick") if one.Name == "Script")


def called(document: Any, procedure: str) -> Any:
    """Run a procedure by its name or as a button's script; arguments follow it, separated by bars."""
    name, *arguments = procedure.split("|")
    if ":" not in name:
        name = f"vnd.sun.star.script:VBAProject.perf_excel.{name}?language=Basic&location=document"
    return document.getScriptProvider().getScript(name).invoke(tuple(arguments), (), ())[0]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
