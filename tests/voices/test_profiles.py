"""Recipes of packs, and profiles that are composed: what is written is read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperledge_audio.errors import VoiceError
from paperledge_audio.script.blocks import directives
from paperledge_audio.show.model import Show
from paperledge_audio.voices.deliveries import DELIVERIES, LIMITS, NAMES, Delivery
from paperledge_audio.voices.engines import ENGINES
from paperledge_audio.voices.finding import find_voice, stock_names, stock_voice
from paperledge_audio.voices.profiles import Consent, CoquiModel, Voice, compose, load_voice
from tests.voices.test_voices import LEAST, PACKS


def blend(folder: Path, recipe: str) -> Voice:
    (folder / "v.toml").write_text(f"{LEAST}[kokoro.blend]\n{recipe}\n")
    return load_voice(folder / "v.toml")


@pytest.mark.parametrize("recipe", ["af_heart = 2\nbf_emma = 1", "bf_emma = 10\naf_heart = 20"])
def test_weights_count_together_as_one(tmp_path: Path, recipe: str) -> None:
    packs = blend(tmp_path, recipe).packs
    assert [path.stem for path, _ in packs] == ["af_heart", "bf_emma"]  # the heaviest first
    assert [weight for _, weight in packs] == [2 / 3, 1 / 3]


def test_a_pack_is_found_beside_the_profile_before_those_that_ship(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    own = tmp_path / "packs" / "af_heart.npz"
    own.touch()
    assert blend(tmp_path, "af_heart = 1").packs == ((own, 1.0),)
    own.with_suffix(".pt").touch()
    with pytest.raises(VoiceError, match=r"there are af_heart\.npz and af_heart\.pt; name one"):
        blend(tmp_path, "af_heart = 1")
    assert blend(tmp_path, '"packs/af_heart.pt" = 1').packs == ((own.with_suffix(".pt"), 1.0),)
    inside = own / "bf_emma"  # a collection counts as a folder
    assert blend(tmp_path, '"packs/af_heart.npz/bf_emma" = 1').packs == ((inside, 1.0),)
    with pytest.raises(VoiceError, match="names a pack twice; add its weights together"):
        blend(tmp_path, '"packs/af_heart.pt" = 1\n"./packs/../packs/af_heart.pt" = 2')


@pytest.mark.parametrize(
    ("studio", "packs", "draft"),
    [
        ("tone", "", "tone"),
        ("kokoro", "pack = 'af_heart'", "hibari"),
        ("kokoro", "pack = 'packs/mine.bin'", "hibari"),  # a copy of it
        ("kokoro", "pack = 'bf_emma'", "kokoro"),
        ("kokoro", "blend = {af_heart = 1}", "hibari"),
        ("kokoro", "blend = {af_heart = 9, bf_emma = 1}", "kokoro"),
        ("hibari", "pack = 'bf_emma'", "hibari"),
    ],
)
def test_the_default_for_drafts_lets_one_hear_who_speaks(
    tmp_path: Path, studio: str, packs: str, draft: str
) -> None:
    (tmp_path / "packs").mkdir()
    heart = (PACKS / "af_heart.bin").read_bytes()
    (tmp_path / "packs" / "mine.bin").write_bytes(heart)
    file, engines = tmp_path / "v.toml", f'[engines]\nstudio = "{studio}"\n'
    text = LEAST[: LEAST.index("[engines]")] + engines + "[kokoro]\n" + packs
    file.write_text(text)
    assert load_voice(file).engine("draft") == draft
    assert load_voice(file).engine("studio") == studio
    assert "draft" not in compose(load_voice(file), tmp_path)
    file.write_text(text.replace("[kokoro]", 'draft = "coqui"\n[kokoro]'))
    assert load_voice(file).engine("draft") == "coqui"


def test_a_pack_that_only_has_the_name_is_another_voice(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "af_heart.bin").write_bytes((PACKS / "bf_emma.bin").read_bytes())
    file = tmp_path / "v.toml"
    file.write_text(LEAST[: LEAST.index("[engines]")] + '[engines]\nstudio = "kokoro"\n'
                    '[kokoro]\npack = "af_heart"\n')  # fmt: skip
    assert load_voice(file).engine("draft") == "kokoro"


def test_stock_voices_draft_in_their_own_timbre() -> None:
    drafts = {name: stock_voice(name).engine("draft") for name in stock_names()}
    assert drafts.pop("af_heart") == "hibari"
    assert set(drafts.values()) == {"kokoro"}


TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
DELIVERY_NAMES = st.sampled_from(["wonder", "charm", "whisper", "soft-spoken"])
DELIVERY = st.builds(Delivery, **{name: st.floats(*LIMITS[name]) for name in NAMES})
MAYBE = st.one_of(st.just(""), TEXTS)


@st.composite
def voices(draw: st.DrawFn) -> Voice:
    names = draw(st.lists(st.sampled_from(stock_names()), max_size=4, unique=True))
    weights = [draw(st.integers(1, 1000)) / 100 for _ in names]
    packs = sorted(
        ((PACKS / f"{n}.bin", w / sum(weights)) for n, w in zip(names, weights, strict=True)),
        key=lambda pack: (-pack[1], pack[0]),
    )
    consent = Consent(draw(TEXTS))
    if draw(st.booleans()):
        consent = Consent(draw(MAYBE), draw(TEXTS), draw(st.dates()), draw(TEXTS))
    coqui = CoquiModel("tts_models/en/vctk/vits", None, draw(MAYBE), draw(MAYBE), ())
    return Voice(
        name="v",
        path=Path("v.toml"),
        title=draw(TEXTS),
        language=draw(st.sampled_from(["en", "en-US", "en-GB", "en-GB-scotland"])),
        pace=draw(st.floats(0.5, 2.0)),
        studio=draw(st.sampled_from(list(ENGINES))),
        draft=draw(st.sampled_from(list(ENGINES))),
        packs=tuple(packs),
        roles=draw(st.sampled_from([("host",), ("quote", "guest")])),
        licence=draw(TEXTS),
        origin=draw(MAYBE),
        consent=consent,
        sample=draw(TEXTS),
        coqui=draw(st.sampled_from([None, coqui])),
        pronounce=tuple(draw(st.dictionaries(TEXTS, TEXTS, max_size=3)).items()),
        fitted_to=draw(MAYBE) if consent.by and packs else "",
        pack_sha256=draw(MAYBE) if packs else "",
        deliveries=tuple(draw(st.dictionaries(DELIVERY_NAMES, DELIVERY, max_size=3)).items()),
    )


@given(voice=voices())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_composed_is_read_back(voice: Voice, tmp_path: Path) -> None:
    file = tmp_path / "v.toml"
    file.write_text(compose(voice, tmp_path), "utf-8")
    again = load_voice(file)
    assert [path for path, _ in again.packs] == [path for path, _ in voice.packs]
    for (_, weight), (_, wanted) in zip(again.packs, voice.packs, strict=True):
        assert weight == pytest.approx(wanted, rel=1e-12)
    assert (again.coqui, again.consent, again.pronounce, again.deliveries) == (
        voice.coqui, voice.consent, voice.pronounce, voice.deliveries,
    )  # fmt: skip
    for key in (
        "title",
        "language",
        "pace",
        "studio",
        "draft",
        "roles",
        "sample",
        "fitted_to",
        "pack_sha256",
    ):
        assert getattr(again, key) == getattr(voice, key)


def test_a_composed_profile_names_files_from_where_it_lies(tmp_path: Path, show: Show) -> None:
    (tmp_path / "a" / "packs").mkdir(parents=True)
    own = tmp_path / "a" / "packs" / "mine.npz"
    own.touch()
    (tmp_path / "b").mkdir()
    voice = blend(tmp_path / "a", "mine = 1\nbf_emma = 1")
    text = compose(voice, tmp_path / "b")
    assert 'bf_emma = 0.5\n"../a/packs/mine.npz" = 0.5' in text
    (tmp_path / "b" / "v.toml").write_text(text)
    assert {path.resolve() for path, _ in load_voice(tmp_path / "b" / "v.toml").packs} == {
        path for path, _ in voice.packs
    }
    assert '\npack = "bf_emma"\n' in compose(find_voice("emma", show), tmp_path / "b")


def test_a_composed_profile_names_a_copy_of_a_pack_by_its_name(tmp_path: Path, show: Show) -> None:
    (tmp_path / "packs").mkdir()
    copy = tmp_path / "packs" / "bf_emma.bin"
    shipped = PACKS / "bf_emma.bin"
    copy.write_bytes(shipped.read_bytes())
    assert '\npack = "bf_emma"\n' in compose(find_voice("emma", show), tmp_path)
    copy.write_bytes(shipped.read_bytes()[:-1] + b"!")  # another voice by the same name
    (tmp_path / "v.toml").write_text(compose(find_voice("emma", show), tmp_path))
    ((path, _),) = load_voice(tmp_path / "v.toml").packs
    assert path.resolve() == shipped.resolve()


@pytest.mark.parametrize(
    ("table", "line", "what"),
    [
        ("[deliveries.wonder]\npace = 0.4", 8, "pace: 0.4 is not between 0.5 and 2"),
        (
            "[deliveries.wonder]\npitch = 1",
            8,
            "pitch: is not a known key; did you mean 'pitch_st'?",
        ),
        ("[deliveries.Soft]\npace = 1", 7, "Soft: is not a name in small letters"),
        ("[deliveries.plain]\npace = 1", 7, "plain: has a meaning of its own"),
        ("[deliveries.pause]\npace = 1", 7, "pause: has a meaning of its own"),
    ],
)
def test_a_wrong_delivery_has_its_line(tmp_path: Path, table: str, line: int, what: str) -> None:
    (tmp_path / "v.toml").write_text(f"{LEAST}{table}\n")
    with pytest.raises(VoiceError) as caught:
        load_voice(tmp_path / "v.toml")
    assert (caught.value.line, what in caught.value.what + "; " + caught.value.remedy) == (
        line,
        True,
    )


def test_a_script_knows_the_deliveries_of_every_voice_and_their_limits() -> None:
    assert set(directives.DELIVERIES) == set(DELIVERIES)
    assert LIMITS["pace"] == directives.PACES
    assert all(delivery.bounded() == delivery for delivery in DELIVERIES.values())
