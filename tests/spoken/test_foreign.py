"""Foreign names of people: those that no dictionary has are read from their spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.script.printed.markup import strip_markup
from paperledge_audio.spoken.lexicon.entries import Lexicon
from paperledge_audio.spoken.lexicon.phonemes import ALPHABET, VOWELS
from paperledge_audio.spoken.people.foreign import (
    find_look,
    find_sounds,
    load_looks,
    pronounce,
    sound_out,
)
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import scan

NAMES = """
    Tomáš=tˈOmɑʃ Novák=nˈOvɑk Zdeněk=zdˈɛnjɛk Nováková=nˈOvɑkOvə Petrović=pˈɛtɹOvɪʧ
    Marković=mˈɑɹkOvɪʧ Željko=ʒˈɛlkO
    Krzysztof=kʃˈɪʃtOf Paweł=pˈɑvɛw Kamiński=kəmˈɪnski Wiśniewski=vɪʃnjˈɛfski
    Agnieszka=ɑɡnjˈɛʃkə Szymczak=ʃˈɪmʧɑk Łuczak=wˈuʧɑk Kowalczyk=kOvˈɑlʧɪk
    Gábor=ɡˈɑbɔɹ Szabó=sˈɑbO György=ʤˈɜɹʤ Csaba=ʧˈɑbə László=lˈɑslO Zsófia=ʒˈOfiə
    Yılmaz=jɪlmˈɑz Öztürk=Oztˈuɹk Kılıç=kɪlˈɪʧ Çağlar=ʧəlˈɑɹ
    Popescu=pOpˈɛsku Ștefan=ʃtˈɛfɑn
    Magalhães=məɡˈɑljIns Carvalho=kɑɹvˈɑljO Gonçalves=ɡɔnsˈɑlvɪs Nogueira=nOɡˈAɹə
    Iñaki=ɪnjˈɑki Muñoz=munjˈOz Gutiérrez=ɡutjˈɛɹɛz Rodríguez=ɹOdɹˈiɡɛz Moreno=mɔɹˈɛnO
    Guillaume=ɡijˈOm Hélène=Alˈɛn Dubois=dubwˈɑ Rousseau=ɹusˈO Frédéric=fɹˌAdAɹˈik
    Björn=bjˈɜɹn Lindström=lˈɪndstɹɜɹm Søren=sˈɜɹən Håvard=hˈOvɑɹd Korhonen=kˈɔɹhOnɛn
    Köhler=kˈɜɹləɹ Weißmann=wˈIsmən Schreiber=ʃɹˈIbəɹ Heinrich=hˈInɹɪk Steiner=stˈInəɹ
    Bianchi=biˈɑnki Giuseppe=ʤusˈɛpA Castiglioni=kˌɑstɪljˈOni Ricci=ɹˈiʧi
    Kuznetsov=kuznˈɛtsɔf Evgeny=jɛvɡˈɛni Shevchenko=ʃɛvʧˈɛŋkO Zhukov=ʒˈukɔf
    Stavrakis=stɑvɹˈɑkɪs Konstantinos=kˌɔnstɑntˈinOs
    Krishnan=kɹˈɪʃnən Rajesh=ɹəʤˈɛʃ Siddharth=sˈɪdɑɹt Venkataraman=vˌɛŋkətəɹˈɑmən
    Karthik=kˈɑɹtɪk Bhavesh=bəvˈɛʃ Srinivasan=ʃɹˌinivˈɑsən
    Khaled=kˈɑləd Khorasani=kˌɔɹəsˈɑni Mohammad=mOhˈɑməd Rahimi=ɹəhˈimi
    Okonkwo=OkˈɔŋkwO Mbeki=əmbˈɛki Ngozi=əŋɡˈOzi Adeyemi=ˌɑdAˈɛmi Nwosu=nwˈOsu
    Dijk=dˈIk Hoekstra=hˈukstɹə
"""


def read(name: str) -> str:
    """The sounds of all words of a name; "-" where the engine guesses."""
    words = name.lower().split()
    found = find_sounds(words)
    return " ".join(found.get(word, "-") for word in words)


@pytest.mark.parametrize("pair", NAMES.split())
def test_a_name_is_read_as_its_spelling_shows(pair: str) -> None:
    name, _, sound = pair.partition("=")
    assert read(name) == sound


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("Kyungmin Seo", "kjˌʌŋmˈɪn sˈʌ"),
        ("Jeonghoon Kwon", "ʤˌʌŋhˈun kwˈʌn"),
        ("Jihyun Park", "ʤˌihjˈʌn -"),
        ("Sung Ju Hwang", "sˈʌŋ ʤˈu hwˈɑŋ"),
        ("Jason Park", "- -"),
        ("Kentaro Inui", "kɛntˈɑɹO inˈui"),
        ("Yusuke Fujiwara", "jˈuskA fˌuʤiwˈɑɹə"),
        ("Naoki Kobayashi", "nˈWki kˌObəjˈɑʃi"),
        ("Kazuya Matsumoto", "kəzˈujə mˌɑtsumˈOtO"),
        ("Thuy Vu", "twˈi vˈu"),
        ("Minh Thang Luong", "mˈɪn tˈɑŋ lwˈɔŋ"),
        ("Hoang Phuong Le", "hwˈɑŋ fwˈɔŋ lˈA"),
        ("Hsiao Wen Hsieh", "ʃjˈW wˈʌn ʃjˈɛ"),
        ("Chih Hsuan Tsai", "ʤˈɜɹ ʃwˈɛn tsˈI"),
        ("Wai Yeung", "wˈI jˈʌŋ"),
        ("John Smith", "- -"),
        ("Sam McCandlish", "- -"),
        ("Geoffrey Higgins", "- -"),
        ("Alice Stackhouse", "- -"),
        ("Nathan Parrish", "- -"),
    ],
)
def test_the_words_of_a_name_show_its_language_together(name: str, sound: str) -> None:
    assert read(name) == sound


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("Paweł Al-Khatib", ["pˈɑvɛw", "ˌɑl", "kətˈib"]),
        ("Jeong-Woo Kang", ["ʤˈʌŋ", "wˈu", "kˈɑŋ"]),
        ("Gözde Gül", ["ɡɜɹzdˈɛ", "ɡˈul"]),
        ("Tri Thang Nguyen", ["tɹˈi", "tˈɑŋ", "nwˈiən"]),
        ("Tom Nguyen", ["nwˈiən"]),
        ("Ben Smith Jr.", []),
        ("Sean O'Brien", []),
        ("Peter Parker", []),
        ("Gina Park", []),
        ("Mina Lee", []),
        ("Désirée Jesús", ["hɛsˈus"]),
    ],
)
def test_a_credit_says_foreign_names_so(text: str, sounds: list[str]) -> None:
    spans = scan(strip_markup(text), Context(Lexicon([]), "credit"))
    found = [span.phonemes for span in spans if span.phonemes and span.rule != "lexicon"]
    assert " ".join(found).split() == sounds


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("Brønsted's acid and Szemerédi's theorem", ["bɹˈɜɹnstɛdz", "sˈɛmɛɹAdiz"]),
        ("a crème brûlée, an Élan, a Rishabh", []),
        ("by Levi-Čapek", ["ʧˈɑpɛk"]),
        ("by Kowalczyk and Venkataraman", []),
    ],
)
def test_other_prose_changes_only_for_accents(text: str, sounds: list[str]) -> None:
    spans = scan(strip_markup(text), Context(Lexicon([])))
    assert [span.phonemes for span in spans if span.rule == "foreign name"] == sounds


def test_every_sound_of_a_look_is_in_the_alphabet() -> None:
    for look in load_looks().values():
        assert ALPHABET.union(":").issuperset("".join(look.sounds))


@given(st.text("abcdefghijklmnopqrstuvwxyzáčéğíłñóöşúżø", min_size=1, max_size=14))
def test_any_word_has_one_stress_and_known_sounds(word: str) -> None:
    sound = pronounce(word, find_look(word))
    if sound:
        assert ALPHABET.issuperset(sound)
        assert VOWELS.intersection(sound) or "ɜ" in sound
        assert sound.count("ˈ") == 1
    assert sound_out(word) == ""
