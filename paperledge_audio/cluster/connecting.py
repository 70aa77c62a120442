"""Connects to a cluster, or starts one here, and refuses what would make other bytes."""

from __future__ import annotations

import logging
import re
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from distributed import Client, LocalCluster, Security

from paperledge_audio.cluster.answers import ask_workers
from paperledge_audio.cluster.flow import Cluster
from paperledge_audio.cluster.machine import check_machines, inspect_worker
from paperledge_audio.cluster.sending import POLL_S, Sender, map_scheduler_errors
from paperledge_audio.errors import ClusterError, UsageError, brief, map_errors, reason
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.reading import is_there, read_bytes
from paperledge_audio.files.remote.address import Address
from paperledge_audio.files.resources import count_processors
from paperledge_audio.files.temporary import make_workspace
from paperledge_audio.takes import SharedTakes

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECT_S = 30
"""Seconds for a scheduler to answer, and for the first worker to be there."""
START = "start it: dask scheduler --scheduler-file FILE"
CLOSE_S = 2
"""Seconds for a scheduler to take leave."""
LARGEST_FILE = 10_000_000
"""Bytes of a scheduler file, which lists the workers, too."""
_LOCAL = re.compile(r"local:([0-9]{1,2})")
_REMOTE = re.compile(r"(?:tcp|tls|ws|wss|ucx)://(?:[\w.-]+|\[[\w.:%]+\]):([0-9]{1,5})")
_SECURE = ("tls://", "wss://")
LAST_PORT = 65_535
_LOGS = ("distributed", "distributed.client", "distributed.scheduler", "tornado.application")
"""Loggers that print on standard error; what is wrong comes as an error."""


@contextmanager
def open_cluster(address: str, shared: Address | None) -> Iterator[Cluster]:
    """The cluster at an address, whose workers all make the same bytes.

    `address`: local:N for N processes of this machine, a scheduler's address as tls://host:8786,
    or the path of a scheduler file (*.json). `shared`: the store that its machines share; only
    local:N needs none. Dask's own settings say what certificates are used.

    Raises UsageError for what is no address, and ClusterError.
    """
    silence_logs()
    workers, store = count_local(address), SharedTakes(shared) if shared else None
    with ExitStack() as stack:
        if workers:
            folder = stack.enter_context(make_workspace())
            parcels = Address("file", "", folder.as_posix().strip("/"))
            client = _start(stack, workers)
        else:
            client, parcels = connect(stack, address, shared)
        sender = open_sender(client, shared)
        yield Cluster(client, sender, store, parcels, is_local=bool(workers))


def silence_logs() -> None:
    """Keep Dask from printing."""
    for name in _LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _hide_user(address: str) -> str:
    """The address without its user, who may have a password there."""
    scheme, mark, rest = address.partition("://")
    _, at, host = rest.rpartition("@")
    return f"{scheme}{mark}{'…' + at if at else ''}{host}"


def count_local(address: str) -> int:
    """The N of local:N; 0 for another address."""
    found = _LOCAL.fullmatch(address)
    return int(found[1]) if found else 0


def count_threads(workers: int) -> int:
    """The threads of each of so many workers here."""
    return max(1, count_processors() // workers)


def _start(stack: ExitStack, count: int) -> Any:
    """A client of `count` worker processes here, which nobody else can reach."""
    with map_errors(ClusterError, "no cluster can be started here", foreign=(Exception,)):
        cluster = LocalCluster(
            n_workers=count,
            threads_per_worker=count_threads(count),
            processes=True,
            security=Security.temporary(),  # else anybody on this machine could give it work
            dashboard_address="127.0.0.1:0",  # any port; without one Dask takes 8787, or warns
            silence_logs=logging.CRITICAL,
            preload=["paperledge_audio.cluster.preload"],
        )
        client = Client(stack.enter_context(cluster), set_as_default=False)
        stack.callback(_close, client)
        return client


def connect(stack: ExitStack, address: str, shared: Address | None) -> tuple[Any, Address]:
    """A client of the scheduler at an address, which has workers, and their store.

    Raises UsageError for what is no address and for no store, and ClusterError.
    """
    is_file = address.endswith(".json")
    if not (is_file or _is_remote(address)):
        raise UsageError(
            f"{brief(_hide_user(address))} is no cluster's address",
            "write it as local:4, tls://host:8786, or a scheduler file, as cluster.json",
        )
    if shared is None:
        raise UsageError(
            "a cluster needs a store that its machines share",
            "add --store, or set PAPERLEDGE_STORE",
        )
    scheduler = _read_address(Path(address)) if is_file else address
    if scheduler.startswith(_SECURE):
        _check_certificates(address)
    with map_errors(
        ClusterError, "no cluster answers there", "start it: dask scheduler", foreign=(Exception,),
        path=address,
    ):  # fmt: skip
        client = Client(scheduler, timeout=CONNECT_S, set_as_default=False)
        stack.callback(_close, client)
    with map_scheduler_errors():
        try:
            client.wait_for_workers(1, timeout=CONNECT_S)
        except TimeoutError as error:
            raise ClusterError(
                f"no worker came there within {CONNECT_S} s",
                "start some: dask worker",
                path=address,
            ) from error
    return client, shared


def _check_certificates(address: str) -> None:
    """Raise ClusterError where Dask's settings name no certificates, or some that can't be read."""
    remedy = "set DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__CLIENT__CERT and …__CLIENT__KEY"
    with map_errors(
        ClusterError, "its certificates can't be read", remedy, foreign=(Exception,), path=address
    ):
        found = Security().get_connection_args("client")
    if found.get("ssl_context") is None:
        raise ClusterError("no certificates are named for it", remedy, path=address)


def _is_remote(address: object) -> bool:
    """Whether that is a scheduler's address."""
    found = _REMOTE.fullmatch(address) if isinstance(address, str) else None
    return bool(found and 0 < int(found[1]) <= LAST_PORT)


def _close(client: Any) -> None:
    """End a client; a scheduler that is held up isn't waited for."""
    with suppress(TimeoutError):
        client.close(CLOSE_S)


def open_sender(client: Any, shared: Address | None) -> Sender:
    """What sends to the workers; raises ClusterError, which names one that can't do this work."""
    if shared:
        SharedTakes(shared).check()  # if it fails here, too, no worker is to blame
    with map_scheduler_errors():
        found = ask_workers(client, inspect_worker, shared)
    sender = Sender(client, check_machines(found))
    sender.check_silent(found)
    return sender


def _read_address(file: Path) -> str:
    """The address in a scheduler file, as soon as a scheduler has written it.

    One that is no whole JSON document may be half written, and is read again for CONNECT_S.
    """
    end = time.monotonic() + CONNECT_S
    while True:
        why = ""
        if is_there(file):
            data = read_bytes(file, LARGEST_FILE, "a scheduler file", error=ClusterError)
            try:
                return _find_address(parse_json(data), file)
            except ValueError as error:
                why = f": it is no whole JSON: {reason(error)}"
        if time.monotonic() > end:
            raise ClusterError(
                f"no scheduler wrote its address there within {CONNECT_S} s{why}", START, path=file
            )
        time.sleep(POLL_S)


def _find_address(document: Any, file: Path) -> str:
    address = document.get("address") if isinstance(document, dict) else None
    if not _is_remote(address):
        what = "no address" if address is None else f"the address {brief(address)}"
        raise ClusterError(f"the scheduler file is damaged: it has {what}", START, path=file)
    return str(address)
