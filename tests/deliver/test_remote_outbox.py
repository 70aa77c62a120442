"""Outboxes on servers: whoever reads a manifest gets a whole version, or none."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.deliver.outbox import remote
from paperledge_audio.deliver.outbox.remote import RemoteOutbox
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.remote import folder
from paperledge_audio.show.model import Show
from tests.deliver.making import EPISODE, plain_artwork, released
from tests.servers import CUT, REFUSE, S3, SFTP, Server

MANIFEST = "look/look.manifest.json"


@pytest.fixture(scope="module")
def releases(show: Show, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same episode before and after a correction."""
    top = tmp_path_factory.mktemp("releases")
    quick = dataclasses.replace(show, artwork=plain_artwork(top))
    later = dataclasses.replace(EPISODE, title="Corrected")
    return (
        released(quick, top / "before", "look").folder,
        released(quick, top / "after", "look", later).folder,
    )


def contents(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in place.iterdir()}


def read_as_documented(files: dict[str, bytes]) -> dict[str, bytes] | None:
    """What an uploader takes of "look", as docs/PUBLISHING.md says."""
    manifest = files.get(MANIFEST)
    if manifest is None:
        return None
    version = hashlib.sha256(manifest).hexdigest()[:16]
    found = {"look.manifest.json": manifest}
    for row in json.loads(manifest)["files"]:
        data = files[f"look/{version}/{row['name']}"]
        assert (len(data), hashlib.sha256(data).hexdigest()) == (row["bytes"], row["sha256"])
        found[row["name"]] = data
    return found


def changes(server: Server) -> list[str]:
    """The requests that write files, as far as they were seen."""
    return [what for what in server.script.seen if what.startswith(("PUT", "posix_rename"))]


def test_a_release_is_handed_over_whole_and_replaced_whole(
    releases: tuple[Path, Path], server: Server
) -> None:
    for release in (*releases, releases[0]):
        place = RemoteOutbox(server.address).hand_over(release)
        files = server.files()
        assert read_as_documented(files) == contents(release)
        assert place.startswith(f"{server.address}/look/")


def test_the_version_before_stays_for_a_while(
    releases: tuple[Path, Path], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = RemoteOutbox(server.address)
    box.hand_over(releases[0])
    begun = server.files()
    monkeypatch.setattr(remote, "ABANDONED_S", -1)
    box.hand_over(releases[1])
    now = server.files()
    assert all(now[name] == data for name, data in begun.items() if name != MANIFEST)
    box.hand_over(releases[1])
    assert len(server.files()) == len(contents(releases[1]))


def test_what_is_there_is_not_sent_again(releases: tuple[Path, Path], server: Server) -> None:
    box = RemoteOutbox(server.address)
    box.hand_over(releases[0])
    assert len(changes(server)) == len(contents(releases[0]))
    server.script.seen.clear()
    box.hand_over(releases[0])
    assert changes(server) == []


def test_a_file_with_other_bytes_is_sent_again(releases: tuple[Path, Path], server: Server) -> None:
    box = RemoteOutbox(server.address)
    box.hand_over(releases[0])
    name = next(name for name in server.files() if name.endswith(".mp3"))
    server.place(name, bytes(len(server.files()[name])))
    server.script.seen.clear()
    box.hand_over(releases[0])
    assert read_as_documented(server.files()) == contents(releases[0])
    assert len(changes(server)) == 1


def test_a_server_that_fails_at_any_request_keeps_the_one_version_or_the_other(
    releases: tuple[Path, Path], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "PAUSES_S", ())
    before, after = releases
    box = RemoteOutbox(server.address)
    box.hand_over(before)
    seen: list[str] = []
    for step in range(1, 1000, 3):
        server.script.refuse_from(step)
        try:
            box.hand_over(after)
            said = ""
        except DeliveryError as error:
            said = str(error)
        server.script.reset()
        found = read_as_documented(server.files())
        assert found in (contents(before), contents(after))
        seen.append("after" if found == contents(after) else "before")
        if not said:
            break
        assert said.startswith(f"{server.address}")
    assert seen == sorted(seen, key=["before", "after"].index)
    assert seen[0] == "before"
    assert seen[-1] == "after"
    monkeypatch.setattr(remote, "ABANDONED_S", -1)
    box.hand_over(after)
    assert len(server.files()) == len(contents(after))


@pytest.mark.parametrize("how", [REFUSE, CUT])
def test_a_request_in_seven_may_fail(releases: tuple[Path, Path], server: Server, how: str) -> None:
    box = RemoteOutbox(server.address)
    box.hand_over(releases[0])
    server.script.every(7 if isinstance(server, S3) else 23, how)
    box.hand_over(releases[1])
    server.script.reset()
    assert read_as_documented(server.files()) == contents(releases[1])


UPLOAD = """
import sys
from pathlib import Path
from paperledge_audio.deliver.outbox.remote import RemoteOutbox
from paperledge_audio.files.remote.address import parse_address
RemoteOutbox(parse_address(sys.argv[1])).hand_over(Path(sys.argv[2]))
"""


def test_a_killed_upload_is_resumed(releases: tuple[Path, Path], server: Server) -> None:
    process: list[subprocess.Popen[bytes]] = []

    def kill(_number: int, what: str) -> str:
        if what.startswith(("PUT", "posix_rename")) and len(changes(server)) == 4:
            os.kill(process[0].pid, signal.SIGKILL)
            process[0].wait()
            return CUT
        return ""

    server.script.disturb = kill
    address = str(server.address).replace("://", "://ann@") if isinstance(server, SFTP) else str(
        server.address)  # fmt: skip
    command = [sys.executable, "-c", UPLOAD, address, str(releases[0])]
    process.append(subprocess.Popen(command))
    assert process[0].wait(60) == -signal.SIGKILL
    assert MANIFEST not in server.files()
    server.script.reset()
    RemoteOutbox(server.address).hand_over(releases[0])
    assert read_as_documented(server.files()) == contents(releases[0])
    assert len(changes(server)) == len(contents(releases[0])) - 3


def test_what_was_abandoned_for_a_day_is_removed(
    releases: tuple[Path, Path], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = "0123456789abcdef"
    for name in ("look.mp3", ".look.mp3.01234567.part", "diary.txt"):
        server.place(f"look/{version}/{name}", b"x")
    box = RemoteOutbox(server.address)
    box.hand_over(releases[0])
    assert f"look/{version}/look.mp3" in server.files()
    monkeypatch.setattr(remote, "ABANDONED_S", -1)
    box.hand_over(releases[0])
    assert [name for name in server.files() if version in name] == [f"look/{version}/diary.txt"]


def test_what_another_upload_removes_is_sent_again(releases: tuple[Path, Path], s3: S3) -> None:
    """The other one has replaced a version that this one puts back."""

    def interfere(_number: int, what: str) -> str:
        if what.startswith("PUT") and what.endswith(MANIFEST) and removed:
            s3.client.delete_object(Bucket=s3.bucket, Key=f"{s3.path}/{removed.pop()}")
        return ""

    RemoteOutbox(s3.address).hand_over(releases[0])
    removed = [name for name in s3.files() if name.endswith("look.mp3")]
    RemoteOutbox(s3.address).hand_over(releases[1])
    s3.script.disturb = interfere
    RemoteOutbox(s3.address).hand_over(releases[0])
    assert removed == []
    assert read_as_documented(s3.files()) == contents(releases[0])


def test_uploads_at_once_leave_one_version_whole(
    releases: tuple[Path, Path], server: Server
) -> None:
    def upload(release: Path) -> None:
        with suppress(DeliveryError):  # another one has won
            RemoteOutbox(server.address).hand_over(release)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upload, releases * 2))
    found = read_as_documented(server.files())
    assert found in (contents(releases[0]), contents(releases[1]))


def test_bytes_that_change_on_their_way_are_found(
    releases: tuple[Path, Path], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = folder.RemoteFolder._send

    def spoil(self: folder.RemoteFolder, system: Any, path: str, data: Any) -> None:
        send(self, system, path, bytes(len(Path(data).read_bytes())))

    monkeypatch.setattr(folder.RemoteFolder, "_send", spoil)
    with pytest.raises(DeliveryError, match="arrived as something else"):
        RemoteOutbox(server.address).hand_over(releases[0])
    assert MANIFEST not in server.files()


def test_what_is_not_ours_is_kept(releases: tuple[Path, Path], server: Server) -> None:
    box = RemoteOutbox(server.address)
    server.place(MANIFEST, b'{"mine": true}')
    for act in (lambda: box.check("look", "studio"), lambda: box.hand_over(releases[0]),
                lambda: box.withdraw("look")):  # fmt: skip
        with pytest.raises(DeliveryError, match="was not made by this program"):
            act()
    assert server.files() == {MANIFEST: b'{"mine": true}'}
    box.hand_over(releases[0], force=True)
    assert read_as_documented(server.files()) == contents(releases[0])


def test_a_draft_replaces_no_studio_release(releases: tuple[Path, Path], server: Server) -> None:
    box = RemoteOutbox(server.address)
    box.check("look", "draft")
    box.hand_over(releases[0])
    box.check("look", "studio")
    with pytest.raises(DeliveryError, match="is in studio quality"):
        box.check("look", "draft")
    box.check("look", "draft", force=True)


def test_an_episode_is_withdrawn_its_manifest_first(
    releases: tuple[Path, Path], server: Server
) -> None:
    box = RemoteOutbox(server.address)
    box.hand_over(releases[0])
    server.place("look/diary.txt", b"mine")
    server.place("other/diary.txt", b"mine")
    server.script.seen.clear()
    done = box.withdraw("look")
    assert (done.files, done.kept) == (len(contents(releases[0])), ("diary.txt",))
    assert done.bytes == sum(map(len, contents(releases[0]).values()))
    assert set(server.files()) == {"look/diary.txt", "other/diary.txt"}
    if isinstance(server, S3):
        gone = [what for what in server.script.seen if what.startswith("DELETE")]
        assert gone[0].endswith(MANIFEST)
    with pytest.raises(DeliveryError, match="is not in the outbox"):
        box.withdraw("look")


def test_a_list_says_what_is_whole(releases: tuple[Path, Path], server: Server) -> None:
    box = RemoteOutbox(server.address)
    assert [*box.list_episodes()] == []
    box.hand_over(releases[0])
    server.place("diary/note.txt", b"mine")
    server.place("half/0123456789abcdef/half.mp3", b"x")
    server.place("odd/odd.manifest.json", b"{}")
    half, look, odd = box.list_episodes()
    assert (look.slug, look.title, look.quality, look.problem) == (
        "look", EPISODE.title, "studio", "",
    )  # fmt: skip
    assert (half.slug, half.problem) == ("half", "has no manifest")
    assert odd.problem.startswith("its manifest breaks its schema")
    name = next(name for name in server.files() if name.endswith("look.mp3"))
    server.place(name, b"cut")
    (look,) = (one for one in box.list_episodes() if one.slug == "look")
    assert look.problem == "look.mp3 is missing or has another size"
