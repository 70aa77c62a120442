"""python -m tests.bench.stock: the embeddings of stock voices that ship; for other lines or nets.

It speaks what isn't known yet.
"""

from __future__ import annotations

import io

import numpy as np

from paperledge_audio.engines import make_pool, open_engine
from paperledge_audio.likeness.embedding import SHIPPED, VoiceEmbedder
from paperledge_audio.likeness.lines import PROOF, SEARCH
from paperledge_audio.verify.encoder import open_encoder
from paperledge_audio.voices.finding import stock_names, stock_voice
from tests.samples import ROOT


def main() -> None:
    """Write the file."""
    lines = (*SEARCH, *PROOF)
    with make_pool() as pool:
        embedder = VoiceEmbedder(open_engine("kokoro"), open_encoder(), pool)
        stock = [stock_voice(name) for name in stock_names()]
        found = embedder.embed_stock(stock, lines)
    names = [embedder.name(voice, lines) for voice in stock]
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **dict(zip(names, found, strict=True)))
    (ROOT / "paperledge_audio" / "likeness" / SHIPPED).write_bytes(file.getvalue())


if __name__ == "__main__":
    main()
