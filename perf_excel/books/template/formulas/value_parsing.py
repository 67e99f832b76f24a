"""Formulas that read a printed value as forms/measure.py does: sign, number, unit, date or words.

One step a helper cell, each short enough to be understood on its own.
"""

from __future__ import annotations

from collections.abc import Callable

from perf_excel.books.template.formulas.pieces import (
    MARK,
    REST,
    among,
    beginning,
    digits_at_start,
    ending,
    is_digit,
    lengths,
    one_of,
    quoted,
    replaced,
)
from perf_excel.forms.measure import (
    ABOUT,
    FILLERS,
    NO_UNITS,
    NOT_UNITS,
    PREFIX_SIGNS,
    SUFFIX_SIGNS,
    UNIT_LENGTH,
)
from perf_excel.forms.text import POWERS
from perf_excel.forms.units import PERCENT, PERMILLE, SCALES

SIGN_CODES = {"≥": 1, "≤": 2, ">": 3, "<": 4, "=": 5}
NUMBER, DATE, WORDS = 1, 2, 3
"""Kinds of a value in its helper cell; 0 is empty."""

_SPACES = ('" "', '"　"', '"\u00a0"', "CHAR(9)", "CHAR(10)", "CHAR(13)")
_FULL_WIDTH = "０１２３４５６７８９．，－％＞＜＝（）／：；～＋＊ｘ"
_TWINS = {
    "≧": "≥",
    "⩾": "≥",
    "≦": "≤",
    "⩽": "≤",
    "═": "=",
    "﹥": ">",
    "﹤": "<",
    "﹪": "%",
    "−": "-",
    "–": "-",
}
_SAME = {sign: chr(ord(sign) - 0xFEE0) for sign in _FULL_WIDTH} | _TWINS
_GROUPS = "000,000,000,000,000,000"
_PERCENT_NAMES = ("百分比", "百分点", "个百分点", "百分数")
_PERMILLE_NAMES = ("‰", "千分比", "千分点")
_LEADS = ("于", "在", "至", "≤", "截至", "截止", "不晚于")
_PARTS = {"上旬": 21, "中旬": 22, "下旬": 20, "年底": 20, "月底": 20, "底": 10, "末": 10}
"""Parts of a year or month: ten times the length, plus 1 for its 10th day, 2 for its 20th, 0 for its end."""
_QUARTERS = {
    **{
        f"{lead}{name}季度": 10 * len(f"{lead}{name}季度") + place
        for place, name in enumerate("一二三四", 1)
        for lead in ("", "第")
    },
    **{f"第{place}季度": 40 + place for place in range(1, 5)},
    **{f"{place}季度": 34 + place for place in range(1, 5)},
    "度": 19,
}
"""Quarters: ten times the length, plus their number; plus four more where they need a year, 9 for 年度."""
_BEFORE = ("之前", "以前", "前", "内")
_DONE = ("", "全部", "完成", "全部完成")

Refer = Callable[[str], str]


def value_formulas(cell: str, at: Refer, text: str | None = None) -> dict[str, str]:
    """Return the formulas of a value's helper cells.

    Args:
        cell: the address of the printed value.
        at: gives the address of a helper cell by its field (columns.helper_names).
        text: the value's text, where it is joined from several cells.
    """
    read = _text(text or narrow(cell), at) | _sign(at) | _digits(at) | _date(at) | _outcome(cell, at)
    if text:
        # A number cell has no text of its own; its unit stands beside it.
        unit, percent = _unit(at), _percent_cell(cell)
        read["unit"] = f'IF(IF(ISNUMBER({cell}),{percent},FALSE),"%",{unit})'
    return read


def narrow(cell: str) -> str:
    """Return a text cell without white space and full-width signs (measure.plain); "" where it is no text."""
    bare = replaced(cell, ((space, '""') for space in _SPACES))
    bare = replaced(bare, ((quoted(old), quoted(new)) for old, new in (_SAME | POWERS).items()))
    return f'IF(ISTEXT({cell}),{bare},"")'


def joined_formulas(sign: str, value: str, unit: str) -> dict[str, str]:
    """Return the formulas that prepare a target from three cells (measure.joined).

    Args:
        sign: the address of the sign's cell, or "".
        value: the address of the value's own cell.
        unit: the address of the unit's cell, or "".
    """
    marks, none = narrow(sign), narrow(unit)
    return {
        "t_own": f'IF(ISNUMBER({value}),"1",{narrow(value)})',  # a number cell stands for any number
        "before": f'IF({one_of(marks, PREFIX_SIGNS)},{marks},"")',
        "behind": f'IF({one_of(none, NO_UNITS)},"",{none})',
    }


def joined(at: Refer) -> str:
    """Return the text of a target from its prepared parts: sign and unit only go with a number."""
    own, lead = at("t_own"), f"MID({at('t_own')},1+{beginning(at('t_own'), lengths(FILLERS))},{REST})"
    starts = f'OR(LEFT({lead},1)="-",LEFT({lead},3)="百分之",{is_digit(lead, "1")})'
    last = [f"RIGHT({own},1)={quoted(word)}" for word in ABOUT]
    ends = [is_digit(own, f"MAX(1,LEN({own}))"), *last]
    return f'IF({starts},{at("before")},"")&{own}&IF(OR({",".join(ends)}),{at("behind")},"")'


def _text(text: str, at: Refer) -> dict[str, str]:
    """The text, and without the word at its beginning that means nothing."""
    return {
        "text": text,
        "lead": f"MID({at('text')},1+{beginning(at('text'), lengths(FILLERS))},{REST})",
    }


def _sign(at: Refer) -> dict[str, str]:
    """Cut off the sign before and the sign behind (measure._cut_sign): code is 10 × length + sign."""
    prefixes = {word: 10 * len(word) + SIGN_CODES[sign] for word, sign in PREFIX_SIGNS.items()}
    suffixes = {word: 10 * len(word) + SIGN_CODES[sign] for word, sign in SUFFIX_SIGNS.items()}
    lead, prefix, core, suffix = at("lead"), at("prefix"), at("core"), at("suffix")
    after = f"MID({lead},1+INT({prefix}/10),{REST})"
    filler = beginning(after, lengths(FILLERS))
    return {
        "prefix": beginning(lead, prefixes),
        "core": f"IF({prefix}=0,{lead},MID({after},1+{filler},{REST}))",
        "suffix": ending(core, suffixes),
        "sign": f"IF({prefix}>0,{prefix}-10*INT({prefix}/10),{suffix}-10*INT({suffix}/10))",
    }


def _digits(at: Refer) -> dict[str, str]:
    """Split what is left at its last digit; a digit is 0 in the shapes, so that they can be compared."""
    core, body, shape, end = at("core"), at("body"), at("shape"), at("end")
    cut = f"LEFT({core},LEN({core})-INT({at('suffix')}/10))"
    zeros = f'LEN({shape})-LEN(SUBSTITUTE({shape},"0",""))'
    minus = f'IF(LEFT({shape},1)="-",1,0)'
    after = f"MID({body},{end}+1,{REST})"
    about = ",".join(f"LEFT({after},1)={quoted(word)}" for word in ABOUT)
    return {
        "body": f'IF(LEFT({core},3)="百分之",MID({cut},4,{REST}),{cut})',
        "shape": replaced(body, ((f'"{digit}"', '"0"') for digit in range(1, 10))),
        "end": (f'IF(ISNUMBER(FIND("0",{shape})),FIND("{MARK}",SUBSTITUTE({shape},"0","{MARK}",{zeros})),0)'),
        "digits": f"MID({shape},1+{minus},MAX(0,{end}-{minus}))",
        "rest": f"IF(OR({about}),MID({after},2,{REST}),{after})",
    }


def _date(at: Refer) -> dict[str, str]:
    """Read a calendar day (measure._day); d_month is -1 where the text is none."""
    body, mode, rest, length = at("d_body"), at("d_mode"), at("d_rest"), at("d_length")
    month, tail, days, part, end = at("d_month"), at("d_tail"), at("d_days"), at("d_part"), at("d_end")
    century = f'OR(LEFT({body},2)="19",LEFT({body},2)="20")'
    behind = f'MID({rest}&"{MARK}",{length}+1,1)'
    month_ends = f'IF({mode}=2,ISNUMBER(FIND({behind},"./-")),{behind}="月")'
    moon = f'IF(AND({mode}<2,MID({rest},{length}+2,1)="份"),3,2)'
    sun = f'IF(AND({days}>0,MID({tail},{days}+1,1)="日"),1,0)'
    day = f"IF({days}>0,VALUE(LEFT({tail},{days})),IF({part}=21,10,IF({part}=22,20,31)))"
    after_part = f"MID({end},1+INT({part}/10),{REST})"
    quarter = at("d_quarter")
    kind = f"({quarter}-10*INT({quarter}/10))"
    of_quarter = f"IF({kind}<5,3*{kind},IF({mode}<>1,-1,IF({kind}=9,12,3*{kind}-12)))"
    of_month = f"IF({length}=0,IF({mode}=1,12,-1),IF({month_ends},VALUE(LEFT({rest},{length})),-1))"
    after_month = f"IF({length}=0,{rest},MID({rest},{length}+{moon},{REST}))"
    number, left = at("d_number"), at("d_left")
    return {
        "d_body": f"MID({at('text')},1+{beginning(at('text'), lengths(_LEADS))},{REST})",
        "d_mode": (
            f"IF(AND({century},{is_digit(body, '3')},{is_digit(body, '4')}),"
            f'IF(MID({body},5,1)="年",1,IF(ISNUMBER(FIND(MID({body}&"{MARK}",5,1),"./-")),2,0)),0)'
        ),
        "d_rest": f"IF({mode}=0,{body},MID({body},6,{REST}))",
        "d_quarter": beginning(rest, _QUARTERS),
        "d_length": digits_at_start(rest),
        "d_month": f"IF({quarter}>0,{of_quarter},{of_month})",
        "d_tail": f"IF({quarter}>0,MID({rest},1+INT({quarter}/10),{REST}),{after_month})",
        "d_days": f"IF({quarter}>0,0,{digits_at_start(tail)})",
        "d_end": f"MID({tail},1+{days}+{sun},{REST})",
        "d_part": beginning(end, _PARTS),
        "d_number": day,
        "d_left": f"MID({after_part},1+{beginning(after_part, lengths(_BEFORE))},{REST})",
        "day": (
            f"IF(AND({month}>=1,{month}<=12,OR({mode}<2,{days}>0),{number}>=1,{number}<=31,"
            f"{one_of(left, _DONE)}),"
            f'IF({mode}>0,VALUE(LEFT({body},4)),0)*10000+{month}*100+{number},"")'
        ),
    }


def _outcome(cell: str, at: Refer) -> dict[str, str]:
    """The number behind the text, or the number in the cell itself (a pasted 0.99 shown as 99%)."""
    percent_cell = _percent_cell(cell)
    digits, unit = at("digits"), at("unit")
    whole = f'LEFT({digits},FIND(".",{digits}&".")-1)'
    part = f'MID({digits},FIND(".",{digits}&".")+1,{REST})'
    shape = (
        f'LEFT({digits},1)="0",SUBSTITUTE({part},"0","")="",'
        f'OR(SUBSTITUTE({whole},"0","")="",{whole}=RIGHT("{_GROUPS}",LEN({whole})))'
    )
    no_unit = f"ISNUMBER(FIND(LEFT({unit}&{quoted(MARK)},1),{quoted(NOT_UNITS)}))"
    read = f'VALUE(SUBSTITUTE(LEFT({at("body")},{at("end")}),",",""))'
    numeric = f"IF({percent_cell},ROUND({cell}*100,10),{cell})"
    text_number = f'IF(AND({shape},LEN({unit})<={UNIT_LENGTH},NOT({no_unit})),{read},"")'
    base = f"IF({at('scale')}>1,MID({unit},2,{REST}),{unit})"
    measured = f'LEFT({base},FIND("/",{base}&"/")-1)'
    codes = {name: place for place, name in enumerate(SCALES, 1)}
    return {
        "unit": f'IF(ISNUMBER({cell}),IF({percent_cell},"%",""),{_unit(at)})',
        "number": (
            f'IF(ISNUMBER({cell}),{numeric},IF(OR({at("end")}=0,ISNUMBER({at("day")})),"",{text_number}))'
        ),
        "scale": f'IF(LEFT({unit},1)="万",10000,IF(LEFT({unit},1)="亿",100000000,IF({unit}="‰",0.1,1)))',
        "measure": among(measured, {PERMILLE: codes[PERCENT], **codes}),
        "kind": (
            f"IF(ISNUMBER({at('number')}),{NUMBER},IF(ISNUMBER({at('day')}),{DATE},"
            f'IF({at("text")}="",0,{WORDS})))'
        ),
    }


def _percent_cell(cell: str) -> str:
    return f'LEFT(CELL("format",{cell}),1)="P"'


def _unit(at: Refer) -> str:
    """The unit behind the number, in one spelling (units.canonical_unit)."""
    rest = at("rest")
    percent = f'OR(LEFT({at("core")},3)="百分之",LEFT({rest},1)="%",{one_of(rest, _PERCENT_NAMES)})'
    return f'IF({percent},"%",IF({one_of(rest, _PERMILLE_NAMES)},"‰",{rest}))'
