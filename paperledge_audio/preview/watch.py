"""Previews scripts again whenever they are saved, and keeps the last good preview."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from paperledge_audio.errors import PaperledgeError, explain
from paperledge_audio.preview import PreviewRequest, preview
from paperledge_audio.preview.page.pieces import SIDES
from paperledge_audio.show.loading import find_show
from paperledge_audio.show.scripts import list_scripts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperledge_audio.preview.page.clips import Recorder
    from paperledge_audio.preview.page.document import Json

LOOK_S = 0.1
"""Seconds between two checks of the files."""
SETTLE_S = 0.04
"""A file that did not change for this long is completely written."""

Stamps = dict["Path", tuple[int, int, int] | None]


class LivePage:
    """The page's current content, for any number of threads; each change has a number."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.number = 0
        self.document: Json = {"live": 0, "since": None, "episodes": [], "clips": {}}
        self.files: dict[str, bytes] = {}
        """Clips, by the names of their files."""

    def show(self, document: Json, files: dict[str, bytes]) -> None:
        """Replace the content and wake all waiting threads.

        The document gets the change's number as its `live`.
        """
        with self._changed:
            self.number += 1
            self.document, self.files = {**document, "live": self.number}, files
            self._changed.notify_all()

    def wait_for_change(self, number: int, timeout_s: float) -> int:
        """Wait for a change after `number`; returns the number of the last one."""
        with self._changed:
            self._changed.wait_for(lambda: self.number > number, timeout_s)
            return self.number


class Watch:
    """Runs a preview request again whenever one of its files changes."""

    def __init__(
        self,
        request: PreviewRequest,
        recorder: Recorder,
        read: Callable[[Path], bytes],
        on_problem: Callable[[PaperledgeError], None] = lambda _problem: None,
        on_page: Callable[[Json, dict[str, bytes]], None] = lambda _document, _sounds: None,
    ) -> None:
        """`on_problem` is called with what is wrong with what was saved.

        `on_page` is called with each new page, its document and its clips, and may fail.
        """
        self._request, self._recorder, self._read = request, recorder, read
        self._on_problem, self._on_page = on_problem, on_page
        self._good: dict[str, Json] = {}
        self._files: dict[str, bytes] = {}
        self._looks: dict[str, Json] = {}
        self._around: list[Json] = []

    def run(self, live_page: LivePage, stopping: threading.Event) -> None:
        """Keep `live_page` up to date until `stopping` is set."""
        seen: Stamps = {}
        while not stopping.is_set():
            stamps = self.stamps()
            if stamps == seen:
                stopping.wait(LOOK_S)
            elif not stopping.wait(SETTLE_S) and stamps == self.stamps():
                seen = stamps
                page = self.refresh()
                live_page.show(*page)
                try:
                    self._on_page(*page)
                except PaperledgeError as error:
                    self._on_problem(error)

    def stamps(self) -> Stamps:
        """When each relevant file was last written; None if it doesn't exist."""
        scripts = self._request.paths
        files = dict.fromkeys(scripts)
        with suppress(PaperledgeError, OSError):  # the folder is empty or gone just now
            files |= dict.fromkeys(scripts := list_scripts(scripts))
            for show in {find_show(script) for script in scripts}:
                files |= dict.fromkeys([show, *(show.parent.parent / "voices").glob("*.toml")])
        return {file: _stamp_file(file) for file in files}

    def refresh(self) -> tuple[Json, dict[str, bytes]]:
        """The document for the current files, and its clips.

        A script that can't be spoken now keeps its last good preview, with the error as its
        `problem`.
        """
        problem: PaperledgeError | None = None
        episodes: list[Json] = list(self._good.values())
        try:
            made = preview(self._request, self._recorder, self._read)
        except Exception as error:  # noqa: BLE001 - the next save is waited for all the same
            problem, since = explain(error), None
        else:
            problem, since = next(iter(made.broken), None), made.document["since"]
            self._files = {**self._files, **made.sounds}  # what is shown now is not touched
            self._looks = {**self._looks, **made.document["clips"]}
            self._around = made.document["around"]
            episodes = []
            for episode in made.document["episodes"]:
                if episode["status"] != "broken":
                    self._good[episode["path"]] = episode
                episodes.append(self._good.get(episode["path"], episode))
        names = _list_clips(episodes) | _list_music(self._around)
        self._files = {name: data for name, data in self._files.items() if name in names}
        self._looks = {name: look for name, look in self._looks.items() if name in names}
        if problem:
            self._on_problem(problem)
        stale = problem and any(episode["status"] != "broken" for episode in episodes)
        document = {
            "since": since,
            "around": self._around,
            "episodes": episodes,
            "clips": self._looks,
            "problem": problem.facts() if problem and (stale or not episodes) else None,
        }
        return document, self._files


def _list_clips(episodes: list[Json]) -> set[str]:
    """The names of all clips of episodes."""
    said = [segment for episode in episodes for segment in episode.get("segments", ())]
    for episode in episodes:
        for change in episode["changes"]:
            said += [change[side] for side in ("before", "after") if change[side]]
    takes = [*said, *(one["plain"] for one in said if one["plain"])]
    return {one["clip"] for one in takes}


def _list_music(around: list[Json]) -> set[str]:
    """The names of the clips of music that changed."""
    return {change[side]["clip"] for change in around for side in SIDES if change[side]}


def _stamp_file(file: Path) -> tuple[int, int, int] | None:
    try:
        facts = file.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino
