"""The characters and ruling lines of a PDF's pages, by pypdfium2; nothing is run, nothing is fetched."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]
from pypdfium2 import raw  # pyright: ignore[reportMissingTypeStubs]

from perf_excel.books.documents.marks import Marks, Rule, Sign
from perf_excel.errors import UserError

PAGES = 300
"""Pages of a document: the published budget of a large department has a hundred."""
_SIGNS = 400_000
"""Characters of a document."""
_OBJECTS = 200_000
"""Drawn objects and their lines, of a document."""
_NESTED = 8
_THIN = 3.0
"""A filled rectangle no thicker is a line."""
_STRAIGHT = 0.8
_WHOLE_PAGE = 0.5
"""A picture over more than this part of a page may hold its tables."""
_PASSWORD = 4

Native = Any
"""A page or an object of the library, which has no types."""
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


class Pdf:
    """An opened PDF."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open a PDF; ``name`` is for messages.

        Raises:
            UserError: it has a password, is damaged, or has too many pages.
        """
        self.name = name
        self._signs = self._objects = 0
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error)
            raise UserError(
                f"{name}：PDF 有打开密码，请去掉密码、另存后再试。"
                if locked
                else f"{name}：PDF 已损坏，无法打开，请重新获取该文件。"
            ) from None
        if (pages := len(self._document)) > PAGES:
            raise UserError(
                f"{name}：PDF 有 {pages} 页，超过 {PAGES} 页，请把表所在的几页单独存成一个文件后再试。"
            )

    def pages(self) -> Iterator[Marks]:
        """Yield what each page shows.

        Raises:
            UserError: a page is damaged, or holds more than any form does.
        """
        for number in range(len(self._document)):
            try:
                page = self._document[number]
                yield self._marks(page)
                page.close()
            except pypdfium2.PdfiumError:
                raise UserError(f"{self.name}：PDF 的第 {number + 1} 页已损坏，请重新获取该文件。") from None

    def _marks(self, page: Native) -> Marks:
        left, low, right, high = page.get_mediabox()
        width, height = right - left, high - low
        seen = width if page.get_rotation() in (90, 270) else height
        turned = _turned(page)
        across, down = list[Rule](), list[Rule]()
        pictures = 0.0
        for drawn, matrix in self._drawn(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject):
            kind = raw.FPDFPageObj_GetType(drawn)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                pictures = max(pictures, abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                for one, other in self._rules(drawn, matrix):
                    _sort(turned(one), turned(other), across, down)
        signs = list(self._read_signs(page, turned))
        # What is merged over two pages is printed in full on both: above or below the paper it is not seen.
        signs = [sign for sign in signs if sign.bottom > 0 and sign.top < seen]
        return Marks(signs, across, down, pictures > _WHOLE_PAGE * abs(width * height))

    def _drawn(
        self, of: Native, count: Callable[[Native], int], get: Callable[[Native, int], Native], depth: int = 0
    ) -> Iterator[tuple[Native, Matrix]]:
        """Yield what is drawn with the matrix that brings it onto the page, forms (表单对象) taken apart."""
        for index in range(count(of)):
            self._spend(1)
            drawn = get(of, index)
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(drawn, own)
            matrix: Matrix = (own.a, own.b, own.c, own.d, own.e, own.f)
            if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_FORM and depth < _NESTED:
                inside = self._drawn(
                    drawn, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth + 1
                )
                yield from ((one, _times(other, matrix)) for one, other in inside)
            else:
                yield drawn, matrix

    def _rules(self, path: Native, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
        """Yield the straight lines of a path: those that are stroked, and filled rectangles that are thin."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        for points in self._subpaths(path, matrix):
            if stroke.value:
                yield from pairwise(points)
            elif fill.value:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                left, right, low, high = min(xs), max(xs), min(ys), max(ys)
                if high - low <= _THIN < right - left:
                    yield (left, (low + high) / 2), (right, (low + high) / 2)
                elif right - left <= _THIN < high - low:
                    yield ((left + right) / 2, low), ((left + right) / 2, high)

    def _subpaths(self, path: Native, matrix: Matrix) -> Iterator[list[Point]]:
        a, b, c, d, e, f = matrix
        points: list[Point] = []
        count = raw.FPDFPath_CountSegments(path)
        self._spend(count)
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(path, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points
                points = []
            points.append(point)
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points

    def _read_signs(self, page: Native, turned: Callable[[Point], Point]) -> Iterator[Sign]:
        text = page.get_textpage()
        count = text.count_chars()
        self._signs += count
        if self._signs > _SIGNS:
            raise UserError(
                f"{self.name}：PDF 的文字超过 {_SIGNS} 个，请把表所在的几页单独存成一个文件后再试。"
            )
        box = raw.FS_RECTF()
        for index in range(count):
            if raw.FPDFText_IsGenerated(text.raw, index) == 1:
                continue
            code = raw.FPDFText_GetUnicode(text.raw, index)
            sign = chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
            # The loose box is as wide as the pen moves on: between characters of one word there is no gap.
            raw.FPDFText_GetLooseCharBox(text.raw, index, box)
            (x, y), (u, v) = turned((box.left, box.bottom)), turned((box.right, box.top))
            if sign:
                yield Sign(sign, min(x, u), min(y, v), max(x, u), max(y, v))
        text.close()

    def _spend(self, objects: int) -> None:
        self._objects += objects
        if self._objects > _OBJECTS:
            raise UserError(
                f"{self.name}：PDF 里的线条和图形超过 {_OBJECTS} 个，请把表所在的几页单独存成一个文件后再试。"
            )


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _turned(page: Native) -> Callable[[Point], Point]:
    """Return what turns a point of a page as it is seen: from the top left corner, rotated pages upright."""
    left, low, right, high = page.get_mediabox()
    turns: dict[int, Callable[[Point], Point]] = {
        90: lambda point: (point[1] - low, point[0] - left),
        180: lambda point: (right - point[0], point[1] - low),
        270: lambda point: (high - point[1], right - point[0]),
    }
    return turns.get(page.get_rotation(), lambda point: (point[0] - left, high - point[1]))


def _sort(one: Point, other: Point, across: list[Rule], down: list[Rule]) -> None:
    """Add a line to those that lie across or down; a slanting one is no ruling line."""
    (x, y), (u, v) = one, other
    if abs(y - v) <= _STRAIGHT < abs(x - u):
        across.append(Rule((y + v) / 2, min(x, u), max(x, u)))
    elif abs(x - u) <= _STRAIGHT < abs(y - v):
        down.append(Rule((x + u) / 2, min(y, v), max(y, v)))
