"""The key and the certificate that a show signs with."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperledge_audio.errors import ShowError, map_errors
from paperledge_audio.files.reading import read_bytes
from paperledge_audio.files.tables import locate_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.show.model import Show

LARGEST_PEM = 100_000
ENVIRONMENT = "env:"
"""Before the name of a variable that holds a key or a certificate."""
_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}


@dataclass(frozen=True, slots=True)
class Credential:
    """A private key and its chain of certificates, both PEM, the signer's first."""

    key: bytes = field(repr=False)
    certificates: bytes
    algorithm: str
    """As C2PA names it: es256, ps256, ed25519 …"""


def read_credential(show: Show) -> Credential:
    """The show's key and certificate; raises ShowError where they can't be used.

    As with ssh, a key that others can read is refused.
    """
    from cryptography import x509  # noqa: PLC0415 - part of the extra
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

    names = show.provenance
    if names is None:
        raise ShowError("there is no [provenance]", "add it", path=show.path)
    with blame(show, "provenance.key", "is no private key without a password", "write it as PEM"):
        key = _read_pem(show, "provenance.key", names.key)
        private = serialization.load_pem_private_key(key, None)
    how = "write it as PEM, the signer's first"
    with blame(show, "provenance.certificate", "is no certificate", how):
        chain = _read_pem(show, "provenance.certificate", names.certificate)
        public = x509.load_pem_x509_certificates(chain)[0].public_key()
        if public != private.public_key():
            raise ShowError(
                "provenance.certificate: is not that of the key",
                "put the signer's certificate first",
            )
    curve = getattr(getattr(private, "curve", None), "name", "")
    kind = type(private).__name__
    algorithm = _CURVES.get(curve) or ("ps256" if "RSA" in kind else "ed25519")
    return Credential(key, chain, algorithm)


@contextmanager
def blame(show: Show, key: str, what: str, remedy: str) -> Iterator[None]:
    """Raise ShowError, with the key's place in show.toml, for anything from inside."""
    with (
        locate_key(show.path, key),
        map_errors(ShowError, f"{key}: {what}", remedy, foreign=(Exception,)),
    ):
        yield


def _read_pem(show: Show, key: str, name: str) -> bytes:
    if name.startswith(ENVIRONMENT):
        variable = name.removeprefix(ENVIRONMENT)
        if not (text := os.environ.get(variable)):
            raise ShowError(f"{key}: {variable} is not set", "set it")
        return text.encode("utf-8", "surrogateescape")
    path = show.folder / name
    data = read_bytes(path, LARGEST_PEM, "a PEM file", error=ShowError)
    if key == "provenance.key" and os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ShowError(
            "this private key can be read by others", f"run: chmod 600 {path}", path=path
        )
    return data
