"""Tiny workbooks for tests: zips made from snippets of XML, so that a test shows what it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "自评表"
SHEET_PART = "xl/worksheets/sheet1.xml"


def worksheet(rows: str = "", *, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """Return a sheet part with these rows, and elements before and after them."""
    data = f"<sheetData>{rows}</sheetData>"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{namespace}">{before}{data}{after}</worksheet>'
    )


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def parts(
    *sheets: str | bytes,
    strings: str = "",
    styles: str = "",
    workbook: str | None = None,
    extra: Mapping[str, str | bytes] | None = None,
) -> dict[str, str | bytes]:
    """Return the parts of a minimal workbook; the first sheet is 自评表, the next 表2, and so on."""
    names = [SHEET, *(f"表{number}" for number in range(2, len(sheets) + 1))]
    entries = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    relations = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    found: dict[str, str | bytes] = {
        f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)
    }
    if strings:
        relations.append(("sharedStrings", "sharedStrings.xml"))
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if styles:
        relations.append(("styles", "styles.xml"))
        found["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    return {
        "[Content_Types].xml": _content_types(found),
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": workbook
        or f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(relations),
        **found,
        **(extra or {}),
    }


def _content_types(found: Mapping[str, object]) -> str:
    """Return content types good enough for openpyxl to open the workbook."""
    kinds = {
        "xl/sharedStrings.xml": "sharedStrings",
        "xl/styles.xml": "styles",
        "xl/workbook.xml": "sheet.main",
    }
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.{kinds.get(part, "worksheet")}+xml"/>'
        for part in ("xl/workbook.xml", *found)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def relationships(targets: list[tuple[str, str]]) -> str:
    """Return a .rels part of (last word of the type, target); the ids are rId1, rId2 and so on."""
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def workbook(
    rows: str = "", *, strings: str = "", styles: str = "", before: str = "", after: str = ""
) -> bytes:
    """Return a workbook whose one sheet has these rows."""
    return package(parts(worksheet(rows, before=before, after=after), strings=strings, styles=styles))


def members(data: bytes) -> dict[str, tuple[bytes, bytes]]:
    """Return for every member of a zip its compressed and its inflated bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        found: dict[str, tuple[bytes, bytes]] = {}
        for entry in source.infolist():
            header = data[entry.header_offset : entry.header_offset + 30]
            start = entry.header_offset + 30 + int.from_bytes(header[26:28], "little")
            start += int.from_bytes(header[28:30], "little")
            found[entry.filename] = data[start : start + entry.compress_size], source.read(entry)
        return found
