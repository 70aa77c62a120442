"""Whatever a library raises is mapped at its door: the table of doors, and that it is whole.

A row is a call of a library and a call of ours that leads to it. All that the library defines as an
exception, and what else it is known to raise, comes out as one error of ours that keeps its cause.
"""

from __future__ import annotations

import ast
import importlib
import json
import pickle
import re
import struct
import sys
import tomllib
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import click
import filelock
import numpy as np
import pytest
import soundfile
import yaml
from tomlkit.exceptions import TOMLKitError

from paperledge_audio.cli import main
from paperledge_audio.cluster import open_cluster
from paperledge_audio.cluster.machine import describe_machine
from paperledge_audio.cluster.sending import Job, Sender
from paperledge_audio.deliver.encode import mp3
from paperledge_audio.deliver.encode.settings import EncoderSettings
from paperledge_audio.deliver.folder import writing
from paperledge_audio.deliver.folder.finished import read_json
from paperledge_audio.deliver.formats import FORMATS
from paperledge_audio.deliver.pictures import cover
from paperledge_audio.deliver.provenance import read_signature
from paperledge_audio.engines import g2p
from paperledge_audio.engines.coqui import hub, package
from paperledge_audio.engines.coqui.files import read_config
from paperledge_audio.engines.graphs import PRODUCT, read_graph
from paperledge_audio.engines.sessions import open_session
from paperledge_audio.errors import (
    ClusterError,
    DeliveryError,
    EngineError,
    MissingError,
    PaperledgeError,
    ScriptError,
    ShowError,
    SoundError,
    SpokenError,
    TakeError,
    VoiceError,
)
from paperledge_audio.files.remote import folder as remote
from paperledge_audio.files.remote.address import parse_address
from paperledge_audio.files.remote.folder import RemoteFolder
from paperledge_audio.files.tables import read_toml
from paperledge_audio.preview.history.git import find_repository
from paperledge_audio.preview.server import open_server
from paperledge_audio.preview.watch import LivePage
from paperledge_audio.script.parsing import parse
from paperledge_audio.show.editing import set_toml_value
from paperledge_audio.sound import ffmpeg, playing
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.exporting import export
from paperledge_audio.sound.reading import read_clip
from paperledge_audio.sound.scratch import map_full_disk
from paperledge_audio.spoken.lexicon.pls import parse_pls
from paperledge_audio.takes import KeptSound
from paperledge_audio.verify import recogniser, tag
from paperledge_audio.voices.packs import compose_pack, read_pack
from tests.cluster import stand_in
from tests.deliver.making import tone
from tests.engines.coqui_models import need_coqui
from tests.samples import ROOT, plain_segment
from tests.tone_show import SCRIPT

PACKAGE = ROOT / "paperledge_audio"
Raises = tuple[type[Exception], ...]
CLIP = Clip(np.zeros((4410, 1), np.float32), 44100)
SYSTEM = (OSError, PermissionError, FileNotFoundError, BlockingIOError)
PARSING = (ValueError, TypeError, KeyError, IndexError, struct.error, EOFError, OverflowError)
"""What a parser raises where a damaged file leads it where nobody has been."""


def own(*modules: str) -> Raises:
    """Every exception that modules of a library define or offer, warnings apart."""
    found = [value for name in modules for value in vars(importlib.import_module(name)).values()]
    return tuple(
        kind
        for kind in dict.fromkeys(one for one in found if isinstance(one, type))
        if issubclass(kind, Exception)
        and not issubclass(kind, Warning)
        and kind.__module__.partition(".")[0] in {name.partition(".")[0] for name in modules}
    )


@dataclass(frozen=True)
class Door:
    """Where a library is called, and what comes of its exceptions."""

    home: str
    """Our module with the call."""
    call: str
    """What is called; it raises instead."""
    raises: Raises
    enter: Callable[[Path], object]
    """Ours, with a folder that holds an x of each kind of file."""
    error: type[PaperledgeError]
    stand_in: Callable[[Callable[..., NoReturn]], object] = lambda fail: fail
    """What takes the place of `call`."""


def encoded(name: str) -> Callable[[Path], object]:
    def encode(folder: Path) -> None:
        with map_full_disk("the sound"):
            FORMATS[name].encode(tone(0.1), folder / f"new.{name}", EncoderSettings(64))

    return encode


def run_product(_folder: Path) -> object:
    x = np.zeros((64, 64), np.uint8)
    return open_session(read_graph(PRODUCT), "it").run({"x": x, "w": x.astype(np.int8)})


def probed(folder: Path) -> object:
    """Probe a file with a fixed answer of ffprobe's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ffmpeg, "_run", lambda _command: SimpleNamespace(stdout=b"{}"))
        return ffmpeg.probe(folder / "x.wav")


def enter_remote(address: str) -> Callable[[Path], object]:
    return lambda _folder: RemoteFolder(parse_address(address), DeliveryError).list_entries()


def enter_cluster(address: str) -> Callable[[Path], object]:
    return lambda folder: open_cluster(address, parse_address(f"file://{folder}")).__enter__()


def send_job(_folder: Path) -> object:
    sender = Sender(stand_in.StandInClient(), describe_machine())
    return list(sender.run([Job("a", stand_in.work, (), "x.md:1", 60.0)], 0))


REMOTE = (
    ("s3fs.S3FileSystem", "s3://box/x",
     (*own("botocore.exceptions", "aiohttp", "aiohttp.client_exceptions"), *SYSTEM,
      ConnectionRefusedError, TimeoutError, *PARSING)),
    ("sshfs.SSHFileSystem", "sftp://host/x",
     (*own("asyncssh", "asyncssh.sftp"), *SYSTEM, TimeoutError, *PARSING)),
    ("fsspec.core.url_to_fs", "memory://x",
     (*own("fsspec.exceptions"), NotImplementedError, *SYSTEM)),
)  # fmt: skip
YAML = ("error", "reader", "scanner", "parser", "composer", "constructor")
SNDFILE = own("soundfile")
MUTAGEN = own("mutagen", *(f"mutagen.{name}" for name in ("id3", "flac", "mp4", "ogg", "oggopus")))
DOORS = (
    Door("sound/reading/decoding.py", "soundfile.SoundFile.read", SNDFILE,
         lambda f: read_clip(f / "x.wav"), SoundError),
    Door("sound/reading/ogg.py", "paperledge_audio.sound.reading.ogg.OggPage",
         (*own("mutagen.ogg"), EOFError, OSError), lambda f: read_clip(f / "x.ogg"), SoundError),
    Door("sound/decoding.py", "soundfile.SoundFile", SNDFILE,
         lambda _f: mp3.decode(b"any"), SoundError),
    Door("sound/decoding.py", "soundfile.SoundFile.read", SNDFILE,
         lambda f: mp3.decode((f / "x.mp3").read_bytes()), SoundError),
    Door("takes/entries.py", "soundfile.SoundFile", (*SNDFILE, OSError),
         lambda f: KeptSound(f / "x.wav", 44100, 1, 1).read(0, 1), TakeError),
    Door("sound/scratch.py", "soundfile.SoundFile.write", SNDFILE, encoded("wav"), DeliveryError),
    Door("sound/scratch.py", "paperledge_audio.sound.reading.ogg.OggPage", own("mutagen.ogg"),
         encoded("opus"), DeliveryError),
    Door("deliver/encode/mp3.py", "lameenc.Encoder", (RuntimeError, ValueError), encoded("mp3"),
         DeliveryError),
    Door("sound/exporting.py", "pydub.AudioSegment.export", (*own("pydub.exceptions"), OSError),
         lambda _f: export(CLIP, ".mp3", ""), SoundError),
    Door("sound/ffmpeg.py", "subprocess.run", SYSTEM, lambda f: ffmpeg.probe(f / "x.wav"),
         MissingError),
    Door("sound/ffmpeg.py", "subprocess.run", SYSTEM,
         lambda f: ffmpeg.decode(f / "x.wav", BytesIO()), MissingError),
    Door("sound/ffmpeg.py", "subprocess.Popen", SYSTEM,
         lambda f: ffmpeg.encode((), [], f / "x.m4a"), MissingError),
    Door("sound/ffmpeg.py", "json.loads", (json.JSONDecodeError, RecursionError), probed,
         SoundError),
    Door("verify/tag.py", "mutagen.id3.ID3", (*MUTAGEN, *PARSING, OSError),
         lambda f: tag._read(f / "x.mp3"), SoundError),
    Door("verify/recogniser.py", "faster_whisper.WhisperModel.transcribe",
         (RuntimeError, ValueError, OSError),
         lambda _f: recogniser.read_back(CLIP), EngineError),
    Door("script/frontmatter.py", "yaml.SafeLoader.get_single_node",
         (*own(*(f"yaml.{name}" for name in YAML)), RecursionError),
         lambda _f: parse(SCRIPT), ScriptError),
    Door("script/blocks/markdown.py", "markdown_it.MarkdownIt.parse", (RecursionError, *PARSING),
         lambda _f: parse(SCRIPT), ScriptError),
    Door("sound/playing.py", "subprocess.run", SYSTEM, lambda f: playing.play(f / "x.wav"),
         MissingError),
    Door("show/editing.py", "tomlkit.parse", (TOMLKitError, RecursionError),
         lambda f: set_toml_value("", "a", "b", "c", f / "x.toml"), ShowError),
    Door("files/documents.py", "tomllib.loads", (tomllib.TOMLDecodeError,),
         lambda f: read_toml(f / "x.json", ShowError), ShowError),
    Door("files/markup.py", "xml.etree.ElementTree.fromstring", (ET.ParseError,),
         lambda _f: parse_pls("<lexicon/>"), SpokenError),
    Door("files/zipped.py", "zipfile.ZipFile",
         (*own("zipfile"), zlib.error, NotImplementedError, RuntimeError, *PARSING),
         lambda f: read_pack(f / "x.pt"), VoiceError),
    Door("voices/torchfile.py", "paperledge_audio.voices.torchfile._Unpickler",
         (pickle.UnpicklingError, AttributeError, *PARSING),
         lambda f: read_pack(f / "x.pt"), VoiceError),
    Door("files/documents.py", "json.loads", (json.JSONDecodeError, RecursionError),
         lambda f: read_json(f / "x.json"), DeliveryError),
    Door("files/documents.py", "json.loads", (json.JSONDecodeError, RecursionError),
         lambda f: read_config(f / "x.json"), VoiceError),
    Door("deliver/folder/locking.py", "filelock.FileLock.acquire", (filelock.Timeout, *SYSTEM),
         lambda f: writing.write(f, "slug", {"slug.mp3": b""}, on_wait=give_up), DeliveryError),
    Door("deliver/pictures/files.py", "PIL.Image.open",
         (*own("PIL", "PIL.Image"), OSError, SyntaxError, zlib.error, *PARSING),
         lambda f: cover.check_artwork(f / "x.wav"), ShowError),
    Door("deliver/provenance/reading.py", "c2pa.Reader", (*own("c2pa.c2pa"), *PARSING),
         lambda f: read_signature(f / "x.wav"), DeliveryError),
    Door("engines/sessions.py", "onnxruntime.InferenceSession",
         (*own("onnxruntime.capi.onnxruntime_pybind11_state"), RuntimeError, ValueError),
         run_product, EngineError),
    Door("engines/sessions.py", "onnxruntime.InferenceSession.run",
         (*own("onnxruntime.capi.onnxruntime_pybind11_state"), RuntimeError, ValueError),
         run_product, EngineError),
    Door("engines/g2p.py", "paperledge_audio.engines.g2p.load_g2p", (RecursionError, *PARSING),
         lambda _f: g2p.pronounce(plain_segment("Hello.")), EngineError,
         lambda fail: lambda **_: SimpleNamespace(tokenize=fail, phonemize_tokens=fail)),
    Door("engines/g2p.py", "paperledge_audio.engines.g2p.load_g2p", (RecursionError, *PARSING),
         lambda _f: g2p.guess_phonemes("grue"), EngineError, lambda fail: lambda **_: fail),
    Door("engines/coqui/package.py", "paperledge_audio.engines.coqui.package.import_module",
         (ImportError, OSError),
         lambda _f: (package.describe_versions(), package.import_torch.__wrapped__()),
         MissingError),
    Door("engines/coqui/hub.py", "paperledge_audio.engines.coqui.hub._make_manager",
         (OSError, *PARSING),
         lambda _f: hub.install("tts_models/a/b/c", lambda _offer: True), EngineError,
         lambda fail: lambda: SimpleNamespace(
             models_dict={"tts_models": {"a": {"b": {"c": {}}}}}, download_model=fail)),
    Door("voices/packs.py", "safetensors.numpy.load", (*own("safetensors"), *PARSING),
         lambda f: read_pack(f / "x.safetensors"), VoiceError),
    Door("preview/history/git.py", "subprocess.run", SYSTEM, find_repository, MissingError),
    *(Door("files/remote/folder.py", library, raises, enter_remote(address), DeliveryError)
      for library, address, raises in REMOTE),
    *(Door("cluster/connecting.py", f"paperledge_audio.cluster.connecting.{library}",
           (*own("distributed.exceptions", "distributed.comm"), *SYSTEM, TimeoutError, ValueError,
            RuntimeError), enter_cluster(address), ClusterError)
      for library, address in (("LocalCluster", "local:2"), ("Client", "tcp://host:1"))),
    Door("cluster/sending.py", "tests.cluster.stand_in.work",
         (*own("distributed", "distributed.exceptions", "distributed.comm"), MemoryError, *SYSTEM,
          *PARSING), send_job, ClusterError),
    Door("preview/server.py", "socketserver.TCPServer.server_bind", SYSTEM,
         lambda _f: open_server(LivePage(), 0), DeliveryError),
)  # fmt: skip

QUIET = {
    **dict.fromkeys(("numpy", "scipy", "soxr"), "they are given what was checked"),
    **dict.fromkeys(("click", "rich"), "cli/__init__.py has the last door"),
    **dict.fromkeys(("platformdirs", "tomli_w", "onnx"), "they are given values of ours"),
    "jsonschema": "its schemas are ours, and it complains by returning",
    "mido": "for developers",
    "cmaes": "it is given numbers of ours",
}
"""Libraries that raise nothing for what comes in."""
BEHIND = {
    "cluster/flow.py": "cluster/sending.py, or behind it on a worker",
    "cluster/machine.py": "cluster/sending.py, on a worker",
    "sound/reading/__init__.py": "nothing: libsndfile only names what is refused",
    "deliver/encode/opus.py": "sound/scratch.py",
    "files/remote/connecting.py": "files/remote/folder.py",
    "deliver/encode/lossless.py": "sound/scratch.py",
    "deliver/stems/__init__.py": "sound/scratch.py",
    "deliver/reading/book.py": "nothing: it writes what is ours",
    "deliver/provenance/credential.py": "its own: all that a key raises is the show's fault",
    "deliver/provenance/signing.py": "its own: all that signing raises is one error",
    "deliver/provenance/library.py": "deliver/provenance/reading.py and signing.py",
    **dict.fromkeys([f"deliver/tags/{name}.py" for name in ("id3", "mp4", "vorbis")],
                    "verify/tag.py"),
    **dict.fromkeys([f"deliver/pictures/{name}.py" for name in ("drawing", "lettering")],
                    "nothing: they draw on a canvas of their own"),
    **dict.fromkeys([f"deliver/pictures/{name}.py" for name in ("chapters", "cover")],
                    "deliver/pictures/files.py"),
    "script/editing.py": "script/frontmatter.py, which has read the header before",
    "script/blocks/formula.py": "script/blocks/markdown.py",
    "engines/hibari.py": "engines/g2p.py",
    "engines/coqui/model.py": "engines/coqui/package.py, and one for each call of a model",
    "deliver/schemas/__init__.py": "nothing: the schemas are ours",
    "files/resources.py": "its own: without pip's record the command names the program",
    "spoken/lexicon/entries.py": "nothing: the table is ours",
    "likeness/trials.py": "its own: what is damaged is tried again",
    "files/settings/places.py": "files/tables.py, which has read the file before",
    "spoken/people/foreign.py": "nothing: it reads what is ours",
    "cli/schema/documents.py": "nothing: it writes what is ours",
    "cli/doctor.py": "its own: what fails is a row of its answer",
    **dict.fromkeys(["music/playing.py", "engines/coqui/from_piper.py"], "for developers"),
}  # fmt: skip
"""Modules that call a library of the table, and whose door they are behind."""
CALLS = re.compile(
    r"\b(json\.loads?|tomllib\.loads?|zipfile\.ZipFile|ET\.fromstring|pickle\.Unpickler"
    r"|subprocess\.run|subprocess\.Popen)\b\("
)
"""Of the standard library, what raises for what comes in."""


def give_up(_waited_for: str) -> NoReturn:
    raise DeliveryError("waited long enough") from sys.exception()


def made(kind: type[Exception]) -> Exception:
    """One of this kind, whatever its maker would ask for."""
    known: dict[type[Exception], tuple[Any, ...]] = {
        soundfile.LibsndfileError: (1,),
        json.JSONDecodeError: ("why", "{", 0),
        yaml.reader.ReaderError: ("name", 0, 0, "utf-8", "why"),
        click.exceptions.BadOptionUsage: ("--it", "why"),
        click.exceptions.NoArgsIsHelpError: (click.Context(click.Command("it")),),
    }
    try:
        return kind(*known.get(kind, ("why",)))
    except (TypeError, KeyError, AttributeError):  # it would ask for more
        plain = {"__init__": lambda *_: None, "__str__": lambda _: "why"}
        bare: Exception = type(kind.__name__, (kind,), plain)("why")
        return bare


def cases() -> Iterator[Any]:
    for number, door in enumerate(DOORS):
        for kind in dict.fromkeys(door.raises):
            yield pytest.param(door, kind, id=f"{number}-{door.call}-{kind.__name__}")


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("doors")
    soundfile.write(folder / "x.wav", CLIP.samples, CLIP.rate)
    soundfile.write(folder / "x.ogg", CLIP.samples, CLIP.rate)
    (folder / "x.mp3").write_bytes(mp3.encode_bytes(tone(0.1), 64))
    (folder / "x.json").write_text("{}")
    pack = compose_pack(np.zeros((510, 1, 256), np.float32), {})
    (folder / "x.safetensors").write_bytes(pack)
    with zipfile.ZipFile(folder / "x.pt", "w") as archive:
        archive.writestr("x/data.pkl", pickle.dumps({}, protocol=2))
    return folder


@pytest.mark.parametrize(("door", "kind"), tuple(cases()))
def test_what_a_library_raises_is_mapped_at_its_door(
    door: Door, kind: type[Exception], files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in files.iterdir():
        (tmp_path / file.name).symlink_to(file)
    if door.home == "engines/coqui/package.py":
        need_coqui()
    raised = made(kind)

    def fail(*_: object, **__: object) -> NoReturn:
        raise raised

    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(remote, "PAUSES_S", ())
    monkeypatch.setattr(door.call, door.stand_in(fail))
    with pytest.raises(door.error) as caught:
        door.enter(tmp_path)
    assert type(caught.value) is door.error
    causes = [caught.value.__cause__, getattr(caught.value.__cause__, "__cause__", None)]
    assert raised in causes
    assert "\n" not in str(caught.value)


def test_every_library_has_its_doors_in_the_table() -> None:
    homes = {door.home for door in DOORS}
    own_names = {*sys.stdlib_module_names, "paperledge_audio"}
    strangers = set()
    for file in sorted(PACKAGE.rglob("*.py")):
        home, source = str(file.relative_to(PACKAGE)), file.read_text("utf-8")
        names = {
            name.partition(".")[0]
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([node.module or ""] if isinstance(node, ast.ImportFrom)
                         else [one.name for one in node.names])
        }  # fmt: skip
        used = {*(names - own_names - QUIET.keys()), *CALLS.findall(source)}
        if used and home not in homes | BEHIND.keys():
            strangers.add((home, *sorted(used)))
    assert strangers == set()


@pytest.mark.parametrize("kind", own("click.exceptions"))
def test_what_click_raises_ends_the_program_with_a_line(
    kind: type[Exception], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise made(kind)

    monkeypatch.setattr("paperledge_audio.cli.cli.main", fail)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code in {1, 2, 130}
    said = capsys.readouterr().err
    assert said.strip()
    assert "Traceback" not in said
