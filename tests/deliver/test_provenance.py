"""Signed sounds: the same but for the signature, and nobody changes them unseen."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mutagen.id3
import pytest

from paperledge_audio.deliver.provenance import read_signature
from paperledge_audio.files.resources import compose_install
from paperledge_audio.verify.provenance import check_provenance
from tests.certificates import CERTIFICATE, KEY, SECTION, write_credential
from tests.jumbf import decode, encode_bytes, walk

Call = Callable[..., Any]
Program = Callable[[str], str]
ONE = Path("scripts/one-hand.md")
pytest.importorskip("c2pa")


@pytest.fixture
def scripts(show_folder: Path) -> Path:
    """A show's scripts, with a key and a certificate that show.toml names."""
    folder = show_folder / "scripts"
    write_credential(folder)
    toml = folder / "show.toml"
    toml.write_text(toml.read_text() + SECTION)
    return folder


def render(paperledge: Call, form: str) -> tuple[Path, dict[str, Any]]:
    ran = paperledge("render", ONE, "-o", "out", "--format", form)
    assert ran.code == 0, ran.err
    sound = Path(f"out/one-hand/one-hand.{form}")
    return sound, json.loads(sound.with_suffix(".manifest.json").read_text())


def geob(data: bytes) -> tuple[int, int]:
    """Start and end of the frame with the manifest, found without any library."""
    start = data.index(b"GEOB")
    return start, start + 10 + int.from_bytes(data[start + 4 : start + 8], "big")


def strip(data: bytes) -> bytes:
    """An MP3 without that frame."""
    start, end = geob(data)
    size = sum(byte << 7 * n for n, byte in enumerate(reversed(data[6:10]))) - (end - start)
    stated = bytes(size >> 7 * n & 127 for n in (3, 2, 1, 0))
    return data[:6] + stated + data[10:start] + data[end:]


@pytest.mark.parametrize("form", ["mp3", "wav", "m4a"])
def test_a_signed_sound_says_that_it_is_synthetic_and_by_whom(
    scripts: Path, paperledge: Call, form: str
) -> None:
    sound, manifest = render(paperledge, form)
    ran = paperledge("verify", sound)
    assert ran.code == 0, ran.out
    assert "signed by Ada, Toneledge (self-signed)" in ran.out
    data = sound.read_bytes()
    assert manifest["files"][0]["bytes"] == len(data)
    assert manifest["files"][0]["sha256"] == hashlib.sha256(data).hexdigest()
    assert f'length="{len(data)}"' in sound.with_suffix(".item.xml").read_text()
    read = "import c2pa, sys; print(c2pa.Reader(sys.argv[1]).json())"
    done = subprocess.run([sys.executable, "-c", read, sound], capture_output=True, check=True)
    said = json.loads(done.stdout)
    active = said["manifests"][said["active_manifest"]]
    found = {one["label"]: one["data"] for one in active["assertions"]}
    (action,) = found["c2pa.actions.v2"]["actions"]
    assert action["action"] == "c2pa.created"
    assert action["digitalSourceType"].endswith("/trainedAlgorithmicMedia")
    (voice,) = found["paperledge.voices"]["voices"]
    assert (voice["name"], voice["licence"]) == ("Tone", "Apache-2.0")
    assert "imitates nobody" in json.dumps(voice["consent"])
    entries = found["cawg.training-mining"]["entries"]
    assert entries["cawg.ai_generative_training"] == {"use": "notAllowed"}
    assert active["title"] == "The Sound of One Hand"
    for path in sound.parent.iterdir():
        assert str(scripts).encode() not in path.read_bytes()
        assert KEY.encode() not in path.read_bytes()
        assert b"PRIVATE KEY" not in path.read_bytes()


def test_all_but_the_signature_is_the_same(scripts: Path, paperledge: Call) -> None:
    sound, manifest = render(paperledge, "mp3")
    first = sound.read_bytes()
    unsigned = hashlib.sha256(strip(first)).hexdigest()
    assert manifest["sound"]["provenance"] == {"algorithm": "es256", "unsigned_sha256": unsigned}
    again, repeated = render(paperledge, "mp3")
    assert again.read_bytes() != first
    assert strip(again.read_bytes()) == strip(first)
    assert repeated["sound"]["provenance"] == manifest["sound"]["provenance"]


def test_the_signature_holds_without_c2pa_s_own_library(scripts: Path, paperledge: Call) -> None:
    """The certificate signed the claim, which has the hashes of what it claims and of the sound."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    sound, _ = render(paperledge, "mp3")
    data = sound.read_bytes()
    _, end = geob(data)
    start = data.index(b"c2pa manifest store\0") + 20
    boxes = {path[-1]: content for path, kind, content in walk(data[start:end]) if kind == b"cbor"}
    protected, unprotected, payload, signature = decode(boxes["c2pa.signature"])
    assert payload is None
    chain = decode(protected).get(33) or unprotected["x5chain"]
    certificate = x509.load_der_x509_certificate(chain if isinstance(chain, bytes) else chain[0])
    named = x509.load_pem_x509_certificate((scripts / CERTIFICATE).read_bytes())
    assert certificate == named
    signed = b"\x84\x6aSignature1" + b"".join(
        encode_bytes(part) for part in (protected, b"", boxes["c2pa.claim.v2"])
    )
    pair = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(utils.encode_dss_signature(*pair), signed, ec.ECDSA(hashes.SHA256()))  # or raises
    binding = decode(boxes["c2pa.hash.data"])
    (gap,) = binding["exclusions"]
    assert (gap["start"], gap["length"]) == (start, end - start)
    assert binding["hash"] == hashlib.sha256(data[:start] + data[end:]).digest()
    claim = decode(boxes["c2pa.claim.v2"])
    claimed = {
        one["url"].rpartition("/")[2]
        for one in (*claim["created_assertions"], *claim.get("gathered_assertions", ()))
    }
    assert claimed >= {"c2pa.hash.data", "c2pa.actions.v2", "paperledge.voices"}


def test_a_wav_has_its_signature_in_a_chunk_of_its_own(scripts: Path, paperledge: Call) -> None:
    sound, manifest = render(paperledge, "wav")
    data = sound.read_bytes()
    place = data.rindex(b"C2PA\x00") if b"C2PA\x00" in data else data.rindex(b"C2PA")
    plain = b"RIFF" + (place - 8).to_bytes(4, "little") + data[8:place]
    assert hashlib.sha256(plain).hexdigest() == manifest["sound"]["provenance"]["unsigned_sha256"]


@pytest.mark.parametrize("form", ["mp3", "wav", "m4a"])
def test_one_changed_byte_of_the_sound_is_found(scripts: Path, paperledge: Call, form: str) -> None:
    sound, _ = render(paperledge, form)
    data = bytearray(sound.read_bytes())
    place = {"mp3": len(data) - 3000, "wav": 200_000, "m4a": len(data) - 3000}[form]
    data[place] ^= 1
    sound.write_bytes(data)
    assert paperledge("verify", sound).code == 1
    found = read_signature(sound)
    assert found is not None
    (code,) = found.failures
    assert code in {"assertion.dataHash.mismatch", "assertion.bmffHash.mismatch"}
    (line,) = check_provenance(sound, {}, tag_is_read=True)
    assert (line.ok, code in line.detail) == (False, True)


def test_a_removed_signature_is_missed(scripts: Path, paperledge: Call) -> None:
    sound, _ = render(paperledge, "mp3")
    sound.write_bytes(strip(sound.read_bytes()))
    ran = paperledge("verify", sound)
    assert ran.code == 1
    assert "the signature is missing" in ran.out


def test_other_programs_read_a_signed_mp3(
    scripts: Path, paperledge: Call, program: Program
) -> None:
    sound, _ = render(paperledge, "mp3")
    tag: Any = mutagen.id3.ID3(sound, translate=False)  # type: ignore[no-untyped-call]
    assert tag.version == (2, 3, 0)
    (frame,) = tag.getall("GEOB")
    assert frame.mime == "application/x-c2pa-manifest-store"
    assert tag["TIT2"].text == ["The Sound of One Hand"]
    assert len(tag.getall("CHAP")) == 2

    def run(*command: str | Path) -> str:
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        return done.stdout + done.stderr

    assert run(program("ffmpeg"), "-v", "error", "-i", sound, "-f", "null", "-") == ""
    said = run(program("mp3val"), sound)
    assert "WARNING" not in said
    assert "ERROR" not in said
    said = run(program("exiftool"), "-s3", "-Title", "-Warning", sound)
    assert said.splitlines() == ["The Sound of One Hand"]


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        (KEY, "none.key", 1, "none.key: can't be read"),
        (f'"{KEY}"', f'"{CERTIFICATE}"', 1, "provenance.key: is no private key"),
        (f'"{CERTIFICATE}"', f'"{KEY}"', 1, "provenance.certificate: is no certificate"),
        (f'"{KEY}"', '"env:NO_SUCH_KEY"', 1, "provenance.key: NO_SUCH_KEY is not set"),
        (f'key = "{KEY}"\n', "", 1, "provenance.key: is missing"),
    ],
)
def test_what_can_not_sign_is_told_before_anybody_speaks(
    scripts: Path, paperledge: Call, old: str, new: str, code: int, says: str
) -> None:
    (scripts / CERTIFICATE).chmod(0o600)  # where it stands for a key, that is not at fault
    toml = scripts / "show.toml"
    toml.write_text(toml.read_text().replace(old, new))
    ran = paperledge("render", ONE, "-o", "out")
    assert (ran.code, says in ran.err) == (code, True), ran.err
    assert len(ran.err.splitlines()) == 1
    if "provenance." in says:
        assert re.search(r"scripts/show.toml:1[123]:\d+: provenance", ran.err), ran.err
    assert not Path("out").exists()


def test_a_key_that_others_can_read_is_refused(scripts: Path, paperledge: Call) -> None:
    (scripts / KEY).chmod(0o640)
    ran = paperledge("render", ONE, "-o", "out")
    assert (ran.code, "chmod 600" in ran.line) == (1, True)


def test_a_certificate_for_something_else_is_refused(scripts: Path, paperledge: Call) -> None:
    write_credential(scripts, email=False)
    ran = paperledge("render", ONE, "-o", "out")
    assert (ran.code, "can't sign for C2PA" in ran.line) == (1, True), ran.err


def test_a_certificate_of_another_key_is_refused(scripts: Path, paperledge: Call) -> None:
    old = (scripts / CERTIFICATE).read_bytes()
    write_credential(scripts)
    (scripts / CERTIFICATE).write_bytes(old)
    ran = paperledge("render", ONE, "-o", "out")
    assert (ran.code, "is not that of the key" in ran.line) == (1, True), ran.err


@pytest.mark.parametrize("form", ["opus", "flac"])
def test_a_format_that_is_not_signed_is_refused(scripts: Path, paperledge: Call, form: str) -> None:
    ran = paperledge("render", ONE, "-o", "out", "--format", form)
    assert (ran.code, f"{form} files are not signed" in ran.line) == (1, True)


def test_without_the_extra_the_command_is_named(
    scripts: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "c2pa", None)
    ran = paperledge("render", ONE, "-o", "out")
    assert (ran.code, compose_install("provenance") in ran.line) == (3, True)


def test_a_key_may_be_in_the_environment(
    scripts: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNING_KEY", (scripts / KEY).read_text())
    (scripts / KEY).unlink()
    toml = scripts / "show.toml"
    toml.write_text(toml.read_text().replace(f'"{KEY}"', '"env:SIGNING_KEY"'))
    sound, _ = render(paperledge, "mp3")
    assert paperledge("verify", sound).code == 0
