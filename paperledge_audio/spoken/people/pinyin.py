"""Chinese names in pinyin → how an English-speaking host says them.

A syllable is an initial and a final. The sounds are the nearest ones of the phoneme alphabet,
after the descriptions in ISO 7098 and Duanmu, "The Phonology of Standard Chinese" (2007): q and
x are said as "ch" and "sh", zh as "j", c as "ts".
"""

from __future__ import annotations

import re
from functools import lru_cache

from paperledge_audio.spoken import english
from paperledge_audio.spoken.lexicon.fold import fold

_INITIALS = {
    "zh": "ʤ", "ch": "ʧ", "sh": "ʃ", "b": "b", "p": "p", "m": "m", "f": "f", "d": "d", "t": "t",
    "n": "n", "l": "l", "g": "ɡ", "k": "k", "h": "h", "j": "ʤ", "q": "ʧ", "x": "ʃ", "r": "ɹ",
    "z": "dz", "c": "ts", "s": "s", "": "",
}  # fmt: skip
_FINALS = {
    "a": "ɑ", "o": "ɔ", "e": "ʌ", "ai": "I", "ei": "A", "ao": "W", "ou": "O", "an": "ɑn",
    "en": "ʌn", "ang": "ɑŋ", "eng": "ʌŋ", "ong": "ʊŋ", "i": "i", "ia": "jɑ", "ie": "jɛ",
    "iao": "jW", "iu": "jO", "ian": "jɛn", "in": "ɪn", "iang": "jɑŋ", "ing": "ɪŋ", "iong": "jʊŋ",
    "u": "u", "ua": "wɑ", "uo": "wɔ", "uai": "wI", "ui": "wA", "uan": "wɑn", "un": "wʌn",
    "uang": "wɑŋ", "ue": "wɛ", "v": "u", "ve": "wɛ",
}  # fmt: skip
_WITH_I = ("j", "q", "x")
_CLOSED = {
    # Each group of initials allows only some finals.
    "zh ch sh r z c s": "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j q x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "b p m f": "a o ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "d t n l": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing u uo ui uan un "
    "ue v ve",
    "g k h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
}  # fmt: skip
_ALONE = {
    "a": "ɑ", "ai": "I", "an": "ɑn", "ang": "ɑŋ", "ao": "W", "e": "ʌ", "en": "ʌn", "er": "ɑɹ",
    "ou": "O", "ya": "jɑ", "yan": "jɛn", "yang": "jɑŋ", "yao": "jW", "ye": "jɛ", "yi": "ji",
    "yin": "jɪn", "ying": "jɪŋ", "yo": "jɔ", "yong": "jʊŋ", "you": "jO", "yu": "ju",
    "yuan": "jwɛn", "yue": "jwɛ", "yun": "jun", "wa": "wɑ", "wai": "wI", "wan": "wɑn",
    "wang": "wɑŋ", "wei": "wA", "wen": "wʌn", "weng": "wʌŋ", "wo": "wɔ", "wu": "wu",
}  # fmt: skip


def _make_syllables() -> dict[str, str]:
    table = dict(_ALONE)
    for initials, finals in _CLOSED.items():
        for initial in initials.split():
            for final in finals.split():
                sound = _FINALS[final]
                if initial in _WITH_I:
                    sound = {"uan": "wɛn", "un": "un", "i": "i"}.get(final, sound)
                elif final == "i" and initial in {"zh", "ch", "sh", "r"}:
                    sound = "ɜɹ"
                elif final == "i" and initial in {"z", "c", "s"}:
                    sound = "ʌ"
                table[initial + final] = _INITIALS[initial] + sound
    table["ri"] = "ɹɜ"
    table["lyu"] = table["lv"]  # as passports write it
    return table


SYLLABLES = _make_syllables()
"""Every syllable of pinyin, without tones, and its sound without stress."""
_VOWEL = re.compile("[ɑɔʌɛɪʊɜiuAIOW]")
_SURNAMES = """
    an bai ban bao bi bian bo cai cao cen chai chang chao che chen cheng chi chou chu cong cui dai
    deng di diao ding dong dou du duan fan fang fei feng fu gan gao ge geng gong gou gu guan guo
    hai han hao he hong hou hu hua huang hui huo ji jia jian jiang jiao jin jing kang ke kong kuang
    lai lan lang lei leng li lian liang liao lin ling liu long lou lu luan luo lv lyu ma mai man mao
    mei men meng mi miao min ming mo mou mu nan ni nie ning niu ou ouyang pan pang pei peng pi pu
    qi qian qiang qiao qin qiu qu quan ren rong ruan rui sang sha shan shang shao she shen sheng
    shi shu shuai shuang si song su sui sun tan tang tao teng tian tong tu wan wang wei wen weng
    wu xi xia xian xiang xiao xie xin xing xiong xu xuan xue yan yang yao ye yi yin ying you yu
    yuan yue yun zang zeng zha zhai zhan zhang zhao zhen zheng zhong zhou zhu zhuang zhuo zong zou
    zu zuo
"""
SURNAMES = frozenset(_SURNAMES.split())
"""Family names that show that a name is Chinese if its other part is pinyin, too."""
_WESTERN_ROW = """
    adan adele aida aidan alan alex ali alice alina amina amira ana angela anika anja anna
    anne annie annika bella ben bennie cara cari carina celia chelsea cheri dale dalia damian
    damien dan dana dani dania danica daniel danielle dannie dara daren daria dean delia den
    dena dian diana diane dianna dina dixie duke duncan eileen elaine elena eli emile enrique
    erika erin erma ernie fannie faye felix gale gaye gena gene gia gianna gigi gina hana
    hanna heidi heike helen helena helene ilana ina jada jade jake jan jana jane janna jean
    joana joanna johanna jose juanita jude judi juli julia julie june kaia kaila kala kara
    kari karina kate katia katie kaye keenan keila keisha ken kenan kenna keri kiara kira
    laila lana lane lani lara laura lea leia leila lela lena leo leta lia liana lida lila
    lilian lina linda lisa lita liza lola lou louis luana luca luci lucia lucian lucien luisa
    luke lulu mae maia malia mamie mandi mara maren maria marie marina maxine maya megan
    melina mia mika mike mila mina minna minnie mira mona monique moshe nadia nan naomi nate
    nela nia nina noa nora paige paul paulina pete pia quinn rana randa randi rea reagan reba
    regan regina rena renee richie rina rita rosa rose ruben rubin sabina sade sadie sam sana
    sandi santa sara sarah sasha sean selina shana shanna shari shea sheena sheila shelia
    sheri sina sue susie suzan suzanna suzie taina talia tami tana tania tanya tara tasha
    tasia tawana tegan tera teri thea tia tiana tina toni una wade wanda wendi yale zaida zara
    zena zhenya zina zoe
"""
WESTERN = frozenset(_WESTERN_ROW.split())
"""Given names that look like pinyin but are not, and that the English dictionary hasn't either."""
_SILENT_E = re.compile("[aeiou](?:n|nn|c|nc|r|t|s|m|nd)e$")
"""The end of a Western name; hardly a Chinese name ends so."""
_UNMISTAKABLE = re.compile("[xq]|zh|[aeiou]ng(?![aeiou])")
"""Spellings of pinyin that make a place in the dictionary Chinese."""


def is_western(name: str) -> bool:
    """Whether a given name that might be pinyin is a Western one.

    So is a name of the English dictionary, and what has more than the two syllables of a Chinese
    given name.

    >>> [is_western(name) for name in ("Susan", "Lance", "Amanda", "Ming", "Qizhe")]
    [True, True, True, False, False]
    """
    low = fold(name).lower()
    if low in WESTERN:
        return True
    parts = split_syllables(low) or ()
    if len(parts) < 2 or _UNMISTAKABLE.search(low):
        return False
    long = len(parts) > 2 and "-" not in name
    return long or bool(_SILENT_E.search(low)) or english.is_name(low.capitalize())


@lru_cache(maxsize=4096)
def split_syllables(name: str) -> tuple[str, ...] | None:
    """The syllables of a name written in pinyin, or None where it is not pinyin.

    Where it can be cut in several ways, the one with the fewest syllables counts, and among
    these the one whose first syllable is longest.

    >>> split_syllables("Xiaoqiang"), split_syllables("Wangchunshu"), split_syllables("Smith")
    (('xiao', 'qiang'), ('wang', 'chun', 'shu'), None)
    """
    word = fold(name.replace("ü", "v").replace("Ü", "V")).lower()
    if "'" in word:  # it parts syllables: Xi'an has two, Xian one
        parts = [split_syllables(part) for part in word.split("'")]
        return tuple(one for part in parts for one in part or ()) if all(parts) else None
    if not word.isascii() or len(word) > 24:
        return None
    best: list[tuple[str, ...] | None] = [None] * len(word) + [()]
    for start in range(len(word) - 1, -1, -1):
        for end in range(min(start + 6, len(word)), start, -1):
            rest = best[end]
            if word[start:end] in SYLLABLES and rest is not None:
                found = (word[start:end], *rest)
                known = best[start]
                if known is None or len(found) < len(known):
                    best[start] = found
    return best[0] or None


def pronounce(parts: tuple[str, ...]) -> str:
    """The phonemes of syllables: the last one stressed, the first of two or more half so.

    >>> pronounce(("xiao", "qiang")), pronounce(("li",))
    ('ʃjˌWʧjˈɑŋ', 'lˈi')
    """
    said = []
    for index, part in enumerate(parts):
        mark = "ˈ" if index == len(parts) - 1 else "ˌ" if index == 0 else ""
        said.append(_VOWEL.sub(rf"{mark}\g<0>", SYLLABLES[part], count=1))
    return "".join(said)
