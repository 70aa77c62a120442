"""What the libraries of all protocols raise → one error of ours, and whether to try again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.errors import PaperledgeError, reason

if TYPE_CHECKING:
    from paperledge_audio.files.remote.address import Address


@dataclass(frozen=True, slots=True)
class RemoteProblem:
    """A problem that libraries have names for."""

    names: frozenset[str]
    """Of exceptions, and S3's codes of errors."""
    what: str
    remedy: str
    passing: bool = False
    """Whether it may be gone a moment later."""


def _row(names: str, what: str, remedy: str, *, passing: bool = False) -> RemoteProblem:
    return RemoteProblem(frozenset(names.split()), what, remedy, passing)


_AGAIN = "run it again: what is there already is not sent again"
PROBLEMS = (
    _row("NoSuchBucket", "there is no such bucket", "make it, or correct the address"),
    _row("ParamValidationError InvalidBucketName", "that is no bucket's name",
         "correct it; for a server that is not Amazon's set AWS_ENDPOINT_URL"),
    _row("NoCredentialsError PartialCredentialsError CredentialRetrievalError",
         "there are no credentials for it",
         "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"),
    _row("InvalidAccessKeyId SignatureDoesNotMatch ExpiredToken InvalidToken",
         "its credentials are refused", "correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
    _row("HostKeyNotVerifiable", "the server's key is not one that this user knows",
         "check it, and connect once with ssh to accept it"),
    _row("PermissionDenied", "the server refuses this user",
         "name one in the address, as sftp://user@host/path, with a key that the server knows"),
    _row("PermissionError SFTPPermissionDenied", "permission denied",
         "ask for the right to list, read, write and delete there"),
    _row("ConnectionRefusedError", "connection refused", "correct the host and the port"),
    _row("gaierror", "no host of that name is known", "correct it"),
    _row("SFTPNoSpaceOnFilesystem SFTPQuotaExceeded", "there is no room left", "free some space"),
    _row("NotADirectoryError SFTPNotADirectory", "a file lies where a folder should be",
         "name another folder"),
    _row("FileExistsError IsADirectoryError SFTPFileIsADirectory SFTPFileAlreadyExists",
         "something else is in the way", "move it, or name another folder"),
    _row("SFTPOpUnsupported NotImplementedError", "can't be written to", "name another"),
    _row("TimeoutError ReadTimeoutError ConnectTimeoutError", "the server did not answer in time",
         _AGAIN),
    _row("ConnectionLost ConnectionResetError ConnectionAbortedError BrokenPipeError "
         "ConnectionClosedError HTTPClientError ResponseStreamingError ClientPayloadError "
         "ServerDisconnectedError IncompleteReadError SFTPConnectionLost SFTPNoConnection",
         "the connection was cut", _AGAIN, passing=True),
)  # fmt: skip
"""The first row that knows a name of an exception, of its bases or of its causes, counts."""


def list_names(problem: BaseException | None) -> set[str]:
    """The names of an exception, of its bases, and of what it came from, and S3's codes."""
    names: set[str] = set()
    while problem is not None:
        names.update(kind.__name__ for kind in type(problem).__mro__)
        response = getattr(problem, "response", None)
        if isinstance(response, dict) and isinstance(response.get("Error"), dict):
            names.add(str(response["Error"].get("Code")))
        problem = problem.__cause__ or (
            None if problem.__suppress_context__ else problem.__context__
        )
    return names


def is_absent(problem: BaseException) -> bool:
    """Whether a file or a folder is not there; a bucket that is not there is another matter."""
    names = list_names(problem)
    return bool({"FileNotFoundError", "SFTPNoSuchPath"} & names) and "NoSuchBucket" not in names


def is_passing(problem: BaseException | None) -> bool:
    """Whether it is worth while to try again; also what has no row may pass."""
    found = _find_problem(problem)
    return found is None or found.passing


@contextmanager
def map_remote_errors(
    error: type[PaperledgeError], address: Address, name: str = ""
) -> Iterator[None]:
    """Raise whatever a library raises as an `error`, about the file `name` below `address`.

    Which library speaks is known only when it runs, so all exceptions are mapped.
    """
    try:
        yield
    except (PaperledgeError, MemoryError):
        raise
    except Exception as problem:
        place = f"{address}/{name}" if name else str(address)
        found = _find_problem(problem)
        said = reason(problem)
        for secret in filter(None, (address.userinfo, address.password)):
            said = said.replace(secret, "…")
        unknown = RemoteProblem(frozenset(), f"can't be used: {said}", f"check it, and {_AGAIN}")
        raise error((found or unknown).what, (found or unknown).remedy, path=place) from problem


def _find_problem(problem: BaseException | None) -> RemoteProblem | None:
    names = list_names(problem)
    return next((row for row in PROBLEMS if row.names & names), None)
