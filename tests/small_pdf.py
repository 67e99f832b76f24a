"""Small PDFs for tests: lines and Chinese text at their places, so that a test shows what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

HEIGHT = 842
SIZE = 10.0


class Page:
    """A page; x from the left, y from the top, in points."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def text(self, x: float, y: float, text: str) -> Page:
        """Print a text whose line stands at a height."""
        self.drawn.append(f"BT /F1 {SIZE} Tf {x} {HEIGHT - y} Td <{text.encode('utf-16-be').hex()}> Tj ET")
        return self

    def line(self, x: float, y: float, u: float, v: float) -> Page:
        """Draw a line."""
        self.drawn.append(f"{x} {HEIGHT - y} m {u} {HEIGHT - v} l S")
        return self

    def bar(self, x: float, y: float, width: float, height: float) -> Page:
        """Fill a rectangle, as some programs draw lines."""
        self.drawn.append(f"{x} {HEIGHT - y - height} {width} {height} re f")
        return self

    def picture(self) -> Page:
        """Cover the page with a picture, as a scanner does."""
        self.drawn.append(f"q 595 0 0 {HEIGHT} 0 0 cm /I1 Do Q")
        return self

    def table(
        self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, top: float = 100, height: float = 20
    ) -> Page:
        """Draw a table with all its lines and print its texts."""
        edges = [50.0]
        for width in widths:
            edges.append(edges[-1] + width)
        bottom = top + height * len(rows)
        for number in range(len(rows) + 1):
            self.line(edges[0], top + number * height, edges[-1], top + number * height)
        for edge in edges:
            self.line(edge, top, edge, bottom)
        for number, row in enumerate(rows):
            for edge, text in zip(edges, row, strict=False):
                if text:
                    self.text(edge + 4, top + number * height + 14, text)
        return self


def pdf(pages: Iterable[Page], trailer: str = "") -> bytes:
    """Return a PDF of some pages; ``trailer`` stands in the trailer's dictionary."""
    pages = list(pages)
    font, picture, first = 3, 5, 6
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{_kids(first, len(pages))}] >>",
        font: "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        "/DescendantFonts [4 0 R] >>",
        4: "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
        "/W [1 [500] 13 [500 500] 16 26 500 814 939 500] "
        "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /ItalicAngle 0 "
        "/FontBBox [-25 -254 1000 880] /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>",
        picture: "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
        "/ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream",
    }
    for number, page in enumerate(pages):
        content = "\n".join(page.drawn)
        at = first + 2 * number
        objects[at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {HEIGHT}] /Contents {at + 1} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> /XObject << /I1 {picture} 0 R >> >> >>"
        )
        objects[at + 1] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    return _written(objects, trailer)


def _kids(first: int, count: int) -> str:
    return " ".join(f"{first + 2 * number} 0 R" for number in range(count))


def _written(objects: dict[int, str], trailer: str) -> bytes:
    out, places = b"%PDF-1.5\n", list[int]()
    parts = [out]
    at = len(out)
    for number, content in sorted(objects.items()):
        places.append(at)
        part = f"{number} 0 obj\n{content}\nendobj\n".encode()
        parts.append(part)
        at += len(part)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    parts.append(
        f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{at}\n%%EOF\n".encode()
    )
    return b"".join(parts)
