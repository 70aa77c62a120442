"""Finds and hashes the files of a Coqui voice, without loading torch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperledge_audio.engines.coqui import hub
from paperledge_audio.errors import VoiceError, map_errors
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.hashing import file_sha256, stamp
from paperledge_audio.files.names import leads_out
from paperledge_audio.files.reading import is_folder, is_there, list_folder, no_file, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.voices.profiles import CoquiModel, Voice

NAMED = (
    "speakers_file",
    "speaker_file",
    "language_ids_file",
    "d_vector_file",
    "speaker_encoder_model_path",
    "speaker_encoder_config_path",
)
"""Keys of a config, or of its model_args, that name further files."""
WEIGHTS = {".pth", ".pt", ".bin", ".safetensors", ".npy", ".npz", ".json", ".txt"}
"""Files that count in the folder of a model that loads itself."""
LARGEST_CONFIG = 10_000_000
"""Bytes; with its lists of speakers and symbols a config has some 100 kB."""
UNNAMED = ("vocab.json", "speakers_xtts.pth")
"""Files that XTTS loads from beside its checkpoint."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on this machine."""

    model: Path
    """A checkpoint, or a folder that holds one."""
    config: Path
    vocoder: Path | None = None
    vocoder_config: Path | None = None
    reference: tuple[Path, ...] = ()
    within: Path | None = None
    """The folder that must contain every further file; None: anywhere."""


def require_model(voice: Voice) -> CoquiModel:
    """The profile's [coqui]; raises VoiceError if it has none."""
    if voice.coqui is None:
        raise VoiceError("names no Coqui model", "add [coqui] model = …", path=voice.path)
    return voice.coqui


def find_files(voice: Voice) -> ModelFiles:
    """The files of the model of `voice`.

    Raises VoiceError where a file is gone, MissingError for a hub's model that is not installed.
    """
    asked = require_model(voice)
    if isinstance(asked.model, str):
        found = hub.find_installed(asked.model)
        return ModelFiles(
            found.model, found.config, found.vocoder, found.vocoder_config, asked.reference
        )
    if asked.config is None or not is_there(asked.model) or no_file(asked.config):
        raise VoiceError(
            f"the Coqui model {asked.model.name} or its config is missing",
            "correct [coqui]",
            path=voice.path,
        )
    return ModelFiles(asked.model, asked.config, reference=asked.reference, within=asked.within)


def hash_files(files: ModelFiles) -> dict[str, str]:
    """sha256 of everything that changes how the model sounds, by file name."""
    parts = [files.config, files.vocoder, files.vocoder_config, *list_named_files(files)]
    if is_folder(files.model):
        parts += [path for path in list_folder(files.model, VoiceError) if path.suffix in WEIGHTS]
    else:
        unnamed = [files.model.with_name(name) for name in UNNAMED]
        parts += [files.model, *(path for path in unnamed if not no_file(path))]
    there = sorted({path for path in parts if path} | set(files.reference))
    return {_shorten(path, there): hash_file(path) for path in there}


def _shorten(path: Path, others: list[Path]) -> str:
    alike = [other for other in others if other.name == path.name]
    return path.name if len(alike) == 1 else f"{path.parent.name}/{path.name}"


def hash_file(path: Path) -> str:
    """A file's sha256, computed again when its size or time changes."""
    with map_errors(VoiceError, "can't be read", "correct the voice's [coqui]", path=path):
        looks = stamp(path)
    return _hash_file(path, looks)


@cache
def _hash_file(path: Path, _stamp: tuple[int, int]) -> str:
    return file_sha256(path, VoiceError)


def read_config(path: Path) -> dict[str, Any]:
    """A model's config.json; raises VoiceError where it is none."""
    data = read_bytes(path, LARGEST_CONFIG, "the config", error=VoiceError)
    try:
        config: dict[str, Any] = parse_json(data, finite=False)
        config["model"], config["audio"]["sample_rate"], dict(config.get("model_args") or {})
    except (ValueError, KeyError, TypeError) as error:
        raise VoiceError(
            "is not the config of a Coqui model",
            "name the config.json that came with it",
            path=path,
        ) from error
    return config


def list_named_files(files: ModelFiles) -> Iterator[Path]:
    """The further files that a model's config names."""
    for table, key in _list_file_keys(read_config(files.config)):
        for name in _list_names(table[key]):
            yield find_beside(files, name)


def resolve_paths(files: ModelFiles) -> dict[str, Any]:
    """A model's config with whole paths in place of the names of further files."""
    config = read_config(files.config)
    for table, key in _list_file_keys(config):
        paths = [str(find_beside(files, name)) for name in _list_names(table[key])]
        table[key] = paths if isinstance(table[key], list) else paths[0]
    return config


def find_beside(files: ModelFiles, name: str) -> Path:
    """A file that a config names: at its path, or, since models are moved, beside the config."""
    home = files.config.parent
    for path in (home / name, home / Path(name).name):
        if not leads_out(path, files.within) and not no_file(path):
            return path
    raise VoiceError(f"names a missing file: {name}", "put it beside it", path=files.config)


def _list_file_keys(config: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for table in (config, config.get("model_args") or {}):
        yield from ((table, key) for key in NAMED if table.get(key))
    if config["audio"].get("stats_path"):
        yield config["audio"], "stats_path"


def _list_names(value: object) -> list[str]:
    return [str(name) for name in (value if isinstance(value, list) else [value])]
