"""Every form there is (现有的表样): shipped, kept from a bureau, by one's own rules; and what each is."""

from __future__ import annotations

import tkinter as tk
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk
from typing import NamedTuple

from perf_excel.errors import UserError
from perf_excel.faces.template_words import damaged_lines
from perf_excel.faces.window.adopted_words import template_words
from perf_excel.faces.window.desk import RULES, Desk
from perf_excel.faces.window.fields import paper, write
from perf_excel.faces.window.flowing import Flow
from perf_excel.faces.window.form_choice import FormChoice, form_choices
from perf_excel.faces.window.regions import regions
from perf_excel.faces.window.scrolling import with_bars
from perf_excel.faces.wording import ruleset_words
from perf_excel.jobs.examination import shelf
from perf_excel.jobs.rulesets_copy import copied
from perf_excel.rules.rulesets.library import DEFAULT, ruleset

FILLING = "新建与填报"
_GROUPS = ("自己收的表样", "自己的规则", "自带的表样", "只有计分规则、没有表样的")


class Entry(NamedTuple):
    """A line of the list: its group, what it says, its rule set, and the form where it is one."""

    group: str
    line: str
    rules: str
    choice: FormChoice | None = None

    @property
    def template(self) -> shelf.Template | None:
        """The user's own template that it is."""
        return self.choice.own if self.choice else None


def entries() -> list[Entry]:
    """Return every form, and every rule set that has none."""
    found: list[Entry] = []
    drawn = form_choices()
    lines = {region.name: region.line for region in regions()}
    with_forms = Counter(one.rules for one in drawn if not one.own)
    for one in drawn:
        own = one.own.name if one.own else ""
        group = _GROUPS[0] if own else _GROUPS[1] if one.rules.endswith(".toml") else _GROUPS[2]
        # The region first: by it a clerk looks, and the line may be cut at its end.
        form = f"：{one.form}" if with_forms[one.rules] > 1 else ""
        found.append(Entry(group, own or f"{lines[one.rules]}{form}", one.rules, one))
    found += (
        Entry(_GROUPS[1] if region.own else _GROUPS[3], region.line, region.name)
        for region in regions()
        if region.name not in with_forms
    )
    return sorted(found, key=lambda one: _GROUPS.index(one.group))


class FormsPanel(ttk.Frame):
    """The list on the left, the chosen one in words on the right, what can be done with it below."""

    def __init__(self, parent: tk.Misc, desk: Desk, adopt: Callable[[], None]) -> None:
        super().__init__(parent, padding=desk.look.px(8))
        self._desk = desk
        self._entries: dict[str, Entry] = {}
        gap = desk.look.px(6)
        self.columnconfigure(0, weight=2, uniform="half")
        self.columnconfigure(1, weight=3, uniform="half")
        self.rowconfigure(0, weight=1)
        holder = ttk.Frame(self)
        holder.grid(row=0, column=0, sticky="nsew", padx=(0, gap))
        holder.columnconfigure(0, weight=1)
        holder.rowconfigure(0, weight=1)
        self.tree = ttk.Treeview(holder, show="tree", selectmode="browse", height=9)
        self.tree.column("#0", width=desk.look.px(220))
        self.tree.grid(row=0, column=0, sticky="nsew")
        with_bars(holder, self.tree)
        self.tree.bind("<<TreeviewSelect>>", lambda _: self._tell())
        self.words = paper(self, 9)
        self.words.grid(row=0, column=1, sticky="nsew")
        bar = Flow(self, gap)
        bar.grid(row=1, column=0, columnspan=2, sticky="ew", pady=(gap, 0))
        self.new_button = ttk.Button(bar, text="用它新建…", style="Main.TButton", command=self._new)
        self.usual_button = ttk.Button(bar, text="设为我的地区", command=self._usual)
        self.adopt_button = ttk.Button(bar, text="收一张表作表样…", command=adopt)
        self.copy_button = ttk.Button(bar, text="复制规则自己改…", command=self.copy)
        self.add_button = ttk.Button(bar, text="加入自己的规则文件…", command=self._add)
        self.rename_button = ttk.Button(bar, text="改名…", command=self.rename)
        self.delete_button = ttk.Button(bar, text="删除…", command=self.delete)
        bar.show(
            self.new_button, self.usual_button, self.adopt_button, self.copy_button, self.add_button,
            self.rename_button, self.delete_button,
        )  # fmt: skip
        self.refresh()

    def refresh(self, line: str = "") -> None:
        """Read which there are, and choose one: of this line, else as before, else the user's region's."""
        line = line or next((self._entries[one].line for one in self._chosen()), "")
        self.tree.delete(*self.tree.get_children())
        self._entries = {}
        groups: dict[str, str] = {}
        for one in entries():
            if one.group not in groups:
                groups[one.group] = self.tree.insert("", "end", text=one.group, open=True)
            self._entries[self.tree.insert(groups[one.group], "end", text=one.line)] = one
        usual = self._desk.settings.rules or DEFAULT
        for item, one in self._entries.items():
            if one.line == line or (not line and one.rules == usual and not one.template):
                self.tree.selection_set(item)
                self.tree.see(item)
                return
        self._tell()

    @property
    def chosen(self) -> Entry:
        """The chosen form.

        Raises:
            UserError: none is chosen.
        """
        for item in self._chosen():
            return self._entries[item]
        raise UserError("请先在左边选一种表样。")

    def copy(self) -> None:
        """Write a copy of the rules for the user's own changes."""
        target = self._desk.ask_target(f"{ruleset(self.chosen.rules).name}-自定.toml", ".toml")
        if target is not None:
            self.copy_into(target)

    def copy_into(self, target: Path) -> None:
        """Write the copy to a file, and put it on the list."""
        self._desk.saved(target, self._desk.save(target, copied(self.chosen.rules, target)))
        self.add(target)

    def add(self, file: Path) -> None:
        """Put a rule set file of the user's own on the list.

        Raises:
            UserError: it is no rule set.
        """
        name = str(file.absolute())
        rules = ruleset(name)
        known = self._desk.settings.own_rules
        self._desk.remember(own_rules=(*(one for one in known if one != name), name))
        self.refresh(next(one.line for one in entries() if one.rules == name))
        self._desk.say(f"“{rules.name}”已加入表样，新建、校验时都可以选它。")

    def rename(self) -> None:
        """Give a template of the user's own another name."""
        one = self._own()
        name = self._desk.ask_name(f"把表样“{one.name}”改名为：", one.name)
        if name and name != one.name:
            shelf.rename(one, name)
            self.refresh(name)
            self._desk.say(f"已改名为“{name}”。")

    def delete(self) -> None:
        """Take a template of the user's own, or a rule set file, off the list."""
        chosen = self.chosen
        if chosen.rules.endswith(".toml") and not chosen.template:
            left = tuple(one for one in self._desk.settings.own_rules if one != chosen.rules)
            self._desk.remember(own_rules=left)
            self.refresh()
            self._desk.say(f"已从清单里去掉，文件还在：{chosen.rules}")
            return
        one = self._own()
        if self._desk.agreed(f"要删除表样“{one.name}”吗？已经用它建好的表不受影响。"):
            kept = shelf.discard(one)
            self.refresh()
            self._desk.say(f"已删除表样“{one.name}”，原有的文件改名为 {kept.name}，还在原来的文件夹里。")

    def _chosen(self) -> list[str]:
        """The chosen line of the list; a group is none."""
        return [item for item in self.tree.selection() if item in self._entries]

    def _own(self) -> shelf.Template:
        if self.chosen.template is None:
            raise UserError("自带的表样不能改名、删除；请选“自己收的表样”里的一种。")
        return self.chosen.template

    def _new(self) -> None:
        if self.chosen.choice is None:
            raise UserError("这里只有计分规则，没有表样；请把当地的表收作表样，再用它新建。")
        self._desk.wanted = self.chosen.choice.line
        self._desk.go(FILLING, [])

    def _usual(self) -> None:
        rules = self.chosen.rules
        self._desk.remember(rules=rules)
        self._desk.say(f"已设为我的地区：{ruleset(rules).name}。新建时先选用它。")

    def _add(self) -> None:
        if files := self._desk.ask_files(RULES):
            self.add(files[0])

    def _tell(self) -> None:
        if not self._chosen():
            write(self.words, ["在左边选一种表样，这里说明它怎样计分、依据什么。"])
            return
        one = self.chosen
        said = template_words(one.template) if one.template else ruleset_words(ruleset(one.rules))
        write(self.words, [*damaged_lines(shelf.damaged()), *said])
