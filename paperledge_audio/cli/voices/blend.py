"""paperledge voices blend: a new voice from several of Kokoro's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import LINE, json_option, load_local_show, out_option
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.cli.voices.placing import check_place, title_of
from paperledge_audio.errors import UsageError, VoiceError

if TYPE_CHECKING:
    from collections.abc import Sequence

STOCK = "A blend of stock voices of the model; it imitates no particular person."


def complete_pack(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[str]:
    """Names of packs, for shell completion."""
    from paperledge_audio.voices.blends import find_packs

    folder = load_local_show().voices_folder
    return [f"{name}=" for name in find_packs(folder) if name.startswith(incomplete)]


@make_command(
    name="blend",
    epilog="""\b
Examples:
  paperledge voices blend af_heart=0.7 bf_emma=0.3 -o voices/mix.toml
  paperledge voices blend af_heart=2,bf_emma=1 -o voices/ada.toml --title Ada""",
)
@click.argument(
    "recipe", nargs=-1, required=True, metavar="PACK=WEIGHT...", shell_complete=complete_pack
)
@out_option("FILE", "The profile to write, such as voices/mix.toml.")
@click.option("--title", type=LINE, help="The name that captions show.  [default: the file's name]")
@click.option("--language", help="en-US or en-GB.  [default: that of the heaviest stock voice]")
@click.option(
    "--licence", type=LINE, help="The blend's licence; needed if a pack is not a stock voice."
)
@click.option(
    "--consent",
    metavar="TEXT",
    type=LINE,
    help="Who agreed to this voice; needed whenever --licence is.",
)
@click.option("--force", is_flag=True, help="Replace an existing profile.")
@json_option
def command(  # noqa: PLR0917 - click passes them all by name
    recipe: tuple[str, ...],
    out: Path,
    title: str | None,
    language: str | None,
    licence: str | None,
    consent: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Write the profile of a voice that blends several Kokoro packs.

    PACK is a stock voice, a pack in packs/ beside the profile, or a file. Weights are scaled to
    sum to 1.
    """
    from paperledge_audio.files.reading import real_path
    from paperledge_audio.files.tables import Fields
    from paperledge_audio.files.writing import deliver_files
    from paperledge_audio.voices.blends import choose_draft_engine, read_packs, stock_folder
    from paperledge_audio.voices.packs import blend
    from paperledge_audio.voices.profiles import ROLES, SAMPLE, Consent, Voice, compose

    check_place(out, force=force)
    weights = _read_weights(recipe, out.parent)
    packs = read_packs(Fields({"blend": weights}, error=VoiceError), out.parent)
    _, sha256 = blend(packs)
    stock = [path.stem for path, _ in packs if path.parent == stock_folder()]
    if len(stock) < len(packs) and not (licence and consent):
        raise UsageError("not every pack is a stock voice", "give --licence and --consent")
    names = ", ".join(f"{path.stem} {weight:.4g}" for path, weight in packs)
    voice = Voice(
        name=out.stem,
        path=out,
        title=title or title_of(out),
        language=language or ("en-GB" if stock and stock[0].startswith("b") else "en-US"),
        pace=1.0,
        studio="kokoro",
        draft=choose_draft_engine("kokoro", packs),
        packs=packs,
        roles=ROLES,
        licence=licence or "Apache-2.0",
        origin=f"Kokoro-82M (hexgrad), a blend: {names}",
        consent=Consent(consent or STOCK),
        sample=SAMPLE,
    )
    deliver_files({out: compose(voice, out.parent).encode()}, force=force)
    here = load_local_show().voices_folder
    use = f'paperledge say "{SAMPLE}" -o {voice.name}.wav --voice {voice.name}'
    if as_json:
        packs_told = [{"path": str(path), "weight": weight} for path, weight in packs]
        print_json({"path": str(out), "packs": packs_told, "sha256": sha256, "use": use})
        return
    say(out)
    say(use if real_path(out).parent == real_path(here) else f"to use it, move it to {here}")


def _read_weights(recipe: Sequence[str], folder: Path) -> dict[str, float]:
    """Pack → weight; files are named from the profile's folder, as profiles name them."""
    from paperledge_audio.voices.blends import make_relative

    weights: dict[str, float] = {}
    for part in (part.strip() for piece in recipe for part in piece.split(",")):
        name, _, weight = part.rpartition("=")
        try:
            number = float(weight)
        except ValueError:
            number = 0.0
        if not name.strip() or not number:
            raise UsageError(f"{part!r} is not a part of a blend", "write it as af_heart=0.7")
        key = name.strip()
        if not re.fullmatch(r"[A-Za-z0-9_-]+", key):
            key = make_relative(Path(key), folder)
        if key in weights:
            raise UsageError(f"{name.strip()} is given twice", "add its weights together")
        weights[key] = number
    return weights
