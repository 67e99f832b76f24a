"""What a file is that is no workbook (不是工作簿的文件), and how to go on: one sentence for each kind.

Offices send forms as web pages, texts and archives under the name of a workbook, and by mistake whatever lay
beside it. Nothing here is opened: the first bytes tell, and the names in an archive.
"""

from __future__ import annotations

import io
import re
import zipfile

from perf_excel.books.streams import root_streams

_HEAD = 4096
_SAVE = "请用 Excel 或 WPS 打开，核对后另存为“Excel 工作簿（.xlsx）”再试"
_UNPACK = "请先解压，再选择其中的工作簿"
_ASK = "请向提供的人要 Excel 工作簿（.xlsx）"
_UNKNOWN = "这不是 Excel 工作簿，请选择 .xlsx 或 .xlsm 文件。"

_WEB = f"这是网页（HTML）而不是工作簿，{_SAVE}。"
_IMAGE = f"这是图片而不是工作簿，图片里的表不能读取，{_ASK}。"
_LETTERS = f"这是 Word 或 WPS 文字的文档，不是工作簿，请把其中的表复制到 Excel 或 WPS 表格，或{_ASK}。"
_SLIDES = f"这是演示文稿（PowerPoint、WPS 演示），不是工作簿，{_ASK}。"
_FIXED = f"版式文件，其中的表不能读取，{_ASK}。"
_MAIL = "这是电子邮件而不是工作簿，请在邮件软件里打开，把附件中的工作簿另存出来。"
_LOCKED = "文件被单位的文档加密软件加密，请解密（或在装有该软件的电脑上另存为明文）后重试。"

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", f"这是 PDF {_FIXED}"),
    (b"Rar!\x1a\x07", f"这是压缩包（rar），{_UNPACK}。"),
    (b"7z\xbc\xaf\x27\x1c", f"这是压缩包（7z），{_UNPACK}。"),
    (b"\x1f\x8b", f"这是压缩包（gz），{_UNPACK}。"),
    (b"BZh", f"这是压缩包（bz2），{_UNPACK}。"),
    (b"\xfd7zXZ\0", f"这是压缩包（xz），{_UNPACK}。"),
    (b"\x28\xb5\x2f\xfd", f"这是压缩包（zst），{_UNPACK}。"),
    (b"MSCF", f"这是压缩包（cab），{_UNPACK}。"),
    (b"\x89PNG\r\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\0", _IMAGE),
    (b"MM\0*", _IMAGE),
    (b"{\\rtf", _LETTERS),
    (b"%TSD-Header-###%", _LOCKED),
    (b"\x4c\0\0\0\x01\x14\x02\0", "这是快捷方式而不是工作簿，请选择它所指的文件。"),
    (b"\0\x05\x16\x07", "这是苹果电脑附带的说明文件（名称以“._”开头），请选择同名的工作簿。"),
    (b"MZ", "这是程序而不是工作簿，请选择 .xlsx 或 .xlsm 文件，并提防来历不明的程序。"),
    (b"\x7fELF", "这是程序而不是工作簿，请选择 .xlsx 或 .xlsm 文件。"),
    (b"SQLite format 3\0", f"这是数据库而不是工作簿，请导出为 .xlsx，或{_ASK}。"),
    (b"ID;P", f"这是 SYLK（.slk）文本，{_SAVE}。"),
)
_STREAMS: tuple[tuple[str, str], ...] = (
    ("worddocument", _LETTERS),
    ("powerpoint document", _SLIDES),
    ("__properties_version1.0", _MAIL),
)
_PARTS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", _LETTERS),
    ("ppt/presentation.xml", _SLIDES),
    ("ofd.xml", f"这是 OFD {_FIXED}"),
    ("fixeddocseq.fdseq", f"这是 XPS {_FIXED}"),
    ("fixeddocumentsequence.fdseq", f"这是 XPS {_FIXED}"),
    ("index/document.iwa", f"这是苹果 iWork（Numbers 等）的文件，请在其中导出为 Excel（.xlsx），或{_ASK}。"),
    ("uof.xml", f"这是标文通（UOF）文件，{_SAVE}。"),
)
_TYPES = {"text": _LETTERS, "presentation": _SLIDES}
_OPEN_DOCUMENT = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|presentation)")
_BOOK = re.compile(r"\.(?:xls[xmb]?|xlt[xm]?|ods|et|ett)$", re.IGNORECASE)
_NAMED = 5
_MOST_NAMES = 10_000
_TAR = slice(257, 262)

_HTML = re.compile(
    rb"(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|meta|body|table|style|div|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADERS = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type):", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def what_it_is(data: bytes) -> str:
    """Say what a file is that is no workbook, and how to go on."""
    if not data.strip(b"\0 \t\r\n"):
        return "文件里没有内容（全是空白或零），可能没有复制或下载完，请重新获取该文件。"
    for start, sentence in _STARTS:
        if data.startswith(start):
            return sentence
    if data.startswith(b"PK"):
        return _of_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _of_compound(data)
    if data[_TAR] == b"ustar":
        return f"这是压缩包（tar），{_UNPACK}。"
    if _is_image(data):
        return _IMAGE
    if b"E-SafeNet" in data[:512]:
        return _LOCKED
    return _of_text(data[:_HEAD])


def _is_image(data: bytes) -> bool:
    """Images whose first bytes alone do not tell: .webp, .heic, .bmp."""
    return data[8:12] == b"WEBP" or data[4:8] == b"ftyp" or data[:2] + data[6:10] == b"BM\0\0\0\0"


def _of_compound(data: bytes) -> str:
    streams = root_streams(data) or frozenset[str]()
    for name, sentence in _STREAMS:
        if name in streams:
            return sentence
    return f"这是 Office 或 WPS 的旧格式文件，没有认出其中的工作簿；如是 WPS 表格（.et），{_SAVE}。"


def _of_zip(data: bytes) -> str:
    names = _members(data)
    if names is None:
        return "文件不完整（可能没有下载或复制完），请重新获取该文件。"
    if found := _OPEN_DOCUMENT.search(data[:_HEAD]):
        return _TYPES[found[1].decode()]
    lower = {name.lower() for name in names}
    for part, sentence in _PARTS:
        if part in lower:
            return sentence
    inner = next((name for name in names if name.lower().endswith("/xl/workbook.xml")), None)
    if inner:
        folder = inner[: -len("/xl/workbook.xml")]
        return (
            f"这是压缩包，工作簿被解开后连同文件夹“{folder}”一起压缩，不再是工作簿；请用原来的工作簿，"
            f"或解压后进入“{folder}”，选中其中的全部内容压缩成 zip，再改名为 .xlsx。"
        )
    if "xl/workbook.xml" in lower:
        return "工作簿的结构已损坏，请用 Excel 或 WPS 打开修复并另存为 .xlsx 后重试。"
    if "[content_types].xml" in lower:
        return f"这是 Office 的其他文件而不是工作簿，{_ASK}。"
    books = [name.rsplit("/", 1)[-1] for name in names if _BOOK.search(name)]
    if books:
        listed = "、".join(f"“{name}”" for name in books[:_NAMED]) + ("等" if len(books) > _NAMED else "")
        return f"这是压缩包（zip），里面有 {len(books)} 个工作簿：{listed}，{_UNPACK}。"
    return f"这是压缩包（zip），里面没有看到工作簿，请解压后确认，或{_ASK}。"


def _members(data: bytes) -> list[str] | None:
    """The names of a zip's members, those written in the Chinese code page too; None for a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()[:_MOST_NAMES]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return None
    return [_name(one) for one in members if not one.is_dir()]


def _name(member: zipfile.ZipInfo) -> str:
    if member.flag_bits & 0x800 or member.filename.isascii():
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _of_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(head):
        return _WEB
    if head.startswith(b"<"):
        return _of_xml(head)
    if _HEADERS.match(head):
        page = any(mark in head for mark in (b"multipart/related", b"X-Document-Type", b"Snapshot-Content"))
        return f"这是另存成单个文件的网页（MHTML）而不是工作簿，{_SAVE}。" if page else _MAIL
    text = _decoded(head)
    return _UNKNOWN if text is None or _CONTROLS.search(text) else _of_lines(text)


def _of_lines(text: str) -> str:
    if text[:1] in "{[":
        return (
            "这是 JSON 数据而不是工作簿；若是本程序的表格数据，"
            "请由它新建工作簿，或把它填入工作簿，再用工作簿。"
        )
    lines = text.splitlines()[:5]
    for mark, name in (("\t", "制表符分隔的文本（TSV）"), (",", "逗号分隔的文本（CSV）")):
        if any(mark in line for line in lines):
            return f"这是{name}而不是工作簿，{_SAVE}。"
    return f"这是纯文本而不是工作簿，请确认文件，或{_ASK}。"


def _of_xml(head: bytes) -> str:
    if re.search(rb"<html\b", head, re.IGNORECASE):  # Excel writes web pages with an XML declaration first
        return _WEB
    if b"Word.Document" in head or b"schemas-microsoft-com:office:word" in head:
        return _LETTERS
    if b"Excel.Sheet" in head or b"office:spreadsheet" in head:
        return f"这是 XML 表格（Excel 2003）而不是 .xlsx 工作簿，{_SAVE}。"
    if b"uof" in head.lower():
        return f"这是标文通（UOF）文件，{_SAVE}。"
    return f"这是 XML 文件而不是 .xlsx 工作簿，{_SAVE}。"


def _decoded(head: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # the last character may be cut in two
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
