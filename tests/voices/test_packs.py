"""Voice packs in every shape that people have are the same voice; blends are weighted sums."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import pickle
import re
import struct
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from paperledge_audio.engines.kokoro import hash_packs, hash_voice, load_style
from paperledge_audio.errors import VoiceError
from paperledge_audio.show.model import Show
from paperledge_audio.voices.finding import find_voice
from paperledge_audio.voices.packs import (
    blend,
    compose_pack,
    read_about,
    read_pack,
    shorten_paths,
)
from tests.samples import ROOT, absent

PACKS = ROOT / "voices" / "packs"
HEART, EMMA, LEWIS = (PACKS / f"{name}.bin" for name in ("af_heart", "bf_emma", "bm_lewis"))
ROWS = np.fromfile(HEART, "<f4").reshape(510, 1, 256)
HEART_SHA256 = "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b"
"""Of the npm package's af_heart.bin."""


def whole_number(value: int) -> bytes:
    """As pickle writes it: in one byte, two or four."""
    if value < 256:
        return b"K" + struct.pack("<B", value)
    return b"M" + struct.pack("<H", value) if value < 65536 else b"J" + struct.pack("<i", value)


def pt(array: np.ndarray, start: int = 0) -> bytes:
    """The zip that torch.save makes of a tensor, with `start` values before it in its storage."""
    kind = (
        {2: "Half", 4: "Float", 8: "Double"}[array.itemsize] if array.dtype.kind == "f" else "Int"
    )
    sides = bytes([0x84 + array.ndim]) if array.ndim else b")"  # TUPLE1, 2, 3 or EMPTY_TUPLE
    strides = [stride // array.itemsize for stride in array.strides]
    listing = b"".join(
        [
            b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\nq\x00((X\x07\0\0\0storageq\x01",
            f"ctorch\n{kind}Storage\nq\x02".encode(),
            b"X\x01\0\0\x000q\x03X\x03\0\0\0cpuq\x04",
            whole_number(start + array.size),
            b"tq\x05Q",
            whole_number(start),
            *(whole_number(side) for side in array.shape),
            sides + b"q\x06",
            *(whole_number(stride) for stride in strides),
            sides + b"q\x07\x89ccollections\nOrderedDict\nq\x08)Rq\ttq\nRq\x0b.",
        ]
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("pack/data.pkl", listing)
        archive.writestr("pack/byteorder", "big" if array.dtype.str.startswith(">") else "little")
        archive.writestr("pack/data/0", bytes(start * array.itemsize) + array.tobytes())
        archive.writestr("pack/version", "3\n")
    return out.getvalue()


def saved(file: Path, array: np.ndarray) -> Path:
    """`array` in the form that the file's name says."""
    if file.suffix == ".npy":
        np.save(file, array)
    elif file.suffix == ".npz":
        np.savez_compressed(file, voice=array)
    elif file.suffix == ".safetensors":
        file.write_bytes(save_tensors({"voice": array}))
    else:
        file.write_bytes(pt(array) if file.suffix == ".pt" else array.tobytes())
    return file


@pytest.mark.parametrize("suffix", [".bin", ".npy", ".npz", ".pt", ".safetensors"])
@pytest.mark.parametrize("shape", [(510, 1, 256), (510, 256)])
def test_one_voice_in_any_form_has_one_hash(
    tmp_path: Path, suffix: str, shape: tuple[int, ...]
) -> None:
    file = saved(tmp_path / f"pack{suffix}", ROWS.reshape(shape))
    assert blend(((file, 1.0),))[1] == HEART_SHA256 == hashlib.sha256(ROWS.tobytes()).hexdigest()


@pytest.mark.parametrize("suffix", [".bin", ".npy"])
def test_of_511_rows_the_first_is_for_no_text(tmp_path: Path, suffix: str) -> None:
    longer = np.concatenate([np.full((1, 1, 256), 9, np.float32), ROWS])
    assert np.array_equal(read_pack(saved(tmp_path / f"pack{suffix}", longer)), ROWS)


def test_what_a_file_is_shows_in_it_and_not_in_its_name(tmp_path: Path) -> None:
    npz = saved(tmp_path / "pack.npz", ROWS)
    assert np.array_equal(read_pack(npz.rename(tmp_path / "voices.bin")), ROWS)


@pytest.mark.parametrize(("kind", "most"), [("<f2", 2.0**-11), (">f4", 0.0), ("<f8", 0.0)])
def test_other_floats_become_float32(tmp_path: Path, kind: str, most: float) -> None:
    # binary16 has 11 significant bits, so rounding to it moves a value by at most 2^-11 of itself,
    # or by half its smallest step, 2^-25; the others hold every float32
    rows = read_pack(saved(tmp_path / "pack.npy", ROWS.astype(kind)))
    assert rows.dtype == np.float32
    assert (np.abs(rows - ROWS) <= most * np.abs(ROWS) + (2.0**-25 if most else 0)).all()


def test_a_collection_counts_as_a_folder_of_packs(tmp_path: Path) -> None:
    emma = np.fromfile(EMMA, "<f4").reshape(510, 1, 256)
    np.savez(tmp_path / "voices-v1.0.npz", af_heart=ROWS, bf_emma=emma)
    file = (tmp_path / "voices-v1.0.npz").rename(tmp_path / "voices-v1.0.bin")
    assert np.array_equal(read_pack(file / "af_heart"), ROWS)
    assert np.array_equal(read_pack(file / "bf_emma"), emma)
    with pytest.raises(VoiceError, match=r"no pack called 'bf_ema'; did you mean 'bf_emma'\?"):
        read_pack(file / "bf_ema")
    with pytest.raises(VoiceError, match=r"holds 2 packs; name one, as voices-v1.0.bin/af_hear"):
        read_pack(file)


@pytest.mark.parametrize("size", [0, 1, 4096, 510 * 256 * 4 - 1, 510 * 256 * 4 + 4])
def test_a_raw_pack_has_its_whole_length(tmp_path: Path, size: int) -> None:
    pack = tmp_path / "pack.bin"
    pack.write_bytes(bytes(size))
    with pytest.raises(VoiceError, match=rf"pack\.bin: .* {size} bytes instead of 522240; copy"):
        read_pack(pack)


@pytest.mark.parametrize(
    ("array", "what"),
    [
        (np.zeros((509, 1, 256), np.float32), "it holds 509 × 1 × 256 values of float32"),
        (np.zeros((510, 1, 255), np.float32), "it holds 510 × 1 × 255 values of float32"),
        (np.zeros((256, 510), np.float32), "it holds 256 × 510 values of float32"),
        (np.zeros((), np.float32), "it holds no values of float32"),
        (np.zeros((510, 1, 256), np.int32), "it holds 510 × 1 × 256 values of int32"),
        (np.zeros((510, 1, 256), np.complex64), "values of complex64"),
        (np.zeros((510, 3, 256), np.float32), "it holds 510 × 3 × 256 values of float32"),
        (np.full((510, 1, 256), np.nan, np.float32), "values that are not numbers"),
        (np.full((510, 1, 256), 1e300), "values that are not numbers"),  # no float32 is as large
    ],
)
@pytest.mark.parametrize("suffix", [".npy", ".npz", ".pt"])
def test_another_array_is_no_pack(
    tmp_path: Path, suffix: str, array: np.ndarray, what: str
) -> None:
    file = saved(tmp_path / f"pack{suffix}", array)
    if suffix == ".pt" and array.dtype.kind != "f":
        what = "it holds values of an unknown kind"
    with pytest.raises(VoiceError, match=f"is not a Kokoro voice pack: .*{what}") as caught:
        read_pack(file)
    assert caught.value.path == str(file)


@pytest.mark.parametrize("value", [0.0, 150.0])
def test_values_that_no_voice_has_are_refused(tmp_path: Path, value: float) -> None:
    file = tmp_path / "odd.bin"
    file.write_bytes(np.full(ROWS.shape, value, "<f4").tobytes())
    with pytest.raises(VoiceError, match="its values are zero, or larger than any voice's"):
        blend(((file, 1.0),))


def test_a_pack_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match=r"none\.bin: can't be read: No such file"):
        read_pack(tmp_path / "none.bin")


@given(cut=st.integers(0, 520_000), suffix=st.sampled_from([".npy", ".npz"]))
@settings(max_examples=30)
def test_a_cut_file_is_refused(
    cut: int, suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = saved(tmp_path_factory.mktemp("cut") / f"pack{suffix}", ROWS)
    part = whole.with_name(f"part{suffix}")
    part.write_bytes(whole.read_bytes()[:cut])
    if cut < whole.stat().st_size:
        with pytest.raises(VoiceError, match="is not a Kokoro voice pack"):
            read_pack(part)


@given(suffix=st.sampled_from([".npz", ".pt"]), data=st.data())
@settings(max_examples=40)
def test_a_damaged_zip_is_refused_or_whole(
    suffix: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = saved(tmp_path_factory.mktemp("damage") / f"pack{suffix}", ROWS)
    content = bytearray(file.read_bytes())
    for _ in range(3):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content)
    try:
        rows = read_pack(file)
    except VoiceError:
        return
    assert np.array_equal(rows, ROWS)  # what was hit says nothing of the values


def test_a_zip_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    file = saved(tmp_path / "pack.npz", np.zeros((200_000, 256), np.float32))
    assert file.stat().st_size < 1_000_000
    with pytest.raises(VoiceError, match="it unpacks to 204800128 bytes"):
        read_pack(file)


class Payload:
    """Whoever unpickles it makes a folder."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.place),)


def npy(payload: Payload) -> bytes:
    out = io.BytesIO()
    np.save(out, np.array([payload], object), allow_pickle=True)
    return out.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
        archive.writestr("pack/version", "3\n")
    return out.getvalue()


HOSTILE: dict[str, Callable[[Payload], bytes]] = {
    "pickle.bin": pickle.dumps,
    "pickle.npy": pickle.dumps,
    "objects.npy": npy,
    "objects.npz": lambda payload: zipped("voice.npy", npy(payload)),
    "zipped.pt": lambda payload: zipped("pack/data.pkl", pickle.dumps(payload)),
    "zipped.npz": lambda payload: zipped("pack/data.pkl", pickle.dumps(payload)),
    "legacy.pt": lambda payload: pickle.dumps(payload, protocol=2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_pickle_is_run(tmp_path: Path, name: str) -> None:
    trap = tmp_path / "trap"
    file = tmp_path / name
    file.write_bytes(HOSTILE[name](Payload(trap)))
    with pytest.raises(VoiceError) as caught:
        read_pack(file)
    assert caught.value.path == str(file)
    assert not trap.exists()
    pickle.loads(pickle.dumps(Payload(trap)))  # noqa: S301 - the trap is set
    assert trap.exists()


@pytest.mark.parametrize("kind", ["float16", "float32", "float64"])
def test_what_pytorch_saved_is_read_as_pytorch_reads_it(tmp_path: Path, kind: str) -> None:
    if importlib.util.find_spec("torch") is None:
        absent("torch, of `make coqui`,")
    import torch

    tensor = torch.from_numpy(ROWS).to(getattr(torch, kind))
    file = tmp_path / "pack.pt"
    for written in (tensor, torch.cat([tensor[:1], tensor])[1:], tensor.squeeze(1)):
        torch.save(written, file)
        assert np.array_equal(read_pack(file), tensor.float().numpy())
        assert torch.load(file, weights_only=True).equal(written)
    file.write_bytes(pt(ROWS))  # and the tests' own imitation is one
    assert torch.load(file, weights_only=True).equal(torch.from_numpy(ROWS))
    refused = (
        ({"voice": tensor}, "not one plain tensor"),
        (torch.nn.Parameter(tensor), "not part of a tensor"),
        (tensor.transpose(0, 2), "lie in order"),
        ("text", "something else than tensors"),
    )
    for other, why in refused:
        torch.save(other, file)
        with pytest.raises(VoiceError, match=why):
            read_pack(file)
    torch.save(tensor, file, _use_new_zipfile_serialization=False)
    with pytest.raises(VoiceError, match="is not a Kokoro voice pack"):
        read_pack(file)


def test_a_tensor_may_begin_within_its_storage(tmp_path: Path) -> None:
    file = tmp_path / "pack.pt"
    file.write_bytes(pt(ROWS, start=256))
    assert np.array_equal(read_pack(file), ROWS)
    file.write_bytes(pt(ROWS.astype(">f4")))
    assert np.array_equal(read_pack(file), ROWS)


def test_a_tensor_whose_values_lie_otherwise_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "pack.pt"
    file.write_bytes(pt(np.asfortranarray(ROWS)))
    with pytest.raises(VoiceError, match=r"its values don't lie in order: call"):
        read_pack(file)


def test_a_blend_is_the_weighted_sum() -> None:
    rows, _ = blend(((HEART, 0.7), (EMMA, 0.3)))
    emma = np.fromfile(EMMA, "<f4").reshape(510, 1, 256)
    exact = 0.7 * ROWS.astype(np.float64) + 0.3 * emma.astype(np.float64)
    assert np.array_equal(rows, exact.astype(np.float32))


def test_one_pack_is_itself_to_the_bit(tmp_path: Path) -> None:
    rows = ROWS.copy()
    rows[0, 0, 0] = -0.0  # of which 0 + -0.0 would make 0.0
    file = saved(tmp_path / "pack.bin", rows)
    assert blend(((file, 1.0),))[0].tobytes() == file.read_bytes()


@given(weight=st.floats(0.01, 0.99))
@settings(max_examples=20)
def test_a_blend_of_a_voice_with_itself_is_that_voice(weight: float) -> None:
    rows, _ = blend(((HEART, weight), (HEART, 1 - weight)))
    assert np.abs(rows - ROWS).max() <= np.abs(ROWS).max() * 2.0**-23


def test_the_same_recipe_from_other_files_is_the_same_voice(tmp_path: Path, show: Show) -> None:
    voice = replace(find_voice("ernis", show), packs=((HEART, 0.5), (LEWIS, 0.5)))
    copy = saved(tmp_path / "copy.npy", ROWS)
    again = replace(voice, packs=((copy, 0.5), (LEWIS, 0.5)))
    assert hash_voice(voice) == hash_voice(again) != HEART_SHA256
    assert hash_packs(again) == {
        "copy.npy × 0.5": HEART_SHA256,
        "bm_lewis.bin × 0.5": hashlib.sha256(LEWIS.read_bytes()).hexdigest(),
    }


def test_a_pack_that_changes_is_read_again(tmp_path: Path, show: Show) -> None:
    file = saved(tmp_path / "pack.bin", ROWS)
    voice = replace(find_voice("ernis", show), packs=((file, 1.0),))
    before = hash_voice(voice)
    saved(file, ROWS + 1)
    os.utime(file, (1, 1))
    assert hash_voice(voice) != before
    assert load_style(voice)[0, 0, 0] == ROWS[0, 0, 0] + 1


def test_a_voice_without_a_pack_says_what_to_add(show: Show) -> None:
    voice = replace(find_voice("ernis", show), packs=())
    with pytest.raises(VoiceError, match=r"ernis\.toml: names no Kokoro pack; add \[kokoro\] pack"):
        load_style(voice)


def test_names_are_as_short_as_tells_them_apart() -> None:
    paths = [Path("a/x.bin"), Path("b/x.bin"), Path("b/y.bin")]
    assert shorten_paths(paths[1:]) == ["x.bin", "y.bin"]
    assert shorten_paths(paths) == ["a/x.bin", "b/x.bin", "b/y.bin"]
    assert not re.search("/", shorten_paths(paths[:1])[0])


def test_a_pack_tells_what_was_said_of_it_and_others_tell_nothing(tmp_path: Path) -> None:
    about = {"licence": "Apache-2.0", "consent": "Zoë, 2026-03-01"}
    file = tmp_path / "me.safetensors"
    file.write_bytes(compose_pack(ROWS, about))
    assert np.array_equal(read_pack(file), ROWS)
    assert read_about(file) == about
    many = {f"fact {n}": '"\n\t\x07é\u2028' for n in range(9)}
    assert len({compose_pack(ROWS, many) for _ in range(9)}) == 1
    file.write_bytes(compose_pack(ROWS, many))
    assert read_about(file) == many
    assert np.array_equal(load_tensors(file.read_bytes())["pack"], ROWS)
    assert read_about(HEART) == {}
    assert read_about(saved(tmp_path / "plain.safetensors", ROWS)) == {}


def test_a_collection_of_tensors_is_a_folder_of_packs(tmp_path: Path) -> None:
    file = tmp_path / "voices.safetensors"
    file.write_bytes(save_tensors({"one": ROWS, "two": 2 * ROWS}))
    assert np.array_equal(read_pack(file / "two"), 2 * ROWS)
    with pytest.raises(VoiceError, match=r"holds 2 packs; name one, as voices.safetensors/one"):
        read_pack(file)
    with pytest.raises(VoiceError, match="holds no pack called 'three'"):
        read_pack(file / "three")


def test_many_threads_read_packs_at_once(tmp_path: Path) -> None:
    files = [saved(tmp_path / f"{n}.npy", ROWS) for n in range(8)] * 40
    with ThreadPoolExecutor(8) as pool:
        assert all(np.array_equal(rows, ROWS) for rows in pool.map(read_pack, files))
