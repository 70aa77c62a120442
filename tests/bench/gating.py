"""The gates' share of a draft's render: the figures of every take, and comparing them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from paperledge_audio.engines import make_pool
from paperledge_audio.engines.figures import measure_take
from paperledge_audio.orders import Order, ProgressCallbacks
from paperledge_audio.render import render
from paperledge_audio.takes import TakeStore, find_failures
from tests.samples import ROOT

SCRIPT = ROOT / "scripts" / "attention-is-all-you-need.md"


class Stopwatch:
    """The processor time that wrapped functions take, in their own threads."""

    def __init__(self) -> None:
        self.spent_s = 0.0

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*args: Any) -> Any:
            start = time.thread_time()
            try:
                return function(*args)
            finally:
                self.spent_s += time.thread_time() - start

        return measured


def main() -> None:
    """Print the processor time of a draft from an empty store, and the gates' share."""
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder, make_pool() as pool:
        order = Order(SCRIPT, Path(folder, "out"), "draft")
        with (
            patch("paperledge_audio.takes.entries.measure_take", watch.wrap(measure_take)),
            patch("paperledge_audio.render.find_failures", watch.wrap(find_failures)),
        ):
            start = time.process_time()
            kept = TakeStore(Path(folder))
            render(order, SCRIPT.read_bytes(), kept, ProgressCallbacks(), pool)
            whole_s = time.process_time() - start
    print(f"{whole_s:.1f} s, of which gates {watch.spent_s:.2f} s: {watch.spent_s / whole_s:.1%}")


if __name__ == "__main__":
    main()
