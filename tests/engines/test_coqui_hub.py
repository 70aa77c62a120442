"""Models of Coqui's hub: fetched by one command alone, from a hub that the test itself serves."""

from __future__ import annotations

import functools
import json
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.engines import open_engine
from paperledge_audio.engines.coqui import hub, package
from paperledge_audio.errors import EngineError, MissingError, VoiceError
from tests.engines.coqui_models import need_coqui, profile, tiny_vits
from tests.samples import plain_segment

NAME = "tts_models/en/tiny/vits"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        pass


@pytest.fixture
def served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, show_folder: Path
) -> Iterator[list[str]]:
    """A hub on this machine that offers one model; yields the paths that were asked for."""
    need_coqui()
    tiny_vits(tmp_path / "vits")
    with zipfile.ZipFile(tmp_path / "vits.zip", "w") as archive:
        for file in ("model.pth", "config.json"):
            archive.write(tmp_path / "vits" / file, f"vits/{file}")
    asked: list[str] = []

    class Counting(Quiet):
        def do_GET(self) -> None:
            asked.append(self.path)
            super().do_GET()

    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Counting, directory=str(tmp_path))
    )
    listed = {
        "license": "Apache-2.0", "author": "A. Lovelace", "description": "Tiny.",
        "github_rls_url": f"http://127.0.0.1:{server.server_port}/vits.zip",
        "default_vocoder": None,
    }  # fmt: skip
    manager = hub._make_manager()
    manager.models_dict = {"tts_models": {"en": {"tiny": {"vits": listed}}}}
    manager.progress_bar = False
    monkeypatch.setattr(hub, "_make_manager", lambda: manager)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield asked
    server.shutdown()
    server.server_close()


def test_a_model_is_fetched_once_its_licence_shown_and_accepted(
    served: list[str], paperledge: Callable[..., Any]
) -> None:
    ran = paperledge("voices", "install", NAME, "--accept-licence", "--json")
    assert ran.code == 0, ran.err
    assert "licence: Apache-2.0" in ran.err
    assert "by: A. Lovelace" in ran.err
    found = json.loads(ran.out)
    assert Path(found["model"]).is_file()
    assert found["licence"] == "Apache-2.0"
    assert served == ["/vits.zip"]
    assert paperledge("voices", "install", NAME, "--accept-licence").code == 0
    assert served == ["/vits.zip"]


def test_what_is_not_accepted_is_not_fetched(
    served: list[str], paperledge: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.confirm", lambda *_a, **_k: False)
    ran = paperledge("voices", "install", NAME)
    assert (ran.code, served) == (2, [])
    assert "the licence was not accepted, so nothing was fetched" in ran.err


def test_a_render_with_what_is_not_installed_exits_3_and_names_the_command(
    served: list[str], show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    profile(show_folder / "voices", f'model = "{NAME}"')
    ran = paperledge("render", "scripts/one-hand.md", "--voice", "host", "-o", "out")
    assert ran.code == 3
    assert ran.line == f"the model {NAME} is not installed; run: paperledge voices install {NAME}"
    assert served == []
    assert not (show_folder / "out" / "one-hand").exists()


def test_what_is_installed_speaks_without_the_network(
    served: list[str],
    show_folder: Path,
    paperledge: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    voice = profile(show_folder / "voices", f'model = "{NAME}"')
    assert paperledge("voices", "install", "host", "--accept-licence").code == 0

    def connect(*_: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", connect)
    engine = open_engine("coqui")
    assert engine.speak(plain_segment("hello there"), voice).clip.rate == 16000
    assert set(engine.models(voice)) == {"model.pth", "config.json"}


def test_an_unknown_name_is_refused_with_the_near_one(served: list[str]) -> None:
    with pytest.raises(VoiceError, match="did you mean 'tts_models/en/tiny/vits'"):
        hub.install("tts_models/en/tiny/vitz", lambda _offer: True)


def test_a_hub_that_does_not_answer_is_an_error_and_leaves_nothing(served: list[str]) -> None:
    listed = hub._make_manager().models_dict["tts_models"]["en"]["tiny"]["vits"]
    listed["github_rls_url"] = "http://127.0.0.1:9/vits.zip"
    with pytest.raises(EngineError, match=f"the model {NAME} can't be fetched: .*; try again"):
        hub.install(NAME, lambda _offer: True)
    with pytest.raises(MissingError):
        hub.find_installed(NAME)


def test_the_packages_own_list_names_licences() -> None:
    need_coqui()
    assert hub.find_offer("tts_models/multilingual/multi-dataset/xtts_v2").licence == "CPML"
    assert "VCTK" in hub.find_offer("tts_models/en/vctk/vits").about
    assert package.describe_versions().startswith("coqui-tts-")
