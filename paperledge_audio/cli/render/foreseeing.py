"""render --dry-run and plan: what would be made, and why; nothing is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from paperledge_audio.cli.render.running import FailedRender, describe_failure
from paperledge_audio.cli.support.common import read_source
from paperledge_audio.cli.support.printing import (
    describe_speaking,
    print_json_rows,
    say,
    say_error,
    shorten,
)
from paperledge_audio.errors import PaperledgeError
from paperledge_audio.files.reading import is_there
from paperledge_audio.units import clock, count_of

if TYPE_CHECKING:
    from paperledge_audio.check.forecast import Estimate, Forecast, Forecaster
    from paperledge_audio.cluster import ClusterSize
    from paperledge_audio.orders import Order
    from paperledge_audio.takes import TakeStore


def foresee_all(
    orders: Sequence[Order],
    jobs: int | None,
    store: TakeStore,
    cluster: ClusterSize | None,
    *,
    as_json: bool,
) -> None:
    """Print what a render of the orders would make, script by script, and exit as it would.

    The cluster is the one that would make it, if it is not this machine. Raises TakeError where the
    shared store can't be asked, rather than telling it of each script.
    """
    from paperledge_audio.check.forecast import Forecaster
    from paperledge_audio.files.resources import count_processors

    if store.shared:
        store.shared.check()
    forecaster, failed = Forecaster(store), list[FailedRender]()
    found = _foresee_each(orders, forecaster, failed)
    processors = count_processors()
    total = partial(_describe_total, forecaster, jobs or processors, processors, cluster)
    if as_json:
        rows = (_describe(order, forecast) for order, forecast in found)
        print_json_rows("scripts", rows, lambda: {"errors": [*_describe_all(failed)], **total()})
    else:
        for order, forecast in found:
            _print(order, forecast)
        told: set[str] = set()
        for failure in failed:
            say_error(failure.error, told)
        _print_total(total())
    if failed:
        sys.exit(max(failure.error.exit_code for failure in failed))


def _describe_all(failed: Sequence[FailedRender]) -> Iterator[dict[str, Any]]:
    return (describe_failure(one, error) for one in failed for error in one.error.all)


def _foresee_each(
    orders: Sequence[Order], forecaster: Forecaster, failed: list[FailedRender]
) -> Iterator[tuple[Order, Forecast]]:
    """Each order with its forecast, or else in `failed`; one is held at a time."""
    from paperledge_audio.orders import foresee

    for order in orders:
        try:
            forecast = foresee(order, read_source(order.script), forecaster)
        except PaperledgeError as error:
            failed.append(FailedRender(order, error))
        else:
            yield order, forecast


def _foresee_place(order: Order) -> str:
    """What becomes of the place of an order's folder."""
    return "replaced" if is_there(order.out / order.slug) else "written"


FIRST = "first render"


def _print(order: Order, forecast: Forecast) -> None:
    for take in forecast.make:
        if take.why != FIRST:
            place = f"{order.script}:{take.line}" if take.line else "the show"
            say(f"{place}: to be spoken ({take.why}): {shorten(take.text)}")
    parts = [
        f"about {clock(forecast.duration_s)}",
        describe_speaking(forecast.engines),
        _count_takes(len(forecast.make), forecast.reuse),
        f"{order.out / order.slug} is {_foresee_place(order)}",
    ]
    say(f"{order.slug}: {' | '.join(parts)}")


def _count_takes(make: int, reuse: int) -> str:
    return f"{count_of(make, 'take')} to make, {reuse} to reuse"


def _describe(order: Order, forecast: Forecast) -> dict[str, Any]:
    """A script's forecast, for a program."""
    return {
        "script": str(order.script),
        "slug": order.slug,
        "folder": str(order.out / order.slug),
        "outcome": _foresee_place(order),
        "quality": order.quality,
        "engines": dict(forecast.engines),
        "duration_s": round(forecast.duration_s, 3),
        "speak_s": round(sum(forecast.speak_s.values()), 3),
        "takes": {"make": [asdict(take) for take in forecast.make], "reuse": forecast.reuse},
        "entries": list(forecast.entries),
    }


def _describe_total(
    forecaster: Forecaster, jobs: int, processors: int, cluster: ClusterSize | None
) -> dict[str, Any]:
    """All that was foreseen together, for a program."""
    estimate = forecaster.estimate(forecaster.find_here(jobs, processors))
    return {
        "lexicon": [{"entry": e, "scripts": scripts} for e, scripts in forecaster.entries.items()],
        "total": {
            "scripts": forecaster.scripts,
            "make": forecaster.make,
            "reuse": forecaster.reuse,
            "duration_s": round(forecaster.duration_s, 3),
            "speak_s": round(sum(forecaster.speak_s.values()), 3),
            "jobs": jobs,
            **_describe_estimate(estimate),
            "unknown": list(estimate.unknown),
        },
        "cluster": _describe_cluster(forecaster, cluster) if cluster else None,
    }


def _describe_cluster(forecaster: Forecaster, cluster: ClusterSize) -> dict[str, Any]:
    """What all that was foreseen needs on a cluster, for a program."""
    from paperledge_audio.check.forecast import Workplace

    place = Workplace(cluster.lanes, cluster.most_threads, cluster.speeds)
    return {
        "workers": cluster.workers,
        "threads": cluster.threads,
        **_describe_estimate(forecaster.estimate(place)),
        "limit_mb": _round(cluster.limit_mb),
    }


def _describe_estimate(estimate: Estimate) -> dict[str, Any]:
    return {
        "time_s": _round(estimate.time_s, 1),
        "memory_mb": _round(estimate.memory_mb),
        "measured": estimate.measured,
    }


def _round(value: float | None, digits: int | None = None) -> float | None:
    return None if value is None else round(value, digits)


def _print_total(found: Mapping[str, Any]) -> None:
    for row in found["lexicon"]:
        scripts = ", ".join(row["scripts"])
        say(f"the lexicon's entry {row['entry']!r} changed: it is said in {scripts}")
    total, cluster = found["total"], found["cluster"]
    parts = [
        count_of(total["scripts"], "script"),
        _count_takes(total["make"], total["reuse"]),
        f"{clock(total['speak_s'])} of new speech for {clock(total['duration_s'])}",
        _tell_time(total, "here"),
        f"{_tell_memory(total)} with {count_of(total['jobs'], 'job')}",
    ]
    say(f"in all: {' | '.join(parts)}")
    if cluster:
        limit_mb = cluster["limit_mb"]
        limit = "" if limit_mb is None else f", of {limit_mb} MB that it may have"
        parts = [
            f"{count_of(cluster['workers'], 'worker')}, {count_of(cluster['threads'], 'thread')}",
            _tell_time(cluster, "there"),
            f"{_tell_memory(cluster)} a worker{limit}",
        ]
        say(f"on the cluster: {' | '.join(parts)}")
    for name in total["unknown"]:
        say(f"what {name} needs depends on its model, and isn't known", err=True)


def _tell_time(found: Mapping[str, Any], place: str) -> str:
    time = "unknown time" if found["time_s"] is None else f"about {clock(found['time_s'])}"
    source = f"as measured {place}" if found["measured"] else f"not measured {place} yet"
    return f"{time} ({source})"


def _tell_memory(found: Mapping[str, Any]) -> str:
    memory_mb = found["memory_mb"]
    return "unknown memory" if memory_mb is None else f"at most about {memory_mb} MB"
