"""Imported by a worker: it has another kind of processor."""

from dataclasses import replace

from paperledge_audio.cluster import machine

FACTS = replace(machine.describe_machine(), processor="Another processor")


def describe_machine() -> machine.MachineFacts:
    return FACTS


machine.describe_machine = describe_machine  # type: ignore[assignment]
