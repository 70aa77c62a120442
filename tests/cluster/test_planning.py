"""A plan says what a cluster has, what a render needs there, and whom it would refuse."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from paperledge_audio.check.forecast import START_S
from paperledge_audio.cluster import connecting
from paperledge_audio.deliver.schemas import load_document_schema
from paperledge_audio.engines.tone import Tone
from paperledge_audio.files.resources import count_processors
from paperledge_audio.takes import FINISHING
from tests.cluster.running import UNSUITABLE, RunningCluster, Unsuitable, run_cluster

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCluster]:
    """Two workers, which measured what they do."""
    folder = tmp_path_factory.mktemp("cluster")
    for name, spent_s in (("worker-0", 20), ("worker-1", 60)):
        rows = {Tone.fingerprint: [1600, 100, spent_s], FINISHING: [0, 100, spent_s]}
        (folder / name).mkdir()
        (folder / name / "speeds.json").write_text(json.dumps(rows))
    with run_cluster(folder) as running:
        running.add_workers(2)
        yield running


def plan(paperledge: Call, *options: str | Path) -> dict[str, Any]:
    ran = paperledge("plan", "scripts", "--json", *options)
    assert ran.code == 0, ran.err
    document: dict[str, Any] = json.loads(ran.out)
    jsonschema.Draft202012Validator(load_document_schema("plan")).validate(document)
    return document


def test_what_a_cluster_needs_stands_beside_what_this_machine_needs(
    show_folder: Path, cluster: RunningCluster, paperledge: Call
) -> None:
    here = plan(paperledge)
    assert here.pop("cluster") is None
    found = plan(paperledge, "--cluster", cluster.address, "--store", "shared")
    there = found.pop("cluster")
    assert found == here
    total = found["total"]
    speed = 200 / (20 + 60)  # of both together
    seconds = total["duration_s"] / speed + total["speak_s"] / 2 / speed
    assert there["time_s"] == pytest.approx(START_S + seconds, abs=0.06)
    assert (there["workers"], there["threads"], there["measured"]) == (2, 2, True)
    assert there["limit_mb"] > there["memory_mb"] > 0
    assert not Path("shared").exists()
    said = paperledge("plan", "scripts", "--cluster", cluster.file, "--store", "shared").out
    assert said.splitlines()[-1].startswith("on the cluster: 2 workers, 2 threads | about 0:")
    assert "(as measured there) | at most about " in said
    assert f" MB a worker, of {there['limit_mb']} MB that it may have\n" in said


def test_what_a_shared_store_has_is_not_made_on_the_cluster(
    show_folder: Path, cluster: RunningCluster, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = ("--cluster", cluster.address, "--store", "shared")
    assert paperledge("render", "scripts", "--store", "shared").code == 0
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(show_folder / "another"))
    assert plan(paperledge)["total"]["make"]
    found = plan(paperledge, *at)
    assert (found["total"]["make"], found["total"]["speak_s"]) == (0, 0.0)
    assert found["cluster"]["time_s"] > START_S  # episodes are mixed all the same


def test_a_cluster_here_is_foreseen_and_not_started(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "LocalCluster", None)
    each = max(1, count_processors() // 2)
    there = plan(paperledge, "--cluster", "local:2")["cluster"]
    assert (there["workers"], there["threads"], there["limit_mb"]) == (2, 2 * each, None)
    assert not there["measured"]
    ran = paperledge("render", "scripts", "--dry-run", "--json", "--cluster", "local:2")
    assert json.loads(ran.out)["cluster"] == there


@pytest.mark.parametrize("kind", UNSUITABLE.values(), ids=UNSUITABLE)
def test_a_worker_that_a_render_refuses_a_plan_refuses(
    show_folder: Path, cluster: RunningCluster, paperledge: Call, kind: Unsuitable
) -> None:
    (address,) = cluster.add_unsuitable(kind)
    try:
        ran = paperledge("plan", "scripts", "--cluster", cluster.address, "--store", "shared")
    finally:
        cluster.client.retire_workers([address])
    assert (ran.code, ran.out) == (1, "")
    assert ran.line.startswith(f"{address}: the worker {kind.said}")
