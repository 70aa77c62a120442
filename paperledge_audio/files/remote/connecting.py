"""An address → a file system of fsspec's; one row a protocol that needs a setting of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from paperledge_audio.errors import MissingError, UsageError, suggest
from paperledge_audio.files.resources import compose_install

if TYPE_CHECKING:
    from paperledge_audio.files.remote.address import Address

PART_BYTES = 16 << 20
"""Of a file that S3 takes in parts. Two are in memory at once."""
CONNECT_S, ALIVE_S = 30, 15
"""Seconds to connect by SSH, and between questions whether the server is still there."""


@cache
def _read_aws_models() -> Any:
    """What AWS has for services; each connection would read it anew, for most of its time."""
    from botocore.session import Session  # noqa: PLC0415 - an extra

    return Session().get_component("data_loader")


def _open_s3(_address: Address) -> Any:
    from aiobotocore.session import AioSession  # noqa: PLC0415 - an extra
    from s3fs import S3FileSystem  # noqa: PLC0415 - an extra

    session = AioSession()
    session.register_component("data_loader", _read_aws_models())
    system = S3FileSystem(
        session=session,
        skip_instance_cache=True,
        use_listings_cache=False,
        default_block_size=PART_BYTES,
        max_concurrency=2,
    )
    system.retries = 1  # botocore repeats requests, and `RemoteFolder` all else
    return system


def _open_sftp(address: Address) -> Any:
    from sshfs import SSHFileSystem  # noqa: PLC0415 - an extra

    given = {"port": address.port, "username": address.user, "password": address.password}
    return SSHFileSystem(
        address.host,
        known_hosts=(),  # those of this user; sshfs would trust any server
        connect_timeout=CONNECT_S,
        login_timeout=CONNECT_S,
        keepalive_interval=ALIVE_S,
        skip_instance_cache=True,
        **{name: value for name, value in given.items() if value},
    )


def _open_other(address: Address) -> Any:
    import fsspec  # noqa: PLC0415 - an extra

    if address.protocol not in fsspec.available_protocols():
        raise UsageError(
            f"the protocol {address.protocol}:// is not known", suggest(address.protocol, PROTOCOLS)
        )
    user = f"{address.userinfo}@" if address.userinfo else ""
    url = str(address).replace("://", f"://{user}", 1)
    return fsspec.core.url_to_fs(url, skip_instance_cache=True)[0]


@dataclass(frozen=True, slots=True)
class RemoteProtocol:
    """How a protocol is spoken."""

    open: Callable[[Address], Any] = _open_other
    """Address → file system."""
    objects: bool = False
    """Whether it knows no folders, and what is written appears whole at its name."""
    root: str = "/{path}"
    """The folder's path for the file system."""
    makes_folders: bool = False
    """Whether writing a file makes the folders above it."""
    remove_folder: str = "rmdir"
    """The file system's method that removes an empty folder."""
    writing: Mapping[str, Any] = field(default_factory=dict)
    """Options for writing a file."""


_SSH: Mapping[str, Any] = {
    "open": _open_sftp,
    "makes_folders": True,
    "remove_folder": "rm",  # its rmdir does nothing
}
PROTOCOLS = {
    "s3": RemoteProtocol(_open_s3, objects=True, root="{host}/{path}",
                         writing={"chunksize": PART_BYTES}),
    "sftp": RemoteProtocol(**_SSH),
    "ssh": RemoteProtocol(**_SSH),
    "file": RemoteProtocol(),
}  # fmt: skip
_OTHER = RemoteProtocol(root="{host}/{path}")


def find_protocol(address: Address) -> RemoteProtocol:
    """The row of an address; whatever else fsspec knows has a common one."""
    return PROTOCOLS.get(address.protocol, _OTHER)


def connect(address: Address) -> Any:
    """Open the file system of an address.

    Raises MissingError if a package is missing, UsageError for a protocol that is not known, and
    whatever the protocol's library does.
    """
    try:
        return find_protocol(address).open(address)
    except ImportError as error:
        command = compose_install("outbox")
        if address.protocol not in PROTOCOLS and error.name != "fsspec":
            command = f"pip install {error.name or _find_package(address)}"
        raise MissingError(
            f"{address.protocol}:// needs a package that is not installed", command
        ) from error


def _find_package(address: Address) -> str:
    from fsspec.registry import known_implementations  # noqa: PLC0415 - an extra

    return str(known_implementations[address.protocol]["class"]).partition(".")[0]
