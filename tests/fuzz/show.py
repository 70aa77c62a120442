"""A small show in which every file that can come from outside lies in its place."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile
from PIL import Image

from paperledge_audio.deliver.formats import FORMATS
from tests.sound.making import FORMS, sound, write
from tests.tone_show import SHOW, VOICE
from tests.voices.hostile_pickles import tensor

PROGRAM = [sys.executable, "-c", "from paperledge_audio.cli import main; main()"]
PACK = np.linspace(-1, 1, 510 * 256, dtype="<f4").reshape(510, 1, 256)
FULL_SHOW = (
    SHOW.replace(
        'author = "Toneledge"',
        """author = "Toneledge"
language = "en-US"
description = "Tones, explained."
category = "Science"
copyright = "© Toneledge"
website = "https://toneledge.example/"
base_url = "https://toneledge.example/episodes"
artwork = "art.jpg\"""",
    )
    + """
[music]
intro = "music"
duck_db = -14.0
stings_at_chapters = false

[voice_chain]
leveling_db = 2.0
even_peaks = true

[output]
loudness = "apple"
channels = 2
bitrate_kbps = 128
format = "mp3"

[feed]
url = "https://toneledge.example/feed.xml"
owner = "Ada"
email = "ada@toneledge.example"
type = "episodic"
locked = false

[pronounce]
GPU = "gee pee you"
Qwen = "/kwˈɛn/"
"""
)
SCRIPT = """\
---
title: The Sound of One Hand
number: 1
season: 2
date: 2025-10-21
authors:
  - Ada Lovelace
paper:
  title: On Tones
  url: https://paperledge.example/on-tones
category: Sound
summary: A tone, explained.
explicit: false
pronounce:
  tonal: toe null
cast:
  Dr. Lee: tone
---

Hello, crew!

## A heading

**Dr. Lee:** It gains 18.18%.
"""
PLAIN = f"""\
{SCRIPT.partition("## ")[0]}
1. What comes after 1:30 on 5 May?

Credit to Paper authors: Ada
"""
LINE = "Hello, crew."
"""What `say` speaks, and the store keeps."""
LEXICON = """\
<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" alphabet="ipa" xml:lang="en-US"
    xmlns="http://www.w3.org/2005/01/pronunciation-lexicon">
  <lexeme><grapheme>Qwen</grapheme><phoneme>kwˈɛn</phoneme><alias>kwen</alias></lexeme>
  <lexeme><grapheme>Tone</grapheme><alias>toe n</alias></lexeme>
</lexicon>
"""
PAGE = """\
PaperLedge

The Sound of One Hand

Tuesday Oct 21, 2025

Sound - On Tones

Tuesday Oct 21, 2025

Hey PaperLedge crew, Ernis here! Today we listen to a tone, which is a paper about tones.
Think of it as a whistle:

First: it starts.

Why does it matter? What comes after a tone?

Until next time, keep learning!

Credit to Paper authors: Ada Lovelace, Alan Turing

Likes: 0 Downloads: 12 Length: 5:03

Read more
"""
BLEND = """\
title = "Mine"
language = "en-US"
pace = 1.0
roles = ["host", "quote"]
licence = "Apache-2.0"
origin = "made"
sample = "Hello."

[consent]
by = "Ada"
date = 2026-11-02
for = "This show"

[engines]
studio = "kokoro"
draft = "tone"

[kokoro]
pack = "mine.pack"

[pronounce]
GPU = "gee pee you"
"""
COQUI = """\
title = "Cloned"
licence = "Apache-2.0"
[consent]
by = "Ada"
date = 2026-11-02
for = "This show"
[engines]
studio = "coqui"
draft = "tone"
[coqui]
model = "mine.toml"
config = "mine.toml"
reference = ["mine.pack"]
speaker = "a"
language = "en"
"""


def make_show(folder: Path) -> None:
    """Write the show, and render its episode in every format."""
    for name, text in {
        "scripts/show.toml": FULL_SHOW,
        "scripts/ep.md": SCRIPT,
        "scripts/plain.txt": PLAIN,
        "voices/tone.toml": VOICE,
        "voices/mine.toml": BLEND,
        "names.pls": LEXICON,
        "page.txt": PAGE,
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (folder / "voices" / "mine.pack").write_bytes(PACK.tobytes())
    (folder / "scripts" / "art.jpg").write_bytes(picture("JPEG"))
    (folder / "scripts" / "music").write_bytes(music("24.flac"))
    for form in FORMATS:
        run(folder, "render", "scripts/ep.md", "-o", form, "--format", form)
    run(folder, "say", LINE, "-o", "line.wav")


def run(folder: Path, *arguments: str) -> None:
    """The program in a process of its own, with its store beside the show; it must succeed."""
    env = {**os.environ, "PAPERLEDGE_CACHE": str(folder / "cache")}
    subprocess.run([*PROGRAM, *arguments], cwd=folder, env=env, check=True, capture_output=True)


@cache
def picture(kind: str) -> bytes:
    """Square artwork, as small as is allowed."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((1400, 1400)).convert("RGB").save(out, kind)
    return out.getvalue()


@cache
def music(form: str) -> bytes:
    """A third of a second of sound as one of the files that are read."""
    with TemporaryDirectory() as folder:
        file = Path(folder, f"music.{form}")
        write(FORMS[form], file, lambda name: name, sound(15_000))
        return file.read_bytes()


def odd_music() -> list[bytes]:
    """Short and slow sound, in containers that hold other codecs as a rule."""
    kinds = {"WAV": "IMA_ADPCM", "AIFF": "PCM_U8", "CAF": "ALAC_16", "AU": "ULAW"}
    return [_written(kind, subtype) for kind, subtype in kinds.items()]


def _written(kind: str, subtype: str) -> bytes:
    out = io.BytesIO()
    soundfile.write(out, sound(2_000, 1), 8000, format=kind, subtype=subtype)
    return out.getvalue()


def packs() -> list[bytes]:
    """The same voice pack in every shape that is read."""
    npy, npz, pt = io.BytesIO(), io.BytesIO(), io.BytesIO()
    np.save(npy, PACK)
    np.savez_compressed(npz, mine=PACK)
    with zipfile.ZipFile(pt, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack/data.pkl", tensor())
        archive.writestr("pack/data/0", PACK.tobytes())
    return [PACK.tobytes(), npy.getvalue(), npz.getvalue(), pt.getvalue()]


@cache
def take_files(folder: Path) -> tuple[Path, Path]:
    """The kept take of `LINE`: its JSON and its sound, relative to `folder`."""
    for file in sorted((folder / "cache").rglob("*.json")):
        if json.loads(file.read_bytes()).get("said") == LINE:
            return file.relative_to(folder), file.with_suffix(".flac").relative_to(folder)
    raise LookupError("the store keeps no such take")
