"""python -m tests.bench.voice: what each part of the voice chain does to real speech.

Speaks, or takes from the store, an episode of the host and one guest and a short one with the other
guest, in studio and in draft quality; mixes the speech through several chains, and writes
docs/VOICE_CHAIN.md. Needs the recogniser of the `speech` extra, and `pip install speechmos`
(DNSMOS, a net that rates speech from 1 to 5 as listeners would: Reddy et al., ICASSP 2022).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from paperledge_audio.engines import Take, make_pool
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.master.mastering import master
from paperledge_audio.master.targets import target_for
from paperledge_audio.mix.levels import SURE_S
from paperledge_audio.mix.mixing import mixdown
from paperledge_audio.mix.model import Timeline
from paperledge_audio.mix.processing import process
from paperledge_audio.mix.timeline import arrange
from paperledge_audio.mix.voicechain import apply_chain
from paperledge_audio.plan import plan_script
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show, VoiceChain
from paperledge_audio.sound.clip import Clip, amplify, convert_channels, duration_s, load, resample
from paperledge_audio.sound.measuring.meter import integrated_lufs, measure_loudness, measure_powers
from paperledge_audio.synthesis import synthesize
from paperledge_audio.takes import TakeStore
from paperledge_audio.verify.recogniser import RATE, read_back
from paperledge_audio.verify.wording import count_word_errors
from tests.samples import ROOT

EPISODES = (("attention-is-all-you-need", "emma"), ("quickstart", "michael"))
"""Scripts, and who reads their quotations."""
RATED_LUFS = -26.0
"""DNSMOS hears all variants at the same level, which leaves room for their peaks."""
RATED_EVERY = 4
CEILING_DBTP = -1.5

PAGE = ROOT / "docs" / "VOICE_CHAIN.md"
MARK = "<!-- from here on: python -m tests.bench.voice -->\n"

NOTHING = VoiceChain(
    leveling_db=0.0,
    even_peaks=False,
    high_pass_hz=0.0,
    deess_db=0.0,
    compression_ratio=1.0,
    compression_lu=6.0,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """Speech through one chain, measured."""

    takes_lu: float
    """Standard deviation of the takes' loudness."""
    voices_lu: float
    """From the softest to the loudest voice."""
    plr_db: float
    """True peak over integrated loudness."""
    limited_db: float
    """The most that the limiter takes off at -16 LUFS in stereo under -1.5 dBTP."""
    mos: float
    """DNSMOS, overall."""
    errors: int
    words: int
    cpu_s: float
    """What the chain itself costs."""


def chains(show: Show) -> dict[str, VoiceChain]:
    """What is compared; all but the last two differ from nothing in one thing."""
    return {
        "nothing but voices matched": NOTHING,
        "leveling_db = 2": replace(NOTHING, leveling_db=2.0),
        "even_peaks = true": replace(NOTHING, even_peaks=True),
        "high_pass_hz = 60": replace(NOTHING, high_pass_hz=60.0),
        "deess_db = 6": replace(NOTHING, deess_db=6.0),
        "compression_ratio = 2": replace(NOTHING, compression_ratio=2.0),
        "the default": show.voice_chain,
        "the default, compression_ratio = 2": replace(show.voice_chain, compression_ratio=2.0),
    }


def spoken(quality: str) -> Iterator[tuple[Take, ...]]:
    """The takes of each episode."""
    base = load_show(ROOT / "scripts" / "show.toml")
    for name, guest in EPISODES:
        show = replace(base, voices=replace(base.voices, quote=guest))
        file, store = ROOT / "scripts" / f"{name}.md", TakeStore(cache_folder())
        plan = plan_script(file.read_bytes(), str(file), show, quality=quality, store=store)
        with make_pool() as pool:
            yield synthesize(plan, store, lambda take: take, pool=pool)


def heard(episodes: Sequence[Sequence[Take]], show: Show, chain: VoiceChain) -> Heard:
    """The speech of all episodes through a chain; the worst or the mean of what is measured."""
    lines = [
        arrange(
            [process(take, chain) for take in takes],
            [""] * (takes[-1].segment.chapter + 1),
            {},
            show.music,
            host=show.voices.host,
            leveling_db=chain.leveling_db,
        )
        for takes in episodes
    ]
    mixes = [load(mixdown(line, show.music)) for line in lines]
    before = [measure_loudness(mix) for mix in mixes]
    apple = target_for("apple", 2)
    errors = [_errors(line, mix) for line, mix in zip(lines, mixes, strict=True)]
    spreads = [_spreads(line, mix) for line, mix in zip(lines, mixes, strict=True)]
    return Heard(
        takes_lu=max(takes for takes, _ in spreads),
        voices_lu=max(voices for _, voices in spreads),
        plr_db=max(one.true_peak_dbtp - one.integrated_lufs for one in before),
        limited_db=max(master(m, apple, ceiling_dbtp=CEILING_DBTP).limited_db for m in mixes),
        mos=_mos(lines, mixes),
        errors=sum(wrong for wrong, _ in errors),
        words=sum(words for _, words in errors),
        cpu_s=_cpu_s([take.clip for take in episodes[0]], chain),
    )


def _cut(line: Timeline, mix: Clip) -> list[Clip]:
    """The takes as they stand in a mix, mono."""
    mono = convert_channels(mix, 1)
    return [Clip(mono.samples[cue.start : cue.end], mix.rate) for cue in line.cues]


def _spreads(line: Timeline, mix: Clip) -> tuple[float, float]:
    powers = [measure_powers(clip) for clip in _cut(line, mix)]
    takes = [integrated_lufs(power) for power in powers if len(power) >= 4]
    voices = []
    for voice in {cue.segment.voice for cue in line.cues}:
        own = [p for p, cue in zip(powers, line.cues, strict=True) if cue.segment.voice == voice]
        voices.append(integrated_lufs(np.concatenate(own)))
    return float(np.std(takes)), max(voices) - min(voices)


def _errors(line: Timeline, mix: Clip) -> tuple[int, int]:
    said = (word.text for cue in line.cues for word in cue.words if word.end > word.start)
    return count_word_errors(" ".join(said), read_back(mix))


def _mos(lines: Sequence[Timeline], mixes: Sequence[Clip]) -> float:
    """The mean, by length, over every fourth of the takes of at least 3 s."""
    from speechmos import dnsmos

    clips = [c for line, mix in zip(lines, mixes, strict=True) for c in _cut(line, mix)]
    rated = [clip for clip in clips if duration_s(clip) >= SURE_S][::RATED_EVERY]
    scores = []
    for clip in rated:
        level = amplify(clip, RATED_LUFS - measure_loudness(clip).integrated_lufs)
        score = dnsmos.run(resample(level, RATE).samples[:, 0], sr=RATE, return_df=False)
        scores.append(float(score["ovrl_mos"]))
    return float(np.average(scores, weights=[duration_s(clip) for clip in rated]))


def _cpu_s(clips: Sequence[Clip], chain: VoiceChain) -> float:
    start = time.process_time()
    for clip in clips:
        apply_chain(clip, chain)
    return time.process_time() - start


def table(rows: dict[str, Heard]) -> str:
    """As Markdown."""
    head = (
        "| chain | takes | voices | peak | limited | DNSMOS | words heard otherwise | CPU |\n"
        "|---|---|---|---|---|---|---|---|\n"
    )
    return head + "".join(
        f"| {name} | {row.takes_lu:.2f} LU | {row.voices_lu:.2f} LU | {row.plr_db:.1f} dB "
        f"| {row.limited_db:.1f} dB | {row.mos:.2f} | {row.errors} of {row.words} "
        f"| {row.cpu_s:.2f} s |\n"
        for name, row in rows.items()
    )


def main() -> None:
    """Measure; write the tables to standard output and into docs/VOICE_CHAIN.md."""
    show = load_show(ROOT / "scripts" / "show.toml")
    found = ""
    for quality in ("studio", "draft"):
        episodes, rows = list(spoken(quality)), {}
        for name, chain in chains(show).items():
            rows[name] = heard(episodes, show, chain)
            print(quality, name, rows[name], file=sys.stderr)
        found += f"\n{quality.capitalize()}:\n\n{table(rows)}"
    print(found)
    before, _ = PAGE.read_text("utf-8").split(MARK)
    PAGE.write_text(before + MARK + found, "utf-8")


if __name__ == "__main__":
    main()
