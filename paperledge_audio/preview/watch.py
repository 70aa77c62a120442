"""Follows scripts as they are saved: looks for changes, previews again, keeps the last good one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from paperledge_audio.errors import PaperledgeError
from paperledge_audio.preview import PreviewRequest, preview
from paperledge_audio.preview.history.comparison import listed
from paperledge_audio.show.loading import find_show

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperledge_audio.preview.page.clips import Recorder
    from paperledge_audio.preview.page.document import Json

LOOK_S = 0.1
"""Between two looks at the files."""
SETTLE_S = 0.04
"""A file that did not change for this long was saved, and is not being written."""

Stamps = dict["Path", tuple[int, int, int] | None]


class Board:
    """What is to be seen now, for any number of threads; each change has a number."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.number = 0
        self.document: Json = {"live": 0, "since": None, "episodes": [], "clips": {}}
        self.files: dict[str, bytes] = {}
        """Clips, by the names of their files."""

    def show(self, document: Json, files: dict[str, bytes]) -> None:
        """Replace what is to be seen and tell everybody who waits.

        The document gets the number as its `live`, by which a page knows what it shows.
        """
        with self._changed:
            self.number += 1
            self.document, self.files = {**document, "live": self.number}, files
            self._changed.notify_all()

    def newer(self, number: int, timeout_s: float) -> int:
        """Wait for a change after `number`; the number of the last one."""
        with self._changed:
            self._changed.wait_for(lambda: self.number > number, timeout_s)
            return self.number


class Watch:
    """A request that is answered again whenever one of its files changes."""

    def __init__(
        self, request: PreviewRequest, recorder: Recorder, read: Callable[[Path], bytes]
    ) -> None:
        self._request, self._recorder, self._read = request, recorder, read
        self._good: dict[str, Json] = {}
        self._files: dict[str, bytes] = {}
        self._looks: dict[str, Json] = {}

    def run(self, board: Board, stopping: threading.Event) -> None:
        """Keep `board` up to date until `stopping` is set."""
        seen: Stamps = {}
        while not stopping.is_set():
            stamps = self.stamps()
            if stamps == seen:
                stopping.wait(LOOK_S)
            elif not stopping.wait(SETTLE_S) and stamps == self.stamps():
                seen = stamps
                board.show(*self.refresh())

    def stamps(self) -> Stamps:
        """When each file that matters was last written; None where it is not there."""
        try:
            scripts = listed(self._request.paths, None)
        except PaperledgeError:  # the folder is empty just now
            scripts = self._request.paths
        files = dict.fromkeys(scripts)
        for show in {find_show(script) for script in scripts}:
            files |= dict.fromkeys([show, *(show.parent.parent / "voices").glob("*.toml")])
        return {file: _stamp(file) for file in files}

    def refresh(self) -> tuple[Json, dict[str, bytes]]:
        """The document as the files are now, and the clips it plays.

        A script that can't be spoken just now stays as it was when it could; the document's
        `problem` then says what is wrong.
        """
        problem: PaperledgeError | None = None
        episodes: list[Json] = list(self._good.values())
        try:
            made = preview(self._request, self._recorder, self._read)
        except PaperledgeError as error:
            problem, since = error, None
        else:
            problem, since = next(iter(made.broken), None), made.document["since"]
            new = {name: clip.mp3 for name, clip in made.clips.items()}
            self._files = {**self._files, **new}  # what the board shows now is not touched
            self._looks = {**self._looks, **made.document["clips"]}
            episodes = []
            for episode in made.document["episodes"]:
                if episode["status"] != "broken":
                    self._good[episode["path"]] = episode
                episodes.append(self._good.get(episode["path"], episode))
        names = _clips(episodes)
        self._files = {name: data for name, data in self._files.items() if name in names}
        self._looks = {name: look for name, look in self._looks.items() if name in names}
        stale = problem and any(episode["status"] != "broken" for episode in episodes)
        document = {
            "since": since,
            "episodes": episodes,
            "clips": self._looks,
            "problem": problem.facts() if problem and (stale or not episodes) else None,
        }
        return document, self._files


def _clips(episodes: list[Json]) -> set[str]:
    """The names of all clips that episodes play."""
    said = [segment for episode in episodes for segment in episode.get("segments", ())]
    for episode in episodes:
        for change in episode["changes"]:
            said += [change[side] for side in ("before", "after") if change[side]]
    return {one["clip"] for one in said}


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        facts = file.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino
