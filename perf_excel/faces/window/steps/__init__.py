"""The year's steps (年度步骤), one file each: a new step is a new file here with a STEP."""

from __future__ import annotations

import importlib

from perf_excel.faces.window.page import Step


def all_steps() -> list[Step]:
    """Return the steps of every file in this folder, in the order of the year."""
    import pkgutil

    modules = [
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    ]
    steps: list[Step] = [module.STEP for module in modules]
    return sorted(steps, key=lambda step: step.order)
