"""A screen that nobody sees (虚拟屏幕): Xvfb, for windows that are tried and drawn."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Generator


@contextlib.contextmanager
def virtual_screen(size: str = "1280x860", dpi: int = 96) -> Generator[str]:
    """Start a virtual screen and name it; ``dpi`` 96 is what systems call 100 %."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        f"Xvfb -nolisten tcp -displayfd {writing} -screen 0 {size}x24 -dpi {dpi}".split(),
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
