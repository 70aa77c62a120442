"""Signs a finished sound as synthetic speech: a C2PA manifest in the file, made last.

What is signed says how the sound came to be (C2PA 2.x, "Actions"), in whose voice, and with whose
consent. No network is used: there is no time stamp, and nothing is looked up. A signature holds
random numbers, so two are never alike; all other bytes of the file are.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import json
import os
import stat
import wave
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperledge_audio import GENERATOR, __version__
from paperledge_audio.deliver.tags import id3
from paperledge_audio.errors import DeliveryError, MissingError, ShowError, map_errors
from paperledge_audio.files.hashing import LARGEST
from paperledge_audio.files.reading import open_file, read_bytes
from paperledge_audio.files.resources import compose_install
from paperledge_audio.files.tables import locate_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from paperledge_audio.deliver.edition import Edition
    from paperledge_audio.show.model import Show

SIGNED = {"mp3": "audio/mpeg", "wav": "audio/wav", "m4a": "audio/mp4", "m4b": "audio/mp4"}
"""Formats that are signed → their media types in C2PA. In FLAC the manifest would stand in an ID3
tag before the sound, which many players refuse."""
SYNTHETIC = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""Of IPTC's digital source types: made by a model that was trained."""
OFFLINE = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
LARGEST_PEM = 100_000
ENVIRONMENT = "env:"
"""Before the name of a variable that holds a key or a certificate."""
_RAW = b"application/c2pa"
_GEOB = b"\0application/x-c2pa-manifest-store\0c2pa\0c2pa manifest store\0"
"""Encoding, media type, file name and description of the frame (C2PA, "Embedding in ID3")."""
_MARKS = (b"application/x-c2pa-manifest-store", b"C2PA", b"jumdc2pa")
"""In an ID3 tag, the name of a chunk of a WAV, and the description box of a manifest anywhere."""
_LONGEST_MARK = max(map(len, _MARKS))
_BLOCK = 1 << 20
_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}


@dataclass(frozen=True, slots=True)
class Credential:
    """A private key and its chain of certificates, both PEM, the signer's first."""

    key: bytes = field(repr=False)
    certificates: bytes
    algorithm: str
    """As C2PA names it: es256, ps256, ed25519 …"""


def check_signing(show: Show) -> int:
    """Check before anybody speaks that the show's sounds can be signed, by signing a silent one.

    Returns the bytes that a signature needs about, 0 where the show has no `[provenance]`. Raises
    MissingError without the extra, DeliveryError for a format that is not signed, ShowError for a
    key or a certificate that can't be used.
    """
    if show.provenance is None:
        return 0
    _import_c2pa()
    if show.output.format not in SIGNED:
        raise DeliveryError(
            f"{show.output.format} files are not signed", f"choose from: {', '.join(SIGNED)}"
        )
    silence = io.BytesIO()
    with wave.open(silence, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2))
    credential = read_credential(show)
    how = "it needs digitalSignature and an extended key usage such as emailProtection"
    with _expect(show, "provenance.certificate", "can't sign for C2PA", how):
        return len(_sign_stream({}, credential, "audio/wav", silence, io.BytesIO()))


def read_credential(show: Show) -> Credential:
    """The show's key and certificate; raises ShowError where they can't be used.

    As with ssh, a key that others can read is refused.
    """
    from cryptography import x509  # noqa: PLC0415 - part of the extra
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

    names = show.provenance
    if names is None:
        raise ShowError("there is no [provenance]", "add it", path=show.path)
    with _expect(show, "provenance.key", "is no private key without a password", "write it as PEM"):
        key = _read_pem(show, "provenance.key", names.key)
        private = serialization.load_pem_private_key(key, None)
    how = "write it as PEM, the signer's first"
    with _expect(show, "provenance.certificate", "is no certificate", how):
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
def _expect(show: Show, key: str, what: str, remedy: str) -> Iterator[None]:
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


def sign_sound(path: Path, edition: Edition) -> str:
    """Sign a tagged sound in place; returns the signature's algorithm.

    Raises DeliveryError where that fails or the signature doesn't hold.
    """
    credential = read_credential(edition.show)
    media_type = SIGNED[edition.form.name]
    claim = describe_claim(edition)
    with map_errors(DeliveryError, "can't be signed", foreign=(Exception,), path=path):
        if edition.form.name == "mp3":
            path.write_bytes(_sign_id3(claim, credential, path.read_bytes()))
        else:
            signed = path.with_suffix(".signed")
            with path.open("rb") as source, signed.open("w+b") as target:
                _sign_stream(claim, credential, media_type, source, target)
            signed.replace(path)
        found = read_signature(path)
    if found is None or found.failures:
        raise DeliveryError(f"the signature doesn't hold: {found and found.failures}", path=path)
    return credential.algorithm


def describe_claim(edition: Edition) -> dict[str, Any]:
    """What is signed, beside the hash of the sound."""
    voices = [
        {
            "name": one.name,
            "engine": one.engine,
            "licence": one.licence,
            "models": dict(one.models),
            "consent": json.loads(json.dumps(one.consent, default=_describe_value)),
        }
        for one in edition.narrators.values()
    ]
    provenance, uses = edition.show.provenance, ("ai_training", "ai_generative_training")
    assertions: list[dict[str, Any]] = [{"label": "paperledge.voices", "data": {"voices": voices}}]
    if provenance and provenance.training:
        entries = {f"cawg.{use}": {"use": provenance.training} for use in uses}
        assertions.append({"label": "cawg.training-mining", "data": {"entries": entries}})
    return {"title": edition.title, "format": edition.form.media_type, "assertions": assertions}


def _describe_value(value: object) -> Any:
    """A dataclass as its fields; another value as a text."""
    names = getattr(value, "__dataclass_fields__", None)
    return {name: getattr(value, name) for name in names} if names else str(value)


def _make_builder(claim: Mapping[str, Any]) -> Any:
    c2pa = _import_c2pa()
    generator = {"name": GENERATOR, "version": __version__}
    created = {
        "action": "c2pa.created",
        "digitalSourceType": SYNTHETIC,
        "softwareAgent": generator,
    }
    actions = {"label": "c2pa.actions.v2", "data": {"actions": [created]}}
    return c2pa.Builder(
        {
            "claim_generator_info": [generator],
            **claim,
            "assertions": [actions, *claim.get("assertions", ())],
        },
        _make_context(),
    )


def _make_signer(credential: Credential) -> Any:
    c2pa = _import_c2pa()
    info = c2pa.C2paSignerInfo(
        credential.algorithm.encode(), credential.certificates, credential.key, None
    )
    return c2pa.Signer.from_info(info)  # the last field: no authority for time stamps


def _make_context() -> Any:
    c2pa = _import_c2pa()
    return c2pa.Context(c2pa.Settings.from_dict(OFFLINE))


def _import_c2pa() -> Any:
    with map_errors(
        MissingError,
        "signing needs c2pa",
        compose_install("provenance"),
        foreign=(ImportError, OSError),
    ):
        import c2pa  # noqa: PLC0415 - an extra
    return c2pa


def _sign_stream(
    claim: Mapping[str, Any], credential: Credential, media_type: str, source: Any, target: Any
) -> bytes:
    """Sign what the library can embed in without touching the rest; returns the manifest."""
    source.seek(0)
    made: bytes = _make_builder(claim).sign(_make_signer(credential), media_type, source, target)
    return made


def _sign_id3(claim: Mapping[str, Any], credential: Credential, sound: bytes) -> bytes:
    """An MP3 with its manifest in a frame behind all others, before the padding.

    The library itself would write the whole tag anew, as ID3v2.4. So it is given the hash of all
    but the manifest, and what it returns takes the place of zeros of that length.
    """
    lib = _import_c2pa().c2pa._lib  # noqa: SLF001 - c2pa.h has it, the Python part doesn't
    builder, signer = _make_builder(claim), _make_signer(credential)
    handles = builder._handle, signer._handle  # noqa: SLF001
    length = len(_call(lib, "placeholder", handles[0], signer.reserve_size(), _RAW))
    head, tail, start = _open_frame(sound, length)
    digest = hashlib.sha256(head)
    digest.update(tail)
    binding = {
        "exclusions": [{"start": start, "length": length}],
        "name": "jumbf manifest",
        "alg": "sha256",
        "hash": list(digest.digest()),
        "pad": "",
    }
    made = _call(lib, "sign", *handles, json.dumps(binding).encode(), _RAW, None)
    if len(made) != length:
        raise ValueError(f"the manifest has {len(made)} bytes, not {length}")
    return head + made + tail


def _open_frame(sound: bytes, length: int) -> tuple[bytes, bytes, int]:
    """What stands before and behind a frame's data of `length` bytes, and where it begins."""
    size = sum(byte << 7 * n for n, byte in enumerate(reversed(sound[6:10])))
    at = 10 + size - id3.PADDING_BYTES
    frame = b"GEOB" + (len(_GEOB) + length).to_bytes(4, "big") + b"\0\0" + _GEOB
    size += len(frame) + length
    if size > id3.LARGEST_BYTES:
        raise ValueError(f"the tag would take {size} bytes, more than {id3.LARGEST_BYTES}")
    stated = bytes(size >> 7 * n & 127 for n in (3, 2, 1, 0))
    head = sound[:6] + stated + sound[10:at] + frame
    return head, sound[at:], len(head)


_DATA_HASHED = {
    "placeholder": (
        "c2pa_builder_data_hashed_placeholder",
        (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p),
    ),
    "sign": (
        "c2pa_builder_sign_data_hashed_embeddable",
        (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p),
    ),
}
"""Functions of c2pa.h and their arguments, but for the last: where the bytes are returned."""


def _call(lib: Any, name: str, *arguments: object) -> bytes:
    """The bytes that such a function makes; raises RuntimeError with what the library says."""
    symbol, types = _DATA_HASHED[name]
    out = ctypes.POINTER(ctypes.c_ubyte)()
    function = lib[symbol]  # a new object, so that nobody else's types change
    function.restype = ctypes.c_int64
    function.argtypes = (*types, ctypes.c_void_p)
    length = function(*arguments, ctypes.addressof(out))
    if length < 0:
        raise RuntimeError(f"{name}: the library refuses (code {length})")
    try:
        return ctypes.string_at(out, length)
    finally:
        lib.c2pa_free(out)


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """What a file's signature says, as the library reads it."""

    by: str
    """The certificate's common name and organisation."""
    self_signed: bool
    trusted: bool
    failures: tuple[str, ...]
    """C2PA's codes for what is wrong; an untrusted certificate is not counted."""
    source_types: tuple[str, ...]
    """Of the actions."""


def has_signature(path: Path) -> bool:
    """Whether a file holds what a C2PA manifest begins with; nothing of it is parsed.

    The library parses all of a file's tag, and a hostile one can end the process.
    """
    before = b""
    with open_file(path, LARGEST, "a sound file", error=DeliveryError) as file:
        while block := file.read(_BLOCK):
            if any(mark in before + block for mark in _MARKS):
                return True
            before = block[-_LONGEST_MARK:]
    return False


def read_signature(path: Path) -> FoundSignature | None:
    """The signature of a finished sound, None if it has none; nothing is looked up.

    Raises MissingError without the extra, DeliveryError for what can't be read.
    """
    c2pa = _import_c2pa()
    media_type = SIGNED[path.suffix.removeprefix(".")]
    with map_errors(DeliveryError, "the signature can't be read", foreign=(Exception,)):
        try:
            with open_file(path, LARGEST, "a sound file", error=DeliveryError) as file:
                reader = c2pa.Reader(media_type, file, context=_make_context())
                found = json.loads(reader.crjson())
                label = json.loads(reader.json())["active_manifest"]
                state = reader.get_validation_results()
                trusted = reader.get_validation_state() == "Trusted"
        except c2pa.C2paError as error:
            if "ManifestNotFound" in str(error):
                return None
            raise
        active = next(one for one in found["manifests"] if one["label"] == label)
        certificate = active["signature"]["certificateInfo"]
        codes = [one["code"] for one in state["activeManifest"]["failure"]]
        actions = active["assertions"].get("c2pa.actions.v2", {}).get("actions", [])
        subject = certificate["subject"]
        return FoundSignature(
            by=", ".join(str(subject[part]) for part in ("CN", "O") if subject.get(part)),
            self_signed=subject == certificate["issuer"],
            trusted=trusted,
            failures=tuple(code for code in codes if code != "signingCredential.untrusted"),
            source_types=tuple(str(one.get("digitalSourceType", "")) for one in actions),
        )
