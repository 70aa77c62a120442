"""Addresses of folders on servers, as s3://bucket/path; what is secret in one is never shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from paperledge_audio.errors import UsageError
from paperledge_audio.files.names import find_fault, find_illegible

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30})://", re.IGNORECASE)
LONGEST = 2000
"""Characters of an address."""


@dataclass(frozen=True, slots=True)
class Address:
    """A folder on a server; as text it has neither a user nor a password."""

    protocol: str
    """As s3, sftp, file."""
    host: str
    """A host, or a bucket."""
    path: str
    """With no slash at either end; below the server's root, or in the bucket."""
    port: int | None = None
    userinfo: str = field(default="", repr=False)
    """What stands before the @, as it was written."""

    def __str__(self) -> str:
        port = f":{self.port}" if self.port else ""
        return f"{self.protocol}://{self.host}{port}/{self.path}".removesuffix("/")

    @property
    def user(self) -> str:
        """Empty if there is none."""
        return unquote(self.userinfo.partition(":")[0])

    @property
    def password(self) -> str:
        """Empty if there is none."""
        return unquote(self.userinfo.partition(":")[2])


def is_address(text: str) -> bool:
    """Whether `text` begins as an address does; anything else is a path."""
    return bool(_SCHEME.match(text))


def parse_address(text: str) -> Address:
    """Read an address, as `sftp://user@host:22/path`; raises UsageError, which does not quote it.

    >>> address = parse_address("sftp://ann:secret@example.org/srv/box/")
    >>> str(address), address.user, address.password
    ('sftp://example.org/srv/box', 'ann', 'secret')
    """
    found = _SCHEME.match(text)
    protocol = found[1].lower() if found else ""
    problem = _find_problem(text)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        problem, port = problem or "has no valid port", None
        raise _refuse(protocol, problem) from error
    if problem:
        raise _refuse(protocol, problem)
    userinfo, _, host = parts.netloc.rpartition("@")
    if port is not None:
        host = host.rpartition(":")[0]
    path = parts.path.strip("/")
    if not host and protocol in {"s3", "sftp", "ssh"}:
        raise _refuse(protocol, f"names no {'bucket' if protocol == 's3' else 'host'}")
    if path and (why := find_fault(path)):
        raise _refuse(protocol, f"{why} in its path")
    if userinfo and protocol == "s3":
        raise UsageError(
            "an address of S3 holds no credentials",
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
        )
    return Address(protocol, host, path, port, userinfo)


def _find_problem(text: str) -> str:
    if len(text) > LONGEST:
        return f"has more than {LONGEST} characters"
    if why := find_illegible(text):
        return why
    return "has a ? or a #" if set("?#") & set(text) else ""


def _refuse(protocol: str, problem: str) -> UsageError:
    shown = f"{protocol}://…"
    return UsageError(f"the address {shown} {problem}", "write it as s3://bucket/path")
