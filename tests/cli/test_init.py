"""paperledge init: a show that renders, of which nothing was there before."""

from __future__ import annotations

import json
import os
import re
import select
import shlex
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import soundfile
import yaml

from paperledge_audio.cli.init import making
from paperledge_audio.cli.init.making import PACKAGED, WORKFLOWS
from paperledge_audio.files import writing
from paperledge_audio.files.resources import PROGRAM
from paperledge_audio.files.settings.kinds import list_keys
from paperledge_audio.show.keys import SHOW
from paperledge_audio.show.loading import load_show
from tests.samples import ROOT
from tests.tone_show import VOICE

Call = Callable[..., Any]
SCRIPT = "scripts/first-episode.md"
EXAMPLE = re.compile(r"(?m)^#(?![ :])")
"""Begins a line of show.toml that is an example; a remark has a space, the schema a colon."""

NO_LINE = "a title or a name can't be this; write one line of 1 to 200 characters"
NO_FOLDER = (
    f"{Path('file/x/scripts/show.toml')}: can't be written: Not a directory; name another place"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with a fresh store of takes."""
    folder = tmp_path / "my-first_show"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(tmp_path / "cache"))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, below it, too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def written(folder: Path) -> set[str]:
    return {name for name in files(folder) if (folder / name).is_file()}


def test_a_new_show_is_checked_rendered_verified_and_fed(place: Path, paperledge: Call) -> None:
    (place / "voices").mkdir()
    (place / "voices" / "tone.toml").write_text(VOICE)
    ran = paperledge("init", "--voice", "tone", "--json")
    assert (ran.code, ran.err) == (0, "")
    for step in json.loads(ran.out)["next"]:
        program, *arguments = shlex.split(step)
        assert program == "paperledge"
        assert paperledge(*arguments).code == 0
    assert paperledge("verify", "out/first-episode/first-episode.mp3").code == 0
    assert paperledge("feed", "out").line.endswith("add 'base_url'")
    toml = place / "scripts" / "show.toml"
    needed = r"(?m)^#(?=(description|website|base_url) =)"
    toml.write_text(re.sub(needed, "", toml.read_text("utf-8")), "utf-8")
    paperledge("render", SCRIPT, "-o", "out")
    ran = paperledge("feed", "out")
    assert ran.code == 0, ran.err
    assert "<title>The Strength of Weak Ties</title>" in (place / "feed.xml").read_text("utf-8")


def test_the_first_episode_is_without_a_warning_in_the_default_voice(
    place: Path, paperledge: Call
) -> None:
    assert paperledge("init").code == 0
    ran = paperledge("check", "--strict", SCRIPT)
    assert (ran.code, ran.err) == (0, "")


def test_what_is_not_given_has_a_default(place: Path, paperledge: Call) -> None:
    assert paperledge("init", "--yes").code == 0
    show = load_show(place / "scripts" / "show.toml")
    assert (show.title, show.host, show.voices.host) == ("My First Show", "Ernis", "ernis")
    assert written(place) == set(PACKAGED)


def test_a_text_that_toml_has_to_escape_comes_back(place: Path, paperledge: Call) -> None:
    title, host = 'a "b" \\ @HOST@ #c', "Zoë's 𝄞"
    ran = paperledge("init", "x", "--title", title, "--host", host, "--voice", "bf_emma")
    assert ran.code == 0, ran.err
    show = load_show(place / "x" / "scripts" / "show.toml")
    assert (show.title, show.host, show.author) == (title, host, host)
    assert show.voices.host == "bf_emma"


@pytest.fixture
def template(place: Path, paperledge: Call) -> Path:
    """A new show.toml, with the files that its examples name."""
    assert paperledge("init").code == 0
    toml = place / "scripts" / "show.toml"
    for name in re.findall(r'"((?:music/)?\w+\.(?:wav|jpg))"', toml.read_text("utf-8")):
        (toml.parent / name).parent.mkdir(exist_ok=True)
        (toml.parent / name).touch()
    return toml


def test_all_examples_together_are_a_show(template: Path) -> None:
    template.write_text(EXAMPLE.sub("", template.read_text("utf-8")), "utf-8")
    show = load_show(template)
    assert show.base_url == "https://podcast.example/episodes"
    assert show.seasons == ((1, "The first one"),)
    assert show.pronounce == {"AgenTracer": "agent racer"}
    assert sorted(name for name, _ in show.music.sounds) == ["chime", "rain"]


def test_each_example_alone_is_one(template: Path) -> None:
    """With the key that its row says it needs; a table that can't be empty is one example."""
    text = template.read_text("utf-8")
    needs = {key.name: key.needs for _, key in list_keys(SHOW) if key.needs}
    examples = list(re.finditer(r"(?m)^#\[.*(?:\n.+)*|^#(?![ :])(\w*).*", text))
    assert len(examples) > 50
    for found in examples:
        used = text[: found.start()] + EXAMPLE.sub("", found[0]) + text[found.end() :]
        if need := needs.get(found[1]):
            used = used.replace(f"\n#{need} =", f"\n{need} =")
        template.write_text(used, "utf-8")
        load_show(template)


def test_every_key_is_there_below_what_its_row_says(template: Path) -> None:
    text = template.read_text("utf-8")
    document, unwrapped = tomllib.loads(EXAMPLE.sub("", text)), text.replace("\n# ", " ")
    for name, key in list_keys(SHOW):
        if not name.startswith("sounds."):  # whose names are free
            found: Any = document
            for part in name.split("."):
                found = found[part]
            says, last = re.escape(key.says), name.rpartition(".")[2]
            line = rf"{says}\n#?\[{name}\]"
            if not isinstance(found, dict):
                needs, words = f"(?:needs {key.needs}; )?", re.escape(key.kind.words)
                line = rf"{says}; {needs}{words}(?:; default: .*)?\n#?{last} = "
            assert re.search(line, unwrapped), name


def test_the_first_line_names_the_schema_that_lies_beside_it(template: Path) -> None:
    first, *_ = template.read_text("utf-8").splitlines()
    schema = json.loads((template.parent / first.removeprefix("#:schema ")).read_text("utf-8"))
    document = tomllib.loads(EXAMPLE.sub("", template.read_text("utf-8")))
    document = json.loads(json.dumps(document, default=str))  # JSON has no dates
    jsonschema.Draft7Validator(schema).validate(document)


@pytest.mark.parametrize("ci", WORKFLOWS)
@pytest.mark.parametrize("source", [PROGRAM, f"{PROGRAM} @ git+https://git.example/p'x"])
def test_ci_installs_the_program_from_where_it_came(
    place: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch, ci: str, source: str
) -> None:
    monkeypatch.setattr(making, "name_source", lambda: source)
    assert paperledge("init", "--ci", ci).code == 0
    name, _ = WORKFLOWS[ci]
    assert written(place) == {*PACKAGED, name}
    document = yaml.safe_load((place / name).read_text("utf-8"))
    settings = document["env"] if ci == "github" else document["preview"]["variables"]
    assert settings["PAPERLEDGE"] == source


@pytest.mark.parametrize("name", [*PACKAGED, WORKFLOWS["github"][0]])
@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_is_there_stays_and_is_named(
    place: Path, paperledge: Call, name: str, kind: str
) -> None:
    path = place / "x" / name
    path.parent.mkdir(parents=True)
    make: dict[str, Callable[[], object]] = {
        "file": lambda: path.write_text("mine"),
        "folder": path.mkdir,
        "link": lambda: path.symlink_to("nowhere"),
    }
    make[kind]()
    before = sorted(place.rglob("*"))
    ran = paperledge("init", "x", "--ci", "github")
    assert ran.code == 1
    shown = f"{Path('x') / name}: is there already; nothing was written; "
    assert ran.line == f"{shown}move it, or name another folder"
    assert sorted(place.rglob("*")) == before


@pytest.mark.parametrize("there", ["", "x", "x/scripts"])
def test_where_one_file_fails_none_is_left(
    place: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch, there: str
) -> None:
    (place / there).mkdir(parents=True, exist_ok=True)
    before = files(place)
    write = writing.write_whole

    def fail(path: Path, data: bytes) -> None:
        if path.name == ".gitignore":
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(writing, "write_whole", fail)
    ran = paperledge("init", "x")
    assert ran.code == 1
    assert ran.line.endswith(".gitignore: can't be written: No space left on device; "
                             "name another place")  # fmt: skip
    assert files(place) == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--voice", "ernie"], 1, "no voice is called 'ernie'; did you mean 'ernis'?"),
        (["--title", " "], 2, NO_LINE),
        (["--title", "a\nb"], 2, NO_LINE),
        (["--host", "x" * 201], 2, NO_LINE),
        (["file/x"], 1, NO_FOLDER),
    ],
)
def test_what_can_not_be_is_refused_with_one_line(
    place: Path, paperledge: Call, arguments: list[str], code: int, said: str
) -> None:
    (place / "file").touch()
    ran = paperledge("init", *arguments)
    assert (ran.code, ran.line) == (code, said)
    assert files(place) == {"file": b""}


def test_a_voice_that_may_not_be_host_is_refused(place: Path, paperledge: Call) -> None:
    (place / "voices").mkdir()
    (place / "voices" / "tone.toml").write_text(f'roles = ["quote"]\n{VOICE}')
    ran = paperledge("init", "--voice", "tone")
    assert (ran.code, written(place)) == (1, {"voices/tone.toml"})
    assert "tone can't speak as host, only as quote" in ran.line


def test_an_unknown_ci_is_wrong_usage(place: Path, paperledge: Call) -> None:
    assert paperledge("init", "--ci", "jenkins").code == 2
    assert files(place) == {}


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A player that leaves what it played in a file beside it; there is no other one."""
    programs = tmp_path / "bin"
    programs.mkdir()
    path = programs / "aplay"
    path.write_text(f'#!/bin/sh\n/bin/cat "$2" >> {tmp_path}/played\n')
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    return path


def on_terminal(answers: Sequence[str], *arguments: str) -> tuple[int, str]:
    """Run the program on a terminal of its own, and answer each question.

    Its exit code, and what it shows.
    """
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    # A session's first process owns the terminal that it opens, and so hears of Ctrl-C.
    code = (
        "import os; os.close(os.open(os.ttyname(0), os.O_RDWR))\n"
        "from paperledge_audio.cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "init", *arguments],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    os.close(theirs)
    give_up = threading.Timer(60, process.kill)
    give_up.start()
    shown, left, last = b"", list(answers), b""
    try:
        while True:
            # A signal that comes between a prompt and the reading of its answer waits for the
            # next one: Ctrl-C is pressed again, as a person would.
            if last == b"\x03" and not select.select([ours], [], [], 5)[0]:
                os.write(ours, last)
                continue
            if not (some := os.read(ours, 4096)):
                break
            shown += some
            if shown.endswith(b"]: ") and left:
                last = left.pop(0).encode()
                os.write(ours, last)
    except OSError:  # how Linux says that the other end was closed
        pass
    finally:
        os.close(ours)
        ended = process.wait()
        give_up.cancel()
    return ended, shown.decode().replace("\r\n", "\n")


@pytest.mark.usefixtures("player")
def test_on_a_terminal_it_asks_until_the_answer_is_fit(place: Path) -> None:
    code, shown = on_terminal(
        ["Ties & Bridges\n", "\n", "bf_ema\n", "bf_emma\n", "\n", "jenkins\n", "gitlab\n"]
    )
    assert code == 0, shown
    assert "Title of the show [My First Show]: " in shown
    assert "bf_isabella" in shown  # the voices are listed
    assert "no voice is called 'bf_ema'; did you mean 'bf_emma'?" in shown
    assert "Name of the host, as captions show it [Emma]: " in shown
    assert "'jenkins' is none of them; choose from: github, gitlab, none" in shown
    show = load_show(place / "scripts" / "show.toml")
    assert (show.title, show.host, show.voices.host) == ("Ties & Bridges", "Emma", "bf_emma")
    assert written(place) == {*PACKAGED, ".gitlab-ci.yml"}


@pytest.fixture
def tone(place: Path) -> None:
    """A voice that speaks at once, in the place of the new show."""
    (place / "voices").mkdir()
    (place / "voices" / "tone.toml").write_text(VOICE)


GIVEN = ("--title", "T", "--host", "Ada", "--ci", "none")


@pytest.mark.usefixtures("tone")
def test_a_voice_is_heard_before_it_is_chosen(place: Path, player: Path) -> None:
    code, shown = on_terminal(["tune\n", "tone\n", "\n", "\n"], *GIVEN)
    assert code == 0, shown
    assert "no voice is called 'tune'; did you mean 'tone'?" in shown
    assert "Voice of the host [tone]: " in shown  # the last one that was heard
    played, rate = soundfile.read(player.parent.parent / "played")
    assert len(played) > 2 * rate
    assert load_show(place / "scripts" / "show.toml").voices.host == "tone"
    assert written(place) == {*PACKAGED, "voices/tone.toml"}


@pytest.mark.usefixtures("tone")
@pytest.mark.parametrize("answers", [["\n"], ["tone\n", "tone\n"]], ids=["no player", "no sound"])
def test_where_nothing_can_be_heard_it_says_so_and_goes_on(
    place: Path, player: Path, answers: list[str]
) -> None:
    if len(answers) > 1:
        player.write_text("#!/bin/sh\nexit 1\n")
    else:
        player.unlink()
    code, shown = on_terminal(answers, *GIVEN)
    assert code == 0, shown
    why = "aplay can't play here" if len(answers) > 1 else "no player is installed"
    (line,) = [line for line in shown.splitlines() if line.startswith("Voices can't be heard here")]
    assert why in line
    assert line.endswith("Choose one by its name.")
    show = load_show(place / "scripts" / "show.toml")
    assert show.voices.host == ("tone" if len(answers) > 1 else "ernis")


def test_on_a_terminal_it_asks_only_for_what_is_not_given(place: Path) -> None:
    given = ["--title", "T", "--voice", "emma", "--ci", "none"]
    code, shown = on_terminal(["Ada\n"], "x", *given)
    assert code == 0, shown
    assert [line for line in ("Title of", "Voice of", "Name of", "CI (") if line in shown] == [
        "Name of"
    ]
    assert load_show(place / "x" / "scripts" / "show.toml").host == "Ada"
    code, shown = on_terminal([], "y", "--yes")
    assert (code, " of the " in shown) == (0, False)


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_who_stops_at_a_question_leaves_nothing(place: Path, key: str) -> None:
    code, shown = on_terminal(["Mine\n", key])
    assert code == 130, shown
    assert files(place) == {}


def test_nobody_is_asked_where_a_show_is_already(place: Path) -> None:
    (place / ".gitignore").touch()
    code, shown = on_terminal([])
    assert code == 1
    assert shown.splitlines()[-1].startswith(".gitignore: is there already; nothing was written")
    assert "Title" not in shown
