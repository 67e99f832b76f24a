from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from workbooks import SHEET_PART, members, package, parts, worksheet

from perf_excel.books.sniff import OtherFormatError, sniff
from perf_excel.books.xlsx import package as container
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.books.xlsx.zip_directory import MEMBER_LIMIT
from perf_excel.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

FORM = package(parts(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')))


def _entry(data: bytes, part: str) -> int:
    """Return where the directory's record of a part begins."""
    return data.rfind(part.encode()) - 46


def _patched(data: bytes, at: int, code: str, value: int) -> bytes:
    return data[:at] + struct.pack(code, value) + data[at + struct.calcsize(code) :]


def test_a_part_is_found_whatever_its_case_and_slashes() -> None:
    package = Package(FORM, "甲.xlsx")
    assert "XL\\Worksheets/SHEET1.xml" in package
    assert package.read("/xl/worksheets/Sheet1.XML") == package.read(SHEET_PART)


def test_replacing_a_part_leaves_the_other_members_byte_for_byte() -> None:
    out = Package(FORM, "甲.xlsx").replace({SHEET_PART: "新".encode() * 1000})
    before, after = members(FORM), members(out)
    assert after.pop(SHEET_PART)[1] == "新".encode() * 1000
    del before[SHEET_PART]
    assert before == after


def test_parts_can_be_added_and_dropped() -> None:
    out = Package(FORM, "甲.xlsx").replace({"xl/新.xml": b"<a/>"}, drop={"xl/worksheets/sheet1.xml"})
    with zipfile.ZipFile(io.BytesIO(out)) as source:
        assert source.testzip() is None
        assert source.read("xl/新.xml") == b"<a/>"
        assert SHEET_PART not in source.namelist()


def test_stored_members_data_descriptors_comment_and_bytes_in_front_survive() -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as target:
        for name, content in parts(worksheet()).items():
            target.writestr(name, content)
        target.comment = "备注".encode()
    data = b"#!front" + stream.getvalue()
    out = Package(data, "甲.xlsx").replace({"xl/workbook.xml": b"<workbook/>"})
    assert out.startswith(b"#!front")
    with zipfile.ZipFile(io.BytesIO(out)) as source:
        assert source.testzip() is None
        assert source.comment.decode() == "备注"
    before, after = members(data), members(out)
    assert after["xl/workbook.xml"][1] == b"<workbook/>"
    assert {name: body for name, body in after.items() if name != "xl/workbook.xml"} == {
        name: body for name, body in before.items() if name != "xl/workbook.xml"
    }


def test_sizes_and_offsets_of_a_zip64_are_read_and_moved() -> None:
    content = b"<worksheet/>"
    first = (
        b"PK\3\4"
        + struct.pack("<5H3L2H", 45, 0, 0, 0, 0x21, zlib.crc32(content), 12, 12, 1, 0)
        + b"a"
        + content
    )
    second = (
        b"PK\3\4"
        + struct.pack("<5H3L2H", 45, 0, 0, 0, 0x21, zlib.crc32(content), 12, 12, 1, 0)
        + b"b"
        + content
    )

    def record(name: bytes, offset: int) -> bytes:
        extra = struct.pack("<2H3Q", 1, 24, 12, 12, offset)
        most = 0xFFFFFFFF
        fixed = (45, 45, 0, 0, 0, 0x21, zlib.crc32(content), most, most, 1, len(extra), 0, 0, 0, 0, most)
        return b"PK\1\2" + struct.pack("<6H3L5H2L", *fixed) + name + extra

    directory = record(b"a", 0) + record(b"b", len(first))
    start = len(first + second)
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 2, 2, len(directory), start)
    pointer = struct.pack("<4sLQL", b"PK\6\7", 0, start + len(directory), 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    package = Package(first + second + directory + end64 + pointer + end, "甲.xlsx")
    assert package.read("b") == content
    with zipfile.ZipFile(io.BytesIO(package.replace({"a": b"longer than it was"}))) as source:
        assert source.testzip() is None
        assert source.read("b") == content


def _with(field: int, code: str, value: int) -> bytes:
    """Return the form with another number in the directory's record of its sheet."""
    return _patched(FORM, _entry(FORM, SHEET_PART) + field, code, value)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (FORM[: len(FORM) // 2], "不完整"),
        (FORM[:-10], "不完整"),
        (_with(16, "<L", 1), "已损坏"),  # checksum
        (_with(24, "<L", 7), "已损坏"),  # inflated size
        (_with(20, "<L", 1 << 30), "已损坏"),  # packed size
        (_with(42, "<L", 1 << 30), "已损坏"),  # offset
        (_with(8, "<H", 1), "加密"),
        (_with(10, "<H", 9), "压缩方式"),
        (
            FORM.replace(SHEET_PART.encode(), b"y" + SHEET_PART.encode()[1:], 1),
            "已损坏",
        ),  # local name
    ],
)
def test_a_damaged_zip_is_refused_with_a_sentence(data: bytes, complaint: str) -> None:
    with pytest.raises(UserError, match=rf"^甲\.xlsx：.*{complaint}"):
        Package(data, "甲.xlsx").read(SHEET_PART)


def test_entries_that_share_bytes_are_refused() -> None:
    end = FORM.rfind(b"PK\5\6")
    size, start = struct.unpack_from("<2L", FORM, end + 12)
    record = FORM[_entry(FORM, SHEET_PART) : end]
    again = record[:46] + b"xl/worksheets/sheet9.xml" + record[46 + len(SHEET_PART) :]
    count = struct.unpack_from("<H", FORM, end + 10)[0] + 1
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size + len(again), start, 0)
    with pytest.raises(UserError, match="已损坏"):
        Package(FORM[:end] + again + tail, "甲.xlsx")


def test_names_that_differ_by_case_only_are_refused() -> None:
    data = package(parts(worksheet(), extra={"XL/Workbook.XML": "<workbook/>"}))
    with pytest.raises(UserError, match="重名部件"):
        Package(data, "甲.xlsx")


def test_too_many_members_are_refused() -> None:
    data = package({f"xl/media/{number}": b"" for number in range(MEMBER_LIMIT + 1)})
    with pytest.raises(UserError, match="上限"):
        Package(data, "甲.xlsx")


def test_a_bomb_is_stopped_while_it_inflates() -> None:
    data = package({"bomb": bytes(container.RATIO_FROM + (8 << 20))})
    # The directory lies about the size: what counts is what comes out.
    lying = _patched(data, _entry(data, "bomb") + 24, "<L", 1000)
    with pytest.raises(UserError, match="压缩炸弹"):
        Package(lying, "甲.xlsx").read("bomb", 1 << 30)


def test_a_part_over_its_limit_is_refused() -> None:
    with pytest.raises(UserError, match="解压后超过 1 MB"):
        Package(package({"part": bytes(3 << 20)}), "甲.xlsx").read("part", 1 << 20)


def test_all_parts_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "TOTAL_LIMIT", 1500)
    source = Package(package({"a": bytes(1000), "b": bytes(1000)}), "甲.xlsx")
    source.read("a")
    source.read("a")
    with pytest.raises(UserError, match="压缩炸弹"):
        source.read("b")


def test_a_member_larger_than_one_chunk_is_inflated_whole() -> None:
    content = b"".join(struct.pack("<L", number * 2654435761 % 2**32) for number in range(3 << 20))
    assert Package(package({"part": content}), "甲.xlsx").read("part") == content


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (FORM, "xlsx"),
        (FORM[:200], "xlsx"),
        (package({"[Content_Types].xml": "", "xl/workbook.bin": b""}), "xlsb"),
        (package({"[Content_Types].xml": "", "word/document.xml": ""}), "docx"),
        (b"%PDF-1.7\n", "pdf"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + bytes(600) + "Workbook\0".encode("utf-16-le"), "xls"),
        (OLE + bytes(600) + "WordDocument\0".encode("utf-16-le"), "unknown"),
        (b"\x09\x08\x10\x00\x00\x06", "xls"),
        (b"\xef\xbb\xbf <html><table>", "unknown"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "unknown"),
        ("项目,得分\n".encode(), "unknown"),
        (b"", "unknown"),
    ],
)
def test_a_file_is_known_by_its_bytes(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


def test_an_ods_is_known_by_its_first_member() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", "<a/>")
    assert sniff(out.getvalue()) == "ods"
    with pytest.raises(OtherFormatError, match="OpenDocument") as caught:
        Workbook.from_bytes(out.getvalue(), "甲.xlsx")
    assert caught.value.kind == "ods"


@pytest.mark.parametrize(
    ("data", "kind", "complaint"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "打开密码"),
        (OLE + "Workbook\0".encode("utf-16-le"), "xls", "旧版 .xls"),
        (package({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b""}), "xlsb", "xlsb"),
        (b"<html></html>", "unknown", "网页"),
        (b"<?xml version='1.0'?><Workbook/>", "unknown", "XML 文件"),
        (b"hello", "unknown", "纯文本"),
        (package({"[Content_Types].xml": "<Types/>", "word/document.xml": ""}), "docx", "Word"),
    ],
)
def test_another_format_says_what_it_is(data: bytes, kind: str, complaint: str) -> None:
    with pytest.raises(OtherFormatError, match=rf"^甲\.xlsx：.*{complaint}") as caught:
        Workbook.from_bytes(data, "甲.xlsx")
    assert caught.value.kind == kind


def test_what_cannot_be_read_from_disk_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "空.xlsx").write_bytes(b"")
    (tmp_path / "目录.xlsx").mkdir()
    (tmp_path / "大.xlsx").write_bytes(FORM)
    with pytest.raises(UserError, match=r"^没有\.xlsx：找不到"):
        Workbook.open(tmp_path / "没有.xlsx")
    with pytest.raises(UserError, match=r"^空\.xlsx：文件是空的"):
        Workbook.open(tmp_path / "空.xlsx")
    with pytest.raises(UserError, match=r"^目录\.xlsx：这是文件夹"):
        Workbook.open(tmp_path / "目录.xlsx")
    monkeypatch.setattr("perf_excel.books.file_reading.FILE_LIMIT", 10)
    with pytest.raises(UserError, match=r"^大\.xlsx：文件超过"):
        Workbook.open(tmp_path / "大.xlsx")


def test_a_file_that_must_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "甲.xlsx"
    path.write_bytes(FORM)

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(UserError, match=r"^甲\.xlsx：没有读取权限"):
        Workbook.open(path)
