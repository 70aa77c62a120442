"""paperledge voices install: the step that fetches a model of Coqui's hub."""

from __future__ import annotations

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import json_option, print_json, show_here
from paperledge_audio.errors import UsageError


@make_command(
    name="install",
    epilog="""\b
Examples:
  paperledge voices install tts_models/en/vctk/vits
  paperledge voices install guest --accept-licence""",
)
@click.argument("name")
@click.option("--accept-licence", is_flag=True, help="Agree to the model's licence beforehand.")
@json_option
def command(name: str, accept_licence: bool, as_json: bool) -> None:
    """Fetch a model of Coqui's hub: NAME is the model's, or a voice's that speaks with it.

    Its licence is shown, and must be accepted. This is the only command that uses the network.
    """
    from paperledge_audio.engines.coqui import hub

    def accepted(offer: hub.Offer) -> bool:
        for line in (offer.name, offer.about, f"licence: {offer.licence}", f"by: {offer.author}"):
            click.echo(line, err=True)
        return accept_licence or click.confirm("Do you accept this licence?", err=True)

    found = hub.install(_hub_name(name), accepted)
    if found is None:
        raise UsageError("the licence was not accepted, so nothing was fetched")
    if as_json:
        print_json({"model": str(found.model), "licence": found.licence})
    else:
        click.echo(found.model)


def _hub_name(name: str) -> str:
    if "/" in name:
        return name
    from paperledge_audio.voices.finding import find_voice

    coqui = find_voice(name, show_here()).coqui
    if coqui is None or not isinstance(coqui.model, str):
        raise UsageError(f"the voice {name} speaks with no model of Coqui's hub")
    return coqui.model
