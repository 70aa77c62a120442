"""The standard streams, made fit for whatever is printed on them."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys

_STREAMS = {"stdin": "r", "stdout": "w", "stderr": "w"}
"""In the order of their numbers."""


_AGAIN = "from paperledge_audio.cli import entry; entry()"


def restart_in_utf8() -> None:
    """Begin again where names of files aren't UTF-8: most names could not be used or made then.

    Python decides once, when it starts, and takes ASCII or Latin-1 where the locale says so and its
    own UTF-8 mode is off (PEP 540). What is printed stays in the locale's encoding.
    """
    if sys.getfilesystemencoding() == "utf-8" or "utf8" in sys._xoptions:  # noqa: SLF001
        return
    if sys.stdout and codecs.lookup(sys.stdout.encoding).name != "ascii":
        os.environ.setdefault("PYTHONIOENCODING", sys.stdout.encoding)
    options = ("-P", "-X", "utf8", "-c", _AGAIN)  # -P: nothing is imported from the working folder
    os.execv(sys.executable, [sys.executable, *options, *sys.argv[1:]])  # noqa: S606


def open_streams() -> None:
    """Have all three; one that is closed leads nowhere.

    Otherwise the next file that is opened would get its number, and what libraries print.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) < len(_STREAMS):
        os.set_inheritable(number, True)  # noqa: FBT003 - the system's signature
    os.close(number)
    for number, (name, mode) in enumerate(_STREAMS.items()):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def encode_anything() -> None:
    """Have no text fail that the locale's encoding lacks letters for.

    Names of files keep their bytes on standard output.
    """
    codecs.register_error(_handle_unencodable.__name__, _handle_unencodable)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors=_handle_unencodable.__name__)


def _handle_unencodable(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return b"".join(map(_encoded, error.object[error.start : error.end])), error.end


def _encoded(char: str) -> bytes:
    """A byte of a file's name as it is, else escapes as JSON has them."""
    try:
        return char.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return json.dumps(char)[1:-1].encode()
