"""Real servers on loopback, S3's and SFTP's, that fail as they are told to."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import asyncssh
import pytest

from paperledge_audio.files.remote import folder
from paperledge_audio.files.remote.address import Address, parse_address

USER, PASSWORD = "ann", "s3cr3t-pass-word"
REFUSE, CUT, DENY = "refuse", "cut", "deny"
Disturb = Callable[[int, str], str]
"""The number of a request, from 1, and what it does → "", REFUSE, CUT or DENY."""


class Script:
    """What a server does with each request: what it was told, and what it has seen."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.disturb: Disturb = lambda _number, _what: ""

    def next(self, what: str) -> str:
        """What becomes of one more request."""
        self.seen.append(what)
        return self.disturb(len(self.seen), what)

    def reset(self) -> None:
        """Serve everything."""
        self.__init__()  # type: ignore[misc]

    def refuse_from(self, number: int) -> None:
        """Refuse all requests from that one on."""
        self.seen.clear()
        self.disturb = lambda count, _what: REFUSE if count >= number else ""

    def every(self, step: int, how: str) -> None:
        """Disturb one request in `step`."""
        self.seen.clear()
        self.disturb = lambda count, _what: how if count % step == 0 else ""


class Server(Protocol):
    """A server with a folder for a test."""

    script: Script
    address: Address

    def files(self) -> dict[str, bytes]:
        """All files below the address, by a way that is not ours."""

    def place(self, name: str, data: bytes) -> None:
        """Put a file there."""


class S3:
    """Moto's server, with real HTTP; its folder is a bucket and a path in it."""

    bucket = "box"
    path = "pod/cast"

    def __init__(self) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.script = Script()
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self._serve, threaded=True)
        self.port: int = self._server.server_port
        self.address = parse_address(f"s3://{self.bucket}/{self.path}")
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def _serve(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        if environ["PATH_INFO"].startswith("/moto-api"):
            return self._moto(environ, start)
        how = self.script.next(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        if how == DENY:
            start("403 Forbidden", [("Content-Type", "application/xml")])
            return [b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>"]
        if how == REFUSE:
            start("500 Internal Server Error", [("Content-Type", "application/xml")])
            return [b"<Error><Code>InternalError</Code><Message>disturbed</Message></Error>"]
        if how == CUT:  # half of what comes in is read, half of what goes out is sent
            line = environ["werkzeug.socket"]
            if length := int(environ.get("CONTENT_LENGTH") or 0):
                environ["wsgi.input"].read(length // 2)
            else:
                whole = b"".join(self._moto(environ, start))
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(whole))
                line.sendall(whole[: len(whole) // 2])
            line.shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError
        return self._moto(environ, start)

    def clear(self) -> None:
        """Empty the server but for the bucket."""
        import requests

        self.script.disturb = lambda _number, _what: ""
        requests.post(f"http://127.0.0.1:{self.port}/moto-api/reset", timeout=10)
        self.client.create_bucket(Bucket=self.bucket)
        self.script.reset()

    @cached_property
    def client(self) -> Any:
        """A client that is not ours."""
        import boto3

        return boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="us-east-1",
            aws_access_key_id="other",
            aws_secret_access_key="other",  # noqa: S106
        )

    def files(self) -> dict[str, bytes]:
        """See `Server`."""
        client, prefix = self.client, f"{self.path}/"
        rows = client.list_objects_v2(Bucket=self.bucket, Prefix=prefix).get("Contents", [])
        return {
            row["Key"].removeprefix(prefix):
            client.get_object(Bucket=self.bucket, Key=row["Key"])["Body"].read()
            for row in rows
        }  # fmt: skip

    def place(self, name: str, data: bytes) -> None:
        """See `Server`."""
        self.client.put_object(Bucket=self.bucket, Key=f"{self.path}/{name}", Body=data)

    def close(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class SFTP:
    """Asyncssh's server; its root is a folder of this machine."""

    def __init__(self, root: Path, home: Path) -> None:
        self.script = Script()
        self.root, self.home = root, home
        self._key, host_key = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
        self._host_key = host_key
        self._connections: list[asyncssh.SSHServerConnection] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._listening = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.port = self._listening.get_port()
        self.address = parse_address(f"sftp://{USER}@127.0.0.1:{self.port}/pod/cast")
        (home / ".ssh").mkdir(parents=True)
        self._key.write_private_key(home / ".ssh" / "id_ed25519")
        self.introduce()

    def introduce(self) -> None:
        """Have the user know the server's key."""
        public = self._host_key.export_public_key().decode()
        (self.home / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {public}")

    async def _listen(self) -> asyncssh.SSHAcceptor:  # noqa: C901 - two classes of the library
        keys = asyncssh.import_authorized_keys(self._key.export_public_key().decode())
        script, root, connections = self.script, self.root, self._connections

        class Login(asyncssh.SSHServer):
            def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
                connections.append(conn)

            def password_auth_supported(self) -> bool:
                return True

            def validate_password(self, username: str, password: str) -> bool:
                return (username, password) == (USER, PASSWORD)

        class Folder(asyncssh.SFTPServer):
            def __init__(self, channel: Any) -> None:
                super().__init__(channel, chroot=os.fsencode(root))

        def disturbed(name: str) -> Callable[..., Any]:
            original = getattr(asyncssh.SFTPServer, name)

            def act(self: asyncssh.SFTPServer, *arguments: Any) -> Any:
                how = script.next(name)
                if how == DENY:
                    raise asyncssh.SFTPPermissionDenied("no")
                if how == CUT:
                    self.channel.get_connection().abort()
                if how:
                    raise asyncssh.SFTPFailure("disturbed")
                return original(self, *arguments)

            return act

        for name in ("open", "read", "write", "stat", "scandir", "mkdir", "remove", "rmdir",
                     "posix_rename"):  # fmt: skip
            setattr(Folder, name, disturbed(name))
        return await asyncssh.listen(
            "127.0.0.1", 0, server_factory=Login, sftp_factory=Folder,
            server_host_keys=[self._host_key], authorized_client_keys=keys,
        )  # fmt: skip

    @property
    def folder(self) -> Path:
        """The folder at the address."""
        return self.root / "pod" / "cast"

    def clear(self) -> None:
        """Empty the server."""
        self.script.reset()
        shutil.rmtree(self.root)
        self.root.mkdir()
        self.introduce()

    def files(self) -> dict[str, bytes]:
        """See `Server`."""
        found = (file for file in self.folder.rglob("*") if file.is_file())
        return {file.relative_to(self.folder).as_posix(): file.read_bytes() for file in found}

    def place(self, name: str, data: bytes) -> None:
        """See `Server`."""
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(data)

    def close(self) -> None:
        """End the server."""

        async def end() -> None:
            self._listening.close()
            await self._listening.wait_closed()
            for connection in self._connections:
                connection.abort()
            await asyncio.gather(*(each.wait_closed() for each in self._connections))
            await asyncio.sleep(0.05)  # the loop closes their sockets
            strays = asyncio.all_tasks() - {asyncio.current_task()}
            for task in strays:
                task.cancel()
            await asyncio.gather(*strays, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3]:
    server = S3()
    yield server
    server.close()


@pytest.fixture(scope="session")
def sftp_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SFTP]:
    top = tmp_path_factory.mktemp("sftp")
    (top / "root").mkdir()
    server = SFTP(top / "root", top / "home")
    yield server
    server.close()


@pytest.fixture
def s3(s3_server: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> S3:
    """An S3 server with an empty bucket, which this user may use."""
    s3_server.clear()
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    for name, value in {
        "HOME": str(home),
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{s3_server.port}",
        "AWS_ACCESS_KEY_ID": "ann",
        "AWS_SECRET_ACCESS_KEY": "s3cr3t",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(folder, "PAUSES_S", (0.0, 0.0, 0.0))
    return s3_server


@pytest.fixture
def sftp(sftp_server: SFTP, monkeypatch: pytest.MonkeyPatch) -> SFTP:
    """An empty SFTP server, whose key this user knows."""
    sftp_server.clear()
    monkeypatch.setenv("HOME", str(sftp_server.home))
    monkeypatch.setattr(folder, "PAUSES_S", (0.0, 0.0, 0.0))
    return sftp_server


@pytest.fixture(params=["s3", "sftp"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each kind of server in turn."""
    found: Server = request.getfixturevalue(request.param)
    return found
