"""A voice pack made to do harm is refused with one line, at once, in little memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from paperledge_audio.errors import VoiceError
from paperledge_audio.voices import torchfile
from paperledge_audio.voices.packs import read_pack
from tests.voices.hostile_archives import FILES, NPYS, Write, headed, pt, zipped
from tests.voices.hostile_pickles import PICKLES, tensor

SECONDS = 10
"""For one file; it takes milliseconds."""
MOST_MB = 400
READER = f"""
import json, resource, signal, sys
from pathlib import Path
from paperledge_audio.voices.packs import read_pack
from paperledge_audio.errors import VoiceError

resource.setrlimit(resource.RLIMIT_DATA, (3 << 30, 3 << 30))
for path in map(Path, sys.argv[1:]):
    signal.alarm({SECONDS})  # ends the interpreter, whatever it is busy with
    try:
        said = f"whole: {{read_pack(path).sum()}}"
    except VoiceError as error:
        said = str(error)
    facts = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    peak = int(facts["VmHWM"].split()[0]) // 1024  # getrusage's counts the parent's as well
    print(json.dumps([path.name, said, peak]), flush=True)
"""
"""Reads packs in turn; a file at which it says no more has brought the interpreter down."""


def writing(data: bytes) -> Write:
    return lambda path: path.write_bytes(data)


HOSTILE: dict[str, tuple[Write, str]] = {
    **{f"{name}.pt": (pt(pickle), why) for name, (pickle, why) in PICKLES.items()},
    **{f"{name}.npy": (writing(data), why) for name, (data, why) in NPYS.items()},
    **{f"{name}.npz": (zipped({"a.npy": data}), why) for name, (data, why) in NPYS.items()},
    **FILES,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    for name, (write, _) in HOSTILE.items():
        write(made / name)
    return made


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> dict[str, tuple[str, int]]:
    """What each file came to: the line that was said, and the memory so far, in MB."""
    found: dict[str, tuple[str, int]] = {}
    left = [folder / name for name in HOSTILE]
    while left:
        ran = subprocess.run(
            [sys.executable, "-c", READER, *left], capture_output=True, text=True, check=False
        )
        for line in ran.stdout.splitlines():
            name, said, peak = json.loads(line)
            found[name] = said, peak
        left = [path for path in left if path.name not in found]
        if left:
            end = ran.stderr.splitlines()[-1:]
            found[left.pop(0).name] = f"the interpreter ended: {ran.returncode} {end}", 0
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pack_is_refused_with_one_line(
    name: str, folder: Path, outcomes: dict[str, tuple[str, int]]
) -> None:
    said, peak = outcomes[name]
    assert said.startswith(f"{folder / name}: "), said
    assert re.search(HOSTILE[name][1], said)
    assert "; " in said
    assert said.isprintable()
    assert len(said) < len(str(folder)) + 400
    assert peak < MOST_MB


def test_no_file_changes_what_stands_for_the_names_of_pytorch(
    outcomes: dict[str, tuple[str, int]], tmp_path: Path
) -> None:
    """An honest pack is read as ever after all the others, by the same process."""
    file = tmp_path / "honest.pt"
    pt(tensor())(file)
    before = {name: dict(vars(one)) for name, one in torchfile.NAMES.items() if callable(one)}
    for name in PICKLES:
        other = tmp_path / "other.pt"
        if "parts" not in name and "deep" not in name:
            pt(PICKLES[name][0])(other)
            with pytest.raises(VoiceError, match=re.escape(str(other))):
                read_pack(other)
    assert before == {
        name: dict(vars(one)) for name, one in torchfile.NAMES.items() if callable(one)
    }
    assert not read_pack(file).any()


def test_columns_first_is_read_too(tmp_path: Path) -> None:
    rows = np.arange(510 * 256, dtype=np.float32).reshape(510, 1, 256)
    np.save(tmp_path / "pack.npy", np.asfortranarray(rows))
    assert np.array_equal(read_pack(tmp_path / "pack.npy"), rows)
    (tmp_path / "second.npy").write_bytes(headed())
    assert not read_pack(tmp_path / "second.npy").any()
