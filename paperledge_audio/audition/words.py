"""How a word of a script is said: heard, tried in other ways, and kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.audition.pronunciations import list_alternatives, mark_up
from paperledge_audio.errors import PaperledgeError, ScriptError, UsageError, brief
from paperledge_audio.files.reading import read_bytes, read_text, real_path
from paperledge_audio.files.writing import rewrite
from paperledge_audio.plan import plan_line
from paperledge_audio.preview.page.clips import QUALITY
from paperledge_audio.script.editing import set_pronunciation
from paperledge_audio.script.limits import SCRIPT
from paperledge_audio.show.editing import set_toml_value
from paperledge_audio.show.loading import find_show, load_show
from paperledge_audio.spoken.lexicon.entries import make_entry

if TYPE_CHECKING:
    from paperledge_audio.preview.page.clips import Recorder
    from paperledge_audio.preview.page.document import Json
    from paperledge_audio.preview.watch import LivePage
    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.profiles import Voice


def keep_pronunciation(word: str, said: str, path: Path) -> None:
    """Write into show.toml, a voice's profile or a script's header that `word` is said as `said`.

    The rest of the file stays as it is. Raises UsageError for what is no word, SpokenError for what
    is no entry, ShowError and ScriptError for a file that can't take one.
    """
    if not (word.strip() and word.isprintable()):
        raise UsageError(f"{brief(word)} is not a word", "name a word or a name")
    make_entry(word, said)
    before = read_text(path, SCRIPT.largest, SCRIPT.what, error=ScriptError)
    if path.suffix == ".toml":
        after = set_toml_value(before, "pronounce", word, said, path)
    else:
        after = set_pronunciation(before, word, said, str(path))
    rewrite(path, after.encode())


def find_table(show: Show, near: Path, voice: Voice | None = None) -> Path:
    """The show.toml of a show, or the profile of its own voice, to write an entry into.

    `near`: the script that the show was looked for from. Raises PaperledgeError for what comes with
    this program, whose files are no show's but that of its own examples.
    """
    is_own = show.folder in real_path(near).parents
    if voice and not (is_own and real_path(voice.path).parent == real_path(show.voices_folder)):
        what = f"the profile of {voice.name} comes with this program"
        raise PaperledgeError(what, f"leave --voice out, or name a voice of {show.voices_folder}")
    if not is_own:
        raise PaperledgeError(
            "there is no show.toml here", "go to the show's folder, or choose a script"
        )
    return voice.path if voice else show.path


@dataclass(frozen=True, slots=True)
class ScriptWord:
    """A word of a script that a preview shows."""

    script: Path
    segment: int
    """Where its segment is among those of the script."""
    text: str


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What decides how a word is said; the show has the script's own entries as well."""

    show: Show
    voice: Voice
    own: frozenset[str]
    """Words whose entries here are stronger than the show's."""


class WordEditor:
    """Answers a live page: speaks its words, and keeps how they are said.

    A request has `path` and `segment` (where the page shows the word), `word` and `said`, an entry
    of the lexicon.
    """

    def __init__(self, recorder: Recorder, live_page: LivePage) -> None:
        self._recorder, self._live_page = recorder, live_page

    def try_word(self, request: Json) -> tuple[Json, str, bytes]:
        """The word alone as `said`, or as now where that is empty, and the ways to say it.

        Raises UsageError for what is not a word or not in the script, SpokenError for what is no
        entry, and what planning and speaking raise.
        """
        word, said = self._read(request), _read_text(request, "said")
        around = self._look_around(word)
        ways = list_alternatives(word.text, around.show, around.voice, (said,) if said else ())
        line = mark_up(word.text, said or ways[0].entry)
        store = self._recorder.store
        plan = plan_line(line, around.show, around.voice, quality=QUALITY, store=store)
        (spoken, *_) = self._recorder.record(plan).values()
        return {"ways": [asdict(way) for way in ways]}, spoken.clip.name, spoken.clip.mp3

    def keep_word(self, request: Json) -> Json:
        """Write the entry where it counts: in show.toml, or in the script's header.

        That is for `script_only`, and for a word that the voice or the script has an entry for.
        """
        word, said = self._read(request), _read_text(request, "said")
        around = self._look_around(word)
        in_script = request.get("script_only") is True or word.text in around.own
        path = word.script if in_script else find_table(around.show, word.script)
        keep_pronunciation(word.text, said, path)
        return {"path": str(path)}

    def _read(self, request: Json) -> ScriptWord:
        """The word of a request; raises UsageError for a script that the page doesn't show."""
        path, segment = _read_text(request, "path"), request.get("segment")
        shown = {episode["path"] for episode in self._live_page.document["episodes"]}
        if path not in shown or not isinstance(segment, int):
            raise UsageError("the page doesn't show that script", "reload the page")
        return ScriptWord(Path(path), segment, _read_text(request, "word"))

    def _look_around(self, word: ScriptWord) -> _Surroundings:
        show = load_show(find_show(word.script))
        source = read_bytes(word.script, SCRIPT.largest, SCRIPT.what, error=ScriptError)
        plan = self._recorder.plan(source, str(word.script), show)
        found = plan.segments[word.segment : word.segment + 1] if word.segment >= 0 else ()
        if not found or word.text not in found[0].text:
            raise UsageError(
                f"{word.text[:40]!r} is not there any more", "wait until the page is up to date"
            )
        voice = plan.voices[found[0].voice]
        script = dict(plan.script.episode.pronounce)
        return _Surroundings(
            replace(show, pronounce=show.pronounce | script),
            replace(voice, pronounce=tuple((dict(voice.pronounce) | script).items())),
            frozenset((*script, *dict(voice.pronounce))),
        )


def _read_text(request: Json, key: str) -> str:
    text = request.get(key)
    if not isinstance(text, str):
        raise UsageError(f"{key} is not a text", "reload the page")
    return text.strip()
