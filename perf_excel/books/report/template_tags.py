"""The tags of a report template (模板标签): which there are, and what is wrong with them (check-template)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from perf_excel.books.report.template_language import TagError, confine, environment, names_in
from perf_excel.books.report.word_file import opened, stories, tag
from perf_excel.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

OPENERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OWNERS = {"p": "p", "tr": "tr", "tc": "tc"}
"""The letters behind {% that say what the tag takes the place of: its paragraph, table row, table cell."""
_WHAT = {"": "文字", "p": "段落", "tr": "表格的行", "tc": "表格的单元格"}
_BEGINS, _ENDS = ("for", "if"), {"endfor": "for", "endif": "if"}
_BETWEEN = ("else", "elif")
_SHOWN = 40
_MOST_TAGS = 5000
_LONGEST, _DEEPEST = 200, 20
"""Characters of a tag, and blocks within blocks: those that ship have 40 and 3."""


@dataclass(frozen=True)
class Tag:
    """A tag: its text with the braces, the paragraph it stands in, and that paragraph's text."""

    text: str
    paragraph: Element
    line: str

    @property
    def owner(self) -> str:
        """p, tr or tc for a tag that takes the place of what it stands in; else nothing."""
        word = self.text[2:].split(maxsplit=1)[0] if self.text[2:3].isalpha() else ""
        return word if word in _OWNERS else ""

    @property
    def inner(self) -> str:
        """What stands between the braces, without the owner."""
        return self.text[2 + len(self.owner) : -2].strip()

    @property
    def word(self) -> str:
        """The first word of a {% tag."""
        words = self.inner.split(maxsplit=1)
        return words[0] if words and self.text.startswith("{%") else ""

    def bare(self) -> str:
        """Return the tag as Jinja reads it."""
        return f"{self.text[:2]} {_straight(self.inner)} {self.text[-2:]}"


class Trouble(NamedTuple):
    """Something wrong with a template: the paragraph in which it is, and what."""

    where: str
    what: str


class Checked(NamedTuple):
    """What a template says, what is wrong with it, and what it could say and does not."""

    tags: int
    troubles: tuple[Trouble, ...]
    unused: tuple[str, ...]


def check_template(data: bytes, name: str, known: Mapping[str, object]) -> Checked:
    """Hold the tags of a template against what may be named.

    Args:
        data: a document that is safe to open.
        name: the file's name, for messages.
        known: names as ``template_language.names_in`` takes them.

    Raises:
        UserError: it is no document.
    """
    document = opened(data, name)
    troubles: list[Trouble] = []
    tags: list[Tag] = []
    for _, tree in stories(document):
        own: list[Tag] = []
        troubles += _scan(tree, own)
        troubles += _balance(own)
        tags += own
    if len(tags) > _MOST_TAGS:
        raise UserError(f"{name}：模板里的标签超过 {_MOST_TAGS} 个，不像报告模板，请检查文件。")
    properties = document.core_properties
    troubles += [
        Trouble("文件的属性", "属性里不能有标签，请在“文件→信息”里删去")
        for text in (properties.author, properties.title, properties.subject, properties.comments)
        if any(opener in (text or "") for opener in OPENERS)
    ]
    if not tags:
        troubles.append(Trouble("全文", "没有一个标签，这样写出的报告里不会有表上的数"))
    if not troubles:
        troubles += _parsed(tags, known)
    said = " ".join(tag.inner for tag in tags)
    return Checked(len(tags), tuple(troubles), tuple(one for one in known if one not in said))


def paragraph_text(paragraph: Element) -> str:
    """Return the text of a paragraph, without that of text boxes within it."""
    own = (node for node in paragraph.iter(tag("t")) if next(node.iterancestors(tag("p")), None) is paragraph)
    return "".join(node.text or "" for node in own)


def _scan(tree: Element, tags: list[Tag]) -> Iterator[Trouble]:
    """Find the tags of a part, and yield what is wrong with each by itself."""
    for paragraph in tree.iter(tag("p")):
        line, at = paragraph_text(paragraph), 0
        while (
            start := min(filter(lambda one: one >= 0, (line.find(o, at) for o in OPENERS)), default=-1)
        ) >= 0:
            opener = line[start : start + 2]
            end = line.find(OPENERS[opener], start + 2)
            inside = line[start + 2 : end]
            if end < 0 or any(other in inside for other in OPENERS):
                yield Trouble(_short(line), f"“{_short(line[start:])}”没有写完，缺少“{OPENERS[opener]}”")
                break
            at = end + 2
            tags.append(found := Tag(line[start:at], paragraph, line))
            yield from _alone(found)
    yield from _in_attributes(tree)


def _in_attributes(tree: Element) -> Iterator[Trouble]:
    """Yield tags where no text is: in names of bookmarks, alternative texts and the like."""
    for node in tree.iter():
        for value in node.attrib.values():
            if any(opener in str(value) for opener in OPENERS):
                yield Trouble(_short(str(value)), "标签只能写在正文里，不能写在书签、替换文字等处")


def _alone(found: Tag) -> Iterator[Trouble]:
    """Yield what is wrong with one tag whatever stands around it."""
    where = _short(found.line)
    if found.text.startswith("{#"):
        yield Trouble(where, "不能用注释 {# #}，请删去")
    elif found.text[2:3] in "-+" or found.text[-3] in "-+":
        yield Trouble(where, f"“{found.text}”里的“-”“+”不能用，请删去")
    elif found.text.startswith("{{") and found.owner:
        yield Trouble(where, f"“{found.text}”应写成“{{{{ {found.inner} }}}}”，花括号后面不加 {found.owner}")
    elif found.text.startswith("{%") and found.word not in (*_BEGINS, *_ENDS, *_BETWEEN):
        yield Trouble(where, f"不认识“{found.text}”，只能用 for、endfor、if、elif、else、endif")
    elif len(found.text) > _LONGEST:
        yield Trouble(where, f"“{_short(found.text)}”超过 {_LONGEST} 个字，太长")
    elif not found.inner:
        yield Trouble(where, f"“{found.text}”是空的")
    elif found.owner and _holder(found) is None:
        yield Trouble(where, f"“{found.text}”不在表格里，不能用 {found.owner}")
    elif found.owner == "p" and found.line.strip() != found.text:
        yield Trouble(where, f"“{found.text}”应独占一段，同一段里不能有别的文字")


def _holder(found: Tag) -> Element | None:
    """The paragraph, row or cell that a tag takes the place of."""
    if found.owner in ("", "p"):
        return found.paragraph
    return next(found.paragraph.iterancestors(tag(found.owner)), None)


def _place(found: Tag) -> Element | None:
    """What holds everything between a tag and its end: the paragraph, or what its holder stands in."""
    holder = _holder(found)
    return holder if holder is None or not found.owner else holder.getparent()


def _balance(tags: Sequence[Tag]) -> Iterator[Trouble]:
    """Yield tags without their beginning or end, or whose end stands elsewhere."""
    stack: list[Tag] = []
    for found in tags:
        if found.word in _BEGINS:
            stack.append(found)
            if len(stack) > _DEEPEST:
                yield Trouble(_short(found.line), f"for、if 一层套一层超过 {_DEEPEST} 层")
                return
        elif found.word in _ENDS or found.word in _BETWEEN:
            fitting = stack and (found.word in _BETWEEN or stack[-1].word == _ENDS[found.word])
            if not fitting:
                yield Trouble(_short(found.line), f"“{found.text}”前面没有对应的开头")
                return
            begin = stack[-1]
            if found.owner != begin.owner or _place(found) is not _place(begin):
                same = _WHAT[begin.owner] if begin.owner else "同一段文字"
                yield Trouble(
                    _short(found.line),
                    f"“{found.text}”与“{begin.text}”应在{'同一处的' if begin.owner else ''}{same}里成对，"
                    f"{'都写成 {%' + begin.owner if begin.owner else '跨段的请都写成 {%p'}",
                )
                return
            if found.word in _ENDS:
                stack.pop()
    for begin in stack:
        yield Trouble(
            _short(begin.line), f"“{begin.text}”没有结尾，缺少“{{%{begin.owner} end{begin.word} %}}”"
        )


def _parsed(tags: Sequence[Tag], known: Mapping[str, object]) -> Iterator[Trouble]:
    """Yield what is wrong with the language and the names, by a template of the tags alone, one a line."""
    from jinja2 import TemplateSyntaxError

    reader = environment(str)
    for found in tags:
        if found.text.startswith("{{"):
            try:
                confine(reader.parse(found.bare()))
            except (TemplateSyntaxError, TagError) as error:
                yield Trouble(_short(found.line), f"“{found.text}”写得不对：{_in_chinese(error)}")
                return
    try:
        tree = reader.parse("\n".join(found.bare() for found in tags))
    except TemplateSyntaxError as error:
        found = tags[min(error.lineno, len(tags)) - 1]
        yield Trouble(_short(found.line), f"“{found.text}”写得不对：{_in_chinese(error)}")
    except TagError as error:
        yield Trouble("标签", str(error))
    else:
        for number, what in names_in(tree, known):
            yield Trouble(_short(tags[min(number, len(tags)) - 1].line), what)


def _in_chinese(error: Exception) -> str:
    return str(error) if isinstance(error, TagError) else "不合标签的写法"


def _straight(text: str) -> str:
    """Return a tag's text with the quotation marks that Word makes round, straight."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
