"""A file that somebody named is read if it is one, whole, and not without limit."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from paperledge_audio.errors import ShowError, VoiceError
from paperledge_audio.files import reading as files
from paperledge_audio.files.reading import open_file, read_bytes


def test_a_file_is_read_whole_up_to_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"12345")
    (tmp_path / "link").symlink_to(file)
    assert read_bytes(file, 5, "a text", error=ShowError) == b"12345"
    assert read_bytes(tmp_path / "link", 5, "a text", error=ShowError) == b"12345"
    with open_file(file, 5, "a text", error=ShowError) as opened:
        assert opened.read() == b"12345"
    os.truncate(file, 1_500_001)
    with pytest.raises(ShowError) as caught:
        read_bytes(file, 1_500_000, "a text", error=ShowError)
    assert str(caught.value) == f"{file}: is larger than 1.5 MB; name a text"


def test_the_caller_says_which_error_it_is(tmp_path: Path) -> None:
    with pytest.raises(VoiceError) as caught:
        read_bytes(tmp_path / "none", 10, "a voice pack", error=VoiceError)
    assert str(caught.value) == (
        f"{tmp_path}/none: can't be read: No such file or directory; name a voice pack"
    )


def test_what_is_no_file_is_named_and_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("was opened"))
    for name in ("pipe", "device", "socket"):
        with pytest.raises(ShowError, match=rf"{name}: is a {name}, not a file; name a text"):
            open_file(tmp_path / name, 10, "a text", error=ShowError)
    with pytest.raises(ShowError, match="is a folder, not a file"):
        open_file(tmp_path, 10, "a text", error=ShowError)


def test_a_file_that_becomes_a_pipe_meanwhile_makes_nobody_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "x")
    (tmp_path / "before").write_bytes(b"a file")
    before = (tmp_path / "before").stat()
    monkeypatch.setattr(Path, "stat", lambda _path, **_: before)
    with pytest.raises(ShowError, match="is a pipe"):
        open_file(tmp_path / "x", 10, "a text", error=ShowError)


def test_a_file_that_grows_meanwhile_is_still_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").write_bytes(bytes(100))
    monkeypatch.setattr(files, "_find_fault", lambda _facts, _limit: "")
    with pytest.raises(ShowError, match="is larger than"):
        read_bytes(tmp_path / "x", 99, "a text", error=ShowError)


def test_a_file_that_may_not_be_read_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    (tmp_path / "x").write_bytes(b"1")
    monkeypatch.setattr(os, "open", forbidden)
    with pytest.raises(ShowError, match="x: can't be read: Permission denied; name a text"):
        read_bytes(tmp_path / "x", 10, "a text", error=ShowError)
    with pytest.raises(ShowError, match="can't be read: embedded null byte; name a text"):
        read_bytes(tmp_path / "a\0b", 10, "a text", error=ShowError)
