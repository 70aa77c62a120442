"""Signs a finished sound as synthetic speech: a C2PA manifest in the file, made last.

What is signed says how the sound came to be (C2PA 2.x, "Actions"), in whose voice, and with whose
consent. No network is used: there is no time stamp, and nothing is looked up. A signature holds
random numbers, so two are never alike; all other bytes of the file are.
"""

from __future__ import annotations

import io
import json
import wave
from typing import TYPE_CHECKING, Any

from paperledge_audio import GENERATOR, __version__
from paperledge_audio.deliver.provenance.credential import blame, read_credential
from paperledge_audio.deliver.provenance.embedding import sign_id3
from paperledge_audio.deliver.provenance.library import SIGNED, import_c2pa, make_context
from paperledge_audio.deliver.provenance.reading import read_signature
from paperledge_audio.errors import DeliveryError, map_errors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from paperledge_audio.deliver.edition import Edition
    from paperledge_audio.deliver.provenance.credential import Credential
    from paperledge_audio.show.model import Show

SYNTHETIC = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""Of IPTC's digital source types: made by a model that was trained."""


def check_signing(show: Show) -> int:
    """Check before anybody speaks that the show's sounds can be signed, by signing a silent one.

    Returns the bytes that a signature needs about, 0 where the show has no `[provenance]`. Raises
    MissingError without the extra, DeliveryError for a format that is not signed, ShowError for a
    key or a certificate that can't be used.
    """
    if show.provenance is None:
        return 0
    import_c2pa()
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
    with blame(show, "provenance.certificate", "can't sign for C2PA", how):
        return len(_sign_stream({}, credential, "audio/wav", silence, io.BytesIO()))


def sign_sound(path: Path, edition: Edition) -> str:
    """Sign a tagged sound in place; returns the signature's algorithm.

    Raises DeliveryError where that fails or the signature doesn't hold.
    """
    credential = read_credential(edition.show)
    media_type = SIGNED[edition.form.name]
    claim = describe_claim(edition)
    with map_errors(DeliveryError, "can't be signed", foreign=(Exception,), path=path):
        if edition.form.name == "mp3":
            builder, signer = _make_builder(claim), _make_signer(credential)
            path.write_bytes(sign_id3(builder, signer, path.read_bytes()))
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
    c2pa = import_c2pa()
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
        make_context(),
    )


def _make_signer(credential: Credential) -> Any:
    c2pa = import_c2pa()
    info = c2pa.C2paSignerInfo(
        credential.algorithm.encode(), credential.certificates, credential.key, None
    )
    return c2pa.Signer.from_info(info)  # the last field: no authority for time stamps


def _sign_stream(
    claim: Mapping[str, Any], credential: Credential, media_type: str, source: Any, target: Any
) -> bytes:
    """Sign what the library can embed in without touching the rest; returns the manifest."""
    source.seek(0)
    made: bytes = _make_builder(claim).sign(_make_signer(credential), media_type, source, target)
    return made
