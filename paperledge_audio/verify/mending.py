"""An episode in the making → one whose takes pass their gates and whose sentences are heard right.

Takes with a fault are made again in other readings; then the sound is made, decoded and heard, and
sentences that are heard wrong are mended alike, until none is left or no reading helps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperledge_audio.errors import raise_first
from paperledge_audio.files.resources import compose_install
from paperledge_audio.synthesis.mending import MendedTake, mend, put_in
from paperledge_audio.takes import find_failures, list_faults
from paperledge_audio.verify.drift import open_comparer
from paperledge_audio.verify.speech.listening import open_listener

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from paperledge_audio.deliver.edition import Edition
    from paperledge_audio.deliver.encode.to_target import Encoded
    from paperledge_audio.engines.model import Take
    from paperledge_audio.mix.model import ProcessedTake
    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.takes import TakeStore
    from paperledge_audio.verify.drift import VoiceComparer
    from paperledge_audio.verify.speech.listening import Listener

MOST_ROUNDS = 3
"""How often the sound is made again."""
GATES_ONLY = f"only gates were checked; to have it heard, too: {compose_install('speech')}"

Takes = tuple["ProcessedTake", ...]
Assemble = Callable[["ScriptPlan", Takes], tuple["Edition", "Encoded"]]
"""Mixes and masters takes."""


@dataclass(slots=True)
class Mender:
    """What takes are made again with, and what came of it."""

    store: TakeStore
    pool: Executor
    finish: Callable[[Take], ProcessedTake]
    on_stage: Callable[[str], None] = lambda _stage: None
    mended: list[MendedTake] = field(default_factory=list)
    heard: str = GATES_ONLY
    """What came of hearing it, in words."""
    comparer: VoiceComparer | None = None
    """Of the takes' voices; None where no speaker encoder is installed."""

    def verify(
        self, plan: ScriptPlan, takes: Takes, assemble: Assemble
    ) -> tuple[ScriptPlan, Takes, Edition, Encoded]:
        """The plan, its takes and its sound, with what was mended.

        Raises TakeError, with the line, for what can't be mended; its `others` are further ones.
        """
        self.comparer = open_comparer()
        failed: dict[Take, list[str]] = {}
        for one in find_failures(one.take for one in takes):
            failed.setdefault(one.take, []).append(one.what)
        spoken = [one.take for one in takes]
        for take in spoken:
            if faults := self._compare(take, spoken):
                failed.setdefault(take, []).extend(faults)
        failed = {take: faults for take, faults in failed.items() if not take.segment.chosen}
        plan, takes = self._mend(plan, takes, failed, None)
        edition, encoded = assemble(plan, takes)
        listener = open_listener()
        if listener is None:
            return plan, takes, edition, encoded
        for _ in range(MOST_ROUNDS):
            self.on_stage("hearing it")
            if not (wrong := _hear(edition, encoded, takes, listener)):
                break
            plan, takes = self._mend(plan, takes, wrong, listener)
            edition, encoded = assemble(plan, takes)
        wrong = _hear(edition, encoded, takes, listener)
        left = [MendedTake(take, why[0], why, ()) for take, why in wrong.items()]
        raise_first([one.as_error(plan.path) for one in left])
        self.heard = f"heard in the finished sound: {listener.summary}"
        return plan, takes, edition, encoded

    def _compare(self, take: Take, others: Sequence[Take]) -> tuple[str, ...]:
        return self.comparer.list_faults(take, others) if self.comparer else ()

    def _mend(
        self,
        plan: ScriptPlan,
        takes: Takes,
        faulty: Mapping[Take, Sequence[str]],
        listener: Listener | None,
    ) -> tuple[ScriptPlan, Takes]:
        others = [one.take for one in takes]

        def judge(take: Take) -> tuple[str, ...]:
            heard = listener.list_faults(take) if listener else ()
            return (*list_faults(take, others), *self._compare(take, others), *heard)

        if faulty:
            self.on_stage("mending takes")
        mended = mend(plan, faulty, judge, self.store, self.pool)
        self.mended += mended
        return put_in(plan, takes, mended, self.finish)


def _hear(
    edition: Edition, encoded: Encoded, takes: Takes, listener: Listener
) -> dict[Take, tuple[str, ...]]:
    timeline = edition.timeline
    with edition.form.open_sound(encoded.path) as sound:
        return listener.find_wrong(sound, [one.take for one in takes], timeline.cues, timeline.rate)
