"""LibreOffice as an engine of xlwings (引擎): what xlwings asks it, and the applications it knows."""

# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
# pyright: reportAssignmentType=false
# xlwings' base classes have no types, and properties where a constant will do.

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from perf_excel.live.libreoffice.application import App
from perf_excel.live.libreoffice.conversion import CellValue, cleaned
from perf_excel.live.libreoffice.process import Office
from perf_excel.live.libreoffice.uno_types import UnoDesktop
from perf_excel.live.xl import base_classes, xw

NAME = "libreoffice"


class Engine:
    """The engine: what of it is not the same for every application."""

    name = NAME
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(x: object, options: object) -> object:  # noqa: ARG004
        """Return a value ready to be written; ranges turn it into LibreOffice's own."""
        return x

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[CellValue]],
        datetime_builder: Callable[..., object],
        empty_as: object,
        number_builder: Callable[[float], object] | None,
        err_to_str: bool,  # noqa: FBT001  (xlwings' own)
    ) -> list[list[object]]:
        """Return values as the reader asked for them."""
        return [
            [
                cleaned(value, datetime_builder, empty_as, number_builder, err_to_str=err_to_str)
                for value in row
            ]
            for row in data
        ]

    def left(self, pid: int) -> None:
        """Forget an application that was ended or let go."""
        self.apps.forget(pid)


class Apps(base_classes.Apps):
    """The applications that this program started or found."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._apps: dict[int, App] = {}

    def keys(self) -> list[int]:
        """Return their process ids."""
        return list(self._apps)

    def add(self, add_book: bool | None = None, **_: object) -> App:  # noqa: FBT001
        """Start a LibreOffice without a window."""
        office = Office()
        app = self.join(office.desktop, office)
        if add_book:
            app.books.add()
        return app

    def join(self, desktop: UnoDesktop, office: Office | None = None) -> App:
        """Take in a running LibreOffice; ``office`` where it is ours to end."""
        app = App(self._engine, desktop, office)
        self._apps[app.pid] = app
        return app

    def forget(self, pid: int) -> None:
        """Forget one."""
        self._apps.pop(pid, None)

    def cleanup(self) -> None:
        """Nothing to do: no process outlives this one."""

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._apps.values()))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        return self._apps[pid]


def register() -> xw.Engine:
    """Enter the engine in xlwings' list, once, and return it."""
    for engine in xw.engines:
        if engine.name == NAME:
            return engine
    engine = xw.Engine(impl=Engine())
    xw.engines.add(engine)
    return engine
