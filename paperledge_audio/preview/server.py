"""Serves a live page to this machine's own browser: the page, its clips and change events."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from paperledge_audio.errors import DeliveryError, map_errors
from paperledge_audio.preview.page.files import ASSETS, POLICY, read_asset, render_index

if TYPE_CHECKING:
    from paperledge_audio.preview.watch import LivePage

LOOPBACK = "127.0.0.1"
HEARTBEAT_S = 15.0
"""An event stream sends something at least this often, so that a closed one ends."""
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "mp3": "audio/mpeg",
}
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


class Server(ThreadingHTTPServer):
    """A server of a live page at a port of the loopback address."""

    daemon_threads = True

    def __init__(self, live_page: LivePage, port: int) -> None:
        self.live_page = live_page
        super().__init__((LOOPBACK, port), Handler)

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes the connection is not an error."""


class Handler(BaseHTTPRequestHandler):
    """Answers GET for the page's files and for `events`."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer one request."""
        names = {f"{host}:{self.server.server_port}" for host in (LOOPBACK, "localhost")}
        name = self.path.partition("?")[0].removeprefix("/") or "index.html"
        if (
            self.headers.get("Host") not in names
        ):  # DNS rebinding: another site's name that resolves to this machine
            self._send(HTTPStatus.FORBIDDEN, b"", "json")
        elif name == "events":
            self._events()
        else:
            data = self._file(name)
            kind = name.rpartition(".")[2]
            if data is None:
                self._send(HTTPStatus.NOT_FOUND, b"", "json")
            elif kind == "mp3":
                self._part(data)
            else:
                self._send(HTTPStatus.OK, data, kind)

    def _file(self, name: str) -> bytes | None:
        live_page = self.server.live_page
        if name == "index.html":
            return render_index(live_page.document)
        if name == "document.json":
            return json.dumps(live_page.document).encode()
        return read_asset(name) if name in ASSETS else live_page.files.get(name)

    def _part(self, data: bytes) -> None:
        """A clip, or the range that a player requests (RFC 9110, section 14)."""
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        start = int(asked[1]) if asked else 0
        if not asked or start >= len(data):
            self._send(HTTPStatus.OK, data, "mp3")
            return
        end = min(int(asked[2] or len(data)), len(data) - 1)
        place = f"bytes {start}-{end}/{len(data)}"
        self._send(HTTPStatus.PARTIAL_CONTENT, data[start : end + 1], "mp3", place)

    def _send(self, status: HTTPStatus, data: bytes, kind: str, place: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", TYPES[kind])
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=3600" if kind == "mp3" else "no-store")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        if kind == "mp3":
            self.send_header("Accept-Ranges", "bytes")
        if place:
            self.send_header("Content-Range", place)
        self.end_headers()
        self.wfile.write(data)

    def _events(self) -> None:
        """Server-sent events: a number for each change, until the browser disconnects."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        seen = self.headers.get("Last-Event-ID") or self.path.partition("?after=")[2]
        number = int(seen) if re.fullmatch(r"[0-9]{1,12}", seen) else 0
        try:
            while True:
                latest = self.server.live_page.wait_for_change(number, HEARTBEAT_S)
                news = (
                    f"id: {latest}\ndata: {latest}\n\n" if latest > number else ": still here\n\n"
                )
                number = latest
                self.wfile.write(news.encode())
                self.wfile.flush()
        except OSError:
            self.close_connection = True

    def log_message(self, *_arguments: Any) -> None:
        """Print nothing: the terminal is the command's."""


def open_server(live_page: LivePage, port: int) -> Server:
    """A server that is bound but not running; raises DeliveryError for a used port."""
    with map_errors(DeliveryError, f"can't serve at port {port}", "choose another --port"):
        return Server(live_page, port)
