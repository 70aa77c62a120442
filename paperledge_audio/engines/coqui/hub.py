"""Models of Coqui's hub, which one command fetches after their licence was accepted.

The cache folder keeps a record of each, models/coqui/NAME.json; speaking reads that and never uses
the network.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperledge_audio.engines.coqui import package
from paperledge_audio.errors import EngineError, MissingError, VoiceError, map_errors, suggest
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.reading import read_bytes
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.files.writing import write_over

if TYPE_CHECKING:
    from collections.abc import Callable


LARGEST_RECORD = 100_000
"""Bytes of what is written down of a model."""


@dataclass(frozen=True, slots=True)
class HubModel:
    """A model that the hub offers."""

    name: str
    """Such as tts_models/en/vctk/vits."""
    licence: str
    author: str
    about: str


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model of the hub on this machine."""

    model: Path
    config: Path
    vocoder: Path | None
    vocoder_config: Path | None
    licence: str


def find_installed(name: str) -> InstalledModel:
    """The files of the hub's model `name`; raises MissingError if it is not installed."""
    try:
        facts = parse_json(read_bytes(_record(name), LARGEST_RECORD, "a model", error=VoiceError))
        licence = str(facts.pop("licence"))
        paths = {key: Path(value) if value else None for key, value in facts.items()}
        model, config = paths["model"], paths["config"]
        if model and config and all(path is None or path.exists() for path in paths.values()):
            return InstalledModel(model, config, paths["vocoder"], paths["vocoder_config"], licence)
    except (VoiceError, OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # not installed, or not wholly
    raise MissingError(f"the model {name} is not installed", f"paperledge voices install {name}")


def find_offer(name: str) -> HubModel:
    """The hub's entry for `name`, from the list in the package.

    Raises VoiceError for a name that is not on it, MissingError without Coqui TTS.
    """
    facts = _list_models(_make_manager().models_dict).get(name)
    if facts is None:
        raise VoiceError(
            f"no model of Coqui's hub is called {name!r}",
            suggest(name, _list_models(_make_manager().models_dict)),
        )
    return HubModel(
        name,
        facts.get("license") or "not stated",
        facts.get("author") or facts.get("contact") or "not stated",
        facts.get("description") or "",
    )


def install(name: str, accepted: Callable[[HubModel], bool]) -> InstalledModel | None:
    """Fetch `name` with the vocoder that it needs, if its licence is `accepted`.

    None if it is not accepted; then nothing was fetched. Raises EngineError where it can't be
    fetched.
    """
    offered = find_offer(name)
    if not accepted(offered):
        return None
    manager = _make_manager()
    os.environ["COQUI_TOS_AGREED"] = "1"  # else Coqui asks on the terminal
    failed = f"the model {name} can't be fetched"
    with (
        map_errors(EngineError, failed, "try again", foreign=(Exception,)),
        package.silence_warnings(),
    ):
        model, config, facts = manager.download_model(name)
        voc, voc_config = None, None
        if vocoder := facts.get("default_vocoder"):
            voc, voc_config, _ = manager.download_model(vocoder)
    found = InstalledModel(Path(model), Path(config), voc, voc_config, offered.licence)
    record = _record(name)
    record.parent.mkdir(parents=True, exist_ok=True)
    write_over(record, json.dumps(asdict(found), default=str, indent=2).encode())
    return found


def _record(name: str) -> Path:
    return _folder() / f"{name.replace('/', '--')}.json"


def _folder() -> Path:
    return cache_folder() / "models" / "coqui"


def _make_manager() -> Any:
    package.import_torch(offline=False)
    from TTS.utils.manage import ModelManager  # noqa: PLC0415 - large

    return ModelManager(output_prefix=_folder(), progress_bar=True)


def _list_models(models: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Full name → facts, of the models that speak."""
    return {
        f"tts_models/{language}/{data}/{model}": facts
        for language, sets in models["tts_models"].items()
        for data, found in sets.items()
        for model, facts in found.items()
    }
