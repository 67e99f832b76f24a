"""Files that are no workbook: each is called what it is, with a way to go on, whatever its name."""

from __future__ import annotations

import io
import zipfile

import pytest

from perf_excel.books.sniff import OtherFormatError
from perf_excel.books.vba.compound import compound_file
from perf_excel.books.xlsx.workbook import Workbook

MHTML = b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n\r\n"
CHROME = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x\r\nMIME-Version: 1.0\r\n\r\n"
MAIL = b"Received: from a\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed\r\n\r\n"


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"<a/>")
    return out.getvalue()


def in_code_page(name: str) -> bytes:
    """A zip by an old Chinese archiver: names in GBK, and no mark that says so."""
    return zipped("a" * len(name.encode("gbk"))).replace(b"a" * len(name.encode("gbk")), name.encode("gbk"))


def compound(*streams: str) -> bytes:
    return compound_file(dict.fromkeys(streams, bytes(5000)))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><table>", "这是网页（HTML）"),
        ("\ufeff<!-- 导出 -->\n<table border=1>".encode("utf-16"), "这是网页（HTML）"),
        (b"<?xml version='1.0'?><html xmlns:x='urn:schemas-microsoft-com:office:excel'>", "这是网页（HTML）"),
        (MHTML, "网页（MHTML）"),
        (CHROME, "网页（MHTML）"),
        (MAIL, "电子邮件"),
        ("一级指标\t得分\r\n产出\t10\r\n".encode("gbk"), "（TSV）"),
        ("一级指标,得分\n产出,10\n".encode("utf-8-sig"), "（CSV）"),
        ("一级指标\t得分\n".encode("utf-16"), "（TSV）"),
        ('{"unit": "某局"}'.encode(), "JSON"),
        ("部门预算".encode(), "纯文本"),
        (
            b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>",
            "XML 表格（Excel 2003）",
        ),
        (b"<?xml version='1.0'?><a/>", "这是 XML 文件"),
        (b"%PDF-1.7\n", "PDF"),
        (b"Rar!\x1a\x07\x01\0", "压缩包（rar）"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包（7z）"),
        (b"\x1f\x8b\x08", "压缩包（gz）"),
        (bytes(257).replace(b"\0", b"a") + b"ustar\0", "压缩包（tar）"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"{\\rtf1", "Word"),
        (b"%TSD-Header-###%\0\1", "文档加密软件"),
        (bytes(4096), "没有内容"),
        (b" \r\n\t ", "没有内容"),
        (b"\x01\x02\x03\x04", "这不是 Excel 工作簿"),
        (zipped("word/document.xml", "[Content_Types].xml"), "Word"),
        (zipped("ppt/presentation.xml"), "演示文稿"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (zipped("甲单位.xlsx", "夹/乙单位.et", "说明.docx"), "2 个工作簿：“甲单位.xlsx”、“乙单位.et”"),
        (in_code_page("甲单位.xls"), "1 个工作簿：“甲单位.xls”"),
        (zipped("某局/xl/workbook.xml", "某局/[Content_Types].xml"), "连同文件夹“某局”一起压缩"),
        (zipped("说明.txt"), "里面没有看到工作簿"),
        (compound("WordDocument", "1Table"), "Word"),
        (compound("PowerPoint Document"), "演示文稿"),
        (compound("CONTENTS"), "WPS 表格（.et）"),
    ],
)
def test_a_file_is_called_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(OtherFormatError) as raised:
        Workbook.from_bytes(data, "表.xlsx")
    sentence = str(raised.value)
    assert sentence.startswith("表.xlsx：")
    assert said in sentence
    assert sentence.count("。") == 1, "one sentence"
    assert "请" in sentence, "and what to do"


@pytest.mark.parametrize(
    ("streams", "kind"),
    [
        (("Workbook",), "xls"),
        (("Book",), "xls"),
        (("WordDocument", "Workbook"), "xls"),
        (("EncryptedPackage", "EncryptionInfo"), "encrypted"),
        (("WordDocument",), "unknown"),
    ],
)
def test_a_compound_file_is_told_by_its_top(streams: tuple[str, ...], kind: str) -> None:
    with pytest.raises(OtherFormatError) as raised:
        Workbook.from_bytes(compound(*streams), "表.xls")
    assert raised.value.kind == kind


def test_a_workbook_inside_a_document_does_not_make_it_one() -> None:
    inside = {"Workbook": bytes(5000)}
    document = compound_file({"WordDocument": bytes(5000), "_1234": inside})
    with pytest.raises(OtherFormatError, match="Word") as raised:
        Workbook.from_bytes(document, "表.doc")
    assert raised.value.kind == "unknown"
