"""Korean, Taiwanese and Cantonese names → how an English-speaking host says them.

What goes in: the words of a name. What comes out: the phonemes of those that are wholly made of
syllables of a table, where a surname shows whose they are. Chinese names in pinyin have their own
module.
"""

from __future__ import annotations

import re
from functools import lru_cache

_KOREAN_ROW = """
    a=ɑ ae=A ah=ɑ an=ɑn bae=bA baek=bɛk beom=bʌm bin=bɪn bo=bO bok=bɑk bum=bʌm byeong=bjʌŋ
    byoung=bjʌŋ byun=bjʌn byung=bjʌŋ chae=ʧA chan=ʧɑn chang=ʧɑŋ cheol=ʧʌl cheon=ʧʌn cho=ʧO choo=ʧu
    chul=ʧʌl chun=ʧʌn chung=ʧʌŋ da=dɑ dae=dA deok=dʌk do=dO dong=dɔŋ doo=du du=du eon=ʌn eun=un
    eui=wi ga=ɡɑ geon=ɡʌn geun=ɡun gi=ɡi go=ɡO goo=ɡu gu=ɡu gul=ɡul gun=ɡʌn gwan=ɡwɑn gwang=ɡwɑŋ
    gyeong=ɡjʌŋ gyu=ɡju gyun=ɡjʌn ha=hɑ hae=hA hak=hɑk han=hɑn hee=hi heo=hʌ heon=hʌn heung=hʌŋ
    hi=hi ho=hO hong=hɔŋ hoon=hun hui=hwi hun=hʌn huh=hʌ hur=hɜɹ hwa=hwɑ hwan=hwɑn hwang=hwɑŋ
    hwi=hwi hye=hjA hyeok=hjʌk hyeon=hjʌn hyeong=hjʌŋ hyo=hjO hyoung=hjʌŋ hyuk=hjʌk hyun=hjʌn
    hyung=hjʌŋ ik=ɪk il=ɪl im=ɪm in=ɪn ja=ʤɑ jae=ʤA jang=ʤɑŋ je=ʤA jee=ʤi jeon=ʤʌn jeong=ʤʌŋ ji=ʤi
    jin=ʤɪn jo=ʤO jong=ʤɔŋ joo=ʤu joon=ʤun joong=ʤʊŋ joung=ʤʌŋ ju=ʤu jun=ʤun jung=ʤʌŋ kang=kɑŋ
    keon=kʌn keun=kun ki=ki koo=ku kook=kʊk kuk=kʊk kun=kʌn kwan=kwɑn kwang=kwɑŋ kweon=kwʌn
    kwon=kwʌn kyeong=kjʌŋ kyo=kjO kyoung=kjʌŋ kyu=kju kyun=kjʌn kyung=kjʌŋ man=mɑn mi=mi min=mɪn
    mok=mɑk moo=mu moon=mun mu=mu mun=mun myeong=mjʌŋ myoung=mjʌŋ myung=mjʌŋ na=nɑ nam=nɑm no=nO
    noh=nO oh=O ok=ɑk pil=pɪl ra=ɹɑ rae=ɹA ran=ɹɑn ri=ɹi rin=ɹɪn ro=ɹO roh=ɹO ryeol=ɹjʌl ryu=ɹju
    sae=sA sang=sɑŋ se=sA seo=sʌ seok=sʌk seon=sʌn seong=sʌŋ seul=sul seung=sʌŋ shik=ʃɪk shim=ʃɪm
    shin=ʃɪn sik=sik so=sO sol=sOl song=sɔŋ soo=su soon=sun su=su suh=sʌ suk=sʌk sun=sʌn sung=sʌŋ
    sup=sʌp tae=tA taek=tɛk uk=ʊk un=un wan=wɑn won=wʌn woo=wu wook=wʊk woong=wʊŋ wu=wu wuk=wʊk
    yang=jɑŋ ye=jA yeol=jʌl yeon=jʌn yeong=jʌŋ yong=jɔŋ yoo=ju yoon=jun you=ju young=jʌŋ yu=ju
    yub=jʌb yul=jul yun=jun yup=jʌp
"""
_KOREAN = dict(pair.split("=") for pair in _KOREAN_ROW.split())
_KOREAN_SURNAMES_ROW = """
    ahn an bae baek bang byun cha chae chang cheon cho choi choo chun chung ha han heo hong huh hur
    hwang im jang jeon jeong jin jo joo ju jung kang kim ko koo kweon kwon lee lim min moon na nam
    no noh oh park rhee roh ryu seo seok seong shim shin sohn son song suh sung woo yang yi yim yoo
    yoon you yu yun
"""
_KOREAN_SURNAMES = frozenset(_KOREAN_SURNAMES_ROW.split())
_ONLY_KOREAN = re.compile(
    r".{0,24}(?:eo|ae[^l]?$|yeo|kw[eo])|hwang|yoon|hyun.{0,24}|roh|kyung.{0,24}|suh"
)
"""Surnames and syllables that no other language writes so."""
_TAIWANESE_ROW = """
    an=ɑn ang=ɑŋ chai=ʧI chan=ʧɑn chang=ʧɑŋ chao=ʧW chau=ʧW che=ʧʌ chen=ʧʌn cheng=ʧʌŋ chi=ʧi
    chia=ʤjɑ chiang=ʤjɑŋ chiao=ʤjW chieh=ʤjɛ chien=ʤjɛn chih=ʤɜɹ chin=ʧɪn ching=ʧɪŋ chiu=ʧu cho=ʤO
    chou=ʤO chu=ʧu chua=ʧwɑ chuan=ʧwɑn chun=ʧun chung=ʧʌŋ fan=fɑn fang=fɑŋ fei=fA feng=fʌŋ fu=fu
    hai=hI han=hɑn hao=hW heng=hʌŋ ho=hO hong=hɔŋ hou=hO hsi=ʃi hsia=ʃjɑ hsiang=ʃjɑŋ hsiao=ʃjW
    hsieh=ʃjɛ hsien=ʃjɛn hsin=ʃɪn hsing=ʃɪŋ hsiu=ʃju hsiung=ʃjʊŋ hsu=ʃu hsuan=ʃwɛn hsueh=ʃwɛ
    hsun=ʃun hu=hu hua=hwɑ huan=hwɑn huang=hwɑŋ hui=hwA hun=hʌn hung=hʊŋ hwa=hwɑ hwee=hwi jen=ʤɛn
    jia=ʤjɑ jie=ʤjɛ jiun=ʤun jr=ʤɜɹ ju=ʤu jui=ʤwA jun=ʤun jung=ʤʊŋ jye=ʤjɛ kai=kI kan=kɑn kang=kɑŋ
    kao=kW ke=kʌ ken=kɛn ko=kO kuan=ɡwɑn kuang=kwɑŋ kuei=ɡwA kun=kun kuo=ɡwɔ lai=lI lan=lɑn lei=lA
    li=li liang=ljɑŋ lien=ljɛn lin=lɪn ling=lɪŋ liu=lju lo=lO lu=lu lun=lun lung=lʊŋ mei=mA
    mian=mjɛn min=mɪn ming=mɪŋ mu=mu nan=nɑn neng=nʌŋ nien=njɛn ning=nɪŋ nung=nʊŋ pai=pI pei=pA
    pen=pʌn pin=pɪn ping=pɪŋ po=pO san=sɑn shan=ʃɑn shang=ʃɑŋ shao=ʃW shen=ʃʌn sheng=ʃʌŋ shi=ʃɜɹ
    shiang=ʃjɑŋ shih=ʃɜɹ shin=ʃɪn shing=ʃɪŋ shiou=ʃO shiuan=ʃwɛn shiung=ʃjʊŋ shou=ʃO shu=ʃu shuo=ʃwɔ
    shun=ʃun ssu=sʌ su=su sun=sun sung=sʊŋ szu=sʌ ta=tɑ tai=tI tao=tW te=tʌ teng=tʌŋ tien=tjɛn
    ting=tɪŋ tsai=tsI tsao=tsW tse=tsi tsen=tsʌn tseng=tsʌŋ tso=tsO tsu=tsu tsun=tsun tsung=tsʊŋ
    tu=tu tung=tʊŋ tun=tun tzu=dzʌ tze=tsi wan=wɑn wang=wɑŋ wei=wA wen=wʌn wu=wu ya=jɑ yang=jɑŋ
    yao=jW yeh=jɛ yen=jɛn yi=ji yin=jɪn ying=jɪŋ yu=ju yuan=jwɛn yueh=jwɛ yuh=ju yun=jun yung=jʊŋ
"""
_TAIWANESE = dict(pair.split("=") for pair in _TAIWANESE_ROW.split())
_CANTONESE_ROW = """
    cheung=ʧʌŋ cheuk=ʧʌk chiu=ʧu chow=ʧW chua=ʧwɑ chui=ʧY chun=ʧʌn fai=fI fong=fɔŋ fung=fʊŋ ho=hO
    hoi=hY ka=kɑ kai=kI kam=kɑm kei=kA keung=kʌŋ kin=kɪn kit=kɪt kwan=kwɑn kwok=kwɑk kwong=kwɔŋ
    lai=lI lam=lɑm lap=lɑp lau=lW leong=lɔŋ leung=lʌŋ lok=lɑk lui=luˌi mak=mɑk man=mɑn ming=mɪŋ
    mok=mɑk ngai=nI ngan=nɑn pak=pɑk pang=pɑŋ poon=pun pui=puˌi sang=sɑŋ shing=ʃɪŋ sin=sɪn siu=su
    sze=si tak=tɑk tam=tɑm tang=tɑŋ tat=tɑt tsang=tsɑŋ tse=tsi tsui=tsuˌi wah=wɑ wai=wI wing=wɪŋ
    wong=wɔŋ yan=jɑn yeung=jʌŋ yip=jɪp yiu=ju yuen=jwɛn yuet=jwɛt yuk=jʊk yung=jʌŋ
"""
_CANTONESE = dict(pair.split("=") for pair in _CANTONESE_ROW.split())
_ABROAD = re.compile(
    r"hs.{0,24}|t[sz].{0,24}|szu|ch?ih|chien|chia(?:ng)?|chiu|kuo|yueh|jye|jr|yuh|hwee|chieh"
)
"""Syllables that only Taiwan's spelling has, or Singapore's."""
_ABROAD_SURNAMES_ROW = """
    chang chao chen cheng chiang chiu chou chu chuang chung fan fang ho hsiao hsieh hsiung hsu hu
    huang hung kao ko ku kuo lai lee liang liao lien lin liu lo lu pan peng shen shih su sun sung
    tang teng ting tsai tsao tseng tsou tu wang wei wen wu yang yao yeh yen yu
"""
_ABROAD_SURNAMES = frozenset(_ABROAD_SURNAMES_ROW.split())
_VOWEL = re.compile("[ɑɔʌɛɪʊɜiuAIOWY]")


def find_sounds(words: list[str]) -> dict[str, str]:
    """The phonemes of those words of a name, in small letters, that are of a table.

    The words of a name with hyphens are given apart.

    >>> find_sounds(["kyunghyun", "cho"])["kyunghyun"], find_sounds(["hsieh"]), find_sounds(["tom"])
    ('kjˌʌŋhjˈʌn', {'hsieh': 'ʃjˈɛ'}, {})
    """
    if len(words) > 1 and _KOREAN_SURNAMES.intersection({words[0], words[-1]}):
        others = [word for word in words if word not in _KOREAN_SURNAMES] or words
        if any(_split(word, "Korean") for word in others) and not any(map(_is_abroad, words)):
            return _collect(words, "Korean")
    if any(map(_ONLY_CANTONESE.fullmatch, words)):
        return _collect(words, "Taiwanese") | _collect(words, "Cantonese")
    if any(map(_is_abroad, words)) or (len(words) > 2 and words[-1] in _ABROAD_SURNAMES):
        return _collect(words, "Taiwanese")
    return _collect(words, "Korean", _ONLY_KOREAN)


_ONLY_CANTONESE = re.compile(
    "cheung|cheuk|chua|keung|leong|leung|yeung|wong|kwok|kwong|tsang|ngai|siu|yiu"
)


def _is_abroad(word: str) -> bool:
    return bool(_ABROAD.fullmatch(word)) and bool(_split(word, "Taiwanese"))


def _collect(words: list[str], table: str, sign: re.Pattern[str] | None = None) -> dict[str, str]:
    parts = {word: _split(word, table) for word in words}
    return {
        word: _stress(found)
        for word, found in parts.items()
        if found and (sign is None or sign.fullmatch(word))
    }


_TABLES = {"Korean": _KOREAN, "Taiwanese": _TAIWANESE, "Cantonese": _CANTONESE}


@lru_cache(maxsize=4096)
def _split(word: str, table: str) -> tuple[str, ...]:
    """The sounds of a word's syllables, the fewest that it can be cut into; none where it can't."""
    sounds = _TABLES[table]
    best: list[tuple[str, ...] | None] = [None] * len(word) + [()]
    for start in range(len(word) - 1, -1, -1):
        for end in range(min(start + 6, len(word)), start, -1):
            rest, sound = best[end], sounds.get(word[start:end])
            known = best[start]
            if sound and rest is not None and (known is None or len(rest) + 1 < len(known)):
                best[start] = (sound, *rest)
    return best[0] or ()


def _stress(sounds: tuple[str, ...]) -> str:
    """The syllables as one word: the last one stressed, the first of several half so."""
    said = []
    for index, sound in enumerate(sounds):
        mark = "ˈ" if index == len(sounds) - 1 else "ˌ" if index == 0 else ""
        said.append(_VOWEL.sub(rf"{mark}\g<0>", sound, count=1))
    return "".join(said)
