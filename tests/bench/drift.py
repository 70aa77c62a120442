"""python -m tests.bench.drift studio am_michael: how alike takes are, and other voices.

The takes are those of the example episodes, from the store, where a render has put them. One take
in 16 is spoken again by another pack of Kokoro, and stands among the others in its place.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

from paperledge_audio.engines import open_engine
from paperledge_audio.engines.model import Take
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.plan import plan_script
from paperledge_audio.show.loading import load_show
from paperledge_audio.takes import TakeStore
from paperledge_audio.verify.drift import VoiceComparer
from paperledge_audio.verify.encoder import open_encoder
from paperledge_audio.voices.finding import stock_voice
from tests.samples import ROOT

EVERY = 16


def list_episodes(quality: str) -> Iterator[tuple[Take, ...]]:
    """The kept takes of each example episode."""
    folder = ROOT / "scripts"
    show, store = load_show(folder / "show.toml"), TakeStore(cache_folder())
    for file in sorted(folder.glob("*.md")):
        plan = plan_script(file.read_bytes(), str(file), show, quality=quality, store=store)
        yield tuple(plan.kept)


def main(quality: str, *packs: str) -> None:
    """Print what good takes have, and a table of the packs."""
    engine, comparer = open_engine("kokoro"), VoiceComparer(open_encoder())
    episodes = list(list_episodes(quality))
    found = [comparer.measure(one, takes) for takes in episodes for one in takes]
    good = sorted(one for one in found if one is not None)
    false = sum(bool(comparer.list_faults(one, takes)) for takes in episodes for one in takes)
    print(f"{quality}: {len(good)} of {len(found)} takes compared, {false} false alarms;")
    print(f"least {good[0]:g}, then {good[1]:g}, half {good[len(good) // 2]:g} or more")
    print("\n| other pack | found | of | most alike |\n|---|---|---|---|")
    for pack in packs:
        voice, values, caught = stock_voice(pack), list[float](), 0
        for takes in episodes:
            for take in takes[::EVERY]:
                spoken = engine.speak(take.segment, voice)
                other = replace(spoken, engine=take.engine, id=f"{pack} {take.id}")
                if (value := comparer.measure(other, takes)) is not None:
                    values.append(value)
                    caught += bool(comparer.list_faults(other, takes))
        print(f"| {pack} | {caught} | {len(values)} | {max(values):g} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
