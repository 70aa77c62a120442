"""What is no file is named in one line, wherever a file is named: it is not opened, nor waited for.

Every place with every thing: a pipe, a device, a socket, a terabyte, a folder, a link in a circle.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.engines.coqui_models import need_coqui
from tests.hostile.making import NO_FILES, make_show, put
from tests.limits import PEAK_MB, Ended, limited, limited_each
from tests.tone_show import VOICE

pytestmark = pytest.mark.fuzz
BLEND = ("--licence", "a", "--consent", "b")
CONSENT = ("--consent-by", "a", "--consent-date", "2025-01-01", "--consent-for", "x")
RELEASE = "out/one-hand/one-hand"
VERIFY = ("verify", f"{RELEASE}.mp3")
REPLACING = "is in the way|is there already|was not made by this program, or was changed"
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "a script to render": ("render", "x.md", "-o", "new"),
    "a script to check": ("check", "x.md"),
    "a script to read": ("spoken", "x.md"),
    "a script to preview": ("preview", "x.md", "-o", "page"),
    "a page": ("import", "x.md", "-o", "imported"),
    "a lexicon": ("lexicon", "import", "x.md"),
    "a sound to verify": ("verify", "x.md"),
    "a show": ("feed", "out", "--show", "x.md"),
    "a pack to blend": ("voices", "blend", "x.md=1", "-o", "voices/x.toml", *BLEND),
    "a recording": ("voices", "fit", "x.md", "-o", "voices/x.toml", *CONSENT),
}
"""Commands that read a file."""
SCRIPT_VERBS = ("render", "check", "read", "preview")
CHECK = ("check", "scripts/one-hand.md")
RENDER = ("render", "scripts/one-hand.md")
VOICE_CHECK = ("voices", "check", "tone")
PLACES: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    "show.toml": ("scripts/show.toml", "", CHECK, ""),
    "artwork": ("scripts/x.jpg", 'artwork = "x.jpg"\n', CHECK, ""),
    "music": ("scripts/x.wav", '[music]\nintro = "x.wav"\n', CHECK, ""),
    "a profile": ("voices/tone.toml", "", CHECK, ""),
    "a pack": ("voices/x.bin", '[kokoro]\npack = "x.bin"\n', VOICE_CHECK, ""),
    "a config": ("voices/config.json", '[coqui]\nmodel = "m.pth"\n', VOICE_CHECK, ""),
    "a checkpoint": (
        "voices/c.pth", '[coqui]\nmodel = "c.pth"\nconfig = "m.pth"\n', VOICE_CHECK, "",
    ),
    "a clip": (
        "voices/x.wav", '[coqui]\nmodel = "m.pth"\nconfig = "m.pth"\nreference = ["x.wav"]\n',
        VOICE_CHECK, "",
    ),
    "a manifest": (f"{RELEASE}.manifest.json", "", ("feed", "out"), ""),
    "an item": (f"{RELEASE}.item.xml", "", ("feed", "out"), "is incomplete or changed"),
    "a part": (f"{RELEASE}.vtt", "", ("feed", "out"), "is incomplete or changed"),
    "a manifest to verify": (f"{RELEASE}.manifest.json", "", VERIFY, ""),
    "an item to verify": (f"{RELEASE}.item.xml", "", VERIFY, "missing from the show notes"),
    "captions to verify": (f"{RELEASE}.vtt", "", VERIFY, ""),
    "chapters to verify": (f"{RELEASE}.chapters.json", "", VERIFY, ""),
    "a sound in its release": (f"{RELEASE}.mp3", "", VERIFY, ""),
    "a part to replace": (f"{RELEASE}.txt", "", RENDER, REPLACING),
    "a manifest to replace": (f"{RELEASE}.manifest.json", "", RENDER, REPLACING),
    "a feed to replace": ("feed.xml", "", ("feed", "out"), REPLACING),
    "a picture to replace": ("feed.jpg", "", ("feed", "out"), REPLACING),
    "a line to replace": ("x.wav", "", ("say", "hello", "-o", "x.wav"), REPLACING),
    "a lexicon to replace": ("x.pls", "", ("lexicon", "export", "-o", "x.pls"), REPLACING),
    "a summary to replace": (
        "x.txt", "", ("preview", "scripts/one-hand.md", "--summary", "x.txt"), REPLACING,
    ),
    "a folder to write": (
        "new", "", (*RENDER, "-o", "new/deep"), "Not a directory|Too many levels",
    ),
    "a script among others": ("scripts/x.md", "", ("preview", "scripts", "-o", "page"), ""),
}  # fmt: skip
"""A file's name in a show, what names it there, a command that comes upon it, and what that says;
"" for what the thing is."""
UNSEEN = {("a folder to write", "folder"), ("a checkpoint", "folder")}
"""Nothing is wrong with them."""
NAMED_A_FOLDER = {
    **{(f"a script to {verb}", "folder"): "holds no scripts" for verb in SCRIPT_VERBS},
    ("a sound to verify", "folder"): "holds no finished release",
    ("a sound in its release", "folder"): "holds no finished release",
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Ended]:
    top = tmp_path_factory.mktemp("no-files")
    show = make_show(top / "show")
    cache = {"PAPERLEDGE_CACHE": str(top / "cache")}
    assert limited(show, "render", "scripts/one-hand.md", env=cache).code == 0
    calls: dict[tuple[str, str], tuple[Path, tuple[str, ...]]] = {}
    for thing, (make, _) in NO_FILES.items():
        here = top / "argv" / thing
        shutil.copytree(show, here)
        put(make, here / "x.md")
        calls |= {(name, thing): (here, call) for name, call in ARGUMENTS.items()}
        for name, (place, named, call, _) in PLACES.items():
            here = top / name / thing
            shutil.copytree(show, here)
            _name(here, named)
            put(make, here / place)
            calls[name, thing] = here, call
    ended = limited_each(
        top, [call for _, call in calls.values()], env=cache,
        each_in=[here for here, _ in calls.values()],
    )  # fmt: skip
    return dict(zip(calls, ended, strict=True))


def _name(show: Path, named: str) -> None:
    """Let show.toml or the profile name a file."""
    if named.startswith(("[kokoro]", "[coqui]")):
        engine = named[1 : named.index("]")]
        profile = VOICE.replace('studio = "tone"', f'studio = "{engine}"')
        profile = profile.replace("consent = ", '[consent]\nby = "a"\ndate = 2025-01-01\nfor = ')
        head, _, consent = profile.partition("[consent]")
        consent, _, engines = consent.partition("[engines]")
        text = f"{head}[engines]{engines}\n[consent]{consent}\n{named}"
        (show / "voices" / "tone.toml").write_text(text)
        (show / "voices" / "m.pth").write_text('{"model": "vits", "audio": {"sample_rate": 22050}}')
    elif named:
        file = show / "scripts" / "show.toml"
        text = file.read_text()
        file.write_text(text + named if named.startswith("[") else named + text)


@pytest.mark.parametrize("thing", NO_FILES)
@pytest.mark.parametrize("name", [*ARGUMENTS, *PLACES])
def test_what_is_no_file_is_one_line(
    name: str, thing: str, outcomes: dict[tuple[str, str], Ended]
) -> None:
    if name in {"a checkpoint", "a config", "a clip"}:
        need_coqui()
    ended = outcomes[name, thing]
    if (name, thing) in UNSEEN:
        assert ended.code == 0
        return
    said = PLACES[name][-1] if name in PLACES else ""
    said = said or NAMED_A_FOLDER.get((name, thing), NO_FILES[thing][1])
    if name.endswith(" to verify") and name in PLACES:  # a report tells it
        assert (ended.code, ended.err) == (1, "")
        assert re.search(said, ended.out)
        assert ended.peak_mb < PEAK_MB
    else:
        assert re.search(said, ended.refusal())
