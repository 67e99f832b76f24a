"""Where returned files lie: archives that lie, explode or name their members in GBK; what is left out."""

from __future__ import annotations

import os
import zipfile
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from returned import zipped

from perf_excel.errors import UserError
from perf_excel.jobs.collecting.archive import Bounds, name_of
from perf_excel.jobs.collecting.gathering import Item, LeftOut, gather


def small() -> Bounds:
    return Bounds(2, 5, 10_000, 15_000, 10, 500)


def found(folder: Path, bounds: type[Bounds] = Bounds) -> dict[str, str]:
    """What is found: the name, and why it is left out (nothing for an item)."""
    return {
        one.name: one.reason if isinstance(one, LeftOut) else "" for one in gather([folder], bounds=bounds)
    }


def only(folder: Path, data: bytes, bounds: object = Bounds) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    (folder / "a.zip").write_bytes(data)
    return {name.removeprefix("a.zip"): why for name, why in found(folder, bounds).items()}  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "回收"


def test_members_are_read_in_the_order_of_their_names(folder: Path) -> None:
    assert list(only(folder, zipped({"乙/2.xlsx": b"2", "乙/1.xlsx": b"1", "甲.xlsx": b"0"}))) == [
        "/乙/1.xlsx", "/乙/2.xlsx", "/甲.xlsx",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "flag", "name"),
    [
        ("单位/甲局.xlsx".encode("gbk"), 0, "单位/甲局.xlsx"),
        ("㐂局.xlsx".encode("gb18030"), 0, "㐂局.xlsx"),
        ("单位/甲局.xlsx".encode(), 0, "单位/甲局.xlsx"),  # macOS
        ("单位/甲局.xlsx".encode(), 0x800, "单位/甲局.xlsx"),
        ("联通.xlsx".encode("gbk"), 0, "联通.xlsx"),  # happens to be UTF-8
        (b"a.xlsx", 0, "a.xlsx"),
    ],
)
def test_names_in_any_encoding(raw: bytes, flag: int, name: str) -> None:
    entry = zipfile.ZipInfo(raw.decode("utf-8" if flag else "cp437"))
    entry.flag_bits = flag
    assert name_of(entry) == name


def test_archives_within_archives_only_so_deep(folder: Path) -> None:
    inner = zipped({"表.xlsx": b"x"})
    twice = zipped({"内.zip": inner})
    assert only(folder, twice, small) == {"/内.zip/表.xlsx": ""}
    assert "层以上" in only(folder, zipped({"中.zip": twice}), small)["/中.zip/内.zip"]


def test_a_member_that_grows_too_much_is_named_and_not_read(folder: Path) -> None:
    said = only(folder, zipped({"炸.xlsx": bytes(9_000), "好.xlsx": os.urandom(400)}), small)
    assert said["/好.xlsx"] == ""
    assert "压缩炸弹" in said["/炸.xlsx"]


def test_a_member_that_is_too_large_is_named(folder: Path) -> None:
    assert "超过" in only(folder, zipped({"大.xlsx": os.urandom(10_001)}), small)["/大.xlsx"]


def test_an_archive_with_too_many_members_is_named(folder: Path) -> None:
    assert "6 个文件" in only(folder, zipped({f"{n}.xlsx": b"" for n in range(6)}), small)[""]


def test_archives_within_an_archive_count_with_its_own_members(folder: Path) -> None:
    two = zipped({f"{n}.xlsx": b"" for n in range(2)})
    said = only(folder, zipped({"甲.zip": two, "乙.zip": two, "丙.xlsx": b""}), small)
    assert [name for name, why in said.items() if not why] == ["/丙.xlsx", "/乙.zip/0.xlsx", "/乙.zip/1.xlsx"]
    assert "2 个文件，连同同一个压缩包里的其他文件共 7 个，超过 5 个" in said["/甲.zip"]


def test_what_an_archive_holds_in_all_is_bounded(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.zip").write_bytes(zipped({f"{n}.xlsx": os.urandom(6_000) for n in range(4)}))
    said: list[str] = []
    for one in gather([folder], bounds=small):  # type: ignore[arg-type]
        if isinstance(one, Item):
            one.read()
        else:
            said.append(one.name)
    assert said == ["a.zip/2.xlsx", "a.zip/3.xlsx"]


def test_an_encrypted_member_is_named(folder: Path) -> None:
    data = bytearray(zipped({"密.xlsx": b"x"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1
    assert "密码" in only(folder, bytes(data))["/密.xlsx"]


def test_a_broken_archive_within_a_good_one_is_named(folder: Path) -> None:
    said = only(folder, zipped({"坏.zip": zipped({"a.xlsx": b"1"})[:20], "好.xlsx": b"1"}))
    assert said["/好.xlsx"] == ""
    assert "损坏" in said["/坏.zip"]


def test_a_workbook_called_zip_is_a_workbook(folder: Path) -> None:
    assert only(folder, zipped({"[Content_Types].xml": b"<Types/>"})) == {"": ""}


def test_an_archive_by_another_name_is_opened(tmp_path: Path) -> None:
    (tmp_path / "打包").write_bytes(zipped({"甲.xlsx": b"1"}))
    assert list(found(tmp_path)) == ["打包/甲.xlsx"]


def test_two_of_one_name_keep_apart(folder: Path) -> None:
    data = zipped({"甲.xlsx": b"1", "乙.xlsx": b"2"}).replace("乙".encode(), "甲".encode())
    assert list(only(folder, data)) == ["/甲.xlsx", "/甲.xlsx（同名第 2 个）"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "甲.xlsx").write_bytes(b"1")
    said = list(gather([tmp_path / "a", tmp_path / "a" / "甲.xlsx"]))
    assert [isinstance(one, Item) for one in said] == [True, False]


def test_a_folder_that_leads_to_itself_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "圈").symlink_to(tmp_path, target_is_directory=True)
    if not os.path.lexists(tmp_path / "圈"):
        pytest.skip("Wine 不建链接，也不说")
    assert "链接" in found(tmp_path)["圈"]


def test_a_junction_of_windows_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Junction:
        """What Windows says of one: a folder, and no symbolic link."""

        name = "圈"

        def is_symlink(self) -> bool:
            return False

        def is_dir(self, *, follow_symlinks: bool = True) -> bool:
            assert not follow_symlinks
            return True

        def stat(self, *, follow_symlinks: bool = True) -> object:
            assert not follow_symlinks
            return SimpleNamespace(st_reparse_tag=0xA0000003)

    def scanned(_: Path) -> nullcontext[list[Junction]]:
        return nullcontext([Junction()])

    monkeypatch.setattr(os, "scandir", scanned)
    assert found(tmp_path) == {"圈": "是指向文件夹的链接，没有跟进去"}


def test_of_several_folders_the_names_say_which(tmp_path: Path) -> None:
    for name in ("东", "西"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "甲.xlsx").write_bytes(name.encode())
    assert [one.name for one in gather([tmp_path / "东", tmp_path / "西"])] == ["东/甲.xlsx", "西/甲.xlsx"]
    assert [one.name for one in gather([tmp_path / "东"])] == ["甲.xlsx"]


def test_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="打不开（找不到），请检查"):
        list(gather([tmp_path / "没有"]))


@pytest.mark.parametrize(
    "name", ["~$甲.xlsx", ".~甲.xlsx", ".~lock.甲.xlsx#", ".DS_Store", "Thumbs.db", "._甲.xlsx"]
)
def test_files_of_programs_are_left_out_and_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert "不是填报的表" in found(tmp_path)[name]
