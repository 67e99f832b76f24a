"""Words of degree (程度): whether what was reached (基本达标) says less than the target (达标)."""

from __future__ import annotations

import re

_GOOD = (
    "达标|达到|达成|完成|实现|落实|及时|按时|按期|准时|健全|完善|完备|完好|完整|齐全|合格|合规|规范|有效|满意|良好|"
    "良|好|高|优|优秀|明显|显著|稳定|到位|通过|符合|覆盖|安全|正常|充分|充足|合理|科学|严格|清晰|准确|顺利|改善|提高|"
    "提升|增强|保障|满足|可持续|持续|长效"
)
_LESS = re.compile(
    f"(?P<word>大部分|部分|基本上?|较为|比较|较|大致|大体|初步|尚|相对|不够|不太|欠|未完全|没有完全|未能|尚未|未|没有|不)"
    f"(?={_GOOD})"
)
"""A word that takes something off a good one behind it."""
_WHOLE = re.compile("(?:已经?|均|都|全部|全面|完全|全)+")
"""What may stand before a word without changing how much it says."""
_BEHIND = "了。.;!"
"""What may stand behind it."""
_SCALES = tuple(
    {word: degree for degree, words in enumerate(scale.split("|")) for word in words.split()}
    for scale in (
        "优 优秀|良 良好|中 中等 一般 合格 及格|差 较差 不合格 不及格",
        "好 很好|较好|一般|较差|差",
        "高 很高|较高|中 中等 一般|较低|低",
        "显著 明显|较明显 较显著|一般|不明显 不显著",
    )
)


def is_less(actual: str, target: str) -> bool:
    """Return whether an actual says less than its target, by words that are plain (without white space)."""
    actual, target = _core(actual), _core(target)
    if not actual or not target or actual == target:
        return False
    for scale in _SCALES:
        if actual in scale and target in scale:
            return scale[actual] > scale[target]
    if _LESS.search(target):
        return False  # the target asks for no more than a part itself
    without = _LESS.sub("", actual, count=1)
    return without != actual and _core(without) == target


def _core(words: str) -> str:
    whole = _WHOLE.match(words)
    return words[whole.end() if whole else 0 :].rstrip(_BEHIND)
