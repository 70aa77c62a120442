"""Previews: scripts, or changes to them, in draft quality and without music, as one web page."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.errors import PaperledgeError
from paperledge_audio.preview.history.comparison import (
    ComparedScript,
    Status,
    compare_scripts,
)
from paperledge_audio.preview.history.snapshot import open_snapshot
from paperledge_audio.preview.page.around import describe_around
from paperledge_audio.preview.page.document import EpisodePage, describe_clip, describe_episode
from paperledge_audio.show.scripts import list_scripts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from paperledge_audio.preview.history.snapshot import Snapshot
    from paperledge_audio.preview.page.clips import PreviewClip, Recorder
    from paperledge_audio.preview.page.document import Json

__all__ = ["ComparedScript", "Preview", "PreviewRequest", "Status", "preview"]


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """What to preview."""

    paths: tuple[Path, ...]
    """Scripts or folders of scripts."""
    since: str = ""
    """The git reference to compare with; empty: speak everything."""
    whole: bool = False
    """Whether to speak what did not change, too."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The page's document, its clips by file name, and the comparison."""

    compared: tuple[ComparedScript, ...]
    document: Json
    clips: dict[str, PreviewClip]

    @property
    def sounds(self) -> dict[str, bytes]:
        """The clips' MP3s, by file name."""
        return {name: clip.mp3 for name, clip in self.clips.items()}

    @property
    def broken(self) -> tuple[PaperledgeError, ...]:
        """The errors of scripts that could not be previewed."""
        return tuple(found.problem for found in self.compared if found.problem)


def preview(request: PreviewRequest, recorder: Recorder, read: Callable[[Path], bytes]) -> Preview:
    """Compare, speak and describe scripts; `read` reads a script's bytes.

    An error of one script is in its place. Raises HistoryError for errors of the repository,
    ScriptError for a folder without scripts.
    """
    with ExitStack() as stack:
        history = (
            stack.enter_context(open_snapshot(request.paths[0], request.since))
            if request.since
            else None
        )
        paths = list_scripts(request.paths, *([history.list_scripts] if history else []))
        compared = compare_scripts(paths, history, read, recorder.plan)
        parts = tuple(_describe_episodes(compared, recorder, whole=request.whole))
        around, pieces = describe_around((found for found, _ in parts), history)
        since = _describe_since(history)
    clips = pieces | {name: clip for _, part in parts for name, clip in part.clips.items()}
    document = {
        "since": since,
        "around": around,
        "episodes": [part.document for _, part in parts],
        "clips": {name: describe_clip(clip) for name, clip in sorted(clips.items())},
    }
    return Preview(tuple(found for found, _ in parts), document, clips)


def _describe_episodes(
    compared: Sequence[ComparedScript], recorder: Recorder, *, whole: bool
) -> Iterator[tuple[ComparedScript, EpisodePage]]:
    for found in compared:
        try:
            yield found, describe_episode(found, recorder, whole=whole)
        except PaperledgeError as error:
            broken = replace(
                found, status=Status.BROKEN, before=None, after=None, changes=(), problem=error
            )
            yield broken, describe_episode(broken, recorder, whole=whole)


def _describe_since(history: Snapshot | None) -> Json | None:
    return {"ref": history.ref, "commit": history.commit[:10]} if history else None
