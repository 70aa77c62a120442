"""A cluster renders the same bytes as this machine, whatever becomes of its workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.cluster import answers, connecting, flow
from paperledge_audio.cluster.sending import COUNT_S, DESERTED, POLL_S
from paperledge_audio.errors import ClusterError
from tests.cli.test_render import snapshot
from tests.cluster.running import (
    SLOW,
    UNSUITABLE,
    RunningCluster,
    Unsuitable,
    run_cluster,
    wait_until,
)
from tests.limits import STAGE
from tests.servers import CUT, S3

PROGRAM = [sys.executable, "-c", "from paperledge_audio.cli import entry; entry()"]
MANY = "scripts/many.md"
ALL = ("--page", "--plot", "--stems", "stems", "--format", "epub")


def add_script(name: str, sentences: int = 0) -> None:
    text = Path("scripts/one-hand.md").read_text()
    words = (first + second for first in "bdfglmnprt" for second in ("ab", "eb", "ib", "ob", "ub"))
    more = "".join(f"\nSay {word} {name}.\n" for word in islice(words, sentences))
    Path(f"scripts/{name}.md").write_text(text.replace("One Hand", name) + more)


def count(document: dict[str, Any]) -> tuple[int, int]:
    """How many takes were made and reused."""
    takes = [release["takes"] for release in document["releases"]]
    return sum(len(one["made"]) for one in takes), sum(one["reused"] for one in takes)


def list_group(group: int) -> list[str]:
    """Commands of the processes of a group, by Linux's /proc."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, number = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(number) == group and state != "Z":
                found.append((folder / "cmdline").read_text().replace("\0", " "))
    return found


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCluster]:
    """Two slow workers."""
    with run_cluster(tmp_path_factory.mktemp("cluster")) as running:
        running.add_workers(2, SLOW, TONE_COST_S="0.15")
        yield running


@pytest.fixture(scope="module")
def known() -> dict[str, bytes]:
    """What `rendered` made for the first test that asked."""
    return {}


@pytest.fixture
def rendered(
    show_folder: Path,
    paperledge: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    known: dict[str, bytes],
) -> dict[str, bytes]:
    """What this machine makes of a script of thirty takes; the store has none of them."""
    add_script("many", 23)
    if not known:
        assert paperledge("render", MANY, "-o", "here").code == 0
        known |= snapshot(Path("here"))
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(show_folder / "fresh"))
    return known


def test_a_cluster_here_does_all_that_a_pool_does(
    show_folder: Path, paperledge: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_script("two")
    Path("scripts/bad.md").write_text("")
    documents, folders = [], []
    for place, more in (("pool", ()), ("cluster", ("--cluster", "local:2"))):
        monkeypatch.setenv("PAPERLEDGE_CACHE", str(show_folder / place / "cache"))
        ran = paperledge("render", "scripts", "-o", "out", *ALL, *more, "--json")
        assert (ran.code, ran.err) == (1, "")
        documents.append(json.loads(ran.out))
        folders.append(snapshot(Path("out")) | snapshot(Path("stems")))
        Path("out").rename(f"{place}-out")
        Path("stems").rename(f"{place}-stems")
    assert folders[0] == folders[1]
    for document in documents:
        assert sum(count(document)) == 14
        for release in document["releases"]:
            del release["wall_s"], release["takes"]
    assert documents[0] == documents[1]
    assert len(list(show_folder.rglob("cluster/cache/takes/*/*.json"))) == 7
    assert not list(show_folder.rglob("*.parcel"))


def test_machines_that_share_only_a_store_that_fails_render_the_same_bytes(
    rendered: dict[str, bytes], paperledge: Callable[..., Any], s3: S3, tmp_path: Path
) -> None:
    s3.script.every(20, CUT)
    aws = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    with run_cluster(tmp_path) as running:
        running.add_workers(2, None, nanny=False, **aws)
        at = ("--cluster", running.file, "--store", str(s3.address))
        ran = paperledge("render", MANY, "-o", "there", *at, "--json")
        assert ran.code == 0, ran.err
        assert snapshot(Path("there")) == rendered
        assert count(json.loads(ran.out)) == (30, 0)
        s3.script.reset()
        assert all(name.endswith(".take") for name in s3.files())
        assert not list(Path("fresh").rglob("*.flac"))  # no sound came here but the episode's
        again = paperledge("render", MANY, "-o", "there", *at, "--json")
        assert count(json.loads(again.out)) == (0, 30)


def test_workers_that_are_killed_lose_nothing(
    rendered: dict[str, bytes],
    cluster: RunningCluster,
    paperledge: Callable[..., Any],
    tmp_path: Path,
) -> None:
    ended, killed = threading.Event(), list[int]()

    def kill() -> None:
        for turn in cycle(range(2)):
            if ended.wait(1) or len(killed) == 4:
                return
            if pids := cluster.pids():
                os.kill(pids[turn % len(pids)], signal.SIGKILL)
                killed.append(turn)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        at = ("--cluster", cluster.address, "--store", tmp_path / "shared")
        ran = paperledge("render", MANY, "-o", "there", *at, "--json")
    finally:
        ended.set()
        killer.join()
    assert ran.code == 0, ran.err
    assert killed
    assert snapshot(Path("there")) == rendered
    assert sum(count(json.loads(ran.out))) == 30
    assert len(list((tmp_path / "shared").iterdir())) == 30
    wait_until(lambda: len(cluster.client.nthreads()) == 2, "workers to be back")


@pytest.mark.parametrize("place", ["local:2", "remote"])
def test_ctrl_c_stops_the_work_on_the_cluster(
    show_folder: Path, cluster: RunningCluster, tmp_path: Path, place: str
) -> None:
    for name in ("one", "two", "three"):
        add_script(name, 50)
    at = ("--cluster", cluster.address, "--store", "shared")
    process = subprocess.Popen(
        [*PROGRAM, "render", "scripts", *(("--cluster", place) if place != "remote" else at)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    kept = tmp_path / "cache" if place != "remote" else show_folder / "shared"
    wait_until(lambda: any(kept.rglob("*.take" if place == "remote" else "*.json")), "a take")
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    *stages, last = said.splitlines()
    assert last == "stopped; what is finished is kept, and nothing is left half done"
    assert not [line for line in stages if not STAGE.fullmatch(line)]
    assert not Path("out").exists()
    if place == "remote":
        wait_until(cluster.is_idle, "the cluster to be idle")
    wait_until(lambda: not list_group(process.pid), "its processes to end")


def test_ctrl_c_needs_no_answer_of_a_scheduler(show_folder: Path, tmp_path: Path) -> None:
    add_script("many", 40)
    with run_cluster(tmp_path) as running:
        running.add_workers(1, SLOW, nanny=False, TONE_COST_S="0.3")
        process = subprocess.Popen(
            [*PROGRAM, "render", MANY, "--cluster", running.address, "--store", "shared"],
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_until(lambda: any(show_folder.glob("shared/*.take")), "a take")
        os.kill(running.scheduler.pid, signal.SIGSTOP)
        time.sleep(2 * COUNT_S)  # so that it is asked something
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.splitlines()[-1].startswith("stopped; ")


def test_a_render_whose_workers_are_gone_says_so_and_goes_on_with_the_next_one(
    show_folder: Path, paperledge: Callable[..., Any], tmp_path: Path
) -> None:
    with run_cluster(tmp_path) as running, ThreadPoolExecutor(1) as thread:
        running.add_workers(1, SLOW, nanny=False, TONE_COST_S="0.5")
        at = ("--cluster", running.address, "--store", tmp_path / "shared")
        ran = thread.submit(paperledge, "render", "scripts", *at)
        wait_until(lambda: [*tmp_path.glob("shared/*.take")], "a take")
        os.kill(running.pids()[0], signal.SIGKILL)
        wait_until(lambda: not running.client.nthreads(), "the worker to be gone")
        time.sleep(2 * COUNT_S)  # so that it is seen
        running.add_workers(1, nanny=False)
        assert ran.result().code == 0, ran.result().err
    assert f"one-hand: {DESERTED}\n" in ran.result().err


@pytest.mark.parametrize("kind", UNSUITABLE.values(), ids=UNSUITABLE)
def test_an_unsuitable_worker_is_refused_by_name(
    show_folder: Path, cluster: RunningCluster, paperledge: Callable[..., Any], kind: Unsuitable
) -> None:
    (address,) = cluster.add_unsuitable(kind)
    try:
        ran = paperledge("render", "scripts", "--cluster", cluster.address, "--store", "shared")
    finally:
        cluster.client.retire_workers([address])
    assert ran.code == 1
    assert ran.line.startswith(f"{address}: the worker {kind.said}")
    assert not Path("out").exists()


def test_what_unsuitable_workers_that_come_late_get_the_others_make(
    rendered: dict[str, bytes], paperledge: Callable[..., Any], tmp_path: Path
) -> None:
    with run_cluster(tmp_path) as running, ThreadPoolExecutor(1) as thread:
        running.add_workers(1, SLOW, nanny=False, TONE_COST_S="0.3")
        at = ("--cluster", running.address, "--store", tmp_path / "shared")
        ran = thread.submit(paperledge, "render", MANY, "-o", "there", *at, "--json")
        wait_until(lambda: [*tmp_path.glob("shared/*.take")], "a take")
        late = running.add_unsuitable(*UNSUITABLE.values())
        assert ran.result().code == 0, ran.result().err
    assert snapshot(Path("there")) == rendered
    (release,) = json.loads(ran.result().out)["releases"]
    told = [one.partition(": the worker ") for one in release["notes"] if ": the worker " in one]
    assert {address for address, _, _ in told} == late
    for kind in UNSUITABLE.values():
        assert [why for _, _, why in told if why.startswith(kind.said)]
    assert not [*tmp_path.glob("worker-[1-9]/takes/*")]


def test_what_a_worker_holds_up_another_one_makes(
    rendered: dict[str, bytes],
    paperledge: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flow, "TAKE_S", 2.0)
    monkeypatch.setattr(flow, "EPISODE_S", 8.0)
    with run_cluster(tmp_path) as running, ThreadPoolExecutor(1) as thread:
        running.add_workers(2, SLOW, nanny=False, TONE_COST_S="0.3")
        held = running.pids()[0]
        at = ("--cluster", running.address, "--store", tmp_path / "shared")
        ran = thread.submit(paperledge, "render", MANY, "-o", "there", *at, "--json")
        wait_until(lambda: len([*tmp_path.glob("shared/*.take")]) > 3, "some takes")
        os.kill(held, signal.SIGSTOP)
        assert ran.result().code == 0, ran.result().err
    assert snapshot(Path("there")) == rendered
    assert sum(count(json.loads(ran.result().out))) == 30


def test_a_worker_that_does_not_answer_is_named_and_gets_nothing(
    show_folder: Path,
    paperledge: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers, "ANSWER_S", 2.0)
    with run_cluster(tmp_path) as running:
        running.add_workers(2, nanny=False)
        (address, held), _ = running.client.run(os.getpid).items()
        os.kill(held, signal.SIGSTOP)
        ran = paperledge(
            "render", "scripts", "--cluster", running.address, "--store", tmp_path / "shared"
        )
    assert ran.code == 0, ran.err
    assert (
        f"{address}: the worker doesn't answer: no answer within 2 s; start it again, or leave it "
        "out\n"
    ) in ran.err


def test_a_scheduler_that_goes_is_told_in_one_line(
    show_folder: Path, paperledge: Callable[..., Any], tmp_path: Path
) -> None:
    add_script("many", 40)
    with run_cluster(tmp_path) as running:
        running.add_workers(1, SLOW, nanny=False, TONE_COST_S="0.2")
        end = threading.Timer(1.5, running.scheduler.kill)
        end.start()
        ran = paperledge(
            "render", "scripts", "--cluster", running.address, "--store", "shared", "--json"
        )
        end.join()
    assert ran.code == 1
    assert json.loads(ran.out)["releases"] == []
    assert {error["what"].partition(":")[0] for error in json.loads(ran.out)["errors"]} <= {
        "the scheduler has gone",
        "the scheduler fails",
    }


@pytest.mark.parametrize("command", ["render", "plan"])
@pytest.mark.parametrize(("options", "code", "line"), [
    (["--cluster", "tcp://127.0.0.1:1"], 2,
     "a cluster needs a store that its machines share; add --store, or set PAPERLEDGE_STORE"),
    (["--cluster", ""], 2, "--cluster is empty; name one, or leave it out"),
    (["--cluster", "local:0"], 2, "'local:0' is no cluster's address; write it as local:4, "),
    (["--cluster", "local:9999"], 2, "'local:9999' is no cluster's address; write it as local:4, "),
    (["--cluster", "local:2", "--jobs", "2"], 2,
     "--cluster goes with neither --jobs nor --shard; leave them out"),
    (["--cluster", "tcp://127.0.0.1:1", "--store", "shared"], 1,
     "tcp://127.0.0.1:1: no cluster answers there: "),
    (["--cluster", "none.json", "--store", "shared"], 1,
     "none.json: no scheduler wrote its address there within 1.0 s; start it: dask scheduler"),
    (["--cluster", "tcp://127.0.0.1:99999", "--store", "shared"], 2,
     "'tcp://127.0.0.1:99999' is no cluster's address"),
    (["--cluster", "tcp://127.0.0.1:0", "--store", "shared"], 2,
     "'tcp://127.0.0.1:0' is no cluster's address"),
    (["--cluster", "tcp://127.0.0.1", "--store", "shared"], 2,
     "'tcp://127.0.0.1' is no cluster's address"),
    (["--cluster", "tcp://ann:pw@host:1"], 2, "'tcp://…@host:1' is no cluster's address"),
    (["--cluster", "tls://127.0.0.1:9", "--store", "shared"], 1,
     "tls://127.0.0.1:9: no certificates are named for it; set DASK_DISTRIBUTED__COMM__TLS__CA_"),
    (["--cluster", "tls://127.0.0.1:8786;x", "--store", "shared"], 2,
     "'tls://127.0.0.1:8786;x' is no cluster's address"),
])  # fmt: skip
def test_what_can_not_be_a_cluster_is_one_line(
    show_folder: Path,
    paperledge: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    options: list[str],
    code: int,
    line: str,
) -> None:
    monkeypatch.setattr(connecting, "CONNECT_S", 5 * POLL_S)
    ran = paperledge(command, "scripts", *options)
    assert ran.code == code
    assert ran.line.startswith(line)


@pytest.mark.parametrize(("text", "address"), [
    ("[]", "no address"), ("{}", "no address"), ("7", "no address"),
    ('{"address": 5}', "the address 5"),
    ('{"address": "tcp://127.0.0.1:0"}', "the address 'tcp://127.0.0.1:0'"),
])  # fmt: skip
def test_a_whole_scheduler_file_without_an_address_is_damaged(
    tmp_path: Path, text: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waited"))
    file = tmp_path / "cluster.json"
    file.write_text(text)
    with pytest.raises(ClusterError) as caught:
        connecting._read_address(file)
    assert str(caught.value).startswith(
        f"{file}: the scheduler file is damaged: it has {address}; start it: "
    )


def test_a_scheduler_file_is_read_as_soon_as_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cluster.json"
    text = '{"address": "tcp://[::1]:8786"}'
    parts = iter(range(len(text) + 1))
    monkeypatch.setattr(time, "sleep", lambda _: file.write_text(text[: next(parts)]))
    assert connecting._read_address(file) == "tcp://[::1]:8786"
    monkeypatch.setattr(connecting, "CONNECT_S", 0)
    file.write_bytes(b"\xff")
    with pytest.raises(ClusterError, match="within 0 s: it is no whole JSON: 'utf-8' codec can't"):
        connecting._read_address(file)


def test_a_scheduler_without_workers_is_one_line(
    show_folder: Path,
    paperledge: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(connecting, "CONNECT_S", 1)
    with run_cluster(tmp_path) as running:
        ran = paperledge("plan", "scripts", "--cluster", running.address, "--store", "shared")
    assert ran.code == 1
    assert ran.line == (
        f"{running.address}: no worker came there within 1 s; start some: dask worker"
    )
