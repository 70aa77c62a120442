"""A page that follows the tone show's script, served to this machine only."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.audition.words import WordEditor
from paperledge_audio.cli.support.common import read_source
from paperledge_audio.engines import make_pool
from paperledge_audio.preview import PreviewRequest
from paperledge_audio.preview.page.clips import Recorder
from paperledge_audio.preview.server import TOKEN, Server, open_server
from paperledge_audio.preview.watch import LivePage, Watch
from paperledge_audio.takes import TakeStore

ONE = Path("scripts/one-hand.md")


@dataclass
class Followed:
    """What follows the script, and where it is seen."""

    watch: Watch
    live_page: LivePage
    server: Server

    def get(self, path: str, **headers: str) -> tuple[int, Message, bytes]:
        """The server's answer: status, headers, body."""
        with closing(self.connected()) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def post(self, path: str, body: bytes, **headers: str) -> tuple[int, dict[str, Any]]:
        """The answer to what the page itself would send, but for `headers`: status and body."""
        address = self.server.url.rstrip("/")
        own = {"Origin": address, "Content-Type": "application/json", TOKEN: self.server.token}
        with closing(self.connected()) as connection:
            connection.request("POST", path, body, own | headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")

    def connected(self) -> http.client.HTTPConnection:
        """A connection to the server."""
        return http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)


@pytest.fixture
def followed(show_folder: Path, tmp_path: Path) -> Iterator[Followed]:
    """The show's script, previewed once and served."""
    with make_pool(1) as pool:
        recorder = Recorder(TakeStore(tmp_path / "cache"), pool)
        watch, live_page = Watch(PreviewRequest((ONE,)), recorder, read_source), LivePage()
        with open_server(live_page, 0, WordEditor(recorder, live_page)) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            live_page.show(*watch.refresh())
            yield Followed(watch, live_page, server)
            server.shutdown()
            thread.join()
