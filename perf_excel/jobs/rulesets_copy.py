"""Copy (复制规则集): a rule set as a user's own file, comments and all, under a name of its own."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from perf_excel.errors import UserError
from perf_excel.rules.rulesets.library import ruleset, ruleset_file, ruleset_names
from perf_excel.rules.rulesets.toml_reading import parse_ruleset

_ID = re.compile(r"""^([ \t]*id[ \t]*=[ \t]*)(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')""", re.MULTILINE)


def copied(name: str, target: Path) -> bytes:
    """Return the content of the rule set file that ``target`` is going to be; nothing is written.

    Args:
        name: the rule set to copy, by its name or file.
        target: the new file; its stem becomes the id.

    Raises:
        UserError: there is no such rule set, or ``target`` is there already or cannot be a rule set's name.
    """
    rules = ruleset(name)
    if target.suffix != ".toml":
        raise UserError(f"{target.name or target}：规则集文件的扩展名应为 .toml，请换一个文件名。")
    if target.stem in ruleset_names():
        raise UserError(f"{target.name}：与自带的规则集“{target.stem}”同名，请换一个文件名。")
    if target.exists() or target.is_symlink():
        raise UserError(f"{target.name}：已有同名文件，不会覆盖，请换一个文件名。")
    text = ruleset_file(name).read_bytes().decode("utf-8-sig")
    own = json.dumps(target.stem, ensure_ascii=False)
    text = _ID.sub(lambda found: found[1] + own, text, count=1)
    # Held against the original, so that no other text was taken for the id.
    if parse_ruleset(text, target.name) != replace(rules, id=target.stem):
        raise UserError(f'{name}：没有找到规则集的 id，请在原文件中单独写一行 id = "…" 后重试。')
    origin = f"# 由规则集 {rules.id}（版本 {rules.version}）复制；"
    return f"{origin}改了规则，请同时改 name、version 和 [[sources]]。\n{text}".encode()
