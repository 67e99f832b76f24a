"""Files of the same name from different folders (同名文件), told apart in lists and in what is written."""

from __future__ import annotations

import itertools
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

_LONGEST = 80
"""Characters of a file's name that are made from folders: systems take 255 bytes."""


def shown_names(paths: Sequence[Path]) -> dict[Path, str]:
    """Return each file's name as people see it: alone where it is the only one, else behind its folder."""
    return _apart(paths, lambda path: path.name, "/")


def stems(paths: Sequence[Path]) -> dict[Path, str]:
    """Return for each file what the names of files made from it begin with: never the same for two."""
    found: dict[Path, str] = {}
    taken: set[str] = set()
    for path, stem in _apart(paths, lambda path: path.stem, "-").items():
        found[path] = next(name for name in _numbered(stem[-_LONGEST:]) if _key(name) not in taken)
        taken.add(_key(found[path]))
    return found


def free_name(folder: Path, stem: str, suffix: str, taken: Iterable[Path]) -> Path:
    """Return a file that is none of those that were read or written: its name gets a number where need be."""
    keys = {_key(str(path.absolute())) for path in taken}
    names = (folder / f"{name}{suffix}" for name in _numbered(stem))
    return next(path for path in names if _key(str(path.absolute())) not in keys)


def _apart(paths: Sequence[Path], name_of: Callable[[Path], str], mark: str) -> dict[Path, str]:
    groups: dict[str, list[Path]] = defaultdict(list)
    for path in dict.fromkeys(paths):
        groups[_key(name_of(path))].append(path)
    found: dict[Path, str] = {}
    for group in groups.values():
        depth = _depth(group) if len(group) > 1 else 0
        for path in group:
            folders = [part.strip("\\/:") for part in path.absolute().parent.parts][-depth:] if depth else []
            found[path] = mark.join([*filter(None, folders), name_of(path)])
    return {path: found[path] for path in dict.fromkeys(paths)}


def _depth(paths: Sequence[Path]) -> int:
    """How many folders tell these files apart; those that only differ in their endings have one, too."""
    parents = [path.absolute().parent.parts for path in paths]
    for depth in range(1, max(map(len, parents)) + 1):
        if len({_key("/".join(parts[-depth:])) for parts in parents}) == len(parents):
            return depth
    return 1


def _numbered(stem: str) -> Iterable[str]:
    return itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))


def _key(name: str) -> str:
    """What two names have in common that are one on some system: case, and how accents are written."""
    return unicodedata.normalize("NFC", name).casefold()
