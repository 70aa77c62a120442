"""Noise with its own seed for each call, so that sentences can be spoken in parallel."""

from __future__ import annotations

from typing import Any

SEED = 0
"""The same words give the same samples."""


def seed_noise(torch: Any) -> Any:
    """A context in which this thread's normal noise comes from a fresh generator.

    torch's own seed belongs to the whole process: threads would take noise from one another. A
    function mode belongs to a thread. It serves networks that ask for nothing but normal noise, as
    VITS does.
    """
    generator = torch.Generator().manual_seed(SEED)

    class Seeded(torch.overrides.TorchFunctionMode):  # type: ignore[misc]
        def __torch_function__(
            self, function: Any, _types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            if function is torch.randn:
                return torch.randn(*args, **{**(kwargs or {}), "generator": generator})
            if function is torch.randn_like:
                return torch.empty_like(args[0]).normal_(generator=generator)
            return function(*args, **(kwargs or {}))

    return Seeded()
