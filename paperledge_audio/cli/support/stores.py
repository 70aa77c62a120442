"""The store of takes of a command, with the one that machines share behind it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import refuse_empty

if TYPE_CHECKING:
    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.takes import SharedTakes, TakeStore

SHARED = "PAPERLEDGE_STORE"
"""The variable that has the address of a shared store."""


class SharedAddress(click.Path):
    """An address, or the path of a folder that machines share."""

    def convert(  # type: ignore[override]
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002 - click's signature
    ) -> Address:
        """Read it; a path becomes an address of the protocol file."""
        from paperledge_audio.files.reading import real_path
        from paperledge_audio.files.remote.address import Address, is_address, parse_address

        text = os.fspath(value)
        refuse_empty(text, param)
        if is_address(text):
            return parse_address(text)
        return Address("file", "", real_path(Path(text)).as_posix().strip("/"))


store_option = click.option(
    "--store",
    "shared",
    metavar="ADDRESS",
    type=SharedAddress(),
    envvar=SHARED,
    show_envvar=True,
    help="A store of takes that machines share, as s3://bucket/takes, behind this machine's.",
)


def open_store(shared: Address | None) -> TakeStore:
    """This machine's store, and the shared one behind it, if there is one."""
    from paperledge_audio.files.resources import cache_folder
    from paperledge_audio.takes import TakeStore

    return TakeStore(cache_folder(), open_shared(shared))


def open_shared(shared: Address | None) -> SharedTakes | None:
    """The shared store at an address."""
    from paperledge_audio.takes import SharedTakes

    return SharedTakes(shared) if shared else None
