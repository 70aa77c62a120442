"""Folders on servers: addresses, what goes wrong and what is said of it."""

from __future__ import annotations

import builtins
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from fsspec.exceptions import FSTimeoutError

from paperledge_audio.deliver.outbox import parse_place
from paperledge_audio.errors import DeliveryError, MissingError, UsageError
from paperledge_audio.files.remote import folder as remote
from paperledge_audio.files.remote.address import Address, is_address, parse_address
from paperledge_audio.files.remote.folder import RemoteFolder
from paperledge_audio.files.resources import compose_install
from tests.servers import DENY, PASSWORD, REFUSE, S3, SFTP, USER, Server

SECRET = "pa55word"  # noqa: S105 - of nobody


def at(address: Address | str) -> RemoteFolder:
    found = parse_address(address) if isinstance(address, str) else address
    return RemoteFolder(found, DeliveryError)


@pytest.mark.parametrize(
    ("text", "shown", "user", "password"),
    [
        ("s3://box/pod/cast/", "s3://box/pod/cast", "", ""),
        ("S3://box", "s3://box", "", ""),
        ("sftp://host", "sftp://host", "", ""),
        ("sftp://ann@host:2222/srv", "sftp://host:2222/srv", "ann", ""),
        ("sftp://ann:a%40b%3A@host/srv", "sftp://host/srv", "ann", "a@b:"),
        ("sftp://ann:a@b@host/srv", "sftp://host/srv", "ann", "a@b"),
        ("sftp://[::1]:22/srv", "sftp://[::1]:22/srv", "", ""),
        ("file:///srv/box", "file:///srv/box", "", ""),
    ],
)
def test_an_address_is_shown_without_its_user(
    text: str, shown: str, user: str, password: str
) -> None:
    address = parse_address(text)
    assert (str(address), address.user, address.password) == (shown, user, password)
    assert "a@b" not in repr(address)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"s3://key:{SECRET}@box/x", "holds no credentials"),
        (f"s3://box/x?token={SECRET}", "has a ? or a #"),
        (f"sftp://ann:{SECRET}@host/../x", "has the part '..'"),
        (f"sftp://ann:{SECRET}@host:port/x", "has no valid port"),
        (f"sftp://ann:{SECRET}@host:99999/x", "has no valid port"),
        (f"sftp://ann:{SECRET}@[host/x", "has no valid port"),
        (f"sftp://ann:{SECRET}@/x", "names no host"),
        ("s3://", "names no bucket"),
        ("sftp://host/a\x1bb", r"holds the character '\x1b'"),
        (f"sftp://{'x' * 3000}", "has more than 2000 characters"),
    ],
)
def test_a_bad_address_is_refused_and_not_quoted(text: str, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_address(text)
    assert why in str(caught.value)
    assert SECRET not in str(caught.value)


def test_what_is_no_address_is_a_path() -> None:
    for path in ("upload", "/srv/box", "s3:/box", "C:\\box", "a://b".replace("a", "ä")):
        assert not is_address(path)
        assert parse_place(path) == Path(path)
    assert parse_place("file:///srv/box") == Path("/srv/box")
    assert parse_place("file:///srv/my%20%C3%BC") == Path("/srv/my ü")
    with pytest.raises(UsageError, match="in its path"):
        parse_place("file:///srv/%2e%2e/box")
    with pytest.raises(UsageError, match="names another machine"):
        parse_place("file://host/srv")


def test_a_folder_holds_what_is_written(server: Server) -> None:
    with at(server.address) as folder:
        assert folder.list_entries() == {}
        assert folder.read("a/b.txt", 10) is None
        folder.write("a/b.txt", b"one")
        folder.write("a/b.txt", b"two!")
        folder.write("a/empty", b"")
        assert folder.read("a/b.txt", 4) == b"two!"
        assert folder.read("a/empty", 4) == b""
        with pytest.raises(DeliveryError, match="has more than 3 bytes"):
            folder.read("a/b.txt", 3)
        entry = folder.list_entries("a")["b.txt"]
        assert (entry.bytes, entry.is_folder) == (4, False)
        assert folder.list_entries()["a"].is_folder
        assert server.files() == {"a/b.txt": b"two!", "a/empty": b""}
        folder.remove_folder("a")
        assert len(server.files()) == 2
        for name in ("a/b.txt", "a/empty", "a/none"):
            folder.remove(name)
        folder.remove_folder("a")
        assert folder.list_entries() == {}


def test_the_top_of_a_server_will_do(s3: S3, sftp: SFTP) -> None:
    for address in (f"s3://{s3.bucket}", f"sftp://{USER}@127.0.0.1:{sftp.port}"):
        with at(address) as folder:
            folder.write("x", b"1")
            assert folder.read("x", 1) == b"1"
            assert [*folder.list_entries()] == ["x"]


@pytest.mark.parametrize("protocol", ["file", "memory"])
def test_other_protocols_of_fsspec_will_do(protocol: str, tmp_path: Path) -> None:
    top = str(tmp_path).lstrip("/")
    with at(f"file:///{top}" if protocol == "file" else f"memory://{top}") as folder:
        folder.write("a/b.txt", b"one")
        folder.write("a/b.txt", b"two")
        assert folder.read("a/b.txt", 9) == b"two"
        assert folder.read("a/c.txt", 9) is None
        assert [*folder.list_entries("a")] == ["b.txt"]
        folder.remove("a/b.txt")
        folder.remove_folder("a")
        assert folder.list_entries() == {}


def test_a_large_file_goes_in_parts(s3: S3, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "large").write_bytes(bytes(range(256)) * (44 << 12))
    with at(s3.address) as folder:
        folder.write("large", tmp_path / "large")
        assert "POST" in {what.split()[0] for what in s3.script.seen}
        s3.script.seen.clear()
        assert s3.files() == {"large": (tmp_path / "large").read_bytes()}


def refusal(folder: RemoteFolder, act: Callable[[RemoteFolder], object]) -> str:
    with pytest.raises(DeliveryError) as caught, folder:
        act(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{folder.address}/").removeprefix(f"{folder.address}: ")


ACTS: tuple[Callable[[RemoteFolder], object], ...] = (
    lambda folder: folder.list_entries(),
    lambda folder: folder.read("x", 9),
    lambda folder: folder.write("x", b"x"),
)


@pytest.mark.parametrize("act", ACTS)
def test_a_bucket_that_is_not_there_is_said(s3: S3, act: Any) -> None:
    assert "there is no such bucket" in refusal(at("s3://none/x"), act)
    assert "that is no bucket's name" in refusal(at("s3://No_Bucket!/x"), act)


@pytest.mark.parametrize("act", ACTS)
def test_credentials_that_are_missing_are_said(
    s3: S3, act: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert "there are no credentials" in refusal(at(s3.address), act)


@pytest.mark.parametrize("act", ACTS)
def test_what_a_user_may_not_do_is_said_and_not_tried_again(
    server: Server, act: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "PAUSES_S", (float("nan"),))  # which nobody can wait
    server.place("x", b"1")
    server.script.reset()
    server.script.disturb = lambda _number, _what: DENY
    assert "permission denied; ask for the right" in refusal(at(server.address), act)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def test_a_server_that_does_not_answer_is_said(
    s3: S3, sftp: SFTP, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    assert "connection refused" in refusal(at(f"sftp://127.0.0.1:{port}/x"), ACTS[0])
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    assert "connection refused" in refusal(at(s3.address), ACTS[0])
    monkeypatch.setenv("AWS_ENDPOINT_URL", "nonsense")
    assert "can't be used: Invalid endpoint: nonsense" in refusal(at(s3.address), ACTS[0])
    assert "no host of that name" in refusal(at("sftp://no-such-host.invalid/x"), ACTS[0])


def test_a_server_whose_key_is_not_known_is_not_trusted(sftp: SFTP) -> None:
    (sftp.home / ".ssh" / "known_hosts").write_text("")
    assert "the server's key is not one that this user knows" in refusal(at(sftp.address), ACTS[0])


def test_a_password_opens_and_is_never_said(
    sftp: SFTP, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".ssh").mkdir()
    known = (sftp.home / ".ssh" / "known_hosts").read_text()
    (tmp_path / ".ssh" / "known_hosts").write_text(known)
    monkeypatch.setenv("HOME", str(tmp_path))
    url = f"sftp://{USER}:{PASSWORD}@127.0.0.1:{sftp.port}/pod"
    with at(url) as folder:
        folder.write("x", b"1")
    said = refusal(at(url.replace("s3cr3t", "wr0ng")), ACTS[0])
    assert "the server refuses this user" in said
    assert "wr0ng" not in said
    assert PASSWORD not in repr(parse_address(url))


def test_a_folder_that_may_not_be_written_is_said(sftp: SFTP) -> None:
    (sftp.root / "pod").write_bytes(b"a file")
    assert "can't be used: /pod is not a directory; check" in refusal(at(sftp.address), ACTS[2])
    assert sftp.root.joinpath("pod").read_bytes() == b"a file"


def test_what_passes_is_tried_again(server: Server) -> None:
    server.script.disturb = lambda number, _what: REFUSE if number < 4 else ""
    with at(server.address) as folder:
        assert folder.list_entries() == {}
    server.script.refuse_from(1)
    assert "can't be used" in refusal(at(server.address), ACTS[0])
    assert len(server.script.seen) == 4


@pytest.mark.parametrize(
    "silence",
    [
        TimeoutError(),
        FSTimeoutError(),
        ConnectTimeoutError(endpoint_url="https://x"),
        ReadTimeoutError(endpoint_url="https://x"),
    ],
)
def test_a_server_that_is_silent_is_not_waited_for_again(
    silence: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(*_: object, **__: object) -> NoReturn:
        raise silence

    monkeypatch.setattr(remote, "PAUSES_S", (float("nan"),))
    monkeypatch.setattr("s3fs.S3FileSystem", wait)
    assert "the server did not answer in time" in refusal(at("s3://box/x"), ACTS[0])


@pytest.mark.parametrize(
    ("address", "package", "command"),
    [
        ("s3://box", "s3fs", compose_install("outbox")),
        ("sftp://host", "sshfs", compose_install("outbox")),
        ("gs://box", "fsspec", compose_install("outbox")),
        ("gs://box", "gcsfs", "pip install gcsfs"),
    ],
)
def test_a_missing_package_is_said_with_the_command_that_adds_it(
    address: str, package: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = builtins.__import__

    def without(name: str, *more: Any, **others: Any) -> Any:
        if name == package:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return original(name, *more, **others)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingError) as caught:
        at(address).list_entries()
    assert (caught.value.exit_code, caught.value.command) == (3, command)


def test_a_protocol_that_nobody_knows_is_a_wrong_usage() -> None:
    with pytest.raises(UsageError, match="sftq:// is not known; did you mean 'sftp'"):
        at("sftq://host/x").list_entries()
