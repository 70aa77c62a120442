"""paperledge voices install: fetch a model from Coqui's hub."""

from __future__ import annotations

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import json_option, load_local_show
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.errors import UsageError


@make_command(
    name="install",
    epilog="""\b
Examples:
  paperledge voices install tts_models/en/vctk/vits
  paperledge voices install guest --accept-licence""",
)
@click.argument("name")
@click.option(
    "--accept-licence", is_flag=True, help="Accept the model's licence without being asked."
)
@json_option
def command(name: str, accept_licence: bool, as_json: bool) -> None:
    """Fetch a model from Coqui's hub; NAME is a model, or a voice that uses one.

    You must accept its licence, which is shown. Only this command uses the network.
    """
    from paperledge_audio.engines.coqui import hub

    def accepted(offer: hub.HubModel) -> bool:
        for line in (offer.name, offer.about, f"licence: {offer.licence}", f"by: {offer.author}"):
            say(line, err=True)
        return accept_licence or click.confirm("Do you accept this licence?", err=True)

    found = hub.install(_find_hub_name(name), accepted)
    if found is None:
        raise UsageError("the licence was not accepted, so nothing was fetched")
    if as_json:
        print_json({"model": str(found.model), "licence": found.licence})
    else:
        say(found.model)


def _find_hub_name(name: str) -> str:
    if "/" in name:
        return name
    from paperledge_audio.voices.finding import find_voice

    coqui = find_voice(name, load_local_show()).coqui
    if coqui is None or not isinstance(coqui.model, str):
        raise UsageError(f"the voice {name} uses no model of Coqui's hub")
    return coqui.model
