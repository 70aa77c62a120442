"""Imported by a worker: its tone engine takes `TONE_COST_S` seconds a take, as a model would."""

import os
import time

from paperledge_audio.engines import Take, tone
from paperledge_audio.spoken import Segment
from paperledge_audio.voices.profiles import Voice

COST_S = float(os.environ.get("TONE_COST_S", "0"))


class SlowTone(tone.Tone):
    """Dask loads this file twice, so nothing is wrapped."""

    def speak(self, segment: Segment, voice: Voice) -> Take:
        time.sleep(COST_S)
        return super().speak(segment, voice)


tone.open_engine = SlowTone
