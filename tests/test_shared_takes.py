"""A store of takes that machines share: whole takes or none, whatever the server does."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from paperledge_audio.engines.model import Take
from paperledge_audio.engines.words import make_take
from paperledge_audio.errors import TakeError
from paperledge_audio.files.remote import folder
from paperledge_audio.sound.clip import Clip, load
from paperledge_audio.takes import SharedTakes, StoreSize, TakeStore, shared
from tests.samples import plain_segment
from tests.servers import CUT, REFUSE, S3, Server

NAME, OTHER = "ab" + "0" * 62, "cd" + "0" * 62
SEGMENT = plain_segment("Hello.")


def take_of(value: float = 0.5, frames: int = 24_000) -> Take:
    samples = np.full((frames, 1), value, np.float32)
    return make_take(SEGMENT, Clip(samples, 24_000), ((0, 0), (6, frames)), "tone/1")


class Machine:
    """A machine with a cache of its own, before the store at an address."""

    def __init__(self, cache: Path, server: Server) -> None:
        self.cache = cache
        self.store = TakeStore(cache, SharedTakes(server.address))

    def find(self, name: str = NAME) -> bytes | None:
        take = self.store.find(name, SEGMENT, "tone/1")
        return load(take.sound).samples.tobytes() if take else None

    def keep(self, name: str = NAME, value: float = 0.5) -> bytes:
        return load(self.store.keep(name, take_of(value)).sound).samples.tobytes()

    def forget(self) -> None:
        shutil.rmtree(self.cache)


@pytest.fixture
def machines(tmp_path: Path, server: Server) -> tuple[Machine, Machine]:
    return Machine(tmp_path / "one", server), Machine(tmp_path / "two", server)


def test_a_take_that_one_machine_makes_another_one_has(
    machines: tuple[Machine, Machine], server: Server
) -> None:
    one, two = machines
    assert two.find() is None
    made = one.keep()
    assert two.find() == made
    server.script.refuse_from(1)
    assert (one.find(), two.find()) == (made, made)
    assert server.script.seen == []


def test_a_take_needs_three_requests_to_be_made_and_one_to_be_had(tmp_path: Path, s3: S3) -> None:
    one, two = Machine(tmp_path / "one", s3), Machine(tmp_path / "two", s3)
    one.store.fetch((NAME, OTHER))  # as a plan does
    assert (one.find(), one.find(OTHER)) == (None, None)
    assert len(s3.script.seen) == 2
    assert (one.find(), one.find(OTHER)) == (None, None)  # as synthesis does
    one.keep()
    one.keep(OTHER)
    assert len(s3.script.seen) == 6
    s3.script.seen.clear()
    two.store.fetch((NAME, OTHER))
    assert two.find()
    assert two.find(OTHER)
    assert len(s3.script.seen) == 2


def test_a_take_that_only_this_machine_has_is_sent_there_once(
    machines: tuple[Machine, Machine], server: Server
) -> None:
    one, two = machines
    made = load(TakeStore(one.cache).keep(NAME, take_of()).sound).samples.tobytes()
    assert one.store.share((NAME, OTHER)) == {NAME}
    assert two.find() == made
    server.script.seen.clear()
    assert all(machine.store.share([NAME]) == {NAME} for machine in machines)
    assert server.script.seen == []


def test_a_take_that_is_damaged_is_not_sent_there(
    machines: tuple[Machine, Machine], server: Server
) -> None:
    one, _ = machines
    TakeStore(one.cache).keep(NAME, take_of())
    next(one.cache.rglob("*.flac")).write_bytes(b"x")
    assert one.store.share([NAME]) == frozenset()
    assert one.store.damaged == {NAME}
    assert not server.files()


def once(step: int, how: str, count: int, _what: str) -> str:
    """Disturb one request."""
    return how if count == step else ""


def test_a_take_is_whole_or_not_there_whenever_the_server_fails(
    machines: tuple[Machine, Machine], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "PAUSES_S", ())
    one, two = machines
    made = one.keep(OTHER)
    reached, failed = True, 0
    for how, step in product((REFUSE, CUT), range(1, 25)):
        server.script.seen.clear()
        server.script.disturb = partial(once, step, how)
        with suppress(TakeError):
            one.keep()
        reached = len(server.script.seen) >= step
        server.script.reset()
        if not reached:
            continue
        found = two.find()
        failed += found is None
        assert found in {None, made}
        assert not two.store.damaged
        SharedTakes(server.address).prune(1)
        shutil.rmtree(two.cache, ignore_errors=True)
    assert failed
    assert not reached


@pytest.mark.parametrize("spoil", [
    lambda data: data[: len(data) // 2],
    lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    lambda data: b"{" + data,
    lambda _: b"",
    lambda data: data.replace(b"\n", b" ", 1),
])  # fmt: skip
def test_a_broken_take_is_made_again(
    machines: tuple[Machine, Machine], server: Server, spoil: Callable[[bytes], bytes]
) -> None:
    one, two = machines
    made = one.keep()
    file = NAME + shared.SUFFIX
    server.place(file, spoil(server.files()[file]))
    assert two.find() is None
    assert two.store.damaged == {NAME}
    assert two.keep() == made
    one.forget()
    assert one.find() == made


def test_a_take_under_a_wrong_name_does_not_count(
    machines: tuple[Machine, Machine], server: Server
) -> None:
    machines[0].keep()
    server.place(OTHER + shared.SUFFIX, server.files()[NAME + shared.SUFFIX])
    assert machines[1].find(OTHER) is None


def test_a_take_that_is_damaged_here_is_had_from_there(machines: tuple[Machine, Machine]) -> None:
    one, _ = machines
    made = one.keep()
    next(one.cache.rglob("*.flac")).write_bytes(b"x")
    assert one.find() == made
    assert one.store.damaged == set()


def test_writers_of_one_take_do_no_harm(
    machines: tuple[Machine, Machine], tmp_path: Path, server: Server
) -> None:
    with ThreadPoolExecutor(8) as pool:
        values = [0.1, 0.2] * 8
        made = [*pool.map(lambda n: machines[n % 2].keep(NAME, values[n]), range(16))]
    assert Machine(tmp_path / "third", server).find() in made
    assert len(server.files()) == 1


def test_a_store_is_measured_and_pruned_the_oldest_first(
    machines: tuple[Machine, Machine], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, store = machines[0], SharedTakes(server.address)
    assert store.measure_size() == StoreSize(0, 0)
    one.keep()
    size = store.measure_size()
    assert size == StoreSize(1, len(server.files()[NAME + shared.SUFFIX]))
    server.place("diary.txt", b"mine")
    part = f".{OTHER}{shared.SUFFIX}.01234567.part"
    server.place(part, b"x")
    assert store.prune(size.bytes) == StoreSize(0, 0)
    monkeypatch.setattr(shared, "ABANDONED_S", -2)
    assert store.prune(size.bytes) == StoreSize(0, 0)
    assert part not in server.files()
    assert store.prune(0) == size
    assert set(server.files()) == {"diary.txt"}


def rendered(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in place.iterdir()}


def test_machines_that_share_a_store_render_the_same_bytes(
    show_folder: Path,
    paperledge: Callable[..., Any],
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = str(server.address).replace("sftp://", "sftp://ann@")
    monkeypatch.setenv("PAPERLEDGE_STORE", address)
    server.script.every(20, REFUSE)
    first = paperledge("render", "scripts/one-hand.md", "-o", "one", "--json")
    assert first.code == 0, first.err
    server.script.every(20, CUT)
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(tmp_path / "other"))
    again = paperledge("render", "scripts/one-hand.md", "-o", "two", "--json")
    assert again.code == 0, again.err
    server.script.reset()
    made, had = (json.loads(ran.out)["releases"][0]["takes"] for ran in (first, again))
    assert (had["made"], had["damaged"]) == ([], 0)
    assert len(made["made"]) + made["reused"] == had["reused"]
    assert rendered(Path("one/one-hand")) == rendered(Path("two/one-hand"))

    count = len({take for take in server.files() if take.endswith(".take")})
    info = json.loads(paperledge("takes", "info", "--json").out)
    assert info["takes"] == info["shared"]["takes"] == count
    assert info["shared"]["address"] == str(server.address)
    assert f"{server.address}: {count} takes" in paperledge("takes", "info").out
    assert json.loads(paperledge("takes", "clear", "--json").out)["removed"] == count
    assert len(server.files()) == count  # what others use stays
    assert paperledge("takes", "prune", "--store", address).code == 2
    ran = paperledge("takes", "clear", "--store", address, "--json")
    assert json.loads(ran.out)["removed"] == count
    assert server.files() == {}


def test_a_folder_may_be_the_store(
    show_folder: Path, paperledge: Callable[..., Any], tmp_path: Path
) -> None:
    line = ("say", "Hello.", "--voice", "tone", "--force", "--store", tmp_path / "shared")
    assert paperledge(*line, "-o", "a.wav").code == 0
    assert len([*(tmp_path / "shared").iterdir()]) == 1
    shutil.rmtree(tmp_path / "cache")
    assert paperledge(*line, "-o", "b.wav").code == 0
    assert Path("a.wav").read_bytes() == Path("b.wav").read_bytes()
    info = json.loads(paperledge("takes", "info", "--store", tmp_path / "shared", "--json").out)
    assert (info["takes"], info["shared"]["takes"]) == (1, 1)


@pytest.mark.parametrize("command", [
    ("takes", "info"),
    ("takes", "prune", "--limit", "1"),
    ("takes", "clear"),
    ("plan", "scripts/one-hand.md"),
    ("render", "scripts/one-hand.md"),
    ("render", "scripts/one-hand.md", "--shard", "1/2"),
    ("gather", "scripts/one-hand.md"),
    ("say", "Hello.", "--voice", "tone", "-o", "a.wav"),
])  # fmt: skip
def test_a_file_is_no_store(
    show_folder: Path,
    paperledge: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    ran = paperledge(*command, "--store", file)
    assert (ran.code, ran.out) == (1, "")
    assert ran.line.startswith(f"file://{file}")
    assert ran.line.endswith(": a file lies where a folder should be; name another folder")
    monkeypatch.setenv("PAPERLEDGE_STORE", str(file))
    if command[1] in {"info", "scripts/one-hand.md"}:
        assert paperledge(*command).line == ran.line
    monkeypatch.delenv("PAPERLEDGE_STORE")
    if command[0] == "takes":
        monkeypatch.setenv("PAPERLEDGE_CACHE", str(file))
        ran = paperledge(*command)
        assert (ran.code, ran.line.partition(":")[0]) == (1, str(file / "takes"))


def test_a_store_that_can_not_be_reached_is_told_in_one_line(
    show_folder: Path, paperledge: Callable[..., Any], s3: S3
) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "--store", "s3://none/takes")
    assert ran.code == 1
    assert "there is no such bucket" in ran.line
    assert not Path("out").exists()
