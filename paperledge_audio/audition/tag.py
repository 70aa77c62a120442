"""The tag of a voice's file: who speaks and on what terms, wherever the file ends up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio import GENERATOR, __version__
from paperledge_audio.deliver.clean import line
from paperledge_audio.deliver.tags.id3 import USER_TEXT, UTF16, frame, packed
from paperledge_audio.deliver.tags.languages import three_letters

if TYPE_CHECKING:
    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.profiles import Voice


def tag(voice: Voice, said: str, engine: str, show: Show) -> bytes:
    """An ID3v2.3 tag; `engine` is the fingerprint of what spoke.

    Raises DeliveryError for texts that hold control characters.
    """
    language = three_letters(voice.language)
    plain = {
        "TIT2": f"{line(voice.title, 'the title')} ({voice.name})",
        "TPE1": line(voice.title, "the title"),
        "TALB": f"{line(show.title, 'the show')}: voices",
        "TLAN": language,
        "TENC": f"{GENERATOR} {__version__}",
    }
    own = {
        "Licence": line(voice.licence, "the licence"),
        "Consent": line(str(voice.consent), "the consent"),
        "Origin": line(voice.origin, "the origin"),
        "Engine": engine,
        "AI disclosure": line(show.disclosure.text, "the disclosure"),
    }
    return packed(
        (
            *(frame(name, UTF16, [text]) for name, text in plain.items() if text),
            *(frame(USER_TEXT, UTF16, name, [text]) for name, text in own.items() if text),
            frame("COMM", UTF16, language, "", [line(said, "the line")]),
        )
    )
