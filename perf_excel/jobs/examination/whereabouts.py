"""Where a spot of a form stands in its workbook (位置): sheet and cell."""

from __future__ import annotations

from perf_excel.forms.spot import Spot
from perf_excel.jobs.examination.examining import Examined
from perf_excel.rules.findings import Finding
from perf_excel.sheets.grid import Place, address
from perf_excel.sheets.reading.form_reading import Reading


def where(examined: Examined, spot: Spot) -> str:
    """Return the A1 address of a spot, with its sheet's name where the form stands on several."""
    reading = examined.found.reading
    return address_of(reading, reading.place(spot))


def cells_of(examined: Examined, finding: Finding) -> str:
    """Return the cells that a finding speaks of: F16–F34、F36."""
    reading = examined.found.reading
    meant = {reading.place(spot) for spot in (finding.spot, *finding.also)}
    places = sorted(meant, key=lambda one: (one[1], one[0]))
    runs: list[list[Place]] = []
    for row, column in places:
        if runs and runs[-1][-1] == (row - 1, column):
            runs[-1].append((row, column))
        else:
            runs.append([(row, column)])
    ends = ([run[0], run[-1]] if len(run) > 1 else run for run in runs)
    return "、".join("–".join(address_of(reading, place) for place in end) for end in ends)


def address_of(reading: Reading, place: Place) -> str:
    """Return a place's A1 address, with its sheet's name where the form stands on several (续表!H5)."""
    sheet, row, column = reading.locate(place)
    return f"{sheet}!{address(row, column)}" if len(reading.sheets) > 1 else address(row, column)


def place_of(examined: Examined, spot: Spot) -> dict[str, str]:
    """Return where a spot really stands: its sheet and cell."""
    reading = examined.found.reading
    sheet, row, column = reading.locate(reading.place(spot))
    return {"sheet": sheet, "cell": address(row, column)}
