"""Wildcards (通配符) in file names: Windows leaves them to the program (``check *.xlsx``)."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator


def expanded(arguments: Iterable[str]) -> Iterator[str]:
    """Yield the arguments, for one with ``*`` or ``?`` the files that it means, in the order of their names.

    One that no file fits stays as it is: the command then says that there is no such file.
    """
    for one in arguments:
        # Path.glob takes no pattern that begins with a drive.
        found = sorted(glob.glob(one.replace("[", "[[]"))) if set("*?") & set(one) else []  # noqa: PTH207
        yield from found or [one]
