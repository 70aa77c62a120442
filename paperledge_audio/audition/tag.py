"""The tag of a voice's file: its voice, licence and consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio import GENERATOR, __version__
from paperledge_audio.deliver.clean import clean_line
from paperledge_audio.deliver.tags.fields import USER_TEXT
from paperledge_audio.deliver.tags.id3 import make_text_frame, pack
from paperledge_audio.deliver.tags.languages import to_iso639_2

if TYPE_CHECKING:
    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.profiles import Voice


def compose_tag(voice: Voice, said: str, engine: str, show: Show) -> bytes:
    """An ID3v2.3 tag; `engine` is the engine's fingerprint.

    Raises DeliveryError for texts that hold control characters.
    """
    language = to_iso639_2(voice.language)
    texts = {
        "TIT2": f"{clean_line(voice.title, 'the title')} ({voice.name})",
        "TPE1": clean_line(voice.title, "the title"),
        "TALB": f"{clean_line(show.title, 'the show')}: voices",
        "TLAN": language,
        "TENC": f"{GENERATOR} {__version__}",
        f"{USER_TEXT}:Licence": clean_line(voice.licence, "the licence"),
        f"{USER_TEXT}:Consent": clean_line(str(voice.consent), "the consent"),
        f"{USER_TEXT}:Origin": clean_line(voice.origin, "the origin"),
        f"{USER_TEXT}:Engine": engine,
        f"{USER_TEXT}:AI disclosure": clean_line(show.disclosure.text, "the disclosure"),
        "COMM": clean_line(said, "the line"),
    }
    return pack(make_text_frame(key, text, language) for key, text in texts.items() if text)
