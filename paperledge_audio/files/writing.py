"""Writing single files so that they appear whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from paperledge_audio.errors import DeliveryError


def write_whole(path: Path, data: bytes) -> None:
    """Write beside `path`, then rename. Raises OSError; what was there before is then untouched."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def deliver_files(files: Mapping[Path, bytes]) -> None:
    """Write several files that a user asked for; raises DeliveryError for the one that fails."""
    for path, data in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        except OSError as error:
            raise DeliveryError(
                f"can't be written: {error.strerror}", "name another place", path=path
            ) from None
