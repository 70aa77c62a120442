"""A show that speaks in tones."""

from __future__ import annotations

SHOW = """\
title = "Toneledge"
host = "Ernis"
author = "Toneledge"

[voices]
host = "tone"

[disclosure]
ai = false              # a tone is nobody's voice
"""
VOICE = """\
title = "Tone"
licence = "Apache-2.0"
consent = "A sine wave; it imitates nobody."

[engines]
studio = "tone"
draft = "tone"
"""
SCRIPT = """\
---
title: The Sound of One Hand
date: 2025-10-21
authors:
- Ada Lovelace
paper:
  title: On Tones
  url: https://paperledge.example/on-tones
summary: A tone, explained.
---

Hello, learning crew! Today we listen to a tone, and then to another one.

## A heading

> The tone is the message.

- First: it starts.
- Second: it stops.

1. What comes after a tone?

Credit to Paper authors: Ada Lovelace
"""
