"""An episode in the making → one whose takes pass their gates and whose sentences are heard right.

Takes with a fault are made again in other readings; then the sound is made, decoded and heard, and
sentences that are heard wrong are mended alike, until none is left or no reading helps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from paperledge_audio.errors import raise_first
from paperledge_audio.files.resources import compose_install
from paperledge_audio.synthesis.mending import MendedTake, mend, put_in
from paperledge_audio.takes import find_failures, is_speech, list_faults
from paperledge_audio.verify.drift import NOT_COMPARED, open_comparer
from paperledge_audio.verify.speech.listening import open_listener, place_cue
from paperledge_audio.verify.speech.measuring import check_sentences

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
    from paperledge_audio.verify.speech.verdicts import ReadSentence

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
    mended: dict[int, MendedTake] = field(default_factory=dict)
    """What became of takes that had a fault, by the index of their segment."""
    doubtful: tuple[ReadSentence, ...] = ()
    """Sentences of which a recogniser can't tell."""
    heard: str = ""
    """What came of hearing it, in words; empty before."""
    comparer: VoiceComparer | None = None
    """Of the takes' voices; None where no speaker encoder is installed."""

    def verify(
        self, plan: ScriptPlan, takes: Takes, assemble: Assemble
    ) -> tuple[ScriptPlan, Takes, Edition, Encoded]:
        """The plan, its takes and its sound, with what was mended.

        Raises TakeError, with the line, for what can't be mended, once all was tried and heard; its
        `others` are further ones.
        """
        self.comparer = open_comparer()
        failed: dict[Take, list[str]] = {}
        for one in find_failures(one.take for one in takes):
            failed.setdefault(one.take, []).append(one.what)
        spoken = [one.take for one in takes]
        for take in spoken:
            if faults := self._compare(take, spoken):
                failed.setdefault(take, []).extend(faults)
        plan, takes = self._mend(plan, takes, failed, None)
        edition, encoded = assemble(plan, takes)
        self.heard = GATES_ONLY
        if listener := open_listener():
            for rounds_left in reversed(range(MOST_ROUNDS + 1)):
                wrong = self._hear(edition, encoded, takes, listener)
                given_up = {index for index, one in self.mended.items() if one.left}
                untried = {t: why for t, why in wrong.items() if t.segment.index not in given_up}
                if not (untried and rounds_left):
                    break
                plan, takes = self._mend(plan, takes, untried, listener)
                edition, encoded = assemble(plan, takes)
            self._note_wrong(wrong)
            self.doubtful = listener.doubtful
            self.heard = f"heard in the finished sound: {listener.summary}"
        self._note_wrong(self._measure(edition, encoded, takes))
        if self.comparer is None:
            self.heard += f"; {NOT_COMPARED}"
        left = [one for _, one in sorted(self.mended.items()) if one.left and not one.is_chosen]
        raise_first([one.as_error(plan) for one in left])
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
        """The plan and the takes with the best of other readings; a chosen one stays."""
        others = [one.take for one in takes]

        def judge(take: Take) -> tuple[str, ...]:
            self.on_stage("mending takes")
            heard = listener.list_faults(take, others) if listener else ()
            return (*list_faults(take, others), *self._compare(take, others), *heard)

        tried = {}
        for take, faults in faulty.items():
            if take.segment.chosen:
                stays = MendedTake(take, faults[0], tuple(faults), is_chosen=True)
                self.mended[take.segment.index] = stays
            else:
                tried[take] = faults
        if tried:
            self.on_stage("mending takes")
        mended = mend(plan, tried, judge, self.store, self.pool)
        self.mended |= {one.take.segment.index: one for one in mended}
        return put_in(plan, takes, mended, self.finish)

    def _hear(
        self, edition: Edition, encoded: Encoded, takes: Takes, listener: Listener
    ) -> dict[Take, tuple[str, ...]]:
        timeline = edition.timeline
        said = [one.take for one in takes]
        with edition.form.open_sound(encoded.path) as sound:
            return listener.find_wrong(
                sound, said, timeline.cues, timeline.rate, lambda: self.on_stage("hearing it")
            )

    def _measure(
        self, edition: Edition, encoded: Encoded, takes: Takes
    ) -> dict[Take, tuple[str, ...]]:
        """What is at fault in the finished sound of takes: no other reading would mend that."""
        timeline = edition.timeline
        spoken = {
            one.take: place_cue(cue, timeline.rate)
            for one, cue in zip(takes, timeline.cues, strict=True)
            if is_speech(one.take)
        }
        with edition.form.open_sound(encoded.path) as sound:
            found = check_sentences(sound, list(spoken.values()))
        return {
            take: tuple(fault.explanation for fault in faults)
            for take, faults in zip(spoken, found, strict=True)
            if faults
        }

    def _note_wrong(self, wrong: Mapping[Take, Sequence[str]]) -> None:
        """Add what is wrong in the end to what is left."""
        for take, why in wrong.items():
            before = self.mended.get(take.segment.index) or MendedTake(
                take, why[0], (), is_chosen=bool(take.segment.chosen)
            )
            left = tuple(dict.fromkeys((*before.left, *why)))
            self.mended[take.segment.index] = replace(before, left=left)
