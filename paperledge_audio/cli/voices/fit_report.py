"""What `voices fit` tells: how like the recording each voice is, and at what price."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from paperledge_audio.cli.support.printing import say

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.likeness import Fit, Proof, Reference, Shaped

FRONT = 8
"""Lines of the front that are printed."""


def print_fit(found: Fit, shaped: Shaped | None, pause_s: float) -> None:
    """Print the figures of a fit for people; `pause_s` is the recording's median pause."""
    from paperledge_audio.voices.origins import describe_blend

    blended = (
        (found.before, f"the nearest stock voice, {found.nearest}"),
        (found.after, f"the blend: {describe_blend(found.blend)}"),
    )
    fitted = () if shaped is None or shaped.rows is None else ((shaped.found.likeness, "the fit"),)
    rows = (
        *blended,
        *fitted,
        *([(found.itself, "one half of the recording to the other")] if found.itself else []),
        (found.same_voice, "a stock voice to itself, on other lines"),
        (found.other_voice, "a stock voice to another, on average"),
    )
    say("similarity (1 at most), on lines that the search did not use:")
    for likeness, what in rows:
        say(f"  {likeness:5.2f}  {what}")
    if pause_s:
        say(f"the recording's pauses: {pause_s:.2f} s (in show.toml, [pauses] sentence)")
    if shaped:
        _print_shaped(shaped)


def _print_shaped(shaped: Shaped) -> None:
    say(f"beyond the blends, after {shaped.tried} trials (the recording: {_pitch(shaped)}):")
    for name, proof in list_proofs(shaped):
        say(f"  {name}: {tell_proof(proof)}")
    say("what could be had, on the search's own lines (more likeness for less quality: --like):")
    front = {
        f"{trial.quality:.2f}": trial for trial in reversed(shaped.front)
    }  # the likest of each
    for quality, trial in [*front.items()][::-1][:FRONT]:
        say(f"  similarity {trial.likeness:.2f}, quality {quality}")


def list_proofs(shaped: Shaped) -> list[tuple[str, Proof]]:
    """The proof of each voice, with its name; of the fitted one only where there is one."""
    from paperledge_audio.voices.packs import PROVEN

    found = [shaped.nearest, shaped.blend]
    if shaped.rows is not None:
        found.append(shaped.found)
    return list(zip(PROVEN, found, strict=False))


def tell_proof(proof: Proof) -> str:
    """The figures of a voice in a line."""
    misheard = "" if proof.misheard is None else f", words misheard: {proof.misheard}"
    return (
        f"similarity {proof.likeness:.2f}, quality {proof.quality:.2f}, "
        f"{proof.pitch_hz:.0f} Hz{misheard}"
    )


def tell_recording(found: Fit, shaped: Shaped) -> str:
    """The figures of the recording in a line."""
    if found.itself is None:
        return _pitch(shaped)
    return f"similarity {found.itself:.2f} of one half to the other, {_pitch(shaped)}"


def _pitch(shaped: Shaped) -> str:
    return f"{shaped.recorded.pitch_hz:.0f} Hz"


def describe_fit(
    found: Fit, shaped: Shaped | None, reference: Reference, remarks: list[str], files: list[Path]
) -> dict[str, Any]:
    """The figures of a fit for programs, with the written files, the profile last."""
    beyond = shaped and {
        "pace": shaped.pace,
        "tried": shaped.tried,
        "proofs": {name.replace(" ", "_"): asdict(proof) for name, proof in list_proofs(shaped)},
        "front": [trial.list_figures() for trial in shaped.front],
    }
    return {
        "profile": str(files[-1]),
        "pack": str(files[0]) if len(files) > 1 else None,
        "beyond": beyond,
        "blend": {name: round(weight, 2) for name, weight in found.blend},
        "language": found.voice.language,
        "nearest": found.nearest,
        "likeness": {
            "before": round(found.before, 4),
            "after": round(found.after, 4),
            "itself": found.itself and round(found.itself, 4),
            "same_voice": round(found.same_voice, 4),
            "other_voice": round(found.other_voice, 4),
        },
        "tried": found.tried,
        "speech_s": round(reference.speech_s, 2),
        "pause_s": round(reference.pause_s, 2),
        "remarks": remarks,
    }
