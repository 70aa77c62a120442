"""Episodes made by hand: tones for speech, words spread evenly over them."""

from __future__ import annotations

import dataclasses
import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from paperledge_audio.deliver import Edition, Narrator, Release
from paperledge_audio.engines.model import Word
from paperledge_audio.files.hashing import sha256
from paperledge_audio.master.model import Bounce
from paperledge_audio.mix.model import Chapter, Cue, Timeline
from paperledge_audio.render import make_release
from paperledge_audio.script.model import Episode, Heading, Paper, Script, Speech
from paperledge_audio.show.model import Show
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.measuring.meter import measure_loudness
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.voices.profiles import Consent

RATE = 44100
STOCK = Consent("A stock voice.")
VOICES = {
    "ernis": Narrator(
        "Ernis", "Apache-2.0", "kokoro/1", STOCK, {"ernis.bin": "0" * 64}, timbre_sha256="1" * 64
    ),
    "emma": Narrator(
        "Emma", "Apache-2.0", "kokoro/2", STOCK, {"emma.bin": "e" * 64}, timbre_sha256="2" * 64
    ),
}
SPEAKERS = {name: voice.name for name, voice in VOICES.items()}

EPISODE = Episode(
    title="How a model learns to look",
    date=datetime.date(2025, 10, 21),
    number=7,
    season=2,
    authors=("Ada Example", "Bo Beispiel"),
    paper=Paper("Learning to look", "https://papers.example/abs/1234.5678"),
    category="Computer Vision",
    summary="What a small network sees, and why that is enough.",
)

SCRIPT = Script(
    EPISODE,
    (
        Speech("Hello crew, we look at looking today. It is a short story, told twice.", 3),
        Heading("The idea", 5),
        Speech("A network, they say, sees what it must; no more.", 7),
        Heading("Why it matters", 9),
        Speech("Because less can be enough.", 11),
    ),
)
"""Three chapters of one or two sentences."""


def cue(
    text: str,
    start_s: float,
    end_s: float,
    *,
    index: int = 0,
    role: str = "speech",
    voice: str = "ernis",
    line: int = 1,
    chapter: int = 0,
    rate: int = RATE,
    speaker: str = "",
) -> Cue:
    """A segment whose words take time by their letters."""
    start, end = round(start_s * rate), round(end_s * rate)
    words, done = text.split(), 0
    letters = max(sum(map(len, words)), 1)
    timed = []
    for word in words:
        first = start + (end - start) * done // letters
        done += len(word)
        timed.append(Word(word, first, start + (end - start) * done // letters))
    speaker = speaker or SPEAKERS[voice]
    segment = Segment(index, role, (Span(text, text),), voice, line, chapter, 0.4, speaker=speaker)
    return Cue(segment, start, end, tuple(timed))


def timeline(
    cues: Sequence[Cue], seconds: float, chapters: Sequence[Chapter] = (), rate: int = RATE
) -> Timeline:
    """A time line without placed clips: nothing in delivery looks at them."""
    return Timeline(rate, round(seconds * rate), (), tuple(cues), tuple(chapters), "ernis")


def short_timeline() -> Timeline:
    """`SCRIPT` in twelve seconds, the first word after one second."""
    cues = (
        cue("Hello crew, we look at looking today. ", 1.0, 3.0, index=0, line=3),
        cue("It is a short story, told twice.", 3.4, 5.0, index=1, line=3),
        cue("The idea", 5.6, 6.2, index=2, role="heading", line=5, chapter=1),
        cue(
            "A network, they say, sees what it must; no more.", 6.8, 9.0, index=3, line=7, chapter=1
        ),
        cue("Why it matters", 9.2, 9.9, index=4, role="heading", line=9, chapter=2),
        cue("Because less can be enough.", 10.2, 11.5, index=5, voice="emma", line=11, chapter=2),
    )
    chapters = (
        Chapter("How a model learns to look", round(1.0 * RATE), round(5.6 * RATE)),
        Chapter("The idea", round(5.6 * RATE), round(9.2 * RATE)),
        Chapter("Why it matters", round(9.2 * RATE), 12 * RATE),
    )
    return timeline(cues, 12.0, chapters)


def tiny_timeline() -> Timeline:
    """Two chapters of three words in one second: the least that has everything."""
    cues = (
        cue("Hello crew.", 0.1, 0.5, line=3),
        cue("Goodbye.", 0.5, 0.9, index=1, line=5, chapter=1),
    )
    chapters = (Chapter("Hello", 0, RATE // 2), Chapter("Goodbye", RATE // 2, RATE))
    return timeline(cues, 1.0, chapters)


def tone(seconds: float = 1.0, hz: float = 440.0) -> Clip:
    """A steady sine in stereo."""
    wave = 0.1 * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE)
    return Clip(np.repeat(wave[:, None], 2, axis=1).astype(np.float32), RATE)


def with_episode(**changes: Any) -> Script:
    """`SCRIPT` with other metadata."""
    return dataclasses.replace(SCRIPT, episode=dataclasses.replace(SCRIPT.episode, **changes))


def made_edition(
    show: Show,
    *,
    slug: str = "look",
    script: Script = SCRIPT,
    line: Timeline | None = None,
    **changes: Any,
) -> Edition:
    """`SCRIPT` in `short_timeline`, or others."""
    line = line or short_timeline()
    edition = Edition(
        script=script,
        script_sha256=sha256(b"the script"),
        show=show,
        slug=slug,
        timeline=line,
        narrators=VOICES,
        take_ids=tuple(f"take{n}" for n in range(len(line.cues))),
        music_files={},
        quality="studio",
    )
    return dataclasses.replace(edition, **changes)


def bounced(clip: Clip) -> Bounce:
    """A clip as a mix that can be mastered."""
    return Bounce(clip, measure_loudness(clip))


def released(
    show: Show, out: Path, slug: str, episode: Episode = EPISODE, line: Timeline | None = None
) -> Release:
    """A whole release, quickly: a second of a tone."""
    line = line or tiny_timeline()
    script = Script(episode, (Speech("Hello crew.", 3), Speech("Goodbye.", 5)))
    return make_release(made_edition(show, slug=slug, script=script, line=line), tone(), out)


def plain_artwork(folder: Path) -> Path:
    """A picture that is quickly read and scaled."""
    file = folder / "art.png"
    Image.new("RGB", (1400, 1400), "navy").save(file)
    return file


def jpeg(side: int = 100) -> bytes:
    """A picture as a tag holds it."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), "navy").save(out, "JPEG")
    return out.getvalue()


def speechlike(frames: int, channels: int = 2, level: float = 0.1, seed: int = 1) -> Clip:
    """Noise with the slope of speech that swells three times a second; louder on the left."""
    count = max(frames, RATE // 10)
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft(rng.standard_normal((count, 1)), axis=0)
    hz = np.fft.rfftfreq(count, 1 / RATE)[:, None]
    spectrum *= (hz > 120) * (hz < 8000) / np.sqrt(np.maximum(hz, 200))
    noise = np.fft.irfft(spectrum, count, axis=0)
    noise *= 0.55 + 0.45 * np.sin(2 * np.pi * 3 * np.arange(count)[:, None] / RATE)
    noise *= level / noise.std()
    pan = np.array([[1.0, 0.9]])[:, :channels]
    return Clip((noise[:frames] * pan).astype(np.float32), RATE)


def spoken(line: Timeline) -> Clip:
    """The same where a time line has speech, and silence elsewhere."""
    noise = speechlike(line.frames)
    said = np.zeros((line.frames, 1), np.float32)
    for one in line.cues:
        said[one.start : one.end] = 1
    return Clip(noise.samples * said, RATE)


HOSTILE = {
    "mark-up": "</title><script>alert(1)</script> & <b>]]>&amp;",
    "quotes": "\"double\" 'single' `back` \\ / {{x}} %s $(id)",
    "chinese and japanese": "大規模言語モデル：考える機械",
    "arabic, right to left": "التعلم العميق للآلات",
    "hebrew with points": "שָׁלוֹם עוֹלָם",
    "combining marks": "Cafe\u0301 Zu\u0308rich a\u0320\u0301\u0325",
    "emoji with joiners": "👩🏽‍🚀 rockets 🏳️‍🌈 and 𝔣𝔯𝔞𝔨𝔱𝔲𝔯",
    "thai and devanagari": "ปัญญาประดิษฐ์ कृत्रिम बुद्धिमत्ता",
    "bidi controls": "abc \u202etxet sdrawkcab\u202c def",
    "very long": "An extraordinarily long title about learning " * 12,
    "id3 genre and separators": "(17)Rock; a/b/c; (RX)",
    "path": "../../etc/passwd",
}
"""Texts that have broken tags, feeds and players."""


def with_output(show: Show, **changes: object) -> Show:
    """The show with another loudness, channels or bitrate_kbps."""
    return dataclasses.replace(show, output=dataclasses.replace(show.output, **changes))  # type: ignore[arg-type]
