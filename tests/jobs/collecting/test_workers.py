"""Whoever reads the files, the answer is the same; a worker that dies takes no file with it in silence."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import pytest
from returned import SEEN, files, filled, sent, slowly, zipped

from perf_excel.books.summary.records import FileRecord, packed, unpacked
from perf_excel.jobs.collect import Order, collect
from perf_excel.jobs.collecting.read_all import Reader, read_all
from perf_excel.jobs.collecting.reading_returns import Task, read_return
from perf_excel.jobs.working.workers import Workers, cluster, here, processes

SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("收表")
    blank = files(sent(folder / "今年", [f"第{number}局" for number in range(12)]))
    back = folder / "回收"
    back.mkdir()
    for number, (unit, path) in enumerate(blank.items()):
        data = filled(path.read_bytes(), executed=str(80 + number))
        if number % 3:
            (back / f"{unit}.xlsx").write_bytes(data)
        else:
            (back / f"{unit}.zip").write_bytes(zipped({f"{unit}.xlsx": data}))
    (back / "坏.xlsx").write_bytes(b"PK\x03\x04")
    return folder


FILES = 13


def made(returned: Path, workers: Workers, reader: Reader = read_return) -> bytes:
    order = Order((returned / "回收",), returned / "汇总.xlsx", returned / "今年" / "下发" / "下发清单.xlsx")
    return collect(order, workers=lambda _: nullcontext(workers), reader=reader).data.read()


@pytest.fixture(scope="module")
def alone(returned: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The summary that this process alone writes; the tests' data folder holds no forms either."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PERF_EXCEL_DATA", str(tmp_path_factory.mktemp("数据")))
        return made(returned, here())


def test_threads_write_the_same_summary(returned: Path, alone: bytes) -> None:
    assert made(returned, Workers(ThreadPoolExecutor, 3)) == alone


def test_processes_write_the_same_summary(returned: Path, alone: bytes) -> None:
    assert made(returned, processes(2)) == alone


def test_bytes_are_shipped_to_workers_that_see_no_files(returned: Path, alone: bytes) -> None:
    assert made(returned, Workers(ThreadPoolExecutor, 2, far=True)) == alone


def deadly(task: Task) -> FileRecord:
    """Kills its process at one file, the first time it is read or always."""
    mark = Path(task.path)
    if task.file == "once" and mark.exists():
        mark.unlink()
        os.kill(os.getpid(), SIGKILL)
    if task.file == "always":
        os.kill(os.getpid(), SIGKILL)
    return FileRecord(task.file, "foreign", "", "d", 0.0, task.path, packed=False)


def test_a_file_whose_worker_was_killed_is_tried_again_then_named(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    mark.touch()
    names = ["a", "once", "b", "always", "c", "d"]
    tasks = [Task(name, str(mark), 0.0) for name in names]
    found = list(read_all(tasks, processes(2), deadly))
    assert [one.file for one in found] == names
    assert [one.kind for one in found] == ["foreign"] * 3 + ["unreadable"] + ["foreign"] * 2
    assert "两次意外结束" in found[3].reason
    assert not mark.exists()


class Breaking(Executor):
    """An executor that is shut down before it is of any use."""

    def submit(self, *_: object, **__: object) -> None:  # type: ignore[override]
        raise RuntimeError("shut down")


def test_an_executor_that_takes_nothing_is_named_for_every_file() -> None:
    tasks = [Task("a", "", 0.0), Task("b", "", 0.0)]
    assert [one.kind for one in read_all(tasks, Workers(lambda _: Breaking(), 2))] == ["unreadable"] * 2


def test_only_so_many_files_are_asked_for_as_are_being_read() -> None:
    asked: list[int] = []
    open_: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(200):
            asked.append(number)
            open_.append(len(asked) - len(given))
            yield Task(str(number), "", 0.0)

    given: list[FileRecord] = []
    given.extend(read_all(tasks(), Workers(ThreadPoolExecutor, 2), read_return))
    assert [one.file for one in given] == [str(number) for number in range(200)]
    assert max(open_) <= 17


def test_ctrl_c_while_files_are_read_ends_the_job() -> None:
    def interrupted(_: Task) -> FileRecord:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(read_all([Task("a", "", 0.0)], here(), interrupted))


def test_a_record_comes_back_as_it_was(returned: Path) -> None:
    path = returned / "回收" / "第1局.xlsx"
    record = read_return(Task("甲.xlsx", str(path), 1.5))
    assert record.kind == "forms"
    assert unpacked(packed(record)) == record


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", "[1,2,3,4,5,6,7,[]]", '["a","forms","","",0,"",false,[[1]]]']
)
def test_what_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (whatever it says)
        unpacked(line)


def test_a_cluster_one_of_whose_workers_is_killed_writes_the_same_summary(
    returned: Path, alone: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    root = Path(__file__).resolve().parents[3]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, (root, root / "tests"))))
    monkeypatch.setenv(SEEN, str(tmp_path))
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as local,
        cluster(local.scheduler_address) as workers,
    ):
        victim = next(iter(local.workers.values())).pid
        begun: list[int] = []

        def kill() -> None:
            end = time.monotonic() + 20
            while len(list(tmp_path.iterdir())) < 4 and time.monotonic() < end:
                time.sleep(0.01)
            begun.append(len(list(tmp_path.iterdir())))
            os.kill(victim, SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        data = made(returned, workers, slowly)
        killer.join()
    assert 4 <= begun[0] < FILES
    assert data == alone
