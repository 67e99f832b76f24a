"""The list of what was sent (下发清单), looked for where it usually lies: beside what came back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from perf_excel.jobs.distribute import LIST


def sent_list_near(sources: Sequence[Path]) -> Path | None:
    """Return the list in one of the folders, in the folder above, or in the only one beside that holds one.

    Args:
        sources: folders, archives, files that came back.
    """
    with suppress(OSError):
        for source in sources:
            folder = source if source.is_dir() else source.parent
            for near in (folder, folder.absolute().parent):
                if (near / LIST).is_file():
                    return near / LIST
            beside = [path for path in folder.absolute().parent.glob(f"*/{LIST}") if path.is_file()]
            if len(beside) == 1:
                return beside[0]
    return None
