"""Inputs drawn by Hypothesis: a good file, changed a little or a lot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

Change = Callable[[DrawFn, bytes], bytes]
"""Draws a change of bytes."""
Structure = Callable[[DrawFn, bytes, Change], bytes]
"""Draws a change of what the bytes hold, some part of them changed by the `Change`."""
MOST_BYTES = 1_000_000
"""Of an input that grows."""
_ONE_AT_A_TIME = Lock()
"""Hypothesis takes turns with Python's own dice."""
LENGTHS = (2, 3, 10, 100, 1000, 10_000, 100_000, 1_000_000)


def span(draw: DrawFn, data: bytes) -> tuple[int, int]:
    """A stretch of bytes: a short one, one to anywhere, or all the rest."""
    start = draw(st.integers(0, len(data)))
    longest = len(data) - start
    length = draw(st.integers(0, 8) | st.integers(0, longest) | st.just(longest))
    return start, start + min(longest, length)


def many(draw: DrawFn, part: bytes) -> bytes:
    return part * min(draw(st.sampled_from(LENGTHS)), MOST_BYTES // max(1, len(part)))


def flipped(draw: DrawFn, part: bytes) -> bytes:
    changed = bytearray(part or b"\0")
    for _ in range(draw(st.integers(1, 4))):
        changed[draw(st.integers(0, len(changed) - 1))] ^= 1 << draw(st.integers(0, 7))
    return bytes(changed)


def changes(tokens: Sequence[bytes], seeds: Sequence[bytes]) -> Change:
    """A stretch is replaced; `tokens` hurt this kind of file, `seeds` are whole ones."""
    token = st.sampled_from(tokens)

    def elsewhere(draw: DrawFn, _part: bytes) -> bytes:
        other = draw(st.sampled_from(seeds))
        start, end = span(draw, other)
        return other[start:end]

    replacements: tuple[tuple[int, Change], ...] = (
        (2, lambda _draw, _part: b""),
        (3, lambda draw, _part: draw(token)),
        (1, lambda draw, part: part + draw(token)),
        (1, lambda draw, _part: many(draw, b"".join(draw(st.lists(token, max_size=3))))),
        (1, many),
        (1, elsewhere),
        (1, lambda draw, _part: draw(st.binary(max_size=40))),
        (2, flipped),
    )
    each = st.sampled_from([change for share, change in replacements for _ in range(share)])

    def change(draw: DrawFn, data: bytes) -> bytes:
        start, end = span(draw, data)
        return data[:start] + draw(each)(draw, data[start:end]) + data[end:]

    return change


def inputs(
    seeds: Sequence[bytes], tokens: Sequence[bytes], structure: Structure | None
) -> SearchStrategy[bytes]:
    """Files made of `seeds`: their bytes changed, or what they hold, or both."""
    change = changes(tokens, seeds)

    @st.composite
    def changed(draw: DrawFn) -> bytes:
        data = draw(st.sampled_from(seeds))
        by_bytes = draw(st.integers(0, 3))
        if structure:
            data = structure(draw, data, change)
            by_bytes = max(0, by_bytes - 2)
        for _ in range(by_bytes or (structure is None)):
            data = change(draw, data)
        return data

    return changed()


def drawn(strategy: SearchStrategy[bytes], count: int, start: int) -> list[bytes]:
    """`count` inputs; the same `start` gives the same ones."""
    found: list[bytes] = []

    @seed(start)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(data: bytes) -> None:
        found.append(data)

    with _ONE_AT_A_TIME:
        collect()
    return found
