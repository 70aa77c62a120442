"""Previews: what scripts sound like, or what a change to them does, as one web page.

Drafts, and of what changed only; speech without its music, which no edit of a script changes.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.errors import PaperledgeError
from paperledge_audio.preview.history.comparison import Compared, Status, listed, look
from paperledge_audio.preview.history.past import past
from paperledge_audio.preview.page.document import EpisodePage, clip_document, episode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from paperledge_audio.preview.history.past import Past
    from paperledge_audio.preview.page.clips import PreviewClip, Recorder
    from paperledge_audio.preview.page.document import Json

__all__ = ["Compared", "Preview", "PreviewRequest", "Status", "preview"]


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """What to preview."""

    paths: tuple[Path, ...]
    """Scripts, or folders of them."""
    since: str = ""
    """The git reference to compare with; empty to hear all of it."""
    whole: bool = False
    """Whether to hear what did not change, too."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What was found, the document that the page shows, and the clips beside it by file name."""

    compared: tuple[Compared, ...]
    document: Json
    clips: dict[str, PreviewClip]

    @property
    def broken(self) -> tuple[PaperledgeError, ...]:
        """What was wrong with scripts that could not be previewed."""
        return tuple(found.problem for found in self.compared if found.problem)


def preview(request: PreviewRequest, recorder: Recorder, read: Callable[[Path], bytes]) -> Preview:
    """Compare, speak what is to be heard, describe it; `read` gives a script's bytes.

    What is wrong with one script is told in its place. Raises HistoryError for what the
    repository can't tell, ScriptError for a folder without scripts.
    """
    with ExitStack() as stack:
        history = (
            stack.enter_context(past(request.paths[0], request.since)) if request.since else None
        )
        compared = look(listed(request.paths, history), history, read, recorder.plan)
        parts = tuple(_parts(compared, recorder, whole=request.whole))
        since = _since(history)
    clips = {name: clip for _, part in parts for name, clip in part.clips.items()}
    document = {
        "since": since,
        "episodes": [part.document for _, part in parts],
        "clips": {name: clip_document(clip) for name, clip in sorted(clips.items())},
    }
    return Preview(tuple(found for found, _ in parts), document, clips)


def _parts(
    compared: Sequence[Compared], recorder: Recorder, *, whole: bool
) -> Iterator[tuple[Compared, EpisodePage]]:
    for found in compared:
        try:
            yield found, episode(found, recorder, whole=whole)
        except PaperledgeError as error:
            broken = replace(
                found, status=Status.BROKEN, before=None, after=None, changes=(), problem=error
            )
            yield broken, episode(broken, recorder, whole=whole)


def _since(history: Past | None) -> Json | None:
    return {"ref": history.ref, "commit": history.commit[:10]} if history else None
