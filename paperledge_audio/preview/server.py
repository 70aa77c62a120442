"""Serves a live page to this machine's own browser: the page, its clips and change events.

The page may also ask for a word in another pronunciation, and to keep one. Only the page itself
can: a request needs the token that is in the page, and comes from its own address.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Protocol

from paperledge_audio.errors import DeliveryError, UsageError, explain, map_errors
from paperledge_audio.preview.page.files import ASSETS, LIVE, POLICY, read_asset, render_index

if TYPE_CHECKING:
    from paperledge_audio.preview.page.document import Json
    from paperledge_audio.preview.watch import LivePage


class WordDesk(Protocol):
    """What answers for single words; both raise PaperledgeError for what can't be."""

    def try_word(self, request: Json) -> tuple[Json, str, bytes]:
        """How a word is said: the answer, and a clip's name and MP3."""
        ...

    def keep_word(self, request: Json) -> Json:
        """Write down how a word is said."""
        ...


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
TOKEN = "X-Paperledge-Token"  # noqa: S105 - the header's name
LARGEST_REQUEST = 4096
"""Bytes: a word, how it is said, and where it stands."""
IDLE_S = 60.0
"""How long a connection may say nothing."""
_NO_JSON = (ValueError, RecursionError)
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


class Server(ThreadingHTTPServer):
    """A server of a live page at a port of the loopback address."""

    daemon_threads = True

    def __init__(self, live_page: LivePage, port: int, words: WordDesk | None = None) -> None:
        self.live_page, self.words = live_page, words
        self.token = secrets.token_urlsafe(32)
        self.tried: tuple[str, bytes] = ("", b"")
        """The name and the MP3 of the word that was tried last."""
        super().__init__((LOOPBACK, port), Handler)

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes the connection is not an error."""


class Handler(BaseHTTPRequestHandler):
    """Answers GET for the page's files and for `events`, and POST for words."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE_S

    def do_GET(self) -> None:
        """Answer one request."""
        name = self.path.partition("?")[0].removeprefix("/") or "index.html"
        if not self._is_meant():
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

    def do_POST(self) -> None:
        """Answer one request of the page itself; whoever else asks is refused unread."""
        words, length = self.server.words, self.headers.get("Content-Length", "")
        token = self.headers.get(TOKEN, "").encode()
        if not (
            self._is_meant()
            and self.headers.get("Origin") == f"http://{self.headers['Host']}"
            and self.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
            and hmac.compare_digest(token, self.server.token.encode())
        ):
            self._refuse(HTTPStatus.FORBIDDEN)
        elif words is None or self.path not in {"/words/try", "/words/keep"}:
            self._refuse(HTTPStatus.NOT_FOUND)
        elif self.headers.get("Content-Type") != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        elif not re.fullmatch(r"[0-9]{1,9}", length) or "Transfer-Encoding" in self.headers:
            self._refuse(HTTPStatus.LENGTH_REQUIRED)
        elif int(length) > LARGEST_REQUEST:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            status, answer = self._answer(words, self.rfile.read(int(length)))
            self._send(status, json.dumps(answer).encode(), "json")

    def _answer(self, words: WordDesk, body: bytes) -> tuple[HTTPStatus, Json]:
        try:
            with map_errors(
                UsageError, "the request is not JSON", "reload the page", foreign=_NO_JSON
            ):
                request = json.loads(body)
            if not isinstance(request, dict):
                raise UsageError("the request is not an object", "reload the page")
            if self.path == "/words/keep":
                return HTTPStatus.OK, words.keep_word(request)
            answer, name, mp3 = words.try_word(request)
        except Exception as error:  # noqa: BLE001 - the page shows it, and the server goes on
            return HTTPStatus.BAD_REQUEST, explain(error).facts()
        self.server.tried = name, mp3
        return HTTPStatus.OK, {**answer, "clip": name}

    def _is_meant(self) -> bool:
        """Whether it asks this machine, and not another site's name that resolves to it."""
        names = {f"{host}:{self.server.server_port}" for host in (LOOPBACK, "localhost")}
        return self.headers.get("Host") in names  # else: DNS rebinding

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True  # what it sent was not read
        self._send(status, b"", "json")

    def _file(self, name: str) -> bytes | None:
        live_page, (tried, mp3) = self.server.live_page, self.server.tried
        if name in {"index.html", "document.json"}:
            token = {"token": self.server.token} if self.server.words else {}
            document = {**live_page.document, **token}
            index = name == "index.html"
            return render_index(document) if index else json.dumps(document).encode()
        if name in {*ASSETS, *LIVE}:
            return read_asset(name)
        return live_page.files.get(name) or (mp3 if name == tried else None)

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


def open_server(live_page: LivePage, port: int, words: WordDesk | None = None) -> Server:
    """A server that is bound but not running; raises DeliveryError for a used port."""
    with map_errors(DeliveryError, f"can't serve at port {port}", "choose another --port"):
        return Server(live_page, port, words)
